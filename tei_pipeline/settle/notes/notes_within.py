"""Notes inside paragraphs that have a number: the reference stands in the text above, as for notes of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from tei_pipeline.decisions import Decision
from tei_pipeline.inline.context import Anchor
from tei_pipeline.inline.notes import SIGNED
from tei_pipeline.language import Language
from tei_pipeline.rules.words import words
from tei_pipeline.settle.notes.groups import RunningText

_NUMBER = re.compile(r"\[([0-9]{1,4}|[A-Z])\]")
FARTHEST = 4500  # characters between a reference and its note: as much as a large page holds


def within_text(text: RunningText, linked: Sequence[Anchor], language: Language) -> list[Anchor]:
    """The references to notes in brackets inside paragraphs: "[Footnote 3: It was sold.]" has the nearest [3] above it that no note has."""
    known = {anchor.start for anchor in linked}
    signed = _signed(text, known)
    places = [(m.start(), m[1]) for m in _NUMBER.finditer(text.text) if text.source(m.start()) not in known]
    if not places:
        return signed
    found = signed
    for note in words(language).note_within.finditer(text.text):
        n = note["n"]
        nearest = next((place for place in reversed(places) if place[0] < note.start() and place[1] == n), None) if n else None
        if nearest is None or note.start() - nearest[0] > FARTHEST:
            continue
        places.remove(nearest)
        start = text.source(nearest[0])
        why = Decision("note-chain", f"{n} stands above the note in brackets", 0.95)
        found.append(Anchor(start, start + len(n) + 2, n, f"r{start}", (f"nb{text.source(note.start())}",), why))
    return found


def _signed(text: RunningText, known: Set[int]) -> list[Anchor]:
    """The signs right before the brackets that begin with the same: "a rope* (* It was sold.)"."""
    found: list[Anchor] = []
    for m in SIGNED.finditer(text.text):
        start = text.source(m.start())
        if start not in known:
            why = Decision("note-chain", f"{m['n']} stands right before the note in brackets", 0.95)
            found.append(Anchor(start, start + len(m["n"]), m["n"], f"r{start}", (f"nb{text.source(m.start('open'))}",), why))
    return found
