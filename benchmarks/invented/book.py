"""One invented book: its pieces as they are printed, and its structure as the shared scorer reads it."""

from __future__ import annotations

import random
import re
import textwrap
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from benchmarks.invented.words import Words, roman


class Piece(NamedTuple):
    """What is printed together: the empty lines above, its lines, its class (the scorer's), level of a heading."""

    gap: int
    lines: list[str]
    type: str
    level: int = 0
    sub: str = ""
    note: str = ""  # the key of a note
    said: str = ""  # what a note says, when its number and brackets are gone


NOTE_REFERENCES = re.compile("[\ue000-\uf8ff]")  # each stands for one printed reference until the text is written
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FILLER = "\ufdd0"  # no character: what a printed reference is wider than its sign
WORD = re.compile(r"[^\W_]+")
SPEAKER, STAGE, SPOKEN, VERSE, ASIDE = "\U000f0000", "\U000f0001", "\U000f0002", "\U000f0003", "\U000f0004"  # what follows is ...
OVER = "\U000f0005"  # what follows is the rest of the verse line above
CLASSES = {SPEAKER: "speaker", STAGE: "stage", SPOKEN: "sp", VERSE: "l", ASIDE: "x", OVER: "l"}
UNSEEN = dict.fromkeys(map(ord, CLASSES))  # for ``translate``: no sign is printed
_PARTED = re.compile(f"([{''.join(CLASSES)}])")


def parted(kind: str, text: str) -> list[tuple[int, str, str]]:
    """What stands on one line in several classes: which of them it is, its class, its text."""
    first, *others = _PARTED.split(text)
    found = [(kind, first), *((CLASSES[sign], text) for sign, text in zip(others[::2], others[1::2], strict=True))]
    said = [(of, text.strip()) for of, text in found if text.strip()]
    return [(k, of, text) for k, (of, text) in enumerate(said, start=text.startswith(OVER))]


class Book(ABC):
    """One book, as it grows; a kind of book names its conventions and writes its body."""

    conventions: ClassVar[Mapping[str, tuple[str, ...]]]
    unparted = False  # the body has no headings

    def __init__(self, seed: int, fixed: Mapping[str, str]) -> None:
        self.chance = random.Random(seed)
        self.c = {name: self.chance.choice(values) for name, values in self.conventions.items()}
        self.c |= fixed
        self.longer = int(fixed.get("longer", "1"))  # times as many paragraphs
        self.agree()
        self.words = self.language()
        self.pieces: list[Piece] = []
        self.entries: list[tuple[int, str]] = []
        self.notes = 0
        self.waiting: list[tuple[str, str, str]] = []
        self.references: list[tuple[str, str]] = []
        self.gaps = [int(n) for n in self.c["gaps"].split("/")]
        self.title = self.words.title()
        self._write()

    def agree(self) -> None:  # noqa: B027 - most kinds have none
        """Conventions that exclude each other are made to agree."""

    def language(self) -> Words:
        """The words of the book."""
        return Words(self.chance)

    # -- printing

    def put(
        self,
        gap: int,
        text: str | list[str],
        kind: str = "p",
        level: int = 0,
        sub: str = "",
        width: int = 72,
        note: str = "",
        said: str = "",
    ) -> None:
        """One piece more."""
        if isinstance(text, list):
            lines = text
        elif (kind == "p" and not sub) or kind == "note":
            style = self.c["paragraphs"]
            indent = "  " if style == "blank+indent" and kind == "p" else ""
            lines = [indent + text] if style == "unwrapped" else self.wrapped(text, width, indent)
        else:
            lines = self.wrapped(text, width)
        self.pieces.append(Piece(gap, lines, kind, level, sub, note, said))

    def set_in(self, text: str, width: int, first: str, rest: str | None = None) -> list[str]:
        """The lines of a paragraph set in from the margin: one, where the lines of paragraphs are not cut."""
        if self.c["paragraphs"] == "unwrapped":
            return [first + text]
        return self.wrapped(text, width, first, first if rest is None else rest)

    def wrapped(self, text: str, width: int, first: str = "", rest: str = "") -> list[str]:
        """The lines of a text, each reference in it as wide as it will be printed."""
        wide = NOTE_REFERENCES.sub(lambda sign: sign[0] + FILLER * (len(self.references[ord(sign[0]) - 0xE000][0]) - 1), text)
        made = textwrap.wrap(wide, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
        return [line.replace(FILLER, "") for line in made]

    def head(self, gap: int, lines: list[str], level: int, apart: bool = False) -> None:
        """A heading of one or two lines; ``apart``: an empty line between."""
        place = self.c["place"]
        set_in = [line.center(72).rstrip() if place == "centred" else "    " + line if place == "tab" else line for line in lines]
        if apart and len(lines) > 1:
            self.put(gap, set_in[:1], "head", level)
            self.put(1, set_in[1:], "head", level, sub="title")
        else:
            self.put(gap, set_in, "head", level)

    # -- parts of the book

    def _write(self) -> None:
        """The whole book."""
        c, say = self.c, self.words.say
        if c["titlepage"] != "none":
            self.put(2, [self.title.upper()], "x")
            self.put(
                1,
                [say("by")]
                if c["titlepage"] == "full"
                else [f"{say('By')} {self.words.one(self.words.names)} {self.words.one(self.words.places)}"],
                "x",
            )
            if c["titlepage"] == "full":
                self.put(1, [f"{self.words.one(self.words.names)} {self.words.one(self.words.places)}"], "x")
                self.put(3, [say("LONDON"), say("WADE AND PRIOR, 12, HARBOUR STREET"), "1894"], "x")
        at = len(self.pieces)
        for kind in () if c["front"] == "none" else c["front"].split("+"):
            if kind == "dedication":
                self.put(
                    4,
                    [
                        say("TO"),
                        f"{self.words.one(self.words.names).upper()} {self.words.one(self.words.places).upper()}",
                        say("THIS BOOK IS DEDICATED"),
                    ],
                    "x",
                )
                continue
            name = say(kind.upper())
            self.entries.append((1, name))
            self.head(self.gaps[1], [name + self.chance.choice(("", "."))], 1)
            self.prose(self.chance.randint(3, 5), first=self.gaps[2] or 1)
            if kind == "preface" and self.chance.random() < 0.6:
                self.put(
                    1, [f"{self.words.one(self.words.names[:8])[0]}. {self.words.one(self.words.places)[0]}.".rjust(60)], "p", sub="signed"
                )
        if c["halftitle"] == "before" and c["titlepage"] != "none":
            self.put(4, [self.title.upper()], "head", -1)
        if self.unparted and c["front"] not in ("none", "dedication"):
            self.head(self.gaps[1], [self.title.upper()], 1)  # below a preface the title parts the text from it
        self.body()
        self.back()
        if c["contents"] != "none":
            at = len(self.pieces) if c.get("contents at") == "end" else at
            self.pieces[at:at] = self.contents()

    @abstractmethod
    def body(self) -> None:
        """What stands between the front and the back."""

    def upper(self, n: int) -> None:
        """The heading of a part."""
        kind = self.c["upper"]
        title = self.words.title()
        word = {"book": "BOOK", "volume": "VOLUME"}.get(kind, "PART")
        name = f"{word} {roman(n)}"
        if kind == "titles":
            lines, entry = [title.upper()], title.upper()
        elif kind == "part-titled":
            lines, entry = [name + ".", title.upper()], f"{name}. {title.upper()}"
        elif kind == "part-same-line":
            lines, entry = [f"{name}. {title.upper()}"], f"{name}. {title.upper()}"
        elif kind == "ordinal":
            lines = [f"{word} THE {self.words.ordinals[n - 1].upper()}"]
            entry = lines[0]
        else:
            lines, entry = [name + self.chance.choice((".", ""))], name
        self.entries.append((1, entry))
        self.head(self.gaps[0], lines, 1, apart=self.chance.random() < 0.5)

    def counted(self, parts: int, inside: tuple[int, int], alone: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Number and level of each chapter: ``inside`` at most ``parts`` parts, whose headings are written, so many each; or ``alone``."""
        upper, number = self.c["upper"] != "none", 0
        for part in range(1, self.chance.randint(2, parts) + 1 if upper else 2):
            if upper:
                self.upper(part)
            if self.c["restart"] == "yes" or not upper:
                number = 0
            for _ in range(self.chance.randint(*(inside if upper else alone))):
                number += 1
                yield number, 2 if upper else 1

    def prose(self, many: int, first: int = 0, amid: str = "none") -> None:
        """Paragraphs, with a note now and then, and once what stands amid them."""
        apart, many = self.gaps[3], many * self.longer
        where = self.chance.randint(1, many) if amid != "none" else 0
        for k in range(many):
            if k and k == where:
                self.inside(amid, apart)
            text = self.words.paragraph()
            after = False
            if self.c["notes"] != "none" and self.chance.random() < 0.4:
                text, after = self.noted(text)
            self.put(max(first, apart) if k == 0 else apart, text)
            if after:
                key, shown, said = self.waiting.pop()
                self.put(apart, shown, "note", note=key, said=said)

    def inside(self, kind: str, gap: int) -> None:
        """What interrupts the prose."""
        words = self.words
        if kind == "verse":
            self.put(gap, [" " * 6 + line for line in words.verse(4)], "l")
            self.put(1, [" " * 6 + line for line in words.verse(4)], "l")
        elif kind == "quote":
            self.put(gap, self.set_in(words.paragraph(3, speech=False), 60, "     "), "quote")
        elif kind in ("letter", "letter-set-in"):
            self.received(gap, "  " if kind == "letter-set-in" else "")
        elif kind == "break":
            self.put(gap + 2, [], "x")
        elif kind == "break-stars":
            self.put(gap, ["       *       *       *       *       *"], "x")
        elif kind == "list":
            for n in range(1, 5):
                self.put(gap if n == 1 else 0, [f"  {n}. {words.clause().capitalize()[:60]};"], "item")
        elif kind == "illustration":
            self.put(gap, [f"[Illustration: {words.title()}]"], "x")

    def received(self, gap: int, margin: str) -> None:
        """A letter that somebody in the story has got, at the margin or set in as a quotation."""
        kind = "quote" if margin else "p"
        date, salute, farewell, name = self.letter_parts()
        self.put(gap, [margin + date], kind, sub="dateline")
        self.put(1, [margin + salute], kind, sub="salute")
        for _ in range(2):
            self.put(1, self.set_in(self.words.paragraph(3, speech=False), 70 - len(margin), margin), kind, sub="letter")
        self.put(1, [margin + farewell], kind, sub="signed")
        self.put(0, [f"{margin}    {name}"], kind, sub="signed")

    def letter_parts(self) -> tuple[str, str, str, str]:
        """Place and date, salute, formula of closing, name."""
        words = self.words
        date = f"{words.one(words.places)}, {self.chance.randint(1, 28)} {words.one(words.months)}, 1871."
        salute = f"My dear {words.one(words.names)},--"
        return date, salute, "Your affectionate friend,", f"{words.one(words.names)} {words.one(words.places)}."

    # -- notes

    def refer(self, mark: str, key: str) -> str:
        """One sign that is printed as ``mark`` and refers to the note of that key."""
        self.references.append((mark, key))
        return chr(0xE000 + len(self.references) - 1)

    def noted(self, text: str) -> tuple[str, bool]:
        """The text with a reference after its first sentence; whether the note stands right below."""
        self.notes += 1
        style, word = self.c["notes"], self.words.sentence()
        n = self.notes
        raised = str(n).translate(RAISED)
        marks = {"star": "*", "letter": f"[{chr(64 + (n - 1) % 26 + 1)}]", "round": f"({n})", "closed": "*)", "half": f"{n})"}
        marks |= {"raised": raised, "raisedhalf": raised + ")", "named": f"({self.words.say('Footnote')} {n})"}
        mark = marks.get(style.split("-")[0], f"[{n}]")
        end = text.index(". ") + 1 if ". " in text else len(text)
        key = str(self.notes)
        before = " " if mark[0].isdigit() or style.startswith("named") else ""
        marked = text[:end] + self.refer(before + mark, key) + text[end:]
        shown = f"[{self.words.say('Footnote')} {n}: {word}]" if style == "footnote-after" else f"{mark} {word}"
        shown = f"{self.words.say('Footnote')} {n}. {word}" if style.startswith("named") else shown
        self.waiting.append((key, shown, word))
        return marked, style.endswith("after")

    def notes_of_chapter(self) -> None:
        """The notes that wait, at the end of the chapter."""
        if self.waiting and self.c["notes"].endswith("chapter"):
            if self.chance.random() < 0.5:
                self.put(2, [self.words.say("FOOTNOTES:")], "x")
            self.all_notes()

    def all_notes(self) -> None:
        """The notes that wait."""
        for key, shown, said in self.waiting:
            self.put(max(1, self.gaps[3]), shown, "note", note=key, said=said)
        self.waiting.clear()

    # -- around the body

    def contents(self) -> list[Piece]:
        """The page of contents."""
        style, title = self.c["contents"], self.words.say("CONTENTS")
        found = [
            Piece(
                3,
                [title.center(72).rstrip() if style == "centred" else self.chance.choice((title, title + ".", title.capitalize()))],
                "x",
            )
        ]
        page = 1
        lines: list[str] = []
        for level, entry in self.entries:
            page += self.chance.randint(3, 15)
            deep = "  " * (level - 1) if style in ("deep", "pages", "dots") else ""
            if style == "pages":
                lines.append(f"{deep}{entry}".ljust(60) + f"{page:>5}")
            elif style == "dots":
                lines.append(f"{deep}{entry} ".ljust(60, ".") + f" {page}")
            else:
                lines.append(f"{deep}{entry}".center(72).rstrip() if style == "centred" else deep + entry)
        spread = self.chance.random() < 0.3
        if spread:
            found += [Piece(1, [line], "x", sub="toc") for line in lines]
        else:
            found.append(Piece(1, lines, "x", sub="toc"))
        return found

    def back(self) -> None:
        """What closes the book."""
        kind, say = self.c["back"], self.words.say
        if kind == "appendix":
            self.entries.append((1, say("APPENDIX")))
            self.head(self.gaps[1], [say("APPENDIX")], 1)
            self.prose(3)
        for n in ("I", "II", "III") if kind == "appendices" else ():
            title = self.words.title()
            self.entries.append((1, f"{say('APPENDIX')} {n}. {title}"))
            self.head(self.gaps[1], [f"{say('APPENDIX')} {n}", title.upper()], 1, apart=self.c["title"].endswith("apart"))
            self.prose(3)
        if kind == "note":
            self.entries.append((1, say("NOTE")))
            self.head(self.gaps[1], [say("NOTE ON THE TEXT")], 1)
            self.prose(2)
        if "end" in kind:
            self.put(2, [say("THE END").center(72).rstrip()], "x")
        if self.waiting:
            self.put(3, [say(self.chance.choice(("FOOTNOTES", "NOTES", "FOOTNOTES:")))], "x")
            self.all_notes()
        if kind == "index":
            self.entries.append((1, say("INDEX")))
            self.head(self.gaps[1], [say("INDEX")], 1)
            names = sorted(
                {
                    f"{name}, {self.words.matter()}, {self.chance.randint(1, 90)}, {self.chance.randint(91, 200)}"
                    for name in self.words.names
                }
            )
            for k, name in enumerate(names):
                self.put(0 if k else 1, [name], "x")
        if kind == "end+ads":
            self.put(4, [say("By the same Author")], "x")
            for _ in range(3):
                self.put(1, [f"{self.words.title().upper()}. {say('Price 6s.')}"], "x")

    # -- the two files

    def text(self) -> str:
        """The plain text."""
        lines: list[str] = []
        if self.c["header"] == "gutenberg":
            name = self.title.upper()
            author = f"{self.words.names[0]} {self.words.places[0]}"
            lines += [f"The Project Gutenberg eBook of {self.title}, by {author}", "", f"Title: {self.title}", "", f"Author: {author}", ""]
            lines += [f"Language: {self.words.tongue}", "", f"*** START OF THE PROJECT GUTENBERG EBOOK {name} ***", "", ""]
        for piece in self.pieces:
            lines += [""] * piece.gap + piece.lines
        if self.c["header"] == "gutenberg":
            lines += ["", "", "", f"*** END OF THE PROJECT GUTENBERG EBOOK {self.title.upper()} ***"]
        if self.c["paragraphs"] == "double":
            lines = [line for pair in zip(lines, [""] * len(lines), strict=True) for line in pair]
        printed = ("\n".join(lines) + "\n").translate(UNSEEN)
        return NOTE_REFERENCES.sub(lambda sign: self.references[ord(sign[0]) - 0xE000][0], printed)

    def gold(self, name: str) -> dict[str, Any]:
        """The structure, as the shared scorer reads it."""
        blocks: list[dict[str, Any]] = []
        notes: list[dict[str, Any]] = []
        heads: list[dict[str, Any]] = []
        referring: list[dict[str, Any]] = []
        at: dict[str, int] = {}
        for piece in self.pieces:
            if piece.type == "note":
                if piece.note in at:
                    notes[at[piece.note]]["text"] += " " + piece.said
                else:
                    at[piece.note] = len(notes)
                    notes.append({"id": piece.note, "n": piece.note, "text": piece.said, "after": len(blocks) - 1})
                continue
            kind = "x" if piece.level < 0 else piece.type
            whole = " ".join(" ".join(line.split()) for line in piece.lines).replace("_", "")
            printed = [" ".join(line.split()).replace("_", "") for line in piece.lines] if kind == "l" else [whole]
            for k, of, flat in (part for line in printed for part in parted(kind, line)):
                for sign in NOTE_REFERENCES.finditer(flat):
                    key = self.references[ord(sign[0]) - 0xE000][1]
                    referring.append({"key": key, "block": len(blocks), "word": len(WORD.findall(flat[: sign.start()]))})
                if piece.sub == "on":
                    blocks[-1]["text"] += " " + NOTE_REFERENCES.sub("", flat)
                    continue
                block: dict[str, Any] = {"type": of, "text": NOTE_REFERENCES.sub("", flat)}
                if k or piece.sub == "cont":
                    block["cont"] = True
                if of == "head":
                    block |= {"level": piece.level} | ({"opt": True} if piece.sub else {})
                    heads.append({"block": len(blocks), "level": piece.level, "text": block["text"], "opt": bool(piece.sub)})
                elif piece.sub in ("dateline", "salute", "signed", "toc", "index"):
                    block["sub"] = piece.sub
                blocks.append(block)
        linked = [{"note": at[r["key"]], "n": r["key"], "block": r["block"], "word": r["word"]} for r in referring if r["key"] in at]
        return {"id": name, "blocks": blocks, "notes": notes, "noterefs": linked, "heads": heads}
