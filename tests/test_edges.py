"""The measure of texts that were not wrapped throughout."""

from __future__ import annotations

from tei_pipeline.layout import measure
from tei_pipeline.source import read_source

_LINE = "The ferryman kept the bell in the boat, and the boat in the shed by the {}"

_PLACES = ("road", "mill", "inn", "well", "gate", "quay", "lock", "ford", "oak", "wall")


def test_lines_that_hold_a_note_do_not_widen_the_measure_of_those_that_were_wrapped() -> None:
    note = " [Note {}: He says himself that he never had a boat; nobody who saw it has told us of what wood it was built, nor by whom.],"
    text = "\n\n".join(
        "\n".join([_LINE.format("weir") + note.format(n), *(_LINE.format(place) for place in _PLACES), "and went home."])
        for n in range(1, 9)
    )
    assert measure(read_source(text.encode(), "ferry")).measure == len(_LINE.format("road"))


def test_a_text_that_was_never_wrapped_has_the_measure_of_a_page() -> None:
    text = "\n\n".join(f"{_LINE.format('weir')}, {_LINE.format('mill')}, {_LINE.format('inn')}, and went home {n} times." for n in range(9))
    layout = measure(read_source(text.encode(), "ferry"))
    assert layout.style == "unwrapped"
    assert layout.measure == 72


def test_words_of_address_over_a_paragraph_set_in_are_no_hanging_lines() -> None:
    def letter(n: int) -> str:
        begins = f"   The ferryman kept the bell number {n} in the boat, and the boat in the shed"
        again = f"   In the year {n} he had kept it in the shed, and the shed was kept by"
        return "\n".join(["Sir,", begins, _LINE.format("lock"), "and went home.", again, "nobody."])

    layout = measure(read_source("\n\n".join(map(letter, range(1, 9))).encode(), "letters"))
    assert (layout.style, layout.indent) == ("indent", 3)
    proverbs = "\n\n".join(f"Who keeps a boat keeps {n} oars,\n   Wer ein Boot hat, hat {n} Ruder." for n in range(1, 19))
    assert measure(read_source(proverbs.encode(), "proverbs")).style == "blank"


def test_verses_that_are_set_in_do_not_tell_how_the_prose_beside_them_begins() -> None:
    remarks = "\n\n".join(
        f"{_LINE.format('weir')},\nand the rope on a nail by the mill, for {n} years, though nobody had asked." for n in range(1, 9)
    )
    stanza = (
        "  The bell was in the boat {0} years.\n    It rang, and nobody had ears.\n  The boat was in\n  The shed {0} more, and had no oar."
    )
    poems = "\n\n\n  THE BELL\n\n" + "\n\n".join(stanza.format(n) for n in range(1, 60))
    layout = measure(read_source((remarks + poems).encode(), "poems"))
    assert layout.verses
    assert (layout.style, layout.indent) == ("blank", 0)
