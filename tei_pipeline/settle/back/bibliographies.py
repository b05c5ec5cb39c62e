"""Bibliographies: the paragraphs under their heading that are entries, with a year or a title, an author or a dash before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout

LONGEST_ENTRY = 6  # printed lines: a longer paragraph tells of books
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]\d\d|20\d\d)(?!\d)|\bn\. ?d\.")
_REPEATED = re.compile(r"^(?:-{2,}|—{1,3}|_{3,})")  # the author of the entry before
_OVER = frozenset(("furniture",))


def bibliographies(blocks: list[Block], layout: Layout) -> list[Block]:
    """Short paragraphs under the heading of a bibliography and under those inside it, most with a year, are its entries; a bibliographical
    note behind the last chapter is no preface.
    """
    blocks = _behind_chapters(blocks, layout.language)
    result: list[Block] = []
    at = 0
    while at < len(blocks):
        result.append(blocks[at])
        at += 1
        if result[-1].kind != "heading" or result[-1].within or result[-1].facts.division != "bibliography":
            continue
        level = result[-1].facts.level
        end = next((i for i in range(at, len(blocks)) if blocks[i].kind == "heading" and blocks[i].facts.level <= level), len(blocks))
        below = _set_in(_under_authors(blocks[at:end]))
        result.extend(_section([piece for block in below for piece in _hung(_unsigned(block))]))
        at = end
    return result


def _behind_chapters(blocks: list[Block], language: Language) -> list[Block]:
    """The blocks, in which a note on books below the last numbered heading is a bibliography, not the preface that it would be in front."""
    last = max((i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and b.facts.number), default=len(blocks))
    prefaces = [i for i in range(last + 1, len(blocks)) if blocks[i].facts.division == "preface"]
    notes = [i for i in prefaces if _tells_of_books(blocks[i].text, language)]
    result = list(blocks) if notes else blocks
    for i in notes:
        decision = Decision("bibliography", "names books, below the last chapter", 0.85)
        facts = replace(blocks[i].facts, division="bibliography")
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def _tells_of_books(text: str, language: Language) -> bool:
    """Whether a word of a heading has the stem of one that heads a bibliography: BIBLIOGRAPHICAL NOTE."""
    stems = {
        name[:STEM] for name, word in language.divisions.items() if word.type == "bibliography" and len(name) > STEM and " " not in name
    }
    return any(word[:STEM] in stems for word in fold(text).split())


STEM = 9  # letters


def _under_authors(blocks: list[Block]) -> list[Block]:
    """Works that begin with their year, set in below their authors, each of whom has a line alone: an author and his first work are one
    entry; so are one of no year, a manuscript, and its author.
    """
    works = {k for k, block in enumerate(blocks) if _may_be_work(block) and _DATED.match(block.rows[0].text) is not None}
    over = {k for k in range(1, len(blocks)) if _may_be_author(blocks[k - 1]) and blocks[k - 1].rows[0].indent < _indent(blocks[k])}
    if len(works & over) < FEWEST_AUTHORS:
        return blocks
    columns = {(_indent(blocks[k - 1]), _indent(blocks[k])) for k in works & over}
    works |= {k for k in over if _may_be_work(blocks[k]) and (_indent(blocks[k - 1]), _indent(blocks[k])) in columns}
    authors = {k - 1 for k in works & over}
    decision = Decision("bibliography", f"works with their years, set in below {len(authors)} authors", 0.85)
    result: list[Block] = []
    for k, block in enumerate(blocks):
        if k in authors:
            continue
        if k in works:
            above = blocks[k - 1] if k - 1 in authors else block
            rows = block.rows if above is block else (*above.rows, *block.rows)
            decisions = (*block.decisions, decision)
            block = replace(block, kind="paragraph", first=above.first, rows=rows, within=(), facts=Facts(), decisions=decisions)
        result.append(block)
    return result


FEWEST_AUTHORS = 3


def _set_in(blocks: list[Block]) -> list[Block]:
    """The blocks of a bibliography whose entries stand as far in, right below its heading: they are neither quoted nor verses."""
    first = blocks[0] if blocks else None
    if first is None or not ((_may_be_work(first) and first.within) or _is_short(first)):
        return blocks
    far = _indent(first)
    inset = {i for i, b in enumerate(blocks) if (_may_be_work(b) or _is_short(b)) and _indent(b) == far}
    bare = [replace(b, kind="paragraph", within=()) if i in inset else b for i, b in enumerate(blocks)]
    return bare if any(block.within and block.within[0].kind == "bibliography" for block in _section(bare)) else blocks


def _is_short(block: Block) -> bool:
    """Whether an entry may look like a verse: a line alone, set in."""
    return block.kind == "verse" and len(block.rows) == 1 and not block.within


def _may_be_work(block: Block) -> bool:
    return block.kind == "paragraph" and bool(block.rows) and [container.kind for container in block.within] in ([], ["quotation"])


def _may_be_author(block: Block) -> bool:
    return len(block.rows) == 1 and block.kind in ("paragraph", "verse", "signed", "heading") and not block.within


def _indent(block: Block) -> int:
    return block.rows[0].indent if block.rows else 0


_DATED = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?\.\s")


def _unsigned(block: Block) -> Block:
    """The last entry, which looks like the name of who signs, but has a title in italics or a year."""
    if block.kind != "signed" or block.within or not ("_" in block.text.strip("_") or _YEAR.search(block.text)):
        return block
    decision = Decision("bibliography", "the last entry of a bibliography, with a title in italics or a year, signs nothing", 0.85)
    return replace(block, kind="paragraph", decisions=(*block.decisions, decision))


def _is_entry(block: Block) -> bool:
    return block.kind in ("paragraph", "imprint") and not block.within


def _section(blocks: list[Block]) -> list[Block]:
    """The blocks of one bibliography, each run of entries in a list, if most paragraphs are entries."""
    entries = [b for b in blocks if _is_entry(b) and not b.joins]
    dated = sum(bool(_YEAR.search(b.text) or _REPEATED.match(b.text)) for b in entries)
    if len(entries) < 2 or dated < 0.6 * len(entries) or sum(len(b.rows) <= LONGEST_ENTRY for b in entries) < 0.8 * len(entries):
        return blocks
    decision = Decision("bibliography", f"{dated} of {len(entries)} paragraphs under a bibliography have a year", 0.85)
    result: list[Block] = []
    container: Container | None = None
    for i, block in enumerate(blocks):
        if _is_entry(block):
            container = container or Container("bibliography", block.first)
            result.append(replace(block, kind="paragraph", within=(container,), decisions=(*block.decisions, decision)))
        elif container and block.kind in _OVER and any(_is_entry(b) for b in blocks[i + 1 : i + 4]):
            result.append(replace(block, within=(container,)))
        else:
            container = None
            result.append(block)
    return result


def _hung(block: Block) -> Iterator[Block]:
    """A block of entries that only their hanging first lines part, cut into these."""
    if not _is_entry(block) or not block.rows:
        yield block
        return
    base = min(row.indent for row in block.rows)
    starts = [k for k, row in enumerate(block.rows) if not k or (row.indent == base and block.rows[k - 1].ends_sentence)]
    if len(starts) < 2 or len(starts) == len(block.rows) or not _hangs(block, starts, base):
        yield block
        return
    for k, start in enumerate(starts):
        stop = starts[k + 1] if k + 1 < len(starts) else len(block.rows)
        yield replace(
            block,
            first=block.rows[start].line if k else block.first,
            end=block.rows[stop].line if stop < len(block.rows) else block.end,
            rows=block.rows[start:stop],
            joins=block.joins and not k,
        )


def _hangs(block: Block, starts: Sequence[int], base: int) -> bool:
    """Whether every line that begins no entry is set in."""
    return block.rows[0].indent == base and all(k in starts or row.indent > base for k, row in enumerate(block.rows))
