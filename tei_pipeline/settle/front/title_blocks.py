"""What the lines above the first division may be: mottoes and whose they are, notices, letters, who wrote the book."""

from __future__ import annotations

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.library import library_author, library_subtitle, library_title
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import OPENING_MARKS, is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.front.half_titles import says

AMONG = BETWEEN | {"boilerplate"}  # what may stand among the lines of a title page
STANZA = 3  # verses: lines of a title page that look like verse are fewer
MOST_OF_A_KIND = 4  # words: "Eine sehr kurze Erzählung"
SHORT = 30  # words: a chunk of a title page has hardly more, titles of old books aside
NAMED_FRONT = frozenset(("preface", "contents", "foreword", "introduction"))  # what a title page may name: "With a Preface by"
OF_TITLES = frozenset(  # what a book may be called: "Letters of"
    ("canto", "speech", "letter", "poem", "story", "essay", "interview", "sermon", "entry", "volume", "document", "chronicle")
)
MOST_OF_ADDRESS = 3  # lines below the name of a publisher: the street, the year
MOST_OF_IMPRINT = 5  # lines
YEAR_LAST = seldom(r"(?:^|\W)(?:1[4-9]\d\d|20\d\d|M[DCLXVIM. ]{3,})\W*$")


def names_author(block: Block, layout: Layout) -> bool:
    """Whether a line tells who wrote the book, or ends with the word for that, over his name."""
    patterns = words(layout.language)
    lines = [row.text.strip("_ ") for row in block.rows]
    if any(patterns.byline.match(line) or patterns.is_by(line) for line in lines):
        return True
    return any(fold(line.split()[-1].strip("_* ")) in layout.language.bylines for line in lines[:-1] if line)


def tells_imprint(block: Block, layout: Layout) -> bool:
    """Whether lines tell who printed the book, or when."""
    if block.kind == "imprint" or words(layout.language).imprint.search(block.text) is not None:
        return True
    return any(YEAR_LAST.search(row.text) for row in block.rows)


def is_centred(block: Block, layout: Layout) -> bool:
    """Whether all lines of a block stand far from both edges, about as far from the one as from the other."""
    return all(
        row.indent >= CENTRED and abs(2 * row.indent + len(row.text) - layout.measure - 2 * layout.margin) <= CENTRED for row in block.rows
    )


CENTRED = 8  # columns


def shares_axis(above: Block, block: Block) -> bool:
    """Whether the short lines of two blocks stand around one axis, some set in farther than others: THE / LETTERS / OF."""
    rows = (*above.rows, *block.rows)
    if len({row.indent for row in rows}) < LEAST_INDENTS or any(word_count(row.text) > MOST_ON_AXIS or not row.indent for row in rows):
        return False
    twice = [2 * row.indent + len(row.text) for row in rows]
    return max(twice) - min(twice) <= CENTRED // 2


LEAST_INDENTS = 3
MOST_ON_AXIS = 6  # words


def opens_letter(blocks: list[Block], at: int) -> bool:
    """Whether a place or date stands over words that address somebody, or begins the first entry of a diary."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in (*AMONG, "dateline")), None)
    return below is not None and (below.kind == "salute" or (blocks[at].facts.type == "entry" and is_sentence(below)))


def letter_head(blocks: list[Block], at: int, start: int) -> int:
    """Where the head of letters begins, the first of which is to somebody named at a place: the title of the letters stands above."""
    above = blocks[at - 1]
    return at - (at - 1 > start and above.kind == "heading" and above.rows[0].gap > blocks[at].rows[0].gap)


def are_stanzas(one: Block, other: Block) -> bool:
    """Whether two blocks of verse follow each other: a motto of a title page is one."""
    return one.kind == other.kind == "verse" and max(len(one.rows), len(other.rows)) >= STANZA


def is_sentence(block: Block) -> bool:
    """Running text: ends as a sentence, most of its words small."""
    words = [bare for w in block.text.split() if (bare := w.lstrip(_MARKS))[:1].isalpha()]
    last, small = block.text.rstrip('"”“’‘»«')[-1:], sum(w[0].islower() for w in words)
    announces = last == ":" and len(words) > MOST_BEFORE_COLON and block.text[0].isupper() and small == len(words) - 1
    return announces or (len(words) > 8 and last in (".", ":") and small > 0.6 * len(words))


MOST_BEFORE_COLON = 5  # words of a line of a title page: "Containing the following tales:"


def tells_of_file(block: Block, layout: Layout) -> bool:
    """Whether a paragraph says that it is a transcriber's note: one may stand between the leaves in front of a book."""
    return (
        block.kind == "paragraph" and not block.within and fold(block.text).lstrip("[_* ").startswith(tuple(layout.language.library.notes))
    )


MOST_OF_MOTTO = 6  # lines: longer verses in front of a book are a poem of their own


def is_motto(block: Block) -> bool:
    """Whether verses are the motto of a title page."""
    if block.kind != "verse" or not 2 <= len(block.rows) <= MOST_OF_MOTTO or any(row.gap for row in block.rows[1:]):
        return False
    return says_something(block)


def is_quoted(block: Block) -> bool:
    """Whether a motto of the title page is quoted, set in, with a quotation mark before it, or names whose words it is, behind a dash."""
    if not block.within or block.within[0].kind != "quotation":
        return False
    return block.text.startswith(("-", "—")) or (block.text.lstrip("_* ").startswith(tuple(OPENING_MARKS)) and says_something(block))


def says_something(block: Block) -> bool:
    """Whether most words are small, as those of no title are."""
    words = [w for w in block.text.split() if w.strip(_MARKS)[:1].isalpha()]
    return len(words) > SHORTEST_OF_MOTTO and sum(w.strip(_MARKS)[0].islower() for w in words) > 0.6 * len(words)


_MARKS = "_\"'“”‘’„«»([-"
SHORTEST_OF_MOTTO = 8  # words


def quotes_above_imprint(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a paragraph is quoted, or tells whose the words quoted right above it are, and who printed the book stands below."""
    block = blocks[at]
    named = _is_said_by(blocks, at + 1, layout) or _is_said_by(blocks, at, layout)
    if (block.kind not in ("paragraph", "verse", "attribution", "signed") and not named) or len(block.rows) > MOST_QUOTED:
        return False
    if named or not _above_imprint(blocks, at, layout):
        return named and _above_imprint(blocks, at, layout)
    if begins_quoted(block):
        below = [b for b in blocks[at + 1 : at + 1 + NEAR_IMPRINT] if b.kind not in AMONG]
        named = block.rows[-1].indent >= FAR_IN or block.rows[-1].text[0] in "-—" or (bool(below) and is_attribution(below[0]))
        return says_something(block) and (named or block.text.rstrip("_* ")[-1] in _CLOSING or is_notice(block))
    return at > 0 and is_attribution(block) and begins_quoted(blocks[at - 1]) and says_something(blocks[at - 1])


def names_quoted(blocks: list[Block], at: int) -> bool:
    """Whether one line in capitals right below a paragraph says whose words it is: ANON., HOLM."""
    source, quoted = blocks[at], blocks[at - 1]
    if not at or quoted.kind != "paragraph" or quoted.within or not 1 < len(quoted.rows) <= MOST_QUOTED or len(source.rows) != 1:
        return False
    return source.text.isupper() and source.text[-1] == "." and word_count(source.text) <= MOST_OF_NAME and not source.facts.division


MOST_QUOTED = 8  # lines
MOST_OF_NAME = 3  # words


def _is_said_by(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether such a line stands below a sentence without quotation marks, and has no small word of titles: IN TWO VOLUMES."""
    if (
        not 0 < at < len(blocks)
        or blocks[at].kind == "signed"
        or not names_quoted(blocks, at)
        or begins_quoted(blocks[at - 1])
        or not is_sentence(blocks[at - 1])
    ):
        return False
    return layout.language.lowercase_in_titles.isdisjoint(fold(word).strip("_.") for word in blocks[at].text.split())


def is_notice(block: Block) -> bool:
    """Whether a paragraph quotes words of praise, and nothing but the name of a paper stands behind the mark that closes them."""
    closed = _LAST_MARK.search(block.text, 1)
    if closed is None or not begins_quoted(block) or not says_something(block):
        return False
    return word_count(block.text[closed.end() :]) <= MOST_OF_PAPER


_LAST_MARK = seldom(r"[\"”»“](?=[^\"”»“]*$)")

MOST_OF_PAPER = 8  # words: the name of a paper and its town


def is_attribution(block: Block) -> bool:
    """Whether a line or two behind a dash, in brackets, or set far in, may tell whose words stand above."""
    return is_source(block) or (len(block.rows) <= MOST_OF_SOURCE and word_count(block.text) <= SHORT and block.rows[0].indent >= FAR_IN)


def names_poet(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a short line set in below the verses of a motto, nearer to them than to what comes next, tells whose they are."""
    block = blocks[at]
    if not at or not is_motto(blocks[at - 1]) or len(block.rows) != 1 or word_count(block.text) > MOST_OF_POET or block.rows[0].gap != 1:
        return False
    patterns = words(layout.language)
    if patterns.byline.match(block.text.strip("_ ")) or patterns.imprint.search(block.text) or YEAR_LAST.search(block.text):
        return False
    below = next((b for b in blocks[at + 1 :] if b.kind not in AMONG), None)
    set_in = block.rows[0].indent >= min(row.indent for row in blocks[at - 1].rows) + SET_IN
    return set_in and (below is None or not below.rows or below.rows[0].gap > 1)


SET_IN = 4  # columns
MOST_OF_POET = 6  # words, with his work and the place in it


def begins_quoted(block: Block) -> bool:
    """Whether a quotation mark opens its words."""
    return block.text.lstrip("_* ").startswith(tuple(OPENING_MARKS))


NEAR_IMPRINT = 6  # blocks
FAR_IN = 16  # columns
_CLOSING = "\"'”’»“"


def above_heading(blocks: list[Block], at: int) -> bool:
    """Whether a heading comes next, below whose words the motto is."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in AMONG and not is_source(b)), None)
    return below is not None and below.kind == "heading"


def above_front(blocks: list[Block], at: int) -> bool:
    """Whether a few lines, a motto in prose or a dedication, stand below the author and next above a preface or the contents."""
    for block in blocks[at : at + MOST_ABOVE_FRONT]:
        if block.kind == "heading":
            return block.facts.type == "named" and block.facts.division in NAMED_FRONT and not block.within
        if block.kind not in AMONG and (block.kind not in _LINES or len(block.rows) > MOST_OF_MOTTO or word_count(block.text) > 2 * SHORT):
            return False
    return False


MOST_ABOVE_FRONT = 4  # blocks
_LINES = frozenset(("paragraph", "verse", "attribution", "signed"))


def is_source(block: Block) -> bool:
    """Whether a line in brackets or behind a dash may tell whose words stand above it."""
    bracketed = block.text[:1] in ("(", "[") and block.text.rstrip(".")[-1:] in (")", "]")
    return (
        (bracketed or block.text[:1] in ("-", "—"))
        and len(block.rows) <= MOST_OF_SOURCE
        and block.kind in ("paragraph", "verse", "attribution")
    )


MOST_OF_SOURCE = 2  # lines


def above_cast(blocks: list[Block], at: int) -> bool:
    """Whether the list of persons comes next: the sentences above it tell where the play was first given, and who acted in it."""
    for block in blocks[at : at + MOST_ABOVE_CAST]:
        if block.kind == "heading":
            return block.facts.division == "cast"
        if block.kind not in AMONG and (block.kind != "paragraph" or word_count(block.text) > 2 * SHORT):
            return False
    return False


MOST_ABOVE_CAST = 4  # blocks


def tells_author(line: str, layout: Layout) -> bool:
    """Whether a short line names the kind of a work and then its author: "A Tale by Anna Brown", "Roman von …"."""
    tokens = [token.strip(",.;") for token in fold(line.strip("_ ")).split()]
    kind = next((i for i, token in enumerate(tokens[:MOST_OF_A_KIND]) if token in layout.language.genres), None)
    return kind is not None and len(tokens) <= 3 * MOST_OF_A_KIND and any(token in layout.language.bylines for token in tokens[kind + 1 :])


def continues(block: Block, last: Block | None) -> bool:
    """Whether a line goes on with the title above it: it begins small, below a line that no point ended."""
    return last is not None and block.rows[0].starts_lower and not last.rows[-1].ends_sentence


def opens_list(blocks: list[Block], at: int) -> bool:
    """Whether a contents page without a heading begins here, and nothing above it runs on as text."""
    if not blocks[at].within or blocks[at].within[0].kind != "contents":
        return False
    above = [b for b in blocks[:at] if b.kind not in AMONG]
    named = any(b.kind == "heading" and b.facts.type == "named" and b.facts.division in NAMED_FRONT for b in above)
    told = any(b.kind == "salute" or (b.kind == "paragraph" and word_count(b.text) > SHORT and is_sentence(b)) for b in above)
    return not (named or told)


def lists_works(blocks: list[Block], at: int, last: Block | None, layout: Layout, *, printed: bool) -> bool:
    """Whether lines are other books of the author, each a title as such are written or with its point: above who printed the book, or below
    that and few words with the one before an author, BY THE SAME AUTHOR.
    """
    block = blocks[at]
    if last is None or block.within or len(block.rows) < FEWEST_WORKS or any(row.gap for row in block.rows[1:]):
        return False
    tokens = [fold(token.strip(_MARKS)) for token in last.text.split()]
    told = printed and len(tokens) <= MOST_OVER_WORKS and any(token in layout.language.bylines for token in tokens[:3])
    if not (told or _above_imprint(blocks, at, layout)) or any(row.starts_lower for row in block.rows):
        return False
    small = layout.language.lowercase_in_titles
    return all(is_capitals(row.text) or is_title_case(row.text.strip("_.,"), small) or _ends_entry(row) for row in block.rows)


def _ends_entry(row: Row) -> bool:
    return row.text.rstrip('_)"”')[-1:] in _ENDS_ENTRY


def _above_imprint(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether one of the next blocks tells who printed the book, or when."""
    below = (b for b in blocks[at + 1 : at + 1 + NEAR_IMPRINT] if b.kind not in AMONG)
    patterns = words(layout.language)
    return any(patterns.imprint.search(b.text) or any(YEAR_LAST.search(row.text) for row in b.rows) for b in below)


FEWEST_WORKS = 3  # lines
MOST_OVER_WORKS = 8  # words
_ENDS_ENTRY = frozenset(".0123456789")


def begins_with_by(line: str, layout: Layout) -> bool:
    """Whether the word for the author begins a line, or is all of it."""
    return words(layout.language).byline.match(line.strip("_ ")) is not None or words(layout.language).is_by(line)


def tells_by(block: Block, layout: Layout) -> bool:
    """Whether a line alone says who wrote the book."""
    line = block.text.strip("_ ")
    return len(block.rows) == 1 and word_count(line) <= MOST_OF_BYLINE and words(layout.language).byline.match(line) is not None


MOST_OF_BYLINE = 10  # words


def is_author(block: Block, layout: Layout) -> bool:
    """Whether a line alone is the name of the author, or the last part of it, as the library says before the book."""
    name = fold(library_author(layout)).replace(".", " ").split()
    line = fold(block.text.strip("_ ,.")).replace(".", " ").split()
    return len(block.rows) == 1 and 0 < len(line) <= len(name) and line == name[-len(line) :]


def says_title(block: Block, layout: Layout) -> bool:
    """Whether several words are those of the title or subtitle as the library says them before the book."""
    return says(block.text, f"{library_title(layout)} {library_subtitle(layout)}")


def with_motto(block: Block, last: Block | None) -> bool:
    """Whether it is the motto of a title page, or tells whose words the motto above it are."""
    return is_motto(block) or (last is not None and is_motto(last) and is_source(block))
