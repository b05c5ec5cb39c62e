"""Attribute values: what TEI's datatypes take, or nothing."""

from __future__ import annotations

import pytest

from tei_pipeline.tei import values


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("1901", True),
        ("-0044", True),
        ("1901-02", True),
        ("1901-02-28", True),
        ("1904-02-29", True),
        ("1901-02-29", False),
        ("1901-13", False),
        ("--02-29", True),
        ("--02-30", False),
        ("--12", True),
        ("---31", True),
        ("0000", False),
        ("about 1901", False),
        ("1901-2-3", False),
        ("١٩٠١", False),
        ("", False),
        (None, False),
    ],
)
def test_dates_of_the_calendar(given: str | None, taken: bool) -> None:
    assert values.temporal(given) == (given if taken else "")


@pytest.mark.parametrize(
    ("given", "word"), [("italic", "italic"), ("two words", "two-words"), ("it's", "it-s"), ("é", ""), ("", ""), (None, "")]
)
def test_words(given: str | None, word: str) -> None:
    assert values.word(given) == word


def test_several_words() -> None:
    assert values.words(" italic  bo'ld ' ") == "italic bo-ld"


@pytest.mark.parametrize(("given", "taken"), [("de-AT", True), ("i-klingon", True), ("no language", False), ("-", False), (None, False)])
def test_language_tags(given: str | None, taken: bool) -> None:
    assert values.language(given) == (given if taken else "")


@pytest.mark.parametrize(
    ("given", "taken"), [("high", True), ("0.85", True), ("1.0", True), ("1.5", False), ("sure", False), (None, False)]
)
def test_certainties(given: str | None, taken: bool) -> None:
    assert values.certainty(given) == (given if taken else "")


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("CC0 (https://example.org/zero/1.0/).", "https://example.org/zero/1.0/"),
        ("See http://example.org/a%20b#c, or ask.", "http://example.org/a%20b#c"),
        ("https://example.org/100%", "https://example.org/100"),
        ("example.org", ""),
    ],
)
def test_addresses_in_a_sentence(given: str, address: str) -> None:
    assert values.address(given) == address
