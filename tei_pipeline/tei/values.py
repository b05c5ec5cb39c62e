"""Attribute values: what TEI's datatypes take, made from what the model holds, or nothing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

_NO_WORD = re.compile(r"[^\w.:()+-]+", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_PARTIAL = re.compile(r"-?\d{4}|-?\d{4}-(0[1-9]|1[0-2])|--(0[1-9]|1[0-2])|---(0[1-9]|[12]\d|3[01])", re.ASCII)
_YEARLY = re.compile(r"--(\d\d)-(\d\d)", re.ASCII)
_PROBABILITY = re.compile(r"0(\.\d+)?|1(\.0+)?", re.ASCII)
_CERTAINTIES = frozenset({"high", "medium", "low", "unknown"})
# RFC 3986, without brackets; a full stop or bracket at the end belongs to the sentence around it.
_ADDRESS = re.compile(r"https?://(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+(?:#[\w\-.~:/?@!$&'()*+,;=%]*)?(?<![.,;)])", re.ASCII)
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LEAP_YEAR = 2000  # a recurring 29 February is a day


@lru_cache(maxsize=256)
def word(value: str | None) -> str:
    """``value`` as one word (``teidata.enumerated``, ``teidata.word``); other characters become hyphens; empty when none is left."""
    return _NO_WORD.sub("-", value).strip("-") if value else ""


def words(value: str | None) -> str:
    """``value`` as words separated by single spaces, for attributes that take several."""
    return " ".join(filter(None, map(word, value.split()))) if value else ""


def language(value: str | None) -> str:
    """``value`` when it has the form of a language tag (BCP 47, as XML Schema's ``language``), else nothing."""
    return value if value and _LANGUAGE.fullmatch(value) else ""


def certainty(value: str | None) -> str:
    """``value`` when it is one of ``teidata.probCert``, else nothing."""
    return value if value and (value in _CERTAINTIES or _PROBABILITY.fullmatch(value)) else ""


def temporal(value: str | None) -> str:
    """``value`` when it is a date of ``teidata.temporal.w3c`` that the calendar has (no times), else nothing."""
    if not value:
        return ""
    if day := _DAY.fullmatch(value):
        return value if _exists(*map(int, day.groups())) else ""
    if day := _YEARLY.fullmatch(value):
        return value if _exists(_LEAP_YEAR, *map(int, day.groups())) else ""
    return value if _PARTIAL.fullmatch(value) and not value.lstrip("-").startswith("0000") else ""


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def name(value: str) -> str:
    """An NCName of ASCII characters made from ``value``: accents dropped, other characters replaced by hyphens; empty when none is left."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode("ascii")
    made = _NO_NAME.sub("-", plain).strip("-.")
    return made if not made or made[0].isalpha() or made[0] == "_" else f"tei-{made}"


def address(value: str) -> str:
    """The first address of the web that ``value`` holds, or nothing."""
    found = _ADDRESS.search(value)
    return found.group() if found else ""


def reference(value: str) -> str:
    """``value`` when it is nothing but an address of the web, else nothing."""
    return value if address(value) == value else ""


def attribute(name: str, value: str) -> dict[str, str]:
    """The attribute of that name, or none when it would be empty."""
    return {name: value} if value else {}
