"""Structure: settled blocks become the Document — divisions in divisions, each with what opens it, holds it and closes it."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline import model
from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.layout import Layout
from tei_pipeline.model import Division, Document, Metadata
from tei_pipeline.nodes import Weaver
from tei_pipeline.settle.titles.lost import Lost
from tei_pipeline.source import Source
from tei_pipeline.structure.before import between, front_divisions, title_again
from tei_pipeline.structure.division import body_nodes, dated_parts, division
from tei_pipeline.structure.ends import ends, heading, leaf
from tei_pipeline.structure.kinds import Counter
from tei_pipeline.structure.matter import library, title_page
from tei_pipeline.structure.tree import BACK, FRONT, UNDIVIDED, Opened, matter, tree


def _goes_on(blocks: Sequence[Block], at: int) -> bool:
    """Whether the block below a line of the title page belongs to it: a motto at its foot, and whose words it is, or a rule above the
    front matter.
    """
    block, below = blocks[at + 1], blocks[at + 2] if at + 2 < len(blocks) else None
    if block.within and block.within[0].kind == "epigraph":
        return block.within[:1] == blocks[at].within[:1] or any(one.rule == "title-page" for one in block.decisions)
    ruled = block.kind == "ornament" and below is not None and not below.within and below.facts.division in FRONT
    return ruled or block.why.rule == "title-page"


def build(
    source: Source, layout: Layout, blocks: Sequence[Block], metadata: Metadata, weaver: Weaver, lost: Sequence[Lost] = ()
) -> Document:
    """The Document of settled blocks; ``lost`` headings open divisions too."""
    library_front = [b for b in blocks if b.kind == "boilerplate" and b.facts.division == "front"]
    library_back = [b for b in blocks if b.kind == "boilerplate" and b.facts.division == "back"]
    own = [b for b in blocks if b.kind != "boilerplate"]
    last_title = max((i for i, b in enumerate(own) if b.kind == "titlepage"), default=-1)
    while 0 <= last_title < len(own) - 1 and _goes_on(own, last_title):
        last_title += 1
    title, own = own[: last_title + 1], own[last_title + 1 :]
    root = tree(own, frozenset(layout.divided), {one.line: one for one in lost})
    front: list[Division | model.TitlePage | model.Global] = list(library(library_front, weaver, 0))
    if title:
        front.append(title_page(title, layout, weaver))
    children = root.children
    first = front_divisions(root, bool(title))
    lead = [] if first else list(root.blocks)
    undivided = bool(first) and children[-1].type == UNDIVIDED
    if undivided:
        lead, children = children[-1].blocks, [*children[:first], *children[-1].children]
    end = len(children)
    while end > first + (not undivided) and (
        matter(children[end - 1]) in BACK or (matter(children[end - 1]) == "chronicle" and end < len(children))
    ):
        end -= 1  # a table of dates stands in the back when other back matter follows
    counter = Counter()
    stray = [block for block in root.blocks if block.kind not in BETWEEN or block.within]
    if first:
        front.extend([division(Opened(1, None, root.blocks), weaver, counter, {})] if stray else between(root.blocks, weaver))
    front.extend(division(c, weaver, counter, {}) for c in children[:first])
    siblings: dict[str, int] = {}
    entries, lead_blocks = dated_parts(lead, weaver, counter, siblings, first < end, whole=True)
    top, body, bottom = ends(lead_blocks, weaver, bool(entries) or first < end)
    if first < end - 1 and (first or not root.blocks) and (again := title_again(children[first])) is not None:
        top, first = (*leaf(children[first].leaf, weaver), *heading(again, weaver)), first + 1
    inner = [*entries, *(division(c, weaver, counter, siblings) for c in children[first:end])]
    back: list[Division | model.Global] = [division(c, weaver, counter, {}) for c in children[end:]]
    back.extend(library(library_back, weaver, len(library_front)))
    return Document(
        source,
        metadata,
        tuple(front),
        Division("body", "", top, body_nodes(body, weaver), tuple(inner), bottom),
        tuple(back),
        tuple(weaver.persons.values()),
    )
