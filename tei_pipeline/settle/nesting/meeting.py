"""Meeting: a heading that is open and the one that comes, and what a reader of the book sees of the two."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from tei_pipeline.settle.nesting.gaps import WIDE
from tei_pipeline.settle.nesting.styles import OWN_TEXT, Style

SEEN = 0.1  # of a class of white space: what the contents page alone says of two titles is less, and says nothing of numbers
CHAPTER = 4  # the rank of a chapter (closed_classes.RANKS): notes at its end are its own
LETTERS = "labelled:letter"
OF_WORKS = ("labelled:book", "labelled:canto", "labelled:part")
WITH_TEXT = "title with text"  # in the count of what comes under what
EPILOGUE = "epilogue"  # in the count of what comes under what: it stands beside divisions before which a prologue stands
FIRSTS = "first"  # in the count of what comes under what: how often a numbering begins
AMID = "amid "  # in the count of what comes under what, before a family: how often chapters begin between two of its numbers
REST = "rest"  # in the count of what comes under what: numbers alone, and nothing else, come after what is in front
TITLES = "titles"  # in the count of what comes under what: divisions that several titles follow, and through which the numbers run on
LETTER = "letter"  # in the count of what comes under what: titles that name writer or receiver


class Meeting(NamedTuple):
    """A heading that is open, and the one that comes. ``above``: no other stands between them; ``nested``: how often the first of one
    numbering comes right under a heading of another in this book (inner, outer).
    """

    top: Style
    new: Style
    nested: Counter[tuple[str, str]]
    above: bool

    @property
    def below(self) -> int:
        """How often the new one's kind begins under the open one's."""
        return self.nested[self.new.family, self.top.family]

    @property
    def under_labels(self) -> int:
        """How often the new one's kind begins right under a labelled division."""
        return sum(times for (inner, outer), times in self.nested.items() if inner == self.new.family and outer.startswith("labelled"))

    @property
    def over(self) -> int:
        """How often the open one's kind begins under the new one's."""
        return self.nested[self.top.family, self.new.family]


def opens_first(m: Meeting) -> bool:
    """The new one is the first of its numbering, right below the open one."""
    return m.new.first and m.top.over == m.new.family


def as_wide(m: Meeting) -> bool:
    """At least as much white space stands above the new one."""
    return m.new.space >= m.top.space


def goes_on_beside(m: Meeting) -> bool:
    """The numbering of the new one, which began above, goes on as far from the text of the open one."""
    return m.top.own > 0 and not m.new.first and m.nested[FIRSTS, m.new.family] > 0 and as_wide(m) and m.below < 2


def set_in_below(m: Meeting) -> bool:
    """The contents page alone says that the new one stands deeper."""
    return m.top.listed and m.new.listed and 0 < m.top.space - m.new.space < SEEN


def of_poem(m: Meeting) -> bool:
    """The new one is in verse, and nearer: the prologue of a poem among others."""
    return m.new.versed and m.new.space < m.top.space


def opens_work(m: Meeting) -> bool:
    """The new one stands right over the first book of its work, and the contents page has it, or white space parts both from the text."""
    return m.new.textless and m.new.over in OF_WORKS and (m.new.listed or m.new.space == m.top.space == WIDE)


def is_leaf_below(m: Meeting) -> bool:
    """Only the contents page has the open one, and the new one is as far from it as leaves are: what the publisher has."""
    return m.top.listed and not m.new.listed and m.new.space >= max(WIDE, m.top.space)


def listed_over_unlisted(m: Meeting) -> bool:
    """Right over the first of a numbering stands a title of no words, and the contents page has the title alone."""
    return m.top.listed and m.top.textless and not m.new.listed and opens_first(m)


def is_remark(m: Meeting) -> bool:
    """The open one is named as what closes a book, but has text of its own, and the numbering that begins below it begins only there."""
    return m.top.closing and not m.top.lists and (m.top.signed or m.top.own > 0) and m.nested[FIRSTS, m.new.family] < 2


def prefaces(m: Meeting) -> bool:
    """The open one is a preface or the like, and the new one none: another heading above the text, or an introduction's equal."""
    return m.top.front or (m.top.introduces and (m.new.bare or (m.top.own > OWN_TEXT and as_wide(m))))


def is_signed_preface(m: Meeting) -> bool:
    """The open one is a preface or the like, below whose text its signature stands last."""
    return m.top.signed and m.top.own > 0 and (m.top.front or m.top.prefatory or m.top.introduces)
