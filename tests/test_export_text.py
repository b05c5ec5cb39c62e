"""Plain text: what a reader sees, and that nothing printed is missing when all is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from textwrap import dedent
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_pipeline.exporters import DIPLOMATIC, EXPORTERS, ExportError, TextOptions, tei_from_json
from tei_pipeline.exporters.json import export_json
from tei_pipeline.exporters.text import export_text
from tei_pipeline.pipeline import convert
from tei_pipeline.source import read_source
from tests.drawn_tei import tei_documents
from tests.grammar_draw import Drawer

TEI = "{http://www.tei-c.org/ns/1.0}"
NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
FOREIGN = sorted((Path(__file__).parent / "foreign").glob("*.xml"))
NOTES = ("end", "division", "inline", "place", "none")


def document(body: str, *, header: str = "", around: str = "") -> etree._Element:
    return etree.fromstring(f"<TEI {NS}><teiHeader>{header}</teiHeader><text>{around}<body>{body}</body></text></TEI>")


def text(body: str, *, header: str = "", around: str = "", **choices: Any) -> str:
    """The text of a document with that body, without the last line end."""
    return export_text(document(body, header=header, around=around), TextOptions(**choices)).data.decode().removesuffix("\n")


def printed(body: str) -> str:
    return text(body, reading="printed", notes="place", width=0)


def same(got: str, wanted: str) -> None:
    assert got == dedent(wanted).strip("\n")


# ---------------------------------------------------------------- the two readings


@pytest.mark.parametrize(
    ("xml", "edited", "as_printed"),
    [
        ("the <choice><sic>hosue</sic><corr>house</corr></choice>", "the house", "the hosue"),
        ("<choice><abbr>Mr.</abbr><expan>Mister</expan></choice> X", "Mister X", "Mr. X"),
        ("<choice>\n  <orig>vp</orig>\n  <reg>up</reg>\n</choice>on", "upon", "vpon"),
        ("<choice><sic>a</sic><corr>b</corr><corr>c</corr></choice>", "b", "a"),
        ("<choice><unclear>a</unclear><unclear>b</unclear></choice>", "a", "ab"),
        ("<sic>teh</sic> <corr>the</corr>", "teh the", "teh the"),
        ("semi<pc force='weak'>-</pc><lb break='no'/>colon", "semicolon", "semi-colon"),
        ("semi<pc force='weak'>-</pc>\n<fw type='pageNum'>12</fw>\n<pb break='no'/>colon", "semicolon", "semi-\n12\ncolon"),
        ("Jack-<lb break='no'/>\nson", "Jackson", "Jack-son"),
        ("wenig¬<lb/>\nstens", "wenigstens", "wenig¬stens"),
        ("Be-<lb/>\nhälter", "Be-hälter", "Be-hälter"),
        ("1900 -<lb/>\n1910", "1900 - 1910", "1900 - 1910"),
        ("one<lb/>two", "one two", "one two"),
        ("a <supplied>lost</supplied> word", "a lost word", "a word"),
        ("an end.<surplus>/p&gt;</surplus>", "an end.", "an end./p>"),
        ("so <hi><metamark>_</metamark>very<metamark>_</metamark></hi> old", "so very old", "so _very_ old"),
        ("<metamark function='ornament'>* *</metamark>", "* *", "* *"),
        ("a<gap reason='lost'/>b", "a[…]b", "ab"),
        ("<gap><desc>three words</desc></gap>", "[three words]", "three words"),
        ("<del>old</del><add>new</add>", "new", "oldnew"),
        ("<app><lem>one</lem> <rdg>two</rdg></app>", "one", "one two"),
        ("no\u00a0break  and\n\tfolded", "no\u00a0break and folded", "no\u00a0break and folded"),
        ("<w join='right'>Thanks</w>\n<pc>.</pc>", "Thanks.", "Thanks."),
    ],
)
def test_edited_and_printed_reading(xml: str, edited: str, as_printed: str) -> None:
    assert text(f"<p>{xml}</p>") == edited
    assert printed(f"<p>{xml}</p>") == as_printed


def test_hyphens_stay_where_the_header_says_that_they_are_hard() -> None:
    header = "<encodingDesc><editorialDecl><hyphenation eol='hard'><p/></hyphenation></editorialDecl></encodingDesc>"
    assert text("<p>Anglo-<lb break='no'/>Saxon</p>", header=header) == "Anglo-Saxon"


def test_a_hyphen_that_nobody_decided_is_named() -> None:
    made = export_text(document("<p>Be-<lb/>hälter, Ge-<lb/>fäß</p>"))
    assert [(problem.code, problem.message[-10:]) for problem in made.problems] == [("hyphen-undecided", " (2 times)")]


def test_quotation_marks_that_the_encoder_took_away_are_put_back() -> None:
    header = "<encodingDesc><editorialDecl><quotation marks='none'/></editorialDecl></encodingDesc>"
    body = "<p>He said <q>no</q>.</p><quote><p>A letter.</p></quote>"
    assert text(body, header=header) == 'He said "no".\n\n    A letter.'
    assert text(body) == "He said no.\n\n    A letter."
    assert text("<q><p>A whole paragraph.</p></q>", header=header) == "A whole paragraph."
    assert text(body, header=header, reading="printed").startswith("He said no.")


# ---------------------------------------------------------------- blocks


def test_paragraphs_are_wrapped_or_stand_on_one_line() -> None:
    words = "When the tide was out the boys of the Stair went to look for the coins that strangers had dropped from the ferry."
    same(
        text(f"<p>{words}</p><p>Next.</p>", width=40),
        """
        When the tide was out the boys of the
        Stair went to look for the coins that
        strangers had dropped from the ferry.

        Next.
        """,
    )
    assert text(f"<p>{words}</p>", width=0) == words


def test_a_word_longer_than_the_line_keeps_its_characters() -> None:
    assert text(f"<p>a {'b' * 50} c</p>", width=20) == f"a\n{'b' * 50}\nc"


def test_headings_are_set_apart_and_keep_their_lines() -> None:
    same(
        text(
            "<div><head>PART ONE</head><div><head><label>I.</label> The Price<lb/>\nof Coal</head>"
            "<head type='sub'>A Speech</head><p>Dear.</p></div>"
            "<div><head>II.</head><p>Dearer.</p></div></div>"
        ),
        """
        PART ONE

        I. The Price
        of Coal
        A Speech

        Dear.


        II.

        Dearer.
        """,
    )


def test_without_headings() -> None:
    body = "<div><head>One</head><p>Text.</p><list><head>Things</head><item>a</item></list></div>"
    same(text(body, headings=False), "Text.\n\n  Things\n  a")


def test_block_quotations_are_indented_and_their_reference_stands_below() -> None:
    same(
        text(
            "<p>He wrote:</p><cit><quote><p>The well is dry and the bucket gone.</p><p>So is the cow.</p></quote>"
            "<bibl>(Letters, p. 9)</bibl><pc>.</pc></cit>",
            width=24,
        ),
        """
        He wrote:

            The well is dry and
            the bucket gone.

            So is the cow.

        (Letters, p. 9)

        .
        """,
    )


def test_quoted_words_stay_in_their_paragraph() -> None:
    body = "<p>It is <cit><quote>“dry”</quote> <bibl>(p. 1)</bibl></cit>, he <q>said</q>.</p>"
    assert text(body) == "It is “dry” (p. 1), he said."


def test_verse_keeps_lines_and_indents_and_stanzas_stand_apart() -> None:
    same(
        text(
            "<lg><l>The lamp is lit,</l><l rend='indent4'>the oil is low,</l></lg>"
            "<lg><l>and who will sit</l><l rend='indent'>to watch it go?</l></lg><p>He wept.</p>"
        ),
        """
        The lamp is lit,
            the oil is low,

        and who will sit
          to watch it go?

        He wept.
        """,
    )


def test_a_verse_that_two_speakers_share_goes_on_where_it_stopped() -> None:
    same(
        text(
            "<sp><speaker>A.</speaker><l part='I'>Who goes?</l></sp><sp><speaker>B.</speaker><l part='M'>The night,</l></sp>"
            "<sp><speaker>A.</speaker><l part='F'>my lord.</l></sp>"
        ),
        """
        A.
        Who goes?

        B.
                  The night,

        A.
                             my lord.
        """,
    )


def test_lists_show_the_printed_markers_and_nest() -> None:
    assert text(
        "<list><item><label>a)</label> the first thing that we have to say;</item><item><label>b)</label> the second:"
        "<list><item><label>1.</label> inner</item></list></item><item>no marker</item></list>",
        width=30,
    ).splitlines() == [
        "  a) the first thing that we",
        "     have to say;",
        "  b) the second:",
        "     1. inner",
        "  no marker",
    ]


def test_lists_whose_markers_the_encoder_took_away_get_them_back_in_the_edited_reading_only() -> None:
    body = "<list rend='numbered'><item>one</item><item>two</item></list><list type='bulleted'><item>a</item></list>"
    assert text(body) == "  1. one\n  2. two\n\n  - a"
    assert "1." not in text(body, reading="printed")


def test_labels_beside_items_are_their_markers() -> None:
    body = "<list type='gloss'><label>Stair</label><item>a landing</item><label>Mole</label></list>"
    assert text(body) == "  Stair a landing\n  Mole"


def test_tables_are_aligned() -> None:
    same(
        text(
            "<table><head>Tides</head><row><cell>Day</cell><cell>Water</cell></row>"
            "<row><cell>Monday</cell><cell>9 <hi>feet</hi></cell></row><row><cell cols='2'><p>no record</p><p>kept</p></cell></row></table>"
        ),
        """
        Tides

        Day     Water
        Monday  9 feet
        no record kept
        """,
    )


def test_one_long_cell_does_not_push_the_table_apart() -> None:
    long = "x" * 5000
    assert text(f"<table><row><cell>{long}</cell><cell>b</cell></row><row><cell>c</cell><cell>d</cell></row></table>") == f"{long}  b\nc  d"


def test_preformatted_text_keeps_its_white_space() -> None:
    body = "<ab type='preformatted' xml:space='preserve'><lb/>one   two\n<lb/>   three</ab>"
    same(text(body, width=20), "one   two\n   three")


def test_letters_keep_the_lines_of_their_beginning_and_end() -> None:
    same(
        text(
            "<div><opener><dateline>Skerrivale, 3 May</dateline> <salute>Dear Edda,</salute></opener><p>All is well.</p>"
            "<closer><salute>Yours</salute>, <signed>Tom</signed></closer><postscript><p>The cow too.</p></postscript></div>"
        ),
        """
        Skerrivale, 3 May
        Dear Edda,

        All is well.

        Yours,
        Tom

        The cow too.
        """,
    )


def test_speakers_stand_before_speeches_and_directions_in_parentheses() -> None:
    body = (
        "<sp><speaker>MARTHA.</speaker> <stage>(aside)</stage><p>Who rang? <stage>She listens.</stage></p></sp>"
        "<stage>Exit.</stage><sp who='#j'><p>Nobody.</p></sp>"
    )
    header = "<profileDesc><particDesc><person xml:id='j'><persName>Jonas</persName></person></particDesc></profileDesc>"
    same(
        text(body, header=header),
        """
        MARTHA. (aside)
        Who rang? (She listens.)

        (Exit.)

        Jonas:
        Nobody.
        """,
    )
    same(text(body, header=header, speakers=False), "(aside)\n\nWho rang? (She listens.)\n\n(Exit.)\n\nNobody.")
    assert "Jonas" not in text(body, header=header, reading="printed")


def test_title_pages_and_front_matter() -> None:
    around = (
        "<front><titlePage><docTitle><titlePart>THE MOLE</titlePart></docTitle><byline>by <docAuthor>T. Orrel</docAuthor></byline>"
        "<docImprint>Anmar,<lb/> 1891</docImprint></titlePage></front>"
    )
    same(text("<p>Text.</p>", around=around), "THE MOLE\n\nby T. Orrel\n\nAnmar,\n1891\n\nText.")
    assert text("<p>Text.</p>", around=around, front=False) == "Text."


def test_boilerplate_is_left_out_unless_wanted() -> None:
    body = "<div type='boilerplate'><p>Licence.</p></div><div><p>Text.</p></div>"
    assert text(body) == "Text."
    assert text(body, boilerplate=True) == "Licence.\n\nText."


def test_page_marks() -> None:
    body = "<p>one</p><pb n='12'/><p>two <pb n='13'/>three semi<pc force='weak'>-</pc><pb n='14' break='no'/>colon <pb/> end</p>"
    same(text(body, pages=True), "one\n\n|12|\n\ntwo |13| three semi|14|colon | end")
    assert "|" not in text(body)
    assert text(body, pages=True, reading="printed").count("\f") == 4


def test_an_ornament_and_a_mere_gap() -> None:
    same(text("<p>a</p><ab type='ornament'>* * *</ab><p>b</p><milestone unit='section'/><p>c</p>"), "a\n\n* * *\n\nb\n\n\nc")


# ---------------------------------------------------------------- notes

WITH_NOTES = """<div type="work"><head>First Work</head>
<div type="section"><head>A</head><p>Rising,<ref type="noteAnchor" target="#n1" xml:id="r1">1</ref> when.</p></div>
<div type="section"><head>B</head><p>Falling <ref type="noteAnchor" target="#n2" xml:id="r2">[2]</ref> and again<ref
type="noteAnchor" target="#n1" xml:id="r3">1</ref>.</p></div>
<div type="notes"><head>Notes</head>
<note xml:id="n1" n="1" place="end" target="#r1 #r3"><label>1.</label> <p>The <hi>tide</hi>.</p><p>The moon.</p></note>
<note xml:id="n2" n="2" place="end" target="#r2"><label>2.</label> <p>The price.</p></note></div></div>"""


def test_notes_at_the_end() -> None:
    same(
        text(WITH_NOTES),
        """
        First Work

        A

        Rising,[1] when.


        B

        Falling [2] and again[1].


        --------

        [1] The tide.

            The moon.
        [2] The price.
        """,
    )


def test_notes_at_the_foot_of_the_division_that_refers_to_them() -> None:
    same(
        text(WITH_NOTES, notes="division"),
        """
        First Work

        A

        Rising,[1] when.

        [1] The tide.

            The moon.


        B

        Falling [2] and again[1].

        [2] The price.
        """,
    )


def test_notes_inline_stand_at_their_first_reference() -> None:
    same(
        text(WITH_NOTES, notes="inline"),
        """
        First Work

        A

        Rising, [The tide. The moon.] when.


        B

        Falling [The price.] and again[1].
        """,
    )


def test_notes_in_place_keep_their_printed_marks() -> None:
    same(
        text(WITH_NOTES, notes="place"),
        """
        First Work

        A

        Rising,1 when.


        B

        Falling [2] and again1.


        Notes

        1. The tide.

           The moon.

        2. The price.
        """,
    )


def test_no_notes_and_no_marks() -> None:
    same(text(WITH_NOTES, notes="none"), "First Work\n\nA\n\nRising, when.\n\n\nB\n\nFalling and again.")
    assert "Rising,1 when." in text(WITH_NOTES, notes="none", reading="printed")


def test_notes_of_several_works_are_listed_under_the_titles_of_the_works() -> None:
    second = re.sub(r'"(#?)([nr]\d)( #r3)?"', r'"\1x\2"', WITH_NOTES).replace("First", "Second")
    listed = text(WITH_NOTES + second).partition("--------")[2].splitlines()
    assert [line for line in listed if line] == [
        "First Work",
        "[1] The tide.",
        "    The moon.",
        "[2] The price.",
        "Second Work",
        "[1] The tide.",
        "    The moon.",
        "[2] The price.",
    ]


def test_a_foot_note_within_a_paragraph_does_not_cut_it() -> None:
    body = "<p>The tide<note place='bottom' n='*'>Of course.</note> rose.</p>"
    assert text(body) == "The tide[*] rose.\n\n\n--------\n\n[*] Of course."
    assert text(body, notes="inline") == "The tide [Of course.] rose."
    assert text(body, notes="none") == "The tide rose."
    assert text(body, notes="place") == "The tide\n\nOf course.\n\nrose."


def test_a_heading_with_a_note_and_nothing_below_it_stays() -> None:
    body = "<div><head>Part One<note place='bottom' n='1'>So printed.</note></head></div>"
    assert text(body) == "Part One[1]\n\n\n--------\n\n[1] So printed."


def test_a_marker_may_hold_a_note() -> None:
    body = "<list><item><label>a)<note n='1' place='bottom'>So printed.</note></label> first</item></list>"
    assert text(body, notes="inline") == "  a) [So printed.] first"


def test_notes_without_a_siglum_are_numbered() -> None:
    body = "<p>a<note>One.</note> b<note>Two.</note></p>"
    assert text(body) == "a[1] b[2]\n\n\n--------\n\n[1] One.\n[2] Two."


def test_a_pointer_without_characters_gets_a_mark() -> None:
    body = "<p>a<ptr target='#n'/></p><note xml:id='n' place='end'>One.</note>"
    assert text(body) == "a[1]\n\n\n--------\n\n[1] One."


def test_a_cross_reference_in_words_is_no_mark() -> None:
    body = "<p>a<ref target='#n'>5</ref>, see <ref target='#n'>note five</ref></p><note xml:id='n' n='5' place='end'>One.</note>"
    assert text(body, notes="none") == "a, see note five"


def test_notes_that_are_part_of_the_text_stay() -> None:
    body = "<note type='source'><bibl>Courier, No. 5</bibl></note><u who='#a'><note type='time'>(9 a.m.)</note> <seg>Open.</seg></u>"
    for notes in NOTES:
        same(text(body, notes=notes), "Courier, No. 5\n\na:\n(9 a.m.)\n\nOpen.")


def test_two_notes_that_refer_to_each_other_are_both_shown() -> None:
    body = (
        "<note xml:id='a' place='end' n='1'>Alpha<ref target='#b' type='noteAnchor'>2</ref></note>"
        "<note xml:id='b' place='end' n='2'>Beta<ref target='#a' type='noteAnchor'>1</ref></note><p>Text</p>"
    )
    for notes in ("end", "division", "inline"):
        made = text(body, notes=notes)
        assert (made.count("Alpha"), made.count("Beta")) == (1, 1), notes


@st.composite
def noted(draw: st.DrawFn) -> tuple[str, int]:
    """Divisions with paragraphs, references and notes in any arrangement; each note has a word of its own."""
    count = draw(st.integers(1, 6))
    waiting = list(range(count))

    def note(number: int) -> str:
        inside = reference() if draw(st.booleans()) else ""
        held = note(waiting.pop(0)) if waiting and draw(st.integers(0, 4)) == 0 else ""
        words = f"w{number}x {inside}{held}"
        siglum = draw(st.sampled_from(["", f" n='{number}'"]))
        label = draw(st.sampled_from(["", "<label>9.</label> "]))
        return f"<note xml:id='n{number}' place='end'{siglum}>{label}{words if draw(st.booleans()) else f'<p>{words}</p>'}</note>"

    def reference() -> str:
        return f"<ref type='noteAnchor' target='#n{draw(st.integers(0, count - 1))}'>{draw(st.sampled_from(['', '7', '[8]']))}</ref>"

    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        kinds = draw(st.lists(st.sampled_from("prnl"), max_size=4))
        inner = "".join(
            f"<p>a {reference()} b</p>"
            if kind == "p"
            else f"<p>{note(waiting.pop(0))}</p>"
            if kind == "r" and waiting
            else f"<list><item>{reference()}</item></list>"
            if kind == "l"
            else note(waiting.pop(0))
            if waiting
            else "<p>c</p>"
            for kind in kinds
        )
        pieces.append(f"<div><head>Head</head>{inner}</div>")
    pieces += [f"<div type='notes'>{note(waiting.pop(0))}</div>" for _ in range(len(waiting)) if waiting]
    return "".join(pieces), count


@settings(max_examples=300, deadline=None)
@given(noted(), st.sampled_from(NOTES[:4]), st.sampled_from(["edited", "printed"]))
def test_every_note_is_shown_once_wherever_it_goes(drawn: tuple[str, int], notes: str, reading: str) -> None:
    body, count = drawn
    made = text(body, notes=notes, reading=reading)
    assert [made.count(f"w{number}x") for number in range(count)] == [1] * count


# ---------------------------------------------------------------- the diplomatic invariant


def printed_characters(root: etree._Element) -> str:
    """``text`` without ``supplied`` and the editor's side of a choice, without tags and white space: the definition, in its own words."""

    def pieces(element: etree._Element) -> Iterator[str]:
        if isinstance(element.tag, str) and element.tag != TEI + "supplied":
            parent = element.getparent()
            is_editors = element.tag in (TEI + "corr", TEI + "reg", TEI + "expan") and parent is not None and parent.tag == TEI + "choice"
            if not is_editors:
                yield element.text or ""
                for child in element:
                    yield from pieces(child)
                    yield child.tail or ""

    found = root.find(TEI + "text")
    assert found is not None
    return "".join("".join(pieces(found)).split())


def tree_of(document: etree._ElementTree) -> bytes:
    return etree.tostring(document, method="c14n", with_comments=True)


def diplomatic(root: etree._Element) -> str:
    return "".join(export_text(root, DIPLOMATIC).data.decode().split())


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_foreign_tei_gives_all_its_printed_characters(path: Path) -> None:
    root = etree.parse(path).getroot()
    assert diplomatic(root) == printed_characters(root)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tei_documents())
def test_any_tei_gives_all_its_printed_characters(xml: bytes) -> None:
    root = etree.fromstring(xml)
    assert diplomatic(root) == printed_characters(root)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tei_documents(), st.sampled_from(["edited", "printed"]), st.sampled_from(NOTES), st.sampled_from([0, 20, 72]), st.booleans())
def test_any_tei_gives_clean_lines(xml: bytes, reading: Any, notes: Any, width: int, shown: bool) -> None:
    options = TextOptions(reading, notes, width, headings=shown, front=shown, boilerplate=shown, pages=shown, speakers=shown)
    made = export_text(etree.fromstring(xml), options).data.decode()
    assert not made or (made[-1] == "\n" and made[-2:] != "\n\n" and made[0] != "\n")
    assert not re.search("[\0\1\2\3]", made)
    assert not re.search("[ \t]$", made, re.MULTILINE)
    assert "\n\n\n\n" not in made


def test_our_own_books_give_all_their_printed_characters(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "texts").glob("ibsen.txt")):
        data = path.read_bytes()
        root = convert(read_source(data, path.stem), formats=()).root
        assert diplomatic(root) == "".join(data.decode("utf-8-sig").split())
        assert tree_of(tei_from_json(export_json(root).data)) == tree_of(root.getroottree())


# ---------------------------------------------------------------- bad choices, hostile documents, what is lost


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"reading": "modern"}, "reading: 'modern' is no choice here; choose from edited, printed"),
        ({"notes": "margin"}, "notes: 'margin' is no choice here; choose from end, division, inline, place, none"),
        ({"width": 5}, "width: lines of 5 characters are too short"),
        ({"width": -1}, "width: -1 is no number of characters"),
        ({"width": "wide"}, "width: 'wide' is no number of characters"),
        ({"width": True}, "width: True is no number of characters"),
        ({"headings": "maybe"}, "headings: 'maybe' is no choice here; choose from True, False"),
        ({"colour": "red"}, "text: an option that this format does not have; its options: reading, notes, width"),
    ],
)
def test_choices_that_there_are_not_are_named(choices: dict[str, Any], said: str) -> None:
    with pytest.raises(ExportError) as caught:
        EXPORTERS["text"](document("<p>a</p>"), **choices)
    assert str(caught.value).startswith(said)


def test_nesting_without_end_is_no_trouble() -> None:
    for name in ("hi", "quote", "list", "div", "note", "table", "choice", "sp"):
        depth = 1500
        root = etree.fromstring(
            f"<TEI {NS}><text><body>" + f"<{name}>" * depth + "<p>word</p>" + f"</{name}>" * depth + "</body></text></TEI>",
            etree.XMLParser(huge_tree=True),
        )
        for reading, notes in product(("edited", "printed"), NOTES[:4]):
            made = export_text(root, TextOptions(reading=reading, notes=notes)).data.decode()  # type: ignore[arg-type]
            assert "word" in made, name
            assert len(made) < 120_000, name


def test_many_of_everything_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        body = "".join(
            f"<p>a<ref target='#n{number}'>{number}</ref>-<lb/>{'!' * 40}</p><note xml:id='n{number}' place='end'>x</note>"
            for number in range(count)
        )
        root = document(body)
        best = 9.0
        for _ in range(3):
            start = perf_counter()
            for notes in ("end", "inline", "division"):
                export_text(root, TextOptions(notes=notes))
            best = min(best, perf_counter() - start)
        return best

    assert seconds(2000) / seconds(200) < 40  # 10 in proportion, 100 when it grows with the square


def test_what_text_cannot_say_is_named_once_for_each_kind_with_its_first_place() -> None:
    made = export_text(
        document(
            "<p xml:id='p1'>a<graphic url='a.png'/><graphic url='b.png'/><m:math xmlns:m='urn:math'><m:mi>x</m:mi></m:math></p>"
            "<p><!-- hidden --><?do?><ptr target='https://example.org'/><g ref='#ch'/></p>"
        )
    )
    assert made.data == b"ax\n"
    assert [(problem.level, problem.code, problem.where) for problem in made.problems] == [
        ("info", "no-text-graphic", "p1"),
        ("info", "no-text-foreign", "p1"),
        ("info", "no-text-comment", ""),
        ("info", "no-text-processing", ""),
        ("info", "no-text-pointer", ""),
        ("info", "no-text-glyph", ""),
    ]
    assert made.problems[0].message == "graphic has no characters and is left out (2 times)"


def test_a_document_without_text_is_named() -> None:
    made = export_text(etree.fromstring(f"<TEI {NS}><teiHeader/><facsimile/></TEI>"))
    assert (made.data, [problem.code for problem in made.problems]) == (b"", ["no-text-facsimile", "no-text"])


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_foreign_tei_is_exported_in_every_way(path: Path) -> None:
    root = etree.parse(path).getroot()
    for reading, notes, width in product(("edited", "printed"), NOTES, (0, 40)):
        assert EXPORTERS["text"](root, reading=reading, notes=notes, width=width, pages=True, boilerplate=True).data


def test_a_debate_names_its_speakers_above_their_speeches() -> None:
    same(
        export_text(etree.parse(FOREIGN[0]).getroot()).data.decode().removesuffix("\n"),
        """
        The President:
        The sitting is open. (9 a.m.)

        The crane is still broken. [Murmurs from the quay]

        (Applause.)

        Okafor Lena:
        It was [microphone off] mended on Friday.

        [A gull enters.]

        Thanks.

        For: 12

        DuvalPaul:
        Then we vote — R&D comes last.
        """,
    )


def test_an_inscription_keeps_its_lines() -> None:
    made = export_text(etree.parse(FOREIGN[2]).getroot()).data.decode().splitlines()
    assert made[:3] == ["Pontibus et fluminibus", "custos pub[…]us fecit VVV VII", "vixit annis"]


def test_documents_drawn_from_our_own_schema_go_every_way() -> None:
    drawer = Drawer(etree.parse(Path(__file__).parents[1] / "schemas" / "edition.rng").getroot(), 11)
    for _ in range(40):
        root = etree.fromstring(etree.tostring(drawer.document(80)))
        assert diplomatic(root) == printed_characters(root)
        assert tree_of(tei_from_json(export_json(root).data)) == tree_of(root.getroottree())
