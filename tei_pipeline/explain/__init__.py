"""Why a line became what it is: the rule that took it, what the other rules answered, and what the settling passes made of it.

Nothing here decides anything. The stages are run as they always run, and the rules are asked again where they were asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from tei_pipeline import __version__, tei
from tei_pipeline.blocks import Block
from tei_pipeline.corrections.anchor import Located
from tei_pipeline.corrections.entry import EditorCorrection
from tei_pipeline.corrections.suggest import Suggestion, of_block, of_node, text_before
from tei_pipeline.corrections.text import Words
from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.errors import PipelineError, place
from tei_pipeline.explain.asked import Answer, Asked, asked, reason
from tei_pipeline.explain.inlines import inline_reason
from tei_pipeline.recognise import Recognised
from tei_pipeline.settle import PASSES, settled
from tei_pipeline.source import Source
from tei_pipeline.split import split
from tei_pipeline.tei.identity import XML_ID

__all__ = ["Answer", "Asked", "Change", "Explanation", "NotFound", "Part", "explain", "find_id", "find_words", "reason"]

AROUND = 5  # printed lines shown before and after the explained one
_TOKEN = re.compile(r"\S+")


class NotFound(PipelineError):
    """The text has no such line, words or identifier."""

    def __init__(self, label: str, what: str) -> None:
        self.label, self.what = label, what
        super().__init__(f"{place(label)}: {what}")


class Change(Struct, frozen=True):
    """What one settling pass changed of the block that holds the line; ``fields``: name, before, after."""

    name: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]
    decisions: tuple[Decision, ...]


class Part(Struct, frozen=True):
    """An element of the edition that holds characters of the line: name, ``xml:id`` (or ""), printed words, and why it is there.

    ``reason``: that of the rule which makes such elements, where no decision was noted. ``suggestions``: what it may be instead.
    """

    name: str
    identifier: str
    words: str
    why: Decision | None
    depth: int
    reason: str = ""
    suggestions: tuple[Suggestion, ...] = ()


class Explanation(Struct, frozen=True):
    """All that is known of one line. ``line`` counts from 1; ``proposed`` is the block as the rules left it, ``block`` as it stands.

    ``suggestions``: what the block may be instead, with the corrections that choose it; ``corrections``: those that were applied there.
    """

    source: Source
    line: int
    proposed: Block
    block: Block
    asked: tuple[Asked, ...]
    changes: tuple[Change, ...]
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    around: tuple[Block, ...]
    suggestions: tuple[Suggestion, ...] = ()
    corrections: tuple[EditorCorrection, ...] = ()


def explain(source: Source, line: int, recognised: Recognised, label: str = "") -> Explanation:
    """Explain the ``line`` (from 1) of a source that was recognised. Raises :class:`NotFound`, which names ``label``, without that line."""
    if not 1 <= line <= len(source.lines):
        raise NotFound(label or source.name, f"there is no line {line}; the text has {len(source.lines)} lines")
    layout = recognised.layout
    blocks = split(source, layout)
    at = _holding(blocks, line)
    proposed = blocks[at]
    ways = asked(blocks, at, layout)
    changes: list[Change] = []
    hand = recognised.hand
    if hand is not None:
        blocks = _handed(blocks, hand.propose(list(blocks)), line, changes)
    for one in PASSES:
        changed = settled(one, blocks, layout)
        before, after = blocks[_holding(blocks, line)], changed[_holding(changed, line)]
        if before != after:
            decisions = tuple(decision for decision in after.decisions if decision not in before.decisions)
            changes.append(Change(one.__name__, reason(one), _differences(before, after), decisions))
        blocks = changed
    if hand is not None:
        _handed(blocks, hand.settle(list(blocks)), line, changes)
    final = recognised.blocks
    at = _holding(final, line)
    problems = tuple(p for p in recognised.problems if p.line is not None and final[at].first < p.line <= final[at].end)
    return Explanation(
        source,
        line,
        proposed,
        final[at],
        tuple(ways),
        tuple(changes),
        tuple(_parts(source, line, recognised)),
        problems,
        _around(final, at, line),
        tuple(of_block(final[at], text_before(final, at), _words(source, recognised))),
        tuple(one.entry for one in hand.applied if _touches(one, source, final[at])) if hand is not None else (),
    )


def _handed(before: list[Block], after: list[Block], line: int, changes: list[Change]) -> list[Block]:
    """What the editor's corrections changed of the block, noted like the change of a settling pass."""
    old, new = before[_holding(before, line)], after[_holding(after, line)]
    if old != new:
        decisions = tuple(decision for decision in new.decisions if decision not in old.decisions)
        changes.append(Change("editor", "The corrections of the sidecar go before every rule.", _differences(old, new), decisions))
    return after


def _words(source: Source, recognised: Recognised) -> Words:
    return recognised.hand.words if recognised.hand is not None else Words(source, frozenset(recognised.layout.furniture))


def _touches(one: Located, source: Source, block: Block) -> bool:
    first, last = source.lines[block.first].start, source.lines[max(block.first, block.end - 1)].end
    return one.start < last and one.range.end > first


def find_words(source: Source, words: str, label: str = "") -> list[int]:
    """The lines (from 1) in which the words begin, wherever the printed lines break; case and white space do not count."""
    pattern = r"\s+".join(re.escape(token) for token in _TOKEN.findall(words))
    if not pattern:
        raise NotFound(label or source.name, "no words were given to look for")
    starts = [line.start for line in source.lines]
    found = sorted({bisect_right(starts, match.start()) for match in re.finditer(pattern, source.text, re.IGNORECASE)})
    if not found:
        raise NotFound(label or source.name, f"the words {words!r} do not stand in the text; give them as they are printed")
    return found


def find_id(source: Source, identifier: str, recognised: Recognised, label: str = "") -> int:
    """The line (from 1) in which the element of this ``xml:id`` begins in the edition that this version makes of the source."""
    origins = tei.write(recognised.document, version=__version__).origins
    for element, _ in origins:
        if element.get(XML_ID) == identifier:
            inside = {id(child) for child in element.iter()}
            spans = [node.spans for child, node in origins if id(child) in inside and node.spans]
            if spans:
                return bisect_right([line.start for line in source.lines], min(span[0].start for span in spans))
    raise NotFound(
        label or source.name, f"no element of its edition that holds text has the xml:id {identifier!r}; build it and look the id up"
    )


def _holding(blocks: Sequence[Block], line: int) -> int:
    """The index of the block that the line (from 1) belongs to; the mere beginning of a page holds no line."""
    at = max(0, bisect_right(blocks, line - 1, key=lambda block: block.first) - 1)
    while not blocks[at].rows and at:
        at -= 1
    return at


def _differences(before: Block, after: Block) -> tuple[tuple[str, str, str], ...]:
    """Fields that differ, those of the facts one by one, ranges as lines from 1."""
    found = []
    for name in Block.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if old == new or name in ("decisions", "rows", "alternatives"):
            continue
        if name == "facts":
            found += [
                (fact, str(getattr(old, fact)), str(getattr(new, fact)))
                for fact in old.__struct_fields__
                if getattr(old, fact) != getattr(new, fact)
            ]
        elif name == "within":
            found.append(("containers", containers(before), containers(after)))
        elif name == "first":
            found.append(("first line", str(old + 1), str(new + 1)))
        elif name == "end":
            found.append(("last line", str(old), str(new)))
        else:
            found.append((name, str(old), str(new)))
    return tuple(found)


def containers(block: Block) -> str:
    """The containers of a block in words: ``note 3 (from line 120) > list (from line 122)``."""
    return " > ".join(f"{c.kind}{f' {c.n}' if c.n else ''} (from line {c.key + 1})" for c in block.within) or "none"


def _parts(source: Source, line: int, recognised: Recognised) -> list[Part]:
    """The elements around the line, then those that begin or lie in it, in the order of the edition."""
    start, end = source.lines[line - 1].start, source.lines[line - 1].end
    written = tei.write(recognised.document, version=__version__)
    touching = [(element, node) for element, node in written.origins if any(span.start < end and span.end > start for span in node.spans)]
    known = {id(element): node for element, node in written.origins}
    words = _words(source, recognised)
    found: list[Part] = []
    shown: set[int] = set()
    for element, node in touching:
        path = [above for above in reversed(list(element.iterancestors())) if id(above) in known]
        for depth, (one, of) in enumerate([*((above, known[id(above)]) for above in path), (element, node)]):
            if id(one) not in shown:
                shown.add(id(one))
                found.append(_part(one, of, depth, of_node(of, words) if of is node else []))
    return found


def _part(element: Any, node: Any, depth: int, suggestions: Sequence[Suggestion]) -> Part:
    name = element.tag.rpartition("}")[2]
    kind = element.get("type")
    words = " ".join("".join(element.itertext()).split()) if name not in ("div", "body", "front", "back") else getattr(node, "title", "")
    why = getattr(node, "why", None)
    because = "" if why is not None else inline_reason(type(node))
    return Part(f"{name} {kind}" if kind else name, element.get(XML_ID, ""), words, why, depth, because, tuple(suggestions))


def _around(blocks: Sequence[Block], at: int, line: int) -> tuple[Block, ...]:
    """The blocks whose printed lines lie nearest."""
    low = high = at
    before = sum(1 for row in blocks[at].rows if row.line < line - 1)
    after = sum(1 for row in blocks[at].rows if row.line > line - 1)
    while low and before < AROUND:
        low -= 1
        before += len(blocks[low].rows)
    while high + 1 < len(blocks) and after < AROUND:
        high += 1
        after += len(blocks[high].rows)
    return tuple(block for block in blocks[low : high + 1] if block.rows)
