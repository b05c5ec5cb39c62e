"""Page furniture, found from the whole text: page numbers, running heads, printed page marks.

A number alone on a line may be a page or a chapter. What tells them apart is the page's rhythm and that pages cut
sentences in two, which chapters never do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from tei_pipeline.language import Language, parse_roman
from tei_pipeline.measuring.page_ends import page_ends
from tei_pipeline.measuring.page_marks import page_marks
from tei_pipeline.measuring.running_heads import (
    FEWEST,
    LONGEST_HEAD,
    SIDE,
    bare_words,
    cuts_sentence,
    heads_beside,
    repeated_heads,
)
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import is_capitals, median

_HEAD_WITH_NUMBER = re.compile(r"^(?:([0-9]{1,4}|[ivxlc]{1,7})\s{3,}\S.*|\S.*?[^\s.·_]\s{3,}([0-9]{1,4}|[ivxlc]{1,7}))$")

_WIDE = re.compile(r"^\d+\s{3,}|\s{3,}\d+$")

SHORTEST_PAGE = 8  # printed lines: the pages of the smallest books have twice as many
MOSTLY_RISING = 0.8  # of the numbers that are said to be those of pages: each volume begins anew
MOST_LEFT_OUT = 9  # pages together without a number
ENOUGH = 5  # numbers between dashes or brackets, as far from each other as pages
CENTRED = 12  # columns
FEWEST_EVEN = 8  # numbers: fewer show no rhythm
UNEVEN = 0.25  # of a page's lines
FAR_BELOW = 2  # empty lines more below a number than above it
LONGEST_PAGE = 200  # printed lines between two numbers: newspapers have no more on a page


def _value(token: str) -> int | None:
    return int(token) if token.isdigit() else parse_roman(token)


def furniture(rows: Sequence[Row], spacing: int, language: Language) -> dict[int, tuple[str, str]]:
    """Which rows are furniture: ``{row: (kind, n)}`` with kind pageNum, header, footer, sig, catch or mark; ``n`` the page's number as
    printed, if there is one.
    """
    marks = page_marks(language)
    found: dict[int, tuple[str, str]] = {}
    for i, row in enumerate(rows):
        if row.text[0] in "[{|=-" and (m := marks.alone.match(row.text)):
            found[i] = ("mark", m[m.lastindex or 0])
    found.update(_numbered(rows, spacing, found, marks.bare, language))
    found.update(_beside_form_feeds(rows, found, marks.bare))
    found.update(repeated_heads(rows, found, language, solid=not spacing))
    found.update(page_ends(rows, found, sorted(row.width for row in rows)[int(0.9 * len(rows))] if rows else 0))
    return found


def _beside_form_feeds(rows: Sequence[Row], known: dict[int, tuple[str, str]], number: re.Pattern[str]) -> dict[int, tuple[str, str]]:
    """Numbers on the last or first line of a page where form feeds say where pages end, alone or in a running head: those that count the
    pages as the form feeds do, or else, when they stand alone, those that rise from page to page.
    """
    found: list[tuple[int, int, str, str]] = []  # row, number less the form feeds before it, kind, the number as printed
    values: list[int] = []
    page = 0
    for i, row in enumerate(rows):
        page += row.page
        beside = row.page or (i + 1 < len(rows) and rows[i + 1].page) or i + 1 == len(rows)
        if not beside:
            continue
        bare = number.match(row.text) if len(row.text) <= 14 else None
        m = bare or (_HEAD_WITH_NUMBER.match(row.text) if row.page else None)
        n = m and m[m.lastindex or 1]
        if n and (value := _value(n)) is not None:
            found.append((i, value - page, "pageNum" if bare else "header", n))
            values.append(value)
    if not page or len(found) < 2:
        return {}
    offset, count = Counter(f[1] for f in found).most_common(1)[0]
    if count >= max(2, len(found) / 2):
        return {i: (kind, n) for i, other, kind, n in found if other == offset}
    if any(i in known for i, _, _, _ in found):
        return _between_known(found, values, known)
    rising = all(kind == "pageNum" for _, _, kind, _ in found) and all(a < b for a, b in pairwise(values))
    return {i: (kind, n) for i, _, kind, n in found} if rising else {}


def _between_known(
    found: Sequence[tuple[int, int, str, str]], values: Sequence[int], known: Mapping[int, tuple[str, str]]
) -> dict[int, tuple[str, str]]:
    """Of the numbers beside form feeds, those that stand alone and fit between the numbers of pages before and after them."""
    fitting: dict[int, tuple[str, str]] = {}
    low = 0
    high = [0] * len(found)
    following = 0
    for k in range(len(found) - 1, -1, -1):
        high[k] = following
        following = values[k] if found[k][0] in known else following
    for (i, _, kind, n), value, limit in zip(found, values, high, strict=True):
        if i in known:
            low = value
        elif kind == "pageNum" and low < value < limit:
            fitting[i] = (kind, n)
            low = value
    return fitting


def _numbered(
    rows: Sequence[Row], spacing: int, known: dict[int, tuple[str, str]], number: re.Pattern[str], language: Language
) -> dict[int, tuple[str, str]]:
    candidates: list[tuple[int, int, str, str]] = []
    wide_heads: list[tuple[int, int, str, str]] = []  # that may be lines of text too
    count = len(rows)
    full = sorted(row.width for row in rows)[int(0.9 * count)] if rows else 0
    for i, row in enumerate(rows):
        text = row.text
        if len(text) > LONGEST_HEAD or i in known:
            continue
        apart = row.gap >= spacing or (i + 1 < count and rows[i + 1].gap >= spacing) or row.page
        if len(text) <= 14 and (m := number.match(text)):
            value = _value(m[1])
            if value is not None:
                candidates.append((i, value, "pageNum", m[1]))
        elif apart and (text[0].isdigit() or text[-1].isdigit() or text[-1] in "ivxlc]" or text[0] in "[ivxlc") and (m := SIDE.match(text)):
            words = m[2] or m[3]
            if not any(c.isalpha() for c in words) or words.rstrip()[-1] in ",;":
                continue
            value = _value(m[1] or m[4])
            wide = text[m.end(1) : m.start(2)] if m[1] else text[m.end(3) : m.start(4)]
            wide = wide.strip("[]")  # the bracket of a note's number is no space
            if value is None:
                continue
            short = len(wide) > 2 or ((is_capitals(words) or len(wide) > 1) and row.width <= 0.8 * full)
            (candidates if short else wide_heads).append((i, value, "header", m[1] or m[4]))
    candidates = _on_one_side(rows, _without_margins(rows, candidates, full))
    pair = _facing(rows, candidates, known)
    if pair:
        return pair
    said = [c for c in candidates if c[2] == "pageNum" and rows[c[0]].text.rpartition(" ")[0].isalpha()]  # "Page 3"
    if len(said) >= FEWEST and sum(a[1] < b[1] for a, b in pairwise(said)) >= MOSTLY_RISING * (len(said) - 1):
        return {i: (kind, n) for i, _, kind, n in said}
    dressed = [c for c in candidates if c[2] == "pageNum" and (c[3].isdigit() or c[3].islower()) and rows[c[0]].text[0] in "-–—["]
    if len(dressed) >= ENOUGH and _are_pages_apart(rows, dressed):
        return {i: (kind, n) for i, _, kind, n in dressed}
    left = candidates
    cuts = {i: cuts_sentence(rows, i, known) or _cuts_with_head(rows, i, known.keys(), full) for i, _, _, _ in left}
    while len(left) >= FEWEST:
        runs = _runs(left, [cuts[c[0]] for c in left], [_script(n, rows[i].text) for i, _, _, n in left])
        chain = sorted(c for run in runs for c in run)
        if len(chain) < FEWEST:
            break
        if _count_pages(rows, chain, known, full, language):
            chain = sorted({*chain, *_between(wide_heads, chain)})
            return {i: (kind, n) for i, _, kind, n in [*chain, *_beside_chain(rows, candidates, chain)]}
        longest = set(sorted(runs, key=len)[-1])  # counts something else: each chapter has a number, where pages may have none
        left = [c for c in left if c not in longest]
    return {}


def _without_margins(rows: Sequence[Row], candidates: Sequence[tuple[int, int, str, str]], full: int) -> list[tuple[int, int, str, str]]:
    """The candidates without the lines of text that have a number in the margin: long ones, no two alike, each with its sentence going on
    right below. Such numbers count chapters or verses.
    """
    said = Counter(bare_words(rows[i].text) for i, _, kind, _ in candidates if kind == "header")
    return [c for c in candidates if c[2] != "header" or said[bare_words(rows[c[0]].text)] > 1 or not _is_text(rows, c[0], full)]


def _is_text(rows: Sequence[Row], i: int, full: int) -> bool:
    """Whether the words of a line with a number at its right side are those of running text, which goes on in the next line."""
    wide = _WIDE.search(rows[i].text)
    if wide is None or i + 1 >= len(rows) or rows[i + 1].gap or not rows[i + 1].starts_lower or rows[i].page:
        return False
    words = rows[i].text[: wide.start()]
    return len(words) > LEAST_OF_TEXT * full and not is_capitals(words)


LEAST_OF_TEXT = 0.7  # of the usual width: running heads are shorter than the lines that they stand over


def _on_one_side(rows: Sequence[Row], numbers: Sequence[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """The numbers, without the second of two where one ends a page and the same opens the next: a chapter may have the number of the page
    before. Which is which, the side tells on which the numbers of pages stand.
    """
    at = {i: value for i, value, kind, _ in numbers if kind == "pageNum"}
    feet = sum(i + 1 < len(rows) and rows[i + 1].page for i in at)
    tops = sum(rows[i].page for i in at)
    twice = {i for i, value in at.items() if at.get(i + 1) == value and rows[i + 1].page}
    other = twice if tops > feet else {i + 1 for i in twice}
    return [c for c in numbers if c[0] not in other]


def _are_pages_apart(rows: Sequence[Row], numbers: Sequence[tuple[int, int, str, str]]) -> bool:
    """Whether numbers between dashes or brackets count on one by one and are about as far from each other as pages are: those of sections
    in a book so numbered are not.
    """
    steps = [rows[b[0]].line - rows[a[0]].line for a, b in pairwise(numbers) if b[1] == a[1] + 1]
    usual = median(steps) if steps else 0
    even = sum(abs(s - usual) <= 0.1 * usual for s in steps)
    return SHORTEST_PAGE <= usual <= LONGEST_PAGE and even >= MOSTLY_RISING * (len(numbers) - 1)


def _count_pages(
    rows: Sequence[Row], chain: Sequence[tuple[int, int, str, str]], known: dict[int, tuple[str, str]], full: int, language: Language
) -> bool:
    """Whether a run of numbers has the rhythm of pages, and cuts sentences as nothing else does."""
    if _alternate(rows, chain):
        return True
    lengths = [b[0] - a[0] for a, b in pairwise(chain)]
    if not SHORTEST_PAGE <= median(lengths) <= LONGEST_PAGE:
        return False
    taken = {c[0] for c in chain} | known.keys()
    taken |= heads_beside(rows, taken, full, language)
    cuts = sum(cuts_sentence(rows, c[0], taken) or _cuts_with_head(rows, c[0], taken, full) for c in chain)
    steps = [rows[b[0]].line - rows[a[0]].line for a, b in pairwise(chain) if b[1] - a[1] == 1]
    usual = median(steps) if steps else 0
    if cuts >= 0.12 * len(chain) or _close_pages(rows, chain):
        return True
    if len(chain) < FEWEST_EVEN or not steps:
        return False
    even = sum(abs(s - usual) <= UNEVEN * usual for s in steps) >= 0.6 * len(steps)
    early = sum(s > (1 + UNEVEN) * usual for s in steps) <= (1 - MOSTLY_RISING) * len(steps)  # a page may end before its foot, never below
    return (even and bool(cuts)) or ((even or early) and _heads_repeat(rows, chain))


def _alternate(rows: Sequence[Row], chain: Sequence[tuple[int, int, str, str]]) -> bool:
    """Whether even numbers stand at the left of running heads and odd ones at the right, as on the facing pages of a book, the others in
    the middle at the feet of pages, and hardly one is left out: nothing else counts so, however short the pages are and wherever they end.
    """
    heads = [(value % 2, rows[i].text.endswith(n)) for i, value, kind, n in chain if kind == "header" and _WIDE.search(rows[i].text)]
    feet = [rows[i].indent >= CENTRED for i, _, kind, _ in chain if kind == "pageNum"]
    steps = [b[1] - a[1] for a, b in pairwise(chain)]
    facing = set(heads) == {(0, False), (1, True)} and len(chain) > FEWEST
    return facing and sum(feet) >= MOSTLY_RISING * len(feet) and steps.count(1) >= MOSTLY_RISING * len(steps)


def _close_pages(rows: Sequence[Row], chain: Sequence[tuple[int, int, str, str]]) -> bool:
    """Whether most numbers stand in the middle of the line below a text and far above the next, at the feet of pages where titles begin new
    ones; a chapter's number is nearer to what it heads, and a year stands at the margin.
    """
    feet = [i for i, _, kind, _ in chain if kind == "pageNum"]
    tops = {i for i, _, kind, _ in chain if kind == "header"}
    below = [i for i in feet if _is_far_above(rows, i) or (i + 1 in tops and rows[i].indent >= CENTRED)]
    steps = [b[1] - a[1] for a, b in pairwise(chain)]
    return len(below) >= FEWEST and len(below) >= MOSTLY_RISING * len(feet) and 2 * len(below) >= len(chain) and set(steps) <= {1, 2}


def _is_far_above(rows: Sequence[Row], i: int) -> bool:
    """Whether a number in the middle of the line is much nearer to the text above than to what follows it."""
    return rows[i].indent >= CENTRED and (i + 1 == len(rows) or rows[i + 1].gap >= rows[i].gap + FAR_BELOW)


def _between(heads: Sequence[tuple[int, int, str, str]], chain: Sequence[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """The running heads, too long to be told from text, whose number is the next of the page before, or the last before the page after,
    where other heads have their numbers beside them.
    """
    places = [c[0] for c in chain]
    found = []
    for c in heads if sum(c[2] == "header" for c in chain) >= FEWEST else ():
        at = bisect_left(places, c[0])
        if 0 < at < len(chain) and chain[at - 1][1] < c[1] < chain[at][1] and c[1] in (chain[at - 1][1] + 1, chain[at][1] - 1):
            found.append(c)
    return found


def _beside_chain(
    rows: Sequence[Row], candidates: Sequence[tuple[int, int, str, str]], chain: Sequence[tuple[int, int, str, str]]
) -> list[tuple[int, int, str, str]]:
    """The numbers that were left out of the run of pages though they look like its own and fit between their neighbours: where several
    pages together have none, or before the first of the run, in small Roman numerals too.
    """
    places = [c[0] for c in chain]
    dresses = {_dress(rows[i], n) for i, _, kind, n in chain if kind == "pageNum"}
    heads = any(kind == "header" for _, _, kind, _ in chain)
    found = []
    last = 0
    for c in candidates:
        i, value, kind, n = c
        at = bisect_left(places, i)
        if at < len(places) and places[at] == i:
            last = value
            continue
        above = chain[at - 1] if at else None
        below = chain[at] if at < len(chain) else None
        if (
            below is None
            or (kind == "pageNum" and _dress(rows[i], n) not in dresses)
            or (kind == "header" and (above is None or not heads))
        ):
            continue
        alike = n.isdigit() == below[3].isdigit()
        if not alike and (above is not None or not n.islower()):
            continue
        low = max(last, above[1] if above is not None else 0)
        if low < value and (not alike or value < below[1] <= low + MOST_LEFT_OUT):
            found.append(c)
            last = value
    return found


def _dress(row: Row, n: str) -> tuple[str, int]:
    """What stands around a number, and about where in the line a bare one does."""
    dress = row.text.replace(n, "#")
    return dress, 0 if len(dress) > 2 else (row.indent + len(n) // 2) // 8


def _cuts_with_head(rows: Sequence[Row], i: int, taken: Set[int], full: int) -> bool:
    """Whether a sentence goes on past the number of a page and a short line below it, which heads the next page and no other. It goes on
    from line to full line: verses are short, and turned over.
    """
    head = i + 1
    if not i or head + 1 >= len(rows) or head in taken or rows[head].width > 0.8 * full or rows[head + 1].width <= 0.8 * full:
        return False
    return cuts_sentence(rows, i, taken | {head})


def _heads_repeat(rows: Sequence[Row], chain: Sequence[tuple[int, int, str, str]]) -> bool:
    """Whether most of the numbers stand at the side of words that come again, wide space between, or at the feet of the pages among those
    on which titles stand: then they count pages.

    In verse no page cuts a sentence so that it shows; a chapter has its number beside its name.
    """
    heads = Counter(bare_words(rows[i].text) for i, _, kind, _ in chain if kind == "header" and _WIDE.search(rows[i].text))
    again = sum(count for count in heads.values() if count >= FEWEST)
    opening = sum(kind == "pageNum" and _is_far_above(rows, i) for i, _, kind, _ in chain)
    return again + min(opening, again) > 0.6 * len(chain)


def _facing(
    rows: Sequence[Row], candidates: list[tuple[int, int, str, str]], known: dict[int, tuple[str, str]]
) -> dict[int, tuple[str, str]]:
    """Two pages only: consecutive numbers, both in running heads or between dashes, both in the middle of a sentence."""
    if len(candidates) != 2:
        return {}
    (i, a, kind, n), (j, b, other, m) = candidates
    taken = {i, j} | known.keys()
    dashed = all(rows[k].text[0] in "-–—[(" for k in (i, j))
    if b == a + 1 and kind == other and (kind == "header" or dashed) and (cuts_sentence(rows, i, taken) or cuts_sentence(rows, j, taken)):
        return {i: (kind, n), j: (other, m)}
    return {}


def _runs(
    candidates: Sequence[tuple[int, int, str, str]], cuts: Sequence[bool], scripts: Sequence[int]
) -> list[list[tuple[int, int, str, str]]]:
    """The longest runs of candidates whose numbers rise by one (now and then by a few: pages without a number). Numbers that ``cuts`` says
    stand in the middle of sentences count for more: those of chapters may rise without a gap where those of pages have many.
    """
    best: list[int] = []
    cutting: list[int] = []
    back: list[int] = []
    for k, (i, value, _, _) in enumerate(candidates):
        top, prev = 1, -1
        for j in range(k - 1, max(-1, k - 40), -1):
            step = value - candidates[j][1]
            if (
                candidates[j][0] < i
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
    runs: list[list[tuple[int, int, str, str]]] = []
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
        low, high = candidates[run[-1]][0], candidates[run[0]][0]
        place = bisect_left(spans, (low, low))
        if len(run) < FEWEST or (place and spans[place - 1][1] >= low) or (place < len(spans) and spans[place][0] <= high):
            continue
        spans.insert(place, (low, high))
        taken.update(run)
        runs.append([candidates[k] for k in run])
    return runs


def _script(token: str, text: str) -> int:
    """Figures, small or capital Roman numerals, with a point or without: one numbering keeps to one."""
    script = 0 if token.isdigit() else 1 if token.islower() else 2
    return script + (3 if text[:-1] == token and text[-1] in ".)" else 0)
