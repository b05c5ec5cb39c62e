"""One spelling for comparing, and regular expressions for lists of forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = {
    **dict.fromkeys("’‘ʼʻ′", "'"),
    **dict.fromkeys("‐‑", "-"),
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "ø": "o",
    "Ø": "o",
    "ꝛ": "r",
    "\u00ad": "",
}
_RESPELT = re.compile(f"[{''.join(_LETTERS)}]")
_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # the blocks of combining marks
_GAP = r"[\s\-‐‑]+"
_GAPS = re.compile(_GAP)


@lru_cache(maxsize=1 << 13)
def fold(text: str) -> str:
    """The text in lower case, without accents, with straight apostrophes, ligatures and long s resolved, white space as single spaces.

    Not for offsets: the length may change.
    """
    return " ".join((text.lower() if text.isascii() else unaccented(text)).split())


def unaccented(text: str) -> str:
    """As :func:`fold`, but white space stays."""
    decomposed = unicodedata.normalize("NFKD", text)
    return _COMBINING.sub("", _RESPELT.sub(lambda found: _LETTERS[found[0]], decomposed)).casefold()


def alternation(forms: Iterable[str]) -> str:
    """A regular expression that matches any of the forms, longest first; white space and hyphens match each other, and both apostrophes.

    Of no forms, one that never matches. Compile with ``re.IGNORECASE``; word boundaries are the caller's.
    """
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    if not ordered:
        return "(?!)"
    escaped = (_GAP.join(map(re.escape, _GAPS.split(form))).replace("'", "['’]") for form in ordered)
    return f"(?:{'|'.join(escaped)})"
