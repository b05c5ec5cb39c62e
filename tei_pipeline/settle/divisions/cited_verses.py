"""Verses quoted amid prose, and the line apart below them that names their source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Container, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_title_case, without_reference, word_count
from tei_pipeline.rules.verse.beside_verse import FAR
from tei_pipeline.seldom import seldom

MOST_STANZAS = 6  # quoted together
MOST_WORDS = 10  # of a source: the author, the work, and the place in it
MOST_OF_NAME = 4
_LINES = frozenset(("verse", "paragraph", "signed"))
_PLACE = r"(?:,? [^_]{0,24}\b(?:\d{1,4}|[ivxlcIVXLC]+)\b[^_]{0,24})"  # , Act i., Sc. 2.
_WORK = re.compile(rf"(?P<author>[^_()]{{3,40}}[,:] )?_[A-Z\d][^_]{{2,60}}_(?P<place>{_PLACE})?\.?")
_COUNTED = seldom(r"^[A-Z][^()]*\.,? [^()]*\b(?:\d{1,4}|[ivxlc]+|[IVXLC]+)\b\.?$")  # (Wat. c. VI.)
_NAMED = re.compile(r"(?:--|—|–)\s?[^\W\d_]")
_DASHED = re.compile(r"(?:--|—|–)\s?(?=[\w_])")


def cited_verses(blocks: list[Block], layout: Layout) -> list[Block]:
    """A line apart below verses between two paragraphs, or last in a block quotation, names their source: behind a dash, in brackets, or
    the work in italics with the place in it or its author; last in a piece, behind a dash, it signs them.
    """
    if layout.drama:
        return blocks
    result = list(blocks)
    for i, block in enumerate(blocks):
        if block.kind == "signed" and block.within and _ends_quotation(blocks, i) and (_is_cited(block) or _is_motto(blocks, i)):
            _attribute(result, i, i, "", "last in a quotation, its writer over the work, or in capitals on a leaf with nothing else")
            continue
        if len(block.rows) != 1 or block.rows[0].gap > 1:
            continue
        if block.kind in _LINES and _names_source(block, layout):
            if _ends_quotation(blocks, i):
                _attribute(result, i, i, "", "last in a quotation, the name of a writer or a work")
            elif not block.within and (first := _first_verse(blocks, i)) is not None:
                _attribute(result, first, i, "quotation", "below verses between two paragraphs, the name of a writer or a work")
            elif not block.within and block.kind == "paragraph" and _ends_poem(blocks, i):
                decision = Decision("cited-verses", "behind a dash below the last verses of a piece, whose they are", 0.85)
                result[i] = replace(block, kind="signed", decisions=(*block.decisions, decision))
        elif not block.within and _is_name_in_capitals(blocks, i) and (first := _quoted_above(blocks, i)) is not None:
            kind = "quotation" if blocks[first - 1].kind == "paragraph" else "epigraph"
            _attribute(result, first, i, kind, "a name in capitals, nearer to the quotation above than to the text below")
    return result


def _attribute(result: list[Block], first: int, at: int, kind: str, why: str) -> None:
    """The line at a place names the source of what stands above it from ``first`` on, which is set in a container of a kind."""
    decision = Decision("cited-verses", why, 0.85)
    within = (Container(kind, result[first].first),) if kind else result[at].within
    for i in range(first, at):
        result[i] = replace(result[i], within=within)
    block = result[at]
    result[at] = replace(block, kind="attribution", facts=Facts(), within=within, decisions=(*block.decisions, decision))


def _ends_poem(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line behind a dash stands right below verses, and below it nothing more of the piece, nor a title within it."""
    over = at > 0 and blocks[at - 1].kind == "verse" and not blocks[at - 1].within
    if not over or _NAMED.match(blocks[at].text) is None:
        return False
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    title = next((b for b in reversed(blocks[:at]) if b.kind == "heading" and not b.within), None)
    return below is None or (below.kind == "heading" and title is not None and below.facts.level <= title.facts.level)


def _is_name_in_capitals(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line that signs, or looks like a title, is a name in capitals alone, nearer to the text above than to what follows."""
    block = blocks[at]
    named = block.text.isupper() and word_count(block.text) <= MOST_OF_NAME and block.text[0].isalpha() and block.text[-1] == "."
    if not named or block.kind not in ("signed", "heading") or block.facts.number or block.facts.division:
        return False
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return below is not None and block.rows[0].gap == 1 < below.rows[0].gap


def _quoted_above(blocks: Sequence[Block], at: int) -> int | None:
    """The first of the verses, or the line set in, right above a name, if they stand in quotation marks, and over a paragraph."""
    first = at - 1
    while first > 0 and at - first < MOST_STANZAS and blocks[first].kind == blocks[first - 1].kind == "verse" and not blocks[first].within:
        first -= 1
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    if first < 1 or below is None or not _is_prose(below) or blocks[first].within or blocks[first - 1].within:
        return None
    set_in = blocks[first].kind == "verse" or (len(blocks[first].rows) == 1 and blocks[first].rows[0].indent > below.rows[-1].indent)
    over = blocks[first - 1].kind in ("paragraph", "heading", "subtitle", "byline")
    quoted = blocks[first].text[:1] in _OPENS and blocks[at - 1].text.rstrip("_")[-1:] in _CLOSES
    return first if set_in and over and quoted else None


_OPENS, _CLOSES = frozenset('"“„«»'), frozenset('"”“»«')


def _ends_quotation(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line is the last of a block quotation in which more stands above it."""
    within = blocks[at].within
    if not at or [container.kind for container in within] != ["quotation"] or blocks[at - 1].within != within:
        return False
    return blocks[at - 1].kind in ("paragraph", "verse") and (at + 1 == len(blocks) or blocks[at + 1].within != within)


def _is_cited(block: Block) -> bool:
    """Whether a name in capitals stands over a work in italics: MARTIN HOLM, / _The Book of Weirs_, 1653."""
    return len(block.rows) == MOST_OF_SOURCE and _WRITER.match(block.rows[0].text) is not None and block.rows[1].text[0] == "_"


MOST_OF_SOURCE = 2  # lines
_WRITER = seldom(r"[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-])+,$")


def _is_motto(blocks: Sequence[Block], at: int) -> bool:
    """Whether a name in capitals ends a quotation that nothing leads to, and over no text: the motto of the book, on a leaf of its own."""
    block = blocks[at]
    if not block.text.isupper() or word_count(block.text) > MOST_OF_NAME or len(block.rows) > 1:
        return False
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN and b.within != block.within), None)
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    alone = above is None or above.kind in ("heading", "signed", "dateline", "titlepage", "boilerplate") or above.within[:1] != ()
    return alone and below is not None and below.kind == "heading" and below.rows[0].gap > 1


def _first_verse(blocks: Sequence[Block], at: int) -> int | None:
    """The first of the stanzas right above a line, if they stand below a paragraph, and the line over one."""
    first = at
    while first and at - first < MOST_STANZAS and blocks[first - 1].kind == "verse" and not blocks[first - 1].within:
        first -= 1
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    if first in (0, at) or not _is_prose(blocks[first - 1]) or below is None or not _is_prose(below):
        return None
    return first if blocks[at - 1].text[-1] not in ",;:" else None


def _is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and not block.within


def _names_source(block: Block, layout: Layout) -> bool:
    """Whether a line names a writer or a work, and says nothing else."""
    text = without_reference(block.text)
    if not text or word_count(text) > MOST_WORDS or text[-1] in "?!,;:":
        return False
    if text[0] == "(" and text.rstrip(".")[-1] == ")":
        said = text.rstrip(".")[1:-1]
        return _WORK.fullmatch(said) is not None or (block.rows[0].indent >= FAR and _COUNTED.search(said) is not None)
    dash = _DASHED.match(text)
    if dash is None:
        work = _WORK.fullmatch(text)
        return work is not None and (work["place"] or work["author"]) is not None
    said = text[dash.end() :]
    if _WORK.fullmatch(said):
        return True
    named = word_count(said) <= MOST_OF_NAME and is_title_case(said.strip("_."), layout.language.lowercase_in_titles)
    return named and (said.isupper() or said[0] == "_" or block.rows[0].indent >= FAR)
