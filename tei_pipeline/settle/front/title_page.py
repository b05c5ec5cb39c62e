"""The title page: the short lines before the first division."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.above_first import dated_above, first_play, group_above, piece_above
from tei_pipeline.settle.front.dedications import with_receiver
from tei_pipeline.settle.front.first_division import MOST_LINES, MOST_OF_LINE, first_division
from tei_pipeline.settle.front.given import as_dedication, given
from tei_pipeline.settle.front.title_blocks import (
    AMONG,
    above_front,
    is_attribution,
    is_motto,
    is_notice,
    is_quoted,
    is_sentence,
    is_source,
    names_poet,
    names_quoted,
    opens_list,
    quotes_above_imprint,
    says_something,
    says_title,
    tells_author,
    tells_of_file,
)
from tei_pipeline.settle.front.title_headings import is_masthead
from tei_pipeline.settle.front.title_parts import YEAR, remarks
from tei_pipeline.settle.nesting.gaps import MANY, look


def title_page(blocks: list[Block], layout: Layout) -> list[Block]:
    """The short lines before the first division become the title page, if they look like one."""
    start = next((i for i, b in enumerate(blocks) if b.kind != "boilerplate" and not (b.rows and remarks(b.text))), len(blocks))
    blocks = _untitled(blocks, start, layout)
    end = first_division(blocks, start, layout)
    blocks = with_receiver(blocks, end, layout)
    if end < len(blocks):
        end = piece_above(blocks, start, group_above(blocks, start, end, layout), layout)
        end = dated_above(blocks, start, end, layout)
        end = first_play(blocks, start, end) if layout.drama else end
    chosen = [b for b in blocks[start:end] if b.kind not in AMONG]
    if not chosen or end >= len(blocks):
        return blocks
    chunks = sum(1 + sum(1 for row in b.rows[1:] if row.gap) for b in chosen)
    patterns = words(layout.language)
    imprint = any(patterns.imprint.search(b.text) or any(YEAR.match(r.text) for r in b.rows) for b in chosen if not _of_paper(b, layout))
    by = any(patterns.byline.match(r.text.strip("_ ")) or tells_author(r.text, layout) for b in chosen for r in b.rows)
    divided = (
        blocks[end].kind == "heading"
        and blocks[end].facts.type in ("named", "labelled", "headword")
        and all(b.kind == "heading" or _is_plain_line(b) for b in chosen)
    )
    divided = divided or opens_list(blocks, end) or _titles_book(blocks, chosen, end, layout)
    bracketed = chosen[0].text[0] == "[" and chosen[0].text[-1] == "]"
    staged = blocks[end].kind == "heading" and blocks[end].facts.division == "cast"
    several = staged or (chunks >= 3 and blocks[end].kind == "heading")
    issue = len(chosen) > 1 and any(b.kind == "heading" and is_masthead(blocks, i, layout) for i, b in enumerate(blocks[:end]) if i > start)
    if not (several or imprint or by or divided or bracketed or issue or layout.front_matter[0]):
        return blocks
    at, stop = (end, end) if layout.drama else given(blocks, start, end, layout)
    result = as_dedication(blocks, at, stop)
    for i in range(start, at):
        block = result[i]
        set_in = bool(block.within) and block.within[0].kind == "quotation"
        printed = i > start and quotes_above_imprint(blocks, i, layout)
        source = i > start and (
            (is_source(block) and is_motto(blocks[i - 1]))
            or (printed and (is_attribution(block) or names_quoted(blocks, i)))
            or names_poet(blocks, i, layout)
        )
        quoted = (
            is_quoted(block) or printed or (i > start and is_notice(block)) or (set_in and says_something(block) and above_front(blocks, i))
        )
        if (
            (i > start and (is_motto(block) or (block.kind == "verse" and says_something(block) and not says_title(block, layout))))
            or quoted
            or source
        ):
            key = block.within[0].key if set_in and quoted else blocks[i - source].first
            within = (Container("epigraph", key), *[c for c in block.within if c.kind != "quotation"])
            decision = Decision("title-page", "verses or quoted words among the lines of the title page: its motto", 0.8)
            kind = "attribution" if source or (quoted and block.text[0] in "-—") else block.kind
            result[i] = replace(block, kind=kind, within=within, decisions=(*block.decisions, decision))
        elif block.kind not in AMONG and not tells_of_file(block, layout):
            decision = Decision("title-page", f"{chunks} short lines before the first division", 0.85)
            result[i] = replace(block, kind="titlepage", decisions=(*block.decisions, decision))
    return result


def _of_paper(block: Block, layout: Layout) -> bool:
    """Whether a line says on which day a piece was published: in a paper, which is no imprint of a book."""
    patterns = words(layout.language)
    return block.kind == "imprint" and bool(patterns.published.match(block.text)) and patterns.date.search(block.text) is not None


def _is_plain_line(block: Block) -> bool:
    """Whether a paragraph is one short line that no point ends: a title, or who wrote it, at the margin."""
    return (
        block.kind == "paragraph"
        and not block.within
        and len(block.rows) == 1
        and word_count(block.text) <= MOST_OF_LINE
        and block.text[-1].isalpha()
        and block.text[0].isupper()
    )


def _untitled(blocks: list[Block], start: int, layout: Layout) -> list[Block]:
    """The first title of the book, which stands too near to the lines above it, known by the look of the many titles after it."""
    lines: list[int] = []
    for i in range(start, min(len(blocks), start + MOST_LINES)):
        block = blocks[i]
        if block.kind in AMONG:
            continue
        if block.kind not in ("paragraph", "editorial") or block.within or len(block.rows) > 1 or is_sentence(block):
            break
        lines.append(i)
    else:
        return blocks
    if len(lines) < 2 or block.kind == "heading" or blocks[lines[-1]].rows[0].ends_sentence:
        return blocks
    first = blocks[lines[-1]]
    titles = [b for b in blocks[lines[-1] + 1 :] if b.kind == "heading" and not b.within and b.facts.type in ("title", "capitals")]
    alike = [b for b in titles if look(b, layout) == look(first, layout) and len(b.rows) == 1]
    if len(alike) < MANY or len(alike) < 0.5 * len(titles) or fold(first.text.split()[0]) not in {fold(b.text.split()[0]) for b in alike}:
        return blocks
    decision = Decision("title-page", f"looks like the {len(alike)} titles after it, and stands above the first text", 0.75)
    titled = replace(first, kind="heading", facts=Facts(type="title"), decisions=(*first.decisions, decision))
    return [*blocks[: lines[-1]], titled, *blocks[lines[-1] + 1 :]]


def _titles_book(blocks: list[Block], chosen: list[Block], end: int, layout: Layout) -> bool:
    """Whether one title and short lines stand over the first of several divisions of one look, and no other title stands so."""
    if blocks[end].kind != "heading" or blocks[end].facts.type not in ("title", "capitals") or chosen[0].kind != "heading":
        return False
    if sum(b.kind == "heading" for b in chosen) > 1 or any(b.kind not in ("heading", "paragraph", "subtitle") for b in chosen):
        return False
    order = [b for b in blocks[end:] if b.kind not in AMONG]
    alike = sum(b.kind == "heading" and look(b, layout) == look(order[0], layout) for b in order)
    return alike >= 3 and not any(a.kind == b.kind == "heading" for a, b in zip(order, order[1:], strict=False))
