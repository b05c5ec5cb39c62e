"""Paragraphs as printers set them: words parted at line ends, lines driven out to the measure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"([^\w]*)([^\W\d_]{6,})([^\w]*)$")
_VOWELS = frozenset("aeiouyàâäéèêëîïôöûüùæœ")
LEAST_DRIVEN = 3  # spaces: a line of fewer is not driven out
MOST_DRIVEN = 10  # columns


def parted(word: str, room: int) -> tuple[str, str] | None:
    """A long word in two, the first with its hyphen no longer than ``room``: before a consonant between vowels, or between two."""
    m = _WORD.match(word)
    if m is None:
        return None
    before, letters, after = m.groups()
    sounded = [letter.lower() in _VOWELS for letter in letters]
    for k in range(min(room - 1 - len(before), len(letters) - 3), 1, -1):
        if not sounded[k] and sounded[k + 1] and (sounded[k - 1] or (k > 2 and sounded[k - 2])):
            return before + letters[:k] + "-", letters[k:] + after
    return None


def wrapped(text: str, width: int, first: str = "", rest: str = "", hyphens: bool = False) -> list[str]:
    """The lines of a paragraph."""
    lines: list[str] = []
    line, empty = first, True
    words = text.split()
    while words:
        word = words.pop(0)
        longer = line + word if empty else f"{line} {word}"
        if len(longer) <= width or empty:
            line, empty = longer, False
            continue
        room = width - len(line) - 1
        cut = parted(word, room) if hyphens and room > LEAST_DRIVEN else None
        if cut is not None:
            line, word = f"{line} {cut[0]}", cut[1]
        lines.append(line)
        words.insert(0, word)
        line, empty = rest, True
    return lines if empty else [*lines, line]


def driven_out(lines: Sequence[str], width: int) -> list[str]:
    """The lines of a paragraph, all but the last filled with spaces to the measure."""
    done = []
    for line in lines[:-1]:
        bare = line.lstrip()
        words = bare.split(" ")
        short = width - len(line)
        if 0 < short <= MOST_DRIVEN and len(words) > LEAST_DRIVEN:
            gaps = [1 + short // (len(words) - 1)] * (len(words) - 1)
            for k in range(short % (len(words) - 1)):
                gaps[(k * 7 + len(bare)) % len(gaps)] += 1
            bare = words[0] + "".join(" " * gap + word for gap, word in zip(gaps, words[1:], strict=True))
        done.append(line[: len(line) - len(line.lstrip())] + bare)
    return [*done, *lines[-1:]]


def ending_short(text: str, width: int, first: str = "", hyphens: bool = False) -> list[str]:
    """A paragraph that nothing but its short last line shows."""
    for narrower in range(12):
        lines = wrapped(text, width - narrower, first, hyphens=hyphens)
        if len(lines[-1]) <= 0.75 * width:
            break
    return lines
