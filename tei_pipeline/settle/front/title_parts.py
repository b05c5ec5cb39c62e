"""What each line of a title page is."""

from __future__ import annotations

from functools import cache

from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.signers import is_name
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

YEAR = seldom(r"^\W*(?:1[4-9]\d\d|20\d\d|M[DCLXVIM. ]{3,})(?:\s?[-–—]+\s?\d{2,4})?\W*$")
_PLACE_AND_YEAR = seldom(r"^[^\W\d_][^\d,;:]{2,24},\s+1[4-9]\d\d\.?$")


def _names_volume(line: str, layout: Layout) -> bool:
    """Whether a line begins with the word for a volume, and more after it."""
    first, _, rest = fold(line.lstrip(" [(")).partition(" ")
    word = layout.language.divisions.get(first) or layout.language.divisions.get(first.rstrip("."))
    return bool(rest) and word is not None and word.type == "volume"


def part_type(text: str, first: bool, layout: Layout, lines: list[str]) -> str:
    """What a line of the title page is: the title, or byline, edition, imprint, volume, description."""
    bare = text.strip("_* ")
    if remarks(bare):
        return "desc"
    patterns = words(layout.language)
    if (
        patterns.byline.match(bare)
        or fold(bare) in layout.language.bylines
        or (len(lines) > 1 and fold(lines[0].strip("_* ")) in layout.language.bylines)
        or (not first and _leads_to_name(lines, layout))
    ):
        return "byline"
    if patterns.edition.search(bare) and not first:
        return "docEdition"
    if _names_volume(bare, layout) and not first:
        return "volume"
    if (
        YEAR.match(bare)
        or (_PLACE_AND_YEAR.match(bare) and not first)
        or patterns.imprint.search(bare)
        or (len(lines) > 1 and YEAR.match(lines[-1]) and not first)
    ):
        return "docImprint"
    return "main" if first else "desc"


def _leads_to_name(lines: list[str], layout: Layout) -> bool:
    """Whether the word before a name ends the first line, after words on what he did: EDITED FROM THE MANUSCRIPT BY / ANNA HOLM."""
    if len(lines) < 2 or not lines[1][:1].isupper():
        return False
    *before, last = fold(lines[0].strip("_* ")).split() or [""]
    return last in layout.language.bylines and not _credits(layout.language).isdisjoint(before)


@cache
def _credits(language: Language) -> frozenset[str]:
    """The words that say what somebody did for a book."""
    return frozenset(token for phrase in language.bylines if " " in phrase for token in phrase.split() if len(token) >= LONG)


LONG = 5  # letters: no word that only joins others


def credits_somebody(line: str, layout: Layout) -> bool:
    """Whether a line, right below the title or another such line, is the words before a name and the name: "Edited by Anna Lind"."""
    bare = line.strip("_* ")
    found = words(layout.language).byline.match(bare)
    name = bare[found.end :].strip() if found is not None else ""
    return name.count(" ") > 0 and is_name(name.rstrip("."), layout)


def remarks(text: str) -> bool:
    """Whether words in brackets, more than a title has, remark on the file above its title."""
    if text[:1] != "[" or text[-1:] != "]":
        return False
    tokens = [token for token in text.split() if token[0].isalpha()]
    return len(tokens) > MOST_OF_TITLE and 2 * sum(token[0].islower() for token in tokens) > len(tokens)


MOST_OF_TITLE = 12  # words


def ends_with_name(text: str, layout: Layout) -> bool:
    """Whether words below the author's name end with another's, who translated or explained the work: "… And Notes By Charles Fern"."""
    tokens = [token.strip(",.;") for token in fold(text.strip("_* ")).split()]
    return len(tokens) > SHORTEST_CREDIT and any(token in layout.language.bylines for token in tokens[-SHORTEST_CREDIT:-1])


SHORTEST_CREDIT = 4  # words, and one more
