"""The note chain: which printed number refers to which note, settled for the whole book by the best monotone chain.

A number in a text may be a year, a page, a quantity. What makes it a reference is that the numbers 1, 2, 3 … come in this
order where a reference can stand, and that as many notes follow. So candidates are weighed by how they are printed, and
the heaviest rising chain against the notes wins, not the first digit that fits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field

from tei_pipeline.blocks import Block, Container
from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.inline.marks import Anchor
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.notes import RAISED
from tei_pipeline.source import Source

_SQUARE_LABEL = re.compile(r"\[\W?(?:[A-Za-z]{1,2}[.# ]{1,3})?[\w:]{1,8}\W?\]")
_SQUARE = re.compile(
    r"\[(?:Note |Footnote |(?:FN|Fn|fn|N)\.?\s?#?\s?(?=\d))?"
    r"([0-9]{1,4}[a-z]?|[a-zA-Z]|[*†‡§¶#]{1,4}|[ivxlc]+:[0-9]{1,3}|[0-9]{1,3}:[0-9A-Za-z]{1,3})\]"
)
_ROUND = re.compile(r"\(([0-9]{1,3}|[*†‡§]{1,3}|[a-z])\)")
_BRACE = re.compile(r"\{([0-9]{1,4}[a-z]?)\}")
_CARET = re.compile(r"\^([0-9]{1,3})\b")
_RAISED = re.compile(r"(?<=\S)[⁰¹²³⁴-⁹]{1,3}")
_FIGURES = re.compile(r"[0-9][0-9]*")  # begins with one class: so the engine looks for that, twice as fast
_QUANTITY = re.compile(r"[$£€№/]$|\d[.,:]$")
_GOES_ON = re.compile(r"[/%°]|[.,:–—-]\d|\s?%")
_SIGN = re.compile(r"[*†‡§¶]")
_STARS = re.compile(r"(?<=[^\s*(\[])\s?([*†‡§¶]{1,4})(?![*†‡§¶\w])")
_ATTACHED = frozenset(".,;:!?)]\"”“’'»«*")
EACH = 0.6  # weight of every note that finds its reference: few notes have none, so a chain that leaves one out needs good reason
SURE = 1.0  # weight from which a number counts as a reference by its print alone


class Links(Struct, frozen=True):
    """The settled references, the references of each note by its container's key, and what found no partner."""

    anchors: tuple[Anchor, ...] = ()
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class _Noted(Struct, frozen=True):
    """A note: container, its block's index, the style of its siglum."""

    container: Container
    block: int
    style: str
    closed: bool = False


class _Group(NamedTuple):
    """Notes that share one stretch of text where their references stand, in places of that text; ``home``: where their own division
    begins.
    """

    notes: list[_Noted]
    low: int
    high: int
    home: int = 0


class _Candidate(Struct, frozen=True):
    start: int
    end: int
    n: str
    weight: float


class _Text:
    """The lines outside notes as one string, with the way back to the source."""

    def __init__(self, source: Source, blocks: Sequence[Block]) -> None:
        parts: list[str] = []
        self.places: list[int] = []
        self.offsets: list[int] = []
        length = 0
        for block in blocks:
            if block.kind in ("furniture", "boilerplate", "ornament") or (
                block.within and block.within[0].kind in ("note", "contents", "figures", "index")
            ):
                continue
            for row in block.rows:
                line = source.lines[row.line]
                lead = len(line.text) - len(line.text.lstrip())
                self.places.append(length)
                self.offsets.append(line.start + lead)
                parts.append(row.text)
                length += len(row.text) + 1
        self.text = "\n".join(parts)

    def source(self, place: int) -> int:
        k = bisect_right(self.places, place) - 1
        return self.offsets[k] + place - self.places[k]

    def place(self, offset: int) -> int:
        """The place of the first character at or after a source offset."""
        k = bisect_left(self.offsets, offset)
        return self.places[k] if k < len(self.places) else len(self.text)


def link_notes(source: Source, blocks: Sequence[Block], layout: Layout) -> Links:
    """Join references and notes."""
    noted = _collect(blocks)
    if not noted:
        return Links()
    text = _Text(source, blocks)
    pages = sorted(line for line, (kind, _) in layout.furniture.items() if kind != "rule")
    anchors: list[Anchor] = []
    of_note: dict[int, list[str]] = defaultdict(list)
    problems: list[Problem] = []
    where = {note.container.key: text.place(source.lines[blocks[note.block].rows[0].line].start) for note in noted}
    for group in _groups(noted, blocks, source, text, pages):
        _link(group, text, layout.language, where, anchors, of_note)
    _link_within([note for note in noted if note.container.key not in of_note], source, blocks, anchors, of_note)
    anchors.sort(key=lambda a: a.start)
    for note in noted:
        if note.container.key not in of_note and note.container.n:
            line = blocks[note.block].rows[0].line + 1
            problems.append(Problem("warning", "note-without-reference", f"note {note.container.n} has no reference in the text", line))
    return Links(tuple(anchors), {k: tuple(v) for k, v in of_note.items()}, tuple(problems))


def _collect(blocks: Sequence[Block]) -> list[_Noted]:
    found: list[_Noted] = []
    seen: set[Container] = set()
    for i, block in enumerate(blocks):
        for container in block.within:
            if container.kind == "note" and container not in seen:
                seen.add(container)
                if container.n:
                    printed = block.rows[0].text[: container.label]
                    closed = printed.endswith(")") and not printed.startswith("(")
                    found.append(_Noted(container, i, _style(block.rows[0].text, container), closed))
    return found


def _style(text: str, container: Container) -> str:
    if container.n[0] in "*†‡§¶":
        return "star" if text[0] not in "([" else "round" if text[0] == "(" else "square"
    if text[0] == "[":
        return "square" if _SQUARE_LABEL.match(text) else "worded"
    return {"(": "round", "{": "brace", "^": "caret"}.get(text[0], "raised" if ord(text[0]) in RAISED else "plain")


def _groups(noted: list[_Noted], blocks: Sequence[Block], source: Source, text: _Text, pages: list[int]) -> list[_Group]:
    """The notes by the text where their references may stand: a page, a work or chapter, all the text before."""
    groups: list[_Group] = []
    foot: dict[int, list[_Noted]] = defaultdict(list)
    sections: list[list[_Noted]] = []
    loose: list[_Noted] = []
    stars: dict[str, list[_Noted]] = defaultdict(list)
    for note in noted:
        page = bisect_left(pages, blocks[note.block].rows[0].line)
        if note.container.place == "bottom" and pages and (note.style != "star" or page):
            foot[page].append(note)
        elif note.style == "star":
            stars[note.container.n].append(note)
        elif note.container.place == "end" and note.style in _AT_THE_END:
            if (
                sections
                and sections[-1][-1].style == note.style
                and note.block - sections[-1][-1].block < 200
                and _adjacent(sections[-1][-1], note, blocks)
            ):
                sections[-1].append(note)
            else:
                sections.append([note])
        else:
            loose.append(note)
    for page, notes in foot.items():
        low = text.place(source.lines[pages[page - 1]].end) if page else 0
        high = text.place(source.lines[pages[page]].start) if page < len(pages) else len(text.text)
        groups.append(_Group(notes, low, high))
    low = 0
    for notes in sections:
        start = text.place(source.lines[blocks[notes[-1].block].rows[0].line].start)  # past headings between the notes
        groups.append(_Group(notes, low, start, _home(blocks, notes[0].block, source, text)))
        low = start
    if loose:
        last = text.place(source.lines[blocks[loose[-1].block].rows[0].line].start)
        groups.append(_Group(loose, 0, last))
    for notes in stars.values():
        low = 0
        for note in notes:
            start = text.place(source.lines[blocks[note.block].rows[0].line].start)
            groups.append(_Group([note], max(low, _work_start(blocks, note.block, source, text)), start))
            low = start
    return groups


_AT_THE_END = frozenset(("plain", "square", "round", "brace", "caret", "raised"))


def _adjacent(a: _Noted, b: _Noted, blocks: Sequence[Block]) -> bool:
    """Whether nothing but notes stands between two notes (a heading inside the notes aside)."""
    return all(
        (blocks[i].within and blocks[i].within[0].kind == "note") or blocks[i].kind in ("furniture", "heading", "ornament")
        for i in range(a.block, b.block)
    )


def _work_start(blocks: Sequence[Block], at: int, source: Source, text: _Text) -> int:
    for i in range(at, -1, -1):
        if blocks[i].kind == "heading" and blocks[i].facts.level == 1:
            return text.place(source.lines[blocks[i].first].start)
    return 0


def _home(blocks: Sequence[Block], at: int, source: Source, text: _Text) -> int:
    """Where the division begins at whose end notes stand under a heading of their own; 0 if the headings do not tell."""
    level = 0
    for i in range(at, -1, -1):
        if blocks[i].kind != "heading":
            continue
        if level and blocks[i].facts.level < level:
            return text.place(source.lines[blocks[i].first].start)
        level = level or blocks[i].facts.level
    return 0


def _link(
    group: _Group, text: _Text, language: Language, where: Mapping[int, int], anchors: list[Anchor], of_note: dict[int, list[str]]
) -> None:
    notes, low, high, home = group
    style = Counter(note.style for note in notes).most_common(1)[0][0]
    if style == "star":
        _link_stars(notes, low, high, text, anchors, of_note)
        return
    closing = all(note.closed for note in notes)
    candidates = _candidates(style, {note.container.n for note in notes}, low, high, text, language)
    chain: list[tuple[_Candidate, _Noted]] = []
    if home > low:
        # a work before it that has references and no notes must not take them; but one may share the notes of the next
        chain = _chain([candidate for candidate in candidates if candidate.start >= home], notes)
    if 2 * len(chain) < len(notes) or not chain:
        chain = _chain(candidates, notes)
    if style != "plain":
        above = _above(candidates, notes, where, {anchor.start for anchor in anchors}, text)
        if len({note.container.key for _, note in above}) >= len(chain):
            chain = above
    for candidate, note in chain:
        if closing and text.text[candidate.end : candidate.end + 1] == ")":
            candidate = _Candidate(candidate.start, candidate.end + 1, candidate.n, candidate.weight)
        start = text.source(candidate.start)
        key = f"r{start}"
        why = Decision("note-chain", f"{candidate.n} runs on against the notes", min(0.99, 0.7 + 0.06 * candidate.weight))
        anchors.append(Anchor(start, start + candidate.end - candidate.start, candidate.n, key, (f"n{note.container.key}",), why))
        of_note[note.container.key].append(key)


def _above(
    candidates: Sequence[_Candidate], notes: Sequence[_Noted], where: Mapping[int, int], taken: Collection[int], text: _Text
) -> list[tuple[_Candidate, _Noted]]:
    """Bracketed references, each with the first note of its number below it: several may share one, and numbers may begin anew anywhere.

    Between paragraphs a note is near; what stands far above belongs to another that was lost.
    """
    by_n: dict[str, list[tuple[int, _Noted]]] = defaultdict(list)
    for note in notes:
        by_n[note.container.n].append((where[note.container.key], note))
    found = []
    for candidate in candidates:
        places = by_n[candidate.n]
        k = bisect_right(places, candidate.start, key=lambda placed: placed[0])
        if k < len(places) and text.source(candidate.start) not in taken:
            found.append((candidate, places[k][1]))
    return found


def _link_within(
    notes: Sequence[_Noted], source: Source, blocks: Sequence[Block], anchors: list[Anchor], of_note: dict[int, list[str]]
) -> None:
    """Notes to which only another note refers, in the brackets that they have themselves."""
    wanted: dict[str, list[_Noted]] = defaultdict(list)
    for note in notes:
        if note.style in ("square", "brace") and note.container.place == "end":
            wanted[note.container.n].append(note)
    if not wanted:
        return
    known = {anchor.start for anchor in anchors}
    for i, block in enumerate(blocks):
        if not block.within or block.within[0].kind != "note":
            continue
        for row in block.rows:
            line = source.lines[row.line]
            for m in (*_SQUARE.finditer(line.text), *_BRACE.finditer(line.text)) if "[" in line.text or "{" in line.text else ():
                start = line.start + m.start()
                if m[1] not in wanted or not line.text[: m.start()].strip() or start in known:
                    continue
                target = min(wanted[m[1]], key=lambda note: abs(note.block - i))
                if target.container == block.within[0] or abs(target.block - i) > MOST_NOTES or target.container.key in of_note:
                    continue
                why = Decision("note-chain", f"{m[1]} in another note", 0.9)
                anchors.append(Anchor(start, line.start + m.end(), m[1], f"r{start}", (f"n{target.container.key}",), why))
                of_note[target.container.key].append(f"r{start}")


MOST_NOTES = 400  # blocks between a note and one that refers to it


def _link_stars(group: list[_Noted], low: int, high: int, text: _Text, anchors: list[Anchor], of_note: dict[int, list[str]]) -> None:
    for m in _stars(text.text, low, high):
        for note in group:
            if note.container.n.rstrip(")") == m[1] and not (
                len(group) > 1 and of_note.get(note.container.key) and note.container.place == "bottom" and _later(group, note, of_note)
            ):
                start = text.source(m.start(1))
                closed = note.closed and text.text[m.end(1) : m.end(1) + 1] == ")"
                why = Decision("note-chain", f"{m[1]} in the text of the note", 0.85)
                anchors.append(Anchor(start, start + len(m[1]) + closed, m[1], f"r{start}", (f"n{note.container.key}",), why))
                of_note[note.container.key].append(f"r{start}")
                break


def _stars(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """The matches of :data:`_STARS`, looked for only where such a sign stands."""
    at = low
    while (sign := _SIGN.search(text, at, high)) is not None:
        start = sign.start()
        m = (_STARS.match(text, start - 1, high) if start - 1 >= at else None) or _STARS.match(text, start, high)
        at = start + 1 if m is None else m.end()
        if m is not None:
            yield m


def _later(group: list[_Noted], note: _Noted, of_note: dict[int, list[str]]) -> bool:
    return any(other is not note and other.container.n == note.container.n and not of_note.get(other.container.key) for other in group)


def _candidates(style: str, wanted: set[str], low: int, high: int, text: _Text, language: Language) -> list[_Candidate]:
    found: list[_Candidate] = []
    if style in ("square", "worded"):
        found = [_Candidate(m.start(), m.end(), m[1], 5.0) for m in _SQUARE.finditer(text.text, low, high) if m[1] in wanted]
    if style in ("square", "worded") and not found and any(n[0] in "*†‡§¶" for n in wanted):
        found = [_Candidate(m.start(1), m.end(1), m[1], 5.0) for m in _stars(text.text, low, high) if m[1] in wanted]
    if style in ("brace", "caret"):
        pattern = _BRACE if style == "brace" else _CARET
        found = [_Candidate(m.start(), m.end(), m[1], 5.0) for m in pattern.finditer(text.text, low, high) if m[1] in wanted]
    if style == "raised":
        raised = ((m, m[0].translate(RAISED)) for m in _RAISED.finditer(text.text, low, high))
        found = [_Candidate(m.start(), m.end(), n, 5.0) for m, n in raised if n in wanted]
    if style == "round" or (style == "worded" and not found):
        found = [_Candidate(m.start(), m.end(), m[1], 5.0) for m in _ROUND.finditer(text.text, low, high) if m[1] in wanted]
    if style == "plain" or (style == "worded" and not found):
        found = _plain_candidates(wanted, low, high, text, language)
    return found


_COUNTING = frozenset(("volume", "part", "book", "act", "chapter", "scene", "section", "article", "subsection", "letter"))


@lru_cache(maxsize=8)
def _quantities(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Words before a number that it counts (a month, a word for a page, a division) and words behind a quantity, folded."""
    divisions = [form for form, word in language.divisions.items() if word.type in _COUNTING]
    before = (*language.months, *language.citation_units, *divisions, *language.weekdays)
    behind = (
        "per",
        "percent",
        "million",
        "millions",
        "billion",
        "thousand",
        "hundred",
        "dozen",
        "years",
        "year",
        "times",
        "days",
        "day",
        "hours",
        "hour",
    )
    return frozenset(fold(word).split()[-1] for word in before if word), frozenset((*behind, *map(fold, language.months)))


_GLUED = re.compile(r"[^\W\d_]{3}")  # the next word, its white space lost: no ordinal and no unit is so long
_BEFORE = re.compile(r"(§+|[^\W\d_]+\.?)\s?$")
_MARKS_ITEM = re.compile(r"[.)] +\w")  # behind a number at the front of a line
_BEHIND = re.compile(r" ([^\W\d_]+)")


def _plain_candidates(wanted: set[str], low: int, high: int, text: _Text, language: Language) -> list[_Candidate]:
    bracketed = [_Candidate(m.start(), m.end(), m[1], 5.0) for m in _SQUARE.finditer(text.text, low, high) if m[1] in wanted]
    bracketed += [
        _Candidate(m.start(), m.end(), m[1], 3.0)
        for m in _ROUND.finditer(text.text, low, high)
        if m[1] in wanted and text.text[m.start() - 1 : m.start()] not in ("\n", "")
    ]
    counted, counting = _quantities(language)
    string = text.text
    for m in _FIGURES.finditer(string, low, high):
        n = m[0]
        if n not in wanted or n[0] == "0":
            continue
        start, end = m.start(), m.end()
        if _QUANTITY.search(string[max(0, start - 2) : start]) or _GOES_ON.match(string, end):
            continue
        weight = _weight(string, start, end, counted, counting)
        if weight > 0 and not (string[start - 1 : start] == "[" and string[end : end + 1] == "]"):
            bracketed.append(_Candidate(start, end, n, weight))
    return sorted(bracketed, key=lambda c: c.start)


def _weight(string: str, start: int, end: int, counted: frozenset[str], counting: frozenset[str]) -> float:
    """How a number is printed: like a reference (raised beside a word or point) or like a quantity."""
    before = string[max(0, start - 24) : start]
    after = string[end : end + 16]
    word = _BEFORE.search(before)
    if word is not None and (fold(word[1]) in counted or (before[-1:] != "." and fold(word[1]).rstrip(".") in counted)):
        return 0.0
    word = _BEHIND.match(after)
    if word is not None and fold(word[1]) in counting:
        return 0.0
    last = before[-1:]
    if last == "\n" and _MARKS_ITEM.match(after) and before[-2:-1] in '.?!:;)”"':
        return 0.0
    if last and not last.isspace():
        if last in _ATTACHED or last.isalpha():
            return 4.0
        return 0.0 if last in "-–—(" else 1.0
    if _GLUED.match(after):
        return 1.2
    bare = before.rstrip()
    point = bare[-1:]
    follows = after.lstrip(" \n")[:1]
    if after[:1] and after[:1] in '.,;:)”"' and point.isalpha():
        return 1.5
    if after[:2] in (" ;", " :", " ?", " !", " .", " )", " ,"):
        return 2.0
    if point in ',;:)”"’' or point in ".!?":
        if follows.islower() or (follows in '—–"“' and follows) or (point in '.!?)”"’' and follows.isupper()) or not after.strip():
            return 2.5
        return 1.2
    if (after[:1] == "\n" and point.isalpha()) or not after:
        return 1.2
    return 0.4


def _chain(candidates: list[_Candidate], group: list[_Noted]) -> list[tuple[_Candidate, _Noted]]:
    """The heaviest chain that rises in both: candidates in the order of the text, notes in theirs."""
    by_n: dict[str, list[int]] = defaultdict(list)
    for k, note in enumerate(group):
        by_n[note.container.n].append(k)
    size = len(group)
    best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)  # Fenwick tree: heaviest chain that ends at or before a note
    nodes: list[tuple[int, int, int]] = []  # candidate, note, previous node
    weights: list[float] = []

    def query(k: int) -> tuple[float, int]:
        top = (0.0, -1)
        while k > 0:
            if best[k][0] > top[0]:
                top = best[k]
            k -= k & -k
        return top

    for c, candidate in enumerate(candidates):
        for k in reversed(by_n.get(candidate.n, ())):
            weight, back = query(k)
            nodes.append((c, k, back))
            weights.append(weight + candidate.weight + EACH)
            entry = (weights[-1], len(nodes) - 1)
            at = k + 1
            while at <= size:
                if entry[0] > best[at][0]:
                    best[at] = entry
                at += at & -at
    _, node = query(size)
    chain: list[tuple[_Candidate, _Noted]] = []
    while node >= 0:
        c, k, node = nodes[node]
        chain.append((candidates[c], group[k]))
    return [(c, n) for c, n in reversed(chain) if c.weight >= SURE or (len(chain) > 3 and c.weight >= 0.4)]
