"""White space apart from the text, and back; broken records are refused, bombs too."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tei_pipeline.source import UNENCODABLE
from tei_pipeline.spacing import LARGEST, Lifted, Spacing, SpacingError, rebuild, take_apart

ACTIVE = st.text("ab \n\r\t\x00\x00\x0b\x0c\x1c\x1f\x85\xa0\u2028\u3000\ud800\udc00\ufffe", max_size=40)


@given(st.one_of(ACTIVE, st.text(st.characters(exclude_categories=()), max_size=40)))
@example("")
@example(" ")
@example("\x00")
@example(" \x00 \x00\x00\n\x00")
@example("a\x00b \x0c\nc ")
@example("a" * 26 + " " + "b" * 27 + "\n" + "c" * 703)
def test_a_text_is_its_printed_characters_and_its_spacing(text: str) -> None:
    printed, spacing = take_apart(text)
    assert printed == "".join(char for char in text if not char.isspace() and not UNENCODABLE.match(char))
    assert rebuild(printed, spacing, len(text)) == text


@pytest.mark.parametrize(
    ("text", "spacing"),
    [
        ("To be,\nor\n", Spacing(("\n",), ("bc0", "b0", ""))),
        ("To be", Spacing(("",), ("bb0",))),
        ("  a b  c\r\n", Spacing(("  ", "\r\n"), ("0aa0a1", ""))),
        ("z" * 26 + " ", Spacing((), ("z",))),
        ("z" * 27 + " " + "z" * 52 + " " + "z" * 53 + " " + "z" * 702 + " " + "z" * 703 + " ", Spacing((), ("BaBzCaBAzBBa",))),
        ("a\x00\x00b \x0c\n", Spacing((" \n",), ("b0", ""), (Lifted(1, 0, 0, 2), Lifted(2, 1, 12, 1)))),
        ("\x0c a", Spacing(("", " "), ("1a0",), (Lifted(0, 0, 12, 1),))),
    ],
)
def test_the_record_by_example(text: str, spacing: Spacing) -> None:
    assert take_apart(text)[1] == spacing


def test_the_record_of_a_normal_text_is_small() -> None:
    text = "The river rose in the night and carried the bridge away, and nobody had heard it.\n" * 500
    _, spacing = take_apart(text)
    assert sum(map(len, spacing.rows)) < len(text) / 4
    assert spacing.strings == ("\n",)


def test_a_word_of_many_megabytes() -> None:
    text = " " + "x" * 20_000_000 + "\n"
    printed, spacing = take_apart(text)
    assert spacing.rows == ("1BRTXUt0", "")
    assert rebuild(printed, spacing, len(text)) == text


GOOD = Spacing(("\n",), ("bc0", "b0"))


@pytest.mark.parametrize(
    ("spacing", "characters", "sentence"),
    [
        (replace(GOOD, rows=("bc0", "b7")), 10, "no white space number 7"),
        (replace(GOOD, rows=("9bc0", "b0")), 10, "no white space number 9"),
        (replace(GOOD, rows=("bc0", "b0!")), 10, "not recorded in words and numbers"),
        (replace(GOOD, rows=("bc0", "b0", "Z")), 10, "not recorded in words and numbers"),
        (replace(GOOD, rows=("bc0", "b²")), 10, "not recorded in words and numbers"),
        (replace(GOOD, rows=("Z" * 1_000_000 + "a",)), 10, "not recorded in words and numbers"),
        (replace(GOOD, rows=("a" + "9" * 1_000_000,)), 10, "not recorded in words and numbers"),
        (replace(GOOD, rows=("bc0", "c0")), 10, "that of 8 printed characters, but there are 7"),
        (replace(GOOD, rows=("ZZZZa",)), 10, "printed characters, but there are 7"),
        (GOOD, 11, "a text of 10 characters, not of 11"),
        (replace(GOOD, lifted=(Lifted(1, 0, 0, 1 << 50),)), 10, "characters, not of 10"),
        (replace(GOOD, lifted=(Lifted(8, 0, 0, 1),)), 11, "no place behind 8 printed characters"),
        (replace(GOOD, lifted=(Lifted(7, 2, 0, 1),)), 11, "no place behind 7 printed characters and 2 of white space"),
        (replace(GOOD, lifted=(Lifted(5, 0, 0, 1), Lifted(1, 0, 0, 1))), 12, "no place behind 1 printed characters"),
        (Spacing((" " * 100_000,), ("0" + "a0" * 7,)), 10, "characters, not of 10"),
    ],
)
def test_a_broken_record_is_refused(spacing: Spacing, characters: int, sentence: str) -> None:
    with pytest.raises(SpacingError, match=re.escape(sentence)):
        rebuild("Tobe,or", spacing, characters)


def test_a_bomb_is_refused_before_it_is_built() -> None:
    bomb = Spacing((" " * 100_000,), ("a0" * 200_000,))
    with pytest.raises(SpacingError, match="makes a text of 20000200000 characters"):
        rebuild("x" * 200_000, bomb, 20_000_200_000)
    assert LARGEST < 20_000_200_000
