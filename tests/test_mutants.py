"""Damage of every kind to valid editions is found, and the damaged element named; ``benchmarks/mutation.py`` has the full figures."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import mutation
from benchmarks.mutants import KINDS, ON_BYTES


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[mutation.Edition]:
    return mutation.build(tmp_path_factory.mktemp("editions"), books=False)


@pytest.fixture(scope="module")
def made(editions: list[mutation.Edition]) -> list[mutation.Mutant]:
    return list(mutation.mutants(editions, each=1, seed=7))


def test_there_are_enough_kinds(made: list[mutation.Mutant]) -> None:
    assert len({mutant.kind for mutant in made}) >= 40
    assert len(KINDS) + len(ON_BYTES) >= 40


def test_nothing_is_said_of_what_is_unharmed(editions: list[mutation.Edition]) -> None:
    assert mutation.unharmed(editions) == []


def test_what_is_damaged_is_caught_and_named(made: list[mutation.Mutant]) -> None:
    assert [mutant.kind for mutant in made if not mutant.caught] == []
    assert sum(mutant.named for mutant in made) / len(made) >= 0.95, [mutant.kind for mutant in made if not mutant.named]


@pytest.mark.skipif(not shutil.which("jing") or not shutil.which("xmllint"), reason="jing and xmllint are not installed")
@pytest.mark.skipif(not mutation.TEI_ALL.is_file(), reason="the schema of all TEI is not beside the checkout (../shared/tei)")
def test_what_tei_refuses_is_refused(made: list[mutation.Mutant], tmp_path: Path) -> None:
    mutation.ask_jing(made, tmp_path)

    assert [mutant.kind for mutant in made if mutant.tei_refuses and not mutant.refused] == []
    assert sum(bool(mutant.tei_refuses) for mutant in made) > 20
