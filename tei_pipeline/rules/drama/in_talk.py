"""Which names are those of people who talk: on lines of their own, where other names stand right before what is said, or in one scene."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tei_pipeline.language import Language
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.named_lines import Label
from tei_pipeline.rules.drama.persons import speaker_key
from tei_pipeline.rules.drama.speaker_names import roles
from tei_pipeline.rules.drama.speakers import counted_role

NEAR = 60  # lines: farther apart two labels do not belong to one conversation
WIDEST = 2  # empty lines within one


def in_talk(rows: Sequence[Row], said: Sequence[int], alone: Sequence[tuple[int, str]]) -> frozenset[str]:
    """The keys of the names on lines of their own (their source lines, and the names) that stand shortly below what somebody says, at some
    lines, or come again shortly after the next: what stands below the persons of each play, and far below the play before, is a title:
    THE SUBJECT.
    """
    parts = [row.line for row in rows if row.gap > WIDEST]
    own = [(line, speaker_key(name)) for line, name in alone]
    found = {key for line, key in own if (k := bisect(said, line)) and _in_one(parts, said[k - 1], line)}
    for one, other, third in zip(own, own[1:], own[2:], strict=False):
        if one[1] == third[1] and _in_one(parts, one[0], third[0]):
            found.update((one[1], other[1]))
    return frozenset(found)


def _in_one(parts: Sequence[int], first: int, last: int) -> bool:
    """Whether two lines stand near each other in one part of a text, of those that begin at some lines."""
    return last - first <= NEAR and bisect(parts, first) == bisect(parts, last)


def in_one_scene(rows: Sequence[Row], labels: Sequence[Label]) -> set[str]:
    """The names in capitals, each with a point, with which paragraphs on end begin, where one comes again right after the next."""
    found: set[str] = set()
    for run in _runs(rows, [label for label in labels if label.mark == "." and label.first and label.name.isupper()]):
        keys = [label.key for label in run]
        again = sum(one == third != other for one, other, third in zip(keys, keys[1:], keys[2:], strict=False))
        if len(run) >= FEWEST and again >= ANSWERS:
            found.update(keys)
    return found


def asked(rows: Sequence[Row], labels: Sequence[Label], language: Language) -> set[str]:
    """The roles of those who ask and answer, where the questions are counted and each has its answer near below: QUESTION II. and REPLY:
    The answers may be counted too.
    """
    known = roles(language)
    plain = {label.row: label.key for label in labels if label.key in known}
    said: list[tuple[int, str, bool]] = []
    for i, row in enumerate(rows):
        counted = counted_role(row.text, language) if row.gap or row.page or row.indent or not i else ""
        if counted or i in plain:
            said.append((i, counted or plain[i], bool(counted)))
    pairs = [{one[1], other[1]} for one, other in pairwise(said) if one[2] and one[1] != other[1] and other[0] - one[0] <= NEAREST]
    return set[str]().union(*pairs) if len(pairs) >= FEWEST_ASKED else set()


NEAREST = 20  # lines from a question to its answer
FEWEST_ASKED = 2  # questions


def _runs(rows: Sequence[Row], labels: Sequence[Label]) -> Iterator[list[Label]]:
    """The labels that begin paragraphs on end, run by run."""
    run: list[Label] = []
    for label in labels:
        if run and any(row.gap for row in rows[run[-1].row + 1 : label.row]):
            yield run
            run = []
        run.append(label)
    yield run


FEWEST = 6  # paragraphs on end
ANSWERS = 3  # of them come back to who spoke before the last
