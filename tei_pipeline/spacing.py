"""White space, recorded apart from the text it stands in: with it and the printed characters a text is rebuilt exactly.

A record does not depend on markup, so it still serves after an editor has changed the tags of an edition or indented it anew.

Printed characters are all that are not white space (``str.isspace``) and that XML can hold. ``rows`` joined are a chain of words: a word's
length in letters (a–z are 1 to 26; capitals before them, A–Z as 0 to 25, count twenty-sixes), then the number in ``strings`` of the white
space after it, or nothing when that is one space. White space before the first word is its number alone, at the very beginning. A row
ends where the white space holds a line end. So "To be," and on the next line "or" are ``bc0`` and ``b1``; string 0 is the line end,
string 1 is empty.

Characters that XML cannot hold are lifted out first; each stands behind a number of printed characters and then of white space.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from msgspec import Struct

from tei_pipeline.remembered import remembered
from tei_pipeline.source import UNENCODABLE

LARGEST = 1 << 30  # characters: more than a text that fits into memory has; a record that promises more is an attack

_ODD_GAP = re.compile(r"(\s(?:\s+|(?<! )))")  # white space that is more or other than a single space
_SAME = re.compile(f"({UNENCODABLE.pattern})\\1*")
_LEAD = re.compile("[0-9]{0,9}")
_TOKEN = re.compile("[A-Z]{0,8}[a-z][0-9]{0,9}")
_PARTS = re.compile("([A-Z]*)([a-z])([0-9]*)")


class Lifted(NamedTuple):
    """``times`` times the code point ``code``, behind ``after`` printed characters and ``white`` characters of white space."""

    after: int
    white: int
    code: int
    times: int


class Spacing(Struct, frozen=True):
    """All of a text but its printed characters."""

    strings: tuple[str, ...]
    rows: tuple[str, ...]
    lifted: tuple[Lifted, ...] = ()


class SpacingError(ValueError):
    """The record is broken, or is about another text."""


@remembered(1)
def take_apart(text: str) -> tuple[str, Spacing]:
    """The printed characters of a text, and its spacing; :func:`rebuild` makes the text of them again."""
    plain, lifted = _lift(text)
    body = plain.lstrip()
    lead = plain[: len(plain) - len(body)]
    pieces = _ODD_GAP.split(body)  # words with single spaces between them, and in turn what else parts words
    if not pieces[-1]:
        del pieces[-1]
    elif pieces[-1].endswith(" "):
        pieces[-1] = pieces[-1][:-1]
    else:
        pieces.append("")
    runs, gaps = pieces[::2], pieces[1::2]
    strings = [gap for gap, _ in Counter(gaps).most_common()]
    if lead and lead not in strings:
        strings.append(lead)
    number = {gap: str(at) for at, gap in enumerate(strings)}
    tokens = {gap: number[gap] + ("\n" if "\n" in gap or "\r" in gap else "") for gap in set(gaps)} | {" ": ""}
    words = body.split()
    lengths = list(map(_Letters().__getitem__, map(len, words)))
    ends = list(accumulate([run.count(" ") + 1 for run in runs], initial=0))
    rows = ["".join(lengths[start:end]) + tokens[gap] for (start, end), gap in zip(pairwise(ends), [*gaps, " "], strict=False)]
    return "".join(words), Spacing(tuple(strings), tuple("".join([number[lead] if lead else "", *rows]).split("\n")), tuple(lifted))


def rebuild(printed: str, spacing: Spacing, characters: int) -> str:
    """The text with these printed characters and this spacing, ``characters`` long. Raises :class:`SpacingError`."""
    joined = "".join(spacing.rows)
    lead = _LEAD.match(joined)
    first = lead[0] if lead else ""
    tokens = _TOKEN.findall(joined, len(first))
    if len(first) + sum(map(len, tokens)) != len(joined):
        raise SpacingError("the white space is not recorded in words and numbers")
    known = {token: _parse(token, spacing.strings) for token in set(tokens)}
    before = _string(spacing.strings, first) if first else ""
    lengths = [known[token][0] for token in tokens]
    gaps = [known[token][1] for token in tokens]
    if sum(lengths) != len(printed):
        raise SpacingError(f"the white space is that of {sum(lengths)} printed characters, but there are {len(printed)}")
    whole = len(before) + len(printed) + sum(map(len, gaps)) + sum(row.times for row in spacing.lifted)
    if whole != characters or whole > LARGEST:
        raise SpacingError(f"the white space makes a text of {whole} characters, not of {characters}")
    words = map(StringIO(printed, newline="").read, lengths)
    plain = before + "".join(chain.from_iterable(zip(words, gaps, strict=True)))
    return _put_back(plain, spacing.lifted, len(before), lengths, gaps) if spacing.lifted else plain


class _Letters(dict[int, str]):
    """How each length of a word is written; made when it is first asked for."""

    def __missing__(self, length: int) -> str:
        high, low = divmod(length - 1, 26)
        capitals = ""
        while high:
            high, digit = divmod(high, 26)
            capitals = chr(ord("A") + digit) + capitals
        self[length] = letters = capitals + chr(ord("a") + low)
        return letters


def _parse(token: str, strings: Sequence[str]) -> tuple[int, str]:
    """A word's length, and the white space after it."""
    parts = _PARTS.fullmatch(token)
    assert parts  # it is a token
    high = 0
    for capital in parts[1]:
        high = high * 26 + ord(capital) - ord("A")
    return high * 26 + ord(parts[2]) - ord("a") + 1, _string(strings, parts[3]) if parts[3] else " "


def _string(strings: Sequence[str], number: str) -> str:
    try:
        return strings[int(number)]
    except IndexError:
        raise SpacingError(f"there is no white space number {number}") from None


def _lift(text: str) -> tuple[str, list[Lifted]]:
    """The text without what XML cannot hold, and what that was."""
    lifted: list[Lifted] = []
    pieces: list[str] = []
    at = after = white = 0
    for run in _SAME.finditer(text):
        piece = text[at : run.start()]
        at = run.end()
        pieces.append(piece)
        words = piece.split()
        white = len(piece) - len(piece.rstrip()) if words else white + len(piece)
        after += sum(map(len, words))
        lifted.append(Lifted(after, white, ord(run[1]), len(run[0])))
    return ("".join([*pieces, text[at:]]) if lifted else text), lifted


def _put_back(plain: str, lifted: Sequence[Lifted], start: int, lengths: Sequence[int], gaps: Sequence[str]) -> str:
    printed = list(accumulate(lengths, initial=0))
    shifts = list(accumulate(map(len, gaps), initial=start))
    pieces: list[str] = []
    at = 0
    for after, white, code, times in lifted:
        word = bisect_left(printed, after) - 1  # the word that holds the printed character before
        to = white if word < 0 else shifts[word] + after + white
        if not at <= to <= len(plain) or after > printed[-1]:
            raise SpacingError(f"no place behind {after} printed characters and {white} of white space")
        pieces += (plain[at:to], chr(code) * times)
        at = to
    return "".join([*pieces, plain[at:]])
