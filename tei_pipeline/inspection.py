"""What ``inspect`` shows: a text at a glance, on one screen; and all of its outline and problems for those who want to see them.

It decides nothing: the stages have run as they always run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tei_pipeline import model
from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.facts import layout_facts, quotation_facts, source_facts, table
from tei_pipeline.layout import Layout
from tei_pipeline.measuring.edges import UNWRAPPED
from tei_pipeline.outline import every_node, outline, words_of
from tei_pipeline.recognise import Recognised
from tei_pipeline.settle.titles.agreement import unheaded
from tei_pipeline.settle.titles.listing import entries_of
from tei_pipeline.settle.titles.lost import Lost
from tei_pipeline.source import Source

HEADS = 16  # divisions shown in the summary; the rest of the screen is needed too
NAMED = 3  # headings, notes, speakers named before the rest is only counted
WIDTH = 60  # characters of a heading
PROBLEMS = 8  # codes of problems shown in the summary


def summary(source: Source, recognised: Recognised, problems: Sequence[Problem]) -> str:
    """The text on one screen: file and layout, divisions, contents, notes, speakers, hyphens, problems by level and code."""
    layout = recognised.layout
    facts = source_facts(source) | layout_facts(layout) | quotation_facts(source.text)
    facts["paragraphs"] = f"{layout.style} ({', '.join(_paragraph_signs(layout))})"
    facts["language"] = _language(layout)
    facts["spacing"] = f"{layout.spacing} ({_spacing(layout, source)})"
    facts["speakers"] = _named(sorted(layout.speakers))
    facts = {"size": facts.pop("size"), **facts}
    contents = _contents(recognised.blocks, layout, recognised.listed, recognised.lost)
    facts |= {"blocks": _counts(recognised.blocks), "contents": contents, "notes": _notes(recognised.document)}
    undecided = sum(problem.code == "hyphen-undecided" for problem in problems)
    facts["hyphens"] = f"{undecided} at line ends undecided, and kept" if undecided else "none undecided"
    if recognised.hand is not None:
        lost = len(recognised.hand.problems)
        facts["corrections"] = f"{len(recognised.hand.applied)} applied{f', {lost} not' if lost else ''}"
    tree = list(_tree(recognised.document))
    shown = [*tree[:HEADS], *([f"… {len(tree) - HEADS} more divisions"] if len(tree) > HEADS else [])]
    return "\n\n".join(filter(None, (table(facts), "\n".join(shown), "\n".join(_by_level(problems)))))


def everything(recognised: Recognised, sentences: Iterable[str]) -> str:
    """The whole outline, block by block, and every problem in a line of its own."""
    return "\n\n".join(filter(None, (outline(recognised.document), "\n".join(sentences))))


def _paragraph_signs(layout: Layout) -> Iterator[str]:
    """How many paragraphs each way of telling them apart would give; the one that was chosen, then the runner-up."""
    rows = layout.rows
    counts = {
        "blank": sum(row.gap > 0 for row in rows),
        "indent": sum(1 <= row.indent - layout.margin <= 10 and not row.gap for row in rows),
        "unwrapped": sum(len(row.text) > UNWRAPPED for row in rows),
    }
    said = {"blank": "after a blank line", "indent": "set in", "unwrapped": "lines longer than a page is wide"}
    order = sorted(counts, key=lambda style: (style != layout.style, -counts[style]))
    for place, style in enumerate(order[:2]):
        yield f"{'next: ' if place else ''}{counts[style]:,} {said[style]}"


def _spacing(layout: Layout, source: Source) -> str:
    """The share of printed lines with one blank line below: that of double spacing."""
    lines = [line.text.strip() for line in source.lines]
    printed = [at for at in range(len(lines) - 1) if lines[at]]
    single = sum(not lines[at + 1] for at in printed)
    share = single / len(printed) if printed else 0
    return f"next: {3 - layout.spacing}; {share:.0%} of the lines have a blank one below"


def _language(layout: Layout) -> str:
    if layout.language.code == "und":
        return "und (could not be told)"
    sure = layout.guessed_language
    return f"{layout.language.code} ({f'guessed, {sure:.0%}' if sure else 'named by the sidecar'})"


def _counts(blocks: Sequence[Block]) -> str:
    """How many blocks of each kind, the most frequent first."""
    counted = Counter(block.kind for block in blocks if not block.joins)
    return ", ".join(f"{count:,} {kind}" for kind, count in counted.most_common(7))


def _contents(blocks: Sequence[Block], layout: Layout, headings: Mapping[int, int], lost: Sequence[Lost]) -> str:
    """The contents page against the headings."""
    entries = [at for at in entries_of(blocks, layout) if blocks[at].kind != "furniture"]
    if not entries:
        return "no contents page"
    supplied = {one.head.first: one.head.text for one in lost}
    missing = [blocks[at].text for at in unheaded(blocks, entries, layout, headings, lost)]
    found = f"{len(entries) - len(missing) - len(supplied)} of {len(entries)} entries have their heading"
    found += f"; supplied: {_named(list(supplied.values()), quote=True)}" if supplied else ""
    return f"{found}; without one: {_named(missing, quote=True)}" if missing else found


def _notes(document: model.Document) -> str:
    """Notes against references."""
    notes = [node for node in every_node(document) if isinstance(node, model.Note) and node.n]
    references = [node for node in every_node(document) if isinstance(node, model.Reference)]
    if not notes and not references:
        return "none"
    orphans = [str(note.n) for note in notes if not note.references]
    lost = [reference.n for reference in references if not reference.notes]
    text = f"{len(notes)}, {len(references)} references"
    text += f"; without reference: {_named(orphans)}" if orphans else ""
    return text + (f"; references without note: {_named(lost)}" if lost else "")


def _named(names: Sequence[str], quote: bool = False) -> str:
    shown = [f'"{_short(name)}"' if quote else printable(name) for name in names[:NAMED]]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(shown) + more if names else "none"


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def _tree(document: model.Document) -> Iterator[str]:
    """The divisions as a tree, each with its heading and what it holds."""
    for name, parts in (("front ", document.front), ("", document.body.divisions), ("back ", document.back)):
        for part in parts:
            if isinstance(part, model.Division):
                yield from _division(part, 0, name)
            elif isinstance(part, model.TitlePage):
                yield f"{name}title page"


def _division(division: model.Division, depth: int, where: str = "") -> Iterator[str]:
    heads = (words_of(node.content) for node in division.top if isinstance(node, model.Heading))
    words = next(heads, "")
    counted = Counter(_kind(node) for node in division.blocks if _kind(node))
    held = ", ".join(f"{count} {kind}" for kind, count in counted.most_common(4))
    title = f' "{_short(words)}"' if words else ""
    yield f"{'  ' * depth}{where}{division.type} {division.n}{title}{f' ({held})' if held else ''}"
    for inner in division.divisions:
        if isinstance(inner, model.Division):
            yield from _division(inner, depth + 1)


def _kind(node: object) -> str:
    if isinstance(node, model.PageBreak | model.Furniture | model.Milestone):
        return ""
    return {"Paragraph": "p", "Stanza": "lg", "Speech": "sp", "ItemList": "list", "Quotation": "quote"}.get(
        type(node).__name__, type(node).__name__.lower()
    )


def _by_level(problems: Sequence[Problem]) -> Iterator[str]:
    """Problems counted by level and code, errors first; the first line of each."""
    for level in ("error", "warning", "info"):
        chosen = [problem for problem in problems if problem.level == level]
        if not chosen:
            continue
        counted = Counter(problem.code for problem in chosen)
        parts = []
        for code, count in counted.most_common(PROBLEMS):
            first = next(problem for problem in chosen if problem.code == code)
            parts.append(f"{count} {code}{f' (first: line {first.line})' if first.line is not None else ''}")
        yield f"{level}: {', '.join(parts)}"
