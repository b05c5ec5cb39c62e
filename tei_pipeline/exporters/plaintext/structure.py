"""The text, its divisions and headings, paragraphs, quotations, verse, lists and tables in plain text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from lxml import etree

from tei_pipeline.exporters.exported import TEI, XML_SPACE
from tei_pipeline.exporters.notes import NOTE
from tei_pipeline.exporters.plaintext.flow import Flow, Style
from tei_pipeline.exporters.plaintext.rows import (
    BLOCK,
    CONTAINER,
    LINES,
    TIGHT,
    TIGHT_LINES,
    VERBATIM,
    after,
    begin_either,
    blocks,
    either,
    end,
    on,
)
from tei_pipeline.exporters.plaintext.typeset import BLANK, LINE, MAX_INDENT, Block, fold
from tei_pipeline.exporters.reading import DIVISIONS, tei
from tei_pipeline.seldom import seldom

_HEADING = Style(before=2, is_open=True, keeps_lines=True, is_heading=True)
_CAPTION = Style(after=0, is_open=True, keeps_lines=True)
_INDENT = 4  # characters: block quotations, epigraphs, texts within the text
_HEADED = DIVISIONS | tei("back body floatingText front group text set prologue epilogue argument performance")
_ITEM, _LIST, _LABEL, _QUOTE = TEI + "item", TEI + "list", TEI + "label", TEI + "quote"
_NOTE_OR_REFERENCE = (NOTE, TEI + "ref", TEI + "ptr", TEI + "anchor")
_REND = seldom(r"indent\D{0,2}(\d{1,3})?")

# ---------------------------------------------------------------- the text and its divisions

blocks("TEI teiCorpus docTitle castGroup", CONTAINER)
blocks("argument postscript set performance spGrp listBibl titlePage", CONTAINER, gap=1)
blocks("epigraph floatingText", CONTAINER, indent=_INDENT, gap=1)
blocks("p entry entryFree superEntry biblStruct biblFull", BLOCK)
blocks("titlePart docEdition docImprint imprimatur", TIGHT_LINES)
blocks("opener closer", LINES)
blocks("eg", VERBATIM)
blocks("castList", CONTAINER, indent=2, gap=1)
blocks("castItem person personGrp org place", TIGHT)
blocks("lg", CONTAINER, gap=1)
either("docAuthor docDate", TIGHT_LINES)
either("byline dateline salute signed trailer address addrLine", LINES, lines=True)
either("cit figure bibl", BLOCK)


@on("teiHeader")
def no_text(flow: Flow, node: etree._Element) -> bool:
    """The header is about the text."""
    return False


@on("facsimile sourceDoc standOff")
def beside_the_text(flow: Flow, node: etree._Element) -> bool:
    """Images, a transcription by surface, annotations from outside."""
    name = etree.QName(node).localname
    flow.lose(f"no-text-{name.lower()}", f"{name} is no running text and is left out", node)
    return False


@on("div div1 div2 div3 div4 div5 div6 div7 text body front back group prologue epilogue")
def division(flow: Flow, node: etree._Element) -> bool:
    """A division, unless the reader wants none of its kind."""
    if (node.get("type") == "boilerplate" and not flow.options.boilerplate) or (node.tag == TEI + "front" and not flow.options.front):
        return False
    flow.begin_division(node, CONTAINER)
    return True


@after("div div1 div2 div3 div4 div5 div6 div7 text body front back group prologue epilogue")
def end_of_division(flow: Flow, node: etree._Element) -> None:
    """Notes may stand at its foot."""
    flow.end_division()


@on("head")
def head(flow: Flow, node: etree._Element) -> bool:
    """Set apart above a division; a caption above a list, table or figure."""
    parent = node.getparent()
    if parent is not None and parent.tag not in _HEADED:
        flow.begin(_CAPTION)
        return True
    if not flow.options.headings:
        return False
    before = node.getprevious()
    flow.begin(_HEADING)
    flow.stick = flow.stick or (before is not None and before.tag == node.tag)
    return True


after("head")(end)


@on("ab")
def anonymous_block(flow: Flow, node: etree._Element) -> bool:
    """A block whose lines are kept: inscriptions, ornaments, preformatted text."""
    is_verbatim = node.get("type") == "preformatted" or node.get(XML_SPACE) == "preserve"
    flow.begin(VERBATIM if is_verbatim else LINES)
    return True


after("ab")(end)


@on("q quote said")
def quotation(flow: Flow, node: etree._Element) -> bool:
    """A block quotation is indented; quoted words get marks only where the encoder says that they were taken away."""
    begin_either(flow, node, BLOCK, _INDENT if node.tag == _QUOTE else 0)
    if _wants_marks(flow, node):
        flow.say('"')
    return True


def _wants_marks(flow: Flow, node: etree._Element) -> bool:
    """Whether these are quoted words without marks; the indent of a block quotation says enough, and so do the blocks in one."""
    return flow.marks_quotations and flow.is_within and (node.tag != _QUOTE or isinstance(flow.saved[-1], int))


@after("q quote said")
def end_of_quotation(flow: Flow, node: etree._Element) -> None:
    """The closing mark, and the end of the block."""
    if _wants_marks(flow, node):
        flow.say('"')
    flow.end()


# ---------------------------------------------------------------- verse, lists, tables


@on("l")
def verse_line(flow: Flow, node: etree._Element) -> bool:
    """A verse keeps its line and its indent; one that a second speaker ends begins where the first one stopped."""
    indent = 0
    if rend := _REND.search(node.get("rend") or ""):
        indent = min(int(rend[1] or 2), MAX_INDENT)
    elif node.get("part") in ("M", "F") and flow.blocks and isinstance(previous := flow.blocks[-1], Block):
        indent = min(len(fold(previous.text[:MAX_INDENT])) + 1 + max(previous.indent - flow.indent, 0), MAX_INDENT)
    flow.begin(TIGHT._replace(indent=indent))
    return True


after("l")(end)


@on("list")
def item_list(flow: Flow, node: etree._Element) -> bool:
    """Items under each other."""
    parent = node.getparent()
    is_inner = parent is not None and parent.tag == _ITEM
    flow.begin(CONTAINER, 0 if is_inner else 2)
    flow.space(0 if is_inner else 1)
    if not flow.flat:
        flow.lists.append(_markers(node) if flow.is_edited else None)
    return True


def _markers(node: etree._Element) -> Callable[[], str] | None:
    """The markers that the encoder took away: the list says that it had bullets or numbers (TEI Guidelines, 3.8)."""
    said = f"{node.get('rend') or ''} {node.get('type') or ''} {node.get('rendition') or ''}"
    if "bullet" in said or "unordered" in said:
        return lambda: "-"
    if "number" in said or "ordered" in said:
        numbers = count(1)
        return lambda: f"{next(numbers)}."
    return None


@after("list")
def end_of_list(flow: Flow, node: etree._Element) -> None:
    """A label without an item keeps its line."""
    if not flow.flat:
        flow.lists.pop()
        flow.flush()
        if flow.marker:
            marker, flow.marker = flow.marker, ""
            flow.emit(marker, Style(flow.indent, *TIGHT[1:]))
    flow.end()


@on("item")
def item(flow: Flow, node: etree._Element) -> bool:
    """One item: its marker, and its words further in."""
    if flow.flat:
        flow.begin(TIGHT)
        return True
    flow.flush()
    waiting, flow.marker = flow.marker, ""  # the label before it in its list
    flow.begin(TIGHT)
    if waiting:
        flow.hang(waiting)
    elif flow.lists and flow.lists[-1] and node.find(_LABEL) is None:
        flow.hang(flow.lists[-1]())
    return True


@after("item")
def end_of_item(flow: Flow, node: etree._Element) -> None:
    """A marker without words keeps its line."""
    flow.end_hanging()


@on("label")
def label(flow: Flow, node: etree._Element) -> bool:
    """The printed marker of an item or note, when it stands first in it or before the item; else words."""
    parent = node.getparent()
    name = None if parent is None else parent.tag
    if name == NOTE and flow.is_edited and parent in flow.taken:
        return False  # its siglum stands there already
    is_first = name == _LIST or (name in (_ITEM, NOTE) and not "".join(flow.pieces).strip(BLANK))
    is_marker = is_first and not flow.flat and next(node.iter(*_NOTE_OR_REFERENCE), None) is None
    if is_marker:
        flow.flush()
    flow.saved.append(flow.pieces if is_marker else None)
    if is_marker:
        flow.pieces = []
    return True


@after("label")
def end_of_label(flow: Flow, node: etree._Element) -> None:
    """The marker waits for the words of its item."""
    outer = flow.saved.pop()
    if outer is not None:
        marker, flow.pieces = fold("".join(flow.pieces)).replace(LINE, " "), outer
        parent = node.getparent()
        if parent is not None and parent.tag == _LIST:
            flow.marker = f"{flow.marker} {marker}".strip()
        else:
            flow.hang(marker)


@on("table")
def table(flow: Flow, node: etree._Element) -> bool:
    """Rows are collected, and aligned when all are known."""
    flow.begin(CONTAINER)
    flow.saved.append(flow.table)
    if not flow.flat:
        flow.table = []
    return True


@after("table")
def end_of_table(flow: Flow, node: etree._Element) -> None:
    """All rows are known."""
    if not flow.flat:
        flow.flush()
    rows, flow.table = flow.table, flow.saved.pop()
    if rows and not flow.flat:
        flow.emit_table(rows)
    flow.end()


@on("row")
def row(flow: Flow, node: etree._Element) -> bool:
    """A row of the table at hand; a table within a cell is words."""
    if flow.table is not None and not flow.flat:
        flow.flush()
        flow.table.append([])
    return True


@on("cell")
def cell(flow: Flow, node: etree._Element) -> bool:
    """Whatever stands in a cell is one line of words."""
    is_cell = flow.table is not None and bool(flow.table) and not flow.flat
    flow.saved.append(flow.pieces if is_cell else None)
    if is_cell:
        flow.pieces = []
        flow.flat += 1
    else:
        flow.say(" ")
    return True


@after("cell")
def end_of_cell(flow: Flow, node: etree._Element) -> None:
    """The cell, and empty ones for the columns that it spans."""
    outer = flow.saved.pop()
    if outer is None:
        flow.say(" ")
        return
    content, flow.pieces = "".join(flow.pieces), outer
    flow.flat -= 1
    assert flow.table  # a cell is only collected in a row
    spanned = node.get("cols") or ""
    flow.table[-1] += [content, *[None] * (int(spanned) - 1 if spanned.isdecimal() and len(spanned) < 3 else 0)]
