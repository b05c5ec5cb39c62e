"""Headings set together: the title of a group and that of its first piece; a title and the line that names its author."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, BY_SETTING, Block, Container, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import bare_label
from tei_pipeline.rules.headings.titles import MARKS, dangles, names_author
from tei_pipeline.rules.shape import is_capitals, is_short
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.half_titles import says_again, title_words
from tei_pipeline.settle.nesting.meeting import CHAPTER
from tei_pipeline.settle.nesting.styles import has_title

APART = 2  # paragraph gaps: less stands between the lines of one title
_IN_PARTS = frozenset(("introduction", "preface", "appendix", "bibliography"))  # may have parts under titles of their own
PIECES = frozenset(("poem", "letter", "sermon", "speech", "essay", "story"))  # named alone they are groups of such pieces


def grouped(blocks: list[Block], layout: Layout) -> list[Block]:
    """A title over several pieces and that of the first piece are two headings, when the titles of the other pieces stand as far apart, or
    farther, but nearer than the groups.
    """
    result: list[Block] = []
    parts = _untitled_parts(blocks)
    recurring = _recurring_last(blocks)
    last = _bold_last(blocks) | _over_sections(blocks, layout)
    headings = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]
    following = {i: blocks[k] for i, k in pairwise(headings) if all(b.kind in BETWEEN for b in blocks[i + 1 : k])}
    for i, block in enumerate(blocks):
        if block.kind == "heading" and not block.within and (again := _says_again(block, following.get(i), layout.language)):
            for piece in cut_at(block, again, "the title stands on a leaf of its own, and again below"):
                named = _names_author(piece.rows, layout.language)
                result.append(replace(piece, kind="byline", facts=Facts()) if named else piece)
            continue
        if i in last:
            gap, why = last[i]
            rows = (*block.rows[:-1], block.rows[-1]._replace(gap=gap))
            result.extend(cut_at(replace(block, rows=rows), (len(rows) - 1,), why))
            continue
        if i in recurring:
            result.extend(cut_at(block, (len(block.rows) - 1,), "the last line recurs below other titles: it heads a section of each"))
            continue
        cut, gap = (0, 0)
        pieces = block.facts.division in PIECES or (block.facts.type == "named" and block.facts.division in _IN_PARTS)
        groups = block.facts.type in BY_SETTING or block.facts.number or pieces  # ESSAYS, over the first of them; INTRODUCTION
        if i in parts or (block.kind == "heading" and not block.within and groups):
            cut, gap = _cut(blocks, i)
            numbered = block.facts.type not in BY_SETTING and not pieces
            if not cut and i not in parts:
                cut, gap = _set_in(blocks, i)
            if not cut and i in parts:
                cut, gap = _below_its_title(blocks, i)
            if cut and i not in parts and numbered and not has_title(replace(block, rows=block.rows[:cut])):
                cut = cut if _emphasised(block.rows[cut].text) else 0  # where sections have such titles too
        if cut:
            rows = (*block.rows[:cut], block.rows[cut]._replace(gap=gap), *block.rows[cut + 1 :])
            result.extend(cut_at(replace(block, rows=rows), (cut,), f"other titles of the group stand {gap} lines apart too"))
        else:
            result.append(block)
    return result


def _recurring_last(blocks: Sequence[Block]) -> set[int]:
    """Titles whose last line, a word or two apart from what stands above it, ends several others too: QUESTIONS, below each of them; or
    stands alone over sections of other numbered divisions.
    """
    ends: dict[str, list[int]] = {}
    alone = Counter(title_words(b.text) for b in blocks if b.kind == "heading" and not b.within and len(b.rows) == 1)
    numbered: set[int] = set()
    for i, block in enumerate(blocks):
        if block.kind == "heading" and not block.within and block.facts.number and _recurs(block, alone):
            numbered.add(i)
        if block.kind == "heading" and not block.within and block.facts.type in BY_SETTING and len(block.rows) > 1:
            last = block.rows[-1]
            if last.gap and is_capitals(last.text) and is_short(last.text, MOST_OF_SECTION):
                ends.setdefault(last.text, []).append(i)
    different = (found for found in ends.values() if len({blocks[i].rows[0].text for i in found}) >= FEWEST_RECURRING)
    return numbered | {i for found in different for i in found}


def _bold_last(blocks: Sequence[Block]) -> dict[int, tuple[int, str]]:
    """Labels of parts whose last line alone is in bold type, as the titles of pieces are that stand by themselves, how far apart these
    stand, and why it is a title of its own.
    """
    titled = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and _is_bold(b.rows[-1].text)]
    alone = [blocks[i].rows[0].gap for i in titled if len(blocks[i].rows) == 1 and blocks[i].rows[0].gap >= APART]
    if len(alone) < FEWEST_BOLD:
        return {}
    parts = (i for i in titled if 0 < blocks[i].facts.level < CHAPTER and blocks[i].rows[-1].gap and not _is_bold(blocks[i].rows[0].text))
    return dict.fromkeys(parts, (min(alone), "a line in bold type below the label of a part, as others stand over its pieces"))


FEWEST_BOLD = 2


def _over_sections(blocks: Sequence[Block], layout: Layout) -> dict[int, tuple[int, str]]:
    """The same for numbered titles with another line in capitals right below them, where other chapters have none and the text below is
    parted by such lines: the line is the title of the first section.
    """
    chapters = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and b.facts.number and b.facts.label]
    two = [i for i in chapters if _is_over_line(blocks[i], layout)]
    if len(two) < FEWEST_OVER or len(two) > MOST_OVER * len(chapters):
        return {}
    heads = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]
    found: dict[int, tuple[int, str]] = {}
    for i in two:
        below = (blocks[k] for k in heads if k > i)
        sections = list(takewhile(lambda b: not (b.facts.number or b.facts.division), below))
        alike = [b.rows[0].gap for b in sections if b.facts.type == "capitals" and len(b.rows) == 1 and b.rows[0].gap >= APART]
        if not sections or len(alike) < len(sections):
            return {}
        found[i] = (min(alike), "a line in capitals right below the title of a chapter, as others stand over its sections")
    return found


FEWEST_OVER = 2  # chapters whose first section has a title
MOST_OVER = 0.9  # of the chapters: where all have two lines, the second may be more of the title


def _is_over_line(chapter: Block, layout: Layout) -> bool:
    """Whether a heading is a number with its title in capitals on one line, and another such line right below it, apart."""
    if len(chapter.rows) != 2 or not 0 < chapter.rows[1].gap < APART or not all(is_capitals(row.text) for row in chapter.rows):
        return False
    title, line = chapter.rows
    if not has_title(replace(chapter, rows=chapter.rows[:1])) or not is_worded(line.text) or dangles(title.text, layout):
        return False
    return not names_author(line.text, layout)


def _is_bold(text: str) -> bool:
    return len(text) > 2 and text[0] == text[-1] == "="


MOST_OF_SECTION = 2  # words
FEWEST_RECURRING = 3


def cut_at(block: Block, places: Sequence[int], why: str) -> list[Block]:
    """A heading as several, which begin at its first row and at these; what numbers it, the first has."""
    decision = Decision("group-title", why, 0.85)
    found = []
    for start, end in pairwise((0, *places, len(block.rows))):
        rows = block.rows[start:end]
        facts = block.facts if start == 0 else Facts(type="capitals" if is_capitals(rows[0].text) else "title")
        last = block.rows[end].line if end < len(block.rows) else block.end
        first = rows[0].line if start else block.first
        found.append(replace(block, first=first, end=last, rows=rows, facts=facts, decisions=(*block.decisions, decision)))
    return found


def _says_again(block: Block, below: Block | None, language: Language) -> tuple[int, ...]:
    """The rows of a heading at which the title of a leaf, the name of its author below it, if one stands there, and the same title again
    begin, if it holds them; or the first of them, when the next heading is the same title again.
    """
    rows = block.rows
    for k in range(1, len(rows)):
        if rows[k].gap < APART:
            continue
        named = next((n for n in range(1, k) if _names_author(rows[n:k], language)), k)  # where the title of the leaf ends
        for lines in range(1, min(named, len(rows) - k) + 1):
            if _words(rows[named - lines : named]) == _words(rows[k : k + lines]):
                first = () if named == lines or rows[named - lines].gap < APART else (named - lines,)
                return (*first, k) if named == k else (*first, named, k)
        if below is not None and says_again(replace(block, rows=rows[k:]), below, language):
            return (k,)
    return ()


def _names_author(rows: Sequence[Row], language: Language) -> bool:
    """Whether lines name who wrote what stands above them: "By Anna Holm", or "BY" and the name below it."""
    by = words(language)
    return len(rows) <= LINES_OF_AUTHOR and (by.is_by(rows[0].text) if len(rows) > 1 else by.byline.match(rows[0].text) is not None)


LINES_OF_AUTHOR = 2


def _words(rows: Sequence[Row]) -> str:
    return title_words(" ".join(row.text for row in rows))


def _set_in(blocks: Sequence[Block], at: int) -> tuple[int, int]:
    """The same for a title at the margin, below which that of its first section is set in, as far as the next title is."""
    rows = blocks[at].rows
    for k in range(1, len(rows)):
        if rows[k].gap and rows[k].indent >= rows[0].indent + SET_IN and is_worded(rows[k].text):
            after = next((b for b in blocks[at + 1 :] if b.kind == "heading" and not b.within), None)
            if after is None or after.facts.type not in BY_SETTING or len(after.rows) > 1:
                return 0, 0
            row = after.rows[0]
            alike = row.indent == rows[k].indent and is_capitals(row.text) == is_capitals(rows[k].text)
            return (k, rows[k].gap) if alike and row.gap < rows[0].gap else (0, 0)
    return 0, 0


SET_IN = 4  # columns, at least, by which the titles of sections stand farther in than that of the piece


def _untitled_parts(blocks: Sequence[Block]) -> set[int]:
    """The labels of parts, books or volumes that hold, it seems, the title of their first piece: text follows at once, while no other part
    has a title over the titles of its pieces.
    """
    labels = [
        i
        for i, b in enumerate(blocks)
        if b.kind == "heading" and not b.within and b.facts.type == "labelled" and 0 < b.facts.level < CHAPTER
    ]
    if len(labels) < 2:
        return set()
    found: set[int] = set()
    for i in labels:
        if has_title(blocks[i]):
            below = next((b for b in blocks[i + 1 :] if b.kind not in BETWEEN), None)
            if below is None or below.kind == "heading" or len(blocks[i].rows) == 1:
                return set()
            found.add(i)
    return found


def _cut(blocks: Sequence[Block], at: int) -> tuple[int, int]:
    """Where in the rows of a heading the title of the first piece begins, and how far apart the next stands; zeros when it is one title."""
    rows = blocks[at].rows
    above = rows[0].gap if at else max(rows[0].gap, 2 * APART)
    cut = max((k for k in range(1, len(rows)) if APART <= rows[k].gap < above and is_worded(rows[k].text)), default=0)
    if not cut:
        return 0, 0
    first = rows[cut]
    for block in blocks[at + 1 :]:
        if block.kind != "heading" or block.within:
            continue
        if block.facts.type not in BY_SETTING and block.rows[0].gap <= first.gap:
            continue  # a chapter of the first piece
        if block.rows[0].gap >= above or block.facts.type not in BY_SETTING:
            break
        if _emphasised(first.text) and not _emphasised(block.text):
            continue
        if block.text == first.text or (block.rows[0].gap >= first.gap and is_capitals(block.rows[0].text) == is_capitals(first.text)):
            return cut, block.rows[0].gap
    return 0, 0


def _below_its_title(blocks: Sequence[Block], at: int) -> tuple[int, int]:
    """The same for a part that has its title, with its point, on the line of its label: what stands below it, no farther from it than the
    titles of the other pieces are from their text, is the title of the first.
    """
    rows = blocks[at].rows
    if not rows[0].ends_sentence or not has_title(replace(blocks[at], rows=rows[:1])):
        return 0, 0
    pieces = [b for b in blocks if b.kind == "heading" and not b.within and b.facts.type in BY_SETTING]
    alike = [b for b in pieces if (b.rows[0].gap, b.rows[-1].ends_sentence) == (rows[1].gap, rows[-1].ends_sentence)]
    capitals = {is_capitals(b.text) for b in alike}
    return (1, rows[1].gap) if len(alike) > 1 and rows[1].gap and capitals == {is_capitals(rows[1].text)} else (0, 0)


def _emphasised(text: str) -> bool:
    """Whether a whole line stands between marks of emphasis."""
    return len(text) > 2 and text[0] == text[-1] and text[0] in MARKS.strip()


def _recurs(block: Block, alone: Counter[str]) -> bool:
    """Whether the last line of a numbered heading, below the title that it has, stands over pieces of other divisions by itself."""
    rows = block.rows
    return (
        len(rows) > 1
        and rows[-1].gap > 0
        and has_title(replace(block, rows=rows[:-1]))
        and is_worded(rows[-1].text)
        and alone[title_words(rows[-1].text)] >= FEWEST_ALONE
    )


FEWEST_ALONE = 2


def is_worded(text: str) -> bool:
    """Whether a line has words, and is no number that stands over a stanza."""
    label = bare_label(text)
    return any(c.isalpha() for c in text) and (label is None or label.length < len(text.rstrip(" .")))


def authors(blocks: list[Block], layout: Layout) -> list[Block]:
    """Right under a title, and perhaps the kind of piece ("A Play"), a line that begins with "By", or "Words by", or stands below that word
    alone, names who wrote it, and is no heading. Where several titles that stand by themselves begin with that word, it says what they are
    about: Von der Treue.
    """
    result = list(blocks)
    by = words(layout.language)
    above: Block | None = None
    alone_above = False  # the word "By" on a line of its own
    told: list[int] = []  # what the piece is about, in italics
    over = [a for a in blocks if not _tells_of_it(a)]
    titles = [
        b for a, b in pairwise(over) if b.kind == "heading" and b.facts.type in BY_SETTING and a.kind != "heading" and not _says_what(a)
    ]
    alone = Counter(fold(b.text.split()[0]) for b in titles)
    for i, block in enumerate(blocks):
        if block.kind in _PASSED or (above is not None and (_says_what(block) or _tells_of_it(block))):
            alone_above = alone_above or (block.kind == "paragraph" and by.is_by(block.text))
            told += [i] if _tells_of_it(block) else []
            continue
        named = alone_above and len(block.rows) <= LINES_OF_AUTHOR
        abstract, told, alone_above = told, [], False
        titled = (bool(abstract) and block.kind == "paragraph" and len(block.rows) == 1) or (
            block.kind == "heading" and block.facts.type in BY_SETTING
        )
        if above is not None and titled and (named or names_author(block.text, layout)):
            about = alone[fold(block.text.split()[0])] >= (ABOUT if has_title(above) else ABOUT_BELOW_LABELS)
            if not block.within and block.rows[0].gap < max(APART, above.rows[0].gap) and not about:
                decision = Decision("author", "names the author right under a title", 0.85)
                result[i] = replace(block, kind="byline", facts=Facts(), decisions=(*block.decisions, decision))
                for k in abstract:
                    result[k] = _argument(blocks[k]) if len(blocks[k].rows) > 1 else blocks[k]
        above = block if block.kind == "heading" else None
    return _named_in_front(result, layout)


_PASSED = frozenset(("furniture", "illustration"))  # a picture may stand between a title and who wrote the piece


def _named_in_front(blocks: list[Block], layout: Layout) -> list[Block]:
    """Lines of nothing but names that the title page has behind its "By", each right below a title or the line below that, say which of
    the authors wrote the pieces.
    """
    by = words(layout.language).byline
    front = [row.text for b in blocks if b.kind == "titlepage" for row in b.rows]
    known = {fold(word) for text in front if by.match(text.strip("_ ")) for word in _WORD.findall(text) if word[0].isupper()}
    small = layout.language.connectives | layout.language.lowercase_in_titles
    order = [i for i, b in enumerate(blocks) if b.kind != "furniture"]
    found = []
    for k, i in enumerate(order):
        block = blocks[i]
        if k < 2 or len(block.rows) != 1 or block.within or block.kind not in ("heading", "paragraph", "signed") or block.facts.number:
            continue
        names = [word for word in _WORD.findall(block.text) if fold(word) not in small]
        if names and len(names) <= LONGEST_KIND and all(fold(word) in known and word[0].isupper() for word in names):
            over = [blocks[j] for j in order[max(0, k - LINES_BETWEEN - 1) : k]]
            while len(over) > 1 and over[-1].kind != "heading" and len(over[-1].rows) == 1:
                over.pop()  # what the piece is about, where it stood first
            if over[-1].kind == "heading" and block.rows[0].gap <= APART:
                found.append(i)
    if len(found) < FEWEST_NAMED:
        return blocks
    decision = Decision("author", f"one of {len(found)} names of the title page, right under titles", 0.85)
    result = list(blocks)
    for i in found:
        result[i] = replace(blocks[i], kind="byline", facts=Facts(), decisions=(*blocks[i].decisions, decision))
    return result


_WORD = re.compile(r"[^\W\d_][\w'’-]*")
FEWEST_NAMED = 3
LINES_BETWEEN = 2


def _says_what(block: Block) -> bool:
    """Whether a short line alone may say what kind of piece it is, under its title."""
    text = block.text
    return (
        block.kind in ("paragraph", "verse")
        and not block.within
        and len(block.rows) == 1
        and is_short(text, LONGEST_KIND)
        and text[-1].isalpha()
    )


def _tells_of_it(block: Block) -> bool:
    """Whether a few lines under a title, in italics from their first word to their last, tell what the piece is about."""
    text = block.text
    told = block.kind == "paragraph" and not block.within and 0 < len(block.rows) <= LONGEST_ABSTRACT
    return told and text[0] == text[-1] == "_" and text.count("_") == 2 and block.rows[-1].ends_sentence


def _argument(block: Block) -> Block:
    decision = Decision("author", "tells what the piece is about, between its title and its author", 0.85)
    return replace(block, within=(Container("argument", block.first),), decisions=(*block.decisions, decision))


LONGEST_ABSTRACT = 6  # lines
ABOUT = 3  # titles
ABOUT_BELOW_LABELS = 2  # below a number without a title the line may be one
LONGEST_KIND = 6  # words: "A Comedy in Three Acts"
