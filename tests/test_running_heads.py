"""Running heads without a page number, and titles that look like them."""

from __future__ import annotations

from tei_pipeline.layout import Layout, measure
from tei_pipeline.source import read_source

_PEOPLE = ("miller", "ferryman", "bailiff", "widow", "carrier", "keeper", "smith")
_DEEDS = ("counted the sacks", "looked at the weir", "mended the gate", "waited for the barge", "read the notice aloud")
_PLACES = ("below the mill", "behind the church", "on the towing path", "beside the inn", "under the bridge", "at the sluice")


def _lines() -> list[str]:
    return [f"and the {_PEOPLE[i % 7]} {_DEEDS[i % 5]} {_PLACES[i % 6]}, where the {_PEOPLE[(i + 3) % 7]} had been" for i in range(360)]


def _book(heads: bool) -> Layout:
    """Five chapters of four pages: the number at the foot of each page; if ``heads``, the name of the chapter heads the later ones too."""
    lines = iter(_lines())
    pages = []
    for n in range(20):
        opens, closes = n % 4 == 0, n % 4 == 3
        page = [f"Chapter {n // 4 + 1}", ""] if opens or heads else []
        page.append(f"The {_PEOPLE[n % 7]} had not slept" if opens else f"risen and {_DEEDS[n % 5]} {_PLACES[n % 6]}")
        page += [next(lines) for _ in range(17)]
        page[-1] += "." if closes else " seen"
        pages.append("\n".join([*page, "", str(n + 1), "", ""]))
    return measure(read_source("\n".join(pages).encode(), "mill"))


def _kept(layout: Layout) -> list[str]:
    return [row.text for row in layout.rows if row.text.startswith("Chapter")]


def test_a_chapter_alone_at_the_head_of_its_page_is_no_running_head() -> None:
    layout = _book(heads=False)
    assert [kind for kind, _ in layout.furniture.values()] == ["pageNum"] * 20
    assert _kept(layout) == [f"Chapter {n}" for n in range(1, 6)]


def test_the_first_of_the_running_heads_of_a_chapter_is_its_title() -> None:
    layout = _book(heads=True)
    assert sum(kind == "header" for kind, _ in layout.furniture.values()) == 15
    assert sum(kind == "pageNum" for kind, _ in layout.furniture.values()) == 20


def _cut(head: str) -> Layout:
    """Chapters of twelve pages whose right ones have the first line of a long title over them, with the number at its end."""
    lines = iter(_lines())
    pages = []
    for n in range(1, 13):
        top = f"{n:<8}The Sluice" if n % 2 == 0 else f"{head}{n:>9}" if n > 1 else "A REPORT ON THE MILL,\nAND ON ITS KEEPERS"
        pages.append("\n".join([top, "", *(next(lines) for _ in range(18)), "", ""]))
    return measure(read_source("\n".join(pages).encode(), "mill"))


def test_the_first_line_of_a_long_title_heads_pages_though_a_comma_ends_it() -> None:
    layout = _cut("A REPORT ON THE MILL,")
    assert sorted(int("".join(filter(str.isdigit, n))) for _, n in layout.furniture.values()) == list(range(2, 13))
    assert [row.text for row in layout.rows if "REPORT" in row.text] == ["A REPORT ON THE MILL,"]


def _songs() -> Layout:
    """Two books of songs, each headed by its name with the number of the page; the second has a song called as one of the first."""
    lines = iter(_lines())
    pages = []
    for n in range(1, 17):
        book = "SONGS OF THE RIVER" if n < 9 else "SONGS OF THE ROAD"
        title = ["THE LAMP", ""] if n in (4, 12) else []
        pages.append("\n".join([f"    {book}    {n}", "", *title, next(lines).capitalize(), *(next(lines) for _ in range(16)), ""]))
    return measure(read_source("\n".join(pages).encode(), "mill"))


def test_a_second_title_in_the_words_of_a_first_stays_below_a_head_that_has_the_number() -> None:
    layout = _songs()
    assert len(layout.furniture) == 16
    assert [row.text for row in layout.rows if row.text == "THE LAMP"] == ["THE LAMP", "THE LAMP"]


def _footed(title: str) -> Layout:
    """Pages whose sentences go on over the notes at their feet, and a chapter that its own name heads but once."""
    lines = iter(_lines())
    pages = []
    for n in range(12):
        head = (
            [title.upper(), "", "The carrier had slept"] if n == 4 else [f"{title}", "", "and so"] if n == 5 else ["The Mill", "", "and so"]
        )
        body = [*head, *(next(lines) for _ in range(17)), "who had not yet"]
        foot = ["", f"({n + 1}) The notice is lost.", "", str(n + 1), "", ""]
        pages.append("\n".join([*body[:-2], f"{body[-2]} ({n + 1})", body[-1], *foot]))
    return measure(read_source("\n".join(pages).encode(), "mill"))


def test_a_sentence_is_followed_over_the_notes_at_the_foot_of_its_page() -> None:
    layout = _footed("The Weir")
    kinds = [kind for kind, _ in layout.furniture.values()]
    assert kinds.count("pageNum") == len(layout.feet) == 12
    assert [i for i, row in enumerate(layout.rows) if row.text == "The Mill"] == [0]  # the title of the book


def test_a_line_in_the_words_of_a_title_before_it_that_cuts_a_sentence_heads_a_page() -> None:
    layout = _footed("The Weir")
    assert [row.text for row in layout.rows if row.text.lower() == "the weir"] == ["THE WEIR"]


def test_numbers_of_chapters_that_rise_without_a_gap_are_no_pages_beside_those_that_cut_sentences() -> None:
    lines = iter(_lines())
    pages = []
    for n in range(18):
        opens, numeral = n % 3 == 0, ("I", "II", "III", "IV", "V", "VI")[n // 3]
        head = [numeral.center(60).rstrip()] if opens else [f"{n + 1}                    The Mill"]
        page = [*head, "", "The carrier had slept" if opens else "and so on", *(next(lines) for _ in range(17))]
        page[-1] += "." if n % 3 == 2 else " had"
        pages.append("\n".join([*page, "", "", ""]))
    layout = measure(read_source("\n".join(pages).encode(), "mill"))

    assert [row.text for row in layout.rows if len(row.text) < 4] == ["I", "II", "III", "IV", "V", "VI"]
    assert [n for _, n in layout.furniture.values() if n] == [str(n + 1) for n in range(18) if n % 3]


def _parts(sep: str, numbered: bool) -> Layout:
    """Three parts whose chapters each begin with the first, on new pages; the chapter's name heads its second page."""
    lines = iter(_lines() * 2)
    pages = []
    for n in range(27):
        part, chapter, page = n // 9 + 1, n % 9 // 3 + 1, n % 3
        head = [f"Chapter {chapter}", ""] if page < 2 else []
        head = [f"PART {'I' * part}", "", "", *head] if n % 9 == 0 else head
        page_lines = [*head, "The carrier had slept" if not page else "and so on", *(next(lines) for _ in range(17))]
        page_lines[-1] += "." if page == 2 else " had"
        pages.append("\n".join([*page_lines, "", *([str(n + 1)] if numbered else []), "", ""]))
    return measure(read_source(sep.join(pages).encode(), "mill"))


def test_chapters_of_one_name_in_several_parts_keep_their_headings_at_the_tops_of_pages() -> None:
    for sep, numbered in (("\f", False), ("\f", True), ("\n", True)):
        assert _kept(_parts(sep, numbered)) == [f"Chapter {n}" for _ in range(3) for n in (1, 2, 3)], (sep, numbered)


def test_a_head_over_the_heading_of_its_own_chapter_is_no_second_heading() -> None:
    lines = iter(_lines())
    pages = []
    for n in range(16):
        name = ("The Weir", "The Sluice", "The Barge", "The Bell")[n // 4]
        opening = ["", "", name.upper(), "", "The carrier had slept"] if n % 4 == 0 else ["and so on"]
        page = [name, "", *opening, *(next(lines) for _ in range(17))]
        page[-1] += "." if n % 4 == 3 else " had"
        pages.append("\n".join([*page, "", str(n + 1), "", ""]))
    layout = measure(read_source("\n".join(pages).encode(), "mill"))

    short = [row.text for row in layout.rows[1:] if len(row.text) < 12 and not row.starts_lower]
    assert short == ["THE WEIR", "THE SLUICE", "THE BARGE", "THE BELL"]


def _solid() -> Layout:
    """Six chapters of four pages, set without an empty line: the name of the chapter heads one page of each, numbers are said."""
    lines = iter(_lines() * 2)
    pages = []
    for n in range(24):
        name, numeral = ("The Weir", "The Sluice", "The Barge", "The Bell", "The Gate", "The Net")[n // 4], f"{'I' * (n // 4 + 1)}."
        head = [numeral.center(70), name.upper().center(70)] if n % 4 == 0 else [("The Mill", name)[n % 4 == 2].center(70)]
        first = f"   The {_PEOPLE[n % 7]} had {_DEEDS[n % 5]} {_PLACES[n % 6]} every day and" if n % 4 == 0 else "and so on, until"
        number = [] if n % 4 == 3 else [f"Page {n + 1}".center(70)]
        pages += [*head, first, *(next(lines) for _ in range(13)), "had come." if n % 4 == 3 else "and had", *number]
    return measure(read_source("\n".join(pages).encode(), "mill"))


def test_in_a_text_without_empty_lines_a_head_repeats_a_title_and_the_last_words_of_a_chapter_are_none() -> None:
    layout = _solid()
    short = [row.text for row in layout.rows if len(row.text) < 12]
    assert [text for text in short if text.isupper()] == [
        text for n, name in enumerate(("WEIR", "SLUICE", "BARGE", "BELL", "GATE", "NET")) for text in (f"{'I' * (n + 1)}.", f"THE {name}")
    ]
    assert short.count("had come.") == 6
    assert [n for _, n in layout.furniture.values() if n] == [str(n + 1) for n in range(24) if n % 4 != 3]
    assert sum(kind == "header" for kind, _ in layout.furniture.values()) == 18


def test_the_title_of_the_book_heads_the_pages_of_the_preface_beside_small_roman_numerals_too() -> None:
    lines = iter(_lines())
    numbers = ["ii", "iii", "iv", *map(str, range(1, 7))]
    pages = ["\n".join([f"{n} The Mill", "", *(next(lines) for _ in range(20)), ""]) for n in numbers]
    layout = measure(read_source("\f".join(["THE MILL\n\nA TALE\n\n\n\nPREFACE\n\nThe miller\n", *pages]).encode(), "mill"))

    assert [kind for kind, _ in layout.furniture.values()] == ["header"] * 9


def test_the_title_on_the_leaves_before_the_text_does_not_hide_that_it_heads_the_few_pages_of_a_short_book() -> None:
    lines = iter(_lines())
    pages = ["THE MILL\n\n\n\n\nTHE MILL\n\nBy Anna Lind\n\n\n\n\nTHE MILL\n\n\n"]
    for n in range(1, 9):
        head = [["THE MILL", ""], ["The Weir", ""], [], ["The Net", ""]][n % 4 if n % 2 else 0]
        first, last = (
            ("there, and so on", f"He saw the {_PEOPLE[n % 7]}.") if n % 2 else (f"   The {_PEOPLE[n % 7]} had slept", "and he had been")
        )
        pages.append("\n".join([*head, first, *(next(lines) for _ in range(20)), last, "", str(n).center(70), "", ""]))
    layout = measure(read_source("\n\n".join(pages).encode(), "mill"))

    assert [row.text for row in layout.rows if row.text == "THE MILL"] == ["THE MILL"] * 3


def test_the_years_of_a_group_of_letters_head_its_pages() -> None:
    lines = iter(_lines())
    entries = ["CONTENTS", "1864-1867", "LETTER I. TO ANNA LIND.", "1868-1871", "LETTER I. TO NOBODY.", "APPENDIX"]
    pages = ["\n\n".join([*(entry.center(70) for entry in entries), "iii".center(70), "\n\n"])]
    for n in range(1, 17):
        years = ("1864-1867", "1868-1871")[n // 9]
        top = [years.center(70), "", "", "LETTER I".center(70), ""] if n in (1, 9) else [(years if n % 2 else "THE MILL").center(70), ""]
        last = "had been seen." if n == 8 else "had been seen"
        pages.append("\n".join([*top, *(next(lines) for _ in range(20)), last, "", str(n).center(70), "", "", ""]))
    layout = measure(read_source("\n".join(pages).encode(), "mill"))

    assert [row.text for row in layout.rows if row.text[0] == "1"] == ["1864-1867", "1868-1871"] * 2


def _parts_of_pieces() -> str:
    """A contents page that ends amid the second part, and two parts, each with its number on a page of its own."""
    lines = iter(_lines() * 2)
    names = ("The Weir", "The Sluice", "The Barge", "The Bell", "The Gate", "The Net")
    pages = ["CONTENTS\n\nPART I\n\nThe Weir\n\nThe Sluice\n\nThe Barge\n\nPART II\n\nThe Bell", "The Gate\n\nThe Net"]
    for n, name in enumerate(names):
        pages += ["PART " + "I" * (n // 3 + 1)] if n % 3 == 0 else []
        for k in range(4):
            page = [name, "", f"{'The' if k == 0 else 'and the'} smith", *(next(lines) for _ in range(17))]
            pages.append("\n".join([*page, "had slept." if k == 3 else "had"]))
    return "\n\f".join(pages)


def test_the_last_entry_and_the_first_of_two_pages_of_contents_head_no_page() -> None:
    layout = measure(read_source(_parts_of_pieces().encode(), "mill"))
    assert [row.text for row in layout.rows if row.text.startswith("The Bell")] == ["The Bell"] * 2
    assert [row.text for row in layout.rows if row.text.startswith("The Gate")] == ["The Gate"] * 2


def test_the_name_of_a_piece_below_the_number_of_the_part_that_it_begins_is_its_title() -> None:
    layout = measure(read_source(_parts_of_pieces().encode(), "mill"))
    titles = [row.text for row in layout.rows[8:] if row.text.startswith(("PART", "The Weir", "The Bell"))]
    assert titles == ["PART I", "The Weir", "PART II", "The Bell"]


def test_in_a_text_without_empty_lines_a_name_heads_the_page_below_notes() -> None:
    lines = iter(_lines() * 2)
    pages = []
    for n in range(12):
        head = "PREFACE" if n < 3 else "INTRODUCTION" if n < 6 else ("THE MILL", "THE WEIR")[n % 2]
        text = [
            f"{'   The' if n < 6 else 'and the'} {_PEOPLE[n % 7]} {_DEEDS[n % 5]} {_PLACES[n % 6]}, where they had been",
            *(next(lines) for _ in range(16)),
        ]
        text[-1] += "." if n in (2, 5) else " and"
        pages += [
            head.center(70),
            *text,
            "-" * 12,
            f"  [{n + 1}] The miller had read this notice, and not the other.",
            *([str(n + 5)] if n % 3 else []),
        ]
    layout = measure(read_source("\n".join(pages).encode(), "mill"))

    assert [row.text for row in layout.rows if row.text in ("PREFACE", "INTRODUCTION")] == ["PREFACE", "INTRODUCTION"]


def _preface(first_gap: int) -> Layout:
    """A preface of eight pages, whose later ones have the title of the book over them with the same white space; the first of these begins
    a paragraph, the others cut sentences.
    """
    lines = iter(_lines())
    pages = [["PREFACE", "", "", "The smith had slept", *(next(lines) for _ in range(16)), "seen."]]
    for n in range(1, 8):
        head = [""] * (first_gap if n == 1 else 2) + ["THE LONG ROPE".center(60), ""]
        pages.append([*head, *(["The keeper rose"] if n == 1 else []), *(next(lines) for _ in range(17))])
    pages.append(["", "", "", "", "THE MILL".center(60), "", "The bailiff had slept", *(next(lines) for _ in range(30))])
    return measure(read_source("\n".join(line for page in pages for line in page).encode(), "mill"))


def test_the_first_of_heads_that_all_have_the_same_white_space_is_none_of_a_piece_within_the_preface() -> None:
    assert [row.text for row in _preface(2).rows if "ROPE" in row.text] == []
    assert [row.text for row in _preface(4).rows if "ROPE" in row.text] == ["THE LONG ROPE"]


def test_a_point_ends_a_title_and_none_of_the_heads_after_it() -> None:
    lines = iter(_lines())
    pages = ["THE WEIR, THE MILL, AND OTHER TALES\n\nby a smith\n"]
    for n in range(1, 16):
        head = "THE WEIR" if n < 9 else "THE MILL"
        page = [f"{head}." if n in (1, 9) else head, "The smith" if n in (1, 9) else "and the smith", *(next(lines) for _ in range(17))]
        pages.append("\n".join([*page, "had slept." if n in (8, 15) else "had"]))
    layout = measure(read_source("\n\f".join(pages).encode(), "mill"))
    assert [row.text for row in layout.rows if row.text.startswith("THE ")][1:] == ["THE WEIR.", "THE MILL."]


def _verses_over_numbers(head: str) -> Layout:
    """Pages of verses, one of which cuts a sentence so that it shows, their numbers at their feet, each over the head of the next."""
    pages = []
    for n in range(1, 16):
        verses = [f"    The {_PEOPLE[(n + k) % 7]} {_DEEDS[k % 5]}," for k in range(9 + 7 * (n % 3))]
        first = [head.center(50)] * (n > 1) + ["    come to the mill;"] * (n == 5)
        pages += [*first, *verses, "    Who had not yet" if n == 4 else "    And nobody came.", f"{n:>26}"]
    return measure(read_source("\n".join(pages).encode(), "mill"))


def test_numbers_right_over_one_running_head_count_pages_where_hardly_a_sentence_shows_it() -> None:
    layout = _verses_over_numbers("The Long Rope")
    assert sum(kind == "pageNum" for kind, _ in layout.furniture.values()) == 15


def _tales(title: str, *, leaf: str = "") -> Layout:
    """Two tales of nine pages with their numbers at the feet, headed by the name of the tale in capitals; the first page of the second has
    its title, perhaps behind a leaf.
    """
    lines = iter(_lines())
    pages = []
    for n in range(1, 19):
        name = "THE LONG ROPE" if n < 10 else "THE WET SACK"
        opens = n in (1, 10)
        if leaf and n == 10:
            pages.append("\n".join(["", "", "", "", leaf, "", "By a smith", "", "", ""]))
        top = [title if n == 10 else name, ""]
        sentence = ["The smith had slept" if opens else "and the smith", *(next(lines) for _ in range(15))]
        pages.append("\n".join([*top, *sentence, "seen." if n in (9, 18) else "had", "", f"{n:>40}"]))
    return measure(read_source("\n".join(pages).encode(), "mill"))


def _kept_of_tales(layout: Layout) -> list[str]:
    return [row.text for row in layout.rows if row.text.upper() == "THE WET SACK"]


def test_a_title_in_other_letters_than_the_heads_after_it_is_none_though_it_stands_below_its_leaf() -> None:
    assert _kept_of_tales(_tales("The Wet Sack")) == ["The Wet Sack"]
    assert _kept_of_tales(_tales("The Wet Sack", leaf="THE WET SACK")) == ["THE WET SACK", "The Wet Sack"]


def test_a_title_on_a_leaf_of_its_own_heads_no_page() -> None:
    lines = iter(_lines())
    pages = ["The smith had slept.", "\n\n\nTHE WET SACK", "\n\nChapter 1\n\nThe smith rose", *(["THE WET SACK"] * 6)]
    text = "\n\f".join("\n".join([page, *(next(lines) for _ in range(16))]) if n != 1 else page for n, page in enumerate(pages))
    layout = measure(read_source(text.encode(), "mill"))
    assert _kept_of_tales(layout) == ["THE WET SACK"]
    assert sum(kind == "header" for kind, _ in layout.furniture.values()) == 6


def test_the_title_of_the_book_over_its_text_has_far_more_white_space_than_the_heads_of_the_preface_before_it() -> None:
    lines = iter(_lines())
    pages = []
    for n in range(1, 13):
        top = ["PREFACE"] if n == 1 else [*[""] * (6 if n == 4 else 2), "THE LONG ROPE".center(70)]
        pages.append("\n".join([*top, "", "The smith rose" if n in (1, 4) else "and he", *(next(lines) for _ in range(15)), "", str(n)]))
    layout = measure(read_source("\n".join(pages).encode(), "mill"))
    assert [row.line for row in layout.rows if row.text == "THE LONG ROPE"] == [next(iter(_rows_of(pages, 4))) + 6]


def _rows_of(pages: list[str], page: int) -> range:
    first = sum(text.count("\n") + 1 for text in pages[: page - 1])
    return range(first, first + pages[page - 1].count("\n") + 1)


def _cantos(above: int, below: int) -> Layout:
    """Pages of verses without a sentence that a page cuts, with numbers at their feet, over the heads of left and right pages in turn."""
    pages = []
    for n in range(3, 14):
        verses = [f"The {_PEOPLE[(n + k) % 7]} {_DEEDS[k % 5]}," for k in range(9 + 7 * (n % 3))]
        head = ["The Long Rope" if n % 2 else "The Wet Sack", ""] * (n > 3)
        pages += [*head, *verses, f"And nobody saw the {_PEOPLE[n % 7]} {_PLACES[n % 6]}."]
        pages += [*[""] * above, f"{n:>26}", *[""] * below] if n not in (5, 6, 10) else ["", "", ""]
    return measure(read_source("\n".join(pages).encode(), "mill"))


def test_numbers_nearer_to_the_verses_above_than_to_the_heads_below_count_pages() -> None:
    assert [kind for kind, _ in _cantos(1, 2).furniture.values()].count("pageNum") == 8
    assert "pageNum" not in [kind for kind, _ in _cantos(2, 1).furniture.values()]


def test_what_cuts_one_sentence_and_stands_below_two_numbers_heads_the_other_pages_of_verse_too() -> None:
    pages = []
    for n in range(1, 17):
        verses = [f"The {_PEOPLE[(n + k) % 7]} {_DEEDS[k % 5]}," for k in range(20)]
        top = ["", "", "The Long Rope".center(34), ""] if n % 2 == 0 else ["", "", f"The {_PEOPLE[n % 7]}".center(34), ""]
        end = ["And he"] if n == 1 else [f"And nobody saw the {_PEOPLE[n % 7]} {_PLACES[n % 6]}."]
        number = ["", f"- {n} -".center(34)] if n not in (1, 3, 7, 9, 13) else []
        pages += [*top, *(["who had come to the mill;"] if n == 2 else []), *verses, *end, *number]
    layout = measure(read_source("\n".join(pages).encode(), "mill"))
    assert [row.text for row in layout.rows if row.text == "The Long Rope"] == []
