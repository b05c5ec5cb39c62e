"""docs/rules.md, made from the tables of the rules and their cases: ``python -m tests.rule_page`` writes it anew.

What a rule reads is read from its source: the attributes of the layout, the language and the rows that it and the functions it calls
look at, as far as they stand in modules of rules and passes.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from tei_pipeline.blocks import Block
from tei_pipeline.explain import reason
from tei_pipeline.inline.marks import INLINE
from tei_pipeline.language import Language
from tei_pipeline.layout import Layout
from tei_pipeline.rows import Row
from tei_pipeline.rules import RULES
from tei_pipeline.settle import PASSES
from tests.conftest import ROOT
from tests.rule_cases import FOLDER, INSIDE, SETTLE, Case, read_cases

PAGE = ROOT / "docs" / "rules.md"
_Row: TypeAlias = "tuple[str, Callable[..., Any], Path]"
INTRODUCTION = """# The rules

This page is made from the program: `python -m tests.rule_page` writes it. Of each rule it shows the first example, and the first that the
rule must leave alone; the others are named, and stand in `tests/rules/`. All are run as tests.

At each place of a text the rules are asked in this order, and the first that matches takes its lines; the next best stays beside it as an
alternative. What a rule answers for a line of a book, and at which condition it declined, says `tei-pipeline explain FILE --line N`. The
lines of a note, a quotation, a list item or a speech go through the same table again. Then the passes settle what only the whole book
can decide, one after the other. Inside the paragraphs the inline rules find what is marked in running text.

A rule's name stands in provenance files and does not change.
"""


def name_of(function: Callable[..., Any]) -> str:
    """The name of a pass or an inline rule as it stands on the page and names its cases."""
    return function.__name__.replace("_", "-")


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    tables: tuple[tuple[str, list[_Row]], ...] = (
        ("Rules", [(rule.name, rule.match, FOLDER) for rule in RULES]),
        ("Settling passes", [(name_of(one), one, SETTLE) for one in PASSES]),
        ("Inline rules", [(name_of(one), one, INSIDE) for one in INLINE]),
    )
    for title, entries in tables:
        parts += [f"## {title}\n", _contents(entries), *(_entry(number, *entry) for number, entry in enumerate(entries, 1))]
    return "\n".join(parts)


def _contents(entries: Iterable[_Row]) -> str:
    """A table with a link to each entry, in order."""
    rows = (f"| {n} | [{name}](#{n}-{name}) | {reason(function)} |" for n, (name, function, _) in enumerate(entries, 1))
    return "\n".join(["| | | |", "| --- | --- | --- |", *rows]) + "\n"


def _entry(number: int, name: str, function: Callable[..., Any], folder: Path) -> str:
    parts = [f"### {number} {name}", reason(function)]
    if more := " ".join((inspect.getdoc(function) or "").partition("\n\n")[2].split()):
        parts.append(more)
    if words := reads(function):
        parts.append(words)
    path = folder / f"{name}.txt"
    if path.is_file():
        cases = read_cases(path)
        firsts = {case.declines: case for case in reversed(cases) if not case.missing}
        shown = [firsts[declines] for declines in sorted(firsts)]
        parts += [_case(case) for case in shown]
        if others := [case.title for case in cases if case not in shown]:
            where = path.relative_to(ROOT).as_posix()
            parts.append(f"More examples, with their texts in [{where}](../{where}):\n\n" + "\n".join(f"- {title}" for title in others))
    return "\n\n".join(parts) + "\n"


def _case(case: Case) -> str:
    title = f"**{case.title[0].upper()}{case.title[1:]}.**"
    outline = "\n".join(case.outline)
    why = f"{case.why}\n\n" if case.why else ""
    return f"{why}{title}\n\n```text\n{case.shown}\n```\n\n```text\n{outline}\n```"


# ---------------------------------------------------------------- what a rule reads

_ROWS = frozenset({*Row._fields, *(name for name, value in vars(Row).items() if isinstance(value, property))}) - {"line", "text"}
_BLOCKS = frozenset(Block.__struct_fields__) - {"decisions", "first", "end", "rows"}
_LANGUAGE = frozenset(Language.__struct_fields__) | {"parse_ordinal", "parse_cardinal"}
_LAYOUT = frozenset({*Layout.__struct_fields__, *(name for name, value in vars(Layout).items() if isinstance(value, property))}) - {
    "language",
    "rows",
    "settings",
}
_RULE_OF = {rule.match.__name__: rule.name for rule in RULES}
_PLACES = ("tei_pipeline.rules", "tei_pipeline.settle")


def reads(function: Callable[..., Any]) -> str:
    """What a rule or pass looks at, and which rules it asks, as sentences; nothing for one that reads the words alone."""
    found: dict[str, set[str]] = {"layout": set(), "language": set(), "lines": set(), "blocks": set(), "asks": set()}
    _collect(function, found, set(), function)
    parts = [f"the {owner}'{'' if owner.endswith('s') else 's'} {_listed(found[owner])}" for owner in list(found)[:4] if found[owner]]
    sentences = [f"Reads {'; '.join(parts)}."] if parts else []
    if found["asks"]:
        sentences.append(f"Asks {', '.join(sorted(found['asks']))}.")
    return " ".join(sentences)


def _listed(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _collect(function: Callable[..., Any], found: dict[str, set[str]], seen: set[str], root: Callable[..., Any]) -> None:
    """Gather what the function and those that it calls look at; a call of another rule is gathered as such and not followed."""
    seen.add(f"{function.__module__}.{function.__qualname__}")
    _gather(ast.parse(textwrap.dedent(inspect.getsource(function))), function.__globals__, found, seen, root)


def _gather(tree: ast.AST, known: dict[str, Any], found: dict[str, set[str]], seen: set[str], root: Callable[..., Any]) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id if isinstance(node.value, ast.Name) else ""
            for name, owners, attributes in _LOOKED_AT:
                if node.attr in attributes and (owner in owners if owners else owner not in ("layout", "block")):
                    found[name].add(node.attr)
                    break
            if owner == "settings":
                found["layout"].add(f"settings.{node.attr}")
    for called in _called(known, tree):
        if f"{called.__module__}.{called.__qualname__}" in seen or not called.__module__.startswith(_PLACES):
            continue
        if called.__name__ in _RULE_OF and called.__module__.startswith(_PLACES[0]) and called is not root:
            found["asks"].add(_RULE_OF[called.__name__])
        else:
            _collect(called, found, seen, root)
    for name, table in _tables(known, tree):
        if name not in seen:
            seen.add(name)
            _gather(table, known, found, seen, root)


_LOOKED_AT: tuple[tuple[str, tuple[str, ...], frozenset[str]], ...] = (
    ("layout", ("layout", "inner"), _LAYOUT),
    ("language", ("language",), _LANGUAGE),
    ("blocks", ("block", "b", "last", "before", "after", "source", "text"), _BLOCKS),
    ("lines", (), _ROWS),
)


def _names(tree: ast.AST) -> list[str]:
    return sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})


def _called(known: dict[str, Any], tree: ast.AST) -> list[Callable[..., Any]]:
    """The functions that are named, those that are imported on the spot, and those of the classes that are named, included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            known = known | {alias.name: getattr(sys.modules[node.module], alias.name) for alias in node.names}
    values = [known[name] for name in _names(tree) if name in known]
    classes = [one for value in values if inspect.isclass(value) for one in value.__mro__ if one.__module__.startswith(_PLACES)]
    methods = [getattr(value, "func", value) for one in classes for value in vars(one).values()]
    return [value for value in (*values, *methods) if inspect.isfunction(value) and value.__name__ != "<lambda>"]


def _tables(known: dict[str, Any], tree: ast.AST) -> list[tuple[str, ast.AST]]:
    """The tables of reasons of the same module that are named, by name, with what is assigned to them."""
    names = _names(tree)
    return [(name, value) for name, value in _all_tables(known["__name__"]) if name in names]


@cache
def _all_tables(module: str) -> list[tuple[str, ast.AST]]:
    lines = ast.parse(inspect.getsource(sys.modules[module])).body
    single = [(line.targets[0], line.value) for line in lines if isinstance(line, ast.Assign)]
    typed = [(line.target, line.value) for line in lines if isinstance(line, ast.AnnAssign) and line.value is not None]
    assigned = [(target.id, value) for target, value in (*single, *typed) if isinstance(target, ast.Name)]
    return [(name, value) for name, value in assigned if any(isinstance(node, ast.Lambda) for node in ast.walk(value))]


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
