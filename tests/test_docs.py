"""The pages say what is true: examples are run, generated parts are current, commands are understood, links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from lxml import etree

from tei_pipeline.cli import cli
from tests import pages
from tests.conftest import ROOT
from tests.encoding_cases import NAMES, TEI, canonical, edition, first_missing, parse_case, read_case, same

PROSE = (*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md")
REFRESH = "run: python -m tests.pages"
_BLOCK = re.compile(r"(?ms)^```(\w*)\n(.*?)^```$")
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


# ---------------------------------------------------------------- docs/encoding.md


@pytest.mark.parametrize("name", NAMES)
def test_an_example_becomes_the_tei_that_the_page_shows(name: str) -> None:
    case = read_case(name)
    root = edition(case)
    absent = first_missing(case, root)
    if case.missing:
        assert absent is not None, f"{name} is there now: take its reason out of tests/encoding/{name}.txt, and {REFRESH}"
    elif absent is not None:
        text = canonical(next(root.iter(f"{{{TEI}}}text")))
        pytest.fail(f"{name} lacks\n{canonical(absent)}\nin\n{text}", pytrace=False)


def test_the_page_of_the_encoding_shows_every_example_once() -> None:
    shown = pages.examples((ROOT / "docs" / "encoding.md").read_text("utf-8"))
    assert sorted(shown) == sorted(NAMES)


@pytest.mark.parametrize(
    ("wanted", "given", "answer"),
    [
        ("<p>a</p>", '<p xml:id="p1">a</p>', True),
        ('<p xml:id="p1">a</p>', "<p>a</p>", False),
        ('<p xml:id="p1">a</p>', '<p xml:id="p2">a</p>', False),
        ("<p>a\n  b</p>", "<p>a b</p>", True),
        ("<p>a</p>", "<p>b</p>", False),
        ("<p>a</p>", '<p rend="x">a</p>', False),
        ("<lg>\n  <l>a</l>\n</lg>", "<lg><l>a</l></lg>", True),
        ("<p><hi>a</hi> <hi>b</hi></p>", "<p><hi>a</hi><hi>b</hi></p>", False),
        ("<p>a</p>", "<p>a<lb/></p>", False),
        ("<p>a<lb/></p>", "<p>a</p>", False),
        ('<ab xml:space="preserve">a  b</ab>', '<ab xml:space="preserve">a b</ab>', False),
    ],
)
def test_an_example_is_found_by_its_canonical_form(wanted: str, given: str, answer: bool) -> None:
    one, other = (etree.fromstring(f'<TEI xmlns="{TEI}">{text}</TEI>')[0] for text in (wanted, given))
    assert same(one, other) is answer


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\n", "a\nb"),
        ("a\n>>>\nb\n", "b"),
        ("a\n<<<\nb\n", "a"),
        ("a\n>>>\nb\n<<<\nc\n", "b"),
        (">>>\na\n<<<\nb\n>>>\nc\n", "a\n\n…\n\nc"),
    ],
)
def test_what_is_not_shown_of_an_example_is_there_for_the_program(text: str, shown: str) -> None:
    case = parse_case("case", f"{text}=\n<p>x</p>\n=\nTwo\nlines.\n")
    assert case.shown == shown
    assert case.text == text.replace(">>>\n", "").replace("<<<\n", "")
    assert (case.tei, case.missing) == ("<p>x</p>", "Two\nlines.")


def test_the_elements_of_an_example_are_found_in_their_order_only() -> None:
    root = etree.fromstring(f'<TEI xmlns="{TEI}"><p>a</p><p>b</p></TEI>')
    case = read_case("ornament")
    for tei, absent in (("<p>a</p><p>b</p>", None), ("<p>b</p><p>a</p>", "a"), ("<p>a</p><p>a</p>", "a")):
        found = first_missing(type(case)("case", "", "", tei), root)
        assert (None if found is None else found.text) == absent


# ---------------------------------------------------------------- what is generated


@pytest.mark.parametrize("name", pages.PAGES)
def test_the_generated_parts_of_a_page_are_current(name: str) -> None:
    page = (ROOT / "docs" / name).read_text("utf-8")
    assert "<!-- end -->" in page
    assert pages.current(page) == page, REFRESH


def test_the_page_of_the_command_line_has_every_command() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert [name for name in cli.commands if f"Usage: tei-pipeline {name} " not in page] == []


def test_a_generated_part_is_replaced_and_the_rest_stays() -> None:
    page = "before\n<!-- not yet -->\nold\n<!-- end -->\nafter\n"
    made = pages.current(page)
    assert made.startswith("before\n<!-- not yet -->\n")
    assert made.endswith("<!-- end -->\nafter\n")
    assert "old" not in made
    assert pages.current(made) == made


# ---------------------------------------------------------------- docs/tutorial.md


def test_the_tutorial_goes_as_it_says(workplace: Path) -> None:
    page = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    steps = re.findall(r"(?ms)^(?:<!-- file: ([\w.-]+) -->\n)?```(\w+)\n(.*?)^```$", page)
    assert len(steps) > 10
    for file, language, content in steps:
        if file:
            (workplace / file).write_text(content, "utf-8")
        elif language == "console":
            for command, shown in re.findall(r"(?ms)^\$ (.*?)\n(.*?)(?=^\$ |\Z)", content):
                code, given = typed(command)
                assert is_answer(shown, given), f"$ {command}\n{given}"
                assert code == (1 if re.search("(?m)^error: |: error: ", shown) else 0), f"$ {command}\n{given}"


def typed(command: str) -> tuple[int, str]:
    """Exit code and answer of a command, messages first; our own runs in this process, which saves its start."""
    if command.startswith("tei-pipeline "):
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        return result.exit_code, result.stderr + result.stdout
    done = subprocess.run(command, shell=True, text=True, encoding="utf-8", capture_output=True, check=False)
    return done.returncode, done.stderr + done.stdout


def is_answer(shown: str, given: str) -> bool:
    """Whether a command answered what the page shows; ``…`` is anything in a line, and alone on a line any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in shown.splitlines())
    return re.fullmatch(pattern, given) is not None


@pytest.mark.parametrize(
    ("shown", "given", "right"),
    [
        ("a\n", "a\n", True),
        ("a\n", "b\n", False),
        ("", "a\n", False),
        ("a\n", "", False),
        ("a…c\n", "a b c\n", True),
        ("a…\n", "a\nb\n", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\n", "a\n", True),
        ("…\n", "", True),
    ],
)
def test_an_answer_is_compared_line_by_line(shown: str, given: str, right: bool) -> None:
    assert is_answer(shown, given) is right


# ---------------------------------------------------------------- docs/guide-to-the-sources.md


def test_the_guide_names_every_module_and_no_other() -> None:
    guide = (ROOT / "docs" / "guide-to-the-sources.md").read_text("utf-8")
    named = set(re.findall(r"`([\w/.]+(?:\.py|/))`", guide))
    package = ROOT / "tei_pipeline"
    there = {path.name if path.suffix else f"{path.name}/" for path in package.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert {name for name in there if not name.startswith("__")} <= named
    folders = [ROOT, package, *(folder for folder in package.rglob("*") if folder.is_dir())]
    finding = {path.name for family in ("measuring", "rules", "settle") for path in (package / family).rglob("*.py")}
    assert {name for name in finding if not name.startswith("__")} <= named
    assert {name for name in named if not any((folder / name).exists() for folder in folders)} == set()


# ---------------------------------------------------------------- what a reader types and follows


def commands() -> list[tuple[str, str]]:
    """Every ``tei-pipeline`` command in a block of a page, with the page's name."""
    found = []
    for path in PROSE:
        for language, block in _BLOCK.findall(path.read_text("utf-8")):
            lines = re.sub(r"\\\n\s*", "", block).splitlines() if language in ("sh", "console") else []
            for line in lines:
                if language == "sh" or line.startswith("$ "):
                    found += [
                        (path.name, part.strip()) for part in re.split(r"&&|\||;", line.removeprefix("$ ")) if "tei-pipeline " in part
                    ]
    return found


@pytest.mark.parametrize(("page", "command"), [pytest.param(*pair, id=f"{pair[0]}: {pair[1]}") for pair in dict.fromkeys(commands())])
def test_a_command_on_a_page_is_one_that_the_program_understands(page: str, command: str) -> None:
    words = shlex.split(command, comments=True)
    words = words[next(at for at, word in enumerate(words) if word.rpartition("/")[2] == "tei-pipeline") + 1 :]
    while words[-2:-1] in (["<"], [">"]):
        words = words[:-2]
    if words[:1] == ["--version"] or "--help" in words:
        return
    group = click.Context(cli)
    chosen = cli.get_command(group, words[0])
    assert chosen is not None, f"{page} names a command that there is not: {words[0]}"
    chosen.make_context(words[0], words[1:], parent=group)  # raises for an option that there is not


def anchors(page: str) -> set[str]:
    """The anchors that GitHub makes of the headings of a page."""
    titles = re.findall(r"(?m)^#+ (.*)$", _BLOCK.sub("", page))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_links_of_a_page_lead_to_a_file_and_a_heading(path: Path) -> None:
    page = path.read_text("utf-8")
    for link in _LINK.findall(_BLOCK.sub("", page)):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{path.name}: {link}"
        assert not anchor or anchor in anchors(there.read_text("utf-8")), f"{path.name}: {link}"
