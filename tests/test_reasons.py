"""Every reason of the tables (levels, titles, ends of lists and titles, directions, verses, signers, dates) is asked for, and decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tei_pipeline.recognise import recognise
from tei_pipeline.rules import reasons
from tei_pipeline.rules.drama import staging
from tei_pipeline.rules.headings import in_capitals, isolated, title_end
from tei_pipeline.rules.letters import datelines, signatures
from tei_pipeline.rules.lists import list_end
from tei_pipeline.rules.verse import lines, stanzas
from tei_pipeline.settle.front import first_division, named_front
from tei_pipeline.settle.nesting import ending, open_headings
from tei_pipeline.source import read_source
from tests import test_layouts
from tests.rule_cases import FOLDER, SETTLE, read_cases


def _texts() -> list[str]:
    cases = [case.text for folder in (FOLDER, SETTLE) for path in sorted(folder.glob("*.txt")) for case in read_cases(path)]
    return cases + [test_layouts.read_case(path).text for path in test_layouts.CASES.values()]


@pytest.fixture(scope="module")
def decided() -> set[int]:
    """The reasons that decide in some case."""
    found: set[int] = set()

    def noted(why: Callable[[Any], object]) -> Callable[[Any], object]:
        def asked(place: Any) -> object:
            reason = why(place)
            found.add(id(reason))
            return reason

        return asked

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_headings, "why", noted(ending.why))
        for table in (datelines, first_division, in_capitals, isolated, lines, list_end, named_front, signatures, staging, title_end):
            patch.setattr(table, "why", noted(table.why))
        for text in _texts():
            recognise(read_source(text.encode(), "case"))
    return found


def test_every_reason_for_a_place_decides_in_a_case(decided: set[int]) -> None:
    silent = [(name, reason.says) for name, table in ending.TABLES.items() for reason in table if id(reason) not in decided]
    assert silent == []


def test_every_reason_for_the_end_of_a_list_decides_in_a_case(decided: set[int]) -> None:
    assert [reason.says for reason in list_end.BELOW_ENTRIES if id(reason) not in decided] == []


def test_every_reason_for_the_end_of_a_title_decides_in_a_case(decided: set[int]) -> None:
    assert [reason.says for reason in title_end.REASONS if id(reason) not in decided] == []


def test_every_reason_why_lines_are_a_title_decides_in_a_case(decided: set[int]) -> None:
    tables = in_capitals.REASONS, isolated.REASONS
    assert [reason.says for table in tables for reason in table if id(reason) not in decided] == []


def test_every_reason_for_a_direction_decides_in_a_case(decided: set[int]) -> None:
    assert [reason.says for reason in staging.REASONS if id(reason) not in decided] == []


def test_every_reason_for_verses_decides_in_a_case(decided: set[int]) -> None:
    assert [reason.says for reason in stanzas.REASONS if id(reason) not in decided] == []


def test_every_reason_why_lines_sign_decides_in_a_case(decided: set[int]) -> None:
    assert [reason.says for reason in signatures.REASONS if id(reason) not in decided] == []


def test_every_reason_for_a_date_decides_in_a_case(decided: set[int]) -> None:
    tables = datelines.BELOW_A_LINE, datelines.APART
    assert [reason.says for table in tables for reason in table if id(reason) not in decided] == []


def test_every_reason_about_a_title_page_decides_in_a_case(decided: set[int]) -> None:
    tables = first_division.REASONS, named_front.REASONS
    assert [reason.says for table in tables for reason in table if id(reason) not in decided] == []


def test_a_table_always_decides_and_says_why() -> None:
    for table in ending.TABLES.values():
        assert table[-1].when is reasons.always
        assert len({reason.says for reason in table}) == len(table)
    for rows in (
        datelines.BELOW_A_LINE,
        datelines.APART,
        in_capitals.REASONS,
        isolated.REASONS,
        signatures.REASONS,
        staging.REASONS,
        stanzas.REASONS,
    ):
        assert rows[-1].when is reasons.always
        assert len({reason.says for reason in rows}) == len(rows)
    for module in (first_division, named_front):
        assert module.REASONS[-1].when is reasons.always
        assert len({reason.says for reason in module.REASONS}) == len(module.REASONS)
