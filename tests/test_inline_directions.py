"""Which brackets within a speech are directions, by what marks those of the whole play."""

from __future__ import annotations

from tei_pipeline import tei
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

TEI = "{http://www.tei-c.org/ns/1.0}"


def stages(text: str) -> list[str]:
    """The directions within the speeches of a text."""
    written = tei.write(recognise(read_source(text.encode(), "play")).document, version="0")
    return ["".join(str(text) for text in stage.itertext()) for stage in written.tree.iter(f"{TEI}stage")]


def test_round_brackets_are_said_where_directions_have_square_ones() -> None:
    text = "ACT I\n\n" + "LENA. [rising] Who is there?\n\nOTTO. [within] Nobody.\n\n" * 8
    text += "LENA. It was the wind (as you have told me) that came in. [She sits.]\n\nOTTO. It was (aside) the water.\n"
    found = stages(text)
    assert "(as you have told me)" not in found
    assert {"[She sits.]", "(aside)"} <= set(found)


def test_brackets_without_italics_are_said_where_directions_have_them() -> None:
    text = "ACT I\n\n" + "LENA. (_rising_) Who is there?\n\nOTTO. (_within_) Nobody.\n\n" * 8
    text += "LENA. It was the wind (as you have told me) that came in. (_She sits._)\n\nOTTO. It was the water.\n"
    found = stages(text)
    assert "(as you have told me)" not in found
    assert "(_She sits._)" in found


def test_a_gloss_whose_abbreviation_is_in_italics_is_no_direction() -> None:
    text = "ACT I\n\n" + "_Lena._ Who is there?\n\n_Otto._ Nobody [_lit._ no one living] but the wind. [_He goes._]\n\n" * 6
    assert set(stages(text)) == {"[_He goes._]"}


def test_brackets_are_directions_where_nothing_tells_them_apart() -> None:
    text = "ACT I\n\n" + "LENA. Who is there?\n\nOTTO. Nobody (he laughs) but the wind.\n\n" * 6
    assert set(stages(text)) == {"(he laughs)"}
