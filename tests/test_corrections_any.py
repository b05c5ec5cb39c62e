"""Whatever corrections are asked for, sensible or not: each is applied or reported, and the promises of an edition hold."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from tei_pipeline.corrections.anchor import anchored
from tei_pipeline.corrections.entry import BLOCKS, INLINES, NEEDS, EditorCorrection
from tei_pipeline.corrections.text import Place, Words
from tei_pipeline.pipeline import convert
from tei_pipeline.sidecar import Sidecar
from tei_pipeline.source import Source, read_source
from tests.conftest import ROOT

TRIALS = 10  # each two conversions of a sample
SAMPLES = ("harbour-speeches", "the-ferry", "the-lamp-keeper", "die-sternwarte")


def any_correction(source: Source, words: Words, chance: random.Random) -> EditorCorrection:
    """A correction of any kind about any words, with whatever its kind needs."""
    tokens = words.tokens
    kind = chance.choice(list(NEEDS))
    first = chance.randrange(len(tokens))
    last = min(len(tokens) - 1, first + chance.randint(0, 3))
    exact = kind in ("reading", "quotation", "remove", "link", "unlink", "attribute")
    table: dict[str, str | int] = {"kind": kind, **dict(anchored(words, Place(tokens[first].start, tokens[last].end), exact))}
    end = tokens[min(len(tokens) - 1, last + chance.randint(0, 30))]
    if kind in ("block", "quotation") and chance.random() < 0.5:
        table["to"] = words.shown(Place(end.start, end.end))
    more: dict[str, dict[str, str | int]] = {
        "block": {"as": chance.choice(BLOCKS)},
        "level": {"level": chance.randint(1, 5)},
        "speaker": {"as": words.shown(tokens[first])},
        "reading": {"read": "READ"},
        "link": {"to": "1", "siglum": words.shown(tokens[first])},
        "attribute": {"on": chance.choice(("p", "head", "q", "div")), "name": chance.choice(("rend", "xml:lang", "n")), "value": "la"},
        "remove": {"as": chance.choice(tuple(INLINES))},
    }
    return EditorCorrection.of_table({**table, **more.get(kind, {})}, None)


@pytest.mark.parametrize("name", SAMPLES)
def test_any_corrections_are_applied_or_reported_and_the_edition_is_proved(name: str) -> None:
    source = read_source((ROOT / "raw" / f"{name}.txt").read_bytes(), name)
    words = Words(source)
    for seed in range(TRIALS):
        chance = random.Random(f"{name}{seed}")
        chosen = [any_correction(source, words, chance) for _ in range(chance.choice((1, 2, 6, 15)))]
        numbered = tuple(replace(entry, line=line) for line, entry in enumerate(chosen, 1))
        result = convert(source, Sidecar("any.toml", corrections=numbered), formats=())
        assert result.proved, [problem.message for problem in result.problems if problem.level == "error" and not problem.file]
        told = " ".join(f"{p.line} {p.message}" for p in result.problems if p.file == "any.toml")
        assert len(result.provenance["corrections"]) == len(chosen) or told
