"""The cases of the rules and settling passes: short texts in ``tests/rules``, each with the outline that it becomes.

A file holds the cases of one rule (``tests/rules/NAME.txt``), of one settling pass (``tests/rules/settle/NAME.txt``) or of one inline
rule (``tests/rules/inline/NAME.txt``, with the elements inside the paragraphs instead of an outline): a title, a line with a full stop,
the text (set in by four blanks), a full stop, the outline, a full stop. What stands before the title says why. In a case whose title
begins with ``not`` the rule must decline; one that begins with ``not yet`` the program does not fulfil. Of a text with a line ``>>>`` or
``<<<`` the page shows what stands behind the one and before the other; the rest is there for the layout to be measured. In an outline
``…`` stands for any words.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).parent / "rules"
SETTLE = FOLDER / "settle"
INSIDE = FOLDER / "inline"
SET_IN = "    "
_STOP = re.compile(r"(?m)^\.\n")
_CUT = re.compile(r"(?m)^(?:>>>|<<<)\n")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: ``text`` goes through the program, ``shown`` of it is on the page, ``outline`` is what it becomes, or a part of that."""

    title: str
    why: str
    text: str
    shown: str
    outline: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Whether the program does not do so yet."""
        return self.title.startswith("not yet ")

    @property
    def declines(self) -> bool:
        """Whether it is a case that the rule must leave alone."""
        return self.title.startswith("not ") and not self.missing


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, in order."""
    parts = _STOP.split(path.read_text("utf-8"))
    assert len(parts) >= 4, f"{path.name}: a case is a title, a text and an outline, each closed by a full stop on a line of its own"
    assert len(parts) % 3 == 1, f"{path.name}: a full stop is missing"
    assert not parts[-1].strip(), f"{path.name}: something stands after the last case"
    return [_case(*parts[i : i + 3]) for i in range(0, len(parts) - 1, 3)]


def _case(lead: str, text: str, outline: str) -> Case:
    *why, title = lead.strip("\n").split("\n")
    loose = [line for line in text.split("\n") if line.strip() and not line.startswith((SET_IN, ">>>", "<<<"))]
    assert not loose, f"{title}: not set in by four blanks: {loose[0]!r}"
    text = re.sub(f"(?m)^{SET_IN}", "", text)
    shown = text.split(">>>\n")[-1].split("<<<\n")[0].strip("\n")
    lines = tuple(textwrap.dedent(outline).strip("\n").split("\n"))
    return Case(title.strip(), " ".join(" ".join(why).split()), _CUT.sub("", text), shown, lines)


MARKS = ("ref", "q", "hi", "bibl", "date", "vocal", "kinesic", "incident", "stage", "choice", "surplus", "note", "fw")


def inside(root: etree._Element) -> list[str]:
    """The elements that inline rules make, in the order of the edition: name, type and printed words, a line each."""
    body = next(root.iter("{*}text"))
    found = []
    for element in body.iter(*(f"{{*}}{name}" for name in MARKS)):
        name = etree.QName(element).localname
        if name == "note" and etree.QName(element.getparent()).localname != "p":
            continue  # it stands between paragraphs
        kind = element.get("type") or element.get("rend") or element.get("when")
        printed = "".join(map(str, element.itertext())) if name != "choice" else f"{element[0].text} > {element[1].text}"
        found.append(f'{name}{f" {kind}" if kind else ""} "{" ".join(printed.split())}"')
    return found


def agrees(wanted: tuple[str, ...], given: list[str]) -> bool:
    """Whether the wanted lines stand in an outline, one right after the other, as deep among themselves as they should be."""
    patterns = [re.escape(line).replace("…", ".*") for line in wanted]
    for at in range(len(given) - len(patterns) + 1):
        depth = len(given[at]) - len(given[at].lstrip())
        part = [line[depth:] if not line[:depth].strip() else line for line in given[at : at + len(patterns)]]
        if all(re.fullmatch(pattern, line) for pattern, line in zip(patterns, part, strict=True)):
            return True
    return False
