"""Structure: settled blocks become the Document — divisions in divisions, each with what opens it, holds it and closes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tei_pipeline import model
from tei_pipeline.blocks import Block
from tei_pipeline.inline.flow import part
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.model import Division, Document, Metadata
from tei_pipeline.nodes import Weaver, furniture_end
from tei_pipeline.settle.front import part_type
from tei_pipeline.settle.openings import OPENING_MARKS
from tei_pipeline.source import Source

FRONT = frozenset(
    ("preface", "foreword", "introduction", "dedication", "advertisement", "contents", "prologue", "cast", "argument", "errata")
)
BACK = frozenset(("appendix", "notes", "bibliography", "index", "glossary", "colophon", "errata", "epilogue", "contents"))
_TOP = frozenset(("subtitle", "byline", "dateline", "salute", "imprint", "epigraph"))
_BOTTOM = frozenset(("signed", "dateline", "salute", "postscript", "trailer", "imprint"))
_CLOSES = frozenset(("signed", "postscript", "trailer"))
_SEE_THROUGH = frozenset(("furniture", "ornament", "illustration"))


@dataclass(slots=True)
class _Open:
    """A division while it is being filled."""

    level: int
    head: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[_Open] = field(default_factory=list)


def build(source: Source, layout: Layout, blocks: Sequence[Block], metadata: Metadata, weaver: Weaver) -> Document:
    """The Document of settled blocks."""
    library_front = [b for b in blocks if b.kind == "boilerplate" and b.facts.division == "front"]
    library_back = [b for b in blocks if b.kind == "boilerplate" and b.facts.division == "back"]
    own = [b for b in blocks if b.kind != "boilerplate"]
    last_title = max((i for i, b in enumerate(own) if b.kind == "titlepage"), default=-1)
    title, own = own[: last_title + 1], own[last_title + 1 :]
    root = _tree(own, frozenset(layout.divided))
    front: list[Division | model.TitlePage | model.Global] = list(_library(library_front, weaver, 0))
    if title:
        front.append(_title_page(title, layout, weaver))
    children = root.children
    first = 0
    lead = not root.blocks
    while lead and first < len(children) - 1 and _matter(children[first]) in FRONT and not _is_work(children[first]):
        first += 1
    if not any(_matter(c) not in FRONT | BACK for c in children[first:]) and first:
        first = 0
    end = len(children)
    while end > first + 1 and _matter(children[end - 1]) in BACK:
        end -= 1
    counter = _Counter()
    front.extend(_division(c, weaver, counter, _sibling()) for c in children[:first])
    siblings = _sibling()
    inner = [_division(c, weaver, counter, siblings) for c in children[first:end]]
    top, body, bottom = _ends(root.blocks, weaver, bool(inner))
    back: list[Division | model.Global] = [_division(c, weaver, counter, _sibling()) for c in children[end:]]
    back.extend(_library(library_back, weaver, len(library_front)))
    return Document(
        source,
        metadata,
        tuple(front),
        Division("body", "", top, _body(body, weaver), tuple(inner), bottom),
        tuple(back),
        tuple(weaver.persons.values()),
    )


def _tree(blocks: Sequence[Block], divided: frozenset[int] = frozenset()) -> _Open:
    """Headings open divisions; so do lines at which the sidecar lets one begin (``divided``), and then the text before the first."""
    root = _Open(0)
    stack = [root]
    for block in blocks:
        if block.first in divided and block.rows:
            if not root.children and root.blocks:
                root.children.append(_Open(1, None, root.blocks))
                root.blocks = []
            if block.kind != "heading" or block.within:
                stack = [root, _Open(1)]
                root.children.append(stack[-1])
        if block.kind == "heading" and not block.within:
            level = max(1, block.facts.level)
            while stack[-1].level >= level:
                stack.pop()
            opened = _Open(level, block)
            stack[-1].children.append(opened)
            stack.append(opened)
        else:
            stack[-1].blocks.append(block)
    return root


def _matter(opened: _Open) -> str:
    return opened.head.facts.division if opened.head is not None else ""


def _is_work(opened: _Open) -> bool:
    return bool(opened.children) and any(_matter(c) not in FRONT | BACK for c in opened.children)


class _Counter:
    """Numbers for keys of divisions."""

    def __init__(self) -> None:
        self.count = 0

    def key(self) -> str:
        self.count += 1
        return f"d{self.count}"


def _sibling() -> dict[str, int]:
    return {}


def _number(opened: _Open, kind: str, siblings: dict[str, int]) -> str:
    """``div/@n``: the printed number while the numbering runs on, else type and count; unique among siblings."""
    head = opened.head
    if head is not None and head.facts.number:
        n = str(head.facts.number)
        if n not in siblings:
            siblings[n] = 1
            return n
    siblings[kind] = siblings.get(kind, 0) + 1
    n = kind if siblings[kind] == 1 else f"{kind}{siblings[kind]}"
    while n in siblings and siblings.get(f"={n}"):
        siblings[kind] += 1
        n = f"{kind}{siblings[kind]}"
    siblings[f"={n}"] = 1
    return n


def _type(opened: _Open, weaver: Weaver) -> str:
    """One of the closed list of division types, from the heading's words, its place and what it holds."""
    head = opened.head
    if head is None:
        return "section"
    named = head.facts.division
    if named in model.DIVISION_TYPES:
        return named
    words = fold(" ".join(row.text for row in head.rows))
    own = [b for b in opened.blocks if b.kind not in _SEE_THROUGH]
    verse = sum(len(b.rows) for b in own if b.kind == "verse")
    if verse and verse > 0.6 * sum(len(b.rows) for b in own):
        return "poem"
    subtitle = " ".join(fold(b.text) for b in own[:2] if b.kind in ("subtitle", "byline"))
    genre = _genre(f"{words} {subtitle}", weaver.layout)
    kinds = {b.kind for b in own if not b.within}
    if "signed" in kinds and kinds & {"salute", "dateline"} and not opened.children and head.facts.type != "labelled":
        return "letter"
    if head.facts.level == 1:
        return genre or ("work" if opened.children else "section")
    if head.facts.type in ("roman", "arabic"):
        return "section" if head.facts.level <= 2 or head.facts.type == "roman" else "subsection"
    return genre if genre and head.facts.level <= 2 else "section"


def _genre(words: str, layout: Layout) -> str:
    for word in words.replace(",", " ").replace(".", " ").split():
        found = layout.language.genres.get(word)
        if found in model.DIVISION_TYPES:
            return found
    return ""


def _division(opened: _Open, weaver: Weaver, counter: _Counter, siblings: dict[str, int]) -> Division:
    kind = _type(opened, weaver)
    n = _number(opened, kind, siblings)
    key = weaver.targets.get(-opened.head.first - 1) if opened.head is not None else None
    inner_siblings = _sibling()
    head = opened.head
    heading = _heading(head, weaver) if head is not None else ()
    notes_only = opened.children and all(_matter(c) == "notes" for c in opened.children)
    closed = any(b.kind in _CLOSES for b in opened.blocks[-6:])
    if notes_only and closed:
        top, body, bottom = _ends(opened.blocks, weaver, False)
        text = Division("text", "text", top, _body(body, weaver), (), bottom, key=f"{counter.key()}t", spans=())
        children = (text, *(_division(c, weaver, counter, inner_siblings) for c in opened.children))
        return Division(kind, n, heading, (), children, (), _title(head), None, key or counter.key(), (), head.why if head else None)
    first = next((i for i, b in enumerate(opened.blocks) if b.kind == "dateline" and b.facts.type == "entry"), len(opened.blocks))
    top, body, bottom = _ends(opened.blocks[:first], weaver, bool(opened.children) or first < len(opened.blocks))
    body.extend(opened.blocks[first:])
    entries, body = _entries(body, weaver, counter, inner_siblings, bool(opened.children))
    divisions = (*entries, *(_division(c, weaver, counter, inner_siblings) for c in opened.children))
    if entries and bottom and not opened.children:
        last = entries[-1]
        divisions = (
            *entries[:-1],
            Division(last.type, last.n, last.top, last.blocks, last.divisions, (*last.bottom, *bottom), last.title, None, last.key),
        )
        bottom = ()
    return Division(
        kind,
        n,
        (*heading, *top),
        _body(body, weaver),
        divisions,
        bottom,
        _title(head),
        None,
        key or counter.key(),
        (),
        head.why if head else None,
    )


def _entries(
    blocks: list[Block], weaver: Weaver, counter: _Counter, siblings: dict[str, int], divided: bool
) -> tuple[list[Division], list[Block]]:
    """Entries of a diary, letters in a row: where a dateline stands apart in the middle, a division without heading begins."""
    dated = sum(b.kind == "dateline" and not b.within for b in blocks)
    cuts = [
        i
        for i, b in enumerate(blocks)
        if b.kind == "dateline" and not b.within and (b.facts.type == "entry" or (i and _opens_entry(blocks, i, dated)))
    ]
    if not cuts:
        return [], blocks
    found = []
    for start, end in zip(cuts, [*cuts[1:], len(blocks)], strict=True):
        top, body, bottom = _ends(blocks[start:end], weaver, divided and end == len(blocks))
        n = _number(_Open(0), "entry", siblings)
        found.append(Division("entry", n, top, _body(body, weaver), (), bottom, "", None, counter.key()))
    return found, blocks[: cuts[0]]


def _opens_entry(blocks: Sequence[Block], at: int, dated: int) -> bool:
    before = next((b for b in reversed(blocks[:at]) if b.kind not in _SEE_THROUGH), None)
    after = next((b for b in blocks[at + 1 :] if b.kind not in _SEE_THROUGH), None)
    if before is not None and before.rows[-1].text.rstrip("-—").endswith(":") and blocks[at].rows[0].gap <= 2:
        return False
    if dated < 2 and any(b.kind == "signed" for b in blocks[at + 1 :]) and blocks[at].rows[0].gap <= 2:
        return False
    if before is not None and before.kind == "signed" and blocks[at].text.rstrip()[-1:] in '”"»':
        return False
    return after is not None and (before is None or before.kind not in ("signed", "salute") or blocks[at].rows[0].gap >= 3)


def _body(blocks: list[Block], weaver: Weaver) -> tuple[model.BlockNode, ...]:
    """The blocks of a division as nodes; letters that stand in its middle, signed, are texts of their own."""
    found: list[model.BlockNode] = []
    at = 0
    for i, block in enumerate(blocks):
        if i < at or block.kind != "signed" or block.within:
            continue
        end = i + 1
        while end < len(blocks) and blocks[end].kind in ("dateline", "signed", "postscript") and not blocks[end].within:
            end += 1
        start = _letter_start(blocks, at, i)
        found.extend(weaver.nodes(blocks[at:start]))
        found.append(weaver.letter(blocks[start:end], 0))
        at = end
    found.extend(weaver.nodes(blocks[at:]))
    return tuple(found)


def _letter_start(blocks: list[Block], low: int, at: int) -> int:
    """Where the letter begins that is signed at a place: with its dateline or salute, or the paragraphs in quotation marks, or the
    one before.
    """
    for k in range(at - 1, low - 1, -1):
        if blocks[k].kind in ("salute", "dateline") and not blocks[k].within:
            while k > low and blocks[k - 1].kind in ("salute", "dateline"):
                k -= 1
            return k
    start = at
    while (
        start > low
        and blocks[start - 1].kind == "paragraph"
        and not blocks[start - 1].within
        and blocks[start - 1].text[:1] in OPENING_MARKS
    ):
        start -= 1
    if start == at and at > low and blocks[at - 1].kind == "paragraph":
        start = at - 1
    return start


def _heading(block: Block, weaver: Weaver) -> tuple[model.TopNode, ...]:
    flow = weaver.flow(block.rows, line_breaks=True)
    found = weaver.marks(flow, "heading")
    spans = flow.span(0, len(flow.text))
    cut = block.facts.label
    lead = len(flow.text) - len(flow.text.lstrip("_*=/ "))
    if cut and not any(m.start < cut + lead < m.end for m in found):
        cut += lead
        label = model.Label(part(flow, [m for m in found if m.end <= cut], 0, cut), flow.span(0, cut))
        content: model.Content = (
            label,
            *(part(flow, [m for m in found if m.start >= cut], cut, len(flow.text)) if cut < len(flow.text) else ()),
        )
    else:
        content = part(flow, found, 0, len(flow.text))
    return (model.Heading(content, "main", spans, block.why, f"b{block.first}"),)


def _title(head: Block | None) -> str:
    return " ".join(row.text for row in head.rows) if head is not None else ""


def _ends(
    blocks: Sequence[Block], weaver: Weaver, divided: bool
) -> tuple[tuple[model.TopNode, ...], list[Block], tuple[model.BottomNode, ...]]:
    """What opens a division and what closes it, taken off its blocks."""
    start = 0
    reach = 0
    while start < len(blocks) and (
        _is_argument(blocks[start]) or (not blocks[start].within and (blocks[start].kind in _TOP or blocks[start].kind in _SEE_THROUGH))
    ):
        if blocks[start].kind not in _SEE_THROUGH:
            reach = start + 1
        start += 1
    start = reach
    end = len(blocks)
    if not divided:
        while (
            end > start
            and (
                blocks[end - 1].kind in _BOTTOM
                or blocks[end - 1].kind in _SEE_THROUGH
                or _is_note(blocks[end - 1])
                or blocks[end - 1].kind == "editorial"
            )
            and blocks[end - 1].kind != "epigraph"
        ):
            end -= 1
        dated = end > start and end == len(blocks) - 1 and blocks[end].kind == "dateline" and not blocks[end - 1].within
        while end < len(blocks) and blocks[end].kind not in _CLOSES and not dated:
            end += 1
    top = _tops(blocks[:start], weaver)
    return tuple(top), list(blocks[start:end]), tuple(weaver.bottom(blocks[end:], 0))


def _is_note(block: Block) -> bool:
    return bool(block.within) and block.within[0].kind == "note"


def _is_argument(block: Block) -> bool:
    return bool(block.within) and block.within[0].kind in ("argument", "epigraph")


def _tops(blocks: Sequence[Block], weaver: Weaver) -> list[model.TopNode]:
    found: list[model.TopNode] = []
    held: list[model.Part] = []
    skip = 0
    for i, block in enumerate([*blocks, None]):
        if i < skip:
            continue
        if block is not None and block.kind in ("dateline", "salute"):
            held.append(weaver.part(block, 0))
            continue
        if held:
            found.append(model.Opener(tuple(held), held[0].spans, held[0].why, f"o{held[0].key}"))
            held = []
        if block is None:
            break
        if block.kind == "subtitle":
            flow = weaver.flow(block.rows, line_breaks=True)
            found.append(model.Heading(weaver.content(flow, "heading"), "sub", flow.span(0, len(flow.text)), block.why, f"b{block.first}"))
        elif block.kind == "byline":
            found.append(weaver.part(block, 0))
        elif _is_argument(block):
            skip = i + 1
            while skip < len(blocks) and blocks[skip].within[:1] == block.within[:1]:
                skip += 1
            found.extend(weaver.container(blocks[i:skip], block.within[0], 0))  # type: ignore[arg-type]
        elif block.kind == "ornament":
            flow = weaver.flow(block.rows)
            found.append(model.Metamark("ornament", flow.text, flow.span(0, len(flow.text))))
        else:
            found.extend(weaver.nodes([block]))  # type: ignore[arg-type]
    return found


def _library(blocks: Sequence[Block], weaver: Weaver, offset: int) -> list[Division]:
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


def _title_page(blocks: Sequence[Block], layout: Layout, weaver: Weaver) -> model.TitlePage:
    parts: list[model.TitlePart | model.PageBreak | model.Furniture | model.Metamark | model.Figure] = []
    first = True
    by = False
    for i, block in enumerate(blocks):
        if block.kind == "furniture":
            if i == 0 or blocks[i - 1].kind != "furniture":
                parts.extend(weaver.page_break(blocks[i : furniture_end(blocks, i)]))
        elif block.kind == "ornament":
            flow = weaver.flow(block.rows)
            parts.append(model.Metamark("ornament", flow.text, flow.span(0, len(flow.text))))
        elif block.kind == "illustration":
            parts.append(weaver.figure(weaver.flow(block.rows), block))
        else:
            at = 0
            rows = block.rows
            for end in range(1, len(rows) + 1):
                if end == len(rows) or rows[end].gap or layout.style == "unwrapped":
                    flow = weaver.flow(rows[at:end], line_breaks=True)
                    kind = "byline" if by else part_type(flow.text, first, layout, [row.text for row in rows[at:end]])
                    by = kind == "byline" and len(flow.text.split()) == 1
                    parts.append(model.TitlePart(kind, weaver.content(flow, "heading"), flow.span(0, len(flow.text)), block.why))  # type: ignore[arg-type]
                    first = first and kind != "main"
                    at = end
    return model.TitlePage(tuple(parts), (), blocks[0].why, "titlepage")
