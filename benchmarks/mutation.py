"""How much damage to editions the validation finds, and whether it names the damaged element. Jing with all of TEI is asked too.

    python -m benchmarks.mutation [--each 27] [--seed 1] [--jing] [--markdown]

Valid editions of the samples and of the real books in ``../shared`` are built, and damaged in one way each (:mod:`benchmarks.mutants`),
``--each`` times in every way. A mutant is caught when any layer has an error or a warning to say that the unharmed edition has not: the
grammar, the rules (Schematron), the links, the text (against source and provenance), the JSON. It is named when a finding is about one
of the elements that the damage concerns.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from benchmarks.mutants import KINDS, ON_BYTES
from tei_pipeline.decisions import Problem
from tei_pipeline.validate.companions import Companions
from tei_pipeline.validate.faults import Fault
from tei_pipeline.validate.judges import own
from tei_pipeline.validate.links import validate_links
from tei_pipeline.validate.options import Options
from tei_pipeline.validate.parse import parse

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
TEI_ALL = SHARED / "tei" / "tei_all.rng"
LAYERS = ("syntax", "grammar", "rules", "links", "text", "JSON")
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
BOOKS_SHARE = 0.15  # of the mutants: real books are ten times as long as the samples, and their mutants as slow


@dataclass(slots=True)
class Edition:
    """A valid edition: its file, its bytes, and what stands beside it."""

    file: Path
    data: bytes
    beside: Companions

    @classmethod
    def at(cls, file: Path, source: Path) -> Edition:
        return cls(file, file.read_bytes(), Companions(file, Options(source=source)))


@dataclass(slots=True)
class Mutant:
    """A damaged edition, and what was said of it."""

    kind: str
    book: str
    data: bytes
    layers: set[str] = field(default_factory=set)
    codes: Counter[str] = field(default_factory=Counter)
    refused: bool = False
    named: bool = False
    tei_refuses: bool | None = None

    @property
    def caught(self) -> bool:
        return bool(self.layers)


def findings(root: etree._Element, edition: Edition) -> Iterator[tuple[str, Problem]]:
    """Each layer's problems of a tree."""
    yield from (("grammar", problem) for problem in own("edition.rng").judge(root).problems)
    yield from (("rules", problem) for problem in own("edition.sch").judge(root).problems)
    yield from (("links", problem) for problem in validate_links(root))
    for problem in edition.beside.check(root):
        yield "JSON" if problem.code == "json-old" else "text", problem


def mutants(editions: Sequence[Edition], each: int, seed: int) -> Iterator[Mutant]:
    """``each`` mutants of every kind, of editions that it can happen to; the first editions (the samples) more often."""
    for name in sorted((*KINDS, *ON_BYTES)):
        chance = random.Random(f"{seed} {name}")
        made = tries = 0
        while made < each and tries < 12 * each:
            tries += 1
            mutant = mutate(name, chance.choice(editions), chance)
            if mutant is not None:
                made += 1
                yield mutant


def mutate(name: str, edition: Edition, chance: random.Random) -> Mutant | None:
    """One mutant of that kind, judged by all layers; None when it cannot happen to the edition."""
    if name in ON_BYTES:
        changed = ON_BYTES[name](edition.data.decode(), chance)
        if changed is None:
            return None
        found = parse(changed.encode()).problems
        mutant = Mutant(name, edition.file.stem, changed.encode())
        _judge(mutant, [("syntax", problem) for problem in found], [])
        mutant.named = any(problem.line is not None for problem in found)
        return mutant
    tree = parse(edition.data).tree
    assert tree is not None
    root = tree.getroot()
    culprits = KINDS[name](root, chance)
    if culprits is None:
        return None
    concerned = {culprit for culprit in culprits if culprit.getroottree().getroot() is root}
    data = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    mutant = Mutant(name, edition.file.stem, data)
    _judge(mutant, list(findings(root, edition)), concerned)
    return mutant


def _judge(mutant: Mutant, found: list[tuple[str, Problem]], concerned: set[etree._Element] | list[etree._Element]) -> None:
    identified = {above for element in concerned if (above := _identified(element)) is not None}
    for layer, problem in found:
        if problem.level == "info":
            continue
        mutant.layers.add(layer)
        mutant.codes[problem.code] += 1
        mutant.refused = mutant.refused or problem.level == "error"
        if isinstance(problem, Fault) and problem.node is not None:
            node = problem.node
            mutant.named = mutant.named or node in concerned or (layer == "text" and node in identified)


def _identified(element: etree._Element) -> etree._Element | None:
    """The element, or the nearest above it, with an ``xml:id``: the text layer names no others."""
    at: etree._Element | None = element
    while at is not None and at.get(XML_ID) is None:
        at = at.getparent()
    return at


def ask_jing(made: Sequence[Mutant], folder: Path) -> None:
    """Which mutants Jing refuses by the schema of all TEI; those that are no XML, which would end its run, xmllint."""
    for number, mutant in enumerate(made):
        (folder / f"{number:05}.xml").write_bytes(mutant.data)
    for judge, chosen in ((("xmllint", "--noout"), True), (("jing", TEI_ALL), False)):
        names = [f"{number:05}.xml" for number, mutant in enumerate(made) if (mutant.kind in ON_BYTES) == chosen]
        refused: set[str] = set()
        for at in range(0, len(names), 500):
            done = subprocess.run(
                [*judge, *names[at : at + 500]], cwd=folder, capture_output=True, text=True, errors="replace", check=False
            )
            if ": fatal:" in done.stdout:
                raise SystemExit(f"{judge[0]} gave up: {done.stdout[-300:]}")
            refused |= set(re.findall(r"(?m)(\d{5}\.xml):\d+", done.stdout + done.stderr))
        for name in names:
            made[int(name[:5])].tei_refuses = name in refused


def build(folder: Path, *, books: bool) -> list[Edition]:
    """The editions of the samples, each several times in the list, and of the real books once."""
    shared = [SHARED / "volume" / "volume-10.txt", *sorted((SHARED / "corpus" / "texts").glob("*.txt"))]
    texts = [*sorted((ROOT / "raw").glob("*.txt")), *([text for text in shared if text.is_file()] if books else [])]
    subprocess.run([sys.executable, "-m", "tei_pipeline", "build", "-q", "-o", folder, *texts], check=True, stdout=subprocess.DEVNULL)
    editions = [Edition.at(folder / text.stem / f"{text.stem}.xml", text) for text in texts]
    samples = [edition for edition in editions if (ROOT / "raw" / f"{edition.file.stem}.txt").is_file()]
    others = [edition for edition in editions if edition not in samples]
    times = round(len(others) * (1 - BOOKS_SHARE) / BOOKS_SHARE / len(samples)) if others else 1
    return samples * times + others


def unharmed(editions: Sequence[Edition]) -> list[str]:
    """What is said of the editions before any damage: nothing, if all is well."""
    said = []
    for edition in {edition.file: edition for edition in editions}.values():
        tree = parse(edition.data).tree
        assert tree is not None
        said += [f"{edition.file.name}: {problem.message} [{problem.code}]" for _, problem in findings(tree.getroot(), edition)]
    return said


def report(made: Sequence[Mutant], said: Sequence[str], seed: int) -> str:
    """The figures, as a page shows them."""
    count = len(made)
    kinds = len({mutant.kind for mutant in made})
    lines = [f"{count:,} mutants of {kinds} kinds (seed {seed}); {len(said)} messages about the unharmed editions", ""]
    lines += ["| what | mutants | share |", "| --- | ---: | ---: |"]

    def row(what: str, number: int, of: int = count) -> None:
        lines.append(f"| {what} | {number:,} | {100 * number / of if of else 100:.1f} % |")

    row("caught by some layer", sum(mutant.caught for mutant in made))
    row("caught without the JSON", sum(bool(mutant.layers - {"JSON"}) for mutant in made))
    row("caught without source, provenance and JSON", sum(bool(mutant.layers - {"JSON", "text"}) for mutant in made))
    for layer in LAYERS:
        row(f"caught by: {layer}", sum(layer in mutant.layers for mutant in made))
    row("refused (an error, not a warning alone)", sum(mutant.refused for mutant in made))
    row("the damaged element is named", sum(mutant.named for mutant in made))
    judged = [mutant for mutant in made if mutant.tei_refuses is not None]
    if judged:
        theirs = [mutant for mutant in judged if mutant.tei_refuses]
        row("refused by Jing with all of TEI", len(theirs), len(judged))
        row("of those, refused here", sum(mutant.refused for mutant in theirs), len(theirs))
    lines.append("")
    for what, missed in (("not caught", [m for m in made if not m.caught]), ("not named", [m for m in made if not m.named])):
        counted = Counter(mutant.kind for mutant in missed)
        lines.append(f"{what}: " + (", ".join(f"{kind} ({number})" for kind, number in counted.most_common()) or "none"))
    lost = [mutant for mutant in judged if mutant.tei_refuses and not mutant.refused]
    lines.append("refused by TEI and not here: " + (", ".join(sorted({mutant.kind for mutant in lost})) or "none"))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=27, help="mutants of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jing", action="store_true", help="ask Jing too")
    parser.add_argument("--samples", action="store_true", help="the samples alone")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        editions = build(Path(place) / "editions", books=not chosen.samples)
        said = unharmed(editions)
        made = list(mutants(editions, chosen.each, chosen.seed))
        if chosen.jing:
            (Path(place) / "mutants").mkdir()
            ask_jing(made, Path(place) / "mutants")
    print(*said, sep="\n", end="\n" * bool(said))
    print(report(made, said, chosen.seed), end="")


if __name__ == "__main__":
    main()
