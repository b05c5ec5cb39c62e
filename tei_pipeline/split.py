"""Propose: the rule table applied from the first row to the last, containers through the same table again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts, Match, Rule
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.pieces import cut, ended
from tei_pipeline.rows import Row
from tei_pipeline.rules import RULES
from tei_pipeline.rules.lists.marked import nested_from
from tei_pipeline.rules.notes.matches import foot_notes
from tei_pipeline.rules.paragraphs import paragraph, paragraph_end
from tei_pipeline.rules.shape import chunk_end
from tei_pipeline.rules.verse.lines import verse
from tei_pipeline.source import Source

DEEPEST = 4  # containers in containers: a list in a note in a quotation in a letter; deeper is noise
NOT_AGAIN = {
    "item": frozenset({"set-in-letter", "heading", "dateline", "salute", "source-imprint", "signature", "contents"}),
    "note": frozenset({"heading", "contents", "note-section", "salute", "dateline", "trailer", "signature", "source-imprint", "speech"}),
    "speech": frozenset(
        {
            "speech",
            "set-in-letter",
            "heading",
            "contents",
            "note-section",
            "dateline",
            "signature",
            "salute",
            "source-imprint",
            "indented-quotation",
        }
    ),
    "quotation": frozenset({"set-in-letter", "marked-quotation", "bare-quotation", "contents", "source-imprint"}),
}
NO_NOTES = frozenset({"note-section", "bracketed-note", "loose-note", "sidenote"})
PLAIN = {"contents": "paragraph", "figures": "paragraph", "index": "paragraph", "cast": "castitem"}


def split(source: Source, layout: Layout) -> list[Block]:
    """Every line of the source in a block, in order: the book by the rules, the library's words, furniture and page-foot notes as
    measured.
    """
    found: list[Block] = []
    for which, chunks in (("boilerplate", layout.front_matter[0]), ("producer", layout.front_matter[1])):
        found.extend(_library(chunks, which, "front"))
    barred = NO_NOTES if layout.settings.note_style == "none" else frozenset[str]()
    for divided in _divided(layout):
        for rows, of_rows, first, until in _staged(divided, layout):
            found.extend(propose(rows, of_rows, barred=barred, at=first, until=until))
    for which, chunks in (("producer", layout.back_matter[0]), ("boilerplate", layout.back_matter[1])):
        found.extend(_library(chunks, which, "back"))
    for foot in layout.feet:
        match = foot_notes(foot.rows, 0, layout)
        found.extend(_open(foot.rows, 0, Rule("foot-note", foot_notes), match, layout, (), ()))
    breaks = sorted(layout.furniture)
    feet = sorted(row.line for foot in layout.feet for row in foot.rows)
    pages = sorted(line for line, _ in layout.breaks)
    pieces = [piece for block in found for piece in cut(block, breaks, feet, pages)]
    pieces += [Block("furniture", line, line, (), (Decision("page", why, 0.98),), Facts(type="break")) for line, why in layout.breaks]
    for line, (kind, n) in layout.furniture.items():
        decision = Decision("furniture", f"{kind} {n}".strip(), 0.97)
        pieces.append(Block("furniture", line, line + 1, (_row(source, line),), (decision,), Facts(type=kind, n=n)))
    pieces.sort(key=lambda block: (block.first, bool(block.rows)))
    ends = [block.first for block in pieces[1:]] + [len(source.lines)]
    result = [ended(block, end) for block, end in zip(pieces, ends, strict=True)]
    if result and result[0].first:
        result[0] = replace(result[0], first=0)
    return result


def _divided(layout: Layout) -> Iterator[Sequence[Row]]:
    """The rows of the book, in pieces where the sidecar lets a division begin: no rule looks over that."""
    start = 0
    for line in layout.divided:
        end = bisect_left(layout.rows, line, key=itemgetter(0))
        yield layout.rows[start:end]
        start = end
    yield layout.rows[start:]


def _staged(rows: Sequence[Row], layout: Layout) -> Iterator[tuple[Sequence[Row], Layout, int, int]]:
    """The rows in pieces where a scene of a play begins and ends, each with the layout that its rules are asked with, and from where to
    where: those of the book see what stands around a scene, as its title does what is below it.
    """
    start = 0
    for scene in layout.scenes:
        first, end = (bisect_left(rows, line, key=itemgetter(0)) for line in (scene.first, scene.end))
        if start <= first < end:
            yield rows, layout, start, first
            yield rows[first:end], layout.staged(scene), 0, end - first
            start = end
    yield rows, layout, start, len(rows)


def _row(source: Source, line: int) -> Row:
    text = source.lines[line].text
    return Row(line, text.strip(), len(text) - len(text.lstrip()), 0)


def _library(rows: Sequence[Row], which: str, place: str) -> Iterator[Block]:
    at = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end].gap:
            decision = Decision("library", f"words of the library, {which}, {place}", 0.97)
            yield Block("boilerplate", rows[at].line, 0, tuple(rows[at:end]), (decision,), Facts(type=which, division=place))
            at = end


def _is_play(layout: Layout) -> bool:
    """Whether a paragraph without a name before it may be a direction, since every speech begins with one, or directions have no marks."""
    return layout.drama and (layout.speaker_style == "run-in" or layout.unmarked_directions)


def _is_prose(rows: Sequence[Row], at: int, layout: Layout) -> bool:
    """Whether two full lines of running text begin at a row: then rules for short lines need not be asked. In a play such text may be
    a direction.
    """
    row = rows[at]
    if (
        at + 1 >= len(rows)
        or layout.style == "unwrapped"
        or _is_play(layout)
        or row.indent > layout.margin + layout.indent
        or layout.in_verse(row.line)
    ):
        return False
    below = rows[at + 1]
    full = layout.measure - 4 - layout.slack
    return (
        below.gap == 0
        and row.indent + len(row.text) >= full
        and below.indent + len(below.text) >= full
        and below.indent <= layout.margin
        and row.text[:1].isalpha()
        and row.text[1:3].islower()
        and not _LABEL.match(row.text)
    )


_LABEL = re.compile(r"\w+ (?:\d+[a-z]?|[A-Za-z]|[*†‡§]{1,3})[.:](?:\s|[—–-])")  # "Footnote 12: "


def propose(
    rows: Sequence[Row],
    layout: Layout,
    within: tuple[Container, ...] = (),
    barred: frozenset[str] = frozenset(),
    at: int = 0,
    until: int | None = None,
) -> list[Block]:
    """The blocks of some rows from ``at`` on, as far as ``until``: at each place the first rule of the table that matches, the next best
    kept as alternative.
    """
    found: list[Block] = []
    rules = tuple(rule for rule in RULES if rule.name not in barred)
    for_prose = tuple(rule for rule in rules if not rule.short)
    count = len(rows) if until is None else until
    while at < count:
        won: Match | None = None
        by: Rule | None = None
        lost: tuple[tuple[str, str, float], ...] = ()
        for rule in for_prose if _is_prose(rows, at, layout) else rules:
            match = rule.match(rows, at, layout)
            if match is not None and match.end > count:  # a title right over who speaks first
                simple = match.container is None and not match.parts
                match = replace(match, end=count) if simple else rule.match(rows[:count], at, layout)
            if match is None:
                continue
            if won is None:
                won, by = match, rule
                if match.confidence > 0.9:
                    break
            else:
                lost = ((rule.name, match.evidence, match.confidence),)
                break
        assert won is not None
        assert by is not None
        found.extend(_open(rows, at, by, won, layout, within, lost))
        at = max(won.end, at + 1)
    return found


def _open(
    rows: Sequence[Row],
    at: int,
    rule: Rule,
    match: Match,
    layout: Layout,
    within: tuple[Container, ...],
    lost: tuple[tuple[str, str, float], ...],
) -> list[Block]:
    decision = Decision(rule.name, match.evidence, match.confidence)
    outer = within if match.container is None else (*within, match.container)
    if match.container is None and not match.parts:
        return [Block(match.kind, rows[at].line, 0, tuple(rows[at : match.end]), (decision,), match.facts, within, alternatives=lost)]
    parts = match.parts or ((at, match.end, None),)
    found: list[Block] = []
    for first, end, container in parts:
        inside = outer if container is None else (*outer, container)
        chunk = list(rows[first:end])
        kind = PLAIN.get(match.container.kind if match.container else "")
        if kind or len(inside) > DEEPEST:
            found.append(Block(kind or "paragraph", chunk[0].line, 0, tuple(chunk), (decision,), match.facts, inside, alternatives=lost))
            continue
        chunk[0] = chunk[0]._replace(gap=0)
        label = inside[-1].label
        opened = _inside(chunk, layout, inside, label)
        opened[0] = replace(opened[0], decisions=(decision, *opened[0].decisions), alternatives=lost)
        found.extend(opened)
    return found


def _inside(chunk: list[Row], layout: Layout, inside: tuple[Container, ...], label: int) -> list[Block]:
    """The rows of a container through the table again; its first row begins a paragraph whatever its label looks like."""
    kind = inside[-1].kind
    barred = NOT_AGAIN.get(kind, frozenset())
    for container in inside[:-1]:
        barred |= NOT_AGAIN.get(container.kind, frozenset())
    inner = layout.within(chunk) if kind in ("quotation", "note") else layout
    if kind == "item" and not label and (len(chunk) > 1 or layout.in_verse(chunk[0].line)) and not any(row.gap for row in chunk):
        decision = Decision("paragraph", "the lines of an item", 0.9)
        return [Block("paragraph", chunk[0].line, 0, tuple(chunk), (decision,), Facts(), inside)]
    if not label or kind not in ("note", "item", "speech"):
        return propose(chunk, inner, inside, barred)
    first = _speaker_apart(chunk, layout, inside, label) if kind == "speech" else None
    if first is None:
        end = chunk_end(chunk, 0) if kind == "item" and layout.style == "blank" else paragraph_end(chunk, 0, inner)
        while kind == "note" and end < len(chunk) and not chunk[end].gap and not chunk[end - 1].ends_sentence:
            end = paragraph_end(chunk, end, inner)  # a line set in deeper than its siglum goes on with the note
        if kind == "item":
            end = nested_from(chunk, end, inner)
        first = _first(paragraph(chunk, 0, inner), chunk[:end], inside)
    return [first, *propose(chunk, inner, inside, barred, len(first.rows))]


def _speaker_apart(chunk: list[Row], layout: Layout, inside: tuple[Container, ...], label: int) -> Block | None:
    """How a speech begins that does not begin as a paragraph: with the name on a line of its own, or in a play with verses."""
    if len(chunk) == 1:
        return None
    if label >= len(chunk[0].text):
        named, length = 1, len(chunk[0].text)
        while length < label and named < len(chunk):  # a direction behind the name may take more lines
            length += 1 + len(chunk[named].text)
            named += 1
        return Block("speaker", chunk[0].line, 0, tuple(chunk[:named]), (Decision("speech", "speaker", 0.9),), Facts(), inside)
    if layout.drama:
        match = verse([chunk[0]._replace(text=chunk[0].text[label:].strip(), indent=chunk[1].indent), *chunk[1:]], 0, layout)
        if match is not None and match.end >= min(3, len(chunk)):
            return _first(match, chunk[: match.end], inside)
    return None


def _first(match: Match, rows: Sequence[Row], inside: tuple[Container, ...]) -> Block:
    """The block that a rule which was asked by name lets a container begin with."""
    return Block(match.kind, rows[0].line, 0, tuple(rows), (Decision(match.kind, match.evidence, match.confidence),), Facts(), inside)
