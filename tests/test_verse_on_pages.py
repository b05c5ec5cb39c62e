"""Numbered stanzas on printed pages: wherever a page ends, a number with one verse below it is the beginning of a stanza, and no title."""

import pytest

from tei_pipeline.measuring.edges import edges
from tei_pipeline.measuring.middle import middle_of_pages
from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.rows import raw_rows
from tei_pipeline.source import read_source

VERSES = (
    "The boat lay there beside the {} as though",
    "No {} had come to ask where it would go,",
    "The {} was wet, the bell had hung there so,",
    "And all the {} went below it slow;",
    "A {} burned that nobody had lit,",
    "And nobody came down to quench the {}.",
)
THINGS = ("stone", "gate", "mill", "well", "barn", "lamp", "wall")
PREFACE = (
    "  The ferry of this poem is not that of any river; he who looks",
    "for it on a map will find the bell and the rope, and a landing",
    "stone that no boat has touched since the bridge was built.",
)
TENS, ONES = ("", "X", "XX", "XXX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
NUMBERS = [ten + one for ten in TENS for one in ONES][1:]


def _paged(on_page: int) -> str:
    """A poem in numbered stanzas below a preface, with so many verses on a page under its number and running head."""
    lines = ["                            PREFACE.", "", *(8 * PREFACE), "", "", "", "", "", "                          THE FERRY."]
    verses = page = 0
    for at, number in enumerate(NUMBERS):
        lines += ["", f"  {number}.", ""]
        for verse in VERSES:
            lines.append(f"      {verse.format(THINGS[(at + verses) % len(THINGS)])}")
            verses += 1
            if verses % on_page == 0:
                page += 1
                lines += ["", "", f"{page + 2}                         THE FERRY.", ""]
    return "\n".join(lines)


@pytest.mark.parametrize("on_page", [7, 13, 19, 25])
def test_a_page_may_end_below_the_first_verse_of_a_stanza(on_page: int) -> None:
    printed = str(outline(recognise(read_source(_paged(on_page).encode(), "case")).document, 4000))
    assert printed.count("head ") == 2  # those of the preface and the poem
    assert [number for number in NUMBERS if f"stanza {number}. " not in printed] == []


TITLES = ("MARIAN LUND.", "ELLIS HOLM.", "ANNA DALE.", "JORAN LIND.", "HULDA MARL.")


def _poems(front: list[str]) -> str:
    """Poems below some lines, each on a page of its own, its number above the title, and over the verses whom it is for."""
    lines = [*front]
    for page, title in enumerate(TITLES, start=2):
        verses = [f"    {verse.format(THINGS[page])}" for verse in VERSES]
        lines += ["", f"                         Page {page}", "", "", "", title, "", "To Winifred Hull", "", "", *verses, "", *verses[:4]]
    return str(outline(recognise(read_source("\n".join(lines).encode(), "case")).document, 4000))


def test_a_title_at_the_top_of_a_page_over_whom_the_poem_is_for_signs_nothing() -> None:
    printed = _poems(["PREFACE.", "", *(row.strip() for row in 2 * PREFACE), ""])
    assert [title for title in TITLES if f'head "{title}' not in printed] == []
    assert "signed" not in printed


def test_the_first_title_at_the_top_of_the_page_behind_the_contents_is_no_entry_of_them() -> None:
    entries = [line for page, title in enumerate(TITLES, start=2) for line in (f"{title}                                      {page}", "")]
    printed = _poems(["CONTENTS", "", *entries])
    assert [title for title in TITLES if f'head "{title}' not in printed] == []


PROSE = (
    "  {}. There is no ferry for you to-day, sir, and none to-morrow; ther's",
    "one on Monday, if the rope be mended, and heere's the bell for you to",
    "ring it withall",
)
SPOKEN = (
    ("      No ferry, and no bell:", "      Then must I wade, as other men haue done"),
    ("      And is there no man here that hath a boat and oares to it:", "      Not one, my Lord"),
    ("      Who cut the rope, and wherefore:", "      That the Miller best can tell you, if he will"),
)
NAMES = ("Ferr", "Mill", "Sold", "Ped")


def _speeches() -> str:
    """A play whose prose is run in and whose verses stand below the names, one of these right below the prose of another."""
    lines = ["Actus Primus. Scena Prima.", "", "Enter Ferryman, Miller, and a Souldier.", ""]
    for at in range(24):
        one, other, third = (NAMES[(at + k) % len(NAMES)] for k in range(3))
        lines += [line.format(one) for line in PROSE]
        lines += [f"  {other}.", "", *SPOKEN[0], "", f"  {third}.", "", *SPOKEN[1], "", *SPOKEN[2], ""]
    return "\n".join(lines)


def test_speeches_in_verse_are_set_in_as_paragraphs_are() -> None:
    assert edges(raw_rows(read_source(_speeches().encode(), "case").lines)).indent == 6


YEARS = (1865, 1874, 1885, 1886, 1891)  # rising, as headwords do


@pytest.mark.parametrize("flush", [False, True])
def test_years_at_the_feet_of_pages_date_the_poems_above_them(flush: bool) -> None:
    lines = ["PREFACE.", "", *(row.strip() for row in 2 * PREFACE), "", ""]
    for page, (title, year) in enumerate(zip(TITLES, YEARS, strict=True), start=2):
        verses = [verse.format(THINGS[page]) for verse in VERSES]
        head = f"{page} POEMS FROM THE FERRY" if page % 2 == 0 else f"POEMS FROM THE FERRY {page}"
        lines += [*([head] if flush else []), "", "", "", title, "", "", *verses, "", *verses[:4], "", f"{year}."]
        lines += ["", "" if flush else f"                              {page}", "", ""]
    printed = str(outline(recognise(read_source("\n".join(lines).encode(), "case")).document, 4000))
    assert [year for year in YEARS if f'head "{year}' in printed] == []
    assert printed.count("dateline") == len(YEARS)
    assert [title for title in TITLES if f'head "{title}' not in printed] == []


def _poem(page: int) -> list[str]:
    verses = [f"      {verse.format(THINGS[page % len(THINGS)])}" for verse in VERSES]
    return [*verses, "", *verses[:4], "", *verses[2:]]


def test_numbers_alone_at_the_outer_sides_of_pages_tell_their_middle() -> None:
    lines = [line for page in range(2, 12) for line in (str(page) if page % 2 == 0 else f"{page:>72}", "", *_poem(page), "", "")]
    rows = raw_rows(read_source("\n".join(lines).encode(), "case").lines)
    numbers = {i: ("pageNum", row.text) for i, row in enumerate(rows) if row.text.isdecimal()}
    assert len(numbers) == 10
    assert middle_of_pages(rows, numbers) == 36


def test_numbered_poems_at_the_tops_of_pages_have_no_running_heads() -> None:
    lines: list[str] = []
    for page in range(1, 7):
        lines += [f"{f'HYMN {page}.':^60}".rstrip(), "", *_poem(page), "", f"{page:^60}".rstrip(), "", "", "", ""]
    printed = str(outline(recognise(read_source("\n".join(lines).encode(), "case")).document, 4000))
    assert [page for page in range(1, 7) if f'head "HYMN {page}."' not in printed] == []


def test_the_number_of_a_page_stands_beside_its_head_and_not_over_a_part() -> None:
    lines = [f"{'THE FERRY':^60}".rstrip(), ""]
    for page in range(1, 9):
        head = f"{page}{'POEMS':^58}" if page % 2 == 0 else f" {'POEMS':^58}{page}"
        part = [f"{page:>30}", ""] if page < 4 else []
        lines += ["", "", head.rstrip(), "", *part, *_poem(page)]
    printed = str(outline(recognise(read_source("\n".join(lines).encode(), "case")).document, 4000))
    assert "POEMS" not in printed
    assert all(f'"{page}"' in printed or f"{page}. " in printed for page in range(1, 4))


@pytest.mark.parametrize("left", [0, 1])
def test_pages_are_counted_at_their_outer_sides_whichever_page_is_the_first(left: int) -> None:
    lines = [f"{'THE FERRY':^60}".rstrip(), ""]
    for page in range(1, 13):
        head = f"{page} POEMS OF THE FERRY" if page % 2 == left else f"THE BELL AND THE ROPE {page}"
        lines += ["", "", head, "", *_poem(page)]
    printed = str(outline(recognise(read_source("\n".join(lines).encode(), "case")).document, 4000))
    assert "POEMS" not in printed
    assert "ROPE" not in printed


def test_a_page_ends_below_the_first_verse_of_a_stanza_though_that_is_set_in() -> None:
    lines = ["                            PREFACE.", "", *(5 * PREFACE), "", "", "", "", f"{'THE FERRY':^60}".rstrip(), ""]
    for number in range(1, 33):
        verses = [verse.format(THINGS[number % len(THINGS)]) for verse in VERSES[:4]]
        page = number // 4 + 1
        head = f"{page}{'THE FERRY':^54}".rstrip() if page % 2 == 0 else f"{'THE FERRY':>34}{page:>26}"
        cut = ["", "", head, ""] if number % 4 == 0 else []
        lines += ["", f"{number:>13}.", "", f"  {verses[0]}", *cut, *verses[1:]]
    printed = str(outline(recognise(read_source("\n".join(lines).encode(), "case")).document, 4000))
    assert 'head "4.' not in printed
    assert 'head "8.' not in printed
