"""Roman numerals as books print them."""

from __future__ import annotations

import re

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,3}[ij]?)|j", re.IGNORECASE)
"""A whole Roman numeral, 1 to 3999; also additive (IIII, VIIII, XXXX, LXXXX, CCCC) and with a final j (viij), as older books print them."""


def parse_roman(text: str) -> int | None:
    """The value of a Roman numeral in capitals or in small letters (not mixed), 1 to 3999, or None.

    Strict, but for the old additive forms and the final j. Says nothing of whether "I", "mix" or "di" is meant as a word.
    """
    if len(text) > 19 or not (text.islower() or text.isupper()) or not ROMAN.fullmatch(text):
        return None
    values = [_VALUES[char] for char in text.lower().replace("j", "i")]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))
