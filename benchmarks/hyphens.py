"""How many hyphens at line ends are told right, both ways: those of the line end, and those of the word.

    python benchmarks/hyphens.py [PAGES KEY]

PAGES is a book with words broken at its line ends, KEY the same book without line-end hyphens. Soft: each line end of PAGES that ends
with a hyphen in a word and whose word KEY writes in one must become a soft hyphen; where KEY has the hyphen it must stay. Hard: since
few books break their compounds at the hyphen, each compound inside a line of PAGES is also asked as if the line ended after its hyphen,
while its own place does not speak for it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from tei_pipeline import model
from tei_pipeline.inline.book import open_book
from tei_pipeline.inline.vocabulary import plain
from tei_pipeline.layout import measure
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
PAGES, KEY = SHARED / "pages" / "texts" / "burke_pages.txt", SHARED / "texts" / "burke.txt"
CONTEXTS = (40, 25, 60, 15)  # letters before a hyphen by which its place in the key is found, when they stand there once

_LETTER = re.compile(r"[^\W_]")
_LINE_END = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n")
_BROKEN = re.compile(r"[^\W\d_]-[ \t]*\r?\n\s*$")
_COMPOUND = re.compile(r"(?<![\w-])([^\W\d_]+(?:-[^\W\d_]+)*)-([^\W\d_]+)\b")


def soft_hyphens(node: Any) -> Iterator[model.SoftHyphen]:
    """All soft hyphens of a document or a part of it."""
    if isinstance(node, model.SoftHyphen):
        yield node
    if isinstance(node, tuple):
        for part in node:
            yield from soft_hyphens(part)
    elif isinstance(node, Struct):
        for field in node.__struct_fields__:
            if field not in ("source", "metadata", "spans", "why"):
                yield from soft_hyphens(getattr(node, field))


def expected(pages: str, key: str) -> dict[int, bool | None]:
    """For the offset of each line-end hyphen of ``pages`` whether it is soft; None where the key does not tell."""
    letters = [(match.group().lower(), match.start()) for match in _LETTER.finditer(key)]
    stream = "".join(letter for letter, _ in letters)
    found: dict[int, bool | None] = {}
    for end in _LINE_END.finditer(pages):
        before = "".join(_LETTER.findall(pages[max(0, end.start() - 400) : end.start()])).lower()
        found[end.start()] = None
        for size in CONTEXTS:
            place = stream.find(before[-size:])
            if place >= 0 and stream.find(before[-size:], place + 1) < 0:
                last = place + len(before[-size:]) - 1
                between = key[letters[last][1] + 1 : letters[last + 1][1]] if last + 1 < len(letters) else " "
                found[end.start()] = True if not between else False if between == "-" else None
                break
    return found


def compounds(pages: Path) -> tuple[int, int, list[str]]:
    """How many compounds keep their hyphen when their line is broken after it, of how many, and those that do not."""
    source = read_source(pages.read_bytes(), pages.stem)
    join = open_book(source, measure(source)).join
    words = join.vocabulary
    kept, asked, lost = 0, 0, []
    for match in _COMPOUND.finditer(source.text):
        if _BROKEN.search(source.text[max(0, match.start() - 40) : match.start()]):
            continue  # its first half stands in the line above
        word = plain(match.group())
        times = words.words.pop(word, 0)
        if times > 1:
            words.words[word] = times - 1
        words.forget()
        join.forget()
        asked += 1
        if join(match[1] + "-", match[2]).soft:
            lost.append(word)
        else:
            kept += 1
        words.words[word] = times
    return kept, asked, lost


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("pages", nargs="?", type=Path, default=PAGES)
    parser.add_argument("key", nargs="?", type=Path, default=KEY)
    options = parser.parse_args()
    for path in (options.pages, options.key):
        if not path.is_file():
            sys.exit(f"{path}: is not there; name a book with broken words and the same book without")
    source = read_source(options.pages.read_bytes(), options.pages.stem)
    key = read_source(options.key.read_bytes(), options.key.stem)
    answers = expected(source.text, key.text)
    made = {node.spans[0].start for node in soft_hyphens(recognise(source).document)}
    asked = {place: soft for place, soft in answers.items() if soft is not None}
    wrong = [place for place, soft in asked.items() if (place in made) != soft]
    print(f"{len(answers)} line ends with a hyphen in a word; the key tells {len(asked)}, {sum(asked.values())} of them soft")
    print(f"right: {len(asked) - len(wrong)} of {len(asked)} ({1 - len(wrong) / len(asked):.2%})")
    kept, total, lost = compounds(options.pages)
    print(f"compounds that keep their hyphen at a line end: {kept} of {total} ({kept / total:.2%})")
    print("wrong:", ", ".join(" ".join(source.text[place - 12 : place + 14].split()) for place in wrong[:40]))
    print("lost:", ", ".join(lost[:60]))


if __name__ == "__main__":
    main()
