"""How sure the program is, and how right: blocks by their confidence, against gold lines (the volume) and gold words (the corpus)."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import mul
from types import ModuleType

from benchmarks.scoring import PAGES, PARTS, SHARED, Scored, gold_labels, text_of
from tei_pipeline.blocks import Block, Container
from tei_pipeline.decisions import Decision
from tei_pipeline.recognise import recognise
from tei_pipeline.source import Source, read_source

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
LEAST = 10  # decisions: fewer say nothing about a rule
FAR = 0.05  # between what a rule says and how often it is right: beyond, another confidence is suggested
TENTH = 0.1
CLASSES = dict.fromkeys(("heading", "subtitle", "stanza-title"), "head") | dict.fromkeys(("verse", "stanza-number"), "l")
CLASSES |= {"stage": "stage", "castitem": "item"}
CONTAINERS = {"note": "note", "quotation": "quote", "epigraph": "quote"} | dict.fromkeys(("item", "contents", "index", "cast"), "item")
MATTER = frozenset({"furniture", "boilerplate", "titlepage"})  # the gold says nothing of them


@dataclass(frozen=True, slots=True)
class Judged:
    """A block with its confidence, whether it is right, its gold lines and how many of them are wrong."""

    text: str
    line: int
    rule: str
    evidence: str
    confidence: float
    right: bool
    lines: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Decisions whose confidence lies from ``low`` up to ``high``: how many, their mean confidence, how many are right."""

    low: float
    high: float
    count: int
    said: float
    right: int


def confidences(blocks: Sequence[Block]) -> list[tuple[Decision, float]]:
    """How sure the program is of each block, and the decision by which it is so sure.

    That is the least sure one of the decision that stands and of those that opened the containers around the block: a paragraph in a
    quotation that is none is wrong, however sure the paragraph is.
    """
    opened: dict[Container, Decision] = {}
    found = []
    for block in blocks:
        for container in block.within:
            opened.setdefault(container, min(block.decisions, key=lambda decision: decision.confidence))
        why = min([block.why, *(opened[container] for container in block.within)], key=lambda decision: decision.confidence)
        found.append((why, why.confidence))
    return found


def judge(scored: Sequence[Scored]) -> list[Judged]:
    """The blocks of the texts that have gold, judged."""
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        return [judged for found in pool.map(_judge, [one for one in scored if not one.failure]) for judged in found]


def _judge(one: Scored) -> list[Judged]:
    source = read_source(text_of(one.name).read_bytes(), one.name)
    blocks = recognise(source).blocks
    wrong = _wrong_in_part(one) if one.name in PARTS else _wrong_in_book(one.name, source, blocks)
    return list(_judged(one.name, blocks, *wrong))


def _judged(name: str, blocks: Sequence[Block], known: frozenset[int], wrong: frozenset[int]) -> Iterator[Judged]:
    for block, (why, sure) in zip(blocks, confidences(blocks), strict=True):
        lines = [row.line + 1 for row in block.rows if row.line + 1 in known]
        if lines:
            bad = sum(1 for line in lines if line in wrong)
            yield Judged(name, lines[0], why.rule, _shape(why.evidence), sure, not bad, len(lines), bad)


_QUOTED = re.compile(r"(['\"]).*\1|: .*")
_FIGURES = re.compile(r"\d+%?")


def _shape(evidence: str) -> str:
    """Evidence without what is particular to the place: quoted words and what follows a colon as a point, numbers as N."""
    return _FIGURES.sub("N", _QUOTED.sub("…", evidence))


def _wrong_in_part(scored: Scored) -> tuple[frozenset[int], frozenset[int]]:
    """The lines that the gold speaks of, and those whose class or block start is wrong."""
    gold = gold_labels(text_of(scored.name).with_suffix(".lines.tsv"))
    known = frozenset(line for line, (_, label) in gold.items() if label not in ("sep", "noise"))
    return known, frozenset(scored.classes) | scored.missed | scored.invented


def _benchlib() -> ModuleType:
    """The word aligner of the corpus' own scorer."""
    spec = importlib.util.spec_from_file_location("benchlib", SHARED / "corpus" / "benchlib.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{SHARED / 'corpus'}: benchlib.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _wrong_in_book(name: str, source: Source, blocks: Sequence[Block]) -> tuple[frozenset[int], frozenset[int]]:
    """The lines that hold words of the gold, and those whose class is another or that begin a block in one of the two only.

    Lines that are boilerplate, contents or title page in the gold are left out, and so are notes (the gold keeps them apart) unless
    the program takes running text for one.
    """
    lib = _benchlib()
    folder = SHARED / "corpus" / "pages" / "gold" if name in PAGES else SHARED / "corpus" / "gold"
    gold = json.loads((folder / f"{name}.json").read_text("utf-8"))["blocks"]
    words: list[str] = []
    kinds: list[str] = []
    starts: set[int] = set()
    for block in gold:
        if not block.get("cont"):
            starts.add(len(words))
        tokens = lib.words(block["text"])
        words += tokens
        kinds += [block["type"]] * len(tokens)
    given: list[str] = []
    lines: list[int] = []
    for number, line in enumerate(source.lines, 1):
        tokens = lib.words(line.text)
        given += tokens
        lines += [number] * len(tokens)
    by_line: dict[int, Counter[str]] = defaultdict(Counter)
    begins: set[int] = set()
    for at, there in enumerate(lib.align(words, given)):
        if there >= 0:
            by_line[lines[there]][kinds[at]] += 1
            if at in starts and (not there or lines[there - 1] != lines[there]):
                begins.add(lines[there])
    ours, ours_begin = _classes(blocks)
    known = frozenset(line for line, seen in by_line.items() if seen.most_common(1)[0][0] != "x" and line in ours)
    wrong = {line for line in known if not _same(by_line[line].most_common(1)[0][0], ours[line])}
    wrong |= {line for line in known & (begins ^ ours_begin) if ours[line] not in ("l", "head", "note")}
    return known, frozenset(wrong)


def _classes(blocks: Sequence[Block]) -> tuple[dict[int, str], set[int]]:
    """The class of each line, as the scorer of the corpus names them, and the lines that begin a block."""
    classes: dict[int, str] = {}
    begin: set[int] = set()
    for block in blocks:
        if block.kind in MATTER:
            continue
        kinds = [container.kind for container in block.within]
        name = next((CONTAINERS[kind] for kind in kinds if kind in CONTAINERS), "")
        if not name or name == "quote":
            name = CLASSES.get(block.kind, name or ("sp" if "speech" in kinds else "p"))
        classes |= dict.fromkeys((row.line + 1 for row in block.rows), name)
        if not block.joins:
            begin.add(block.rows[0].line + 1)
    return classes, begin


def _same(gold: str, given: str) -> bool:
    return gold == given or {gold, given} <= {"sp", "speaker", "stage"}


def bins(judged: Sequence[Judged]) -> list[Bin]:
    """The blocks by their confidence."""
    found = []
    for low, high in pairwise(EDGES):
        inside = [one for one in judged if low <= one.confidence < high]
        if inside:
            said = sum(one.confidence for one in inside) / len(inside)
            found.append(Bin(low, min(high, 1.0), len(inside), said, sum(one.right for one in inside)))
    return found


def caught(judged: Sequence[Judged]) -> tuple[float, float, float]:
    """Of all wrong blocks, and of all wrong lines, the share in the tenth with the lowest confidence; and the confidence where it ends.

    Of blocks that are equally sure at the edge of the tenth, each counts with the same share: their order is chance.
    """
    order = sorted(one.confidence for one in judged)
    if not order:
        return 1.0, 1.0, 0.0
    room = TENTH * len(order)
    edge = order[min(len(order) - 1, int(room))]
    below = sum(1 for sure in order if sure < edge)
    share = (room - below) / order.count(edge)
    weights = [1.0 if one.confidence < edge else share if one.confidence == edge else 0.0 for one in judged]
    blocks = [float(not one.right) for one in judged]
    lines = [float(one.wrong) for one in judged]
    return _share(weights, blocks), _share(weights, lines), edge


def _share(weights: Sequence[float], values: Sequence[float]) -> float:
    total = sum(values)
    return sum(map(mul, weights, values)) / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one kind of evidence says, how often it is right, and what it should say (Laplace's rule of succession)."""

    rule: str
    evidence: str
    count: int
    said: float
    right: float
    better: float


def suggestions(judged: Sequence[Judged]) -> list[Suggestion]:
    """By rule and evidence: those that are far off, the most frequent first."""
    found = []
    for (rule, evidence), those in _groups(judged).items():
        said = sum(one.confidence for one in those) / len(those)
        right = sum(one.right for one in those) / len(those)
        if len(those) >= LEAST and abs(said - right) > FAR:
            found.append(Suggestion(rule, evidence, len(those), said, right, _better(those)))
    return sorted(found, key=lambda one: -one.count)


def mapped(judged: Sequence[Judged]) -> list[Judged]:
    """The blocks with the confidence that their kind of evidence should have: the best that a map by rule and evidence could do here."""
    better = {key: _better(those) for key, those in _groups(judged).items()}
    return [replace(one, confidence=better[one.rule, one.evidence]) for one in judged]


def _groups(judged: Sequence[Judged]) -> Mapping[tuple[str, str], list[Judged]]:
    groups: Mapping[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.rule, one.evidence].append(one)
    return groups


def _better(those: Sequence[Judged]) -> float:
    return (sum(one.right for one in those) + 1) / (len(those) + 2)
