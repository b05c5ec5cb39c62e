"""Notes that go on at the foot of the next page: what stands there above the first siglum belongs to the last note before."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline.blocks import Block, Container


def continued(blocks: Sequence[Block]) -> dict[int, int]:
    """The key of each part of a note at the foot of a page that goes on with the note at the foot of an earlier one, and that note's key.

    The part has no siglum, and either its sentence is that of the part before, which is open, or it begins small.
    """
    found: dict[int, int] = {}
    seen: set[Container] = set()
    before: tuple[Container, Block] | None = None
    for block in blocks:
        note = next((container for container in block.within if container.kind == "note" and container.place == "bottom"), None)
        if note is None or not block.rows:
            continue
        if note not in seen and not note.n and before is not None:
            open_above = not before[1].rows[-1].ends_sentence
            if open_above or block.rows[0].starts_lower:
                found[note.key] = before[0].key
        seen.add(note)
        before = note, block
    return found
