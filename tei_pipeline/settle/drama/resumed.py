"""Speeches that go on after a direction, without the name of the speaker."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Container, is_note, is_set_in
from tei_pipeline.decisions import Decision
from tei_pipeline.language import parse_roman
from tei_pipeline.layout import Layout
from tei_pipeline.settle.drama.staging import FAR_RIGHT, SAID


def resumed(blocks: list[Block], layout: Layout) -> list[Block]:
    """In a play, text that stands after a direction and has no speaker goes on with the speech before the direction."""
    if not layout.drama:
        return blocks
    result = list(blocks)
    speech: Container | None = None
    directions: list[int] = []
    for i, block in enumerate(blocks):
        if block.kind in BETWEEN:
            continue
        if is_note(block):
            if speech is not None:
                directions.append(i)
            continue
        if speech is not None and directions and _is_set_in_as_said(blocks, directions[0], block):
            result[i] = replace(block, within=block.within[1:])
            _take(result, (*directions, i), speech, "set in after a direction as the speech is: it goes on")
            directions = []
        elif speech is not None and (_is_read_out(blocks, i) or (block.within and result[i - 1].within[:2] == (speech, block.within[0]))):
            _take(result, (*directions, i), speech, "read out, as the direction above says: the speech goes on")
            directions = []
        elif block.within:
            speech = block.within[0] if block.within[0].kind == "speech" else None
            directions = []
        elif speech is not None and (block.kind == "stage" or _counts_stanza(blocks, i)):
            directions.append(i)
        elif block.kind in SAID and speech is not None and (directions or _ends_with_direction(result[i - 1])):
            _take(result, (*directions, i), speech, "no speaker after a direction: the speech goes on")
            directions = []
        elif block.kind in SAID and speech is not None and block.rows[0].gap <= _nearest_gap(result[i - 1], speech):
            _take(result, (i,), speech, "right below words of the speech: it goes on with it")
        else:
            speech = None
            directions = []
    return result


def _take(result: list[Block], places: Sequence[int], speech: Container, why: str) -> None:
    """Let blocks belong to a speech, with what encloses them."""
    decision = Decision("resumed", why, 0.8)
    for i in places:
        result[i] = replace(result[i], within=(speech, *result[i].within), decisions=(*result[i].decisions, decision))


def _is_set_in_as_said(blocks: Sequence[Block], direction: int, block: Block) -> bool:
    """Whether a block would be quoted since it is set in, but begins in the column of what was said before the direction."""
    if not is_set_in(block) or not direction or block.rows[0].text[0] in '"“„«':
        return False
    return blocks[direction - 1].rows[-1].indent == block.rows[0].indent


def _is_read_out(blocks: Sequence[Block], at: int) -> bool:
    """Whether words are quoted right below a direction that a colon ends: _He reads:_."""
    above = blocks[at - 1]
    return is_set_in(blocks[at]) and above.kind == "stage" and above.text.rstrip("_)] ")[-1:] == ":"


def _counts_stanza(blocks: Sequence[Block], at: int) -> bool:
    """Whether a number stands right over verses: a stanza of the song that somebody sings."""
    if at + 1 == len(blocks) or blocks[at + 1].kind != "verse" or blocks[at + 1].within or blocks[at + 1].rows[0].gap:
        return False
    return blocks[at].kind == "stanza-number" or (len(blocks[at].rows) == 1 and parse_roman(blocks[at].text.strip(" .")) is not None)


def _ends_with_direction(above: Block) -> bool:
    """Whether the last line of what is said, far to the right of the others, is a direction."""
    if not above.within or (len(above.rows) < 2 and above.kind != "stage"):
        return False
    if above.kind == "stage":
        return True
    last = above.rows[-1]
    return last.text.lstrip("_")[:1] in ("[", "(") and last.indent >= min(row.indent for row in above.rows[:-1]) + FAR_RIGHT


def _nearest_gap(above: Block, speech: Container) -> int:
    """How far below a block one may stand that goes on with its speech: with no white space, or a paragraph's below what was resumed."""
    if above.within[:1] != (speech,):
        return -1
    return 1 if above.why.rule == "resumed" else 0
