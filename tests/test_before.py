"""What stands in front of the text though its name does not say so: few lines before the title of the book over its first division."""

from __future__ import annotations

import pytest

from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

FRONT = (
    "THE SLOW FERRY\n\nBY OSWIN THALE\n\nMARL\nWATERS & SON\n1871\n\n\n\n\nPREFACE\n\n\nNobody was asked, and nobody has said anything.\n"
)
POEM = """\
THE ROPE


    The rope is long, the rope is old,
      And there are men at either end;
    And what the one was never told
      The other has no breath to send.

    Hold on, they say, and so we hold,
      And both the ends of it extend;
    The river, which is nine times old,
      Has nothing in its hands to lend.
"""
TEXT = "\n".join(f"On day {n} of the year the ferryman looked at the river, and went home again when it was dark." for n in range(60))


def front_of(lines: str) -> list[str]:
    """The types of the divisions in front of a text, in order."""
    document = recognise(read_source(lines.encode(), "book")).document
    return [line.split()[1] for line in outline(document).split("\n") if line.startswith("front ")]


@pytest.mark.parametrize(
    ("title", "expected"), [("THE SLOW FERRY", ["titlePage", "preface", "section"]), ("THE MULE", ["titlePage", "preface"])]
)
def test_verses_above_the_title_of_the_book_stands_in_front(title: str, expected: list[str]) -> None:
    chapters = "\n\n\n\n\n".join(f"CHAPTER {n}\n\nTHE {what} DOG\n\n\n{TEXT}\n" for n, what in (("I", "BLACK"), ("II", "WHITE")))
    assert front_of("\n\n\n\n".join((FRONT, POEM, title, chapters))) == expected
