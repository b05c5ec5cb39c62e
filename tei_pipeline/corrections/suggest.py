"""What an editor may want instead: the other readings of a block, and of what stands in it, each with the correction that chooses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from tei_pipeline import model
from tei_pipeline.blocks import Block
from tei_pipeline.corrections.anchor import anchored
from tei_pipeline.corrections.entry import EditorCorrection
from tei_pipeline.corrections.text import Place, Words

_OF_RULE: Mapping[str, str] = {  # what a rule that lost would have made of the block, as a correction says it
    "ornament": "ornament",
    "illustration": "illustration",
    "residue": "residue",
    "preformatted": "preformatted",
    "bracketed-note": "note",
    "loose-note": "note",
    "sidenote": "note",
    "trailer": "trailer",
    "stage-direction": "stage",
    "dateline": "dateline",
    "salute": "salute",
    "signature": "signed",
    "heading": "heading",
    "postscript": "postscript",
    "marked-list": "list",
    "counted-list": "list",
    "marked-quotation": "quotation",
    "bare-quotation": "quotation",
    "indented-quotation": "quotation",
    "verse": "verse",
    "paragraph": "paragraph",
}
_USUAL: Mapping[str, tuple[str, ...]] = {  # what else a block of a kind mostly is, where it is not what it was taken for
    "paragraph": ("heading", "quotation", "verse"),
    "verse": ("paragraph", "quotation"),
    "furniture": ("paragraph", "heading"),
    "subtitle": ("heading", "paragraph"),
}
_INSIDE: Mapping[type, tuple[str, str]] = {  # a node: what taking it away is called, and what the words then are
    model.Quoted: ("quotation", "no quotation"),
    model.Date: ("date", "no date"),
    model.Bibl: ("reference", "no reference to literature"),
    model.Highlight: ("emphasis", "no emphasis"),
    model.Reaction: ("reaction", "no reaction"),
    model.Correction: ("reading", "right as it is printed"),
    model.Stage: ("stage", "no stage direction"),
    model.Surplus: ("residue", "part of the text"),
    model.Supplied: ("supplied", "no heading is lost there"),
}
_AN = {"verse": "", "residue": "", "ornament": "an", "illustration": "an", "epigraph": "an", "argument": "an"}
LONGEST_HEADING = 16  # words of a heading that are all part of its anchor: they say where it ends
DEEPEST = 9  # levels that a correction can give


class Suggestion(Struct, frozen=True):
    """Another reading in a few words, and the correction that chooses it."""

    what: str
    entry: EditorCorrection


def of_block(block: Block, before: Block | None, words: Words) -> list[Suggestion]:
    """The other readings of a block: those of the rules that lost first, then what its kind is mostly mistaken for.

    ``before`` is the block of text before it, for a paragraph that may go on from there.
    """
    if not block.rows:
        return []
    place = _first_word(block, words)
    anchor = dict(anchored(words, place))
    wanted = dict.fromkeys(_OF_RULE[rule] for rule, _, _ in block.alternatives if rule in _OF_RULE)
    wanted |= dict.fromkeys(_USUAL.get(block.kind, ("paragraph",)))
    if block.within:
        wanted["paragraph"] = None
    current = {"paragraph" if not block.within else "", block.kind} if block.kind == "paragraph" else {block.kind}
    current |= {container.kind for container in block.within[-1:]}
    found = [
        Suggestion(" ".join(f"it is {_AN.get(kind, 'a')} {kind}".split()), _entry("block", anchor, {"as": kind}))
        for kind in wanted
        if kind not in current or (kind == "paragraph" and block.within)
    ]
    if block.kind == "heading":
        anchor = dict(anchored(words, _all_words(block, words))) if len(block.text.split()) <= LONGEST_HEADING else anchor
        level = max(1, block.facts.level)
        found += [
            Suggestion(f"it stands {where}", _entry("level", anchor, {"level": new}))
            for where, new in (("higher", level - 1), ("lower", level + 1))
            if 1 <= new <= DEEPEST
        ]
    if block.joins:
        found.append(Suggestion("a new paragraph begins with it", _entry("split", anchor, {})))
    elif block.kind == "paragraph" and before is not None and before.kind == "paragraph":
        found.append(Suggestion("it goes on with the paragraph before", _entry("join", anchor, {})))
    return found


def of_node(node: Any, words: Words) -> list[Suggestion]:
    """The other reading of what stands inside a paragraph: that it is nothing of the kind."""
    if not getattr(node, "spans", ()):
        return []
    place = Place(node.spans[0].start, node.spans[-1].end)
    if isinstance(node, model.Reference):
        return [Suggestion("no reference to a note", _entry("unlink", dict(anchored(words, place, True)), {}))]
    known = _INSIDE.get(type(node))
    if known is None or (isinstance(node, model.Stage) and node.key is not None):
        return []
    return [Suggestion(known[1], _entry("remove", dict(anchored(words, place, True)), {"as": known[0]}))]


def _all_words(block: Block, words: Words) -> Place:
    line = words.source.lines[block.rows[-1].line]
    return Place(_first_word(block, words).start, line.start + len(line.text.rstrip()))


def _first_word(block: Block, words: Words) -> Place:
    line = words.source.lines[block.rows[0].line]
    start = line.start + len(line.text) - len(line.text.lstrip())
    return Place(start, start + len(block.rows[0].text.split()[0]))


def _entry(kind: str, anchor: Mapping[str, str | int], more: Mapping[str, str | int]) -> EditorCorrection:
    return EditorCorrection.of_table({"kind": kind, **anchor, **more}, None)


def text_before(blocks: tuple[Block, ...], at: int) -> Block | None:
    """The block of text before one, past page furniture and notes."""
    return next(_back(blocks, at), None)


def _back(blocks: tuple[Block, ...], at: int) -> Iterator[Block]:
    for block in reversed(blocks[:at]):
        if block.kind not in ("furniture", "illustration") and not (block.within and block.within[0].kind == "note"):
            yield block
