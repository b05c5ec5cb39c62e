"""Headings against the contents page and their own numbers: what differs is reported, both ways."""

from __future__ import annotations

import pytest

from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

TEXT = "The ferryman slept until the bell rang, and then he slept a little longer.\n"
TITLES = {1: "THE BELL", 2: "THE ROPE", 3: "THE BISHOP", 4: "THE REEDS", 5: "THE BRIDGE"}
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV", 5: "V"}


def book(listed: list[int], printed: list[int]) -> str:
    """A novel whose contents page lists some chapters, and which prints some."""
    contents = "".join(f"{ROMAN[n]}. {TITLES[n].title()}   {10 * n}\n" for n in listed)
    chapters = "".join(f"\n\n\nCHAPTER {ROMAN[n]}\n\n{TITLES[n]}\n\n{TEXT}\n{TEXT}" for n in printed)
    return f"THE LAST FERRY\n\nby Ann Orme\n\n\n\nCONTENTS\n\n{contents}{chapters}"


@pytest.mark.parametrize(
    ("listed", "printed", "codes"),
    [
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], []),
        ([1, 2, 3, 4, 5], [1, 2, 4, 5], ["contents-without-heading", "numbering"]),
        ([1, 2, 4, 5], [1, 2, 3, 4, 5], ["heading-not-in-contents"]),
    ],
)
def test_what_differs_is_reported(listed: list[int], printed: list[int], codes: list[str]) -> None:
    found = sorted(p.code for p in recognise(read_source(book(listed, printed).encode(), "book")).problems)

    assert found == codes


@pytest.mark.parametrize("heads", ["PAGE", "CHAPTER                PAGE", "Chap.                   Page."])
def test_the_heads_of_the_columns_are_no_entry(heads: str) -> None:
    text = book([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]).replace("CONTENTS\n\n", f"CONTENTS\n\n{heads}\n\n")

    assert [p.code for p in recognise(read_source(text.encode(), "book")).problems] == []


def test_a_difference_says_what_and_where() -> None:
    text = book([1, 2, 3, 4, 5], [1, 2, 4, 5])

    problems = {p.code: p for p in recognise(read_source(text.encode(), "book")).problems}

    assert problems["contents-without-heading"].message == "the contents name “III. The Bishop   30”, which heads no division"
    assert "CHAPTER IV" in problems["numbering"].message
    assert text.splitlines()[(problems["numbering"].line or 0) - 1] == "CHAPTER IV"
