"""Titles of poems that stand amid prose, which have no division of their own: a line in capitals alone above a stanza heads it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts, is_spoken
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import announces, is_capitals, is_title_case, word_count

_ITALICS = re.compile(r"_[^_]+_")
MOST = 12  # words
FEWEST = 2  # verses below


def verse_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """A line of verse in capitals, italics in it aside, that stands alone over others and below prose, or a stanza with such a line, is the
    title of what is quoted; so is a title over verses that a colon announces, or set in as they are and no farther from the text above than
    a paragraph, below which the text goes on, and one that names a kind of poem amid the verses of another: Song.
    """
    if layout.drama:
        return blocks
    result = list(blocks)
    for i, block in enumerate(blocks):
        if block.kind == "verse" and len(block.rows) == 1 and _is_title(block) and _heads(result, i):
            decision = Decision("verse-titles", "in capitals alone over verse, below prose", 0.85)
            result[i] = replace(block, kind="stanza-title", decisions=(*block.decisions, decision))
        elif _is_apart(block) and block.rows[0].line not in layout.listing.titles and _heads_quoted(blocks, i, layout):
            decision = Decision("verse-titles", "over verses that the text above leads to, and below which it goes on", 0.8)
            result[i] = replace(block, kind="stanza-title", facts=Facts(), decisions=(*block.decisions, decision))
        elif _names_song(block, layout) and _stands_amid_verses(blocks, i):
            decision = Decision("verse-titles", "names what is sung, alone over verse and below verse", 0.85)
            result[i] = replace(block, kind="stanza-title", decisions=(*block.decisions, decision))
    return result


def _names_song(block: Block, layout: Layout) -> bool:
    """Whether a line alone is a title of a few words, one of which is the name of a kind of poem: Rope Song, Hymn to the Mill."""
    if block.kind not in ("verse", "paragraph") or len(block.rows) > 1 or block.within or not block.rows[0].gap:
        return False
    text = block.text.strip("_ ").removesuffix(".")
    tokens = text.split()
    if not 0 < len(tokens) <= MOST_OF_SONG or not all(token.isalpha() for token in tokens):
        return False
    kinds = (layout.language.divisions.get(token) for token in fold(text).split())
    return is_title_case(text, layout.language.lowercase_in_titles) and any(kind is not None and kind.type == "poem" for kind in kinds)


MOST_OF_SONG = 5  # words


def _stands_amid_verses(blocks: list[Block], at: int) -> bool:
    """Whether verses stand below a line, as far left or farther in, and above it others, or the number of a part of the poem."""
    above = next((b for b in reversed(blocks[max(0, at - NEAR) : at]) if b.kind not in BETWEEN), None)
    below = next((b for b in blocks[at + 1 : at + 1 + NEAR] if b.kind not in BETWEEN), None)
    if above is None or below is None or below.kind != "verse" or len(below.rows) < FEWEST_SUNG or not below.rows[0].gap:
        return False
    return above.kind == "verse" or (above.kind == "heading" and bool(above.facts.number))


NEAR = 5  # blocks, page breaks among them
FEWEST_SUNG = 3  # verses


def _is_apart(block: Block) -> bool:
    """Whether a block is a heading, or one line in capitals."""
    return block.kind == "heading" or (block.kind == "paragraph" and len(block.rows) == 1 and _is_title(block))


def _heads_quoted(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a title stands over verses, between a paragraph that ends with a colon and another, or is set in from prose as they are."""
    block = blocks[at]
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    if block.within or block.facts.number or block.facts.division or len(block.rows) > 1 or above is None or not _is_prose(above):
        return False
    near = block.rows[0].gap <= 1 and block.rows[0].indent > layout.margin and at + 1 < len(blocks) and bool(blocks[at + 1].rows)
    set_in = near and block.rows[0].indent == blocks[at + 1].rows[0].indent
    if not (set_in or announces(above.text.rstrip('"”»’'))):
        return False
    below = next((i for i in range(at + 1, len(blocks)) if blocks[i].kind != "verse"), len(blocks))
    verses = [row for b in blocks[at + 1 : below] for row in b.rows]
    if len(verses) < FEWEST or below >= len(blocks) or not _is_prose(blocks[below]):
        return False
    return not set_in or blocks[below].rows[0].indent < block.rows[0].indent


def _is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and not block.within


def _is_title(block: Block) -> bool:
    text = block.text.strip()
    plain = _ITALICS.sub("", text) if not text.startswith("_") else text.strip("_")
    longest = max((len(word) for word in re.findall(r"\w+", plain)), default=0)
    return longest > 2 and is_capitals(plain) and word_count(text) <= MOST and text[-1] not in ",;:—-"


def _heads(blocks: list[Block], at: int) -> bool:
    """Whether verses stand right below a line, and prose above it, in what it stands in or where that begins."""
    block = blocks[at]
    if block.joins or is_spoken(block):
        return False
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    if below is None or below.kind != "verse" or below.within != block.within or below.joins:
        return False
    if not below.rows[0].gap or len(below.rows) < FEWEST or is_capitals(below.rows[0].text):
        return False
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    return above is not None and bool(block.rows[0].gap) and (above.kind != "verse" or _is_titled(blocks, at))


def _is_titled(blocks: list[Block], at: int) -> bool:
    """Whether the stanza above a line has such a title too, set in as far: who speaks it."""
    title = next((b for b in reversed(blocks[:at]) if b.kind not in (*BETWEEN, "verse")), None)
    return title is not None and title.kind == "stanza-title" and title.rows[0].indent == blocks[at].rows[0].indent
