"""Displayed lines: what is set apart in the middle of a chapter (a card, an address, a chorus, a speaker) and looked like a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, BY_SETTING, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.over_text import begins_text, in_middle, tells_titles
from tei_pipeline.rules.shape import is_capitals, without_reference
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.divisions.subscribed import is_quoted
from tei_pipeline.settle.nesting.gaps import APART, RECURRING, look
from tei_pipeline.settle.titles.listing import headings_of, listed_headings

FEWEST = 8  # numbered chapters: below, nothing can be said of what is usual in the book
ODD = 2  # lines with no more space above than a paragraph has, in a book of few chapters
SHARE = 0.15  # of the chapters: headings of a kind that the book has for its sections stand in more of them


def displayed(blocks: list[Block], layout: Layout) -> list[Block]:
    """In a book of numbered chapters a line apart that few chapters have, with little white space above, is no heading but text; so is
    one in quotation marks to which a sentence leads, and a sentence that few bare numbers have right below them.
    """
    blocks = _without_sentences(blocks)
    places = headings_of(blocks)
    family = Counter(_family(blocks[i]) for i in places if blocks[i].facts.number).most_common(1)
    if not family or family[0][1] < 2:
        return blocks
    few = family[0][1] < FEWEST
    chapters = [i for i in places if blocks[i].facts.number and _family(blocks[i]) == family[0][0]]
    above = Counter(blocks[i].rows[0].gap for i in chapters[1:]).most_common(1)[0][0]
    listed = listed_headings(blocks, places, layout.language)
    below = {row.text for i in chapters for row in blocks[i].rows[1:]}  # what chapters have right below their number
    found: dict[tuple[object, ...], list[int]] = {}
    inside: dict[tuple[object, ...], set[int]] = {}
    signs: set[int] = set()
    chapter, behind, title = -1, False, ""
    end = max((i for i, b in enumerate(blocks) if b.kind == "trailer" and not b.within), default=len(blocks))
    end = end if end > max(chapters) else len(blocks)
    for i in places:
        block = blocks[i]
        if i in chapters:
            chapter, behind = i, False
        elif chapter >= 0 and block.facts.division and not block.facts.number:
            behind, title = True, block.text  # notes, an appendix: what stands in it is in no chapter
        elif block.facts.type in BY_SETTING and not block.facts.division and i not in listed and i < end:
            before = few and not layout.drama  # above the acts of a play stands what is worn and needed in it
            told = (chapter >= 0 or before) and (not behind or block.text in title)
            if told and _is_sign(blocks, i):
                signs.add(i)
            elif (
                told
                and block.rows[0].text not in below
                and not _below_stars(blocks[i - 1])
                and block.rows[0].gap < min(above, 2 if few else 4)
                and _amid_text(blocks, i)
                and not (above >= OF_CHAPTERS and _nearer_below(blocks, i))
            ):
                found.setdefault(look(block, layout), []).append(i)
                inside.setdefault(look(block, layout), set()).add(chapter)
    near = {i for alike in found.values() for i in alike}
    apart = {blocks[i].text for i in places if i not in near}  # a page's head may take the white space of one that stands apart elsewhere
    strays = {
        i
        for key, alike in found.items()
        if len(inside[key]) <= max(2, SHARE * len(chapters))
        for i in alike
        if blocks[i].text not in apart and not any(decision.rule == RECURRING for decision in blocks[i].decisions)
    }
    if few and len(strays) > ODD:
        strays = set()  # so many may be the titles of sections
    strays = {i for i in strays if not _over_text(blocks, i, layout)} | signs
    return _as_text(blocks, strays) if strays else blocks


def _without_sentences(blocks: list[Block]) -> list[Block]:
    """The blocks with the sentences below bare numbers as text, where hardly one of many numbers has any, and none is in capitals."""
    bare = [i for i in headings_of(blocks) if blocks[i].facts.type in ("arabic", "roman") and _is_bare(blocks[i])]
    longer = [i for i in bare if len(blocks[i].rows) > 1]
    if len(bare) < FEWEST or not 0 < len(longer) <= SHARE * len(bare):
        return blocks
    decision = Decision("displayed", f"{len(longer)} of {len(bare)} bare numbers have a line below: text", 0.75)
    result: list[Block] = []
    for i, block in enumerate(blocks):
        if i in longer and _is_sentence_below(block):
            title, text = block.rows[:1], block.rows[1:]
            result.append(replace(block, rows=title, end=text[0].line, decisions=(*block.decisions, decision)))
            block = replace(block, kind="paragraph", first=text[0].line, rows=text, facts=Facts(), decisions=(*block.decisions, decision))
        result.append(block)
    return result


def _is_bare(block: Block) -> bool:
    """Whether nothing but its number stands on the first line of a heading."""
    return len(block.rows[0].text.strip("_*[]. ")) <= block.facts.label and bool(block.facts.number)


def _is_sentence_below(block: Block) -> bool:
    """Whether what stands apart below a number ends as a sentence does, and is no title in capitals."""
    last = without_reference(block.rows[-1].text)
    return bool(block.rows[1].gap) and _ENDED.search(last) is not None and not is_capitals(" ".join(row.text for row in block.rows[1:]))


_ENDED = seldom(r"[.!?…][\"”’)_]*$")


def _is_sign(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line all in quotation marks says what the unfinished sentence above it leads to: the words on a door, or on a card."""
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    if above is None or above.kind != "paragraph" or above.within:
        return False
    return is_quoted(blocks[at].text) and above.text.endswith((":", ",", "--", "—"))


def _family(block: Block) -> tuple[str, str]:
    return block.facts.type, block.facts.division


def _amid_text(blocks: Sequence[Block], at: int) -> bool:
    """Whether text stands before and after it, and no other heading, with its argument."""
    before = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    if (
        before is None
        or before.kind == "heading"
        or (before.kind == "titlepage" and _is_title(blocks, at))
        or (before.within and before.within[0].kind == "argument")
    ):
        return False
    return after is not None and (after.kind != "heading" or bool(after.within))


def _below_stars(above: Block) -> bool:
    """Whether a row of stars parts it from the text above, as white space would."""
    return above.kind == "ornament" and "*" in above.text


def _nearer_below(blocks: Sequence[Block], at: int) -> bool:
    """Whether two empty lines stand above it and one below: so transcribers set the title of a section, where four stand above chapters."""
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return blocks[at].rows[0].gap > 1 and after is not None and after.kind == "paragraph" and after.rows[0].gap == 1


OF_CHAPTERS = 4  # empty lines above each


def _is_title(blocks: Sequence[Block], at: int) -> bool:
    """Whether it is a line of the title page come again."""
    return any(row.text == blocks[at].text for b in blocks[:at] if b.kind == "titlepage" for row in b.rows)


def _over_text(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether it stands in the very middle of a page over a paragraph that is not set in, as those below headings are not; or over verses,
    farther from those above than stanzas are from each other; or right over the date of a piece.
    """
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    if below is not None and below.kind == "dateline" and not below.rows[0].gap:
        return True
    if below is not None and below.kind == "verse" and blocks[at].rows[0].gap >= APART and layout.in_verse(below.first):
        return True
    if below is None or not tells_titles(layout) or not below.rows[0].gap:
        return False
    return in_middle(blocks[at].rows, layout) and begins_text(below.rows[0], layout)


def _as_text(blocks: Sequence[Block], strays: set[int]) -> list[Block]:
    decision = Decision("displayed", "few chapters have such a line, and little white space stands above it", 0.75)
    result: list[Block] = []
    for i, block in enumerate(blocks):
        if i in strays:
            result.extend(_chunks(block, decision))
        elif result and i - 1 in strays and block.kind == "paragraph" and not block.within and block.rows[0].gap == 0:
            last = result.pop()
            result.append(replace(last, end=block.end, rows=(*last.rows, *block.rows), decisions=(*last.decisions, *block.decisions)))
        else:
            result.append(block)
    return result


def _chunks(block: Block, decision: Decision) -> list[Block]:
    """The lines of a heading that stand together, a paragraph each."""
    starts = [0, *(k for k in range(1, len(block.rows)) if block.rows[k].gap)]
    made = []
    for k, start in enumerate(starts):
        stop = starts[k + 1] if k + 1 < len(starts) else len(block.rows)
        made.append(
            replace(
                block,
                kind="paragraph",
                first=block.rows[start].line if k else block.first,
                end=block.rows[stop].line if stop < len(block.rows) else block.end,
                rows=block.rows[start:stop],
                facts=Facts(),
                decisions=(*block.decisions, decision),
            )
        )
    return made
