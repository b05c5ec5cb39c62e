"""Settle: what only the whole book can decide, one pass after the other, each from blocks to blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tei_pipeline.blocks import Block
from tei_pipeline.layout import Layout
from tei_pipeline.pieces import cut, ended
from tei_pipeline.settle.back.after_end import after_end
from tei_pipeline.settle.back.bibliographies import bibliographies
from tei_pipeline.settle.back.errata import errata
from tei_pipeline.settle.back.offered import offered
from tei_pipeline.settle.divisions.arguments import arguments
from tei_pipeline.settle.divisions.articles import article_levels, articles
from tei_pipeline.settle.divisions.cited_verses import cited_verses
from tei_pipeline.settle.divisions.closing_dates import closing_dates
from tei_pipeline.settle.divisions.entries import date_titles, entries
from tei_pipeline.settle.divisions.openings import openings
from tei_pipeline.settle.divisions.signatories import signatories
from tei_pipeline.settle.divisions.subscribed import subscribed
from tei_pipeline.settle.drama.before_acts import costumes, synopses
from tei_pipeline.settle.drama.last_words import last_words
from tei_pipeline.settle.drama.plays import advertised, plays, titled_twice
from tei_pipeline.settle.drama.resumed import resumed
from tei_pipeline.settle.drama.staging import scene_places, shared_verses, staging, verse_speeches
from tei_pipeline.settle.front.dedications import dedication_leaves, dedications, epistles
from tei_pipeline.settle.front.first_remarks import first_remarks
from tei_pipeline.settle.front.half_titles import subtitled_again
from tei_pipeline.settle.front.mottoes import attributions, mottoes
from tei_pipeline.settle.front.title_mottoes import title_mottoes
from tei_pipeline.settle.front.title_page import title_page
from tei_pipeline.settle.front.volume_leaves import volume_leaves
from tei_pipeline.settle.joins import joins
from tei_pipeline.settle.nesting.answering_titles import answering_titles
from tei_pipeline.settle.nesting.first_part import first_part
from tei_pipeline.settle.nesting.levels import levels
from tei_pipeline.settle.nesting.titled_parts import titled_parts
from tei_pipeline.settle.notes.amid_text import notes_amid_text, notes_of_chapters
from tei_pipeline.settle.titles.among_headings import closing_lines, first_sections, headings, numbered_sentences
from tei_pipeline.settle.titles.counted_words import counted_words
from tei_pipeline.settle.titles.displayed import displayed
from tei_pipeline.settle.titles.first_labels import first_labels
from tei_pipeline.settle.titles.glued import glued_titles
from tei_pipeline.settle.titles.headwords import headwords
from tei_pipeline.settle.titles.lettered import lettered_titles
from tei_pipeline.settle.titles.listed import listed_apart, listed_below, listed_titles
from tei_pipeline.settle.titles.numbered import lone_numbers, numbered_entries, numbered_titles
from tei_pipeline.settle.titles.numbered_behind import numbered_behind
from tei_pipeline.settle.titles.over_verse import verse_titles
from tei_pipeline.settle.titles.recurring import recurring_titles
from tei_pipeline.settle.titles.running import running_titles
from tei_pipeline.settle.titles.running_groups import under_running_heads
from tei_pipeline.settle.titles.series import addressed, led_by_numbers, series
from tei_pipeline.settle.titles.stacked import stacked
from tei_pipeline.settle.titles.subtitles import subtitles
from tei_pipeline.settle.titles.summed_first import summed_first
from tei_pipeline.settle.titles.titles_below import titles_below
from tei_pipeline.settle.titles.together import authors, grouped

Pass = Callable[[list[Block], Layout], list[Block]]

PASSES: tuple[Pass, ...] = (
    last_words,
    headwords,
    running_titles,
    subscribed,
    signatories,
    date_titles,
    series,
    summed_first,
    counted_words,
    first_labels,
    volume_leaves,
    title_page,
    dedication_leaves,
    offered,
    under_running_heads,
    grouped,
    led_by_numbers,
    authors,
    addressed,
    recurring_titles,
    headings,
    first_sections,
    closing_lines,
    articles,
    notes_amid_text,
    notes_of_chapters,
    numbered_sentences,
    numbered_titles,
    numbered_behind,
    lettered_titles,
    lone_numbers,
    numbered_entries,
    errata,
    listed_titles,
    listed_below,
    authors,  # of the titles too that only the contents page told
    arguments,
    glued_titles,
    synopses,
    titles_below,
    listed_apart,
    stacked,
    scene_places,
    mottoes,
    subtitles,
    displayed,
    closing_dates,
    entries,
    dedications,
    epistles,
    first_remarks,
    subtitled_again,
    title_mottoes,
    levels,
    article_levels,
    titled_parts,
    answering_titles,
    first_part,
    after_end,
    plays,
    titled_twice,
    costumes,
    advertised,
    attributions,
    openings,
    cited_verses,
    bibliographies,
    staging,
    resumed,
    last_words,  # of what went on after a direction too
    verse_speeches,
    shared_verses,
    verse_titles,
    joins,
)


def settle(blocks: list[Block], layout: Layout) -> list[Block]:
    """All passes, in their order. None sees the notes at the feet of pages, which stand between lines that belong together."""
    text, feet = _parted(blocks, layout)
    for one in PASSES:
        text = one(text, layout)
    return _together(text, feet)


def settled(one: Pass, blocks: list[Block], layout: Layout) -> list[Block]:
    """The blocks after one of the passes."""
    text, feet = _parted(blocks, layout)
    return _together(one(text, layout), feet)


def _parted(blocks: list[Block], layout: Layout) -> tuple[list[Block], list[Block]]:
    """The blocks without those of notes at the feet of pages, and these."""
    lines = {row.line for foot in layout.feet for row in foot.rows}
    if not lines:
        return blocks, []
    feet = [bool(block.rows) and block.rows[0].line in lines for block in blocks]
    return [b for b, foot in zip(blocks, feet, strict=True) if not foot], [b for b, foot in zip(blocks, feet, strict=True) if foot]


def _together(text: list[Block], feet: list[Block]) -> list[Block]:
    """Both in the order of their lines; where a page begins, its break comes first. What a pass joined over notes is in pieces again."""
    if not feet:
        return text
    lines = [block.first for block in feet]
    whole = sorted([*(piece for block in text for piece in _cut(block, lines)), *feet], key=lambda block: (block.first, bool(block.rows)))
    ends = [*(block.first for block in whole[1:]), whole[-1].end]
    return [block if block.end == end else ended(block, end) for block, end in zip(whole, ends, strict=True)]


def _cut(block: Block, feet: list[int]) -> Iterable[Block]:
    return cut(block, (), feet, ()) if len(block.rows) > 1 else (block,)
