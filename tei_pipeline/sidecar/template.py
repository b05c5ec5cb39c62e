"""A first sidecar for a text: every key with its explanation and what was found in the text, all of it still switched off."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from tei_pipeline.errors import printable
from tei_pipeline.model import Metadata
from tei_pipeline.sidecar.check import resolve, schema
from tei_pipeline.source import Source

WIDTH = 100  # columns of a comment
CERTAIN = 0.995  # a confidence that rounds to 100 per cent
APART = ("source", "works", "revisions")  # keys that are tables of their own
CORRECTION = ("[[correct]]", 'kind = "block"', 'words = "the first words, as printed"', 'as = "heading"', "level = 2")
IMPRINT = ("title", "author", "publisher", "place", "date")

_NOT_IN_TOML = re.compile(r"[\x7f\ud800-\udfff]")  # DEL may stand in TOML only as an escape, a lone surrogate not at all


def init_sidecar(source: Source, metadata_guess: Metadata, layout_facts: Mapping[str, str]) -> str:
    r"""A TOML text to edit. It changes nothing until somebody takes a ``#`` away, so that no guess ever passes for an editor's word.

    ``layout_facts`` are what was measured, by name. Those with the name of a setting (``spacing``, ``paragraphs``, ``drama``,
    ``quotation``) become its value, pairs of quotation marks separated by blanks; the rest is told in a comment. Values that
    nobody knows are empty, and an empty value that is switched on is refused: no placeholder gets into an edition.
    """
    top = schema()["properties"]
    known = _metadata(metadata_guess)
    lines = [*_comment(f"Sidecar of {printable(source.name) or 'a text'} for tei-pipeline.")]
    lines += _comment("Lines that begin with # do nothing. Take the # away from what is right, mend what is not, leave out the rest.")
    lines += _facts(source, {name: fact for name, fact in layout_facts.items() if name not in top["settings"]["properties"]})
    metadata = top["metadata"]["properties"]
    lines += ["", "[metadata]", *_keys({key: node for key, node in metadata.items() if key not in APART}, known)]
    lines += ["", *_comment(metadata["source"]["description"]), "[metadata.source]"]
    lines += _keys(metadata["source"]["properties"], {key.removeprefix("source."): value for key, value in known.items() if "." in key})
    for table in ("works", "revisions"):
        lines += ["", *_comment(metadata[table]["description"]), f"#[[metadata.{table}]]"]
        lines += _keys(resolve(metadata[table]["items"])["properties"], {})
    measured = {"encoding": source.encoding, **layout_facts}
    lines += ["", *_comment(top["settings"]["description"]), "[settings]"]
    settings = top["settings"]["properties"]
    lines += _keys(settings, {key: _setting(resolve(settings[key]), value) for key, value in measured.items() if key in settings})
    lines += [
        "",
        *_comment(top["correct"]["description"] + " The command correct writes them, review and explain show them to copy. Like this:"),
    ]
    lines += [f"# {line}" for line in CORRECTION]
    return "\n".join(lines) + "\n"


def toml(value: Any) -> str:
    """Text, a number, a truth value or a list of them, as TOML writes it."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(toml(element) for element in value)}]"
    if isinstance(value, str):  # but for these characters, TOML's basic strings are those of JSON
        text = json.dumps(value, ensure_ascii=False)
        return _NOT_IN_TOML.sub(lambda match: "\\u007F" if match[0] == "\x7f" else "\ufffd", text)
    return str(value).lower()


def _keys(nodes: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    for key, node in nodes.items():
        resolved = resolve(node)
        yield from _comment(f"{resolved.get('description', '')} {'Found:' if key in known else ''}".strip())
        yield f"#{key} = {toml(known.get(key, _empty(resolved)))}"


def _empty(node: Mapping[str, Any]) -> Any:
    """What stands for a value that nobody knows: the usual one where there is one, else an empty text or list."""
    if "default" in node or "enum" in node:
        return node.get("default", node.get("enum", [""])[0])
    return {"boolean": True, "array": []}.get(node.get("type", ""), "")


def _setting(node: Mapping[str, Any], value: str) -> Any:
    """A measured value, given as text, in the type that the schema wants."""
    if node.get("type") == "boolean":
        return value == "true"
    if node.get("type") == "array":
        return value.split()
    return next((choice for choice in node.get("enum", ()) if str(choice) == value), value)


def _metadata(found: Metadata) -> dict[str, Any]:
    """What was found in the text, by the sidecar's keys."""
    names = {
        name: getattr(found, name) for name in ("title", "subtitle", "author", "editor", "date", "publisher", "licence", "licence_url")
    }
    names |= {"identifier": found.identifier, "language": found.language}
    names |= {f"source.{key}": getattr(found, f"imprint_{key}") for key in IMPRINT} | {"source.note": found.source_note}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in names.items() if value}


def _facts(source: Source, facts: Mapping[str, str]) -> Iterator[str]:
    sure = "" if source.confidence >= CERTAIN else f", {source.confidence:.0%} sure"
    told = [f"{len(source.lines)} lines, {source.size} bytes, {source.encoding}{sure}"]
    told += [f"{printable(name)} {printable(fact)}" for name, fact in facts.items()]
    yield from _comment(f"Measured: {'; '.join(told)}.")


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH - 2, break_on_hyphens=False)]
