"""What holds for every module of the program."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "tei_pipeline").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_no_name_of_a_module_is_given_two_values(path: Path) -> None:
    """A constant that a second one of its name replaces changes what the functions above it mean."""
    body = ast.parse(path.read_text("utf-8")).body
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    names = Counter(name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
    assert [name for name, times in names.items() if times > 1] == []
