"""The Document as a readable tree: what ``inspect`` prints and what tests compare."""

from __future__ import annotations

from collections.abc import Iterator

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
                _inside(part, 0, lines, width)
            elif isinstance(part, model.Division):
                _division(part, 0, lines, width, f"{name} ")
            elif isinstance(part, model.TitlePage):
                lines.append(f"{name} titlePage")
                lines.extend(f"  {p.type} {_quote(words_of(p.content), width)}" for p in part.parts if isinstance(p, model.TitlePart))
            else:
                _block(part, 0, lines, width)
    return "\n".join(lines)


def _quote(text: str, width: int) -> str:
    return f'"{text if len(text) <= width else text[: width - 1] + "…"}"'


def _division(division: model.Division, depth: int, lines: list[str], width: int, where: str = "") -> None:
    lines.append(f"{'  ' * depth}{where}{division.type} n={division.n}")
    _inside(division, depth + 1, lines, width)


def _inside(division: model.Division, depth: int, lines: list[str], width: int) -> None:
    for node in (*division.top, *division.blocks):
        _block(node, depth, lines, width)
    for child in division.divisions:
        if isinstance(child, model.Division):
            _division(child, depth, lines, width)
        else:
            _block(child, depth, lines, width)
    for closing in division.bottom:
        _block(closing, depth, lines, width)


def _block(node: object, depth: int, lines: list[str], width: int) -> None:
    pad = "  " * depth
    if isinstance(node, model.PageBreak | model.Furniture | model.Milestone):
        return
    if isinstance(node, model.Heading):
        lines.append(f"{pad}head{'' if node.type == 'main' else ' sub'} {_quote(words_of(node.content), width)}")
    elif isinstance(node, model.Paragraph):
        lines.append(f"{pad}p {_quote(words_of(node.content), width)}")
        _notes(node.content, depth + 1, lines, width)
    elif isinstance(node, model.Anonymous):
        lines.append(f"{pad}{node.type} {_quote(words_of(node.content), width)}")
    elif isinstance(node, model.Metamark):
        lines.append(f"{pad}{node.function} {_quote(node.value, width)}")
    elif isinstance(node, model.Part):
        lines.append(f"{pad}{node.type} {_quote(words_of(node.content), width)}")
    elif isinstance(node, model.Opener | model.Closer):
        lines.append(f"{pad}{type(node).__name__.lower()}")
        for part in node.parts:
            _block(part, depth + 1, lines, width)
    elif isinstance(node, model.Stanza):
        label = f" {words_of(node.label.content)}" if node.label else ""
        lines.append(f"{pad}stanza{label} {sum(isinstance(x, model.VerseLine) for x in node.lines)} lines")
        first = next((x for x in node.lines if isinstance(x, model.VerseLine)), None)
        if first is not None:
            lines[-1] += f" {_quote(words_of(first.content), width)}"
    elif isinstance(node, model.ItemList):
        lines.append(f"{pad}list{f' {node.type}' if node.type else ''}")
        for item in node.items:
            if isinstance(item, model.Item):
                label = f"{words_of(item.label.content)} " if item.label else ""
                lines.append(f"{pad}  item {label}{_quote(words_of(item.content), width) if item.content else ''}".rstrip())
                for block in item.blocks:
                    _block(block, depth + 2, lines, width)
    elif isinstance(node, model.Note):
        linked = f" refs={len(node.references)}" if node.references else " unlinked" if node.n else ""
        lines.append(f"{pad}note {node.place}{f' n={node.n}' if node.n else ''}{f' {node.type}' if node.type else ''}{linked}")
        for block in node.blocks:
            _block(block, depth + 1, lines, width)
    elif isinstance(node, model.Speech):
        lines.append(f"{pad}sp {_quote(words_of(node.speaker), width)}")
        for direction in node.directions:
            if isinstance(direction, model.Stage):
                _block(direction, depth + 1, lines, width)
        for block in node.blocks:
            _block(block, depth + 1, lines, width)
    elif isinstance(node, model.Stage):
        lines.append(f"{pad}stage {_quote(words_of(node.content), width)}")
    elif isinstance(node, model.Bibl):
        lines.append(f"{pad}bibl {_quote(words_of(node.content), width)}")
    elif isinstance(node, model.Figure):
        words = words_of(node.head.content) if node.head else words_of(node.description)
        lines.append(f"{pad}figure {_quote(words, width)}")
    elif isinstance(node, model.Table):
        lines.append(f"{pad}table {len(node.rows)} rows")
    elif isinstance(node, model.CastList):
        lines.append(f"{pad}castList")
        for entry in node.items:
            _person(entry, depth + 1, lines, width)
    elif isinstance(node, model.FloatingText):
        lines.append(f"{pad}{node.type} in the text")
        for inner in (*node.top, *node.blocks, *node.bottom):
            _block(inner, depth + 1, lines, width)
    elif isinstance(node, model.Quotation | model.Epigraph | model.Argument | model.Postscript):
        lines.append(f"{pad}{type(node).__name__.lower()}")
        for block in node.blocks:
            _block(block, depth + 1, lines, width)
    elif isinstance(node, model.Cited):
        lines.append(f"{pad}cit")
        for quoted in node.content:
            _block(quoted, depth + 1, lines, width)
    elif isinstance(node, model.Bibliography):
        lines.append(f"{pad}listBibl")
        for reference in node.entries:
            _block(reference, depth + 1, lines, width)


def _person(entry: object, depth: int, lines: list[str], width: int) -> None:
    if isinstance(entry, model.CastItem):
        lines.append(f"{'  ' * depth}castItem {_quote(words_of(entry.role), width)}")
    elif isinstance(entry, model.CastGroup):
        lines.append(f"{'  ' * depth}castGroup {_quote(words_of(entry.head.content), width)}")
        for item in entry.items:
            _person(item, depth + 1, lines, width)


def _notes(content: tuple[object, ...], depth: int, lines: list[str], width: int) -> None:
    for node in content:
        if isinstance(node, model.Note):
            _block(node, depth, lines, width)
