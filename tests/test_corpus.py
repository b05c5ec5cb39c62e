"""A corpus over many editions: valid, complete, and read from any TEI."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tei_pipeline.corpus.catalogue import COLUMNS
from tei_pipeline.exporters.exported import TEI, XML_ID
from tests.test_cli import run, tree

STORY = """THE LIGHTHOUSE

By Ann Miller

I

The keeper went up the stairs at dusk,[1] as he had done for
thirty years, and said: "It is late."

II

In the morning the lamp was found burning, and nobody near it.[2]

NOTES

[1] In October.

[2] So the log.
"""
FOREIGN = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>=1+1</title></titleStmt><publicationStmt><p>none</p>
</publicationStmt><sourceDesc><p>none</p></sourceDesc></fileDesc></teiHeader><text><body><div><head>One</head>
<p>Some <q>quoted, "said"</q> words <note>of note</note>.</p><p xml:id="last">The <ref target="#last #gone b.xml#last">last</ref>.</p>
<sp><speaker>ANN</speaker><p>Yes.</p></sp></div></body></text></TEI>"""


@pytest.fixture
def editions(workplace: Path) -> Path:
    """Two of our editions, one in a sub-folder, and a foreign one."""
    raw = workplace / "raw"
    (raw / "more").mkdir(parents=True)
    (raw / "light.txt").write_text(STORY)
    (raw / "light.toml").write_text('[metadata]\ntitle = "The Lighthouse"\nlanguage = "en"\nauthor = ["Ann Miller", "Bo"]\n')
    (raw / "more" / "again.txt").write_text(STORY.replace("keeper", "miller"))
    assert run("build", "-r", "raw").exit_code == 0
    (workplace / "output" / "foreign").mkdir()
    (workplace / "output" / "foreign" / "other one.xml").write_text(FOREIGN)
    return workplace / "output"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path("output", name).read_text("utf-8").splitlines()]


def test_the_corpus_includes_every_text_once(editions: Path) -> None:
    result = run("corpus", "--title", "Lights & more")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "output/corpus.xml"
    corpus = etree.parse("output/corpus.xml")
    corpus.xinclude()
    root = corpus.getroot()
    assert root.tag == f"{TEI}teiCorpus"
    titles = [text.findtext(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt/{TEI}title") for text in root.iterchildren(f"{TEI}TEI")]
    assert titles == ["=1+1", "The Lighthouse", titles[2]]
    assert root.findtext(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt/{TEI}title") == "Lights & more"


def test_texts_in_one_file_keep_their_pointers_and_share_no_identifier(editions: Path) -> None:
    assert run("corpus", "--inline").exit_code == 0
    root = etree.parse("output/corpus.xml").getroot()
    names = [name for element in root.iter(etree.Element) if (name := element.get(XML_ID))]
    assert len(names) == len(set(names)) > 10
    targets = [token[1:] for ref in root.iter(f"{TEI}ref") for token in (ref.get("target") or "").split() if token.startswith("#")]
    assert set(targets) - set(names) == {"gone"}
    (foreign,) = root.iterfind(f".//{TEI}ref[@target='#foreign_other_one.last #gone b.xml#last']")
    assert foreign.text == "last"


@pytest.mark.parametrize("inline", [True, False])
def test_tei_itself_accepts_the_corpus(editions: Path, shared: Path, inline: bool) -> None:
    if shutil.which("jing") is None:
        pytest.skip("needs jing")
    shutil.rmtree(editions / "foreign")
    shutil.rmtree(editions / "more" if not inline else editions / "none", ignore_errors=True)  # equal identifiers are for inline
    run("corpus", *(["--inline"] if inline else []))
    corpus = etree.parse("output/corpus.xml")
    corpus.xinclude()
    for element in corpus.iter(etree.Element):
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}base", "")
    corpus.write("whole.xml", encoding="utf-8")
    said = subprocess.run(["jing", shared / "tei" / "tei_all.rng", "whole.xml"], capture_output=True, text=True, check=False)
    assert said.stdout == ""


def test_the_catalogue_says_what_the_headers_say_and_what_was_counted(editions: Path) -> None:
    run("corpus")
    rows = lines("catalogue.jsonl")
    assert [row["name"] for row in rows] == ["foreign/other one", "light", "more/again"]
    light = rows[1]
    assert tuple(light) == COLUMNS
    assert light["file"] == "light/light.xml"
    assert light["title"] == "The Lighthouse"
    assert light["authors"] == ["Ann Miller", "Bo"]
    assert light["language"] == "en"
    assert (light["notes"], light["errors"]) == (2, 0)
    assert light["paragraphs"] >= 2
    assert len(light["source_sha256"]) == 64
    assert rows[0]["errors"] is None
    assert rows[0]["words"] == 10  # with the point after the note, which a blank parts from its sentence
    table = list(csv.DictReader(io.StringIO(Path("output/catalogue.csv").read_bytes().decode("utf-8"), newline="")))
    assert [row["name"] for row in table] == [row["name"] for row in rows]
    assert table[1]["authors"] == "Ann Miller | Bo"
    assert table[0]["title"] == "=1+1"


def test_parquet_holds_the_same(editions: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow")
    run("corpus", "--catalogue", "parquet", "--catalogue", "jsonl")
    assert parquet.read_table("output/catalogue.parquet").to_pylist() == lines("catalogue.jsonl")
    assert not Path("output/catalogue.csv").exists()


def test_without_pyarrow_parquet_is_refused_in_a_sentence(editions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("corpus", "--catalogue", "parquet")
    assert result.exit_code == 1
    assert "pip install 'tei-pipeline[parquet]'" in result.stderr
    assert not Path("output/corpus.xml").exists()
    assert list(editions.glob(".*")) == []


def test_passages_lead_back_into_the_editions(editions: Path) -> None:
    run("corpus")
    paragraphs = lines("paragraphs.jsonl")
    keeper = next(row for row in paragraphs if "keeper went" in row["text"])
    assert keeper["text"] == 'The keeper went up the stairs at dusk, as he had done for thirty years, and said: "It is late."'
    assert keeper["edition"] == "light"
    root = etree.parse("output/light/light.xml").getroot()
    (element,) = root.iterfind(f".//{TEI}p[@{XML_ID}='{keeper['id']}']")
    assert element is not None
    assert keeper["headings"][-1] == "I"
    assert not any("In October" in row["text"] for row in paragraphs)
    foreign = [row for row in paragraphs if row["edition"] == "foreign/other one"]
    assert [(row["id"], row["text"], row["speaker"]) for row in foreign] == [
        (":p1", 'Some quoted, "said" words .', None),
        ("last", "The last.", None),
        (":p2", "Yes.", "ANN"),
    ]
    notes = [row for row in lines("notes.jsonl") if row["edition"] == "light"]
    assert [(row["n"], row["text"]) for row in notes] == [("1", "In October."), ("2", "So the log.")]
    quotations = [row for row in lines("quotations.jsonl") if row["edition"] == "light"]
    assert [(row["id"], row["element"], row["text"]) for row in quotations] == [(f"{keeper['id']}:q1", "q", '"It is late."')]


def test_only_what_is_asked_for_is_written(editions: Path) -> None:
    run("corpus", "-o", "out", "--passages", "notes", "--catalogue", "csv")
    assert sorted(path.name for path in Path("out").iterdir()) == ["catalogue.csv", "corpus.json", "corpus.xml", "notes.jsonl"]
    run("corpus", "-o", "none", "--passages", "none")
    assert not list(Path("none").glob("*s.jsonl"))
    assert '"../output/light/light.xml"' in Path("out/corpus.xml").read_text()


def test_a_second_time_gives_the_same_bytes_and_nobodys_work_is_replaced(editions: Path) -> None:
    run("corpus")
    first = tree(editions)
    assert run("corpus").exit_code == 0
    assert tree(editions) == first
    Path("output/catalogue.csv").write_text("mine")
    (editions / "foreign" / "other one.xml").unlink()
    result = run("corpus")
    assert result.exit_code == 1
    assert "output/catalogue.csv" in result.stderr
    assert Path("output/corpus.xml").read_bytes() == first["corpus.xml"]
    assert run("corpus", "--force").exit_code == 0
    assert len(lines("catalogue.jsonl")) == 2


@pytest.mark.parametrize("inline", [(), ("--inline",)])
def test_a_corpus_is_valid_as_validate_sees_it(editions: Path, inline: tuple[str, ...]) -> None:
    shutil.rmtree(editions / "foreign")
    assert run("corpus", *inline).exit_code == 0
    assert run("validate", "output").exit_code == 0
    Path("output/catalogue.csv").write_text("mine")
    assert "catalogue.csv has been changed since it was written [changed]" in run("validate", "output/corpus.json").stdout
    Path("output/catalogue.csv").unlink()
    done = run("validate", "output")
    assert done.exit_code == 1
    assert "catalogue.csv, which the manifest names, is not there" in done.stdout


def test_a_text_that_cannot_be_read_is_said_and_the_others_stay(editions: Path) -> None:
    (editions / "foreign" / "broken.xml").write_text("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text>")
    result = run("corpus")
    assert result.exit_code == 1
    assert "foreign/broken.xml" in result.stderr
    assert len(lines("catalogue.jsonl")) == 3


def test_a_folder_without_editions_is_said(workplace: Path) -> None:
    (workplace / "empty").mkdir()
    result = run("corpus", "empty")
    assert result.exit_code == 3
    assert "no TEI file" in result.stderr
    assert list((workplace / "empty").iterdir()) == []
