"""The whole file: its prologue, its layout, its limits; every class of the model has a writer."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any, get_args

import pytest
from lxml import etree
from msgspec import Struct

from tei_pipeline import model as m
from tei_pipeline import tei
from tei_pipeline.tei.body import TABLE
from tei_pipeline.tei.flat import PARTS, printed
from tests import reading
from tests.crossed import crossed
from tests.everything import everything
from tests.written import TEI, document, paragraph, text, written

CROSSED = crossed()
PACKAGE = Path(tei.__file__).parent


def test_the_file_says_where_its_schemas_are() -> None:
    lines = tei.serialize(written(everything()).tree).decode().split("\n")

    assert lines[:3] == [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<?xml-model href="edition.rng" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>',
        '<?xml-model href="edition.sch" type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"?>',
    ]
    assert lines[3].startswith('<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="book">')
    assert lines[-2:] == ["</TEI>", ""]


def test_a_file_that_was_read_again_is_written_as_before() -> None:
    bytes_ = tei.serialize(written(everything()).tree)

    assert tei.serialize(etree.fromstring(bytes_)) == bytes_


def test_every_class_of_the_model_has_a_writer_function() -> None:
    nodes = {getattr(m, name) for name in _names(m.Inline) | _names(m.BlockNode) | _names(m.TopNode) | _names(m.BottomNode)}
    held = {m.Division, m.TitlePage, m.TitlePart, m.Item, m.VerseLine, m.CastItem, m.CastGroup, m.Field, m.Points}

    assert (nodes | held) - {m.Text} == set(TABLE)


def _names(alias: Any) -> set[str]:
    text = alias if isinstance(alias, str) else " | ".join(map(str, get_args(alias)))
    found = {name.strip() for name in text.split("|")}
    return reduce(set.union, ({name} if name != "Global" else _names(m.Global) for name in found))


def test_the_book_by_hand_holds_every_class_of_the_model() -> None:
    assert {type(node) for _, node in written(everything()).origins} == set(TABLE)


def test_the_book_by_hand_prints_what_its_document_prints() -> None:
    whole = everything()

    assert reading.of_edition(written(whole).tree) == reading.of_document(whole)
    assert written(whole).problems == ()


def test_each_structural_element_stands_on_a_line_of_its_own() -> None:
    lines = tei.serialize(written(everything()).tree).decode().split("\n")

    structural = (
        "<div ",
        "<p ",
        "<list ",
        "<item ",
        "<lg ",
        "<l>",
        "<sp ",
        "<table ",
        "<row>",
        "<front>",
        "<back>",
        "<body>",
        "<castItem>",
    )
    inside_a_line = [line for line in lines for start in structural if start in line.strip()[1:] and not line.strip().startswith("<p")]
    assert inside_a_line == []


@pytest.mark.parametrize(
    "wrap",
    [
        lambda node: m.Quotation((node,)),
        lambda node: m.Speech(text("A"), (node,)),
        lambda node: m.ItemList((m.Item(m.Label(text("1")), text("a"), (node,)),)),
        lambda node: m.Paragraph((m.Note("k", "1", "end", (node,)),)),
        lambda node: m.FloatingText("letter", (), (node,)),
        lambda node: m.Stanza((m.VerseLine((m.Cited((m.Quotation((node,)),)),)),)),
        lambda node: m.Figure(None, (m.Reaction("vocal", None, (m.Note("k", "1", "end", (node,)), m.Text("a"))),)),
    ],
    ids=["quotations", "speeches", "lists", "notes", "letters", "verse", "figures"],
)
def test_what_is_nested_too_deeply_is_written_as_text_and_reported(wrap: Callable[[Any], Any]) -> None:
    deepest: Any = paragraph("the core")
    for _ in range(3000):
        deepest = wrap(deepest)

    result = written(document(deepest))

    depth = max(sum(1 for _ in element.iterancestors()) for element in result.tree.iter())
    assert depth < 256  # libxml2's limit for files that are not declared huge
    assert "thecore" in reading.of_edition(result.tree)
    assert "deep-nesting" in {problem.code for problem in result.problems}


def test_divisions_that_are_nested_too_deeply_are_written_as_text() -> None:
    deepest = m.Division("section", "1", blocks=(paragraph("the core"),))
    for _ in range(1000):
        deepest = m.Division("section", "1", (m.Heading(text("h")),), divisions=(deepest,))

    result = written(document(body=m.Division("body", "", divisions=(deepest,))))

    assert reading.of_edition(result.tree) == "h" * 1000 + "thecore"
    assert etree.fromstring(tei.serialize(result.tree)).tag == TEI + "TEI"


def test_the_flat_reading_knows_every_field_that_holds_printed_characters() -> None:
    holding = {"value", "between", "sic", "content", "blocks", "head", "label", "lines", "items", "entries", "parts", "rows", "role"}
    holding |= {"speaker", "directions", "description", "top", "divisions", "bottom"}
    # These hold no nodes that are printed, whatever their fields are called.
    strangers = {
        "spans",
        "why",
        "key",
        "type",
        "n",
        "joins",
        "unit",
        "function",
        "notes",
        "target",
        "places",
        "lang",
        "cited",
        "source",
        "next",
        "prev",
        "rend",
    }
    strangers |= {
        "kind",
        "corr",
        "cert",
        "resp",
        "reason",
        "name",
        "repeats",
        "when",
        "start",
        "end",
        "indent",
        "part",
        "place",
        "references",
    }
    strangers |= {"who", "person", "title", "lang", "words"}

    for node in TABLE:
        assert issubclass(node, Struct)
        names = set(node.__struct_fields__)
        assert names - strangers <= holding, node
        assert names & holding == set(PARTS.get(node, ("content",))), node


def test_the_flat_reading_is_the_reading_of_the_document() -> None:
    for whole in (everything(), *CROSSED.values()):
        read = printed((*whole.front, whole.body, *whole.back))

        assert "".join(read.split()) == reading.of_document(whole)


def test_one_module_alone_touches_the_tail_of_an_element() -> None:
    touching = {path.name for path in PACKAGE.glob("*.py") if ".tail" in path.read_text(encoding="utf-8")}

    assert touching == {"text.py"}
