"""Dates in seven languages; the cases stand in tests/inline/dates.txt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tei_pipeline.inline.dates import Found, dates
from tei_pipeline.language import load
from tei_pipeline.tei.values import temporal

_BRACE = re.compile(r"\{([^{}|]*)\|([^{}]*)\}")


def cases() -> list[tuple[str, str]]:
    found, code = [], ""
    for line in (Path(__file__).with_name("inline") / "dates.txt").read_text("utf-8").split("\n")[1:]:
        if line.startswith("# "):
            code = line[2:]
        elif line:
            found.append((code, line))
    return found


def fixed(found: Found) -> str:
    if found.start:
        return f"{found.start}->{found.end}"
    return found.when or "?"


@pytest.mark.parametrize(("code", "marked"), cases())
def test_a_date_is_what_its_words_fix(code: str, marked: str) -> None:
    text = _BRACE.sub(r"\1", marked)
    expected = [(match[1], match[2]) for match in _BRACE.finditer(marked)]
    found = dates(text, load(code))
    assert [(text[one.at : one.to], fixed(one)) for one in found] == expected
    for one in found:
        for value in (one.when, one.start, one.end):
            assert value is None or temporal(value), "the calendar has no such day"


def test_the_year_of_the_heading_is_carried_over_and_said_to_be_less_certain() -> None:
    one, other = dates("May 3. On May 9, 1802, they", load("en"), 1801)
    assert (one.when, one.cert) == ("1801-05-03", "medium")
    assert (other.when, other.cert) == ("1802-05-09", None)


def test_a_language_without_months_has_no_dates() -> None:
    assert dates("On March 3, 1801.", load("und")) == []
