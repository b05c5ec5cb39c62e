"""The title page: the short lines before the first division."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.above_first import first_play, group_above, piece_above
from tei_pipeline.settle.dedications import dedicates
from tei_pipeline.settle.gaps import MANY, look
from tei_pipeline.settle.openings import OPENING_MARKS
from tei_pipeline.settle.title_parts import YEAR, ends_with_name

MOST_LINES = 60
STANZA = 3  # verses: lines of a title page that look like verse are fewer
MOST_OF_A_KIND = 4  # words: "Eine sehr kurze Erzählung"
SHORT = 30  # words: a chunk of a title page has hardly more, titles of old books aside
_SKIP = frozenset(("furniture", "ornament", "illustration", "boilerplate"))


def title_page(blocks: list[Block], layout: Layout) -> list[Block]:
    """The short lines before the first division become the title page, if they look like one."""
    start = next((i for i, b in enumerate(blocks) if b.kind != "boilerplate"), len(blocks))
    blocks = _untitled(blocks, start, layout)
    end = _first_division(blocks, start, layout)
    if end < len(blocks):
        end = piece_above(blocks, start, group_above(blocks, start, end, layout), layout)
        end = first_play(blocks, start, end) if layout.drama else end
    chosen = [b for b in blocks[start:end] if b.kind not in _SKIP]
    if not chosen or end >= len(blocks):
        return blocks
    chunks = sum(1 + sum(1 for row in b.rows[1:] if row.gap) for b in chosen)
    patterns = words(layout.language)
    imprint = any(patterns.imprint.search(b.text) or any(YEAR.match(r.text) for r in b.rows) for b in chosen)
    by = any(patterns.byline.match(r.text.strip("_ ")) or _tells_author(r.text, layout) for b in chosen for r in b.rows)
    divided = (
        blocks[end].kind == "heading"
        and blocks[end].facts.type in ("named", "labelled", "headword")
        and all(b.kind == "heading" or _is_plain_line(b) for b in chosen)
    )
    divided = divided or _titles_book(blocks, chosen, end, layout)
    bracketed = chosen[0].text[0] == "[" and chosen[0].text[-1] == "]"
    staged = blocks[end].kind == "heading" and blocks[end].facts.division == "cast"
    several = staged or (chunks >= 3 and blocks[end].kind == "heading")
    if not (several or imprint or by or divided or bracketed or layout.front_matter[0]):
        return blocks
    result = list(blocks)
    for i in range(start, end):
        block = result[i]
        if (i > start and _is_motto(block)) or _is_quoted(block):
            quoted = _is_quoted(block)
            key = block.within[0].key if quoted else block.first
            within = (Container("epigraph", key), *[c for c in block.within if c.kind != "quotation"])
            decision = Decision("title-page", "verses or quoted words among the lines of the title page: its motto", 0.8)
            kind = "attribution" if quoted and block.text[0] in "-—" else block.kind
            result[i] = replace(block, kind=kind, within=within, decisions=(*block.decisions, decision))
        elif block.kind not in _SKIP:
            decision = Decision("title-page", f"{chunks} short lines before the first division", 0.85)
            result[i] = replace(block, kind="titlepage", decisions=(*block.decisions, decision))
    return result


def _is_plain_line(block: Block) -> bool:
    """Whether a paragraph is one short line that no point ends: a title, or who wrote it, at the margin."""
    return (
        block.kind == "paragraph"
        and not block.within
        and len(block.rows) == 1
        and word_count(block.text) <= MOST_OF_LINE
        and block.text[-1].isalpha()
        and block.text[0].isupper()
    )


MOST_OF_LINE = 10  # words


def _untitled(blocks: list[Block], start: int, layout: Layout) -> list[Block]:
    """The first title of the book, which stands too near to the lines above it, known by the look of the many titles after it."""
    lines: list[int] = []
    for i in range(start, min(len(blocks), start + MOST_LINES)):
        block = blocks[i]
        if block.kind in _SKIP:
            continue
        if block.kind not in ("paragraph", "editorial") or block.within or len(block.rows) > 1 or _is_sentence(block):
            break
        lines.append(i)
    else:
        return blocks
    if len(lines) < 2 or block.kind == "heading" or blocks[lines[-1]].rows[0].ends_sentence:
        return blocks
    first = blocks[lines[-1]]
    titles = [b for b in blocks[lines[-1] + 1 :] if b.kind == "heading" and not b.within and b.facts.type in ("title", "capitals")]
    alike = [b for b in titles if look(b, layout) == look(first, layout) and len(b.rows) == 1]
    if len(alike) < MANY or len(alike) < 0.5 * len(titles) or fold(first.text.split()[0]) not in {fold(b.text.split()[0]) for b in alike}:
        return blocks
    decision = Decision("title-page", f"looks like the {len(alike)} titles after it, and stands above the first text", 0.75)
    titled = replace(first, kind="heading", facts=Facts(type="title"), decisions=(*first.decisions, decision))
    return [*blocks[: lines[-1]], titled, *blocks[lines[-1] + 1 :]]


def _titles_book(blocks: list[Block], chosen: list[Block], end: int, layout: Layout) -> bool:
    """Whether one title and short lines stand over the first of several divisions of one look, and no other title stands so."""
    if blocks[end].kind != "heading" or blocks[end].facts.type not in ("title", "capitals") or chosen[0].kind != "heading":
        return False
    if sum(b.kind == "heading" for b in chosen) > 1 or any(b.kind not in ("heading", "paragraph", "subtitle") for b in chosen):
        return False
    order = [b for b in blocks[end:] if b.kind not in _SKIP]
    alike = sum(b.kind == "heading" and look(b, layout) == look(order[0], layout) for b in order)
    return alike >= 3 and not any(a.kind == b.kind == "heading" for a, b in zip(order, order[1:], strict=False))


def _first_division(blocks: list[Block], start: int, layout: Layout) -> int:
    """Where the book itself begins: at its first named or numbered division, or at the last heading before its first text."""
    if (named := _after_short_lines(blocks, start, layout)) is not None:
        return named
    heading, printed = start, 0  # the last heading, and the imprint
    by = by_line = imprint = issued = authored = published = False
    last = None
    for i in range(start, min(len(blocks), start + MOST_LINES)):
        block = blocks[i]
        if block.kind in _SKIP:
            continue
        if block.kind == "dateline" and _opens_letter(blocks, i):
            return i
        if i > start and (_is_imprint(blocks, i, layout) or _reserves_rights(block, last, layout)):
            by, last, imprint, printed = False, block, True, i
            continue
        if block.within and last is not None and (imprint or words(layout.language).imprint.search(block.text)) and _is_address(block):
            imprint = True
            continue
        imprint = False
        if block.within and heading < i and _is_address(block) and words(layout.language).byline.match(block.rows[0].text.strip("_ ")):
            last, authored = block, True
            continue
        if (
            (authored or (layout.drama and last is not None))
            and block.within
            and _is_address(block)
            and _is_centred(block, layout)
            and not _is_sentence(block)
        ):
            last = block
            continue
        if block.within or (last is not None and _are_stanzas(last, block)):
            return heading if heading > start else i
        if authored and _is_motto(block) and _above_heading(blocks, i):
            last = block
            continue
        if block.kind == "paragraph" and word_count(block.text) <= 3 and words(layout.language).byline.match(block.text.strip("_ ")):
            by_line = authored = True
            by = fold(block.text.split()[-1].strip("_* ")) in layout.language.bylines  # the name stands below
            last = block
            continue
        if block.kind == "heading":
            facts = block.facts
            if i > start and _is_masthead(blocks, i, layout):
                last, issued = block, True
                continue
            if issued:
                return i  # the first piece of the number
            if _names_helper(blocks, i, layout):
                last = block
                continue
            if authored and facts.type == "title" and ends_with_name(block.text, layout):
                last = block
                continue
            if authored and facts.type in ("title", "capitals") and _names_publisher(blocks, i, layout):
                by, last, published = False, block, True
                continue
            if (facts.type == "named" and facts.division not in _OF_TITLES) or (
                facts.type == "labelled" and facts.division not in ("volume", "book", "part")
            ):
                return i
            if facts.type == "labelled" and _recurs(blocks, i):
                return i
            if facts.type == "headword" or (facts.type == "series" and facts.number == 1):
                return i
            if facts.type not in ("named", "labelled") and any(
                words(layout.language).byline.match(row.text.strip("_ ")) for row in block.rows[(i == start) :]
            ):
                last, authored = block, True
                continue
            if facts.type == "roman" and i > start and words(layout.language).edition.search(block.text):
                continue  # the number of the volume, over the edition and the publisher
            if facts.type in ("roman", "arabic"):
                return heading if heading > start else i
            heading = heading if by else i
            by = False
            last = block
        elif (
            block.kind in ("paragraph", "verse", "table", "list")
            and (len(block.rows) > 4 or word_count(block.text) > SHORT or (_is_sentence(block) and not _continues(block, last)))
            and not _above_cast(blocks, i)
        ) or block.kind not in (
            "paragraph",
            "editorial",
            "verse",
            "table",
            "dateline",
            "imprint",
            "signed",
            "trailer",
            "salute",
            "residue",
            "stage",
        ):
            return i if published or heading < printed or (by_line and heading == start) else heading
        else:
            last = block
    return start


def _after_short_lines(blocks: list[Block], start: int, layout: Layout) -> int | None:
    """The first heading that names front matter, if who wrote the book and who printed it stand above, and nothing that runs on as text."""
    patterns = words(layout.language)
    by = imprint = False
    for i in range(start, min(len(blocks), start + MOST_LINES)):
        block = blocks[i]
        if block.kind in _SKIP:
            continue
        if _names_helper(blocks, i, layout):
            by = True
            continue
        if block.kind == "heading" and block.facts.type == "named" and block.facts.division in _FRONT and not block.within:
            return i if by and imprint else None
        if block.within and block.within[0].kind == "quotation":
            if dedicates(block, layout):
                return i if by and imprint else None
            if len(block.rows) <= MOST_OF_MOTTO:
                continue
        if block.kind not in _OF_TITLE_PAGES or _is_sentence(block) or (block.kind == "verse" and len(block.rows) >= STANZA):
            return None
        if block.kind == "heading" and (block.facts.division not in ("", "volume", "book", "part") or _recurs(blocks, i)):
            return None
        printed = len(block.rows) <= MOST_OF_ADDRESS and patterns.imprint.search(block.text) is not None
        if len(block.rows) > MOST_OF_TITLE or (not printed and any(row.ends_sentence and row.starts_lower for row in block.rows)):
            return None
        by = by or any(patterns.byline.match(row.text.strip("_ ")) for row in block.rows)
        imprint = imprint or printed or any(_YEAR_LAST.search(row.text) for row in block.rows)
    return None


_FRONT = frozenset(("preface", "contents", "foreword", "introduction"))
_OF_TITLE_PAGES = frozenset(
    ("heading", "paragraph", "verse", "table", "preformatted", "imprint", "signed", "byline", "subtitle", "dateline")
)
MOST_OF_TITLE = 12  # lines that stand together


def _is_masthead(blocks: list[Block], at: int, layout: Layout) -> bool:
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


def _is_imprint(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether what looks like a heading names place and publisher over the year, or tells the edition."""
    block = blocks[at]
    if block.kind != "heading" or block.facts.type not in ("title", "capitals") or len(block.rows) > MOST_OF_IMPRINT:
        return False
    patterns = words(layout.language)
    if patterns.edition.search(block.text) and word_count(block.text) <= MOST_OF_A_KIND:
        return True
    if len(block.rows) >= _PLACE_FIRM_YEAR and YEAR.match(block.rows[-1].text) and not any(row.gap for row in block.rows[1:]):
        return True
    if not patterns.imprint.search(block.text) and not _ADDRESS.search(block.text):
        return False
    street = [b.rows for b in blocks[at + 1 : at + 3] if len(b.rows) <= MOST_OF_ADDRESS]
    near = (*block.rows, *(row for rows in street for row in rows))
    return any(_YEAR_LAST.search(row.text) for row in near)


def _reserves_rights(block: Block, last: Block | None, layout: Layout) -> bool:
    """Whether a few lines below an imprint have its words too: "All rights reserved. No part of this book …"."""
    imprint = words(layout.language).imprint
    if last is None or block.kind not in ("paragraph", "imprint") or block.within or len(block.rows) > MOST_OF_IMPRINT:
        return False
    return bool(imprint.search(last.text)) and bool(imprint.search(block.text))


def _is_address(block: Block) -> bool:
    """Whether short lines set in may go on with an imprint: the street and the year below it, or words on the rights."""
    return 0 < len(block.rows) <= MOST_OF_ADDRESS and all(len(row.text) < LONGEST_OF_RIGHTS for row in block.rows)


def _is_centred(block: Block, layout: Layout) -> bool:
    """Whether all lines of a block stand far from both edges, about as far from the one as from the other."""
    return all(
        row.indent >= CENTRED and abs(2 * row.indent + len(row.text) - layout.measure - 2 * layout.margin) <= CENTRED for row in block.rows
    )


CENTRED = 8  # columns
LONGEST_OF_RIGHTS = 60  # characters of a line
_YEAR_LAST = re.compile(r"(?:^|\W)(?:1[4-9]\d\d|20\d\d|M[DCLXVIM. ]{3,})\W*$")
_ADDRESS = re.compile(r"^\d{1,3}, [^\W\d]|[^\W\d], \d{1,3}$", re.M)  # 7, RUE PERRONET, 7
MOST_OF_IMPRINT = 5  # lines
_PLACE_FIRM_YEAR = 3  # lines close together, the last of them a year alone


def _opens_letter(blocks: list[Block], at: int) -> bool:
    """Whether a place or date stands over words that address somebody, or begins the first entry of a diary."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in (*_SKIP, "dateline")), None)
    return below is not None and (below.kind == "salute" or (blocks[at].facts.type == "entry" and _is_sentence(below)))


def _are_stanzas(one: Block, other: Block) -> bool:
    """Whether two blocks of verse follow each other: a motto of a title page is one."""
    return one.kind == other.kind == "verse" and max(len(one.rows), len(other.rows)) >= STANZA


def _is_sentence(block: Block) -> bool:
    """Running text: ends as a sentence, most of its words small."""
    words = [w for w in block.text.split() if w[:1].isalpha()]
    return len(words) > 8 and block.text.rstrip('"”“’‘»«')[-1:] in (".", ":") and sum(w[0].islower() for w in words) > 0.6 * len(words)


MOST_OF_MOTTO = 6  # lines: longer verses in front of a book are a poem of their own


def _is_motto(block: Block) -> bool:
    """Whether verses are the motto of a title page."""
    if block.kind != "verse" or not 2 <= len(block.rows) <= MOST_OF_MOTTO or any(row.gap for row in block.rows[1:]):
        return False
    return _says_something(block)


def _is_quoted(block: Block) -> bool:
    """Whether a motto of the title page is quoted, set in, with a quotation mark before it, or names whose words it is, behind a dash."""
    if not block.within or block.within[0].kind != "quotation":
        return False
    return block.text[0] in "-—" or (block.text.lstrip("_* ")[:1] in OPENING_MARKS and _says_something(block))


def _says_something(block: Block) -> bool:
    """Whether most words are small, as those of no title are."""
    words = [w for w in block.text.split() if w.strip(_MARKS)[:1].isalpha()]
    return len(words) > SHORTEST_OF_MOTTO and sum(w.strip(_MARKS)[0].islower() for w in words) > 0.6 * len(words)


_MARKS = "_\"'“”‘’„«»([-"
SHORTEST_OF_MOTTO = 8  # words


def _above_heading(blocks: list[Block], at: int) -> bool:
    below = next((b for b in blocks[at + 1 :] if b.kind not in _SKIP), None)
    return below is not None and below.kind == "heading"


def _names_helper(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a line tells who drew the pictures or wrote the introduction that comes later: "Illustrations by A. Brown"."""
    block = blocks[at]
    if block.kind != "heading" or block.facts.division not in _FRONT or len(block.rows) > 1:
        return False
    tokens = fold(block.text.strip("_* ")).split()
    if len(tokens) < 3 or not any(token in layout.language.bylines for token in tokens[1:-1]):
        return False
    division = block.facts.division
    return division == "contents" or any(b.kind == "heading" and b.facts.division == division for b in blocks[at + 1 :])


def _names_publisher(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether the line below a place has the word for a publisher: "New York", "Caldwell Company, Publishers"."""
    below = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    return len(blocks[at].rows) == len(below.rows) == 1 and words(layout.language).imprint.search(below.text) is not None


def _above_cast(blocks: list[Block], at: int) -> bool:
    """Whether the list of persons comes next: the sentences above it tell where the play was first given, and who acted in it."""
    for block in blocks[at : at + MOST_ABOVE_CAST]:
        if block.kind == "heading":
            return block.facts.division == "cast"
        if block.kind not in _SKIP and (block.kind != "paragraph" or word_count(block.text) > 2 * SHORT):
            return False
    return False


MOST_ABOVE_CAST = 4  # blocks


def _tells_author(line: str, layout: Layout) -> bool:
    """Whether a short line names the kind of a work and then its author: "A Tale by Anna Brown", "Roman von …"."""
    tokens = [token.strip(",.;") for token in fold(line.strip("_ ")).split()]
    kind = next((i for i, token in enumerate(tokens[:MOST_OF_A_KIND]) if token in layout.language.genres), None)
    return kind is not None and len(tokens) <= 3 * MOST_OF_A_KIND and any(token in layout.language.bylines for token in tokens[kind + 1 :])


def _continues(block: Block, last: Block | None) -> bool:
    """Whether a line goes on with the title above it: it begins small, below a line that no point ended."""
    return last is not None and block.rows[0].starts_lower and not last.rows[-1].ends_sentence


def _recurs(blocks: list[Block], at: int) -> bool:
    """Whether a numbered division of the same name comes again: then the first one begins the book, and is no line of its title."""
    facts = blocks[at].facts
    if not facts.division:
        return False
    return any(b.kind == "heading" and b.facts.division == facts.division and b.facts.number == facts.number + 1 for b in blocks[at + 1 :])


_OF_TITLES = frozenset(
    ("canto", "speech", "letter", "poem", "story", "essay", "interview", "sermon", "entry", "volume", "document", "chronicle")
)
