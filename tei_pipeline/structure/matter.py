"""What stands around the text: the words of a digital library, the title page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline import model
from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.library import library_author, library_subtitle, library_title
from tei_pipeline.model import Division
from tei_pipeline.nodes import Weaver
from tei_pipeline.nodes.enclosing import epigraph
from tei_pipeline.nodes.extent import furniture_end
from tei_pipeline.nodes.leaves import figure
from tei_pipeline.nodes.pages import ornament_marks, page_break
from tei_pipeline.rows import Row
from tei_pipeline.settle.front.half_titles import says
from tei_pipeline.settle.front.title_parts import credits_somebody, part_type


def library(blocks: Sequence[Block], weaver: Weaver, offset: int) -> list[Division]:
    """The library's words: one division for each run of one kind."""
    found: list[Division] = []
    at = 0
    counts: dict[str, int] = {}
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end].facts.type == blocks[at].facts.type:
            end += 1
        kind = blocks[at].facts.type
        counts[kind] = counts.get(kind, 0) + 1
        n = kind if counts[kind] == 1 else f"{kind}{counts[kind]}"
        found.append(Division(kind, n, (), tuple(weaver.nodes(blocks[at:end])), (), (), "", None, f"lib{offset + at}"))
        at = end
    return found


def _names_below(rows: Sequence[Row], blocks: Sequence[Block]) -> bool:
    """Whether printed words follow on the title page, with nothing between."""
    return bool(rows) or (bool(blocks) and blocks[0].kind not in BETWEEN)


def title_page(blocks: Sequence[Block], layout: Layout, weaver: Weaver) -> model.TitlePage:
    """The title page, each run of lines that stand together a part of it."""
    parts: list[model.TitlePart | model.PageBreak | model.Furniture | model.Metamark | model.Figure | model.Epigraph] = []
    title = _title_lines(blocks, library_title(layout))
    first = not title
    subtitle = library_subtitle(layout)
    author = fold(library_author(layout)).replace("-", " ").split()
    held: tuple[Row, ...] = ()  # "BY", above the name
    place = False  # "A PARIS,", above the printer
    for i, block in enumerate(blocks):
        if block.kind == "furniture":
            if i == 0 or blocks[i - 1].kind != "furniture":
                parts.extend(page_break(weaver, blocks[i : furniture_end(blocks, i)]))
        elif block.kind == "ornament":
            parts.extend(ornament_marks(weaver, block))
        elif block.kind == "illustration":
            parts.append(figure(weaver.flow(block.rows), block))
        elif block.within and block.within[0].kind == "epigraph":
            if i == 0 or blocks[i - 1].within[:1] != block.within[:1]:
                motto = [b for b in blocks[i:] if b.within[:1] == block.within[:1]]
                parts.append(epigraph(weaver, motto, block.within[0], 0))
        else:
            at = 0
            rows = block.rows
            for end in _ends(rows, first, author, title, layout):
                together = (*held, *rows[at:end])
                titled = rows[at].line in title
                if titled and rows[end - 1].line != title[-1]:
                    held, at = together, end
                    continue
                flow = weaver.flow(together, line_breaks=True)
                named = _names(flow.text, author)
                byline = (held or named) and not titled
                kind = "main" if titled else "byline" if byline else part_type(flow.text, first, layout, [row.text for row in together])
                if kind in ("desc", "docImprint") and says(flow.text, subtitle):
                    kind = "sub"
                at = end
                held = (
                    together
                    if kind == "byline" and not named and _lacks_name(flow.text, layout) and _names_below(rows[end:], blocks[i + 1 :])
                    else ()
                )
                if held:
                    continue
                if place and kind == "docImprint" and isinstance(above := parts[-1], model.TitlePart):
                    parts[-1] = replace(above, type="docImprint")
                place = kind == "desc" and flow.text.endswith(",") and len(flow.text.split()) <= MOST_OF_PLACE
                parts.append(model.TitlePart(kind, weaver.content(flow, "heading"), flow.span(0, len(flow.text)), block.why))  # type: ignore[arg-type]
                first = first and kind != "main"
    return model.TitlePage(tuple(parts), (), blocks[0].why, "titlepage")


MOST_OF_PLACE = 3  # words


def _lacks_name(text: str, layout: Layout) -> bool:
    """Whether the name must stand below: BY, TRANSLATED FROM THE FRENCH BY."""
    said = fold(text).strip(" ._*").split()
    return len(said) == 1 or (len(said) <= MOST_OF_CREDIT and not {said[-1], " ".join(said)}.isdisjoint(layout.language.bylines))


MOST_OF_CREDIT = 8  # words


def _names(text: str, author: Sequence[str]) -> bool:
    """Whether a line is the name of him who wrote the book, as its library has it, or the surname and the initials before it."""
    tokens = fold(text.strip("_*= .,")).replace("-", " ").replace(".", ". ").split()
    if not author or not tokens or tokens[-1] != author[-1] or len(tokens) < min(2, len(author)):
        return False
    names = iter(author[:-1])
    return all(any(token == name or token == f"{name[0]}." for name in names) for token in tokens[:-1])


def _title_lines(blocks: Sequence[Block], title: str) -> tuple[int, ...]:
    """Where the lines are, apart or together, that have the very words of the title that the library gives, up to its colon, or to its
    first comma.
    """
    for wanted in map(_words, (re.split("[:;]", title, maxsplit=1)[0], title.partition(",")[0])):
        run: list[tuple[Row, list[str]]] = []
        for row in (row for block in blocks for row in (block.rows if _may_be_title(block) else (None,))):
            run = [*run, (row, _words(row.text))] if row is not None else []
            while run and sum(len(said) for _, said in run) > len(wanted):
                del run[0]
            if wanted and [word for _, said in run for word in said] == wanted:
                return tuple(row.line for row, _ in run)
    return ()


def _may_be_title(block: Block) -> bool:
    return block.kind not in BETWEEN and not (block.within and block.within[0].kind == "epigraph")


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


_WORD = re.compile(r"[^\W_]+")


def _ends(rows: Sequence[Row], first: bool, author: Sequence[str], title: Sequence[int], layout: Layout) -> list[int]:
    """Where the parts of a title page end: those lines that stand together, but that right below the title somebody may be credited."""
    bounds = {title[0], title[-1] + 1} if title else set()
    ends = [
        i
        for i in range(1, len(rows) + 1)
        if i == len(rows) or rows[i].gap or layout.style == "unwrapped" or rows[i].line in bounds or rows[i - 1].line + 1 in bounds
    ]
    if first and ends[0] <= MOST_GLUED:
        glued = range(1, ends[0])
        by = [i for i in glued if fold(rows[i].text) in layout.language.bylines and i + 1 in glued and _names(rows[i + 1].text, author)]
        ends[:0] = by or [i for i in glued if credits_somebody(rows[i].text, layout)]
    return ends


MOST_GLUED = 4  # lines: of more, the words for an author may be amid a long title
