"""Text as recognition of characters makes it of scanned pages: the small raised figures of references come out as other signs."""

from __future__ import annotations

import re
import textwrap
from itertools import accumulate, cycle, islice

import pytest

from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

_PAGES = (
    """the dues of the harbour had been let for nine years to a man{0} who
never came there, and whose clerk kept the book. When the lease
ended the book was wanted, and the clerk said that it had gone
overboard in a gale which nobody else in the town had noticed. A
new one was begun, and from it we know what was paid for each

{1}. His seal is on the second sheet of the parish roll.
""",
    """barrel of tar that went over the bar in those years,{0} and what was
not. The pilots had a share of it, and so had the widow of the
last keeper of the light, who was owed for oil. She had asked for
the sum at every court, and the mayor had told her each time that
there was no such light; so she put it out, and two brigs and the

{1}. Four pence, and from the year of the great frost on, five.
""",
    """boat of the mayor lay on the sand next morning.{0} He paid then. The
stones of the quay were bought with what was left, and they came
from a hill behind the town in carts which the farmers lent, and
which came home without their tail boards. The hill has a hollow
there still, where the children look for the shells that are in

{1}. The brigs were got off; of his boat the stem is shown.
""",
    """the grey bed below the turf.{0} Of the quay itself the lower steps
are the oldest part; for the rest was built again after the ice
had taken it, by a mason who wrote his name on every tenth stone
and was paid for nine of ten. It stands askew to the tide, as he
found the ground softer than the board had said, and as no one of

{1}. They are those of mussels, and no older than the town.
""",
    """the board had come to see{0} it until the last stone lay. There is no
more to tell of these years, and what comes next is in the books
of the company.

{1}. One came, on a Sunday, and saw the lower steps only.
""",
)
_MISREAD = ("!", "?", "°", "*", "®")  # for 1 to 5


def _scanned(marks: tuple[str, ...], first: int = 1) -> str:
    """The pages with these marks behind a word, and their notes; each but the first has its number above."""
    pages = [page.format(mark, k + first) for k, (page, mark) in enumerate(zip(_PAGES, marks, strict=True))]
    opening = f"THE QUAY\n\nOf what stood there before we know little, save only that\n{pages[0]}"
    return "\f".join([opening, *(f"{k + 62}\n\n{page}" for k, page in enumerate(pages[1:]))])


def _outline(text: str) -> str:
    return outline(recognise(read_source(text.encode(), "case")).document, 400)


@pytest.mark.parametrize("marks", [_MISREAD, ("",) * 5])
def test_numbered_notes_that_part_the_sentences_of_their_pages_are_notes(marks: tuple[str, ...]) -> None:
    printed = _outline(_scanned(marks))
    assert printed.count("note bottom") == 5
    assert len(re.findall(r"^  p ", printed, re.M)) == 1  # one paragraph goes on over all pages


def test_signs_that_look_like_their_numbers_are_the_references() -> None:
    printed = _outline(_scanned(_MISREAD))
    assert printed.count("refs=1") == 5


def test_numbers_of_two_figures_may_lose_one() -> None:
    printed = _outline(_scanned(("!°", "!1", "12", "'3", "!4"), first=10))
    assert printed.count("refs=1") == 5


def test_where_references_can_be_read_no_other_sign_is_one() -> None:
    marks = ("1", "2", "3", "", "5")
    printed = _outline(_scanned(marks).replace("the grey bed", "the grey! bed"))
    assert printed.count("refs=1") == 4


def test_marks_that_their_sentences_account_for_are_no_references() -> None:
    pages = (
        _scanned(("",) * 5)
        .replace("in a gale", "(what a gale!)")
        .replace("He paid then.", "He paid then!")
        .replace("owed for", "owed ‘for’")
    )
    assert "refs=1" not in _outline(pages)


_TOLD = (
    "It was let to him by the year, with the boats and the nets that hung in the long shed, and he paid what he could of it at the fair.",
    "His sons went out before it was light, and what they brought home was weighed on the stones in front of the chapel by the clerk.",
    "Of the nets nothing is left, for the last of them were cut up when the peas were planted, and they rotted there in two summers.",
)


_FRONT = """THE WORKS OF A CLERK

PREFACE.

What the clerk said was printed by a friend of his, who did not
ask him. It is printed here again with all that was wrong in it.
"""


def _pieces(title: str, head: str, first: int = 3) -> str:
    """A preface, and the pages of a piece: its title over the first, its running head over the others; a sentence goes on over the end of
    each but the first, which is so long.
    """
    pages = []
    for k in range(5):
        told = textwrap.wrap(("which was all. " if k > 1 else "") + " ".join(_TOLD * (3 if k else first)), 64)
        pages.append("\n".join([head if k else title, "", *told, "Nobody had seen more than" if 0 < k < 4 else "Nobody saw it.", ""]))
    return "\f".join([_FRONT, *pages, "CHAPTER II. OF BOATS\n\nThere were none.\n"])


def _heads(text: str) -> list[str]:
    return re.findall(r'head(?: sub)? "(.*)"', _outline(text))


def test_a_running_head_cut_short_is_no_title_of_the_page_after_its_own() -> None:
    text = _pieces("CHAPTER I. OF THE NETS AND\nTHE LONG SHED.", "CHAPTER I. OF THE NETS AND THE", first=4)
    assert _heads(text) == ["PREFACE.", "CHAPTER I. OF THE NETS AND THE LONG SHED.", "CHAPTER II. OF BOATS"]


def test_a_title_of_two_lines_is_none_of_the_running_heads_that_repeat_its_first() -> None:
    text = _pieces("SPEECH ON THE DUES OF NETS. MAY\n7, 1792.", "SPEECH ON THE DUES OF NETS. MAY")
    assert _heads(text) == ["PREFACE.", "SPEECH ON THE DUES OF NETS. MAY 7, 1792.", "CHAPTER II. OF BOATS"]


_VERSES = """The keeper of the western light
Went down the stair to trim his lamp,
And heard the water all the night
Come in beneath the door, and damp
The sacks of meal, the coil of rope,
And creep along the lowest shelf
Where he had put the tar and soap
That he had bought to please himself.
He took the candle and the pail
And bailed until the east was red;
Then, as the wind began to fail,
He set the pail beside the bed
And slept, and dreamt that he had sown
The sea with barley, and it grew
So high that he could walk alone
From Holm to where the herring flew
Above the ears, and every ear
Had in its husk a grain of light.
He woke, and found the weather clear,
And that it was already night.""".splitlines()


def _parted(lines: list[str], together: tuple[int, ...]) -> str:
    """The lines with an empty one below so many of them each time."""
    ends = set(accumulate(islice(cycle(together), len(lines))))
    return "\n".join(line + "\n" * (k in ends) for k, line in enumerate(lines, 1))


def _verse_of(lines: list[str], together: tuple[int, ...]) -> tuple[int, int]:
    """How many groups of lines and paragraphs they are below a title, with a chapter of prose above and below them."""
    told = "\n\n".join("\n".join(textwrap.wrap(one, 64)) for one in _TOLD)
    printed = _outline(f"CHAPTER I\n\n{told}\n\nCHAPTER II\n\n{_parted(lines, together)}\n\nCHAPTER III\n\n{told}\n")
    of_chapter = printed.split("chapter n=2")[1].split("chapter n=3")[0]
    return len(re.findall(r"^ *stanza", of_chapter, re.M)), len(re.findall(r"^ *p ", of_chapter, re.M))


def test_verses_that_a_scanner_parted_at_random_are_verse() -> None:
    assert _verse_of(_VERSES, (1, 2, 1, 1, 3, 1, 2)) == (1, 0)


def test_stanzas_stay_apart() -> None:
    assert _verse_of(_VERSES, (4,)) == (5, 0)


def test_paragraphs_of_a_line_stay_paragraphs() -> None:
    said = [f"{line.split(',')[0].rstrip('.;')} again." for line in _VERSES]
    assert _verse_of(said, (1, 2, 1, 1, 3, 1, 2))[0] == 0
