"""Random Documents, their open strings replaced by values that the pipeline gives: the closed lists of the schema stand for those."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline import model as m

# What the stages give; ENCODING's lists. The first is taken for a string that is none of them.
VALUES: dict[tuple[type, str], tuple[str | None, ...]] = {
    (m.Milestone, "unit"): ("section",),
    (m.Metamark, "function"): ("ornament", "italic", "bold", "smallcaps", "spaced", "underline", "superscript", "subscript"),
    (m.Highlight, "rend"): ("italic", "bold", "smallcaps", "spaced", "underline", "superscript", "subscript"),
    (m.Surplus, "reason"): ("conversion",),
    (m.Correction, "cert"): ("high", "medium", "low"),
    (m.Date, "cert"): (None, "high", "medium", "low"),
    (m.Metadata, "language_certainty"): ("", "high", "medium", "low"),
    (m.Stage, "type"): (None, "entrance", "exit", "delivery", "setting"),
    (m.Stanza, "type"): ("stanza", "couplet", "refrain"),
    (m.ItemList, "type"): (None, "chronicle", "contents", "index"),
    (m.Note, "type"): (None, "source"),
    (m.FloatingText, "type"): ("letter", "document"),
    (m.Division, "type"): m.DIVISION_TYPES,
}
REACTIONS = {"vocal": ("laughter", "interruption"), "kinesic": ("applause", "gesture"), "incident": ("leaving", "break")}
PRINTED = {(m.Division, "n"), (m.Reference, "n"), (m.Note, "n"), (m.VerseLine, "n"), (m.PageBreak, "n")}


def lawful(node: Any) -> Any:
    """The same document with lawful values; its structure and its characters are untouched."""
    if isinstance(node, tuple) and not hasattr(node, "_fields"):
        return tuple(lawful(part) for part in node)
    if not isinstance(node, Struct):
        return node
    changes = {}
    for field in node.__struct_fields__:
        value = getattr(node, field)
        key = type(node), field
        if key in VALUES:
            changes[field] = _one_of(VALUES[key], value)
        elif key in PRINTED and value is not None:
            changes[field] = value if any(char.isalnum() for char in value) else "1"
        elif isinstance(node, m.Reaction) and field == "type":
            changes[field] = _one_of((None, *REACTIONS[node.kind]), value)
        elif not isinstance(node, m.Document) or field != "source":
            changes[field] = lawful(value)
    return replace(node, **changes)


def _one_of(lawful_ones: tuple[str | None, ...], value: str | None) -> str | None:
    return value if value in lawful_ones else lawful_ones[len(value or "") % len(lawful_ones)]
