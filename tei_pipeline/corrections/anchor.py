"""Entries joined to places: what finds no words, several, or contradicts another is an error, never skipped and never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tei_pipeline.blocks import Block
from tei_pipeline.corrections.entry import EditorCorrection
from tei_pipeline.corrections.text import Place, Words
from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.errors import printable

SHOWN = 5  # places that a message names before it only counts
LONGEST_SHOWN = 60  # characters of words in a message
SOMEBODY = "editor"  # who answers for a correction when the sidecar names nobody


class Located(Struct, frozen=True):
    """A correction and its place: source offsets, and the range to the end of its last words (``to``), if it has some."""

    entry: EditorCorrection
    start: int
    end: int
    last: int
    who: str

    @property
    def decision(self) -> Decision:
        """The decision that the correction is."""
        return Decision("editor", self.entry.why or self.entry.what, 1.0, self.who)

    @property
    def range(self) -> Place:
        """From its first words to the end of its last."""
        return Place(self.start, max(self.end, self.last))


def locate(
    entries: Sequence[EditorCorrection], words: Words, blocks: Sequence[Block], label: str, who: str = SOMEBODY
) -> tuple[list[Located], list[Problem]]:
    """The entries that have one place, in the order of the sidecar, and an error for each of the others.

    ``blocks`` as the rules propose them tell which headings there are; ``label`` is what messages call the sidecar.
    """
    found: list[Located] = []
    problems: list[Problem] = []
    for entry in entries:
        place, problem = _place(entry, words, blocks)
        last = place.end if place is not None else 0
        if place is not None and entry.to and entry.kind != "link":
            ends = [end for end in words.find(entry.to) if end.end >= place.end and end.start >= place.start]
            if ends:
                last = ends[0].end
            else:
                problem = _lost(entry, "to", entry.to, words)
        if problem is None and place is not None:
            found.append(Located(entry, place.start, place.end, last, entry.who or who))
        elif problem is not None:
            problems.append(Problem("error", problem[0], f"{_named(entry)}: {problem[1]}", entry.line, label, label))
    kept, contradictions = _agreeing(found, label)
    return kept, [*problems, *contradictions]


def quoted(words: str) -> str:
    """Words in a message: short, on one line."""
    text = printable(" ".join(words.split()))
    return f'"{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"}"'


def _named(entry: EditorCorrection) -> str:
    return f"{entry.kind} {quoted(entry.words)}"


def _place(entry: EditorCorrection, words: Words, blocks: Sequence[Block]) -> tuple[Place | None, tuple[str, str] | None]:
    """The place, or the code and the sentence that say why there is none."""
    within: Place | None = None
    if entry.inside:
        around = words.find(entry.inside)
        if entry.under:
            around = [place for place in around if any(part.start <= place.start < part.end for part in _under(entry.under, words, blocks))]
        if len(around) != 1:
            return None, (_ambiguous(entry.inside, around, words, "in") if around else _lost(entry, "in", entry.inside, words))
        within = around[0]
    found = words.find(entry.words, within)
    if entry.under and not entry.inside:
        parts = _under(entry.under, words, blocks)
        if not parts:
            return None, _lost(entry, "under", entry.under, words)
        found = [place for place in found if any(part.start <= place.start < part.end for part in parts)]
    if not found:
        return None, _lost(entry, "words", entry.words, words)
    if entry.of is not None and entry.of != len(found):
        return None, _recounted(entry, found, words)
    if entry.occurrence is not None:
        if entry.occurrence > len(found):
            return None, _recounted(entry, found, words)
        return found[entry.occurrence - 1], None
    return (found[0], None) if len(found) == 1 else (None, _ambiguous(entry.words, found, words, "words"))


def _under(heading: str, words: Words, blocks: Sequence[Block]) -> list[Place]:
    """The stretches that stand under a heading: to the next one."""
    sought = "".join(heading.split())
    lines = words.source.lines
    heads = [block for block in blocks if block.kind == "heading" and block.rows]
    ends = [lines[block.first].start for block in heads[1:]] + [len(words.source.text)]
    return [
        Place(lines[block.rows[0].line].start, end)
        for block, end in zip(heads, ends, strict=True)
        if "".join(block.text.split()).startswith(sought)
    ]


def _lost(entry: EditorCorrection, key: str, sought: str, words: Words) -> tuple[str, str]:
    where = f" under the heading {quoted(entry.under)}" if entry.under and key == "words" else ""
    what = "the words do not stand in the text" if key == "words" else f"{key} = {quoted(sought)} does not stand in the text"
    if where:
        what = f"the words do not stand{where}"
    elif key == "to":
        what = f"to = {quoted(sought)} does not stand after the words"
    near = words.near(sought)
    if near is None:
        return "correction-lost", f"{what}, nor anything like them; give them as they are printed now, or take the correction out"
    return "correction-lost", (
        f"{what}; the nearest is {quoted(words.shown(near.place))} in line {words.line(near.place.start)}: "
        "give the words as they are printed now, or take the correction out"
    )


def _ambiguous(sought: str, found: Sequence[Place], words: Words, key: str) -> tuple[str, str]:
    return "correction-ambiguous", (
        f"{key} = {quoted(sought)} stands in {len(found)} places ({_lines(found, words)}); give more words, in, under or occurrence"
    )


def _recounted(entry: EditorCorrection, found: Sequence[Place], words: Words) -> tuple[str, str]:
    was = f" of {entry.of}" if entry.of is not None else ""
    return "correction-ambiguous", (
        f"occurrence {entry.occurrence or 1}{was} was meant, and now the words stand in {len(found)} places "
        f"({_lines(found, words)}); see which it is, and mend occurrence and of, or give more words"
    )


def _lines(found: Sequence[Place], words: Words) -> str:
    numbers = [str(words.line(place.start)) for place in found[:SHOWN]]
    return f"line{'s' if len(found) > 1 else ''} {', '.join(numbers)}{' …' if len(found) > SHOWN else ''}"


# ---------------------------------------------------------------- contradictions

_STARTS = frozenset({"block", "level", "speaker", "join", "split"})  # they speak of the block that begins or lies at a place


def _agreeing(found: list[Located], label: str) -> tuple[list[Located], list[Problem]]:
    """The corrections without those that another one contradicts, and an error that names both."""
    wrong: set[int] = set()
    problems: list[Problem] = []
    ordered = sorted(range(len(found)), key=lambda at: (found[at].start, found[at].range.end, at))
    open_: list[int] = []
    for at in ordered:
        open_ = [other for other in open_ if found[other].range.end > found[at].start]
        for other in open_:
            first, second = sorted((at, other))
            if why := _contradiction(found[first], found[second]):
                wrong |= {first, second}
                lines = f"the corrections in lines {found[first].entry.line} and {found[second].entry.line}"
                message = f"{lines} contradict each other: {why}; take one of them out"
                problems.append(Problem("error", "correction-contradiction", message, found[second].entry.line, label, label))
        open_.append(at)
    return [each for at, each in enumerate(found) if at not in wrong], problems


def _contradiction(one: Located, other: Located) -> str:
    """Why two corrections that overlap cannot both hold, or nothing."""
    a, b = one.entry, other.entry
    kinds = {a.kind, b.kind}
    said = f"{_named(a)} says {a.what}, {_named(b)} says {b.what}"
    same = one.start == other.start
    if kinds == {"block"}:
        return said if (a.become, a.level) != (b.become, b.level) and (same or _cross(one, other)) else ""
    if kinds <= _STARTS and same:
        levels = {"level", "block"}
        if kinds == {"level"}:
            return said if a.level != b.level else ""
        if kinds == levels:
            block = a if a.kind == "block" else b
            level = b if a.kind == "block" else a
            return said if block.become != "heading" or block.level not in (0, level.level) else ""
        if kinds == {"speaker"}:
            return said if a.become != b.become else ""
        if kinds in ({"join", "split"}, {"block", "speaker"}, {"level", "speaker"}):
            return said
        return ""
    if kinds == {"reading"}:
        return said if (one.start, one.end, a.read) != (other.start, other.end, b.read) else ""
    if kinds == {"attribute"}:
        return said if same and (a.on, a.name) == (b.on, b.name) and a.value != b.value else ""
    if kinds == {"link", "unlink"} or (kinds == {"link"} and a.to != b.to):
        return said
    if kinds == {"quotation", "remove"} and same and one.range == other.range:
        removes = a if a.kind == "remove" else b
        return said if removes.become == "quotation" else ""
    return ""


def _cross(one: Located, other: Located) -> bool:
    if not one.entry.to or not other.entry.to or one.range == other.range:
        return False
    return one.start < other.range.end and other.start < one.range.end


def anchored(words: Words, place: Place, exact: bool = False) -> Iterator[tuple[str, str | int]]:
    """The keys of an anchor for a place. ``exact``: the words must be those of the place and no more, and ``in`` tells which they are."""
    own = words.shown(place)
    if exact and words.is_unique(own):
        yield "words", own
        return
    longer, occurrence, of = words.anchor(place)
    if exact and occurrence is None and longer != own:
        yield from (("words", own), ("in", longer))
        inside = words.find(own, words.find(longer)[0])
        if len(inside) > 1:
            yield from (("occurrence", 1), ("of", len(inside)))
        return
    yield "words", longer
    if occurrence is not None and of is not None:
        yield from (("occurrence", occurrence), ("of", of))
