"""``inspect``: a text on one screen, and all of it with ``--all``."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from tei_pipeline.cli import cli
from tests.test_corrections import TEXT

CONTENTS = """


CONTENTS

I. The Mill ........ 1
II. The Wheel ...... 9
III. The Bank ..... 14
IV. The Fair ...... 22



I

The Mill

The tide came in at six, and the miller, who had waited since noon,
opened the sluice himself.



II

The Wheel

The wheel turned, and nobody said a word about it for the whole of the
long evening.



III

The Bank

All of the town stood on the bank and looked at it in silence.
"""
SCREEN = 45  # lines


def inspect(workplace: Path, text: str, *options: str, sidecar: str = "") -> str:
    (workplace / "tide.txt").write_text(text, "utf-8")
    if sidecar:
        (workplace / "tide.toml").write_text(sidecar, "utf-8")
    result = CliRunner().invoke(cli, ["inspect", "tide.txt", *options])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def facts(shown: str) -> dict[str, str]:
    return {line.split()[0]: " ".join(line.split()[1:]) for line in shown.partition("\n\n")[0].split("\n")}


def test_a_text_at_a_glance(workplace: Path) -> None:
    text = TEXT.replace("[2] A later hand.", "[2] A later hand.\n\n[3] Nobody's.")
    shown = inspect(workplace, text)
    assert len(shown.split("\n")) <= SCREEN
    known = facts(shown)
    assert known["paragraphs"] == "blank (14 after a blank line, next: 0 set in)"
    assert known["notes"] == "3, 2 references; without reference: 3"
    assert known["contents"] == "no contents page"
    assert 'chapter 1 "CHAPTER I" (5 p)' in shown
    assert "warning: 1 note-without-reference (first: line 38)" in shown
    assert "--all" in shown


def test_the_contents_page_against_the_headings(workplace: Path) -> None:
    known = facts(inspect(workplace, CONTENTS))
    assert known["contents"] == '3 of 4 entries have their heading; without one: "IV. The Fair ...... 22"'


def test_all_is_the_outline_and_every_problem(workplace: Path) -> None:
    shown = inspect(workplace, TEXT.replace("[2] A later hand.", "[3] A later hand."), "--all")
    assert '  p "All of the town stood on the bank and looked at it in ' in shown
    assert "tide.txt:36: warning: note 3 has no reference in the text [note-without-reference]" in shown


def test_corrections_are_counted(workplace: Path) -> None:
    sidecar = '[[correct]]\nkind = "join"\nwords = "It went on"\n[[correct]]\nkind = "join"\nwords = "It went astray"\n'
    shown = inspect(workplace, TEXT, sidecar=sidecar)
    assert facts(shown)["corrections"] == "1 applied, 1 not"
    assert "error: 1 correction-lost (first: line 4)" in shown
