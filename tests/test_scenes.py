"""Scenes of plays in books that are none."""

from __future__ import annotations

from tei_pipeline.layout import measure
from tei_pipeline.rules.drama.scenes import Scene
from tei_pipeline.source import read_source

STANZA = """The river carries what it will,
And never asks the owner's name;
It took the miller and the mill
And left the meadow just the same.

"""
SKETCH = """THE GEESE OF ROME

DRAMATIS PERSONÆ

LIVIA.
MARCUS.


_Livia._ The night is long, the wall is thin,
And something tries to clamber in.

_Marcus_ [_asleep_]. The wind may wear whatever fits,
So long as nobody admits it.

_Livia._ You are not like yourself at all.

_Marcus._ It is the wind upon the wall.

"""


def _scenes(text: str) -> tuple[Scene, ...]:
    return measure(read_source(text.encode(), "poems.txt"), "en").scenes


def test_persons_of_a_list_who_are_named_in_italics_speak_in_a_book_of_poems() -> None:
    poems = STANZA * 40
    scene = _scenes(poems + SKETCH + poems)[0]
    first = (poems + SKETCH).splitlines().index("_Livia._ The night is long, the wall is thin,")
    assert (scene.first, scene.style, scene.names, scene.capital) == (first, "run-in", frozenset(("livia", "marcus")), False)


def test_words_in_italics_before_paragraphs_are_no_speakers_without_a_list_of_persons() -> None:
    poems = STANZA * 40
    assert _scenes(poems + SKETCH.replace("DRAMATIS PERSONÆ", "TWO FRIENDS") + poems) == ()


def test_a_scene_holds_those_that_the_list_has_by_half_of_their_names_and_what_is_sung_below_the_last_speech() -> None:
    poems = STANZA.replace("\nAnd", "\nand").replace("\nIt", "\nit") * 40
    sketch = SKETCH.replace("LIVIA.\nMARCUS.", "FIRST GOOSE.\nSECOND GOOSE.\nMARCUS.").replace("_Livia._", "    _Elder Goose._")
    sketch = sketch.replace("_Marcus", "    _Marcus").replace("\nAnd", "\n    And").replace("\nSo", "\n    So")
    song = "_Song._\n\n      A goose, a goose,\n      And she is loose.\n\n"
    (scene,) = _scenes(poems + sketch + song + "\n\n" + poems)
    assert scene.names == frozenset(("elder goose", "marcus"))
    assert scene.end == (poems + sketch + song).rstrip().count("\n") + 1
