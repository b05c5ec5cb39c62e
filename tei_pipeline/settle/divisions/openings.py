"""What opens a division: the subtitles, bylines, places and mottoes among the first lines under its heading."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.titles_below import STATED
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.divisions.below_headings import (
    SENTENCE,
    above_date,
    are_words,
    is_centred_title,
    names_place,
    under_heading,
)
from tei_pipeline.settle.divisions.chapter_mottoes import mottoes_below_headings
from tei_pipeline.settle.divisions.honours import kind_over_salute
from tei_pipeline.settle.notes.amid_text import is_over_author
from tei_pipeline.settle.titles.subtitles import is_other_name

_LISTS = frozenset(("bibliography", "errata", "glossary", "index"))
OFFERS = "after-end"  # the rule of headings below the end of a book, over the books that its publisher offers
_TOP = frozenset(("heading", "subtitle", "byline", "dateline", "salute", "imprint", "epigraph"))


def openings(blocks: list[Block], layout: Layout) -> list[Block]:
    """Short lines right under a heading are its subtitle or byline, not a paragraph."""
    result = list(blocks)
    opened = False
    heading: Block | None = None
    mottoes = mottoes_below_headings(blocks, layout)
    for i, block in enumerate(blocks):
        if block.kind in BETWEEN:
            if i - 1 in mottoes and [c.kind for c in block.within] == ["quotation"]:
                result[i] = replace(block, within=())
            continue
        if i in mottoes:
            decision = Decision("opening", "set apart right under a heading, before the text: a motto", 0.8)
            kind = "attribution" if mottoes[i][1] else block.kind
            within = (mottoes[i][0], *[c for c in block.within if c.kind != "quotation"])
            result[i] = replace(block, kind=kind, within=within, decisions=(*block.decisions, decision))
            continue
        if block.kind == "heading":
            heading = block
        if opened and is_centred_title(blocks, i):
            decision = Decision("opening", "lines set in the middle under a heading go on with it", 0.8)
            result[i] = replace(block, kind="subtitle", within=(), decisions=(*block.decisions, decision))
            continue
        if opened and is_other_name(blocks, i):
            decision = Decision("opening", "capitals in italics and brackets between two titles: the other name of whom they name", 0.8)
            result[i] = replace(block, kind="subtitle", decisions=(*block.decisions, decision))
            continue
        short = opened and block.kind == "paragraph" and not block.within
        if short and (kind := _kind_below(blocks, i, result[i - 1], heading, layout)):
            decision = Decision("opening", f"a short line under a heading: {kind}", 0.75)
            result[i] = replace(block, kind=kind, decisions=(*block.decisions, decision))
            continue
        if block.kind == "signed" and opened:
            result[i] = replace(block, kind="byline", decisions=(*block.decisions, Decision("opening", "a name under a heading", 0.7)))
            continue
        opened = (opened and is_over_author(blocks, i, layout)) or (block.kind in _TOP and (block.kind == "heading" or opened))
    return result


def _kind_below(blocks: list[Block], at: int, above: Block, heading: Block | None, layout: Layout) -> str:
    """What a paragraph among the first lines below a heading is; nothing, if it is text. ``above`` is settled."""
    block = blocks[at]
    letter = heading is not None and heading.facts.division == "letter"
    kind = under_heading(block, layout, letter) or ("" if letter else above_date(blocks, at))
    if kind == "subtitle" and above.kind == "byline" and words(layout.language).is_by(above.text):
        kind = "byline"
    if letter and kind != "byline" and names_place(blocks, at, layout):
        kind = "dateline"
    if kind == "subtitle" and heading is not None and _is_first_entry(block, heading, layout):
        kind = ""
    kind = kind or kind_over_salute(blocks, at, layout)
    named = kind == "byline" and _NAMED.match(block.text)
    said = block.rows[-1].ends_sentence and word_count(block.text) >= SENTENCE and not named
    return "" if kind in ("subtitle", "byline") and said and _is_all(blocks, at) else kind


def _is_first_entry(block: Block, heading: Block, layout: Layout) -> bool:
    """Whether a short line is the first of a list below its heading, the words that this names, or a proposition below its number."""
    lists = heading.facts.division in _LISTS or _names_dedication(heading, layout) or heading.decisions[-1].rule == OFFERS
    proved = heading.facts.division == STATED and block.text.rstrip("_ ").endswith(".")
    return lists or proved or are_words(block)


def _names_dedication(heading: Block, layout: Layout) -> bool:
    """Whether a heading names a dedication and no receiver, who stands below it."""
    named = heading.facts.division == "dedication" and len(heading.rows) == 1
    return named and fold(heading.text.strip("_*= ").split(" ")[0]) not in layout.language.receivers


def _is_all(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is all the text that its division has."""
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return after is None or after.kind in ("heading", "boilerplate")


_NAMED = seldom(r"_?[^\W\d_]+(?: [^\W\d_a-z][\w.'’-]*){2}")  # By Anna Holm, author of
