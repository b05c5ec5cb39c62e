"""An explanation for readers (text) and for programs (JSON values)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tei_pipeline.blocks import Block, Container, Match
from tei_pipeline.corrections.suggest import Suggestion
from tei_pipeline.corrections.write import as_toml
from tei_pipeline.decisions import Decision
from tei_pipeline.errors import printable
from tei_pipeline.explain import AROUND, Answer, Asked, Explanation, Part, containers, reason
from tei_pipeline.explain.declined import Decline

FORMAT, VERSION = "tei-pipeline explanation", 1
WORDS = 60  # characters of printed words in one line of the answer


def as_text(explanation: Explanation, label: str) -> str:
    """The explanation as lines to read; ``label`` is what the file is called."""
    return "\n".join(_lines(explanation, label))


def _lines(e: Explanation, label: str) -> Iterator[str]:
    block = e.block
    yield f'{label}:{e.line}: "{_short(e.source.lines[e.line - 1].text.strip())}"'
    yield ""
    yield f"{block.kind}, {_range(block)}{', goes on with the block before' if block.joins else ''}"
    yield f"  containers: {containers(block)}"
    facts = _facts(block)
    if facts:
        yield f"  facts: {', '.join(f'{name} {value!r}' for name, value in facts.items())}"
    for number, decision in enumerate(block.decisions, 1):
        yield f"  {number}. {_decision(decision)}"
    for name, evidence, confidence in e.proposed.alternatives:
        yield f"  lost: {name} {confidence:.2f}: {evidence}"
    for here in e.asked:
        yield ""
        yield from _asked(here)
    yield ""
    yield "settling passes:" if e.changes else "settling passes: none changed it"
    for change in e.changes:
        yield f"  {change.name}: {change.reason}"
        yield from (f"    {name}: {old} → {new}" for name, old, new in change.fields)
        yield from (f"    {_decision(decision)}" for decision in change.decisions)
    if e.parts:
        yield ""
        yield "in the edition:"
        yield from (_part(part) for part in e.parts)
    yield from _instead(e)
    for problem in e.problems:
        yield ""
        yield f"{problem.level}, line {problem.line}: {problem.message} [{problem.code}]"
    yield ""
    yield from _neighbourhood(e)


def _asked(here: Asked) -> Iterator[str]:
    where = _container(here.container) if here.container else "the book"
    if here.instead:
        yield f"line {here.line + 1}, in {where}: {here.instead}"
    if not here.answers:
        return
    if not here.instead:
        yield f"the rules, asked at line {here.line + 1} in {where}, in their order:"
    width = max(len(answer.rule.name) for answer in here.answers)
    for answer in here.answers:
        yield f"{'> ' if answer.rule.name == here.taken else '  '}{answer.rule.name:{width}}  {_answer(answer)}"
        if answer.rule.name == here.taken:
            yield f"  {'':{width}}  {reason(answer.rule.match)}"


def _answer(answer: Answer) -> str:
    if answer.match is not None:
        match = answer.match
        barred = " (not asked inside such a container)" if answer.barred else ""
        return f"{match.confidence:.2f} {_kind(match)} to line {answer.end_line + 1}: {match.evidence}{barred}"
    if answer.barred:
        return "not asked inside such a container"
    return f"declined: {'; '.join(map(_decline, answer.declines))}"


def _kind(match: Match) -> str:
    return match.facts.division or match.facts.type if match.kind == "heading" and match.facts.type == "named" else match.kind


def _decline(decline: Decline) -> str:
    values = ", ".join(f"{name} = {value}" for name, value in decline.values)
    return f"{decline.condition or f'{decline.function} found nothing'}{f' ({values})' if values else ''} [{decline.place}]"


def _decision(decision: Decision) -> str:
    return f"{decision.rule} {decision.confidence:.2f}: {decision.evidence}"


def _container(container: Container) -> str:
    return f"the {container.kind}{f' {container.n}' if container.n else ''} from line {container.key + 1}"


def _part(part: Part) -> str:
    identifier = f" {part.identifier}" if part.identifier else ""
    words = f' "{_short(part.words)}"' if part.words else ""
    why = f" — {_decision(part.why)}" if part.why else f" — {part.reason}" if part.reason else ""
    return f"{'  ' * (part.depth + 1)}{part.name}{identifier}{words}{why}"


def _instead(e: Explanation) -> Iterator[str]:
    """The corrections that were applied here, and those that would choose otherwise, ready to paste into the sidecar."""
    for entry in e.corrections:
        yield ""
        what = entry.kind if entry.kind == entry.what else f"{entry.kind}, {entry.what}"
        yield f"the editor decided{f' (line {entry.line} of the sidecar)' if entry.line else ''}: {what}"
    choices = [("", suggestion) for suggestion in e.suggestions]
    choices += [(part.words, suggestion) for part in e.parts for suggestion in part.suggestions]
    if choices:
        yield ""
        yield "to choose otherwise, put one of these into the sidecar:"
    for words, suggestion in choices:
        yield ""
        yield f"# {f'{_short(words)}: ' if words else ''}{suggestion.what}"
        yield from as_toml(suggestion.entry).splitlines()


def _neighbourhood(e: Explanation) -> Iterator[str]:
    """The printed lines around, each block set off by a corner and its kind."""
    rows = [(row, block, row is block.rows[0]) for block in e.around for row in block.rows]
    at = max((i for i, (row, _, _) in enumerate(rows) if row.line < e.line), default=0)
    shown = rows[max(0, at - AROUND) : at + AROUND + 1]
    width = max(len(_kinds(block)) for _, block, _ in shown)
    number = len(str(shown[-1][0].line + 1))
    for row, block, first in shown:
        mark = ">" if row.line == e.line - 1 else " "
        corner = "├" if first and block.joins else "┌" if first else "│"
        indent = "  " * min(8, row.indent // 4)
        yield f"{mark} {row.line + 1:{number}} {_kinds(block) if first else '':{width}} {corner} {indent}{_short(row.text, 100)}"


def _kinds(block: Block) -> str:
    return "/".join([*(container.kind for container in block.within), block.kind])


def _range(block: Block) -> str:
    first, last = block.rows[0].line + 1, block.rows[-1].line + 1
    return f"line {first}" if first == last else f"lines {first}–{last}"


def _facts(block: Block) -> dict[str, Any]:
    facts = block.facts
    values = {
        "level": facts.level,
        "division": facts.division,
        "n": facts.n,
        "number": facts.number,
        "label": facts.label,
        "type": facts.type,
    }
    return {name: value for name, value in values.items() if value}


def _short(text: str, most: int = WORDS) -> str:
    text = printable(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def as_json(explanation: Explanation, label: str) -> dict[str, Any]:
    """The explanation as JSON values; lines count from 1, ranges include their last line, keys stay as they are within a version."""
    e = explanation
    return {
        "format": FORMAT,
        "version": VERSION,
        "file": label,
        "line": e.line,
        "text": e.source.lines[e.line - 1].text,
        "block": _block(e.block),
        "alternatives": [{"rule": name, "evidence": why, "confidence": sure} for name, why, sure in e.proposed.alternatives],
        "asked": [
            {
                "line": here.line + 1,
                "container": _in_container(here.container) if here.container else None,
                "taken": here.taken or None,
                "instead": here.instead or None,
                "answers": list(map(_in_answer, here.answers)),
            }
            for here in e.asked
        ],
        "passes": [
            {
                "name": change.name,
                "reason": change.reason,
                "changed": [{"field": name, "before": old, "after": new} for name, old, new in change.fields],
                "decisions": list(map(_in_decision, change.decisions)),
            }
            for change in e.changes
        ],
        "edition": [
            {
                "element": part.name,
                "id": part.identifier or None,
                "depth": part.depth,
                "words": part.words,
                "decision": _in_decision(part.why) if part.why else None,
                "reason": part.reason or None,
                "instead": list(map(_in_suggestion, part.suggestions)),
            }
            for part in e.parts
        ],
        "instead": list(map(_in_suggestion, e.suggestions)),
        "corrections": [{**entry.table(), "line": entry.line} for entry in e.corrections],
        "problems": [{"level": p.level, "code": p.code, "message": p.message, "line": p.line} for p in e.problems],
        "around": list(map(_block, e.around)),
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "first": block.rows[0].line + 1,
        "last": block.rows[-1].line + 1,
        "joins": block.joins,
        "containers": list(map(_in_container, block.within)),
        "facts": _facts(block),
        "decisions": list(map(_in_decision, block.decisions)),
    }


def _in_suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {"what": suggestion.what, "correct": suggestion.entry.table()}


def _in_container(container: Container) -> dict[str, Any]:
    return {"kind": container.kind, "line": container.key + 1, "n": container.n or None, "place": container.place or None}


def _in_decision(decision: Decision) -> dict[str, Any]:
    return {"rule": decision.rule, "evidence": decision.evidence, "confidence": decision.confidence}


def _in_answer(answer: Answer) -> dict[str, Any]:
    match = answer.match
    return {
        "rule": answer.rule.name,
        "reason": reason(answer.rule.match),
        "barred": answer.barred,
        "match": {"kind": match.kind, "last": answer.end_line + 1, "evidence": match.evidence, "confidence": match.confidence}
        if match
        else None,
        "declined": [
            {"function": one.function, "place": one.place, "condition": one.condition, "values": dict(one.values)}
            for one in answer.declines
        ],
    }
