"""Notes at the feet of pages: told from the text of the page by a rule, or by their sigla."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from tei_pipeline.rows import Row

LONGEST_FOOT = 120  # lines: a page set small and full of notes
CENTRED = 12  # columns: what begins so far from the margin is no note
_COLUMNS = re.compile(r"\S\s{3,}\S")
_RULE = re.compile(r"^[_—–-]{5,}$")  # the line that parts text and notes on a page
_NUMBER = re.compile(r"(?<=[^\s\d])\d+|(?<=\S )\d+(?!\.(?:\s|$))")  # not one that begins the line, or ends a sentence


class Foot(Struct, frozen=True):
    """Notes at the foot of a page, and the source line of the rule that parts them from the text, if there is one."""

    rows: tuple[Row, ...]
    rule: int | None = None


def lift_foot(body: list[Row], start: int, siglum: re.Pattern[str], solid: bool = False) -> Foot | None:
    """Take the notes at the foot of the page that begins at ``start`` and ends here out of the rows; None when it has none. In a text set
    ``solid`` no gap is above them, but they are set in and the page has their numbers.
    """
    begins = _begins(body, start, siglum, solid)
    if begins == len(body):
        return None
    ruled = begins - 1 > start and _RULE.match(body[begins - 1].text) is not None
    foot = Foot(tuple(body[begins:]), body[begins - 1].line if ruled else None)
    del body[begins - ruled :]
    return foot


def _begins(rows: list[Row], start: int, siglum: re.Pattern[str], solid: bool) -> int:
    """Where the notes at the foot of the page begin that ends here; ``len(rows)`` when it has none.

    A rule parts them from the text, and then the first may go on from the page before; else the first siglum after a gap begins
    them, if it is no number of a heading in the middle of the line.
    """
    end = len(rows)
    low = max(start, end - LONGEST_FOOT)
    ruled = next((i + 1 for i in range(end - 2, low, -1) if _RULE.match(rows[i].text)), 0)
    if ruled and any(siglum.match(row.text) for row in rows[ruled:]):
        return ruled
    best = end
    margin = min((row.indent for row in rows[low:end]), default=0)
    for i in range(end - 1, low - 1, -1):
        row = rows[i]
        if (
            (row.gap or (solid and row.indent > margin))
            and siglum.match(row.text)
            and not _COLUMNS.search(row.text)
            and row.indent - margin < CENTRED
        ):
            best = i
        if row.gap >= 2:
            break
    return best if start < best < end and _is_referred_to(rows, start, best, siglum) else end


def _is_referred_to(rows: Sequence[Row], start: int, foot: int, siglum: re.Pattern[str]) -> bool:
    """Whether the text of the page has a number that a note at its foot begins with: numbered paragraphs end pages too."""
    numbers = {m[4] for row in rows[foot:] if (m := siglum.match(row.text)) is not None and m[4]}
    first = siglum.match(rows[foot].text)
    if first is None or not first[4]:
        return True
    return any(number in numbers for row in rows[start:foot] for number in _NUMBER.findall(row.text))
