"""Blocks, divisions and the title page, as ENCODING has them: the model on one side, the XML written by hand on the other."""

from __future__ import annotations

from typing import Any

import pytest

from tei_pipeline import model as m
from tei_pipeline.source import Span
from tests.written import document, inside, paragraph, text

T = m.Text
HEAD = m.Heading(text("Head"))
SIGNED = m.Closer((m.Part("signed", text("J. M.")),))

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "an ornament": ((m.Anonymous("ornament", text("* * *")),), '<ab type="ornament">* * *</ab>'),
    "preformatted lines": (
        (m.Anonymous("preformatted", (T("a  b"), m.LineBreak(), T("c  d"))),),
        '<ab type="preformatted" xml:space="preserve"><lb/>a  b\n<lb/>c  d</ab>',
    ),
    "residue on a line of its own": ((m.Surplus(text("/p>")),), '<ab type="residue"><surplus reason="conversion">/p&gt;</surplus></ab>'),
    "a block quotation": ((m.Quotation((paragraph("So."),)),), "<quote>\n  <p>So.</p>\n</quote>"),
    "a block quotation and its reference": (
        (m.Cited((m.Quotation((paragraph("So."),)), m.Bibl(text("(p. 1)")), m.Points("."))),),
        "<cit>\n  <quote>\n    <p>So.</p>\n  </quote>\n  <bibl>(p. 1)</bibl><pc>.</pc>\n</cit>",
    ),
    "a cit of nothing is nothing": ((paragraph("a"), m.Cited(())), "<p>a</p>"),
    "a list": (
        (m.ItemList((m.Item(m.Label(text("1.")), text("one")), m.PageBreak(), m.Item(None, text("two"))), "index", HEAD),),
        '<list type="index">\n  <head>Head</head>\n  <item><label>1.</label> one</item>\n  <pb/>\n  <item>two</item>\n</list>',
    ),
    "a list in an item": (
        (m.ItemList((m.Item(m.Label(text("a)")), (), (paragraph("one"), m.ItemList((m.Item(None, text("in")),)))),)),),
        "<list>\n  <item>\n    <label>a)</label>\n    <p>one</p>\n    <list>\n      <item>in</item>\n    </list>\n  </item>\n</list>",
    ),
    "blocks after the words of an item": (
        (m.ItemList((m.Item(None, text("one"), (paragraph("two"), paragraph("three"))),)),),
        "<list>\n  <item>one <p>two</p> <p>three</p></item>\n</list>",
    ),
    "verse": (
        (m.Stanza((m.VerseLine(text("One")), m.VerseLine(text("two"), 4, "F", "2"))),),
        '<lg type="stanza">\n  <l>One</l>\n  <l n="2" rend="indent(4)" part="F">two</l>\n</lg>',
    ),
    "a speech": (
        (m.Speech(text("ANNA"), (paragraph("Yes."),), directions=(m.Stage(text("(aside)"), "delivery"), T(":"))),),
        '<sp>\n  <speaker>ANNA</speaker>\n  <stage type="delivery">(aside):</stage>\n  <p>Yes.</p>\n</sp>',
    ),
    "a colon after a speaker": (
        (m.Speech(text("ANNA"), (paragraph("Yes."),), directions=(T(" "), T(":"))),),
        "<sp>\n  <speaker>ANNA:</speaker>\n  <p>Yes.</p>\n</sp>",
    ),
    "a speech in a speech": (
        (m.Speech(text("A"), (m.Speech(text("B"), (paragraph("No."),)),)),),
        "<sp>\n  <speaker>A</speaker>\n  <q><sp>\n    <speaker>B</speaker>\n    <p>No.</p>\n  </sp></q>\n</sp>",
    ),
    "a cast list": (
        (m.CastList((m.CastItem((T("ANNA", (Span(0, 4),)),), (T("a miller", (Span(6, 14),)),)),)),),
        "<castList>\n  <castItem><role>ANNA</role> a miller</castItem>\n</castList>",
    ),
    "a table": (
        (m.Table(((text("a"), text("b")),)),),
        "<table>\n  <row>\n    <cell>a</cell>\n    <cell>b</cell>\n  </row>\n</table>",
    ),
    "a bibliography": ((m.Bibliography((m.Bibl(text("A. Book")),)),), "<listBibl>\n  <bibl>A. Book</bibl>\n</listBibl>"),
    "an illustration with a caption": ((m.Figure(HEAD), paragraph("a")), "<figure>\n  <head>Head</head>\n</figure>\n<p>a</p>"),
    "an illustration without": (
        (m.Figure(None, text("[Illustration]")), paragraph("a")),
        "<figure>\n  <figDesc>[Illustration]</figDesc>\n</figure>\n<p>a</p>",
    ),
    "a letter in the text": (
        (m.FloatingText("letter", (m.Opener((m.Part("salute", text("Sir,")),)),), (paragraph("So."),), (SIGNED,)),),
        '<floatingText type="letter">\n  <body>\n    <opener>\n      <salute>Sir,</salute>\n    </opener>\n    <p>So.</p>\n'
        "    <closer>\n      <signed>J. M.</signed>\n    </closer>\n  </body>\n</floatingText>",
    ),
    "a gap": ((m.Milestone(), paragraph("a")), '<milestone unit="section"/>\n<p>a</p>'),
    "what TEI asks for where the model has nothing": (
        (m.ItemList(()), m.Stanza(()), m.Table(()), m.CastList(()), m.Bibliography(())),
        '<list>\n  <item/>\n</list>\n<lg type="stanza">\n  <l/>\n</lg>\n<table>\n  <row>\n    <cell/>\n  </row>\n</table>\n'
        "<castList>\n  <castItem/>\n</castList>\n<listBibl>\n  <bibl/>\n</listBibl>",
    ),
}


def outdented(written: str) -> str:
    """What stands between the first and the last line of an element, moved to the margin."""
    lines = written.split("\n")[1:-1]
    margin = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[margin:] if line[:margin].isspace() else line for line in lines)


@pytest.mark.parametrize(("blocks", "expected"), CASES.values(), ids=CASES.keys())
def test_blocks_of_a_body(blocks: tuple[Any, ...], expected: str) -> None:
    assert outdented(inside(document(*blocks))) == expected


def test_white_space_at_the_edges_of_a_block_is_no_part_of_it() -> None:
    stage = m.Stage(text(" (aside) "))
    spaced = (m.Paragraph((T(" a "), stage, T(" b "), m.PageBreak(), T(" "))), m.Speech(text("ANNA "), (paragraph(" c"),)), stage)

    assert outdented(inside(document(*spaced))) == (
        "<p>a <stage> (aside) </stage> b <pb/></p>\n<sp>\n  <speaker>ANNA</speaker>\n  <p>c</p>\n</sp>\n<stage>(aside)</stage>"
    )


def test_white_space_at_the_edges_of_preformatted_text_is_kept() -> None:
    assert outdented(inside(document(m.Anonymous("preformatted", text("  a "))))) == (
        '<ab type="preformatted" xml:space="preserve"><lb/>  a </ab>'
    )


def divided(*divisions: m.Division, **fields: Any) -> m.Document:
    return document(body=m.Division("body", "", divisions=divisions, **fields))


def test_a_note_points_at_its_references_and_they_at_it() -> None:
    first, second = (m.Reference("*", text("*"), key, ("note",)) for key in ("r1", "r2"))
    note = m.Note("note", "*", "end", (paragraph("My italics."),), m.Label(text("*")), ("r1",))
    work = m.Division("work", "1", blocks=(m.Paragraph((T("a"), first, T(" b"), second)), note))

    assert outdented(inside(divided(work), "div", identifiers=True)) == (
        '<p xml:id="w01-p001">a<ref type="noteAnchor" n="*" xml:id="w01-r01" target="#w01-n01">*</ref>'
        ' b<ref type="noteAnchor" n="*" xml:id="w01-r02" target="#w01-n01">*</ref></p>\n'
        '<note n="*" place="end" xml:id="w01-n01" target="#w01-r01 #w01-r02">\n'
        "  <label>*</label>\n"
        '  <p xml:id="w01-n01-p001">My italics.</p>\n'
        "</note>"
    )


def test_a_note_in_a_paragraph_is_not_indented() -> None:
    note = m.Note("n", "1", "bottom", (paragraph("One."), paragraph("Two.")), m.Label(text("1")))

    assert inside(document(m.Paragraph((T("a"), note, T(" b")))), "p") == (
        '<p>a<note n="1" place="bottom"><label>1</label> <p>One.</p> <p>Two.</p></note> b</p>'
    )


def test_a_division_is_written_top_blocks_divisions_bottom() -> None:
    heading = m.Heading((m.Label(text("II")), T(" The Price"), m.LineBreak(), T("of Coal")))
    opener = m.Opener((m.Part("dateline", (m.Date(text("May 1, 1901"), "1901-05-01"),)), m.Part("salute", text("Sir,"))))
    sub = m.Heading(text("A Letter"), "sub")
    work = m.Division(
        "letter", "2", (heading, sub, opener), (paragraph("So."),), (m.Division("section", "1", blocks=(paragraph("In."),)),), (SIGNED,)
    )

    assert inside(divided(work)) == (
        "<body>\n"
        '      <div type="letter" n="2">\n'
        "        <head><label>II</label> The Price\n<lb/>of Coal</head>\n"
        '        <head type="sub">A Letter</head>\n'
        "        <opener>\n"
        '          <dateline><date when="1901-05-01">May 1, 1901</date></dateline>\n'
        "          <salute>Sir,</salute>\n"
        "        </opener>\n"
        "        <p>So.</p>\n"
        '        <div type="section" n="1">\n'
        "          <p>In.</p>\n"
        "        </div>\n"
        "        <closer>\n"
        "          <signed>J. M.</signed>\n"
        "        </closer>\n"
        "      </div>\n"
        "    </body>"
    )


def test_what_opens_a_letter_in_one_line_keeps_its_characters_between_the_parts() -> None:
    opener = m.Opener((m.Part("dateline", text("Hull")), T("—"), m.Part("salute", text("Sir,"))))

    assert inside(divided(m.Division("letter", "1", (opener,))), "opener") == (
        "<opener><dateline>Hull</dateline> — <salute>Sir,</salute></opener>"
    )


def test_a_division_that_is_only_closed_gets_the_paragraph_that_tei_asks_for() -> None:
    closed = m.Division("letter", "1", bottom=(SIGNED,))
    signed = m.Division("letter", "2", bottom=(m.Part("signed", text("J. M.")),))

    written = inside(divided(closed, signed))

    assert written.count("<p/>") == 1
    assert written.index("<p/>") < written.index("<closer>")


def test_an_empty_body_holds_an_empty_paragraph() -> None:
    assert inside(document()) == "<body>\n      <p/>\n    </body>"


def test_a_trailer_opens_no_division() -> None:
    trailer = m.Part("trailer", text("THE END"))
    work = m.Division("work", "1", top=(trailer,), blocks=(paragraph("a"),), bottom=(trailer,))

    assert outdented(inside(divided(work), "div")) == ('<head type="sub">THE END</head>\n<p>a</p>\n<trailer>THE END</trailer>')


def test_residue_between_divisions_where_no_block_may_stand() -> None:
    body = divided(m.Division("work", "1"), blocks=(paragraph("a"),), bottom=(m.Surplus(text("/p>")),))

    assert '<metamark function="residue"><surplus reason="conversion">/p&gt;</surplus></metamark>' in inside(body)


def test_names_of_divisions_are_unique_among_siblings() -> None:
    kinds = [("section", "1"), ("section", "1"), ("notes", ""), ("notes", "")]
    whole = divided(*(m.Division(kind, n, divisions=(m.Division("section", "1"),)) for kind, n in kinds))

    written = inside(whole)

    assert [line.strip() for line in written.split("\n") if line.startswith("      <div ")] == [
        '<div type="section" n="1">',
        '<div type="section" n="section2">',
        '<div type="notes" n="notes">',
        '<div type="notes" n="notes2">',
    ]


def test_a_title_page() -> None:
    page = m.TitlePage(
        (
            m.TitlePart("main", text("THE MILL")),
            m.TitlePart("sub", text("A Tale")),
            m.Metamark("ornament", "***"),
            m.TitlePart("byline", text("BY ANN MILLER, A NOVELIST")),
            m.TitlePart("docEdition", text("Second edition")),
            m.TitlePart("epigraph", text("So be it.")),
            m.TitlePart("desc", text("With a map")),
            m.TitlePart("docImprint", (T("Hull"), m.LineBreak(), T("1901"))),
        )
    )
    whole = document(paragraph("a"), front=(page,), metadata=m.Metadata(author=("Ann Miller",)))

    assert inside(whole, "front") == (
        "<front>\n"
        "      <titlePage>\n"
        "        <docTitle>\n"
        '          <titlePart type="main">THE MILL</titlePart>\n'
        '          <titlePart type="sub">A Tale</titlePart>\n'
        "        </docTitle>\n"
        '        <metamark function="ornament">***</metamark>\n'
        "        <byline>BY <docAuthor>ANN MILLER</docAuthor>, A NOVELIST</byline>\n"
        "        <docEdition>Second edition</docEdition>\n"
        "        <epigraph>\n"
        "          <p>So be it.</p>\n"
        "        </epigraph>\n"
        '        <titlePart type="desc">With a map</titlePart>\n'
        "        <docImprint>Hull\n<lb/>1901</docImprint>\n"
        "      </titlePage>\n"
        "    </front>"
    )


def test_a_block_quotation_within_a_verse_becomes_segments() -> None:
    quotation = m.Quotation((paragraph("So."), m.Stanza((m.VerseLine(text("in")), m.VerseLine(text("side"))))))
    line = m.VerseLine((T("he said "), m.Cited((quotation,))))

    assert (
        '<l>he said <cit><quote><seg type="p">So.</seg> <seg type="stanza"><seg type="l">in</seg> <seg type="l">side</seg></seg>'
        in inside(document(m.Stanza((line,))))
    )


def test_a_note_within_a_verse_holds_verse() -> None:
    note = m.Note("n", "1", "bottom", (m.Stanza((m.VerseLine(text("in")),)), paragraph("So.")))

    assert inside(document(m.Stanza((m.VerseLine((T("he said"), note)),))), "lg") == (
        '<lg type="stanza">\n        <l>he said<note n="1" place="bottom"><lg type="stanza"><l>in</l></lg> <p>So.</p></note></l>'
        "\n      </lg>"
    )
