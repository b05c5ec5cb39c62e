"""Headings that the contents page names and the text lacks: supplied where the place is certain, reported where it is not."""

from __future__ import annotations

import re

import pytest

from tei_pipeline import fidelity
from tei_pipeline.outline import outline
from tei_pipeline.pipeline import Result, convert
from tei_pipeline.recognise import recognise
from tei_pipeline.sidecar import read_sidecar
from tei_pipeline.source import read_source
from tei_pipeline.tei.identity import XML_ID

TITLE = "THE PILOTS OF SKERRIVALE\n\n\n\n\nCONTENTS\n\n"
PROSE = (
    "The pilots met before the hour in the loft above the rope walk, and the\nelder read the list of those boats that had not come back.",
    "Nobody answered to the third name, and so the ledger was closed again\nuntil the next tide should bring the others home.",
    "In the winter after that there were only two of them who knew the bar,\nand both had sworn that they would never speak of it.",
    "The lamp was lit by whoever came first, and it was put out by whoever\nleft last, so that no rule about it was ever written down.",
)


def chapters(*parts: str, gap: int = 4) -> str:
    return ("\n" * (gap + 1)).join(parts)


def body(count: int = 2, start: int = 0) -> str:
    return "\n\n".join(PROSE[(start + k) % len(PROSE)] for k in range(count))


def built(text: str, sidecar: str = "") -> Result:
    return convert(read_source(text.encode(), "lost.txt"), read_sidecar(sidecar.encode(), "lost.toml") if sidecar else None)


def heads(text: str) -> list[str]:
    """The headings of the body with their depth."""
    shown = outline(recognise(read_source(text.encode(), "lost.txt")).document).split("\n")
    return [re.sub(r'head "(.*)"$', r"\1", line)[2:] for line in shown if re.match(r" +head", line)][1:]


def codes(text: str) -> list[str]:
    return [problem.code for problem in recognise(read_source(text.encode(), "lost.txt")).problems]


LIST = (
    TITLE
    + "   I. The Loft . . . . . .  1\n  II. The Bar . . . . . . . 11\n III. The Lamp  . . . . . . 20\n  IV. The Ledger  . . . . . 31\n"
)
SPACED = chapters(
    LIST,
    f"CHAPTER I\n\nTHE LOFT\n\n{body()}",
    body(2, 2),
    f"CHAPTER III\n\nTHE LAMP\n\n{body()}",
    f"CHAPTER IV\n\nTHE LEDGER\n\n{body(3)}\n",
)


def test_white_space_that_only_headings_have_shows_the_place() -> None:
    assert heads(SPACED) == ["CHAPTER I THE LOFT", "[II. The Bar]", "CHAPTER III THE LAMP", "CHAPTER IV THE LEDGER"]
    assert codes(SPACED) == ["heading-supplied"]


def test_it_is_not_printed_and_the_edition_is_valid() -> None:
    result = built(SPACED)
    root = result.root
    supplied = root.findall(".//{*}supplied")
    assert [one.text for one in supplied] == ["II. The Bar"]
    entry = next(one for one in root.iter("{*}item") if f"#{one.get(XML_ID)}" == supplied[0].get("source"))
    assert [(ref.text, ref.get("target")) for ref in entry.iter("{*}ref")] == [("II. The Bar . . . . . . . 11", "#c02")]
    assert result.proved
    assert fidelity.compare(result.document.source, root) is None


PLACES = {
    "the same white space stands inside another chapter": SPACED + "\n\n\n\n" + body(1),
    "two places have it": SPACED.replace(body(2, 2), f"{PROSE[2]}\n\n\n\n\n{PROSE[3]}"),
    "no place has it": SPACED.replace("\n" * 5 + body(2, 2), "\n\n" + body(2, 2)),
    "it is the last of the contents": SPACED.replace("CHAPTER IV\n\nTHE LEDGER\n\n", "").replace(
        body(2, 2), f"CHAPTER II\n\nTHE BAR\n\n{body()}"
    ),
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_a_place_that_is_not_certain_is_reported_only(text: str) -> None:
    assert not [head for head in heads(text) if head.lstrip().startswith("[")]
    assert "contents-without-heading" in codes(text)


def test_a_group_stands_over_the_first_that_the_contents_list_under_it() -> None:
    entries = "PART I\n  I. The Loft\n II. The Bar\nPART II\n  I. The Lamp\n II. The Ledger\nPART III\n  I. The Oars\n II. The Tide\n"
    pieces = ["THE LOFT", "THE BAR", "THE LAMP", "THE LEDGER", "THE OARS", "THE TIDE"]
    numbered = [f"{'I' if k % 2 == 0 else 'II'}. {piece}\n\n{body(2, k)}" for k, piece in enumerate(pieces)]
    text = chapters(TITLE + entries, "PART I", *numbered[:4], "PART III", *numbered[4:])
    assert [head.strip() for head in heads(text)] == [
        *("PART I", "I. THE LOFT", "II. THE BAR", "[PART II]", "I. THE LAMP", "II. THE LEDGER", "PART III", "I. THE OARS", "II. THE TIDE")
    ]
    depths = [len(head) - len(head.lstrip()) for head in heads(text)]
    assert (depths[3], depths[4]) == (depths[0], depths[1])


def test_a_numbering_that_begins_anew_shows_the_place() -> None:
    entries = "CHAPTER I. The Loft\nCHAPTER II. The Bar\nCHAPTER III. The Lamp\nCHAPTER IV. The Ledger\n"
    sections = "\n\n".join(f"§ {k}\n\n{body(1, k)}" for k in (1, 2, 3))
    text = chapters(
        TITLE + entries,
        f"CHAPTER I. THE LOFT\n\n{sections}\n\n{sections}",
        *(f"CHAPTER {n}\n\n{sections}" for n in ("III. THE LAMP", "IV. THE LEDGER")),
    )
    found = [head.strip() for head in heads(text)]
    assert found[:8] == ["CHAPTER I. THE LOFT", "§ 1", "§ 2", "§ 3", "[CHAPTER II. The Bar]", "§ 1", "§ 2", "§ 3"]


def test_the_editor_may_refuse_it() -> None:
    said = '[[correct]]\nkind = "remove"\nwords = "II. The Bar . . ."\nas = "supplied"\n'
    result = built(SPACED, said)
    assert not result.root.findall(".//{*}supplied")
    assert not [problem for problem in result.problems if problem.level == "error"]
    wrong = built(SPACED, said.replace("II. The Bar", "I. The Loft"))
    assert [problem.code for problem in wrong.problems if problem.level == "error"] == ["correction-refused"]
