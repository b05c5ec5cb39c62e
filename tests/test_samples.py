"""Each thing that stands inside a paragraph stands in one of the samples at least once, and their accepted editions show it."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.golden import GOLDEN, SAMPLES

NAMESPACES = {"t": "http://www.tei-c.org/ns/1.0"}

QUOTED = ("“", "‘", "«", "‹", "»", "›", "„", "‚", '"', "'", "`", "``", ",,", "—")
SHOWN = {
    "quotation in quotation": "//t:q//t:q",
    "quotation in parts": "//t:q[@next]",
    "quotation with its reference": "//t:p//t:quote",
    "vocal": "//t:vocal",
    "kinesic": "//t:kinesic",
    "incident": "//t:incident",
    "reaction in a quotation": "//t:q//t:vocal",
    "quotation in a reaction": "//t:vocal//t:q",
    "soft hyphen at a line end": '//t:pc[@force="weak"][following-sibling::t:lb[@break="no"]]',
    "hard hyphen at a line end": '//t:p[contains(., "a proof-reader meets")]',
    "range at a line end": '//t:p[contains(., "12-14")]',
    "word over a page": '//t:pb[@break="no"]',
    "stray hyphen": '//t:choice[contains(t:sic, "-") and not(contains(t:corr, "-"))]',
    "glued words": '//t:choice[contains(t:corr, " ") and not(contains(t:sic, " "))]',
    "torn word": '//t:choice[contains(t:sic, " ") and not(contains(t:corr, " "))]',
    "misread letter": '//t:choice[t:sic="pr1nter" and t:corr="printer"]',
    "residue in a line": "//t:p//t:surplus",
    "residue by itself": '//t:ab[@type="residue"]/t:surplus',
    "spaced letters": '//t:hi[@rend="spaced"]',
    "superscript figure": '//t:hi[@rend="superscript"][t:metamark="^"]',
    "superscript letters": '//t:hi[@rend="superscript"][t:metamark="^{"]',
    "subscript": '//t:hi[@rend="subscript"]',
    "English date": '//t:text[starts-with(@xml:lang, "en")]//t:date[@when]',
    "French date": '//t:text[@xml:lang="fr"]//t:date[@when]',
    "German date": '//t:text[@xml:lang="de"]//t:date[@when]',
    "range of days": "//t:date[@from and @to]",
    "date in two styles": '//t:date[.="4/15 January 1712"][not(@when)]',
    "republican date left alone": '//t:p[contains(., "9 thermidor")][not(t:date[contains(., "thermidor")])]',
    "year carried over": '//t:date[@cert="medium"]',
    "reference to literature": "//t:bibl[t:author][t:title][t:biblScope]",
    "ibid.": '//t:bibl[@corresp][contains(., "bid.")]',
    "op. cit.": '//t:bibl[@corresp][contains(., "op. cit.")]',
    "loc. cit.": '//t:bibl[@corresp][contains(., "loc. cit.")]',
    "reference to a note": '//t:ref[@target="#back-notes01-n01"][contains(., "note 1")]',
    "foreign words": "//t:foreign[@xml:lang]",
} | {f"emphasis in {sign}": f'//t:hi/t:metamark[.="{sign}"]' for sign in "_*=/"}


@pytest.fixture(scope="module")
def editions() -> list[etree._ElementTree]:
    return [etree.parse(GOLDEN / name / f"{name}.xml") for name in SAMPLES]


@pytest.mark.parametrize("what", SHOWN)
def test_a_sample_shows(what: str, editions: list[etree._ElementTree]) -> None:
    assert any(edition.xpath(SHOWN[what], namespaces=NAMESPACES) for edition in editions), SHOWN[what]


@pytest.mark.parametrize("mark", QUOTED)
def test_a_sample_quotes_with(mark: str, editions: list[etree._ElementTree]) -> None:
    said = [str(quote.xpath("string()")) for edition in editions for quote in edition.iterfind(".//t:q", NAMESPACES)]
    assert any(words.startswith(mark) for words in said)


def test_no_page_turns_twice(editions: list[etree._ElementTree]) -> None:
    twice = [edition.docinfo.URL for edition in editions if re.search(rb"<pb[^>]*/>\s*<pb", etree.tostring(edition))]
    assert twice == []  # no sample has a blank page
