"""What stands at the tops and feet of printed pages: numbers, titles, lists, catchwords."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.layout import Layout, measure
from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.rows import Row
from tei_pipeline.settle.nesting.torn import torn_again, torn_headings, whole
from tei_pipeline.source import read_source

TRADES = ("ferryman", "smith", "widow", "carrier", "keeper", "bailiff", "miller", "cook")
PLACES = ("below the mill", "behind the church", "on the towing path", "beside the inn", "under the bridge", "at the sluice")
WIDTH = 66


def _prose(n: int, lines: int = 12, ends: bool = True) -> list[str]:
    """Lines of one paragraph, set in, which ends in its last line or goes on."""
    who = TRADES[n % len(TRADES)]
    made = [f"and the {who} had looked for the boat {PLACES[(n + k) % len(PLACES)]} once more" for k in range(lines)]
    return [f"   The {who} had looked for the boat {PLACES[n % len(PLACES)]} all day", *made[1:-1], made[-1] + ("." if ends else " with")]


def _centred(text: str) -> str:
    return text.center(WIDTH).rstrip()


def _outer(number: int) -> str:
    """A number at the outer side of its page."""
    return str(number) if number % 2 == 0 else str(number).rjust(WIDTH)


def _layout(lines: list[str]) -> Layout:
    return measure(read_source("\n".join(lines).encode(), "case"))


def _printed(lines: list[str]) -> str:
    return str(outline(recognise(read_source("\n".join(lines).encode(), "case")).document, 4000))


def _numbers(layout: Layout) -> list[str]:
    return [n for _, n in layout.furniture.values()]


def test_a_number_at_the_foot_stands_right_over_the_next_at_a_head() -> None:
    lines: list[str] = []
    for page in range(5, 13, 2):
        lines += ["", _centred(f"THE {TRADES[page % 8].upper()}"), "", "", *_prose(page, 14, ends=False), "", _centred(str(page)), "", ""]
        lines += [str(page + 1), "", f"and the {TRADES[page % 8]} went home.", *_prose(page + 1, 12), "", ""]
    assert _numbers(_layout(lines)) == [str(page) for page in range(5, 13)]


def _verses(n: int) -> list[str]:
    return [f"The {TRADES[(n + k) % 8]} sang {PLACES[(n + k) % 6]};" for k in range(4)]


def test_numbers_alone_at_the_outer_sides_count_the_pages_of_verse() -> None:
    lines: list[str] = []
    for page in range(2, 12):
        lines += ["", "", _outer(page), "", *_verses(page), "", *_verses(page + 1), "", *_verses(page + 2), "", *_verses(page + 3)]
    assert _numbers(_layout(lines)) == [str(page) for page in range(2, 12)]


def test_a_number_that_ends_a_text_heads_nothing() -> None:
    pages = [[*_prose(n, 5), "", *_verses(n), "", *_verses(n + 1), "", _centred(str(n)), "", ""] for n in range(1, 5)]
    assert _numbers(_layout([line for page in pages for line in page])) == ["1", "2", "3", "4"]
    chapters = [[_centred(str(n)), "", *_prose(n, 5), "", *_verses(n), "", *_verses(n + 1), "", ""] for n in range(1, 5)]
    assert _numbers(_layout([line for chapter in chapters for line in chapter])) == []


def test_numbers_right_below_one_another_are_entries_and_no_pages() -> None:
    lines = [_centred("CONTENTS"), "", _centred("PART I. THE WEIR")]
    lines += [*(_centred(f"{n}.") for n in range(1, 5)), _centred("PART II. THE BELL"), *(_centred(f"{n}.") for n in range(5, 9)), "", ""]
    for page in range(4, 16):
        head = f"{page}{'The Ferry':^52}".rstrip() if page % 2 == 0 else f"{'The Weir':>36}{page:>24}"
        lines += ["", "", head, "", f"and the {TRADES[page % 8]} went home.", *_prose(page, 12, ends=False)]
    assert _numbers(_layout(lines)) == [str(page) for page in range(4, 16)]


def test_titles_at_the_tops_of_pages_far_from_each_other_are_no_running_heads() -> None:
    lines: list[str] = []
    for page in range(2, 22):
        title = [_centred("A REMARK"), ""] if page % 6 == 2 else []
        opens = "The" if title else "and the"
        lines += [_outer(page), "", *title, f"{opens} {TRADES[page % 8]} went home.", *_prose(page, 12, ends=page % 6 == 1), "", ""]
    layout = _layout(lines)
    assert [row.text for row in layout.rows if row.text.isupper()] == 4 * ["A REMARK"]
    assert len(layout.furniture) == 20


def test_catchwords_that_look_like_signatures_hide_none() -> None:
    firsts = ("he", "It", "in", "He", "and", "I", "so", "He", "but", "It", "as", "He", "if", "so", "He", "in")
    lines: list[str] = []
    for page, (first, following) in enumerate(zip(firsts, [*firsts[1:], ""], strict=True), start=1):
        signature = [_centred(chr(64 + page // 4 + 1))] if page % 4 == 0 else []
        lines += [f"{first} {line.strip()}" if k == 0 else line for k, line in enumerate(_prose(page, 12, ends=following[:1].isupper()))]
        lines += [following.rjust(WIDTH), *signature, "", _centred(str(page)), "", ""]
    kinds = [kind for kind, _ in _layout(lines).furniture.values()]
    assert kinds.count("sig") == 4
    assert kinds.count("pageNum") == 16
    assert kinds.count("catch") == 15


def test_letters_of_a_dictionary_stand_at_the_tops_of_pages_too() -> None:
    words = {"A": "ANCHOR", "B": "BANK", "C": "CURRENT", "D": "DROUGHT", "F": "FERRY"}
    lines: list[str] = []
    for page, (letter, word) in enumerate(words.items(), start=1):
        lines += [
            ("\f" if page > 1 else "") + _centred(letter + "."),
            "",
            "",
            "",
            _centred(word),
            "",
            "",
            *_prose(page, 8),
            *_prose(page, 6),
        ]
        lines += ["", _centred(str(page))]
    printed = _printed(lines)
    assert [letter for letter in words if f'head "{letter}."' not in printed] == []
    assert "signed" not in printed


def test_the_index_begins_a_page_below_the_glossary() -> None:
    lines = [_centred(str(1)), ""]
    for page in range(2, 7):
        lines += ["", "", f"{page}{'THE FERRY':^50}".rstrip(), "", f"and the {TRADES[page]} went home.", *_prose(page, 14, ends=page == 6)]
    glossary = ("Anchor, a weight.", "Bank, a side.", "Current, an opinion.", "Drought, a holiday.", "Eel, a guest.", "Ferry, a promise.")
    more = ("Gate, a hindrance.", "Keeper, a sleeper.", "Mill, a noise.")
    lines += ["", "", "", _centred("GLOSSARY"), "", "", "", *glossary, *more, "", _centred("7"), "", "", _centred("INDEX."), ""]
    lines += [f"{trade.capitalize()}, at the ferry, {n}, {n + 12}" for n, trade in enumerate(sorted(TRADES), start=20)]
    printed = _printed(lines)
    assert 'head "GLOSSARY"' in printed
    assert 'head "INDEX."' in printed


def test_the_first_title_of_the_contents_at_the_top_of_the_next_page_is_no_entry() -> None:
    lines = [_centred("CONTENTS."), "", "INTRODUCTION", "THE WEIR", "THE BELL", "THE ROPE", "", _centred("1")]
    for page, title in enumerate(("INTRODUCTION", "THE WEIR", "THE BELL", "THE ROPE"), start=1):
        lines += [f"\f{_centred(title)}", "", "", "", *_prose(page, 14), *_prose(page + 1, 8), "", _centred(str(page + 1))]
    printed = _printed(lines)
    assert printed.count('item "') == 4
    assert 'head "INTRODUCTION"' in printed


def test_titles_without_text_head_groups_on_pages_where_others_are_nearer() -> None:
    groups = {"BALLADS.": ("The Weir", "The Bell and the Rope"), "SONNETS.": ("High Water", "The Shed"), "TALES.": ("A Lantern", "The Oar")}
    lines = ["", _centred("CONTENTS."), ""]
    for group, titles in groups.items():
        lines += [group, *titles]
    page = 1
    for group, titles in groups.items():
        page += 1
        lines += ["", _centred(str(page)), "\f", "", "", "", "", "", "", _centred(group)]
        for title in titles:
            lines += ["", "", "", _centred(title), "", *_prose(page, 8)]
            page += 1
            lines += [*_prose(page, 8, ends=False), "", _centred(str(page)), "\fand went home.", *_prose(page, 9)]
    printed = _printed(lines)
    assert [group for group in groups if f'\n  head "{group}"' not in printed] == []
    assert [title for titles in groups.values() for title in titles if f'\n    head "{title}"' not in printed] == []


def test_two_lessons_of_the_contents_stand_as_deep_whatever_is_left_above_the_first() -> None:
    lines = [_centred("CONTENTS"), "", "INTRODUCTION      3", "", "LESSON I. THE WEIR      7", "", "LESSON II. THE BELL      9", "", "", ""]
    titles = {3: "INTRODUCTION.", 6: "LESSON I\n\n" + _centred("THE WEIR"), 8: "LESSON II\n\n" + _centred("THE BELL")}
    for page in range(2, 11):
        lines += [f"{page}{'THE FERRY':^50}".rstrip(), "", f"and the {TRADES[page % 8]} went home."]
        gap = ["", ""] if page == 6 else ["", "", "", ""]
        title = [*gap, *_centred(titles[page].split("\n")[0]).split("\n"), *titles[page].split("\n")[1:], "", ""] if page in titles else []
        lines += [*_prose(page, 12), *title, *_prose(page + 1, 12, ends=False), "", ""]
    printed = _printed(lines)
    assert '\n  head "INTRODUCTION."' in printed
    assert '\n  head "LESSON I THE WEIR"' in printed
    assert '\n  head "LESSON II THE BELL"' in printed


def test_pages_are_counted_anew_behind_those_of_the_front() -> None:
    lines: list[str] = []
    for page, number in enumerate(("i", "ii", "iii", "iv", "v"), start=1):
        lines += ["", "", *([_centred("INTRODUCTION")] if page == 1 else [_centred("THE FERRY") + f"    {number}"]), ""]
        lines += [f"and the {TRADES[page]} went home.", *_prose(page, 12, ends=page == 5)]
    lines += ["", "", "", "", _centred("PART I."), "", _centred("1"), ""]
    for page in range(3, 12):
        head = f"{page}{'THE FERRY':^52}".rstrip() if page % 2 == 0 else f"{'PART I.':>36}{page:>24}"
        opens = [_centred(f"{page}. The {TRADES[page % 8].capitalize()}"), ""] if page in (3, 7) else []
        lines += ["", "", *(opens or [head, ""]), f"and the {TRADES[page % 8]} went home.", *_prose(page, 14, ends=False)]
        lines += ["", _centred(str(page)), ""] if opens else []
    assert "1" in _numbers(_layout(lines))


def test_the_last_entry_of_the_contents_over_the_number_of_its_page_is_no_running_head() -> None:
    lines = [
        _centred("CONTENTS"),
        "",
        _centred("INTRODUCTION"),
        "",
        _centred("THE WEIR"),
        "",
        _centred("THE BELL"),
        "",
        _centred("Page ii"),
        "",
    ]
    for page, title in enumerate(("INTRODUCTION", "THE WEIR", "THE BELL"), start=1):
        lines += ["", "", "", _centred(title), "", *_prose(page, 14), *_prose(page + 1, 9), "", _centred(f"Page {page}"), ""]
    lines += ["", _centred("THE BELL"), "", *_prose(5, 9), "", _centred("Page 4")]
    layout = _layout(lines)
    assert [row.text for row in layout.rows if row.text == "THE BELL"] == 2 * ["THE BELL"]


def test_a_numbered_title_heads_the_pages_behind_it() -> None:
    lines = ["", _centred("THE FERRY"), "", ""]
    for page in range(1, 13):
        title = f"{page // 4 + 1}. The {TRADES[page // 4].capitalize()}"
        opens = ["", "", _centred(title), ""] if page % 4 == 0 else []
        head = _centred("THE FERRY" if page % 2 == 0 else title.upper())
        lines += ["", *(opens or [head, ""]), *_prose(page, 16, ends=page % 4 == 3), "", _outer(page), ""]
    kept = [row.text for row in _layout(lines).rows if row.text[:1].isdigit()]
    assert kept == ["1. THE FERRYMAN", "2. The Smith", "3. The Widow", "4. The Carrier"]


def test_chapters_with_text_above_their_sections_are_no_second_version_of_these() -> None:
    lines: list[str] = []
    for chapter in range(1, 6):
        number = ("I", "II", "III", "IV", "V")[chapter - 1]
        lines += ["", "", "", "", _centred(f"{number}. THE {TRADES[chapter].upper()}"), "", *_prose(chapter, 6)]
        for section in ("I.", "II.", "III.", "IV.")[: chapter + 1 if chapter < 4 else 2]:
            lines += ["", "", _centred(section), "", *_prose(chapter + 1, 6)]
    printed = _printed(lines)
    assert printed.count('\n    head "I."') == 5


def test_a_number_at_the_top_of_a_page_ends_what_is_set_in() -> None:
    lines: list[str] = []
    for number, page in zip(("I", "II", "III", "IV", "V", "VI"), range(2, 8), strict=True):
        lines += ["", "", f"{page}{'THE FERRY':^52}".rstrip(), "", _centred(number + "."), "", "Ferry House, Tuesday.".rjust(WIDTH), ""]
        lines += [f"    My dear {TRADES[page].capitalize()},", *_prose(page, 10), "", "    Yours ever,", "    The Keeper.", "", ""]
        lines += [
            f"    The {TRADES[page]} has crossed out this letter, and wrote below it",
            "        that",
            "    he had been there himself.",
        ]
    printed = _printed(lines)
    assert [n for n in ("I", "II", "III", "IV", "V", "VI") if f'head "{n}."' not in printed] == []


def test_the_text_of_a_section_is_not_its_title() -> None:
    lines: list[str] = []
    for n in range(1, 9):
        lines += ["", f"SEC. {n}. The {TRADES[n % 8]} keeps the boat. He may not", "cross by night, nor carry more than six, nor leave it"]
        lines += ["at the other side; and what is lost by him is to be paid", f"by the {TRADES[(n + 1) % 8]} who was with him."]
    assert "head" not in _printed([_centred("THE RULES OF THE FERRY"), "", "", *lines]).replace('head "THE RULES OF THE FERRY"', "")


def test_a_number_in_the_middle_right_over_the_next_at_the_side_ends_a_page_of_verse() -> None:
    lines: list[str] = []
    for page in range(2, 10, 2):
        lines += [
            "",
            "",
            _centred(f"THE {TRADES[page % 8].upper()}"),
            "",
            *_verses(page),
            "",
            *_verses(page + 1),
            "",
            _centred(str(page)),
            "",
            "",
        ]
        lines += [_outer(page + 1), "", *_verses(page + 2), "", *_verses(page + 3), "", *_verses(page), ""]
    assert _numbers(_layout(lines)) == [str(page) for page in range(2, 10)]


TITLES = ("THE FERRY IN WINTER", "THE MILLER'S DEBT", "THE NEW SLUICE", "THE BAILIFF'S HORSE", "THE LAST BOAT", "THE ICE")


def _chapters(over: list[str], torn: int) -> list[str]:
    """Chapters on pages with a number above each, and what stands over each title; one title begins the page behind that."""
    lines: list[str] = []
    for n, labels in enumerate(over):
        number = str(2 * n + 1)
        lines += ["", "", *map(_centred, labels.split("/"))] if n == torn else [number, "", "", "", *map(_centred, labels.split("/"))]
        lines += [*([number, ""] if n == torn else [""]), _centred(TITLES[n]), "", *_prose(n, 14, ends=False)]
        lines += ["", str(2 * n + 2), "", f"and the {TRADES[n]} went home.", *_prose(n + 1, 14), ""]
    return lines


def test_a_heading_goes_on_over_the_end_of_a_page() -> None:
    chapters = [f"CHAPTER {n}." for n in ("I", "II", "III", "IV", "V")]
    assert 'chapter n=3\n  head "CHAPTER III."\n  head "THE NEW SLUICE"\n  p "The widow' in _printed(_chapters(chapters, 2))


def test_a_torn_heading_is_looked_at_as_one_and_has_one_level() -> None:
    rows = [Row(at, text, 0, 2) for at, text in enumerate(("II.", "5", "THE LAST", "BOAT", "The ferryman slept."))]
    facts = Facts(level=5, number=2, n="II", type="roman")
    blocks = [
        Block("heading", 0, 1, (rows[0],), (), facts),
        Block("furniture", 1, 2, (rows[1],), (), Facts(type="pageNum")),
        Block("heading", 2, 4, (rows[2], rows[3]), (), facts, joins=True),
        Block("paragraph", 4, 5, (rows[4],), ()),
    ]
    torn = torn_headings(blocks)
    assert torn == {2: 0}
    together = whole(blocks, torn)
    assert [b.text for b in together if b.kind == "heading"] == ["II. THE LAST BOAT"]
    levelled = [replace(together[0], facts=replace(facts, level=3)), *together[1:]]
    assert [(b.kind, b.text, b.facts.level) for b in torn_again(levelled, blocks, torn)] == [
        ("heading", "II.", 3),
        ("furniture", "5", 0),
        ("heading", "THE LAST BOAT", 3),
        ("paragraph", "The ferryman slept.", 0),
    ]
