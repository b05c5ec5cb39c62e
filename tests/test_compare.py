"""``diff`` names what differs between two editions; ``learn`` makes corrections of it, so that the next build gives the edited file."""
# what was and what is stand side by side

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from benchmarks.round import EDITS, measure
from tei_pipeline.cli import cli
from tei_pipeline.compare.canonical import canonical
from tei_pipeline.compare.differences import differences
from tei_pipeline.compare.flat import flat
from tests.conftest import ROOT
from tests.test_corrections import TEXT

TEI = "http://www.tei-c.org/ns/1.0"


def tei(body: str) -> etree._Element:
    return etree.fromstring(f'<TEI xmlns="{TEI}"><text><body>{body}</body></text></TEI>')


def told(old: str, new: str) -> list[str]:
    before = flat(tei(old))
    return [f"{one.kind}: {one.what}: {before.shown(one.start, one.end)}" for one in differences(before, flat(tei(new)))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>One two.</p>", "<p>One  two.</p>", []),
        ("<p>One two.</p>", "<ab>One two.</ab>", ["retagged: p became ab: One two."]),
        ("<p>One two.</p>", "<p>One <q>two.</q></p>", ["added: q added: two."]),
        ("<p>One <q>two.</q></p>", "<p>One two.</p>", ["removed: q taken away: two."]),
        ("<p>One two.</p>", '<p rend="x">One two.</p>', ['attribute: p/@rend = "x": One two.']),
        ('<p rend="y">One two.</p>', '<p rend="x">One two.</p>', ['attribute: p/@rend = "x", was "y": One two.']),
        ('<p xml:id="a">One two.</p>', '<p xml:id="b">One two.</p>', ["renamed: p a is b: One two."]),
        (
            "<p>One two.</p><p>Three.</p>",
            "<p>One two. Three.</p>",
            ["extent: p ends later: One two. Three.", "removed: p taken away: Three."],
        ),
        ("<p>One <q>two three.</q></p>", "<p>One <q>two</q> three.</p>", ["extent: q ends earlier: two"]),
        ("<p>One two three.</p>", "<p>One twin three.</p>", ["text: words changed: two"]),
        ("<p>One two three.</p>", "<p>One three.</p>", ["text: words left out: two"]),
        (
            "<p>A whole sentence about the mill.</p><p>Two.</p><p>Three.</p>",
            "<p>Two.</p><p>Three.</p><p>A whole sentence about the mill.</p>",
            ["moved: words moved to a place later in the text: A whole sentence about the mill."],
        ),
        ("<p>teh</p>", "<p><choice><sic>teh</sic><corr>the</corr></choice></p>", ["added: choice added: teh", "added: sic added: teh"]),
    ],
)
def test_what_differs_is_named(old: str, new: str, expected: list[str]) -> None:
    found = told(old, new)
    assert [one for one in found if one in expected] == expected
    if not any(kind in "".join(expected) for kind in ("moved", "choice")):
        assert found == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            '<p xml:id="a">x <ref target="#b">1</ref></p><note xml:id="b"/>',
            '<p xml:id="c">x <ref target="#d">1</ref></p><note xml:id="d"/>',
            True,
        ),
        (
            '<p xml:id="a">x <ref target="#b">1</ref></p><note xml:id="b"/>',
            '<p xml:id="b">x <ref target="#b">1</ref></p><note xml:id="d"/>',
            False,
        ),
        ("<p>a <q>b</q> c</p>", "<p>a<q>b</q> c</p>", False),
        ("<div><p>a</p></div>", "<div>\n  <p>\n  a</p>\n</div>", True),
        ('<p resp="#resp01">a</p>', "<p>a</p>", True),
        ("<p>a</p><!-- a remark -->", "<p>a</p>", True),
        ('<p rend="x">a</p>', "<p>a</p>", False),
    ],
)
def test_when_two_editions_are_the_same(one: str, other: str, same: bool) -> None:
    assert (canonical(tei(one)) == canonical(tei(other))) is same


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


EDITED = {  # what an editor does in the XML: what is learned from it
    "a split": (r"and it did\. Then", "and it did.</p><p>Then", 'kind = "split"\nwords = "Then the bells'),
    "a reading in the text": ("that teh wheel", "that the wheel", 'kind = "reading"\nwords = "teh"\nread = "the"'),
    "a reading as printed and as meant": (
        "that teh",
        "that <choice><sic>teh</sic><corr>ten</corr></choice>",
        'kind = "reading"\nwords = "teh"\nread = "ten"',
    ),
    "a quotation taken away": (r"<q>(.It turns,.)</q>", r"\1", 'kind = "remove"'),
    "a quotation": ("no man could tell how long", "<q>no man could tell how long</q>", 'kind = "quotation"'),
    "a heading": (
        r"<p xml:id=.c01-p003.>(A short line of the town)</p>(.*?)(\s*</div>\s*<div type=.chapter. n=.2.)",
        r"<div type='section' n='s'><head>\1</head>\2</div>\3",
        'kind = "block"\nwords = "A short line',
    ),
    "a language": ("<p xml:id=.c01-p002.", r'<p xml:lang="fr" xml:id="c01-p002"', 'name = "xml:lang"'),
}


@pytest.mark.parametrize("name", EDITED)
def test_an_edit_is_learned_and_built_again(workplace: Path, name: str) -> None:
    pattern, replacement, expected = EDITED[name]
    Path("tide.txt").write_text(TEXT, "utf-8")
    assert run("build", "tide.txt").exit_code == 0
    built = Path("output/tide/tide.xml").read_text("utf-8")
    edited, count = re.subn(pattern, replacement, built, count=1, flags=re.DOTALL)
    assert count == 1
    Path("edited.xml").write_text(edited, "utf-8")
    learned = run("learn", "edited.xml")
    assert learned.exit_code == 0, learned.stderr
    assert expected in learned.stdout, learned.stdout + learned.stderr
    assert run("build", "tide.txt", "--force").exit_code == 0
    if name == "a reading in the text":  # the source keeps its words: the build gives both
        assert "<sic>teh</sic>" in Path("output/tide/tide.xml").read_text("utf-8")
        return
    assert "the next build gives this text" in learned.stderr
    again = etree.parse("output/tide/tide.xml").getroot()
    assert canonical(again) == canonical(etree.fromstring(edited.encode()))


def test_what_no_correction_says_is_listed(workplace: Path) -> None:
    Path("tide.txt").write_text(TEXT, "utf-8")
    run("build", "tide.txt")
    built = Path("output/tide/tide.xml").read_text("utf-8")
    Path("edited.xml").write_text(built.replace("All of the town stood", "<date>All of the town</date> stood"), "utf-8")
    learned = run("learn", "edited.xml")
    assert learned.exit_code == 0
    assert 'no correction says this: date added: "All of the town" (at c01-p002) [not-learned]' in learned.stderr
    assert not Path("tide.toml").exists()


def test_a_source_that_is_not_there_is_asked_for(workplace: Path) -> None:
    Path("tide.txt").write_text(TEXT, "utf-8")
    run("build", "tide.txt")
    Path("tide.txt").rename("sea.txt")
    refused = run("learn", "output/tide/tide.xml")
    assert refused.exit_code == 1
    assert "name it with --source FILE" in refused.stderr
    assert run("learn", "output/tide/tide.xml", "--source", "sea.txt").exit_code == 0


def test_rounds_close(  # one of each kind of edit; benchmarks/round.py has the full figure
) -> None:
    found = measure((ROOT / "raw" / "harbour-speeches.txt").read_bytes(), 3, len(EDITS))
    assert found.silent == 0
    assert found.rate >= 0.75
