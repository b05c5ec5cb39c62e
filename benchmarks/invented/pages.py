"""Any invented book printed on pages, as PDFs and scans give them: its structure is the same, its lines are the pages'.

The layer takes the pieces of a book, takes the notes out of them where they stand at the feet of pages, sets the paragraphs anew,
cuts them where pages end, and gives each page its number and running head.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from benchmarks.invented.book import NOTE_REFERENCES, SPEAKER, UNSEEN, Book, Piece
from benchmarks.invented.typesetting import driven_out, ending_short, wrapped
from benchmarks.invented.words import roman

PAGES: dict[str, tuple[str, ...]] = {
    "pages": ("cut",) * 6 + ("[Pg 3] inline", "{3} inline", "[Pg 3] apart", "[Page 3] apart", "-- 3 -- apart"),
    "lines": ("28", "34", "38", "45"),
    "width": ("60", "66", "72", "90"),
    "between pages": ("form feed", "form feed", "1", "2", "3", "0"),
    "page number": ("foot", "foot", "- 3 -", "[3]", "Page 3", "outer foot", "outer head", "outer head", "centred head", "none"),
    "running head": ("none", "titles", "titles", "book and part", "chapter only", "flush"),
    "head letters": ("capitals", "capitals", "as they are"),
    "on openings": ("nothing", "nothing", "number below", "all"),
    "openings": ("new page", "new page", "right page", "run on"),
    "front pages": ("roman", "the same"),
    "begin": ("indent", "indent", "indent", "blank", "blank+indent", "short"),
    "setting": ("ragged", "hyphens", "hyphens", "justified"),
    "heads": ("centred", "centred", "left"),
    "white space": ("kept", "kept", "kept", "kept", "double", "none"),
    "left margin": ("0", "0", "0", "6", "6/10"),
    "notes at foot": ("yes", "yes", "no"),
    "note mark": ("1 by page", "1 by page", "1 running", "[1] running", "(1) by page", "*", "*", "(a)"),
    "note rule": ("none", "none", "____", "-----"),
    "note size": ("solid", "solid", "apart"),
    "long notes": ("kept", "go on"),
    "signatures": ("none",) * 5 + ("B 2", "B2 right"),
    "catchwords": ("none",) * 6 + ("yes",),
}
ON_PAGES = {
    "header": "none",
    "paragraphs": "blank",
    "longer": "3",
    "margin": "none",
}  # of the book that is printed: the pages have their own
SIGNS = ("*", "†", "‡", "§", "||", "¶", "**", "††", "‡‡", "§§")
SHEETS = "ABCDEFGHIKLMNOPQRSTUXYZ"
_LEADERS = re.compile(r"\.{20,}|(?<=\S) {12,}")
LONGEST_NUMBER = 6
PROSE = 45  # columns: all lines of wrapped prose are as wide, but the last of a paragraph


class Line(NamedTuple):
    """One printed line; ``new``: a page begins with it; ``title``: of the chapter; ``kind``: text, head (of a chapter), side or gap."""

    text: str
    title: str
    kind: str = "text"
    new: bool = False
    front: bool = False


def _is_contents(piece: Piece) -> bool:
    """Whether a piece is the title of a contents page."""
    return piece.lines[0].strip().upper().startswith(("CONTENTS", "INHALT", "TABLE"))


def _filled(line: str, width: int) -> str:
    """An entry of a contents page, as many points or spaces taken out before its page as the measure has no room for."""
    over = len(line) - width
    return _LEADERS.sub(lambda fill: fill[0][over:], line) if over > 0 else line


class Page(NamedTuple):
    """What a page has between its head and its number."""

    body: list[str]
    foot: list[str]
    title: str
    opening: bool
    front: bool


class Printed:
    """A book on pages."""

    def __init__(self, book: Book, seed: int, fixed: Mapping[str, str]) -> None:
        self.chance = random.Random(~seed)
        own = {name: self.chance.choice(values) for name, values in PAGES.items()}
        self.c = own | {name: value for name, value in fixed.items() if name in PAGES}
        self.book = book
        self._agree()
        if self.c["pages"] == "cut" and (book.c["notes"].endswith("after") or book.c.get("standing") in ("paragraph", "page", "torn page")):
            self.c["notes at foot"] = "yes"  # between paragraphs only transcribers put them
        self.width, self.height = int(self.c["width"]), int(self.c["lines"])
        self.notes: dict[str, list[str]] = {}
        book.pieces = self._pieces()
        self.inner, self.c = self.c, book.c | self.c

    def _agree(self) -> None:
        """What no printer does together, or leaves a reader in doubt, is made to agree."""
        c = self.c
        if c["white space"] == "none" and c["begin"].startswith("blank"):
            c["begin"] = "indent"
        if c["white space"] == "none" or c["begin"] == "short":
            c["heads"] = "centred"
        if c["begin"] == "short" and c["width"] == "60":
            c["width"] = "66"
        if c["running head"] == "none" and c["page number"] == "outer head" and c["on openings"] == "all":
            c["on openings"] = "number below"
        if c["between pages"] == "0" and (c["page number"] == "none" or c["on openings"] == "nothing"):
            c["between pages"] = "1"  # where a page ends something shows it
        if self.book.c.get("own-leaf", "none") != "none" and c["openings"] == "run on":
            c["openings"] = "new page"  # a leaf of its own ends the page before it
        if self.book.c.get("genre") in ("dictionary", "encyclopaedia"):
            c["openings"] = "run on"  # a letter may have few words
        if c["pages"] != "cut":
            c |= {"notes at foot": "no", "begin": "blank", "white space": "kept", "setting": "ragged", "left margin": "0"}
            c |= {"running head": "none", "page number": "none", "openings": "run on", "signatures": "none", "catchwords": "none"}

    # -- the pieces

    def _pieces(self) -> list[Piece]:
        """The book's pieces, without the notes that stand at the feet of pages and what stood above them."""
        if self.c["notes at foot"] == "no":
            return self.book.pieces
        kept: list[Piece] = []
        seen = set[str]()
        for piece in self.book.pieces:
            if piece.type == "note":
                while kept and kept[-1].type == "x" and piece.note not in self.notes and self._announces(kept[-1]):
                    kept.pop()
                self.notes.setdefault(piece.note, []).append(piece.said)
            elif piece.sub == "on" and kept:
                kept[-1] = kept[-1]._replace(lines=[*kept[-1].lines, *piece.lines])
            else:
                kept.append(piece)
        for k, piece in enumerate(kept):
            for line in piece.lines:
                for sign in NOTE_REFERENCES.findall(line):
                    key = self._key(sign)
                    if key in seen or key not in self.notes:
                        kept[k] = kept[k]._replace(lines=[one.replace(sign, "") for one in kept[k].lines])
                    seen.add(key)
        for key in self.notes.keys() - seen:
            del self.notes[key]
        return kept

    @staticmethod
    def _announces(piece: Piece) -> bool:
        """Whether a piece is the heading or rule above notes."""
        text = " ".join(piece.lines).strip()
        return len(piece.lines) == 1 and (text.rstrip(".:").lower() in ("footnotes", "notes", "note") or not any(map(str.isalnum, text)))

    def _key(self, sign: str) -> str:
        return self.book.references[ord(sign) - 0xE000][1]

    # -- lines

    def _set(self, piece: Piece, before: str) -> list[str]:
        """The lines of a piece in the measure of the page."""
        c, lines, width = self.c, [line.replace("_", "").translate(UNSEEN) for line in piece.lines], self.width
        hyphens = c["setting"] != "ragged"
        bare = [line.strip() for line in lines]
        if piece.type == "head" or (
            piece.type == "x" and piece.lines and not piece.sub and piece.lines[0][:1].isupper() and (not before or _is_contents(piece))
        ):
            centred = c["heads"] == "centred" or piece.type == "x"
            return [part.center(width).rstrip() if centred else part for line in bare for part in wrapped(line, width - 8)]
        running = piece.type in ("p", "note", "sp", "stage") and piece.sub not in ("dateline", "salute", "signed")
        if running or (len(lines) > 1 and all(len(line) >= PROSE for line in lines[:-1]) and piece.type in ("quote", "item")):
            edge = "    " if piece.type == "quote" else ""
            begins = piece.type == "p" or (piece.type == "sp" and piece.lines[0][:1] == SPEAKER)
            first = edge + ("   " if c["begin"].endswith("indent") and begins and c["pages"] == "cut" else "")
            text = " ".join(bare)
            if c["begin"] == "short":
                made = ending_short(text, width, first, hyphens) if not edge else wrapped(text, width, first, edge, hyphens)
            else:
                made = wrapped(text, width - len(edge), first, edge, hyphens)
            return driven_out(made, width - len(edge)) if c["setting"] == "justified" else made
        done = []
        for line in lines:
            line = _filled(line, width) if piece.sub == "toc" else line
            edge = line[: len(line) - len(line.lstrip())]
            if piece.sub == "toc" and self.book.c["contents"] == "centred":
                edge = " " * max(0, (width - len(line.strip())) // 2)
            elif len(edge) > 20:  # at the right
                edge = " " * max(4, width - len(line.strip()) - 2)
            done += wrapped(line.strip(), width, edge, edge + "    ") if len(edge + line.strip()) > width else [edge + line.strip()]
        return done

    def _lines(self) -> list[Line]:
        """The whole book, not cut yet."""
        c, found = self.c, list[Line]()
        fronts = len([kind for kind in self.book.c.get("front", "none").split("+") if kind not in ("none", "dedication")])
        upper = self.book.c.get("upper", "none") != "none"
        title, last, gap, heads = "", "", 0, 0
        pieces = self.book.pieces
        for k, piece in enumerate(pieces):
            gap += piece.gap
            if not piece.lines:
                continue
            begins = piece.type == "head" and 0 < piece.level <= 1 + upper and not piece.sub
            if piece.type == "head" and piece.level > 0 and not piece.sub:
                heads += 1
            if begins:
                named = [*piece.lines, *(pieces[k + 1].lines if k + 1 < len(pieces) and pieces[k + 1].sub == "title" else [])]
                title = NOTE_REFERENCES.sub("", named[-1]).strip().strip("_").rstrip(".")
                title = title if len(title) > LONGEST_NUMBER else self.book.title  # no printer heads his pages by a bare number
            leaf = piece.sub == "leaf"
            begins = begins or (leaf and pieces[k - 1].sub != "leaf")
            new = begins and c["openings"] != "run on" and (last != "head" or c["openings"] == "right page" or leaf)
            if not heads and _is_contents(piece):
                title, new = piece.lines[0].strip().rstrip("."), c["openings"] != "run on"
            solid = piece.type == last and piece.type in ("p", "sp") and not c["begin"].startswith("blank")
            if solid and not piece.sub and gap <= self.book.gaps[3]:
                gap = 0
            front = heads <= fronts and c["front pages"] == "roman"
            found += [Line("", title, "gap")] * gap
            kind = "side" if leaf or (piece.type == "head" and piece.level > 1 + upper) else "head" if piece.type == "head" else "text"
            made = self._set(piece, title)
            found += [Line(text, title, kind, new and n == 0, front) for n, text in enumerate(made)]
            gap, last = 0, piece.type
        return found

    # -- pages

    def _mark(self, page: int, running: int) -> str:
        """The reference to the note that is the so-manieth of its page and of the book."""
        style = self.c["note mark"]
        if style in ("*", "(a)"):
            return SIGNS[page] if style == "*" else f"({chr(97 + page)})"
        return style.split()[0].replace("1", str(page + 1 if style.endswith("page") else running + 1))

    def _noted(self, line: str, page: int, running: int) -> tuple[str, list[str], int]:
        """A line with its references printed; the lines of its notes; how many they are."""
        foot: list[str] = []
        count = 0
        for sign in NOTE_REFERENCES.findall(line):
            key = self._key(sign)
            if key not in self.notes:
                line = line.replace(sign, self.book.references[ord(sign) - 0xE000][0])
                continue
            mark = self._mark(page + count, running + count)
            line = line.replace(sign, mark)
            count += 1
            opening = mark + ". " if mark.isdigit() and self.c["begin"] == "blank" else mark + " "
            for k, said in enumerate(self.notes[key]):
                if foot and self.c["note size"] == "apart":
                    foot.append("")
                made = wrapped((opening if k == 0 else "") + said, self.width, "  ", "", self.c["setting"] != "ragged")
                foot += driven_out(made, self.width) if self.c["setting"] == "justified" else made
        return line, foot, count

    def _pages(self) -> list[Page]:
        """The book, cut."""
        lines, pages = self._lines(), list[Page]()
        at = running = 0
        carried: list[str] = []
        while at < len(lines) or carried:
            while at < len(lines) and lines[at].kind == "gap":
                at += 1
            if at == len(lines) and not carried:
                break
            opens = at < len(lines) and (lines[at].kind == "head" or lines[at].new)
            if at < len(lines) and lines[at].new and self.c["openings"] == "right page" and len(pages) % 2:
                pages.append(Page([], [], "", True, lines[at].front))
            top = lines[min(at, len(lines) - 1)]
            body: list[str] = [""] * 3 if opens and top.new and self.c["white space"] != "none" else []
            foot, carried, on_page = carried, [], 0
            if len(foot) > self.height // 2:
                foot, carried = foot[: self.height // 2], foot[self.height // 2 :]
            while at < len(lines) and not carried:
                line = lines[at]
                text, notes, count = self._noted(line.text, on_page, running)
                full = len(body) + 1 + len(foot) + len(notes) + 2 * bool(foot or notes) > self.height
                if line.new and body and any(body):
                    break
                if line.kind in ("head", "side") and any(body) and len(body) + len(foot) > self.height - 8:
                    break  # no printer leaves a title at the foot
                if full and any(body) and not (notes and self.c["long notes"] == "go on" and len(body) + len(foot) + 4 < self.height):
                    break
                if notes and foot and self.c["note size"] == "apart":
                    foot = [*foot, ""]
                body.append(text)
                at, on_page, running = at + 1, on_page + count, running + count
                room = max(2, self.height - len(body) - len(foot) - 2)
                foot, carried = foot + notes[:room], notes[room:] if full else []
                foot += [] if full else notes[room:]
            while body and not body[-1]:
                body.pop()
            pages.append(Page(body, foot, top.title, opens, top.front))
        return pages

    def _signature(self, place: int) -> str:
        """What shows the binder the first leaves of each sheet of eight, in letters and figures."""
        sheet, leaf = divmod((place - 1) // 2, 8)
        if self.c["signatures"] == "none" or not place % 2 or not sheet or leaf > 1:
            return ""
        mark = SHEETS[sheet % len(SHEETS)] + (" 2" if self.c["signatures"] == "B 2" else "2") * leaf
        return mark.center(self.width).rstrip() if self.c["signatures"] == "B 2" else mark.rjust(self.width - 6)

    def _furnished(self, page: Page, place: int, number: str, following: str = "") -> list[str]:
        """The page with its running head, notes and number; a blank page has neither."""
        if not page.body and not page.foot:
            return []
        c, width, left = self.c, self.width, place % 2 == 0
        shape = c["page number"]
        opening = page.opening or not page.title
        head = c["running head"] if not (opening and c["on openings"] != "all") else "none"
        words = (self.book.title if left and head in ("titles", "book and part", "flush") else page.title or self.book.title)[:44]
        if opening and words == page.title[:44]:
            head = "none"  # no printer heads a chapter's title by itself
        words = words.upper() if c["head letters"] == "capitals" else words
        above, below = "", ""
        at_head = shape.endswith("head") and not (opening and c["on openings"] != "all")
        if head == "flush":
            above = (f"{number} {words}" if left else f"{words} {number}") if at_head else words
        elif at_head and shape == "outer head":
            inner = words if head != "none" else ""
            above = number + inner.center(width)[len(number) :].rstrip() if left else inner.center(width)[: -len(number)] + number
        elif at_head:
            above = (f"{words}    {number}" if head != "none" else number).center(width).rstrip()
        elif head != "none":
            above = words.center(width).rstrip()
        if shape in ("foot", "- 3 -", "[3]", "Page 3"):
            below = (number if shape == "foot" else shape.replace("3", number)).center(width).rstrip()
        elif shape == "outer foot":
            below = number if left else number.rjust(width)
        elif shape.endswith("head") and opening and c["on openings"] == "number below":
            below = number.center(width).rstrip()
        if shape in ("foot", "- 3 -", "[3]", "Page 3", "outer foot") and opening and c["on openings"] == "nothing":
            below = ""
        rule = {"none": [], "____": ["_" * 12], "-----": ["-" * 10]}[c["note rule"]] if page.foot else []
        foot = ["", *rule, *page.foot] if page.foot else []
        caught = [word.rjust(width) for word in following.split()[:1] if c["catchwords"] == "yes"]
        signed = [mark] if (mark := self._signature(place)) else []
        made = [*([above, ""] if above else []), *page.body, *foot, *caught, *signed, *(["", below] if below else [])]
        margin = c["left margin"].split("/")
        edge = " " * int(margin[place % len(margin)])
        return [edge + line if line else line for line in made]

    # -- the two files

    def text(self) -> str:
        """The plain text."""
        if self.c["pages"] != "cut":
            return self._marked()
        lines: list[str] = []
        between = self.c["between pages"]
        pages = self._pages()
        fronts = sum(page.front for page in pages)
        for place, page in enumerate(pages, 1):
            number = roman(place).lower() if page.front else str(place - fronts)
            after = next(iter(pages[place].body), "") if place < len(pages) else ""
            made = self._furnished(page, place, number, after)
            if place > 1:
                made = ["\f" + (made[0] if made else ""), *made[1:]] if between == "form feed" else [""] * int(between) + made
            lines += made
        if self.c["white space"] == "double":
            lines = [line for pair in zip(lines, [""] * len(lines), strict=True) for line in pair]
        elif self.c["white space"] == "none":
            lines = [line for line in lines if line.strip(" ")]
        return "\n".join(lines) + "\n"

    def _marked(self) -> str:
        """The plain text with marks where pages begin, as transcribers leave them, its lines not cut."""
        mark, _, place = self.c["pages"].rpartition(" ")
        lines: list[str] = []
        page, since = 1, 0
        for line in self._lines():
            text = NOTE_REFERENCES.sub(lambda sign: self.book.references[ord(sign[0]) - 0xE000][0], line.text)
            if since >= self.height and text and line.kind == "text" and line.title:
                page, since = page + 1, 0
                shown = mark.replace("3", str(page))
                if place == "inline":
                    edge = text[: len(text) - len(text.lstrip())]
                    words = text.split()
                    middle = len(words) // 2 if len(text) > PROSE else 0
                    text = edge + " ".join([*words[:middle], shown, *words[middle:]])
                else:
                    lines += ["", shown, ""]
            since += bool(text)
            lines.append(text)
        return "\n".join(lines) + "\n"

    def gold(self, name: str) -> dict[str, Any]:
        """The structure, as the shared scorer reads it: each note at the foot of a page after the paragraph that refers to it."""
        pieces = list[Piece]()
        for piece in self.book.pieces:
            pieces.append(piece)
            for key in map(self._key, NOTE_REFERENCES.findall(" ".join(piece.lines))):
                pieces += [Piece(0, [said], "note", note=key, said=said) for said in self.notes.get(key, ())]
        self.book.pieces = pieces
        return self.book.gold(name)
