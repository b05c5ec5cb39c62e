"""The languages that the program knows: loading their closed classes, and guessing which one a text is in."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path

from tei_pipeline.closed_classes import DivisionWord, Language, ReactionWord, build
from tei_pipeline.folding import alternation, fold
from tei_pipeline.numerals import parse_roman

__all__ = ["DivisionWord", "Language", "ReactionWord", "alternation", "available", "fold", "function_words", "guess", "load", "parse_roman"]

FOLDER = Path(__file__).with_name("languages")
UNDETERMINED = "und"
"""ISO 639-2 code of a language that is not known; its file holds what printers of every country share."""

SAMPLE = 20_000  # characters taken from the beginning, the middle and the end to guess the language
FEWEST_WORDS = 20  # fewer words say too little of a language
LEAST_SHARE = 0.15  # a text of another language shares up to about a tenth of its words by chance ("in", "a", "me")
FEWEST_OWN = 3  # words that only the one of two languages has
NEIGHBOURS = 0.8  # of the words of a text that a second language knows too: it shares most of its words with the first
USUAL_SHARE = 0.35  # function words are four to five in ten words of running text, fewer in lists and tables

HEADER = 4_000  # characters at the beginning in which a library may say what language a text is in
CERTAIN = 0.8  # the words of a text say so surely what language it is that the library has made a mistake

_DECLARED = re.compile(r"^[ \t]*Language:[ \t]*([A-Z][a-z]+)[ \t\r]*$", re.M)
_WORD = re.compile(r"[^\W\d_]+")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")


@lru_cache(maxsize=1)
def available() -> tuple[str, ...]:
    """The codes of the languages that have a data file, in alphabetical order, without ``und``."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != UNDETERMINED))


@lru_cache(maxsize=64)
def load(code: str) -> Language:
    """The language of a BCP 47 tag (``en``, ``de-AT``). One without a data file gives ``und``: see ``code`` of what comes back."""
    primary = code.replace("_", "-").partition("-")[0].lower()
    if primary not in available():
        primary = UNDETERMINED
    return load(primary) if primary != code else build(tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")))


def guess(text: str) -> tuple[str, float]:
    """The language that most words of a sample belong to, by its function words, and how sure that is, 0 to 1; ``("und", 0.0)`` if none.

    Where they leave it in doubt, what the header of a library says (Language: Finnish) decides, as sure as it is then.
    """
    found, sure = _guess_by_words(text)
    declared = _declared(text) if sure < CERTAIN else ""
    return (declared, CERTAIN) if declared else (found, sure)


def _declared(text: str) -> str:
    """The code of the one language that the header of a library names, if it has a data file; else nothing."""
    m = _DECLARED.search(text, 0, HEADER)
    return next((code for code, name, _ in _heads() if m is not None and name == m[1]), "")


def _guess_by_words(text: str) -> tuple[str, float]:
    if len(text) > 3 * SAMPLE:
        middle = (len(text) - SAMPLE) // 2
        text = f"{text[:SAMPLE]} {text[middle : middle + SAMPLE]} {text[-SAMPLE:]}"
    words = Counter(_bare(_WORD.findall(text.replace("ſ", "s").lower())))
    count = words.total()
    if count < FEWEST_WORDS:
        return UNDETERMINED, 0.0
    shares = sorted(((sum(map(words.__getitem__, known)) / count, code) for code, known in function_words()), reverse=True)
    (best, code), (second, other) = (*shares, (0.0, ""))[:2]
    if best < LEAST_SHARE:
        return UNDETERMINED, 0.0
    ahead = 2 * (1 - second / best)
    if second > NEIGHBOURS * best:
        ahead = max(ahead, _told_apart(words, code, other))
    return code, round(min(1.0, ahead) * min(1.0, best / USUAL_SHARE), 2)


def _told_apart(words: Counter[str], code: str, other: str) -> float:
    """How sure the words that only one of two languages has tell that it is the first: Danish and Norwegian share nearly all."""
    known = dict(function_words())
    one, two = known[code], known.get(other, frozenset())
    own = sum(map(words.__getitem__, one - two))
    others = sum(map(words.__getitem__, two - one))
    return 1 - others / own if own >= FEWEST_OWN else 0.0


def function_words() -> tuple[tuple[str, frozenset[str]], ...]:
    """The function words of every language."""
    return tuple((code, words) for code, _, words in _heads())


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Code, English name and function words of every language; only the head of each file is read as TOML, for speed."""
    heads = ((code, tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8").partition("\n[")[0])) for code in available())
    return tuple((code, head["name"], frozenset(_bare(head["function_words"].split()))) for code, head in heads)


def _bare(words: list[str]) -> list[str]:
    """Words, the Greek ones without their accents, which change with the words beside them and with the times."""
    return [fold(word) if _GREEK.match(word) else word for word in words] if _GREEK.search("".join(words)) else words
