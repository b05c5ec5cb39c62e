"""Arguments: the summary that printers set between the heading of a chapter or canto and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Container, Facts, is_note
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.rules.shape import OPENING_MARKS, is_capitals, is_centred, is_short, is_summary
from tei_pipeline.seldom import seldom

_UNDER = frozenset(("heading", "subtitle", "byline", "dateline", "salute", "imprint", "epigraph"))
SHORT = 16  # words of a line that may stand between a heading and the argument


def _is_line_or_two(block: Block) -> bool:
    return block.kind == "paragraph" and not block.within and len(block.rows) <= 3 and is_short(block.text, SHORT)


def arguments(blocks: list[Block], layout: Layout) -> list[Block]:
    """Phrases parted by dashes under a heading, what stands under ARGUMENT, and what other chapters have set in alike, sum it up."""
    blocks = _summed_up(blocks)
    result = list(blocks)
    set_in = _set_in(blocks, layout) | _in_lines(blocks) | _as_elsewhere(blocks)
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    letters = _letters_of_dashes(blocks, order)
    opened = False
    at = 0
    while at < len(order):
        i = order[at]
        block = blocks[i]
        end = at + 1
        if (
            block.kind == "heading"
            and block.facts.division == "argument"
            and at
            and _heads_text(blocks[order[at - 1]])
            and not _is_over_persons(blocks, order, end := _summary_end(blocks, order, at + 1))
        ):
            _mark(result, order[at:end], Container("argument", block.first), "a summary under its own name", 0.9)
            result[i] = replace(result[i], facts=Facts(division="argument"))  # its heading
        elif (
            opened
            and block.within
            and block.within[0].kind == "quotation"
            and len(block.within) == 1
            and (i in set_in or is_argument(block))
        ):
            while end < len(order) and blocks[order[end]].within[:1] == block.within[:1]:
                end += 1
            inside = replace(block.within[0], kind="argument")
            end -= end - at > 1 and _is_title(blocks[order[end - 1]], layout)
            _mark(result, order[at:end], inside, "set in under a heading: the argument of the chapter", 0.9)
        elif (
            opened
            and (block.kind == "paragraph" or is_argument(block) or i in set_in)
            and not block.within
            and not _quoted(block)
            and (i in set_in or (is_argument(block) and not _goes_on(block, blocks[order[end]] if end < len(order) else None)))
        ):
            _mark(result, [i], Container("argument", block.first), "phrases parted by dashes under a heading: the argument", 0.9)
        else:
            end = at + 1
            opened = block.kind == "heading" or (
                opened
                and (block.kind in _UNDER or _is_line_or_two(block) or is_note(block))
                and not _dates_letter(blocks, order, at, layout)
            )
            opened = opened and i not in letters
            at = end
            continue
        opened = False
        if end < len(order) and _is_title(blocks[order[end]], layout):
            result[order[end]] = _first_title(blocks[order[end]])
            end += 1
        at = end
    return result


MOST = 0.8  # of the chapters


def _summed_up(blocks: list[Block]) -> list[Block]:
    """Where most chapters have phrases parted by dashes below their number, those that look like its title too sum up the chapter."""
    titled: set[int] = set()
    for places in _numbered(blocks).values():
        apart = [i for i in places if i + 1 < len(blocks) and not blocks[i + 1].within and is_argument(blocks[i + 1])]
        joined = [i for i in places if i not in apart and (_has_phrases(blocks[i]) or (i + 1 < len(blocks) and _is_phrases(blocks[i + 1])))]
        if len(apart) > 1 and 2 * len(apart) >= len(joined) and len(apart) + len(joined) >= MOST * len(places):
            titled.update(i if _has_phrases(blocks[i]) else i + 1 for i in joined)
    result: list[Block] = []
    for i, block in enumerate(blocks):
        if i not in titled:
            result.append(block)
            continue
        if not _has_phrases(block):
            decision = Decision("argument", "phrases parted by dashes under a number, as in other chapters", 0.85)
            summary = replace(block, kind="paragraph", facts=Facts(), within=(Container("argument", block.first),))
            result.append(replace(summary, decisions=(*block.decisions, decision)))
            continue
        decision = Decision("argument", "phrases parted by dashes below the number, as in other chapters", 0.85)
        below = block.rows[1].line
        result.append(replace(block, end=below, rows=block.rows[:1], decisions=(*block.decisions, decision)))
        argument = replace(block, kind="paragraph", first=below, rows=block.rows[1:], facts=Facts(), decisions=(*block.decisions, decision))
        result.append(replace(argument, within=(Container("argument", below),)))
    return result


def _as_elsewhere(blocks: Sequence[Block]) -> set[int]:
    """Two phrases parted by a dash right under a numbered heading, where most of its kind have more: they sum it up too."""
    found: set[int] = set()
    for kind, places in _numbered(blocks).items():
        below = [i + 1 for i in places if i + 1 < len(blocks) and blocks[i + 1].kind == "paragraph" and not blocks[i + 1].within]
        sums = [i for i in below if is_argument(blocks[i])]
        if kind[1] and len(sums) > 1 and 2 * len(sums) >= len(places):
            found.update(i for i in below if i not in sums and len(blocks[i].rows) <= FEW_LINES and _TWO_PHRASES.fullmatch(blocks[i].text))
    return found


_TWO_PHRASES = seldom(r"[^\W\d_a-z][^.!?;:]+?(?:--|—)[^\W\d_a-z][^.!?;:—-]+\.?")
FEW_LINES = 3


def _numbered(blocks: Sequence[Block]) -> dict[tuple[str, str], list[int]]:
    """The numbered headings of each kind."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for i, block in enumerate(blocks):
        if block.kind == "heading" and block.facts.number and not block.within:
            kinds.setdefault((block.facts.type, block.facts.division), []).append(i)
    return kinds


def _has_phrases(block: Block) -> bool:
    """Whether the title that stands below a number alone has phrases parted by dashes."""
    rows = block.rows
    apart = len(rows) > 1 and rows[1].gap > 0 and block.facts.label >= len(rows[0].text.rstrip(" .:"))
    return apart and not any(row.gap for row in rows[2:]) and any(_DASH.search(row.text) for row in rows[1:])


def _is_phrases(block: Block) -> bool:
    """Whether a block that looks like a title right below a number has phrases parted by dashes."""
    if block.kind not in ("heading", "subtitle") or block.within or not block.rows[0].gap:
        return False
    if block.facts.type == "labelled":  # FIRST NIGHT IN CAMP--ARRIVAL OF THE DRAYS--
        return len(block.rows) > 1 and sum(_DASH.search(row.text) is not None for row in block.rows) > 1
    return block.facts.type in ("title", "capitals", "") and any(_DASH.search(row.text) for row in block.rows)


_DASH = re.compile(r"\w[.!?]?(?:--|—)[\w\"“]")


def _letters_of_dashes(blocks: Sequence[Block], order: Sequence[int]) -> set[int]:
    """The headings of letters, where fewer than half of them stand over phrases parted by dashes: their writer is fond of dashes."""
    letters = [k for k, i in enumerate(order[:-1]) if blocks[i].kind == "heading" and blocks[i].facts.division == "letter"]
    summed = sum(is_argument(blocks[order[k + 1]]) for k in letters)
    return {order[k] for k in letters} if 2 * summed < len(letters) else set()


def _dates_letter(blocks: Sequence[Block], order: Sequence[int], at: int, layout: Layout) -> bool:
    """Whether a date stands below the heading of a letter, and over its text, however many dashes that has."""
    if blocks[order[at]].kind != "dateline" or not at:
        return False
    above = blocks[order[at - 1]]
    return above.kind == "heading" and (above.facts.division == "letter" or titles_letter(above.text, layout))


def is_argument(block: Block) -> bool:
    """A paragraph of three or more phrases parted by dashes; two lines of it look like verses."""
    return (block.kind == "paragraph" or (block.kind == "verse" and len(block.rows) <= MOST_LIKE_VERSE)) and is_summary(block.text)


MOST_LIKE_VERSE = 3  # lines


def _goes_on(block: Block, after: Block | None) -> bool:
    """Whether a paragraph ends in the middle of a sentence that the next one ends: a page cut it."""
    return after is not None and after.kind == "paragraph" and not block.rows[-1].ends_sentence and after.rows[0].starts_lower


def _mark(result: list[Block], places: Sequence[int], container: Container, evidence: str, confidence: float) -> None:
    decision = Decision("argument", evidence, confidence)
    for i in places:
        block = result[i]
        within = (container, *(c for c in block.within if c.kind != "quotation"))
        plain = block.kind in ("heading", "verse") and (len(block.rows) == 1 or is_argument(block) or _lists_phrases(block))
        kind, facts = ("paragraph", Facts()) if plain else (block.kind, block.facts)
        result[i] = replace(block, kind=kind, facts=facts, within=within, decisions=(*block.decisions, decision))


def _is_title(block: Block, layout: Layout) -> bool:
    """Whether a line alone stands in the middle, in capitals, with a number, or as a name that signs would."""
    if len(block.rows) != 1 or not block.rows[0].gap or not is_centred(block.rows[0], layout):
        return False
    if block.kind == "heading":
        return bool(block.within and block.facts.number)
    return block.kind == "signed" or (block.kind == "paragraph" and is_capitals(block.text))


def _first_title(block: Block) -> Block:
    """What stands in the middle below an argument, which nobody signs, heads the first section of the chapter."""
    facts = block.facts if block.kind == "heading" else Facts(type="capitals" if is_capitals(block.text) else "title")
    decision = Decision("argument", "in the middle below the argument of a chapter", 0.85)
    return replace(block, kind="heading", facts=facts, within=(), decisions=(*block.decisions, decision))


def _quoted(block: Block) -> bool:
    return block.text.startswith(tuple(OPENING_MARKS))


def _heads_text(block: Block) -> bool:
    """Whether a block heads a division of the text itself, whose argument may follow."""
    return block.kind == "heading" and not block.within and block.facts.type != "named"


def _summary_end(blocks: Sequence[Block], order: Sequence[int], at: int) -> int:
    """Past the summary under its own name: its paragraphs up to text of another kind, else one paragraph."""
    end = at
    while end < len(order) and _is_sentence(blocks[order[end]]):
        end += 1
    if end > at and end < len(order) and blocks[order[end]].kind in ("verse", "stanza-number"):
        return end
    return min(end, at + 1)


def _is_over_persons(blocks: Sequence[Block], order: Sequence[int], at: int) -> bool:
    """Whether the persons of a play stand below its argument, under a heading of their own as that is."""
    return at < len(order) and blocks[order[at]].kind == "heading" and blocks[order[at]].facts.division == "cast"


def _is_sentence(block: Block) -> bool:
    """Running text; among verses also a line alone that is a whole sentence."""
    return block.kind == "paragraph" or (block.kind == "verse" and len(block.rows) == 1 and block.rows[0].ends_sentence)


def _set_in(blocks: Sequence[Block], layout: Layout) -> set[int]:
    """Set-in blocks right under headings, when several headings of the book have one and one of them is an argument beyond doubt."""
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    under = [
        b
        for a, b, c in zip(order, order[1:], [*order[2:], *order[:1]], strict=False)
        if blocks[a].kind == "heading" and _is_set_in(blocks[b], layout) and not (_attributes(blocks[c]) or _attributes(blocks[b]))
    ]
    sure = len(under) >= 2 and any(is_argument(blocks[i]) for i in under)
    return set(under) if sure else _under_every(blocks, under) | _in_contents(blocks, under)


def _under_every(blocks: Sequence[Block], under: Sequence[int]) -> set[int]:
    """Prose set in right under the headings of nearly all chapters of many, of whole sentences and with no source."""
    kinds = [places for places in _numbered(blocks).values() if len(places) >= MANY]
    told = {i for i in under if blocks[i].rows[-1].ends_sentence and sum(row.starts_lower for row in blocks[i].rows[1:]) > 0}
    return {i + 1 for places in kinds if sum(i + 1 in told for i in places) >= MOST * len(places) for i in places if i + 1 in told}


def _in_contents(blocks: Sequence[Block], under: Sequence[int]) -> set[int]:
    """What is set in right under several headings and stands in the very words on the contents page, as what the chapter treats of."""
    listed = {_letters(b.text) for b in blocks if b.within and b.within[0].kind == "contents" and b.rows} if len(under) > 1 else set()
    found = {i for i in under if blocks[i].rows[-1].ends_sentence and _letters(blocks[i].text) in listed}
    return found if len(found) > 1 else set()


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


MANY = 5  # chapters


def _in_lines(blocks: Sequence[Block]) -> set[int]:
    """What stands right under the numbers of several chapters of prose, each phrase a line with its point, which looks like verse."""
    under = {
        i
        for i in range(1, len(blocks) - 1)
        if blocks[i].kind == "verse"
        and blocks[i - 1].kind == "heading"
        and blocks[i - 1].facts.number
        and blocks[i + 1].kind != "verse"
        and _lists_phrases(blocks[i])
    }
    return under if len(under) > 1 else set()


def _lists_phrases(block: Block) -> bool:
    """Whether each line of some ends in a point, but for those that go on in the next."""
    if block.kind != "verse" or len(block.rows) < FEWEST_PHRASES or block.within:
        return False
    return all(row.text[-1] == "." or after.starts_lower for row, after in pairwise(block.rows)) and block.text[-1] == "."


FEWEST_PHRASES = 3  # lines: a motto and what it means are two


def _attributes(block: Block) -> bool:
    """Whether the last line names a source, as below a motto."""
    return block.rows[-1].text.startswith(("--", "—", "–"))


def _is_set_in(block: Block, layout: Layout) -> bool:
    if block.kind != "paragraph" or len(block.within) > 1 or _quoted(block):
        return False
    if block.within:
        return block.within[0].kind == "quotation"
    return layout.style != "unwrapped" and all(row.indent > layout.margin + max(2, layout.indent) for row in block.rows)
