"""How much of what is recognised hangs on the dress of a text: the books of the corpus as other converters would have left them.

    python -m benchmarks.dresses [DRESS …]

Each dress changes only white space, line ends and quotation marks, so the books' own gold judges it. What a dress takes away cannot be
found again (the indent of a quotation, the wide gap above a part); what falls besides hangs on a layout, and not on what is printed.
"""

from __future__ import annotations

import re
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.goals import mean
from benchmarks.scoring import BOOKS, score_books, text_of

LEAST = 52  # columns: lines of wrapped prose are as wide, but the last of a paragraph
MEASURES = {"head": "head_f1", "depth": "depth", "bound": "bound_f1", "class": "class_acc", "mF1": "class_macro_f1", "note": "note_f1"}


class Chunk(NamedTuple):
    """Lines that stand together, and the empty ones above them."""

    gap: int
    lines: list[str]

    @property
    def is_prose(self) -> bool:
        """Whether they are a wrapped paragraph at the margin, or little set in."""
        return len(self.lines) > 1 and all(len(line) >= LEAST and not line.startswith(" " * 6) for line in self.lines[:-1])

    @property
    def flat(self) -> str:
        """The lines as one."""
        return " ".join(line.strip() for line in self.lines)


def chunks(text: str) -> Iterator[Chunk]:
    """The chunks of a text."""
    gap, lines = 0, list[str]()
    for line in [*text.splitlines(), ""]:
        if line.strip():
            lines.append(line)
        else:
            if lines:
                yield Chunk(gap, lines)
                gap, lines = 0, []
            gap += 1


def unwrapped(chunk: Chunk) -> Chunk:
    """Each paragraph one line."""
    return Chunk(chunk.gap, [chunk.flat]) if chunk.is_prose else chunk


def rewrapped(chunk: Chunk) -> Chunk:
    """Paragraphs with another measure, so that the book has two."""
    if not chunk.is_prose:
        return chunk
    indent = re.match(" *", chunk.lines[0])[0]  # type: ignore[index]
    below = indent if chunk.lines[1].startswith(indent) else ""
    return Chunk(chunk.gap, textwrap.wrap(chunk.flat, 58, initial_indent=indent, subsequent_indent=below, break_on_hyphens=False))


def even(chunk: Chunk) -> Chunk:
    """One empty line wherever there were several."""
    return Chunk(min(chunk.gap, 1), chunk.lines)


def same(chunk: Chunk) -> Chunk:
    """As it was."""
    return chunk


def printed(made: Sequence[Chunk]) -> str:
    """The text of chunks."""
    return "".join("\n" * gap + "\n".join(lines) + "\n" for gap, lines in made)


def doubled(made: Sequence[Chunk]) -> str:
    """An empty line after each printed one."""
    return "".join("\n" * (2 * gap) + "\n\n".join(lines) + "\n\n" for gap, lines in made)


def set_in(made: Sequence[Chunk]) -> str:
    """Paragraphs known by their first line that is set in, without empty lines between."""
    known = [chunk.is_prose and not chunk.lines[0].startswith(" ") for chunk in made]
    text = "".join(("   " if prose else "") + "\n".join(chunk.lines) + "\n" for chunk, prose in zip(made[:1], known, strict=False))
    for (before, prose), chunk in zip(pairwise(known), made[1:], strict=True):
        text += "\n" * (0 if before and prose and chunk.gap == 1 else chunk.gap) + ("   " if prose else "") + "\n".join(chunk.lines) + "\n"
    return text


def typed(made: Sequence[Chunk]) -> str:
    """The marks of a typewriter."""
    return printed(made).translate({ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'", ord("—"): "--"})


DRESSES: Mapping[str, tuple[Callable[[Chunk], Chunk], Callable[[Sequence[Chunk]], str]]] = {
    "as it is": (same, printed),
    "double-spaced": (same, doubled),
    "unwrapped": (unwrapped, printed),
    "two measures": (rewrapped, printed),
    "even gaps": (even, printed),
    "set in": (same, set_in),
    "typewriter's marks": (same, typed),
}


def convert(dress: str, name: str, folder: Path) -> None:
    """The edition of a book in a dress, ``NAME.xml``; none where it could not be proved."""
    from tei_pipeline.pipeline import convert as run
    from tei_pipeline.source import read_source

    change, join = DRESSES[dress]
    text = join([change(chunk) for chunk in chunks(text_of(name).read_text("utf-8"))])
    (folder / f"{name}.xml").write_bytes(run(read_source(text.encode(), name), formats=()).xml)


def main() -> None:
    """Print the mean figures of each dress."""
    wanted = sys.argv[1:] or list(DRESSES)
    print(f"{'mean of five books':<22}" + "".join(f"{name:>8}" for name in MEASURES))
    for dress in wanted:
        with tempfile.TemporaryDirectory() as place, ProcessPoolExecutor() as pool:
            list(pool.map(convert, [dress] * len(BOOKS), BOOKS, [Path(place)] * len(BOOKS)))
            scored = score_books(list(BOOKS), Path(place), "").values()
        print(f"{dress:<22}" + "".join(f"{mean(scored, BOOKS, measure) or 0:>8.3f}" for measure in MEASURES.values()), flush=True)


if __name__ == "__main__":
    main()
