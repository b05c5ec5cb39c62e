"""A division: what opens it, its blocks, the divisions in it, what closes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from tei_pipeline import model
from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.layout import Layout
from tei_pipeline.model import Division
from tei_pipeline.nodes import Weaver
from tei_pipeline.nodes.letters import MOST_ADDED, letter
from tei_pipeline.rules.letters.near_dates import GIVEN
from tei_pipeline.rules.shape import OPENING_MARKS
from tei_pipeline.seldom import seldom
from tei_pipeline.structure.ends import ends, greets, heading, is_beside, leaf, supplied, title
from tei_pipeline.structure.kinds import Counter, number, says_to_whom, type_of
from tei_pipeline.structure.tree import CLOSES, Opened, matter


def division(opened: Opened, weaver: Weaver, counter: Counter, siblings: dict[str, int]) -> Division:
    """A division with all that it holds; ``siblings`` are the numbers that are taken beside it."""
    kind = type_of(opened, weaver.layout)
    n = number(opened, kind, siblings)
    named = [b.first for b in (*opened.leaf, opened.head) if b is not None]
    key = next((key for first in named if (key := weaver.targets.get(-first - 1))), None)
    inner_siblings: dict[str, int] = {}
    head = opened.head
    heads = (supplied(head, weaver) if opened.supplied else heading(head, weaver)) if head is not None else ()
    heads = (*leaf(opened.leaf, weaver), *heads)
    notes_only = opened.children and all(matter(c) == "notes" for c in opened.children)
    closed = any(b.kind in CLOSES for b in opened.blocks[-6:]) or any(b.kind == "dateline" for b in opened.blocks[-1:])
    if notes_only and closed and not _cuts(ends(opened.blocks, weaver, False)[1]):
        top, body, bottom = ends(opened.blocks, weaver, False)
        of_title = next((i for i, node in enumerate(top) if not isinstance(node, model.Heading)), len(top))
        heads, top = (*heads, *top[:of_title]), top[of_title:]
        text = Division("text", "text", top, body_nodes(body, weaver), (), bottom, key=f"{counter.key()}t")
        children = (text, *(division(c, weaver, counter, inner_siblings) for c in opened.children))
        return Division(kind, n, heads, divisions=children, title=title(head), key=key or counter.key(), why=head.why if head else None)
    first = next((i for i, b in enumerate(opened.blocks) if b.kind == "dateline" and b.facts.type == "entry"), len(opened.blocks))
    if all(b.kind == "dateline" or b.kind in BETWEEN for b in opened.blocks[first:]):
        first = len(opened.blocks)  # they date what stands above them
    if not opened.children and (remark := _remark_over_letter(opened.blocks)) is not None:
        top, above, _ = ends(opened.blocks[:remark], weaver, True)
        nodes = body_nodes([*above, *opened.blocks[remark:]], weaver, whole=True)
        key = key or counter.key()
        return Division(kind, n, (*heads, *top), nodes, title=title(head), key=key, why=head.why if head else None)
    letter_headed = matter(opened) == "letter" or (head is not None and says_to_whom(head, weaver.layout))
    top, body, bottom = ends(opened.blocks[:first], weaver, bool(opened.children) or first < len(opened.blocks), letter=letter_headed)
    if bottom and first == len(opened.blocks) and body and (_is_remarked(body) or _gives_letter(body, kind)):
        body, bottom = [*body, *opened.blocks[opened.blocks.index(body[-1]) + 1 :]], ()  # they close the letter, not the text above it
    body.extend(opened.blocks[first:])
    if kind != "preface" or any(b.kind == "salute" for b in body):  # a date in a preface closes what is above it, and begins no entry
        entries, body = dated_parts(body, weaver, counter, inner_siblings, bool(opened.children))
    else:
        entries = []
    divisions = (*entries, *(division(c, weaver, counter, inner_siblings) for c in opened.children))
    if entries and bottom and not opened.children:
        divisions = (*entries[:-1], replace(entries[-1], bottom=(*entries[-1].bottom, *bottom)))
        bottom = ()
    return Division(
        kind,
        n,
        (*heads, *top),
        body_nodes(body, weaver),
        divisions,
        bottom,
        title=title(head),
        key=key or counter.key(),
        why=head.why if head else None,
    )


def dated_parts(
    blocks: list[Block], weaver: Weaver, counter: Counter, siblings: dict[str, int], divided: bool, whole: bool = False
) -> tuple[list[Division], list[Block]]:
    """Entries of a diary, letters in a row: where a dateline stands apart in the middle, a division without heading begins.

    ``whole``: the blocks are those of a book, whose title page is taken off, and may begin with the first letter.
    """
    cuts = _cuts(blocks, whole)
    if not cuts:
        return [], blocks
    cuts = [_remark_above(blocks, i - (i > 1 and _is_salute(blocks[i - 1]))) for i in cuts]  # the salute may stand over the date
    found = []
    for start, end in zip(cuts, [*cuts[1:], len(blocks)], strict=True):
        remarked = blocks[start].kind not in ("dateline", "salute") and not is_beside(blocks[start])
        top, body, bottom = ends(blocks[start:end], weaver, divided and end == len(blocks), remarked)
        n = number(Opened(0), "entry", siblings)
        found.append(Division("entry", n, top, body_nodes(body, weaver), (), bottom, key=counter.key()))
    return found, blocks[: cuts[0]]


def _cuts(blocks: Sequence[Block], whole: bool = False) -> list[int]:
    """The datelines with which entries or letters begin."""
    dated = sum(b.kind == "dateline" and not b.within for b in blocks)
    quoted = _letters_within(blocks)
    return [
        i
        for i, b in enumerate(blocks)
        if b.kind == "dateline"
        and not b.within
        and (b.facts.type == "entry" or ((i or (whole and dated > 1)) and i not in quoted and _opens_entry(blocks, i, dated)))
        and not _is_quoted(blocks, i)
        and not (i and blocks[i - 1].kind == "dateline" and b.rows[0].gap <= 1)  # the date below the place
        and not _dates_entry_above(blocks, i)
    ]


def _dates_entry_above(blocks: Sequence[Block], at: int) -> bool:
    """Whether a date is nearer to what stands above than to the one right below it, which begins an entry: it closes the one above."""
    below = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    dated = below.kind == "dateline" and below.facts.type == "entry" != blocks[at].facts.type
    return dated and blocks[at].rows[0].gap < below.rows[0].gap


def _is_quoted(blocks: Sequence[Block], at: int) -> bool:
    """Whether a date is that of a letter which a text quotes: it, or the salute below it, opens with a quotation mark."""
    below = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    quoted = blocks[at].text[0] in OPENING_MARKS and _NAMED.match(blocks[at].text) is None
    return quoted or (below.kind == "salute" and below.text[0] in OPENING_MARKS)


_NAMED = seldom(r'["“„«][^"”“»]+["”“»],?\s+\S')  # "Bull and George," Dartford, Wednesday


def _letters_within(blocks: Sequence[Block]) -> set[int]:
    """The datelines of letters that a text gives: all are signed, and below the signature of half of them or more the text goes on."""
    dates = [i for i, b in enumerate(blocks) if b.kind == "dateline" and not b.within]
    found: set[int] = set()
    going_on = 0
    for i, end in pairwise([*dates, len(blocks)]):
        name = next((k for k in range(end - 1, i, -1) if blocks[k].kind == "signed" and not blocks[k].within), None)
        if name is not None:
            found.add(i)
            going_on += any(b.kind == "paragraph" and not b.within and len(b.rows) > 1 for b in blocks[name + 1 : end])
    return found if going_on and 2 * going_on >= len(found) else set()


def _remark_above(blocks: Sequence[Block], at: int) -> int:
    """Where the entry begins whose date or salute stands at a place: with the notes that stood in the margin beside it; or with the
    editor's remark in brackets, of one paragraph or more, that stands right above it and apart from what closes the letter before.
    """
    first = at
    while first and is_beside(blocks[first - 1]):
        first -= 1
    if first < at:
        return first if first and _lines_between(blocks, first) > _lines_between(blocks, at) else at
    while first and not blocks[first - 1].within and blocks[first - 1].kind == "editorial":
        first -= 1
    if first == at and at and blocks[at - 1].kind == "paragraph" and blocks[at - 1].text.endswith("]"):
        for k in range(at - 1, max(-1, at - 1 - _MOST_OF_A_REMARK), -1):
            if blocks[k].kind != "paragraph" or blocks[k].within:
                break
            if blocks[k].text[0] == "[":
                first = k
                break
    if first == at or first < 2 or blocks[first].rows[0].gap <= max(2, blocks[at].rows[0].gap):
        return at
    return first


def _lines_between(blocks: Sequence[Block], at: int) -> int:
    """How many lines of the source part a block from the one before it."""
    before = next((blocks[i] for i in range(at - 1, -1, -1) if blocks[i].rows), None)
    return blocks[at].rows[0].line - before.rows[-1].line if before is not None else 0


def _remark_over_letter(blocks: Sequence[Block]) -> int | None:
    """Where below the title of a letter the remark of its editor stands, over the date or salute of the one letter, if one does.
    The remark is a paragraph, and the letter a text of its own.
    """
    start = next((i for i, b in enumerate(blocks) if b.kind not in ("subtitle", "byline") and b.kind not in BETWEEN), len(blocks))
    end = start
    while end < len(blocks) and _is_remark(blocks[end]):
        end += 1
    if end == start or end >= len(blocks) or blocks[end].kind not in _OPENS or blocks[end].within:
        return None
    text = next((i for i in range(end, len(blocks)) if blocks[i].kind not in _OPENS), len(blocks))
    name = next((i for i in range(text, len(blocks)) if blocks[i].kind == "signed" and not blocks[i].within), None)
    if name is None or any(b.kind == "dateline" for b in blocks[text:name]):
        return None
    another = any(a.kind in _OPENS and b.kind == "paragraph" for a, b in pairwise(blocks[name:]))
    return None if another else start


_OPENS = frozenset(("dateline", "salute"))


def _is_remark(block: Block) -> bool:
    """Whether a block is in brackets, or a paragraph set in."""
    if block.within:
        return block.kind == "paragraph" and len(block.within) == 1 and block.within[0].kind == "quotation"
    return block.kind == "editorial" or _is_bracketed(block)


def _is_bracketed(block: Block) -> bool:
    return block.kind == "paragraph" and block.text[0] == "[" and block.text[-1] == "]"


def _is_remarked(blocks: Sequence[Block]) -> bool:
    """Whether the last letter of some blocks stands below a remark of the editor."""
    last = next((i for i in range(len(blocks) - 1, 0, -1) if blocks[i].kind == "dateline" and not blocks[i].within), 0)
    return bool(last) and _remark_above(blocks, last) != last and not any(b.kind == "signed" for b in blocks[last:])


def _gives_letter(blocks: Sequence[Block], kind: str) -> bool:
    """Whether some blocks end with a letter: one that words with a colon announce, or that addresses somebody below the text of
    a division that is no letter itself.
    """
    signed = max((i for i, b in enumerate(blocks) if b.kind == "signed"), default=-1)
    first = next((i for i in range(signed + 1, len(blocks)) if blocks[i].kind in ("dateline", "salute") and not blocks[i].within), 0)
    above = blocks[first - 1] if first else None
    if above is None or above.kind != "paragraph" or above.within:
        return False
    return (blocks[first].kind == "salute" and kind != "letter") or above.text.rstrip("-—").endswith(":")


_MOST_OF_A_REMARK = 8  # paragraphs
_NO_TEXT = frozenset(("preformatted", "table", "quantities", "list", "imprint"))


def _is_salute(block: Block) -> bool:
    return block.kind == "salute" and not block.within


def _opens_entry(blocks: Sequence[Block], at: int, dated: int) -> bool:
    before = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN and b.kind != "dateline"), None)
    if before is not None and before.rows[-1].text.rstrip("-—").endswith(":") and blocks[at].rows[0].gap <= 2:
        return False
    if dated < 2 and any(b.kind == "signed" for b in blocks[at + 1 :]) and blocks[at].rows[0].gap <= 2:
        return False
    if before is not None and before.kind == "signed" and blocks[at].text.rstrip()[-1:] in '”“"»«':
        return False
    if after is None or before is None:
        return after is not None
    if after.within and after.within[0].kind == "note":
        return False  # the day on which a poem was written, and the notes to it
    if before.kind == "verse" and after.kind != "paragraph" and blocks[0].kind != "dateline":
        return False
    if after.kind in _NO_TEXT or (len(after.rows) == 1 and after.text[0] == "("):
        return False  # the day on which a document was signed, and the names, or where it was published
    gap = blocks[at].rows[0].gap
    nearer = gap == 2 and before.rows[0].gap < 2 and after.rows[0].gap <= 2 and after.kind in ("paragraph", "salute")
    if before.kind == "salute" and at > 1 and blocks[at - 1] is before:
        return blocks[at - 2].kind == "paragraph" and gap <= 2 and after.kind == "paragraph"
    return bool(before.within) or before.kind not in ("signed", "salute") or gap >= 3 or (nearer and before.kind == "signed")


def body_nodes(blocks: list[Block], weaver: Weaver, whole: bool = False) -> tuple[model.BlockNode, ...]:
    """The blocks of a division as nodes; letters that stand in its middle, signed, are texts of their own. ``whole``: the division is a
    letter below a remark, and what was added to it is its end.
    """
    found: list[model.BlockNode] = []
    at = 0
    for i, block in enumerate(blocks):
        if i >= at and (end := _quoted_letter_end(blocks, i)):
            found.extend(weaver.nodes(blocks[at:i]))
            found.append(letter(weaver, blocks[i:end], 0))
            at = end
            continue
        given = block.facts == GIVEN and (i + 1 == len(blocks) or blocks[i + 1].kind != "signed")
        if i < at or not (block.kind == "signed" or given) or block.within:
            continue
        end = i + 1
        while end < len(blocks) and not blocks[end].within and (blocks[end].kind in _CLOSES or _goes_on(blocks, end)):
            end += 1
        while end - 1 > i and blocks[end - 1].kind == "dateline" and end < len(blocks) and _is_salute(blocks[end]):
            if blocks[end].rows[0].gap > blocks[end - 1].rows[0].gap:
                break  # nearer to the name above than to whom the next letter is to
            end -= 1  # the next letter, which goes to the same
        end = _past_added(blocks, end, whole)
        start = _letter_start(blocks, at, i, weaver.layout)
        found.extend(weaver.nodes(blocks[at:start]))
        found.append(letter(weaver, blocks[start:end], 0))
        at = end
    found.extend(weaver.nodes(blocks[at:]))
    return tuple(found)


def _past_added(blocks: Sequence[Block], at: int, whole: bool) -> int:
    """Past the paragraphs added below a name, where the remark of an editor in brackets, the first of whose paragraphs opens them and
    the last closes them, is the rest, or nothing is (``whole``).
    """
    added = list(takewhile(lambda b: b.kind == "paragraph" and not b.within and b.text[:1] != "[", blocks[at : at + MOST_ADDED]))
    end = at + len(added)
    if end == len(blocks):
        return end if whole else at
    remark = blocks[end]
    opened = remark.kind in ("paragraph", "editorial") and not remark.within and remark.text[:1] == "["
    return end if opened and blocks[-1].text[-1:] == "]" else at


def _quoted_letter_end(blocks: Sequence[Block], at: int) -> int:
    """Past a letter without a name, at a date or salute that opens a quotation mark, which each paragraph opens again and the last one
    closes; else 0.
    """
    first = blocks[at]
    mark = first.text[0] if first.kind in ("dateline", "salute") and not first.within else ""
    above = blocks[at - 1].text if at else ""
    if mark not in _OPENS_LETTER or _CLOSED.search(first.text, 1) or (above[:1] == mark and not _CLOSED.search(above, 1)):
        return 0
    end = at + 1
    while end < len(blocks) and not blocks[end].within and blocks[end].kind in ("paragraph", "salute") and blocks[end].text[0] == mark:
        end += 1
        if blocks[end - 1].kind == "paragraph" and _CLOSED.search(blocks[end - 1].text, 1):
            signed = end < len(blocks) and blocks[end].kind in ("signed", "postscript")
            return 0 if signed else end
    return 0


_RUN_IN = re.compile(r"_[^_]{2,90}_(?:\s\([^()]*\))?[.,:]*(?:--|—)\s?\S")  # _The Ferry_ (Vol. ii., p. 3.).--Is it known
_OPENS_LETTER = ('"', "“")
_CLOSED = re.compile(r"[\"”]\W*$")
_CLOSES = frozenset(("dateline", "signed", "postscript"))


def _goes_on(blocks: Sequence[Block], at: int) -> bool:
    """Whether a salute stands in the middle of the formula that closes a letter ("I have the honour to be, / Sir, / Your servant,"), or
    below the name, far from what follows: "To John Falk.".
    """
    if blocks[at].kind != "salute":
        return False
    below = next((block for block in blocks[at + 1 :] if block.rows), None)  # the break of a page has no lines
    return below is None or below.kind == "signed" or (not below.within and below.rows[0].gap >= 2)


def _letter_start(blocks: list[Block], low: int, at: int, layout: Layout) -> int:
    """Where the letter begins that is signed at a place: with its dateline or salute, or the words of address at the beginning of a
    paragraph, or the title in italics that leads into its first one, or the paragraphs in quotation marks, or the one before. A date right
    above the name closes it.
    """
    closes = at
    while closes > low + 1 and blocks[closes - 1].kind == "dateline" and not blocks[closes - 1].within:
        closes -= 1
    if blocks[closes - 1].kind == "paragraph":
        at = closes
    for k in range(at - 1, low - 1, -1):
        opens = blocks[k].kind in ("salute", "dateline") and not blocks[k].within and blocks[k].facts != GIVEN
        if opens or greets(blocks[k], layout):
            while k > low and blocks[k - 1].kind in ("salute", "dateline"):
                k -= 1
            return k
    titled = (k for k in range(at - 1, low - 1, -1) if blocks[k].kind == "paragraph" and not blocks[k].within)
    if (run_in := next((k for k in titled if _RUN_IN.match(blocks[k].text)), -1)) >= 0:
        return run_in
    start = at - (at > low + 1 and blocks[at - 1].facts == GIVEN)
    while (
        start > low
        and blocks[start - 1].kind == "paragraph"
        and not blocks[start - 1].within
        and blocks[start - 1].text.startswith(tuple(OPENING_MARKS))
    ):
        start -= 1
    if start == at and at > low:
        start = max((k for k in range(low, at) if blocks[k].kind != "furniture"), default=at - 1)
        above = blocks[start]
        while start > low and (
            blocks[start - 1].within[:1] == above.within[:1] if above.within else above.kind == blocks[start - 1].kind == "verse"
        ):
            start -= 1  # the whole quotation or poem
    return start
