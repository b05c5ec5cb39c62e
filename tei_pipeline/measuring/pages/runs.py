"""Runs of numbers that rise as those of pages do, and the numbers left out of a run that fit into it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tei_pipeline.measuring.pages.printed_numbers import Number
from tei_pipeline.measuring.pages.running_heads import FEWEST
from tei_pipeline.rows import Row

MOST_LEFT_OUT = 9  # pages together without a number


def runs_of(candidates: Sequence[Number], cuts: Sequence[bool], scripts: Sequence[int]) -> list[list[Number]]:
    """The longest runs of candidates whose numbers rise by one (now and then by a few: pages without a number). Numbers that ``cuts`` says
    stand in the middle of sentences count for more: those of chapters may rise without a gap where those of pages have many.
    """
    best: list[int] = []
    cutting: list[int] = []
    back: list[int] = []
    for k, (i, value, _, _) in enumerate(candidates):
        top, prev = 1, -1
        for j in range(k - 1, max(-1, k - 40), -1):
            step = value - candidates[j].value
            if (
                candidates[j].row < i
                and 0 < step <= 4
                and scripts[j] == scripts[k]
                and best[j] + (2 if step == 1 else 0 if step == 2 else -1) > top
            ):
                top, prev = best[j] + (2 if step == 1 else 0 if step == 2 else -1), j
        best.append(top)
        cutting.append(cuts[k] + (cutting[prev] if prev >= 0 else 0))
        back.append(prev)
    # several numberings may follow each other: roman pages of the front matter, then arabic ones, then the next volume's
    order = sorted(range(len(candidates)), key=lambda k: -best[k] - 2 * cutting[k])
    taken: set[int] = set()
    runs: list[list[Number]] = []
    spans: list[tuple[int, int]] = []
    for k in order:
        if best[k] < 2 * FEWEST - 1 and (spans or best[k] < 2 * FEWEST - 2):
            continue
        if k in taken:
            continue
        run = []
        j = k
        while j >= 0 and j not in taken:
            run.append(j)
            j = back[j]
        low, high = candidates[run[-1]].row, candidates[run[0]].row
        place = bisect_left(spans, (low, low))
        if len(run) < FEWEST or (place and spans[place - 1][1] >= low) or (place < len(spans) and spans[place][0] <= high):
            continue
        spans.insert(place, (low, high))
        taken.update(run)
        runs.append([candidates[k] for k in run])
    return runs


def script(token: str, text: str) -> int:
    """Figures, small or capital Roman numerals, with a point or without: one numbering keeps to one."""
    script = 0 if token.isdigit() else 1 if token.islower() else 2
    return script + (3 if text[:-1] == token and text[-1] in ".)" else 0)


def beside_heads(candidates: Sequence[Number], chain: Sequence[Number]) -> list[Number]:
    """The run with the number beside a running head in place of the same alone, where most of its numbers stand so: what is alone there
    counts the parts of a poem.
    """
    if 2 * sum(c.kind == "header" for c in chain) <= len(chain):
        return list(chain)
    heads = {(c.value, script(c.n, c.n)): c for c in reversed(candidates) if c.kind == "header" and c not in chain}
    found = list(chain)
    for k, c in enumerate(chain):
        head = heads.get((c.value, script(c.n, c.n)))
        if c.kind == "header" or head is None:
            continue
        above = found[k - 1].row if k else -1
        if above < head.row < (chain[k + 1].row if k + 1 < len(chain) else c.row + 1):
            found[k] = head
    return found


def fitting_heads(heads: Sequence[Number], chain: Sequence[Number]) -> list[Number]:
    """The running heads, too long to be told from text, whose number is the next of the page before, or the last before the page after,
    where other heads have their numbers beside them.
    """
    places = [c.row for c in chain]
    found = []
    for c in heads if sum(c.kind == "header" for c in chain) >= FEWEST else ():
        at = bisect_left(places, c.row)
        if (
            0 < at < len(chain)
            and chain[at - 1].value < c.value < chain[at].value
            and c.value in (chain[at - 1].value + 1, chain[at].value - 1)
        ):
            found.append(c)
    return found


def left_out(rows: Sequence[Row], candidates: Sequence[Number], chain: Sequence[Number]) -> list[Number]:
    """The numbers that were left out of the run of pages though they look like its own and fit between their neighbours: where several
    pages together have none, or before the first of the run, in small Roman numerals too.
    """
    places = [c.row for c in chain]
    dresses = {_dress(rows[i], n) for i, _, kind, n in chain if kind == "pageNum"}
    heads = any(kind == "header" for _, _, kind, _ in chain)
    found = []
    last, of_front = 0, False
    for c in candidates:
        i, value, kind, n = c
        if of_front and n.isdigit():
            last, of_front = 0, False  # the pages of the text are counted anew, behind those of the front in Roman numerals
        at = bisect_left(places, i)
        if at < len(places) and places[at] == i:
            last, of_front = value, not n.isdigit()
            continue
        above = chain[at - 1] if at else None
        below = chain[at] if at < len(chain) else None
        if (
            below is None
            or (kind == "pageNum" and _dress(rows[i], n) not in dresses)
            or (kind == "header" and (above is None or not heads))
        ):
            continue
        alike = n.isdigit() == below.n.isdigit()
        if not alike and (above is not None or not n.islower()):
            continue
        low = max(last, above.value if above is not None and above.n.isdigit() == n.isdigit() else 0)
        if low < value and (not alike or value < below.value <= low + MOST_LEFT_OUT):
            found.append(c)
            last, of_front = value, not n.isdigit()
    return found


def _dress(row: Row, n: str) -> tuple[str, int]:
    """What stands around a number, and about where in the line a bare one does."""
    dress = row.text.replace(n, "#")
    return dress, 0 if len(dress) > 2 else (row.indent + len(n) // 2) // 8
