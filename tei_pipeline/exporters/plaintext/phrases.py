"""What stands within words: breaks, readings, marks, furniture, notes and the references to them; and what plain text cannot say."""

from __future__ import annotations

from lxml import etree

from tei_pipeline.exporters.exported import TEI
from tei_pipeline.exporters.notes import NOTE
from tei_pipeline.exporters.plaintext.flow import Flow, Style
from tei_pipeline.exporters.plaintext.rows import BLOCK, LINES, after, begin_either, on
from tei_pipeline.exporters.plaintext.typeset import GLUE, UNHYPHEN
from tei_pipeline.exporters.reading import is_emphasis_mark, rejected
from tei_pipeline.seldom import seldom

_FURNITURE = Style(before=0, after=0, is_open=True, keeps_lines=True)
# A hyphen at a line end. The not sign and the soft hyphen are never anything else; an ordinary one is kept: it may be part of the word.
_HYPHEN = seldom("(?<=[^\\W\\d_])[-\u2010\u2e17\u00ac\xad]\\s*$")
_SOFT = "\u00ac\xad"
_LB, _PB, _LABEL, _U, _DESC = TEI + "lb", TEI + "pb", TEI + "label", TEI + "u", TEI + "desc"


# ---------------------------------------------------------------- breaks and words


@on("lb pb cb gb milestone")
def line_or_page_break(flow: Flow, node: etree._Element) -> bool:
    """A blank, a new line where lines are kept, or nothing within a word; a page may leave its mark."""
    tag = node.tag
    joins = node.get("break") == "no"
    shows_page = tag == _PB and flow.options.pages
    if not flow.is_within:
        if tag == TEI + "milestone":
            flow.flush()
            flow.space(2)
        elif shows_page:
            flow.flush()
            flow.say(_page(flow, node))
            flow.flush()
        return _holds_something(node)
    if joins:
        flow.say(UNHYPHEN if flow.joins_hyphens else GLUE)
    elif tag == _LB and not flow.style.keeps_lines and (hyphen := _HYPHEN.search("".join(flow.pieces[-2:]))):
        flow.say(UNHYPHEN if flow.joins_hyphens and hyphen[0][0] in _SOFT else GLUE)
        if flow.joins_hyphens and hyphen[0][0] not in _SOFT:
            flow.lose("hyphen-undecided", "nothing says whether a hyphen at a line end belongs to the word; it is kept", node)
    elif tag == _LB and flow.style.keeps_lines:
        flow.new_line()
    else:
        flow.say(" ")
    if shows_page:
        flow.say(_page(flow, node) + (GLUE if joins else " "))
    return _holds_something(node)


def _holds_something(node: etree._Element) -> bool:
    """TEI wants this element empty; what somebody wrote into it all the same is not to be lost."""
    return bool(node.text) or len(node) > 0


def _page(flow: Flow, node: etree._Element) -> str:
    """The mark of a new page: an upright line with its number, as editions have it; among printed characters a form feed."""
    number = node.get("n")
    return "\f" if not flow.is_edited else f"|{number}|" if number else "|"


@on("w pc")
def word(flow: Flow, node: etree._Element) -> bool:
    """A token; ``join`` says that the white space beside it is only the file's (TEI Guidelines, att.linguistic)."""
    if flow.is_edited and node.get("force") == "weak":
        flow.say(GLUE)  # a hyphen that only the line end made
        return False
    if node.get("join") in ("left", "both"):
        flow.say(GLUE)
    return True


@after("w pc")
def end_of_word(flow: Flow, node: etree._Element) -> None:
    """The end of a token."""
    if node.get("join") in ("right", "both"):
        flow.say(GLUE)


@on("space")
def blank(flow: Flow, node: etree._Element) -> bool:
    """A blank in the source."""
    flow.say(" ")
    return True


# ---------------------------------------------------------------- readings


@on("choice")
def choice(flow: Flow, node: etree._Element) -> bool:
    """One of two readings: as meant, or as printed."""
    flow.dropped.update(rejected(node, printed=not flow.is_edited))
    flow.saved.append((flow.flushed, len(flow.pieces)))
    return True


@on("app")
def variants(flow: Flow, node: etree._Element) -> bool:
    """The lemma of a critical apparatus, or its first reading; the others are lost, but for the printed reading, which has all."""
    flow.saved.append((flow.flushed, len(flow.pieces)))
    if not flow.is_edited:
        return True
    readings = [child for child in node if child.tag in (TEI + "lem", TEI + "rdg", TEI + "rdgGrp")]
    kept = next((child for child in readings if child.tag == TEI + "lem"), readings[0] if readings else None)
    flow.dropped.update(child for child in readings if child is not kept)
    if len(readings) > 1:
        flow.lose("no-text-variants", "of variant readings the text has the first", node)
    return True


@after("choice app")
def end_of_choice(flow: Flow, node: etree._Element) -> None:
    """White space between the readings is the file's."""
    flushed, start = flow.saved.pop()
    if flushed == flow.flushed:
        flow.pieces[start:] = ["".join(flow.pieces[start:]).strip(" \t\r\n")]


@on("supplied")
def supplied(flow: Flow, node: etree._Element) -> bool:
    """The editor's words."""
    return flow.is_edited


@on("surplus del am")
def not_of_the_text(flow: Flow, node: etree._Element) -> bool:
    """What is there and does not belong to the text: residue, deletions, marks of abbreviation."""
    return not flow.is_edited


@on("metamark")
def metamark(flow: Flow, node: etree._Element) -> bool:
    """Marks of emphasis are no text; ornaments are."""
    return not flow.is_edited or not is_emphasis_mark(node)


@on("fw")
def furniture(flow: Flow, node: etree._Element) -> bool:
    """Running heads and page numbers; where they are shown, on a line of their own, but for the numbers of verses."""
    if flow.is_edited:
        return False
    if node.get("type") == "lineNum" and flow.is_within:
        flow.say(" ")
        flow.saved.append(None)
    else:
        was_open, flushed = flow.style.is_open, flow.flushed
        flow.begin(_FURNITURE if was_open else LINES)
        flow.stick = flow.stick or (was_open and flow.flushed > flushed)
    return True


@after("fw")
def end_of_furniture(flow: Flow, node: etree._Element) -> None:
    """What it interrupted goes on."""
    flow.end()
    if flow.style.is_open and not flow.flat:
        flow.stick = flow.style


# ---------------------------------------------------------------- notes


@on("note")
def note(flow: Flow, node: etree._Element) -> bool:
    """A note in its place, or on its way to where the reader wants it."""
    if not _is_apart(flow, node):
        if node.get("type") == "speaker" and not flow.options.speakers:
            return False
        begin_either(flow, node, BLOCK)
    elif flow.options.notes == "place":
        flow.begin(BLOCK)
    else:
        flow.begin_note(node)
    return True


@after("note")
def end_of_note(flow: Flow, node: etree._Element) -> None:
    """The words around it go on."""
    if node in flow.taken:
        flow.end_note(node)
    else:
        flow.end_hanging()
        if node.get("type") == "speaker" and not flow.is_within:  # ParlaMint: the name above the speech
            flow.stick = True


def _is_apart(flow: Flow, node: etree._Element) -> bool:
    """Whether a note is one that a reader would look up: at the foot, at the end, in the margin, or with a reference.

    Others are part of the text: where it was first published, and in a transcription of speech whatever the writer remarks.
    """
    if node in flow.anchors.of_note:
        return True
    if node.get("place") == "inline":
        return False
    if node.get("place") or node.get("n") or node.get("target") or node.find(_LABEL) is not None:
        return True
    return flow.is_within and next(node.iterancestors(_U), None) is None


@on("ref ptr anchor")
def reference(flow: Flow, node: etree._Element) -> bool:
    """A reference to a note is its mark in the text, or the place where the note comes; another one is words."""
    notes = flow.anchors.of_anchor.get(node)
    if notes is None:
        if node.tag == TEI + "ptr":
            flow.lose("no-text-pointer", "a pointer (ptr) has no characters; where it points is lost", node)
        return True
    where = flow.options.notes
    first = [flow.refer(note) for note in notes]
    if where == "place":
        return True
    is_printed = bool(node.text or len(node))
    if is_printed and not flow.is_edited and where != "inline":
        return True
    if where == "none":
        return False
    # A note within a note is not set into its lines: two that refer to each other would never be seen.
    if where == "inline" and not flow.taken.intersection(node.iterancestors(NOTE)):
        marks = [flow.slot(note) if is_first else f"[{flow.siglum(note, node)}]" for note, is_first in zip(notes, first, strict=True)]
    else:
        marks = [f"[{flow.siglum(note, node)}]" for note in notes]
    if is_printed and not flow.is_edited:
        flow.after[node] = "".join(marks)
        return True
    flow.say("".join(marks))
    return False


@after("ref ptr anchor")
def end_of_reference(flow: Flow, node: etree._Element) -> None:
    """The note comes behind the printed mark."""
    if flow.after:
        flow.say(flow.after.pop(node, ""))


# ---------------------------------------------------------------- what plain text cannot say


@on("graphic media binaryObject notatedMusic")
def image(flow: Flow, node: etree._Element) -> bool:
    """An image, a sound, a score."""
    name = etree.QName(node).localname
    flow.lose(f"no-text-{name.lower()}", f"{name} has no characters and is left out", node)
    return True


@on("g")
def glyph(flow: Flow, node: etree._Element) -> bool:
    """A character that Unicode may not have."""
    if not node.text and not len(node):
        flow.lose("no-text-glyph", "a glyph (g) without characters is left out", node)
    return True


def unknown(flow: Flow, node: etree._Element) -> bool:
    """Elements of TEI without a row are words; others are too, and named; comments and instructions are no text."""
    tag = node.tag
    if isinstance(tag, str):
        if not tag.startswith(TEI):
            namespace = etree.QName(node).namespace or "no namespace"
            flow.lose("no-text-foreign", f"elements of {namespace} are only known by their characters", node)
        return True
    kind = "comment" if tag is etree.Comment else "processing instruction"
    flow.lose(f"no-text-{kind.split()[0]}", f"a {kind} is no text and is left out", node)
    return False
