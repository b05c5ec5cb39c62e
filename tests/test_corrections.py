"""The editor's corrections: each kind applied, shown in the edition and its provenance; each that cannot be, reported with what to do."""

# ruff: noqa: E501  # a correction and what it makes stand side by side
from __future__ import annotations

import re

import pytest
from lxml import etree

from tei_pipeline.pipeline import Result, convert
from tei_pipeline.sidecar import read_sidecar
from tei_pipeline.source import read_source

TEXT = """


CHAPTER I

The tide came in at six, and the miller, who had waited since noon,
opened the sluice himself. He said that teh wheel would turn on 4 May
1901 or never.[1]

All of the town stood on the bank and looked at it in silence, and a
child asked why.

A short line of the town

The second paragraph of the chapter begins here, and it goes on for
several lines so that it is a paragraph. "It turns," said he, and it
did. Then the bells began to ring in the town below.

It went on, and no man could tell how long.

CHAPTER II

JOHN. I have never seen the like of it, and I have seen much in these
years.

The mill is old, the wheel is older,
and the water is oldest of all.[2]

It went off, and no man could tell how far, but all
of the town was glad.

NOTES

[1] See the harbour book.

[2] A later hand.
"""
IDENTIFIER = re.compile(r' (xml:id|who|target)="[^"]*"| xmlns="[^"]*"')

APPLIED = {  # what the sidecar says: what then stands in the edition, identifiers left out
    'kind = "block"\nwords = "A short line"\nas = "heading"\nlevel = 2': (
        '<div type="section" n="section"> <head resp="#resp01">A short line of the town</head> <p>The second'
    ),
    'kind = "block"\nwords = "CHAPTER II"\nas = "paragraph"': '<p resp="#resp01">CHAPTER II</p>',
    'kind = "block"\nwords = "The mill is old"\nas = "verse"': (
        '<lg type="stanza" resp="#resp01"> <l>The mill is old, the wheel is older,</l> <l>and the water'
    ),
    'kind = "block"\nwords = "The second paragraph"\nas = "quotation"': '<quote resp="#resp01"> <p>The second paragraph',
    'kind = "block"\nwords = "The tide came"\nto = "opened the sluice"\nas = "paragraph"': (
        'opened the sluice himself. He said that teh wheel would turn on <date when="--05-04">4 May</date></p>'
    ),
    'kind = "block"\nwords = "A short line"\nas = "ornament"': '<ab type="ornament" resp="#resp01">A short line of the town</ab>',
    'kind = "block"\nwords = "A short line"\nto = "It went on"\nas = "list"': (
        '<list resp="#resp01"> <item>A short line of the town</item> <item>The second paragraph'
    ),
    'kind = "block"\nwords = "It went on"\nas = "note"': '<note place="end" resp="#resp01"> <p>It went on, and no man could tell how long.</p> </note>',
    'kind = "block"\nwords = "A later hand"\nas = "paragraph"': '<p resp="#resp01">[2] A later hand.</p>',
    'kind = "level"\nwords = "CHAPTER II"\nlevel = 2': '<div type="chapter" n="2"> <head resp="#resp01"><label>CHAPTER II</label></head>',
    'kind = "join"\nwords = "It went on"': "town below. It went on, and no man",
    'kind = "split"\nwords = "Then the bells"': 'and it did.</p> <p resp="#resp01">Then the bells',
    'kind = "split"\nwords = "did. Then"': 'and it</p> <p resp="#resp01">did. Then the bells',
    'kind = "reading"\nwords = "teh"\nread = "the"': '<choice><sic>teh</sic><corr cert="high" resp="#resp01">the</corr></choice> wheel',
    'kind = "remove"\nwords = "4 May 1901"\nas = "date"': "turn on 4 May 1901 or never",
    'kind = "remove"\nwords = "It turns"\nas = "quotation"': '"It turns," said he',
    'kind = "quotation"\nwords = "no man could tell how long"': '<q resp="#resp01">no man could tell how long</q>.',
    'kind = "quotation"\nwords = "could tell how far"\nto = "of the town"': '<q resp="#resp01">could tell how far, but all of the town</q> was glad',
    'kind = "speaker"\nwords = "JOHN. I have"\nas = "JOHN"': ('<sp resp="#resp01"> <speaker>JOHN.</speaker> <p>I have never seen'),
    'kind = "unlink"\nwords = "never.[1]"': "or never.[1]</p>",
    'kind = "link"\nwords = "or never.[1]"\nto = "2"': 'never.<ref type="noteAnchor" n="1" resp="#resp01">[1]</ref>',
    'kind = "attribute"\nwords = "The second paragraph"\non = "p"\nname = "xml:lang"\nvalue = "fr"': '<p xml:lang="fr">The second paragraph',
    'kind = "attribute"\nwords = "4 May 1901"\non = "date"\nname = "when"\nvalue = "1801-05-04"': '<date when="1801-05-04">4 May 1901</date>',
}

REFUSED = {
    'kind = "block"\nwords = "All of the twn stood"\nas = "verse"': (
        'block "All of the twn stood": the words do not stand in the text; the nearest is "All of the town stood" in line 10: '
        "give the words as they are printed now, or take the correction out [correction-lost]"
    ),
    'kind = "join"\nwords = "Xylophones quarrel"': (
        'join "Xylophones quarrel": the words do not stand in the text, nor anything like them; '
        "give them as they are printed now, or take the correction out [correction-lost]"
    ),
    'kind = "reading"\nwords = "the town"\nread = "the city"': (
        'reading "the town": words = "the town" stands in 4 places (lines 10, 13, 17, 30); '
        "give more words, in, under or occurrence [correction-ambiguous]"
    ),
    'kind = "reading"\nwords = "the town"\noccurrence = 2\nof = 3\nread = "the city"': (
        'reading "the town": occurrence 2 of 3 was meant, and now the words stand in 4 places (lines 10, 13, 17, 30); '
        "see which it is, and mend occurrence and of, or give more words [correction-ambiguous]"
    ),
    'kind = "reading"\nwords = "the town"\nunder = "CHAPTER III"\nread = "the city"': (
        'reading "the town": under = "CHAPTER III" does not stand in the text; the nearest is "CHAPTER II" in line 21: '
        "give the words as they are printed now, or take the correction out [correction-lost]"
    ),
    'kind = "level"\nwords = "It went on"\nlevel = 2': (
        'level "It went on" (line 19 of the text): it is a paragraph and no heading; '
        'write kind = "block", as = "heading", level = 2 [correction-refused]'
    ),
    'kind = "speaker"\nwords = "It went on"\nas = "JOHN"': (
        'speaker "It went on" (line 19 of the text): its line does not begin with the speaker\'s name as the correction gives it, '
        'but with "It went on, and no man could tell how lo" [correction-refused]'
    ),
    'kind = "link"\nwords = "or never.[1]"\nto = "7"': (
        'link "or never.[1]" (line 8 of the text): no note has the siglum 7 after it, and none begins with these words [correction-refused]'
    ),
    'kind = "attribute"\nwords = "The second paragraph"\non = "p"\nname = "when"\nvalue = "now"': (
        'attribute "The second paragraph" (line 15 of the text): the schema of the edition does not take p/@when = "now" [correction-refused]'
    ),
    'kind = "reading"\nwords = "in silence, and a child asked why. A short line"\nread = "x"': (
        'reading "in silence, and a child asked why. A short line" (line 10 of the text): '
        "the words do not stand in one piece of running text: a paragraph, heading or verse [correction-refused]"
    ),
}

CONTRADICTIONS = (
    ('kind = "block"\nwords = "A short line"\nas = "verse"', 'kind = "block"\nwords = "A short line of"\nas = "heading"'),
    ('kind = "level"\nwords = "CHAPTER II"\nlevel = 1', 'kind = "level"\nwords = "CHAPTER II"\nlevel = 2'),
    ('kind = "join"\nwords = "It went on"', 'kind = "split"\nwords = "It went on"'),
    ('kind = "reading"\nwords = "teh"\nread = "the"', 'kind = "reading"\nwords = "that teh"\nread = "that ten"'),
    ('kind = "unlink"\nwords = "never.[1]"', 'kind = "link"\nwords = "or never.[1]"\nto = "2"'),
    ('kind = "quotation"\nwords = "how long"', 'kind = "remove"\nwords = "how long"\nas = "quotation"'),
)


def build(*corrections: str, text: str = TEXT) -> Result:
    sidecar = '[metadata]\neditor = "E. Ditor"\n' + "".join(f"[[correct]]\n{each}\n" for each in corrections)
    return convert(read_source(text.encode(), "tide"), read_sidecar(sidecar.encode(), "tide.toml"), formats=())


def body(result: Result) -> str:
    (text,) = result.root.iterchildren("{http://www.tei-c.org/ns/1.0}text")
    return " ".join(IDENTIFIER.sub("", etree.tostring(text).decode()).split())


def errors(result: Result) -> list[str]:
    return [f"{problem.message} [{problem.code}]" for problem in result.problems if problem.level == "error"]


@pytest.mark.parametrize("correction", APPLIED, ids=lambda text: " ".join(text.split()))
def test_applied_and_shown(correction: str) -> None:
    result = build(correction)
    assert errors(result) == []
    assert result.proved
    assert APPLIED[correction] in body(result)
    assert APPLIED[correction] not in body(build())
    assert "<revisionDesc>" in result.xml.decode()
    (recorded,) = result.provenance["corrections"]
    assert f'kind = "{recorded["kind"]}"' in correction
    assert recorded["who"] == "E. Ditor"
    if 'kind = "attribute"' not in correction and 'kind = "remove"' not in correction and 'kind = "unlink"' not in correction:
        assert "editor" in result.provenance["rules"]


@pytest.mark.parametrize("correction", REFUSED, ids=lambda text: " ".join(text.split()))
def test_reported_and_not_applied(correction: str) -> None:
    result = build(correction)
    assert errors(result) == [REFUSED[correction]]
    assert [problem.line for problem in result.problems if problem.level == "error"] == [3]
    assert result.proved
    assert body(result) == body(build())
    assert result.provenance["corrections"] == []


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
def test_contradictions_are_named_both(one: str, other: str) -> None:
    result = build(one, other)
    (error,) = errors(result)
    second = 4 + one.count("\n") + 1
    assert error.startswith(f"the corrections in lines 3 and {second} contradict each other: ")
    assert body(result) == body(build())


def test_the_same_said_twice_is_no_contradiction() -> None:
    same = 'kind = "block"\nwords = "A short line"\nas = "heading"\nlevel = 2'
    assert errors(build(same, same)) == []
    assert body(build(same, same)) == body(build(same))


def test_emphasised_words_are_no_hindrance() -> None:
    text = TEXT.replace("turn on 4 May", "_turn_ on 4 May").replace("It turns", "_It_ turns")
    for correction in ('kind = "remove"\nwords = "4 May 1901"\nas = "date"', 'kind = "remove"\nwords = "_turn_"\nas = "emphasis"'):
        result = build(correction, text=text)
        assert errors(result) == []
        assert result.proved
    assert "<hi" in body(build(text=text))
    assert "_turn_ on <date" in body(result)


def test_under_and_in_tell_places_apart() -> None:
    under = build('kind = "reading"\nwords = "the town"\nunder = "CHAPTER II"\nread = "the city"')
    assert errors(under) == []
    assert "of <choice><sic>the town</sic>" in body(under)
    inside = build('kind = "reading"\nwords = "the town"\nin = "ring in the town below"\nread = "the city"')
    assert "ring in <choice><sic>the town</sic>" in body(inside)


def test_all_kinds_together_are_one_valid_edition() -> None:
    chosen = [
        each for each in APPLIED if 'words = "CHAPTER II"' not in each and "to =" not in each and "never" not in each and "when" not in each
    ]
    chosen = [each for each in chosen if "A short line" not in each or "heading" in each]
    chosen = [each for each in chosen if "did. Then" not in each and "It went on" not in each and 'as = "quotation"' not in each]
    result = build(*chosen)
    assert errors(result) == []
    assert result.proved
    assert build(*chosen).outputs == result.outputs


def test_lines_may_break_otherwise_and_words_be_hyphened() -> None:
    words = 'kind = "split"\nwords = "Then the bells began to ring in the town"'
    rewrapped = TEXT.replace(
        "did. Then the bells began to ring in the town below.", "did. Then\nthe bells be-\ngan to ring in\nthe town below."
    )
    assert errors(build(words, text=rewrapped)) == []
    assert '<p resp="#resp01">Then the bells' in body(build(words, text=rewrapped))
