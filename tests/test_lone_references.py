"""References whose note is not there: encoded without a target, and reported."""

import pytest

from tei_pipeline.pipeline import convert
from tei_pipeline.source import read_source

TEI = "{http://www.tei-c.org/ns/1.0}"
HEAD = "THE FERRY\n\n\nCHAPTER I\n\n\n"
NOTES = "\n\n\nNOTES\n\n[1] To the miller.\n\n[2] It was short.\n\n[4] By the frost.\n"


def found(text: str) -> tuple[list[tuple[str, str | None]], list[str]]:
    result = convert(read_source(text.encode(), "ferry"))
    refs = [(e.get("n", ""), e.get("target")) for e in result.root.iter(TEI + "ref") if e.get("type") == "noteAnchor"]
    return refs, [p.message for p in result.problems if p.code == "reference-without-note"]


def test_a_number_between_those_that_have_notes_is_a_reference_too() -> None:
    refs, said = found(
        HEAD
        + "The ferry was sold,[1] the rope was not.[2] The oars are lost,[3] and the bell\nis cracked.[4] It weighs [6] stone.\n"
        + NOTES
    )
    assert [(n, target is None) for n, target in refs] == [("1", False), ("2", False), ("3", True), ("4", False)]
    assert said == ["reference 3 has no note"]


def test_a_book_that_kept_none_of_its_notes_keeps_its_references() -> None:
    refs, said = found(HEAD + "The ferry was sold,[1] the rope was not.[2] The oars are lost,[3] and the bell\nis cracked.\n")
    assert refs == [("1", None), ("2", None), ("3", None)]
    assert len(said) == 3


@pytest.mark.parametrize(
    "text",
    [
        "The ferry was sold,[1] the rope was not.[2] The oars are lost.\n",  # too few to tell
        "The ferry was sold,[1] the rope was not.[2] The oars are lost,[3] and of [12] bells\nnone rings.\n",  # they do not run on
        "[1] The ferry was sold.\n\n[2] The rope was not.\n\n[3] The oars are lost.\n",  # numbered paragraphs
    ],
)
def test_other_numbers_in_brackets_are_text(text: str) -> None:
    assert found(HEAD + text) == ([], [])


RAISED = (
    "The ferry was sold.1 The rope was not,2 and the oars are lost.3 Nobody asked who paid for the bell, or for the lamp\n"
    'that hung beside it, "since the river had both." 4\n\nThe rest is in the ledger.\n'
)
BELOW = "\n\n\nNotes\n\n1. To the miller.\n\n2. It was short.\n\n3. By the frost.\n"


def test_bare_figures_after_the_last_note_of_a_work_are_references_too() -> None:
    refs, said = found(HEAD + RAISED + BELOW)
    assert [(n, target is None) for n, target in refs] == [("1", False), ("2", False), ("3", False), ("4", True)]
    assert said == ["reference 4 has no note"]


def test_those_after_it_are_too_between_sentences() -> None:
    more = 'It was said of him that "he could row." 5 (Laughter.) He was paid for 6 (Six) days, "and no more." 8 Nobody was.\n'
    refs, _ = found(HEAD + RAISED + "\n" + more + BELOW)
    assert [n for n, _ in refs] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("changed", ["5", "1901", "4 oars"])
def test_other_bare_figures_are_text(changed: str) -> None:
    refs, said = found(HEAD + RAISED.replace('both." 4', f'both." {changed}') + BELOW)
    assert [n for n, _ in refs] == ["1", "2", "3"]
    assert not said
