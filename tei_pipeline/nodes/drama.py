"""The people of a play, and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tei_pipeline import model
from tei_pipeline.blocks import Block, Container
from tei_pipeline.inline.flow import part
from tei_pipeline.inline.in_brackets import DIRECTION
from tei_pipeline.language import Language, fold
from tei_pipeline.model import BlockNode
from tei_pipeline.nodes.extent import furniture_end, leaf_end
from tei_pipeline.nodes.pages import page_break
from tei_pipeline.nodes.verse import least_indent, stanza, verses, words_and_number
from tei_pipeline.rules.drama.acting import acting
from tei_pipeline.rules.drama.persons import names_cast_of
from tei_pipeline.rules.drama.speakers import match_label, match_own_line, match_speaker

if TYPE_CHECKING:
    from tei_pipeline.nodes.weaver import Weaver


_NAMED = re.compile(  # what ends the name of a person; also the first small word behind capitals: NEPITA servant of the house
    r"[,(\[—]|\s+[}|]|\.\s*$|\.(?=\s+[a-z(])|\s-|\s?(?:\.\s?){4}|(?<=[A-ZÀ-ÖØ-Þ]{2})\s(?=[a-zß-öø-ÿ](?!.*[A-ZÀ-ÖØ-Þ]{2}))"
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
        end = min(end, column.end()) if column else end
        found = weaver.marks(flow)
        role = part(flow, found, 0, end)
        rest = part(flow, found, end, len(flow.text)) if end < len(flow.text) else ()
        items.append(model.CastItem(role, rest, None, flow.span(0, len(flow.text))))
    return items


def speech(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.Speech:
    """The speaker as printed, a direction beside the name, and what is said."""
    block = blocks[0]
    end = leaf_end(blocks, 0, depth + 1)
    verse = next(verses(block.rows, least_indent(blocks[:end]), weaver.layout)) if block.kind == "verse" else []
    flow = weaver.flow(verse) if verse else weaver.joined(blocks[:end], depth + 1)
    found = weaver.marks(flow, "speech")
    m = match_speaker(block.rows[0].text, weaver.layout)
    if m is not None:  # white space that sets off a name is folded in the flow
        m = (
            match_speaker(flow.text, weaver.layout)
            if m["mark"] or m["direction"] or flow.text[m.end("name") :].lstrip()[:1] in ("[", "(")
            else None
        )
    elif block.kind != "speaker":
        m = acting(flow.text, weaver.layout)
    if m is not None and m.end() < container.label < len(flow.text) and flow.text[m.end() : container.label].strip(". ").isdigit():
        m = None  # CH. 2.
    if m is not None and container.n.isdecimal() and m.end() > container.label:
        m = None  # 2 So am I.
    cut = int(container.place or 0) if m is None else m.end("name")
    label = container.label if m is None else m.end()
    label = min(label, len(flow.text))
    if block.kind == "speaker":
        label = len(flow.text)
        language = weaver.layout.language  # white space that sets off a direction at the right is folded in the flow
        m = match_own_line(flow.text, language) or match_own_line(block.rows[0].text, language) or match_label(flow.text, language)
        cut = m.end("name") if m is not None else cut
    direction = m["direction"].strip(" ,") if m is not None else ""
    directions: list[model.Stage | model.Text] = []
    referred = [x for x in found if x.rank == 0 and x.end <= label]  # to notes on the name
    if direction:
        start = flow.text.index(direction, cut)
        stop = max([start + len(direction), *(x.end for x in referred if x.start > start)])
        speaker = part(flow, referred, 0, start)
        inner = [x for x in found if x.end - x.start < stop - start and x.rank != DIRECTION]
        directions.append(model.Stage(part(flow, inner, start, stop), None, flow.span(start, stop)))
        if label > stop:
            directions.append(model.Text(flow.text[stop:label], flow.span(stop, label)))
    else:
        speaker = part(flow, referred, 0, label)
    who = _person(weaver, container.n, flow.text[:cut])
    rest: list[BlockNode] = []
    if block.kind == "verse":
        lines = stanza(weaver, blocks[:end], depth + 1)
        first = lines.lines[0]
        assert isinstance(first, model.VerseLine)
        cut_line = replace(first, content=words_and_number(flow, found, label, verse[-1]), indent=0)
        if len(lines.lines) > 1 and _is_direction(cut_line.content):  # the verses stand below the name and its direction
            directions.extend(x for x in cut_line.content if isinstance(x, model.Stage | model.Text))
            rest.append(replace(lines, lines=lines.lines[1:]))
        else:
            rest.append(replace(lines, lines=(cut_line, *lines.lines[1:])))
    elif label < len(flow.text):
        words = part(flow, [x for x in found if x.start >= label], label, len(flow.text))
        if end < len(blocks) and _is_direction(words):  # what is said stands below the name and its direction
            directions.extend(x for x in words if isinstance(x, model.Stage | model.Text))
            words = ()
        if words:
            rest.append(model.Paragraph(words, flow.span(label, len(flow.text)), block.why, f"b{block.first}"))
    rest.extend(weaver.nodes(blocks[end:], depth + 1))
    return model.Speech(speaker, tuple(rest), who, tuple(directions), weaver.spans(blocks), block.decisions[0], f"s{container.key}")


def _is_direction(words: Sequence[object]) -> bool:
    """Whether nothing but one direction stands there, white space and the point of the name aside."""
    stages = sum(isinstance(x, model.Stage) for x in words)
    return stages == 1 and all(isinstance(x, model.Stage) or (isinstance(x, model.Text) and not x.value.strip(" .")) for x in words)


def _person(weaver: Weaver, name: str, printed: str) -> tuple[str, ...]:
    """The key of somebody who speaks: the person of the list whom the name means, else the name itself."""
    if not name:
        return ()
    language = weaver.layout.language
    name = weaver.layout.cast.whom(name) or _who_asks(name, language) or name
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


def _who_asks(name: str, language: Language) -> str:
    """The word for a question, when a number counts it: QUESTION II and SECOND QUESTION name nobody else than QUESTION I."""
    counted = name.split()
    for word, number in (counted, counted[::-1]) if len(counted) == 2 else ():
        reaction = language.reactions.get(word)
        if reaction is not None and reaction.type == QUESTION and language.parse_number(number) is not None:
            return word
    return ""


QUESTION = "question"
