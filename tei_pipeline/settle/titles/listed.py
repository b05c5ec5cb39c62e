"""Listed titles: lines apart whose very words the contents page has, titles that it joins to the number above or parts from the label."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BY_SETTING, Block, Facts, Rows
from tei_pipeline.decisions import Decision
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.letters.near_dates import is_span
from tei_pipeline.rules.lists.entry_labels import only_label
from tei_pipeline.rules.lists.entry_pages import YEAR, entry_page
from tei_pipeline.rules.shape import is_capitals, is_summary, is_title_case, without_reference
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.nesting.styles import has_title
from tei_pipeline.settle.titles.together import PIECES, cut_at

MOST_ROWS = 4
FEWEST_WORDS = 3  # in the contents: fewer may stand above the words of a person, or be a name
MOSTLY = 0.6  # of the entries are titles of the book already
FAR = 4  # empty lines above: no name and no card stands so far from the text
_WORD = re.compile(r"[^\W_]+")
_LETTERED = re.compile(r"(?:\d{1,3}\.\s+)?\([a-z]\)\s+")  # 4. (a) The Rope: one of several tales that are counted as one
_GROUP = re.compile(r"([^\W\d_][^:]{2,60}):\s?(?:--|—)")  # an entry that names several small pieces: Minor Notes:--The Mill--The Bridge


def listed_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """A paragraph, or a line among verses, with more white space above than below it, or a rule, in the very words of an entry of the
    contents page, or of what stands there over a summary, is a heading.
    """
    texts = [_without_page(b.text, layout.language) for b in blocks if b.within and b.within[0].kind == "contents" and b.rows]
    labels = [head_label(text, layout.language) for text in texts]
    unnumbered = [text[label.length :] for text, label in zip(texts, labels, strict=True) if label is not None]
    groups = {_words(group[1]) for text in texts if (group := _GROUP.match(text))}
    unlettered = [_LETTERED.sub("", text) for text in texts if text[:1] in "(123456789"]
    entries = {_words(text) for text in (*texts, *unnumbered, *unlettered)} | groups
    entries.discard("")
    if not entries:
        return blocks
    known = {_words(block.text) for block in blocks if block.kind == "heading" and not block.within}
    known |= {_words(b.text) for b in blocks if b.kind == "paragraph" and not b.within and len(b.rows) == 1 and b.rows[0].gap >= 2}
    surely = len(entries & known) >= MOSTLY * len(entries)  # the page lists titles, short ones among them
    result = blocks
    for i, block in enumerate(blocks):
        apart = bool(block.rows) and block.rows[0].gap >= FAR
        most = {"paragraph": MOST_ROWS, "verse": 2 if apart else 1, "salute": apart, "dateline": 2 * apart}.get(block.kind, 0)
        ruled = i > 0 and blocks[i - 1].kind == "ornament"
        if not 0 < len(block.rows) <= most or block.within or (block.rows[0].gap < 2 and not ruled) or i + 1 >= len(blocks):
            continue
        below = blocks[i + 1].rows
        if not below or (below[0].gap > block.rows[0].gap and not ruled):
            continue
        title = _words(block.text)
        if title not in entries:
            continue
        grouped = title in groups and below[0].gap < block.rows[0].gap
        if not grouped and (
            title.count(" ") < FEWEST_WORDS - 1
            and not (surely and (blocks[i + 1].kind == "verse" or _begins_text(blocks, i, layout)))
            and not ruled
            and (block.rows[0].gap < FAR or below[0].gap >= block.rows[0].gap)
        ):
            continue
        if result is blocks:
            result = list(blocks)
        decision = Decision("listed-title", "the contents page has it in these very words", 0.9)
        result[i] = replace(block, kind="heading", facts=_facts(block, layout), decisions=(*block.decisions, decision))
    return result


def _begins_text(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether two words with a point, written as a title is, stand far from what is above and right over a paragraph of several lines."""
    below = blocks[at + 1]
    if layout.drama or below.kind != "paragraph" or below.within or len(below.rows) < 2 or below.rows[0].gap >= blocks[at].rows[0].gap:
        return False
    titled = is_title_case(blocks[at].text.strip(MARKS), layout.language.lowercase_in_titles)
    return titled and blocks[at].text[-1] == "." and " " in blocks[at].text


def _facts(block: Block, layout: Layout) -> Facts:
    """A title, with the number that it begins with."""
    text = block.text.strip(MARKS)
    label = head_label(text, layout.language)
    if label is None or not (label.type or "." in text[label.length - 1 : label.length + 1]):
        return Facts(type="title")
    kind = "labelled" if label.type else "arabic" if label.n[0].isdigit() else "roman"
    return Facts(label.rank, label.type, label.n, label.number, label.length, kind)


def _without_page(entry: str, language: Language) -> str:
    """An entry without the number of its page; a year at its end is none."""
    return entry if YEAR.search(entry) else entry_page(language).sub("", entry)


def _words(text: str) -> str:
    """The words of a title, without stops and marks."""
    return " ".join(_WORD.findall(fold(text)))


def listed_below(blocks: list[Block], layout: Layout) -> list[Block]:
    """A number alone and the line below it are one heading when the contents page has both, in these very words, in one entry."""
    entries = set()
    for block in blocks:
        if block.within and block.within[0].kind == "contents" and block.rows:
            text = _without_page(block.text, layout.language)
            for label in (head_label(text, layout.language), bare_label(text)):  # "4. Tale of a Rope" is the fourth tale, or has the title
                if label is not None and label.length < len(text.rstrip(" .")):
                    title = _words(text[label.length :])
                    entries |= {("", label.number, title), (label.type, label.number, title)}  # CANTO II. there, II. in the book
    if not entries:
        return blocks
    result: list[Block] = []
    for block in blocks:
        above = result[-1] if result else None
        if (
            above is not None
            and above.kind in _NUMBERS
            and not (above.within or block.within or block.facts.number)
            and above.facts.number
            and not has_title(above)
            and block.kind in _TITLES
            and len(block.rows) <= MOST_ROWS
            and not entries.isdisjoint((kind, above.facts.number, _words(block.text)) for kind in ("", above.facts.division))
        ):
            decision = Decision("listed-below", "the contents page has the number and the line below it in one entry", 0.92)
            decisions = (*above.decisions, decision)
            result[-1] = replace(above, kind="heading", rows=(*above.rows, *block.rows), end=block.end, decisions=decisions)
            continue
        result.append(block)
    return result


_NUMBERS = frozenset(("heading", "stanza-number"))
_TITLES = frozenset(("paragraph", "heading", "subtitle", "verse"))


def _agree(entry: str, title: str) -> bool:
    """Whether a title and its entry begin alike, one of them with more words, as that of a shortened title."""
    shorter, longer = sorted((entry, title), key=len)
    return f"{longer} ".startswith(f"{shorter} ")


def _in_order(words: str) -> str:
    """Words in the alphabet: a contents page has the surname first, HOLM, ANNA over her speeches."""
    return " ".join(sorted(words.split()))


def _over_several(blocks: Sequence[Block], layout: Layout) -> set[tuple[str, str]]:
    """The labels that stand alone in a contents page without pages, each over several titles, with the first of these: a part and its
    first piece. Where only the others are set in, the first is the title of the division.
    """
    heads = {*layout.language.divisions, *layout.language.page_words}  # CHAPTER, over the column of their numbers
    named = [b for b in blocks if not (is_summary(b.text) or is_span(b.text, layout.language)) and _without_page(b.text, layout.language)]
    told = [b for b in named if not set(fold(b.text).replace(".", " ").split()) <= heads]
    entries, indents = [b.text for b in told], [b.rows[0].indent for b in told]
    alone = [i for i, text in enumerate(entries) if only_label(text, layout)]
    if (
        len(alone) < 2
        or any(entry_page(layout.language).search(entries[i + 1]) for i in alone[:-1])
        or min(b - a for a, b in pairwise(alone)) <= SEVERAL
    ):
        return set()
    if all(_begins_numbers(entries[i + 1 : i + 3]) for i in alone[:-1]) or any(_tells(entries[i + 2]) for i in alone[:-1]):
        return set()
    if all(is_capitals(entries[i + 1]) for i in alone[:-1]) and not any(map(is_capitals, (entries[stop - 1] for stop in alone[1:]))):
        return set()  # the title of a chapter in capitals, over what it tells
    of_each = ((indents[i], *indents[i + 1 : stop]) for i, stop in pairwise(alone))
    if all(len(others) > 0 and first == label and min(others) > first for label, first, *others in of_each):
        return set()
    return {(_words(entries[i]), _words(entries[i + 1])) for i in alone if i + 1 < len(entries)}


def _over_unnumbered(inside: Sequence[Block], layout: Layout) -> set[tuple[str, str]]:
    """The last label that stands alone, with the first title below it, when titles without a number go on from there to the end and labels
    of another kind stand between it and the last of its own: a part of pieces behind a part of chapters.
    """
    entries = [b.text for b in inside if not is_summary(b.text)]
    labels = [(i, head_label(text, layout.language)) for i, text in enumerate(entries) if only_label(text, layout)]
    kinds = [label.type for _, label in labels if label is not None]
    if len(kinds) < 3 or kinds[-1] == kinds[-2] or kinds[-1] not in kinds[:-1]:
        return set()
    at = labels[-1][0]
    titles = [
        text
        for text in entries[at + 1 :]
        if is_capitals(entry_page(layout.language).sub("", text)) == is_capitals(entry_page(layout.language).sub("", entries[at + 1]))
    ]
    if len(titles) <= SEVERAL or any(head_label(text, layout.language) is not None for text in titles):
        return set()
    return {(_words(entries[at]), _words(titles[0]))}


def _begins_numbers(entries: Sequence[str]) -> bool:
    """Whether the second entry of a part has the number one, and the first none: that is the title of the part, over its chapters."""
    first, second = (bare_label(text) for text in entries)
    return first is None and second is not None and second.number == 1


def _tells(entry: str) -> bool:
    """Whether an entry is no title but tells, in sentences or phrases, what a chapter holds."""
    return len(_ENDED.findall(entry)) >= FEWEST_ENDED


_ENDED = seldom(r"[^\W\d_]{3}[_\"”’)]*[.;?!](?=\s|$)|\d;")
FEWEST_ENDED = 3


def _set_in_below(blocks: Sequence[Block]) -> set[tuple[str, str]]:
    """The entries below which the next two stand farther in, with the first of these: a group, by its number and title, and its pieces."""
    entries = [b for b in blocks if b.within and b.within[0].kind == "contents" and b.rows]
    three = zip(entries, entries[1:], entries[2:], strict=False)
    return {(_words(a.text), _words(b.text)) for a, b, c in three if c.rows[0].indent == b.rows[0].indent > a.rows[0].indent}


def _first_piece(block: Block, deeper: set[tuple[str, str]]) -> tuple[int, int]:
    """Where in a heading with a number the title of the first piece begins, and where it ends; zeros when it is one title."""
    rows = block.rows
    for cut in range(1, len(rows)) if block.facts.number else ():
        if rows[cut].gap:
            group = _words(_text(rows[:cut]))
            for stop in range(cut + 1, len(rows) + 1):
                if (group, _words(_text(rows[cut:stop]))) in deeper:
                    return cut, stop
    return 0, 0


def _first_group(block: Block, below: Block | None, deeper: set[tuple[str, str]]) -> int:
    """Where in the heading of a part, below its title, that of its first group begins, over the piece that the next heading names; 0: it
    holds none.
    """
    rows = block.rows
    if below is None or not block.facts.number:
        return 0
    cuts = (k for k in range(1, len(rows)) if rows[k].gap and (_words(_text(rows[k:])), _words(below.text)) in deeper)
    return next((k for k in cuts if has_title(replace(block, rows=rows[:k]))), 0)


SEVERAL = 2  # entries: a label, its title, and no more than one of another kind


def _below_book(block: Block, book: str, listed: Collection[str]) -> int:
    """Where in the rows of a heading that begins with words of the title page an entry of the contents page begins; 0: nowhere."""
    for k in range(1, len(block.rows)):
        if block.rows[k].gap and f" {_words(_text(block.rows[:k]))} " in book:
            if _words(without_reference(_text(block.rows[k:]))) in listed:
                return k
    return 0


def _two_entries(block: Block, next_to: Mapping[str, str]) -> int:
    """Where in the rows of a heading the next entry of the contents page begins, if what is above it is an entry with words; 0: nowhere."""
    rows = block.rows
    titled = not block.facts.number or block.facts.label < len(rows[0].text.rstrip("."))
    for k in range(1, len(rows)) if titled else ():
        if rows[k].gap and next_to.get(_words(_text(rows[:k]))) == _words(_text(rows[k:])):
            return k
    return 0


def _text(rows: Rows) -> str:
    return " ".join(row.text for row in rows)


def listed_apart(blocks: list[Block], layout: Layout) -> list[Block]:
    """A label and the title below it are two headings when the contents page has them as two entries, each with a page of its own: the
    group and its first piece; so are two titles of which only the second has a page there, or is set in below the number and title of the
    group, or stands before the title of another piece there, labels each over several titles, and the title of the book again over an
    entry.
    """
    inside = [b for b in blocks if b.within and b.within[0].kind == "contents" and b.rows]
    entries = [b.text for b in inside]
    head = re.compile(
        rf"(?<!\s)\s{{2,}}(?:{'|'.join(map(re.escape, layout.language.page_words))})$", re.I
    )  # of the column, behind the first group
    paged = [
        (_words(entry_page(layout.language).sub("", head.sub("", text))), entry_page(layout.language).search(text) is not None)
        for text in entries
    ]
    apart = {(label, title) for (label, own), (title, other) in pairwise(paged) if own and other} or _over_several(inside, layout)
    apart |= _over_unnumbered(inside, layout)
    deeper = _set_in_below(blocks)
    whole = {_words(b.text) for b in blocks if b.kind == "heading" and not b.within}
    three = zip(paged, paged[1:], paged[2:], strict=False)
    next_to = {a: b for (a, _), (b, _), (c, _) in three if a and b and c in whole}  # below a subtitle stands a title with another
    groups = {_in_order(label): title for (label, own), (title, other) in pairwise(paged) if label and other and not own}
    listed = {words for words, _ in paged if words}
    book = " ".join(f" {_words(b.text)} " for b in blocks if b.kind == "titlepage") if listed else ""
    result: list[Block] = []
    for i, block in enumerate(blocks):
        if block.kind != "heading" or block.within or len(block.rows) < 2:
            result.append(block)
            continue
        below = next((b for b in blocks[i + 1 : i + 2] if b.kind == "heading"), None)
        if cut := _first_group(block, below, deeper):
            result.extend(cut_at(block, (cut,), "the contents page has the first group of the part, over the piece below"))
            continue
        if listed and block.facts.type in BY_SETTING and (cut := _below_book(block, book, listed)):
            result.extend(cut_at(block, (cut,), "the title of the book again, and an entry of the contents page"))
            continue
        cut, stop = _first_piece(block, deeper)
        if cut:
            places = (cut,) if stop == len(block.rows) else (cut, stop)
            group, piece, *text = cut_at(block, places, "the contents page has the first piece set in below the group")
            result += [group, piece, *(replace(one, kind="paragraph", facts=Facts()) for one in text)]
            continue
        if cut := _two_entries(block, next_to):
            result.extend(cut_at(block, (cut,), "the contents page has the titles as two entries, before that of another piece"))
            continue
        label = _words(block.rows[0].text)
        title = _words(" ".join(row.text for row in block.rows[1:]))
        groups_pieces = block.facts.type in BY_SETTING or block.facts.division in PIECES  # POEMS
        first = _in_order(label) in groups and block.rows[1].gap > 0 and _agree(groups[_in_order(label)], title)
        if (block.facts.type != "labelled" or (label, title) not in apart) and not (groups_pieces and first):
            result.append(block)
            continue
        decision = Decision("listed-apart", "the contents page has the label and the title as two entries, each with its page", 0.9)
        rows = block.rows[1:]
        decisions = (*block.decisions, decision)
        title_of = replace(block, first=rows[0].line, rows=rows, facts=Facts(), decisions=decisions)
        facts = _facts(title_of, layout)
        if facts.type == "title" and is_capitals(rows[0].text):
            facts = Facts(type="capitals")
        title_of = replace(title_of, facts=facts)
        result += [replace(block, end=title_of.first, rows=block.rows[:1], decisions=decisions), title_of]
    return result
