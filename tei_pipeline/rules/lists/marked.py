"""Lists: items with printed markers that run on, or counted with words after a colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.measuring.talk import DASHES
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.lists.markers import FEWEST_UNANNOUNCED, MARKER, counts_on, counts_paragraphs, kind_of, values_of
from tei_pipeline.rules.paragraphs import begins_paragraph, paragraph_end
from tei_pipeline.rules.shape import FEWEST_BULLETS, announces, bullets, chunk_end, ended_early, is_capitals
from tei_pipeline.rules.verse.counted_stanzas import stanza_label

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def marked_list(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Paragraphs whose printed markers run on are a list: two after a colon or dash, or of bracketed ones; three of others."""
    match = MARKER.match(rows[at].text)
    if match is None or not at or stanza_label(rows, at, layout) is not None:
        return None
    if layout.talk and match[1] in DASHES:
        return None
    token, kind = match[2] or "", kind_of(match[1])
    announced = announces(rows[at - 1].text) or rows[at - 1].text.endswith(_DASHES) or _is_nested(rows, at, kind) or _leads_on(rows, at)
    wanted, needed, packed = 1, 2, 0
    if token and 1 not in values_of(token):
        packed = _packed(rows, at, kind, token)
        wanted = packed or (0 if announced else _after_list(rows, at, kind, token))
    elif not announced:
        needed = 2 if match[1][0] == "(" else FEWEST_UNANNOUNCED
    bulleted = match[1] in _BULLETS and bullets(rows, at) >= FEWEST_BULLETS
    if not wanted or (not announced and not bulleted and (not token or not rows[at].gap or _is_verse(rows, at, layout))):
        return None
    starts = [at]
    end = _item_end(rows, at, layout, kind, wanted)
    while end < len(rows) and (rows[end].gap <= _widest(layout) or _set_in_alike(rows, at, end, layout)):
        found = MARKER.match(rows[end].text)
        if not found or kind_of(found[1]) != kind or (token and wanted + 1 not in values_of(found[2] or "")):
            break
        wanted += 1
        starts.append(end)
        end = _item_end(rows, end, layout, kind, wanted)
    if len(starts) < needed or not (announced or bulleted or match[1][0] == "(" or _is_enumeration(rows, at, end, starts, layout)):
        return None
    if token.isdigit() and not (announced or packed) and counts_on(rows, end, kind, wanted):
        return None
    parts = []
    for first, stop in zip(starts, [*starts[1:], end], strict=True):
        marker = MARKER.match(rows[first].text)
        assert marker is not None
        parts.append((first, stop, Container("item", rows[first].line, marker[2] or "", len(marker[1]))))
    return Match(
        "list",
        end,
        f"{len(starts)} markers run on from {match[1]!r}{' after a colon' if announced else ''}",
        0.92 if announced else 0.8,
        container=Container("list", rows[at].line),
        parts=tuple(parts),
    )


def _leads_on(rows: Rows, at: int) -> bool:
    """Whether the paragraph above, of more than a line, ends with a comma: its sentence goes on in what is counted below."""
    above = rows[at - 1]
    return above.text[-1] == "," and bool(rows[at].gap) and not above.gap and not is_capitals(above.text)


def _set_in_alike(rows: Rows, at: int, other: int, layout: Layout) -> bool:
    """Whether two items in a book with much white space between paragraphs are told by the indent that they share."""
    return rows[other].gap == 2 and rows[other].indent == rows[at].indent > layout.margin + layout.indent


def _is_nested(rows: Rows, at: int, kind: str) -> bool:
    """Whether a marker set in from that of the item above, without white space, begins the list in it."""
    if rows[at].gap or rows[at].indent <= rows[at - 1].indent or rows[at - 1].text[-1] not in ".;:,":
        return False
    first = at - 1
    while first and not rows[first].gap and rows[first].indent < rows[at].indent and MARKER.match(rows[first].text) is None:
        first -= 1
    above = MARKER.match(rows[first].text)
    return above is not None and kind_of(above[1]) != kind and rows[first].indent < rows[at].indent


def nested_from(rows: Rows, end: int, layout: Layout) -> int:
    """Where within the first rows of an item, up to ``end``, the list in it begins; else ``end``."""
    return next((i for i in range(1, end) if MARKER.match(rows[i].text) and marked_list(rows, i, layout) is not None), end)


def _is_enumeration(rows: Rows, at: int, end: int, starts: list[int], layout: Layout) -> bool:
    """Whether numbered paragraphs that nothing announces are items: short ones, or in the middle of the text; else they are
    the numbered paragraphs of a law or treatise.
    """
    above = rows[at - 1]
    amid = (
        above.ends_sentence and not is_capitals(above.text) and above.text[0].isalpha() and head_label(above.text, layout.language) is None
    )
    first = MARKER.match(rows[at].text)
    goes_on = first is not None and 1 not in values_of(first[2] or "")
    if goes_on and first is not None and not amid and counts_paragraphs(rows, at, first):
        return False
    inner = sum(row.indent > rows[at].indent and (found := MARKER.match(row.text)) is not None and bool(found[2]) for row in rows[at:end])
    lines = sum(1 + len(row.text) // LONGEST_LINE for row in rows[at:end])
    return lines <= (4 if amid else 3 if goes_on else 2) * (len(starts) + inner)


LONGEST_LINE = 80  # characters of a printed line: a longer one is a paragraph whose lines are not cut


_BULLETS = frozenset("*•●▪◦·‣")  # dashes begin speeches too
NEAR = 80  # rows between the last item of one group and the first of the next, a heading between them
_DASHES = ("--", "—", "–", ":--", ":—")


def _after_list(rows: Rows, at: int, kind: str, token: str) -> int:
    """The value of a marker that goes on with the count of items above, a heading between them; 0 when there are none."""
    for i in range(at - 1, max(0, at - NEAR), -1):
        found = MARKER.match(rows[i].text)
        if found and rows[i].gap and kind_of(found[1]) == kind:
            values = {value + 1 for value in values_of(found[2] or "")} & values_of(token)
            return min(values) if values and any(rows[j].gap >= 2 for j in range(i + 1, at + 1)) else 0
    return 0


def _packed(rows: Rows, at: int, kind: str, token: str) -> int:
    """The value of the first of lines without white space whose markers run on, what of an item goes on below it set in from them: the
    sentences of an exercise, after those that were worked out above; 0 where there are fewer than three.
    """
    found = [MARKER.match(row.text) for row in rows[at : chunk_end(rows, at)]]
    if not rows[at].gap or any(m is None and row.indent <= rows[at].indent for m, row in zip(found, rows[at:], strict=False)):
        return 0
    values = [values_of(m[2] or "") for m in found if m is not None and kind_of(m[1]) == kind]
    first = next((value for value in values_of(token) if all(value + k in one for k, one in enumerate(values))), 0)
    return first if len(values) >= FEWEST_PACKED else 0


FEWEST_PACKED = 3


def _is_verse(rows: Rows, at: int, layout: Layout) -> bool:
    from tei_pipeline.rules.verse.lines import verse

    return chunk_end(rows, at) - at >= 3 and verse(rows, at, layout) is not None


def _item_end(rows: Rows, at: int, layout: Layout, kind: str, value: int) -> int:
    """Past an item: its paragraph, and what is set in below it or marked in another way, if the next item follows that."""
    if at + 1 < len(rows) and not rows[at + 1].gap and _begins_glued(rows, at + 1, kind, value, layout):
        return at + 1
    end = _split_glued(rows, at, paragraph_end(rows, at, layout), kind, value, layout)
    probe = end
    while probe < len(rows) and rows[probe].gap <= _widest(layout) and probe - at < NEAR:
        found = MARKER.match(rows[probe].text)
        if found and kind_of(found[1]) == kind:
            return probe if value + 1 in values_of(found[2] or "") else end
        if not found and rows[probe].indent <= rows[at].indent + 1:
            break
        probe = paragraph_end(rows, probe, layout)
    else:
        if probe > end and rows[probe - 1].indent > rows[at].indent + 1:
            return probe
    return _with_its_list(rows, end, layout, kind)


def _with_its_list(rows: Rows, end: int, layout: Layout, kind: str) -> int:
    """Past the items with other markers that the last words of an item announce; else its end."""
    if end >= len(rows) or rows[end].gap > _widest(layout) or not announces(rows[end - 1].text):
        return end
    found = MARKER.match(rows[end].text)
    inner = marked_list(rows, end, layout) if found is not None and kind_of(found[1]) != kind else None
    return inner.end if inner is not None else end


def _widest(layout: Layout) -> int:
    """The gap that items may have between them: where a page ends with one, converters that space lines leave the space of two."""
    return 1 if layout.spacing == 1 else 2


def _split_glued(rows: Rows, at: int, end: int, kind: str, value: int, layout: Layout) -> int:
    """Where the next marker stands inside the same run of lines, there the item ends: below a sentence, a line ended on purpose, or
    other items that have run on so.
    """
    return next((i for i in range(at + 1, end) if _begins_glued(rows, i, kind, value, layout)), end)


def _begins_glued(rows: Rows, at: int, kind: str, value: int, layout: Layout) -> bool:
    """Whether the next item begins at a line, without white space."""
    found = MARKER.match(rows[at].text)
    if not found or kind_of(found[1]) != kind:
        return False
    runs_on = value + 1 in values_of(found[2] or "")
    return rows[at - 1].ends_sentence or (runs_on and (value > 1 or ended_early(rows[at - 1], rows[at], layout)))


def counted_list(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Two or more paragraphs after a colon that count with words (firstly, secondly) are a list."""
    counted = layout.language.enumeration
    first = _count_word(rows[at].text, counted)
    if first != 1 or not at or not (announces(rows[at - 1].text) or rows[at - 1].text.endswith("?")):
        return _clauses(rows, at, layout)
    starts = [at]
    end = paragraph_end(rows, at, layout)
    while end < len(rows) and rows[end].gap <= 1 and _count_word(rows[end].text, counted) == len(starts) + 1:
        starts.append(end)
        end = paragraph_end(rows, end, layout)
    if len(starts) < 2:
        return None
    if end < len(rows) and rows[end].gap <= 1 and _count_word(rows[end].text, counted) == LAST:
        starts.append(end)
        end = paragraph_end(rows, end, layout)
    parts = tuple(
        (first, stop, Container("item", rows[first].line, str(n)))
        for n, (first, stop) in enumerate(zip(starts, [*starts[1:], end], strict=True), 1)
    )
    evidence = f"{len(starts)} paragraphs counted in words after a colon"
    return Match("list", end, evidence, 0.88, container=Container("list", rows[at].line), parts=parts)


def _clauses(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Paragraphs after a colon that begin small and end with a semicolon, the last with a point, are items too."""
    if (
        not at
        or not rows[at].starts_lower
        or not begins_paragraph(rows, at, layout)
        or not announces(rows[at - 1].text)
        or not rows[at].text[0].isalpha()
    ):
        return None
    starts = [at]
    end = paragraph_end(rows, at, layout)
    while (
        end < len(rows)
        and rows[end].gap <= 1
        and begins_paragraph(rows, end, layout)
        and rows[end].starts_lower
        and rows[end - 1].text.rstrip(")")[-1:] in ";,"
    ):
        starts.append(end)
        end = paragraph_end(rows, end, layout)
    if len(starts) < 2:
        return None
    parts = tuple((first, stop, Container("item", rows[first].line)) for first, stop in zip(starts, [*starts[1:], end], strict=True))
    return Match("list", end, f"{len(starts)} clauses after a colon", 0.8, container=Container("list", rows[at].line), parts=parts)


_AFTER_COUNT = re.compile("[,:]")
LAST = -1  # what a language file counts for "lastly" and "finally"


def _count_word(text: str, counted: dict[str, int]) -> int:
    lead = _AFTER_COUNT.split(text, 1)[0].lower().strip(" —-")
    return counted.get(lead, 0) if len(lead) < 30 else 0
