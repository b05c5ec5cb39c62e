"""What the blocks above the first division may be: imprints and rights, mottoes, mastheads, who helped and who wrote the book."""

from __future__ import annotations

import re

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.language import fold, load
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.openings import OPENING_MARKS
from tei_pipeline.settle.title_parts import YEAR

AMONG = BETWEEN | {"boilerplate"}  # what may stand among the lines of a title page
STANZA = 3  # verses: lines of a title page that look like verse are fewer
MOST_OF_A_KIND = 4  # words: "Eine sehr kurze Erzählung"
SHORT = 30  # words: a chunk of a title page has hardly more, titles of old books aside
NAMED_FRONT = frozenset(("preface", "contents", "foreword", "introduction"))  # what a title page may name: "With a Preface by"


def is_masthead(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a few lines below the title of a periodical give the number of the issue and its day: "No. 2.] NOVEMBER 10. 1849."."""
    text = blocks[at].text
    if len(blocks[at].rows) > MOST_OF_IMPRINT or not any(c.isdigit() for c in text):
        return False
    patterns = words(layout.language)
    if patterns.issue.search(text) is None and patterns.volume.search(text) is None:
        return False
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    return (patterns.may_hold_date(text) and patterns.date.search(text) is not None) or (below is not None and below.kind == "dateline")


MOST_OF_ADDRESS = 3  # lines below the name of a publisher: the street, the year


def is_imprint(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether what looks like a heading names place and publisher over the year, or tells the edition."""
    block = blocks[at]
    volume = block.facts.division == "volume" and len(block.rows) > 1  # its number, over the place
    if block.kind != "heading" or not (volume or block.facts.type in ("title", "capitals")) or len(block.rows) > MOST_OF_IMPRINT:
        return False
    patterns = words(layout.language)
    if patterns.edition.search(block.text) and word_count(block.text) <= MOST_OF_A_KIND:
        return True
    if len(block.rows) >= _PLACE_FIRM_YEAR and YEAR.match(block.rows[-1].text) and not any(row.gap for row in block.rows[1:]):
        return True
    if len(block.rows) == 2 and not block.rows[1].gap and _PLACE_AND_FIRM.match(block.rows[0].text) and YEAR.match(block.rows[1].text):
        return True
    if not patterns.imprint.search(block.text) and not _ADDRESS.search(block.text):
        return False
    street = [b.rows for b in blocks[at + 1 : at + 3] if len(b.rows) <= MOST_OF_ADDRESS]
    near = (*block.rows, *(row for rows in street for row in rows))
    return any(YEAR_LAST.search(row.text) for row in near)


_PLACE_AND_FIRM = re.compile(r"[^\W\d_][^:.]{2,30}: [^\W\d_]")  # London: J. Holm, over the year


def reserves_rights(block: Block, last: Block | None, layout: Layout) -> bool:
    """Whether a few lines below an imprint have its words too: "All rights reserved. No part of this book …"."""
    imprint = words(layout.language).imprint
    if last is None or block.kind not in ("paragraph", "imprint") or block.within or len(block.rows) > MOST_OF_IMPRINT:
        return False
    return bool(imprint.search(last.text)) and bool(imprint.search(block.text))


def is_address(block: Block) -> bool:
    """Whether short lines set in may go on with an imprint: the street and the year below it, or words on the rights."""
    return 0 < len(block.rows) <= MOST_OF_ADDRESS and all(len(row.text) < LONGEST_OF_RIGHTS for row in block.rows)


def prints(block: Block, layout: Layout) -> bool:
    """Whether lines set in are a whole imprint: place, publisher, year, and the words on the rights."""
    whole = 0 < len(block.rows) <= MOST_OF_IMPRINT and all(len(row.text) < LONGEST_OF_RIGHTS for row in block.rows)
    dated = any(YEAR_LAST.search(row.text) for row in block.rows)
    return whole and dated and block.rows[0].text.isupper() and bool(words(layout.language).imprint.search(block.text))


def is_centred(block: Block, layout: Layout) -> bool:
    """Whether all lines of a block stand far from both edges, about as far from the one as from the other."""
    return all(
        row.indent >= CENTRED and abs(2 * row.indent + len(row.text) - layout.measure - 2 * layout.margin) <= CENTRED for row in block.rows
    )


CENTRED = 8  # columns
LONGEST_OF_RIGHTS = 60  # characters of a line
YEAR_LAST = re.compile(r"(?:^|\W)(?:1[4-9]\d\d|20\d\d|M[DCLXVIM. ]{3,})\W*$")
_ADDRESS = re.compile(r"^\d{1,3}, [^\W\d]|[^\W\d], \d{1,3}$", re.M)  # 7, RUE PERRONET, 7
MOST_OF_IMPRINT = 5  # lines
_PLACE_FIRM_YEAR = 3  # lines close together, the last of them a year alone


def opens_letter(blocks: list[Block], at: int) -> bool:
    """Whether a place or date stands over words that address somebody, or begins the first entry of a diary."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in (*AMONG, "dateline")), None)
    return below is not None and (below.kind == "salute" or (blocks[at].facts.type == "entry" and is_sentence(below)))


def are_stanzas(one: Block, other: Block) -> bool:
    """Whether two blocks of verse follow each other: a motto of a title page is one."""
    return one.kind == other.kind == "verse" and max(len(one.rows), len(other.rows)) >= STANZA


def is_sentence(block: Block) -> bool:
    """Running text: ends as a sentence, most of its words small."""
    words = [bare for w in block.text.split() if (bare := w.lstrip(_MARKS))[:1].isalpha()]
    return len(words) > 8 and block.text.rstrip('"”“’‘»«')[-1:] in (".", ":") and sum(w[0].islower() for w in words) > 0.6 * len(words)


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
    return block.text[0] in "-—" or (block.text.lstrip("_* ")[:1] in OPENING_MARKS and says_something(block))


def says_something(block: Block) -> bool:
    """Whether most words are small, as those of no title are."""
    words = [w for w in block.text.split() if w.strip(_MARKS)[:1].isalpha()]
    return len(words) > SHORTEST_OF_MOTTO and sum(w.strip(_MARKS)[0].islower() for w in words) > 0.6 * len(words)


_MARKS = "_\"'“”‘’„«»([-"
SHORTEST_OF_MOTTO = 8  # words


def quotes_above_imprint(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a paragraph is quoted, or tells whose the words quoted right above it are, and who printed the book stands below."""
    block = blocks[at]
    if block.kind not in ("paragraph", "verse", "attribution", "signed") or len(block.rows) > MOST_OF_MOTTO:
        return False
    below = [b for b in blocks[at + 1 : at + 1 + NEAR_IMPRINT] if b.kind not in AMONG]
    patterns = words(layout.language)
    if not any(patterns.imprint.search(b.text) or any(YEAR_LAST.search(row.text) for row in b.rows) for b in below):
        return False
    if _begins_quoted(block):
        named = block.rows[-1].indent >= FAR_IN or block.rows[-1].text[0] in "-—" or (bool(below) and is_attribution(below[0]))
        return says_something(block) and (named or block.text.rstrip("_* ")[-1] in _CLOSING)
    return at > 0 and is_attribution(block) and _begins_quoted(blocks[at - 1]) and says_something(blocks[at - 1])


def is_notice(block: Block) -> bool:
    """Whether a paragraph quotes words of praise, and nothing but the name of a paper stands behind the mark that closes them."""
    closed = _LAST_MARK.search(block.text, 1)
    if closed is None or not _begins_quoted(block) or not says_something(block):
        return False
    return word_count(block.text[closed.end() :]) <= MOST_OF_PAPER


_LAST_MARK = re.compile(r"[\"”»“](?=[^\"”»“]*$)")

MOST_OF_PAPER = 8  # words: the name of a paper and its town


def is_attribution(block: Block) -> bool:
    """Whether a line or two behind a dash, in brackets, or set far in, may tell whose words stand above."""
    return is_source(block) or (len(block.rows) <= MOST_OF_SOURCE and word_count(block.text) <= SHORT and block.rows[0].indent >= FAR_IN)


def _begins_quoted(block: Block) -> bool:
    return block.text.lstrip("_* ")[:1] in OPENING_MARKS


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
_LINES = frozenset(("paragraph", "verse", "attribution"))


def is_source(block: Block) -> bool:
    """Whether a line in brackets or behind a dash may tell whose words stand above it."""
    bracketed = block.text[:1] in ("(", "[") and block.text.rstrip(".")[-1:] in (")", "]")
    return (
        (bracketed or block.text[:1] in ("-", "—"))
        and len(block.rows) <= MOST_OF_SOURCE
        and block.kind in ("paragraph", "verse", "attribution")
    )


MOST_OF_SOURCE = 2  # lines


def names_helper(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a line tells who drew the pictures or wrote the introduction that comes later: "Illustrations by A. Brown"."""
    block = blocks[at]
    if block.kind != "heading" or block.facts.division not in NAMED_FRONT:
        return False
    tokens = fold(block.rows[0].text.strip("_* ")).split()  # the publisher may stand below, in capitals too
    if len(tokens) < 3 or not any(token in layout.language.bylines for token in tokens[1:-1]):
        return False
    if fold(block.text).strip(" .:_*") in layout.language.divisions:
        return False  # the very name: TABLA DE MATERIAS
    division = block.facts.division
    return division == "contents" or any(b.kind == "heading" and b.facts.division == division for b in blocks[at + 1 :])


def names_publisher(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether the line below a place has the word for a publisher: "New York", "Caldwell Company, Publishers"."""
    below = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    return len(blocks[at].rows) == len(below.rows) == 1 and words(layout.language).imprint.search(below.text) is not None


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


def recurs(blocks: list[Block], at: int) -> bool:
    """Whether a numbered division of the same name comes again: then the first one begins the book, and is no line of its title."""
    facts = blocks[at].facts
    if not facts.division:
        return False
    return any(b.kind == "heading" and b.facts.division == facts.division and b.facts.number == facts.number + 1 for b in blocks[at + 1 :])


def tells_years(blocks: list[Block], at: int) -> bool:
    """Whether the number behind the word for a piece is the year of all that the book holds: "POEMS 1908-1918"."""
    facts = blocks[at].facts
    return (
        facts.type == "labelled" and facts.number >= EARLIEST and YEAR_LAST.search(blocks[at].text) is not None and not recurs(blocks, at)
    )


EARLIEST = 1400  # of the years of books


def last_imprint(blocks: list[Block], start: int, layout: Layout) -> int:
    """The last of the lines above the first text that tell who printed the book and when, ``start`` if there are none: what stands above it
    are titles of the title page, and more leaves with a part of them.
    """
    found, last = start, start
    for i in range(start, min(len(blocks), start + MOST_ABOVE_TEXT)):
        block = blocks[i]
        if block.kind in AMONG:
            continue
        long = block.kind != "heading" and word_count(block.text) > SHORT
        set_in = any(c.kind != "quotation" for c in block.within) or (bool(block.within) and not is_address(block))
        if set_in or block.kind not in _PRINTED or is_sentence(block) or long:
            return start if found == last else found  # the title right over the text is none
        facts = block.facts
        if block.kind == "heading" and facts.division not in ("", "volume", "book", "part") and not tells_years(blocks, i):
            return found
        if len(block.rows) <= MOST_OF_IMPRINT and not facts.division and _tells_printer(block, layout, dated=found == start):
            found = i
        last = i
    return start


_PRINTED = frozenset(("heading", "paragraph", "subtitle", "verse", "imprint", "dateline", "table", "editorial", "signed", "trailer"))
MOST_ABOVE_TEXT = 24  # blocks


def _tells_printer(block: Block, layout: Layout, *, dated: bool) -> bool:
    """Whether words of imprints stand over a year, or below such lines without one, Germanic ones also at the end of a longer word; books
    for students of a language have English ones.
    """
    if not any(len(row.text) < LONGEST_OF_RIGHTS for row in block.rows):
        return False
    if any(words(language).imprint.search(block.text) is not None for language in (layout.language, load("en"))):
        return not dated or _YEAR_OF_PRINT.search(block.text) is not None
    ends = tuple(form for form in layout.language.imprint if len(form) >= SHORTEST_END)
    tokens = [token.strip(",.;:_()") for token in fold(block.text).split()]
    return not dated and any(token.endswith(ends) or token[:-2].endswith(ends) for token in tokens)


_YEAR_OF_PRINT = re.compile(r"(?<!\w)(?:1[4-9]\d\d|20\d\d|M[DCLXVI.]{3,})(?!\w)")
SHORTEST_END = 6  # letters of a word that others are made of: Hofbuchdruckerei, Forlagstrykkeriet
