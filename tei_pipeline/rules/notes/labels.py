"""The labels of notes: a siglum, or the word for a note and its number."""

from __future__ import annotations

import re
from functools import lru_cache

from tei_pipeline.language import Language, alternation, fold, load
from tei_pipeline.seldom import seldom

# Sigla as printers and transcribers set them at the front of a note: [1] [37a] [A-1] [*1] [_a_] [^1]: [FN#1] [[1]] {1} <1> /1/ ^1 ^{a}
# (1) ((1)) (*1) *1 1. 1) * † + [Footnote 1: and what text made of web pages has: 1 (return) [; where the margin's notes are counted among
# them: M1; with the sign of the italics that begin a note before its number: _   7 Title_, p. 5
BY_PAGE = r"[0-9]{1,4}[:.][0-9A-Za-z]{1,3}"  # counted on each page, which stands before: {16:A} [7.2]
OF_A_PAGE = (
    r"\*{1,2}|[†‡§¶+#]{1,2}|\[(?:\+{1,2}|\|\|)\]|[A-Z][a-z]{1,2}\."  # in the order of printers; a sign may be written as a word: Sec.
)
IN_SQUARES = (
    r"[0-9]{1,4}[a-z]?|[a-zA-Z]|[a-z]{2}|[ivxl]{3,7}|[IVXLC]{2,7}|[*+†‡§¶#]{1,4}|[ivxlc]+:[0-9]{1,3}|[0-9]{1,3}-[0-9]{1,3}"
    rf"|{BY_PAGE}|[*+†‡§#]{{1,2}}[0-9]{{1,3}}|[a-zA-Z]{{1,4}}-?[0-9]{{1,3}}"
    r"|[IVXLC]{1,7}['’′]?-[0-9]{1,3}"  # of a chapter of the second part: [IV'-12]
    rf"|[0-9]{{1,4}}-(?:[A-Za-z]|{OF_A_PAGE})"  # of a page: [12-A], [12-*], and as transcribers write the daggers: [12-[+]]
)
IN_ROUNDS = rf"{BY_PAGE}|[0-9]{{1,3}}|\*[0-9]{{1,3}}|[*†‡§+]{{1,3}}|[a-zA-Z]|[ivx]{{2,5}}|[IVX]{{2,5}}"
SET_OFF = (r"\[[_=^]?", r"[.)]?[_=]?[.)]?\]")  # a siglum in squares may be set in italics, raised, or end with its point
_CAPITALS = "[A-ZÀ-ÖØ-Þ]{3}"  # behind the letter of a note that is a division of its own: (C) PAGE 58.


@lru_cache(maxsize=1)
def short_mark() -> str:
    """How transcribers shorten the word for a note before a number, in books of every language: FN#1, Fn. 1."""
    return rf"(?:{alternation(load('en').library.note_marks)}\.?\s?#?\s?(?=\d))?"


@lru_cache(maxsize=1)
def _siglum() -> re.Pattern[str]:
    """The sigla, each style a group of its name."""
    returning = alternation(load("en").library.returning)
    return re.compile(_SIGLA.replace("SHORT_MARK", short_mark()).replace("RETURNING", returning))


_SIGLA = (
    rf"^(?:\[?{SET_OFF[0]}SHORT_MARK"
    rf"(?P<square>{IN_SQUARES}){SET_OFF[1]}\]?[.:]?"
    rf"|\{{?(?P<brace>[0-9]{{1,4}}[a-z]?|{BY_PAGE}|(?<=\{{)[A-Za-z])\}}\.?"
    r"|<(?P<angle>[0-9]{1,4})>|/(?P<slash>[0-9]{1,3})/"
    r"|\^(?:(?P<caret>[0-9]{1,3}|[a-zA-Z])\b|\{(?P<raising>[0-9]{1,3}|[a-zA-Z])\})\.?"
    rf"|(?!\(_?[A-Z]_?\)\.?\s+{_CAPITALS})\(?\(_?(?P<round>{IN_ROUNDS})_?\)\)?\.?"
    r"|(?P<raised>[⁰¹²³⁴-⁹]{1,3}\)?)"
    r"|(?P<returned>[0-9]{1,4})\s\(RETURNING\)(?:\s?\[(?!\s?[^\W\d_]+:))?"
    r"|\*(?P<starred>[0-9]{1,3})\.?(?=\s)"
    r"|(?P<point>[0-9]{1,3})[.):](?=\s)(?:\s*[↑^](?=\s))?"
    r"|(?:_\s+)?(?P<bare>M?[0-9]{1,3}|1[0-3][0-9]{2})(?=\s+(?:§\s?\d|\{~|\[\s|(?:[1-9]\s+)?[\"“„«‘'(\[]?_?[^\W\d_\s]))"
    r"|(?P<star>\*\)|[*†‡§¶]{1,8}\)?|\|\||‖|\+{1,3}(?=\s?[^\W\d]|\s[\"“])(?![^+]{1,60}\+(?:\W|$)))(?=\s{0,3}[^\s*]))\s*"
)
BEGINS = "[({*†‡§¶|‖+<^⁰¹²³⁴⁵⁶⁷⁸⁹"  # what the label of a note may begin with
PARAGRAPH = re.compile(r"§+\s?(?:[0-9]|[IVXLC]+\b)")  # the sign with its number: a section of the book
RAISED = {ord(sign): str(figure) for figure, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_WORDED = re.compile(
    r"^[\[({<]?\s*(?P<it>_)?(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?\.?(?:\s[^\W\d_]{2,6}){0,4})(?::\s+(?=\d{1,4}:)|\s+)(?P<n>[0-9]{1,4}[a-z]?|[A-Z]|[*†‡§+]{1,4}|[ivxlcIVXLC]+)_?"
    r"(?:,\s(?P<unit>[^\W\d_]{1,8}\.?)\s[0-9]{1,4})?\s*[:.—–\-\]>]+(?(it)_?)\s*",
    re.I,
)
_SHORTENED = re.compile(r"(?P<word>[^\W\d_]{1,2})\((?P<n>[0-9]{1,3})\)\s+(?=[^\W\d_a-zß-ÿ]|[\"“„«‘'(_])")  # f(1) It was sold.
_RAISING = {ord(str(figure)): sign for figure, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_NOTA_BENE = ("N", "B")
LONGEST_LABEL = 40  # characters
BOLD = re.compile(
    r"\*\*[^\s*][^*]{0,60}\*\*|\*[^\s*][^*]{0,60}(?<!\s)\*(?=[\s.,;:!?)\"”’]|$)"
)  # between (pairs of) stars: bold type in plain text


def siglum(text: str) -> tuple[str, str, int] | None:
    """Style, siglum without its brackets, and length of the label at the front of a note."""
    m = _siglum().match(text)
    if m is None:
        return None
    style = m.lastgroup or ""
    n = m[style] if style != "raised" else m[style].rstrip(")").translate(RAISED)
    style = "caret" if style == "raising" else style
    return style, n.rstrip(")") if style == "star" else n, len(" ".join(m.group().split()))  # as running text has it


def worded_label(text: str, language: Language) -> tuple[str, int] | None:
    """Number and length of a label that begins with the word for a note or its first letter: "[Footnote 1:", "Note 1.", "f(1)"."""
    if (short := _SHORTENED.match(text)) is not None and short["word"] in load("en").library.note_letters:
        return short["n"], short.end()
    m = _WORDED.match(text[:LONGEST_LABEL])
    if m is None or fold(m["word"]).rstrip(".") not in note_words(language):
        return None
    if (m["word"].upper().rstrip("."), m["n"]) == _NOTA_BENE:
        return None
    if m["unit"] is not None and fold(m["unit"]).rstrip(".") not in _units(language):
        return None
    return m["n"], len(" ".join(m.group().split())) + m.group()[-1].isspace()  # as running text has it


def opens_note(text: str, language: Language) -> bool:
    """Whether a bracket that a line begins with says that it is a note: [Footnote 1: …"""
    return text[0] == "[" and worded_label(text, language) is not None


def worded(text: str, language: Language) -> tuple[str, str, int] | None:
    """Style, number and length of such a label without brackets, as :func:`siglum` gives them."""
    label = worded_label(text, language) if text[:1].isalpha() or text[:1] == "_" else None
    return None if label is None else ("worded", *label)


def names_note(text: str, language: Language) -> tuple[str, int] | None:
    """Number and length of such a label that is a line's only words, but for the page of the text that it belongs to: a heading. A letter
    in brackets is one too, over such a page: (C) PAGE 58.
    """
    head, comma, page = text.partition(",")
    label = (worded_label(head, language) or worded_label(head + ".", language)) if text[:1].isalpha() else None
    if (m := _LETTER.match(text) if text[:1] == "(" else None) is not None:
        label = m[1], m.end()
    if label is None:
        return None
    rest = (word.rstrip(".") for word in _PARTS.findall(head[label[1] :] + comma + page))
    return label if all(word.isdecimal() or fold(word) in _units(language) for word in rest) else None


_LETTER = seldom(rf"\(_?([A-Z])_?\)\.?\s+(?={_CAPITALS})")
_PARTS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8)
def _units(language: Language) -> frozenset[str]:
    return frozenset(fold(unit).rstrip(".") for unit in language.citation_units)


@lru_cache(maxsize=8)
def note_words(language: Language) -> frozenset[str]:
    """The words that begin the label of a note, folded and without their point; also those of transcribers."""
    return frozenset(prefix.rstrip(".") for prefix in language.note_prefixes).union(load("en").library.note_words)


def as_referred(n: str, label: str = "") -> tuple[str, ...]:
    """How a text may print the reference to a note of that number, and of that label if it has a word."""
    if word := label.strip("[({_* ").split(" ", 1)[0]:
        named = tuple(f"{form} {n}{end}" for form in (word, word.lower()) for end in (")", "]", ".)", ".]"))
        return (*as_referred(n), *named, f"{n})")
    if not n[0].isalnum():
        return (n, f"[{n}]", f"({n})")
    forms = (f"[{n}]", f"({n})", f"{{{n}}}")
    return (*forms, f"^{n}", f"^{{{n}}}", n.translate(_RAISING)) if n.isdigit() else forms


def is_year(text: str, found: tuple[str, str, int]) -> bool:
    """Whether the number of a sign is all of its line, and a year: of a piece, below its title."""
    return found[2] >= len(text) and _YEAR.fullmatch(found[1]) is not None


_YEAR = re.compile(r"1[4-9]\d\d")
