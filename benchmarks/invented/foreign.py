"""Books of prose in other languages, with the customs of their printers."""

from __future__ import annotations

from benchmarks.invented.conventions import PROSE, TITLES
from benchmarks.invented.prose import Prose
from benchmarks.invented.tongues import TONGUES, Tongue, templates

AT_THE_END = ("fr", "it", "es", "pt")  # where the table of contents most often closes the book
FOREIGN = PROSE | {
    "tongue": TONGUES,
    "chapter": ("",),
    "upper": ("none", "none", "part", "part-titled", "part-same-line"),
    "contents at": ("custom", "front"),
    "notes": (
        "none",
        "none",
        "bracket-chapter",
        "bracket-end",
        "footnote-after",
        "round-after",
        "round-chapter",
        "star-after",
        "closed-after",
        "half-after",
        "half-chapter",
        "raised-after",
        "raisedhalf-after",
        "named-after",
        "named-end",
    ),
    "inside": ("none", "verse", "letter", "letter-set-in", "quote", "break", "break-stars", "illustration"),
}


class Foreign(Prose):
    """A book of prose in a language other than English."""

    conventions = FOREIGN
    words: Tongue

    def language(self) -> Tongue:
        """The words of the book."""
        return Tongue(self.chance, self.c["tongue"])

    def agree(self) -> None:
        """The headings and the place of the table are those of the language."""
        c = self.c
        c["chapter"] = c["chapter"] or self.chance.choice(templates(c["tongue"], "chapters"))
        if c["contents at"] == "custom":
            c["contents at"] = "end" if c["tongue"] in AT_THE_END else "front"
        if c["contents at"] == "end" and c["back"] in ("index", "end+ads"):
            c["back"] = "end"

    def upper(self, n: int) -> None:
        """The heading of a part, the same throughout."""
        if n == 1:
            self.part = self.chance.choice(templates(self.c["tongue"], "parts"))
            self.part_apart = self.chance.random() < 0.5
        title = self.words.title().upper()
        name = self.words.numbered(self.part, n, title)
        style = self.c["upper"]
        lines = [f"{name.rstrip('.')}. {title}"] if style == "part-same-line" else [name, title] if style == "part-titled" else [name]
        self.entries.append((1, " ".join(lines)))
        self.head(self.gaps[0], lines, 1, apart=self.part_apart)

    def chapter_lines(self, n: int, title: str) -> list[str]:
        """The lines of a chapter's heading."""
        template, style = self.c["chapter"], self.c["title"]
        lines = [self.words.numbered(template, n, title)]
        if "itle" not in template.lower() and style != "none":
            lines.append(TITLES[style.split("-")[0]](title))
        return lines

    def letter_parts(self) -> tuple[str, str, str, str]:
        """Place and date, salute, formula of closing, name."""
        words = self.words
        date, salute = (words.filled(words.one(words.data[name])) for name in ("dates", "addresses"))
        return date, salute, words.one(words.data["farewells"]), f"{words.one(words.names)} {words.one(words.places)}."

    def below(self) -> None:
        """What stands between the heading of a chapter and its text."""
        if self.c["below"] == "dateline":
            self.put(1, [self.words.filled(self.words.one(self.words.data["dates"])).rjust(70)], "p", sub="dateline")
        else:
            super().below()
