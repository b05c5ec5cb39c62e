"""The review page: the source beside what was made of it, the doubtful decisions first, each with the corrections that choose otherwise.

One HTML file that needs nothing else: no network, no server. What the page shows is gathered here; ``page.html`` is how it looks and
behaves, and knows nothing of the program.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from msgspec import Struct

from tei_pipeline import __version__, model, tei
from tei_pipeline.blocks import Block
from tei_pipeline.corrections.entry import EditorCorrection
from tei_pipeline.corrections.suggest import Suggestion, of_block, of_node, text_before
from tei_pipeline.corrections.text import Words
from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.explain.inlines import inline_reason
from tei_pipeline.outline import every_node, words_of
from tei_pipeline.recognise import Recognised
from tei_pipeline.rules.lists.entry_pages import entry_page
from tei_pipeline.settle.titles.listing import headings_of
from tei_pipeline.source import Source
from tei_pipeline.tei.identity import XML_ID

DOUBTFUL = 0.8  # confidence below which a decision is shown first: the rules give 0.85 and more to what they are sure of
CLOSE = 0.1  # of confidence between what was decided and what lost: nearer is a doubt too
_HOLE = re.compile("%%([A-Z_]+)%%")
CHUNK = 20  # blocks that the browser lays out together, and only when they come into view
EM = 1.45  # height of a line of the page, in units of its letters' size


class _Shown(Struct, frozen=True):
    """One block on the page, and what the script needs to know of it."""

    block: Block
    identifier: str
    confidence: float
    doubt: str
    problems: tuple[Problem, ...]
    data: Mapping[str, Any]


def review(source: Source, recognised: Recognised, label: str = "") -> str:
    """The page of a recognised source as HTML; ``label`` is what its file is called. The same source gives the same page."""
    written = tei.write(recognised.document, version=__version__)
    words = recognised.hand.words if recognised.hand is not None else Words(source, frozenset(recognised.layout.furniture))
    shown = list(_blocks(source, recognised, written.origins, words))
    title = label or source.name
    parts = {
        "TITLE": escape(title),
        "VERSION": escape(__version__),
        "SUMMARY": escape(_summary(source, recognised, shown)),
        "DOUBTS": "".join(_doubts(shown)),
        "DOUBT_COUNT": str(sum(bool(each.doubt) for each in shown)),
        "HEADINGS": "".join(_headings(shown)),
        "NOTES": "".join(_notes(source, recognised, shown)),
        "CONTENTS": "".join(_contents(recognised, shown)),
        "PROBLEMS": "".join(_problems(recognised.problems, shown)),
        "KINDS": "".join(f"<option>{escape(kind)}</option>" for kind in sorted({each.block.kind for each in shown})),
        "TEXT": "".join(_chunks(source, shown)),
        "DATA": json.dumps([each.data for each in shown], ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    }
    page = files("tei_pipeline.review").joinpath("page.html").read_text("utf-8")
    return _HOLE.sub(lambda hole: parts[hole[1]], page)


# ---------------------------------------------------------------- what is shown of each block


def _blocks(source: Source, recognised: Recognised, origins: Sequence[tuple[Any, Any]], words: Words) -> Iterator[_Shown]:
    identifiers = {key: element.get(XML_ID, "") for element, node in origins if (key := getattr(node, "key", None)) is not None}
    starts = [line.start for line in source.lines]
    inside: dict[int, list[Any]] = defaultdict(list)
    seen: set[int] = set()
    firsts = [block.first for block in recognised.blocks]
    for _, node in origins:
        if isinstance(node, _INSIDE) and node.spans and id(node) not in seen:
            seen.add(id(node))
            line = bisect_right(starts, node.spans[0].start) - 1
            inside[bisect_right(firsts, line) - 1].append(node)
    told: dict[int, list[Problem]] = defaultdict(list)
    for problem in recognised.problems:
        if problem.line is not None and not problem.file:
            told[bisect_right(firsts, problem.line - 1) - 1].append(problem)
    for at, block in enumerate(recognised.blocks):
        if not block.rows:
            continue
        before = text_before(recognised.blocks, at)
        choices = of_block(block, before, words)
        nodes = inside[at]
        problems = tuple(told[at])
        weakest = min([block.why, *(node.why for node in nodes if node.why)], key=lambda why: why.confidence)
        data = {
            "d": [[decision.rule, decision.evidence, round(decision.confidence, 2)] for decision in block.decisions],
            "a": [[rule, evidence, round(sure, 2)] for rule, evidence, sure in block.alternatives],
            "s": _choices(choices),
            "i": [_inline(node, words) for node in nodes],
        }
        doubt = _doubt(block, weakest, problems)
        yield _Shown(block, identifiers.get(f"b{block.first}", ""), weakest.confidence, doubt, problems, data)


_INSIDE = (
    model.Quoted, model.Date, model.Bibl, model.Highlight, model.Reaction, model.Correction, model.Stage, model.Surplus, model.Reference,
)  # fmt: skip


def _inline(node: Any, words: Words) -> list[Any]:
    """What stands inside: its name, its words, why, how sure, and what it may be instead."""
    why = node.why
    text = words_of((node,))
    reason = f"{why.rule}: {why.evidence}" if why is not None else inline_reason(type(node))
    sure = round(why.confidence, 2) if why is not None else None
    return [type(node).__name__.lower(), text[:80], reason, sure, _choices(of_node(node, words))]


def _choices(choices: Sequence[Suggestion]) -> list[Any]:
    return [[choice.what, _table(choice.entry)] for choice in choices]


def _table(entry: EditorCorrection) -> dict[str, str | int]:
    return entry.table()


def _doubt(block: Block, weakest: Decision, problems: Sequence[Problem]) -> str:
    """Why the block is shown among the doubtful ones, or nothing. What an editor has decided is not doubtful."""
    if block.why.rule == "editor":
        return ""
    if any(problem.level != "info" for problem in problems):
        return next(problem.message for problem in problems if problem.level != "info")
    if weakest.confidence < DOUBTFUL:
        return f"{weakest.rule}: {weakest.evidence} ({weakest.confidence:.0%} sure)"
    near = next((rule for rule, _, sure in block.alternatives if sure > block.why.confidence - CLOSE and rule != "paragraph"), "")
    return f"nearly {near.replace('-', ' ')}" if near and block.why.rule == block.decisions[0].rule else ""


# ---------------------------------------------------------------- lists at the side


def _summary(source: Source, recognised: Recognised, shown: Sequence[_Shown]) -> str:
    doubts = sum(bool(each.doubt) for each in shown)
    corrections = f", {len(recognised.hand.applied)} corrections applied" if recognised.hand is not None else ""
    language = recognised.layout.language.code
    return f"{len(source.lines):,} lines, {len(shown):,} blocks, {doubts:,} doubtful; language {language}{corrections}"


def _link(number: int, label: str, note: str = "", depth: int = 0) -> str:
    style = f' style="--d:{depth}"' if depth else ""
    return f'<li{style}><a href="#b{number}">{escape(label)}</a>{f" <small>{escape(note)}</small>" if note else ""}</li>'


def _doubts(shown: Sequence[_Shown]) -> Iterator[str]:
    chosen = [(each.confidence, number, each) for number, each in enumerate(shown) if each.doubt]
    if not chosen:
        yield "<li>Nothing is doubtful.</li>"
    for _, number, each in sorted(chosen, key=lambda one: (one[0], one[1])):
        yield _link(number, _short(each.block.text), f"{each.block.kind}, line {each.block.rows[0].line + 1}: {each.doubt}")


def _headings(shown: Sequence[_Shown]) -> Iterator[str]:
    found = [(number, each.block) for number, each in enumerate(shown) if each.block.kind == "heading"]
    if not found:
        yield "<li>No headings.</li>"
    for number, block in found:
        yield _link(number, _short(block.text), f"line {block.rows[0].line + 1}", max(0, block.facts.level - 1))


def _notes(source: Source, recognised: Recognised, shown: Sequence[_Shown]) -> Iterator[str]:
    """A row for each note: siglum, first words, where its references stand; orphans first."""
    starts = [line.start for line in source.lines]
    firsts = [each.block.first for each in shown]
    references: dict[str, list[int]] = defaultdict(list)
    rows: list[tuple[bool, int, str]] = []
    nodes = list(every_node(recognised.document))
    for node in nodes:
        if isinstance(node, model.Reference) and node.spans:
            references[node.key].append(bisect_right(starts, node.spans[0].start))
            if not node.notes:
                line = references[node.key][0]
                at = max(0, bisect_right(firsts, line - 1) - 1)
                rows.append((False, line, f'<tr class="x"><td>{escape(node.n)}<td>no note<td><a href="#b{at}">line {line}</a>'))
    for node in nodes:
        if isinstance(node, model.Note) and node.n and node.spans:
            line = bisect_right(starts, node.spans[0].start)
            at = max(0, bisect_right(firsts, line - 1) - 1)
            lines = [number for key in node.references for number in references[key]]
            places = ", ".join(f'<a href="#b{max(0, bisect_right(firsts, number - 1) - 1)}">{number}</a>' for number in lines)
            words = words_of(tuple(node.blocks)) or source.lines[line - 1].text.strip()
            mark = "" if lines else ' class="x"'
            where = places or "no reference"
            rows.append(
                (bool(lines), line, f'<tr{mark}><td>{escape(node.n)}<td><a href="#b{at}">{escape(_short(words, 40))}</a><td>{where}')
            )
    if not rows:
        yield "<tr><td colspan=3>No notes."
    yield from (row for _, _, row in sorted(rows, key=lambda each: each[:2]))


def _contents(recognised: Recognised, shown: Sequence[_Shown]) -> Iterator[str]:
    """The entries of the contents page that no heading answers to, and the headings that it does not name."""
    blocks, listed = recognised.blocks, recognised.listed
    numbers = {id(each.block): number for number, each in enumerate(shown)}
    entries = [at for at, block in enumerate(blocks) if block.within and block.within[0].kind == "contents" and block.rows]
    places = headings_of(blocks)
    if not entries:
        yield "<li>No contents page.</li>"
        return
    answered = set(listed.values())
    supplied = {one.head.first for one in recognised.lost}
    for at in entries:
        if blocks[at].first in supplied:
            yield _link(numbers[id(blocks[at])], _short(blocks[at].text), "supplied: the text lacks this heading")
    answered |= {at for at in entries if blocks[at].first in supplied}
    missing = [at for at in entries if at not in answered and entry_page(recognised.layout.language).search(blocks[at].text)]
    for at in missing:
        yield _link(numbers[id(blocks[at])], _short(blocks[at].text), "no such heading")
    for at in places:
        if at not in listed and blocks[at].facts.level <= 2:
            yield _link(numbers[id(blocks[at])], _short(blocks[at].text), "not in the contents")
    if not missing:
        yield "<li>Every entry has its heading.</li>"


def _problems(problems: Sequence[Problem], shown: Sequence[_Shown]) -> Iterator[str]:
    firsts = [each.block.first for each in shown]
    order = {"error": 0, "warning": 1, "info": 2}
    if not problems:
        yield "<li>No problems.</li>"
    for problem in sorted(problems, key=lambda one: order[one.level]):
        if problem.line is None or problem.file:
            place = f"{problem.file}, line {problem.line}: " if problem.file else ""
            yield f'<li class="{problem.level}">{escape(place + problem.message)} <small>{escape(problem.code)}</small></li>'
        else:
            at = max(0, bisect_right(firsts, problem.line - 1) - 1)
            yield f'<li class="{problem.level}"><a href="#b{at}">{escape(problem.message)}</a> <small>line {problem.line}</small></li>'


# ---------------------------------------------------------------- the text


def _chunks(source: Source, shown: Sequence[_Shown]) -> Iterator[str]:
    for start in range(0, len(shown), CHUNK):
        part = shown[start : start + CHUNK]
        height = sum(each.block.rows[-1].line - each.block.rows[0].line + 2 for each in part) * EM
        yield f'<div class="chunk" style="contain-intrinsic-height:auto {height:.0f}em">'
        for number, each in enumerate(part, start):
            yield _section(source, number, each)
        yield "</div>"


def _section(source: Source, number: int, each: _Shown) -> str:
    block = each.block
    first, last = block.rows[0].line, block.rows[-1].line
    lines = [source.lines[line] for line in range(first, last + 1)]
    double = len(lines) > 2 and all(not line.text.strip() for line in lines[1::2])  # double-spaced text: its empty lines say nothing
    if double:
        lines = lines[::2]
    text = "\n".join(f'<i data-n="{line.number}">{escape(line.text.expandtabs().rstrip()) or " "}</i>' for line in lines)
    around = "".join(f"{escape(container.kind)}{f' {escape(container.n)}' if container.n else ''} › " for container in block.within)
    level = f" <small>level {block.facts.level}</small>" if block.kind == "heading" and block.facts.level else ""
    joins = " <small>goes on</small>" if block.joins else ""
    problems = "".join(f'<p class="p {p.level}">{escape(p.message)}</p>' for p in each.problems)
    doubt = " doubt" if each.doubt else ""
    sure = round(each.confidence * 100)
    editor = " editor" if block.why.rule == "editor" else ""
    return (
        f'<section class="b{doubt}{editor}" id="b{number}" data-k="{escape(block.kind)}" data-c="{sure}" tabindex="-1">'
        f'<div class="t">{text}</div>'
        f'<div class="e"><span class="w">{around}</span><b class="k">{escape(block.kind)}</b>{level}{joins}'
        f'<span class="m" style="--c:{sure}%" title="{sure} % sure"></span><code>{escape(each.identifier)}</code>'
        f'<p class="y">{escape(block.why.rule)}: {escape(block.why.evidence)}</p>{problems}'
        f'<button type="button" class="o" aria-expanded="false">Change</button></div></section>'
    )


def _short(text: str, most: int = 70) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
