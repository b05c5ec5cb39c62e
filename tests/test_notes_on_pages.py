"""Notes below chapters, on printed pages."""

from __future__ import annotations

from tei_pipeline.exporters.exported import TEI, XML_ID
from tei_pipeline.exporters.text import export_text
from tei_pipeline.outline import outline
from tei_pipeline.pipeline import convert
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

_TRADES = ("ferryman", "smith", "widow", "carrier", "keeper", "bailiff", "miller", "cook")
_PLACES = ("below the mill", "behind the church", "on the towing path", "beside the inn", "under the bridge", "at the sluice")
_TITLES = ("THE BELL OF THE FERRY", "HIGH WATER", "A ROPE AND ITS PRICE", "THE SHED")


def _page(n: int) -> str:
    """A page that breaks off in a sentence, or ends a chapter; each chapter has two, the first chapter a note under a heading."""
    opens, closes = n % 2 == 0, n % 2 == 1
    who = _TRADES[n]
    lines = [f"the {who} had looked for the boat {place}, and had found it there" for place in _PLACES]
    lines[0] = f"That day {lines[0]}" if opens else lines[0]
    lines[2] += "[1]" * (n == 0)
    lines[-1] += "." if closes else ", while"
    title = [f"{_TITLES[n // 2]:^70}".rstrip()] if opens else []
    notes = ["FOOTNOTES:", f"[1] The {who} has told us so."] if n == 1 else []
    return "\n\n".join([*title, "\n".join(lines), *notes, f"{n + 1:^70}".rstrip()])


def test_a_title_at_the_head_of_a_page_ends_the_notes_of_the_chapter_before() -> None:
    text = "\n\n\n".join(map(_page, range(len(_TRADES)))).replace("\n", "\n\n")
    printed = str(outline(recognise(read_source(text.encode(), "case")).document, 400))
    assert [title for title in _TITLES if f'head "{title}"' in printed] == list(_TITLES)
    assert printed.count("refs=1") == 1


def _page_with_note(n: int, amid: str = "", note: str = "", goes_on: str = "") -> str:
    """A page with a running head, which breaks off in a sentence, ``amid`` its paragraphs; the note at its foot below what the last goes
    on with.
    """
    who = _TRADES[n]
    lines = [f"the {who} had looked for the boat {place}, and had found it there" for place in _PLACES]
    lines[2] = lines[2] + ".(1)"
    lines[3] = "   T" + lines[3][1:]
    note = note or f"  (1) The {who} has told us so, and the keeper of the sluice after him."
    parts = ["\n".join(lines[:3]), amid, "\n".join(lines[3:]) + ", while"] if amid else ["\n".join(lines) + ", while"]
    return "\n\n".join([f"{n + 12}{'THE BELL OF THE FERRY':^60}".rstrip(), *parts, "\n".join(filter(None, [goes_on, note]))])


_STEPS = ("untie the boat", "look to the rope", "ring the bell twice", "wait for an answer")


def _notes_of(pages: list[str]) -> list[str]:
    printed = str(outline(recognise(read_source("\n\n\n".join(pages).encode(), "case")).document, 400))
    return [line.strip() for line in printed.splitlines() if line.strip().startswith("note")]


def test_a_list_is_none_of_the_notes_at_the_foot_of_its_page() -> None:
    plain = [_page_with_note(n) for n in range(8)]
    assert len(_notes_of(plain)) == 8
    counted = "\n".join(f"  {n}. {step.capitalize()};" for n, step in enumerate(_STEPS, 1))
    bracketed = "\n\n".join(f"  ({n}) {step.capitalize()}, and then wait;" for n, step in enumerate(_STEPS, 1))
    for amid in (counted, bracketed):
        pages = [*plain[:3], _page_with_note(3, amid), *plain[4:]]
        assert _notes_of(pages) == _notes_of(plain)


def test_a_note_goes_on_at_the_foot_of_the_next_page_without_a_rule() -> None:
    plain = [_page_with_note(n) for n in range(8)]
    long = "  (1) The widow has told us so, who had it from the carrier, and he from the boy that"
    rest = "held the lantern for him all that night; of which more below."
    pages = [*plain[:2], _page_with_note(2, note=long), _page_with_note(3, goes_on=rest), *plain[4:]]
    found = _notes_of(pages)
    assert found[3] == "note bottom"
    assert found[:3] + found[4:] == _notes_of(plain)

    made = convert(read_source("\n\n\n".join(pages).encode(), "case"))
    assert made.proved
    first, part = (note for note in made.root.iter(f"{TEI}note") if note.get("next") or note.get("prev"))
    assert (first.get("n"), part.get("n")) == ("1", None)
    assert (first.get("next"), part.get("prev")) == (f"#{part.get(XML_ID)}", f"#{first.get(XML_ID)}")
    assert (
        "    the boy that\n    held the lantern for him all that night; of which more below.\n[1] " in export_text(made.root).data.decode()
    )


def test_a_further_paragraph_of_a_note_stands_at_the_foot_of_the_next_page() -> None:
    plain = [_page_with_note(n) for n in range(8)]
    rest = "  Of the lantern nobody has told us, and it may be that there was none at all."
    found = _notes_of([*plain[:3], _page_with_note(3, goes_on=rest), *plain[4:]])
    assert found[3] == "note bottom"
    assert found[:3] + found[4:] == _notes_of(plain)


def test_notes_of_several_paragraphs_end_a_page_that_shows_no_number() -> None:
    plain = [_page_with_note(n) for n in range(8)]
    more = "  Of the lantern nobody has told us, and it may be that there was none at all."
    ended = plain[3].replace(", while", ".") + "\n" + more
    opened = plain[4].replace("THE BELL OF THE FERRY".center(60).rstrip(), "").split("\n\n", 1)[1]
    title = f"{'THE SHED':^70}".rstrip()
    found = _notes_of([*plain[:3], f"{ended}\n\n\n{title}\n\n   The keeper saw it.\n{opened}", *plain[5:]])
    assert found == _notes_of(plain)


def test_text_below_the_last_rule_of_a_table_is_no_note() -> None:
    plain = [_page_with_note(n) for n in range(8)]
    rule = f"  {'-' * 40}"
    table = "\n".join([rule, "  Weir                       645        77", "  Mill                       958        20", rule])
    text = "   § 12. The keeper had looked for the boat below the mill, and had found it\nthere. Of this he told nobody,"
    found = _notes_of([*plain[:3], _page_with_note(3, f"{table}\n\n{text}"), *plain[4:]])
    assert found == _notes_of(plain)


def test_the_number_of_a_chapter_refers_to_no_entry_of_a_list() -> None:
    plain = [_page_with_note(n) for n in range(8)]
    counted = "\n".join(f"  {n}. {step.capitalize()};" for n, step in enumerate(_STEPS, 1))
    amid = f"\n\n{'Chapter 3':^70}".rstrip() + f"\n\n   The smith knew what was to be done:\n\n\n{counted}"
    assert _notes_of([*plain[:3], _page_with_note(3, amid), *plain[4:]]) == _notes_of(plain)
