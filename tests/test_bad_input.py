"""Bad sidecars, bad JSON, bad XML on the command line: one clear sentence with file, line or key; nothing written, nothing changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tei_pipeline.cli import cli

TEXT = "The Quay\n\nThe quay was long, and at its end there was a crane that nobody could move.\n"
SIDECARS: dict[str, tuple[str | bytes, str]] = {
    "broken TOML": ('[metadata]\ntitle = "The Quay\n', "raw/quay.toml, line 2: this is not TOML"),
    "no TOML at all": ("The Quay\n", "raw/quay.toml, line 1: this is not TOML"),
    "a key twice": ('[metadata]\ntitle = "a"\ntitle = "b"\n', "raw/quay.toml, line 3: this is not TOML"),
    "no UTF-8": (b'[metadata]\ntitle = "Qu\xe9"\n', "raw/quay.toml, line 2: byte 22 is no UTF-8"),
    "an unknown table": ("[meta]\ntitle = 1\n", 'raw/quay.toml, line 1: meta: there is no such key; did you mean "metadata"?'),
    "an unknown key": ('[metadata]\ntitel = "a"\n', 'raw/quay.toml, line 2: metadata.titel: there is no such key; did you mean "title"?'),
    "a wrong type": ("[metadata]\ntitle = 7\n", "raw/quay.toml, line 2: metadata.title: must be text without control characters, not 7"),
    "a wrong value": (
        '[settings]\nparagraphs = "tab"\n',
        'raw/quay.toml, line 2: settings.paragraphs: must be "blank", "indent" or "unwrapped"',
    ),
    "marks that are no marks": (
        '[settings]\nquotation = ["「」"]\n',
        "raw/quay.toml, line 2: settings.quotation: must be a list of up to four pairs",
    ),
    "settings that contradict each other": (
        '[settings]\nspacing = 2\nparagraphs = "unwrapped"\n',
        'raw/quay.toml, line 2: settings.spacing: paragraphs = "unwrapped" leaves no printed lines to space',
    ),
    "an encoding that nobody knows": (
        '[settings]\nencoding = "klingon"\n',
        'raw/quay.toml, line 2: settings.encoding: "klingon" is no text encoding',
    ),
    "a seam without parts": ('seam = "page"\n', "raw/quay.toml, line 1: seam: there is no seam without a second part"),
    "a part that is missing": (
        'parts = ["quay.txt", "quay2.txt"]\n',
        'raw/quay.toml, line 1: parts[2]: "quay2.txt" is not there; check the name',
    ),
    "a part outside the folder": ('parts = ["quay.txt", "../quay2.txt"]\n', "raw/quay.toml, line 1: parts[2]: must be a path"),
    "a part twice": ('parts = ["quay.txt", "quay.txt"]\n', 'raw/quay.toml, line 1: parts[2]: "quay.txt" is parts[1] already'),
    "a day that there is not": (
        '[[metadata.revisions]]\ndate = "2024-02-30"\nwhat = "x"\n',
        'raw/quay.toml, line 2: metadata.revisions[1].date: there is no day "2024-02-30"',
    ),
}
NEWER = {"$schema": "https://tei-pipeline.example/schemas/document/2/document.schema.json", "version": 2, "tree": {"name": "TEI"}}
BOMB = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
FILES = {
    "JSON of a newer version": ("a.json", json.dumps(NEWER), "version"),
    "JSON that is broken": ("a.json", '{"version": 1,\n"tree": {', "line 2"),
    "JSON of something else": ("a.json", '{"name": "TEI"}', "a.json"),
    "JSON without a tree": ("a.json", '{"version": 1}', "tree"),
    "XML that is ill-formed": ("a.xml", "<TEI>\n<text>\n</TEI>", "a.xml:3"),
    "XML that is cut off": ("a.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text>', "a.xml:2"),
    "XML with a bomb": ("a.xml", f'<!DOCTYPE TEI [<!ENTITY a0 "{"a" * 99}">{BOMB}]>\n<TEI>&a9;</TEI>', "a.xml:"),
    "XML that is empty": ("a.xml", "", "a.xml"),
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def tree() -> dict[str, bytes]:
    """All files; without the ledger, which takes note of failures."""
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file() and path.name != "ledger.sqlite"}


@pytest.mark.parametrize("case", SIDECARS)
def test_a_bad_sidecar_is_said_with_key_and_line_and_its_text_is_not_built(workplace: Path, case: str) -> None:
    content, says = SIDECARS[case]
    Path("raw").mkdir()
    Path("raw/quay.txt").write_text(TEXT)
    Path("raw/other.txt").write_text(TEXT)
    Path("raw/quay.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("build", "raw")
    assert result.exit_code == 1
    assert result.stdout == "output/other/other.xml\n"
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"error: {says}")
    assert not Path("output/quay").exists()


@pytest.mark.parametrize("case", SIDECARS)
def test_a_bad_sidecar_is_not_valid_and_leaves_an_earlier_edition_alone(workplace: Path, case: str) -> None:
    content, _ = SIDECARS[case]
    Path("raw").mkdir()
    Path("raw/quay.txt").write_text(TEXT)
    assert run("build", "raw").exit_code == 0
    Path("raw/quay.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    before = tree()
    assert run("build", "raw").exit_code == 1
    assert run("validate", "raw/quay.toml").exit_code == 1
    for command in ("inspect", "init"):
        assert run(command, "raw/quay.txt").exit_code == 1, command
    assert tree() == before


@pytest.mark.parametrize("case", FILES)
@pytest.mark.parametrize("form", ["xml", "json", "text"])
def test_a_bad_file_is_not_exported(workplace: Path, case: str, form: str) -> None:
    name, content, says = FILES[case]
    Path(name).write_text(content)
    before = tree()
    result = run("export", name, "--to", form, "-o", "out")
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert says in line
    assert tree() == before


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_is_not_valid(workplace: Path, case: str) -> None:
    name, content, _ = FILES[case]
    Path(name).write_text(content)
    result = run("validate", name)
    assert result.exit_code == 1
    assert result.stdout.startswith(name)
    assert "valid\n" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "pdf"], "'pdf' is none of xml, json, text"),
        (["--to", "text", "--notes", "margin"], "'margin' is no choice here"),
        (["--to", "json", "--notes", "inline"], "an option that this format does not have"),
        (["--to", "text", "--set", "width"], "'width' is not OPTION=VALUE"),
        (["--to", "text", "--set", "width=3"], "too short"),
    ],
)
def test_choices_that_there_are_not_are_said(workplace: Path, arguments: list[str], says: str) -> None:
    Path("a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>a</p></body></text></TEI>')
    result = run("export", "a.xml", *arguments, "-o", "out")
    assert result.exit_code in (1, 2)
    assert says in result.stderr
    assert not Path("out").exists()


def test_json_that_breaks_its_schema_is_not_written(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tei_pipeline.exporters import EXPORTERS, Exported, Exporter, JsonOptions

    broken = Exporter("json", ".json", JsonOptions, lambda root, options: Exported(b'{"format":"tei-pipeline provenance"}'))
    monkeypatch.setitem(EXPORTERS, "json", broken)
    Path("quay.txt").write_text(TEXT)
    result = run("build", "quay.txt", "--check-json")
    assert result.exit_code == 1
    assert "quay.json" in result.stderr
    assert not Path("output/quay").exists()
    assert run("build", "quay.txt").exit_code == 0
