"""What stands inside paragraphs, as ENCODING has it: the model on one side, the XML written by hand on the other."""

from __future__ import annotations

from typing import Any

import pytest

from tei_pipeline import model as m
from tei_pipeline.source import Span
from tests.written import document, in_header, inside, mixed, paragraph, text, written

T = m.Text
SOFT = m.SoftHyphen()
FOOT = m.Furniture("pageNum", text("12"))

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "characters that XML escapes": (text("a < b & c > d"), "a &lt; b &amp; c &gt; d"),
    "characters that XML cannot hold are left out": (text("form\x0cfeed, \x00NUL, \ud800half"), "formfeed, NUL, half"),
    "a lone unencodable character takes nothing with it": (text("kept", "\x0c", "too"), "kepttoo"),
    "a line end worth keeping": ((T("one"), m.LineBreak(), T("two")), "one\n<lb/>two"),
    "a soft hyphen": ((T("semi"), SOFT, T("colon")), 'semi<pc force="weak">-</pc><lb break="no"/>colon'),
    "a soft hyphen at the foot of a page": (
        (T("semi"), m.SoftHyphen("-", (FOOT, m.PageBreak("13"))), T("colon")),
        'semi<pc force="weak">-</pc><fw type="pageNum">12</fw><pb n="13" break="no"/>colon',
    ),
    "a page break inside a word": ((T("re"), m.PageBreak("7", joins=True), T("do")), 're<pb n="7" break="no"/>do'),
    "emphasis keeps its marks": (
        (m.Highlight("italic", (m.Metamark("italic", "_"), T("so"), m.Metamark("italic", "_"))),),
        '<hi rend="italic"><metamark function="italic">_</metamark>so<metamark function="italic">_</metamark></hi>',
    ),
    "quoted words": ((m.Quoted(text("“so”")),), "<q>“so”</q>"),
    "quoted words with their reference": (
        (m.Cited((m.Quoted(text("“so”"), cited=True), m.Bibl(text("(p. 3)")), m.Points("."))),),
        "<cit><quote>“so”</quote> <bibl>(p. 3)</bibl><pc>.</pc></cit>",
    ),
    "a misprint": (
        (m.Correction(text("hte"), "the", "high", "software"),),
        '<choice><sic>hte</sic><corr cert="high" resp="#software">the</corr></choice>',
    ),
    "residue": ((m.Surplus(text("/p>")),), '<surplus reason="conversion">/p&gt;</surplus>'),
    "a reference to literature": (
        (m.Bibl((T("(Vol. "), m.Field("biblScope", text("XXV"), "volume"), T(")"))),),
        '<bibl>(Vol. <biblScope unit="volume">XXV</biblScope>)</bibl>',
    ),
    "a part of a reference within emphasised words": (
        (m.Bibl((m.Highlight("italic", (T("see "), m.Field("biblScope", text("p. 3"), "page"))),)),),  # type: ignore[arg-type]
        '<bibl><hi rend="italic">see p. 3</hi></bibl>',
    ),
    "a date with a year carried over": (
        (m.Date(text("May 1"), "1927-05-01", cert="medium"),),
        '<date when="1927-05-01" cert="medium">May 1</date>',
    ),
    "a span of dates": ((m.Date(text("1926–27"), start="1926", end="1927"),), '<date from="1926" to="1927">1926–27</date>'),
    "a day that no calendar has": ((m.Date(text("February 30"), "1927-02-30"),), "<date>February 30</date>"),
    "a reaction": (
        (m.Reaction("kinesic", "applause", text("(Stormy applause.)")),),
        '<kinesic type="applause"><desc>(Stormy applause.)</desc></kinesic>',
    ),
    "a soft hyphen in a reaction, where no pc may stand": (
        (m.Reaction("vocal", "laughter", (T("(Laugh"), SOFT, T("ter.)"))),),
        '<vocal type="laughter"><desc>(Laugh<choice><sic>-</sic><corr resp="#software"/></choice>ter.)</desc></vocal>',
    ),
    "a label where TEI takes none": ((m.Date((m.Label(text("1.")), T(" May"))),), "<date><seg><label>1.</label></seg> May</date>"),
}


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES.keys())
def test_content_of_a_paragraph(content: tuple[Any, ...], expected: str) -> None:
    assert mixed(*content) == expected


def test_a_reaction_that_a_page_break_cuts_is_given_in_parts_that_point_at_each_other() -> None:
    cut = m.Reaction("vocal", "laughter", (T("(Laughter. "), FOOT, m.PageBreak(), T("Shouts.)")))

    assert inside(document(m.Paragraph((cut,))), "p", identifiers=True) == (
        '<p xml:id="p001"><vocal type="laughter" xml:id="k01" next="#k02"><desc>(Laughter. </desc></vocal>'
        '<fw type="pageNum">12</fw><pb/>'
        '<vocal type="laughter" xml:id="k02" prev="#k01"><desc>Shouts.)</desc></vocal></p>'
    )


def test_elements_that_the_source_sets_apart_do_not_touch() -> None:
    apart = (m.Quoted(text("“a”"), spans=(Span(0, 3),)), m.Quoted(text("“b”"), spans=(Span(4, 7),)))
    touching = (m.Quoted(text("“a”"), spans=(Span(0, 3),)), m.Quoted(text("“b”"), spans=(Span(3, 6),)))

    assert mixed(*apart) == "<q>“a”</q> <q>“b”</q>"
    assert mixed(*touching) == "<q>“a”</q><q>“b”</q>"


def test_nothing_comes_into_a_word_that_a_page_break_cuts() -> None:
    content = (T("half"), m.Furniture("pageNum", text("1"), (Span(5, 6),)), m.PageBreak(joins=True, spans=(Span(8, 9),)), T("way"))

    assert mixed(*content) == 'half<fw type="pageNum">1</fw><pb break="no"/>way'


def test_parts_of_one_quotation_point_at_each_other() -> None:
    first = m.Paragraph((m.Quoted(text("“One,"), key="a", next="b"),))
    second = m.Paragraph((m.Quoted(text("“two.”"), key="b", prev="a"),))

    assert inside(document(first, second), identifiers=True) == (
        "<body>\n"
        '      <p xml:id="p001"><q xml:id="iq01" next="#iq02">“One,</q></p>\n'
        '      <p xml:id="p002"><q xml:id="iq02" prev="#iq01">“two.”</q></p>\n'
        "    </body>"
    )


def test_ibid_points_at_what_it_repeats() -> None:
    content = (m.Bibl(text("(Vol. I)"), key="first"), T(" "), m.Bibl(text("(ibid.)"), repeats="first"))

    assert inside(document(m.Paragraph(content)), "p", identifiers=True) == (
        '<p xml:id="p001"><bibl xml:id="bibl001">(Vol. I)</bibl> <bibl xml:id="bibl002" corresp="#bibl001">(ibid.)</bibl></p>'
    )


def test_an_editor_who_corrects_stands_in_the_header() -> None:
    whole = document(m.Paragraph((m.Correction(text("a"), "b", resp="me"), m.Correction(text("c"), "d", resp="me"))))

    assert '<corr cert="high" resp="#resp01">b</corr>' in inside(whole)
    assert in_header(whole, "titleStmt").count('<respStmt xml:id="resp01">') == 1


def test_a_bad_date_is_reported_with_its_line() -> None:
    date = m.Date(text("May 32"), "1927-05-32", spans=(Span(12, 18),))

    problems = written(document(paragraph("Some."), m.Paragraph((date,)))).problems

    assert [(problem.code, problem.line) for problem in problems] == [("bad-date", 2)]
