"""``schemas/edition.sch``, which every edition names: the golden editions pass it, and each rule finds what it is there for."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from lxml import etree

from tei_pipeline.schemas import read_schema
from tei_pipeline.validate.judges import own
from tests.conftest import ROOT
from tests.editions import BODY, COUNTS, HEADER, edition, tree

GOLDEN = sorted((ROOT / "tests" / "golden").glob("*/*.xml"))
RULES = re.findall(r'<(?:assert|report) id="([^"]+)"', read_schema("edition.sch").decode())


def findings(root: etree._Element) -> list[str]:
    return [problem.code for problem in own("edition.sch").judge(root).problems]


def test_it_is_compiled_and_run_in_no_time() -> None:
    own("edition.sch")
    root = etree.parse(max(GOLDEN, key=lambda path: path.stat().st_size)).getroot()
    start = time.perf_counter()

    own("edition.sch").judge(root)

    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_edition_passes(path: Path) -> None:
    assert findings(etree.parse(path).getroot()) == []


def div(content: str, attributes: str = 'type="chapter" n="1" xml:id="c01"') -> str:
    return f"<div {attributes}>{content}</div>"


def p(content: str) -> str:
    return div(f"<p>{content}</p>")


def noted(anchor: str, note: str, more: str = "") -> str:
    reference = f'<ref type="noteAnchor" xml:id="r1" {anchor}>1</ref>'
    return div(f'<p>x{reference}{more}</p><note place="end" xml:id="n1" {note}><label>1</label><p>y</p></note>')


LETTER = '<correspDesc corresp="#p1"><correspAction type="sent"><persName>x</persName></correspAction></correspDesc>'
CHANGES = "".join(f'<change when="{year}-01-01"/>' for year in (2001, 2003, 2002))
NOTE = '<note place="end" xml:id="n{0}" n="{0}"><label>{0}.</label><p>y</p></note>'
CITED = '<refsDecl><citeStructure unit="chapter" match="/TEI/text/body/div[@type=\'chapter\']" use="@n"/></refsDecl><listPrefixDef>'

# The body, what is put in the place of what in the header, and the rules that are not kept.
CASES: dict[str, tuple[str, tuple[str, str], list[str]]] = {
    "nothing wrong": (BODY, ("", ""), []),
    # notes
    "a note and its reference": (noted('n="1" target="#n1"', 'n="1" target="#r1"'), ("", ""), []),
    "a note that points at a paragraph": (
        div('<p xml:id="p1">x</p><note place="end" xml:id="n1" target="#p1"><p>y</p></note>'),
        ("", ""),
        ["note-target"],
    ),
    "a reference that points at a paragraph": (
        div('<p xml:id="p1">x<ref type="noteAnchor" xml:id="r1" n="1" target="#p1">1</ref></p>'),
        ("", ""),
        ["anchor-target"],
    ),
    "a note that does not lead back": (noted('n="1" target="#n1"', 'n="1"'), ("", ""), ["anchor-answered"]),
    "a note whose reference leads elsewhere": (
        noted('n="1" target="#n2"', 'n="1" target="#r1"', '<note place="end" xml:id="n2" n="1" target="#r1"><p>z</p></note>'),
        ("", ""),
        ["note-answered"],
    ),
    "a note that names one of two references": (
        noted('n="1" target="#n1"', 'n="1" target="#r1"', '<ref type="noteAnchor" xml:id="r2" n="1" target="#n1">1</ref>'),
        ("", ""),
        ["anchor-answered"],
    ),
    "a note of another number": (noted('n="1" target="#n1"', 'n="2" target="#r1"'), ("", ""), ["anchor-number", "note-label"]),
    "a reference of another number": (
        noted('n="2" target="#n1"', 'n="1" target="#r1"'),
        ("", ""),
        ["anchor-label", "anchor-number"],
    ),
    "a reference without a number": (
        div('<p>x<ref type="noteAnchor" xml:id="r1" target="#n1">1</ref></p><note place="end" xml:id="n1" target="#r1"><p>y</p></note>'),
        ("", ""),
        ["anchor-complete"],
    ),
    "notes in order": (div("<p/>" + NOTE.format(1) + NOTE.format(2)), ("", ""), []),
    "notes that begin anew": (div("<p/>" + NOTE.format(2) + NOTE.format(1).replace("n1", "n9")), ("", ""), []),
    "notes with a hole": (div("<p/>" + NOTE.format(1) + NOTE.format(3)), ("", ""), ["note-runs-on"]),
    "notes with a hole that the header names": (
        div("<p/>" + NOTE.format(1) + NOTE.format(3)),
        ("<p>By rules.</p>", "<p>By rules.</p><p>At n3 (3 after 1).</p>"),
        [],
    ),
    # pointers
    "a reference into nothing": (p('<ref target="#gone">x</ref>'), ("", ""), ["ref-target"]),
    "ibid. of a paragraph": (p('<bibl corresp="#c01">ibid.</bibl>'), ("", ""), ["bibl-corresp"]),
    "a quotation from a paragraph": (p('<q source="#c01">x</q>'), ("", ""), ["quote-source"]),
    "supplied from nowhere": (p('<supplied source="#gone">x</supplied>'), ("", ""), ["supplied-source"]),
    "a speaker who is no person": (div('<sp who="#c01"><p>x</p></sp>'), ("", ""), ["who-listed"]),
    "one of two speakers who is not listed": (div('<sp who="#pers01 #gone"><p>x</p></sp>'), ("", ""), ["who-all"]),
    "two speakers": (div('<sp who="#pers01 #pers02"><p>x</p></sp>'), ("", ""), []),
    "a person of the play who is not listed": (
        div('<castList><castItem corresp="#c01"><role>x</role></castItem></castList>'),
        ("", ""),
        ["cast-listed"],
    ),
    "a letter that is none": (
        div('<p xml:id="p1">x</p>'),
        ("</profileDesc>", f"{LETTER}</profileDesc>"),
        ["letter-described"],
    ),
    "a person with neither name nor role": (p("x"), ("<persName>Miller</persName>", ""), ["person-named"]),
    "an answer by nobody": (p('<choice><sic>x</sic><corr resp="#c01">y</corr></choice>'), ("", ""), ["resp-listed"]),
    "a part without the next": (div('<p xml:id="p1" next="#p2">x</p><p xml:id="p2">y</p>'), ("", ""), ["next-prev"]),
    "a part without the one before": (div('<p xml:id="p1">x</p><p xml:id="p2" prev="#p1">y</p>'), ("", ""), ["prev-next"]),
    "two parts": (div('<p xml:id="p1" next="#p2">x</p><p xml:id="p2" prev="#p1">y</p>'), ("", ""), []),
    # alternatives, divisions, emptiness
    "printed, and nothing meant": (p("<choice><sic>x</sic></choice>"), ("", ""), ["choice-pair"]),
    "meant as printed": (p("<choice><sic>x</sic><corr>x</corr></choice>"), ("", ""), ["choice-differs"]),
    "a division of no type": (div("<p>x</p>", 'n="1" xml:id="c01"'), ("", ""), ["div-type"]),
    "an empty division": (div(""), ("", ""), ["div-empty"]),
    "a number twice": (div("<p>x</p>") + div("<p>x</p>", 'type="part" n="1" xml:id="c02"'), ("", ""), ["div-number"]),
    "a chapter that is not there": (div("<p>x</p>") + div("<p>x</p>", 'type="chapter" n="3" xml:id="c02"'), ("", ""), ["div-runs-on"]),
    "one that the header names": (
        div("<p>x</p>") + div("<p>x</p>", 'type="chapter" n="3" xml:id="c02"'),
        ("<p>By rules.</p>", "<p>By rules.</p><p>At c02 (3 after 1).</p>"),
        [],
    ),
    "numbers and names": (
        div("<p>x</p>") + div("<p>x</p>", 'type="notes" n="notes" xml:id="c02"') + div("<p>x</p>", 'type="chapter" n="2" xml:id="c03"'),
        ("", ""),
        [],
    ),
    "a division that is cited": (div("<p>x</p>"), ("<listPrefixDef>", CITED), []),
    "divisions that are not": (
        div(div("<p>x</p>", 'type="section" n="1" xml:id="s1"')) + div("<p>x</p>", 'type="part" n="2" xml:id="c2"'),
        ("<listPrefixDef>", CITED),
        ["div-cited", "div-cited"],
    ),
    "an empty heading": (div("<head> </head><p>x</p>"), ("", ""), ["empty"]),
    "an empty item and an empty verse": (div('<list><item/></list><lg type="stanza"><l/></lg>'), ("", ""), ["empty", "empty"]),
    "an item that is a picture": (div("<list><item><figure/></item></list>"), ("", ""), []),
    "marks of another emphasis": (
        p('<hi rend="bold"><metamark function="italic">_</metamark>x<metamark function="italic">_</metamark></hi>'),
        ("", ""),
        ["hi-marks"],
    ),
    # dates
    "a point and a span": (p('<date when="1905" from="1905">x</date>'), ("", ""), ["when-or-span"]),
    "a span backwards": (p('<date from="1905-03-01" to="1905-02-28">x</date>'), ("", ""), ["date-order"]),
    "years backwards": (p('<date from="1905-03-01" to="1904">x</date>'), ("", ""), ["year-order"]),
    "a span": (p('<date from="1905" to="1905-02-28">x</date>'), ("", ""), []),
    "changes to and fro": (
        p("x"),
        ("</profileDesc>", f"</profileDesc><revisionDesc>{CHANGES}</revisionDesc>"),
        ["change-order"],
    ),
    # the header
    "another identifier": (p("x"), (">walk<", ">wolk<"), ["identifier"]),
    "an identifier of other letters": (p("x"), (">walk<", ">прогулка<"), []),
    "a language that is not declared": (p("x"), ('ident="en"', 'ident="de"'), ["language"]),
    "a wrong count of an element": (
        p("x"),
        (COUNTS, '<tagUsage gi="p" occurs="2"/><tagUsage gi="div" occurs="1"/><tagUsage gi="text" occurs="1"/>'),
        ["tag-count"],
    ),
    "an element that is not counted": (p("x"), (COUNTS, '<tagUsage gi="p" occurs="1"/>'), ["tags-all"]),
    "an extent of another book": (p("x " * 100), ('quantity="12"', 'quantity="200"'), ["extent"]),
    "an extent that is nearly right": (p("x " * 100), ('quantity="12"', 'quantity="120"'), []),
}


@pytest.mark.parametrize(("body", "header", "expected"), CASES.values(), ids=CASES)
def test_a_rule_finds_its_fault(body: str, header: tuple[str, str], expected: list[str]) -> None:
    old, new = header
    assert old in HEADER

    assert sorted(findings(tree(edition(body, header=HEADER.replace(old, new, 1) if old else HEADER)))) == sorted(expected)


def test_every_rule_has_a_case() -> None:
    assert sorted({code for _, _, expected in CASES.values() for code in expected}) == sorted(RULES)
    assert len(RULES) == len(set(RULES))
