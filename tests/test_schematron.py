"""``schemas/edition.sch``, which every edition names: the golden editions pass it, and each rule finds what it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, isoschematron  # type: ignore[attr-defined]

from tei_pipeline.schemas import read_schema
from tests.conftest import ROOT

GOLDEN = sorted((ROOT / "tests" / "golden").glob("*/*.xml"))


@pytest.fixture(scope="module")
def rules() -> isoschematron.Schematron:
    return isoschematron.Schematron(etree.fromstring(read_schema("edition.sch")), store_report=True)


def findings(rules: isoschematron.Schematron, tree: etree._Element) -> list[str]:
    rules.validate(tree)
    svrl = "{http://purl.oclc.org/dsdl/svrl}"
    return [str(found.get("id")) for found in rules.validation_report.iter(f"{svrl}failed-assert", f"{svrl}successful-report")]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_edition_passes(rules: isoschematron.Schematron, path: Path) -> None:
    assert findings(rules, etree.parse(path).getroot()) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<div type="chapter"><p><ref type="noteAnchor" target="#n1" xml:id="r1">1</ref></p></div>', ["anchor-target"]),
        ('<div type="chapter"><p>The mill.</p><note target="#r1" xml:id="n1"><p>A wheel.</p></note></div>', ["note-target"]),
        (
            '<div type="chapter"><p>The mill<ref type="noteAnchor" target="#n1" xml:id="r1">1</ref></p>'
            '<note target="#r1" xml:id="n1"><p>A wheel.</p></note></div>',
            [],
        ),
        ('<div type="scene"><sp who="#miller"><p>Who stole the weir?</p></sp></div>', ["who-listed"]),
        ('<div type="chapter"><p><choice><sic>teh</sic></choice></p></div>', ["choice-pair"]),
        ('<div type="chapter"><p><choice><sic>teh</sic><corr>the</corr></choice></p></div>', []),
        ('<div type="chapter"><p xml:id="p1" next="#p2">The</p><p xml:id="p2">mill</p></div>', ["next-prev"]),
        ('<div type="chapter"><p xml:id="p1">The</p><p xml:id="p2" prev="#p1">mill</p></div>', ["prev-next"]),
        ('<div type="chapter"><p xml:id="p1" next="#p2">The</p><p xml:id="p2" prev="#p1">mill</p></div>', []),
        ("<div><p>The mill.</p></div>", ["div-type"]),
        ('<div type="chapter"/>', ["div-empty"]),
    ],
)
def test_a_rule_finds_its_fault(rules: isoschematron.Schematron, body: str, expected: list[str]) -> None:
    tree = etree.fromstring(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>')

    assert findings(rules, tree) == expected
