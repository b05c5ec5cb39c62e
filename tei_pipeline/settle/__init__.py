"""Settle: what only the whole book can decide, one pass after the other, each from blocks to blocks."""

from __future__ import annotations

from tei_pipeline.blocks import Block
from tei_pipeline.layout import Layout
from tei_pipeline.settle.after_end import after_end
from tei_pipeline.settle.amid_text import notes_amid_text, notes_of_chapters
from tei_pipeline.settle.arguments import arguments
from tei_pipeline.settle.before_acts import costumes, synopses
from tei_pipeline.settle.bibliographies import bibliographies
from tei_pipeline.settle.closing_dates import closing_dates
from tei_pipeline.settle.dedications import dedication_leaves, dedications, epistles
from tei_pipeline.settle.displayed import displayed
from tei_pipeline.settle.entries import date_titles, entries
from tei_pipeline.settle.errata import errata
from tei_pipeline.settle.front import title_page
from tei_pipeline.settle.glued import glued_titles
from tei_pipeline.settle.headings import closing_lines, first_sections, headings, numbered_sentences, stacked
from tei_pipeline.settle.headwords import headwords
from tei_pipeline.settle.joins import joins
from tei_pipeline.settle.last_words import last_words
from tei_pipeline.settle.lettered import lettered_titles
from tei_pipeline.settle.levels import levels
from tei_pipeline.settle.listed import listed_apart, listed_below, listed_titles
from tei_pipeline.settle.mottoes import attributions, mottoes
from tei_pipeline.settle.numbered import lone_numbers, numbered_entries, numbered_titles
from tei_pipeline.settle.numbered_behind import numbered_behind
from tei_pipeline.settle.offered import offered
from tei_pipeline.settle.openings import openings
from tei_pipeline.settle.plays import advertised, plays, titled_twice
from tei_pipeline.settle.recurring import recurring_titles
from tei_pipeline.settle.running import running_titles
from tei_pipeline.settle.running_groups import under_running_heads
from tei_pipeline.settle.series import addressed, led_by_numbers, series
from tei_pipeline.settle.signatories import signatories
from tei_pipeline.settle.staging import resumed, scene_places, shared_verses, staging, verse_speeches
from tei_pipeline.settle.subscribed import subscribed
from tei_pipeline.settle.subtitles import subtitles
from tei_pipeline.settle.titles_below import titles_below
from tei_pipeline.settle.together import authors, grouped

PASSES = (
    last_words,
    headwords,
    running_titles,
    subscribed,
    signatories,
    date_titles,
    series,
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
    levels,
    after_end,
    plays,
    titled_twice,
    costumes,
    advertised,
    attributions,
    openings,
    bibliographies,
    staging,
    resumed,
    last_words,  # of what went on after a direction too
    verse_speeches,
    shared_verses,
    joins,
)


def settle(blocks: list[Block], layout: Layout) -> list[Block]:
    """All passes, in their order."""
    for one in PASSES:
        blocks = one(blocks, layout)
    return blocks
