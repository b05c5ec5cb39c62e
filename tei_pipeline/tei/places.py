"""Places: what TEI's content models refuse where a node stands, and what the refused element is wrapped in.

The tables follow the content models of TEI P5 4.12 (classes ``macro.paraContent``, ``macro.phraseSeq``, ``model.phrase``,
``model.common``, ``model.global``). A wrapper keeps the element that says what the thing is, and is itself valid in the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from tei_pipeline.tei.identity import Scope

DEEPEST = 90
"""Levels of nesting that are written as elements; libxml2 and what is built on it refuse files more than 256 elements deep."""

Wraps: TypeAlias = "Mapping[str, tuple[str, Mapping[str, str]]]"

_SEG: tuple[str, Mapping[str, str]] = ("seg", {})
_RESIDUE: tuple[str, Mapping[str, str]] = ("metamark", {"function": "residue"})

# Mixed content.
PARAGRAPH: Wraps = {}
SEQUENCE: Wraps = {"bibl": _SEG, "label": _SEG, "stage": _SEG}
PHRASE: Wraps = {**SEQUENCE, "quote": _SEG, "cit": _SEG}
REFERENCE: Wraps = {"cit": _SEG, "label": _SEG, "stage": _SEG}
DESCRIPTION: Wraps = {"pc": ("choice", {})}

# Between blocks.
GLOBAL: Wraps = {"surplus": _RESIDUE}
BLOCK: Wraps = {"surplus": ("ab", {"type": "residue"})}
SPEECH: Wraps = {**BLOCK, "sp": ("q", {}), "castList": ("p", {}), "listBibl": ("p", {}), "bibl": ("p", {})}


class Place(NamedTuple):
    """Where a node is written: what must be wrapped there, the container that numbers it, and what stands around it.

    ``depth`` is that of the elements written here, None inside mixed content, where nothing may be indented. ``level`` counts the
    nesting of the model. ``line``: within a verse line, where TEI takes no ``p`` and ``ab`` but in a note; ``verse``:
    within one and not in a note, where it takes no verse either (Schematron rules of ``p``, ``ab``, ``l`` and ``lg``).
    """

    wraps: Wraps
    scope: Scope
    depth: int | None
    level: int = 0
    line: bool = False
    verse: bool = False

    def mixed(self, wraps: Wraps = PARAGRAPH) -> Place:
        """The mixed content of an element that stands here."""
        return Place(wraps, self.scope, None, self.level + 1, self.line, self.verse)

    def within(self, wraps: Wraps = BLOCK, scope: Scope | None = None) -> Place:
        """The block content of an element that stands here; a new ``scope`` when that element numbers what it holds."""
        if self.line and wraps is BLOCK:
            wraps = GLOBAL
        depth = None if self.depth is None else self.depth + 1
        return Place(wraps, scope or self.scope, depth, self.level + 1, self.line, self.verse)
