"""Why a heading stands under another: every reason of the tables is asked for, and decides somewhere."""

from __future__ import annotations

import pytest

from tei_pipeline.recognise import recognise
from tei_pipeline.settle import ending, nesting
from tei_pipeline.source import read_source
from tests import test_layouts
from tests.rule_cases import FOLDER, SETTLE, read_cases


def _texts() -> list[str]:
    cases = [case.text for folder in (FOLDER, SETTLE) for path in sorted(folder.glob("*.txt")) for case in read_cases(path)]
    return cases + [test_layouts.read_case(path).text for path in test_layouts.CASES.values()]


def test_every_reason_decides_in_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    decided: set[tuple[int, str]] = set()

    def seen(meeting: ending.Meeting) -> ending.Reason:
        reason = ending.why(meeting)
        decided.add((id(ending.reasons(meeting)), reason.says))
        return reason

    monkeypatch.setattr(nesting, "why", seen)
    for text in _texts():
        recognise(read_source(text.encode(), "case"))
    silent = [(name, reason.says) for name, table in ending.TABLES.items() for reason in table if (id(table), reason.says) not in decided]
    assert silent == []


def test_a_table_always_decides_and_says_why() -> None:
    for table in ending.TABLES.values():
        assert table[-1].when is ending.always
        assert len({reason.says for reason in table}) == len(table)
