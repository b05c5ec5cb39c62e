"""Learned books: treatises, sermons, statutes, dictionaries, with notes of every shape and what learned books have behind their text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.invented.apparatus import BACK, Apparatus
from benchmarks.invented.book import ASIDE, RAISED
from benchmarks.invented.conventions import CHAPTERS, PROSE, TITLES
from benchmarks.invented.words import roman

SIGNS = ("*", "†", "‡", "§", "||", "¶")


def _letter(n: int) -> str:
    return chr(ord("A") + (n - 1) % 26)


class Mark(NamedTuple):
    """How a note is numbered: its bare number, and the number as the text refers to it."""

    bare: Callable[[int], str]
    set: Callable[[str], str]


MARKS = {
    "[1]": Mark(str, "[{}]".format),
    "[A]": Mark(_letter, "[{}]".format),
    "[a]": Mark(lambda n: _letter(n).lower(), "[{}]".format),
    "(1)": Mark(str, "({})".format),
    "(a)": Mark(lambda n: _letter(n).lower(), "({})".format),
    "{1}": Mark(str, "{{{}}}".format),
    "¹": Mark(str, lambda bare: bare.translate(RAISED)),
    "^1": Mark(str, "^{}".format),
    "^{1}": Mark(str, "^{{{}}}".format),
    "*†": Mark(lambda n: SIGNS[(n - 1) % len(SIGNS)], str),
    "[*]": Mark(lambda n: "*" * n, "[{}]".format),
    "*)": Mark(lambda n: "*" * n, "{})".format),
    "1)": Mark(str, "{})".format),
    "¹)": Mark(str, lambda bare: bare.translate(RAISED) + ")"),
    "[Note 1]": Mark(str, "[Note {}]".format),
    "(Note 1)": Mark(str, "(Note {})".format),
    "***": Mark(lambda n: "*" * n, str),
}
SHOWN: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "as the reference": lambda bare, mark: (f"{mark} ", ""),
    "[Footnote 1: ]": lambda bare, mark: (f"[Footnote {bare}: ", "]"),
    "Footnote 1:": lambda bare, mark: (f"Footnote {bare}: ", ""),
    "[Note 1: ]": lambda bare, mark: (f"[Note {bare}: ", "]"),
    "Note 1.": lambda bare, mark: (f"Note {bare}. ", ""),
    "Note 1.--": lambda bare, mark: (f"Note {bare}.--", ""),
    "_Note 1._": lambda bare, mark: (f"_Note {bare}._ ", ""),
    "1.": lambda bare, mark: (f"{bare}. ", ""),
    "1)": lambda bare, mark: (f"{bare}) ", ""),
    "1": lambda bare, mark: (f"{bare} ", ""),
}
WORDED = ("Note 1.", "Note 1.--", "_Note 1._")
BARE = ("1.", "1)", "1")
SIGNS_OVER = {"rule": "-" * 20, "strokes": "_" * 12, "stars": "       *       *       *       *       *", "asterism": "⁂"}
LEARNED = {name: PROSE[name] for name in ("header", "titlepage", "contents", "chapter", "title", "place", "gaps")} | {
    "halftitle": ("none",),
    "front": ("none", "preface", "introduction", "preface+introduction"),
    "paragraphs": ("blank", "blank", "blank+indent", "unwrapped"),
    "genre": ("treatise", "treatise", "sermons", "statutes", "dictionary", "encyclopaedia"),
    "upper": ("none", "none", "part", "book", "part-titled"),
    "restart": ("yes", "no"),
    "mark": tuple(MARKS),
    "shown": ("as the reference",) * 4 + ("[Footnote 1: ]", "Footnote 1:", "[Note 1: ]", *WORDED, *BARE),
    "standing": ("paragraph", "page", "torn page", "chapter", "chapter", "book", "book by chapters", "within"),
    "counted": ("page", "chapter", "book"),
    "over notes": ("none", "FOOTNOTES:", "NOTES", "NOTES.", "Footnotes", "NOTES TO CHAPTER", "Notes on this chapter", *SIGNS_OVER),
    "note gap": ("1", "1", "0", "2"),
    "note indent": ("0", "0", "2", "4", "hanging"),
    "note body": ("short", "short", "long", "paragraphs", "verse", "quotation", "list"),
    "referring": ("sentence", "comma", "spaced", "end"),
    "again": ("no", "no", "yes"),
    "margin": ("none", "none", "none", "[Sidenote: ]"),
    "numbered": ("none", "none", "1.", "§ 1.", "[1]"),
    "quotes": ("none", "plain", "attributed", "verse"),
    "amid": ("none", "list", "nested list", "table", "ruled table", "chronology", "propositions"),
    "back": ("none", *BACK),
    "index": ("commas", "sub-entries", "letters", "see"),
    "notes": ("none",),
}


class Learned(Apparatus):
    """A book with notes."""

    conventions = LEARNED

    def agree(self) -> None:
        """What no printer would set together is set as he would."""
        c = self.c
        if c["standing"] == "within":  # a transcriber has put the note where its reference was
            c |= {"mark": "[1]", "paragraphs": "unwrapped", "note body": "short", "again": "no"}
            c["shown"] = self.chance.choice(("[Footnote 1: ]", "[Note 1: ]"))
        signs = "*" in c["mark"]
        if c["mark"] in ("[Note 1]", "(Note 1)"):
            c["shown"] = self.chance.choice(("[Note 1: ]", *WORDED))
            c["counted"] = "book" if c["standing"].startswith("book") else "chapter"
            c["note body"] = "long" if c["note body"] == "list" else c["note body"]
        if signs:  # signs begin again on each page
            c["counted"] = "page"
            c["shown"] = self.chance.choice(("as the reference", "as the reference", "[Footnote 1: ]"))
        if c["standing"] in ("chapter", "book", "book by chapters") and c["counted"] == "page":
            c["standing"] = self.chance.choice(("paragraph", "page", "torn page"))
        if c["standing"] == "book by chapters" and (c["genre"] in ("dictionary", "encyclopaedia") or c["upper"] != "none"):
            c["standing"] = "book"
        if c["standing"] == "book":
            c["counted"] = "book"
        if c["shown"] in BARE and (
            c["mark"] in ("¹", "[a]", "(a)") or not c["standing"].startswith(("chapter", "book")) or c["numbered"] != "none"
        ):
            c["shown"] = "as the reference"
        if c["shown"] in BARE and c["over notes"] not in ("FOOTNOTES:", "NOTES", "NOTES."):
            c["over notes"] = "NOTES"
        if c["mark"] in ("1)", "¹)", "*)") and c["referring"] in ("sentence", "comma"):
            c["referring"] = "spaced" if c["mark"] == "1)" else "end"
        if c["mark"] == "1)" and c["note body"] == "list":
            c["note body"] = "long"
        if c["numbered"] == "[1]" and c["mark"] in ("[1]", "[A]", "[a]"):
            c["numbered"] = "none"
        if c["mark"] in ("[A]", "[a]", "(a)") and c["counted"] == "book":  # the alphabet would end
            c["mark"] = "[1]"
        if c["mark"] == "(a)" and c["referring"] == "spaced":  # so the items of a list within a sentence are printed
            c["referring"] = "end"
        if c["mark"] in ("(1)", "(a)") and c["amid"] in ("propositions", "list", "nested list"):
            c["amid"] = "none"
        if c["note body"] != "short" and c["note body"] != "long" and not self.told_apart():
            c["note body"] = "long"
        if c["genre"] in ("dictionary", "encyclopaedia"):
            c |= {"numbered": "none", "upper": "none"}
        if c["genre"] == "statutes":
            c["numbered"] = "none"

    def told_apart(self) -> bool:
        """Whether a reader sees where a note of several paragraphs ends."""
        c = self.c
        closed = c["shown"] in ("[Footnote 1: ]", "[Note 1: ]")
        return closed or c["standing"] in ("chapter", "book", "book by chapters") or c["note indent"] == "4"

    # -- the text

    def body(self) -> None:
        """Parts with chapters, or chapters alone."""
        self.running = self.count = 0
        self.collected, self.named = [], ""
        if self.c["genre"] in ("dictionary", "encyclopaedia"):
            self.alphabet()
            return
        for number, level in self.counted(3, (3, 5), (5, 9)):
            self.chapter(number, level)

    def chapter(self, n: int, level: int) -> None:
        """A heading, what stands below it, and the text."""
        c, title = self.c, self.words.title()
        shape = CHAPTERS[c["chapter"]](n, title)
        if c["genre"] == "sermons" and "CHAPTER" in shape:
            shape = shape.replace("CHAPTER", "SERMON")
        lines = [shape]
        if "itle" not in c["chapter"].lower() and c["title"] != "none":
            lines.append(TITLES[c["title"].split("-")[0]](title))
        self.entries.append((level, " ".join(lines).replace("_", "")))
        self.head(self.gaps[1], lines, level, apart=c["title"].endswith("apart"))
        if c["counted"] == "chapter":
            self.count = 0
        if c["genre"] == "sermons":
            words = f'"{self.words.sentence()}"--{self.words.one(self.words.names).upper()} {roman(n).lower()}. {n + 3}.'
            self.put(self.gaps[2] or 1, self.set_in(words, 60, "     "), "x")
        many = self.chance.randint(4, 7) * self.longer
        where = self.chance.randint(1, many - 1)
        for k in range(many):
            if k == where:
                self.quoted()
                self.amid()
            self.paragraph(first=self.gaps[2] if k == 0 else 0, number=k + 1)
        self.named = shape
        self.notes_due("chapter")

    def paragraph(self, first: int = 0, number: int = 0) -> None:
        """One paragraph, numbered or not, with its references; notes of a page may follow or tear it."""
        c, label = self.c, ""
        if c["genre"] == "statutes":
            label = f"SEC. {number}. "
        elif c["numbered"] != "none":
            self.running += 1
            label = c["numbered"].replace("1", str(self.running)) + " "
        text = label + self.words.paragraph(self.chance.randint(3, 6), speech=False)
        if self.chance.random() < 0.55:
            text = self.referring(text, len(label))
            if c["again"] == "yes" and c["counted"] != "page" and self.chance.random() < 0.3:
                self.put(max(first, self.gaps[3]), text)
                key, mark = self.last
                self.put(self.gaps[3], self.words.paragraph(2, speech=False) + self.refer(mark, key))
                self.notes_due("paragraph")
                return
        gap = max(first, self.gaps[3])
        if c["margin"] != "none" and number != 1 and self.chance.random() < 0.3:
            said = self.words.clause().capitalize() + "."
            self.notes += 1
            self.put(self.gaps[3], f"[Sidenote: {said}]", "note", note=f"m{self.notes}", said=said)
            text = self.refer("", f"m{self.notes}") + text
        if c["standing"] == "torn page" and self.waiting and c["paragraphs"] != "unwrapped":
            self.torn(gap, text)
            return
        self.put(gap, text)
        self.notes_due("paragraph")

    def torn(self, gap: int, text: str) -> None:
        """A paragraph that goes on behind the notes of its page."""
        self.put(gap, text)
        piece = self.pieces.pop()
        lines = [*piece.lines]
        signs = [k for k, line in enumerate(lines) if any("\ue000" <= letter <= "\uf8ff" for letter in line)]
        cut = max(signs[-1] + 1, 2) if signs else 2
        if cut >= len(lines) - 1 or lines[cut - 1].endswith((".", "!", "?")):
            self.pieces.append(piece)
            self.notes_due("paragraph")
            return
        self.pieces.append(piece._replace(lines=lines[:cut]))
        self.notes_due("paragraph")
        self.pieces.append(piece._replace(gap=self.gaps[3], lines=lines[cut:], sub="on"))

    def referring(self, text: str, after: int) -> str:
        """The text with one or two references."""
        for _ in range(self.chance.choice((1, 1, 2))):
            style, start = self.c["referring"], max([after, *(k + 1 for k, letter in enumerate(text) if "\ue000" <= letter <= "\uf8ff")])
            comma, stop = text.find(", ", start), text.find(". ", start)
            at = len(text) if style == "end" or stop < 0 else comma if style == "comma" and comma > 0 else stop + 1
            if "\ue000" <= text[at - 1] <= "\uf8ff":
                break  # two figures in one place would be read as one number
            self.count += 1
            mark = MARKS[self.c["mark"]]
            bare = mark.bare(self.count)
            printed = mark.set(bare)
            self.notes += 1
            key = str(self.notes)
            self.last = (key, printed)
            if self.c["standing"] == "within":
                opening, closing = SHOWN[self.c["shown"]](bare, printed)
                said = self.words.paragraph(1, speech=False)
                text = text[:at] + self.refer(f" {opening}{said}{closing}", key) + text[at:]
                self.waiting.append((key, said, ""))
                continue
            self.waiting.append((key, bare, printed))
            text = text[:at] + self.refer((" " if style == "spaced" else "") + printed, key) + text[at:]
        return text

    # -- notes

    def notes_due(self, where: str) -> None:
        """The notes that stand here, where a paragraph (with it a page, now and then), a chapter or the book ends."""
        c = self.c
        standing = "paragraph" if "page" in c["standing"] else "chapter" if "chapters" in c["standing"] else c["standing"]
        longer = c["standing"] == "page" and self.chance.random() < 0.5 and len(self.waiting) < 3
        if standing not in (where, "within") or not self.waiting or longer:
            if where != "chapter" or standing not in ("paragraph", "within"):
                return
        over = c["over notes"]
        if not self.waiting:
            return
        if standing == "within":
            for key, said, _ in self.waiting:
                self.put(0, [], "note", note=key, said=said)
            self.waiting.clear()
            return
        if where == "chapter" and c["standing"] == "book by chapters":
            self.collected.append((self.named, [*self.waiting]))
            self.waiting.clear()
            return
        if over in SIGNS_OVER:
            self.put(1, [SIGNS_OVER[over]], "x")
        elif over == "NOTES TO CHAPTER" and where == standing == "chapter" and self.named:
            self.put(2, [f"NOTES TO {self.named.rstrip('.').upper()}."], "x")
        elif over != "none" and where == "chapter" and standing == "chapter":
            self.put(2, [over], "x")
        self.print_notes(self.waiting)
        self.waiting.clear()
        if c["counted"] == "page":
            self.count = 0

    def print_notes(self, waiting: Sequence[tuple[str, str, str]]) -> None:
        """Notes, one after the other."""
        c = self.c
        for k, (key, bare, printed) in enumerate(waiting):
            opening, closing = SHOWN[c["shown"]](bare, printed)
            self.note(max(1, self.gaps[3]) if k == 0 else int(c["note gap"]), key, opening, closing)

    def note(self, gap: int, key: str, opening: str, closing: str) -> None:
        """One note with all its paragraphs."""
        c, words = self.c, self.words
        style = c["note indent"]
        first, rest = ("", "    ") if style == "hanging" else (" " * int(style), "" if style == "2" else " " * int(style))
        body = "short" if self.chance.random() < 0.5 and c["note body"] != "short" else c["note body"]
        texts = [words.paragraph(1 if body == "short" else self.chance.randint(2, 4), speech=False)]
        if body == "paragraphs":
            texts += [words.paragraph(2, speech=False) for _ in range(self.chance.randint(1, 2))]
        said = [[texts[0]]]
        if body == "verse":
            said += [words.verse(4), [words.paragraph(1, speech=False)]]
        elif body == "quotation":
            said += [[f'"{words.paragraph(2, speech=False)}"'], [words.paragraph(1, speech=False)]]
        elif body == "list":
            said += [[f"{n}. {words.clause().capitalize()[:50]};" for n in range(1, 4)]]
        else:
            said += [[text] for text in texts[1:]]
        for k, lines in enumerate(said):
            start = opening if k == 0 else ""
            end = closing if k == len(said) - 1 else ""
            if len(lines) > 1:
                inner = " " * 6 if body == "verse" else " " * 2
                printed = [rest + inner + line for line in lines]
                printed[-1] += end
            else:
                printed = textwrap.wrap(start + lines[0] + end, 72, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
                if c["paragraphs"] == "unwrapped":
                    printed = [first + start + lines[0] + end]
            self.put(gap if k == 0 else 1, printed, "note", note=key, said=" ".join(lines))

    # -- amid the text

    def quoted(self) -> None:
        """A quotation set in, with a reference in it now and then."""
        style, words = self.c["quotes"], self.words
        if style == "none":
            return
        refer = self.chance.random() < 0.5
        if self.c["note indent"] == "4" and self.pieces[-1].type == "note":  # what is set in as far would be part of the note
            self.put(self.gaps[3], self.words.paragraph(2, speech=False))
        if style == "verse":
            lines = words.verse(4)
            if refer:
                lines[-1] = self.referring(lines[-1], 0)
            self.put(self.gaps[3], [" " * 8 + line for line in lines], "l")
        else:
            text = words.paragraph(3, speech=False)
            if refer:
                text = self.referring(text, 0)
            if style == "attributed":
                text += f" {ASIDE}({words.one(words.names)}, _{words.title()}_, p. {self.chance.randint(2, 300)}.)"
            self.put(self.gaps[3], self.set_in(text, 62, "     "), "quote")
        self.notes_due("paragraph")
