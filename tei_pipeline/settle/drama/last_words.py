"""Dialogues in a book that is none: where the last speech ends, since nobody answers it."""

from __future__ import annotations

from bisect import bisect
from itertools import groupby

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout

TOLD = 0.5  # of the paragraphs: in a play nearly all are spoken, prefaces and notes aside
_SAID = frozenset(("paragraph", "verse", "speaker"))
USUAL = 0.75  # of the speeches have no more blocks than the usual one
FEW = 3  # times as many blocks as the usual speech has, and more, are no speech: the book goes on


def last_words(blocks: list[Block], layout: Layout) -> list[Block]:
    """In a book with some pages of dialogue, or with a play among tales, a speech that goes on much longer than the others ends where
    they do: the book goes on.
    """
    if not layout.speakers or (layout.speaker_style != "local" and not is_told(blocks)):
        return blocks
    speeches = [list(run) for key, run in groupby(range(len(blocks)), lambda i: _speech(blocks[i])) if key is not None]
    if not speeches:
        return blocks
    said = [[i for i in run if blocks[i].kind in _SAID and len(blocks[i].within) == 1] for run in speeches]
    usual = max(1, sorted(map(len, said))[int(USUAL * (len(said) - 1))])
    heads = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    piece = [bisect(heads, run[0]) for run in speeches]
    result = list(blocks)
    for at, (run, words) in enumerate(zip(speeches, said, strict=True)):
        if len(words) <= FEW * usual:
            continue
        others = [len(other) for k, other in enumerate(said) if k != at and piece[k] == piece[at]]
        if len(words) <= FEW * max(others, default=usual):
            continue  # an interview has long answers throughout
        for i in (i for i in run if i >= words[usual]):
            decision = Decision(
                "last-words", f"other speeches have {usual} block{'s' * (usual > 1)}, this one would have {len(words)}", 0.8
            )
            result[i] = replace(blocks[i], within=blocks[i].within[1:], decisions=(*blocks[i].decisions, decision))
    return result


def is_told(blocks: list[Block]) -> bool:
    """Whether most of a book is told, though some of it is a play: a volume of tales with a comedy among them."""
    text = [block for block in blocks if block.kind in _SAID]
    return sum(_speech(block) is not None for block in text) < TOLD * len(text)


def _speech(block: Block) -> int | None:
    return block.within[0].key if block.within and block.within[0].kind == "speech" else None
