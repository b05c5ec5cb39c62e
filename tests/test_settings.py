"""The settings of a sidecar: each goes before what would be measured, and shows in what is made."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from lxml import etree

from tei_pipeline.outline import outline
from tei_pipeline.pipeline import convert
from tei_pipeline.recognise import recognise
from tei_pipeline.sidecar import Settings, Sidecar
from tei_pipeline.source import read_source

TEI = "{http://www.tei-c.org/ns/1.0}"
INDENTED = """The Weigh-House

  The scales stood at the end of the quay, where everybody could
see them, and nobody looked.
  They had been put there by a council that trusted no one, itself
included, and they weighed a little too much on Fridays.
"""
SPACED = "One line of the song\n\nand the other line of it\n\n\n\nAnother song begins here\n\nand ends a line below.\n"
SPEAKERS = """Anna. You have the keys.

Ben. I gave them back.

Anna. To whom?
"""
VERSE = """A Song for the Scales

    Weigh the herring, weigh the hake,
      Weigh the salt and weigh the rye,
    Never weigh a man's mistake,
      Never weigh a sigh.

And so they sang until the tide came in and the scales were under water again.
"""
HYPHENS = """The weighmaster wrote it down, and the weighmaster signed it, and each week-
end the weighmaster forgot it, as every weighmaster must: the weigh-
master kept no copies, and no other weighmaster asked for one of them.
"""
QUOTED = "The clerk said “no,” and »never«, and ‘hardly’; then he went home to his supper.\n"
NOTES = """The Report

The scales were tried in March[1] and found to be honest enough.

[1] In the presence of two bakers.
"""


_LINES = (
    "who stood there all the night could say who had won the weighing, and\nnobody asked the scales, which had been told to count and\n"
)
_PAGE = f"{_LINES * 8}nobody\n\n{{}}\n\n"
PAGES = "".join(_PAGE.format(n) for n in range(5, 12))


def made(text: str, **settings: object) -> str:
    """The outline of the text with these settings."""
    return outline(recognise(read_source(text.encode(), "a"), Sidecar(settings=Settings(**settings))).document, 1000)  # type: ignore[arg-type]


def built(text: str, **settings: object) -> Mapping[str, bytes]:
    return convert(read_source(text.encode(), "a"), Sidecar(settings=Settings(**settings))).outputs  # type: ignore[arg-type]


def edition(text: str, **settings: object) -> bytes:
    return built(text, **settings)["a.xml"]


def words(xml: bytes, name: str) -> list[str]:
    """The words of each element of that name in the text of an edition."""
    found = etree.fromstring(xml).iterfind(f"{TEI}text//{TEI}{name}")
    return [" ".join("".join(map(str, element.itertext())).split()) for element in found]


def test_paragraphs_begin_where_the_editor_says() -> None:
    assert made(INDENTED, paragraphs="indent").count("\n  p ") == 2
    assert made(INDENTED, paragraphs="blank").count("\n  p ") == 1


def test_unwrapped_lines_are_paragraphs_each() -> None:
    text = "A short paragraph.\nAnother one, as short.\nA third.\n"
    assert made(text, paragraphs="unwrapped").splitlines() == ['p "A short paragraph."', 'p "Another one, as short."', 'p "A third."']
    assert len(made(text).splitlines()) == 1


@pytest.mark.parametrize(("spacing", "first"), [(2, "One line of the song and the other line of it"), (1, "One line of the song")])
def test_spacing_says_how_far_printed_lines_stand_apart(spacing: int, first: str) -> None:
    assert f'"{first}"' in made(SPACED, spacing=spacing, verse=False)


def test_a_play_has_speakers_however_few_and_what_is_none_has_no_one() -> None:
    assert made(SPEAKERS, drama=True).splitlines()[:2] == ['sp "Anna."', '  p "You have the keys."']
    play = SPEAKERS * 6
    assert "sp " in made(play)
    assert "sp " not in made(play, drama=False)


def test_there_is_no_verse_where_the_editor_knows_better() -> None:
    assert "stanza 4 lines" in made(VERSE)
    assert "stanza" not in made(VERSE, verse=False)


def test_hyphens_are_kept_or_decided() -> None:
    assert words(edition(HYPHENS), "pc") == ["-"]
    kept = edition(HYPHENS, hyphens="keep")
    assert words(kept, "pc") == []
    assert "week-end" in words(kept, "p")[0]
    assert "weigh-master" in words(kept, "p")[0]


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        (None, ["“no,”", "»never«", "‘hardly’"]),
        (("“”",), ["“no,”"]),
        (("»«", "‘’"), ["»never«", "‘hardly’"]),
        ((), []),
    ],
)
def test_only_the_marks_of_the_editor_are_quotation_marks(pairs: tuple[str, ...] | None, found: list[str]) -> None:
    assert words(edition(QUOTED, quotation=pairs), "q") == found


@pytest.mark.parametrize(
    ("exports", "suffixes"),
    [
        (None, {".json", ".txt"}),
        (("json",), {".json"}),
        (("text",), {".txt"}),
        (("xml",), set()),
        ((), set()),
    ],
)
def test_what_is_written_beside_the_edition(exports: tuple[str, ...] | None, suffixes: set[str]) -> None:
    assert set(built(NOTES, exports=exports)) == {"a.xml", "a.provenance.json", *(f"a{suffix}" for suffix in suffixes)}


def test_notes_stand_at_their_references_in_exports_for_viewers_alone() -> None:
    plain, inline = built(NOTES), built(NOTES, notes="inline")
    assert inline["a.xml"] == plain["a.xml"]
    assert set(inline) - set(plain) == {"a.inline.xml"}
    note = etree.fromstring(inline["a.inline.xml"]).find(f"{TEI}text//{TEI}p/{TEI}note")
    assert note is not None
    before = note.getparent()
    assert before is not None
    assert (before.text or "").strip() == "The scales were tried in March"
    assert b"tried in March[1]" in plain["a.txt"].replace(b"\n", b" ")
    assert b"tried in March [In the presence of two bakers.]" in inline["a.txt"].replace(b"\n", b" ")
    assert inline["a.json"] == plain["a.json"]


def test_notes_inline_make_no_second_file_where_no_xml_was_asked_for() -> None:
    assert set(built(NOTES, notes="inline", exports=("text",))) == {"a.xml", "a.txt", "a.provenance.json"}


def test_every_setting_of_the_schema_is_here() -> None:
    from tei_pipeline.sidecar.check import schema

    tried = {"paragraphs", "spacing", "drama", "verse", "hyphens", "quotation", "exports", "notes", "note_style", "pages"}
    assert set(schema()["properties"]["settings"]["properties"]) == tried | {"encoding"}  # encoding: test_parts, test_cli


def test_the_editor_s_play_is_one_also_where_it_sounds_like_a_report() -> None:
    text = "Anna. We shall vote. (Applause.)\n\nBen. We have voted. (Laughter.)\n\nAnna. Then we go home. (Stormy applause.)\n"
    assert words(edition(text, drama=True), "stage") == ["(Applause.)", "(Laughter.)", "(Stormy applause.)"]


def test_pages_may_be_said_to_be_none() -> None:
    assert '"7"' not in made(PAGES)
    assert '"7"' in made(PAGES, pages="none")


def test_notes_may_be_said_to_be_none() -> None:
    assert "note" in made(NOTES)
    assert "note" not in made(NOTES, note_style="none")
