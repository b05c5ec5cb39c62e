"""Page furniture where form feeds say where the pages end."""

from __future__ import annotations

from tei_pipeline.language import load
from tei_pipeline.layout import measure
from tei_pipeline.measuring.pages.marks import has_page_marks
from tei_pipeline.measuring.pages.printed_numbers import Number, without_contents
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source


def prose(trade: str) -> str:
    """Three lines of a page, which no other page repeats."""
    return (
        f"The {trade} kept the bell in the boat, and the boat in the shed, and\n"
        f"the {trade} locked the shed, and put the key where it hung on a nail\n"
        f"that the {trade} knew. So the bell was as safe as a bell can be.\n"
    )


ONE, TWO, THREE, FOUR = map(prose, ("ferryman", "smith", "widow", "harbour-master"))


def furniture(*pages: str) -> list[tuple[str, str, str]]:
    """Text, kind and number of each row that is furniture."""
    source = read_source("\f".join(pages).encode(), "book")
    return [(source.lines[at].text.strip(), *found) for at, found in sorted(measure(source).furniture.items())]


def test_numbers_that_count_the_pages_are_page_numbers_alone_and_in_running_heads() -> None:
    assert furniture(
        f"{ONE}\n                1\n",
        f"2               The Bell\n\n{TWO}",
        f"{THREE}\n                3\n",
        f"4               The Bell\n\n{FOUR}",
    ) == [
        ("1", "pageNum", "1"),
        ("2               The Bell", "header", "2"),
        ("3", "pageNum", "3"),
        ("4               The Bell", "header", "4"),
    ]


def test_the_year_of_an_imprint_above_a_form_feed_is_no_page_number() -> None:
    title = "            THE BELL\n\n\n             MARL\n             1872\n"

    assert furniture(title, f"{ONE}\n   2\n", f"{TWO}\n   3\n", f"{THREE}\n   4\n") == [
        ("2", "pageNum", "2"),
        ("3", "pageNum", "3"),
        ("4", "pageNum", "4"),
    ]


def test_pages_without_a_number_do_not_hide_the_others() -> None:
    assert [n for _, _, n in furniture(f"{ONE}\n7\n", TWO, f"{TWO}\n9\n")] == ["7", "9"]


def test_numbers_that_neither_count_pages_nor_rise_are_text() -> None:
    assert furniture(f"{ONE}\n12\n", f"{TWO}\n400\n", f"{THREE}\n3\n") == []


def feet(*pages: str) -> list[str]:
    """The first lines of the notes at the feet of the pages."""
    layout = measure(read_source("\f".join(pages).encode(), "book"))
    return [foot.rows[0].text for foot in layout.feet]


def test_numbered_paragraphs_at_the_end_of_a_page_are_no_notes() -> None:
    articles = "1. The ferry shall be open to everybody.\n\n2. The rope shall be kept dry by the ferryman.\n\n"

    assert feet(f"{ONE}\n                1\n", f"{TWO}\n{articles}                2\n", f"{THREE}\n                3\n") == []


def test_a_note_at_the_foot_of_a_page_has_its_number_in_the_text_above() -> None:
    noted = TWO.replace("shed, and\n", "shed,1 and\n", 1)

    assert feet(f"{ONE}\n                1\n", f"{noted}\n1. It was sold.\n\n                2\n", f"{THREE}\n                3\n") == [
        "1. It was sold."
    ]


def test_a_note_at_the_foot_may_stand_farther_from_its_sign_where_lines_are_filled_with_blanks() -> None:
    noted = ONE.replace(".", ".*", 1)
    assert feet(
        f"{noted}\n  *  It was  sold to the  miller.\n\n                1\n", f"{TWO}\n                2\n", f"{THREE}\n                3\n"
    ) == ["*  It was  sold to the  miller."]


def test_the_notes_of_the_whole_book_below_its_last_page_are_not_at_its_foot() -> None:
    noted = [f"{page.rstrip()}[{n}]\n\n                {n}\n" for n, page in enumerate((ONE, TWO, THREE, FOUR), 1)]
    notes = "".join(f"[{n}] The roll has it on leaf {n}.\n\n" for n in range(1, 5))

    assert feet(*noted, f"{FOUR.rstrip()}[4]\n\n{notes}") == []


def test_notes_above_a_chapter_that_opens_on_a_new_page_stand_at_the_foot_of_the_page() -> None:
    noted = [page.replace("shed, and\n", "shed,1 and\n", 1) for page in (ONE, TWO, THREE)]
    opening = f"\n\n\n\n\n                THE SMITHY\n\n{FOUR}\n                4\n"
    pages = [f"{n}               The Bell\n\n{page}\n  1 It was sold.\n" for n, page in enumerate(noted, 1)]

    assert feet(*pages[:2], pages[2] + opening) == ["1 It was sold."] * 3


def test_notes_of_a_whole_chapter_above_the_next_are_not_those_of_its_last_page() -> None:
    first = ONE.replace("shed, and\n", "shed,[1] and\n", 1)
    second = TWO.replace("shed, and\n", "shed,[2] and\n", 1)
    ends = "[1] It was sold.\n\n[2] It was bought.\n\n\n\n\n                THE SMITHY\n\n"

    assert (
        feet(f"1               The Bell\n\n{first}", f"2               The Bell\n\n{second}\n{ends}{THREE}", f"3      The Bell\n\n{FOUR}")
        == []
    )


def test_a_list_above_notes_is_none_of_them_though_its_numbers_are_the_same() -> None:
    noted = TWO.replace("shed, and\n", "shed,1 and\n", 1)
    foot = "1. The bell.\n2. The boat.\n\n  1 It was sold.\n\n                2\n"

    assert feet(f"{ONE}\n                1\n", f"{noted}\n{foot}", f"{THREE}\n                3\n") == ["1 It was sold."]


def test_notes_with_many_stars_and_bars_stand_at_the_foot() -> None:
    noted = TWO.replace("shed, and\n", "shed,***** and\n", 1).replace("nail\n", "nail||\n", 1)
    foot = "\n  ***** It was sold.\n\n  || And the nail too.\n\n                2\n"

    assert feet(f"{ONE}\n                1\n", f"{noted}{foot}", f"{THREE}\n                3\n") == ["***** It was sold."]


def test_the_same_note_on_several_pages_heads_none() -> None:
    noted = [page.replace("shed, and\n", "shed,1 and\n", 1) for page in (ONE, TWO, THREE, FOUR)]
    pages = [f"{page}\n  1 Lord Marl.\n\n                {n}\n" for n, page in enumerate(noted, 1)]

    assert [kind for _, kind, _ in furniture(*pages)] == ["pageNum"] * 4
    assert feet(*pages) == ["1 Lord Marl."] * 4


def test_the_number_of_a_chapter_is_no_page_though_the_page_before_has_the_same() -> None:
    page = f"and {ONE}{TWO}{THREE}"[:-2]
    pages = [f"{page}\n\n                {n}\n" for n in range(1, 8)]
    pages[2] = f"                2\n\n{pages[2]}"
    layout = measure(read_source("\f".join(pages).encode(), "bell"))

    assert [n for kind, n in layout.furniture.values() if kind == "pageNum"] == list("1234567")
    assert [row.text for row in layout.rows if row.text.isdigit()] == ["2"]


def test_a_running_head_as_wide_as_the_text_has_the_number_between_those_of_its_neighbours() -> None:
    long = "How the Harbour-Master Kept the Key of the Shed and Boat  5"
    heads = ["2      The Bell", "THE FERRYMAN  3", "4      The Bell", long, "6      The Bell", "THE SMITH  7", "8      The Bell"]
    page = f"and {ONE}{TWO}{THREE}"[:-2]
    text = f"THE BELL\n\n{TWO}" + "".join(f"\n\n{head}\n\n{page}\n" for head in heads)
    found = [kind for _, kind in sorted(measure(read_source(text.encode(), "bell")).furniture.items())]

    assert found == [("header", n) for n in "2345678"]


def test_the_same_words_in_several_notes_are_no_running_title() -> None:
    noted = [page.replace("shed, and\n", "shed,(1) and\n", 1) for page in (ONE, TWO, THREE, FOUR)]
    pages = [f"{page}\n  (1) Lord Marl.\n\n                {n}\n" for n, page in enumerate(noted, 1)]

    assert [kind for _, kind, _ in furniture(*pages)] == ["pageNum"] * 4
    assert feet(*pages) == ["(1) Lord Marl."] * 4


def test_a_page_may_end_right_below_a_number_without_one_of_its_own() -> None:
    text = "CHAPTER I\n" * 10 + "\n" * 20 + "12\n\n\fCHAPTER I\n1 The third volume has speeches and letters.\n"
    blocks = recognise(read_source(text.encode(), "book")).blocks

    bare = [i for i, block in enumerate(blocks) if not block.rows]
    assert [blocks[i].kind for i in bare] == ["furniture"]
    assert blocks[bare[0] - 1].text == "12"


def test_numbers_between_dashes_as_far_apart_as_pages_cut_no_sentence_and_count_them() -> None:
    page = "".join(f"The {who} kept the bell in the boat, and locked the shed.\n" for who in ("smith", "widow", "cook", "baker") * 3)
    text = "".join(f"{page}\n                - {n} -\n\n\n" for n in range(1, 7))
    sections = "".join(f"[{n}]\n\n{page * n}\n" for n in range(1, 7))

    assert measure(read_source(text.encode(), "bell")).pages == 6
    assert measure(read_source(sections.encode(), "bell")).pages == 0


def _stanzas(count: int, page: int) -> str:
    """Stanzas of four verses that no other page has."""
    return "\n\n".join(
        "\n".join(
            f"    {line.format(page * 10 + n)}"
            for line in ("The bell of boat {} is slow,", "the ferryman is late,", "and {} are there", "who wait.")
        )
        for n in range(count)
    )


def _dashed(*lengths: int) -> int:
    """How many numbers between dashes count the pages of a book of verse, each with so many stanzas."""
    pages = (f"{_stanzas(count, n)}\n\n              - {n} -\n" for n, count in enumerate(lengths, 2))
    layout = measure(read_source("\n".join(pages).encode(), "book"))
    return sum(kind == "pageNum" for kind, _ in layout.furniture.values())


def test_pages_of_verse_may_end_early_and_hardly_ever_below_their_foot() -> None:
    assert _dashed(6, 6, 6, 3, 6, 6, 2, 6, 6, 6) == 10
    assert _dashed(6, 3, 9, 4, 7, 2, 5, 8, 3, 6) == 0  # sections


def test_the_numbers_over_poems_whose_verses_are_turned_over_are_no_pages() -> None:
    prose = (
        "The verses that follow were found in the pocket of a coat that nobody had\n"
        "sent for, and they are printed here in the order in which they were found,\n"
    )
    firsts = (
        "O for a road", "Who has the key of the mill", "Nobody mended the oar", "Down by the lock", "Let the bell ring",
        "Late in the frost", "All that he sold", "Under the eaves", "How should a goat", "Since you have asked", "Never a lamp",
        "Once in a barge",
    )  # fmt: skip
    stanza = '"{}\n      before the road came;\nAnd the dog of the ferry is counting the stars\n      and will not come home.'
    dated = {3: "\n\n_Lorne, March 3, 1859_", 7: "\n\n_Hull, in the frost_"}
    poems = [
        f"{n}\n\n" + "\n\n".join(stanza.format(line) for line in (first, f"The {n} sings", f"The {n} sleeps")) + dated.get(n, "")
        for n, first in enumerate(firsts, 1)
    ]
    text = prose * 6 + "in March.\n\n\n" + "\n\n\n".join(poems)

    assert measure(read_source(text.encode(), "ferry")).pages == 0


def test_the_numbers_over_stanzas_that_begin_again_in_each_canto_are_no_pages_though_those_of_the_contents_cut_entries() -> None:
    verses = ("The bell of boat {} is slow,", "the ferryman is late,", "and {} are there who wait for him", "where no lamp is;") * 2
    stanza = "\n".join(f"    {verse}" for verse in verses)[:-1] + "."
    canto = "\n\n".join(f"    {n}\n\n{stanza}".replace("{}", str(100 + n)) for n in range(1, 21))
    entries = "".join(
        f"    »   »  {name} song                »   {n}\n\n"
        for name, n in (("second", 332), ("third", 333), ("fourth", 334), ("last", 344))
    )
    listed = f"Notes on the first song                »   ibid\n\n{entries}"
    text = "".join(f"\n\n\nCANTO {n}\n\n\n{canto}\n" for n in ("I", "II", "III", "IV")) + f"\n\n\nCONTENTS\n\n{listed}"

    assert measure(read_source(text.encode(), "ferry")).pages == 0


def test_couplets_above_titles_at_the_margin_begin_no_paragraphs() -> None:
    prose = (
        "The verses that follow were found in the pocket of a coat that nobody had\n"
        "sent for, and they are printed here in the order in which they were found,\n"
        "as far as anybody can tell.\n\n"
    )
    poems = [
        f"\nThe Song of the {name.title()}\n\n  The {name} goes over the water at night.\n  And nobody knows of the {name}.\n\n"
        for name in ("ferry", "carrier", "sexton", "miller", "widow", "captain", "doctor", "cook")
    ]

    assert measure(read_source((prose + "".join(poems)).encode(), "ferry")).style == "blank"


def test_signatures_rise_through_the_book_and_catchwords_are_the_first_words_of_the_next_pages() -> None:
    leaves = zip((ONE, TWO, THREE, FOUR), ("B", "B 2", "C", "C 2"), strict=True)
    pages = [f"that {page}and he told me\n{'that':>60}\n            {sheet}\n" for page, sheet in leaves]
    found = [(text, kind) for text, kind, _ in furniture(*pages, "That was all.\n")]

    assert found == [(text, kind) for sheet in ("B", "B 2", "C", "C 2") for text, kind in (("that", "catch"), (sheet, "sig"))]


def test_a_short_last_line_at_the_right_is_no_catchword_when_the_next_page_begins_otherwise() -> None:
    assert furniture(*(f"{page}{'MARL.':>60}\n" for page in (ONE, TWO, THREE, FOUR)), ONE) == []


def test_beside_numbers_of_pages_the_number_of_a_chapter_that_does_not_fit_between_them_is_none() -> None:
    body = [f"that {ONE}{TWO}{THREE}and the {trade} thought\n" for trade in ("smith", "widow", "carrier", "keeper", "miller", "baker")]
    pages = [f"{page}\n                {n}\n" for n, page in enumerate(body, start=11)]
    pages[3] = "                3.\n\n\n" + pages[3]

    assert [n for _, kind, n in furniture(*pages) if kind == "pageNum"] == ["11", "12", "13", "14", "15", "16"]


def test_numbers_of_chapters_in_the_margin_of_their_first_lines_are_no_pages() -> None:
    trades = ["ferryman", "smith", "widow", "harbour-master", "weaver", "cooper", "pilot", "miller", "sexton", "drover", "clerk", "ringer"]
    chapter = (
        "The {0} of the village had never seen the bell before that                {1}\n"
        "winter, and the bell had never been seen by anybody who was not a\n"
        "{0}. So there was no quarrel between them, and they were both of\n"
        "them asleep when the water came, and neither of them awoke, though\n"
        "the {0} said afterwards that he had heard the ringing of it.\n"
    )
    more = "\n".join(prose("{0}") for _ in range(4))
    text = "\n".join(f"THE {trade.upper()}'S PART\n\n{(chapter + more).format(trade, n)}" for n, trade in enumerate(trades, 1))

    assert furniture(text) == []


def test_a_number_and_its_word_within_a_rule_mark_a_page() -> None:
    text = "".join(f"=== Page {n} {'=' * 60}\n\n{page}\n" for n, page in enumerate((ONE, TWO, THREE), start=9))

    assert [found[1:] for found in furniture(text)] == [("mark", "9"), ("mark", "10"), ("mark", "11")]


def test_a_page_may_end_between_the_name_that_signs_a_letter_and_its_date() -> None:
    letter = (
        "LETTERS TO A NIECE\n\nCorn Lane, {} May 1802.\n\n\n\n\n{:34}LETTER {}.\n\nMY DEAR ANNA,\n\n"
        "{}\n{:30}Yours ever,\n{:30}HANNAH TARN.\n"
    )
    pages = [
        letter.format(day, "", n, page, "", "")
        for day, (n, page) in enumerate(zip(("I", "II", "III", "IV"), (ONE, TWO, THREE, FOUR), strict=True))
    ]

    found = recognise(read_source("\f".join(pages).encode(), "letters")).blocks

    assert [block.text for block in found if block.kind == "dateline"] == [f"Corn Lane, {day} May 1802." for day in range(4)]


def test_numbers_in_braces_that_begin_again_with_five_count_lines() -> None:
    english = load("en")
    passages = ["The boat lay there {5}", "and nobody saw it. {10}", "The rope was gone {5}", "in the morning, {10} and the goat {15}"]
    assert not has_page_marks(passages, english)
    assert has_page_marks([*passages, "with it. {16}"], english)
    assert has_page_marks(["It lay there {5}", "until {10} somebody {15} came"], english)


def test_pages_of_a_contents_page_on_lines_of_their_own_count_no_pages() -> None:
    contents = [Number(row, value, "pageNum", n) for row, value, n in ((3, 2, "ii"), (5, 1, "1"), (7, 9, "9"), (9, 9, "9"), (12, 30, "30"))]
    pages = [Number(40 * value, value, "pageNum", str(value)) for value in range(1, 9)]
    blank = [
        Number(400, 9, "pageNum", "9"),
        Number(402, 10, "pageNum", "10"),
        Number(404, 11, "pageNum", "11"),
        Number(406, 12, "pageNum", "12"),
    ]
    assert without_contents([*contents, *pages, *blank]) == [*pages, *blank]
