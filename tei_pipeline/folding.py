"""One spelling for comparing, and regular expressions for lists of forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from tei_pipeline.remembered import remembered

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
_END = ""  # the key under which a tree of characters says that a form ends


class _Patterns(dict[str, str]):
    """What matches each character of a form; made when it is first asked for. A blank stands for a gap."""

    def __missing__(self, character: str) -> str:
        self[character] = pattern = re.escape(character)
        return pattern


_AS_PATTERN = _Patterns({" ": _GAP, "'": "['’]"})


@remembered(1 << 13)
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
    """A regular expression that matches any of the forms, the longest that fits; white space and hyphens match each other, and both
    apostrophes.

    Of no forms, one that never matches. Compile with ``re.IGNORECASE``; word boundaries are the caller's. What forms begin with alike
    stands once: a tree of characters is compiled in half the time of a list, and a text is asked for each beginning only once.
    """
    root: dict[str, Any] = {}
    for form in forms:
        node = root
        for character in _GAPS.sub(" ", form):
            node = node.setdefault(_AS_PATTERN[character], {})
        node[_END] = {}
    return f"(?:{_branches(root)})" if root else "(?!)"


def _branches(node: Mapping[str, Any]) -> str:
    """What may follow; nothing comes last, so that longer forms are tried before shorter ones."""
    following = [part + _grouped(child) for part, child in sorted(node.items()) if part != _END]
    return "|".join([*following, ""] if _END in node else following)


def _grouped(node: Mapping[str, Any]) -> str:
    return _branches(node) if len(node) == 1 else f"(?:{_branches(node)})"
