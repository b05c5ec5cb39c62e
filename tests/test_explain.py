"""``explain``: what it says of a line is what the stages did, for every block; and how it answers at the command line."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tei_pipeline.blocks import Block
from tei_pipeline.cli import cli
from tei_pipeline.explain import Explanation, NotFound, explain, find_id, find_words, reason
from tei_pipeline.explain.asked import MEASURED, asked
from tei_pipeline.explain.show import as_json, as_text
from tei_pipeline.recognise import Recognised, recognise
from tei_pipeline.rules import RULES
from tei_pipeline.source import Source, read_source
from tei_pipeline.split import split
from tests.conftest import ROOT

NAMES = [rule.name for rule in RULES]
BOOK = """THE SALT ROAD

A Tale of the Marshes


CHAPTER I

The cart stood where the carrier had left it, and nobody in the village would
say a word about the mule.[1] The widow Tarn wrote to her brother:

"The mule is in my barn, and there it stays until somebody pays for the
cabbages that it has eaten since Michaelmas."

He did not answer.


CHAPTER II

In the spring the road was dry again, and the carrier came back for his cart
with a new mule and an old grievance, both of which he led by the bridle.

NOTES

[1] The mule was called Bishop, and answered to nothing else.
"""


@cache
def known(text: str = BOOK) -> tuple[Source, Recognised]:
    source = read_source(text.encode(), "salt")
    return source, recognise(source)


def explained(line: int) -> Explanation:
    return explain(*_with_line(line))


def _with_line(line: int) -> tuple[Source, int, Recognised]:
    source, recognised = known()
    return source, line, recognised


def line_of(words: str) -> int:
    return 1 + next(i for i, line in enumerate(BOOK.split("\n")) if words in line)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["explain", *map(str, arguments)])


@pytest.fixture
def book(workplace: Path) -> str:
    (workplace / "salt.txt").write_text(BOOK)
    return "salt.txt"


# ---------------------------------------------------------------- it tells what was done


def decided_by_rules(block: Block) -> list[str]:
    """The rules of the table that made a proposed block, the outermost first."""
    return [decision.rule for decision in block.decisions if decision.rule in NAMES]


@pytest.mark.parametrize("path", sorted((ROOT / "raw").glob("*.txt")), ids=lambda path: path.stem)
def test_the_way_down_is_the_one_that_the_blocks_came(path: Path) -> None:
    source = read_source(path.read_bytes(), path.stem)
    layout = recognise(source).layout
    blocks = split(source, layout)
    for index, block in enumerate(blocks):
        if not block.rows or (index % 4 and len(block.decisions) == 1):  # of the plain ones every fourth will do
            continue
        ways = asked(blocks, index, layout)
        taken = [way.taken for way in ways if way.taken and way.taken not in MEASURED]
        made = decided_by_rules(block)
        assert ways, f"line {block.first + 1}: nobody was asked"
        if ways[-1].instead:  # the words beside a label are a paragraph, verse or speaker without asking
            made = made[:-1]
        assert taken[len(taken) - len(made) :] == made, f"line {block.first + 1}"
        for way in ways:
            if way.answers and not way.instead:
                first = next(answer.rule.name for answer in way.answers if answer.match and not answer.barred)
                assert first == way.taken


@pytest.mark.parametrize("path", sorted((ROOT / "raw").glob("*.txt")), ids=lambda path: path.stem)
def test_the_last_word_is_the_block_that_became_the_edition(path: Path) -> None:
    source = read_source(path.read_bytes(), path.stem)
    recognised = recognise(source)
    for block in recognised.blocks[:: max(1, len(recognised.blocks) // 12)]:
        if block.rows:
            explanation = explain(source, block.rows[0].line + 1, recognised)
            assert explanation.block == block
            changes = [decision for change in explanation.changes for decision in change.decisions]
            assert [*explanation.proposed.decisions, *changes] == list(block.decisions)


def test_every_rule_answers_once_and_in_order() -> None:
    (way,) = explained(line_of("CHAPTER II")).asked
    assert [answer.rule.name for answer in way.answers] == NAMES
    assert way.taken == "heading"
    assert all((answer.match is None) == bool(answer.declines) for answer in way.answers)


def test_a_rule_that_declined_shows_the_condition_and_what_it_saw() -> None:
    (way,) = explained(line_of("In the spring")).asked
    trailer = next(answer for answer in way.answers if answer.rule.name == "trailer")
    (decline,) = trailer.declines
    assert decline.condition == "len(row.text) > 70"
    assert dict(decline.values)["len(row.text)"] == str(len("In the spring the road was dry again, and the carrier came back for his cart"))
    assert decline.place.startswith("pieces.py:")


def test_a_rule_with_a_table_of_reasons_says_which_one_decided() -> None:
    (way,) = explained(line_of("CHAPTER II")).asked
    (decline,) = next(answer for answer in way.answers if answer.rule.name == "signature").declines
    assert decline.condition == "it names a division"


def test_a_rule_that_left_it_to_its_parts_shows_theirs() -> None:
    (way,) = explained(line_of("He did not answer.")).asked
    heading = next(answer for answer in way.answers if answer.rule.name == "heading")
    assert [decline.function for decline in heading.declines] == ["_by_words", "capitals", "isolated", "_by_setting"]
    assert [decline.condition for decline in heading.declines if decline.told] == [
        "it is not in capitals",
        "as near to what stands above as paragraphs are",
    ]
    assert all(decline.condition for decline in heading.declines)


def test_what_a_table_of_reasons_counted_is_told() -> None:
    (way,) = explained(line_of("In the spring")).asked
    (decline,) = next(answer for answer in way.answers if answer.rule.name == "verse").declines
    assert decline.condition == "50% begin with a capital, 0% were ended before the measure: too few"


def test_the_way_goes_into_containers() -> None:
    explanation = explained(line_of("cabbages"))
    assert [container.kind for container in explanation.block.within] == ["quotation"]
    assert [way.taken for way in explanation.asked] == ["marked-quotation", "paragraph"]
    inner = explanation.asked[1]
    assert inner.container == explanation.block.within[0]
    assert next(answer for answer in inner.answers if answer.rule.name == "marked-quotation").barred


def test_the_words_beside_a_siglum_are_not_asked_about() -> None:
    explanation = explained(line_of("Bishop"))
    assert explanation.asked[0].taken == "note-section"
    assert "beside the printed label of this note" in explanation.asked[-1].instead


def test_a_settling_pass_shows_what_it_changed() -> None:
    changes = {change.name: change for change in explained(line_of("CHAPTER II")).changes}
    assert "level" in {name for name, _, _ in changes["levels"].fields}
    assert changes["levels"].decisions[0].rule == "level"
    assert "1 the outermost" in changes["levels"].reason


def test_an_empty_line_belongs_to_the_block_before_it() -> None:
    line = line_of("He did not answer.")
    assert explained(line + 1).block == explained(line).block


def test_the_edition_shows_the_elements_around_and_in_the_line() -> None:
    parts = explained(line_of("say a word about the mule")).parts
    names = [part.name for part in parts]
    assert names.index("div chapter") < names.index("p") < names.index("ref noteAnchor")
    reference = parts[names.index("ref noteAnchor")]
    assert reference.words == "[1]"
    assert reference.why is not None
    assert all(part.identifier for part in parts if part.name.startswith("div "))


def test_the_debugger_that_was_there_stays() -> None:
    calls = []

    def watch(frame: object, event: str, _: object) -> None:
        calls.append(event)

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        explained(line_of("He did not"))
        after = sys.gettrace()
    finally:
        sys.settrace(before)
    assert after is watch


# ---------------------------------------------------------------- finding the place


def test_words_are_found_over_line_ends_whatever_their_case() -> None:
    assert find_words(known()[0], "NOBODY in  the village would say") == [line_of("nobody in the village")]


def test_words_that_stand_in_several_places_are_all_found() -> None:
    assert find_words(known()[0], "the carrier") == [line_of("carrier had left"), line_of("carrier came back")]


@pytest.mark.parametrize("words", ["a word that is not there", "", "   "])
def test_words_that_are_not_there_are_named(words: str) -> None:
    with pytest.raises(NotFound, match=r"^salt: "):
        find_words(known()[0], words)


def test_words_are_no_pattern() -> None:
    with pytest.raises(NotFound):
        find_words(known()[0], ".*")


def test_every_identifier_of_the_edition_is_found_where_it_begins() -> None:
    source, recognised = known()
    for part in explained(line_of("CHAPTER II")).parts:
        if part.identifier and part.name == "head":
            assert find_id(source, part.identifier, recognised) == line_of("CHAPTER II")
    with pytest.raises(NotFound, match="w99-p001"):
        find_id(source, "w99-p001", recognised)


@pytest.mark.parametrize("line", [0, -1, 10_000])
def test_a_line_that_is_not_there_is_refused(line: int) -> None:
    with pytest.raises(NotFound, match=f"no line {line}; the text has {len(known()[0].lines)} lines"):
        explained(line)


# ---------------------------------------------------------------- what is printed


def test_the_text_names_the_rule_its_reason_and_the_neighbours() -> None:
    line = line_of("CHAPTER II")
    shown = as_text(explained(line), "salt.txt").splitlines()
    assert shown[0] == f'salt.txt:{line}: "CHAPTER II"'
    taken = next(i for i, text in enumerate(shown) if text.startswith("> heading"))
    assert shown[taken + 1].strip() == reason(RULES[NAMES.index("heading")].match)
    assert any(text.startswith(f"> {line} heading") for text in shown)
    assert any("In the spring the road was dry again" in text for text in shown)


def test_the_json_has_the_same_facts() -> None:
    explanation = explained(line_of("cabbages"))
    values = as_json(explanation, "salt.txt")
    assert json.loads(json.dumps(values)) == values
    assert values["line"] == line_of("cabbages")
    assert values["block"]["first"] == line_of('"The mule is in')
    assert values["block"]["containers"] == [{"kind": "quotation", "line": line_of('"The mule is in'), "n": None, "place": None}]
    assert [way["taken"] for way in values["asked"]] == ["marked-quotation", "paragraph"]
    assert [answer["rule"] for answer in values["asked"][0]["answers"]] == NAMES


def test_a_line_that_would_steer_a_terminal_is_escaped() -> None:
    source = read_source(b"One \x1b[31mred\x1b[0m line\n\nand another one.\n", "red")
    assert "\x1b" not in as_text(explain(source, 1, recognise(source)), "red.txt")


# ---------------------------------------------------------------- the command


def test_the_command_explains_a_line_words_and_an_identifier(book: str) -> None:
    line = line_of("In the spring")
    by_line = run(book, "--line", line)
    assert by_line.exit_code == 0, by_line.output
    assert run(book, "--text", "spring the ROAD").stdout == by_line.stdout
    values = json.loads(run(book, "--line", line, "--format", "json").stdout)
    identifier = next(part["id"] for part in values["edition"] if part["element"] == "p")
    assert run(book, "--id", identifier).stdout == by_line.stdout


def test_the_command_says_that_there_are_more_places(book: str) -> None:
    result = run(book, "--text", "the carrier")
    assert result.exit_code == 0
    assert f"2 places; this is the first, the next is --line {line_of('carrier came back')}" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--line", 1, "--text", "cart"], ["--line", 0], ["--line", "one"], ["--format", "xml"]])
def test_the_command_wants_one_place(book: str, arguments: list[object]) -> None:
    assert run(book, *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "what"),
    [(["--line", 999], "no line 999"), (["--text", "elephants"], "'elephants' do not stand"), (["--id", "x"], "xml:id 'x'")],
)
def test_what_is_not_there_ends_with_a_sentence_that_names_the_file(book: str, arguments: list[object], what: str) -> None:
    result = run(book, *arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("error: salt.txt: ")
    assert what in result.stderr


def test_each_alternative_has_the_correction_that_chooses_it() -> None:
    from tei_pipeline.sidecar import read_sidecar
    from tests.test_corrections import TEXT, build

    source = read_source(TEXT.encode(), "tide")
    shown = as_text(explain(source, 16, recognise(source)), "tide.txt")
    chosen = re.findall(r"(?m)^# (.*)\n(\[\[correct\]\]\n(?:[a-z]+ = .*\n)+)", shown)
    assert [what for what, _ in chosen] == [
        "it is a heading",
        "it is a quotation",
        "it is verse",
        "it goes on with the paragraph before",
        '"It turns,": no quotation',
    ]
    for what, toml in chosen:
        assert read_sidecar(toml.encode(), "a.toml").corrections
        result = build(toml.removeprefix("[[correct]]\n"))
        assert not [problem for problem in result.problems if problem.level == "error"], what
        assert result.xml != build().xml


def test_a_correction_is_told_where_it_was_applied() -> None:
    from tei_pipeline.sidecar import read_sidecar
    from tests.test_corrections import TEXT

    source = read_source(TEXT.encode(), "tide")
    sidecar = read_sidecar(b'[[correct]]\nkind = "block"\nwords = "A short line"\nas = "heading"\nlevel = 2\nwhy = "mine"\n', "a.toml")
    explained = explain(source, 13, recognise(source, sidecar))
    assert [entry.line for entry in explained.corrections] == [1]
    assert explained.block.kind == "heading"
    assert any(change.name == "editor" for change in explained.changes)
    shown = as_text(explained, "tide.txt")
    assert "editor 1.00: mine" in shown
    assert "the editor decided (line 1 of the sidecar): block, heading of level 2" in shown
    assert explain(source, 6, recognise(source, sidecar)).corrections == ()


def test_what_stands_inside_a_paragraph_has_its_reason() -> None:
    from tests.test_corrections import TEXT

    source = read_source(TEXT.encode(), "tide")
    parts = {part.name: part for part in explain(source, 7, recognise(source)).parts}
    assert parts["date"].reason or parts["date"].why
    assert [suggestion.entry.kind for suggestion in parts["date"].suggestions] == ["remove"]


def test_a_heading_says_why_it_stands_at_its_level() -> None:
    text = "".join(
        f"PART {n}\n\n\nCHAPTER I\n\nThe river rises in a churchyard.\n\n\nCHAPTER II\n\nIt leaves by a hole.\n\n\n\n"
        for n in ("ONE", "TWO")
    )
    blocks = recognise(read_source(text.encode(), "case")).blocks
    said = [d.evidence.rpartition("; ")[2] for b in blocks for d in b.decisions if d.rule == "level"]
    first, next_ = "it is the first right below a label of no text", "the next of its kind"
    assert said == ["nothing stands over it", first, next_, next_, first, next_]
