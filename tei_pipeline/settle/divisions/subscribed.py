"""Names below a text: who signed a preface or a letter, printed in capitals like a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, BY_SETTING, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.head_labels import named_division
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.letters.signers import INITIAL
from tei_pipeline.rules.shape import OPENING_MARKS, is_title_case, word_count
from tei_pipeline.rules.words import words

LONGEST = 6  # words: a name and an office
_TEXT = frozenset(("paragraph", "verse", "salute", "signed", "quotation"))
_YEAR = re.compile(r"(?:^|[\s,_])1\d{3}[\W_]*$")
_PLACE_AND_YEAR = re.compile(r"^[^\W\d_][^\d_]{1,30}[:,] 1\d{3}\.?$")
_ENDS = frozenset(("trailer", "boilerplate"))


def subscribed(blocks: list[Block], layout: Layout) -> list[Block]:
    """A short line in capitals right below a text, nothing under it and more white space after than before, is a name and no heading."""
    result: list[Block] = []
    placed = -1
    signing = not layout.drama and sum(b.kind == "signed" and not b.within for b in blocks) >= FEWEST_SIGNED
    for i, block in enumerate(blocks):
        if signing and _signs_as_others(blocks, i, layout):
            decision = Decision("subscribed", "in capitals nearer to the text above than to what follows, where others sign so", 0.8)
            result.append(replace(block, kind="signed", facts=Facts(), decisions=(*block.decisions, decision)))
        elif block.kind == "heading" and not block.within and block.facts.type in BY_SETTING and _is_source(blocks, i, layout):
            decision = Decision("motto", "in capitals, nearer to the motto above than to the text below", 0.8)
            result.append(replace(block, kind="paragraph", facts=Facts(), decisions=(*block.decisions, decision)))
        elif block.kind == "heading" and not block.within and block.facts.type in BY_SETTING and _is_name(blocks, i, layout):
            decision = Decision("subscribed", "in capitals right below the text, and nothing stands under it", 0.8)
            name = replace(
                block, kind="signed", facts=Facts(), end=block.rows[0].line + 1, rows=block.rows[:1], decisions=(*block.decisions, decision)
            )
            if len(block.rows) == 1:
                result.append(replace(name, kind="dateline" if _PLACE_AND_YEAR.match(block.text) else "signed", end=block.end))
                continue
            name = replace(name, end=block.rows[1].line)
            below = replace(block, kind="dateline", facts=Facts(), first=name.end, rows=block.rows[1:], decisions=(decision,))
            result += [name, below]
        elif block.kind == "paragraph" and (places := _by_author(blocks, i, layout)):
            decision = Decision("subscribed", "the name that the title page has, below the last words before a heading", 0.8)
            result.append(replace(block, kind="signed", decisions=(*block.decisions, decision)))
            placed = i + 1 if places > 1 else placed
        elif i == placed:
            decision = Decision("subscribed", "the place below the name of the author", 0.8)
            result.append(replace(block, kind="dateline", facts=Facts(), decisions=(*block.decisions, decision)))
        else:
            result.append(block)
    return _beside_names(result)


FEWEST_SIGNED = 3  # pieces of a periodical: letters to its editor, riddles


def _signs_as_others(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether a name in capitals, or initials, stands alone below a text, nearer to it than to what follows."""
    block = blocks[at]
    if block.kind not in ("heading", "paragraph") or block.within or len(block.rows) != 1 or block.rows[0].gap != 1:
        return False
    text, below = block.text.strip("_"), at + 1
    if not text.isupper() or not text[0].isalpha() or not text.rstrip(".")[-1].isalpha() or word_count(text) > NAMES:
        return False
    if named_division(text, layout.language) is not None or any(w in layout.language.lowercase_in_titles for w in text.lower().split()):
        return False
    above = blocks[at - 1] if at else block
    if above.kind not in _SIGNED or not above.rows or not above.rows[-1].ends_sentence:
        return False
    if above.within and above.within[0].kind != "list":
        return False
    return below < len(blocks) and bool(blocks[below].rows) and blocks[below].rows[0].gap >= 2 and not blocks[below].within


_SIGNED = frozenset(("paragraph", "list", "verse"))


def _by_author(blocks: Sequence[Block], at: int, layout: Layout) -> int:
    """How many lines the author's name at the margin, as the title page has it, is with the place below it, between text and heading; 0
    when it is none.
    """
    block = blocks[at]
    if not at or block.within or len(block.rows) > 1 or block.rows[0].gap != 1 or not 1 < word_count(block.text) <= NAMES:
        return 0
    below = next((i for i in range(at + 1, min(len(blocks), at + 3)) if blocks[i].kind == "heading" and not blocks[i].within), 0)
    above = blocks[at - 1]
    if not below or above.kind != "paragraph" or above.within or not above.rows[-1].ends_sentence:
        return 0
    placed = below - at > 1
    if placed and (len(blocks[at + 1].rows) > 1 or not is_title_case(blocks[at + 1].text.strip("_."), layout.language.lowercase_in_titles)):
        return 0
    return 1 + placed if _wrote_book(blocks[: min(at, TITLE_PAGE)], block.text, layout) else 0


LONGEST_TITLE = 20  # words of the line of a title page that ends with who wrote the book


def _beside_names(blocks: list[Block]) -> list[Block]:
    """Where most poems of a book have names below, left of their verses, lines in that place say from whom or what the others are."""
    named = [i for i, block in enumerate(blocks) if block.kind == "signed" and not block.within and _is_left_below(blocks, i)]
    if len(named) < FEWEST_NAMED:
        return blocks
    result = list(blocks)
    for i, block in enumerate(blocks[:-1]):
        below = next((b for b in blocks[i + 1 :] if b.kind not in BETWEEN or b.kind == "ornament"), block)
        ends = below.kind == "ornament" or (below.kind == "heading" and below.rows[0].gap > 1)
        over = below.kind in ("signed", "verse") and len(below.rows) == 1 and below.rows[0].indent == block.rows[0].indent
        taken = (block.kind == "verse" and (ends or over)) or (block.kind == "heading" and below.kind == "signed" and over)
        if taken and not block.within and len(block.rows) == 1 and _is_left_below(result, i):
            decision = Decision("subscribed", f"left of the verses above, where {len(named)} poems have their names", 0.8)
            result[i] = replace(block, kind="signed", facts=Facts(), decisions=(*block.decisions, decision))
    return result


def _is_left_below(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line stands left of the verses right above it, or below another such line."""
    row = blocks[at].rows[0]
    above = next((b for b in reversed(blocks[:at]) if b.kind != "signed"), None)
    if above is None or above.kind != "verse" or above.within or not at or row.gap != 1:
        return False
    return row.indent < min(r.indent for r in above.rows) and blocks[at - 1].kind in ("verse", "signed")


FEWEST_NAMED = 5  # poems


def _is_name(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    block = blocks[at]
    first = block.rows[0]
    if _signs_piece(blocks, at, layout):
        return True
    if first.gap > 1 or word_count(first.text) > LONGEST or not first.text.isupper() or not block.rows:
        return False
    before = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    if before is not None and before.text[-1:] == "_" and words(layout.language).byline.match(first.text):
        return False  # by whom a piece is, below the words in italics that tell of it
    if before is not None and before.kind == "signed" and before.text.endswith(",") and first.indent > layout.margin + FAR_IN:
        return True  # "Your Lordship's most obedient servant,"
    if layout.drama and (first.line >= layout.play_opening or any(b.facts.division == "cast" for b in blocks[at + 1 : at + 2])):
        return False
    if len(block.rows) > 2 or (len(block.rows) == 2 and not _says_where(blocks, at, layout)):
        return False
    if at and blocks[at - 1].kind in ("illustration", "ornament"):
        return False  # the picture over a chapter, the row of stars before a section
    below = [b for b in blocks[at + 1 : at + MOST_BELOW] if b.kind not in BETWEEN][:2]
    if len(below) == 2 and below[0].kind == "dateline" and below[1].rows and below[1].rows[0].gap > below[0].rows[0].gap:
        del below[0]  # where and when it was signed
    after = below[0] if below else None
    if before is None or before.kind not in _TEXT or before.within:
        return False
    if after is None or after.kind in _ENDS:
        return before.rows[-1].ends_sentence and len(block.rows) == 1 and not layout.in_verse(first.line)
    if not before.rows[-1].ends_sentence:
        ended = _is_followed_by_piece(blocks, at) or (blocks[at - 1] is before and _is_ruled_off(blocks, at))
        return before.kind in ("paragraph", "verse") and ended  # no title stands in a sentence
    if blocks[at - 1] is before and (_is_ruled_off(blocks, at) or (before.kind == "paragraph" and _says_it(before, first.text, after))):
        return not _heads_sayings(blocks, at)
    picture = blocks[at + 1] if blocks[at + 1].kind == "illustration" else after  # the white space is over the picture of the next piece
    gap = max(after.rows[0].gap, picture.rows[0].gap)
    if before.kind == "verse" != after.kind and gap >= 2 and first.indent > layout.margin and not after.within:
        return True  # the poet, far from the next title
    if gap > first.gap and before.kind == "paragraph" and INITIAL.match(first.text) and _is_personal(_parted(first.text), layout):
        return len(block.rows) == 1  # nearer to the text than to what follows, as no title is
    if after.kind != "heading" or after.within or gap < 2:
        return False
    return after.facts.type not in BY_SETTING or gap > 2 or _is_personal(first.text, layout)


def _says_where(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether the line below a name dates what was signed; or stands apart and further in, over the row of stars that ends the piece."""
    name, place = blocks[at].rows
    if is_dateline(place.text, layout) or _YEAR.search(place.text):
        return True
    return place.gap == name.gap == 1 and place.indent > name.indent and word_count(name.text) > 1 and _is_ruled_off(blocks, at)


def _is_source(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether a name in capitals, far in, stands right below a few lines under a heading, and farther from the text: the motto's."""
    row = blocks[at].rows[0]
    if at < 2 or at + 1 >= len(blocks) or len(blocks[at].rows) > 1 or row.gap != 1 or word_count(row.text) > LONGEST:
        return False
    if layout.drama and row.line >= layout.play_opening:
        return False
    motto, over, below = blocks[at - 1], blocks[at - 2], blocks[at + 1]
    if row.indent <= layout.margin + FAR_IN or over.kind not in _HEADS or over.within or motto.kind not in _MOTTOES:
        return False
    return len(motto.rows) <= LONGEST_MOTTO and below.kind == "paragraph" and bool(below.rows) and below.rows[0].gap >= 2


def _signs_piece(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether a name below a text ends the piece: place and date stand between it and the next heading, or the title page has it."""
    block = blocks[at]
    below = at + 1
    while below < len(blocks) and (blocks[below].kind == "dateline" or blocks[below].kind in BETWEEN):
        below += 1
    dated = any(b.kind == "dateline" for b in blocks[at + 1 : below])
    played = layout.drama and block.rows[0].line >= layout.play_opening
    if played or len(block.rows) > 1 or not 0 < at < below < len(blocks) or not _is_personal(_parted(block.text), layout):
        return False
    before, after = blocks[at - 1], blocks[below]
    if before.kind != "paragraph" or before.within or not before.rows[-1].ends_sentence or not block.text.isupper():
        return False
    if after.kind != "heading" or after.within or after.rows[0].gap < max(2, block.rows[0].gap) or block.rows[0].gap > FARTHEST:
        return False
    return dated or _wrote_book(blocks[: min(at, TITLE_PAGE)], block.text, layout)


def _wrote_book(above: Sequence[Block], name: str, layout: Layout) -> bool:
    """Whether the title page has a name behind "by", or below it, in whatever letters: Introduction by Anna Holm."""
    name = fold(name).strip(" ._*")
    by = words(layout.language).byline
    last = ""
    for row in (row for b in above if b.kind != "boilerplate" and not b.within for row in b.rows):
        line = fold(row.text).strip(" ._*")
        if name in line:
            before = line[: line.index(name)].split() or last.split()[-1:]
            if by.match(row.text) is not None or (before and before[-1] in layout.language.bylines and len(before) < LONGEST_TITLE):
                return True
        last = line
    return False


FARTHEST = 3  # empty lines between a text and who signed it
TITLE_PAGE = 30  # blocks, the words of a library among them


def _parted(name: str) -> str:
    """A name, white space behind each of its initials."""
    return name.replace(".", ". ").strip()


FAR_IN = 8  # columns: farther than verses stand
LONGEST_MOTTO = 8  # lines
_HEADS = frozenset(("heading", "subtitle", "byline"))
_MOTTOES = frozenset(("paragraph", "verse"))


def _is_followed_by_piece(blocks: Sequence[Block], at: int) -> bool:
    """Whether nothing but notes, or a line that goes with the name, stands between a line and the farther heading of the next piece."""
    below = [i for i in range(at + 1, min(len(blocks), at + MOST_BELOW)) if blocks[i].kind not in BETWEEN]
    end = next((i for i in below if not (blocks[i].within and blocks[i].within[0].kind == "note")), -1)
    return end >= 0 and blocks[end].kind == "heading" and not blocks[end].within and blocks[end].rows[0].gap >= 2


MOST_BELOW = 12  # blocks of notes below a letter


def _is_ruled_off(blocks: Sequence[Block], at: int) -> bool:
    """Whether a row of ornaments stands right below, or below a remark of the editor on the piece, and then the title of the next piece."""
    below = at + 1
    if below == len(blocks):
        return False
    if blocks[below].kind == "editorial" or (blocks[below].kind == "paragraph" and _BRACKETED.match(blocks[below].text)):
        below += 1
    end = next((i for i in range(below, len(blocks)) if blocks[i].kind not in BETWEEN), len(blocks))
    return below < end < len(blocks) and blocks[below].kind == "ornament" and blocks[end].kind == "heading" and not blocks[end].within


_BRACKETED = re.compile(r"^\[[^\]]+\]$")


def _says_it(said: Block, name: str, after: Block) -> bool:
    """Whether a name stands between a paragraph in quotation marks and the next one; a single word needs no such paragraph below."""
    quoted_below = after.kind == "paragraph" and not after.within and after.text[0] in OPENING_MARKS
    return is_quoted(said.text) and (word_count(name) == 1 or quoted_below)


def _heads_sayings(blocks: Sequence[Block], at: int) -> bool:
    """Whether two paragraphs in quotation marks stand one after the other right above a line or right below: none has its speaker."""
    pairs = (blocks[max(0, at - 2) : at], blocks[at + 1 : at + 3])
    return any(
        len(pair) == 2 and all(b.kind == "paragraph" and not b.within and b.rows[0].gap == 1 and is_quoted(b.text) for b in pair)
        for pair in pairs
    )


def is_quoted(text: str) -> bool:
    """Whether words stand in quotation marks from their first to their last."""
    return text[0] in OPENING_MARKS and text.rstrip(".")[-1] in "'’\"”“»"


NAMES = 4  # words of a name


def _is_personal(text: str, layout: Layout) -> bool:
    """Whether two or more words in capitals may be a name: none of those that titles write small."""
    names = text.lower().rstrip(".").split()
    return 2 <= len(names) <= NAMES and not any(word in layout.language.lowercase_in_titles for word in names)
