"""The provenance file: small, readable, the same each time, valid, and never a way to crash the program."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.errors import ProvenanceUnreadable
from tei_pipeline.model import Paragraph, Quotation, Quoted, Text
from tei_pipeline.provenance import Node, build_provenance, dump, load
from tei_pipeline.schemas import read_schema
from tei_pipeline.source import Span, read_source
from tei_pipeline.spacing import Lifted

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HASH = "0123456789abcdef" * 4

PLAIN = Decision("paragraph", "three lines of the measure", 0.9)
MARKED = Decision("quoted", "marks in pairs")

SOURCE = read_source("He said “yes”\r\nand\x00 left.\r\n\r\n“No”\n".encode(), "sample.txt")


def sample() -> tuple[etree._Element, list[tuple[etree._Element, Node]]]:
    """The sample's TEI, and the nodes it was made from, children before their parents as a writer may give them."""
    root = etree.Element(f"{{{TEI}}}TEI", {XML_ID: "sample"}, nsmap={None: TEI})  # type: ignore[dict-item]  # the stubs know no default namespace
    body = etree.SubElement(etree.SubElement(root, f"{{{TEI}}}text"), f"{{{TEI}}}body")
    p = etree.SubElement(body, f"{{{TEI}}}p", {XML_ID: "p1"})
    p.text = "He said "
    q = etree.SubElement(p, f"{{{TEI}}}q")
    q.text, q.tail = "“yes”", " and left."
    block = etree.SubElement(body, f"{{{TEI}}}quote", {XML_ID: "q1"})
    inner = etree.SubElement(block, f"{{{TEI}}}p")
    inner.text = "“No”"
    return root, [
        (q, Quoted((), spans=(Span(8, 13),), why=MARKED)),
        (p, Paragraph((), (Span(0, 13), Span(15, 25)), PLAIN)),
        (inner, Paragraph((), (Span(29, 33),), MARKED)),
        (block, Quotation((), spans=(Span(29, 33),))),
        (inner, Text("“No”", (Span(29, 33),))),
    ]


def build(**more: Any) -> dict[str, Any]:
    root, origins = sample()
    return build_provenance(SOURCE, root, origins, version="1.2", outputs={"sample.xml": HASH, "sample.json": HASH}, **more)


# ---------------------------------------------------------------- what it holds


def test_what_it_holds() -> None:
    alternatives = {"q1": [Decision("verse", "two lines", 0.25), Decision("paragraph", "three lines of the measure", 0.12345)]}
    problem = Problem("warning", "unpaired", "a mark without a partner", 1, "p1")
    values = build(alternatives=alternatives, problems=[problem], corrections=[{"anchor": "yes"}])
    assert values == {
        "format": "tei-pipeline provenance",
        "version": 1,
        "program": {"name": "tei-pipeline", "version": "1.2"},
        "edition": "sample",
        "source": {
            "name": "sample.txt",
            "sha256": SOURCE.sha256,
            "size": 42,
            "encoding": "utf-8",
            "bom": False,
            "confidence": 1.0,
            "evidence": "well-formed UTF-8",
            "characters": 34,
            "lines": 4,
            "lineEnds": {"LF": 1, "CRLF": 3},
        },
        "printed": {"characters": 23, "sha256": values["printed"]["sha256"]},
        "outputs": {"sample.json": HASH, "sample.xml": HASH},
        "corrections": [{"anchor": "yes"}],
        "problems": {
            "columns": ["level", "code", "message", "line", "where"],
            "rows": [["warning", "unpaired", "a mark without a partner", 1, "p1"]],
        },
        "rules": ["paragraph", "verse", "quoted"],
        "evidence": ["three lines of the measure", "two lines", "marks in pairs"],
        "decisions": {"columns": ["rule", "evidence", "confidence"], "rows": [[0, 0, 0.9], [1, 1, 0.25], [0, 0, 0.123], [2, 2, 1.0]]},
        "blocks": {
            "columns": ["id", "start", "length", "decision", "spans", "alternatives"],
            "rows": [["p1", 0, 25, 0, [0, 13, 15, 10]], ["q1", 29, 4, None, None, [1, 2]]],
        },
        "inlines": {"columns": ["block", "start", "length", "decision"], "rows": [[0, 8, 5, 3], [1, 29, 4, 3]]},
        "unencodable": {"columns": ["after", "white", "code", "times"], "rows": [[14, 0, 0, 1]]},
        "whitespace": {"strings": ["\r\n", "\r\n\r\n", "\n"], "rows": ["bde0", "ce1", "d2", ""]},
    }


def test_nodes_without_a_place_in_the_source_and_without_a_block() -> None:
    root, _ = sample()
    p = etree.SubElement(root, f"{{{TEI}}}p", {XML_ID: "new"})
    origins: list[tuple[etree._Element, Node]] = [(p, Paragraph(())), (root[0], Paragraph((), (), PLAIN))]
    values = build_provenance(SOURCE, root, origins, version="1", outputs={})
    assert values["blocks"]["rows"] == [["new"]]
    assert values["inlines"]["rows"] == [[None, None, None, 0]]
    assert load(dump(values), "a.json").values == values


def test_it_is_read_as_it_was_written() -> None:
    values = build()
    provenance = load(dump(values), "out/a.json")
    assert provenance.values == values
    assert provenance.outputs == {"sample.json": HASH, "sample.xml": HASH}
    assert (provenance.label, provenance.sha256, provenance.encoding, provenance.bom) == ("out/a.json", SOURCE.sha256, "utf-8", False)
    assert (provenance.size, provenance.characters, provenance.printed) == (42, 34, 23)
    assert provenance.spacing.lifted == (Lifted(14, 0, 0, 1),)


def test_it_is_the_same_every_time_and_readable_as_lines() -> None:
    lines = dump(build()).decode().split("\n")
    assert dump(build()) == dump(build())
    assert list(build()["outputs"]) == ["sample.json", "sample.xml"]  # not in the order in which they were given
    assert lines[0] == "{"
    assert lines[-2:] == ["}", ""]
    assert '["p1",0,25,0,[0,13,15,10]],' in lines
    assert '"bde0",' in lines
    assert '"three lines of the measure",' in lines
    assert '"\\r\\n\\r\\n",' in lines


def test_brackets_in_strings_do_not_break_the_lines() -> None:
    tricky = [Problem("info", "x", 'a "],[" b', None, "],["), Problem("info", "x", "],[", 2), Problem("info", "y", "plain")]
    data = dump(build(problems=tricky))
    assert load(data, "a.json").values["problems"]["rows"] == [[p.level, p.code, p.message, p.line, p.where] for p in tricky]
    assert data.count(b'\n["info"') == 3


def test_names_that_are_no_unicode_survive() -> None:
    source = read_source(b"text", "b\udce9.txt")
    data = dump(build_provenance(source, sample()[0], (), version="1", outputs={}))
    assert b"b\\udce9.txt" in data
    assert load(data, "a.json").values["source"]["name"] == "b\udce9.txt"


def test_it_is_no_larger_than_a_real_book(shared: Path) -> None:
    """A block for every third printed line and an inline for every other: more than a printed book has, a play excepted."""
    data = (shared / "volume" / "volume-10.txt").read_bytes()
    source = read_source(data, "volume-10.txt")
    root = etree.Element(f"{{{TEI}}}TEI")
    origins: list[tuple[etree._Element, Node]] = []
    for number, line in enumerate(line for line in source.lines if line.text.strip()):
        if number % 3 == 0:
            p = etree.SubElement(root, f"{{{TEI}}}p", {XML_ID: f"w{number // 400:02}-s02-p{number % 400:03}"})
            origins.append((p, Paragraph((), (Span(line.start, line.end),), Decision("paragraph", f"{number % 97} lines", 0.875))))
        elif number % 2:
            origins.append((etree.SubElement(p, f"{{{TEI}}}q"), Quoted((), spans=(Span(line.start, line.end),), why=MARKED)))
    written = dump(build_provenance(source, root, origins, version="1", outputs={}))
    assert len(origins) > 5000
    assert len(written) < len(data)


# ---------------------------------------------------------------- the schema


def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(read_schema("provenance.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_what_is_written_is_valid() -> None:
    values = build(
        alternatives={"p1": [Decision("verse", "", 0.25)]},
        problems=[Problem("error", "x", "y", 3), Problem("info", "x", "y")],
        corrections=[{}],
    )
    validator().validate(json.loads(dump(values)))


def test_the_schema_explains_itself() -> None:
    schema = json.loads(read_schema("provenance.schema.json"))
    assert schema["$id"].endswith("/provenance/1/provenance.schema.json")
    assert schema["properties"].keys() == build().keys() == set(schema["required"])
    assert all(part.keys() >= {"title", "description"} for part in schema["properties"].values())


# ---------------------------------------------------------------- hostile files


def at(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    """A change of the values: the item at the path is replaced, or left out if ``to`` is Ellipsis."""

    def change(values: dict[str, Any]) -> None:
        item: Any = values
        for step in path[:-1]:
            item = item[step]
        if to is ...:
            del item[path[-1]]
        else:
            item[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (at("format", to="something else"), ""),
        (at("format", to=...), ""),
        (at("version", to="1"), "version"),
        (at("version", to=True), "version"),
        (at("version", to=0), "version"),
        (at("version", to=2), "version"),
        (at("program", to=[]), "program"),
        (at("program", "version", to=1), "program"),
        (at("edition", to=1), "edition"),
        (at("source", to=...), "source"),
        (at("source", to=None), "source"),
        (at("source", "sha256", to="x" * 64), "source"),
        (at("source", "size", to=-1), "source"),
        (at("source", "size", to=1.5), "source"),
        (at("source", "encoding", to="utf-16"), "source"),
        (at("source", "bom", to=1), "source"),
        (at("source", "confidence", to=1.01), "source"),
        (at("source", "lineEnds", to={"NEL": 1}), "source"),
        (at("source", "lineEnds", to={"LF": "1"}), "source"),
        (at("source", "characters", to=None), "source"),
        (at("printed", to=3), "printed"),
        (at("printed", "sha256", to=""), "printed"),
        (at("outputs", to=[]), "outputs"),
        (at("outputs", "../../etc/passwd", to=HASH), "outputs"),
        (at("outputs", "..", to=HASH), "outputs"),
        (at("outputs", "a.xml", to="short"), "outputs"),
        (at("corrections", to=["x"]), "corrections"),
        (at("problems", "rows", to=[["fatal", "x", "y", None, ""]]), "problems"),
        (at("problems", "rows", to=[["error", "x", "y", "1", ""]]), "problems"),
        (at("problems", "rows", to=[["error", "x"]]), "problems"),
        (at("problems", "columns", to=["level"]), "problems"),
        (at("rules", to=[1]), "rules"),
        (at("evidence", to={}), "evidence"),
        (at("blocks", to=None), "blocks"),
        (at("blocks", "rows", to=None), "blocks"),
        (at("blocks", "rows", 0, to="p1"), "blocks"),
        (at("blocks", "rows", 0, to=[]), "blocks"),
        (at("blocks", "rows", 0, to=["p1"] + [None] * 6), "blocks"),
        (at("blocks", "rows", 0, 0, to=""), "blocks"),
        (at("blocks", "rows", 0, 1, to=-1), "blocks"),
        (at("blocks", "rows", 0, 3, to=-1), "blocks"),
        (at("blocks", "rows", 0, 3, to="paragraph"), "blocks"),
        (at("blocks", "rows", 0, 4, to=[1.5, 2]), "blocks"),
        (at("decisions", "rows", 0, 2, to=2), "decisions"),
        (at("decisions", "rows", 0, 0, to=None), "decisions"),
        (at("decisions", "rows", 0, to=[0, 0]), "decisions"),
        (at("blocks", "rows", 0, 3, to=[]), "blocks"),
        (at("inlines", "rows", 0, to=[0, 8]), "inlines"),
        (at("inlines", "rows", 0, 0, to="p1"), "inlines"),
        (at("unencodable", "rows", 0, to=[1, 2, 3]), "unencodable"),
        (at("unencodable", "rows", 0, 3, to=0), "unencodable"),
        (at("unencodable", "rows", 0, 2, to=0x110000), "unencodable"),
        (at("whitespace", "strings", to=["x"]), "whitespace"),
        (at("whitespace", "strings", to="\n"), "whitespace"),
        (at("whitespace", "rows", to=[1]), "whitespace"),
        (at("whitespace", "rows", to=...), "whitespace"),
    ],
)
def test_what_has_not_the_form_is_refused_by_hand_and_by_the_schema(change: Callable[[dict[str, Any]], None], key: str) -> None:
    values = copy.deepcopy(build())
    change(values)
    with pytest.raises(
        ProvenanceUnreadable, match=r"^in/a\.json: no usable provenance file: .*; build the edition again from its source$"
    ) as caught:
        load(json.dumps(values).encode(), "in/a.json")
    assert caught.value.key == key
    assert not validator().is_valid(values)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (at("version", to=2), "written by a newer program (format 2, this one reads 1); update tei-pipeline"),
        (at("source", "sha256", to=HASH + "\n"), "source: sha256 has a wrong value"),
        (at("source", "encoding", to="rot13"), "source: encoding has a wrong value ('rot13')"),
        (at("source", "encoding", to="klingon\x1b[2J"), "encoding has a wrong value ('klingon\\x1b[2J')"),
        (at("source", "encoding", to=["x"] * 9), "encoding has a wrong value (a list or object of 9)"),
        (at("source", "bom", to=True), None),
        (at("blocks", "rows", 0, 2, to=35), "blocks: row 0 has no range of the source"),
        (at("blocks", "rows", 0, 1, to=10), "blocks: row 0 has no range of the source"),
        (at("blocks", "rows", 0, 1, to=None), "blocks: row 0 has no range of the source"),
        (at("decisions", "rows", 0, 0, to=7), "decisions: row 0 is no rule, evidence and confidence"),
        (at("decisions", "rows", 0, 1, to=7), "decisions: row 0 is no rule, evidence and confidence"),
        (at("blocks", "rows", 0, 3, to=7), "blocks: row 0 has no decision"),
        (at("blocks", "rows", 0, 4, to=[1, 2, 3]), "blocks: row 0 has spans that are no ranges of the source"),
        (at("blocks", "rows", 0, 4, to=[None, None]), "blocks: row 0 has spans that are no ranges of the source"),
        (at("inlines", "rows", 0, 0, to=2), "inlines: row 0 is no block, range and decision"),
        (at("inlines", "rows", 0, 3, to=9), "inlines: row 0 is no block, range and decision"),
        (at("unencodable", "rows", 0, 2, to=65), "unencodable: row 0 names a character that XML can hold"),
    ],
)  # fmt: skip
def test_what_the_schema_cannot_say_is_checked_too(change: Callable[[dict[str, Any]], None], sentence: str | None) -> None:
    values = copy.deepcopy(build())
    change(values)
    if sentence is None:
        assert load(json.dumps(values).encode(), "a.json").bom
        return
    with pytest.raises(ProvenanceUnreadable, match=re.escape(sentence)):
        load(json.dumps(values).encode(), "a.json")


def test_an_encoding_without_a_mark_has_none() -> None:
    values = copy.deepcopy(build())
    values["source"].update(encoding="cp1252", bom=True)
    with pytest.raises(ProvenanceUnreadable, match="source: cp1252 has no byte order mark"):
        load(json.dumps(values).encode(), "a.json")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "in/a.json, line 1: no usable provenance file: no JSON"),
        (b'{\n"format": "tei-pipeline prov', "in/a.json, line 2: no usable provenance file: no JSON: Unterminated string"),
        (b"\xff", "the byte 0 is no UTF-8"),
        (b"\xef\xbb\xbf{}", "no JSON"),
        (b"[" * 100_000, "numbers or nesting out of all measure"),
        (b'{"a":' * 100_000, "numbers or nesting out of all measure"),
        (b"9" * 100_000, "numbers or nesting out of all measure"),
        (b"NaN", "numbers or nesting out of all measure"),
        (b"[]", 'it does not say "format": "tei-pipeline provenance"'),
        (b"null", 'it does not say "format"'),
        (b'{"format": ["tei-pipeline provenance"]}', 'it does not say "format"'),
        (b'{"format": "tei-pipeline provenance", "version": 1e999}', "version: it has no version number"),
        (b'{"format": "tei-pipeline provenance", "version": 1}', "program: is missing"),
    ],
)
def test_what_is_no_provenance_file(data: bytes, sentence: str) -> None:
    with pytest.raises(ProvenanceUnreadable, match=re.escape(sentence)):
        load(data, "in/a.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 1 << 70) | st.floats(allow_nan=False) | st.sampled_from(["", "p1", "\n", HASH]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["columns", "rows", "x"]), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_any_value_at_any_place_is_read_or_refused(data: st.DataObject) -> None:
    values = copy.deepcopy(build(alternatives={"p1": [PLAIN]}, problems=[Problem("info", "x", "y")]))
    item: Any = values
    while True:
        keys = list(item) if isinstance(item, dict) else list(range(len(item)))
        key = data.draw(st.sampled_from(keys))
        inner = item[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        item = inner
    item[key] = data.draw(json_values)
    try:
        provenance = load(json.dumps(values).encode(), "a.json")
    except ProvenanceUnreadable as error:
        assert str(error).startswith("a.json: no usable provenance file")  # noqa: PT017 -- either outcome is right
    else:
        assert provenance.values == values
        validator().validate(values)
