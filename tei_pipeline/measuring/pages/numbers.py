"""The numbers of pages: among all printed numbers the run that has the rhythm of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tei_pipeline.language import Language
from tei_pipeline.measuring.edges import usual_width
from tei_pipeline.measuring.pages.printed_numbers import Number, numbers_of_lines, on_one_side, without_contents, without_margins
from tei_pipeline.measuring.pages.rhythm import MOSTLY, are_pages_apart, count_pages, cuts_with_head
from tei_pipeline.measuring.pages.running_heads import FEWEST, cuts_sentence
from tei_pipeline.measuring.pages.runs import beside_heads, fitting_heads, left_out, runs_of, script
from tei_pipeline.rows import Row

ENOUGH = 5  # numbers between dashes or brackets, as far from each other as pages


def page_numbers(
    rows: Sequence[Row], spacing: int, known: Mapping[int, tuple[str, str]], number: re.Pattern[str], language: Language
) -> dict[int, tuple[str, str]]:
    """The numbers that count pages: two on facing pages, those that are said to be pages or stand between dashes, or else the longest run
    with the rhythm of pages, without those before it that count something else.
    """
    full = usual_width(rows)
    numbers, among_text = numbers_of_lines(rows, spacing, known, number, full)
    numbers = without_contents(on_one_side(rows, without_margins(rows, numbers, full)))
    chosen = _facing(rows, numbers, known) or _said(rows, numbers) or _dressed(rows, numbers)
    cuts = {i: cuts_sentence(rows, i, known) or cuts_with_head(rows, i, known.keys(), full) for i, _, _, _ in numbers}
    left = numbers
    while not chosen and len(left) >= FEWEST:
        runs = runs_of(left, [cuts[c.row] for c in left], [script(c.n, rows[c.row].text) for c in left])
        lists = {c for run in runs if _is_list(run) for c in run}
        if lists:
            left = [c for c in left if c not in lists]
            continue
        chain = beside_heads(left, sorted(c for run in runs for c in run))
        if len(chain) < FEWEST:
            break
        longest = set(sorted(runs, key=len)[-1])
        asked = [chain]
        if all(c.n.isdigit() for c in longest) and not all(c.n.isdigit() for c in chain):
            asked.append(sorted(longest))  # Roman numbers beside the figures may count stanzas
        if (run := next((run for run in asked if count_pages(rows, run, known, full, language)), None)) is not None:
            run = sorted({*run, *fitting_heads(among_text, run)})
            chosen = [*run, *left_out(rows, numbers, run)]
        # else the longest counts something else: each chapter has a number, where pages may have none
        left = [c for c in left if c not in longest]
    return {c.row: (c.kind, c.n) for c in chosen}


def _is_list(run: Sequence[Number]) -> bool:
    """Whether nearly all numbers of a run, the last first, stand right below one another: entries of a contents page."""
    return sum(a.row == b.row + 1 for a, b in pairwise(run)) >= MOSTLY * (len(run) - 1)


def _facing(rows: Sequence[Row], numbers: Sequence[Number], known: Mapping[int, tuple[str, str]]) -> Sequence[Number]:
    """Two pages only: consecutive numbers, both in running heads or between dashes, both in the middle of a sentence."""
    if len(numbers) != 2:
        return ()
    a, b = numbers
    taken = {a.row, b.row} | known.keys()
    apart = a.kind == "header" or all(rows[c.row].text[0] in "-–—[(" for c in numbers)
    pages = b.value == a.value + 1 and a.kind == b.kind and apart and any(cuts_sentence(rows, c.row, taken) for c in numbers)
    return numbers if pages else ()


def _said(rows: Sequence[Row], numbers: Sequence[Number]) -> Sequence[Number]:
    """The numbers that a word says to be those of pages ("Page 3"), if they rise."""
    said = [c for c in numbers if c.kind == "pageNum" and rows[c.row].text.rpartition(" ")[0].isalpha()]
    return said if len(said) >= FEWEST and sum(a.value < b.value for a, b in pairwise(said)) >= MOSTLY * (len(said) - 1) else ()


def _dressed(rows: Sequence[Row], numbers: Sequence[Number]) -> Sequence[Number]:
    """The numbers between dashes or brackets, if they are as far from each other as pages are."""
    dressed = [c for c in numbers if c.kind == "pageNum" and (c.n.isdigit() or c.n.islower()) and rows[c.row].text[0] in "-–—["]
    return dressed if len(dressed) >= ENOUGH and are_pages_apart(rows, dressed) else ()
