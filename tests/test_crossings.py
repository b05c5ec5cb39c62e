"""The invented books of ``benchmarks.crossings``: what they are judged by is what they print."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from benchmarks.invented.kinds import KINDS
from benchmarks.invented.pages import ON_PAGES, Printed


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_the_structure_of_an_invented_book_holds_its_words_in_their_order(kind: str, seed: int) -> None:
    book = KINDS[kind](seed, {})
    gold = book.gold("book")
    for pieces in (gold["blocks"], gold["notes"]):  # a note may stand in the middle of a torn paragraph
        printed = iter(_words(book.text()))
        assert all(any(word == other for other in printed) for piece in pieces for word in _words(piece["text"]))
    assert all(gold["blocks"][head["block"]]["type"] == "head" for head in gold["heads"])


def test_a_convention_can_be_fixed_and_a_seed_gives_the_same_book() -> None:
    one, again = KINDS["prose"](3, {"chapter": "CHAPTER ONE"}), KINDS["prose"](3, {"chapter": "CHAPTER ONE"})
    assert one.text() == again.text()
    assert "CHAPTER TWO" in one.text()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(8))
def test_a_book_on_pages_holds_the_words_of_its_structure(kind: str, seed: int) -> None:
    fixed = {"setting": "ragged"}
    book = Printed(KINDS[kind](seed, {**ON_PAGES, **fixed}), seed, fixed)
    printed, gold = Counter(_words(book.text())), book.gold("book")
    told = Counter(word for block in [*gold["blocks"], *gold["notes"]] for word in _words(block["text"]))
    assert not told - printed
