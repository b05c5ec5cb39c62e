"""Ending: whether a heading that is open ends before the next one, or holds it, by tables of reasons: the first that applies decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tei_pipeline.rules.reasons import always
from tei_pipeline.settle.nesting.gaps import FINER, SOME, WIDE
from tei_pipeline.settle.nesting.meeting import (
    AMID,
    CHAPTER,
    EPILOGUE,
    FIRSTS,
    LETTER,
    LETTERS,
    REST,
    SEEN,
    TITLES,
    WITH_TEXT,
    Meeting,
    as_wide,
    goes_on_beside,
    is_leaf_below,
    is_remark,
    is_signed_preface,
    listed_over_unlisted,
    of_poem,
    opens_first,
    opens_work,
    prefaces,
    set_in_below,
)
from tei_pipeline.settle.nesting.styles import MOTTO, OF_PLAYS, OWN_TEXT


class Reason(NamedTuple):
    """What is the case when the open heading ends, or holds the new one."""

    ends: bool
    says: str
    when: Callable[[Meeting], bool]


ENDS, HOLDS = True, False
MOST_OF_A_PREFACE = 3  # numbered parts


def why(meeting: Meeting) -> Reason:
    """The reason why the open heading ends, or holds the new one."""
    return next(reason for reason in reasons(meeting) if reason.when(meeting))


def reasons(meeting: Meeting) -> tuple[Reason, ...]:
    """The table for two headings."""
    top, new = meeting.top, meeting.new
    if top.family == "notes":
        return AFTER_NOTES
    if new.family == "title":
        return TITLE_BELOW_TITLE if top.family == "title" else TITLE_BELOW_NUMBER
    return NUMBER_BELOW_TITLE if top.family == "title" else NUMBER_BELOW_NUMBER


AFTER_NOTES = (
    Reason(HOLDS, "the notes on a work stand by its parts", lambda m: (m.top.textless or m.top.listed) and opens_first(m)),
    Reason(ENDS, "notes end before the next division", always),
)

TITLE_BELOW_TITLE = (
    Reason(
        ENDS,
        "a preface holds no contents, and no title over chapters",
        lambda m: m.top.bare or (prefaces(m) and (m.new.bare or (m.new.textless and not m.new.front))),
    ),
    Reason(ENDS, "the title of a work, right over its first book, ends an introduction", lambda m: m.top.introduces and opens_work(m)),
    Reason(ENDS, "an index holds no other, and no title as far apart", lambda m: m.top.lists and (m.new.lists or is_leaf_below(m))),
    Reason(ENDS, "what closes a book stands beside what closes it", lambda m: m.top.closing and m.new.closing and as_wide(m)),
    Reason(ENDS, "letters as far apart stand beside each other", lambda m: m.new.letter and m.top.letter and as_wide(m)),
    Reason(
        ENDS,
        "a page with its own text before a prologue holds no book",
        lambda m: (
            ((m.new.prefatory and not (set_in_below(m) or of_poem(m))) or (m.new.bare and (as_wide(m) or m.new.early)))
            and m.top.own > 0
            and not (m.top.textless or m.top.front or m.top.work)
        ),
    ),
    Reason(
        ENDS,
        "the contents page has both",
        lambda m: m.top.listed and m.new.listed and (as_wide(m) or (m.new.paged and (not m.top.group or m.new.group))),
    ),
    Reason(
        ENDS,
        "prefaces, and an introduction after them, stand one after the other",
        lambda m: m.top.prefatory and (m.new.prefatory or m.new.introduces) and as_wide(m),
    ),
    Reason(HOLDS, "its words head pages that come later", lambda m: 0 < m.new.at < m.top.until),
    Reason(ENDS, "both head pages of their own", lambda m: m.top.until > 0 and m.new.until > 0),
    Reason(
        ENDS,
        "only the contents page has this one",
        lambda m: m.new.listed and not m.top.listed and 0 < abs(m.new.space - m.top.space) < SEEN,
    ),
    Reason(ENDS, "a preface or introduction ends with its signature", is_signed_preface),
    Reason(
        HOLDS,
        "only the contents page has the one above",
        lambda m: m.top.listed and not m.new.listed and 0 <= abs(m.new.space - m.top.space) < SEEN,
    ),
    Reason(ENDS, "as much white space stands above it", as_wide),
    Reason(HOLDS, "less white space stands above it", always),
)

TITLE_BELOW_NUMBER = (
    Reason(
        HOLDS, "it is a part of the pieces of this kind, as most of them or the contents page say", lambda m: m.new.part_of == m.top.family
    ),
    Reason(
        HOLDS,
        "the letters of a chapter stand in it, as far apart as the chapters are",
        lambda m: (
            m.new.letter
            and (m.top.labelled or (m.top.counted and ((m.top.listed and not m.new.listed) or m.nested[LETTER, m.top.family] > 0)))
        ),
    ),
    Reason(
        ENDS,
        "the title of a work, right over its first book, ends the sections of an introduction",
        lambda m: m.top.counted and opens_work(m),
    ),
    Reason(ENDS, "below it the numbering begins anew", lambda m: m.new.renews == m.top.family and not m.top.textless),
    Reason(
        ENDS,
        "an epilogue in chapters ends the last part, and what the contents page omits",
        lambda m: m.new.epilogue and bool(m.new.over) and m.top.labelled and (as_wide(m) or m.new.listed > m.top.listed),
    ),
    Reason(
        ENDS,
        "an epilogue ends the parts before which a prologue stands",
        lambda m: m.new.epilogue and m.top.labelled and m.nested[EPILOGUE, m.top.family] > 0 and as_wide(m),
    ),
    Reason(
        HOLDS,
        "what is in front of the chapters of a further volume stands in it, right below its number",
        lambda m: m.top.family == "labelled:volume" and m.top.textless and m.above and m.new.front and not m.top.first,
    ),
    Reason(
        ENDS,
        "it stands right over the next division of the kind",
        lambda m: m.top.textless and m.top.labelled and m.new.textless and m.new.over == m.top.family and as_wide(m),
    ),
    Reason(
        ENDS,
        "it stands right over chapters that begin anew, as the open one does",
        lambda m: m.top.textless and m.new.work and m.new.renews == m.top.over and as_wide(m) and not m.above,
    ),
    Reason(
        HOLDS,
        "a division of no words is none",
        lambda m: (
            m.top.textless
            and m.top.labelled
            and not (m.new.listed or m.new.front or (m.new.closing and m.new.textless and as_wide(m) and not m.above))
            and (m.above or (m.new.space <= m.top.space and m.top.family not in OF_PLAYS and not m.new.introduces))
        ),
    ),
    Reason(
        HOLDS,
        "a part of titles holds them",
        lambda m: (
            (m.top.textless or m.top.family == "labelled:group")
            and m.top.labelled
            and m.top.rank < CHAPTER
            and (m.top.over == "title" or m.top.group)
            and not m.new.closing
            and (m.new.space <= m.top.space or (m.below > 1 and m.top.listed and m.new.listed and not m.new.textless))
        ),
    ),
    Reason(
        HOLDS,
        "what a number alone counts has its title",
        lambda m: (
            m.top.counted
            and m.above
            and m.top.textless
            and not (m.new.listed or m.new.front or m.new.closing)
            and m.new.space <= m.top.space
        ),
    ),
    Reason(
        HOLDS,
        "several titles as far apart stand below each of the divisions, whose numbers run on through the book",
        lambda m: (
            m.nested[TITLES, m.top.family] > 0
            and not (m.new.front or m.new.closing or m.new.textless)
            and abs(m.new.space - m.top.space) < SEEN
        ),
    ),
    Reason(
        ENDS,
        "as much white space stands above it as above the number",
        lambda m: m.new.space + SEEN >= (max(m.top.space, SOME - FINER) if m.top.counted else m.top.space),
    ),
    Reason(HOLDS, "less white space stands above it than above the number", always),
)

NUMBER_BELOW_TITLE = (
    Reason(ENDS, "contents and persons have no numbered divisions", lambda m: m.top.bare),
    Reason(
        ENDS,
        "the letters of a dictionary stand beside its preface",
        lambda m: (m.top.front or m.top.introduces) and m.new.family in ("headword", "labelled:group"),
    ),
    Reason(
        ENDS,
        "a title with text of its own stands beside numbered groups",
        lambda m: m.top.own > OWN_TEXT and m.new.family == "labelled:group" and as_wide(m),
    ),
    Reason(
        HOLDS,
        "the notes on a work stand by its parts",
        lambda m: m.top.closing and not (m.top.lists or is_remark(m)) and opens_first(m) and m.new.labelled,
    ),
    Reason(
        ENDS, "a note with its text, in front of the first chapter, holds none", lambda m: is_remark(m) and m.new.labelled and m.new.first
    ),
    Reason(HOLDS, "an induction has scenes of its own", lambda m: m.top.prefatory and m.top.textless and m.new.family == "labelled:scene"),
    Reason(
        ENDS,
        "acts and pieces of a series stand beside a preface",
        lambda m: m.top.front and (m.new.family in OF_PLAYS or m.new.family.startswith("series")),
    ),
    Reason(HOLDS, "acts and scenes stand under the title of their play", lambda m: m.new.family in OF_PLAYS),
    Reason(ENDS, "a preface holds no labelled divisions", lambda m: m.new.labelled and m.top.front),
    Reason(
        ENDS,
        "an index or an introduction with its text holds no chapters",
        lambda m: (
            (m.new.labelled and m.new.rank <= CHAPTER and (m.top.lists or (m.top.introduces and m.top.own > MOTTO)))
            or (m.top.lists and m.new.counted and m.new.textless and m.new.over == "labelled:chapter")  # the number on a leaf before each
        ),
    ),
    Reason(
        ENDS,
        "a title with text of its own stands beside labelled divisions as far apart",
        lambda m: m.new.labelled and m.top.own > OWN_TEXT and as_wide(m) and m.nested[m.new.family, "title"] < 2,
    ),
    Reason(
        ENDS,
        "a title over numbered sections stands before the first part, as far apart",
        lambda m: m.new.labelled and m.new.first and m.top.over in ("roman", "arabic") and as_wide(m) and m.below < 2,
    ),
    Reason(
        ENDS,
        "an introduction that has sections of its own holds no chapters as far apart as it is",
        lambda m: m.top.introduces and m.top.textless and m.top.over == "title" and m.new.labelled and as_wide(m) and not m.above,
    ),
    Reason(ENDS, "more white space stands above the label", lambda m: m.new.labelled and m.new.space > m.top.space + SEEN),
    Reason(
        ENDS,
        "both stand on leaves of their own",
        lambda m: (
            m.new.labelled
            and m.new.space == m.top.space == WIDE
            and not (m.top.work or listed_over_unlisted(m))
            and m.nested[m.new.family, "title"] < 2
        ),
    ),
    Reason(HOLDS, "labelled divisions stand under their title", lambda m: m.new.labelled),
    Reason(ENDS, "more white space stands above the number", lambda m: m.new.space > m.top.space + SEEN and m.top.own > 0),
    Reason(
        ENDS,
        "an introduction with its text stands before numbered chapters",
        lambda m: (
            m.new.first
            and (m.top.introduces or m.top.prefatory)
            and (m.top.own > MOTTO or (m.top.front and m.new.listed and m.top.own > 0 and not set_in_below(m)))
            and (as_wide(m) or (m.top.prefatory and m.new.listed))
        ),
    ),
    Reason(
        ENDS,
        "a few words in front of the first chapter, on leaves of their own, hold none",
        lambda m: (
            m.new.first
            and (is_remark(m) or (m.top.front and m.top.own > 0 and m.nested[FIRSTS, m.new.family] < 2))
            and m.new.space == m.top.space == WIDE
        ),
    ),
    Reason(
        ENDS,
        "all that follows a preface has numbers alone, and is the book",
        lambda m: m.new.first and m.top.front and m.top.own > MOTTO and m.nested[REST, m.new.family] > MOST_OF_A_PREFACE,
    ),
    Reason(
        ENDS,
        "elsewhere in this book the numbers begin under those of divisions",
        lambda m: m.new.first and not m.new.labelled and m.top.own > MOTTO and m.below < 2 <= m.under_labels and as_wide(m),
    ),
    Reason(
        ENDS,
        "a poem stands before numbered chapters",
        lambda m: m.new.first and as_wide(m) and m.top.versed and m.new.own > 0 and not m.new.versed,
    ),
    Reason(
        ENDS,
        "what is signed before numbered chapters holds none",
        lambda m: m.new.first and as_wide(m) and m.top.signed and m.top.own > 0 and not m.new.versed,
    ),
    Reason(
        ENDS,
        "a title with text of its own stands beside the numbers, on leaves of their own",
        lambda m: m.top.own > OWN_TEXT and m.new.first and m.new.space == m.top.space == WIDE and m.nested[m.new.family, WITH_TEXT] < 2,
    ),
    Reason(
        ENDS,
        "the contents page has both, and the numbers before it stand beside such titles",
        lambda m: m.top.listed and m.new.listed and m.new.counted and goes_on_beside(m),
    ),
    Reason(HOLDS, "numbered divisions stand under their title", always),
)

NUMBER_BELOW_NUMBER = (
    Reason(
        HOLDS,
        "it is the first right below a label of no text",
        lambda m: m.top.textless and opens_first(m) and m.new.labelled and m.top.labelled,
    ),
    Reason(
        ENDS,
        "a book or part stands in nothing that a number alone counts and that has its own text",
        lambda m: m.new.labelled and m.new.rank < CHAPTER and m.top.counted and m.top.own > MOTTO and as_wide(m),
    ),
    Reason(
        HOLDS,
        "a part of a chapter is nearer to the text above than chapters are",
        lambda m: (
            m.new.labelled
            and m.new.rank < m.top.rank <= CHAPTER
            and m.new.space < m.top.space
            and m.new.own > 0
            and m.new.over != m.top.family
        ),
    ),
    Reason(
        HOLDS,
        "in this book its kind begins under the other",
        lambda m: m.below > m.over and (m.below > 1 or m.new.rank > m.top.rank or (m.top.textless and not m.over)),
    ),
    Reason(
        HOLDS,
        "the first part of a poem stands below its dedication",
        lambda m: m.top.counted and opens_first(m) and m.new.labelled and m.new.versed and not m.over,
    ),
    Reason(
        HOLDS,
        "its chapters stand between the numbers of pieces that are counted on behind them",
        lambda m: m.top.counted and m.new.labelled and m.nested[m.new.family, AMID + m.top.family] > 0,
    ),
    Reason(ENDS, "in this book the other kind begins under it", lambda m: m.over > m.below and m.over > 1),
    Reason(
        HOLDS,
        "the letters that a chapter gives are numbered on through the book",
        lambda m: m.new.family == LETTERS and m.top.family == "labelled:chapter" and m.new.space < m.top.space and m.new.own > 0,
    ),
    Reason(
        HOLDS,
        "the years that a chapter begins with stand in it, nearer to the text above than chapters do",
        lambda m: m.new.family == "headword" and m.top.labelled and m.below > m.over and m.new.space < m.top.space,
    ),
    Reason(ENDS, "its word ranks as high", lambda m: m.top.rank >= m.new.rank),
    Reason(HOLDS, "its word ranks lower", always),
)

TABLES = {
    "a heading after notes": AFTER_NOTES,
    "a title after a title": TITLE_BELOW_TITLE,
    "a title after a number": TITLE_BELOW_NUMBER,
    "a number after a title": NUMBER_BELOW_TITLE,
    "a number after a number": NUMBER_BELOW_NUMBER,
}
