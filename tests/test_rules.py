"""Every rule and settling pass has its cases, does what they say, and stands on the page that is made from them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tei_pipeline import tei
from tei_pipeline.blocks import Block
from tei_pipeline.explain import reason
from tei_pipeline.inline.marks import INLINE
from tei_pipeline.layout import Layout, measure
from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.rules import RULES
from tei_pipeline.rules.headings.in_capitals import capitals
from tei_pipeline.rules.notes.loose import loose_note
from tei_pipeline.settle import PASSES, settled
from tei_pipeline.source import Source, read_source
from tei_pipeline.split import split
from tests import rule_page
from tests.rule_cases import FOLDER, INSIDE, SETTLE, Case, agrees, inside, read_cases

NAMES = [rule.name for rule in RULES]
PASSES_BY_NAME = {rule_page.name_of(one): one for one in PASSES}
ALWAYS = "paragraph"  # it never declines: what nothing else has taken is one
WHOLE = 1 << 20  # columns: no line of an outline is shortened


def cases(folder: Path) -> list[object]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case.title}") for path in sorted(folder.glob("*.txt")) for case in read_cases(path)
    ]


def read(case: Case) -> tuple[Source, Layout, list[Block]]:
    """The source of a case, its layout, and its blocks as the rules propose them."""
    source = read_source(case.text.encode(), "case")
    layout = measure(source)
    return source, layout, split(source, layout)


def given(case: Case) -> list[str]:
    return outline(recognise(read_source(case.text.encode(), "case")).document, WHOLE).split("\n")


def check(case: Case, lines: list[str]) -> None:
    """The outline is as the case wants it; a case that the program is known not to fulfil must fail."""
    if case.missing:
        assert not agrees(case.outline, lines), f"{case.title!r} is right now: take the words 'not yet' out of its title"
    elif not agrees(case.outline, lines):
        wanted, found = "\n".join(case.outline), "\n".join(lines)
        pytest.fail(f"expected\n\n{wanted}\n\ngiven\n\n{found}", pytrace=False)


@pytest.mark.parametrize(("name", "case"), cases(FOLDER))
def test_a_rule_does_what_its_cases_say(name: str, case: Case) -> None:
    check(case, given(case))
    blocks = read(case)[2]
    took = [block for block in blocks if any(decision.rule == name for decision in block.decisions)]
    if not case.missing:
        assert bool(took) is not case.declines


@pytest.mark.parametrize(("name", "case"), cases(SETTLE))
def test_a_settling_pass_does_what_its_cases_say(name: str, case: Case) -> None:
    check(case, given(case))
    _, layout, blocks = read(case)
    for one in PASSES:
        changed = settled(one, blocks, layout)
        if one is PASSES_BY_NAME[name]:
            assert case.missing or (changed != blocks) is not case.declines, f"{name}: {case.title}"
            return
        blocks = changed


@pytest.mark.parametrize(("name", "case"), cases(INSIDE))
def test_an_inline_rule_does_what_its_cases_say(name: str, case: Case) -> None:
    document = recognise(read_source(case.text.encode(), "case")).document
    check(case, inside(tei.write(document, version="1.0").tree) or ["nothing"])


def test_every_rule_has_a_case_and_one_where_it_declines() -> None:
    by_rule = {path.stem: read_cases(path) for path in FOLDER.glob("*.txt")}
    assert sorted(by_rule) == sorted(NAMES)
    for name, found in by_rule.items():
        kinds = {"declines" if case.declines else "takes" for case in found if not case.missing}
        assert kinds == ({"takes"} if name == ALWAYS else {"takes", "declines"}), name


def test_every_settling_pass_has_a_case() -> None:
    assert sorted(path.stem for path in SETTLE.glob("*.txt")) == sorted(PASSES_BY_NAME)


def test_every_inline_rule_has_a_case() -> None:
    assert sorted(path.stem for path in INSIDE.glob("*.txt")) == sorted(map(rule_page.name_of, INLINE))


def test_every_rule_and_pass_says_its_reason_in_a_sentence() -> None:
    reasons = {rule.name: reason(rule.match) for rule in RULES} | {name: reason(one) for name, one in PASSES_BY_NAME.items()}
    assert {name: words for name, words in reasons.items() if not words.endswith(".") or len(words) < 20} == {}


def test_names_are_stable_words() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert [name for name in NAMES if not name.replace("-", "").isalpha() or not name.islower()] == []
    assert NAMES[-1] == ALWAYS


def test_the_page_of_the_rules_is_what_the_tables_give() -> None:
    assert rule_page.PAGE.read_text("utf-8") == rule_page.page(), "run: python -m tests.rule_page"


# ---------------------------------------------------------------- the cases themselves


def test_a_case_file_without_a_full_stop_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    for broken in (
        "a title\n.\n    text\n",
        "a title\n.\n    text\n.\np\n.\nanother\n.\n    text\n.\n",
        "a title\n.\n    text\n.\np\n.\nmore\n",
    ):
        path.write_text(broken)
        with pytest.raises(AssertionError, match=r"one\.txt"):
            read_cases(path)


def test_a_case_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text('Why so.\nAnd why not.\n\nnot a title\n.\n    first\n\n>>>\n      shown\n<<<\n    last\n.\n  p "shown"\n.\n')
    (case,) = read_cases(path)
    assert (case.title, case.why, case.declines, case.missing) == ("not a title", "Why so. And why not.", True, False)
    assert case.outline == ('p "shown"',)
    assert case.shown == "  shown"
    assert [line for line in case.text.split("\n") if line] == ["first", "  shown", "last"]


@pytest.mark.parametrize(
    ("wanted", "lines", "same"),
    [
        (("p",), ["p"], True),
        (("p",), ["q", "  p"], True),
        (("a", "  b"), ["  a", "    b"], True),
        (("a", "  b"), ["  a", "  b"], False),
        (("a", "b"), ["a", "x", "b"], False),
        (("a", "b"), ["a"], False),
        (('p "one…three"',), ['p "one two three"'], True),
        (('p "one"',), ['p "one two"'], False),
    ],
)
def test_an_outline_agrees_only_line_by_line(wanted: tuple[str, ...], lines: list[str], same: bool) -> None:
    assert agrees(wanted, lines) is same


def test_what_a_rule_reads_is_read_from_its_source() -> None:
    words = rule_page.reads(next(rule.match for rule in RULES if rule.name == "index"))
    assert "`indent`" in words
    assert "`speakers`" not in words
    assert "Asks" in rule_page.reads(next(rule.match for rule in RULES if rule.name == "speech"))


PROSE = "the letter that he wrote from the island was long and told of ropes and of nights when nobody had called the ferry"


def test_a_long_paragraph_is_no_run_of_stanzas() -> None:
    chance, words = random.Random(1), PROSE.split()
    lines = [" ".join(chance.choice(words) for _ in range(chance.randint(11, 14))) for _ in range(150)]
    text = "\n".join(["The ferryman read it to the end, and then he read the beginning again, as he did.", "", *lines, "that was all.", ""])

    assert measure(read_source(text.encode(), "letter")).verses == ()


def test_an_answer_in_quotation_marks_signs_no_letter() -> None:
    asked = [f'"Is the ferry the {count}th of its name?" said the man who had come down to the landing.\n' for count in range(20)]
    text = "\n".join(
        [*asked, "The ferryman looked at the rope.\n", '"I am, Sir."\n', "And he said no more about it that night, nor on any other.\n"]
    )

    assert "signed" not in outline(recognise(read_source(text.encode(), "ferry")).document, WHOLE)


def test_numbered_lines_at_the_very_beginning_are_no_notes_below_a_signature() -> None:
    source = read_source(b"1. The oar was sold.\n2. The rope was kept.\n3. The dog would not be parted from it.\n", "ferry")
    layout = measure(source)

    assert [loose_note(layout.rows, at, layout) for at in range(3)] == [None, None, None]


def test_a_text_may_end_with_a_line_in_capitals_that_a_comma_ends() -> None:
    layout = measure(read_source(b"FIGURES, \n\nFIGURES, ", "ferry"))

    assert [found and found.end for found in (capitals(layout.rows, at, layout) for at in range(2))] == [2, None]


def test_the_last_title_of_a_text_may_have_nothing_below_it() -> None:
    far = " " * 25
    above = ("by", "", "", "", f"{far}A HOUSE BY THE FERRY", "", f"{far}PART I.", "", f"{far}1.", "stood near the mill, and nobody went in")
    below = ("", f"{far}PART III.", "", "", "", f"{far}NOTES.", "", f"{far}Note A", "", "There was no river that could have pleased")

    blocks = recognise(read_source("\n".join(above + below).encode(), "ferry")).blocks

    assert [block.text for block in blocks if block.kind == "heading"][-3:] == ["PART III.", "NOTES.", "Note A"]
