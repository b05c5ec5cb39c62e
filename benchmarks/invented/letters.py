"""Volumes of letters: grouped or not, headed in every way or not at all, with remarks of an editor, and letters within a narrative."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from benchmarks.invented.book import Book
from benchmarks.invented.conventions import PROSE
from benchmarks.invented.words import MONTHS, NAMES, ORDINALS, PLACES, roman

TITLES = ("MR.", "MRS.", "MISS", "DR.", "LADY", "SIR")
HEADINGS: dict[str, Callable[[int, str, str], list[str]]] = {  # number, who writes, who receives; titled in capitals
    "LETTER I.": lambda n, a, b: [f"LETTER {roman(n)}."],
    "LETTER I": lambda n, a, b: [f"LETTER {roman(n)}"],
    "Letter 1": lambda n, a, b: [f"Letter {n}"],
    "LETTER THE FIRST.": lambda n, a, b: [f"LETTER THE {ORDINALS[(n - 1) % 24].upper()}."],
    "I.": lambda n, a, b: [f"{roman(n)}."],
    "1.": lambda n, a, b: [f"{n}."],
    "TO B": lambda n, a, b: [f"TO {b}"],
    "TO B.": lambda n, a, b: [f"TO {b}."],
    "_To B_": lambda n, a, b: [f"_To {b.title()}_"],
    "To B.": lambda n, a, b: [f"To {b.title()}."],
    "A TO B": lambda n, a, b: [f"{a} TO {b}"],
    "From A to B": lambda n, a, b: [f"From {a.title()} to {b.title()}"],
    "LETTER I. + A TO B": lambda n, a, b: [f"LETTER {roman(n)}.", f"{a} TO {b}."],
    "LETTER I + To B": lambda n, a, b: [f"LETTER {roman(n)}", f"To {b.title()}"],
    "I. + TO B": lambda n, a, b: [f"{roman(n)}.", f"TO {b}."],
    "I. TO B": lambda n, a, b: [f"{roman(n)}. TO {b}"],
    "1. To B": lambda n, a, b: [f"{n}. To {b.title()}"],
    "LETTER I.--A TO B": lambda n, a, b: [f"LETTER {roman(n)}.--{a} TO {b}."],
}
LETTERS: dict[str, tuple[str, ...]] = {
    **{name: PROSE[name] for name in ("header", "titlepage", "halftitle", "contents", "front", "place", "gaps", "paragraphs")},
    "notes": ("none", "none", "none", "bracket-chapter", "bracket-end", "footnote-after"),
    "back": PROSE["back"],
    "groups": ("none", "none", "none", "years", "periods", "receivers", "chapters", "parts"),
    "restart": ("yes", "no", "no"),
    "letter": (*HEADINGS, "TO B.", "LETTER I.", "none"),
    "narrative": ("no", "no", "no", "no", "around", "inside"),
    "remarks": ("none", "none", "some", "bracketed", "set in"),
    "dateline": ("right", "right", "left", "set in", "two lines", "stepped", "none", "foot", "foot"),
    "date letters": ("as they are", "as they are", "italic", "capitals", "bracketed"),
    "date": (
        "Hull, March 3, 1871.", "Hull, 3rd March 1871.", "March 3, 1871.", "Hull, Tuesday.", "Tuesday night.", "Hull, March 3d, '71.",
        "12, Harbour Street, Hull, March 3.",
    ),
    "salute": ("My dear B,", "My dear B,--", "DEAR SIR,", "Dear Sir:", "MY DEAR B:--", "_My dear B_,", "Sir,", "none"),
    "salute place": ("own", "own", "set in", "run in"),
    "closer": ("none", "one line", "two", "two stepped", "three stepped", "four stepped", "right", "glued", "glued"),
    "signature": ("CAPS.", "CAPS.", "Name.", "_Name_.", "J. H.", "(Signed) CAPS.", "CAPS"),
    "postscript": ("none", "none", "P.S.--", "P. S. ", "_P.S._--", "POSTSCRIPT."),
    "letters inside": ("plain", "plain", "verse", "quote"),
    "title": ("none",),
}  # fmt: skip
KIND_WORDS = ("Your affectionate friend,", "Yours sincerely,", "Yours ever,", "Your obedient servant,", "Ever your loving son,")


class Letters(Book):
    """A volume of letters."""

    conventions = LETTERS

    def agree(self) -> None:
        """What leaves a careful reader in doubt where a letter begins, or what a line is, is not drawn."""
        c = self.c
        if c["narrative"] != "no":
            c |= {"letter": "none", "groups": "chapters", "remarks": "none"}
            if c["salute"] == "none":
                c["salute"] = "My dear B,"
        if c["letter"] == "none":  # then only its date and its salute say that a letter begins
            if c["dateline"] in ("none", "foot"):
                c["dateline"] = "right"
            if c["closer"] == "none":
                c["closer"] = "two stepped"
        if c["salute"] == "none" or c["paragraphs"] in ("unwrapped", "double"):
            c["salute place"] = "own"
        if c["dateline"] == "left" and c["date"] in ("March 3, 1871.", "Tuesday night.") and c["letter"] == "none":
            c["dateline"] = "right"
        if c["dateline"] in ("left", "set in") and c["date"] in ("Tuesday night.", "Hull, Tuesday.") and c["date letters"] == "capitals":
            c["date letters"] = "as they are"
        if c["letter"] == "none" and c["groups"] == "none":
            c["contents"] = c["halftitle"] = "none"
            self.unparted = True
        if "TO" in c["letter"].upper().replace("LETTER", "") and c["groups"] == "receivers":
            c["groups"] = "years"
        if c["letter"] in ("I.", "1.") and c["groups"] == "none":
            c["restart"] = "no"
        if c["dateline"] == "foot" and c["date"] == "Tuesday night.":
            c["date"] = "March 3, 1871."
        if c["place"] != "left" and c["letter"] in ("1. To B",):
            c["place"] = "left"

    def body(self) -> None:
        """Groups of letters, or letters alone."""
        words, groups, number = self.words, self.c["groups"], 0
        whom = self.someone()
        for k in range(1, self.chance.randint(3, 5) if groups != "none" else 2):
            if groups != "none":
                title = words.title()
                lines = {
                    "years": [str(1868 + k)],
                    "periods": [f"{1860 + 4 * k}-{1863 + 4 * k}"],
                    "receivers": [f"LETTERS TO {self.someone()}"],
                    "chapters": [f"CHAPTER {roman(k)}", title.upper()],
                    "parts": [f"PART {roman(k)}."],
                }[groups]
                self.entries.append((1, ". ".join(lines)))
                self.head(self.gaps[0] if groups == "parts" else self.gaps[1], lines, 1, apart=self.chance.random() < 0.5)
                if groups == "chapters":
                    self.prose(2, first=self.gaps[2])
                if self.c["restart"] == "yes":
                    number = 0
            for n in range(self.chance.randint(3, 6) if groups != "none" else self.chance.randint(8, 14)):
                number += 1
                same = n > 0 and self.chance.random() < 0.2
                whom = whom if same else self.someone()
                if self.c["narrative"] != "no" and n:
                    self.prose(2)
                self.letter(number, whom, same, 2 if groups != "none" else 1)
                if self.c["remarks"] != "none" and self.chance.random() < 0.3:
                    self.remark()
            if self.c["narrative"] == "around":
                self.prose(1)
            self.notes_of_chapter()

    def someone(self) -> str:
        """A person in capitals."""
        kind = self.chance.random()
        last = self.words.one(PLACES).upper()
        return f"{self.words.one(TITLES)} {last}" if kind < 0.6 else f"{self.words.one(NAMES).upper()} {last}"

    def remark(self) -> None:
        """Some words of the editor between letters."""
        text, style = self.words.paragraph(2, speech=False), self.c["remarks"]
        if style == "set in":
            self.put(2, textwrap.wrap(text, 66, initial_indent="    ", subsequent_indent="    "), "x")
        else:
            self.put(2, f"[{text}]" if style == "bracketed" else text, "x" if style == "bracketed" else "p", width=72)

    def letter(self, n: int, whom: str, same: bool, level: int) -> None:
        """One letter."""
        c, words = self.c, self.words
        edge = "    " if c["narrative"] == "inside" else ""
        first = 1
        if c["letter"] != "none":
            lines = HEADINGS[c["letter"]](n, self.someone(), "THE SAME" if same and "A" not in c["letter"].split() else whom)
            self.entries.append((level, " ".join(lines).replace("_", "")))
            self.head(self.gaps[1] if level == 1 else max(2, self.gaps[2]), lines, level, apart=self.chance.random() < 0.5)
        else:
            first = 1 if edge else max(2, self.gaps[2])
        if c["dateline"] not in ("none", "foot"):
            self.dateline(first, edge)
            first = 1
        opening = self.salute(whom, first, edge)
        many = self.chance.randint(1, 4)
        for k in range(many):
            text = words.paragraph(speech=False)
            if k == 0 and opening:
                text = opening + text
            if k == many - 1 and c["closer"] == "glued":
                text += " " + self.chance.choice(("I am, my dear Sir,", "Believe me,", "With kind love to all, I remain"))
            self.running(self.gaps[3], text, edge)
            if k == 0 and many > 1 and c["letters inside"] != "plain" and self.chance.random() < 0.3:
                self.inside(c["letters inside"], self.gaps[3])
        self.closer(edge)
        if c["dateline"] == "foot":
            self.dateline(1, edge)
        if c["postscript"] != "none" and self.chance.random() < 0.4:
            if c["postscript"] == "POSTSCRIPT.":
                self.put(1, [edge + "POSTSCRIPT."], "x")
                self.running(1, words.paragraph(2, speech=False), edge)
            else:
                self.running(1, c["postscript"] + words.paragraph(2, speech=False), edge)

    def running(self, gap: int, text: str, edge: str) -> None:
        """A paragraph of the letter."""
        if edge:
            self.put(gap, textwrap.wrap(text, 66, initial_indent=edge, subsequent_indent=edge, break_on_hyphens=False), "x")  # a quotation?
            return
        after = False
        if self.c["notes"] != "none" and self.chance.random() < 0.2:
            text, after = self.noted(text)
        self.put(gap, text)
        if after:
            key, shown, said = self.waiting.pop()
            self.put(gap, shown, "note", note=key, said=said)

    def dateline(self, gap: int, edge: str) -> None:
        """Place and date."""
        c, words = self.c, self.words
        day, place = self.chance.randint(4, 28), words.one(PLACES)
        text = c["date"].replace("Hull", place).replace("March", words.one(MONTHS))
        text = text.replace("3rd", f"{day}th").replace("3d", f"{day}th").replace(" 3", f" {day}")
        shown = {"italic": f"_{text}_", "capitals": text.upper(), "bracketed": f"[{text}]"}.get(c["date letters"], text)
        style = c["dateline"]
        if style in ("two lines", "stepped"):
            two = (
                [f"{place.upper()},", shown] if not text.startswith(place) else [f"Court House, {place},", shown.replace(f"{place}, ", "")]
            )
            lines = [two[0].rjust(60), two[1].rjust(70)] if style == "stepped" else [line.rjust(70) for line in two]
        elif style == "right":
            lines = [shown.rjust(70)]
        else:
            lines = [("      " if style == "set in" else edge) + shown]
        self.put(gap, lines, "x" if edge else "p", sub="dateline")

    def salute(self, whom: str, gap: int, edge: str) -> str:
        """The salute on a line of its own, or what the first paragraph begins with."""
        shape, name = self.c["salute"], whom.split()[-1].title()
        if shape == "none":
            return ""
        text = shape.replace(" B", f" {name.upper() if shape.startswith('MY') else name}")
        if self.c["salute place"] == "run in":
            return text + ("" if text.endswith("--") else " ")
        self.put(gap, [("    " if self.c["salute place"] == "set in" else edge) + text], "x" if edge else "p", sub="salute")
        return ""

    def closer(self, edge: str) -> None:
        """The compliments and the name."""
        c, words, of = self.c, self.words, "x" if edge else "p"  # a part of what is set in
        who = f"{words.one(NAMES)} {words.one(PLACES)}"
        signature = {
            "CAPS.": f"{who.upper()}.", "CAPS": who.upper(), "Name.": f"{who}.", "_Name_.": f"_{who}_.",
            "J. H.": f"{who[0]}. {who.split()[1][0]}.", "(Signed) CAPS.": f"(Signed) {who.upper()}.",
        }[c["signature"]]  # fmt: skip
        kind, yours = c["closer"], words.one(KIND_WORDS)
        if kind == "none":
            self.put(1, [signature.rjust(68)], of, sub="signed")
        elif kind == "one line":
            self.put(1, [f"{yours} {signature}".rjust(68)], of, sub="signed")
        elif kind in ("two", "right", "glued"):
            lines = [yours, signature]
            at = [line.rjust(68) for line in lines] if kind == "right" else [f"{edge}    {line}" for line in lines]
            self.put(1, [at[0]], of, sub="signed")
            self.put(0 if self.c["paragraphs"] != "double" else 1, [at[1]], of, sub="signed")
        else:
            lines = {"two": [yours], "three": ["I am, my dear Sir,", yours], "four": ["I have the honour to be,", "my dear Sir,", yours]}[
                kind.split()[0]
            ]
            for k, line in enumerate([*lines, signature]):
                self.put(0 if k else 1, [" " * (16 + 8 * k) + line], of, sub="signed")
