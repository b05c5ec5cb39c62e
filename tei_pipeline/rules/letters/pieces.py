"""What ends a piece or the book: postscripts, where a piece was first published, the words that close."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.letters.dated import MARKS, is_dateline, is_day, named_by
from tei_pipeline.rules.letters.signers import is_rule
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_WORD = re.compile(r"\w+")


def postscript(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A paragraph that begins with P.S. is a postscript; a number right behind such letters is that of a psalm: (Ps. 137.)."""
    found = words(layout.language).postscript.match(rows[at].text) if rows[at].gap or not at else None
    if found is None or rows[at].starts_lower or rows[at].text[found.end :].lstrip(" .")[:1].isdigit():
        return None
    if rows[at].text[:1].isupper() and "." not in rows[at].text[:8] and not rows[at].text[:12].isupper():
        return None
    if not rows[at].text[found.end :].strip(" .:_") and not _is_between_paragraphs(rows, at):
        return None  # the title of a part: POSTSCRIPT.
    from tei_pipeline.rules.paragraphs import paragraph_end

    return Match("postscript", paragraph_end(rows, at, layout), "begins with the word for a postscript", 0.9)


def _is_between_paragraphs(rows: Rows, at: int) -> bool:
    """Whether a line alone is as near to what stands above and below it as paragraphs are."""
    return rows[at].gap <= 1 and at + 1 < len(rows) and rows[at + 1].gap == 1


_YEAR = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")


def source_imprint(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A short paragraph after the end of a piece that names a periodical, number and date, or a title, place and year, says where
    it was published.
    """
    row = rows[at]
    if not row.gap and at and not (rows[at - 1].width < 0.75 * layout.measure and words(layout.language).published.match(row.text)):
        return None
    end = chunk_end(rows, at)
    if end == at + 1 and _dates_number(rows, at, layout):
        return Match("imprint", end, "a title in quotation marks and its date, last of the piece", 0.85)
    if end - at > 4 or sum(_YEAR.search(r.text) is not None for r in rows[at:end]) > 2:  # a list of books has a year in each line
        return None
    line = " ".join(r.text for r in rows[at:end]).strip("_()[] ")
    if len(line) > 300 or line.endswith((":", ";", "?", "!")) or not line[:1].isupper():
        return None
    published = words(layout.language).published.match(line)
    if published and word_count(line) <= 30 and layout.language.finite.isdisjoint(_WORD.findall(line)):
        return Match("imprint", end, "says where and when it was published", 0.9)
    patterns = words(layout.language)
    if is_dateline(line, layout) or named_by(line, layout.language) is not None:
        return None  # "LETTER II. To the Council, May 4, 1798" heads what follows
    year = _YEAR.search(line)
    if year and patterns.issue.search(line) and patterns.date.search(line) and word_count(line) <= 16:
        return Match("imprint", end, "a periodical, its number and date", 0.88)
    if is_day(line, layout):
        return None
    after = rows[end].gap if end < len(rows) else 9
    if after >= 3 and end == at + 1 and _names_periodical(rows, at, layout):
        return Match("imprint", end, "a periodical in italics, to the right below the text that it was taken from", 0.8)
    if end == at + 1 and is_rule(rows, end) and _names_work(rows, at, layout):
        return Match("imprint", end, "a title in italics between a piece and the row of stars below it", 0.8)
    if (
        year
        and re.search(r",\s*(?:1[5-9]|20)\d\d\.?$", line)
        and line.count(",") >= 2
        and is_title_case(line, layout.language.lowercase_in_titles)
        and not (is_capitals(line) and row.gap >= FAR and end < len(rows) and rows[end].gap < FAR)  # the title of a poem or a trial
    ):
        if word_count(line) <= 25 and (after >= 2 or rows[end].text[0] in "*†" or len(rows[end].text) < 20):
            return Match("imprint", end, "author, title, place and year after the text", 0.8)
    return None


def _dates_number(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is a title in quotation marks and a date alone, last below the text: "The Lorn Bell," March 19, 1917."""
    text = rows[at].text
    title = _QUOTED_TITLE.match(text)
    if title is None or not at or rows[at].gap > 2 or (at + 1 < len(rows) and rows[at + 1].gap < FAR) or not rows[at - 1].ends_sentence:
        return False
    date = words(layout.language).date.search(text, title.end())
    return date is not None and date.start() == title.end() and not _YEAR.sub("", text[date.end() :]).strip(" ,.")


_QUOTED_TITLE = re.compile(r"[\"“„«][^\W\d_a-z][^\"”»]{2,60}[\"”»],? ")


def _names_periodical(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line far to the right below a paragraph is a title in italics, with an article or its place: "_The Ferry Bell_."."""
    row, above = rows[at], rows[at - 1]
    text = row.text.rstrip(".")
    if not at or row.gap > 2 or text[0] != "_" or text[-1] != "_" or layout.in_verse(row.line) or layout.drama:
        return False
    if row.indent < layout.margin + AT_RIGHT * layout.measure or above.indent > layout.margin + layout.indent or not above.ends_sentence:
        return False
    first = fold(text.strip("_").partition(" ")[0])
    return (first in layout.language.articles or _PLACE_WITHIN.search(text) is not None) and not _YEAR.search(text)


def _names_work(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line apart is a title in italics with a small word, or says that it is the same as above: _Ballads of the Ferry_."""
    text = rows[at].text.rstrip(".")
    if not at or rows[at].gap != 1 or text[0] != "_" or text.rstrip("_ ") == text or layout.drama or is_rule(rows, at - 1):
        return False
    named = text.strip("_. ")
    if fold(named) in layout.language.citation_repeats:
        return True
    small = any(token in layout.language.connectives for token in named.split()[1:])
    small = small or fold(named.partition(" ")[0]) in layout.language.articles
    return small and not words(layout.language).byline.match(named) and is_title_case(named, layout.language.lowercase_in_titles)


AT_RIGHT = 0.35  # of the measure
_PLACE_WITHIN = re.compile(r"_ \([^\W\d_][^()\d]{1,20}\) _")  # _Wadeham_ (Mo.) _Bell_


def _names_number(line: str, layout: Layout) -> bool:
    """Whether all the small words of a line are those of numbered divisions: Fin du livre troisième, Ende des ersten Buches."""
    language = layout.language
    return all(
        not token[0].islower()
        or (key := fold(token.strip(".,"))) in language.lowercase_in_titles
        or any(form in language.divisions for form in (key, *map(key.removesuffix, language.genitives)))  # des Buches
        or key in language.ordinals
        or key in language.articles
        for token in line.split()
    )


FAR = 3  # paragraph gaps above a title in the text


def _full(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a paragraph of several full lines begins at a row."""
    return chunk_end(rows, at) > at + 1 and rows[at].width > 0.7 * layout.measure


def _names_printer(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the last short lines of the book, ornaments aside, name its printer or publisher."""
    end = chunk_end(rows, at)
    while end < len(rows) and not any(c.isalnum() for c in rows[end].text):
        end += 1
    if end < len(rows):
        return False
    chunk = rows[at : chunk_end(rows, at)]
    tokens = [token for row in chunk for token in row.text.split() if token[0].isalpha()]
    if rows[at].starts_lower or 2 * sum(token[0].islower() for token in tokens) > len(tokens):
        return False  # a sentence of the text, in which brothers or a press come up
    pattern = words(layout.language).imprint
    return any(pattern.search(row.text) is not None for row in chunk)


def trailer(rows: Rows, at: int, layout: Layout) -> Match | None:
    """THE END and its like close a book or part."""
    row = rows[at]
    if (not row.gap and at) or len(row.text) > 70 or chunk_end(rows, at) - at > 2:
        return None
    if not at and chunk_end(rows, at) < len(rows):
        return None  # nothing stands above that it could close
    if row.gap >= FAR - 1 and _names_printer(rows, at, layout):
        return Match("trailer", chunk_end(rows, at), "says at the end who printed the book", 0.85)
    if not words(layout.language).closes(row.text) or row.text.endswith((",", ";", ":")) or row.line in layout.listing.titles:
        return None
    end = chunk_end(rows, at)
    line = " ".join(r.text for r in rows[at:end])
    bare = line.strip(MARKS + ".")
    if not is_capitals(line) and not is_title_case(bare, layout.language.lowercase_in_titles) and not _names_number(bare, layout):
        return None
    named = fold(bare) in layout.language.divisions
    if end < len(rows) and FAR <= row.gap > rows[end].gap and (is_capitals(line) or named) and layout.in_verse(rows[end].line):
        return None  # the title of a poem: THE END OF THE ROAD; or what closes the tale: Schluß
    if end < len(rows) and _heads_first(rows, at, end, layout):
        return None
    far = 1 if row.text[0] == "_" and word_count(bare) > SHORTEST_TITLE else FAR - 1  # a title in italics: _The End of the Road._
    if end < len(rows) and (rows[end].gap < 1 or (far < row.gap > rows[end].gap and not is_capitals(line) and _full(rows, end, layout))):
        return None  # nearer to a paragraph below than to what it would close
    return Match("trailer", end, f"closes: {line[:30]}", 0.92)


def _heads_first(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line stands far below what is above it, over the label of a first division, and names none that it would close: the title
    of a book, THE END OF THE ROAD.
    """
    below = head_label(rows[end].text, layout.language)
    if below is None or below.number != 1 or not below.type or rows[at].gap < FAR or rows[at].gap < rows[end].gap:
        return False
    said = [fold(word.strip(MARKS + ".,")) for row in rows[at:end] for word in row.text.split()]
    return len(said) > SHORTEST_TITLE and not any(word in layout.language.divisions for word in said)


SHORTEST_TITLE = 3  # words: THE END closes a book
