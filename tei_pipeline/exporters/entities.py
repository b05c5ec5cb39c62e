"""Entity references that a parser left in the tree: exports are free of them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from tei_pipeline.decisions import Problem


def without_entities(root: etree._Element) -> tuple[etree._Element, tuple[Problem, ...]]:
    """The tree with each entity reference replaced by its text (a copy when there is one), and what could not be replaced.

    A reference whose text the document does not declare, or declares with markup in it, is kept as it is written
    (``&name;`` as characters) and named.
    """
    if next(root.iter(etree.Entity), None) is None:
        return root, ()
    declared = _declared(root)
    unknown: dict[str, int] = {}
    copy = deepcopy(root)
    for reference in list(copy.iter(etree.Entity)):
        name = reference.name  # type: ignore[attr-defined]
        value = declared.get(name)
        if value is None:
            unknown[name] = unknown.get(name, 0) + 1
        _replace(reference, f"&{name};" if value is None else value)
    return copy, tuple(
        Problem("warning", "entity-unknown", f"&{name}; ({count} times) has no text here and is kept as these characters")
        for name, count in sorted(unknown.items())
    )


def _declared(root: etree._Element) -> dict[str, str]:
    """The internal entities of the document type that are mere text; nothing outside the file is read."""
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is None:
        return {}
    contents = {entity.name: entity.content for entity in dtd.entities()}
    return {name: content for name, content in contents.items() if content and not {"<", "&"} & set(content)}


def _replace(node: etree._Element, value: str) -> None:
    parent, before = node.getparent(), node.getprevious()
    assert parent is not None  # a reference stands inside an element
    value += node.tail or ""
    if before is None:
        parent.text = (parent.text or "") + value
    else:
        before.tail = (before.tail or "") + value
    node.tail = None
    parent.remove(node)
