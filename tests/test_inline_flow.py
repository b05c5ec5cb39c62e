"""The flow of a block, marks that nest, emphasis in plain text, and references after block quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_pipeline import model
from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.inline.emphasis import emphasis, signs
from tei_pipeline.inline.emphasis_over import emphasis_over
from tei_pipeline.inline.flow import Flow, Joint, Mark, Piece, content, flow_of, part
from tei_pipeline.inline.literature.cited import cited
from tei_pipeline.inline.runs import runs
from tei_pipeline.inline.vocabulary import vocabulary
from tei_pipeline.model import Content, Spans
from tei_pipeline.rows import Row
from tei_pipeline.source import Span, read_source
from tei_pipeline.tei.flat import printed

TEXT = "The salt of the quay\nis lost, and the mill\tstands  still.\n"


def flow() -> Flow:
    first, second, _ = TEXT.split("\n")
    return flow_of([Piece(first, 0), model.PageBreak("2"), Piece(second, len(first) + 1)])


def quoted(content: Content, spans: Spans) -> model.Quoted:
    return model.Quoted(content, spans=spans)


def test_lines_are_joined_and_every_character_knows_its_place() -> None:
    made = flow()
    assert made.text == "The salt of the quay is lost, and the mill stands still."
    assert made.reach() == (0, len(TEXT) - 1)
    for place, char in enumerate(made.text):
        offset = made.source(place)
        assert TEXT[offset] == char or (char == " " and TEXT[offset].isspace())
        assert made.place(offset) == place


def test_what_stands_elsewhere_has_no_place_in_the_flow() -> None:
    made = flow_of([Piece("one", 10), Piece("two", 30)])
    assert [made.place(offset) for offset in (9, 10, 20, 30, 33)] == [None, 0, None, 4, None]


def test_what_interrupts_stands_where_it_stood() -> None:
    kinds = [type(node).__name__ for node in content(flow())]
    assert kinds == ["Text", "PageBreak", "Text"]


def test_marks_nest_and_of_two_that_cross_the_weaker_goes() -> None:
    made = flow()
    marks = [Mark(0, 12, quoted, 4), Mark(4, 8, quoted, 2), Mark(6, 20, quoted, 3), Mark(24, 24, quoted, 0)]
    shown = [f"{type(node).__name__}:{printed((node,))}" for node in content(made, marks)]
    assert shown == ["Quoted:The salt of ", "Text:the quay ", "PageBreak:", "Text:is lost, and the mill stands still."]


def test_of_two_marks_over_the_same_words_one_goes_unless_both_may_nest() -> None:
    made = flow_of([Piece("salt", 0)])
    (only,) = content(made, [Mark(0, 4, quoted, 4), Mark(0, 4, quoted, 4)])
    assert isinstance(only, model.Quoted)
    assert isinstance(only.content[0], model.Text)
    (outer,) = content(made, [Mark(0, 4, quoted, 4, None, True), Mark(0, 4, quoted, 4, None, True)])
    assert isinstance(outer, model.Quoted)
    assert isinstance(outer.content[0], model.Quoted)


ranges = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 5), st.booleans())


@given(st.lists(ranges, max_size=12), st.integers(0, 40), st.integers(0, 40))
def test_whatever_is_marked_no_character_is_lost_or_moved(drawn: list[tuple[int, int, int, bool]], start: int, end: int) -> None:
    made = flow()
    marks = [Mark(one, other, quoted, rank, None, nests) for one, other, rank, nests in drawn]
    assert printed(content(made, marks)) == made.text
    if start <= end:
        assert printed(part(made, marks, start, end)) == made.text[start:end]


def test_a_thousand_marks_inside_each_other_are_one_after_the_other_quickly() -> None:
    made = flow_of([Piece("a" * 10_000, 0)])
    marks = [Mark(at, at + 2, quoted) for at in range(0, 9_999)]
    assert printed(content(made, marks)) == made.text


def test_a_soft_hyphen_leaves_the_text_and_keeps_what_stands_between() -> None:
    note = model.Note("n1", "1", "bottom", ())
    made = flow_of([Piece("sur-", 0), note, Piece("veyor", 9)], lambda before, after: Joint("", soft=True))
    first, hyphen, last = content(made)
    assert hyphen == model.SoftHyphen("-", (note,), (Span(3, 4),))
    assert (printed((first,)), printed((last,))) == ("sur", "veyor")


def test_a_word_that_a_figure_interrupts_keeps_its_hyphen() -> None:
    figure = model.Figure(None, (model.Text("[x]"),))
    made = flow_of([Piece("sur-", 0), figure, Piece("veyor", 9)], lambda before, after: Joint("", soft=True))
    assert [type(node) for node in content(made)] == [model.Text, model.Figure, model.Text]
    assert made.text == "sur-veyor"


# ---------------------------------------------------------------- emphasis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a _very_ salt _sea_.", ["italic _very_", "italic _sea_"]),
        ("=Bold= words, 2 = 2 and a=b.", ["bold =Bold="]),
        ("snake_case_name and _x", []),
        ("x^2 and M^{rs} and H_{2}O, a ^ b", ["superscript ^2", "superscript ^{rs}", "subscript _{2}"]),
        ("one * footnote, two * footnotes", []),
        ("and/or, 1/2, either/or", []),
        ("It cost 300_l._ and 4_s._ 2_d._ a year.", ["italic _l._", "italic _s._", "italic _d._"]),
        ("in that _H_arbour on _H_earth, and _x_y.txt", ["italic _H_", "italic _H_"]),
        ("Mr. ____, ____,____ and the file my_own_name.txt", []),
        ("a +salt+ sea, 1 + 1 + 1", ["bold +salt+"]),
    ],
)
def test_emphasis_of_plain_text(text: str, expected: list[str]) -> None:
    assert emphasised(text) == expected


def test_asterisks_slashes_and_tildes_mean_emphasis_where_a_text_uses_them_often() -> None:
    assert emphasised("*one* sea, *two* seas, *three* seas.") == ["bold *one*", "bold *two*", "bold *three*"]
    assert emphasised("/one/ sea, /two/ seas, /three/ seas.") == ["italic /one/", "italic /two/", "italic /three/"]
    assert emphasised("*one* sea and another* sea.") == []


def test_one_pair_is_enough_when_the_sign_stands_for_nothing_else() -> None:
    assert emphasised("*one* sea.") == ["bold *one*"]
    assert emphasised("*one* sea.\n\n* * * * *\n\nNo sea.") == ["bold *one*"]


def test_spaced_letters_are_emphasis_when_the_book_has_the_word() -> None:
    assert emphasised("The s a l t was lost, and the salt was found.") == ["spaced s a l t"]
    assert emphasised("The points A B C and a b c.") == []
    assert emphasised("It was a s a l t too, and the salt was found.") == ["spaced s a l t"]


def over(text: str, kind: str) -> list[str]:
    source = read_source(text.encode(), "case")
    rows = [Row(at, line, 0, 0) for at, line in enumerate(text.split("\n")) if line]
    units = [tuple(rows)] if kind == "verse" else [(row,) for row in rows]
    blocks = [Block(kind, unit[0].line, unit[-1].line + 1, unit, (Decision("test", ""),)) for unit in units]
    parts = emphasis_over(source, runs(source, blocks))
    assert [part.next for part in parts[:-1]] == [part.key for part in parts[1:]] if parts and parts[0].prev is None else True
    return [source.text[part.start : part.end] for part in parts]


@pytest.mark.parametrize("kind", ["verse", "paragraph"])
def test_emphasis_over_verses_and_paragraphs_is_given_in_parts(kind: str) -> None:
    assert over("_O where\nis the salt?_\nGone.", kind) == ["_O where", "is the salt?_"]
    assert over("He sang _O where\nis the _salt_\nof the sea?_ Gone.", kind) == ["_O where", "is the _salt_", "of the sea?_"]
    assert over("_O where_\n_is the salt?_", kind) == []
    assert over("_O where\n_is the salt?_\nGone.", kind) == []
    assert over("_O where\nis the salt\nof the sea?_", kind) == ["_O where", "is the salt", "of the sea?_"]
    assert over("Mr. ____ and\nhis ____, so", kind) == []


def emphasised(text: str) -> list[str]:
    words = vocabulary(text)
    made = flow_of([Piece(text, 0)])
    found = [node for node in content(made, emphasis(text, signs(text, words), words)) if isinstance(node, model.Highlight)]
    return [f"{node.rend} {printed(node.content)}" for node in found]


def test_the_signs_of_emphasis_stand_in_metamarks() -> None:
    made = flow_of([Piece("a _sea_", 0)])
    words = vocabulary(made.text)
    (_, highlight) = content(made, emphasis(made.text, signs(made.text, words), words))
    assert isinstance(highlight, model.Highlight)
    assert highlight.content == (
        model.Metamark("italic", "_", (Span(2, 3),)),
        model.Text("sea", (Span(3, 6),)),
        model.Metamark("italic", "_", (Span(6, 7),)),
    )


# ---------------------------------------------------------------- block quotations with their reference

BIBL = model.Bibl((model.Text("(p. 3)"),), "b", spans=(Span(10, 16),))


def quotation(*last: model.Inline) -> model.Quotation:
    return model.Quotation(
        (model.Paragraph((model.Text("One."),), (Span(0, 4),)), model.Paragraph(last, (Span(5, 20),))), spans=(Span(0, 20),)
    )


def test_a_block_quotation_that_only_its_reference_follows_is_cited() -> None:
    made = cited(quotation(model.Text("Two. ", (Span(5, 10),)), BIBL, model.Text(".", (Span(16, 17),))))
    assert isinstance(made, model.Cited)
    quote, bibl, points = made.content
    assert isinstance(quote, model.Quotation)
    assert printed((quote,)).split() == ["One.", "Two."]
    assert quote.spans == (Span(0, 10),)
    assert bibl == BIBL
    assert points == model.Points(".", (Span(16, 17),))


def test_a_reference_that_fills_the_last_paragraph_leaves_none_behind() -> None:
    made = cited(quotation(BIBL))
    assert isinstance(made, model.Cited)
    assert isinstance(made.content[0], model.Quotation)
    assert len(made.content[0].blocks) == 1


@pytest.mark.parametrize("last", [(model.Text("Two."),), (BIBL, model.Text(" and so on."))])
def test_a_block_quotation_that_goes_on_is_none(last: tuple[model.Inline, ...]) -> None:
    made = quotation(*last)
    assert cited(made) is made
