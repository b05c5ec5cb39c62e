"""Inline rules all together: what they mark is valid TEI and loses nothing, whatever the text, in time that grows with it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tei_pipeline import fidelity, tei
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source
from tei_pipeline.validate import validate_edition

LINE = "The salt of the quay was lost, and the miller of the harbour knew where it was, but he did not say so to anybody. "
ACTIVE = [
    '"', "'", "“", "”", "‘", "’", "«", "»", "(", ")", "[", "]", "_", "*", "=", "/", "^", "{", "}", "~", "—", "--", "-", "-\n", "\n", "\n\n",
    "    ", "ibid.", "see ", "p. 3", "Vol. I, ", "T. Brandt, ", "note 3 above", "May 3, 1801", "3rd of March", "1901-03", "Laughter.",
    "A voice: ", "s a l t", "pp", "gov-ernment", "/p>", "1", "[1]", "a", "b", ". ", " ", "Salt", "THE SALT",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ACTIVE), max_size=40))
def test_any_mixture_of_marks_is_valid_and_complete(parts: list[str]) -> None:
    source = read_source((LINE * 2 + "\n\n" + "".join(parts) + "\n\n" + LINE + "\n").encode(), "mixture")
    written = tei.write(recognise(source).document, version="0")
    assert fidelity.compare(source, written.tree) is None
    assert [fault.message for fault in validate_edition(written.tree) if fault.level == "error"] == []
    assert [problem.code for problem in written.problems if problem.code in ("duplicate-key", "bad-date")] == []


def test_quoted_words_before_emphasised_ones_that_go_on_below_name_no_source() -> None:
    text = LINE + 'It was "The Lamp" _given\n\n    ANNA goes\n    to the well_ and back.\n'
    written = tei.write(recognise(read_source(text.encode(), "lamp")).document, version="0")
    assert [fault.message for fault in validate_edition(written.tree) if fault.level == "error"] == []


@pytest.mark.parametrize(
    "unit",
    ['"', "“‘", "(", "()", "(a ", "[a ", "_a ", "*a ", "a^", "a^{", "May ", "January 1-", "a b ", "(ibid.) ", "(see p. 5) ",
     "(Vol. I, p. 5, ", ",,a ", "``a ", "/a ", "A. B. ", "con-\n", '"a\n\n', "« a\n\n", "see note 3 above "],
)  # fmt: skip
def test_what_stands_a_thousand_times_takes_a_thousand_times_as_long(unit: str) -> None:
    source = read_source((LINE * 6 + "\n\n" + unit * (40_000 // len(unit)) + "\n\n" + LINE + "\n").encode(), "many")
    start = time.process_time()
    recognise(source)
    assert time.process_time() - start < 8


def test_a_pass_over_one_book_is_the_same_twice() -> None:
    text = (LINE + '"So," he said, "it is lost" (see T. Brandt, Papers, Vol. 2, p. 3). (Laughter.) On May 3, 1801, it was _salt_.\n\n') * 3
    made = [tei.serialize(tei.write(recognise(read_source(text.encode(), "twice")).document, version="0").tree) for _ in range(2)]
    assert made[0] == made[1]
