"""Listing: which headings the contents page names, and by which of its entries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import BY_SETTING, Block
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.measuring.bare_contents import without_added
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.lists.entry_pages import entry_page
from tei_pipeline.rules.shape import is_summary
from tei_pipeline.rules.words import words as compiled
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.settle.titles.lost import Lost


def headings_of(blocks: Sequence[Block]) -> list[int]:
    """Where the headings of the book stand, those inside notes, quotations and letters left out."""
    return [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]


def entries_of(blocks: Sequence[Block], layout: Layout) -> list[int]:
    """Where the entries of the contents page stand that name something."""
    return [i for i, b in enumerate(blocks) if b.within and b.within[0].kind == "contents" and b.rows and _names_something(b.text, layout)]


def _names_something(text: str, layout: Layout) -> bool:
    """Whether an entry has words, and is not the head of the columns: "Page", "CHAPTER        PAGE"."""
    if sum(c.isalpha() for c in entry_page(layout.language).sub("", text)) <= 2:
        return False
    *others, last = (token.strip(".:_") for token in fold(text).split())
    return last not in layout.language.page_words or any(other not in layout.language.divisions for other in others)


def first_part_lost(blocks: Sequence[Block], listed: Mapping[int, int], layout: Layout) -> tuple[int, int, int] | None:
    """The entry of the first part of the book, when no heading of it stands in the text, the first heading that the contents page lists
    below it, and the heading of the second part.
    """
    named = {entry: heading for heading, entry in listed.items()}
    entries = entries_of(blocks, layout) if listed else []
    for at, entry in enumerate(entries):
        label = head_label(blocks[entry].text, layout.language)
        if entry in named or label is None or label.number != 1 or not label.type:
            continue
        alike = (i for i in headings_of(blocks) if blocks[i].facts.division == label.type and blocks[i].facts.number in (1, 2))
        second = next(alike, None)
        if second is None or blocks[second].facts.number == 1:
            continue  # printed in other words, or no part is left
        before = [named[e] for e in entries[:at] if e in named]
        below = [named[e] for e in entries[at + 1 :] if e in named]
        if below and below[0] < second and all(i < below[0] for i in before) and below == sorted(below):
            return entry, below[0], second
    return None


def listed_in(blocks: Sequence[Block], language: Language) -> dict[int, int]:
    """The headings that the contents page names, with the block of the entry."""
    return listed_headings(blocks, headings_of(blocks), language)


def contents_targets(blocks: Sequence[Block], listed: Mapping[int, int], lost: Collection[Lost] = ()) -> dict[int, str]:
    """Keys that join entries of the contents page to the divisions they name: by the entry's container, and by ``-1 -`` the
    heading's first line, which for a ``lost`` one is that of its entry.
    """
    targets: dict[int, str] = {}
    for heading, entry in listed.items():
        key = f"toc{blocks[heading].first}"
        targets[-1 - blocks[heading].first] = key
        targets[blocks[entry].within[-1].key] = key
    entries = {block.first: block.within[-1].key for block in blocks if block.within and block.within[0].kind == "contents"}
    for one in lost:
        targets[-1 - one.head.first] = targets[entries[one.head.first]] = f"toc{one.line}-{one.head.first}"
    return targets


def listed_headings(blocks: Sequence[Block], places: list[int], language: Language) -> dict[int, int]:
    """The headings that the contents page names, with the block of the entry. In a volume of works some of which have contents of their
    own, those name what stands below them, up to the next, and the contents of the volume name the works.
    """
    first, *others = _lists(blocks)
    found = _listed_headings(blocks, places, first, language)
    for entries, following in pairwise([*others, []]):
        end = bisect_left(places, following[0]) if following else len(places)
        within = places[bisect_left(places, entries[-1]) : end]
        if within:
            found = _listed_headings(blocks, within, entries, language) | found
        elif not following:  # at the end of the book
            found |= _listed_headings(blocks, [i for i in places if i not in found], entries, language)
    return found


def _lists(blocks: Sequence[Block]) -> list[list[int]]:
    """The blocks of the entries of each contents page, one at least: text or verses stand between two, not headings alone."""
    lists: list[list[int]] = [[]]
    parted = False
    for i, block in enumerate(blocks):
        if block.within and block.within[0].kind == "contents":
            if parted and len(lists[-1]) >= FEWEST_ENTRIES:
                lists.append([])
            lists[-1].append(i)
            parted = False
        elif block.kind in _TEXT and not (block.within and block.within[0].kind == "note"):
            parted = True
    if len(lists) > 1 and len(lists[-1]) < FEWEST_ENTRIES:
        lists[-2:] = [[*lists[-2], *lists[-1]]]
    return lists


_TEXT = frozenset(("paragraph", "verse"))
FEWEST_ENTRIES = 3  # of a contents page: two name nothing for certain


def _listed_headings(blocks: Sequence[Block], places: list[int], listed: Sequence[int], language: Language) -> dict[int, int]:
    """The headings that the ``listed`` blocks name, with the block of the entry: the best chain that keeps the order of both, or all in its
    very words where its own order is another (the alphabet).
    """
    keys = {i: _key(blocks[i].text, language) for i in places}
    titles = set(keys.values())
    entries: list[tuple[int, frozenset[str]]] = []
    second: list[tuple[int, frozenset[str]]] = []  # the entries of a second column
    pages: list[int] = []  # of both, line by line
    titled = False  # the entry above names a heading: what treats of it names none
    for i in listed:
        text = blocks[i].text
        if len(text) <= WIDEST and (two := _TWO_COLUMNS.match(text)) is not None:
            text = two[1]
            second.append((i, _key(entry_page(language).sub("", two[3]), language)))
            pages += int(two[2]), int(two[4])
        text = _without_author(entry_page(language).sub("", text), language)
        if summed := is_summary(blocks[i].text):  # what a chapter treats of names no heading, but a title may stand before it
            text = _DASH.split(text)[0]
            told = titled and not (text.isupper() or text.endswith(":"))  # DEPARTMENTS:--One thing--Another
            text = text if _key(text, language) in titles and not told else ""
        entries.append((i, _key(text, language)))
        titled = not summed and entries[-1][1] in titles
    by_lines = pages == sorted(pages)  # else the second column goes on where the first ends
    entries = [(i, key) for i, key in (sorted([*entries, *second], key=_place) if by_lines else entries + second) if key]
    if len(entries) < FEWEST_ENTRIES:
        return {}
    firsts = {i: [_key(words, language) for words in _first_titles(blocks[i])] for i in places}
    exact, in_order = _in_very_words({i: [keys[i], *firsts[i]] for i in places}, entries)
    if not in_order:
        return exact
    counted = [_counted(blocks[i], language) for i, _ in entries]
    bare = [{_key(title, language) for title in _without_added(entry_page(language).sub("", blocks[i].text))} for i, _ in entries]
    common = Counter(word for _, key in entries for word in key)
    weight = {word: 1.0 / times for word, times in common.items()}
    having: dict[str, list[int]] = {}
    for k, (_, key) in enumerate(entries):
        for word in key.union(*bare[k]):
            having.setdefault(word, []).append(k)
    weights = [_weight(key, weight) for _, key in entries]
    best: list[tuple[float, int, int, int]] = []  # score, entry, place, the one before
    ends = _Ends(len(entries))
    for i in places:
        key = keys[i]
        own = _weight(key, weight)
        found: dict[int, float] = {}
        known = sorted((word for word in key if word in having), key=lambda word: (len(having[word]), word))
        rarest = known[: max(FEWEST_WORDS, sum(len(having[word]) == 1 for word in known))]
        for k in {k for word in rarest for k in having[word]}:
            score = _alike(key, entries[k][1], min(own, weights[k]), weight) or float(entries[k][1] in firsts[i]) or 0.9 * (key in bare[k])
            score = score or float(counted[k] is not None and counted[k] == _numbered(blocks[i], language))
            if score:
                found[k] = score
        for k in sorted(found, reverse=True):
            top, _, back = ends.best(k)
            best.append((top + found[k], k, i, -back))
            ends.add(k + 1, top + found[k], len(best) - 1)
    at = -ends.best(len(entries))[2]
    chain: dict[int, int] = {}
    while at >= 0:
        _, k, i, at = best[at]
        chain[i] = entries[k][0]
    if len(set(exact.values())) > MORE * len(chain):
        return exact
    if len(chain) < min(3, len(entries) - 1):
        return {}
    return chain | _between(blocks, places, [i for i, _ in entries], chain)


FEWEST_WORDS = 3  # by which an entry is looked for; every word that no other entry has is one


def _between(blocks: Sequence[Block], places: Sequence[int], entries: Sequence[int], chain: Mapping[int, int]) -> dict[int, int]:
    """The one heading and the one entry that stand between the same two, which name it, where the heading looks as theirs do: the contents
    page spells it otherwise.
    """
    found: dict[int, int] = {}
    named = sorted(chain)
    for before, after in pairwise(named):
        look = _seen(blocks[before])
        if look != _seen(blocks[after]):
            continue
        left = [i for i in places if before < i < after and _seen(blocks[i]) == look]
        right = [i for i in entries if chain[before] < i < chain[after]]
        if len(left) == len(right) == 1:
            found[left[0]] = right[0]
    return found


def _seen(heading: Block) -> tuple[str, int, int]:
    """How a heading without number is set, as far as its lines tell; nothing that another has, for others."""
    facts = heading.facts
    return facts.type if facts.type in BY_SETTING else str(heading.first), heading.rows[0].gap, heading.rows[0].indent


def _in_very_words(
    keys: Mapping[int, Sequence[frozenset[str]]], entries: Sequence[tuple[int, frozenset[str]]]
) -> tuple[dict[int, int], bool]:
    """The headings that entries name in their very words (all, or their first line), and whether these entries stand in their order: no
    headings, where they are too few to tell.
    """
    said, named = Counter(key for own in keys.values() for key in set(own)), Counter(key for _, key in entries)
    placed = {key: i for i, own in keys.items() for key in own if said[key] == 1 == named[key]}
    order = [placed[key] for _, key in entries if key in placed]
    if len(order) < ENOUGH_FOR_ORDER:
        return {}, True
    entry = {key: k for k, key in reversed(entries)}
    exact = {i: entry[key] for i, own in keys.items() for key in reversed(own) if key in entry}
    return exact, sum(a < b for a, b in pairwise(order)) > IN_ORDER * (len(order) - 1)


ENOUGH_FOR_ORDER = 8  # entries in the very words of headings
MORE = 1.2  # times as many entries as the best chain in the order of both has: a part of the list has the order of the alphabet
IN_ORDER = 0.7  # of the entries follow the one before in the text as well; where they were mixed, every second does


def _first_titles(heading: Block) -> tuple[str, ...]:
    """A heading without its lower lines, of which the contents page omits "OR, THE SECOND TITLE"; a number alone above them counts none."""
    rows = heading.rows
    alone = bool(heading.facts.number) and heading.facts.label >= len(rows[0].text.strip("_*= ").rstrip("."))
    if alone and rows[2:]:
        return rows[0].text, rows[1].text, f"{rows[0].text} {rows[1].text}"
    return (rows[0].text,)


class _Ends:
    """The best chain up to each entry, for asking in logarithmic time (a tree of prefix maxima: Fenwick 1994).

    A chain is its score, and with a minus before them the entry with which it ends and its number: of equals the earlier one is better.
    """

    def __init__(self, entries: int) -> None:
        self._tree = [(0.0, 0, 1)] * (entries + 2)

    def add(self, entry: int, score: float, number: int) -> None:
        """A chain that ends with the entry of that number, counted from one."""
        at, chain = entry + 1, (score, -entry, -number)
        while at < len(self._tree):
            self._tree[at] = max(self._tree[at], chain)
            at += at & -at

    def best(self, entry: int) -> tuple[float, int, int]:
        """The best chain that ends with this entry or before."""
        at, found = entry + 1, self._tree[0]
        while at:
            found = max(found, self._tree[at])
            at -= at & -at
        return found


def _place(entry: tuple[int, frozenset[str]]) -> int:
    return entry[0]


WIDEST = 240  # characters of a line of two columns
_TWO_COLUMNS = seldom(r"(\S.*?(?:\s{2,}|\.{3,} ?)(\d{1,4}))\s{2,}(\S.*[\s.](\d{1,4}))$")
_DASH = re.compile(r"\.?(?:--|—)")
_SENTENCE = seldom(r"^[^.]*[^\W\d_]{4}[_\"”’']*\.(?=\s)")  # Darkness. First printed 1816


def _without_added(entry: str) -> tuple[str, ...]:
    """An entry without what the contents page adds to its title: in brackets, in the sentences behind it, or quoted behind a dash."""
    sentence = _SENTENCE.match(entry)
    return (without_added(entry), *((sentence[0],) if sentence else ()), *_QUOTED.split(entry)[:-1])


_QUOTED = seldom(r"\.?(?:--|—)(?=[\"“„«])(?s:.*)")  # SONG.--"The water has a mind to go"


_REFERENCE = re.compile(r"\[[^\]]{1,8}\]|\(\d{1,3}\)$|(?<=[^\W\d_.])\d{1,3}$")


def _key(text: str, language: Language) -> frozenset[str]:
    """The words of a title by which it is known again, without those that titles write small, and without hyphens: COMMON-PLACE."""
    words = fold(_REFERENCE.sub("", text)).replace("--", " ").replace("—", " ").replace("-", "").split()
    whose = compiled(language).possessive  # HOLM'S LETTERS, over the text LETTERS OF HOLM
    bare = frozenset(whose.sub("", w.strip(".,:;()[]'\"_*=+")) for w in words) - {""}
    return bare - language.lowercase_in_titles or bare  # a title may be made of small words: "Out, Out"


def _numbered(heading: Block, language: Language) -> tuple[int, frozenset[str]] | None:
    """The number and the title of a heading that has both, however the number is written: Chapter Three."""
    title = heading.text[heading.facts.label :]
    return (heading.facts.number, _key(title, language)) if heading.facts.number and any(c.isalpha() for c in title) else None


def _counted(entry: Block, language: Language) -> tuple[int, frozenset[str]] | None:
    """The number and the title of an entry that has both: III."""
    text = entry_page(language).sub("", entry.text)
    label = head_label(text, language) or bare_label(text)
    title = text[label.length :] if label is not None else ""
    return (label.number, _key(title, language)) if label is not None and any(c.isalpha() for c in title) else None


def _without_author(entry: str, language: Language) -> str:
    """An entry without who wrote the piece, whom a comma parts from its title: "The Weir, by A. Lind, M.A."."""
    by = compiled(language).byline
    return next(
        (entry[: m.start()] for m in _COMMA.finditer(entry) if by.match(entry[m.end() : m.end() + LONGEST_BYLINE]) is not None), entry
    )


_COMMA = re.compile(r",\s+")
LONGEST_BYLINE = 80  # characters in which the words before an author's name are found


def _weight(key: frozenset[str], weight: dict[str, float]) -> float:
    return sum([weight.get(word, 1.0) for word in key])


def _alike(a: frozenset[str], b: frozenset[str], lesser: float, weight: dict[str, float]) -> float:
    """How far two sets of words name the same thing, 0 (not) to 1: by the words that few entries have, of the ``lesser`` weight."""
    common = a & b
    if not common or len(common) < 0.25 * max(len(a), len(b)):
        return 0.0
    share = _weight(common, weight) / lesser
    return share + 0.01 * len(common) + (0.02 if a == b else 0.0) if share >= 0.55 else 0.0  # the very words before a title that has them
