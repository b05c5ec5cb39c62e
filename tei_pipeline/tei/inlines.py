"""What stands inside paragraphs: one function per class of node."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline.tei import text, values
from tei_pipeline.tei.identity import XML_ID, XML_LANG
from tei_pipeline.tei.places import DEEPEST, DESCRIPTION, PARAGRAPH, PHRASE, REFERENCE, SEQUENCE, Place, Wraps
from tei_pipeline.tei.writer import TEI, Write, Writer

# TEI's desc and figDesc (macro.limitedContent) take none of these.
_OUTSIDE = frozenset(
    {m.LineBreak, m.PageBreak, m.Furniture, m.Milestone, m.Metamark, m.Surplus, m.Reaction, m.Note, m.Figure},
)


def line_break(w: Writer, parent: etree._Element, node: m.LineBreak, place: Place) -> None:
    """``lb``, with white space before it, so that a reader who knows no tags does not glue the lines."""
    text.separate(parent, "\n")
    w.element(parent, "lb", node, place)


def soft_hyphen(w: Writer, parent: etree._Element, node: m.SoftHyphen, place: Place) -> None:
    """The hyphen, what stood between the halves of the word, and the line end unless a page ended there."""
    if place.wraps is DESCRIPTION:
        # No pc may stand there: the hyphen is what is to be corrected away.
        choice = w.element(parent, "choice", node, place)
        text.append(etree.SubElement(choice, TEI + "sic"), node.value)
        etree.SubElement(choice, TEI + "corr", {"resp": "#software"})
        return
    hyphen = w.element(parent, "pc", node, place, {"force": "weak"})
    text.append(hyphen, node.value)
    for between in node.between:
        w.node(parent, between, place)
        if type(between) is m.PageBreak:
            parent[-1].set("break", "no")
    if not any(type(between) is m.PageBreak for between in node.between):
        etree.SubElement(parent, TEI + "lb", {"break": "no"})


def page_break(w: Writer, parent: etree._Element, node: m.PageBreak, place: Place) -> None:
    """``pb``, ``@n`` when the source shows it, ``break="no"`` inside a word."""
    attributes = {}
    if node.n is not None:
        attributes["n"] = text.encodable(node.n)
    if node.joins:
        attributes["break"] = "no"
    w.element(parent, "pb", node, place, attributes)


def furniture(w: Writer, parent: etree._Element, node: m.Furniture, place: Place) -> None:
    """``fw`` of that type; ``surplus`` in a ``metamark``, which may stand wherever ``fw`` does, for a scrap of markup."""
    if node.type == "scrap":
        mark = w.element(parent, "metamark", node, place, {"function": "residue"})
        inner = place.mixed(SEQUENCE)
        w.content(w.element(mark, "surplus", node, inner, {"reason": "conversion"}), node.content, inner)
        return
    w.content(w.element(parent, "fw", node, place, {"type": node.type}), node.content, place.mixed(SEQUENCE))


def milestone(w: Writer, parent: etree._Element, node: m.Milestone, place: Place) -> None:
    """``milestone`` of that unit."""
    w.element(parent, "milestone", node, place, {"unit": values.word(node.unit) or "section"})


def metamark(w: Writer, parent: etree._Element, node: m.Metamark, place: Place) -> None:
    """``metamark`` with its function."""
    text.append(w.element(parent, "metamark", node, place, _typed(node.function, "function")), node.value)


def label(w: Writer, parent: etree._Element, node: m.Label, place: Place) -> None:
    """``label``."""
    (w.content if place.depth is None else w.line)(w.element(parent, "label", node, place), node.content, place.mixed(SEQUENCE))


def reference(w: Writer, parent: etree._Element, node: m.Reference, place: Place) -> None:
    """``ref type="noteAnchor"``, holding the printed characters; ``@target`` lists the notes."""
    attributes = {"type": "noteAnchor", "n": text.encodable(node.n), XML_ID: (identifier := place.scope.notes.number("r"))}
    made = etree.SubElement(parent, TEI + "ref", attributes)
    w.origins.append((made, node))
    w.identity.register(node.key, identifier, node)
    w.identity.reference(made, node)
    w.answer(made, node)
    w.content(made, node.content, place.mixed())


def link(w: Writer, parent: etree._Element, node: m.Link, place: Place) -> None:
    """``ref``, with ``@target`` when the place is known."""
    made = w.element(parent, "ref", node, place)
    w.identity.point(made, "target", (node.target,), node)
    if node.target is None and node.places:
        w.crossings.append((made, node.places))
    w.content(made, node.content, place.mixed())


def quoted(w: Writer, parent: etree._Element, node: m.Quoted, place: Place) -> None:
    """``q``, or ``quote`` when a reference to literature belongs to it; parts are joined by ``@next`` and ``@prev``."""
    joined = node.key is not None or node.next is not None or node.prev is not None
    made = w.element(parent, "quote" if node.cited else "q", node, place, code="iq" if joined else "")
    for attribute, key in (("source", node.source), ("next", node.next), ("prev", node.prev)):
        if key is not None:
            w.identity.point(made, attribute, (key,), node)
    w.content(made, node.content, place.mixed())


def highlight(w: Writer, parent: etree._Element, node: m.Highlight, place: Place) -> None:
    """``hi``; the marks stand in it; parts are joined by ``@next`` and ``@prev``.

    Words of another language stand in a ``foreign`` between the marks.
    """
    made = w.element(parent, "hi", node, place, _typed(node.rend, "rend"))
    for attribute, key in (("next", node.next), ("prev", node.prev)):
        w.identity.point(made, attribute, (key,), node)
    if language := values.attribute(XML_LANG, values.language(node.lang)):
        first = next((at for at, inner in enumerate(node.content) if type(inner) is not m.Metamark), 0)
        last = next((at for at in range(len(node.content), first, -1) if type(node.content[at - 1]) is not m.Metamark), first)
        w.content(made, node.content[:first], place.mixed())
        w.content(etree.SubElement(made, TEI + "foreign", language), node.content[first:last], place.mixed(SEQUENCE))
        w.content(made, node.content[last:], place.mixed())
        return
    w.content(made, node.content, place.mixed())


def correction(w: Writer, parent: etree._Element, node: m.Correction, place: Place) -> None:
    """``choice`` of ``sic`` and ``corr``, with the certainty and who answers for it."""
    choice = w.element(parent, "choice", node, place)
    w.content(etree.SubElement(choice, TEI + "sic"), node.sic, place.mixed())
    corr = etree.SubElement(choice, TEI + "corr")
    if cert := values.certainty(node.cert):
        corr.set("cert", cert)
    if node.resp:
        corr.set("resp", w.responsible(node.resp))
    text.append(corr, node.corr)


def supplied(w: Writer, parent: etree._Element, node: m.Supplied, place: Place) -> None:
    """``supplied``, with the place that proves it, the certainty and who answers for it."""
    made = w.element(parent, "supplied", node, place, {"reason": "lost"})
    w.identity.point(made, "source", (node.source,), node)
    if cert := values.certainty(node.cert):
        made.set("cert", cert)
    if node.resp:
        made.set("resp", w.responsible(node.resp))
    text.append(made, node.words)


def surplus(w: Writer, parent: etree._Element, node: m.Surplus, place: Place) -> None:
    """``surplus`` with its reason."""
    w.content(w.element(parent, "surplus", node, place, _typed(node.reason, "reason")), node.content, place.mixed())


def bibl(w: Writer, parent: etree._Element, node: m.Bibl, place: Place) -> None:
    """``bibl``; ``@corresp`` points to the one that "ibid." repeats."""
    made = w.element(parent, "bibl", node, place, code="bibl")
    w.identity.point(made, "corresp", (node.repeats,), node)
    w.content(made, node.content, place.mixed(REFERENCE))


_FIELDS: dict[str, Wraps] = {"title": PARAGRAPH, "date": PHRASE}


def field(w: Writer, parent: etree._Element, node: m.Field, place: Place) -> None:
    """The element of that name; a ``biblScope`` says of what unit. Within emphasised or quoted words TEI takes no parts of a reference:
    there they are only words.
    """
    if parent.tag != TEI + "bibl":
        w.content(parent, node.content, place)
        return
    unit: dict[str, str] = {"unit": node.unit} if node.unit and node.name == "biblScope" else {}
    made = w.element(parent, node.name, node, place, unit)
    w.content(made, node.content, place.mixed(_FIELDS.get(node.name, SEQUENCE)))


def date(w: Writer, parent: etree._Element, node: m.Date, place: Place) -> None:
    """``@when`` alone, or ``@from`` and ``@to``: TEI takes no mixture (Schematron of att.datable.w3c)."""
    made = w.element(parent, "date", node, place)
    given = (("when", node.when),) if node.when else (("from", node.start), ("to", node.end))
    for attribute, value in given:
        if known := values.temporal(value):
            made.set(attribute, known)
        elif value:
            message = f"{value!r} is no date of the calendar in ISO 8601; the edition leaves it out"
            w.report("bad-date", message, node)
    if cert := values.certainty(node.cert):
        made.set("cert", cert)
    w.content(made, node.content, place.mixed(PHRASE))


def cited(w: Writer, parent: etree._Element, node: m.Cited, place: Place) -> None:
    """``cit`` holds no characters: what the source has between its parts is layout, a space unless they touched."""
    if not node.content:
        return
    made = w.element(parent, "cit", node, place, code="cit")
    block = any(type(part) is m.Quotation for part in node.content)
    inner = place.within(PARAGRAPH) if block else place.mixed()
    touching = []
    before: Any = None
    for part in node.content:
        w.node(made, part, inner)
        if before is not None and _touch(before, part):
            touching.append(made[-1])
        before = part
    text.indent(made, place.depth if block else None)
    for element in touching:
        text.glue(element)


def _touch(before: Any, after: Any) -> bool:
    if before.spans and after.spans:
        return bool(before.spans[-1].end >= after.spans[0].start)
    return type(after) in (m.Points, m.Reference)


def points(w: Writer, parent: etree._Element, node: m.Points, place: Place) -> None:
    """``pc``: punctuation where no characters may stand."""
    text.append(w.element(parent, "pc", node, place), node.value)


def stage(w: Writer, parent: etree._Element, node: m.Stage, place: Place) -> None:
    """``stage``, of a type when it is known."""
    made = w.element(parent, "stage", node, place, values.attribute("type", values.words(node.type)), code="stage")
    (w.content if place.depth is None else w.line)(made, node.content, place.mixed())


def reaction(w: Writer, parent: etree._Element, node: m.Reaction, place: Place) -> None:
    """In parts joined by ``@next`` and ``@prev`` where something stands in it that ``desc`` cannot hold."""

    def part(content: list[Any]) -> etree._Element:
        made = w.element(parent, node.kind, node, place, _typed(node.type, "type"))
        w.content(etree.SubElement(made, TEI + "desc"), content, place.mixed(DESCRIPTION))
        return made

    write_in_parts(w, parent, node.content, place, part, "k")


def write_in_parts(
    w: Writer, parent: etree._Element, content: Sequence[Any], place: Place, part: Callable[[list[Any]], etree._Element], code: str
) -> None:
    """``part`` for each run of ``content`` that a description can hold; what it cannot hold stands between the parts, in ``parent``."""
    if place.level > DEEPEST and content:
        content = (m.Text(w.flat(content)),)
    parts = []
    runs = list(_runs(content))
    for run in runs or [[]]:
        if not isinstance(run, list):
            w.node(parent, run, place._replace(level=place.level + 1))
        elif len(runs) > 1 and all(type(node) is m.Text and not node.value.strip() for node in run):
            text.separate(parent)
        else:
            parts.append(part(run))
    for before, after in pairwise(parts):
        for made in (before, after):
            if XML_ID not in made.attrib:
                made.set(XML_ID, place.scope.number(code))
        before.set("next", f"#{after.get(XML_ID)}")
        after.set("prev", f"#{before.get(XML_ID)}")


def _runs(content: Iterable[Any]) -> Iterable[Any]:
    """Runs of nodes that a description can hold, as lists, and single nodes that it cannot hold."""
    run: list[Any] = []
    for node in content:
        outside = node.between if type(node) is m.SoftHyphen else (node,) if type(node) in _OUTSIDE else ()
        if type(node) not in _OUTSIDE:
            run.append(node)
        if outside:
            if run:
                yield run
            yield from outside
            run = []
    if run:
        yield run


def _typed(value: str | None, attribute: str) -> dict[str, str]:
    known = values.words(value) if attribute in ("rend", "reason") else values.word(value)
    return {attribute: known} if known else {}


WRITERS: dict[type, Write] = {
    m.LineBreak: line_break,
    m.SoftHyphen: soft_hyphen,
    m.PageBreak: page_break,
    m.Furniture: furniture,
    m.Milestone: milestone,
    m.Metamark: metamark,
    m.Label: label,
    m.Reference: reference,
    m.Link: link,
    m.Quoted: quoted,
    m.Highlight: highlight,
    m.Correction: correction,
    m.Surplus: surplus,
    m.Supplied: supplied,
    m.Bibl: bibl,
    m.Field: field,
    m.Date: date,
    m.Cited: cited,
    m.Points: points,
    m.Stage: stage,
    m.Reaction: reaction,
}
