"""JSON mirrors the TEI, and TEI comes back from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from tei_pipeline.errors import PipelineError
from tei_pipeline.exporters import EXPORTERS, ExportError, tei_from_json
from tei_pipeline.exporters.exported import MAX_DEPTH
from tei_pipeline.exporters.json import SCHEMA_ID, VERSION, export_json
from tests.drawn_tei import tei_documents

ROOT = Path(__file__).resolve().parents[1]
FOREIGN = sorted((ROOT / "tests" / "foreign").glob("*.xml"))
SCHEMA = json.loads((ROOT / "schemas" / "document.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
DRAWN = settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tree(xml: str | bytes) -> etree._ElementTree:
    return etree.fromstring(xml).getroottree()


def c14n(document: etree._ElementTree) -> bytes:
    return etree.tostring(document, method="c14n", with_comments=True)


def exported(xml: str | bytes) -> Any:
    return json.loads(export_json(tree(xml).getroot()).data)


def paragraph(inside: str) -> Any:
    """The JSON of a paragraph with this XML in it."""
    return exported(f"<p {NS}>{inside}</p>")["tree"]


# ---------------------------------------------------------------- the tree


def test_characters_elements_and_attributes_keep_their_order() -> None:
    assert paragraph('one <hi rend="italic" n="1">two</hi> three<lb/>') == {
        "name": "p",
        "namespaces": {"": "http://www.tei-c.org/ns/1.0"},
        "content": ["one ", {"name": "hi", "attributes": {"rend": "italic", "n": "1"}, "content": ["two"]}, " three", {"name": "lb"}],
    }


def test_cdata_and_character_references_are_characters() -> None:
    assert paragraph("a<![CDATA[<&]]>b&#233;&amp;")["content"] == ["a<&bé&"]


def test_comments_and_instructions_are_nodes() -> None:
    assert paragraph("<!-- a --><?do this?><?that?>")["content"] == [
        {"comment": " a "},
        {"instruction": "do", "data": "this"},
        {"instruction": "that"},
    ]


def test_comments_and_instructions_around_the_root_are_beside_the_tree() -> None:
    made = exported(f"<?model a?><!--b--><p {NS}/><!--c--><?d?>")
    assert made["prolog"] == [{"instruction": "model", "data": "a"}, {"comment": "b"}]
    assert made["epilog"] == [{"comment": "c"}, {"instruction": "d"}]


def test_foreign_elements_and_attributes_carry_their_namespace() -> None:
    made = paragraph('<m:math xmlns:m="urn:math" m:size="2" xml:lang="la"><m:mi>x</m:mi></m:math>')["content"]
    assert made == [
        {
            "name": "math",
            "prefix": "m",
            "namespace": "urn:math",
            "namespaces": {"m": "urn:math"},
            "attributes": {"{urn:math}size": "2", "xml:lang": "la"},
            "content": [{"name": "mi", "prefix": "m", "namespace": "urn:math", "content": ["x"]}],
        }
    ]


def test_an_element_in_no_namespace_says_so() -> None:
    assert paragraph('<x xmlns=""/>')["content"] == [{"name": "x", "namespace": "", "namespaces": {"": ""}}]


def test_entities_that_a_parser_left_are_replaced_or_named() -> None:
    xml = '<!DOCTYPE p [<!ENTITY known "words"><!ENTITY markup "<b/>">]><p>a &known; b &markup; c</p>'
    parser = etree.XMLParser(resolve_entities=False)
    made = export_json(etree.fromstring(xml, parser))
    assert json.loads(made.data)["tree"]["content"] == ["a words b &markup; c"]
    assert [problem.code for problem in made.problems] == ["entity-unknown", "doctype-lost"]


def test_children_stand_on_lines_of_their_own_where_no_characters_do() -> None:
    data = export_json(tree(f"<div {NS}><head>A</head><p>b <hi>c</hi> <hi>d</hi></p></div>").getroot()).data.decode()
    lines = data[data.index('"tree":') :].splitlines()
    assert lines[2:4] == [
        '{"name":"head","content":["A"]},',
        '{"name":"p","content":["b ",{"name":"hi","content":["c"]}," ",{"name":"hi","content":["d"]}]}]},',
    ]


def test_one_changed_paragraph_is_one_changed_line_of_the_tree() -> None:
    xml = f"<body {NS}>" + "".join(f"<p>Paragraph {number}.</p>" for number in range(50)) + "</body>"
    before = export_json(tree(xml).getroot()).data.splitlines()
    after = export_json(tree(xml.replace("Paragraph 20.", "Interlude 20.")).getroot()).data.splitlines()
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_the_tree_is_not_changed_by_any_export() -> None:
    for path in FOREIGN:
        root = etree.parse(path).getroot()
        before = c14n(root.getroottree())
        for exporter in EXPORTERS.values():
            exporter(root)
        assert c14n(root.getroottree()) == before


def test_the_same_tree_gives_the_same_bytes() -> None:
    for path in FOREIGN:
        assert export_json(etree.parse(path).getroot()).data == export_json(etree.parse(path).getroot()).data


# ---------------------------------------------------------------- and back


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_foreign_tei_comes_back(path: Path) -> None:
    document = etree.parse(path)
    assert c14n(tei_from_json(export_json(document.getroot()).data)) == c14n(document)


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_foreign_tei_gives_json_that_is_valid(path: Path) -> None:
    VALIDATOR.validate(json.loads(export_json(etree.parse(path).getroot()).data))


def test_there_are_five_foreign_files() -> None:
    assert [path.stem for path in FOREIGN] == ["debate", "german-print", "inscription", "novel", "play"]


@DRAWN
@given(tei_documents())
def test_any_tei_comes_back_from_json_that_is_valid(xml: bytes) -> None:
    document = tree(xml)
    data = export_json(document.getroot()).data
    back = tei_from_json(data)
    assert c14n(back) == c14n(document)
    assert export_json(back.getroot()).data == data
    VALIDATOR.validate(json.loads(data))


def test_prefixes_come_back_also_where_two_mean_the_same() -> None:
    xml = '<t:p xmlns:t="http://www.tei-c.org/ns/1.0" xmlns:a="urn:x" xmlns:b="urn:x" b:n="1" a:m="2"><a:e/><b:e b:n="3"/></t:p>'
    assert c14n(tei_from_json(export_json(tree(xml).getroot()).data)) == c14n(tree(xml))


def test_white_space_in_attributes_and_carriage_returns_come_back() -> None:
    xml = f'<p {NS} n="a&#9;b&#10;c&#13;d &quot;&lt;&amp;">e&#13;f</p>'
    assert c14n(tei_from_json(export_json(tree(xml).getroot()).data)) == c14n(tree(xml))


def test_an_element_that_an_editor_put_in_needs_no_declarations() -> None:
    made = exported(f"<p {NS}/>")
    made["tree"]["content"] = [{"name": "svg", "namespace": "urn:svg", "attributes": {"{urn:link}href": "a"}, "content": [{"name": "hi"}]}]
    root = tei_from_json(json.dumps(made).encode()).getroot()
    assert [element.tag for element in root.iter()] == [f"{{{NS[7:-1]}}}p", "{urn:svg}svg", f"{{{NS[7:-1]}}}hi"]
    assert root[0].get("{urn:link}href") == "a"


def test_only_the_tree_is_read_back() -> None:
    made = exported(f"<!--a--><p {NS}>b</p>")
    for view in ("metadata", "counts", "outline", "people", "notes"):
        del made[view]
    assert c14n(tei_from_json(json.dumps(made).encode())) == c14n(tree(f"<!--a--><p {NS}>b</p>"))


def test_utf_8_with_a_byte_order_mark_is_read() -> None:
    data = b"\xef\xbb\xbf" + export_json(tree(f"<p {NS}>é</p>").getroot()).data
    assert tei_from_json(data).getroot().text == "é"


# ---------------------------------------------------------------- what cannot be read


def refusal(change: Any) -> str:
    """What is said of the JSON of a small document after a change."""
    made = exported(f'<p {NS} n="1">a<hi>b</hi></p>')
    made = change(made) or made
    with pytest.raises(ExportError) as caught:
        tei_from_json(json.dumps(made).encode())
    return str(caught.value)


def in_tree(**members: Any) -> Any:
    return lambda made: made["tree"].update(members)


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (lambda made: made.update(version=VERSION + 1), "/version", "newer"),
        (lambda made: made.update(version="1"), "/version", "no version"),
        (lambda made: made.update(version=True), "/version", "no version"),
        (lambda made: [made], "/version", "no version"),
        (lambda made: made.pop("tree") and None, "/tree", "no tree"),
        (lambda made: made.update(tree="text"), "/tree", "must be an element"),
        (lambda made: made.update(tree={"comment": "a"}), "/tree", "must be an element"),
        (lambda made: made.update(prolog={}), "/prolog", "array"),
        (lambda made: made.update(prolog=["text"]), "/prolog/0", "only comments and instructions"),
        (lambda made: made.update(epilog=[{"name": "p"}]), "/epilog/0", "only comments and instructions"),
        (in_tree(name="1st"), "/tree/name", "no XML name"),
        (in_tree(name="a:b"), "/tree/name", "no XML name"),
        (in_tree(name="a b='c'"), "/tree/name", "no XML name"),
        (in_tree(name=""), "/tree/name", "no XML name"),
        (in_tree(name=7), "/tree/name", "no XML name"),
        (in_tree(prefix="a b"), "/tree/prefix", "no XML name"),
        (in_tree(names="p"), "/tree", "'names'"),
        (in_tree(content="text"), "/tree/content", "array"),
        (in_tree(content=None), "/tree/content", "array"),
        (in_tree(content=["a", 7]), "/tree/content/1", "must be a string"),
        (in_tree(content=["a", {"name": "hi", "content": [{}]}]), "/tree/content/1/content/0", "this must be"),
        (in_tree(content=["a\0"]), "/tree/content/0", "U+0000"),
        (in_tree(content=["a", {"name": "hi", "content": ["b", "\ud800"]}]), "/tree/content/1/content/1", "U+D800"),
        (in_tree(content=[{"comment": "a--b"}]), "/tree/content/0/comment", '"--"'),
        (in_tree(content=[{"comment": "a", "data": "b"}]), "/tree/content/0", "this must be"),
        (in_tree(content=[{"instruction": "XML"}]), "/tree/content/0/instruction", "keeps it for itself"),
        (in_tree(content=[{"instruction": "a", "data": "b?>c"}]), "/tree/content/0/data", '"?>"'),
        (in_tree(attributes=[]), "/tree/attributes", "object"),
        (in_tree(attributes={"n": 1}), "/tree/attributes/n", "must be a string"),
        (in_tree(attributes={"n": "\x0b"}), "/tree/attributes/n", "U+000B"),
        (in_tree(attributes={"a/b": "1"}), "/tree/attributes/a~1b", "no XML name"),
        (in_tree(attributes={"xmlns": "urn:x"}), "/tree/attributes/xmlns", "'namespaces'"),
        (in_tree(attributes={"{urn:x}a b": "1"}), "/tree/attributes/{urn:x}a b", "no XML name"),
        (in_tree(attributes={"{urn x}a": "1"}), "/tree/attributes/{urn x}a", "cannot mean"),
        (in_tree(namespaces={"a": ""}), "/tree/namespaces/a", "no namespace name"),
        (in_tree(namespaces={"xmlfoo": "urn:x"}), "/tree/namespaces/xmlfoo", "keeps them for itself"),
        (in_tree(namespace="urn:x", namespaces={"": "urn:y"}), "/tree/namespace", "cannot mean"),
        (in_tree(content=[{"name": "a", "attributes": {"xml:id": "i"}}, {"name": "b", "attributes": {"xml:id": "i"}}]), "/tree", "ID i"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: Any, place: str, what: str) -> None:
    said = refusal(change)
    assert said.startswith(f"{place}: ")
    assert what in said
    assert "\n" not in said


def test_an_element_named_as_a_declaration_does_not_open_the_way_for_one() -> None:
    made = {"version": 1, "tree": {"name": "xmlns", "content": [{"name": "a", "attributes": {"xmlns": "urn:x"}}]}}
    with pytest.raises(ExportError, match="/tree/content/0/attributes/xmlns"):
        tei_from_json(json.dumps(made).encode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "line 1, column 1: this is no JSON"),
        (b'{"version":1,\n "tree" {}}', "line 2, column 9: this is no JSON"),
        (b'{"version":1,"tree":"\xff"}', "byte 21: this is no JSON: not utf-8"),
        (b'{"version":' + b"9" * 5000 + b"}", "no JSON that can be read"),
        (b'{"version":1,"tree":{"name":"p","name":"q"}}', "the key 'name' twice"),
        (b'{"version":1,"tree":' + b'{"name":"p","content":[' * 5000 + b"]}" * 5000 + b"}", f"nested deeper than {MAX_DEPTH} elements"),
        (b'{"version":1,"tree":' + b"[" * 100_000, f"nested deeper than {MAX_DEPTH} elements"),
    ],
    ids=["empty", "broken", "bytes", "digits", "twice", "deep", "brackets"],
)
def test_bytes_that_are_no_such_json_get_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(ExportError) as caught:
        tei_from_json(data)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 300


def nested(depth: int) -> etree._Element:
    return etree.fromstring(f"<TEI {NS}>" + "<hi>" * (depth - 1) + "</hi>" * (depth - 1) + "</TEI>", etree.XMLParser(huge_tree=True))


def test_what_is_nested_as_deeply_as_allowed_goes_both_ways() -> None:
    root = nested(MAX_DEPTH)
    assert c14n(tei_from_json(export_json(root).data)) == c14n(root.getroottree())


def test_one_level_more_is_refused_both_ways() -> None:
    with pytest.raises(ExportError, match=f"element hi: nested deeper than {MAX_DEPTH} elements"):
        export_json(nested(MAX_DEPTH + 1))
    deeper = {"name": "p"}
    for _ in range(MAX_DEPTH):
        deeper = {"name": "p", "content": [deeper]}  # type: ignore[dict-item]
    with pytest.raises(ExportError, match=f"nested deeper than {MAX_DEPTH} elements"):
        tei_from_json(json.dumps({"version": 1, "tree": deeper}).encode())


def test_export_errors_are_expected_failures() -> None:
    assert issubclass(ExportError, PipelineError)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from(["p", "xml:id", "n", "urn:x", "a\0"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "content", "attributes", "namespaces", "prefix", "namespace", "comment", "instruction", "data", "prefixes"]
            )
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(values, st.lists(values, max_size=2))
def test_any_json_at_all_gives_a_tree_or_one_sentence(root: Any, around: list[Any]) -> None:
    data = json.dumps({"version": 1, "tree": root, "prolog": around}).encode()
    try:
        document = tei_from_json(data)
    except ExportError:
        return
    assert c14n(tei_from_json(export_json(document.getroot()).data)) == c14n(document)


# ---------------------------------------------------------------- the schema and the views


def test_schema_is_a_schema_and_names_itself_as_the_export_does() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == SCHEMA_ID == SCHEMA["properties"]["$schema"]["const"]
    assert SCHEMA["properties"]["version"]["const"] == VERSION


def test_every_property_of_the_schema_has_a_title_and_a_description() -> None:
    def bare(schema: Any, name: str) -> list[str]:
        found = []
        if isinstance(schema, dict):
            for key, property_ in schema.get("properties", {}).items():
                if "$ref" not in property_ and not {"title", "description"} <= property_.keys():
                    found.append(f"{name}/{key}")
            for key, inner in schema.items():
                found += bare(inner, f"{name}/{key}")
        return found

    assert bare(SCHEMA, "") == []
    assert all({"title", "description"} <= definition.keys() for definition in SCHEMA["$defs"].values())


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.pop("tree"),
        lambda made: made.update(version=2),
        lambda made: made.update(more=1),
        lambda made: made["tree"].update(name="a b"),
        lambda made: made["tree"].update(content=[7]),
        lambda made: made["tree"].update(content=[{"comment": "a--b"}]),
        lambda made: made["tree"].update(content=[{"instruction": "a", "more": "b"}]),
        lambda made: made["tree"].update(attributes={"n": 1}),
        lambda made: made["notes"].append({}),
    ],
)
def test_schema_refuses_what_is_no_document(change: Any) -> None:
    made = exported(f"<p {NS}>a</p>")
    assert VALIDATOR.is_valid(made)
    change(made)
    assert not VALIDATOR.is_valid(made)


BOOK = f"""<TEI {NS} xml:id="b">
<teiHeader>
<fileDesc>
<titleStmt><title type="sub">Or the Mill</title><title type="main">The  Price of
Coal</title><author>A. Miller</author><editor>B. Sack</editor></titleStmt>
<publicationStmt><publisher>unknown</publisher><idno type="file">coal</idno><date when="1901-02-03">last winter</date>
<availability><licence target="https://example.org/l">Free.</licence></availability></publicationStmt>
<sourceDesc><bibl>A book.</bibl></sourceDesc>
</fileDesc>
<profileDesc><langUsage><language ident="en"/></langUsage>
<particDesc><listPerson><person xml:id="joan"><persName>Joan</persName></person></listPerson></particDesc></profileDesc>
</teiHeader>
<text xml:lang="en"><front><div type="preface" xml:id="f"><head>Before</head><p>x</p></div></front>
<body><div type="work" n="1" xml:id="w">
<head><label>I</label> Coal<ref type="noteAnchor" target="#n1" xml:id="r1">[1]</ref><lb/>and
<choice><sic>Pise</sic><corr>Price</corr></choice></head>
<div type="section" xml:id="s"><head>One</head>
<sp who="#joan #mob"><speaker>Joan</speaker>
<p>It is semi<pc force="weak">-</pc><lb break="no"/>cold <hi><metamark>_</metamark>here<metamark>_</metamark></hi>.<ref
target="#n1" xml:id="r2">1</ref> See <ref target="#n1">the first note</ref> <supplied>now</supplied>.</p></sp></div>
<div type="notes" xml:id="n"><head>Notes</head>
<note xml:id="n1" n="1" place="end" target="#r1 #r2"><label>1.</label> <p>Dear.</p><p>Very.</p></note>
<note xml:id="n2" place="end"><p>Orphan.</p></note></div></div></body></text></TEI>"""


def test_metadata_view() -> None:
    assert exported(BOOK)["metadata"] == {
        "id": "b",
        "title": "The Price of Coal",
        "subtitles": ["Or the Mill"],
        "authors": ["A. Miller"],
        "editors": ["B. Sack"],
        "edition": None,
        "publisher": "unknown",
        "date": "1901-02-03",
        "identifiers": [{"type": "file", "value": "coal"}],
        "licence": {"text": "Free.", "target": "https://example.org/l"},
        "language": "en",
        "languages": ["en"],
        "source": ["A book."],
        "keywords": [],
    }


def test_outline_view_has_a_row_for_each_division() -> None:
    assert [tuple(row.values()) for row in exported(BOOK)["outline"]] == [
        ("f", 1, "front", "preface", None, "Before"),
        ("w", 1, "body", "work", "1", "I Coal and Price"),
        ("s", 2, "body", "section", None, "One"),
        ("n", 2, "body", "notes", None, "Notes"),
    ]


def test_notes_view_joins_notes_and_marks_but_no_cross_references() -> None:
    notes = exported(BOOK)["notes"]
    assert notes[0] == {
        "id": "n1",
        "n": "1",
        "place": "end",
        "type": None,
        "division": "n",
        "text": "Dear. Very.",
        "references": [{"id": "r1", "text": "[1]"}, {"id": "r2", "text": "1"}],
    }
    assert (notes[1]["text"], notes[1]["references"]) == ("Orphan.", [])


def test_people_view_counts_speeches_and_names_whom_nobody_describes() -> None:
    assert exported(BOOK)["people"] == [
        {"id": "joan", "kind": "person", "name": "Joan", "role": None, "sex": None, "speeches": 1},
        {"id": "mob", "kind": "undescribed", "name": None, "role": None, "sex": None, "speeches": 1},
    ]


def test_counts_are_of_the_printed_reading() -> None:
    counts = exported(BOOK)["counts"]
    printed = "Before x I Coal[1] and Pise One Joan It is semi-cold _here_.1 See the first note . Notes 1. Dear. Very. Orphan."
    assert counts["words"] == len(printed.split())
    assert counts["characters"] == len(printed.replace(" ", ""))
    assert counts["names"]["note"] == 2
    assert counts["elements"] == sum(counts["names"].values())


def test_a_document_that_is_no_tei_is_exported_all_the_same() -> None:
    made = exported("<html><body>Hello</body></html>")
    VALIDATOR.validate(made)
    assert made["metadata"]["title"] is None
    assert made["tree"]["namespace"] == ""
