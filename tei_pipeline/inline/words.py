"""The closed classes that only inline rules ask for: one data file per language in ``inline/languages``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec import Struct

from tei_pipeline.folding import alternation, fold

FOLDER = Path(__file__).with_name("languages")
_NEVER = "(?!)"


class DateWords(Struct, frozen=True):
    """What stands in and around dates, as regular expressions of alternatives; a class without forms never matches.

    ``range`` between two days, ``both`` between days of a list, ``before_day``, ``of`` and ``day`` between a day and its month,
    ``year`` before a year, ``within`` before a month without a day, ``old`` and ``new`` style, ``ordinals`` words for days that need
    no ``of``. ``small``: months are written in small letters; ``dotted``: ``3.10.1897`` is a date; ``cardinals``: days are counted so.
    """

    range: str
    both: str
    before_day: str
    of: str
    day: str
    year: str
    within: str
    old: str
    new: str
    ordinals: str
    small: bool
    of_words: frozenset[str]
    dotted: bool
    cardinals: bool


class Words(Struct, frozen=True, eq=False):
    """The classes of one language; a language without a file has none of them. Sets hold lower-case forms with straight apostrophes."""

    prefixes: frozenset[str]
    free_prefixes: frozenset[str]
    suspended: frozenset[str]
    endings: frozenset[str]
    attached: frozenset[str]
    clitics: frozenset[str]
    members: frozenset[str]
    fixed: frozenset[str]
    soft_before_small: bool
    elided: frozenset[str]

    tails: frozenset[str]
    run_on: tuple[str, ...]
    particles: frozenset[str]
    inseparable: dict[str, tuple[str, ...]]
    confused: tuple[tuple[str, str], ...]
    confused_auxiliary: tuple[tuple[str, str], ...]
    auxiliaries: frozenset[str]
    participle: re.Pattern[str]
    free_letters: frozenset[str]
    after_apostrophe: frozenset[str]

    elisions: frozenset[str]
    cut_short: frozenset[str]
    cut_short_ending: str
    cut_both: frozenset[str]
    cut_both_after: frozenset[str]
    says: tuple[str, ...]
    adds: tuple[str, ...]
    persons: tuple[str, ...]
    subjects: tuple[str, ...]
    inverted: tuple[str, ...]

    dates: DateWords

    audience: frozenset[str]
    told: re.Pattern[str]
    gesture: re.Pattern[str]
    happens: re.Pattern[str]
    acting: re.Pattern[str]

    elsewhere: re.Pattern[str]
    place: str
    this: str
    at: str
    after: str
    of_work: str
    note_units: tuple[str, ...]
    places: tuple[str, ...]
    these: tuple[str, ...]
    extract: re.Pattern[str]
    before_year: str
    following: str
    articles: frozenset[str]
    works: frozenset[str]
    in_titles: frozenset[str]
    both: frozenset[str]
    no_repeats: frozenset[str]


@lru_cache(maxsize=16)
def words(code: str) -> Words:
    """The classes of the language with this code, such as ``en``."""
    path = FOLDER / f"{code}.toml"
    return _built(tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {})


def _built(data: dict[str, Any]) -> Words:
    def table(name: str) -> dict[str, str]:
        found: dict[str, str] = data.get(name, {})
        return found

    def pattern(name: str, key: str) -> re.Pattern[str]:
        return re.compile(table(name).get(key, _NEVER).replace("\\\n", ""), re.IGNORECASE)  # a backslash at a line end joins lines

    hyphens, damage, quotations, dates, reactions, references = map(
        table, ("hyphens", "damage", "quotations", "dates", "reactions", "references")
    )
    pairs = [form.partition(":") for form in _forms(damage.get("inseparable", ""))]
    return Words(
        prefixes=_set(hyphens, "prefixes"),
        free_prefixes=_set(hyphens, "free"),
        suspended=_set(hyphens, "suspended"),
        endings=_set(hyphens, "endings"),
        attached=_set(hyphens, "attached"),
        clitics=_set(hyphens, "clitics"),
        members=_set(hyphens, "members"),
        fixed=frozenset("-".join(pair) for form in hyphens.get("fixed", "").split() for pair in pairwise(form.split("-"))),
        soft_before_small=hyphens.get("lower_case") == "soft",
        elided=_set(hyphens, "elisions"),
        tails=_set(damage, "tails"),
        run_on=tuple(damage.get("run_on", "").split()),
        particles=_set(damage, "particles"),
        inseparable={form: tuple(after.split()) for form, _, after in pairs},
        confused=_pairs(damage, "confused"),
        confused_auxiliary=_pairs(damage, "confused_auxiliary"),
        auxiliaries=_set(damage, "auxiliaries"),
        participle=pattern("damage", "participle"),
        free_letters=_set(damage, "free_letters"),
        after_apostrophe=_set(damage, "after_apostrophe"),
        elisions=_set(quotations, "elisions"),
        cut_short=_set(quotations, "cut_short"),
        cut_short_ending=quotations.get("cut_short_ending", ""),
        cut_both=_set(quotations, "cut_both"),
        cut_both_after=_set(quotations, "cut_both_after"),
        says=tuple(quotations.get("says", "").split()),
        adds=tuple(_forms(quotations.get("adds", ""))),
        persons=tuple(quotations.get("persons", "").split()),
        subjects=tuple(quotations.get("subjects", "").split()),
        inverted=tuple(_forms(quotations.get("inverted", ""))),
        dates=_dates(dates),
        audience=frozenset(map(fold, reactions.get("audience", "").split())),
        told=pattern("reactions", "told"),
        gesture=pattern("reactions", "gesture"),
        happens=pattern("reactions", "happens"),
        acting=pattern("reactions", "acting"),
        elsewhere=pattern("references", "elsewhere"),
        **{name: alternation(_forms(references.get(name, ""))) for name in ("place", "this", "at", "after", "of_work", "before_year")},
        note_units=tuple(_forms(references.get("note_units", ""))),
        places=tuple(_forms(references.get("place", ""))),
        these=tuple(_forms(references.get("this", ""))),
        extract=pattern("references", "extract"),
        following=alternation(_forms(references.get("following", ""))),
        articles=_set(references, "articles"),
        works=_set(references, "works"),
        in_titles=_set(references, "in_titles"),
        both=frozenset(_forms(dates.get("both", ""))),
        no_repeats=frozenset(_forms(references.get("no_repeats", ""))),
    )


def _dates(table: dict[str, Any]) -> DateWords:
    values: dict[str, Any] = {
        name: alternation(_forms(table.get(name, "")))
        for name in ("range", "both", "before_day", "of", "day", "year", "within", "old", "new", "ordinals")
    }
    values["of_words"] = frozenset(form.rpartition(" ")[2] for form in _forms(table.get("of", "")))
    values |= {name: bool(table.get(name)) for name in ("small", "dotted", "cardinals")}
    return DateWords(**values)


def _set(table: dict[str, str], key: str) -> frozenset[str]:
    return frozenset(table.get(key, "").split())


def _pairs(table: dict[str, str], key: str) -> tuple[tuple[str, str], ...]:
    return tuple((pair.split()[0], pair.split()[1]) for pair in _forms(table.get(key, "")))


def _forms(value: str) -> list[str]:
    return [form.strip() for form in value.replace("\n", "|").split("|") if form.strip()]
