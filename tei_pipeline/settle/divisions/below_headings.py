"""What a short line right below a heading is: its subtitle, byline, period, or place; or a sentence of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.mottoes import in_column


def are_words(block: Block) -> bool:
    """Whether lines that stand right below their heading each begin small: the words that it names, NOUNS."""
    return len(block.rows) > 1 and not block.rows[0].gap and all(row.starts_lower for row in block.rows)


def names_place(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether a line under the heading of a letter, right above its text, is no more than a place: "Marl House, Kent."."""
    text = blocks[at].text.strip("_*.[] ")
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    if len(blocks[at].rows) > 1 or after is None or after.kind not in ("paragraph", "salute") or after.within:
        return False
    few = 1 < word_count(text) <= MOST_OF_A_PLACE and "," in text[:-1] and not text.endswith(",")
    return few and text[:1].isupper() and is_title_case(text, layout.language.lowercase_in_titles) and after.rows[0].gap == 1


MOST_OF_A_PLACE = 6  # words
_PERIOD = re.compile(r"^[(\[]?1\d{3}\s?[-–—]+\s?\d{2,4}[)\]]?\.?$")  # (1869-1874)
SENTENCE = 8  # words: a shorter title may end with a point too
ITALIC = re.compile(r"^_(?![\"“„«»])[^_]+_$")
LONGEST_SUBTITLE = 25  # words
_CITED_AT_END = re.compile(r"[.!?\"”’'»](?:--|—)_?(?=.{0,40}[A-Z]{4})[A-Z][A-Z .,'’&-]{2,60}_?$")
CITED_IN_ITALICS = re.compile(r"[\w.!?,;:\"”’'»]\s?(?:--|—)\s?_[A-Z][^_]{1,60}_\.?$")


def is_cited(block: Block) -> bool:
    """Whether a paragraph at the margin ends with its source in capitals or italics: "… of the liberty of printing."--MILTON."""
    if block.kind != "paragraph" or block.within:
        return False
    last = block.rows[-1].text
    return (len(block.rows) > 1 and _CITED_AT_END.search(last) is not None) or CITED_IN_ITALICS.search(last) is not None


def is_centred_title(blocks: list[Block], at: int) -> bool:
    """Whether a block that was taken for a quotation is a few lines, each set in the middle below the title, or one line in brackets."""
    block = blocks[at]
    if block.kind == "verse" and len(block.rows) == 1 and not block.within:  # in brackets: (Fischereischulen)
        return block.text[0] == "(" and block.text[-1] == ")" and in_column(block.rows[0], blocks[at - 1].rows[-1])
    if block.kind != "paragraph" or len(block.within) != 1 or block.within[0].kind != "quotation" or not 2 <= len(block.rows) <= 4:
        return False
    if any(other.within[:1] == block.within for other in blocks[max(0, at - 1) : at] + blocks[at + 1 : at + 2]):
        return False
    rows = (*blocks[at - 1].rows, *block.rows)
    centres = [row.indent + len(row.text) / 2 for row in rows]
    return len({row.indent for row in rows}) == len(rows) and max(centres) - min(centres) <= 4 and min(row.indent for row in rows) > 0


def above_date(blocks: list[Block], at: int) -> str:
    """A short paragraph between a title and the only date of the division goes on with the title, if there is text below."""
    if len(blocks[at].rows) > 3 or word_count(blocks[at].text) > LONGEST_SUBTITLE or blocks[at].text[-1] in ",;:":
        return ""
    dates = text = 0
    for k in range(at + 1, len(blocks)):
        block = blocks[k]
        if block.kind == "heading":
            break
        dates += block.kind == "dateline" and not block.within
        text += block.kind == "paragraph"
        if dates > 1 or (block.kind not in BETWEEN and not dates):
            return ""
    return "subtitle" if dates == 1 and text and at and blocks[at - 1].kind == "heading" else ""


def _is_statement(text: str, form: int, language: Language) -> bool:
    """Whether a line that begins with "By", of so many characters, is a sentence and names nobody: most of its words are small, or it has
    a verb and goes on with none that leads to somebody.
    """
    tokens = text.split()
    if text[-1] in "!,;" and tokens[0].isupper() and not text.isupper() and tokens[1:2] and tokens[1].islower():
        return True  # whose first word is printed in capitals, as below a title: BY the bridge, and by the weir!
    behind = text[form:].split()
    if text[-1] in ".!" and behind and behind[0].islower() and not language.finite.isdisjoint(behind):
        somebody = language.articles | language.number_articles | language.particles
        return behind[0] not in somebody and language.parse_cardinal(behind[0]) is None  # By noon it was over.
    return len(tokens) > SENTENCE and text[-1] in ".:" and sum(t[0].islower() for t in tokens) > 0.5 * len(tokens)


def _says_two(text: str, layout: Layout) -> bool:
    """Whether a sentence ends within the words, at a point that is not that of "Mrs." or another title or abbreviation."""
    short = layout.language.abbreviations | layout.language.titles
    return any(fold(m[0]) not in short for m in _POINT_WITHIN.finditer(text))


_POINT_WITHIN = re.compile(r"[^\W\d_]{3,}[.!?](?= \S)")


def under_heading(block: Block, layout: Layout, letter: bool) -> str:
    """Whether a block under a heading, or that of a ``letter``, is its subtitle or byline: by its own words and its width."""
    text = block.text.strip("_* ")
    if _PERIOD.match(text):
        return "subtitle"
    longest = 24 if text and ITALIC.match(block.text) and text[-1].isalpha() else 16  # what a sonnet is about: no point
    if not text or len(block.rows) > 3 or word_count(text) > longest or not any(c.isalpha() for c in text) or is_cited(block):
        return ""
    byline = words(layout.language).byline.match(text)
    if byline is not None and not block.rows[-1].text.endswith((":", ";")) and not _is_statement(text, byline.end, layout.language):
        return "byline"
    if (
        ITALIC.match(block.text)
        and not letter
        and not _says_two(text, layout)
        and not block.rows[-1].text.endswith((",_", ":_", ";_"))
        and not layout.drama
    ):
        return "subtitle"
    if block.rows[-1].ends_sentence or text.endswith((",", ";", ":", "—", "--")) or (text[0].islower() and text[0] not in "[("):
        return ""
    if block.rows[-1].width > 0.9 * layout.measure:
        return ""
    return (
        "subtitle"
        if is_title_case(text, layout.language.lowercase_in_titles) or (layout.style != "unwrapped" and word_count(text) <= 12)
        else ""
    )
