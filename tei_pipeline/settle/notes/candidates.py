"""What may be a reference to a note: bracketed sigla, signs, and numbers weighed by how they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from tei_pipeline.language import Language, alternation, fold, load
from tei_pipeline.measuring.verse.lineation import COUNTED_IN_BRACKETS
from tei_pipeline.rules.notes.labels import BY_PAGE, IN_ROUNDS, IN_SQUARES, RAISED, SET_OFF, note_words, short_mark
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.notes.groups import RunningText

_ROUND = re.compile(rf"\((?<!\b[fg]\()_?(M?[0-9]{{1,3}}|1[0-3][0-9]{{2}}|{IN_ROUNDS})_?\)")
BRACE = re.compile(rf"\{{([0-9]{{1,4}}[a-z]?|{BY_PAGE}|[A-Za-z])\}}")
_ENCLOSED = {
    "brace": BRACE,
    "caret": re.compile(r"\^(?:\{([0-9]{1,3}|[a-zA-Z])\}|([0-9]{1,3}|[a-zA-Z])\b)"),
    "starred": re.compile(r"\*([0-9]{1,3})(?!\w)"),
    "angle": re.compile(r"<([0-9]{1,4})>"),
    "slash": re.compile(r"/(?<![\w/]/)([0-9]{1,3})/(?![\w/])"),
}
_NAMED = seldom(r"[\[(](?:[^\W\d_]+ )?([^\W\d_]+\.?) ([0-9]{1,4}[a-z]?|[A-Z])\.?[\])]")  # (Note 3) [see Note 3]
_CLOSED = re.compile(r"(?:(?<=[^\s\d(\[])|(?<=[^\s\d(\[]\s))([0-9]{1,3})(?=\)(?!\w))")  # word. 1)
# These begin with what the engine can look for, and only then look back: so they are many times as fast.
_RAISED = re.compile(r"[⁰¹²³⁴-⁹](?:(?<=\S.)|(?<=\S .))[⁰¹²³⁴-⁹]{0,2}")
_FIGURES = re.compile(r"[0-9][0-9]*")
_WRITTEN_ON = seldom(r"[1-9](?:(?<=[^\W\d_A-Z].)|(?<=[.,;:!?)”’\"].))[0-9]{0,2}(?![\w%/]|[.,:–—-]\d)")
_QUANTITY = re.compile(r"[$£€№/]$|\d[.,:]$")
_LARGE = re.compile(
    r"(?P<year>(?<!\d)(?:1[0-9]|20)[0-9]{2}[.,;:])$|(?<!\d)[0-9]{3}[.,]$"
)  # a decimal fraction seldom has so much before it
FULL_GROUP = 3  # figures behind a comma: thousands
_GOES_ON = re.compile(r"[/%°]|[.,:–—-]\d|\s?%")
_SIGN = re.compile(r"[*†‡§¶+|‖]")
_STARS = re.compile(r"(?<=[^\s*(\[])\s?([*†‡§¶]{1,8}|\|\||‖|\+{1,3})(?![*†‡§¶|‖+\w])")
_COUNTS_VERSE = re.compile(COUNTED_IN_BRACKETS, re.M)
_ATTACHED = frozenset(".,;:!?)]\"”“’'»«*")


@lru_cache(maxsize=1)
def square() -> re.Pattern[str]:
    """A reference in square brackets, perhaps with the word of a transcriber: [1], [FN#1], [Note 1]."""
    word = alternation(load("en").library.note_words)
    return re.compile(rf"{SET_OFF[0]}(?:(?i:{word}) |{short_mark()})({IN_SQUARES}){SET_OFF[1]}")


class Candidate(Struct, frozen=True):
    """A place of the running text that may be the reference ``n``, and how much its print says so: 0 to 5."""

    start: int
    end: int
    n: str
    weight: float


def candidates_of(style: str, wanted: set[str], low: int, high: int, text: RunningText, language: Language) -> list[Candidate]:
    """What stands between two places and may refer to a note of one of the ``wanted`` numbers, printed as the style of these notes asks."""
    found: list[Candidate] = []
    if style == "worded":
        most = 0
        for other in ("square", "raised", *_ENCLOSED, "round", "named", "closed"):
            printed = candidates_of(other, wanted, low, high, text, language)
            if other == "closed" and not all(text.text[c.end : c.end + 1] == ")" for c in printed):
                continue  # numbers that nothing encloses
            inside = len({c.n for c in printed if c.start not in text.opens})  # at the front of a paragraph a number may count it
            if inside > most:
                found, most = printed, inside
        return found or candidates_of("plain", wanted, low, high, text, language)
    if style == "square":
        squares = (m for m in square().finditer(text.text, low, high) if m[1] in wanted and not _COUNTS_VERSE.match(text.text, m.start()))
        found = [Candidate(m.start(), m.end(), m[1], 5.0) for m in squares]
        found = found or _bare_signs(wanted, low, high, text)
        if not found and len(wanted) > 2:
            found = _written_on(wanted, low, high, text)
    if style in _ENCLOSED:
        enclosed = ((m, m[m.lastindex or 0]) for m in _ENCLOSED[style].finditer(text.text, low, high))
        found = [Candidate(m.start(), m.end(), n, 5.0) for m, n in enclosed if n in wanted]
    if style == "raised":
        raised = ((m, m[0].translate(RAISED)) for m in _RAISED.finditer(text.text, low, high))
        found = [Candidate(m.start(), m.end(), n, 5.0) for m, n in raised if n in wanted]
    if style == "round":
        found = [Candidate(m.start(), m.end(), m[1], 5.0) for m in _ROUND.finditer(text.text, low, high) if m[1] in wanted]
        if found and (lost := wanted - {c.n for c in found}):  # a book may print some of them in other brackets
            found += [Candidate(m.start(), m.end(), m[1], 5.0) for m in square().finditer(text.text, low, high) if m[1] in lost]
            found.sort(key=lambda c: c.start)
        found = found or _bare_signs(wanted, low, high, text)
    if style == "named":
        known = note_words(language)
        named = (m for m in _NAMED.finditer(text.text, low, high) if fold(m[1]).rstrip(".") in known)
        found = [Candidate(m.start(), m.end(), m[2], 5.0) for m in named if m[2] in wanted]
    if style == "closed":
        found = [Candidate(m.start(1), m.end(1), m[1], 4.0) for m in _CLOSED.finditer(text.text, low, high) if m[1] in wanted]
        if 2 * len({candidate.n for candidate in found}) < len(wanted):
            style = "plain"
    if style == "plain":
        found = _plain_candidates(wanted, low, high, text, language)
    return found


def _bare_signs(wanted: set[str], low: int, high: int, text: RunningText) -> list[Candidate]:
    """The signs that refer to notes which stand in brackets, themselves without any: "the rope.*", "(*Footnote. It was sold.)"."""
    if not any(n[0] in "*†‡§¶+" for n in wanted):
        return []
    return [Candidate(m.start(1), m.end(1), m[1], 5.0) for m in stars_in(text.text, low, high) if m[1] in wanted]


def _written_on(wanted: set[str], low: int, high: int, text: RunningText) -> list[Candidate]:
    """The raised numbers of bracketed notes, written on to the words by a conversion without brackets: each once, and in order."""
    found = [Candidate(m.start(), m.end(), m[0], 5.0) for m in _WRITTEN_ON.finditer(text.text, low, high) if m[0] in wanted]
    numbers = [int(candidate.n) for candidate in found]
    return found if len(found) > len(wanted) / 2 and numbers == sorted(set(numbers)) else []


def stars_in(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """The matches of :data:`_STARS`, looked for only where such a sign stands."""
    at = low
    while (sign := _SIGN.search(text, at, high)) is not None:
        start = sign.start()
        m = (_STARS.match(text, start - 1, high) if start - 1 >= at else None) or _STARS.match(text, start, high)
        at = start + 1 if m is None else m.end()
        if m is not None:
            yield m


_COUNTING = frozenset(("volume", "part", "book", "act", "chapter", "scene", "section", "article", "subsection", "letter"))


@lru_cache(maxsize=8)
def _quantities(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Words before a number that it counts (a month, a word for a page, a division) and words behind a quantity, folded."""
    divisions = [form for form, word in language.divisions.items() if word.type in _COUNTING]
    before = (*language.months, *language.citation_units, *divisions, *language.weekdays)
    behind = (*language.counted, *language.months)
    return frozenset(fold(word).split()[-1] for word in before if word), frozenset(fold(word).split()[0] for word in behind)


_GLUED = re.compile(r"[^\W\d_]{3}")  # the next word, its white space lost: no ordinal and no unit is so long
_BEFORE = re.compile(r"(§+|[^\W\d_]+\.?)\s?$")
_MARKS_ITEM = re.compile(r"[.)] +\w")  # behind a number at the front of a line
_BEHIND = re.compile(r" ([^\W\d_]+)")


def _plain_candidates(wanted: set[str], low: int, high: int, text: RunningText, language: Language) -> list[Candidate]:
    bracketed = [Candidate(m.start(), m.end(), m[1], 5.0) for m in square().finditer(text.text, low, high) if m[1] in wanted]
    for other in ("raised", *_ENCLOSED):
        bracketed += candidates_of(other, wanted, low, high, text, language)
    enclosed = {at for c in bracketed for at in range(c.start, c.end)}
    bracketed += [
        Candidate(m.start(), m.end(), m[1], 3.0)
        for m in _ROUND.finditer(text.text, low, high)
        if m[1] in wanted and (m[1][0] == "M" or text.text[m.start() - 1 : m.start()] not in ("\n", ""))
    ]
    counted, counting = _quantities(language)
    string = text.text
    for m in _FIGURES.finditer(string, low, high):
        n = m[0]
        start, end = m.start(), m.end()
        if n not in wanted or n[0] == "0" or start in enclosed:
            continue
        if _GOES_ON.match(string, end):
            continue
        if _QUANTITY.search(string[max(0, start - 2) : start]):
            if len(n) < FULL_GROUP and (large := _LARGE.search(string, max(0, start - 6), start)) is not None:
                bracketed.append(Candidate(start, end, n, 1.2 if large["year"] else 0.3))  # in 1756,26 · 900,10
            continue
        weight = _weight(string, start, end, counted, counting)
        if weight > 0:
            bracketed.append(Candidate(start, end, n, weight))
    return sorted(bracketed, key=lambda c: c.start)


def _weight(string: str, start: int, end: int, counted: frozenset[str], counting: frozenset[str]) -> float:
    """How a number is printed: like a reference (raised beside a word or point) or like a quantity."""
    before = string[max(0, start - 24) : start]
    after = string[end : end + 16]
    word = _BEFORE.search(before)
    if word is not None and (fold(word[1]) in counted or (before[-1:] != "." and fold(word[1]).rstrip(".") in counted)):
        return 0.0
    word = _BEHIND.match(after)
    if word is not None and fold(word[1]) in counting:
        return 0.0
    last = before[-1:]
    if last == "\n" and _MARKS_ITEM.match(after) and before[-2:-1] in '.?!:;)”"':
        return 0.0
    if last and not last.isspace():
        if last in _ATTACHED or last.isalpha():
            return 4.0
        return 0.0 if last in "-–—(" else 1.0
    if _GLUED.match(after):
        return 1.2
    bare = before.rstrip()
    point = bare[-1:]
    follows = after.lstrip(" \n")[:1]
    if after[:1] and after[:1] in '.,;:)”"' and point.isalpha():
        return 1.5
    if after[:1] == "," and point and point in ",;:":
        return 0.0  # it counts a member of the sentence: a rope is 1, tarred; 2, dry
    if after[:2] in (" ;", " :", " ?", " !", " .", " )", " ,"):
        return 2.0
    if point in ',;:)”"’' or point in ".!?":
        if follows.islower() or (follows in '—–"“' and follows) or (point in '.!?)”"’' and follows.isupper()) or not after.strip():
            return 2.5
        return 1.2
    if (after[:1] == "\n" and point.isalpha()) or not after:
        return 1.2
    return 0.4
