"""Page marks of transcribers (``{23}``, ``[Pg 23]``, ``[S. 23]``) and printed page numbers, in the words of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from tei_pipeline.language import Language, load

FEWEST = 3  # marks: fewer do not run on
_NUMBER = r"([0-9]{1,4}|[ivxlc]{1,7})"


class PageMarks(Struct, frozen=True):
    """Patterns of a mark ``inside`` a line, of one that is a line, and of a ``bare`` number that is one; the number is the last group."""

    inside: re.Pattern[str]
    alone: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=8)
def page_marks(language: Language) -> PageMarks:
    """The patterns of a language; marks of libraries are English in books of every language."""
    forms = sorted(language.page_marks | load("en").page_marks)
    inside = rf"\{{\s*(?:p\.\s?)?{_NUMBER}\s*\}}|\[\s*(?:{'|'.join(forms)})\.?\s*{_NUMBER}\s*\]"
    bare = "|".join(form if len(form) > 1 else rf"{form}\." for form in forms)
    return PageMarks(
        re.compile(inside),
        re.compile(rf"^(?:{inside}|\|\s*([0-9]+)\s*\|?)$"),
        re.compile(rf"^[-–—~\[(*•. ]{{0,4}}(?:(?:{bare})\s?)?([0-9]{{1,4}}|[ivxlcdm]{{1,8}}|[IVXLCDM]{{1,8}})[-–—~\])*•. ]{{0,4}}$"),
    )


def has_page_marks(lines: Iterable[str], language: Language) -> bool:
    """Whether a text has page marks: three or more whose numbers rise."""
    mark = page_marks(language).inside
    last = count = 0
    for line in lines:
        if "{" not in line and "[" not in line:
            continue
        for m in mark.finditer(line):
            number = m[1] or m[2]
            if number.isdigit():
                count += int(number) > last
                last = int(number)
    return count >= FEWEST
