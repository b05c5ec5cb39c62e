"""What is worked out or compiled when it is first asked for, and once."""

from __future__ import annotations

import re

import pytest

from tei_pipeline.once import once
from tei_pipeline.seldom import seldom


class Weir:
    """Counts how often it is looked at."""

    def __init__(self) -> None:
        self.looked = 0

    @once
    def height(self) -> int:
        """In feet."""
        self.looked += 1
        return 7


def test_a_property_is_worked_out_once_for_each_instance() -> None:
    weir, other = Weir(), Weir()
    assert [weir.height, weir.height] == [7, 7]
    assert (weir.looked, other.looked) == (1, 0)
    assert Weir.height.__doc__ == "In feet."


def test_a_pattern_is_compiled_when_it_is_first_matched(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[object] = []
    real = re.compile

    def counting(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return real(pattern, flags)

    monkeypatch.setattr(re, "compile", counting)
    pattern = seldom("w(ei)r", re.IGNORECASE)
    assert pattern.pattern == "w(ei)r"
    assert compiled == []
    found = pattern.match("WEIR")
    assert found is not None
    assert found[1] == "EI"
    assert pattern.match("mill") is None
    assert compiled == ["w(ei)r"]
