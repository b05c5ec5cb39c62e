"""Short texts in the layouts of plain-text libraries, each with the outline that a careful editor would expect.

A case is a file of three parts, between lines that hold nothing but ``=``: what is conventional in the layout; the text; the
outline. In an outline ``…`` stands for any words, ``a|b`` before the quotation mark for either, ``*`` for any type or number, ``~``
for a hyphen at a line end, kept or not; where editors may differ, their readings stand between lines ``(``, ``|`` and ``)``.
``whole`` in the first line is one division of whatever type that holds all the rest, or a title page made of the heading and what
stands beside it, and the rest after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from tei_pipeline import fidelity, tei
from tei_pipeline.model import Document
from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.source import Source, read_source
from tei_pipeline.validate import validate_edition

CASES = {path.stem: path for path in sorted((Path(__file__).parent / "layouts").glob("*.txt"))}
WHOLE = 1 << 20  # columns: no heading or paragraph of a case is shortened in the outline
SHOWN = 110  # columns of a line in a failure's report

# What the rules do not do yet, and why. Strict: a case that begins to pass must leave this list.
FAILING: dict[str, str] = {}


def _typographic(text: str) -> str:
    """Curly quotation marks and true dashes instead of a typewriter's."""
    opened = re.sub(r'(^|[\s(\[_—-])"', r"\1“", text, flags=re.M)
    return re.sub(r"(?<=\w)'", "’", opened.replace('"', "”")).replace("--", "—")


def bare(shown: str) -> str:
    """An outline with a typewriter's marks."""
    return re.sub("[“”]", '"', shown).replace("’", "'").replace("—", "--")


def _doubled(text: str) -> str:
    """An empty line after each printed one, as converters of PDFs and typists leave it."""
    made, gap = "", 0
    for line in text.splitlines():
        made, gap = (f"{made}{chr(10) * (2 * gap + bool(made))}{line}\n", 0) if line.strip() else (made, gap + 1)
    return made


# What another converter, editor or machine makes of the same text.
CLOTHES: dict[str, Callable[[str], str]] = {
    "line ends of DOS": lambda text: text.replace("\n", "\r\n"),
    "blanks at line ends": lambda text: re.sub(r"(?<=\S)\n", "  \n", text),
    "a left margin": lambda text: re.sub(r"(?m)^(?=.*\S)", "    ", text),
    "empty lines before it": lambda text: "\n\n\n" + text,
    "typographic marks": _typographic,
    "double spacing": _doubled,
}

# Clothes that hide what a layout tells by its white space, and what that is.
HIDDEN = {
    "double spacing": {
        "archive-ocr": "its lines have empty ones here and there",
        "blijspel": "its speakers stand in lines of their own, and are few",
        "comedy-persons-in-paragraphs": "the first of its verses stands apart below their title, as a subtitle does",
        "comedy-persons-set-in": "some of its persons stand in two lines, with no gap between these",
        "catechism-close": "the title of a lesson stands apart below its number",
        "chronicle-short-lines": "it is double-spaced",
        "comedie": "the place of the play and its persons stand in lines of their own",
        "drama-verse-german": "a subtitle below the title, without a gap",
        "epic-left-numbers": "its verses are lines of one length, a number before some",
        "farce-acts-dashed": "its speakers stand in lines of their own, and are few",
        "poems-beside-masque": "who opens its play has no name, and his verses are lines apart",
        "gutenberg-1990s": "the library's own words have gaps of one kind",
        "masque": "a first direction below the title, without a gap",
        "play-solid": "the verses of one speech among prose are lines apart",
        "novel-german-ordinals": "paragraphs of the library's own words are told by single gaps",
        "pages-of-poems": "its titles have one empty line above and two below, and wide white space only where pages begin",
        "pdf-collected-works": "it is double-spaced",
        "play-names-hanging": "its verses hang below names, with no gap between the speeches",
        "play-transcriber-comments": "white space alone parts what is said of the file from its title",
        "plays-in-a-reader": "titles of its pieces are told by gaps of three and four lines",
        "plays-in-two-ways": "the second titles of its plays are told by gaps of three and two lines",
        "poems-half-title-dated": "the first verse below a title is told from a subtitle by single gaps",
        "proverbs-bilingual": "each proverb is one line",
        "travels-lists": "where a note of the transcriber ends is told by single gaps",
        "typewriter-script": "it is double-spaced",
        "wikisource-export": "its paragraphs are single lines",
    }
}


class Case(NamedTuple):
    """The parts of a case file."""

    text: str
    outlines: tuple[tuple[str, ...], ...]


def read_case(path: Path) -> Case:
    prose, text, wanted = re.split(r"(?m)^=\n", path.read_text("utf-8"), maxsplit=2)
    assert prose.strip(), f"{path.name} does not say what is conventional in its layout"
    outlines = chosen(wanted.strip("\n").splitlines())
    return Case(text, tuple(tuple(reading) for one in outlines for reading in readings(one)))


def chosen(wanted: list[str]) -> list[list[str]]:
    """Every outline that the choices of some lines allow."""
    bare = [line.strip() for line in wanted]
    if "(" not in bare:
        return [wanted]
    start, end = bare.index("("), bare.index(")")
    options: list[list[str]] = [[]]
    for line in wanted[start + 1 : end]:
        options = [*options, []] if line.strip() == "|" else [*options[:-1], [*options[-1], line]]
    return [[*wanted[:start], *option, *rest] for rest in chosen(wanted[end + 1 :]) for option in options]


def readings(wanted: list[str]) -> list[list[str]]:
    """The outline, or two when a title stands over the whole: a division's heading, or a title page."""
    if wanted[0] != "whole":
        return [wanted]
    rest = [line.removeprefix("  ") for line in wanted[1:]]
    end = next(i for i, line in enumerate(rest) if not line.startswith(("head ", "byline ")))
    parts = [
        re.sub('^byline "', 'byline|desc "', re.sub('^head "', 'main "', re.sub("^head sub ", "sub|desc|docImprint ", line)))
        for line in rest[:end]
    ]
    return [["* n=*", *wanted[1:]], ["front titlePage", *(f"  {part}" for part in parts), *rest[end:]]]


@cache
def recognised(name: str) -> tuple[Source, Document]:
    source = read_source(read_case(CASES[name]).text.encode(), name)
    return source, recognise(source).document


@cache
def edition(name: str) -> etree._Element:
    return etree.fromstring(tei.serialize(tei.write(recognised(name)[1], version="1.0").tree))


def agrees(wanted: str, given: str) -> bool:
    """Whether a line of the outline is as wanted, its indentation included."""
    before, quote, words = wanted.partition('"')
    pad = " " * (len(before) - len(before.lstrip()))
    pattern = pad + " ".join(r"\S+" if part == "*" else "(?:" + "|".join(map(re.escape, part.split("|"))) + ")" for part in before.split())
    pattern = pattern.replace(re.escape("n=*"), r"n=\S+")
    if quote:
        pattern += ' "' + re.escape(words).replace("…", ".*").replace(re.escape("~"), "-?")
    return re.fullmatch(pattern, given) is not None


def given_outline(name: str) -> list[str]:
    """What the program answers; formula and signature of a letter, "by" and author of a title page in one line: some part them."""
    found: list[str] = []
    for line in outline(recognised(name)[1], WHOLE).splitlines():
        part = re.fullmatch(r'( *)(salute|signed|byline) "(.*)"', line)
        before = re.fullmatch(r'( *)(closer|signed|byline)(?: "(.*)")?', found[-1]) if found else None
        if not part or not before or (part[2] == "byline") != (before[2] == "byline"):
            found.append(line)
        elif before[2] == "closer":
            found.append(f'{part[1]}signed "{part[3]}"')
        else:
            found[-1] = f'{before[1]}{before[2]} "{before[3]} {part[3]}"'
    return found


def difference(wanted: Sequence[str], given: Sequence[str]) -> list[str]:
    """Both outlines beside each other by the longest common part: ``-`` wanted and not given, ``+`` given and not wanted."""
    longest = [[0] * (len(given) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(given) - 1, -1, -1):
            longest[i][j] = 1 + longest[i + 1][j + 1] if agrees(wanted[i], given[j]) else max(longest[i + 1][j], longest[i][j + 1])
    shown, i, j = [], 0, 0
    while i < len(wanted) or j < len(given):
        if i < len(wanted) and j < len(given) and agrees(wanted[i], given[j]):
            shown.append(f"  {wanted[i]}")
            i, j = i + 1, j + 1
        elif j == len(given) or (i < len(wanted) and longest[i + 1][j] >= longest[i][j + 1]):
            shown.append(f"- {wanted[i]}")
            i += 1
        else:
            shown.append(f"+ {given[j] if len(given[j]) <= SHOWN else given[j][: SHOWN // 2] + ' […] ' + given[j][-SHOWN // 3 :]}")
            j += 1
    return shown


def wrong(shown: Sequence[str]) -> int:
    return sum(not line.startswith(" ") for line in shown)


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.xfail(reason=FAILING[n], strict=True)) if n in FAILING else n for n in CASES]
)
def test_a_layout_has_the_outline_that_an_editor_expects(name: str) -> None:
    given = given_outline(name)

    shown = min((difference(wanted, given) for wanted in read_case(CASES[name]).outlines), key=wrong)

    if wrong(shown):
        pytest.fail(f"{wrong(shown)} lines differ in {name}:\n" + "\n".join(shown), pytrace=False)


@pytest.mark.parametrize("name", CASES)
def test_a_layout_prints_what_its_source_prints(name: str) -> None:
    assert fidelity.compare(recognised(name)[0], edition(name)) is None


@pytest.mark.parametrize("name", CASES)
def test_a_layout_is_valid_tei(name: str) -> None:
    assert validate_edition(edition(name)) == []


@pytest.mark.parametrize("name", CLOTHES)
def test_a_layout_keeps_its_outline_in_other_clothes(name: str) -> None:
    differing = {}
    for case in CASES.keys() - FAILING.keys() - HIDDEN.get(name, {}).keys():
        changed = read_source(CLOTHES[name](read_case(CASES[case]).text).encode(), case)
        given = bare(outline(recognise(changed).document, WHOLE))
        wanted = bare(outline(recognised(case)[1], WHOLE))
        if given != wanted:
            differing[case] = "\n".join(difference(wanted.splitlines(), given.splitlines()))

    assert not differing, "\n".join(f"{case}:\n{shown}" for case, shown in differing.items())


def test_every_excuse_names_a_case() -> None:
    assert set(FAILING) <= set(CASES)


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ('p "The mill…"', 'p "The mill stood."', True),
        ('p "The mill…again."', 'p "The mill stood; it stood again."', True),
        ('p "The mill…"', '  p "The mill stood."', False),
        ('p "The mill"', 'p "The mill stood."', False),
        ('p "…"', "p", False),
        ("section|part n=2", "part n=2", True),
        ("section n=2", "section n=3", False),
        ("poem n=*", "poem n=poem2", True),
        ("* n=*", "essay n=4", True),
        ('p "a land~lord"', 'p "a land-lord"', True),
        ('p "a land~lord"', 'p "a landlord"', True),
        ('p "a land~lord"', 'p "a land- lord"', False),
        ('item (a) "one…"', 'item (b) "one more"', False),
    ],
)
def test_a_line_agrees_only_with_what_it_says(wanted: str, given: str, same: bool) -> None:
    assert agrees(wanted, given) is same


def test_a_difference_keeps_what_is_common() -> None:
    shown = difference(['head "A"', 'p "one…"', 'p "three"'], ['head "A"', 'p "one two"', 'q "four"'])

    assert shown == ['  head "A"', '  p "one…"', '- p "three"', '+ q "four"']
