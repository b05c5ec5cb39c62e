"""What the accuracy is compared with: baselines as published beside the shared texts, goals, and the figures of floors.toml."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scoring import BOOKS, PAGES, Scored

FLOORS = Path(__file__).with_name("floors.toml")
HEADER = """# The accuracy that was reached, by text and measure, as `python -m benchmarks.accuracy` found it. A run that stays below one
# of these (above, where less is better) fails. `--update` raises them and never lowers one: that is done by hand, with the
# reason in the commit.
"""
LESS_IS_BETTER = frozenset({"words_added", "false_joins", "text_extra"})
EXACT = {"noterefs_in_tei": {"part-1": 54.0, "part-2": 0.0, "part-3": 0.0}}  # references in the gold, asterisks included
PINNED = (
    "words_kept", "words_added", "line_class_accuracy", "macro_f1", "boundary_f1", "continuations_joined",
    "false_joins", "head_f1", "head_parent_ok", "notes", "noterefs", "noterefs_in_tei", "speaker_f1", "stage_f1",
    "end_hyphens", "stray_hyphens_mended", "typos_mended", "bibrefs", "depth", "bound_f1", "class_acc",
    "class_macro_f1", "note_f1", "link_f1", "letter_r", "toc_item", "text_recall", "text_in_order", "text_extra",
)  # fmt: skip
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Goal:
    """A measure of several texts: its name in the tables, what each column must reach, what the baselines reach there (None: not given)."""

    measure: str
    title: str
    must: tuple[float | None, ...] = ()
    naive: tuple[float | None, ...] = ()
    pandoc: tuple[float | None, ...] = ()


# Columns: parts 1, 2, 3 of the volume. pandoc 3.9, -f commonmark -t tei; its figures stand in the volume's FACTS.md.
VOLUME = (
    Goal("line_class_accuracy", "line class accuracy", (0.985, 0.98, 0.95), (), (0.761, 0.929, 0.659)),
    Goal("macro_f1", "macro F1", (0.95, 0.95, 0.90), (), (0.20, 0.48, 0.40)),
    Goal("boundary_f1", "block boundary F1", (0.985, 0.985, 0.95), (), (0.33, 0.30, 0.76)),
    Goal("continuations_joined", "joined across pages", (21 / 23, None, None), (), (0.0, 0.0, None)),
    Goal("false_joins", "false joins (3 in all)", (3, 3, 3), (), ()),
    Goal("head_f1", "head F1", (1.0, 1.0, 1.0), (), (0.0, 0.0, 0.0)),
    Goal("head_parent_ok", "head under its parent", (1.0, 1.0, 1.0), (), (0.0, 0.0, 0.0)),
    Goal("notes", "notes", (1.0, None, None), (), (0.0, None, None)),
    Goal("noterefs", "note references", (1.0, None, None), (), (0.0, 0.0, None)),
    Goal("noterefs_in_tei", "references in the TEI", (54, None, None), (), (0, 0, 0)),
    Goal("speaker_f1", "speaker F1", (None, 0.98, 1.0), (), (0.0, 0.0, None)),
)
# Columns: the mean of the five books, the mean of the two page variants. Baselines from the corpus' README: pandoc -f markdown -t tei.
CORPUS = (
    Goal("head_f1", "head F1", (0.97, 0.95), (0.692, 0.275), (0.0, None)),
    Goal("depth", "depth", (0.95, 0.90), (0.482, 0.367), (0.0, None)),
    Goal("bound_f1", "block boundary F1", (0.985, 0.96), (0.875, 0.106), (0.834, None)),
    Goal("class_acc", "class accuracy", (0.98, 0.97), (0.658, 0.685), (0.622, None)),
    Goal("class_macro_f1", "class macro F1", (0.92, 0.90), (0.344, 0.352), (0.196, None)),
    Goal("note_f1", "note F1", (0.97, 0.95), (0.0, 0.0), (0.0, None)),
    Goal("link_f1", "link F1", (0.96, 0.93), (0.0, 0.0), (0.0, None)),
    Goal("letter_r", "letter parts", (0.90, None), (0.0, None), (0.0, None)),
    Goal("toc_item", "contents and index", (0.90, None), (0.0, None), (0.0, None)),
    Goal("text_recall", "text recall", (0.999, 0.999), (1.0, None), (0.997, None)),
    Goal("text_extra", "invented words", (0.001, 0.001), (0.0, None), (0.0, None)),
)


def mean(scored: Iterable[Scored], names: Sequence[str], measure: str) -> float | None:
    """The mean over those of the texts that have the measure; one that failed counts as nothing (0)."""
    chosen = [one for one in scored if one.name in names and (one.failure or measure in one.figures)]
    return sum(one.figures.get(measure, 0.0) for one in chosen) / len(chosen) if chosen else None


def corpus_means(scored: Sequence[Scored], measure: str) -> tuple[float | None, float | None]:
    """The two columns of :data:`CORPUS`."""
    return mean(scored, BOOKS, measure), mean(scored, PAGES, measure)


def reached(measure: str, value: float, goal: float, text: str = "") -> bool:
    """Whether a figure is as good as the goal, to the precision of the tables."""
    if measure in EXACT:
        return value == EXACT[measure].get(text, goal)
    return value <= goal + 1e-9 if measure in LESS_IS_BETTER else value >= goal - 1e-9


def load_floors(path: Path = FLOORS) -> dict[str, dict[str, float]]:
    """The pinned figures by text and measure."""
    if not path.is_file():
        return {}
    return {text: dict(figures) for text, figures in tomllib.loads(path.read_text("utf-8")).items()}


def falls(scored: Iterable[Scored], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A sentence for each figure that is worse than its floor, or missing."""
    found = []
    for one in scored:
        if one.failure:
            found.append(f"{one.name}: no edition: {one.failure}")
            continue
        for measure, floor in floors.get(one.name, {}).items():
            value = one.figures.get(measure)
            if value is None:
                found.append(f"{one.name}: {measure} is not measured any more; it was {floor}")
            elif not reached(measure, value, floor, one.name):
                found.append(f"{one.name}: {measure} is {value:.4f}, {'above' if value > floor else 'below'} its floor {floor}")
    return found


def raised(scored: Iterable[Scored], floors: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """The floors with every figure that is better, or new; none is lowered."""
    result = {text: dict(figures) for text, figures in floors.items()}
    for one in scored:
        pinned = result.setdefault(one.name, {})
        for measure in PINNED:
            value = one.figures.get(measure)
            if value is not None and reached(measure, value, pinned.get(measure, value), one.name):
                pinned[measure] = value if measure in EXACT else _rounded(measure, value)
    return {text: figures for text, figures in result.items() if figures}


def _rounded(measure: str, value: float) -> float:
    """To four digits, towards the worse side, so that the same run passes again."""
    scale = float(10**DIGITS)
    return math.ceil(value * scale - 1e-6) / scale if measure in LESS_IS_BETTER else math.floor(value * scale + 1e-6) / scale


def dump_floors(floors: Mapping[str, Mapping[str, float]]) -> str:
    """The file ``floors.toml``: a table for each text, the measures in their order."""
    parts = [HEADER]
    for text in sorted(floors):
        rows = [f"{measure} = {floors[text][measure]:g}" for measure in PINNED if measure in floors[text]]
        parts.append("\n".join([f"[{text}]", *rows]) + "\n")
    return "\n".join(parts)
