"""Stanzas of invented verse: measures, indents, turned-over lines, refrains, numbers of lines and stanzas."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.invented.book import ASIDE, OVER, VERSE
from benchmarks.invented.words import DEEDS, KINDS, NAMES, THINGS, Words

MEASURE = 60  # columns: what is longer is turned over
NUMBER_AT = 64  # the column of a line's number


class Measured:
    """What makes the lines of verse of a book."""

    c: dict[str, str]
    chance: random.Random
    words: Words
    count = 0  # lines of this poem so far
    bare = ""  # the first line of the last stanza, without what is printed around it

    def note_on(self, line: str) -> str:
        """The line with a reference to a note."""
        raise NotImplementedError

    def lines(self, many: int) -> list[str]:
        """Lines of the book's measure, the last with a point."""
        one, found = self.words.one, []
        measure = self.c["measure"]
        for k in range(many):
            short = measure == "short" or (measure == "ballad" and k % 2) or (measure == "free" and self.chance.random() < 0.4)
            a, b, kind = one(THINGS), one(THINGS), one(KINDS)
            line = one(
                (
                    f"{one(('The', 'And the', 'O', 'No', 'So the'))} {kind} {a}",
                    f"{one(('I', 'We', 'They', 'She'))} {one(DEEDS)} the {a}",
                    f"{one(('When', 'Where', 'If', 'For'))} {one(NAMES)} {one(DEEDS)} the {a}",
                    f"{one(('In', 'Upon', 'Beneath', 'With'))} {one(('a', 'the'))} {kind} {a}",
                )
            )
            if not short:
                line += " " + one((f"by the {one(KINDS)} {b}", f"and the {b} of {one(NAMES)}", f"that {one(DEEDS)} every {b}"))
            if measure == "turned over" or (measure == "free" and self.chance.random() < 0.2):
                line += " " + one(("and never again", "till morning", "in the winter")) + f" {one(DEEDS)} the {one(THINGS)}"
            found.append(line + one((",", ",", ",", "", "", "", "", ";", ".", "!", ":")))
        found[-1] = found[-1].rstrip(",;:!.") + "."
        return found

    def indents(self, many: int) -> Sequence[int]:
        """How far each line of a stanza is set in."""
        kind = self.c["indents"]
        if self.c["stanza"] == "couplets":
            return [2 if kind == "first" and k % 2 == 0 else 0 for k in range(many)]
        return [
            {
                "alternate": 2 * (k % 2),
                "last": 4 if k == many - 1 else 0,
                "second half": 2 if k >= many / 2 else 0,
                "first": 2 if k == 0 else 0,
            }.get(kind, 0)
            for k in range(many)
        ]

    def stanza(self, size: int, k: int, refrain: str) -> list[str]:
        """The printed lines of the stanza number ``k``, each in the classes that stand on it."""
        c, at = self.c, int(self.c["set in"])
        said = self.lines(size)
        self.bare = said[0]
        if k == 0:
            said[0] = self.opened(said[0])
        steps = list(self.indents(size))
        if refrain and c["stanza"] not in ("unbroken", "couplets", "verse paragraphs", "sonnet 8+6"):
            said.append(f"_{refrain}_" if c["refrain"] == "italic" else refrain)
            steps.append(6 if c["refrain"] == "set in" else 0)
        printed = []
        for n, (line, step) in enumerate(zip(said, steps, strict=True)):
            self.count += 1
            set_in = " " * (at + step)
            if c["notes"] != "none" and self.chance.random() < 0.06:
                line = self.note_on(line)
            over = ""
            if c["measure"] in ("turned over", "free") and len(line) > MEASURE:
                cut = line.rindex(" ", 0, MEASURE)
                line, over = line[:cut], line[cut + 1 :]
            if n == 0 and c["numbered"] == "1. in line":
                line = f"{ASIDE}{k + 1}. {VERSE}{line}"
            printed.append(self.numbered(set_in + line))
            if over:
                printed.append(f"{set_in}      {OVER}{over}")
        return printed

    def opened(self, line: str) -> str:
        """The first line of a poem, as it opens."""
        kind = self.c["opening"]
        if kind == "quoted":
            return f'"{line}'
        many = {"WORD": 1, "TWO WORDS": 2}.get(kind, 0)
        words = line.split(" ")
        return " ".join([*(word.upper() for word in words[:many]), *words[many:]])

    def numbered(self, line: str) -> str:
        """The line with its number, where one is due."""
        style = self.c["line numbers"]
        every = {"5": 5, "20 left": 20}.get(style, 10)
        if style == "none" or self.count % every:
            return line
        if style == "20 left":
            bare = line.lstrip()
            return f"{ASIDE}{self.count} ".ljust(max(6, len(line) - len(bare))) + VERSE + bare
        number = f"[{self.count}]" if style == "[10]" else str(self.count)
        return f"{line.ljust(NUMBER_AT)}  {ASIDE}{number}"
