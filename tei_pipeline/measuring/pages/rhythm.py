"""Whether a run of numbers has the rhythm of pages: about as far from each other, in the middle of sentences, beside words that come again.

A number alone on a line may be a page or a chapter. What tells them apart is the page's rhythm and that pages cut
sentences in two, which chapters never do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence, Set
from itertools import pairwise

from tei_pipeline.language import Language
from tei_pipeline.measuring.pages.printed_numbers import WIDE, Number
from tei_pipeline.measuring.pages.running_heads import FEWEST, cuts_sentence, heads_beside
from tei_pipeline.measuring.pages.titles import bare_words
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import median

SHORTEST_PAGE = 8  # printed lines: the pages of the smallest books have twice as many
LONGEST_PAGE = 200  # printed lines between two numbers: newspapers have no more on a page
MOSTLY = 0.8  # of the numbers, or of the steps between them
CENTRED = 12  # columns
FEWEST_EVEN = 8  # numbers: fewer show no rhythm
ALIKE = 0.1  # of a page's lines: as far from each other as the numbers of whole pages
UNEVEN = 0.25  # of a page's lines
AT_RIGHT = 0.9  # of the usual width
FEWEST_HEADED = 0.4  # of the numbers at the feet of pages: the words of the next page's head stand right below them
FAR_BELOW = 2  # empty lines more below a number than above it


def are_pages_apart(rows: Sequence[Row], numbers: Sequence[Number]) -> bool:
    """Whether numbers between dashes or brackets count on one by one and are about as far from each other as pages are, some nearer, where
    a page ends early, and hardly one farther: those of sections in a book so numbered are not.
    """
    steps = [rows[b.row].line - rows[a.row].line for a, b in pairwise(numbers) if b.value == a.value + 1]
    usual = median(steps) if steps else 0
    if not SHORTEST_PAGE <= usual <= LONGEST_PAGE:
        return False
    even = sum(abs(s - usual) <= ALIKE * usual for s in steps)
    late = sum(s > (1 + ALIKE) * usual for s in steps)
    return even >= MOSTLY * (len(numbers) - 1) or (even > 0.5 * (len(numbers) - 1) and late <= (1 - MOSTLY) * len(steps))


def _counts_parts(rows: Sequence[Row], chain: Sequence[Number]) -> bool:
    """Whether capital numerals count on from one right below a title in capitals, apart from the text: the parts of a poem."""
    first = chain[0]
    if first.value != 1 or first.kind != "pageNum" or not all(c.n.isalpha() and c.n.isupper() for c in chain) or not first.row:
        return False
    title, number = rows[first.row - 1], rows[first.row]
    return title.text.isupper() and title.gap >= number.gap > 0 and [c.value for c in chain] == list(range(1, len(chain) + 1))


def count_pages(rows: Sequence[Row], chain: Sequence[Number], known: Mapping[int, tuple[str, str]], full: int, language: Language) -> bool:
    """Whether a run of numbers has the rhythm of pages, and cuts sentences as nothing else does."""
    if _alternate(rows, chain) or _stand_outside(rows, chain, full):
        return True
    if _counts_parts(rows, chain):
        return False
    lengths = [b.row - a.row for a, b in pairwise(chain) if b.row > a.row + 1]  # a number at the foot may stand right over one at a head
    if not lengths or not SHORTEST_PAGE <= median(lengths) <= LONGEST_PAGE:
        return False
    taken = {c.row for c in chain} | known.keys()
    beside = heads_beside(rows, taken, full, language)
    taken |= beside
    kind = Counter(c.kind for c in chain).most_common(1)[0][0]  # among numbers alone one beside words may be that of an entry in a list
    alike = [c for c in chain if c.kind == kind]
    cuts = sum(cuts_sentence(rows, c.row, taken) or cuts_with_head(rows, c.row, taken, full) for c in alike)
    steps = [rows[b.row].line - rows[a.row].line for a, b in pairwise(chain) if b.value - a.value == 1]
    usual = median(steps) if steps else 0
    feet = _stand_over_heads(rows, chain) or _close_pages(rows, chain) or _last_heads_nothing(rows, chain, known)
    if cuts >= 0.12 * len(alike) or feet:
        return True
    if len(chain) < FEWEST_EVEN or not steps:
        return False
    even = sum(abs(s - usual) <= UNEVEN * usual for s in steps) >= 0.6 * len(steps)
    early = sum(s > (1 + UNEVEN) * usual for s in steps) <= (1 - MOSTLY) * len(steps)  # a page may end before its foot, never below
    if cuts and len(steps) == len(chain) - 1 and sum(c.row + 1 in beside for c in alike) >= FEWEST_HEADED * len(alike):
        return True
    return (even and bool(cuts) and not _begin_again(chain)) or ((even or early) and _heads_repeat(rows, chain))


def _begin_again(chain: Sequence[Number]) -> bool:
    """Whether numbers alone begin again at one in piece after piece, as those of stanzas do in each canto; pages do in few volumes."""
    return sum(c.value == 1 and c.kind == "pageNum" for c in chain) >= FEWEST


def _alternate(rows: Sequence[Row], chain: Sequence[Number]) -> bool:
    """Whether even numbers stand at the left of running heads and odd ones at the right, as on the facing pages of a book, the others in
    the middle at the feet of pages, and hardly one is left out: nothing else counts so, however short the pages are and wherever they end.
    Where each piece opens on the next page, all running heads may stand on one side. Where one space parts numbers and words, there must
    be more of them. A volume may begin with a left page: then the sides change places.
    """
    sides = [(WIDE.search(rows[i].text), (value % 2, rows[i].text.endswith(n))) for i, value, kind, n in chain if kind == "header"]
    heads = [side for wide, side in sides if wide]
    if len(heads) < FEWEST - 1:
        heads = [side for _, side in sides]
        if len(heads) < 2 * FEWEST or len(set(heads)) < 2:
            return False
    feet = [rows[i].indent >= CENTRED for i, _, kind, _ in chain if kind == "pageNum"]
    steps = [b.value - a.value for a, b in pairwise(chain)]
    turned = set(heads) == {(0, True), (1, False)}  # a volume whose first page is a left one
    facing = (set(heads) <= {(0, False), (1, True)} or turned) and len(heads) >= FEWEST - 1 and len(chain) > FEWEST
    return facing and sum(feet) >= MOSTLY * len(feet) and steps.count(1) >= MOSTLY * len(steps)


def _stand_outside(rows: Sequence[Row], chain: Sequence[Number], full: int) -> bool:
    """Whether numbers without words stand at the outer sides of facing pages, the even ones all at the left and the odd ones at the right,
    those at the feet of pages in the middle: nothing else counts so. Where all openings are on one side, the next number stands right below
    theirs, at the other.
    """
    alone = [c for c in chain if c.kind == "pageNum"]
    margin = min(row.indent for row in rows)
    left = {c.value % 2 for c in alone if rows[c.row].indent <= margin + 1}
    right = {c.value % 2 for c in alone if rows[c.row].width >= AT_RIGHT * full}
    outside = sum(rows[c.row].indent <= margin + 1 or rows[c.row].width >= AT_RIGHT * full for c in alone)
    one_by_one = sum(b.value == a.value + 1 for a, b in pairwise(chain)) >= MOSTLY * (len(chain) - 1)
    if len(alone) < len(chain) or not one_by_one or not (left <= {0} and right <= {1}):
        return False
    turned = sum(
        b.row == a.row + 1 and rows[a.row].indent >= CENTRED <= abs(rows[b.row].indent - rows[a.row].indent) for a, b in pairwise(chain)
    )
    return (bool(left and right) and outside >= max(2 * FEWEST, len(chain) / 2)) or turned >= FEWEST


def _close_pages(rows: Sequence[Row], chain: Sequence[Number]) -> bool:
    """Whether most numbers stand in the middle of the line below a text and far above the next, at the feet of pages where titles begin new
    ones; a chapter's number is nearer to what it heads, and a year stands at the margin.
    """
    feet = [i for i, _, kind, _ in chain if kind == "pageNum"]
    tops = {i for i, _, kind, _ in chain if kind == "header"}
    below = [i for i in feet if _is_far_above(rows, i) or (i + 1 in tops and rows[i].indent >= CENTRED)]
    steps = [b.value - a.value for a, b in pairwise(chain)]
    return len(below) >= FEWEST and len(below) >= MOSTLY * len(feet) and 2 * len(below) >= len(chain) and set(steps) <= {1, 2}


def _stand_over_heads(rows: Sequence[Row], chain: Sequence[Number]) -> bool:
    """Whether most numbers are nearer to the text above them than to what is below, where lines that come again stand right below many:
    the heads of the next pages. A number over pieces of one title is nearer to the title.
    """
    feet = [i for i, _, kind, _ in chain if kind == "pageNum"]
    near = sum(i + 1 == len(rows) or rows[i + 1].page or 0 < rows[i].gap < rows[i + 1].gap for i in feet)
    if near < MOSTLY * len(chain):
        return False
    times = Counter(row.text for row in rows)
    return sum(i + 1 < len(rows) and times[rows[i + 1].text] > 1 for i in feet) >= FEWEST_HEADED * len(chain)


def _last_heads_nothing(rows: Sequence[Row], chain: Sequence[Number], known: Container[int]) -> bool:
    """Whether the last of numbers in the middle of the line, none left out, each nearer to the text above than to what is below, ends the
    text: a number below which nothing stands heads nothing.
    """
    *others, last = chain
    feet = all(c.kind == "pageNum" and rows[c.row].indent >= CENTRED for c in chain)
    near = all(rows[c.row].gap < rows[c.row + 1].gap or rows[c.row + 1].page for c in others)
    ends = all(i in known for i in range(last.row + 1, len(rows)))
    return feet and near and ends and all(b.value == a.value + 1 for a, b in pairwise(chain))


def _is_far_above(rows: Sequence[Row], i: int) -> bool:
    """Whether a number in the middle of the line is much nearer to the text above than to what follows it."""
    return rows[i].indent >= CENTRED and (i + 1 == len(rows) or rows[i + 1].gap >= rows[i].gap + FAR_BELOW)


def cuts_with_head(rows: Sequence[Row], i: int, taken: Set[int], full: int) -> bool:
    """Whether a sentence goes on past the number of a page and a short line below it, which heads the next page and no other. It goes on
    from line to full line: verses are short, and turned over.
    """
    head = i + 1
    if not i or head + 1 >= len(rows) or head in taken or rows[head].width > 0.8 * full or rows[head + 1].width <= 0.8 * full:
        return False
    return cuts_sentence(rows, i, taken | {head})


def _heads_repeat(rows: Sequence[Row], chain: Sequence[Number]) -> bool:
    """Whether most of the numbers stand at the side of words that come again, wide space between, or at the feet of the pages among those
    on which titles stand: then they count pages.

    In verse no page cuts a sentence so that it shows; a chapter has its number beside its name.
    """
    heads = Counter(bare_words(rows[i].text) for i, _, kind, _ in chain if kind == "header" and WIDE.search(rows[i].text))
    again = sum(count for count in heads.values() if count >= FEWEST)
    opening = sum(kind == "pageNum" and _is_far_above(rows, i) for i, _, kind, _ in chain)
    return again + min(opening, again) > 0.6 * len(chain)
