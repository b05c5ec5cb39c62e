"""What differs between two editions: words changed, elements moved, renamed, retagged, added, taken away, attributes set."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from tei_pipeline.compare.flat import Flat, Piece
from tei_pipeline.fidelity import XML_ID

Kind = Literal["text", "moved", "retagged", "renamed", "added", "removed", "extent", "attribute"]
_POINTERS = frozenset({"target", "next", "prev", "corresp", "source", "who", "resp", XML_ID})
LEAVES = frozenset(
    {
        *("p", "head", "l", "ab", "item", "label", "speaker", "stage", "byline", "dateline", "salute", "signed", "trailer", "cell"),
        *("titlePart", "docImprint", "docEdition", "fw", "castItem", "figDesc", "bibl"),
    }
)
_JUNK_FROM = 400  # words: from here difflib may pass over frequent ones, which keeps whole chapters affordable


class Difference(Struct, frozen=True):
    """One difference. ``old`` and ``new`` are the elements (None: there is none there), the numbers ranges of printed characters.

    ``what`` says it in words; of text the words before and after stand in ``was`` and ``now``.
    """

    kind: Kind
    what: str
    start: int
    end: int
    old: Piece | None = None
    new: Piece | None = None
    was: str = ""
    now: str = ""
    attribute: str = ""


class Edit(Struct, frozen=True):
    """Words of the old text that stand otherwise in the new one, as ranges of printed characters of both."""

    start: int
    end: int
    new_start: int
    new_end: int
    moved: bool = False


class Alignment:
    """The printed characters of a new edition laid beside those of an old one."""

    def __init__(self, old: Flat, new: Flat) -> None:
        self.old, self.new = old, new
        self.edits = list(_edits(old, new)) if old.printed != new.printed else []
        self._starts = [0]
        self._shifts = [0]
        for edit in self.edits:
            self._starts.append(edit.new_end)
            self._shifts.append(edit.end - edit.new_end)

    def back(self, place: int) -> int:
        """The place in the old text of a place between characters in the new one."""
        for edit in self.edits:
            if edit.new_start < place < edit.new_end:
                return edit.end if place - edit.new_start > edit.new_end - place else edit.start
        at = bisect_right(self._starts, place) - 1
        return place + self._shifts[at]


def differences(old: Flat, new: Flat) -> list[Difference]:
    """All differences of two editions, in the order of the text."""
    aligned = Alignment(old, new)
    found = [*_of_text(aligned), *_of_structure(aligned)]
    return sorted(found, key=lambda one: (one.start, -one.end))


def _of_text(aligned: Alignment) -> Iterator[Difference]:
    old, new = aligned.old, aligned.new
    gone = {old.printed[e.start : e.end]: e for e in aligned.edits if e.end > e.start and e.new_start == e.new_end}
    for edit in aligned.edits:
        was, now = old.shown(edit.start, edit.end, 10_000), new.shown(edit.new_start, edit.new_end, 10_000)
        came = new.printed[edit.new_start : edit.new_end]
        if not was and came in gone and len(came) > 20:
            continue  # told where it went from
        if not now:
            words = old.printed[edit.start : edit.end]
            same = (e for e in aligned.edits if e.start == e.end and new.printed[e.new_start : e.new_end] == words)
            to = next(same, None)
            if to is not None and edit.end - edit.start > 20:
                where = "later" if to.start > edit.start else "earlier"
                yield Difference("moved", f"words moved to a place {where} in the text", edit.start, edit.end, was=was, now=was)
                continue
        what = "words changed" if was and now else "words added" if now else "words left out"
        yield Difference("text", what, edit.start, edit.end, was=was, now=now)


def _of_structure(aligned: Alignment) -> Iterator[Difference]:
    """Elements of one range in both are paired by name; what is left over was retagged, added, taken away, or reaches otherwise."""
    there: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in aligned.old.pieces:
        there[piece.range].append(piece)
    here: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in aligned.new.pieces:
        here[aligned.back(piece.start), aligned.back(piece.end)].append(piece)
    gone: list[Piece] = []
    came: list[tuple[Piece, tuple[int, int]]] = []
    for place in sorted(there.keys() | here.keys()):
        before, after = there.get(place, []), here.get(place, [])
        pairs, left, more = _pairs(before, after)
        for old, new in pairs:
            yield from _attributes(old, new)
        retagged = min(len(left), len(more)) if place[0] != place[1] else 0
        for old, new in zip(left[:retagged], more[:retagged], strict=True):
            yield Difference("retagged", f"{old.name} became {new.name}", *place, old, new)
            yield from _attributes(old, new)
        gone += left[retagged:]
        came += [(piece, place) for piece in more[retagged:]]
    yield from _left_over(gone, came)


def _pairs(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[list[tuple[Piece, Piece]], list[Piece], list[Piece]]:
    matcher = SequenceMatcher(None, [piece.name for piece in before], [piece.name for piece in after], autojunk=False)
    pairs: list[tuple[Piece, Piece]] = []
    for block in matcher.get_matching_blocks():
        pairs += [(before[block.a + k], after[block.b + k]) for k in range(block.size)]
    used_old, used_new = {id(old) for old, _ in pairs}, {id(new) for _, new in pairs}
    return pairs, [piece for piece in before if id(piece) not in used_old], [piece for piece in after if id(piece) not in used_new]


def _left_over(gone: list[Piece], came: list[tuple[Piece, tuple[int, int]]]) -> Iterator[Difference]:
    """Elements that reach otherwise (one name, one edge in common), then those that only one of the two has."""
    used: set[int] = set()
    edges: dict[tuple[str, str, int], list[Piece]] = defaultdict(list)
    for old in gone:
        edges[old.name, "start", old.start].append(old)
        edges[old.name, "end", old.end].append(old)
    for new, (start, end) in came:
        candidates = [*edges[new.name, "start", start], *edges[new.name, "end", end]]
        old_one = next((old for old in candidates if id(old) not in used and old.start != old.end), None)
        if old_one is not None and start != end:
            used.add(id(old_one))
            where = "ends" if old_one.start == start else "begins"
            later = (end > old_one.end) if where == "ends" else (start > old_one.start)
            what = f"{new.name} {where} {'later' if later else 'earlier'}"
            yield Difference("extent", what, start, end, old_one, new)
        else:
            yield Difference("added", f"{new.name} added", start, end, None, new)
    for old in gone:
        if id(old) not in used:
            yield Difference("removed", f"{old.name} taken away", old.start, old.end, old, None)


def _attributes(old: Piece, new: Piece) -> Iterator[Difference]:
    one = {str(name): str(value) for name, value in old.element.attrib.items()}
    other = {str(name): str(value) for name, value in new.element.attrib.items()}
    if old.identifier and new.identifier and old.identifier != new.identifier:
        yield Difference("renamed", f"{old.name} {old.identifier} is {new.identifier}", *old.range, old, new)
    for name in sorted(one.keys() | other.keys()):
        if name in _POINTERS or one.get(name) == other.get(name):
            continue
        shown = f"xml:{name.rpartition('}')[2]}" if name.startswith("{") else name
        if name not in other:
            what = f"{new.name}/@{shown} taken away"
        else:
            what = f'{new.name}/@{shown} = "{other[name]}"' + (f', was "{one[name]}"' if name in one else "")
        yield Difference("attribute", what, *old.range, old, new, one.get(name, ""), other.get(name, ""), shown)


# ---------------------------------------------------------------- words


def _edits(old: Flat, new: Flat) -> Iterator[Edit]:
    """Where the words differ: leaf by leaf first, then word by word inside those that differ."""
    olds, news = _chunks(old), _chunks(new)
    matcher = SequenceMatcher(None, [old.printed[a:b] for a, b in olds], [new.printed[a:b] for a, b in news], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        span = (olds[a][0], olds[b - 1][1]) if b > a else (olds[a][0] if a < len(olds) else len(old.printed),) * 2
        other = (news[c][0], news[d - 1][1]) if d > c else (news[c][0] if c < len(news) else len(new.printed),) * 2
        yield from _word_edits(old, new, (span[0], span[-1]), (other[0], other[-1]))


def _chunks(edition: Flat) -> list[tuple[int, int]]:
    """The printed characters cut where leaves begin and end."""
    cuts = {0, len(edition.printed)}
    for piece in edition.pieces:
        if piece.name in LEAVES:
            cuts |= {piece.start, piece.end}
    edges = sorted(cuts)
    return list(zip(edges, edges[1:], strict=False))


def _word_edits(old: Flat, new: Flat, span: tuple[int, int], other: tuple[int, int]) -> Iterator[Edit]:
    one = [(max(a, span[0]), min(b, span[1])) for a, b in old.words if a < span[1] and b > span[0]]
    two = [(max(a, other[0]), min(b, other[1])) for a, b in new.words if a < other[1] and b > other[0]]
    junk = len(one) > _JUNK_FROM or len(two) > _JUNK_FROM
    matcher = SequenceMatcher(None, [old.printed[a:b] for a, b in one], [new.printed[a:b] for a, b in two], autojunk=junk)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        start = one[a][0] if a < len(one) else span[1]
        end = one[b - 1][1] if b > a else start
        new_start = two[c][0] if c < len(two) else other[1]
        new_end = two[d - 1][1] if d > c else new_start
        yield Edit(start, end, new_start, new_end)
