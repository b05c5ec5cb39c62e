"""Quoted words: pairs, nesting, apostrophes, parts over several paragraphs; the cases stand in tests/inline/quotes.txt."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_pipeline.blocks import Block, Container
from tei_pipeline.decisions import Decision
from tei_pipeline.inline.quotes.pairs import Quote, quotes
from tei_pipeline.inline.runs import runs
from tei_pipeline.language import load
from tei_pipeline.rows import Row
from tei_pipeline.source import Source, read_source

CASES = Path(__file__).with_name("inline") / "quotes.txt"
_KINDS = {"verse:": "verse", "head:": "heading", "block:": "paragraph"}
_BRACE = re.compile(r"\{(?:(\d) )?|\}")


@dataclass(frozen=True)
class Case:
    title: str
    text: str
    marked: str
    problems: tuple[int, ...]


def cases() -> list[Case]:
    found = []
    for part in CASES.read_text("utf-8").split("\n# ")[1:]:
        title, _, body = part.partition("\n")
        lines = body.strip("\n").split("\n")
        problems = tuple(int(line[2:]) for line in lines if line.startswith("! "))
        marked = "\n".join(line for line in lines if not line.startswith("! ")).strip("\n")
        found.append(Case(title, _BRACE.sub("", marked), marked, problems))
    return found


def book(text: str) -> tuple[Source, list[Block]]:
    """A source whose paragraphs are blocks of the kinds that their tags name, without any rule; the tags are no part of it."""
    paragraphs = text.strip("\n").split("\n\n")
    tags = [next((tag for tag in _KINDS if paragraph.startswith(tag)), "") for paragraph in paragraphs]
    bare = [paragraph.removeprefix(tag).removeprefix(" " if tag else "") for paragraph, tag in zip(paragraphs, tags, strict=True)]
    source = read_source(("\n\n".join(bare) + "\n").encode(), "case")
    blocks: list[Block] = []
    line = 0
    for paragraph, tag in zip(bare, tags, strict=True):
        rows = tuple(
            Row(line + k, words.strip(), len(words) - len(words.lstrip()), 0)
            for k, words in enumerate(paragraph.split("\n"))
            if words.strip()
        )
        if rows:
            within = (Container("quotation", 0),) if tag == "block:" else ()
            blocks.append(
                Block(_KINDS.get(tag, "paragraph"), rows[0].line, rows[-1].line + 1, rows, (Decision("test", ""),), within=within)
            )
        line += paragraph.count("\n") + 2
    return source, blocks


def shown(text: str, found: list[Quote]) -> str:
    """The text with braces around what is quoted; the parts of one quotation get the same number."""
    numbers: dict[str, int] = {}
    for quote in found:
        if quote.key is not None:
            numbers[quote.key] = numbers.get(quote.prev or "", len({*numbers.values()}) + 1)
    out: list[str] = []
    for at in range(len(text) + 1):
        out.extend("}" for quote in found if quote.end == at)
        out.extend("{" + (f"{numbers[quote.key]} " if quote.key else "") for quote in found if quote.start == at)
        out.append(text[at : at + 1])
    return "".join(out)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_quoted_words_are_found_as_a_reader_finds_them(case: Case) -> None:
    source, blocks = book(case.text)
    code = "de" if "German" in case.title else "en"
    found, problems = quotes(source, runs(source, blocks), load(code))
    untagged = re.sub("(?m)^(?:verse|head|block): ", "", case.marked)
    assert shown(source.text, found).strip("\n") == untagged
    assert tuple(problem.line for problem in problems) == case.problems


def test_only_the_marks_that_an_editor_allows_count() -> None:
    source, blocks = book("He says \"salt\" and 'mill' and «quay».\n")
    found, _ = quotes(source, runs(source, blocks), load("en"), ["«»"])
    assert [source.text[quote.start : quote.end] for quote in found] == ["«quay»"]


def test_a_report_says_where_the_mark_is_and_where_its_partner_may_be_missing() -> None:
    source, blocks = book('The first line.\n\nHe said, "The salt is lost.\nAnd he went.\n')
    _, problems = quotes(source, runs(source, blocks), load("en"))
    assert [(problem.level, problem.code, problem.line) for problem in problems] == [("warning", "quotation-unpaired", 3)]
    assert "line 4" in problems[0].message


@pytest.mark.parametrize("mark", ['"', "'", "“", "“‘", "«", '("', "[“", "''", '"a', "“a ”", "‘a\n", '"a\n\n'])
def test_marks_in_thousands_are_paired_in_time_that_grows_with_them(mark: str) -> None:
    source, blocks = book(mark * 20_000 + "\n")
    start = time.process_time()
    quotes(source, runs(source, blocks), load("en"))
    assert time.process_time() - start < 5


@given(
    st.lists(
        st.sampled_from(['"', "'", "“", "”", "‘", "’", "„", "«", "»", "(", ")", " ", "a", "b", ".", "—", "\n", "\n\n", "1", "s"]),
        max_size=60,
    )
)
def test_whatever_the_marks_quotations_nest_and_their_parts_know_each_other(parts: list[str]) -> None:
    source, blocks = book("".join(["a ", *parts, "\n"]))
    found, _ = quotes(source, runs(source, blocks), load("en"))
    for one in found:
        assert 0 <= one.start < one.end <= len(source.text)
        for other in found:
            assert not one.start < other.start < one.end < other.end, "two quotations cross"
    keys = {quote.key: quote for quote in found if quote.key is not None}
    for quote in keys.values():
        assert quote.next is None or keys[quote.next].prev == quote.key
        assert quote.prev is None or keys[quote.prev].next == quote.key
