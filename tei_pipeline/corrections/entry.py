"""One ``[[correct]]`` table of a sidecar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

BLOCKS = (  # what ``as`` may make of lines; the names of blocks.Block.kind, and of containers around them
    "paragraph", "heading", "subtitle", "verse", "quotation", "epigraph", "argument", "list", "note", "table", "preformatted",
    "byline", "dateline", "salute", "signed", "postscript", "trailer", "stage", "ornament", "illustration",
    "page-number", "running-head", "residue",
)  # fmt: skip
INLINES = {  # what ``as`` may take away, and the TEI elements that it is written as
    "quotation": ("q", "quote"), "date": ("date",), "reference": ("bibl",), "emphasis": ("hi",), "reading": ("choice",),
    "link": ("ref",), "reaction": ("vocal", "kinesic", "incident"), "stage": ("stage",), "residue": ("surplus",), "supplied": ("supplied",),
}  # fmt: skip
NEEDS: Mapping[str, tuple[str, ...]] = {
    "block": ("as",),
    "level": ("level",),
    "join": (),
    "split": (),
    "link": ("to",),
    "unlink": (),
    "quotation": (),
    "speaker": ("as",),
    "reading": ("read",),
    "attribute": ("on", "name", "value"),
    "remove": ("as",),
}
"""The kinds of corrections, and the keys that each needs beside its words."""

TAKES: Mapping[str, tuple[str, ...]] = {
    "block": ("to", "level", "type", "siglum"),
    "quotation": ("to",),
    "speaker": ("to",),
    "link": ("siglum",),
}
"""The keys that a kind takes beside those that it needs."""

ANYWHERE = ("kind", "words", "in", "occurrence", "of", "under", "who", "when", "why")
"""The keys of every kind: the anchor, and who decided when and why."""


class EditorCorrection(Struct, frozen=True):
    """A decision of the editor, anchored to the words it is about.

    ``inside`` (the key ``in``): longer words around them. ``occurrence`` (from 1) of ``of`` places with these words. ``under``: words
    of the nearest heading before. The rest are the keys of that name; ``become`` is the key ``as``, ``line`` the line in the sidecar.
    """

    kind: str
    words: str
    inside: str = ""
    occurrence: int | None = None
    of: int | None = None
    under: str = ""
    to: str = ""
    become: str = ""
    level: int = 0
    type: str = ""
    siglum: str = ""
    read: str = ""
    on: str = ""
    name: str = ""
    value: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    line: int | None = None

    @classmethod
    def of_table(cls, table: Mapping[str, Any], line: int | None) -> EditorCorrection:
        """The entry of a table that fits the schema."""
        renamed = {"in": "inside", "as": "become"}
        return cls(**{renamed.get(key, key): value for key, value in table.items()}, line=line)

    def table(self) -> dict[str, str | int]:
        """The keys and values of its table, in the order in which they are written."""
        values = {
            "kind": self.kind,
            "words": self.words,
            "in": self.inside,
            "to": self.to,
            "occurrence": self.occurrence,
            "of": self.of,
            "under": self.under,
            "as": self.become,
            "level": self.level,
            "type": self.type,
            "siglum": self.siglum,
            "read": self.read,
            "on": self.on,
            "name": self.name,
            "value": self.value,
            "who": self.who,
            "when": self.when,
            "why": self.why,
        }
        return {key: value for key, value in values.items() if value}

    @property
    def what(self) -> str:
        """What it decides, in a few words for messages and evidence."""
        match self.kind:
            case "block":
                return f"{self.become}{f' of level {self.level}' if self.level else ''}"
            case "level":
                return f"level {self.level}"
            case "speaker":
                return f"speaker {self.become}"
            case "reading":
                return f"read {self.read}"
            case "attribute":
                return f'{self.on}/@{self.name} = "{self.value}"'
            case "remove":
                return f"no {self.become}"
            case "link":
                return f"leads to the note {self.to}"
            case "unlink":
                return "no reference to a note"
        return self.kind
