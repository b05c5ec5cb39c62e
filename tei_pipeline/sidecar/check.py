"""A sidecar's values against its JSON Schema, in sentences for editors.

The schema is the only list of keys. This module reads as much of JSON Schema 2020-12 as that schema uses: importing a whole
validator costs more time than a small text takes, and its messages are for programmers. That both agree is tested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from tei_pipeline.errors import printable
from tei_pipeline.schemas import read_schema
from tei_pipeline.sidecar.lines import Path as KeyPath

Node: TypeAlias = "Mapping[str, Any]"

LONGEST_SHOWN = 40  # characters of a wrong value that a message repeats
CLOSE, VERY_CLOSE = 0.6, 0.8  # difflib's usual cutoff ("licens" is close to "licence", "foo" is not); a slip of one letter or two
TYPES: Mapping[str, tuple[type, ...]] = {"string": (str,), "integer": (int,), "boolean": (bool,), "array": (list,), "object": (dict,)}


class Fault(NamedTuple):
    """What is wrong with one key."""

    path: KeyPath
    what: str


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of sidecars."""
    loaded: dict[str, Any] = json.loads(read_schema("sidecar.schema.json"))
    return loaded


def faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Where ``values`` do not fit the schema. Dates must be text already, as JSON has none."""
    return _walk(schema(), values, ())


def resolve(node: Node) -> Node:
    """The node with what its ``$ref`` refers to."""
    while "$ref" in node:
        target = schema()["$defs"][node["$ref"].rpartition("/")[2]]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def key_name(path: KeyPath) -> str:
    """A path as editors read it: ``metadata.source.date``, ``correct[2].words`` (counted from 1)."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{printable(step)[:LONGEST_SHOWN]}"
    return text.removeprefix(".")


def shown(value: Any) -> str:
    """A wrong value in a message: short, on one line."""
    if isinstance(value, (list, dict)):
        return (
            f"a {'list' if isinstance(value, list) else 'table'}" if value else f"an empty {'list' if isinstance(value, list) else 'table'}"
        )
    if isinstance(value, str):
        return f'"{printable(value[:LONGEST_SHOWN])}{"…" if len(value) > LONGEST_SHOWN else ""}"'
    return str(value).lower() if isinstance(value, (bool, float)) else _short_number(value)


def nearest(word: str, words: Iterable[str], cutoff: float = CLOSE) -> str | None:
    """The word that was meant, if one is near enough; case does not count."""
    from difflib import get_close_matches  # only wrong sidecars pay for it

    folded = {known.casefold(): known for known in words}
    close = get_close_matches(word.casefold()[:LONGEST_SHOWN], folded, n=1, cutoff=cutoff)
    return folded[close[0]] if close else None


def _walk(node: Node, value: Any, path: KeyPath) -> Iterator[Fault]:
    node = _meant(resolve(node), value)
    if "properties" in node:
        yield from _table(node, value, path)
    elif isinstance(value, list) and _has_tables(node):
        if len(value) < node.get("minItems", 0):
            yield Fault(path, "must not be empty")
        if len(value) > node.get("maxItems", len(value)):
            yield Fault(path, f"must not have more than {node['maxItems']} elements")
            return
        for number, element in enumerate(value):
            yield from _walk(node["items"], element, (*path, number))
        if node.get("uniqueItems") and not _are_different(value):
            yield Fault(path, "must not name the same twice")
    elif not _fits(node, value):
        yield Fault(path, _misfit(node, value))


def _meant(node: Node, value: Any) -> Node:
    """Of the alternatives of a node the one that a table, or a list with tables in it, is meant for."""
    for choice in map(resolve, node.get("anyOf", ())):
        found = _meant(choice, value)
        if isinstance(value, dict) and "properties" in found:
            return found
        if isinstance(value, list) and _has_tables(found) and any(isinstance(element, dict) for element in value):
            return found
    return node


def _are_different(values: Iterable[Any]) -> bool:
    written = [json.dumps(value, sort_keys=True) for value in values]
    return len(set(written)) == len(written)


def _table(node: Node, value: Any, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(path, f"must be {node['title'] if node['title'].startswith('a ') else 'a table'}, not {shown(value)}")
        return
    for key, element in value.items():
        if key in node["properties"]:
            yield from _walk(node["properties"][key], element, (*path, key))
        else:
            yield Fault((*path, key), f"there is no such key; {_advice(key, node, path)}")
    for key in node.get("required", ()):
        if key not in value:
            yield Fault(path, f'needs "{key}"')


def _advice(key: str, node: Node, path: KeyPath) -> str:
    """What to write instead of a key that is none: a near one here, the same or a near one in another table, or what there is."""
    known = node["properties"]
    elsewhere: dict[str, tuple[str, ...]] = {}
    for found in sorted(_keys(schema(), ()), key=len):
        elsewhere.setdefault(found[-1], found)
    if close := nearest(key, known, VERY_CLOSE):
        return f'did you mean "{close}"?'
    if key.casefold() in elsewhere:
        return f'"{key.casefold()}" belongs under {_place(elsewhere[key.casefold()])}'
    if close := nearest(key, known):
        return f'did you mean "{close}"?'
    if close := nearest(key, elsewhere):
        return f'did you mean "{close}" under {_place(elsewhere[close])}?'
    return "known here: " + ", ".join(known)


def _place(path: tuple[str, ...]) -> str:
    return f"[{'.'.join(path[:-1])}]" if len(path) > 1 else "no table, at the top of the file"


def _keys(node: Node, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every key of the schema's tables, those of lists of tables left out: nobody looks for them elsewhere."""
    for key, child in node.get("properties", {}).items():
        yield from _keys(resolve(child), (*path, key))
        yield (*path, key)


def _has_tables(node: Node) -> bool:
    """Whether it is a list whose elements are, or may be, tables."""
    items = resolve(node.get("items", {}))
    return "properties" in items or any("properties" in resolve(choice) for choice in items.get("anyOf", ()))


def _misfit(node: Node, value: Any) -> str:
    if isinstance(value, str) and not value.strip():
        return "is empty; give it a value, or take the line out"
    if "enum" in node:
        allowed = [json.dumps(choice, ensure_ascii=False) for choice in node["enum"]]
        close = nearest(value, node["enum"]) if isinstance(value, str) and isinstance(node["enum"][0], str) else None
        return f"must be {', '.join(allowed[:-1])} or {allowed[-1]}, not {shown(value)}" + (f'; did you mean "{close}"?' if close else "")
    if _has_tables(node):
        return f"must be a list, not {shown(value)}"
    return f"must be {node['title']}, not {shown(value)}"


def _fits(node: Node, value: Any) -> bool:
    node = resolve(node)
    if "anyOf" in node:
        return any(_fits(choice, value) for choice in node["anyOf"])
    if "enum" in node:
        return any(type(value) is type(choice) and value == choice for choice in node["enum"])
    if not isinstance(value, TYPES[node["type"]]) or (isinstance(value, bool) and node["type"] != "boolean"):
        return False
    if isinstance(value, str):
        return len(value) <= node.get("maxLength", len(value)) and re.search(node.get("pattern", ""), value) is not None
    if isinstance(value, int):
        return bool(node.get("minimum", value) <= value <= node.get("maximum", value))
    if isinstance(value, dict):
        known = node["properties"]
        return all(key in value for key in node.get("required", ())) and all(
            key in known and _fits(known[key], element) for key, element in value.items()
        )
    if isinstance(value, list):
        enough = node.get("minItems", 0) <= len(value) <= node.get("maxItems", len(value))
        return enough and all(_fits(node["items"], element) for element in value) and (not node.get("uniqueItems") or _are_different(value))
    return True


def _short_number(value: Any) -> str:
    if isinstance(value, int) and value.bit_length() > 128:  # str() of a huge number is slow, and refused from 4,300 figures on
        return "a huge number"
    return str(value)
