"""Forms found by words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_pipeline.language import load
from tei_pipeline.phrases import Found, Phrases

DIRECTIONS = Phrases(
    {"exit": 1, "exit all": 2, "exit all but one": 3, "à part": 4, "chap.": 5, "author's note": 6, "twenty-first": 7, "hear, hear": 8}
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Exit.", (0, 4, 1)),
        ("EXIT ALL of them", (0, 8, 2)),
        ("exit  all\n but two", (0, 9, 2)),
        ("exit-all but one", (0, 16, 3)),
        (" _Exit_", (2, 6, 1)),
        ("À PART, lentement", (0, 6, 4)),
        ("a part", (0, 6, 4)),
        ("A\u0300 part", (0, 7, 4)),
        ("Chap. IV", (0, 5, 5)),
        ("Chapter IV", None),
        ("Chap IV", None),
        ("Author’s note", (0, 13, 6)),
        ("Twenty first", (0, 12, 7)),
        ("Hear, hear!", (0, 10, 8)),
        ("ex\u00adit", (0, 5, 1)),
        ("exit \u00ad all", (0, 4, 1)),
        ("exits", None),
        ("(exit)", None),
        ("", None),
        ("...", None),
    ],
)
def test_match(text: str, found: tuple[int, int, int] | None) -> None:
    assert DIRECTIONS.match(text) == found


def test_a_match_begins_where_it_is_asked() -> None:
    assert DIRECTIONS.match("then exit", 4) == Found(5, 9, 1)
    assert DIRECTIONS.match("then exit") is None


def test_the_first_named_is_found_first() -> None:
    reactions = Phrases(load("en").reactions)
    first = reactions.search("Prolonged laughter, turning into applause. A voice: Hear, hear!")
    assert first is not None
    assert (first.start, first.end, first.value.type) == (10, 18, "laughter")
    named = [found.value.type for found in reactions.findall("Laughter, applause; a voice. Hear, hear!")]
    assert named == ["laughter", "applause", "interruption", "exclamat"]


def test_fullmatch() -> None:
    titles = Phrases.of(["table of contents", "contents", "notes"])
    assert titles.fullmatch(" TABLE OF CONTENTS ") == Found(1, 18, "table of contents")
    assert titles.fullmatch("Contents of the box") is None
    assert titles.fullmatch("Notes.") is None


def test_no_forms_match_nothing() -> None:
    assert Phrases[str]({}).search("anything") is None
    assert Phrases.of(["", " - "]).search("any - thing") is None


@pytest.mark.parametrize("code", ["en", "fr", "de"])
def test_every_form_of_a_language_is_found(code: str) -> None:
    language = load(code)
    for forms in (language.divisions, language.reactions, language.closings, language.stage, language.imprint, language.citation_repeats):
        tree = Phrases.of(forms)
        for form in forms:
            found = tree.fullmatch(form.upper().replace("'", "’"))
            assert found is not None, form
            assert found.end == len(form) or "ß" in form, form


@given(st.text(st.sampled_from("exit al.,'’-_\n\u00adÀpr\u0301") | st.characters(), max_size=60))
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    last = 0
    for start, end, value in DIRECTIONS.findall(text):
        assert last <= start < end <= len(text)
        assert DIRECTIONS.fullmatch(text[start:end]) == (0, end - start, value)
        last = end


def test_a_long_text_takes_its_time_once() -> None:
    """Repeated beginnings of a long form must not cost the square of their number."""
    text = "exit all but " * 20_000
    assert sum(1 for _ in DIRECTIONS.findall(text)) == 20_000
