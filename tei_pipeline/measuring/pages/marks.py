"""Page marks of transcribers (``{23}``, ``[Pg 23]``, ``[S. 23]``) and printed page numbers, in the words of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from tei_pipeline.language import Language, load
from tei_pipeline.numerals import parse_roman
from tei_pipeline.rows import Row

FEWEST = 3  # marks: fewer do not run on
STEP = 5  # lines from one number to the next
_NUMBER = r"([0-9]{1,4}|[ivxlc]{1,7})"


class PageMarks(Struct, frozen=True):
    """Patterns of a mark ``inside`` a line, ``before`` its words, of one that is a line, of a ``bare`` number that is one, and of one in
    the right ``margin``; the number is the last group.
    """

    inside: re.Pattern[str]
    before: re.Pattern[str]
    alone: re.Pattern[str]
    bare: re.Pattern[str]
    margin: re.Pattern[str]


@lru_cache(maxsize=8)
def page_marks(language: Language) -> PageMarks:
    """The patterns of a language; marks of libraries are English in books of every language."""
    forms = sorted(language.page_marks | load("en").page_marks)
    inside = rf"\{{\s*(?:p\.\s?)?{_NUMBER}\s*\}}|\[\s*(?:{'|'.join(forms)})\.?\s*{_NUMBER}\s*\]"
    bare = "|".join(form if len(form) > 1 else rf"{form}\." for form in forms)
    return PageMarks(
        re.compile(inside),
        re.compile(rf"(?:{inside})\s+(?=\S)"),
        re.compile(rf"^(?:{inside}|\|\s*([0-9]+)\s*\|?|[=-]{{3,}}\s+(?:{bare})\s?([0-9]+)\s+[=-]{{3,}})$"),
        re.compile(rf"^[-–—~\[(*•. ]{{0,4}}(?:(?:{bare})\s?)?([0-9]{{1,4}}|[ivxlcdm]{{1,8}}|[IVXLCDM]{{1,8}}(?!\.))[-–—~\])*•. ]{{0,4}}$"),
        re.compile(rf"\s{{2,}}(\((?:{'|'.join(forms)})\.?\s?([0-9]{{1,4}}|[ivxlc]{{1,7}}|[IVXLC]{{1,7}})\))$"),
    )


def has_page_marks(lines: Iterable[str], language: Language) -> bool:
    """Whether a text has page marks: three or more whose numbers rise; what begins again with {1} refers to the notes of its piece, and
    what begins again with {5} and goes on by fives counts its lines.
    """
    mark = page_marks(language).inside
    last = count = begun = lines_begun = others = 0
    for line in lines:
        if "{" not in line and "[" not in line:
            continue
        for m in mark.finditer(line):
            number = m[1] or m[2]
            if number.isdigit():
                count += int(number) > last
                begun += m[1] == "1"
                lines_begun += m[1] == str(STEP)
                others += m[1] is None or int(number) % STEP > 0
                last = int(number)
    return count >= FEWEST > begun and (others > 0 or lines_begun < 2)


class MarginMark(Struct, frozen=True):
    """A page that begins in or with a line, as the right margin shows it: the mark as printed, and its number."""

    text: str
    n: str


def beside_margin(rows: Sequence[Row], language: Language) -> tuple[list[Row], dict[int, MarginMark]]:
    """The rows without the page marks in the right margin, and these by the line: three or more whose numbers rise; the lines of tables
    and of contents pages keep what stands to their right.
    """
    mark = page_marks(language).margin
    found = {i: m for i, row in enumerate(rows) if row.text[-1] == ")" and (m := mark.search(row.text)) is not None}
    last = count = 0
    for m in found.values():
        number = int(m[2]) if m[2].isdigit() else parse_roman(m[2]) or 0
        count += number > last
        last = number
    if count < FEWEST:
        return list(rows), {}
    found = {i: m for i, m in found.items() if not _COLUMNS.search(rows[i].text, 0, m.start()) and "|" not in rows[i].text}
    body = [row._replace(text=row.text[: found[i].start()]) if i in found else row for i, row in enumerate(rows)]
    return body, {rows[i].line: MarginMark(m[1], m[2]) for i, m in found.items()}


_COLUMNS = re.compile(r"\S\s{3,}\S")
