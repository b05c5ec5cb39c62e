"""Form feeds where a division begins: no white space stands above them."""

from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

PERSONS = """THE LOCKED GATE

DRAMATIS PERSONAE

ANSELM, a gatekeeper
BERTA, his wife
CRISPIN, a traveller



SCENE: A gate in Marl, with a bench beside it, on which nobody sits. The rain has stopped.

                                    - 2 -
"""
PAGE = """\f                               THE LOCKED GATE

ANSELM.
Who knocks at this hour?

CRISPIN.
A man with wet feet.

BERTA.
Let him in, Anselm.

                                    - {n} -
"""


def test_a_play_without_acts_may_begin_below_a_form_feed() -> None:
    text = PERSONS + "".join(PAGE.format(n=n) for n in range(3, 7))
    printed = str(outline(recognise(read_source(text.encode(), "case")).document, 200))
    assert printed.index("castList") < printed.index("play n=play") < printed.index("Who knocks at this hour?")


VERSES = """The rope goes out, the rope comes in,
And nobody has told me where
The rope and all the bells begin;
I only know that they are there.
"""


def test_a_title_in_capitals_that_opens_a_page_is_known_by_its_indent() -> None:
    titles = ("THE ROPE.", "THE BELL.", "", "THE MILL.", "", "THE WELL.")
    pages = [f"{title.center(33).rstrip()}\n" * bool(title) + f"{3 * VERSES}\n\n{n:>20}\n" for n, title in enumerate(titles, start=1)]
    printed = str(outline(recognise(read_source("\f".join(pages).encode(), "case")).document, 200))
    assert [title for title in titles if title and f'head "{title}"' not in printed] == []


def test_lines_in_capitals_around_one_middle_open_a_page_as_a_title() -> None:
    prose = "The bell was hung upon the weir, and nobody who heard it knew who rang.\n" * 9
    title = "A LETTER TO THE BAILIFF OF THE MARL,\n  BY THE SMITHS AND WIDOWS OF THE TOWN,\n        ON THE RINGING OF BELLS\n"
    pages = [f"{title * (n == 3)}{prose}\n{n:>36}\n" for n in range(1, 7)]
    printed = str(outline(recognise(read_source("\f".join(pages).encode(), "case")).document, 200))
    assert 'head "A LETTER TO THE BAILIFF OF THE MARL, BY THE SMITHS AND WIDOWS OF THE TOWN, ON THE RINGING OF BELLS"' in printed


def test_words_of_a_title_that_stand_over_the_next_page_open_no_piece() -> None:
    prose = "The bell was hung upon the weir, and nobody who heard it knew who rang.\n" * 9
    pages = [f"{prose}\n", f"\n\n{'THE WET BELL.':>40}\n\n{prose}\n", f"{'THE WET BELL':>40}\n{prose}\n", f"{prose}\n"]
    printed = str(outline(recognise(read_source("\f".join(pages).encode(), "case")).document, 200))
    assert printed.count("head ") == 1
