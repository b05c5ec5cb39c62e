"""Recurring titles: lines that neither white space nor numbers show to be headings, known because many of one look stand over text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.titles import names_author
from tei_pipeline.rules.letters.dated import is_dateline, is_day
from tei_pipeline.rules.shape import is_capitals, is_centred, is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.nesting.gaps import RECURRING
from tei_pipeline.settle.nesting.styles import has_title

FEWEST = 4  # lines of one look between paragraphs: fewer may be signs, captions or names
LONGEST = 12  # words
RUNNING = 20  # words of the paragraph below: shorter ones may be entries of a list
SENTENCE = 10  # words, over two lines or more: a first paragraph may be as short
MOSTLY = 0.8  # of the lines of one look stand between a paragraph that has ended and running text: captions interrupt sentences
FEWEST_PLAIN = 6  # lines that are written as sentences are, without a stop: languages other than English write titles so
NEARLY_ALL_PLAIN = 0.9  # of these between a paragraph that has ended and running text
PLAIN = "plain"
CONNECTED = 0.5  # of those in plain type have an article, preposition or conjunction: names of persons have none
_KINDS = frozenset(("paragraph", "verse", "signed", "heading"))  # what rules take such a line for, one by one
_MARKS = "_=*"
_SHOWN = frozenset(("_", "_.", "=", "=."))  # type that shows a title, if it stands nearer to what it heads
_UNFINISHED = frozenset(",;:!?.—–-\"'”’")
_ENDED = frozenset(".!?:\"”’')]}*_")


def recurring_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """Lines alone, written as titles or wholly in italics or bold, four and more of one look, each over running text, are titles; so are
    those without a stop that are written as sentences, if there are more of them.
    """
    if layout.drama or layout.speakers:
        return blocks
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    alike: dict[tuple[str, bool], list[int]] = defaultdict(list)
    under: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)  # with the heading that they stand under
    apart: dict[tuple[str, bool], int] = defaultdict(int)
    over_little: dict[tuple[str, bool], list[int]] = defaultdict(list)  # these tell nothing, and are what the others are
    for k, ((above, i), (_, below)) in enumerate(pairwise(pairwise(order)), start=3):
        heading = _heading_over(blocks, above, layout)
        then = next((blocks[n] for n in order[k:] if blocks[n].kind != "verse"), None)
        for look in _looks(blocks[i], layout):
            if look[0] == PLAIN and blocks[below].kind == "verse" and then is not None and then.kind == "paragraph" and _is_running(then):
                apart[look] += 1  # leads to verses that prose gives
                continue
            if heading is not None:
                if _is_running(blocks[below]) and not _gives(blocks[i].text, blocks[below], layout):
                    under[look].append((heading, i))
            elif _has_ended(blocks[above]) and (_is_running(blocks[below]) or (look[0] in _SHOWN and _is_nearer(blocks[i], blocks[below]))):
                alike[look].append(i)
                if look[0] == PLAIN and " " not in blocks[i].text:
                    over_little["", look[1]].append(i)  # one word is no less a title, where the others have more
            elif _has_ended(blocks[above]) and _is_running(blocks[below], SENTENCE):
                over_little[look].append(i)
            else:
                apart[look] += blocks[i].kind != "heading"
    result = list(blocks)
    looks: dict[tuple[str, bool], Decision] = {}
    for look, found in alike.items():
        if not _recurs(blocks, found, apart[look], look, layout):
            continue
        if any(blocks[i].kind == "signed" and not is_centred(blocks[i].rows[0], layout) for i in found):
            continue  # names set to the right are as far from the margin
        decision = Decision(RECURRING, f"{len(found)} lines of one look stand over running text", 0.8)
        for i in (*found, *over_little[look], *_first_sections(blocks, under[look])):
            if blocks[i].kind == "heading":
                result[i] = replace(blocks[i], decisions=(*blocks[i].decisions, decision))
                continue
            result[i] = replace(blocks[i], kind="heading", facts=Facts(type="title"), decisions=(*blocks[i].decisions, decision))
        looks[look] = decision
        if look[0] in _SHOWN and len(found) >= OFTEN:
            nearest = min(blocks[i].rows[0].gap for i in found)
            for (above, i), (_, below) in pairwise(pairwise(order)):
                if _is_longer(blocks[i], look[0], nearest) and _has_ended(blocks[above]) and _is_running(blocks[below], SENTENCE):
                    result[i] = replace(blocks[i], kind="heading", facts=Facts(type="title"), decisions=(*blocks[i].decisions, decision))
    return _first_titles(result, looks, layout) if looks else result


OFTEN = 8  # lines of one look: then paragraphs of that look are titles too
MOST_LINES = 4


def _is_longer(block: Block, mark: str, nearest: int) -> bool:
    """Whether a paragraph, or what was taken for verses, is a title as those of a look, but longer: some words or lines more."""
    if block.kind not in ("paragraph", "verse") or block.within or block.joins or len(block.rows) > MOST_LINES:
        return False
    text = block.text
    whole = text[0] == mark[0] and text.rstrip(".")[-1] == mark[0] and text.count(mark[0]) == 2
    return whole and block.rows[0].gap >= max(2, nearest) and text[1:2].isupper() and word_count(text) <= MOST_LINES * LONGEST


def _recurs(blocks: Sequence[Block], found: Sequence[int], apart: int, look: tuple[str, bool], layout: Layout) -> bool:
    """Whether lines of one look are so many, and so few of them stand elsewhere, that they are titles. Where most are written as titles
    are, the others are titles too if all are set in.
    """
    mark, set_in = look
    if mark == PLAIN:
        found = [i for i in found if not layout.in_verse(blocks[i].first)]  # there such a line may be a verse
        titled = sum(is_title_case(blocks[i].text, layout.language.lowercase_in_titles) for i in found)
        alike = set_in or 2 * titled <= len(found)
        return alike and len(found) >= FEWEST_PLAIN and len(found) >= NEARLY_ALL_PLAIN * (len(found) + apart)
    if len(found) < FEWEST or len(found) < MOSTLY * (len(found) + apart):
        return False
    if len({blocks[i].text for i in found}) < MOSTLY * len(found):
        return False  # the burden of a song
    return bool(mark) or sum(_connects(blocks[i].text, layout) for i in found) >= CONNECTED * len(found)


def _first_titles(blocks: list[Block], looks: Mapping[tuple[str, bool], Decision], layout: Layout) -> list[Block]:
    """The same, with the first title of a look parted from the heading over it, which has a title of its own, or is of a kind of which most
    have none.
    """
    kinds = Counter((b.facts.type, b.facts.division) for b in blocks if b.kind == "heading" and not b.within)
    ending = [_last_title(block, below, looks, layout) for block, below in zip(blocks, [*blocks[1:], None], strict=True)]
    bare = Counter((b.facts.type, b.facts.division) for b, end in zip(blocks, ending, strict=True) if end and not has_title(end[0]))
    result: list[Block] = []
    for block, end in zip(blocks, ending, strict=True):
        kind = block.facts.type, block.facts.division
        if end is not None and (_parts(*end) if has_title(end[0]) else bare[kind] < NEARLY_ALL * kinds[kind]):
            result += end
        else:
            result.append(block)
    return result


def _last_title(
    block: Block, below: Block | None, looks: Mapping[tuple[str, bool], Decision], layout: Layout
) -> tuple[Block, Block] | None:
    """A heading without its last line, and this line, which stands apart over the text and has one of those looks."""
    last = block.rows[-1:]
    if block.kind != "heading" or block.within or len(block.rows) < 2 or not last[0].gap or below is None or not _is_running(below):
        return None
    title = replace(block, first=last[0].line, rows=last, facts=Facts(type="title"))
    decision = next((looks[look] for look in _looks(title, layout) if look in looks), None)
    if decision is None:
        return None
    return replace(block, end=last[0].line, rows=block.rows[:-1]), replace(title, decisions=(*title.decisions, decision))


def _parts(rest: Block, title: Block) -> bool:
    """Whether the last line of a heading is set otherwise than its title."""
    return is_capitals(rest.rows[-1].text) or (title.text[0] in _MARKS) > (rest.text[0] in _MARKS)


def _heading_over(blocks: Sequence[Block], above: int, layout: Layout) -> int | None:
    """The heading that the block above is, or under which it names the author."""
    if blocks[above].kind == "paragraph" and len(blocks[above].rows) == 1 and names_author(blocks[above].text, layout):
        above = next((i for i in range(above - 1, -1, -1) if blocks[i].kind not in BETWEEN), above)
    return above if blocks[above].kind == "heading" else None


def _first_sections(blocks: Sequence[Block], under: Sequence[tuple[int, int]]) -> list[int]:
    """Of lines right under headings those that are no titles of these: the headings have titles, or others of their kind have none."""
    kinds = Counter((b.facts.type, b.facts.division) for b in blocks if b.kind == "heading" and not b.within and not has_title(b))
    bare = Counter((blocks[above].facts.type, blocks[above].facts.division) for above, _ in under if not has_title(blocks[above]))
    result = []
    for above, i in under:
        kind = blocks[above].facts.type, blocks[above].facts.division
        if not blocks[above].within and (has_title(blocks[above]) or bare[kind] < NEARLY_ALL * kinds[kind]):
            result.append(i)
    return result


NEARLY_ALL = 0.8  # of the headings of a kind: then the lines below them are their titles


def _looks(block: Block, layout: Layout) -> list[tuple[str, bool]]:
    """What a line that may be a title is set in (the mark of its type, and none for what is written as titles are; PLAIN for whatever has
    no mark), and whether it is set in; nothing for any other block.
    """
    if block.kind not in _KINDS or len(block.rows) != 1 or block.within or block.joins or not block.rows[0].gap:
        return []
    if block.kind == "heading" and block.facts.type != "title":
        return []
    row = block.rows[0]
    mark = row.text[0] if row.text[0] in _MARKS else ""
    if mark and (row.text[-1] != mark or row.text.count(mark) not in (2, 4)):
        return []
    text = row.text.strip(mark) if mark else row.text
    stopped = bool(mark) and text[-1] == "." and len(text) > 1 and text[-2] != "."  # the marks show the title, its point says nothing
    count = word_count(text)
    if not text[:1].isupper() or (text[-1] in _UNFINISHED and not stopped) or not 0 < count <= LONGEST or is_capitals(text):
        return []
    patterns = words(layout.language)
    if patterns.byline.match(text) or patterns.closing.match(text) or patterns.salute.match(text):
        return []
    if is_dateline(text, layout) or is_day(text, layout):
        return []
    set_in = row.indent > layout.margin + layout.indent
    titled = (count > 1 or stopped) and (bool(mark) or is_title_case(text, layout.language.lowercase_in_titles))
    return [look for look in ((mark + "." * stopped, set_in) if titled else None, (PLAIN, set_in) if not mark else None) if look]


def _connects(text: str, layout: Layout) -> bool:
    """Whether a line has one of the small words of a language, also as its first word."""
    return any(word.strip("_=*,").lower() in layout.language.lowercase_in_titles for word in text.split())


def _has_ended(above: Block) -> bool:
    return above.kind not in ("paragraph", "verse") or above.text[-1] in _ENDED


def _gives(text: str, below: Block, layout: Layout) -> bool:
    """Whether a line right below the title of a poem says to whom it is given."""
    return below.kind == "verse" and fold(text.strip(_MARKS).split(" ", 1)[0]) in layout.language.addressing


def _is_nearer(title: Block, below: Block) -> bool:
    """Whether a paragraph or verse, however short, stands nearer to a line than what is above it."""
    return below.kind in ("paragraph", "verse") and not below.within and 0 < below.rows[0].gap < title.rows[0].gap


def _is_running(below: Block, least: int = RUNNING) -> bool:
    """Whether running text of at least so many words, or a stanza, stands below, parted by white space."""
    if below.within or not below.rows or not below.rows[0].gap:
        return False
    return len(below.rows) > 1 if below.kind == "verse" else below.kind == "paragraph" and word_count(below.text) >= least
