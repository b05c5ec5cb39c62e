"""Documents in which everything stands in everything: each class of node in each field that may hold it, one after the other.

Random documents reach the common combinations often and the rare ones seldom; these reach each of them once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tei_pipeline import model as m
from tests.documents import make_source
from tests.written import paragraph, text

_DIVISION_TOPS: tuple[Any, ...] = (
    m.Heading(text("Head")),
    m.Heading(text("Sub"), "sub"),
    *(m.Part(kind, text(kind)) for kind in ("byline", "dateline", "salute", "signed", "trailer")),
    m.Opener((m.Part("salute", text("Sir,")), m.Part("trailer", text("So.")), m.Reference("1", text("1"), "r"), m.PageBreak())),
    m.Opener((m.Part("dateline", text("Hull")), m.Text(", then "), m.Part("byline", text("Anna")))),
    m.Epigraph((paragraph("So."),)),
    m.Epigraph(()),
    m.Argument((paragraph("So."),)),
    m.Argument(()),
)
_DIVISION_BOTTOMS: tuple[Any, ...] = (
    m.Closer((m.Part("signed", text("A. M.")), m.Part("trailer", text("So.")), m.Furniture("footer", text("9")))),
    m.Closer(()),
    m.Postscript((paragraph("So."),), m.Label(text("P.S."))),
    m.Postscript((), m.Label(text("P.S."))),
    m.Postscript(()),
    *(m.Part(kind, text(kind)) for kind in ("byline", "dateline", "salute", "signed", "trailer")),
)
_BETWEEN: tuple[Any, ...] = (
    m.PageBreak("3"),
    m.Furniture("header", text("Head")),
    m.Note("n", "1", "bottom", (paragraph("Note."),), m.Label(text("1"))),
    m.Milestone(),
)
_GLOBAL: tuple[Any, ...] = (
    *_BETWEEN,
    m.Metamark("ornament", "***"),
    m.Figure(m.Heading(text("Caption"))),
    m.Figure(None, (m.Text("[Map"), m.SoftHyphen("-", _BETWEEN), m.Surplus(text("x")), m.LineBreak(), m.Text("]"))),
    m.Reaction("vocal", "laughter", text("(Laughter)")),
    m.Reaction(
        "incident", None, (m.Text("(Noise"), m.SoftHyphen("-", _BETWEEN), m.Surplus(text("x")), m.Metamark("italic", "_"), m.Text(")"))
    ),
    m.Surplus(text("/p>")),
)
_CITED = (
    m.Cited((m.Quoted(text("“a”")), m.Bibl(text("(b)")), m.Points("."), m.Reference("1", text("1"), "r"), m.PageBreak())),
    m.Cited((m.Points(","),)),
    m.Cited((m.Furniture("sig", text("B")), m.Quoted(text("“a”"), cited=True))),
    m.Cited(()),
)
_INLINES: tuple[Any, ...] = (
    *_GLOBAL,
    *_CITED,
    m.Text("words"),
    m.LineBreak(),
    m.SoftHyphen("-", _BETWEEN),
    m.Label(text("1.")),
    m.Reference("1", text("[1]"), "r"),
    m.Link(text("page 9")),
    m.Quoted(text("“a”")),
    m.Quoted(text("“a”"), cited=True),
    m.Highlight("italic", text("a")),
    m.Correction(text("teh"), "the"),
    m.Bibl(text("(a)")),
    m.Date(text("May")),
    m.Stage(text("(aside)")),
)
_FIELDS = ("title", "author", "editor", "publisher", "pubPlace", "date", "edition", "biblScope")


def _in_paragraph(wrap: Callable[[tuple[Any, ...]], Any]) -> Callable[[tuple[Any, ...]], Any]:
    return lambda content: m.Paragraph((m.Text("a "), wrap(content), m.Text(" b")))


def _letter(*top: Any, bottom: tuple[Any, ...] = ()) -> m.FloatingText:
    return m.FloatingText("letter", top, (paragraph("So."),), bottom)


# What holds mixed content, as a block.
_HOLDERS: tuple[Callable[[tuple[Any, ...]], Any], ...] = (
    m.Paragraph,
    lambda content: m.Anonymous("ornament", content),
    lambda content: m.Anonymous("preformatted", content),
    lambda content: m.Stanza((m.VerseLine(content),)),
    lambda content: m.Stanza((m.VerseLine(text("a")),), head=m.Heading(content), label=m.Label(content)),
    lambda content: m.ItemList((m.Item(m.Label(content), content),), head=m.Heading(content)),
    lambda content: m.Speech(content, (), directions=(m.Stage(content), m.Text(":"))),
    m.Stage,
    lambda content: m.Table(((content, content),), m.Heading(content)),
    lambda content: m.CastList((m.CastItem(content, content),), m.Heading(content)),
    lambda content: m.Bibliography((m.Bibl(content),), m.Heading(content)),
    lambda content: m.Bibliography((m.Bibl(tuple(m.Field(name, content) for name in _FIELDS)),)),  # type: ignore[arg-type]
    lambda content: m.Figure(m.Heading(content), content),
    lambda content: m.Furniture("header", content),
    lambda content: m.Note("n", "1", "end", (), m.Label(content)),
    lambda content: m.Reaction("kinesic", None, content),
    m.Surplus,
    m.Bibl,
    lambda content: _letter(*(m.Part(kind, content) for kind in ("byline", "dateline", "salute", "signed", "trailer"))),
    lambda content: _letter(m.Opener((m.Part("dateline", content),)), bottom=(m.Closer((m.Part("signed", content),)),)),
    lambda content: _letter(bottom=(m.Part("trailer", content), m.Postscript((), m.Label(content)))),
    _in_paragraph(m.Quoted),
    _in_paragraph(lambda content: m.Quoted(content, cited=True)),
    _in_paragraph(lambda content: m.Highlight("bold", content)),
    _in_paragraph(lambda content: m.Reaction("vocal", "laughter", content)),
    _in_paragraph(m.Link),
    _in_paragraph(lambda content: m.Reference("1", content, "r")),
    _in_paragraph(lambda content: m.Correction(content, "the")),
    _in_paragraph(m.Surplus),
    _in_paragraph(m.Bibl),
    _in_paragraph(m.Date),
    _in_paragraph(m.Stage),
    _in_paragraph(m.Label),
    _in_paragraph(lambda content: m.Furniture("footer", content)),
    _in_paragraph(lambda content: m.Figure(None, content)),
    _in_paragraph(lambda content: m.Cited((m.Quoted(content), m.Bibl(content)))),
)


def _blocks() -> Iterator[Any]:
    """A block of every class, some of them empty."""
    content = (m.Text("a "), *_INLINES)
    for hold in _HOLDERS:
        yield hold(content)
        yield hold(())
    yield from _CITED
    yield m.Cited((m.Quotation((paragraph("So."),)), m.Bibl(text("(a)")), m.Points(".")))
    yield m.Quotation(())
    yield m.Stanza(())
    yield m.Stanza((), label=m.Label(text("1")))
    yield m.Stanza(_BETWEEN)
    yield m.ItemList(())
    yield m.ItemList((*_BETWEEN, m.Item(), *_BETWEEN))
    yield m.CastList((m.PageBreak(), m.Furniture("header", text("a"))))
    yield m.Bibliography((m.PageBreak(), m.Furniture("header", text("a")), m.Bibl(text("b")), m.PageBreak()))
    yield m.Table(())
    yield m.Table(((), (text("a"),)))
    yield m.FloatingText("letter", _DIVISION_TOPS, (), _DIVISION_BOTTOMS)
    yield m.FloatingText("letter", _GLOBAL, _GLOBAL, _GLOBAL)
    yield from _GLOBAL


# What holds blocks, as a block.
_BLOCK_HOLDERS: tuple[Callable[[tuple[Any, ...]], Any], ...] = (
    m.Quotation,
    lambda blocks: m.ItemList((m.Item(m.Label(text("1.")), (), blocks), m.Item(None, text("a"), blocks))),
    lambda blocks: m.Note("n", "1", "end", blocks),
    lambda blocks: m.Paragraph((m.Text("a"), m.Note("n", "1", "bottom", blocks, m.Label(text("1"))), m.Text(" b"))),
    lambda blocks: m.Paragraph((m.Text("a"), m.Cited((m.Quotation(blocks),)))),
    lambda blocks: m.Speech(text("A"), blocks),
    lambda blocks: _letter(m.Epigraph(blocks), m.Argument(blocks), bottom=(m.Postscript(blocks),)),
    lambda blocks: m.FloatingText("letter", (), blocks),
    lambda blocks: m.Stanza((m.VerseLine((m.Cited((m.Quotation(blocks),)),)),)),
    lambda blocks: m.Stanza((m.VerseLine((m.Note("n", "1", "end", blocks),)),)),
    lambda blocks: m.Stanza((m.VerseLine((m.Note("n", "1", "end", (m.FloatingText("letter", (), blocks),)),)),)),
    lambda blocks: m.Paragraph((m.Bibl((m.Note("n", "1", "end", blocks),)), m.Date((m.Cited((m.Quotation(blocks),)),)))),
)


def crossed() -> dict[str, m.Document]:
    """The documents, by what they cross."""
    blocks = tuple(_blocks())
    made = {"blocks": _document(m.Division("body", "", blocks=blocks))}
    made["content"] = _document(m.Division("body", "", blocks=tuple(hold((inner,)) for hold in _HOLDERS for inner in _INLINES)))
    nested = (hold((inner((node,)),)) for hold in _HOLDERS for inner in _wraps() for node in _INLINES)
    made["content-in-content"] = _document(m.Division("body", "", blocks=tuple(nested)))
    for number, hold in enumerate(_BLOCK_HOLDERS):
        made[f"blocks-in-{number}"] = _document(m.Division("body", "", blocks=tuple(hold((block,)) for block in blocks)))
        made[f"all-blocks-in-{number}"] = _document(m.Division("body", "", blocks=(hold(blocks), hold(()))))
    made["divisions"] = _document(m.Division("body", "", divisions=tuple(_divisions(blocks))))
    made["matter"] = _matter()
    for number, node in enumerate((*_DIVISION_TOPS, *_GLOBAL)):
        made[f"body-top-{number}"] = _document(m.Division("body", "", top=(node,)))
    for number, node in enumerate((*_DIVISION_BOTTOMS, *_GLOBAL)):
        made[f"body-bottom-{number}"] = _document(m.Division("body", "", bottom=(node,)))
    return made


def _wraps() -> tuple[Callable[[tuple[Any, ...]], Any], ...]:
    return (m.Date, m.Stage, m.Label, m.Bibl, m.Quoted, lambda content: m.Reaction("vocal", None, content), m.Surplus)


def _divisions(blocks: tuple[Any, ...]) -> Iterator[m.Division]:
    section = m.Division("section", "1", (m.Heading(text("One")),))
    for node in (*_DIVISION_TOPS, *_GLOBAL):
        yield m.Division("work", "", top=(node,))
        yield m.Division("work", "", top=(node, *_DIVISION_TOPS, node), blocks=(paragraph("a"),))
    for node in (*_DIVISION_BOTTOMS, *_GLOBAL):
        yield m.Division("work", "", bottom=(node,))
        yield m.Division("work", "", blocks=(paragraph("a"),), bottom=(node, *_DIVISION_BOTTOMS, node))
        yield m.Division("work", "", divisions=(section,), bottom=(node,))
    for node in _GLOBAL:
        yield m.Division("work", "", divisions=(node, section, node))
        yield m.Division("work", "", divisions=(node,), bottom=_DIVISION_BOTTOMS)
    for block in blocks:
        yield m.Division("work", "", blocks=(block,), bottom=_DIVISION_BOTTOMS)
        yield m.Division("work", "", blocks=(block,), divisions=(section,))


def _document(body: m.Division) -> m.Document:
    return m.Document(make_source(), m.Metadata(), body=body)


def _matter() -> m.Document:
    """Front and back matter: title pages of all sorts, and what may stand around them."""
    content = (m.Text("a "), *_INLINES)
    kinds = ("main", "sub", "desc", "byline", "docEdition", "docImprint", "epigraph", "volume")
    parts = [m.TitlePart(kind, content) for kind in kinds]  # type: ignore[arg-type]
    between = (m.PageBreak(), m.Furniture("header", text("a")), m.Metamark("ornament", "*"), m.Figure(m.Heading(text("a"))))
    pages = (m.TitlePage(()), m.TitlePage(between), m.TitlePage(tuple(node for part in parts for node in (part, *between))))
    preface = m.Division("preface", "preface", blocks=(paragraph("a"),))
    return m.Document(make_source(), m.Metadata(), (*_GLOBAL, *pages, preface, *_GLOBAL, *pages), back=(*_GLOBAL, preface, *_GLOBAL))
