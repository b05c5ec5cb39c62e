"""Letters and signed pieces: dateline, salute, signature; where a piece was first published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.rows import starts_lower
from tei_pipeline.rules.datelines import MARKS, RUN_IN, is_dateline
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_centred, is_title_case, word_count
from tei_pipeline.rules.titles import over_date
from tei_pipeline.rules.words import head_label, named_division, words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_RESIDUE = re.compile(r"\s*<?/?[a-z]{1,4}>$")  # left over from conversion behind a name
_INITIALS = re.compile(r"^(?:[A-Z]\.\s?){1,4}[-–]?$")
_PUBLISHED = re.compile(r"^(?:First\s+)?(?:Published|Printed|Publié|Paru|Erstmals|Veröffentlicht|Zuerst|Gedruckt|Erschienen)\b", re.I)
_SPOKEN = re.compile(r"\W?(?:--|[—–-])")  # the dash before direct speech, in French and many other languages
_QUOTED = re.compile(r"[\"“„«]")


def salute(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A short line apart that addresses somebody and ends with a comma, colon or dash opens a letter or speech."""
    if not rows[at].gap and at:
        return None
    end = chunk_end(rows, at)
    if end - at > 1 and layout.style == "indent" and rows[at + 1].indent == layout.margin + layout.indent:
        end = at + 1
    line = " ".join(row.text for row in rows[at:end])
    if end - at > 2 or not is_salute(line, layout):
        return None
    return Match("salute", end, f"addresses somebody: {line[:30]}", 0.85)


def is_salute(text: str, layout: Layout) -> bool:
    """Whether a short line addresses somebody and ends with a comma, colon, exclamation mark or dash."""
    line = text.strip("_ ")
    if len(line) > 90 or not words(layout.language).salute.match(line):
        return False
    if not re.search(r"(?:[,:!;]|[,:.!]?(?:--?|[—–]))$", line) and not (line.endswith(".") and word_count(line) <= 4):
        return False
    return word_count(line) <= 9 and "?" not in line and not (_QUOTED.match(line) and word_count(line) < 2)


def signed(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Short lines after the text, led by a formula of closing or set to the right, or a name alone before a new piece, sign it."""
    row = rows[at]
    if not at or layout.drama:
        return None
    below_date = not row.gap and is_dateline(rows[at - 1].text, layout)
    if not row.gap and row.indent < layout.margin + 0.3 * layout.measure and not below_date:
        return None
    if over_date(rows, at, layout):
        return None
    end = chunk_end(rows, at)
    for i in range(at + 1, min(end, at + 5)):
        if is_dateline(rows[i].text, layout) or source_imprint(rows, i, layout) is not None:
            end = i
            break
    if end - at > 8:
        return None
    chunk = rows[at:end]
    line = " ".join(r.text for r in chunk)
    bare = _RESIDUE.sub("", line).strip(MARKS)
    short = all(len(r.text) < 0.75 * max(40, layout.measure - layout.margin) for r in chunk)
    if short and is_closing(line, layout) and (end - at > 1 or bare.endswith((",", ".")) or word_count(bare) <= 6):
        return Match("signed", end, f"a formula of closing: {bare[:30]}", 0.85)
    after_text = below_date or rows[at - 1].ends_sentence or rows[at - 1].text.endswith((",", "-", "—"))
    if not after_text or not 0 < word_count(bare) <= 14:
        return None
    right = all(r.indent >= layout.margin + 0.35 * (layout.measure - layout.margin) for r in chunk) and row.indent > layout.margin + 8
    name = not RUN_IN.match(line) and _is_name(bare, layout)
    if named_division(bare, layout.language) or (
        (label := head_label(bare, layout.language)) and (label.type or label.length >= len(bare.rstrip(".")))
    ):
        return None
    if is_centred(row, layout) and is_capitals(bare) and end < len(rows) and rows[end].gap <= 2:
        return None
    if right and short and (name or end - at > 1) and not rows[at - 1].indent >= row.indent - 4:
        return Match("signed", end, "a name set to the right after the text", 0.85)
    after = rows[end].gap if end < len(rows) else 9
    dated = end < len(rows) and after <= 3 and is_dateline(rows[end].text, layout)
    published = end < len(rows) and after <= 1 and source_imprint(rows, end, layout) is not None
    if (
        name
        and (row.gap == 1 or below_date)
        and end - at <= 2
        and word_count(bare) <= 14
        and (below_date or after >= 4 or (after == 3 and word_count(bare) >= 2) or dated or published or _INITIALS.match(bare))
    ):
        return Match("signed", end, "a name alone after the last paragraph", 0.8)
    return None


def is_closing(text: str, layout: Layout) -> bool:
    """Whether words begin with a formula that closes letters, and hardly more follows than a name."""
    bare = text.strip(MARKS)
    return (
        bool(words(layout.language).closing.match(bare)) and not starts_lower(text) and not _SPOKEN.match(text) and word_count(bare) <= 24
    )


def _is_name(line: str, layout: Layout) -> bool:
    if line[:1] in "-—–":
        return False
    if _INITIALS.match(line):
        return True
    if line.endswith((",", ";", ":", "?", "!")) or re.search(r"\d{3}", line) or _QUOTED.search(line) or re.search(r"[a-z]{3,}\.\s", line):
        return False
    return is_title_case(line, layout.language.lowercase_in_titles) or is_capitals(line)


def postscript(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A paragraph that begins with P.S. is a postscript."""
    if (not rows[at].gap and at) or not words(layout.language).postscript.match(rows[at].text) or rows[at].starts_lower:
        return None
    if rows[at].text[:1].isupper() and "." not in rows[at].text[:8] and not rows[at].text[:12].isupper():
        return None
    from tei_pipeline.rules.paragraphs import paragraph_end

    return Match("postscript", paragraph_end(rows, at, layout), "begins with the word for a postscript", 0.9)


def source_imprint(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A short paragraph after the end of a piece that names a periodical, number and date, or a title, place and year, says where
    it was published.
    """
    row = rows[at]
    if not row.gap and at and not (_PUBLISHED.match(row.text) and rows[at - 1].width < 0.75 * layout.measure):
        return None
    end = chunk_end(rows, at)
    if end - at > 4:
        return None
    line = " ".join(r.text for r in rows[at:end]).strip("_()[] ")
    if len(line) > 300 or line.endswith((":", ";", "?", "!")) or not line[:1].isupper():
        return None
    published = _PUBLISHED.match(line)
    if published and word_count(line) <= 30 and not re.search(r"\b(?:was|were|is|are|has|had)\b", line):
        return Match("imprint", end, "says where and when it was published", 0.9)
    patterns = words(layout.language)
    if is_dateline(line, layout):
        return None
    year = re.search(r"\b1[5-9]\d\d\b|\b20\d\d\b", line)
    if year and re.search(r"(?:No\.|Nos\.|№|Nr\.|n°)\s*\d", line) and patterns.date.search(line) and word_count(line) <= 16:
        return Match("imprint", end, "a periodical, its number and date", 0.88)
    after = rows[end].gap if end < len(rows) else 9
    if (
        year
        and re.search(r",\s*(?:1[5-9]|20)\d\d\.?$", line)
        and line.count(",") >= 2
        and is_title_case(line, layout.language.lowercase_in_titles | frozenset(("and",)))
    ):
        if word_count(line) <= 25 and (after >= 2 or rows[end].text[0] in "*†" or len(rows[end].text) < 20):
            return Match("imprint", end, "author, title, place and year after the text", 0.8)
    return None


def trailer(rows: Rows, at: int, layout: Layout) -> Match | None:
    """THE END and its like close a book or part."""
    row = rows[at]
    if (not row.gap and at) or len(row.text) > 70 or chunk_end(rows, at) - at > 2:
        return None
    if not words(layout.language).closes(row.text) or row.text.endswith((",", ";", ":")):
        return None
    end = chunk_end(rows, at)
    line = " ".join(r.text for r in rows[at:end])
    if not is_capitals(line) and not is_title_case(line.strip(MARKS + "."), layout.language.lowercase_in_titles):
        return None
    if end < len(rows) and rows[end].gap < 1:
        return None
    return Match("trailer", end, f"closes: {line[:30]}", 0.92)
