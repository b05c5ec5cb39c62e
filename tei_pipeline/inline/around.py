"""What stands around what: marks that cross, and the parts of references, which TEI takes only directly inside their reference."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from tei_pipeline.inline.flow import Mark
from tei_pipeline.inline.literature import citation

_start, _end = attrgetter("start"), attrgetter("end")


class Around:
    """Marks by where they begin and by where they end."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.starts = sorted(marks, key=_start)
        self.ends = sorted(marks, key=_end)

    def beginning(self, first: int, last: int) -> Sequence[Mark]:
        """The marks that begin from ``first`` to before ``last``."""
        return self.starts[bisect_left(self.starts, first, key=_start) : bisect_left(self.starts, last, key=_start)]

    def crossing(self, start: int, end: int) -> list[Mark]:
        """The marks that cross this range, neither inside nor around it."""
        late = [mark for mark in self.beginning(start + 1, end) if mark.end > end]
        early = self.ends[bisect_left(self.ends, start + 1, key=_end) : bisect_left(self.ends, end, key=_end)]
        return [*(mark for mark in early if mark.start < start), *late]


def parts_outside(found: list[Mark]) -> list[Mark]:
    """The marks without the parts of references that stand inside emphasised or quoted words, or whose reference gives way to others."""
    references = [mark for mark in found if mark.rank == citation.RANK and mark.key is not None]
    if not references:
        return found
    references.sort(key=_start)
    around = Around([mark for mark in found if mark.rank != citation.RANK])
    standing = [not any(other.rank < mark.rank for other in around.crossing(mark.start, mark.end)) for mark in references]

    def stands(part: Mark) -> bool:
        at = bisect_right(references, part.start, key=_start) - 1
        whole = references[at] if at >= 0 else None
        if whole is None or part.end > whole.end:
            return True
        spans = ((part.start, part.end), (whole.start, whole.end))
        return standing[at] and not any(
            mark.start <= part.start and part.end <= mark.end <= whole.end and (mark.start, mark.end) not in spans
            for mark in around.beginning(whole.start, part.start + 1)
        )

    return [mark for mark in found if mark.rank != citation.RANK or mark.key is not None or stands(mark)]
