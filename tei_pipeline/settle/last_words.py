"""Dialogues in a book that is none: where the last speech ends, since nobody answers it."""

from __future__ import annotations

from itertools import groupby

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout

USUAL = 0.75  # of the speeches have no more blocks than the usual one
FEW = 3  # times as many blocks as the usual speech has, and more, are no speech: the book goes on


def last_words(blocks: list[Block], layout: Layout) -> list[Block]:
    """In a book with some pages of dialogue, a speech that goes on much longer than the others ends where they do: the book goes on."""
    if layout.speaker_style != "local":
        return blocks
    speeches = [list(run) for key, run in groupby(range(len(blocks)), lambda i: _speech(blocks[i])) if key is not None]
    if not speeches:
        return blocks
    usual = sorted(map(len, speeches))[int(USUAL * (len(speeches) - 1))]
    result = list(blocks)
    for run in speeches:
        if len(run) > FEW * usual:
            for i in run[usual:]:
                decision = Decision(
                    "last-words", f"other speeches have {usual} block{'s' * (usual > 1)}, this one would have {len(run)}", 0.8
                )
                result[i] = replace(blocks[i], within=blocks[i].within[1:], decisions=(*blocks[i].decisions, decision))
    return result


def _speech(block: Block) -> int | None:
    return block.within[0].key if block.within and block.within[0].kind == "speech" else None
