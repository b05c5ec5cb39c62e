"""Notes at the foot of another page than that of their references: the page had no room for them, or was divided elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from tei_pipeline.blocks import Block
from tei_pipeline.language import Language
from tei_pipeline.settle.notes.candidates import Candidate, candidates_of
from tei_pipeline.settle.notes.groups import Noted, RunningText
from tei_pipeline.source import Source

ATTACHED = 4.0  # the least weight of a reference right behind its word, or in brackets


def beyond_page(
    noted: Sequence[Noted],
    placed: Mapping[int, int],
    blocks: Sequence[Block],
    source: Source,
    text: RunningText,
    pages: Sequence[int],
    language: Language,
) -> list[tuple[Candidate, Noted]]:
    """The references of foot-notes to which their own page does not refer, on the page before or after. The notes are numbered on over
    the pages, and each reference stands between those of the notes before and after. ``placed``: the place in the running text of the
    last reference of a note, by its key; ``pages``: the source lines of what stands where pages meet.
    """
    ends = sorted({text.place(source.lines[line].start) for line in pages})
    feet = [note for note in noted if note.container.place == "bottom" and note.container.n.isdigit()]
    found: list[tuple[Candidate, Noted]] = []
    low = 0
    for i, note in enumerate(feet):
        if note.container.key in placed:
            low = placed[note.container.key]
            continue
        number = int(note.container.n)
        before, after = feet[i - 1 : i], feet[i + 1 : i + 2]
        if not any(int(b.container.n) == number - 1 for b in before) or any(int(b.container.n) <= number for b in after):
            continue
        page = bisect_left(ends, text.place(source.lines[blocks[note.block].rows[0].line].start))
        start = ends[page - 2] if page > 1 else 0
        end = ends[page + 1] if page + 1 < len(ends) else len(text.text)
        high = next((placed[b.container.key] for b in feet[i + 1 :] if b.container.key in placed), end)
        printed = candidates_of(note.style, {note.container.n}, max(low, start), min(high, end), text, language)
        sure = [candidate for candidate in printed if candidate.weight >= ATTACHED]
        if len(sure) == 1:
            found.append((sure[0], note))
            low = sure[0].end
    return found
