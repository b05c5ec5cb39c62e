"""What a text says of itself: titles, names and its language, each of them said to be a guess, and silent where nothing is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from msgspec.structs import replace

from tei_pipeline.cli import cli
from tei_pipeline.facts import quotation_facts
from tei_pipeline.model import Metadata
from tei_pipeline.pipeline import convert
from tei_pipeline.recognise import recognise
from tei_pipeline.sidecar import Sidecar, read_sidecar
from tei_pipeline.source import read_source

TEI = "{http://www.tei-c.org/ns/1.0}"
PROSE = """The man who kept the weigh-bridge had been there for thirty years, and in all that
time he had never seen a cart that weighed what the carter said it did. It was not that
they lied, he used to say, but that they hoped.
"""
CHAPTERS = f"CHAPTER I\n\n{PROSE}\n\nCHAPTER II\n\n{PROSE}"
TITLED = f"THE WEIGH-BRIDGE\n\nA STORY OF THE ROAD\n\nby\n\nAgnes Tarrant, M.A.\n\nedited by Joan Pell\n\nHull\n1871\n\n\n\n{CHAPTERS}"
LIBRARY = f"""Title: The Weigh-Bridge
       A Story of the Road

Author: Agnes Tarrant
Editor: Joan Pell

*** START OF THIS LANTERN LIBRARY EBOOK THE WEIGH-BRIDGE ***

THE WEIGH-BRIDGE

by Agnes

1871


CHAPTER I

{PROSE}

CHAPTER II

{PROSE}
"""


def known(text: str, metadata: Metadata | None = None) -> Metadata:
    return recognise(read_source(text.encode(), "a"), Sidecar(metadata=metadata or Metadata())).document.metadata


def test_a_title_page_names_title_and_author() -> None:
    found = known(TITLED)
    assert (found.title, found.author, found.editor) == ("THE WEIGH-BRIDGE", ("Agnes Tarrant",), ("Joan Pell",))
    assert {"title", "author", "editor", "language"} <= found.guessed


def test_a_library_s_heading_goes_before_the_title_page() -> None:
    found = known(LIBRARY)
    assert (found.title, found.subtitle) == ("The Weigh-Bridge", "A Story of the Road")
    assert (found.author, found.editor) == (("Agnes Tarrant",), ("Joan Pell",))


def test_the_editor_goes_before_both_and_things_are_not_mixed() -> None:
    found = known(LIBRARY, Metadata(title="Weights", language="en-GB"))
    assert (found.title, found.subtitle, found.author) == ("Weights", "", ("Agnes Tarrant",))
    assert (found.language, found.language_certainty) == ("en-GB", "")
    assert found.guessed == {"author", "editor"}


@pytest.mark.parametrize("text", [PROSE, "A few words.\n", "by\n\nsomebody\n"])
def test_what_is_not_said_stays_unknown(text: str) -> None:
    found = known(text)
    assert (found.title, found.subtitle, found.author, found.editor) == ("", "", (), ())


def test_the_language_is_a_guess_with_its_certainty_or_unknown() -> None:
    assert (known(PROSE).language, known(PROSE).language_certainty) == ("en", "high")
    assert known("Zrkt mlop.\n").language == ""


def test_the_header_says_that_it_is_a_guess() -> None:
    root = etree.fromstring(convert(read_source(TITLED.encode(), "a"), formats=()).outputs["a.xml"])
    title, author = root.find(f".//{TEI}titleStmt/{TEI}title"), root.find(f".//{TEI}titleStmt/{TEI}author")
    language, text = root.find(f".//{TEI}language"), root.find(f"{TEI}text")
    assert title is not None
    assert author is not None
    assert language is not None
    assert text is not None
    assert (title.text, title.get("resp")) == ("THE WEIGH-BRIDGE", "#software")
    assert (author.text, author.get("resp")) == ("Agnes Tarrant", "#software")
    assert (language.get("ident"), language.get("cert"), language.get("resp")) == ("en", "high", "#software")
    assert text.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    names = [element.text for element in root.iterfind(f".//{TEI}titlePage//{TEI}docAuthor")]
    assert names == ["Agnes Tarrant"]


def test_init_writes_down_what_was_found_and_changes_nothing(workplace: Path) -> None:
    Path("a.txt").write_text(TITLED.replace("they hoped", "they “hoped,” or “forgot”"))
    assert CliRunner().invoke(cli, ["init", "a.txt"]).exit_code == 0
    text = Path("a.toml").read_text()
    assert replace(read_sidecar(text.encode(), "a.toml"), sha256="") == Sidecar("a.toml")
    for line in (
        '#title = "THE WEIGH-BRIDGE"',
        '#author = ["Agnes Tarrant"]',
        '#language = "en"',
        '#quotation = ["“”"]',
        '#encoding = "utf-8"',
    ):
        assert f"\n{line}\n" in text


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("“a” and “b”, ‘c’ and ‘d’ and ‘e’", "‘’ “”"),
        ("„a“ und „b“, »c« und »d«", "„“ »«"),
        ("« a » et « b »", "«»"),
        ('"a" "b" it\'s John\'s', '""'),
        ("“a”", ""),
        ("’tis and ’twas", ""),
    ],
)
def test_the_marks_that_a_text_uses(text: str, pairs: str) -> None:
    assert quotation_facts(text).get("quotation", "") == pairs
