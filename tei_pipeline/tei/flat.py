"""The printed characters of nodes, without any structure: what is written where structure cannot go on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tei_pipeline import model

PARTS: dict[type, tuple[str, ...]] = {
    model.Text: ("value",),
    model.LineBreak: (),
    model.SoftHyphen: ("value", "between"),
    model.PageBreak: (),
    model.Milestone: (),
    model.Metamark: ("value",),
    model.Points: ("value",),
    model.Correction: ("sic",),
    model.Supplied: (),
    model.Quotation: ("blocks",),
    model.Stanza: ("head", "label", "lines"),
    model.Item: ("label", "content", "blocks"),
    model.ItemList: ("head", "items"),
    model.Note: ("label", "blocks"),
    model.Speech: ("speaker", "directions", "blocks"),
    model.Opener: ("parts",),
    model.Closer: ("parts",),
    model.Postscript: ("label", "blocks"),
    model.Epigraph: ("blocks",),
    model.Argument: ("head", "blocks"),
    model.Figure: ("head", "description"),
    model.Table: ("head", "rows"),
    model.CastItem: ("role", "content"),
    model.CastList: ("head", "items"),
    model.CastGroup: ("head", "items"),
    model.Bibliography: ("head", "entries"),
    model.FloatingText: ("top", "blocks", "bottom"),
    model.TitlePage: ("parts",),
    model.Division: ("top", "blocks", "divisions", "bottom"),
}
"""The fields of each node that hold printed characters, in the order in which they are printed; of other nodes it is ``content``."""

_CONTENT = ("content",)
# Nodes that stand on lines of their own, so that a space belongs before what follows them.
_APART = (model.LineBreak, model.Paragraph, model.VerseLine, model.Item, model.Heading, model.Part)


def printed(nodes: Iterable[Any]) -> str:
    """The characters of ``nodes`` in the order in which they are printed; lines and blocks are separated by spaces.

    Works through any depth of nesting.
    """
    characters: list[str] = []
    stack: list[Any] = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        if isinstance(node, str):
            characters.append(node)
        elif isinstance(node, tuple):
            stack.extend(reversed(node))
        else:
            if isinstance(node, _APART):
                characters.append(" ")
            parts = [getattr(node, part) for part in PARTS.get(type(node), _CONTENT)]
            stack.extend(reversed(parts))
    return "".join(characters)
