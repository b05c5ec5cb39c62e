"""The note chain: which printed number refers to which note, settled for the whole book by the best monotone chain.

A number in a text may be a year, a page, a quantity. What makes it a reference is that the numbers 1, 2, 3 … come in this
order where a reference can stand, and that as many notes follow. So candidates are weighed by how they are printed, and
the heaviest rising chain against the notes wins, not the first digit that fits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.inline.context import Anchor
from tei_pipeline.language import Language
from tei_pipeline.layout import Layout
from tei_pipeline.settle.notes.beyond_page import beyond_page
from tei_pipeline.settle.notes.candidates import BRACE, Candidate, candidates_of, square, stars_in
from tei_pipeline.settle.notes.chain import best_chain
from tei_pipeline.settle.notes.continued import continued
from tei_pipeline.settle.notes.groups import Group, Noted, RunningText, collect, groups_of
from tei_pipeline.settle.notes.lone_references import lone_references
from tei_pipeline.settle.notes.misread import misread
from tei_pipeline.settle.notes.notes_within import within_text
from tei_pipeline.settle.notes.shared_notes import with_shared
from tei_pipeline.source import Source


class Links(Struct, frozen=True):
    """The settled references, the references of each note by its container's key, and what found no partner.

    ``continued``: the keys of parts of notes, each with that of the part before it.
    """

    anchors: tuple[Anchor, ...] = ()
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    continued: dict[int, int] = field(default_factory=dict)


def link_notes(source: Source, blocks: Sequence[Block], layout: Layout) -> Links:
    """Join references and notes."""
    noted = with_shared(collect(blocks), blocks)
    if not noted and not any(printed in source.text for printed in ("[1]", "(*", "[*", "(†", "[†")):
        return Links()
    text = RunningText(source, blocks)
    pages = sorted(line for line, (kind, _) in layout.furniture.items() if kind not in ("rule", "scrap"))
    feet = {row.line for foot in layout.feet for row in foot.rows}
    anchors: list[Anchor] = []
    of_note: dict[int, list[str]] = defaultdict(list)
    problems: list[Problem] = []
    where = {note.container.key: text.place(source.lines[blocks[note.block].rows[0].line].start) for note in noted}
    for group in groups_of(noted, blocks, source, text, pages, feet):
        _link(group, text, layout.language, where, anchors, of_note)
    if pages:
        placed = {key: text.place(int(found[-1][1:])) for key, found in of_note.items()}
        for candidate, note in beyond_page(noted, placed, blocks, source, text, pages, layout.language):
            _anchor(candidate, note, "of the page before or after runs on", text, anchors, of_note)
        placed = {key: text.place(int(found[-1][1:])) for key, found in of_note.items()}
        for candidate, note in misread(noted, placed, blocks, source, text, pages):
            _anchor(candidate, note, "was misread by a scanner", text, anchors, of_note)
    _link_within([note for note in noted if note.container.key not in of_note], source, blocks, anchors, of_note)
    anchors.sort(key=lambda a: a.start)
    if inside := within_text(text, anchors, layout.language):
        anchors = sorted([*anchors, *inside], key=lambda a: a.start)
    lone, unanswered = lone_references(text, anchors, source)
    if lone:
        anchors = sorted([*anchors, *lone], key=lambda a: a.start)
        problems += unanswered
    for note in noted:
        if note.container.key not in of_note and note.container.n:
            line = blocks[note.block].rows[0].line + 1
            problems.append(Problem("warning", "note-without-reference", f"note {note.container.n} has no reference in the text", line))
    return Links(tuple(anchors), {k: tuple(v) for k, v in of_note.items()}, tuple(problems), continued(blocks))


def _link(
    group: Group, text: RunningText, language: Language, where: Mapping[int, int], anchors: list[Anchor], of_note: dict[int, list[str]]
) -> None:
    notes, low, high, home = group
    style = Counter(note.style for note in notes).most_common(1)[0][0]
    if style == "star":
        _link_stars(notes, low, high, text, anchors, of_note)
        return
    closing = all(note.closed for note in notes)
    taken = {anchor.start for anchor in anchors}
    wanted = {note.container.n for note in notes}
    candidates = [c for c in candidates_of(style, wanted, low, high, text, language) if text.source(c.start) not in taken]
    chain: list[tuple[Candidate, Noted]] = []
    if home > low:
        # a work before it that has references and no notes must not take them; but one may share the notes of the next
        chain = best_chain([candidate for candidate in candidates if candidate.start >= home], notes)
        whole = best_chain(candidates, notes) if chain else []
        if len(whole) > len(chain) and (whole[-len(chain) :] == chain or len(whole) == len(notes)):
            chain = whole  # the first notes are those on the title and preface above, or all are at the end of the book
    if 2 * len(chain) < len(notes) or not chain:
        chain = best_chain(candidates, notes)
    if style not in ("plain", "closed"):
        above = _above(candidates, notes, where)
        if len({note.container.key for _, note in above}) >= len(chain):
            chain = above
    for candidate, note in chain:
        if closing and text.text[candidate.end : candidate.end + 1] == ")":
            candidate = Candidate(candidate.start, candidate.end + 1, candidate.n, candidate.weight)
        _anchor(candidate, note, "runs on against the notes", text, anchors, of_note)


def _anchor(
    candidate: Candidate, note: Noted, evidence: str, text: RunningText, anchors: list[Anchor], of_note: dict[int, list[str]]
) -> None:
    """Make a place of the running text the reference to a note."""
    start = text.source(candidate.start)
    key = f"r{start}"
    why = Decision("note-chain", f"{candidate.n} {evidence}", min(0.99, 0.7 + 0.06 * candidate.weight))
    anchors.append(Anchor(start, start + candidate.end - candidate.start, candidate.n, key, (f"n{note.container.key}",), why))
    of_note[note.container.key].append(key)


def _above(candidates: Sequence[Candidate], notes: Sequence[Noted], where: Mapping[int, int]) -> list[tuple[Candidate, Noted]]:
    """Bracketed references, each with the first note of its number below it: several may share one, and numbers may begin anew anywhere.

    Between paragraphs a note is near; what stands far above belongs to another that was lost.
    """
    by_n: dict[str, list[tuple[int, Noted]]] = defaultdict(list)
    for note in notes:
        by_n[note.container.n].append((where[note.container.key], note))
    found = []
    for candidate in candidates:
        places = by_n[candidate.n]
        k = bisect_right(places, candidate.start, key=lambda placed: placed[0])
        if k < len(places):
            found.append((candidate, places[k][1]))
    return found


def _link_within(
    notes: Sequence[Noted], source: Source, blocks: Sequence[Block], anchors: list[Anchor], of_note: dict[int, list[str]]
) -> None:
    """Notes to which only another note refers, in the brackets that they have themselves."""
    wanted: dict[str, list[Noted]] = defaultdict(list)
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
            for m in (*square().finditer(line.text), *BRACE.finditer(line.text)) if "[" in line.text or "{" in line.text else ():
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


def _link_stars(group: list[Noted], low: int, high: int, text: RunningText, anchors: list[Anchor], of_note: dict[int, list[str]]) -> None:
    for m in stars_in(text.text, low, high):
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
    for note in group:
        if note.container.key not in of_note and (place := _opening(note.container.n, low, high, text)) is not None:
            start, n = text.source(place), note.container.n
            why = Decision("note-chain", f"{n} before the first word of a paragraph, above its note", 0.8)
            anchors.append(Anchor(start, start + len(n), n, f"r{start}", (f"n{note.container.key}",), why))
            of_note[note.container.key].append(f"r{start}")


def _opening(n: str, low: int, high: int, text: RunningText) -> int | None:
    """The last paragraph between two places that begins with a sign right against its first word."""
    places = (place for place in text.opens if low <= place < high and text.text.startswith(n, place))
    return max((place for place in places if text.text[place + len(n) : place + len(n) + 1].isalnum()), default=None)


def _later(group: list[Noted], note: Noted, of_note: dict[int, list[str]]) -> bool:
    return any(other is not note and other.container.n == note.container.n and not of_note.get(other.container.key) for other in group)
