"""What opens and closes a division: subtitles, datelines, bylines and epigraphs under its heading; imprints and signatures at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Container
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.titles_below import STATED
from tei_pipeline.rules.shape import is_narrow, is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.divisions.arguments import is_argument
from tei_pipeline.settle.divisions.honours import kind_over_salute
from tei_pipeline.settle.front.mottoes import in_column, is_next_title
from tei_pipeline.settle.nesting.gaps import RECURRING, below_ornament
from tei_pipeline.settle.notes.amid_text import is_over_author
from tei_pipeline.settle.titles.subtitles import is_other_name

OPENING_MARKS = ('"', "“", "„", "«", "»", "'", "‘")
_LISTS = frozenset(("bibliography", "errata", "glossary", "index"))
OFFERS = "after-end"  # the rule of headings below the end of a book, over the books that its publisher offers
_TOP = frozenset(("heading", "subtitle", "byline", "dateline", "salute", "imprint", "epigraph"))


def openings(blocks: list[Block], layout: Layout) -> list[Block]:
    """Short lines right under a heading are its subtitle or byline, not a paragraph."""
    result = list(blocks)
    opened = letter = lists = states = False
    mottoes = _mottoes(blocks, layout)
    for i, block in enumerate(blocks):
        if block.kind in BETWEEN:
            if i - 1 in mottoes and [c.kind for c in block.within] == ["quotation"]:
                result[i] = replace(block, within=())
            continue
        if i in mottoes:
            decision = Decision("opening", "set apart right under a heading, before the text: a motto", 0.8)
            kind = "attribution" if mottoes[i][1] else block.kind
            within = (mottoes[i][0], *[c for c in block.within if c.kind != "quotation"])
            result[i] = replace(block, kind=kind, within=within, decisions=(*block.decisions, decision))
            continue
        if block.kind == "heading":
            letter = block.facts.division == "letter"
            lists = block.facts.division in _LISTS or _names_dedication(block, layout) or block.decisions[-1].rule == OFFERS
            states = block.facts.division == STATED
        if opened and _is_centred_title(blocks, i):
            decision = Decision("opening", "lines set in the middle under a heading go on with it", 0.8)
            result[i] = replace(block, kind="subtitle", within=(), decisions=(*block.decisions, decision))
            continue
        if opened and is_other_name(blocks, i):
            decision = Decision("opening", "capitals in italics and brackets between two titles: the other name of whom they name", 0.8)
            result[i] = replace(block, kind="subtitle", decisions=(*block.decisions, decision))
            continue
        kind = ""
        if opened and block.kind == "paragraph" and not block.within:
            kind = _under_heading(block, layout, letter) or ("" if letter else _above_date(blocks, i))
            if kind == "subtitle" and result[i - 1].kind == "byline" and words(layout.language).is_by(result[i - 1].text):
                kind = "byline"
            if letter and kind != "byline" and _names_place(blocks, i, layout):
                kind = "dateline"
            proved = states and block.text.rstrip("_ ").endswith(".")
            if kind == "subtitle" and (lists or _are_words(block) or proved):
                kind = ""  # the first entry
            kind = kind or kind_over_salute(blocks, i, layout)
            named = kind == "byline" and _NAMED.match(block.text)
            said = block.rows[-1].ends_sentence and word_count(block.text) >= SENTENCE and not named
            if kind in ("subtitle", "byline") and said and _is_all(blocks, i):
                kind = ""
        if kind:
            result[i] = replace(
                block, kind=kind, decisions=(*block.decisions, Decision("opening", f"a short line under a heading: {kind}", 0.75))
            )
            continue
        if block.kind == "signed" and opened:
            result[i] = replace(block, kind="byline", decisions=(*block.decisions, Decision("opening", "a name under a heading", 0.7)))
            continue
        opened = (opened and is_over_author(blocks, i, layout)) or (block.kind in _TOP and (block.kind == "heading" or opened))
    return result


def _names_dedication(heading: Block, layout: Layout) -> bool:
    """Whether a heading names a dedication and no receiver, who stands below it."""
    named = heading.facts.division == "dedication" and len(heading.rows) == 1
    return named and fold(heading.text.strip("_*= ").split(" ")[0]) not in layout.language.receivers


def _are_words(block: Block) -> bool:
    """Whether lines that stand right below their heading each begin small: the words that it names, NOUNS."""
    return len(block.rows) > 1 and not block.rows[0].gap and all(row.starts_lower for row in block.rows)


def _names_place(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether a line under the heading of a letter, right above its text, is no more than a place: "Marl House, Kent."."""
    text = blocks[at].text.strip("_*.[] ")
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    if len(blocks[at].rows) > 1 or after is None or after.kind not in ("paragraph", "salute") or after.within:
        return False
    few = 1 < word_count(text) <= MOST_OF_A_PLACE and "," in text[:-1] and not text.endswith(",")
    return few and text[:1].isupper() and is_title_case(text, layout.language.lowercase_in_titles) and after.rows[0].gap == 1


MOST_OF_A_PLACE = 6  # words
_PERIOD = re.compile(r"^[(\[]?1\d{3}\s?[-–—]+\s?\d{2,4}[)\]]?\.?$")  # (1869-1874)
SENTENCE = 8  # words: a shorter title may end with a point too


def _is_all(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is all the text that its division has."""
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return after is None or after.kind in ("heading", "boilerplate")


_NAMED = re.compile(r"_?[^\W\d_]+(?: [^\W\d_a-z][\w.'’-]*){2}")  # By Anna Holm, author of
_ITALIC = re.compile(r"^_(?![\"“„«»])[^_]+_$")
_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«»"}
_SOURCE = re.compile(r"^(?:--|—|–|-)\s?\S|^[\[(].*[\])]\.?$|^[^\W\d_][\w .,'’&;:-]{1,60}$")
_CITED = re.compile(r"(?:--|—)\s?[_A-Z\d](?:[\w _.,'’:;]|-(?!-)){1,60}\]?$")
LONGEST_SUBTITLE = 25  # words
LONGEST_MOTTO = 14  # lines: a sonnet is the longest that printers have set over a chapter


def _mottoes(blocks: list[Block], layout: Layout) -> dict[int, tuple[Container, bool]]:
    """Short quotations and verses right under a heading, before text of another shape: the blocks of epigraphs, and whether they
    name its source.
    """
    found: dict[int, tuple[Container, bool]] = {}
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    for k, i in enumerate(order):
        if blocks[i].kind != "heading" or blocks[i].within:
            continue
        at = k + 1
        letter = blocks[i].facts.division == "letter"
        while at < len(order) and _stands_between(blocks[order[at]], layout, letter):
            at += 1
        if pairs := _with_authors(blocks, order[at:], layout):
            for quoted, author in zip(pairs[::2], pairs[1::2], strict=True):
                container = Container("epigraph", blocks[quoted].first)
                found |= {quoted: (container, False), author: (container, True)}
            continue
        inside = _set_apart(blocks, order[at:], layout)
        below = order[at + len(inside) :]
        if not (inside and below) or sum(len(blocks[j].rows) for j in inside) > LONGEST_MOTTO or is_argument(blocks[inside[0]]):
            continue
        if below_ornament(blocks, i) and below_ornament(blocks, below[0]):
            continue  # all of a piece between two rows of stars
        named = _has_source(blocks, i, inside, below, layout)
        if not _stands_over_text(blocks, i, inside, below, named, layout):
            continue
        container = Container("epigraph", blocks[inside[0]].first)
        found.update(dict.fromkeys(inside, (container, False)))
        if named:
            found[below[0]] = (container, True)
    return found


def _set_apart(blocks: Sequence[Block], order: Sequence[int], layout: Layout) -> list[int]:
    """The first of some blocks that may be a motto, up to the one that names its source."""
    inside: list[int] = []
    for i in order[:MOST_PARTS]:
        block = blocks[i]
        if not (_apart(block, layout) or block.why.rule == "motto"):
            break
        if inside and (_tells_source(blocks[inside[-1]], block, layout) or below_ornament(blocks, i)):
            break
        inside.append(i)
    return inside


MOST_PARTS = 4  # stanzas or paragraphs of a motto


def _tells_source(motto: Block, below: Block, layout: Layout) -> bool:
    return _names_source(below, layout, motto) or _cites_work(motto, below)


def _has_source(blocks: Sequence[Block], heading: int, inside: Sequence[int], below: Sequence[int], layout: Layout) -> bool:
    """Whether the line below what may be a motto names its source, and is not what comes next in the book."""
    source, last = blocks[below[0]], blocks[inside[-1]]
    cited = _CITED.search(last.text) is not None
    names = source.facts.number or source.facts.type == "named"  # ADVERTISEMENT below a sonnet
    names = names or is_next_title(source.rows[0], last.rows[0], blocks[heading].rows[-1])
    farther = len(below) > 1 and source.rows[0].gap > blocks[below[1]].rows[0].gap + 1  # than any source from its motto
    titled = source.kind == "heading" and (cited or names or farther or any(d.rule == RECURRING for d in source.decisions))
    return _tells_source(last, source, layout) and not titled


def _stands_over_text(
    blocks: Sequence[Block], heading: int, inside: Sequence[int], below: Sequence[int], named: bool, layout: Layout
) -> bool:
    """Whether what may be a motto is one: quoted, or its source ``named``, over text of another shape or the first of the chapters."""
    if named and len(below) == 1:
        return False  # the last poem of a book, and its poet
    first, last = blocks[inside[0]], blocks[inside[-1]]
    source, text = blocks[below[0]], blocks[below[named]]
    if named and text.kind == "paragraph" and text.text[0] in "([" and text.text[-1] in ")]" and _ends_piece(blocks, below[2:]):
        return False  # a poem, its poet, and where it is from
    if (_is_cited(first) or (named and _WORK.match(source.text))) and _cites_more(blocks, [*inside[1:], *below[named:]]):
        return False  # opinions of the press, extracts: each has its source
    cited = named or _CITED.search(last.text) is not None
    if text.within or not (cited or _is_quoted(first.text, last.rows[-1].text)):
        return False
    if _CITED_IN_ITALICS.search(last.rows[-1].text) and last.rows[0].indent <= layout.margin and text.rows[0].gap < 2:
        return False  # nearer to the text than a motto: news, with the paper that has it
    if text.kind == "paragraph" or (text.kind == "verse" and first.kind != "verse"):
        return True
    return (len(inside) == 1 and _heads_chapters(blocks[heading], text, cited)) or _numbers_prose(blocks, below)


def _heads_chapters(heading: Block, below: Block, cited: bool) -> bool:
    """Whether a motto is that of a part, on a leaf with its title: titles of one kind stand over poems, each with its author below."""
    if below.kind != "heading" or below.facts.level <= heading.facts.level:
        return False  # the verses are all that the division has
    return cited or (below.facts.number == 1 and not heading.facts.number)  # of a piece, over the first of its chapters


def _with_authors(blocks: list[Block], order: list[int], layout: Layout) -> list[int]:
    """Quotations set in right below a title, each between quotation marks and over its author in capitals as far in, with text below."""
    found: list[int] = []
    for i, below in zip(order[::2], order[1::2], strict=False):
        quoted, author = blocks[i], blocks[below]
        last = quoted.rows[-1].text if quoted.rows else ""
        if quoted.kind not in ("verse", "paragraph") or len(quoted.rows) > LONGEST_MOTTO:
            break
        if not (_is_quoted(quoted.text, last) or _SAID.fullmatch(quoted.text)):
            break
        near = author.rows[0].gap == 1 and (quoted.rows[0].gap != 1 or _is_far_below(blocks, below))
        near = near or (bool(author.within) and not author.rows[0].gap)
        named = near and author.kind in _OF_A_NAME and len(author.rows) == 1
        name = author.text.partition(",")[0].strip(" .")
        if not named or not name.isupper() or word_count(author.text) > MOST_OF_AN_AUTHOR:
            break
        if not layout.margin < quoted.rows[0].indent == author.rows[0].indent:
            break
        found += [i, below]
    after = blocks[order[len(found)]] if found and len(order) > len(found) else None
    return found if after is not None and after.kind in ("paragraph", "heading") and not after.within else []


def _is_far_below(blocks: list[Block], at: int) -> bool:
    """Whether more than one empty line stands below a block, over text."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return below is not None and below.kind == "paragraph" and below.rows[0].gap > 1


_SAID = re.compile(r"[A-Z .]{2,24}(?:--|—)[\"“][^\"“”]+[\"”](?:--|—)?")  # MARTHA.--"The river has no door."--
_OF_A_NAME = frozenset(("paragraph", "signed", "salute", "verse", "heading"))
MOST_OF_AN_AUTHOR = 8  # words, with the work


def _ends_piece(blocks: Sequence[Block], order: Sequence[int]) -> bool:
    """Whether nothing more of a division comes next."""
    return not order or blocks[order[0]].kind == "heading"


def _numbers_prose(blocks: Sequence[Block], order: Sequence[int]) -> bool:
    """Whether a number comes next, and a paragraph below it: the first part of a story."""
    if len(order) < 2 or blocks[order[0]].kind != "heading" or blocks[order[0]].facts.type not in ("roman", "arabic"):
        return False
    return blocks[order[1]].kind == "paragraph" and not blocks[order[1]].within


def _stands_between(block: Block, layout: Layout, letter: bool) -> bool:
    """Whether a block is a subtitle or byline, or will be one, or the argument: a motto may follow it."""
    if block.within:
        return block.within[0].kind == "argument"
    if block.kind == "signed":
        return words(layout.language).byline.match(block.text) is not None
    return block.kind in ("subtitle", "byline", "dateline") or (block.kind == "paragraph" and bool(_under_heading(block, layout, letter)))


def _is_quoted(text: str, last: str) -> bool:
    """Whether words stand in quotation marks from their first to their last."""
    return text[0] in _CLOSING and last.rstrip("_").endswith(tuple(_CLOSING[text[0]]))


_CITED_AT_END = re.compile(r"[.!?\"”’'»](?:--|—)_?(?=.{0,40}[A-Z]{4})[A-Z][A-Z .,'’&-]{2,60}_?$")


_CITED_IN_ITALICS = re.compile(r"[\w.!?,;:\"”’'»]\s?(?:--|—)\s?_[A-Z][^_]{1,60}_\.?$")


def _is_cited(block: Block) -> bool:
    """Whether a paragraph at the margin ends with its source in capitals or italics: "… of the liberty of printing."--MILTON."""
    if block.kind != "paragraph" or block.within:
        return False
    last = block.rows[-1].text
    return (len(block.rows) > 1 and _CITED_AT_END.search(last) is not None) or _CITED_IN_ITALICS.search(last) is not None


def _cites_more(blocks: Sequence[Block], order: Sequence[int]) -> bool:
    """Whether more such paragraphs stand in a division."""
    for i in order[:MANY_EXTRACTS]:
        if blocks[i].kind == "heading":
            return False
        if _is_cited(blocks[i]) or (len(blocks[i].rows) == 1 and _WORK.match(blocks[i].text)):
            return True
    return False


MANY_EXTRACTS = 12  # blocks in which the next extract stands


def _apart(block: Block, layout: Layout) -> bool:
    if _is_cited(block):
        return True
    if block.kind == "verse" and not block.within:
        return True
    if block.kind == "paragraph" and not block.within:
        least = max(2, layout.indent) if layout.indent else 1  # no paragraph is set in: two columns tell
        if not layout.indent and is_narrow(block.rows, layout):
            return True
        return layout.style != "unwrapped" and all(
            row.indent + (row.text[0] in OPENING_MARKS) > layout.margin + least for row in block.rows
        )
    return bool(block.within) and block.within[0].kind == "quotation" and block.kind in ("paragraph", "verse")


def _names_source(block: Block, layout: Layout, motto: Block) -> bool:
    """Whether a line below a motto names its source: behind a dash, far to the right, or set in with words in quotation marks."""
    text = block.text.strip("_ ")
    if (
        (block.within and not (block.why.rule == "motto" and block.within == motto.within))
        or len(block.rows) > 1
        or word_count(text) > 9
        or block.kind not in ("paragraph", "signed", "verse", "imprint", "heading")
    ):
        return False
    quoted = _is_quoted(motto.text, motto.rows[-1].text) and block.rows[0].indent >= motto.rows[0].indent > layout.margin
    right = block.why.rule == "motto" or quoted or block.rows[0].indent > layout.margin + 0.3 * layout.measure
    return bool(re.match(r"^(?:--|—|–)\s?\S", text)) or (right and bool(_SOURCE.match(text)))


def _cites_work(verses: Block, block: Block) -> bool:
    """Whether a line alone right below verses is a title in italics, perhaps with the place in that work: _Paradise_, c. XII, l. 46."""
    alone = verses.kind == "verse" and block.kind in ("verse", "paragraph") and len(block.rows) == 1 and block.rows[0].gap == 1
    return alone and verses.text.rstrip('_"”»').endswith((".", "!", "?")) and _WORK.match(block.text) is not None


_WORK = re.compile(r"^_[A-Z\d][^_]{2,60}_(?:, [^_]{1,30})?\.?$")


def _is_centred_title(blocks: list[Block], at: int) -> bool:
    """Whether a block that was taken for a quotation is a few lines, each set in the middle below the title, or one line in brackets."""
    block = blocks[at]
    if block.kind == "verse" and len(block.rows) == 1 and not block.within:  # in brackets: (Fischereischulen)
        return block.text[0] == "(" and block.text[-1] == ")" and in_column(block.rows[0], blocks[at - 1].rows[-1])
    if block.kind != "paragraph" or len(block.within) != 1 or block.within[0].kind != "quotation" or not 2 <= len(block.rows) <= 4:
        return False
    if any(other.within[:1] == block.within for other in blocks[max(0, at - 1) : at] + blocks[at + 1 : at + 2]):
        return False
    rows = (*blocks[at - 1].rows, *block.rows)
    centres = [row.indent + len(row.text) / 2 for row in rows]
    return len({row.indent for row in rows}) == len(rows) and max(centres) - min(centres) <= 4 and min(row.indent for row in rows) > 0


def _above_date(blocks: list[Block], at: int) -> str:
    """A short paragraph between a title and the only date of the division goes on with the title, if there is text below."""
    if len(blocks[at].rows) > 3 or word_count(blocks[at].text) > LONGEST_SUBTITLE or blocks[at].text[-1] in ",;:":
        return ""
    dates = text = 0
    for k in range(at + 1, len(blocks)):
        block = blocks[k]
        if block.kind == "heading":
            break
        dates += block.kind == "dateline" and not block.within
        text += block.kind == "paragraph"
        if dates > 1 or (block.kind not in BETWEEN and not dates):
            return ""
    return "subtitle" if dates == 1 and text and at and blocks[at - 1].kind == "heading" else ""


def _is_statement(text: str) -> bool:
    """Whether a line that begins with "By" is a sentence and names nobody: most of its words are small."""
    tokens = text.split()
    if text[-1] in "!,;" and tokens[0].isupper() and not text.isupper() and tokens[1:2] and tokens[1].islower():
        return True  # whose first word is printed in capitals, as below a title: BY the bridge, and by the weir!
    return len(tokens) > SENTENCE and text[-1] in ".:" and sum(t[0].islower() for t in tokens) > 0.5 * len(tokens)


def _under_heading(block: Block, layout: Layout, letter: bool) -> str:
    text = block.text.strip("_* ")
    if _PERIOD.match(text):
        return "subtitle"
    if not text or len(block.rows) > 3 or word_count(text) > 16 or not any(c.isalpha() for c in text) or _is_cited(block):
        return ""
    if words(layout.language).byline.match(text) and not block.rows[-1].text.endswith((":", ";")) and not _is_statement(text):
        return "byline"
    if (
        _ITALIC.match(block.text)
        and not letter
        and not re.search(r"[^\W\d_]{3}[.!?] \S", text)
        and not block.rows[-1].text.endswith((",_", ":_", ";_"))
        and not layout.drama
    ):
        return "subtitle"
    if block.rows[-1].ends_sentence or text.endswith((",", ";", ":", "—", "--")) or (text[0].islower() and text[0] not in "[("):
        return ""
    if block.rows[-1].width > 0.9 * layout.measure:
        return ""
    return (
        "subtitle"
        if is_title_case(text, layout.language.lowercase_in_titles) or (layout.style != "unwrapped" and word_count(text) <= 12)
        else ""
    )
