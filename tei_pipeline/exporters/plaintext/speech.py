"""Plays and debates in plain text: speakers before speeches, directions and reactions set off."""

from __future__ import annotations

from lxml import etree

from tei_pipeline.exporters.exported import TEI
from tei_pipeline.exporters.notes import NOTE
from tei_pipeline.exporters.plaintext.flow import Flow, Style
from tei_pipeline.exporters.plaintext.rows import BLOCK, CONTAINER, after, begin_either, on

_SPEAKER = Style(after=0, is_open=True, is_speaker=True)
_U, _SP_SPEAKER = TEI + "u", TEI + "speaker"


@on("sp")
def speech(flow: Flow, node: etree._Element) -> bool:
    """A speech; who speaks is said even where the source has no line for it."""
    flow.begin(CONTAINER)
    flow.space(1)
    if node.find(_SP_SPEAKER) is None:
        _name_speaker(flow, node)
    return True


@after("sp")
def end_of_speech(flow: Flow, node: etree._Element) -> None:
    """The next speech is set off."""
    flow.end()
    flow.space(1)


@on("u")
def utterance(flow: Flow, node: etree._Element) -> bool:
    """A turn in a debate (TEI Guidelines, chapter 8); a note may have named the speaker already, as ParlaMint has it."""
    flow.begin(CONTAINER)
    flow.space(1)
    before = node.getprevious()
    if before is None or before.tag != NOTE or before.get("type") != "speaker":
        _name_speaker(flow, node)
    if not flow.flat:
        flow.flush()
        flow.style = Style(flow.indent, *BLOCK[1:])
    return True


after("u")(end_of_speech)


@on("seg")
def segment(flow: Flow, node: etree._Element) -> bool:
    """A paragraph of an utterance; elsewhere mere words."""
    parent = node.getparent()
    if parent is not None and parent.tag == _U:
        flow.begin(BLOCK)
    else:
        flow.begin_within()
    return True


@after("seg")
def end_of_segment(flow: Flow, node: etree._Element) -> None:
    """The end of the paragraph, or nothing."""
    flow.end()


def _name_speaker(flow: Flow, node: etree._Element) -> None:
    """The name of who speaks, from the list of persons; only in the edited reading, for it is not printed."""
    who = (node.get("who") or "").split()
    if who and flow.is_edited and flow.options.speakers and not flow.flat:
        flow.flush()
        flow.style = Style(flow.indent, *_SPEAKER[1:])
        flow.say(", ".join(flow.person(each) for each in who) + ":")


@on("speaker")
def speaker(flow: Flow, node: etree._Element) -> bool:
    """A line above the speech, together with the direction that follows it."""
    if not flow.options.speakers:
        return False
    if flow.flat:
        flow.say(" ")
    else:
        flow.flush()
        flow.style = Style(flow.indent, *_SPEAKER[1:])
    return True


@after("speaker")
def end_of_speaker(flow: Flow, node: etree._Element) -> None:
    """What follows on the same line is set off."""
    flow.say(" ")


@on("stage vocal kinesic incident figDesc")
def direction(flow: Flow, node: etree._Element) -> bool:
    """A direction, a reaction of the audience, a description of an image: within words or on its own."""
    begin_either(flow, node, BLOCK)
    _begin_brackets(flow)
    return True


@after("stage")
def end_of_stage(flow: Flow, node: etree._Element) -> None:
    """In parentheses, as plays have them."""
    _end_brackets(flow, "(", ")")
    flow.end()


@after("vocal kinesic incident figDesc")
def end_of_reaction(flow: Flow, node: etree._Element) -> None:
    """In square brackets: words of an observer."""
    _end_brackets(flow, "[", "]")
    flow.end()


@on("gap")
def gap(flow: Flow, node: etree._Element) -> bool:
    """Something is missing: three points, or what the encoder says of it."""
    if flow.is_edited and not (node.text or len(node)):
        flow.say("[…]")
        return False
    flow.begin_within()
    _begin_brackets(flow)
    return True


after("gap")(end_of_reaction)


def _begin_brackets(flow: Flow) -> None:
    flow.saved.append((flow.flushed, len(flow.pieces)))


def _end_brackets(flow: Flow, opening: str, closing: str) -> None:
    """Brackets around what was said since, in the edited reading, unless there are some."""
    flushed, start = flow.saved.pop()
    if flow.is_edited and flushed == flow.flushed:
        said = "".join(flow.pieces[start:])
        content = said.strip()
        if content and content[0] not in "([{":
            flow.pieces[start:] = [opening, content, closing, said[len(said.rstrip()) :]]
