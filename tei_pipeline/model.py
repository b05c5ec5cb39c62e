"""The Document: the whole structure of a book, settled, as a tree of frozen structs. It knows nothing of XML.

Every node has the ranges of the source that it holds (``spans``) and, where a rule made it, the decision (``why``).
Keys (``key``, ``notes``, ``target``) join references to what they point at; identifiers are made later, from them.
What TEI demands of the order of parts is built into the fields of :class:`Division`: ``top``, ``blocks``,
``divisions``, ``bottom`` are written in this order, so a Document cannot be out of order.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct, field

from tei_pipeline.decisions import Decision
from tei_pipeline.metadata import Metadata as Metadata
from tei_pipeline.source import Source, Span

Spans: TypeAlias = "tuple[Span, ...]"
Places: TypeAlias = "tuple[tuple[str, str], ...]"


# ---------------------------------------------------------------- inside paragraphs


class Text(Struct, frozen=True):
    """Printed characters as they are written: lines joined, runs of white space folded to one space."""

    value: str
    spans: Spans = ()


class LineBreak(Struct, frozen=True):
    """A line end of the source that is worth keeping (headings, preformatted text)."""

    spans: Spans = ()


class SoftHyphen(Struct, frozen=True):
    """A hyphen that only the line end made; ``between`` holds what stood between the halves (page break, furniture)."""

    value: str = "-"
    between: tuple[PageBreak | Furniture | Note | Milestone, ...] = ()
    spans: Spans = ()


class PageBreak(Struct, frozen=True):
    """A new page begins: ``n`` as printed in the source, if it is; ``joins`` inside a word."""

    n: str | None = None
    joins: bool = False
    spans: Spans = ()


class Furniture(Struct, frozen=True):
    """Page furniture: running head or foot, page number, printed line number of verse, signature mark; or a scrap of markup."""

    type: Literal["header", "footer", "pageNum", "lineNum", "sig", "catch", "scrap"]
    content: tuple[Inline, ...]
    spans: Spans = ()
    why: Decision | None = None


class Milestone(Struct, frozen=True):
    """A mere extra gap where a new section of the text begins."""

    unit: str = "section"
    spans: Spans = ()


class Metamark(Struct, frozen=True):
    """Characters that mark something: ornaments where no block may stand, the marks of emphasis."""

    function: str
    value: str
    spans: Spans = ()


class Label(Struct, frozen=True):
    """A numeral or label at the front of a heading, item or note, as printed."""

    content: tuple[Inline, ...]
    spans: Spans = ()


class Reference(Struct, frozen=True):
    """A reference to notes, as printed, brackets included; ``notes`` are the keys of the notes (none: an orphan)."""

    n: str
    content: tuple[Inline, ...]
    key: str
    notes: tuple[str, ...] = ()
    spans: Spans = ()
    why: Decision | None = None


class Link(Struct, frozen=True):
    """A reference to another place of the book (contents page, cross-reference); ``target`` is a key or None.

    ``places`` name it where no key is known, from the outermost: ``("part", "2"), ("chapter", "3")``, ``("page", "77")``.
    """

    content: tuple[Inline, ...]
    target: str | None = None
    spans: Spans = ()
    why: Decision | None = None
    places: Places = ()


class Quoted(Struct, frozen=True):
    """Quoted words with their marks. ``cited`` when a reference to literature belongs to them (then ``source`` is its key, or it
    stands in a :class:`Cited`).

    ``key``, ``next`` and ``prev`` join the parts of one that runs over several blocks.
    """

    content: tuple[Inline, ...]
    cited: bool = False
    source: str | None = None
    key: str | None = None
    next: str | None = None
    prev: str | None = None
    spans: Spans = ()
    why: Decision | None = None


class Highlight(Struct, frozen=True):
    """Emphasised words in the marks of plain text; the marks stand in ``content`` as :class:`Metamark`.

    ``lang``: the words between are of that language, and the book is not. ``key``, ``next`` and ``prev`` join the parts of one that
    runs over several verses or paragraphs.
    """

    rend: str
    content: tuple[Inline, ...]
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None
    next: str | None = None
    prev: str | None = None
    lang: str | None = None


class Reaction(Struct, frozen=True):
    """A reaction or incident in a report of a speech: ``kind`` and ``type`` after ParlaMint; brackets included."""

    kind: Literal["vocal", "kinesic", "incident"]
    type: str | None
    content: tuple[Inline, ...]
    spans: Spans = ()
    why: Decision | None = None


class Correction(Struct, frozen=True):
    """A misprint as printed, and as meant. ``cert`` is high, medium or low; ``resp`` 'software' or an editor's key."""

    sic: tuple[Inline, ...]
    corr: str
    cert: str = "high"
    resp: str = "software"
    spans: Spans = ()
    why: Decision | None = None


class Surplus(Struct, frozen=True):
    """Characters that are no part of the text: residue of conversion."""

    content: tuple[Inline, ...]
    reason: str = "conversion"
    spans: Spans = ()
    why: Decision | None = None


class Supplied(Struct, frozen=True):
    """Words that the text lacks and another place of it proves: ``source`` is the key of that place. They are not printed here.

    ``spans`` are those of the place; ``cert`` and ``resp`` as in :class:`Correction`.
    """

    words: str
    source: str
    cert: str = "medium"
    resp: str = "software"
    spans: Spans = ()
    why: Decision | None = None


class Field(Struct, frozen=True):
    """A part of a reference to literature."""

    name: Literal["title", "author", "editor", "publisher", "pubPlace", "date", "edition", "biblScope"]
    content: tuple[Inline, ...]
    unit: Literal["volume", "page", "issue", "part", "chapter"] | None = None
    spans: Spans = ()


class Bibl(Struct, frozen=True):
    """A reference to literature, from bracket to bracket, or an entry of a bibliography; ``repeats``: the key of the one that
    "ibid." repeats.
    """

    content: tuple[Inline | Field, ...]
    key: str | None = None
    repeats: str | None = None
    spans: Spans = ()
    why: Decision | None = None


class Date(Struct, frozen=True):
    """A date as printed; ``when``, or ``start`` and ``end``, in ISO 8601 as TEI's ``teidata.temporal.w3c`` takes it."""

    content: tuple[Inline, ...]
    when: str | None = None
    start: str | None = None
    end: str | None = None
    cert: str | None = None
    spans: Spans = ()
    why: Decision | None = None


class Cited(Struct, frozen=True):
    """Quoted words or a block quotation followed by their reference: Quoted or Quotation, Bibl, and Points for points left over."""

    content: tuple[Quoted | Quotation | Bibl | Points | PageBreak | Furniture | Reference, ...]
    key: str | None = None
    spans: Spans = ()
    why: Decision | None = None


class Points(Struct, frozen=True):
    """Punctuation left over inside a :class:`Cited`."""

    value: str
    spans: Spans = ()


class Stage(Struct, frozen=True):
    """A stage direction, in a play: a block of its own, or inside a speech."""

    content: tuple[Inline, ...]
    type: str | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


Inline: TypeAlias = (
    "Text"
    " | LineBreak"
    " | SoftHyphen"
    " | PageBreak"
    " | Furniture"
    " | Milestone"
    " | Metamark"
    " | Label"
    " | Reference"
    " | Link"
    " | Quoted"
    " | Highlight"
    " | Reaction"
    " | Correction"
    " | Surplus"
    " | Supplied"
    " | Bibl"
    " | Date"
    " | Cited"
    " | Stage"
    " | Note"
    " | Figure"
)
Content: TypeAlias = "tuple[Inline, ...]"


# ---------------------------------------------------------------- blocks


class Heading(Struct, frozen=True):
    """A heading: ``main`` (one to a division), ``sub`` below it or ``half`` (a half title) before it; a label in it as :class:`Label`."""

    content: Content
    type: Literal["main", "sub", "half"] = "main"
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Paragraph(Struct, frozen=True):
    """A paragraph; one that a page break cuts is one paragraph with the page break inside."""

    content: Content
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Anonymous(Struct, frozen=True):
    """A block that is no paragraph: ornament, preformatted text (line ends kept), residue of conversion."""

    type: Literal["ornament", "preformatted", "residue"]
    content: Content
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Quotation(Struct, frozen=True):
    """A block quotation, its blocks inside; quotation marks stay."""

    blocks: tuple[BlockNode, ...]
    source: str | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class VerseLine(Struct, frozen=True):
    """One verse. ``indent`` in characters beyond the stanza's margin; ``part`` (I, M, F) when speakers share it."""

    content: Content
    indent: int = 0
    part: Literal["I", "M", "F"] | None = None
    n: str | None = None
    spans: Spans = ()


class Stanza(Struct, frozen=True):
    """Verses that stand together, with heading or number if there is one."""

    lines: tuple[VerseLine | PageBreak | Furniture | Note | Milestone, ...]
    type: str = "stanza"
    head: Heading | None = None
    label: Label | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Item(Struct, frozen=True):
    """One item: the printed marker as ``label``, then running text or blocks (one of the two is empty)."""

    label: Label | None = None
    content: Content = ()
    blocks: tuple[BlockNode, ...] = ()
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class ItemList(Struct, frozen=True):
    """A list: plain, or ``chronicle``, ``contents``, ``index``. Page breaks may stand between items."""

    items: tuple[Item | PageBreak | Furniture | Note | Milestone, ...]
    type: str | None = None
    head: Heading | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Note(Struct, frozen=True):
    """A note where the source has it: ``n`` its siglum without brackets, ``label`` as printed, ``references`` the keys of the
    references that point to it. ``next`` and ``prev`` join the parts of one that goes on at the foot of the next page.
    """

    key: str
    n: str | None
    place: Literal["end", "bottom", "margin", "inline"]
    blocks: tuple[BlockNode, ...]
    label: Label | None = None
    references: tuple[str, ...] = ()
    type: str | None = None
    spans: Spans = ()
    why: Decision | None = None
    next: str | None = None
    prev: str | None = None


class Speech(Struct, frozen=True):
    """A speech in a play, an interview or a debate; ``who`` are keys of :class:`Person`; ``directions`` stand after the speaker's name."""

    speaker: Content
    blocks: tuple[BlockNode, ...]
    who: tuple[str, ...] = ()
    directions: tuple[Stage | Text, ...] = ()
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Part(Struct, frozen=True):
    """A line of its own at the beginning or end of a division: ``docAuthor`` may stand in a byline."""

    type: Literal["byline", "dateline", "salute", "signed", "trailer"]
    content: Content
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Opener(Struct, frozen=True):
    """Dateline and salute at the beginning of a letter or speech."""

    parts: tuple[Part | PageBreak | Furniture | Text | Reference, ...]
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Closer(Struct, frozen=True):
    """Salute, signature and dateline at the end of a letter or signed piece."""

    parts: tuple[Part | PageBreak | Furniture | Text | Reference, ...]
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Postscript(Struct, frozen=True):
    """What follows the signature of a letter."""

    blocks: tuple[BlockNode, ...]
    label: Label | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Epigraph(Struct, frozen=True):
    """A motto before the text of a division: blocks (paragraphs, stanzas, quotations, Cited)."""

    blocks: tuple[BlockNode, ...]
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Argument(Struct, frozen=True):
    """The summary that some books set under the heading of a chapter, also under its own: THE ARGUMENT."""

    blocks: tuple[BlockNode, ...]
    head: Heading | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Figure(Struct, frozen=True):
    """The marker of an illustration: a printed caption (``head``) or a mere description."""

    head: Heading | None = None
    description: Content = ()
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Table(Struct, frozen=True):
    """Rows of cells."""

    rows: tuple[tuple[Content, ...], ...]
    head: Heading | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class CastItem(Struct, frozen=True):
    """One entry of a cast list; ``role`` is the name as printed, the rest of the line follows it."""

    role: Content
    content: Content = ()
    person: str | None = None
    spans: Spans = ()


class CastGroup(Struct, frozen=True):
    """Some of the persons of a play, under a heading of their own (WOMEN.)."""

    head: Heading
    items: tuple[CastItem | PageBreak | Furniture, ...]
    spans: Spans = ()


class CastList(Struct, frozen=True):
    """The persons of a play, also in groups."""

    items: tuple[CastItem | CastGroup | PageBreak | Furniture, ...]
    head: Heading | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class Bibliography(Struct, frozen=True):
    """Entries of a bibliography."""

    entries: tuple[Bibl | PageBreak | Furniture, ...]
    head: Heading | None = None
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class FloatingText(Struct, frozen=True):
    """A whole text inside the text: a letter or document, with its own opening and closing."""

    type: str
    top: tuple[TopNode, ...]
    blocks: tuple[BlockNode, ...]
    bottom: tuple[BottomNode, ...] = ()
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


class TitlePart(Struct, frozen=True):
    """A line of a title page (``docImprint`` and ``docEdition`` may hold several source lines)."""

    type: Literal["main", "sub", "desc", "byline", "docEdition", "docImprint", "epigraph", "volume"]
    content: Content
    spans: Spans = ()
    why: Decision | None = None


class TitlePage(Struct, frozen=True):
    """The title page in the front matter. An epigraph on it and other parts keep their order."""

    parts: tuple[TitlePart | PageBreak | Furniture | Metamark | Figure | Epigraph, ...]
    spans: Spans = ()
    why: Decision | None = None
    key: str | None = None


Global: TypeAlias = "PageBreak | Furniture | Milestone | Metamark | Note | Figure | Reaction | Surplus"
BlockNode: TypeAlias = (
    "Paragraph"
    " | Anonymous"
    " | Quotation"
    " | Cited"
    " | Stanza"
    " | ItemList"
    " | Speech"
    " | Stage"
    " | Table"
    " | CastList"
    " | Bibliography"
    " | FloatingText"
    " | Bibl"
    " | Global"
)
TopNode: TypeAlias = "Heading | Part | Opener | Epigraph | Argument | Global"
BottomNode: TypeAlias = "Closer | Postscript | Part | Global"


class Division(Struct, frozen=True):
    """A division: what opens it, its own blocks, the divisions in it, what closes it — written in this order.

    ``type`` is one of :data:`DIVISION_TYPES`; ``n`` unique among siblings; ``title`` the heading's words for outlines.
    """

    type: str
    n: str
    top: tuple[TopNode, ...] = ()
    blocks: tuple[BlockNode, ...] = ()
    divisions: tuple[Division | Global, ...] = ()
    bottom: tuple[BottomNode, ...] = ()
    title: str = ""
    lang: str | None = None
    key: str | None = None
    spans: Spans = ()
    why: Decision | None = None


class Person(Struct, frozen=True):
    """Somebody who speaks: the name as printed, or a mere role (QUESTION, ANSWER), or several voices."""

    key: str
    name: str
    kind: Literal["person", "role", "group"] = "person"


class Document(Struct, frozen=True):
    """The whole book: front and back matter and the body. A title page stands in ``front``."""

    source: Source
    metadata: Metadata
    front: tuple[Division | TitlePage | Global, ...] = ()
    body: Division = field(default_factory=lambda: Division("body", ""))
    back: tuple[Division | Global, ...] = ()
    persons: tuple[Person, ...] = ()


DIVISION_TYPES = (
    "volume", "work", "part", "book", "chapter", "section", "subsection", "canto", "act", "scene", "speech", "letter",
    "interview", "debate", "poem", "play", "story", "essay", "sermon", "article", "chronicle", "entry", "statement",
    "theses", "report", "document", "preface", "introduction", "dedication", "foreword", "advertisement", "contents", "prologue",
    "epilogue",
    "notes", "appendix", "bibliography", "index", "glossary", "colophon", "errata", "boilerplate", "producer",
    "cast", "argument", "text", "continuation", "group",
)  # fmt: skip
