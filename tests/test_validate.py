"""Faults in small editions: the right one is found, at the right element, and said in words that help."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from tei_pipeline import schemas
from tei_pipeline.decisions import Problem
from tei_pipeline.validate import kinds, validate_edition, validate_links, validate_path, validate_relaxng
from tei_pipeline.validate.explain import MOST_FAULTS, explain
from tei_pipeline.validate.grammar import Grammar, UnknownPattern
from tei_pipeline.validate.judges import relaxng
from tei_pipeline.validate.kinds import find_files
from tei_pipeline.validate.parse import parse
from tests.damage import damage
from tests.editions import BODY, HEADER, edition, tree
from tests.grammar_draw import Drawer


def in_div(content: str) -> str:
    return f'<div type="chapter" n="1" xml:id="c01">{content}</div>'


def in_p(content: str) -> str:
    return in_div(f'<p xml:id="c01-p001">{content}</p>')


# ---------------------------------------------------------------- valid ones

VALID = {
    "the small edition": BODY,
    "a letter": in_div(
        '<opener><dateline>Mill House, <date when="1901-05-02">2 May 1901</date></dateline><salute>Dear Ann,</salute></opener>'
        "<p>Come soon.</p><closer><signed>B.</signed></closer><postscript><label>P.S.</label><p>Bring bread.</p></postscript>"
    ),
    "verse, its indentation and a page break": in_div('<lg type="stanza"><l>One</l><pb n="7"/><l rend="indent(4)" n="2">Two</l></lg>'),
    "a play": in_div('<sp who="#pers01 #pers02"><speaker>Miller</speaker><stage>(aside)</stage><p>No.</p></sp>'),
    "a note within a note, in a list": in_div(
        '<list type="index"><item><label>a)</label> words <note place="bottom" xml:id="n1"><p>x</p></note></item></list>'
    ),
    "a quotation and its reference": in_p(
        'He says: <cit><quote source="#b1">“No.”</quote> '
        '<bibl xml:id="b1">(<title>Mills</title>, <biblScope unit="page">p. 3</biblScope>)</bibl></cit>'
    ),
    "a reaction in two parts": in_p(
        '<vocal type="laughter" xml:id="k1" next="#k2"><desc>(Laughter</desc></vocal><pb/><vocal type="laughter" xml:id="k2" prev="#k1">'
        "<desc>everywhere.)</desc></vocal>"
    ),
    "a misprint": in_p('<choice><sic>teh</sic><corr cert="high" resp="#resp01">the</corr></choice>'),
    "a word over two lines": in_p('semi<pc force="weak">-</pc><lb break="no"/>colon'),
    "comments and processing instructions": in_div("<!-- here --><?here now?><p>text</p>"),
    "a head alone": in_div("<head>Nothing follows</head>"),
}


@pytest.mark.parametrize("body", VALID.values(), ids=VALID)
def test_valid(body: str) -> None:
    assert validate_edition(tree(edition(body))) == []


# ---------------------------------------------------------------- what the grammar refuses

# What is wrong: the body, the code, the end of the path to the element, and what the sentence must hold.
REFUSED: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "a paragraph in a paragraph": (in_p("a <p>b</p>"), "element", "p#c01-p001 > p", ("<p> is not allowed here in <p>", "text, bibl")),
    "a list in a paragraph": (in_p("a <list><item>b</item></list>"), "element", "p#c01-p001 > list", ("<list> is not allowed",)),
    "a head after a paragraph": (in_div("<p/><head>x</head>"), "element", "div#c01 > head", ("<head> is not allowed here in <div>",)),
    "a paragraph after a division": (
        in_div('<div type="section" n="1" xml:id="s1"/><p/>'),
        "element",
        "div#c01 > p",
        ("<p> is not allowed here", "allowed here: div"),
    ),
    "a closer with nothing to close": (in_div("<closer/>"), "element", "div#c01 > closer", ("<closer> is not allowed",)),
    "a block after a closer": (in_div("<p/><closer/><p/>"), "element", "div#c01 > p[2]", ("<p> is not allowed",)),
    "an element of TEI that is not ours": (in_p("<emph>x</emph>"), "element", "> emph", ("that this schema does not have",)),
    "an element with a slip in its name": (in_div("<pp>x</pp>"), "element", "> pp", ("(p was meant?)",)),
    "an element of another namespace": (
        in_p('<p xmlns="http://www.w3.org/1999/xhtml">x</p>'),
        "element",
        "> p",
        ("(of the namespace http://www.w3.org/1999/xhtml)",),
    ),
    "an element of no namespace": (in_p('<hi xmlns="" rend="italic">x</hi>'), "element", "> hi", ("<hi> (of no namespace)",)),
    "text in a division": (in_div("<p/>stray words"), "text", "div#c01", ('the text "stray words" stands directly in <div>',)),
    "text in a verse group": (in_div('<lg type="stanza">stray<l/></lg>'), "text", "> lg", ("in <lg>, where only elements may stand",)),
    "text in a reference's cit": (in_p("<cit>words<bibl/></cit>"), "text", "> cit", ("in <cit>",)),
    "a list without items": (in_div("<list><head>x</head></list>"), "incomplete", "> list", ("<list> is incomplete: item is missing",)),
    "a verse group without verse": (in_div('<lg type="stanza"/>'), "incomplete", "> lg", ("l is missing at its end",)),
    "a table row without cells": (in_div("<table><row/></table>"), "incomplete", "> row", ("cell is missing",)),
    "a choice with nothing meant": (in_p("<choice><sic>x</sic></choice>"), "incomplete", "> choice", ("corr is missing at its end",)),
    "a choice with nothing printed": (
        in_p("<choice><corr>y</corr></choice>"),
        "missing",
        "> choice > corr",
        ("sic is missing before <corr> in <choice>",),
    ),
    "a reaction without words": (in_p('<vocal type="laughter"/>'), "incomplete", "> vocal", ("desc is missing",)),
    "a break with content": (in_p("<lb>x</lb>"), "text", "> lb", ("stands directly in <lb>",)),
    "a break with an element": (in_p("<pb><hi rend='italic'/></pb>"), "element", "> pb > hi", ("nothing is allowed in it",)),
    "a note in a description": (
        in_p('<incident><desc>x<note place="end" xml:id="n1"/></desc></incident>'),
        "element",
        "> desc > note#n1",
        ("<note> is not allowed here in <desc>",),
    ),
    "an unknown type of division": (
        '<div type="chaptr" n="1" xml:id="d"><p/></div>',
        "value",
        "div#d",
        ('type="chaptr" of <div> must be volume, work', "(chapter was meant?)"),
    ),
    "an unknown type of reaction": (
        in_p('<kinesic type="clapping"><desc>x</desc></kinesic>'),
        "value",
        "> kinesic",
        ("must be kinesic, applause",),
    ),
    "a division without a number": (
        '<div type="part" xml:id="d"><p/></div>',
        "attribute-missing",
        "div#d",
        ("<div> lacks the attribute n",),
    ),
    "a division without anything": ("<div><p/></div>", "attribute-missing", "div", ("lacks the attribute type, n and xml:id",)),
    "an attribute of TEI that is not ours": (in_p('<q style="x">y</q>'), "attribute", "> q", ("<q> has no attribute style; it may have",)),
    "an attribute with a slip in its name": (in_p('<date wen="1901">x</date>'), "attribute", "> date", ("(when was meant?)",)),
    "an attribute where none may be": (
        in_p('<choice><sic n="1"/><corr/></choice>'),
        "attribute",
        "> sic",
        ("<sic> has no attribute n; it may have none",),
    ),
    "a day that the calendar has not": (
        in_p('<date when="1901-02-30">x</date>'),
        "value",
        "> date",
        ("must be a date that the calendar has",),
    ),
    "a date as printed": (in_p('<date when="2 May 1901">x</date>'), "value", "> date", ('when="2 May 1901"', "ISO 8601")),
    "a date with a time": (in_p('<date when="1901-05-02T10:00:00">x</date>'), "value", "> date", ("a date that the calendar has",)),
    "an unknown certainty": (in_p('<date when="1901" cert="sure">x</date>'), "value", "> date", ("must be high, medium, low or unknown",)),
    "a pointer without #": (in_p('<ref target="c01">x</ref>'), "value", "> ref", ("one or more pointers",)),
    "a break that is not": (in_p('<pb break="maybe"/>'), "value", "> pb", ('break="maybe" of <pb> must be no',)),
    "an indentation in words": (in_div('<lg type="stanza"><l rend="deep">x</l></lg>'), "value", "> l", ("as in indent(4)",)),
    "an identifier that is no name": (in_div('<p xml:id="1a"/>'), "value", "p#1a", ('xml:id="1a" of <p> must be a name',)),
    "an empty number": (in_p('<pb n=""/>'), "value", "> pb", ('n="" of <pb> must be at least one character',)),
    "preserved space that is not": (
        in_div('<ab type="preformatted" xml:space="default"/>'),
        "value",
        "> ab",
        ('xml:space="default" of <ab> must be preserve',),
    ),
    "a speech without who it is, but misspelt": (in_div('<sp woh="#pers01"/>'), "attribute", "> sp", ("(who was meant?)",)),
}


@pytest.mark.parametrize(("body", "code", "place", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(body: str, code: str, place: str, said: tuple[str, ...]) -> None:
    problems = validate_relaxng(tree(edition(body)))

    assert [problem.code for problem in problems] == [code]
    assert problems[0].level == "error"
    assert problems[0].where.endswith(place)
    assert all(part in problems[0].message for part in said), problems[0].message


HEADERS = {
    "no author": ("<author>Ada Field</author>", "", "missing", "author is missing before <respStmt> in <titleStmt>"),
    "an unknown licence status": ('status="unknown"', 'status="none"', "value", "must be free, restricted or unknown"),
    "a count in words": ('quantity="12"', 'quantity="many"', "value", "must be a whole number, 0 or more"),
    "a language that is none": ('ident="en"', 'ident="en us"', "value", "must be a language tag"),
    "no declaration of languages": (
        '<langUsage><language ident="en">English</language></langUsage>',
        "",
        "missing",
        "langUsage is missing before <particDesc>",
    ),
    "no application": (
        '<appInfo><application ident="tei-pipeline" version="1.0"><label>tei-pipeline 1.0</label></application></appInfo>',
        "",
        "incomplete",
        "<encodingDesc> is incomplete: appInfo is missing",
    ),
}


@pytest.mark.parametrize(("good", "bad", "code", "said"), HEADERS.values(), ids=HEADERS)
def test_refused_in_the_header(good: str, bad: str, code: str, said: str) -> None:
    assert good in HEADER
    problems = validate_relaxng(tree(edition(header=HEADER.replace(good, bad))))

    assert [problem.code for problem in problems] == [code]
    assert said in problems[0].message


def test_the_root_must_be_tei() -> None:
    (problem,) = validate_relaxng(etree.fromstring("<html/>"))

    assert (problem.code, problem.message) == ("element", "the root element must be TEI, not <html> (of no namespace)")


def test_every_fault_is_found_and_not_only_the_first() -> None:
    body = in_div('<head style="x">h</head><p>a <foo/></p><list/><p><pb break="x"/></p>')

    found = [(problem.code, problem.where.rpartition(" > ")[2]) for problem in validate_relaxng(tree(edition(body)))]

    assert found == [("attribute", "head"), ("element", "foo"), ("incomplete", "list"), ("value", "pb")]


def test_a_fault_has_the_line_of_its_element_also_far_down() -> None:
    body = in_div("<p>x</p>\n" * 70_000 + "<p>y</p><foo/>")

    (problem,) = validate_relaxng(tree(edition(body)))

    assert problem.line is not None
    assert problem.line == 70_000 + edition("").count(b"\n") - 1


def test_a_tree_built_in_memory_has_no_lines_but_places() -> None:
    root = tree(edition())
    head = root.find(".//{*}head")
    assert head is not None
    etree.SubElement(head, "{http://www.tei-c.org/ns/1.0}p")

    (problem,) = validate_relaxng(root)

    assert (problem.line, problem.where) == (None, "TEI#walk > text > body > div#c01 > head#c01-h01 > p")


def test_validating_leaves_no_trace_in_the_tree() -> None:
    """libxml2 remembers identifiers of removed elements, and would find the next validation of an edited tree wrong."""
    root = tree(edition())
    assert validate_edition(root) == []
    head = root.find(".//{*}head")
    assert head is not None
    parent = head.getparent()
    assert parent is not None
    copy = etree.fromstring(etree.tostring(head, with_tail=False))
    parent.replace(head, copy)

    assert validate_edition(root) == []


def test_a_flood_of_faults_is_cut_off() -> None:
    problems = validate_relaxng(tree(edition(in_div("<foo/>" * 20_000))))

    assert len(problems) == MOST_FAULTS + 1
    assert problems[-1].code == "too-many"


def test_what_a_file_says_cannot_steer_a_terminal() -> None:
    (problem,) = validate_relaxng(tree(edition(in_p('<pb break="a&#x9b;31m&#x202e;"/>'))))

    assert problem.message.isprintable()


def _schema() -> etree._Element:
    """``edition.rng``, in which an identifier may stand twice: libxml2 would remember those of other documents."""
    root = etree.fromstring(schemas.read_schema("edition.rng"))
    for data in root.iter("{http://relaxng.org/ns/structure/1.0}data"):
        data.set("type", str(data.get("type")).replace("ID", "NCName"))
    return root


def test_the_explanation_finds_something_exactly_when_libxml2_refuses() -> None:
    chance = random.Random(7)
    grammar = Grammar(_schema())
    compiled = etree.RelaxNG(_schema())
    drawer = Drawer(_schema(), seed=7)
    refused = 0
    for _ in range(150):
        root = drawer.document(50)
        kind = damage(root, chance)
        accepted = compiled.validate(root)
        refused += not accepted
        assert (explain(root, grammar) == []) == accepted, (kind, etree.tostring(root))
    assert refused > 75


def test_with_the_schema_of_all_tei_it_agrees_with_jing(shared: Path, tmp_path: Path) -> None:
    if shutil.which("jing") is None:
        pytest.skip("needs jing, the reference validator for RELAX NG")
    schema = shared / "tei" / "tei_all.rng"
    grammar = Grammar(etree.parse(schema).getroot())
    chance = random.Random(5)
    golden = sorted((Path(__file__).parent / "golden").glob("*/*.xml"))
    faults = {}
    for number in range(40):
        root = etree.parse(chance.choice(golden)).getroot()
        damage(root, chance)
        file = tmp_path / f"{number:02}.xml"
        file.write_bytes(etree.tostring(root))
        root = tree(file.read_bytes())
        faults[file.name] = explain(root, grammar) + [fault for fault in validate_links(root) if fault.code in ("id-twice", "id-name")]

    said = subprocess.run(["jing", schema, *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False).stdout

    refused = {name for name in faults if f"/{name}:" in said}
    assert {name for name, found in faults.items() if found} == refused
    assert len(refused) > 10


@pytest.mark.parametrize("pattern", ["<interleave><text/></interleave>", "<element><nsName/><text/></element>", '<ref name="none"/>'])
def test_a_grammar_of_another_make_is_left_to_libxml2(pattern: str) -> None:
    schema = f'<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="x">{pattern}</element></start></grammar>'

    with pytest.raises(UnknownPattern):
        explain(etree.fromstring("<x/>"), Grammar(etree.fromstring(schema)))


def test_then_the_message_is_libxml2_s() -> None:
    schema = (
        b'<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="x"><interleave>'
        b'<element name="y"><empty/></element><element name="z"><empty/></element></interleave></element></start></grammar>'
    )
    judge = relaxng(etree.fromstring(schema), "of-another-make.rng")

    (problem, *_) = judge.judge(etree.fromstring("<x>\n<y/>\n<w/></x>")).problems

    assert (problem.code, problem.line, problem.where) == ("invalid", 1, "x")


# ---------------------------------------------------------------- links


def noted(reference: str, note: str) -> str:
    return in_div(
        f'<p>x<ref type="noteAnchor" n="1" xml:id="r1" {reference}>1</ref></p><note place="end" xml:id="n1" {note}><p>y</p></note>'
    )


LINKS: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "a pointer into nothing": (
        in_p('<ref target="#nowhere">x</ref>'),
        [("pointer-dangling", "> ref", 'target="#nowhere" of <ref> points at nothing')],
    ),
    "one of several into nothing": (in_div('<sp who="#pers01 #pers09"/>'), [("pointer-dangling", "> sp", 'who="#pers09"')]),
    "an identifier twice": (
        in_div('<p xml:id="a">x</p><p xml:id="a">y</p>'),
        [("id-twice", "> p#a", 'xml:id="a" stands on <p> (line ')],
    ),
    "a reference to no note": (
        in_div('<p xml:id="p1">x<ref type="noteAnchor" n="1" xml:id="r1" target="#p1">1</ref></p>'),
        [("pointer-kind", "> ref#r1", 'target="#p1" of <ref> must point at <note>, not at <p>')],
    ),
    "a note for no reference": (
        in_div('<p xml:id="p1"/><note place="end" xml:id="n1" target="#p1"><p/></note>'),
        [("pointer-kind", "> note#n1", "must point at <ref>, not at <p>")],
    ),
    "a note that does not point back": (
        noted('target="#n1"', ""),
        [("pointer-one-way", "> ref#r1", "target of that <note> does not point back")],
    ),
    "a reference that does not point back": (
        noted("", 'target="#r1"'),
        [("pointer-one-way", "> note#n1", "target of that <ref> does not point back")],
    ),
    "a speaker that is no person": (
        in_div('<sp who="#c01"/>'),
        [("pointer-kind", "> sp", "must point at <person> or <personGrp>, not at <div>")],
    ),
    "a correction by nobody": (
        in_p('<choice><sic>x</sic><corr resp="#pers01">y</corr></choice>'),
        [("pointer-kind", "> corr", "must point at <respStmt>, not at <person>")],
    ),
    "ibid. of no reference": (in_p('<bibl corresp="#c01-p001">ibid.</bibl>'), [("pointer-kind", "> bibl", "must point at <bibl>")]),
    "a quotation from no reference": (in_p('<quote source="#c01">x</quote>'), [("pointer-kind", "> quote", "must point at <bibl>")]),
    "parts of two kinds": (
        in_p('<q xml:id="q1" next="#k1">x</q><quote xml:id="k1" prev="#q1">y</quote>'),
        [("pointer-kind", "> q#q1", "must point at <q>, not at <quote>"), ("pointer-kind", "> quote#k1", "must point at <quote>")],
    ),
    "parts that do not agree": (
        in_p('<q xml:id="q1" next="#q2">x</q><q xml:id="q2">y</q>'),
        [("pointer-one-way", "> q#q1", "prev of that <q> does not point back")],
    ),
}


@pytest.mark.parametrize(("body", "expected"), LINKS.values(), ids=LINKS)
def test_links(body: str, expected: list[tuple[str, str, str]]) -> None:
    problems = validate_edition(tree(edition(body)))

    assert [problem.code for problem in problems] == [code for code, _, _ in expected]
    for problem, (_, place, said) in zip(problems, expected, strict=True):
        assert problem.level == "error"
        assert problem.where.endswith(place)
        assert said in problem.message


def test_notes_and_references_that_share_each_other() -> None:
    body = in_div(
        '<p>a<ref type="noteAnchor" n="*" xml:id="r1" target="#n1">*</ref> b'
        '<ref type="noteAnchor" n="*" xml:id="r2" target="#n1">*</ref></p>'
        '<note place="end" n="*" xml:id="n1" target="#r1 #r2"><p>My italics.</p></note>'
    )

    assert validate_edition(tree(edition(body))) == []


def test_identifiers_that_are_no_names() -> None:
    root = tree(b'<TEI><a xml:id="1"/><b xml:id="a:b"/><c xml:id="\xc3\xa9.\xce\xa9-1"/><d xml:id="a b"/></TEI>')

    assert [(problem.code, problem.where[-3:]) for problem in validate_links(root)] == [
        ("id-name", "a#1"),
        ("id-name", "a:b"),
        ("id-name", "a b"),
    ]


def test_such_an_identifier_is_reported_once() -> None:
    assert [problem.code for problem in validate_edition(tree(edition(in_div('<p xml:id="1"/>'))))] == ["value"]


def test_pointers_elsewhere_are_not_followed() -> None:
    root = tree(b'<TEI><ref target="other.xml#a http://example.org/#b #xpath(//p)"/></TEI>')

    assert validate_links(root, own=False) == []


# ---------------------------------------------------------------- files


def test_an_edition_is_known_by_its_header_or_its_model(tmp_path: Path) -> None:
    file = tmp_path / "walk.xml"
    wrong = in_div("<list/>")
    file.write_bytes(edition(wrong))
    assert [problem.code for problem in validate_path(file)] == ["incomplete"]

    file.write_bytes(b'<?xml-model href="schemas/edition.rng"?><TEI xmlns="http://www.tei-c.org/ns/1.0"/>')
    assert [problem.code for problem in validate_path(file)] == ["attribute-missing", "incomplete"]


def test_foreign_tei_is_checked_for_its_pointers(tmp_path: Path) -> None:
    file = tmp_path / "foreign.xml"
    file.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p corresp="#x" xml:id="a"/><p xml:id="a"/></body></text></TEI>')

    problems = validate_path(file)

    assert [(problem.level, problem.code) for problem in problems] == [
        ("info", "no-schema"),
        ("error", "id-twice"),
        ("warning", "pointer-dangling"),
    ]


def test_a_file_with_faults_names_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "walk.xml"
    file.write_bytes(edition("\n" + in_div("<p/>\n<pp/>")))
    first = edition("").count(b"\n", 0, edition("").index(b"<body>")) + 1

    (problem,) = validate_path(file)

    assert problem.line == first + 2


PLAIN_FILES: dict[str, tuple[str, bytes, str, str]] = {
    "nothing": ("a.xml", b"", "ill-formed", "the file is empty"),
    "plain text": ("a.xml", b"A walk to the mill", "ill-formed", "this is no XML"),
    "ill-formed": (
        "a.xml",
        b"<TEI>\n<p>\n</q></TEI>",
        "ill-formed",
        "</q> stands where </p> (opened in line 2) must close first",
    ),
    "never closed": ("a.xml", b"<TEI><p>", "ill-formed", "<p> (opened in line 1) is never closed"),
    "a bare ampersand": ("a.xml", b"<TEI>bread & butter</TEI>", "ill-formed", "write &amp;"),
    "bad bytes": ("a.xml", b'<?xml version="1.0" encoding="utf-8"?><TEI>\xff</TEI>', "ill-formed", "invalid bytes"),
    "HTML": ("a.xml", b"<html/>", "unknown-kind", "the root element html is not TEI"),
    "broken JSON": ("a.json", b'{\n"a": }', "ill-formed", "expecting value"),
    "JSON of nobody": ("a.json", b'{"a": 1}', "unknown-kind", "neither $schema nor format"),
    "JSON that is a list": ("a.json", b"[]", "unknown-kind", "neither $schema nor format"),
    "JSON with NaN": ("a.json", b'{"format": NaN}', "ill-formed", "NaN is no JSON"),
    "JSON without end": ("a.json", b"[" * 200_000, "limit", "nested too deeply"),
    "JSON in Latin-1": ("a.json", b'{"a":\n"\xe9"}', "encoding", "byte 7 is no UTF-8"),
    "JSON by its look": ("a", b' {"a": 1}', "unknown-kind", "neither $schema nor format"),
    "broken TOML": ("a.toml", b"[metadata\n", "sidecar", "line"),
    "a sidecar with an unknown key": ("a.toml", b'[metadata]\ntitel = "x"\n', "sidecar", "metadata.titel"),
}


@pytest.mark.parametrize(("name", "data", "code", "said"), PLAIN_FILES.values(), ids=PLAIN_FILES)
def test_files_that_are_not_right(tmp_path: Path, name: str, data: bytes, code: str, said: str) -> None:
    (tmp_path / name).write_bytes(data)

    (problem,) = validate_path(tmp_path / name)

    assert (problem.level, problem.code) == ("error", code)
    assert said in f"{problem.message} (line {problem.line})"


def test_a_good_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[metadata]\ntitle = "A Walk to the Mill"\n')

    assert validate_path(tmp_path / "a.toml") == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = validate_path(tmp_path / "none.xml")

    assert problem == Problem("error", "unreadable", "the file cannot be read: No such file or directory")


def test_json_is_checked_by_the_schema_that_it_names(tmp_path: Path) -> None:
    schema = json.loads(schemas.read_schema("provenance.schema.json"))
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"format": schema["properties"]["format"]["const"], "version": "one"}))

    problems = validate_path(file)

    assert {problem.code for problem in problems} == {"json"}
    assert [problem.message for problem in problems if problem.where == "version"] == ['version must be 1, not "one"']
    assert "the file lacks 'source'" in [problem.message for problem in problems]


def test_json_of_a_newer_form(tmp_path: Path) -> None:
    identifier = json.loads(schemas.read_schema("provenance.schema.json"))["$id"]
    (tmp_path / "a.json").write_text(json.dumps({"$schema": identifier.replace("/1/", "/99/")}))

    (problem,) = validate_path(tmp_path / "a.json")

    assert (problem.level, problem.code) == ("error", "version")


def test_importing_validation_is_cheap() -> None:
    code = "import sys, tei_pipeline.validate; print([name for name in ('jsonschema', 'rich', 'click', 'difflib') if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])

    assert done.stdout.strip() == "[]"


def test_parsing_keeps_what_an_editor_wrote() -> None:
    parsed = parse(b"<?here now?><a><!-- x --> <b/> &#233;</a>")

    assert parsed.problems == []
    assert parsed.tree is not None
    assert etree.tostring(parsed.tree, encoding="unicode") == "<?here now?><a><!-- x --> <b/> é</a>"


# ---------------------------------------------------------------- kinds


def test_a_folder_is_looked_through_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.xml", "a/z.json", "a/b.toml", "c.txt", ".hidden/x.xml", "a.tei"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "away.xml").symlink_to("/etc/hostname")

    found = [str(path.relative_to(tmp_path)) for path in find_files(tmp_path)]

    assert found == ["a/b.toml", "a/z.json", "a.tei", "b.xml"]


def test_a_folder_of_a_kind_is_one_thing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = kinds.Kind("package", lambda path, start: path.name == "bag", lambda path, options: [Problem("error", "x", str(path))])
    monkeypatch.setattr(kinds, "KINDS", (package, *kinds.KINDS))
    (tmp_path / "in" / "bag").mkdir(parents=True)
    (tmp_path / "in" / "bag" / "a.xml").touch()

    assert list(find_files(tmp_path)) == [tmp_path / "in" / "bag"]
    assert [problem.code for problem in validate_path(tmp_path / "in" / "bag")] == ["x"]


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xml")

    (problem,) = validate_path(tmp_path / "a.xml")

    assert problem.code == "unreadable"
