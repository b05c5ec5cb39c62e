"""Running heads: lines that come again where pages meet, beside their numbers, after form feeds or in the middle of sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set

from tei_pipeline.language import Language, parse_roman
from tei_pipeline.measuring.edges import usual_width
from tei_pipeline.measuring.pages.feet import RULE
from tei_pipeline.measuring.pages.titles import (
    LONGEST_PIECE,
    MOST_ALIKE,
    SOON,
    Again,
    bare_words,
    gap_below,
    is_set_as_heads,
    without_titles,
)
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import head_label, named_division

SIDE = re.compile(r"^(?:\[?([0-9]{1,4}|[ivxlc]{1,7})\]?[\s|]\s*(\S.*?)|(\S.*?)[\s|]\s*\[?([0-9]{1,4}|[ivxlc]{1,7})\]?)$")
_SIGLUM = re.compile(  # of a note, whose words may come again: "(1) Lord North.", "2. Lord North."
    r"(?:\(\d{1,3}\)|\[\d{1,3}\]|[*†‡§]{1,3})\s?\w|\d{1,3}\.\s(?=.*[a-zß-öø-ÿ]).*\.$"
)
_FIRST_NOTE = re.compile(r"(?:[\[(]?(?:[0-9]{1,3}|[a-z])[\]).]*\s+|[\[(]?[*†‡§¶]{1,3}[\])]?\s?)\S")

_YEARS = re.compile(r"1[4-9]\d\d(?:\s?[-–—]\s?(?:1[4-9])?\d\d)?$")

_NUMBER_BEFORE = re.compile(r"[0-9]{1,3}\.\s(?=[^\W\d_])")
LONGEST_FOOT = 30  # lines of notes, as far as a sentence is followed over them
LONGEST_HEAD = 90  # characters: a running head is set within the measure of one page
MOST_BETWEEN = 40  # printed lines of furniture between the text of two pages, blank pages with their numbers included
LEAST_FULL = 0.8  # of the usual width
FEWEST_OF_LINE = 0.6  # of the usual width: the characters of a line of text
SHORTEST_CUT = 0.6  # of the usual width: where no number tells of pages, what breaks off before is an entry
SHORTEST_HEAD = 4  # characters, and one more
NEAR_BY = 4  # pages: blank ones and openings of chapters between two on which it stands
AT_ONCE = 5  # lines: a title, a line below it, and the first of its text
SURELY = 0.3  # of lines with the same white space around them: these stand where pages meet, and one cuts a sentence
FEWEST = 3  # pages: fewer show no rhythm


_COUNTS = re.compile(r"[ivxl]{1,6}\.?")


def cuts_sentence(rows: Sequence[Row], i: int, taken: Container[int], least: float = 0) -> bool:
    """Whether a sentence goes on past row ``i`` and the furniture around it, its line above of at ``least`` that width."""
    before = i - 1
    while before in taken and before > i - MOST_BETWEEN:
        before -= 1
    after = i + 1
    while after in taken and after < i + MOST_BETWEEN:
        after += 1
    if before < 0 or after >= len(rows) or before in taken or after in taken or not rows[after].starts_lower:
        return False
    if (least and rows[before].text[-1] == ":") or _COUNTS.fullmatch(rows[after].text):
        return False  # it announces an example, or a number stands below a title
    return (not rows[before].ends_sentence and rows[before].width >= least) or _goes_on_below_foot(rows, before, taken)


def _goes_on_below_foot(rows: Sequence[Row], last: int, taken: Container[int]) -> bool:
    """Whether row ``last`` ends notes at the foot of a page, and the sentence above them is not at its end."""
    for i in range(last, max(0, last - LONGEST_FOOT), -1):
        if i in taken or rows[i].page:
            return False
        if RULE.match(rows[i].text) or (
            (rows[i].gap or rows[i].indent) and _FIRST_NOTE.match(rows[i].text) and not rows[i - 1].ends_sentence
        ):
            return i - 1 not in taken and not rows[i - 1].ends_sentence and rows[i - 1].text[-1] != "."  # initials sign what is above
    return False


def _key(text: str, language: Language) -> str:
    """The words of a line, which come again with other numbers of pages; the number of a division is a part of its name."""
    named = text.rstrip(".")
    if named[-1:].isdigit() and (label := head_label(text, language)) is not None and label.type and label.length >= len(named):
        return named.lower()
    side = SIDE.match(text)
    number = side and (side[1] or side[4])
    return bare_words(side[2] or side[3] if side and number and parse_roman(number) else text) or _years(text)


def _years(text: str) -> str:
    """The year or years that a line is, as they stand over the letters or entries of that time, and on its pages: 1864-67."""
    return text if _YEARS.match(text) else ""


def heads_beside(rows: Sequence[Row], numbers: Set[int], full: int, language: Language) -> set[int]:
    """The short lines beside numbers that come again beside others: running heads without a number, on a line of their own."""
    groups: dict[str, list[int]] = {}
    for i in numbers:
        for j in (i - 1, i + 1):
            if 0 <= j < len(rows) and j not in numbers and len(rows[j].text) <= 0.8 * full and rows[j].text[-1] not in ",;":
                groups.setdefault(_key(rows[j].text, language), []).append(j)
    return {j for key, places in groups.items() if len(places) >= FEWEST and len(key) >= 3 for j in places}


def repeated_heads(
    rows: Sequence[Row], known: dict[int, tuple[str, str]], language: Language, solid: bool = False
) -> dict[int, tuple[str, str]]:
    """Lines that come again and again where pages meet: beside a page number, after a form feed, or in the middle of sentences."""
    groups: dict[str, list[int]] = {}
    full = usual_width(rows)
    for i, row in enumerate(rows):
        if (
            i in known
            or (row.width > 0.8 * full and not row.page and (len(row.text) > 0.8 * full or not {i - 1, i + 1} & known.keys()))
            or len(row.text) > LONGEST_HEAD
            or row.text[-1] in ",;"
            or (row.starts_lower and not row.page)
            or _SIGLUM.match(row.text)
            or (row.text[0].isdigit() and known.get(i + 1, ("", ""))[0] == "pageNum")  # a note: the page has its number below
            or (known.get(i - 1, ("", ""))[0] == "header" and named_division(row.text, language) is not None)  # FOOTNOTES, below the head
            or not (solid or row.gap or row.page or i + 1 >= len(rows) or rows[i + 1].gap)
        ):
            continue
        key = _key(row.text, language)
        if len(key) >= 3:
            groups.setdefault(key, []).append(i)
    groups = _apart(rows, groups)
    heads = Counter(_key(SIDE.sub(lambda m: m[2] or m[3], rows[i].text), language) for i, (kind, _) in known.items() if kind == "header")
    listed = _in_contents(rows, groups, known, full, language)
    first = min(known, default=0)  # the title stands on its own pages before
    found: dict[int, tuple[str, str]] = {}
    for key, places in groups.items():
        if len(places) < FEWEST or (key in heads and not any(rows[i].page for i in places)):
            continue
        near = [i for i in places if rows[i].page or any(j in known for j in (i - 1, i + 1)) or (i + 1 < len(rows) and rows[i + 1].page)]
        cut = [i for i in places if cuts_sentence(rows, i, known, 0 if known or solid else SHORTEST_CUT * full)]
        if len(cut) >= max(2, 0.2 * len(places)):
            sure = sorted({*near, *cut})
            around = Counter((rows[i].gap, rows[i + 1].gap) for i in cut).most_common(1)[0][0]
            often = len(cut) >= 0.5 * len(places)
            earlier = [i for i in places if i < sure[0] and rows[i - 1].ends_sentence and _has_text(rows[max(0, i - SOON) : i], full)]
            within = earlier if is_set_as_heads(rows, sure) else []
            alike = [i for i in places if (rows[i].gap, gap_below(rows, i)) == around and (i in within or i > sure[0])]
            chosen = [i for i in places if i in sure or i in alike or (often and i > sure[0])]
        elif len(near) >= max(FEWEST, 0.6 * sum(i >= first or listed(i) for i in places)):
            chosen = _beside_like(rows, near, places, known)
        elif (
            cut
            and len({*near, *cut}) >= max(FEWEST, SURELY * len(places))
            and len({(rows[i].gap, gap_below(rows, i)) for i in places}) == 1
        ):
            chosen = places
        else:
            continue
        if not chosen:
            continue
        if chosen[-1] - chosen[0] > LONGEST_PIECE * len(rows):
            chosen = [i for i in places if i in chosen or (i > places[0] and _has_text(rows[max(0, i - SOON) : i], full))]
        if chosen[0] == places[0] and listed(chosen[0]):
            chosen = chosen[1:]
        for i in without_titles(Again(rows, places, known, listed, full, language), chosen):
            if i - 1 in places:
                continue  # the heading that its own running head stands over
            last = i + 1 >= len(rows) or rows[i + 1].page or (i + 1 in known and rows[i + 1].gap == 0 and not rows[i].page and rows[i].gap)
            found[i] = ("footer" if last and not rows[i].page else "header", "")
    found |= dict.fromkeys(_once_more(rows, groups, known, known.keys() | found.keys(), full, solid), ("header", ""))
    found |= dict.fromkeys(_at_tops(rows, groups, known, found, full, language, solid, listed), ("header", ""))
    own = _of_divisions(rows, groups, known, language) if found else set()
    return {i: kind for i, kind in found.items() if i not in own}


def _apart(rows: Sequence[Row], groups: dict[str, list[int]]) -> dict[str, list[int]]:
    """The groups without lines that stand more often amid the text, with no white space above or below: names over speeches."""
    times = Counter(row.text for row in rows)
    return {
        key: places
        for key, places in groups.items()
        if len(places) < FEWEST or sum(times[text] for text in {rows[i].text for i in places}) <= MOST_AMID * len(places)
    }


MOST_AMID = 2  # times as often as where pages meet


def _beside_like(rows: Sequence[Row], tops: Sequence[int], places: Sequence[int], known: Container[int]) -> list[int]:
    """The lines at the tops of pages without those that come again on no page near by: what heads pages heads several in a row, and
    stands over the first of them as a title; EPILOGUE ends each of the plays of a volume.
    """
    breaks = [i for i in range(len(rows)) if (i in known or rows[i].page) and i - 1 not in known]
    page = {i: bisect_right(breaks, i) for i in places}
    return [i for i in tops if any(k != i and abs(page[k] - page[i]) <= NEAR_BY for k in places)]


def _of_divisions(rows: Sequence[Row], groups: Mapping[str, list[int]], known: Container[int], language: Language) -> set[int]:
    """The lines that name a division by its number where another of its kind came before: its own heading, on a new page or not. Where
    the chapters of each part begin with the first, their names come again and again at the tops of pages.
    """
    kinds: dict[str, list[tuple[int, int]]] = {}
    for places in groups.values():
        label = head_label(rows[places[0]].text, language)
        if label is not None and label.type and label.number:
            kinds.setdefault(label.type, []).extend((i, label.number) for i in places)
    first = set[int]()
    for named in kinds.values():
        named.sort()
        for k, (i, number) in enumerate(named):
            if k and named[k - 1][1] == number:
                continue
            over = k + 1 < len(named) and named[k + 1] == (i + 1, number)  # the head of the page, right above the heading
            if not cuts_sentence(rows, i, known):
                first.add(i + over)
    return first


def _once_more(
    rows: Sequence[Row],
    groups: dict[str, list[int]],
    known: Mapping[int, tuple[str, str]],
    pages: Set[int],
    full: int,
    solid: bool,
) -> set[int]:
    """The lines in the words of a title before them, which cut a sentence or stand beside a number: a chapter of a few pages has its head
    once or twice. Right below a title the text begins; entries of a contents page have the next one there. Below a number that has words
    beside it the page has its head: a second poem may be called as the first.
    """
    if len(pages) < FEWEST:
        return set()
    found = set[int]()
    for key, places in groups.items():
        if any(i in pages for i in places):
            continue
        below = [i for i in places if i + 1 < len(rows) and rows[i + 1].width > LEAST_FULL * full]  # right over a full line of text
        below = [i for i in below if _like_title(rows, i, solid)]
        titles = [i for i in below if not rows[i + 1].starts_lower]
        if titles:
            found.update(i for i in below if i > titles[0] and _at_top(rows, i, pages) and known.get(i - 1, ("", ""))[0] != "header")
        cut = [i for i in below if cuts_sentence(rows, i, pages) or _breaks_off(_last_text(rows, i, pages), full)]
        if cut and (cut[0] > places[0] or any(other.endswith(f" {key}") and at[0] < cut[0] for other, at in groups.items())):
            found.update(cut)
    return found


def _like_title(rows: Sequence[Row], i: int, solid: bool) -> bool:
    """Whether a line may be a title that stands apart: begun with a capital, perhaps behind a number, ended by no point, white space below
    it, if any is left.
    """
    text = _NUMBER_BEFORE.sub("", rows[i].text)
    if not solid and not rows[i + 1].gap:
        return False
    begun = text[0].isalpha() and not text[0].islower() and len(text) > SHORTEST_HEAD
    return bool(_years(text)) or (begun and (text[-1].isalpha() or _YEARS.search(text) is not None))


def _at_tops(
    rows: Sequence[Row],
    groups: dict[str, list[int]],
    known: Mapping[int, tuple[str, str]],
    found: Mapping[int, tuple[str, str]],
    full: int,
    language: Language,
    solid: bool,
    listed: Callable[[int], bool],
) -> list[int]:
    """The lines that stand where the running heads of most pages do, in the words of a title: one before them with its text below, or
    the one that they stand over on the page where the chapter opens. Where neither numbers nor form feeds part the pages, the white space
    above running heads does, if hardly another title has it.
    """
    parted = any(kind in ("pageNum", "footer") for kind, _ in known.values()) or any(row.page for row in rows)
    tops = [
        i
        for i in range(1, len(rows) - 1)
        if i not in known and (rows[i].page or known.get(i - 1, ("", ""))[0] in ("pageNum", "footer") or not parted)
    ]
    places = Counter((rows[i].gap, rows[i + 1].gap) for i in tops if i in found)
    if places.total() < FEWEST:
        return []
    usual, times = places.most_common(1)[0]
    alone = parted or times >= MOST_ALIKE * sum((rows[i].gap, rows[i + 1].gap) == usual and _like_title(rows, i, solid) for i in tops)
    if times < MOST_ALIKE * places.total() or not alone:
        return []
    more = []
    for i in tops:
        if (
            i in found
            or rows[i].gap != usual[0]
            or rows[i].width > LEAST_FULL * full
            or not (_NUMBER_BEFORE.sub("", rows[i].text)[0].isalpha() or _years(rows[i].text))
        ):
            continue
        key = _key(rows[i].text, language)
        below = [_key(row.text, language) for row in rows[i + 1 : i + 4] if row.width <= LEAST_FULL * full]
        named = named_division(rows[i].text, language)
        if named is not None and named.type == "contents" and groups.get(key, (i,))[0] < i:
            more.append(i)  # the list goes on
            continue
        again = rows[i + 1].gap == usual[1] and _like_title(rows, i, solid) and _has_text_below(rows, i, groups.get(key, ()), full, listed)
        if again or any(f" {other}".endswith(f" {key}") for other in below):
            more.append(i)
    return more


def _at_top(rows: Sequence[Row], i: int, pages: Container[int]) -> bool:
    """Whether furniture stands right above row ``i``, or notes below a rule, which end a page."""
    if i - 1 in pages:
        return True
    rule = next((j for j in range(i - 1, max(0, i - LONGEST_FOOT), -1) if j in pages or RULE.match(rows[j].text)), i - 1)
    return rule < i - 1 and RULE.match(rows[rule].text) is not None and _FIRST_NOTE.match(rows[rule + 1].text) is not None


def _breaks_off(row: Row, full: int) -> bool:
    """Whether a full line ends with a word amid a sentence: what follows may be a name, with a capital."""
    return row.text[-1].islower() and row.width > LEAST_FULL * full


def _last_text(rows: Sequence[Row], i: int, known: Container[int]) -> Row:
    """The last line above row ``i`` that is no furniture."""
    return next((rows[j] for j in range(i - 1, -1, -1) if j not in known), rows[i])


def _has_text_below(rows: Sequence[Row], i: int, places: Iterable[int], full: int, listed: Callable[[int], bool]) -> bool:
    """Whether text follows soon below a place before row ``i``, as below a title, and not in a list of contents: where row ``i`` may be
    the title itself, since no sentence goes on past it, text stands above that place too.
    """
    inside = not rows[i - 1].ends_sentence or rows[i + 1].starts_lower
    before = [j for j in places if j < i and _has_text(rows[j + 1 : j + SOON], full) and not listed(j)]
    return any(inside or _has_text(rows[max(0, j - SOON) : j], full) for j in before)


def _has_text(rows: Iterable[Row], full: int) -> bool:
    """Whether two lines of running text are among some: one may be a line of a title page, or a title set to the right."""
    return sum(len(row.text) > FEWEST_OF_LINE * full for row in rows) > 1


def _in_contents(
    rows: Sequence[Row], groups: Mapping[str, list[int]], known: Container[int], full: int, language: Language
) -> Callable[[int], bool]:
    """Tells whether no text stands around a line, or none above the last of a page, and the line before or after it comes again, or the
    line before it heads the contents: it is an entry of these.
    """

    def listed(i: int) -> bool:
        named = named_division(rows[i - 1].text, language) if i else None
        beside = [rows[j].text for j in (i - 1, i + 1) if 0 <= j < len(rows) and rows[j].text != rows[i].text]
        again = any(len(groups.get(_key(text, language), ())) > 1 for text in beside)
        if not again and (named is None or named.type != "contents"):
            return False
        if _has_text(rows[max(0, i - SOON) : i], full):
            return False
        return (i + 1 < len(rows) and (rows[i + 1].page or i + 1 in known)) or not _has_text(rows[i + 1 : i + AT_ONCE], full)

    return listed
