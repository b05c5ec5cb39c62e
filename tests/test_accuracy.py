"""The accuracy does not fall: the real texts against their floors, and what the benchmark makes of its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import accuracy
from benchmarks.calibration import Judged, bins, caught, confidences, mapped, suggestions
from benchmarks.goals import CORPUS, PINNED, VOLUME, dump_floors, falls, load_floors, mean, raised, reached
from benchmarks.scoring import BOOKS, PAGES, PARTS, Scored, score_all
from tei_pipeline.blocks import Block, Container
from tei_pipeline.decisions import Decision


def one(name: str = "part-1", **figures: float) -> Scored:
    return Scored(name, figures)


def judged(confidence: float, right: bool, *, rule: str = "verse", evidence: str = "N lines", wrong: int | None = None) -> Judged:
    return Judged("part-1", 1, rule, evidence, confidence, right, 4, (0 if right else 1) if wrong is None else wrong)


# ---------------------------------------------------------------- the guard


@pytest.mark.parametrize("text", [*PARTS, *BOOKS, *PAGES])
def test_each_text_is_as_accurate_as_it_was(text: str, shared: Path, tmp_path: Path) -> None:
    if not all((shared / part / "README.md").exists() or (shared / part).is_dir() for part in ("volume", "corpus", "score")):
        pytest.skip("needs the gold and the scorers in ../shared, which are not part of the project")
    scored = score_all((text,), tmp_path)
    assert [found.name for found in scored] == [text]
    assert falls(scored, load_floors()) == []


def test_every_text_has_floors_for_what_counts() -> None:
    floors = load_floors()
    assert sorted(floors) == sorted((*PARTS, *BOOKS, *PAGES))
    for text, figures in floors.items():
        least = {"line_class_accuracy", "macro_f1", "boundary_f1", "head_f1"} if text in PARTS else {"class_acc", "bound_f1", "head_f1"}
        assert least <= set(figures), text
        assert set(figures) <= set(PINNED)


def test_the_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(dump_floors(load_floors()))
    assert load_floors(path) == load_floors()


# ---------------------------------------------------------------- floors and goals


def test_a_figure_below_its_floor_is_a_fall() -> None:
    floors = {"part-1": {"macro_f1": 0.95, "false_joins": 1.0}}
    assert falls([one(macro_f1=0.95, false_joins=1)], floors) == []
    assert falls([one(macro_f1=0.9499, false_joins=0)], floors) == ["part-1: macro_f1 is 0.9499, below its floor 0.95"]
    assert falls([one(macro_f1=1.0, false_joins=2)], floors) == ["part-1: false_joins is 2.0000, above its floor 1.0"]


def test_a_figure_that_is_gone_is_a_fall_and_so_is_a_failure() -> None:
    floors = {"part-1": {"macro_f1": 0.95}}
    assert falls([one(head_f1=1.0)], floors) == ["part-1: macro_f1 is not measured any more; it was 0.95"]
    assert falls([Scored("part-1", {}, failure="line 3 is lost")], floors) == ["part-1: no edition: line 3 is lost"]


def test_floors_rise_and_never_fall() -> None:
    floors = {"part-1": {"macro_f1": 0.95, "head_f1": 0.9, "false_joins": 2.0}, "part-2": {"macro_f1": 0.5}}
    after = raised([one(macro_f1=0.91, head_f1=0.98766, false_joins=1, noise=0.3)], floors)
    assert after == {"part-1": {"macro_f1": 0.95, "head_f1": 0.9876, "false_joins": 1.0}, "part-2": {"macro_f1": 0.5}}
    assert falls([one(macro_f1=0.95, head_f1=0.98766, false_joins=1)], after) == []


def test_a_number_that_must_be_met_is_missed_on_both_sides() -> None:
    assert reached("noterefs_in_tei", 54, 54, "part-1")
    assert not reached("noterefs_in_tei", 55, 54, "part-1")
    assert not reached("noterefs_in_tei", 53, 54, "part-1")
    assert raised([one(noterefs_in_tei=53)], {}) == {}


def test_a_book_that_failed_counts_as_nothing_in_the_mean() -> None:
    scored = [one("burke", note_f1=1.0), one("ibsen", head_f1=1.0), Scored("keats", {}, failure="not proved")]
    assert mean(scored, BOOKS, "note_f1") == 0.5
    assert mean(scored, PAGES, "note_f1") is None


def test_every_goal_has_a_column_for_each_text() -> None:
    for goals, columns in ((VOLUME, len(PARTS)), (CORPUS, 2)):
        for goal in goals:
            assert {len(goal.must), *map(len, filter(None, (goal.naive, goal.pandoc)))} == {columns}, goal.title


# ---------------------------------------------------------------- how sure, how right


def test_blocks_are_binned_by_what_they_say() -> None:
    (low, high) = bins([judged(0.97, True), judged(0.95, False), judged(0.6, True)])
    assert (low.low, low.high, low.count, low.right) == (0.6, 0.7, 1, 1)
    assert (high.low, high.high, high.count, high.right) == (0.95, 1.0, 2, 1)
    assert high.said == pytest.approx(0.96)


def test_the_least_sure_tenth_holds_what_is_wrong_in_it() -> None:
    sure = [judged(0.9, True) for _ in range(17)] + [judged(0.9, False, wrong=3)]
    assert caught([*sure, judged(0.2, False), judged(0.3, True)]) == pytest.approx((0.5, 0.25, 0.9))


def test_of_equally_sure_blocks_each_counts_alike() -> None:
    assert caught([judged(0.9, i > 0) for i in range(20)])[0] == pytest.approx(0.1)


def test_evidence_that_says_too_much_gets_a_better_confidence() -> None:
    those = [judged(0.9, i % 2 == 0) for i in range(20)] + [judged(0.9, True, evidence="another") for _ in range(3)]
    (found,) = suggestions(those)
    assert (found.rule, found.evidence, found.count, found.right) == ("verse", "N lines", 20, 0.5)
    assert found.better == pytest.approx(11 / 22)
    assert {round(block.confidence, 3) for block in mapped(those)} == {0.5, 0.8}


def test_a_block_is_no_surer_than_what_holds_it() -> None:
    quotation = Container("quotation", 0)
    paragraph = Decision("paragraph", "2 lines", 0.97)
    first = Block("paragraph", 0, 2, (), (Decision("quotation", "after a colon", 0.8), paragraph), within=(quotation,))
    second = Block("paragraph", 2, 4, (), (paragraph,), within=(quotation,))
    apart = Block("paragraph", 4, 6, (), (paragraph,))
    assert [sure for _, sure in confidences([first, second, apart])] == [0.8, 0.8, 0.97]


# ---------------------------------------------------------------- what is printed


def test_a_figure_short_of_its_goal_is_marked() -> None:
    rows = {row[0]: row[1] for row in accuracy.volume_table([one(macro_f1=0.94, head_f1=1.0)])}
    assert rows["macro F1"] == "0.940! · – · –"
    assert rows["head F1"] == "1 · – · –"


def test_tables_are_plain_columns_and_markdown() -> None:
    table = [["", "blocks"], ["verse", "12"], ["a|b", "7"]]
    assert accuracy.plain(table) == "       blocks\nverse      12\na|b         7"
    assert accuracy.markdown(table) == "|  | blocks |\n| --- | --- |\n| verse | 12 |\n| a\\|b | 7 |"


def test_the_page_keeps_what_stands_around_the_figures(tmp_path: Path) -> None:
    page = tmp_path / "evaluation.md"
    page.write_text(f"# Before\n\n{accuracy.BEGIN}\nold\n{accuracy.END}\n\nAfter\n")
    accuracy.refresh(page, [one(macro_f1=0.94)], [])
    text = page.read_text()
    assert text.startswith(f"# Before\n\n{accuracy.BEGIN}\n\nMeasured on ")
    assert text.endswith(f"{accuracy.END}\n\nAfter\n")
    assert "old" not in text
    assert "| macro F1 | 0.940! · – · – |" in text


def test_the_page_of_the_project_has_a_place_for_the_figures() -> None:
    text = accuracy.PAGE.read_text("utf-8")
    assert text.count(accuracy.BEGIN) == text.count(accuracy.END) == 1
    assert "| line class accuracy |" in text
