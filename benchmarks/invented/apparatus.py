"""What learned books set amid their text and behind it: lists, tables, chronologies; glossaries, bibliographies, indexes, errata."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.invented.book import Book
from benchmarks.invented.words import roman

BACK = (
    "readings", "lettered", "appendices", "glossary+index", "bibliography+index", "chronology+errata", "addenda+ads",
    "appendix+bibliography+index", "index",
)  # fmt: skip


class Apparatus(Book):
    """A book with lists, tables and what stands behind the text; a subclass knows how its notes are set."""

    collected: list[tuple[str, list[tuple[str, str, str]]]]  # the notes of chapters that stand at the end of the book

    @property
    def note_name(self) -> str:
        """How the notes are headed that are too long for the feet of pages."""
        return ("NOTE A.", "NOTE A, p. 12.", "Note A", "NOTE A.--Page 12.")[len(self.title) % 4]

    def paragraph(self, first: int = 0, number: int = 0) -> None:
        """One paragraph of text with its notes."""
        raise NotImplementedError

    def notes_due(self, where: str) -> None:
        """The notes that stand where a paragraph, a chapter or the book ends."""
        raise NotImplementedError

    def front_paragraph(self) -> None:
        """One paragraph without notes."""
        self.put(self.gaps[3], self.words.paragraph(3, speech=False))

    def amid(self) -> None:
        """What interrupts the text of a chapter."""
        kind, words, gap = self.c["amid"], self.words, self.gaps[3]
        if kind in ("list", "nested list"):
            for n in range(1, 5):
                self.put(gap if n == 1 else 0, [f"  {n}. {words.clause().capitalize()[:56]};"], "item")
                for letter in "abc" if kind == "nested list" else "":
                    self.put(0, [f"     ({letter}) {words.clause()[:48]};"], "item")
        elif kind == "propositions":
            for n in range(1, 4):
                text = f"({n}) {words.paragraph(1, speech=False)}"
                self.put(gap, self.set_in(text, 68, "    ", "        "), "item")
        elif kind in ("table", "ruled table"):
            rows = [
                f"  {words.one(words.places):<20}{self.chance.randint(100, 999):>10}{self.chance.randint(10, 99):>10}" for _ in range(5)
            ]
            ruled = kind == "ruled table"
            above = ["  " + "-" * 40, f"  {'':<20}{'1861.':>10}{'1871.':>10}", "  " + "-" * 40] if ruled else []
            self.put(gap, [*above, *rows, *(["  " + "-" * 40] if ruled else [])], "x")
        elif kind == "chronology":
            for k in range(4):
                self.put(0 if k else gap, [f"  {1500 + 20 * k + self.chance.randint(0, 19)}. {words.clause().capitalize()[:54]}."], "x")

    def alphabet(self) -> None:
        """A dictionary or encyclopaedia: letters, and below them entries."""
        things = sorted(self.chance.sample(list(self.words.things), 24))
        last = ""
        for thing in things:
            if thing[0] != last:
                if last:
                    self.notes_due("chapter")
                last = thing[0]
                self.entries.append((1, last.upper()))
                self.head(self.gaps[1], [last.upper() + "."], 1)
            if self.c["genre"] == "encyclopaedia":
                self.head(min(self.gaps[2], self.gaps[1] - 1), [thing.upper()], 2)
                for k in range(self.chance.randint(2, 3)):
                    self.paragraph(number=k + 1)
            else:
                text = f"{thing.upper()}, {self.words.clause()}. {self.words.paragraph(2, speech=False)}"
                self.put(self.gaps[3], self.referring(text, len(thing) + 2) if self.chance.random() < 0.2 else text)
                self.notes_due("paragraph")
        self.notes_due("chapter")

    def print_notes(self, waiting: Sequence[tuple[str, str, str]]) -> None:
        """Notes, one after the other."""
        raise NotImplementedError

    def referring(self, text: str, after: int) -> str:
        """The text with references to notes."""
        raise NotImplementedError

    # -- behind the text

    def back(self) -> None:
        """What closes the book."""
        c = self.c
        if c["standing"] == "book" and self.waiting:
            self.entries.append((1, "NOTES"))
            self.head(self.gaps[1], ["NOTES"], 1)
            self.notes_due("book")
        if c["standing"] == "book by chapters" and self.collected:
            self.entries.append((1, "NOTES"))
            self.head(self.gaps[1], ["NOTES"], 1)
            for name, waiting in self.collected:
                self.head(self.gaps[2] or 1, [name], 2)
                self.print_notes(waiting)
        for kind in () if c["back"] == "none" else c["back"].split("+"):
            getattr(self, f"_{kind}")()

    def _opening(self, name: str) -> None:
        self.entries.append((1, name))
        self.head(self.gaps[1], [name + self.chance.choice(("", "."))], 1)

    def _appendix(self) -> None:
        self._opening("APPENDIX")
        for _ in range(3):
            self.front_paragraph()

    def _appendices(self) -> None:
        for n in range(1, 4):
            name = self.chance.choice((f"APPENDIX {roman(n)}", f"APPENDIX {chr(64 + n)}"))
            title = self.words.title()
            self.entries.append((1, f"{name}. {title}"))
            self.head(self.gaps[1], [name, title.upper()], 1, apart=self.c["title"].endswith("apart"))
            for _ in range(3):
                self.front_paragraph()

    def _lettered(self) -> None:
        self._opening("NOTES")
        for n in range(1, 4):
            self.head(self.gaps[2] or 1, [self.note_name.replace("A", chr(64 + n)).replace("12", str(12 * n))], 2)
            for _ in range(2):
                self.front_paragraph()

    def _readings(self) -> None:
        self._opening("VARIOUS READINGS")
        for k in range(10):
            a, b, c = (self.words.one(self.words.things) for _ in range(3))
            self.put(0 if k else self.gaps[2] + 1, [f"P. {3 * k + 2}, l. {2 * k + 5}. _{a}_] {b} _A_; {c} _B_."], "x")

    def _glossary(self) -> None:
        self._opening("GLOSSARY")
        for k, thing in enumerate(sorted(self.chance.sample(list(self.words.things), 12))):
            self.put(0 if k else self.gaps[2] + 1, [f"{thing.capitalize()}, {self.words.clause()[:50]}."], "x")

    def _bibliography(self) -> None:
        self._opening("BIBLIOGRAPHY")
        words = self.words
        for k, name in enumerate(sorted(self.chance.sample(list(words.names), 10))):
            printed = f"{words.one(words.places)}, {self.chance.randint(1800, 1899)}."
            text = f"{name.upper()}, {words.one(words.names)[0]}. _{words.title()}._ {printed}"
            self.put(0 if k else self.gaps[2] + 1, [text], "x")

    def _chronology(self) -> None:
        self._opening("CHRONOLOGICAL TABLE")
        for k in range(12):
            self.put(0 if k else self.gaps[2] + 1, [f"{1700 + 9 * k}    {self.words.clause().capitalize()[:60]}."], "x")

    def _errata(self) -> None:
        self._opening("ERRATA")
        for k in range(5):
            a, b = self.words.one(self.words.things), self.words.one(self.words.things)
            self.put(0 if k else self.gaps[2] + 1, [f"Page {12 + 31 * k}, line {3 + k}, for _{a}_ read _{b}_."], "x")

    def _addenda(self) -> None:
        self._opening("ADDENDA")
        for k in range(4):
            self.put(self.gaps[3], f"Page {12 + 31 * k}.--{self.words.paragraph(2, speech=False)}")

    def _ads(self) -> None:
        self.put(self.gaps[1], [self.chance.choice(("BY THE SAME AUTHOR", "WORKS BY THE SAME AUTHOR."))], "x")
        for _ in range(3):
            self.put(1, [f"{self.words.title().upper()}. Crown 8vo, 6s."], "x")
            self.put(1, [f'"{self.words.sentence()}"--_{self.words.one(self.words.places)} Gazette_.'], "x")

    def _index(self) -> None:
        self._opening("INDEX")
        words, style, last = self.words, self.c["index"], ""
        for k, name in enumerate(sorted({*words.names, *words.places})):
            if style == "letters" and name[0] != last:
                last = name[0]
                self.put(1, [last], "x", sub="index")
            page = self.chance.randint(1, 90)
            self.put(
                0 if k and style != "letters" else 1,
                [f"{name}, {words.matter()}, {page}, {page + self.chance.randint(1, 99)}"],
                "x",
                sub="index",
            )
            if style == "sub-entries" and self.chance.random() < 0.5:
                for _ in range(2):
                    self.put(0, [f"  {words.matter()}, {page + self.chance.randint(1, 99)};"], "x", sub="index")
            if style == "see" and self.chance.random() < 0.3:
                self.put(0, [f"{words.one(words.things).capitalize()}. _See_ {name}"], "x", sub="index")
