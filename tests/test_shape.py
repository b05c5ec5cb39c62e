"""What rules ask of the shape of words: capitals, shortness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_pipeline.rules.shape import is_capitals, is_short, word_count


@pytest.mark.parametrize(
    ("words", "capitals"),
    [
        ("THE WEIR", True),
        ("§ IV.", True),
        ("“NO”", True),
        ("A", False),  # the letter of an index, an initial
        ("A.", False),
        ("§ A", False),
        ("1790", False),
        ("", False),
        ("The Weir", False),
        ("THE BATTLE OF THE WEIRS[a]", True),
        ("USA today", False),
    ],
)
def test_capitals_are_two_letters_and_more(words: str, capitals: bool) -> None:
    assert is_capitals(words) is capitals


@given(st.text("ab, '-1", max_size=80), st.integers(1, 6))
def test_short_is_what_has_so_many_words_at_most(text: str, most: int) -> None:
    assert is_short(text, most) is (word_count(text) <= most)
