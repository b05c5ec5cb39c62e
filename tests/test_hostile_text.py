"""Texts that no printer set: endless lines, and lines without end. What they cost must grow with them, not with their square."""

from __future__ import annotations

import sys
import time
from types import FrameType

import pytest

from tei_pipeline.pipeline import convert
from tei_pipeline.source import read_source

LONG = 1 << 15  # characters of one line
MANY = 3000  # lines
MOST = 30.0  # seconds of work, a multiple of what each takes on an old machine; what grew with the square took minutes
PROSE = "One day the miller went down to the river and looked at the long rope, which was new."

LINES = {
    "letters": "x" * LONG,
    "hyphens": "a-" * (LONG // 2),
    "spaces": f"b{' ' * LONG}c",
    "stars": "*" * LONG,
    "dots": "." * LONG,
    "dots apart": ". " * (LONG // 2),
    "numbers": "1. " * (LONG // 3),
    "words": "a " * (LONG // 2),
    "commas": "a, " * (LONG // 3),
    "braces": f"{{{'x' * LONG}}}",
    "brackets": f"x {'()' * (LONG // 2)} x",
}
PLACES = {
    "a chapter": f"CHAPTER I\n\n{PROSE}\n\n{{}}\n\n{PROSE}\n\n\nCHAPTER II. {{}}\n\n{PROSE}\n",
    "the contents": f"CONTENTS\n\nThe Mill    1\n{{}}    2\nThe Rope    3\n\n\n{PROSE}\n",
    "a letter": f"LETTER I\n\nLorne, May 1, 1871.\n\nDear Sir,\n\n{PROSE}\n\nYours truly,\n\n{{}}\n\n\nLETTER II\n\n{PROSE}\n",
}
LISTED = {
    "items": "It has:\n\n" + "".join(f"- The rope is new {n}.\n" for n in range(MANY)),
    "titles": "".join(f"THE ROPE {chr(65 + n % 26)}\n\n" for n in range(MANY)),
    "works": "BIBLIOGRAPHY\n\n" + "".join(f"HOLM, A. _The Rope_. Lorne, {1700 + n % 200}.\n\n" for n in range(MANY)),
    "names over speeches": "ACT I\n\n[Enter ANNA.]\n\n" + f"ANNA\n{PROSE}\n\nOTTO\n{PROSE}\n\n" * (MANY // 4),
    "dates": "DIARY\n\n" + "".join(f"May {1 + n % 28}, 1871.\n\n" for n in range(MANY)),
    "what is announced": "It has:\n\n    The rope\n\n" * (MANY // 2),
    "the first words of formulas": "It has:\n\n" + "firstly, the rope:\n\n" * (MANY // 2),
}


FEW = 1000  # lines: what grows with the square shows in four times as many
TIMES = 4
PROPORTIONAL = 1.25  # calls beyond four times as many for as many lines, at most
MOST_CALLS = 3000  # of functions for a line
REPEATED = {
    "stanzas at the margin": "The mule went up the hill,\nThe mule came down again,\nAnd no one told the mule\nAbout the coming rain.\n\n",
    "names at the right": f"{' ' * 40}A. MARR.\n\n",
    "pictures": "[Illustration: The mule and the miller]\n\n",
    "contents of works": "CONTENTS\n\nI. The Mule  1\nII. The Goat  2\n\n",
    "headings of notes": "Transcriber's Notes\n\nThe mule was out.\n\n",
    "notes with their word": "_Note 1._ The mule was out.\n\n",
    "numbers between stars": f"*{{n}}*\n\n{PROSE}\n\n",
    "sentences over text": f"\n\nOf mules and hay.\n\n{PROSE}\n{PROSE}\n\n",
    "titles with points": f"\n\nThe Mule.\n\n{PROSE}\n{PROSE}\n\n",
    "titles in marks below stars": f'* * *\n\n"THE MULE IS OUT!"\n\n{PROSE}\n{PROSE}\n\n',
    "the first of a kind": f"\n\nCHAPTER I\n\nTHE FIRST EVENING\n\n{PROSE}\n{PROSE}\n\n",
}


@pytest.mark.parametrize("kind", REPEATED)
def test_more_lines_of_a_kind(kind: str) -> None:
    lines = REPEATED[kind]
    some, more = (_many(lines, times * FEW // lines.count("\n")) for times in (1, TIMES))
    calls(some)  # what is made once
    assert calls(some) < MOST_CALLS * FEW
    assert calls(more) < PROPORTIONAL * TIMES * calls(some)


def _many(lines: str, times: int) -> str:
    return "THE MULE\n\n\n" + "".join(lines.replace("{n}", str(n)) for n in range(1, times + 1))


def calls(text: str) -> int:
    """How many functions are called to convert a text: the same on every machine."""
    count = 0

    def called(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        assert convert(read_source(text.encode(), "hostile"), formats=()).proved
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", LINES)
def test_a_line_without_end(line: str, place: str) -> None:
    assert seconds(PLACES[place].replace("{}", LINES[line])) < MOST


@pytest.mark.parametrize("kind", LISTED)
def test_lines_without_end(kind: str) -> None:
    assert seconds(LISTED[kind]) < MOST


def seconds(text: str) -> float:
    start = time.process_time()
    assert convert(read_source(text.encode(), "hostile"), formats=()).proved
    return time.process_time() - start
