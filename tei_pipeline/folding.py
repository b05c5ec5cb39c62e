"""One spelling for comparing, and regular expressions for lists of forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼʻ′", "'"),
        **dict.fromkeys("‐‑", "-"),
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ſ": "s",
        "ꝛ": "r",
        "ø": "o",
        "Ø": "O",
        "\u00ad": "",
    }
)
_GAP = r"[\s\-‐‑]+"


def fold(text: str) -> str:
    """The text in lower case, without accents, with straight apostrophes, ligatures and long s resolved, white space as single spaces.

    Not for offsets: the length may change.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def alternation(forms: Iterable[str]) -> str:
    """A regular expression that matches any of the forms, longest first; white space and hyphens match each other, and both apostrophes.

    Of no forms, one that never matches. Compile with ``re.IGNORECASE``; word boundaries are the caller's.
    """
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    if not ordered:
        return "(?!)"
    escaped = (re.escape(form).replace(r"\ ", _GAP).replace(r"\-", _GAP).replace("'", "['’]") for form in ordered)
    return f"(?:{'|'.join(escaped)})"
