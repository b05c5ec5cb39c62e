"""Reactions between brackets, told from other words between brackets; the cases stand in tests/inline/reactions.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei_pipeline.inline.brackets import brackets, is_apart
from tei_pipeline.inline.reactions import is_spoken, kind_of
from tei_pipeline.language import load


def cases() -> list[tuple[str, bool, bool, str, str]]:
    found, code = [], ""
    for line in (Path(__file__).with_name("inline") / "reactions.txt").read_text("utf-8").split("\n\n", 1)[1].split("\n"):
        if line.startswith("# "):
            code = line[2:]
        elif line:
            head, _, words = line.partition(": ")
            flags = head.split()
            named = " ".join(flag for flag in flags if flag not in ("mid", "spoken"))
            found.append((code, "spoken" in flags, "mid" not in flags, named, words))
    return found


@pytest.mark.parametrize(("code", "spoken", "apart", "named", "words"), cases())
def test_a_reaction_is_known_by_its_words(code: str, spoken: bool, apart: bool, named: str, words: str) -> None:
    found = kind_of(words, apart, load(code), spoken)
    assert (" ".join(filter(None, found)) if found else "-") == named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He spoke. (Laughter.) And he went on.", True),
        ("The shorthand says: He spoke. (Prolonged applause.)", True),
        ("He spoke (laughter) and went on.", False),
        ("The laughter of fools. (See p. 3.)", False),
        ("", False),
    ],
)
def test_a_book_reports_speeches_when_one_sure_reaction_stands_after_a_sentence(text: str, expected: bool) -> None:
    assert is_spoken(text, load("en")) is expected


def test_brackets_are_the_outermost_that_are_closed() -> None:
    text = "The board (of the H.P.A.(S.), see above) met [twice] (and once more."
    assert [text[one.start : one.end] for one in brackets(text)] == ["(of the H.P.A.(S.), see above)", "[twice]"]


@pytest.mark.parametrize(
    ("before", "apart"),
    [
        ("", True),
        ("He went. ", True),
        ("He asked: ", True),
        ('He said "no." ', True),
        ("He went.2 ", True),
        ("He went ", False),
        ("He, ", False),
        ("In 1891 ", False),
    ],
)
def test_a_bracket_stands_apart_when_a_sentence_ends_before_it(before: str, apart: bool) -> None:
    assert is_apart(before + "(x)", len(before)) is apart
