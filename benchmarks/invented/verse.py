"""Verse: collections of poems in groups or none, poems known by numbers alone, long poems in cantos or books."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from benchmarks.invented.book import Book
from benchmarks.invented.conventions import PROSE, TITLES
from benchmarks.invented.stanzas import Measured
from benchmarks.invented.words import MONTHS, NAMES, ORDINALS, PLACES, roman

CANTOS: dict[str, Callable[[int], str]] = {
    "CANTO I": lambda n: f"CANTO {roman(n)}",
    "CANTO I.": lambda n: f"CANTO {roman(n)}.",
    "Canto I.": lambda n: f"Canto {roman(n)}.",
    "CANTO THE FIRST.": lambda n: f"CANTO THE {ORDINALS[n - 1].upper()}.",
    "CANTO FIRST.": lambda n: f"CANTO {ORDINALS[n - 1].upper()}.",
    "FIRST CANTO": lambda n: f"{ORDINALS[n - 1].upper()} CANTO",
    "BOOK I": lambda n: f"BOOK {roman(n)}",
    "BOOK I.": lambda n: f"BOOK {roman(n)}.",
    "BOOK THE FIRST": lambda n: f"BOOK THE {ORDINALS[n - 1].upper()}",
    "THE FIRST BOOK": lambda n: f"THE {ORDINALS[n - 1].upper()} BOOK",
    "PART I.": lambda n: f"PART {roman(n)}.",
    "Part the First.": lambda n: f"Part the {ORDINALS[n - 1]}.",
    "I": roman,
    "I.": lambda n: f"{roman(n)}.",
}
NUMBERS: dict[str, Callable[[int], str]] = {  # poems that have no title
    "I": roman,
    "I.": lambda n: f"{roman(n)}.",
    "1": str,
    "1.": lambda n: f"{n}.",
    "SONNET I": lambda n: f"SONNET {roman(n)}",
    "SONNET I.": lambda n: f"SONNET {roman(n)}.",
    "Sonnet 1.": lambda n: f"Sonnet {n}.",
    "HYMN 1.": lambda n: f"HYMN {n}.",
    "PSALM I.": lambda n: f"PSALM {roman(n)}.",
    "NO. I.": lambda n: f"NO. {roman(n)}.",
}
POEMS: dict[str, Callable[[int, str], list[str]]] = {
    "CAPS": lambda _, title: [title.upper()],
    "CAPS.": lambda _, title: [title.upper() + "."],
    "Title": lambda _, title: [title],
    "Title.": lambda _, title: [title + "."],
    "_Title_": lambda _, title: [f"_{title}_"],
    "_CAPS_": lambda _, title: [f"_{title.upper()}_"],
    "I. CAPS": lambda n, title: [f"{roman(n)}. {title.upper()}"],
    "I. Title": lambda n, title: [f"{roman(n)}. {title}"],
    "I.--CAPS": lambda n, title: [f"{roman(n)}.--{title.upper()}"],
    "1. Title": lambda n, title: [f"{n}. {title}"],
    "I + caps": lambda n, title: [roman(n), title.upper()],
    "I. + title": lambda n, title: [f"{roman(n)}.", title],
    "I. + italic": lambda n, title: [f"{roman(n)}.", f"_{title}_"],
    "NO. I. + caps": lambda n, title: [f"NO. {roman(n)}.", title.upper()],
    "CAPS; + OR": lambda _, title: [f"{title.upper()};", "OR, THE WINTER MARKET."],
}
PARTS: dict[str, Callable[[int, str], str]] = {
    "I": lambda n, _: roman(n),
    "I.": lambda n, _: f"{roman(n)}.",
    "1": lambda n, _: str(n),
    "1.": lambda n, _: f"{n}.",
    "PART I.": lambda n, _: f"PART {roman(n)}.",
    "I. Title": lambda n, title: f"{roman(n)}. {title}",
    "Title": lambda _, title: title,
    "_Title_": lambda _, title: f"_{title}_",
}
GROUPS: dict[str, Callable[[int, str], list[str]]] = {
    "CAPS": lambda _, title: [title.upper()],
    "BOOK I": lambda n, _: [f"BOOK {roman(n)}"],
    "BOOK I. + caps": lambda n, title: [f"BOOK {roman(n)}.", title.upper()],
    "PART I. CAPS": lambda n, title: [f"PART {roman(n)}. {title.upper()}"],
    "I. CAPS": lambda n, title: [f"{roman(n)}. {title.upper()}"],
    "KINDS": lambda n, _: [("SONNETS", "BALLADS AND SONGS", "ODES", "EARLY POEMS")[n - 1]],
    "KINDS.": lambda n, _: [("LYRICS.", "SONNETS.", "NARRATIVE POEMS.", "TRANSLATIONS.")[n - 1]],
    "Title": lambda _, title: [title],
}
VERSES: dict[str, tuple[str, ...]] = {
    **{name: PROSE[name] for name in ("header", "titlepage", "halftitle", "contents", "front", "gaps")},
    "place": ("left", "left", "centred", "tab", "set in"),
    "paragraphs": ("blank", "blank", "blank+indent", "unwrapped"),
    "volume": ("poems", "poems", "groups", "groups", "numbers", "long", "long", "long and poems", "poems and long"),
    "group": tuple(GROUPS),
    "poem": tuple(POEMS),
    "number": tuple(NUMBERS),
    "canto": tuple(CANTOS),
    "canto title": ("none", "none", "caps", "title", "italic"),
    "argument": ("none", "none", "prose", "headed", "italic", "in brackets"),
    "below": ("none", "none", "to", "_to_", "TO", "subtitle", "(subtitle)", "motto", "motto in verse", "year", "prose", "tune"),
    "parts": ("none", "none", "none", "stars", *PARTS),
    "stanza": ("4", "4", "6", "8", "3", "2", "9", "song", "sonnet 8+6", "unbroken", "unbroken", "couplets", "verse paragraphs"),
    "numbered": ("none", "none", "none", "I", "I.", "1.", "1. in line"),
    "measure": ("short", "short", "long", "ballad", "turned over", "free"),
    "indents": ("flush", "flush", "alternate", "last", "second half", "first"),
    "set in": ("0", "0", "2", "4", "6", "10"),
    "line numbers": ("none", "none", "none", "5", "10", "[10]", "20 left"),
    "refrain": ("none", "none", "plain", "italic", "set in"),
    "opening": ("plain", "plain", "WORD", "TWO WORDS", "quoted"),
    "notes": ("none", "none", "bracket-after", "bracket-end", "footnote-after", "star-after", "dagger-after", "letter-after"),
    "ends": ("none", "none", "place-date", "_date_", "initials", "source", "year", "prose note"),
    "back": ("none", "end", "first lines", "titles", "notes", "note", "notes by title"),
}


class Verse(Measured, Book):
    """A volume of poems or a long poem."""

    conventions = VERSES

    def agree(self) -> None:
        """Numbers of one look do not stand at two depths; what is unbroken has no numbered stanzas."""
        c = self.c
        if c["volume"] == "numbers":
            c["back"] = "none" if c["back"] == "titles" else c["back"]
            if c["number"] in ("I", "I.", "1", "1."):
                c["parts"] = "none"
                c["numbered"] = "none"
        if c["volume"] in ("long", "long and poems", "poems and long"):
            if c["canto"] in ("I", "I."):
                c["numbered"] = c["parts"] = "none"
            c["parts"] = "none" if c["parts"] in ("PART I.", "Title") else c["parts"]
            c["argument"] = "none" if c["canto"] in ("I", "I.") else c["argument"]
            if c["volume"] == "long and poems" and c["poem"][0] in "I1N":  # what is counted below the last canto may be its parts
                c["poem"] = "CAPS"
        else:
            c["argument"] = "none"
        if c["volume"] == "groups":
            if c["group"] == "Title":  # told from the titles of poems by nothing but their place
                c["group"] = "CAPS"
            if c["group"] == "CAPS" and c["poem"].startswith("CAPS"):
                c["group"] = "KINDS"
            if c["group"].startswith("I") and c["poem"].startswith("I"):
                c["poem"] = "Title"
        if c["poem"] in ("Title", "Title.") and c["parts"] == "Title":
            c["poem"] = "CAPS"
        if c["poem"] == "_Title_" and c["parts"] == "_Title_":
            c["parts"] = "Title"
        if c["poem"].startswith("I") and c["parts"].startswith("I"):
            c["parts"] = "stars"
        if c["poem"].startswith("1") and c["numbered"].startswith("1"):
            c["numbered"] = "none"
        if c["poem"].startswith("1") and c["parts"].startswith("1"):
            c["parts"] = "none"
        if c["stanza"] in ("unbroken", "couplets", "verse paragraphs", "sonnet 8+6") or c["parts"] not in ("none", "stars", "PART I."):
            c["numbered"] = "none"
        if c["numbered"].startswith("I") and c["poem"].startswith("I"):
            c["numbered"] = "1."
        if c["stanza"] == "2":
            c["refrain"] = "none"
        if c["place"] == "set in" and int(c["set in"]) >= 4:
            c["set in"] = "2"

    def head(self, gap: int, lines: list[str], level: int, apart: bool = False) -> None:
        """A heading, set in far where poems' titles are."""
        if self.c["place"] == "set in":
            lines = [" " * 12 + line for line in lines]
        super().head(gap, lines, level, apart)

    # -- the whole

    def body(self) -> None:
        """Poems, groups of them, numbers, cantos."""
        volume = self.c["volume"]
        self.first_lines: list[str] = []
        self.told: list[str] = []  # titles of poems
        if volume in ("long", "long and poems"):
            self.long(volume != "long")
        if volume == "groups":
            for n in range(1, self.chance.randint(2, 4) + 1):
                lines = GROUPS[self.c["group"]](n, self.words.title())
                self.entries.append((1, " ".join(lines)))
                self.head(self.gaps[0], lines, 1, apart=self.chance.random() < 0.5)
                for k in range(self.chance.randint(3, 5)):
                    self.poem(k + 1, 2)
        elif volume != "long":
            for n in range(self.chance.randint(6, 12)):
                if volume == "numbers":
                    self.poem(n + 1, 1, numbered=True)
                else:
                    self.poem(n + 1, 1)
        if volume == "poems and long":
            self.long(True)

    def long(self, titled: bool) -> None:
        """A poem in cantos."""
        c, level = self.c, 1
        if titled:
            title = self.words.title()
            self.entries.append((1, title.upper()))
            self.head(self.gaps[0], [title.upper() + ("." if c["poem"] == "CAPS." else "")], 1)
            level = 2
        for n in range(1, self.chance.randint(3, 5) + 1):
            lines = [CANTOS[c["canto"]](n)]
            if c["canto title"] != "none":
                lines.append(TITLES[c["canto title"]](self.words.title()))
            self.entries.append((level, " ".join(lines).replace("_", "")))
            self.head(self.gaps[1], lines, level, apart=self.chance.random() < 0.3)
            self.argument()
            self.verses(level, long=True)
            self.due("poem")

    def argument(self) -> None:
        """What happens in a canto, told in prose above it."""
        kind = self.c["argument"]
        text = self.words.paragraph(3, speech=False)
        if kind == "headed":
            self.put(1, ["THE ARGUMENT."], "x")
        if kind in ("prose", "headed"):
            self.put(max(1, self.gaps[3]), text, "x", width=66)
        elif kind != "none":
            text = f"_{text}_" if kind == "italic" else f"[{text}]"
            self.put(1, textwrap.wrap(text, 60, initial_indent="  ", subsequent_indent="  "), "x")

    def poem(self, n: int, level: int, numbered: bool = False) -> None:
        """One poem with what stands above and below its verses."""
        c, title = self.c, self.words.title()
        lines = [NUMBERS[c["number"]](n)] if numbered else POEMS[c["poem"]](n, title)
        self.told.append(title)
        self.entries.append((level, " ".join(lines).replace("_", "")))
        self.head(self.gaps[1], lines, level, apart=self.chance.random() < 0.3)
        if not numbered or c["below"] in ("motto", "_to_", "year"):
            self.below()
        self.verses(level)
        self.ends()
        self.due("poem")

    # -- around the verses

    def below(self) -> None:
        """What stands between a title and the verses."""
        kind, words = self.c["below"], self.words
        if kind == "none" or (kind not in ("year", "tune") and self.chance.random() < 0.4):
            return
        name = f"{words.one(NAMES)} {words.one(PLACES)}"
        if kind in ("motto", "motto in verse"):
            if kind == "motto":
                lines = textwrap.wrap(f'"{words.sentence()}"', 54, initial_indent=" " * 12, subsequent_indent=" " * 12)
                self.put(1, lines, "quote")
            else:
                self.put(1, [" " * 14 + line for line in self.lines(2)], "l")
            self.put(0, [f"--{words.one(NAMES).upper()}.".rjust(60)], "x")
        elif kind == "prose":
            self.put(max(1, self.gaps[3]), words.paragraph(3, speech=False), "p")
        else:
            line = {
                "to": f"To {name}",
                "_to_": f"_To {name}_",
                "TO": f"TO {name.upper()}.",
                "subtitle": f"A BALLAD OF {words.one(PLACES).upper()}.",
                "(subtitle)": f"(FROM THE {words.one(PLACES).upper()} PAPERS)",
                "year": f"({self.chance.randint(1840, 1899)})",
                "tune": f'AIR--"_{words.title()}._"',
            }[kind]
            place = self.c["place"]
            self.put(1, [line.center(72).rstrip() if place == "centred" else " " * 14 + line if place == "set in" else line], "x")

    def ends(self) -> None:
        """What stands below the verses."""
        kind, words, year = self.c["ends"], self.words, self.chance.randint(1840, 1899)
        place, month = words.one(PLACES), words.one(MONTHS)
        if kind == "prose note":
            if self.chance.random() < 0.4:
                self.put(max(2, self.gaps[3]), f"NOTE.--{words.paragraph(3, speech=False)}")
        elif kind != "none" and self.chance.random() < 0.7:
            line = {
                "place-date": f"  {place}, {month}, {year}.",
                "_date_": f"_{month} {self.chance.randint(1, 28)}, {year}_",
                "initials": f"{words.one(NAMES)[0]}. {place[0]}.".rjust(50),
                "source": f"--_{place} Magazine._".rjust(50),
                "year": f"{year}.",
            }[kind]
            self.put(1, [line], "x")

    # -- the verses

    def verses(self, level: int, long: bool = False) -> None:
        """The text of a poem, in its parts."""
        parts = self.c["parts"]
        self.count = 0
        if parts == "none" or (not long and self.chance.random() < 0.4):
            self.stanzas(self.chance.randint(6, 9) if long else self.chance.randint(2, 6), first=max(1, self.gaps[2]))
            return
        for k in range(1, self.chance.randint(2, 4) + 1):
            if parts == "stars":
                if k > 1:
                    self.put(1, ["       *       *       *       *       *"], "x")
            else:
                self.head(max(1, self.gaps[2]), [PARTS[parts](k, self.words.title())], level + 1)
            self.stanzas(self.chance.randint(2, 4), first=1)

    def stanzas(self, many: int, first: int) -> None:
        """Stanzas, each by the form of the book."""
        c = self.c
        refrain = self.lines(1)[0] if c["refrain"] != "none" else ""
        shape = c["stanza"]
        for k in range(many):
            if shape in ("unbroken", "couplets") and k:
                gap = 0
            else:
                gap = first if k == 0 else 1
            if shape == "sonnet 8+6":
                if k > 1:
                    break
                size = 6 if k else 8
            elif shape in ("unbroken", "couplets", "verse paragraphs"):
                size = self.chance.choice((6, 8, 12))
            else:
                size = 7 if shape == "song" else int(shape)
            if k == 0:
                self.first_lines.append("")
            if c["numbered"] not in ("none", "1. in line"):
                number = {"I": roman(k + 1), "I.": f"{roman(k + 1)}.", "1.": f"{k + 1}."}[c["numbered"]]
                self.put(gap, [" " * (int(c["set in"]) + 12) + number], "x")
                gap = 1
            lines = self.stanza(size, k, refrain)
            if k == 0:
                self.first_lines[-1] = self.bare
            self.put(gap, lines, "l")
        self.due("stanza")

    # -- notes

    def noted(self, text: str) -> tuple[str, bool]:
        """Prose around the verses has no notes."""
        return text, False

    def note_on(self, line: str) -> str:
        """The line with a reference after its last word."""
        self.notes += 1
        style, key, said = self.c["notes"], str(self.notes), self.words.sentence()
        here = len(self.waiting)
        mark = {
            "star-after": "*" * (here % 4 + 1),
            "dagger-after": "*†‡§"[here % 4],
            "letter-after": f"[{chr(64 + (self.notes - 1) % 26 + 1)}]",
        }.get(style, f"[{key}]")
        shown = f"[Footnote {key}: {said}]" if style == "footnote-after" else f"{mark} {said}"
        self.waiting.append((key, shown, said))
        return line + self.refer(mark, key)

    def due(self, where: str) -> None:
        """The notes that stand below a poem."""
        if where == "poem" and self.c["notes"].endswith("after"):
            for key, shown, said in self.waiting:
                self.put(max(1, self.gaps[3]), shown, "note", note=key, said=said)
            self.waiting.clear()

    # -- behind the verses

    def back(self) -> None:
        """What closes the book: indexes and notes."""
        kind = self.c["back"]
        if kind in ("first lines", "titles"):
            name = "INDEX OF FIRST LINES" if kind == "first lines" else "INDEX OF TITLES"
            self.entries.append((1, name))
            self.head(self.gaps[1], [name], 1)
            for k, line in enumerate(sorted(filter(None, self.first_lines if kind == "first lines" else self.told))):
                self.put(0 if k else max(1, self.gaps[2]), [f"{line.rstrip(',;.')}, {self.chance.randint(1, 200)}"], "x", sub="index")
            self.c["back"] = "none"
        elif kind.startswith("notes"):
            self.entries.append((1, "NOTES"))
            self.head(self.gaps[1], ["NOTES"], 1)
            for title in self.told[:4] if kind == "notes by title" else ("",):
                if title:
                    self.head(max(1, self.gaps[2]), [title.upper()], 2)
                for k in range(3 if title else 6):
                    text = f"Line {4 + 7 * k}. {self.words.paragraph(2, speech=False)}"
                    self.put(max(1, self.gaps[3]), text)
            self.c["back"] = "none"
        super().back()
        self.c["back"] = kind
