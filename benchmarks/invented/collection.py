"""Volumes of several works: stories, essays, speeches, each with its title, its author or date, chapters of its own or none."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from benchmarks.invented.book import Book
from benchmarks.invented.conventions import PROSE, TITLES
from benchmarks.invented.words import CARDINALS, MONTHS, NAMES, PLACES, roman

COLLECTION: dict[str, tuple[str, ...]] = {
    **{name: PROSE[name] for name in ("header", "titlepage", "halftitle", "contents", "front", "place", "gaps", "paragraphs", "inside")},
    "groups": ("none", "none", "none", "titles", "part", "part-titled", "roman-titled", "kinds"),
    "piece": ("CAPS", "CAPS.", "Title", "_Title_", "I. CAPS", "I. Title", "I + caps", "I. + title", "NO. I. + caps", "caps-two-lines"),
    "below": ("none", "none", "byline", "byline-caps", "year", "dateline", "subtitle", "to", "motto", "delivered", "byline+year"),
    "own-leaf": ("none", "none", "title twice", "title page"),
    "chapters": ("none", "none", "I", "I.", "1.", "CHAPTER I", "CHAPTER I + title", "I. Title", "CHAPTER ONE", "_Title_", "stars", "Title"),
    "which": ("all", "some", "some"),
    "ends": ("none", "none", "place-date", "initials", "source", "name", "end of"),
    "notes": ("none", "none", "bracket-chapter", "bracket-end", "footnote-after", "star-after"),
    "back": ("none", "end", "note", "index"),
}
SUBTITLES = ("A TALE", "A SKETCH OF THE NORTH", "AN ESSAY IN THREE PARTS", "A TRUE STORY", "A STUDY")
KINDS = ("ESSAYS", "SPEECHES", "TALES", "SKETCHES")
REVIEWS = ("Northern Review", "Weekly Lantern", "Harbour Magazine")


class Collection(Book):
    """A volume of several works."""

    conventions = COLLECTION

    def __init__(self, seed: int, fixed: Mapping[str, str]) -> None:
        self.piece_number = 0
        super().__init__(seed, fixed)

    def body(self) -> None:
        """Groups of works, or works alone."""
        groups = self.c["groups"]
        if groups == "none":
            for _ in range(self.chance.randint(5, 10)):
                self.piece(1)
            return
        for n in range(1, self.chance.randint(2, 4) + 1):
            title = KINDS[n - 1] if groups == "kinds" else self.words.title().upper()
            if groups in ("titles", "kinds"):
                lines = [title]
            elif groups == "roman-titled":
                lines = [f"{roman(n)}. {title}"]
            else:
                lines = [f"PART {roman(n)}"] + ([title] if groups == "part-titled" else [])
            self.entries.append((1, ". ".join(lines)))
            self.head(self.gaps[0], lines, 1, apart=self.chance.random() < 0.5)
            for _ in range(self.chance.randint(3, 5)):
                self.piece(2)

    def piece(self, level: int) -> None:
        """One work."""
        c = self.c
        self.piece_number += 1
        n, title = self.piece_number, self.words.title()
        shape, _, second = c["piece"].partition(" + ")
        lines = {
            "CAPS": [title.upper()],
            "CAPS.": [title.upper() + "."],
            "Title": [title],
            "_Title_": [f"_{title}_"],
            "I. CAPS": [f"{roman(n)}. {title.upper()}"],
            "I. Title": [f"{roman(n)}. {title}"],
            "I": [roman(n)],
            "I.": [f"{roman(n)}."],
            "NO. I.": [f"NO. {roman(n)}."],
            "caps-two-lines": [title.upper() + ":", "OR, " + self.words.title().upper()],
        }[shape] + ([TITLES[second](title)] if second else [])
        self.entries.append((level, " ".join(lines).replace("_", "")))
        if c["own-leaf"] == "title twice":
            self.put(self.gaps[1], lines, "x", sub="leaf")
        elif c["own-leaf"] == "title page":
            self.put(self.gaps[1], [title.upper()], "x", sub="leaf")
            self.put(2, ["BY", f"{self.words.one(NAMES).upper()} {self.words.one(PLACES).upper()}"], "x", sub="leaf")
        self.head(self.gaps[1], lines, level, apart=bool(second) and self.chance.random() < 0.5)
        self.below()
        chaptered = c["chapters"] != "none" and (c["which"] == "all" or self.chance.random() < 0.6)
        if not chaptered:
            self.prose(self.chance.randint(4, 8), first=self.gaps[2], amid=c["inside"])
        elif c["chapters"] == "stars":
            for k in range(self.chance.randint(2, 4)):
                if k:
                    self.put(1, ["       *       *       *       *       *"], "x")
                self.prose(self.chance.randint(2, 4), first=self.gaps[2] if k == 0 else 1)
        else:
            for k in range(1, self.chance.randint(3, 5) + 1):
                self.chapter(k, level + 1)
                self.prose(self.chance.randint(2, 5))
        self.ends(title)
        self.notes_of_chapter()

    def below(self) -> None:
        """What stands between the title of a work and its text."""
        name = f"{self.words.one(NAMES)} {self.words.one(PLACES)}"
        year = self.chance.randint(1840, 1899)
        date = f"{self.words.one(PLACES)}, {self.words.one(MONTHS)} {self.chance.randint(1, 28)}, {year}"
        for kind in self.c["below"].split("+"):
            if kind == "byline":
                self.put(1, [f"By {name}"], "x")
            elif kind == "byline-caps":
                self.put(1, [f"BY {name.upper()}."], "x")
            elif kind == "year":
                self.put(1, [f"({year})"], "x")
            elif kind == "dateline":
                self.put(1, [(date + ".").rjust(70)], "p", sub="dateline")
            elif kind == "subtitle":
                self.put(1, [self.words.one(SUBTITLES)], "x")
            elif kind == "to":
                self.put(1, [f"_To {name}_"], "x")
            elif kind == "motto":
                lines = textwrap.wrap(f'"{self.words.sentence()}"', 60, initial_indent=" " * 8, subsequent_indent=" " * 8)
                self.put(1, lines, "quote")
            elif kind == "delivered":
                self.put(1, [f"[A speech delivered at {date}.]"], "x")

    def chapter(self, k: int, level: int) -> None:
        """The heading of a chapter inside a work."""
        title = self.words.title()
        lines = {
            "I": [roman(k)],
            "I.": [f"{roman(k)}."],
            "1.": [f"{k}."],
            "CHAPTER I": [f"CHAPTER {roman(k)}"],
            "CHAPTER I + title": [f"CHAPTER {roman(k)}", title.upper()],
            "I. Title": [f"{roman(k)}. {title}"],
            "CHAPTER ONE": [f"CHAPTER {CARDINALS[k - 1].upper()}"],
            "_Title_": [f"_{title}_"],
            "Title": [title],
        }[self.c["chapters"]]
        self.head(max(1, self.gaps[2]), lines, level)

    def ends(self, title: str) -> None:
        """What stands below the text of a work."""
        kind, year = self.c["ends"], self.chance.randint(1840, 1899)
        name = f"{self.words.one(NAMES)} {self.words.one(PLACES)}"
        if kind == "place-date":
            self.put(1, [f"  {self.words.one(PLACES)}, {self.words.one(MONTHS)}, {year}."], "x")
        elif kind == "initials":
            self.put(1, [f"{name[0]}. {name.split()[1][0]}.".rjust(66)], "x")
        elif kind == "source":
            self.put(1, [f"(_{self.words.one(REVIEWS)}_, {self.words.one(MONTHS)} {year}.)"], "x")
        elif kind == "name":
            self.put(1, [f"{name.upper()}.".rjust(66)], "x")
        elif kind == "end of":
            self.put(2, [f'END OF "{title.upper()}"'.center(72).rstrip()], "x")
