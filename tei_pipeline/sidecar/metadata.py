"""``[metadata]`` of a sidecar: its tables become the :class:`~tei_pipeline.metadata.Metadata` of the edition."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from tei_pipeline.metadata import AUTHORITIES, Contributor, Metadata, Subject, Work
from tei_pipeline.sidecar.check import Fault, shown
from tei_pipeline.sidecar.lines import Path as KeyPath

Agent: TypeAlias = "str | Mapping[str, Any]"

_PLAIN = ("title", "subtitle", "short_title", "series", "volume", "date", "place", "rights", "rights_url", "licence", "licence_url")
_PLAIN_TOO = ("identifier", "language", "description")
_IMPRINT = ("title", "publisher", "place", "date", "edition", "series", "volume", "extent")
_OF_WORK = ("title", "date", "publisher", "place", "language", "identifier", "note")
_CHECKED = ("orcid", "isni")


def metadata(values: Mapping[str, Any], lines: Mapping[KeyPath, int]) -> Metadata:
    """The metadata of a sidecar that fits its schema; ``lines`` are those of its keys."""
    source = values.get("source", {})
    known: dict[str, tuple[str, ...]] = {}
    plain: dict[str, Any] = {key: _words(values[key]) for key in (*_PLAIN, *_PLAIN_TOO) if key in values}
    plain |= {f"imprint_{key}": _words(source[key]) for key in _IMPRINT if key in source}
    people: dict[str, Any] = {
        key: _names(values.get(key, []), known) for key in ("author", "editor", "funders", "encoders", "alternative_title")
    }
    return Metadata(
        **plain,
        **people,
        publisher="".join(_names(values.get("publisher", []), known)),
        contributors=tuple(Contributor(_name(given, known), _words(given["role"])) for given in values.get("contributors", [])),
        identifiers=_typed(values.get("identifiers", [])),
        languages=tuple(values.get("languages", [])),
        subjects=tuple(map(_subject, values.get("subjects", []))),
        revisions=tuple((entry["date"], _words(entry.get("who", "")), _words(entry["what"])) for entry in values.get("revisions", [])),
        imprint_author=_names(source.get("author", []), known),
        imprint_editor=_names(source.get("editor", []), known),
        imprint_identifiers=_typed(source.get("identifiers", [])),
        source_note=_words(source.get("note", "")),
        works=tuple(_work(given, known, lines.get(("metadata", "works", number))) for number, given in enumerate(values.get("works", []))),
        authorities=tuple(known.items()),
    )


def impossible(values: Mapping[str, Any]) -> Iterator[Fault]:
    """What each key alone may say, and what it says cannot be: a day that is none, a number whose check digit is wrong."""
    if "subtitle" in values and "title" not in values:
        yield Fault(("metadata", "subtitle"), "a subtitle needs a title; give metadata.title too")
    for number, revision in enumerate(values.get("revisions", [])):
        if not _is_date(revision["date"]):
            yield Fault(("metadata", "revisions", number, "date"), f"there is no day {shown(revision['date'])}")
    for path, agent in _agents(values, ("metadata",)):
        for key in _CHECKED:
            if key in agent and not _is_checked(agent[key]):
                yield Fault((*path, key), f"{shown(agent[key])} is mistyped: its last character does not fit the others")


def _agents(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    if isinstance(value, dict):
        if "name" in value:
            yield path, value
        for key, inner in value.items():
            yield from _agents(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _agents(inner, (*path, number))


def _is_date(date: str) -> bool:
    if len(date) < 10:  # a year, or a month, which the pattern has checked
        return True
    try:
        datetime.date.fromisoformat(date)
    except ValueError:
        return False
    return True


def _is_checked(number: str) -> bool:
    """Whether the check character of an ORCID or ISNI is right (ISO 7064, MOD 11-2)."""
    figures = number.replace("-", "").replace(" ", "")
    total = 0
    for figure in figures[:-1]:
        total = (total + int(figure)) * 2
    wanted = (12 - total % 11) % 11
    return figures[-1] == ("X" if wanted == 10 else str(wanted))


def _names(value: Agent | list[Agent], known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(_name(agent, known) for agent in (value if isinstance(value, list) else [value]))


def _name(agent: Agent, known: dict[str, tuple[str, ...]]) -> str:
    """The name; its addresses in files of names go to ``known``."""
    if isinstance(agent, str):
        return _words(agent)
    name = _words(agent["name"])
    found = [prefix + agent[key].replace(" ", "") for key, prefix in AUTHORITIES.items() if key in agent]
    if addresses := (*found, *([agent["uri"]] if "uri" in agent else ())):
        known[name] = tuple(dict.fromkeys((*known.get(name, ()), *addresses)))
    return name


def _typed(values: list[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((given["type"], _words(given["value"])) for given in values)


def _subject(given: str | Mapping[str, str]) -> Subject:
    if isinstance(given, str):
        return Subject(_words(given))
    return Subject(_words(given["term"]), _words(given.get("scheme", "")), given.get("uri", ""))


def _work(given: Mapping[str, Any], known: dict[str, tuple[str, ...]], line: int | None) -> Work:
    plain: dict[str, Any] = {key: _words(given[key]) for key in _OF_WORK if key in given}
    return Work(_words(given["heading"]), given.get("occurrence", 1), **plain, author=_names(given.get("author", []), known), line=line)


def _words(value: str | int) -> str:
    return " ".join(str(value).split())
