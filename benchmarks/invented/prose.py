"""Books of prose: parts, chapters and sections, with what stands below their headings and amid their text."""

from __future__ import annotations

import textwrap

from benchmarks.invented.book import Book
from benchmarks.invented.conventions import CHAPTERS, PROSE, TITLES
from benchmarks.invented.words import roman


class Prose(Book):
    """A book of prose."""

    conventions = PROSE

    def body(self) -> None:
        """Parts with chapters, or chapters alone."""
        for number, level in self.counted(4, (3, 6), (6, 12)):
            self.chapter(number, level, self.c["section"] != "none")

    def chapter(self, n: int, level: int, sections: bool) -> None:
        """A heading, what stands below it, and the text."""
        c, title = self.c, self.words.title()
        lines = self.chapter_lines(n, title)
        self.entries.append((level, " ".join(lines).replace("_", "")))
        self.head(self.gaps[1], lines, level, apart=c["title"].endswith("apart"))
        self.below()
        if sections:
            if self.chance.random() < 0.5:
                self.prose(self.chance.randint(1, 2))
            for k in range(1, self.chance.randint(2, 4) + 1):
                self.section(k, level + 1)
                self.prose(self.chance.randint(2, 3))
        else:
            self.prose(self.chance.randint(3, 6), amid=self.c["inside"])
        self.notes_of_chapter()

    def chapter_lines(self, n: int, title: str) -> list[str]:
        """The lines of a chapter's heading."""
        style = self.c["title"]
        lines = [CHAPTERS[self.c["chapter"]](n, title)]
        if "itle" not in self.c["chapter"].lower() and style != "none":
            lines.append(TITLES[style.split("-")[0]](title))
        return lines

    def section(self, k: int, level: int) -> None:
        """The heading of a section."""
        title = self.words.title()
        text = {
            "roman": roman(k) + ".",
            "arabic": f"{k}.",
            "caps": title.upper(),
            "title": title,
            "italic": f"_{title}_",
            "§": f"§ {k}. {title}",
        }[self.c["section"]]
        self.head(max(1, self.gaps[2]), [text], level)

    def below(self) -> None:
        """What stands between the heading of a chapter and its text."""
        kind = self.c["below"]
        if kind == "epigraph":
            self.put(1, textwrap.wrap(f'"{self.words.sentence()}"', 60, initial_indent=" " * 8, subsequent_indent=" " * 8), "quote")
            self.put(0, [f"--{self.words.one(self.words.names).upper()}.".rjust(64)], "x")
        elif kind == "epigraph-verse":
            self.put(1, [" " * 10 + line for line in self.words.verse(4)], "l")
            self.put(0, [f"--{self.words.one(self.words.names).upper()}.".rjust(60)], "x")
        elif kind == "argument":
            text = "--".join(self.words.title() for _ in range(5)) + "."
            self.put(1, textwrap.wrap(text, 66, initial_indent="   ", subsequent_indent="   "), "x")
        elif kind == "dateline":
            self.put(
                1,
                [f"{self.words.one(self.words.places)}, {self.words.one(self.words.months)} {self.chance.randint(1, 28)}, 1871.".rjust(70)],
                "p",
                sub="dateline",
            )
