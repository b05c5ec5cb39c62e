"""Notes at the end of a book that is longer than the longest speech."""

from __future__ import annotations

from tei_pipeline.recognise import recognise
from tei_pipeline.rules.notes.referred import FARTHEST
from tei_pipeline.source import read_source


def test_notes_under_words_of_their_own_are_told_however_far_their_references_stand() -> None:
    first = "The mill had stood still[1] since the river changed its bed,[2] and nobody\nsaid so to the miller,[3] who looked at it.\n\n"
    middle = "He opened the door each morning and counted the sacks that hung from the\nbeams of the loft.\n\n" * (FARTHEST // 2)
    notes = "\n\n\nWHAT THE MILLER ADDED\n\n[1] In the great snow.\n\n[2] Her name was Thecla.\n\n[3] She counted eleven.\n"
    blocks = recognise(read_source(f"CHAPTER I\n\n{first}{middle}{notes}".encode(), "mill")).blocks
    assert [(c.kind, c.n) for block in blocks for c in block.within] == [("note", "1"), ("note", "2"), ("note", "3")]


def test_notes_in_one_block_without_any_heading_are_told_too() -> None:
    first = "The mill had stood still[1] since the river changed its bed,[2] and nobody\nsaid so to the miller,[3] who looked at it.[4]\n\n"
    middle = "He opened the door each morning and counted the sacks that hung from the\nbeams of the loft.\n\n" * (FARTHEST // 2)
    notes = "\n\n     [1] In the great\nsnow.\n     [2] Her name was Thecla.\n     [3] She counted\neleven.\n     [4] So she said.\n"
    blocks = recognise(read_source(f"CHAPTER I\n\n{first}{middle}THE END.\n{notes}".encode(), "mill")).blocks
    assert [(c.kind, c.n) for block in blocks for c in block.within] == [("note", n) for n in "1234"]
