"""The sidecar: what is read, what is refused and in which words, and that our reading agrees with JSON Schema."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from tei_pipeline.metadata import Contributor, Metadata, Subject, Work
from tei_pipeline.sidecar import (
    EditorCorrection,
    Settings,
    Sidecar,
    SourcePart,
    completed,
    part_paths,
    read_sidecar,
)
from tei_pipeline.sidecar.check import faults, schema
from tei_pipeline.sidecar.lines import key_lines
from tei_pipeline.sidecar.template import init_sidecar, toml
from tei_pipeline.sidecar.toml import LARGEST, BadSidecar
from tei_pipeline.source import Line, Source

RAW = Path(__file__).resolve().parents[1] / "raw"
VALIDATOR = Draft202012Validator(schema())

GOOD: dict[str, tuple[str, Sidecar]] = {
    "nothing at all": ("", Sidecar("a.toml")),
    "only comments": ("# still to do\n\n[metadata]\n[settings]\n", Sidecar("a.toml")),
    "one author or several": (
        '[metadata]\nauthor = "Ada Brand"\neditor = ["B. Cole", "D. Eck"]\n',
        Sidecar("a.toml", Metadata(author=("Ada Brand",), editor=("B. Cole", "D. Eck"))),
    ),
    "dates as text, as a year, as TOML has them": (
        '[metadata]\ndate = 2024-02-29\n[metadata.source]\ndate = 1891\n[[metadata.revisions]]\ndate = "2024-03"\nwhat = "x"\n',
        Sidecar("a.toml", Metadata(date="2024-02-29", imprint_date="1891", revisions=(("2024-03", "", "x"),))),
    ),
    "words on several lines are one line of the header": (
        '[metadata]\ntitle = """\nThe Price\n  of Coal"""\n',
        Sidecar("a.toml", Metadata(title="The Price of Coal")),
    ),
    "the printed book": (
        '[metadata.source]\ntitle = "T"\nauthor = "A"\npublisher = "P"\nplace = "Q"\ndate = "about 1700"\nnote = "N"\n',
        Sidecar(
            "a.toml",
            Metadata(
                imprint_title="T",
                imprint_author=("A",),
                imprint_publisher="P",
                imprint_place="Q",
                imprint_date="about 1700",
                source_note="N",
            ),
        ),
    ),
    "a licence with its address": (
        '[metadata]\nlicence = "CC BY 4.0"\nlicence_url = "https://example.org/by"\n',
        Sidecar("a.toml", Metadata(licence="CC BY 4.0", licence_url="https://example.org/by")),
    ),
    "what libraries want to know": (
        '[metadata]\nauthor = { name = "Ada Brand", viaf = "12", orcid = "0000-0002-1825-0097" }\n'
        'contributors = [{ name = "B. Cole", role = "translator", uri = "https://example.org/b" }]\n'
        'subjects = ["Coal", { term = "Mines", scheme = "LCSH" }]\nidentifiers = [{ type = "DOI", value = "10.1/2" }]\nvolume = 3\n'
        '[[metadata.works]]\nheading = "PART ONE"\ndate = 1891\nauthor = ["Ada Brand", { name = "D. Eck", gnd = "118540238" }]\n',
        Sidecar(
            "a.toml",
            Metadata(
                author=("Ada Brand",),
                contributors=(Contributor("B. Cole", "translator"),),
                subjects=(Subject("Coal"), Subject("Mines", "LCSH")),
                identifiers=(("DOI", "10.1/2"),),
                volume="3",
                works=(Work("PART ONE", date="1891", author=("Ada Brand", "D. Eck"), line=7),),
                authorities=(
                    ("Ada Brand", ("https://viaf.org/viaf/12", "https://orcid.org/0000-0002-1825-0097")),
                    ("B. Cole", ("https://example.org/b",)),
                    ("D. Eck", ("https://d-nb.info/gnd/118540238",)),
                ),
            ),
        ),
    ),
    "all settings": (
        '[settings]\nencoding = "cp1252"\nspacing = 2\nparagraphs = "blank"\ndrama = false\nverse = false\n'
        'quotation = ["„“", "‚‘"]\nhyphens = "keep"\nnotes = "inline"\nexports = ["json"]\n',
        Sidecar("a.toml", settings=Settings("cp1252", 2, "blank", False, False, ("„“", "‚‘"), "keep", "inline", ("json",))),
    ),
    "quoted words left unmarked is not the same as by the language": (
        "[settings]\nquotation = []\nexports = []\n",
        Sidecar("a.toml", settings=Settings(quotation=(), exports=())),
    ),
    "parts": (
        'parts = [\n  "a.txt",\n  "sub/b c.txt",\n  { file = "ç.txt", begins = "page" },\n]\nseam = "nothing"\n',
        Sidecar(
            "a.toml",
            parts=(SourcePart("a.txt", "nothing", 2), SourcePart("sub/b c.txt", "nothing", 3), SourcePart("ç.txt", "page", 4)),
            seam="nothing",
        ),
    ),
    "parts that say nothing begin a division": (
        'parts = ["a.txt", "b.txt"]\n',
        Sidecar("a.toml", parts=(SourcePart("a.txt", "nothing", 1), SourcePart("b.txt", "division", 1))),
    ),
    "corrections in their planned form": (
        '[[correct]]\nkind = "block"\nwords = "The Price"\noccurrence = 2\nunder = "IV"\nas = "heading"\nlevel = 2\n',
        Sidecar(
            "a.toml", corrections=(EditorCorrection("block", "The Price", occurrence=2, under="IV", become="heading", level=2, line=1),)
        ),
    ),
}

BAD: dict[str, tuple[str, str]] = {
    # keys
    "a misspelled key": ('[metadata]\ntitel = "x"\n', 'a.toml, line 2: metadata.titel: there is no such key; did you mean "title"?'),
    "a plural": ('[metadata]\nauthors = ["x"]\n', 'a.toml, line 2: metadata.authors: there is no such key; did you mean "author"?'),
    "another spelling": ('[metadata]\nlicense = "x"\n', 'a.toml, line 2: metadata.license: there is no such key; did you mean "licence"?'),
    "capitals": ('[metadata]\nTitle = "x"\n', 'a.toml, line 2: metadata.Title: there is no such key; did you mean "title"?'),
    "a misspelled table": ("\n[settngs]\n", 'a.toml, line 2: settngs: there is no such key; did you mean "settings"?'),
    "a key at the top": ('title = "x"\n', 'a.toml, line 1: title: there is no such key; "title" belongs under [metadata]'),
    "a key in the wrong table": (
        '[metadata]\nencoding = "utf-8"\n',
        'a.toml, line 2: metadata.encoding: there is no such key; "encoding" belongs under [settings]',
    ),
    "parts under a table": (
        '[settings]\nparts = ["a.txt"]\n',
        'a.toml, line 2: settings.parts: there is no such key; "parts" belongs under no table, at the top of the file',
    ),
    "misspelled and in the wrong table": (
        '[settings]\npublischer = "x"\n',
        'a.toml, line 2: settings.publischer: there is no such key; did you mean "publisher" under [metadata]?',
    ),
    "nothing near": (
        "[metadata.source]\nxyzzy = 1\n",
        "a.toml, line 2: metadata.source.xyzzy: there is no such key; "
        "known here: title, author, editor, edition, series, volume, extent, identifiers, publisher, place, date, note",
    ),
    "a dotted key": (
        'metadata.titel = "x"\n',
        'a.toml, line 1: metadata.titel: there is no such key; did you mean "title"?',
    ),
    "a key that would steer a terminal": (
        '[settings]\n"\\u001b[31mnotes" = 1\n',
        'a.toml, line 2: settings.\\x1b[31mnotes: there is no such key; did you mean "notes"?',
    ),
    # types and values
    "a number for text": ("[metadata]\ntitle = 3\n", "a.toml, line 2: metadata.title: must be text without control characters, not 3"),
    "a character that XML cannot hold": (
        '[metadata]\ntitle = "a\\u0000b"\n',
        'a.toml, line 2: metadata.title: must be text without control characters, not "a\\x00b"',
    ),
    "a placeholder left empty": (
        '[metadata]\ntitle = " "\n',
        "a.toml, line 2: metadata.title: is empty; give it a value, or take the line out",
    ),
    "a list for a title": (
        '[metadata]\ntitle = ["x"]\n',
        "a.toml, line 2: metadata.title: must be text without control characters, not a list",
    ),
    "no authors": (
        "[metadata]\nauthor = []\n",
        "a.toml, line 2: metadata.author: must be a name, or a list of different names, not an empty list",
    ),
    "an author in a table without a name": (
        '[metadata]\nauthor = [{ viaf = "1" }]\n',
        'a.toml, line 2: metadata.author[1]: needs "name"',
    ),
    "an author in a table twice": (
        '[metadata]\nauthor = [{ name = "x" }, { name = "x" }]\n',
        "a.toml, line 2: metadata.author: must not name the same twice",
    ),
    "an ORCID with a slip": (
        '[metadata]\neditor = { name = "x", orcid = "0000-0002-1825-0079" }\n',
        'a.toml, line 2: metadata.editor.orcid: "0000-0002-1825-0079" is mistyped: its last character does not fit the others',
    ),
    "an author twice": (
        '[metadata]\nauthor = ["x", "x"]\n',
        "a.toml, line 2: metadata.author: must be a name, or a list of different names, not a list",
    ),
    "a year that is a truth": (
        "[metadata]\ndate = true\n",
        "a.toml, line 2: metadata.date: must be a year such as 1891, or a date as text, not true",
    ),
    "a huge number": (
        f"[metadata]\ndate = {'9' * 60}\n",
        "a.toml, line 2: metadata.date: must be a year such as 1891, or a date as text, not a huge number",
    ),
    "no address": (
        '[metadata]\nlicence_url = "javascript:x"\n',
        'a.toml, line 2: metadata.licence_url: must be an address such as "https://example.org/terms", not "javascript:x"',
    ),
    "a language in words": (
        '[metadata]\nlanguage = "English"\n',
        'a.toml, line 2: metadata.language: must be a language tag such as "en", "de-AT" or "grc" (BCP 47), not "English"',
    ),
    "a line end after a tag": (
        '[metadata]\nlanguage = "en\\n"\n',
        'a.toml, line 2: metadata.language: must be a language tag such as "en", "de-AT" or "grc" (BCP 47), not "en\\n"',
    ),
    "metadata that is no table": ('metadata = "x"\n', 'a.toml, line 1: metadata: must be a table, not "x"'),
    "revisions as one table": (
        "[metadata.revisions]\ndate = 2024-01-01\n",
        "a.toml, line 1: metadata.revisions: must be a list, not a table",
    ),
    "a revision without its date": ('[[metadata.revisions]]\nwhat = "x"\n', 'a.toml, line 1: metadata.revisions[1]: needs "date"'),
    "a revision on a day that is none": (
        '[[metadata.revisions]]\ndate = 2024-01-01\nwhat = "x"\n[[metadata.revisions]]\ndate = "2023-02-29"\nwhat = "y"\n',
        'a.toml, line 5: metadata.revisions[2].date: there is no day "2023-02-29"',
    ),
    "an enumerated value": (
        '[settings]\nhyphens = "kept"\n',
        'a.toml, line 2: settings.hyphens: must be "decide" or "keep", not "kept"; did you mean "keep"?',
    ),
    "an enumerated number as text": ('[settings]\nspacing = "2"\n', 'a.toml, line 2: settings.spacing: must be 1 or 2, not "2"'),
    "a truth for a number": ("[settings]\nspacing = true\n", "a.toml, line 2: settings.spacing: must be 1 or 2, not true"),
    "a word for a truth": ('[settings]\nverse = "no"\n', 'a.toml, line 2: settings.verse: must be true or false, not "no"'),
    "marks that are none": (
        '[settings]\nquotation = ["ab"]\n',
        'a.toml, line 2: settings.quotation: must be a list of up to four pairs of quotation marks, such as ["„“", "‚‘"], not a list',
    ),
    "an export that is none": (
        '[settings]\nexports = ["pdf"]\n',
        'a.toml, line 2: settings.exports: must be a list of "xml", "json" and "text", each at most once, not a list',
    ),
    "an encoding that is none": (
        '[settings]\nencoding = "cp99999"\n',
        'a.toml, line 2: settings.encoding: "cp99999" is no text encoding known here; name one such as utf-8, cp1252 or mac-roman',
    ),
    "a codec that is no encoding": (
        '[settings]\nencoding = "zlib"\n',
        'a.toml, line 2: settings.encoding: "zlib" is no text encoding known here; name one such as utf-8, cp1252 or mac-roman',
    ),
    # contradictions
    "a subtitle alone": (
        '[metadata]\nsubtitle = "x"\n',
        "a.toml, line 2: metadata.subtitle: a subtitle needs a title; give metadata.title too",
    ),
    "lines that do not exist cannot be spaced": (
        '[settings]\nparagraphs = "unwrapped"\nspacing = 2\n',
        'a.toml, line 3: settings.spacing: paragraphs = "unwrapped" leaves no printed lines to space; take one of the two out',
    ),
    "a seam without parts": (
        'seam = "page"\n',
        "a.toml, line 1: seam: there is no seam without a second part; take it out, or name the files in parts",
    ),
    "something begins before the first": (
        'parts = [\n{ file = "a.txt", begins = "page" }, "b.txt"]\n',
        "a.toml, line 2: parts[1].begins: nothing stands before the first part; take it out",
    ),
    "a part twice": (
        'parts = [\n"a.txt",\n"b.txt",\n"a.txt"]\n',
        'a.toml, line 4: parts[3]: "a.txt" is parts[1] already; name each file once',
    ),
    # parts
    "no parts": ("parts = []\n", "a.toml, line 1: parts: must not be empty"),
    "parts as text": ('parts = "a.txt"\n', 'a.toml, line 1: parts: must be a list, not "a.txt"'),
    "a part that is a number": (
        'parts = ["a.txt",\n 2]\n',
        'a.toml, line 2: parts[2]: must be a path, or a table { file = "…", begins = "…" }, not 2',
    ),
    "a part without a file": ('parts = [{ begins = "page" }]\n', 'a.toml, line 1: parts[1]: needs "file"'),
    "a seam that is none": (
        'parts = ["a.txt", { file = "b.txt", begins = "pages" }]\n',
        'a.toml, line 1: parts[2].begins: must be "page", "division" or "nothing", not "pages"; did you mean "page"?',
    ),
    # corrections
    "a correction without words": ('[[correct]]\nkind = "join"\n', 'a.toml, line 1: correct[1]: needs "words"'),
    "the second correction": (
        '[[correct]]\nkind = "join"\nwords = "x"\n\n[[correct]]\nkind = "joint"\nwords = "x"\n',
        'a.toml, line 6: correct[2].kind: must be "block", "level", "join", "split", "link", "unlink", "quotation", "speaker", "reading", '
        '"attribute" or "remove", not "joint"; did you mean "join"?',
    ),
    "the nought-th occurrence": (
        '[[correct]]\nkind = "join"\nwords = "x"\noccurrence = 0\n',
        "a.toml, line 4: correct[1].occurrence: must be a whole number from 1 on, not 0",
    ),
    # several at once, in the order of the file
    "two faults": (
        '[settings]\nnote = "inline"\n[metadata]\ndate = []\n',
        'a.toml, line 2: settings.note: there is no such key; did you mean "notes"?\n'
        "a.toml, line 4: metadata.date: must be a year such as 1891, or a date as text, not an empty list",
    ),
    # no TOML
    "a broken value": ("[metadata]\ntitle = x\n", "a.toml, line 2: this is not TOML: Invalid value (column 9); mend this line"),
    "a key twice": (
        '[metadata]\ntitle = "x"\ntitle = "y"\n',
        "a.toml, line 3: this is not TOML: Cannot overwrite a value (column 12); mend this line",
    ),
    "a text that never ends": (
        '[metadata]\ntitle = "x\n',
        "a.toml, line 2: this is not TOML: Illegal character '\\n' (column 11); mend this line",
    ),
}

ESCAPES = (
    "/etc/passwd",
    "../a.txt",
    "b/../../a.txt",
    "./a.txt",
    "a/./b",
    "a//b",
    "a/",
    "..",
    ".",
    "C:/a.txt",
    "c:a.txt",
    "a\\b",
    "a\nb",
    "\u0000",
)


def said(text: str) -> Sidecar:
    """What a sidecar says, whatever its bytes are."""
    return replace(read_sidecar(text.encode(), "a.toml"), sha256="")


@pytest.mark.parametrize(("text", "expected"), GOOD.values(), ids=GOOD)
def test_reads(text: str, expected: Sidecar) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_refuses(text: str, message: str) -> None:
    with pytest.raises(BadSidecar) as caught:
        read_sidecar(text.encode(), "a.toml")
    assert str(caught.value) == message


@pytest.mark.parametrize("path", ESCAPES)
def test_no_part_outside_the_folder(path: str) -> None:
    with pytest.raises(BadSidecar, match=r"^a\.toml, line 1: parts\[1\]: must be a path"):
        read_sidecar(f"parts = [{toml(path)}]".encode(), "a.toml")


def test_an_error_carries_its_faults() -> None:
    with pytest.raises(BadSidecar) as caught:
        read_sidecar(b"[metadata]\n\ntitle = 1\n", "a.toml")
    assert caught.value.faults == (("metadata.title", 3, "must be text without control characters, not 1"),)


def test_many_faults_are_not_all_told() -> None:
    with pytest.raises(BadSidecar) as caught:
        read_sidecar("\n".join(f"k{n} = 1" for n in range(5000)).encode(), "a.toml")
    told = str(caught.value).split("\n")
    assert len(told) == 11
    assert told[-1] == "a.toml: more faults follow these"


# ---------------------------------------------------------------- files that are none


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf[metadata]\r\ntitle = 'x'\r\n", b"[metadata]\ntitle = 'x'"], ids=["Windows", "Unix"])
def test_byte_order_mark_and_line_ends(data: bytes) -> None:
    assert read_sidecar(data, "a.toml").metadata.title == "x"


def test_lines_are_counted_with_crlf() -> None:
    with pytest.raises(BadSidecar, match=r"^a\.toml, line 3: metadata\.x: "):
        read_sidecar(b"[metadata]\r\n\r\nx = 1\r\n", "a.toml")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a = 'ä'".encode("cp1252"), "a.toml, line 1: byte 5 is no UTF-8, and TOML is always UTF-8; save the file as UTF-8"),
        ("\n\n# x".encode("utf-16"), "a.toml, line 1: byte 0 is no UTF-8, and TOML is always UTF-8; save the file as UTF-8"),
        (b"x = " + b"[" * 100_000, "a.toml: lists or tables are nested too deeply; a sidecar needs three levels"),
        (b"x = " + b"9" * 100_000, "a.toml: holds a number of thousands of figures; mend it"),
        (b"\n" + b".".join([b"a"] * 100_000) + b" = 1", "a.toml, line 2: a key of more than 50 parts; a sidecar needs three"),
        (b"#" * (LARGEST + 1), "a.toml: is larger than a sidecar may be (1048576 bytes); is it the right file?"),
        (b'parts = ["a"' + b',"a"' * 10_000 + b"]", "a.toml, line 1: parts: must not have more than 10000 elements"),
    ],
    ids=["Latin-1", "UTF-16", "deep", "huge number", "endless key", "huge file", "many parts"],
)
def test_hostile_files(data: bytes, message: str) -> None:
    with pytest.raises(BadSidecar) as caught:
        read_sidecar(data, "a.toml")
    assert str(caught.value) == message


@given(st.binary(max_size=60) | st.text(alphabet="[]{}=.,\"'\n#a1 metadata", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    told = ["a.toml"]
    try:
        read_sidecar(data, "a.toml")
    except BadSidecar as error:
        told = str(error).split("\n")
    assert all(line.startswith("a.toml") and line.isprintable() for line in told)


# ---------------------------------------------------------------- the schema


def test_the_schema_is_a_schema_and_explains_itself() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"].endswith("sidecar.schema.json")
    bare = [name for name, node in _properties(schema()) if not node.get("description")]
    assert bare == []


CASES = {name: text for name, (text, expected) in {**GOOD, **BAD}.items() if "this is not TOML" not in str(expected)}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_the_schema_and_our_reading_agree(text: str) -> None:
    values = json.loads(json.dumps(tomllib.loads(text), default=lambda value: value.isoformat()))
    assert VALIDATOR.is_valid(values) == (not list(faults(values)))


WORDS = ["", " ", "x", "en", "a.txt", "../a", "page", "keep", "blank", "„“", "2024-01-01", "https://x.org", "block", "a\x00", "en\n", "xml"]
SIMPLE = st.sampled_from(WORDS) | st.integers(-1, 3) | st.booleans()
VALUES = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "author", "date", "what", "file", "begins", "kind", "words", "level"]), inner, max_size=4
        )
    ),
    max_leaves=6,
)


def _table(*path: str) -> st.SearchStrategy[dict[str, Any]]:
    node = schema()
    for key in path:
        node = node["properties"][key]
    return st.dictionaries(st.sampled_from([*node["properties"], "x"]), VALUES, max_size=3)


TABLES = st.fixed_dictionaries(
    {},
    optional={
        "parts": VALUES,
        "seam": SIMPLE,
        "correct": VALUES,
        "settings": _table("settings"),
        "metadata": _table("metadata"),
        "x": SIMPLE,
    },
)


@given(TABLES)
def test_the_schema_and_our_reading_agree_on_anything(values: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(values) == (not list(faults(values)))


def _properties(node: Any) -> list[tuple[str, Any]]:
    if isinstance(node, list):
        return [found for element in node for found in _properties(element)]
    if not isinstance(node, dict):
        return []
    own = [*node.get("properties", {}).items()] if isinstance(node.get("properties"), dict) else []
    return own + [found for element in node.values() for found in _properties(element)]


# ---------------------------------------------------------------- lines


LINES = '''\
# a comment with [brackets] and a = b
"quoted key" = 1
a.b = [ # and here
  "x = 1", 2.5, [

    3],
  { c = "]}", "d\\u0065" = 1979-05-27 07:32:00 },
]
text = """
[no.table]
k = 1 \\""" """
raw = \'\'\'
'k' = ''\'\'\'
empty = {}

[table . sub]
k = [] # nothing
[[list]]
k = 1
[[list]]
k = 2
[list.more]
k = true
[[list.deep]]
[[list.deep]]
k.l = 1
'''


def test_key_lines() -> None:
    expected: dict[tuple[str | int, ...], int] = {
        ("quoted key",): 2,
        ("a",): 3,
        ("a", "b"): 3,
        ("a", "b", 0): 4,
        ("a", "b", 1): 4,
        ("a", "b", 2): 4,
        ("a", "b", 2, 0): 6,
        ("a", "b", 3): 7,
        ("a", "b", 3, "c"): 7,
        ("a", "b", 3, "de"): 7,
        ("text",): 9,
        ("raw",): 12,
        ("empty",): 14,
        ("table",): 16,
        ("table", "sub"): 16,
        ("table", "sub", "k"): 17,
        ("list",): 18,
        ("list", 0): 18,
        ("list", 0, "k"): 19,
        ("list", 1): 20,
        ("list", 1, "k"): 21,
        ("list", 1, "more"): 22,
        ("list", 1, "more", "k"): 23,
        ("list", 1, "deep"): 24,
        ("list", 1, "deep", 0): 24,
        ("list", 1, "deep", 1): 25,
        ("list", 1, "deep", 1, "k"): 26,
        ("list", 1, "deep", 1, "k", "l"): 26,
    }
    tomllib.loads(LINES)
    assert key_lines(LINES) == expected


# ---------------------------------------------------------------- parts on the disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "book"
    (place / "sub").mkdir(parents=True)
    (place / "a.txt").write_text("a")
    (place / "sub" / "b.txt").write_text("b")
    (tmp_path / "secret.txt").write_text("s")
    return place


def _parts(*files: str) -> Sidecar:
    return read_sidecar(f"parts = {toml(files)}".encode(), "source.toml")


def test_parts_are_found_in_order(folder: Path) -> None:
    assert part_paths(_parts("sub/b.txt", "a.txt"), folder) == (folder / "sub" / "b.txt", folder / "a.txt")


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("c.txt", 'source.toml, line 1: parts[2]: "c.txt" is not there; check the name'),
        ("sub", 'source.toml, line 1: parts[2]: "sub" is no file'),
        ("out.txt", 'source.toml, line 1: parts[2]: "out.txt" is a link out of the folder; put the file itself there'),
        ("up/secret.txt", 'source.toml, line 1: parts[2]: "secret.txt" is a link out of the folder; put the file itself there'),
    ],
    ids=["missing", "a folder", "a link out", "a folder that is a link out"],
)
def test_parts_that_cannot_be(folder: Path, file: str, message: str) -> None:
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "up").symlink_to(folder.parent)
    with pytest.raises(BadSidecar) as caught:
        part_paths(_parts("a.txt", file), folder)
    assert str(caught.value) == message


def test_a_link_inside_the_folder_is_a_part(folder: Path) -> None:
    (folder / "in.txt").symlink_to(folder / "a.txt")
    assert part_paths(_parts("in.txt"), folder) == (folder / "in.txt",)


def test_a_loop_of_links_is_no_part(folder: Path) -> None:
    (folder / "l.txt").symlink_to(folder / "l.txt")
    with pytest.raises(BadSidecar, match=r'^source\.toml, line 1: parts\[1\]: "l\.txt" (cannot be reached|is not there)'):
        part_paths(_parts("l.txt"), folder)


# ---------------------------------------------------------------- metadata

FOUND = Metadata(
    title="Found",
    subtitle="Found too",
    author=("F. Ound",),
    language="de",
    language_certainty="medium",
    imprint_place="Foundry",
    guessed=frozenset({"title", "subtitle", "author", "language", "imprint_place"}),
)


def test_without_a_sidecar_the_text_speaks() -> None:
    assert completed(Metadata(), FOUND) == FOUND


def test_the_editor_speaks_first_and_things_are_not_mixed() -> None:
    sidecar = Sidecar(metadata=Metadata(title="Given", language="en", imprint_date="1891"))
    assert completed(sidecar.metadata, FOUND) == Metadata(
        title="Given",
        author=("F. Ound",),
        language="en",
        imprint_date="1891",
        guessed=frozenset({"author"}),
    )


# ---------------------------------------------------------------- init

TEXT = Source("the-price.txt", "Coal", (Line(1, 0, 4, "Coal"),), "0" * 64, 4, encoding="cp1252", confidence=0.8)
GUESS = Metadata(title='A "Price"\\\x7f', author=("A", "B"), language="en", imprint_date="1891", guessed=frozenset({"title"}))
FACTS = {"spacing": "2", "paragraphs": "indent", "drama": "false", "quotation": "„“ ‚‘", "measure": "95 columns\x1b"}


def test_a_fresh_sidecar_changes_nothing() -> None:
    assert said(init_sidecar(TEXT, GUESS, FACTS)) == Sidecar("a.toml")


def test_what_was_found_needs_only_its_mark_taken_away() -> None:
    text = init_sidecar(TEXT, GUESS, FACTS)
    on = "\n".join(line.removeprefix("#") if re.match(r'#\w+ = (?!"")', line) else line for line in text.split("\n"))
    assert said(on) == Sidecar(
        "a.toml",
        Metadata(title='A "Price"\\\x7f', author=("A", "B"), language="en", imprint_date="1891"),
        Settings("cp1252", 2, "indent", False, True, ("„“", "‚‘"), "decide", "in-place", ("xml", "json", "text")),
    )


def test_a_placeholder_cannot_pass_for_a_value() -> None:
    text = init_sidecar(TEXT, Metadata(), {}).replace('#publisher = ""', 'publisher = ""', 1)
    with pytest.raises(BadSidecar, match=r"metadata\.publisher: is empty; give it a value, or take the line out$"):
        read_sidecar(text.encode(), "a.toml")


def test_what_was_measured_is_told() -> None:
    text = init_sidecar(TEXT, GUESS, FACTS)
    assert text.startswith("# Sidecar of the-price.txt for tei-pipeline.\n")
    assert "# Measured: 1 lines, 4 bytes, cp1252, 80% sure; measure 95 columns\\x1b.\n" in text
    assert '\n# Year of publication. Found:\n#date = "1891"\n' in text


@given(st.text())
def test_any_text_survives_in_toml(text: str) -> None:
    written = toml(text).encode()
    assert tomllib.loads(f"x = {written.decode()}")["x"] == text


def test_a_lone_surrogate_is_replaced() -> None:
    assert toml("a\ud800") == '"a\ufffd"'


# ---------------------------------------------------------------- the samples, and the price


@pytest.mark.parametrize("path", sorted(RAW.glob("*.toml")), ids=lambda path: path.name)
def test_the_sidecars_of_the_samples(path: Path) -> None:
    sidecar = read_sidecar(path.read_bytes(), path.name)
    assert path.with_suffix(".txt").is_file()
    assert sidecar.metadata.title
    assert sidecar.metadata.source_note.startswith("An invented")


def test_reading_sidecars_imports_nothing_slow() -> None:
    script = (
        "import sys, tei_pipeline.sidecar as s; s.read_sidecar(b'', 'x');"
        "print(*(sys.modules.keys() & {'jsonschema', 'difflib', 'lxml', 'rich'}))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=RAW.parent)
    assert run.stdout.strip() == ""
