"""Every shared book and every sample, converted once: proved, given back, and exported without loss."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tei_pipeline import fidelity, provenance, tei
from tei_pipeline.exporters import DIPLOMATIC, EXPORTERS, tei_from_json
from tei_pipeline.exporters.text import export_text
from tei_pipeline.inputs import find_inputs, load_input
from tei_pipeline.model import Document
from tei_pipeline.pipeline import Result, convert
from tei_pipeline.source import Source
from tei_pipeline.validate.json_schema import validate_json
from tests.conftest import ROOT, SHARED
from tests.documents import documents

# The volume takes as long as all others together; what its parts and books show, it shows again.
BOOKS = [path for folder in ("volume", "corpus/texts", "corpus/pages/texts") for path in sorted((SHARED / folder).glob("*.txt"))]
PATHS = [*sorted((ROOT / "raw").glob("*.txt")), *BOOKS]
TEXTS = [pytest.param(path, id=path.stem) for path in PATHS]


@cache
def converted(path: Path) -> tuple[Source, Result]:
    """The source and what becomes of it, with its sidecar."""
    (entry,), errors = find_inputs([path])
    assert errors == []
    source, sidecar = load_input(entry)
    return source, convert(source, sidecar)


def c14n(tree: etree._ElementTree) -> bytes:
    return etree.tostring(tree, method="c14n", with_comments=True)


def characters(text: str) -> str:
    """A text without white space and what XML cannot hold (of such, books have form feeds only)."""
    return "".join(text.split())


def test_the_shared_books_are_all_here(shared: Path) -> None:
    assert len(BOOKS) == 4 + 5 + 2


@pytest.mark.parametrize("path", TEXTS)
def test_a_book_is_proved_complete_and_comes_back(path: Path) -> None:
    source, result = converted(path)
    root = etree.fromstring(result.outputs[f"{source.name}.xml"])
    record = provenance.load(result.outputs[f"{source.name}.provenance.json"], "the provenance")
    assert fidelity.verify(source, root, record) == []
    assert fidelity.restore(root, record) == path.read_bytes()
    assert [problem for problem in result.problems if problem.level == "error"] == []


@pytest.mark.parametrize("path", TEXTS)
def test_json_of_a_book_is_valid_and_gives_the_same_document(path: Path) -> None:
    source, result = converted(path)
    made = result.outputs[f"{source.name}.json"]
    assert validate_json(made) == []
    assert validate_json(result.outputs[f"{source.name}.provenance.json"]) == []
    again = tei_from_json(made)
    assert c14n(again) == c14n(etree.ElementTree(etree.fromstring(result.outputs[f"{source.name}.xml"])))
    assert EXPORTERS["xml"](again.getroot()).data == result.outputs[f"{source.name}.xml"]


@pytest.mark.parametrize("path", TEXTS)
def test_plain_text_of_a_book_has_the_characters_of_its_source(path: Path) -> None:
    source, result = converted(path)
    assert characters(export_text(result.root, DIPLOMATIC).data.decode()) == characters(source.text)


# Our own nodes in every shape cost a tenth of a second each; TEI of any kind is drawn by the hundreds in test_export_json and _text.
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_any_edition_of_ours_is_exported_without_loss(document: Document) -> None:
    root = tei.write(document, version="1.0").tree
    made = EXPORTERS["json"](root).data
    assert validate_json(made) == []
    assert c14n(tei_from_json(made)) == c14n(root.getroottree())
    assert characters(export_text(root, DIPLOMATIC).data.decode()) == fidelity.printed(fidelity.text_of(root))


def test_the_json_of_a_newer_version_is_refused_in_one_sentence() -> None:
    _, result = converted(ROOT / "raw" / "the-ferry.txt")
    values = json.loads(result.outputs["the-ferry.json"])
    values["$schema"] = values["$schema"].replace("/1/", "/2/")
    values["version"] = 2
    (problem,) = validate_json(json.dumps(values).encode())
    assert problem.code == "version"
