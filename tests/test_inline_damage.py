"""Damaged words: mended where the book proves them, and left alone where it might be the printer's freedom."""

from __future__ import annotations

import pytest

from tei_pipeline.inline.damage.mends import mends
from tei_pipeline.inline.vocabulary import vocabulary
from tei_pipeline.language import load

CLEAN = """The surveyor of the county wrote to the government of the harbour. The government answered the surveyor, and the county
heard of it; the harbour did not. Whatever the surveyor of the county wrote, the government of the harbour read it in the county.
The opposition of the harbour spoke of the opposition of the county, and moreover of the opposition. Moreover the road must be
repaired; it must be mended; it must be paved; it must be left; it must be sold; it
must be. Here it must be burnt, and there it must be salted. Moreover nobody cannot. It cannot. We cannot. You cannot.
The counter-weight of the toll-house was heavy; a counter-weight, the counter-weight, that counter-weight, one counter-weight.
See the Minutes (vol. 1, p. 3; vol. 2, p. 4; vol. 3, p. 5; vol. 4, p. 6; vol. 5, p. 7). The U.H.B.A. and the U.H.B.A. met the U.H.B.A.,
or the U.H.B.A., at the U.H.B.A. Political men spoke of political things in a political way for political ends: political salt.
So far as the road goes, and so far as it is paid, so far it is a road; so far as that, so far as this, it runs far. Fishermen ask for
widespread, widespread, widespread, widespread and widespread nets.
A wide road was spread with salt, and a wide net was spread.
"""
DAMAGE = "The sur-veyor wrote to the gov-ernment, and the oppo sition was told.\n"


def found(text: str, code: str = "en") -> dict[str, str]:
    return {text[mend.start : mend.end]: mend.meant for mend in mends(text, vocabulary(text), load(code))}


def test_a_clean_book_is_left_alone() -> None:
    assert found(CLEAN + "A wide-spread and counterweight sort of set-back, more over the sur-prise was politicai.\n") == {}


def test_two_damaged_words_may_be_whims() -> None:
    assert found(CLEAN + "The sur-veyor wrote to the gov-ernment.\n") == {}


def test_what_a_damaged_book_writes_whole_elsewhere_is_mended() -> None:
    assert found(CLEAN + DAMAGE) == {"sur-veyor": "surveyor", "gov-ernment": "government", "oppo sition": "opposition"}


@pytest.mark.parametrize(
    ("line", "damaged", "meant"),
    [
        ("SUR-VEYORS are rare, the Gov-ernment is not.", "Gov-ernment", "Government"),
        ("THE GOV-ERNMENT IS NOT.", "GOV-ERNMENT", "GOVERNMENT"),
        ("A counterweight was lost.", "counterweight", "counter-weight"),  # a line end swallowed the hyphen
        ("The governmentof the harbour.", "governmentof", "government of"),
        ("A politicai man.", "politicai", "political"),
        ("More over, it rained; it was said more over that it rained.", "more over", "moreover"),
        ("You can not do it.", "can not", "cannot"),
        ("It must he mended now.", "he", "be"),
        ("See vol 6, p. 8.", "vol", "vol."),
        ("The U.H.B A. met.", "U.H.B A.", "U.H.B.A."),
        ("The U.H.B.A.''s road.", "U.H.B.A.''s", "U.H.B.A.'s"),
        ("A 1eft road, a p0litical one.", "p0litical", "political"),
        ("A po]itical man.", "po]itical", "political"),
        ("It was the-county that answered.", "the-county", "the county"),
        ("Word came from the harbour. " * 5 + "Word came irom the harbour.", "irom", "from"),
        ("A barge lay in the lock. " * 20 + "A barge lay inthe lock.", "inthe", "in the"),
    ],
)
def test_what_else_a_damaged_book_proves(line: str, damaged: str, meant: str) -> None:
    assert found(CLEAN + DAMAGE + line + "\n").get(damaged) == meant


@pytest.mark.parametrize(
    "line",
    [
        "He re-formed the harbour, whose reform was slow; reform, reform, reform.",  # a prefix that changes the meaning
        "At some times the road floods, sometimes not, sometimes so, sometimes.",
        "The to-and-fro of the well-known out-of-date coach.",
        "In 1926-27 the road flooded.",
        "The surveyor 's road , and the county ;",  # spacing around points is never corrected
        "A rose is a rose; the county arose, arose, arose, arose.",
        "It was [or was to be] po[litical salt, and [po]litical salt.",  # an editor's brackets
        "A that-and-this sort of road.",
        "The clerk saw by the lamp that it was low. " * 20 + "Old Bythe knew.",  # a name
    ],
)
def test_what_may_be_meant_stays(line: str) -> None:
    assert found(CLEAN + DAMAGE + line + "\n") == found(CLEAN + DAMAGE)


def test_damage_that_is_only_likely_needs_damage_beside_it() -> None:
    likely = "A wide-spread net.\n"
    assert "wide-spread" in found(CLEAN + DAMAGE + likely)
    assert "wide-spread" not in found(CLEAN + DAMAGE + "An ordinary line of the harbour.\n" * 12 + likely)


def test_a_prefix_before_what_is_hardly_a_word_needs_no_damage_beside_it() -> None:
    far = "An ordinary line of the harbour.\n" * 12
    whole = "The dismantlers, " * 6 + "the mantlers and the mantle.\n"
    assert found(CLEAN + DAMAGE + whole + far + "A dis-mantlers.\n").get("dis-mantlers") == "dismantlers"
    assert "dis-mantlers" not in found(CLEAN + DAMAGE + whole + "The mantlers.\n" + far + "A dis-mantlers.\n")


def test_another_hand_in_the_same_book_may_spell_otherwise() -> None:
    part = "The counterweight, a counterweight, that counterweight, one counterweight.\n"
    text = CLEAN + "The counter-weight and the counter-weight. " * 12 + "\n" + DAMAGE + part
    assert "counterweight" not in found(text)


def test_every_mend_says_what_the_book_says() -> None:
    text = CLEAN + DAMAGE
    for mend in mends(text, vocabulary(text), load("en")):
        assert mend.cert in ("high", "medium")
        assert mend.meant in CLEAN
        assert "times" in mend.evidence


BUSY = "The development of the harbour and the opposition of the harbour met. " * 20


@pytest.mark.parametrize(
    ("line", "damaged", "meant"),
    [
        ("The U.H.B.A met in the harbour.", "U.H.B.A", "U.H.B.A."),
        ("The county heard of the U.H.B\n\nA. in spring.", "U.H.B\n\nA.", "U.H.B.A."),
        ("The U.H. B.A. met.", "U.H. B.A.", "U.H.B.A."),
        ("It was the pposition that wrote.", "pposition", "opposition"),
        (
            "The Harbour Council met. The Harbour Council met. Harbour Council, Harbour Council, Harbour Council. The Harbour ouncil.",
            "ouncil",
            "Council",
        ),
        ("The developiment of salt.", "developiment", "development"),
        ("The develoment of salt.", "develoment", "development"),
        ("The surveyor,, and the county.", "surveyor,,", "surveyor,"),
        ("From May 18-31, 1825, and from May 18-3 1, 1825.", "18-3 1", "18-31"),
        ("See the Upper Marl Ferry, and the Upper Marl Ferry. See theUpperMarlFerry.", "theUpperMarlFerry", "the Upper Marl Ferry"),
        ("The county's road, the county's salt: the county' s own.", "county' s", "county's"),
        ("The U.H.B.A.'s road, the U.H.B.A.'s salt, the U.H.B.A. 's own.", "U.H.B.A. 's", "U.H.B.A.'s"),
        ("In the decade 1890-1900 it rose, in the decade 19001910 it fell.", "19001910", "1900-1910"),
        (
            "The dismantlers, " * 6 + "the mantlers. A dis-mantlers of the sur-veyor.",
            "dis-mantlers",
            "dismantlers",
        ),
    ],
)
def test_slips_of_a_damaged_book(line: str, damaged: str, meant: str) -> None:
    assert found(CLEAN + BUSY + DAMAGE + line + "\n").get(damaged) == meant


@pytest.mark.parametrize(
    "line",
    [
        "A Developiment, as the foreign journal is called.",  # a name
        "The developement of salt.",  # an older spelling
        "Two,, three,, four.",  # opening marks of a typewriter, or none
        "The U.H.B.A. met.",
        "The position of the county.",
        "The surveyors' s is long, and the county 's is longer.",  # nothing is said so elsewhere
        "It cost 18901900 in all.",
    ],
)
def test_what_may_be_no_slip(line: str) -> None:
    assert found(CLEAN + BUSY + DAMAGE + line + "\n").keys() == {"sur-veyor", "gov-ernment", "oppo sition"}
