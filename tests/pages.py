"""The generated parts of the pages in docs: ``python -m tests.pages`` writes them anew.

A part stands between a comment that names it and ``<!-- end -->``; what stands outside is written by hand:

``<!-- example: NAME -->``
    the case of that name, source and TEI side by side;
``<!-- not yet -->``
    the cases that the program does not fulfil yet, each with the reason;
``<!-- help -->``
    what ``--help`` answers, for the program and each of its commands.
"""

from __future__ import annotations

import re
import sys

import click
from click.testing import CliRunner

from tei_pipeline.cli import cli
from tests.conftest import ROOT
from tests.encoding_cases import NAMES, read_case

DOCS = ROOT / "docs"
PAGES = ("encoding.md", "cli.md")
COLUMNS = 100  # of the help: what the program itself takes at most
_PART = re.compile(r"(?ms)^<!-- (example: ([\w-]+)|not yet|help) -->\n.*?^<!-- end -->\n")


def current(page: str) -> str:
    """The text of a page with its generated parts as they should be."""
    return _PART.sub(lambda part: f"<!-- {part[1]} -->\n{_made(part[1], part[2])}<!-- end -->\n", page)


def examples(page: str) -> list[str]:
    """The names of the cases that a page shows, in its order."""
    return [part[2] for part in _PART.finditer(page) if part[2]]


def _made(part: str, name: str | None) -> str:
    if name:
        return example(name)
    return helps() if part == "help" else missing()


def example(name: str) -> str:
    """The case as a table of one row: the source on the left, its TEI on the right."""
    case = read_case(name)
    reason = f"\n**Not yet:** {case.missing}\n" if case.missing else ""
    return f"<table><tr><td>\n\n```text\n{case.shown}\n```\n\n</td><td>\n\n```xml\n{case.tei}\n```\n\n</td></tr></table>\n{reason}"


def missing() -> str:
    """The cases that the program does not fulfil yet."""
    cases = [case for case in map(read_case, NAMES) if case.missing]
    return "".join(f"- {case.name}: {case.missing}\n" for case in cases) or "Nothing on this page.\n"


def helps() -> str:
    """The help of the program and of each command, as a terminal shows it."""
    return "\n".join(f"## {title}\n\n```text\n{_help(arguments)}```\n" for title, arguments in _commands())


def _commands() -> list[tuple[str, list[str]]]:
    names = cli.list_commands(click.Context(cli))
    return [("tei-pipeline", []), *((f"tei-pipeline {name}", [name]) for name in names)]


def _help(arguments: list[str]) -> str:
    return CliRunner().invoke(cli, [*arguments, "--help"], prog_name="tei-pipeline", terminal_width=COLUMNS).stdout


def main() -> int:
    """Write every page whose generated parts are old, and say which."""
    for name in PAGES:
        path = DOCS / name
        page = path.read_text("utf-8")
        if current(page) != page:
            path.write_text(current(page), "utf-8")
            print(f"docs/{name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
