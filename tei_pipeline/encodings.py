"""Which encoding a file is in, as far as certain signs tell: byte order mark, the NULs of UTF-16, well-formed UTF-8, or the user's word."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct


class Guess(Struct, frozen=True):
    """An encoding, as Python's codecs name it; whether a byte order mark stands before the text; how sure (0 to 1), and why."""

    encoding: str
    bom: bool
    confidence: float
    evidence: str


MARKS = (  # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16 (Unicode 16.0, table 23-6)
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MARK = {encoding: mark for mark, encoding in MARKS}

# Codecs of Python that are no encodings of files, or that cost time out of all proportion to their input.
_NOT_FOR_FILES = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem", "utf-7"}

_SAMPLE = 1 << 16  # bytes from the beginning that are searched for NULs; a multiple of 4
_SPARSE = 0.08  # of all UTF-16 units are spaces and line ends even in scripts without Latin letters; Chinese has the fewest
_FEW = 8  # NULs that tell nothing, unless most units have one
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = bytes(range(128, 256))
_LETTERS = bytes([*b"\t\n\r", *range(32, 127)])


def known_encoding(name: str) -> str | None:
    """The codec's own name of an encoding that texts are kept in, or None. ``utf-16`` and ``utf-32`` stay without byte order."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError: NUL or a lone surrogate in the name
        return None
    if info.name.replace("_", "-") in _NOT_FOR_FILES or not info._is_text_encoding:
        return None
    return info.name.removesuffix("-sig")


def named(data: bytes, encoding: str) -> Guess:
    """The guess for an encoding that the user named (as :func:`known_encoding` gives it): its byte order mark, and its byte order."""
    for mark, marked in MARKS:
        if data.startswith(mark) and encoding in (marked, marked.rpartition("-")[0]):
            return Guess(marked, True, 1.0, "named by the user; byte order mark")
    if encoding in ("utf-16", "utf-32"):
        found = by_nulls(data)
        order = found.encoding if found and found.encoding.startswith(encoding) else f"{encoding}-le"
        return Guess(order, False, 1.0, "named by the user; no byte order mark")
    return Guess(encoding, False, 1.0, "named by the user")


def by_mark(data: bytes) -> Guess | None:
    """The guess that a byte order mark decides."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return Guess(encoding, True, 1.0, "byte order mark")
    return None


def by_nulls(data: bytes) -> Guess | None:
    """UTF-16 or UTF-32 without a byte order mark: NULs stand at one place of each unit, almost only there, and often.

    Even a text without Latin letters has them: in its spaces and line ends.
    """
    whole = min(len(data), _SAMPLE) // 4 * 4
    nulls = [data[at:whole:4].count(0) for at in range(4)]
    units = whole // 4
    if not sum(nulls):
        return None
    for encoding, high, low in (("utf-32-le", nulls[2] + nulls[3], nulls[0]), ("utf-32-be", nulls[0] + nulls[1], nulls[3])):
        if high >= 1.5 * units and low <= units // 50:  # the highest byte is always NUL, the next one but for rare characters
            return Guess(encoding, False, 0.9, f"{sum(nulls)} of {whole} bytes are NUL, in the order of UTF-32")
    even, odd = nulls[0] + nulls[2], nulls[1] + nulls[3]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        few = high < _FEW and high < units  # one in two units of Latin letters has one, but a damaged text has some too
        if high > 1 and not few and high >= _SPARSE * 2 * units and low <= high // 20 and _are_units(data[:whole], encoding):
            return Guess(encoding, False, 0.9, f"{high} of {2 * units} units have a NUL, in the order of UTF-16")
    return None


def _are_units(data: bytes, encoding: str) -> bool:
    """Whether the other pairs of bytes are no letters of an 8-bit text: then the high or the low ones are hardly ever ASCII."""
    high, low = (data[1::2], data[0::2]) if encoding == "utf-16-le" else (data[0::2], data[1::2])
    highs = high.replace(b"\0", b"")
    lows = bytes([byte for byte, other in zip(low, high, strict=True) if other])
    return not highs or any(len(part.translate(None, _LETTERS)) > len(part) // 2 for part in (highs, lows))


def is_broken_utf8(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are so only because of a few: three quarters of the bytes beyond ASCII form its sequences.

    No single-byte encoding comes near that: its letters do not follow each other in this order.
    """
    high = len(data) - len(data.translate(None, _HIGH))
    return high > 0 and sum(map(len, _UTF8_SEQUENCE.findall(data))) >= 0.75 * high
