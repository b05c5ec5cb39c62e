"""Why a rule declined: the condition at which it gave up, with the values that it saw, or the reason that its table gives.

The rules know nothing of this. One call is watched as a debugger would watch it (``sys.settrace``), and the condition is read from
the rule's own source, so that what is shown is what is tested.
"""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from msgspec import Struct

from tei_pipeline.blocks import Match, Rows, Rule
from tei_pipeline.layout import Layout
from tei_pipeline.rules.reasons import Reason

RULES_FOLDER = str(Path(__file__).resolve().parents[1] / "rules")
MOST_VALUES = 4  # of a condition: more are not read
LONGEST_VALUE = 30  # characters of a string that is shown
_PAIRS: tuple[tuple[type[ast.cmpop], type[ast.cmpop]], ...] = (
    (ast.Eq, ast.NotEq),
    (ast.Lt, ast.GtE),
    (ast.Gt, ast.LtE),
    (ast.In, ast.NotIn),
    (ast.Is, ast.IsNot),
)
_CONTRARY = dict(_PAIRS) | {other: one for one, other in _PAIRS}
_SCALARS = (bool, int, float, str, type(None))


class Decline(Struct, frozen=True):
    """A function of the rules that answered nothing: where (``file:line``), at which condition, and what the condition saw; or the reason
    that its table gave for the lines that the rule was asked about.
    """

    function: str
    place: str
    condition: str
    values: tuple[tuple[str, str], ...] = ()
    told: bool = False


class _Watched(Struct):
    """A call of a function that may answer with a match: its last lines, and its variables when it ended with nothing."""

    frame: FrameType
    lines: tuple[int, int] = (0, 0)


def ask(rule: Rule, rows: Rows, at: int, layout: Layout) -> tuple[Match | None, tuple[Decline, ...]]:
    """The rule's answer, and when it declined: where, outermost function last."""
    declines: list[Decline] = []
    watched: dict[int, _Watched] = {}

    def begin(frame: FrameType, event: str, _: Any) -> Any:
        if event == "call" and frame.f_code.co_name in _proposers(frame.f_code.co_filename):
            watched[id(frame)] = _Watched(frame)
            return follow
        return None

    def follow(frame: FrameType, event: str, result: Any) -> Any:
        seen = watched[id(frame)]
        if event == "line":
            seen.lines = (seen.lines[1], frame.f_lineno)
        elif event == "return":
            del watched[id(frame)]
            if result is None:
                declines.append(_decline(frame, seen.lines[0], at))
        return follow

    before = sys.gettrace()
    sys.settrace(begin)
    try:
        match = rule.match(rows, at, layout)
    finally:
        sys.settrace(before)
    return match, () if match else _own(declines, rule)


def _own(declines: list[Decline], rule: Rule) -> tuple[Decline, ...]:
    """The rule's own condition; when it had none of its own, those of its parts (other rules that it asked are no parts, but for those that
    tell it why these lines are none of theirs).
    """
    name = getattr(rule.match, "__name__", "")
    parts = [decline for decline in declines if decline.function != name and (decline.told or decline.function.startswith("_"))]
    return tuple(parts) if parts and not declines[-1].condition else tuple(declines[-1:])


def _decline(frame: FrameType, line_before: int, at: int) -> Decline:
    code = frame.f_code
    ifs, returns, asking = _conditions(code.co_filename)
    place = f"{Path(code.co_filename).name}:{frame.f_lineno}"
    if isinstance(reason := frame.f_locals.get("reason"), Reason):
        says = reason.says.format(frame.f_locals.get("lines"))
        return Decline(code.co_name, place, says, told=frame.f_locals.get("at") == at)
    tests = returns.get(frame.f_lineno) or ([(ifs[line_before], False)] if line_before in ifs and frame.f_lineno not in asking else [])
    names = {**frame.f_globals, **frame.f_locals}
    parts = [_core(test, holds, names) for test, holds in tests]
    words = [f"({ast.unparse(part)})" if isinstance(part, ast.BoolOp) and len(parts) > 1 else ast.unparse(part) for part in parts]
    return Decline(code.co_name, place, " and ".join(words), _values(parts, names))


def _core(test: ast.expr, holds: bool, names: dict[str, Any]) -> ast.expr:
    """The part of a condition that decided: of alternatives the first that held, of what was negated its contrary."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _core(test.operand, not holds, names)
    if isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.Or) is holds:  # one of them was enough
            decisive = next((part for part in test.values if bool(_evaluate(part, names)) is holds), None)
            if decisive is not None:
                return _core(decisive, holds, names)
        else:
            return ast.BoolOp(ast.And(), [_core(part, holds, names) for part in test.values])
    if holds:
        return test
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in _CONTRARY:
        return ast.Compare(test.left, [_CONTRARY[type(test.ops[0])]()], test.comparators)
    return ast.UnaryOp(ast.Not(), test)


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse(Path(file).read_text("utf-8"))


@cache
def _proposers(file: str) -> frozenset[str]:
    """The functions of a file of rules that answer with a match or nothing."""
    if not file.startswith(RULES_FOLDER):
        return frozenset()
    functions = [node for node in ast.walk(_tree(file)) if isinstance(node, ast.FunctionDef)]
    return frozenset(node.name for node in functions if node.returns is not None and ast.unparse(node.returns) == "Match | None")


@cache
def _conditions(file: str) -> tuple[dict[int, ast.expr], dict[int, list[tuple[ast.expr, bool]]], frozenset[int]]:
    """The condition of each ``if`` by the lines of its test; by the line of each ``return`` those under which it stands; and the lines of
    those that ask other functions.
    """
    ifs: dict[int, ast.expr] = {}
    returns: dict[int, list[tuple[ast.expr, bool]]] = {}
    asking = {
        node.lineno for node in ast.walk(_tree(file)) if isinstance(node, ast.Return) and isinstance(node.value, ast.Call | ast.BoolOp)
    }

    def visit(node: ast.AST, under: list[tuple[ast.expr, bool]]) -> None:
        if isinstance(node, ast.Return) and under:
            returns[node.lineno] = under
        elif isinstance(node, ast.If):
            ifs.update(dict.fromkeys(range(node.test.lineno, (node.test.end_lineno or node.test.lineno) + 1), node.test))
            for branch, holds in ((node.body, True), (node.orelse, False)):
                for statement in branch:
                    visit(statement, [*under, (node.test, holds)])
        else:
            for child in ast.iter_child_nodes(node):
                visit(child, under)

    visit(_tree(file), [])
    return ifs, returns, frozenset(asking)


def _values(parts: list[ast.expr], names: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the conditions compared, or gave to a function, where that is a plain value; each once."""
    found: dict[str, str] = {}
    for part in parts:
        for node in ast.walk(part):
            operands = [node.left, *node.comparators] if isinstance(node, ast.Compare) else node.args if isinstance(node, ast.Call) else []
            for operand in operands:
                value = NotImplemented if isinstance(operand, ast.Constant) else _evaluate(operand, names)
                if isinstance(value, _SCALARS) and ast.unparse(operand) != "at":
                    found[ast.unparse(operand)] = repr(value[:LONGEST_VALUE] if isinstance(value, str) else value)
    return tuple(found.items())[:MOST_VALUES]


def _evaluate(node: ast.expr, names: dict[str, Any]) -> Any:
    """A part of a condition, evaluated once more where it stood: rules are pure functions, so that asking again changes nothing."""
    try:
        return eval(compile(ast.fix_missing_locations(ast.Expression(node)), "<condition>", "eval"), dict(names))
    except Exception:  # the part was not reached: an operand before it had decided
        return NotImplemented
