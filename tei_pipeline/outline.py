"""The Document as a readable tree: what ``inspect`` prints and what tests compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from tei_pipeline import model


def words_of(content: tuple[object, ...]) -> str:
    """The printed words of some nodes, white space folded; what is supplied stands in square brackets."""
    return " ".join("".join(_strings(content)).split())


def _strings(nodes: object) -> Iterator[str]:
    if isinstance(nodes, tuple):
        for node in nodes:
            yield from _strings(node)
    elif isinstance(nodes, model.Text | model.Metamark | model.Points):
        yield nodes.value
    elif isinstance(nodes, model.Supplied):
        yield f"[{nodes.words}]"
    elif isinstance(nodes, model.LineBreak):
        yield " "
    elif isinstance(nodes, model.SoftHyphen):
        yield from _strings(nodes.between)
    elif isinstance(nodes, model.Correction):
        yield from _strings(nodes.sic)
    elif isinstance(nodes, model.Note | model.Furniture | model.PageBreak):
        return
    elif hasattr(nodes, "content"):
        yield from _strings(nodes.content)
    elif isinstance(nodes, model.Figure):
        yield from _strings(nodes.description)


def every_node(node: object) -> Iterator[object]:
    """Every node of a document, in order."""
    if isinstance(node, tuple):
        for inner in node:
            yield from every_node(inner)
    elif isinstance(node, Struct) and type(node).__module__ == model.__name__:
        yield node
        for name in node.__struct_fields__:
            if name not in ("source", "metadata", "why", "spans"):
                yield from every_node(getattr(node, name))


def outline(document: model.Document, width: int = 60) -> str:
    """Divisions with their headings, and under each its blocks, a line each; page furniture left out."""
    lines: list[str] = []
    for name, parts in (("front", document.front), ("body", (document.body,)), ("back", document.back)):
        for part in parts:
            if name == "body":
                assert isinstance(part, model.Division)
                _under(_held(part), 0, lines, width)
            elif isinstance(part, model.Division):
                lines.append(f"{name} {part.type} n={part.n}")
                _under(_held(part), 1, lines, width)
            elif isinstance(part, model.TitlePage):
                lines.append(f"{name} titlePage")
                for each in part.parts:
                    if isinstance(each, model.TitlePart):
                        lines.append(f"  {each.type} {_quote(each.content, width)}")
                    elif isinstance(each, model.Epigraph):
                        _under((each,), 1, lines, width)
            else:
                _under((part,), 0, lines, width)
    return "\n".join(lines)


def _under(nodes: Iterable[object], depth: int, lines: list[str], width: int) -> None:
    """A line for each node that has one, and deeper those of what it holds."""
    for node in nodes:
        show = _SHOWN.get(type(node))
        if show is not None:
            words, held = show(node, width)
            lines.append(f"{'  ' * depth}{words}")
            _under(held, depth + 1, lines, width)


def _quote(content: tuple[object, ...], width: int) -> str:
    return _short(words_of(content), width)


def _short(text: str, width: int) -> str:
    return f'"{text if len(text) <= width else text[: width - 1] + "…"}"'


def _held(division: model.Division) -> tuple[object, ...]:
    return (*division.top, *division.blocks, *division.divisions, *division.bottom)


Shown = tuple[str, Iterable[object]]
"""The line of a node, and the nodes that stand under it."""


def _division(node: model.Division, width: int) -> Shown:
    return f"{node.type} n={node.n}", _held(node)


def _heading(node: model.Heading, width: int) -> Shown:
    return f"head{'' if node.type == 'main' else f' {node.type}'} {_quote(node.content, width)}", ()


def _paragraph(node: model.Paragraph, width: int) -> Shown:
    return f"p {_quote(node.content, width)}", [inner for inner in node.content if isinstance(inner, model.Note)]


def _by_type(node: model.Anonymous | model.Part, width: int) -> Shown:
    return f"{node.type} {_quote(node.content, width)}", ()


def _metamark(node: model.Metamark, width: int) -> Shown:
    return f"{node.function} {_short(node.value, width)}", ()


def _group(node: model.Opener | model.Closer, width: int) -> Shown:
    return type(node).__name__.lower(), node.parts


def _holder(node: model.Quotation | model.Epigraph | model.Postscript, width: int) -> Shown:
    return type(node).__name__.lower(), node.blocks


def _argument(node: model.Argument, width: int) -> Shown:
    return "argument", (node.head, *node.blocks) if node.head else node.blocks


def _stanza(node: model.Stanza, width: int) -> Shown:
    verses = [line for line in node.lines if isinstance(line, model.VerseLine)]
    label = f" {words_of(node.label.content)}" if node.label else ""
    first = f" {_quote(verses[0].content, width)}" if verses else ""
    return f"stanza{label} {len(verses)} lines{first}", (node.head,) if node.head else ()


def _list(node: model.ItemList, width: int) -> Shown:
    return f"list{f' {node.type}' if node.type else ''}", node.items


def _item(node: model.Item, width: int) -> Shown:
    label = f"{words_of(node.label.content)} " if node.label else ""
    return f"item {label}{_quote(node.content, width) if node.content else ''}".rstrip(), node.blocks


def _note(node: model.Note, width: int) -> Shown:
    linked = f" refs={len(node.references)}" if node.references else " unlinked" if node.n else ""
    return f"note {node.place}{f' n={node.n}' if node.n else ''}{f' {node.type}' if node.type else ''}{linked}", node.blocks


def _speech(node: model.Speech, width: int) -> Shown:
    return f"sp {_quote(node.speaker, width)}", (*node.directions, *node.blocks)


def _stage(node: model.Stage, width: int) -> Shown:
    return f"stage {_quote(node.content, width)}", ()


def _bibl(node: model.Bibl, width: int) -> Shown:
    return f"bibl {_quote(node.content, width)}", ()


def _figure(node: model.Figure, width: int) -> Shown:
    return f"figure {_quote(node.head.content if node.head else node.description, width)}", ()


def _table(node: model.Table, width: int) -> Shown:
    return f"table {len(node.rows)} rows", ()


def _cast_list(node: model.CastList, width: int) -> Shown:
    return "castList", node.items


def _cast_item(node: model.CastItem, width: int) -> Shown:
    return f"castItem {_quote(node.role, width)}", ()


def _cast_group(node: model.CastGroup, width: int) -> Shown:
    return f"castGroup {_quote(node.head.content, width)}", node.items


def _floating_text(node: model.FloatingText, width: int) -> Shown:
    return f"{node.type} in the text", (*node.top, *node.blocks, *node.bottom)


def _cited(node: model.Cited, width: int) -> Shown:
    return "cit", node.content


def _bibliography(node: model.Bibliography, width: int) -> Shown:
    return "listBibl", node.entries


_SHOWN: dict[type, Callable[[Any, int], Shown]] = {
    model.Division: _division,
    model.Heading: _heading,
    model.Paragraph: _paragraph,
    model.Anonymous: _by_type,
    model.Part: _by_type,
    model.Metamark: _metamark,
    model.Opener: _group,
    model.Closer: _group,
    model.Quotation: _holder,
    model.Epigraph: _holder,
    model.Argument: _argument,
    model.Postscript: _holder,
    model.Stanza: _stanza,
    model.ItemList: _list,
    model.Item: _item,
    model.Note: _note,
    model.Speech: _speech,
    model.Stage: _stage,
    model.Bibl: _bibl,
    model.Figure: _figure,
    model.Table: _table,
    model.CastList: _cast_list,
    model.CastItem: _cast_item,
    model.CastGroup: _cast_group,
    model.FloatingText: _floating_text,
    model.Cited: _cited,
    model.Bibliography: _bibliography,
}
"""What has a line; page furniture, milestones and what a division has besides have none."""
