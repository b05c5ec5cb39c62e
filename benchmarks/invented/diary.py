"""Diaries: entries dated in their first line or above it, under years, months, chapters or nothing."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.invented.book import Book
from benchmarks.invented.conventions import PROSE
from benchmarks.invented.words import MONTHS, roman

RUN_IN: dict[str, Callable[[str, int, str], str]] = {  # month, day, day of the week
    "_Jan. 3._--": lambda m, d, w: f"_{m[:3]}. {d}._--",
    "_January 3d._--": lambda m, d, w: f"_{m} {d}th._--",
    "January 3.--": lambda m, d, w: f"{m} {d}.--",
    "JAN. 3.--": lambda m, d, w: f"{m[:3].upper()}. {d}.--",
    "_Monday, January 3rd._ ": lambda m, d, w: f"_{w}, {m} {d}th._ ",
    "_January 3._ ": lambda m, d, w: f"_{m} {d}._ ",
    "3d.--": lambda m, d, w: f"{d}th.--",
    "January 3, 1871. ": lambda m, d, w: f"{m} {d}, 1871. ",
}
ABOVE: dict[str, Callable[[str, int, str], str]] = {
    "January 3.": lambda m, d, w: f"{m} {d}.",
    "_January 3._": lambda m, d, w: f"_{m} {d}._",
    "JANUARY 3.": lambda m, d, w: f"{m.upper()} {d}.",
    "Monday, January 3.": lambda m, d, w: f"{w}, {m} {d}.",
    "_Monday, 3rd January._": lambda m, d, w: f"_{w}, {d}th {m}._",
    "January 3, 1871.": lambda m, d, w: f"{m} {d}, 1871.",
    "3 January": lambda m, d, w: f"{d} {m}",
}
DIARY: dict[str, tuple[str, ...]] = {
    **{name: PROSE[name] for name in ("header", "titlepage", "halftitle", "contents", "front", "place", "gaps", "paragraphs", "back")},
    "notes": ("none", "none", "none", "bracket-chapter", "bracket-end", "footnote-after"),
    "groups": ("none", "none", "years", "months", "months and year", "chapters", "chapters titled", "volumes"),
    "entry": (*RUN_IN, *ABOVE),
    "entry place": ("left", "left", "set in", "right"),
    "white": ("as paragraphs", "more", "more"),
    "inside": ("none", "verse", "quote", "letter", "letter-set-in"),
    "title": ("none",),
}  # fmt: skip
WEEK = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


class Diary(Book):
    """A diary."""

    conventions = DIARY

    def agree(self) -> None:
        """A day without its month needs the month above it."""
        c = self.c
        if c["entry"] == "3d.--":
            c["groups"] = "months"
        if c["groups"] == "none":
            c["contents"] = c["halftitle"] = "none"
            self.unparted = True

    def body(self) -> None:
        """Groups of entries, or entries alone."""
        groups = self.c["groups"]
        many = 1 if groups == "none" else self.chance.randint(3, 5)
        for k in range(many):
            if groups != "none":
                title = self.words.title().upper()
                lines = {
                    "years": [str(1868 + k)], "months": [f"{MONTHS[k].upper()}."], "months and year": [f"{MONTHS[k].upper()}, 1871."],
                    "chapters": [f"CHAPTER {roman(k + 1)}."], "chapters titled": [f"CHAPTER {roman(k + 1)}", title],
                    "volumes": [f"VOLUME {roman(k + 1)}"],
                }[groups]  # fmt: skip
                self.entries.append((1, ". ".join(lines)))
                self.head(self.gaps[1], lines, 1, apart=self.chance.random() < 0.5)
            day = 0
            for n in range(self.chance.randint(5, 8) if groups != "none" else 24):
                month = MONTHS[k if "months" in groups else (k * 2 + n // 4) % 12]
                day = day % 24 + self.chance.randint(1, 4)
                self.entry(month, day, max(1, self.gaps[2]) if n == 0 else 0)
            self.notes_of_chapter()

    def entry(self, month: str, day: int, first: int) -> None:
        """One entry of one or more paragraphs."""
        c, words = self.c, self.words
        gap = first or (self.gaps[3] + 1 if c["white"] == "more" else self.gaps[3])
        week, many = self.chance.choice(WEEK), self.chance.choice((1, 1, 2, 3))
        lead = ""
        if c["entry"] in ABOVE:
            date = ABOVE[c["entry"]](month, day, week)
            shown = date.rjust(70) if c["entry place"] == "right" else ("    " if c["entry place"] == "set in" else "") + date
            self.put(max(gap, first, 2 if c["white"] == "more" else 1), [shown], "p", sub="dateline")
        else:
            lead = RUN_IN[c["entry"]](month, day, week)
        for k in range(many):
            text = (lead if k == 0 else "") + words.paragraph(speech=False)
            after = False
            if c["notes"] != "none" and self.chance.random() < 0.1 and k:
                text, after = self.noted(text)
            self.put(gap if k == 0 and lead else max(1, self.gaps[3]), text)
            if after:
                key, shown, said = self.waiting.pop()
                self.put(1, shown, "note", note=key, said=said)
        if c["inside"] != "none" and self.chance.random() < 0.1:
            Book.inside(self, c["inside"], self.gaps[3])
