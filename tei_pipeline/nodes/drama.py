"""The people of a play, and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from tei_pipeline import model
from tei_pipeline.blocks import Block, Container
from tei_pipeline.inline.flow import Flow, Mark, part
from tei_pipeline.inline.in_brackets import DIRECTION
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.model import BlockNode
from tei_pipeline.nodes.extent import furniture_end, leaf_end
from tei_pipeline.nodes.pages import page_break
from tei_pipeline.nodes.verse import least_indent, stanza, verses, words_and_number
from tei_pipeline.rules.drama.acting import acting
from tei_pipeline.rules.drama.persons import names_cast_of
from tei_pipeline.rules.drama.speaker_names import names_actor
from tei_pipeline.rules.drama.speakers import match_label, match_own_line, match_speaker, uncounted
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.nodes.weaver import Weaver


_NAMED = seldom(  # what ends the name of a person; also the first small word behind capitals: NEPITA servant of the house
    r"[,(\[—]|:(?=\s[^_]+$)|\s+[}|]|\.\s*$|\.(?=\s+[a-z(])|\s-|\s?(?:\.\s?){4}|(?<=[A-ZÀ-ÖØ-Þ]{2})\s(?=[a-zß-öø-ÿ](?!.*[A-ZÀ-ÖØ-Þ]{2}))"
)
_WORD = re.compile(r"(?P<behind>['’])?[^\W\d_]+")
_COUNTS_KING = re.compile(r"[IVX]{2,6}")  # HENRY VI
_Persons = list[model.CastItem | model.PageBreak | model.Furniture]


def cast_list(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.CastList:
    """The people of a play: what they are called before the first stop, what they are after it; in groups, where these have headings."""
    heads = [at for at in range(len(blocks) - 1) if _heads_persons(blocks, at, weaver)]
    items: list[model.CastItem | model.CastGroup | model.PageBreak | model.Furniture] = []
    items.extend(_persons(weaver, blocks[: heads[0] if heads else len(blocks)]))
    for at, end in zip(heads, [*heads[1:], len(blocks)], strict=True) if heads else ():
        flow = weaver.flow(blocks[at].rows)
        named = part(flow, weaver.marks(flow), 0, len(flow.text))
        heading = model.Heading(named, spans=flow.span(0, len(flow.text)))
        items.append(model.CastGroup(heading, tuple(_persons(weaver, blocks[at + 1 : end])), weaver.spans(blocks[at:end])))
    return model.CastList(tuple(items), None, weaver.spans(blocks), blocks[0].decisions[0], f"k{container.key}")


def _heads_persons(blocks: Sequence[Block], at: int, weaver: Weaver) -> bool:
    """Whether a line of the list names some of the persons (WOMEN.), or says whose they are, and one who is none of them stands below."""
    language = weaver.layout.language
    named, below = (
        block.kind != "furniture" and (fold(block.text).strip(" .:_*") in language.cast_groups or names_cast_of(block.text, language))
        for block in blocks[at : at + 2]
    )
    return named and not below and blocks[at].text[:1].isupper() and blocks[at + 1].kind != "furniture"


def _persons(weaver: Weaver, blocks: Sequence[Block]) -> _Persons:
    items: _Persons = []
    for at, block in enumerate(blocks):
        if block.kind == "furniture":
            if at == 0 or blocks[at - 1].kind != "furniture":
                items.extend(page_break(weaver, blocks[at : furniture_end(blocks, at)]))
            continue
        flow = weaver.flow(block.rows)
        cut = _NAMED.search(flow.text, flow.text[0] == "[")  # [S']AMA
        end = cut.start() if cut and cut.start() else len(flow.text)
        column = re.match(r"\S+(?: \S+)*(?=\t|\s{3,}\S)", block.rows[0].text)  # name and description in columns
        end = min(end, column.end() if column else end, _before_actor(flow.text, weaver.layout.language))
        found = weaver.marks(flow)
        role = part(flow, found, 0, end)
        rest = part(flow, found, end, len(flow.text)) if end < len(flow.text) else ()
        items.append(model.CastItem(role, rest, None, flow.span(0, len(flow.text))))
    return items


def _before_actor(text: str, language: Language) -> int:
    """Where a name in capitals ends that the name of who played the person follows in small letters: BEN LUND Mr. Crane"""
    found = (m for m in _BEHIND_CAPITALS.finditer(text) if names_actor(text[m.end() :], language) and not text[m.end() :].isupper())
    return next((m.start() for m in found), len(text))


_BEHIND_CAPITALS = re.compile(r"(?<=[A-ZÀ-ÖØ-Þ]{2})\s+")


def speech(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.Speech:
    """The speaker as printed, a direction beside the name, and what is said."""
    block = blocks[0]
    end = leaf_end(blocks, 0, depth + 1)
    verse = next(verses(block.rows, least_indent(blocks[:end]), weaver.layout)) if block.kind == "verse" else []
    flow = weaver.flow(verse) if verse else weaver.joined(blocks[:end], depth + 1)
    found = weaver.marks(flow, "speech")
    label = _label(weaver, block, container, flow.text)
    speaker, directions = _speaker(flow, found, label)
    said: list[BlockNode] = []
    if verse:
        lines = stanza(weaver, blocks[:end], depth + 1)
        first = lines.lines[0]
        assert isinstance(first, model.VerseLine)
        words = words_and_number(flow, found, label.end, verse[-1])
        if len(lines.lines) > 1 and _is_direction(words):  # the verses stand below the name and its direction
            directions += words
            said.append(replace(lines, lines=lines.lines[1:]))
        else:
            said.append(replace(lines, lines=(replace(first, content=words, indent=0), *lines.lines[1:])))
    elif label.end < len(flow.text):
        words = part(flow, [x for x in found if x.start >= label.end], label.end, len(flow.text))
        if end < len(blocks) and _is_direction(words):  # what is said stands below the name and its direction
            directions += words
        elif words:
            said.append(model.Paragraph(words, flow.span(label.end, len(flow.text)), block.why, f"b{block.first}"))
    said.extend(weaver.nodes(blocks[end:], depth + 1))
    beside = tuple(x for x in directions if isinstance(x, model.Stage | model.Text))
    who = _person(weaver, container.n, flow.text[: label.name])
    return model.Speech(speaker, tuple(said), who, beside, weaver.spans(blocks), block.decisions[0], f"s{container.key}")


class _Label(NamedTuple):
    """What stands before a speech: where the ``name`` ends, the ``direction`` behind it, where all of it ends."""

    name: int
    direction: str
    end: int


def _label(weaver: Weaver, block: Block, container: Container, text: str) -> _Label:
    """The label of a speech in its running text, in which the white space that sets off a name or a direction is folded."""
    layout, printed = weaver.layout, block.rows[0].text
    if block.kind == "speaker":
        m = match_own_line(text, layout.language) or match_own_line(printed, layout.language) or match_label(text, layout.language)
        end = len(text)
    else:
        m = match_speaker(printed, layout)
        if m is None:
            m = acting(text, layout)
        elif m["mark"] or m["direction"] or text[m.end("name") :].lstrip()[:1] in ("[", "("):
            m = match_speaker(text, layout)
        else:
            m = None
        if m is not None and m.end() < container.label < len(text) and text[m.end() : container.label].strip(". ").isdigit():
            m = None  # CH. 2.
        if m is not None and container.n.isdecimal() and m.end() > container.label:
            m = None  # 2 So am I.
        end = min(container.label if m is None else m.end(), len(text))
    return _Label(int(container.place or 0), "", end) if m is None else _Label(m.end("name"), m["direction"].strip(" ,"), end)


def _speaker(flow: Flow, found: Sequence[Mark], label: _Label) -> tuple[model.Content, model.Content]:
    """The name of the speaker, and the direction behind it with what stands between that and the words."""
    referred = [x for x in found if x.rank == 0 and x.end <= label.end]  # to notes on the name
    if not label.direction:
        return part(flow, referred, 0, label.end), ()
    start = flow.text.index(label.direction, label.name)
    stop = max([start + len(label.direction), *(x.end for x in referred if x.start > start)])
    inner = [x for x in found if x.end - x.start < stop - start and x.rank != DIRECTION]
    direction = model.Stage(part(flow, inner, start, stop), None, flow.span(start, stop))
    between = (model.Text(flow.text[stop : label.end], flow.span(stop, label.end)),) if label.end > stop else ()
    return part(flow, referred, 0, start), (direction, *between)


def _is_direction(words: Sequence[object]) -> bool:
    """Whether nothing but one direction stands there, white space and the point of the name aside."""
    stages = sum(isinstance(x, model.Stage) for x in words)
    return stages == 1 and all(isinstance(x, model.Stage) or (isinstance(x, model.Text) and not x.value.strip(" .")) for x in words)


def _person(weaver: Weaver, name: str, printed: str) -> tuple[str, ...]:
    """The key of somebody who speaks: the person of the list whom the name means, else the name itself."""
    if not name:
        return ()
    language = weaver.layout.language
    name = weaver.layout.cast.whom(name) or _who_asks(name, weaver.layout) or name
    printed = weaver.layout.cast.names.get(name, printed).strip("_*.: ")
    key = "person-" + re.sub(r"\W+", "-", name).strip("-")
    known = language.speakers.get(name)
    kind = known if known in ("role", "group") else "person"
    shown = _in_small(printed, language) if printed.isupper() else printed
    weaver.persons.setdefault(key, model.Person(key, shown if kind == "person" and shown else name, kind))
    return (key,)


def _in_small(name: str, language: Language) -> str:
    """A name in capitals as it is written amid words: HENRY VI, Abbot of Lorch, The Miller's Wife, O'Brien."""

    def written(found: re.Match[str]) -> str:
        word = found[0]
        if found["behind"] and len(word) <= SHORT_ENDING:
            return word.lower()
        if found.start() and word.lower() in language.lowercase_in_titles:
            return word.lower()
        if found.start() and _COUNTS_KING.fullmatch(word):
            return word
        return word[:1] + word[1:].capitalize() if found["behind"] else word.capitalize()

    return _WORD.sub(written, name)


SHORT_ENDING = 3  # characters with the apostrophe: 's, 'll


def _who_asks(name: str, layout: Layout) -> str:
    """The word for a question, when a number counts it: QUESTION II and SECOND QUESTION name nobody else than QUESTION I; so it is with
    answers that are counted as the questions are.
    """
    role = uncounted(name, layout.language)
    reaction = layout.language.reactions.get(role)
    asks = reaction is not None and reaction.type == QUESTION
    return role if asks or (role in layout.speakers and not layout.drama) else ""


QUESTION = "question"
