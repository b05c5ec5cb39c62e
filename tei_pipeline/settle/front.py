"""The title page: the short lines before the first division."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.above_first import dated_above, first_play, group_above, piece_above
from tei_pipeline.settle.dedications import dedicates
from tei_pipeline.settle.gaps import MANY, look
from tei_pipeline.settle.title_blocks import (
    AMONG,
    MOST_OF_ADDRESS,
    MOST_OF_MOTTO,
    NAMED_FRONT,
    SHORT,
    STANZA,
    YEAR_LAST,
    above_cast,
    above_front,
    above_heading,
    are_stanzas,
    continues,
    is_address,
    is_attribution,
    is_centred,
    is_imprint,
    is_masthead,
    is_motto,
    is_notice,
    is_quoted,
    is_sentence,
    is_source,
    last_imprint,
    names_helper,
    names_publisher,
    opens_letter,
    prints,
    quotes_above_imprint,
    recurs,
    reserves_rights,
    says_something,
    tells_author,
    tells_of_file,
    tells_years,
)
from tei_pipeline.settle.title_parts import YEAR, ends_with_name, remarks

MOST_LINES = 60


def title_page(blocks: list[Block], layout: Layout) -> list[Block]:
    """The short lines before the first division become the title page, if they look like one."""
    start = next((i for i, b in enumerate(blocks) if b.kind != "boilerplate" and not (b.rows and remarks(b.text))), len(blocks))
    blocks = _untitled(blocks, start, layout)
    end = _first_division(blocks, start, layout)
    if end < len(blocks):
        end = piece_above(blocks, start, group_above(blocks, start, end, layout), layout)
        end = dated_above(blocks, start, end, layout)
        end = first_play(blocks, start, end) if layout.drama else end
    chosen = [b for b in blocks[start:end] if b.kind not in AMONG]
    if not chosen or end >= len(blocks):
        return blocks
    chunks = sum(1 + sum(1 for row in b.rows[1:] if row.gap) for b in chosen)
    patterns = words(layout.language)
    imprint = any(patterns.imprint.search(b.text) or any(YEAR.match(r.text) for r in b.rows) for b in chosen)
    by = any(patterns.byline.match(r.text.strip("_ ")) or tells_author(r.text, layout) for b in chosen for r in b.rows)
    divided = (
        blocks[end].kind == "heading"
        and blocks[end].facts.type in ("named", "labelled", "headword")
        and all(b.kind == "heading" or _is_plain_line(b) for b in chosen)
    )
    divided = divided or _opens_list(blocks, end) or _titles_book(blocks, chosen, end, layout)
    bracketed = chosen[0].text[0] == "[" and chosen[0].text[-1] == "]"
    staged = blocks[end].kind == "heading" and blocks[end].facts.division == "cast"
    several = staged or (chunks >= 3 and blocks[end].kind == "heading")
    if not (several or imprint or by or divided or bracketed or layout.front_matter[0]):
        return blocks
    result = list(blocks)
    for i in range(start, end):
        block = result[i]
        set_in = bool(block.within) and block.within[0].kind == "quotation"
        printed = i > start and quotes_above_imprint(blocks, i, layout)
        source = i > start and ((is_source(block) and is_motto(blocks[i - 1])) or (printed and is_attribution(block)))
        quoted = (
            is_quoted(block) or printed or (i > start and is_notice(block)) or (set_in and says_something(block) and above_front(blocks, i))
        )
        if (i > start and (is_motto(block) or (block.kind == "verse" and says_something(block)))) or quoted or source:
            key = block.within[0].key if set_in and quoted else blocks[i - source].first
            within = (Container("epigraph", key), *[c for c in block.within if c.kind != "quotation"])
            decision = Decision("title-page", "verses or quoted words among the lines of the title page: its motto", 0.8)
            kind = "attribution" if source or (quoted and block.text[0] in "-—") else block.kind
            result[i] = replace(block, kind=kind, within=within, decisions=(*block.decisions, decision))
        elif block.kind not in AMONG and not tells_of_file(block, layout):
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
        if block.kind in AMONG:
            continue
        if block.kind not in ("paragraph", "editorial") or block.within or len(block.rows) > 1 or is_sentence(block):
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
    order = [b for b in blocks[end:] if b.kind not in AMONG]
    alike = sum(b.kind == "heading" and look(b, layout) == look(order[0], layout) for b in order)
    return alike >= 3 and not any(a.kind == b.kind == "heading" for a, b in zip(order, order[1:], strict=False))


def _first_division(blocks: list[Block], start: int, layout: Layout) -> int:
    """Where the book itself begins: at its contents, its first named or numbered division, or the last heading before its first text."""
    if (listed := next((i for i in range(start, min(len(blocks), start + MOST_LINES)) if _opens_list(blocks, i)), None)) is not None:
        return listed
    if (named := _after_short_lines(blocks, start, layout)) is not None:
        return named
    first, start = start, last_imprint(blocks, start, layout)
    below = start + (start > first)
    heading, printed = start, below if below > start else 0  # the last heading, and what stands below the imprint
    by = by_line = imprint = issued = authored = published = False
    last = blocks[start] if below > start else None
    for i in range(below, min(len(blocks), start + MOST_LINES)):
        block = blocks[i]
        if block.kind in AMONG:
            continue
        if block.kind == "dateline" and opens_letter(blocks, i):
            return i
        if block.kind == "salute" and printed:
            return i - (last is blocks[i - 1] and dedicates(blocks[i - 1], layout))
        if i > start and quotes_above_imprint(blocks, i, layout):
            last = block
            continue
        if i > start and (is_imprint(blocks, i, layout) or reserves_rights(block, last, layout)):
            by, last, imprint, printed = False, block, True, i
            continue
        printing = imprint or words(layout.language).imprint.search(block.text)
        if block.within and last is not None and ((printing and is_address(block)) or prints(block, layout)):
            imprint = True
            continue
        imprint = False
        if block.within and heading < i and is_address(block) and words(layout.language).byline.match(block.rows[0].text.strip("_ ")):
            last, authored = block, True
            continue
        if (
            (authored or (layout.drama and last is not None))
            and block.within
            and is_address(block)
            and is_centred(block, layout)
            and not is_sentence(block)
        ):
            last = block
            continue
        authored = authored or (block.kind == "paragraph" and _tells_by(block, layout))
        below_author = authored and block.kind != "heading"
        motto = is_motto(block) or (last is not None and is_motto(last) and is_source(block))
        if below_author and ((motto and above_heading(blocks, i)) or (not printed and above_front(blocks, i))):
            last = block
            continue
        if block.within or (last is not None and are_stanzas(last, block)):
            return heading if heading > start else i
        alone = block.kind == "heading" and words(layout.language).is_by(block.text)
        if alone or (
            block.kind == "paragraph" and word_count(block.text) <= 3 and words(layout.language).byline.match(block.text.strip("_ "))
        ):
            by_line = authored = True
            by = fold(block.text.split()[-1].strip("_* ")) in layout.language.bylines  # the name stands below
            last = block
            continue
        if block.kind == "heading":
            facts = block.facts
            if i > start and is_masthead(blocks, i, layout):
                last, issued = block, True
                continue
            if issued and _over_imprint(blocks, i):
                last = block  # who publishes the number
                continue
            if issued:
                return i  # the first piece of the number
            if names_helper(blocks, i, layout) or (i == start and facts.division == "notes" and _above_byline(blocks, i, layout)):
                last = block
                continue
            if authored and facts.type == "title" and ends_with_name(block.text, layout):
                last = block
                continue
            if authored and facts.type in ("title", "capitals") and names_publisher(blocks, i, layout):
                by, last, published = False, block, True
                continue
            if (facts.type == "named" and facts.division not in _OF_TITLES) or (
                facts.type == "labelled" and facts.division not in ("volume", "book", "part") and not tells_years(blocks, i)
            ):
                return i
            if facts.type == "labelled" and (recurs(blocks, i) or ((authored or i == start) and _is_over_chapter(blocks, i))):
                return i
            if facts.type == "headword" or (facts.type == "series" and facts.number == 1):
                return i
            if (
                facts.type not in ("named", "labelled")
                and below == start
                and any(words(layout.language).byline.match(row.text.strip("_ ")) for row in block.rows[(i == start) :])
            ):
                last, authored = block, True
                continue
            if facts.type == "roman" and i > start and (words(layout.language).edition.search(block.text) or _counts_volume(blocks, i)):
                last = block  # the number of the volume, over the edition and the publisher
                continue
            if facts.type in ("roman", "arabic"):
                return heading if heading > start else i
            heading = heading if by else i
            by = False
            last = block
        elif (
            block.kind in ("paragraph", "verse", "table", "list")
            and (len(block.rows) > 4 or word_count(block.text) > SHORT or (is_sentence(block) and not continues(block, last)))
            and not above_cast(blocks, i)
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
            return i if issued or published or heading < printed or (by_line and heading == start) else heading
        else:
            last = block
    return start


def _over_imprint(blocks: list[Block], at: int) -> bool:
    """Whether who printed a number stands below a line, or below the place under it: "University of Marl", over "Printed by …"."""
    below = [b for b in blocks[at + 1 : at + 1 + MOST_OF_ADDRESS] if b.kind not in AMONG][:2]
    printed = next((k for k, b in enumerate(below) if b.kind == "imprint"), len(below))
    return printed < len(below) and all(len(b.rows) <= MOST_OF_ADDRESS and not is_sentence(b) for b in below[:printed])


def _counts_volume(blocks: list[Block], at: int) -> bool:
    """Whether a bare number below the title is that of the volume: it is not the first, the next such number does not run on from it, and
    no text stands below.
    """
    number = blocks[at].facts.number
    below = next((b for b in blocks[at + 1 :] if b.kind not in AMONG), None)
    if number < 2 or below is None or word_count(below.text) > SHORT or is_sentence(below):
        return False
    counted = (b.facts.number for b in blocks[at + 1 :] if b.kind == "heading" and b.facts.type == "roman")
    return next((n for n in counted if n != number), 0) != number + 1


def _is_over_chapter(blocks: list[Block], at: int) -> bool:
    """Whether a book or part, no volume, stands right over its first chapter: only its label tells that it is no line of the title."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in AMONG), None)
    if below is None or below.kind != "heading" or below.facts.type != "labelled" or blocks[at].facts.division == "volume":
        return False
    first = blocks[at].facts.number == 1 or not any(b.kind not in AMONG for b in blocks[:at])  # what a file of the book begins with
    return first and below.facts.number == 1 and below.facts.level > blocks[at].facts.level


def _opens_list(blocks: list[Block], at: int) -> bool:
    """Whether a contents page without a heading begins here, and nothing above it runs on as text."""
    if not blocks[at].within or blocks[at].within[0].kind != "contents":
        return False
    above = [b for b in blocks[:at] if b.kind not in AMONG]
    named = any(b.kind == "heading" and b.facts.type == "named" and b.facts.division in NAMED_FRONT for b in above)
    return not named and not any(b.kind == "paragraph" and word_count(b.text) > SHORT and is_sentence(b) for b in above)


def _above_byline(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether the line below says who wrote the book: its title may be "Notes of a Traveller"."""
    below = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    return words(layout.language).byline.match(below.rows[0].text.strip("_ ")) is not None if below.rows else False


def _tells_by(block: Block, layout: Layout) -> bool:
    """Whether a line alone says who wrote the book."""
    line = block.text.strip("_ ")
    return len(block.rows) == 1 and word_count(line) <= MOST_OF_LINE and words(layout.language).byline.match(line) is not None


def _after_short_lines(blocks: list[Block], start: int, layout: Layout) -> int | None:
    """The first heading that names front matter, if who wrote the book and who printed it stand above, and nothing that runs on as text."""
    patterns = words(layout.language)
    by = imprint = False
    remark = 0  # the first of the sentences on the edition that stand last
    for i in range(start, min(len(blocks), start + MOST_LINES)):
        block = blocks[i]
        if block.kind in AMONG:
            continue
        if names_helper(blocks, i, layout):
            by = True
            continue
        if block.kind == "heading" and block.facts.type == "named" and block.facts.division in _AFTER_TITLE and not block.within:
            return (remark or i) if by or imprint else None
        if i > start and (quotes_above_imprint(blocks, i, layout) or tells_of_file(block, layout)):
            continue
        if block.within and block.within[0].kind == "quotation":
            if dedicates(block, layout) and by and imprint:
                return i
            if len(block.rows) <= MOST_OF_MOTTO:
                continue
        if block.kind == "paragraph" and (is_notice(block) or (len(block.rows) <= MOST_OF_RIGHTS and patterns.imprint.search(block.text))):
            remark = remark or (i if is_sentence(block) and not is_notice(block) else 0)
            imprint = imprint or any(YEAR_LAST.search(row.text) for row in block.rows)
            continue
        remark = 0
        if block.kind not in _OF_TITLE_PAGES or (is_sentence(block) and block.kind != "verse"):
            return None
        if block.kind == "verse" and (len(block.rows) >= STANZA or is_sentence(block)):
            if len(block.rows) > MOST_OF_MOTTO and (is_sentence(block) or not _begins_contents(blocks, i + 1)):
                return None
            if blocks[i - 1].kind == "heading" and dedicates(blocks[i - 1], layout):
                return i - 1 if by and imprint else None  # a poem to somebody is no motto
            if not (by or imprint):
                return None
            continue
        titled = block.facts.division in ("", "volume", "book", "part") or tells_years(blocks, i)
        if block.kind == "heading" and (not titled or recurs(blocks, i)):
            return None
        printed = len(block.rows) <= MOST_OF_ADDRESS and patterns.imprint.search(block.text) is not None
        if len(block.rows) > MOST_OF_TITLE or (not printed and any(row.ends_sentence and row.starts_lower for row in block.rows)):
            return None
        by = by or any(patterns.byline.match(row.text.strip("_ ")) for row in block.rows)
        imprint = imprint or printed or any(YEAR_LAST.search(row.text) for row in block.rows)
    return None


def _begins_contents(blocks: list[Block], at: int) -> bool:
    """Whether the heading of the contents comes next, below a name, so that the verses above it are a motto, however many."""
    below = [b for b in blocks[at : at + 3] if b.kind not in AMONG]
    named = next((k for k, b in enumerate(below) if b.kind == "heading"), len(below))
    return named < len(below) and below[named].facts.division == "contents" and all(len(b.rows) == 1 for b in below[:named])


_OF_TITLE_PAGES = frozenset(
    ("heading", "paragraph", "verse", "table", "preformatted", "imprint", "signed", "byline", "subtitle", "dateline")
)
_AFTER_TITLE = NAMED_FRONT | {"index"}  # before the text an index lists the chapters
MOST_OF_TITLE = 12  # lines that stand together
MOST_OF_RIGHTS = 6  # lines on the edition and the rights in it

_OF_TITLES = frozenset(
    ("canto", "speech", "letter", "poem", "story", "essay", "interview", "sermon", "entry", "volume", "document", "chronicle")
)
