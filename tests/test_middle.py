"""The measure of pages whose numbers tell where their middle is."""

from __future__ import annotations

from tei_pipeline.measuring.middle import measure_by_pages
from tei_pipeline.rows import Row

MIDDLE = 39  # where the numbers stand


def lines(*widths: int) -> list[Row]:
    return [Row(line, "x" * width, 0, 0) for line, width in enumerate(widths)]


def test_verses_do_not_show_how_wide_a_page_is_but_its_number_does() -> None:
    assert measure_by_pages(lines(40, 52, 31, 38, 28, 41, 36, 33), MIDDLE, 0, 52) == 2 * MIDDLE


def test_short_verses_that_are_nearly_alike_are_no_prose() -> None:
    assert measure_by_pages(lines(28, 27, 29, 26, 28, 25), 32, 0, 29) == 64


def test_prose_fills_its_own_measure_wherever_the_number_stands() -> None:
    assert measure_by_pages(lines(66, 70, 65, 69, 20, 67), MIDDLE, 0, 70) == 70


def test_without_numbers_the_measure_stays() -> None:
    assert measure_by_pages(lines(40, 52, 31), None, 0, 52) == 52
