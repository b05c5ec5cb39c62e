"""XML as it is, with notes at their references, and laid out; and the table of exporters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tei_pipeline.exporters import EXPORTERS, ExportError, XmlOptions
from tei_pipeline.exporters.xml import export_xml
from tests.drawn_tei import tei_documents

FOREIGN = sorted((Path(__file__).parent / "foreign").glob("*.xml"))
NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


def c14n(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), method="c14n", with_comments=True)


def characters(root: etree._Element) -> str:
    return "".join("".join(map(str, root.itertext())).split())


def body(inside: str, **choices: Any) -> str:
    """The inside of the body after an export."""
    made = EXPORTERS["xml"](etree.fromstring(f"<TEI {NS}><text><body>{inside}</body></text></TEI>"), **choices).data.decode()
    return made.partition("<body>")[2].partition("</body>")[0]


def test_build_writes_three_formats_of_the_table() -> None:
    assert [(name, row.name, row.suffix) for name, row in EXPORTERS.items() if row.built] == [
        ("xml", "xml", ".xml"),
        ("json", "json", ".json"),
        ("text", "text", ".txt"),
    ]


@pytest.mark.parametrize("name", list(EXPORTERS))
def test_every_format_has_defaults_and_refuses_options_that_it_does_not_have(name: str) -> None:
    root = etree.parse(FOREIGN[0]).getroot()
    assert EXPORTERS[name](root).data == EXPORTERS[name].function(root, EXPORTERS[name].options()).data
    with pytest.raises(ExportError, match=f"{name}: an option that this format does not have"):
        EXPORTERS[name](root, colour="red")


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_a_file_comes_out_as_it_went_in(path: Path) -> None:
    root = etree.parse(path).getroot()
    made = export_xml(root)
    assert c14n(etree.fromstring(made.data)) == c14n(root)
    assert made.problems == ()
    assert export_xml(etree.fromstring(made.data)).data == made.data


def test_declaration_instructions_and_comments_stand_on_lines_of_their_own() -> None:
    root = etree.fromstring(f"<?a b?><!--c--><TEI {NS}/><!--d-->")
    assert export_xml(root).data.decode() == (f'<?xml version="1.0" encoding="UTF-8"?>\n<?a b?>\n<!--c-->\n<TEI {NS}/>\n<!--d-->\n')


def test_a_document_type_declaration_is_kept() -> None:
    root = etree.fromstring('<!DOCTYPE TEI [<!ENTITY a "b">]><TEI>&a;</TEI>')
    assert b'<!ENTITY a "b">' in export_xml(root).data


def test_part_of_a_document_can_be_exported() -> None:
    root = etree.fromstring(f"<TEI {NS}><text><body><p>a</p> tail</body></text></TEI>")
    assert export_xml(root[0][0][0]).data.decode().splitlines()[1:] == [f"<p {NS}>a</p>"]


NOTED = """<p>Rising,<ref type="noteAnchor" xml:id="r1" target="#n1">[1]</ref> when <ref
type="noteAnchor" xml:id="r2" target="#n1">1</ref>.</p>
<div type="notes"><head>Notes</head>
  <note place="end" xml:id="n1" target="#r1 #r2"><label>1.</label> <p>One.</p></note>
  <note place="end" xml:id="n2"><p>Two.</p></note>
</div>"""


def test_a_note_moves_to_its_first_reference() -> None:
    made = body(NOTED, notes="inline")
    note = '<note place="end" xml:id="n1" target="#r2" n="1"><label>1.</label> <p>One.</p></note>'
    assert made.startswith(f'<p>Rising,{note} when <ref type="noteAnchor" xml:id="r2" target="#n1">1</ref>.</p>')
    assert '<note place="end" xml:id="n2"><p>Two.</p></note>' in made.partition("<head>Notes</head>")[2]


def test_what_moving_notes_leaves_behind_is_named() -> None:
    root = etree.fromstring(f"<TEI {NS}><text><body>{NOTED}</body></text></TEI>")
    before = c14n(root)
    made = export_xml(root, XmlOptions(notes="inline"))
    assert [(problem.level, problem.code, problem.where) for problem in made.problems] == [
        ("warning", "note-unreferenced", "n2"),
        ("info", "references-replaced", ""),
    ]
    assert c14n(root) == before


@pytest.mark.parametrize(
    ("xml", "inline"),
    [
        (
            "<p>a<ptr target='#x #y'/> b</p><note xml:id='x'>X</note><note xml:id='y'>Y</note>",
            '<p>a<note xml:id="x">X</note><note xml:id="y">Y</note> b</p>',
        ),
        (
            "<p>a<anchor xml:id='k'/> b</p><note target='#k' xml:id='x'>X</note>",
            '<p>a<anchor xml:id="k"/><note target="#k" xml:id="x">X</note> b</p>',
        ),
        (
            "<p>a<ref target='#x'>*</ref> see <ref target='#x'>there</ref></p><note xml:id='x'>X</note>",
            '<p>a<note xml:id="x" n="*">X</note> see <ref target="#x">there</ref></p>',
        ),
        (
            "<p>one <note xml:id='x' place='bottom'>X</note> two<ref target='#x'>1</ref></p>",
            '<p>one two<note xml:id="x" place="bottom" n="1">X</note></p>',
        ),
        ("<note xml:id='x' n='1'>X<ref target='#x'>1</ref></note>", '<note xml:id="x" n="1">X<ref target="#x">1</ref></note>'),
        (
            "<note xml:id='x'>X<ref target='#y'>2</ref></note><note xml:id='y'>Y<ref target='#x'>1</ref></note>",
            '<note xml:id="y">Y<note xml:id="x" n="1">X<ref target="#y">2</ref></note></note>',
        ),
    ],
    ids=["two", "anchor", "cross-reference", "within", "itself", "each other"],
)
def test_how_notes_and_references_meet(xml: str, inline: str) -> None:
    assert body(xml, notes="inline") == inline


def test_layout_stands_between_structural_elements_only() -> None:
    made = body(
        "<div><head>A</head><p>b <hi>c</hi> <hi>d</hi></p><quote><p>e</p></quote><p><q>f</q><q>g</q></p>"
        "<lg><l>h</l></lg><list><item><list><item>i</item></list></item></list></div>",
        indent=True,
    )
    assert (
        made
        == """
      <div>
        <head>A</head>
        <p>b <hi>c</hi> <hi>d</hi></p>
        <quote>
          <p>e</p>
        </quote>
        <p><q>f</q><q>g</q></p>
        <lg>
          <l>h</l>
        </lg>
        <list>
          <item>
            <list>
              <item>i</item>
            </list>
          </item>
        </list>
      </div>
    """
    )


def test_layout_that_is_there_and_preserved_space_stay() -> None:
    inside = "<div>\n<p>a</p><p>b</p></div><div xml:space='preserve'><p>c</p><p>d</p></div><div>stray<p>e</p></div>"
    made = body(inside, indent=True)
    assert "<div>\n<p>a</p><p>b</p></div>" in made
    assert '<div xml:space="preserve"><p>c</p><p>d</p></div>' in made
    assert "<div>stray<p>e</p></div>" in made


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tei_documents())
def test_layout_adds_white_space_and_nothing_else_and_once(xml: bytes) -> None:
    root = etree.fromstring(xml)
    laid_out = export_xml(root, XmlOptions(indent=True)).data
    again = etree.fromstring(laid_out)
    assert export_xml(again, XmlOptions(indent=True)).data == laid_out
    assert [element.tag for element in again.iter()] == [element.tag for element in root.iter()]
    assert characters(again) == characters(root)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tei_documents())
def test_moving_notes_loses_no_note(xml: bytes) -> None:
    root = etree.fromstring(xml)
    made = etree.fromstring(export_xml(root, XmlOptions(notes="inline")).data)
    tag = "{http://www.tei-c.org/ns/1.0}note"

    def words(document: etree._Element) -> list[str]:
        return sorted(str(note.text or "") for note in document.iter(tag))

    assert words(made) == words(root)


@pytest.mark.parametrize("choices", [{"notes": "end"}, {"indent": "yes"}])
def test_choices_that_there_are_not_are_named(choices: dict[str, Any]) -> None:
    with pytest.raises(ExportError, match="is no choice here; choose from"):
        XmlOptions(**choices)
