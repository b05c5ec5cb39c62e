"""Collections for the benchmarks of ``build``: texts in the layouts of the samples in ``raw/``, of any size, all different.

A text repeats the blocks of one sample until it is long enough; each small word is exchanged for another of the same sample and the same
length, so that lines, indents, gaps, headings and notes stay what they are, and no two texts are equal: the same ones in every run.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

RAW = Path(__file__).resolve().parents[1] / "raw"
WORD = re.compile(r"\b[a-zäöüß]{4,}\b")
SMALLEST, LARGEST = 5_000, 400_000  # bytes


def texts(number: int, smallest: int = SMALLEST, largest: int = LARGEST, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Names and texts; their sizes are spread evenly over the orders of magnitude, as those of real collections are."""
    samples = [_read(path) for path in sorted(RAW.glob("*.txt"))]
    words = [_words(sample) for sample in samples]
    for count in range(number):
        chance = random.Random(f"{seed}.{count}")
        size = int(smallest * (largest / smallest) ** chance.random())
        which = count % len(samples)
        yield f"text{count:05}", _text(samples[which], words[which], size, chance)


def write(folder: Path, number: int, smallest: int = SMALLEST, largest: int = LARGEST) -> int:
    """Write the texts to a folder; their bytes together."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, text in texts(number, smallest, largest):
        total += (folder / f"{name}.txt").write_bytes(text.encode())
    return total


def _read(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _words(sample: str) -> dict[int, list[str]]:
    found: dict[int, set[str]] = {}
    for word in WORD.findall(sample):
        found.setdefault(len(word), set()).add(word)
    return {length: sorted(words) for length, words in found.items()}


def _text(sample: str, words: dict[int, list[str]], size: int, chance: random.Random) -> str:
    text = sample
    while len(text) < size:
        text += "\n\n\n" + sample
    end = text.find("\n", size)
    return WORD.sub(lambda match: chance.choice(words[len(match.group())]), text[: end + 1 if end >= 0 else None])
