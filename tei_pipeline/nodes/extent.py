"""How far a node reaches over the blocks, what interrupts it aside."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container


def container_end(blocks: Sequence[Block], at: int, depth: int, last: int) -> int:
    """Past what the container at a depth encloses, of which ``last`` is the place of the last block in the whole run."""
    container = blocks[at].within[depth]
    end = at + 1
    probe = end
    while probe <= last:
        block = blocks[probe]
        if len(block.within) > depth and block.within[depth] == container:
            end = probe + 1
        elif not _interrupts(block, blocks[at], depth):
            break
        probe += 1
    return end


def leaf_end(blocks: Sequence[Block], at: int, depth: int) -> int:
    """Past a block that encloses nothing and the blocks that continue it."""
    end = at + 1
    probe = end
    while probe < len(blocks):
        block = blocks[probe]
        if block.joins and block.kind == blocks[at].kind and block.within == blocks[at].within:
            end = probe + 1
        elif not _interrupts(block, blocks[at], depth) or (block.kind == blocks[at].kind and block.within == blocks[at].within):
            break  # below a picture, the next one is no part of it
        probe += 1
    return end


def in_speech(block: Block) -> bool:
    """Whether a block belongs to what somebody says."""
    return any(c.kind == "speech" for c in block.within)


def furniture_end(blocks: Sequence[Block], at: int) -> int:
    """Past the furniture that begins at a block: what stands between two pages belongs together."""
    return next((end for end in range(at, len(blocks)) if blocks[end].kind != "furniture"), len(blocks))


def _interrupts(block: Block, host: Block, depth: int) -> bool:
    """Whether a block stands between two parts of what ``host`` begins at a depth: a page, a picture, a note that is not its own."""
    if block.kind == "furniture" or block.kind == "illustration":
        return True
    inside = block.within[depth] if len(block.within) > depth else None
    if is_foot(block) and block.within[:1] != host.within[:1]:
        return True
    return inside is not None and inside.kind == "note"


def is_foot(block: Block) -> bool:
    """Whether a block belongs to a note at the foot of its page."""
    return bool(block.within) and block.within[0].kind == "note" and block.within[0].place == "bottom"


def lasts(blocks: Sequence[Block], depth: int) -> dict[Container, int]:
    """The place of the last block in each container at a depth."""
    return {block.within[depth]: i for i, block in enumerate(blocks) if len(block.within) > depth}


def bare(block: Block, depth: int) -> Block:
    """A block without its container at a depth."""
    return replace(block, within=block.within[:depth] + block.within[depth + 1 :])
