"""Identifiers and pointers. An ``xml:id`` is made from structure and order only, and never from words or dates.

It reads as a path: ``w03-s02-p014`` is the fourteenth paragraph of the second section of the third work. Numbers count the
elements of one kind in one container, so that an insertion changes only what comes after it in the same container. Notes and
references are numbered through the work that they stand in (``w03-n07``, ``w03-r07``), wherever in it they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from tei_pipeline.model import DIVISION_TYPES

if TYPE_CHECKING:
    from lxml import etree

Report: TypeAlias = Callable[[str, str, Any], None]
"""Takes the code of a problem, the sentence, and the node that it concerns."""

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SHORT = {"volume": "v", "work": "w", "chapter": "c", "section": "s", "subsection": "ss"}
_DIVISIONS = {kind: _SHORT.get(kind, kind) for kind in DIVISION_TYPES}
_WIDTHS = {"p": 3, "sp": 3, "bibl": 3, "stage": 3}
# Their notes are numbered with those of the division around them.
_SUBORDINATE = frozenset({"section", "subsection", "notes", "text", "continuation"})


class Scope:
    """A container whose elements are numbered: the prefix of their identifiers, and how many of each kind there were."""

    __slots__ = ("_counts", "_names", "_tried", "notes", "prefix")

    def __init__(self, prefix: str, notes: Scope | None = None) -> None:
        self.prefix = prefix
        self.notes = notes or self
        self._counts: dict[str, int] = {}
        self._tried: dict[str, int] = {}  # the last count of each kind that became a name
        self._names: set[str] = set()

    def number(self, code: str) -> str:
        """The next identifier of this kind in this container."""
        count = self._counts[code] = self._counts.get(code, 0) + 1
        return f"{self.prefix}{code}{count:0{_WIDTHS.get(code, 2)}d}"

    def inside(self, identifier: str) -> Scope:
        """The container of that identifier, its notes numbered with those of this one."""
        return Scope(f"{identifier}-", self.notes)

    def name(self, wanted: str, kind: str) -> str:
        """``wanted`` as the ``@n`` of a division, when no sibling has it; else its type and a count (``notes``, ``section2``)."""
        kind = kind or "div"
        name = wanted or kind
        while name in self._names:
            count = self._tried[kind] = self._tried.get(kind, 1) + 1
            name = f"{kind}{count}"
        self._names.add(name)
        return name

    def division(self, kind: str) -> tuple[str, Scope]:
        """Identifier and container of the next division of that type."""
        identifier = self.number(_DIVISIONS.get(kind, "div"))
        outermost = self.notes.prefix in ("", "front-", "back-")
        own = kind not in _SUBORDINATE or outermost
        return identifier, Scope(f"{identifier}-", None if own else self.notes)


class Identity:
    """Which identifier each key of the model got, and the pointers that wait for one."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._identifiers: dict[str, str] = {}
        self._pointers: list[tuple[etree._Element, str, tuple[str, ...], Any]] = []
        self._notes: dict[str, tuple[etree._Element, tuple[str, ...], Any]] = {}
        self._references: dict[str, tuple[etree._Element, tuple[str, ...], Any]] = {}

    def register(self, key: str | None, identifier: str, node: Any) -> None:
        """What ``key`` means from now on; a second node with the same key is reported and cannot be pointed at."""
        if key is None:
            return
        if key in self._identifiers:
            self._report("duplicate-key", f"two parts of the document share the key {key!r}; pointers go to the first", node)
        else:
            self._identifiers[key] = identifier

    def identifier(self, key: str) -> str:
        """The identifier of a key, or nothing."""
        return self._identifiers.get(key, "")

    def point(self, element: etree._Element, attribute: str, keys: tuple[str | None, ...], node: Any) -> None:
        """``attribute`` of ``element`` shall point at the elements of these keys."""
        named = tuple(key for key in keys if key is not None)
        if named:
            self._pointers.append((element, attribute, named, node))

    def note(self, element: etree._Element, node: Any) -> None:
        """A note: its ``target`` will list its references, those that name it included."""
        self._notes.setdefault(node.key, (element, node.references, node))

    def reference(self, element: etree._Element, node: Any) -> None:
        """A reference to notes: its ``target`` will list them, those that name it included."""
        self._references.setdefault(node.key, (element, node.notes, node))

    def resolve(self) -> None:
        """Write all pointers; a key that no node has gives no pointer and a problem. Notes and references point at each other."""
        for element, attribute, keys, node in self._pointers:
            self._write(element, attribute, keys, node)
        for here, there in ((self._notes, self._references), (self._references, self._notes)):
            back: dict[str, list[str]] = {}
            for key, (_, named, _) in there.items():
                for other in named:
                    back.setdefault(other, []).append(key)
            for key, (element, named, node) in here.items():
                self._write(element, "target", (*named, *back.get(key, ())), node)

    def _write(self, element: etree._Element, attribute: str, keys: tuple[str, ...], node: Any) -> None:
        found = []
        for key in dict.fromkeys(keys):
            if (identifier := self._identifiers.get(key)) is not None:
                found.append(f"#{identifier}")
            else:
                self._report("dangling-key", f"{attribute} of {type(node).__name__} names {key!r}, which nothing in the document has", node)
        if found:
            element.set(attribute, " ".join(found))
