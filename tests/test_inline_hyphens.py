"""Words across line ends: what the book's own vocabulary says, what it leaves open, and where no word is broken."""

from __future__ import annotations

import pytest

from tei_pipeline.inline.flow import Joint, Piece, content, flow_of
from tei_pipeline.inline.hyphens import Hyphens, hyphens
from tei_pipeline.inline.vocabulary import vocabulary
from tei_pipeline.language import load
from tei_pipeline.model import PageBreak, SoftHyphen, Text
from tei_pipeline.source import Span

SOFT, HARD, SPACE, DOUBT = Joint("", soft=True), Joint(""), Joint(" "), Joint("", doubt=True)

PLAIN = """The carrier and the county knew the conversation of the well-known carriers by heart. A well-bred carrier
never spoke of the toll-house or the salt-pan, nor of the salt-box. The salt was self-evident. The house stood. A pan was lost.
The surveyor took the road under survey, and the box. Whoever undertakes a road overtakes the undertaker who undergoes it."""
BROKEN = (
    PLAIN
    + """
The car-
rier came. The conver-
sation stopped. The coun-
ty was told, and the sur-
veyor went."""
)


def joints(text: str, code: str = "en", keep: bool = False) -> Hyphens:
    return hyphens(vocabulary(text), load(code), [line.strip() for line in text.split("\n") if line.strip()], keep=keep)


def test_a_layout_breaks_words_when_the_vocabulary_proves_it_several_times() -> None:
    assert joints(BROKEN).breaks
    assert not joints(PLAIN).breaks


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a coun-", "ty road", SOFT),  # written in one elsewhere
        ("a toll-", "house stood", HARD),  # written with a hyphen elsewhere
        ("a Coun-", "ty road", SOFT),  # capitals do not matter
        ("THE COUN-", "TY ROAD", SOFT),
        ("from Marl-", "Lorch", HARD),  # a capital after the hyphen
        ("in 1926-", "27 there", HARD),  # a range of numbers
        ("in 1926-", "/27 there", HARD),
        ("a 20-", "year lease", HARD),
        ("twenty-", "seven", HARD),  # number words
        ("a well-", "worn road", HARD),  # the family of well-known, well-bred and the spelling rules
        ("the road-", "survey", DOUBT),  # two words of the book, joined nowhere
        ("the embank-", "ment", SOFT),  # in a layout that breaks words, a word that stands nowhere else
        ("the ferry\u00ad", "man", SOFT),  # the soft hyphen of typesetting
        ("the ferry¬", "man", SOFT),
        ("the well- and ill-", "known", HARD),
        ("the salt- ", "x", SPACE),  # an open end that is no hyphen of a word
        ("the well", "known", SPACE),
        ("die Fähr=", "leute", SOFT),  # the double hyphen of black letter
        ("die =Fähre=", "leute", SPACE),  # the mark of spaced type
        ("he said -", "and went", SPACE),
        ("he went—", "and came", HARD),
        ("he went--", "and came", HARD),
        ("he went", "—and came", HARD),
        ("1926/", "27", HARD),
        ("and/", "or", SPACE),
    ],
)
def test_a_line_end_in_a_book_that_breaks_words(before: str, after: str, expected: Joint) -> None:
    assert joints(BROKEN)(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a toll-", "house stood", HARD),
        ("a coun-", "ty road", SOFT),
        ("the ferti-", "lizer", DOUBT),  # "ferti" is no word of the book, and nothing else is known
        ("the salt-", "cellar", HARD),  # the first half is a word
        ("an embank-", "ing", SOFT),  # no word ends so with a hyphen of its own
        ("the well- ", "bred", SPACE),
        ("the undergo-", "ment", SOFT),
        ("non-", "smokers", HARD),
    ],
)
def test_a_line_end_in_a_book_that_breaks_none(before: str, after: str, expected: Joint) -> None:
    assert joints(PLAIN)(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("the keepers-in-", "chief", HARD),  # a chain goes on after its small word
        ("the runners-", "up", HARD),  # no syllable
        ("a conversation-", "like sound", HARD),
        ("a-", "hunting", HARD),  # no syllable of one letter
        ("to-", "morrow", HARD),
        ("a north-", "easterly wind", HARD),
        ("Ferti-", "house", SOFT),  # a name may be broken
    ],
)
def test_spelling_asks_for_a_hyphen_where_the_book_has_no_evidence(before: str, after: str, expected: Joint) -> None:
    assert joints(BROKEN)(before, after) == expected


def test_a_suspended_hyphen_keeps_its_space() -> None:
    assert joints(BROKEN)("the toll-", "and salt-houses") == SPACE


def test_dashes_set_apart_keep_their_spaces() -> None:
    text = PLAIN + "\nHe went — and came — and stood — and fell.\n"
    assert joints(text)("he went —", "and came") == SPACE
    assert not joints(text).close


def test_french_elision_and_inversion() -> None:
    text = "Le sel, dit le meunier, que l'homme dit-on aime. Il dit cela."
    assert joints(text, "fr")("il parle de l'", "homme") == HARD
    assert joints(text, "fr")("du sel, dit-", "il alors") == HARD
    assert joints(text, "fr")("du sel, pensa-t-", "elle alors") == HARD
    assert joints(text, "fr")("et vis-à-", "vis de lui") == HARD


def test_german_compounds_with_a_small_letter_are_broken_words() -> None:
    text = "Der Müller und das Salz, und die Brücke."
    assert joints(text, "de")("die Rech-", "nung") == SOFT
    assert joints(text, "de")("das Salz-", "Amt") == HARD


def test_an_editor_may_keep_every_hyphen() -> None:
    assert joints(BROKEN, keep=True)("a coun-", "ty road") == HARD


def test_halves_at_line_ends_do_not_count_as_words() -> None:
    words = vocabulary(BROKEN)
    assert words.count("conver") == words.count("sation") == 0
    assert words.count("conversation") == 1
    assert words.count("well-known") == 1


def test_a_page_break_inside_a_word_stands_between_its_halves() -> None:
    flow = flow_of([Piece("the coun-", 0), PageBreak("5"), Piece("ty road", 20)], joints(BROKEN))
    before, hyphen, after = content(flow)
    assert isinstance(before, Text)
    assert before.value == "the coun"
    assert hyphen == SoftHyphen("-", (PageBreak("5", True),), (Span(8, 9),))
    assert isinstance(after, Text)
    assert after.value == "ty road"
    assert after.spans == ((20, 27),)


def test_a_word_that_is_mended_inside_lines_is_broken_at_a_line_end_too() -> None:
    book = joints(PLAIN)
    assert book("the Salz-", "burger") == DOUBT
    book = joints(PLAIN)
    book.astray = frozenset({"salz-burger"})
    assert book("the Salz-", "burger") == SOFT
