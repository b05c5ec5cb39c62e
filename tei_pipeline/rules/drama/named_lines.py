"""The lines of a text that begin like speeches: with a name run in, or on a line of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.persons import Cast, answers, speaker_key, tells_setting
from tei_pipeline.rules.drama.speaker_names import counts_acts, is_name, is_role, is_set_in_capitals, names_division
from tei_pipeline.rules.drama.speakers import match_label, match_own_line, says_nothing
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.shape import is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

FEWEST = 3  # speeches: a name that comes up less often is not known for a speaker by its number alone


class Label(NamedTuple):
    """A line that begins like a run-in speech."""

    row: int
    key: str
    name: str
    mark: str
    italic: bool
    first: bool


def begins_paragraph(rows: Sequence[Row], at: int, margin: int) -> bool:
    """Whether a paragraph begins at a row: after white space, or set in below a line at the margin."""
    row = rows[at]
    return bool(row.gap or row.page) or (at > 0 and row.indent > margin >= rows[at - 1].indent)


def speech_column(rows: Sequence[Row], speeches: Iterable[int]) -> int:
    """The column right of which lines are set in: that in which most speeches of a play begin, whose notes and preface may stand farther
    left; the margin, where nobody speaks.
    """
    columns = Counter(rows[at].indent for at in speeches)
    return max(columns, key=lambda column: (columns[column], -column), default=min((row.indent for row in rows), default=0))


def count_paragraphs(rows: Sequence[Row], margin: int, staged: bool) -> int:
    """How many paragraphs a text has: after white space, or begun by an indent, in a play also in the middle of verses set in."""
    if staged:
        return sum(1 for row in rows if row.gap or row.page or row.indent > margin) + 1
    return sum(begins_paragraph(rows, i, margin) for i in range(1, len(rows))) + 1


def signs(rows: Sequence[Row], at: int, margin: int) -> bool:
    """Whether a short line far to the right, below a formula that a comma ends, is the name cut short of who wrote a letter: "To. Wa."."""
    row = rows[at]
    return at > 0 and row.indent > margin + FAR_RIGHT and len(row.text) <= LONGEST_SIGNATURE and rows[at - 1].text.rstrip("_")[-1:] == ","


FAR_RIGHT = 30  # columns beyond the margin: where printers set exits, and names below letters
LONGEST_SIGNATURE = 24  # characters
LONGEST_ABBREVIATED = 12  # letters of a name that an indent alone shows
DEEPEST_LABEL = 6  # columns that first lines of speeches are set in
FEWEST_TOLD = 3  # words behind the colon of a title
FEWEST_CAPITALS = 20  # names in capitals on lines of their own: fewer show no way to set them
ALMOST_ALL = 0.8  # of the lines set in so begin with a name, if that is what the indent says
SHARE_SET_IN = 0.05  # of all lines are set in so: speeches have twenty lines at most, on an average
FEWEST_HANGING = 8  # lines at the margin that begin with a name in italics


def is_indented(rows: Sequence[Row], language: Language) -> bool:
    """Whether nearly all lines that are set in a little, but the names of acts and scenes, begin with a short name or number and a point,
    and other lines stand at the margin.
    """
    margin = min((row.indent for row in rows), default=0)
    inside = [row.text for row in rows if 0 < row.indent - margin <= DEEPEST_LABEL and not (row.gap and names_division(row.text, language))]
    begun = sum(text[0].isdigit() or match_label(text, language) is not None for text in inside)
    return len(inside) >= 20 and begun >= ALMOST_ALL * len(inside) and SHARE_SET_IN * len(rows) <= len(inside) < 0.8 * len(rows)


def hang(rows: Sequence[Row], margin: int, language: Language) -> bool:
    """Whether what stands in italics at the front of lines at the margin, with no white space above, are names: verses hang below them."""
    italic = [row.text for row in rows if row.text[0] == "_" and row.indent == margin and not row.gap]
    return len(italic) >= FEWEST_HANGING and sum(match_label(text, language) is not None for text in italic) >= ALMOST_ALL * len(italic)


def find_labels(rows: Sequence[Row], language: Language, staged: bool, indented: bool = False, cast: Cast | None = None) -> list[Label]:
    """Lines that begin like a speech: at the beginning of a paragraph, or, with a name in capitals, wherever a sentence ended; with
    whatever abbreviation where the indent says so, or where it begins the name of a person: COL. for Colombina.
    """
    found = []
    whole: set[str] = set()  # names in capitals; the same speakers may be cut short after their first words: PHIL. for Philonous
    opening = words(language).stage
    margin = min((row.indent for row in rows), default=0)
    hanging = staged and hang(rows, margin, language)
    again = _marked_again(rows, language)
    bare = _bare_again(rows, margin, language)
    for i, row in enumerate(rows):
        text = row.text
        if not (text[0].isupper() or text[0] in "_*=~" or text[0].isdigit()):
            continue
        first = bool(row.gap or row.page or row.indent) or (hanging and text[0] == "_")
        if i and not row.gap and rows[i - 1].text.count("_") % 2:
            continue  # in the middle of words in italics: who somebody of the list of persons is
        if not first and ":" not in text[:40] and "\t" not in text[:40] and not (staged and rows[i - 1].ends_sentence):
            continue
        m = match_label(text, language)
        if m is None or says_nothing(text, m.end()) or signs(rows, i, margin):
            continue
        if opening.match(text) and not (first and cast is not None and cast.shortens(speaker_key(m["name"]))):
            continue  # but the Officer of the list speaks as Off.
        spoken = (
            is_name(m["name"], language)
            or (first and m["mark"] == "." and speaker_key(m["name"]) in bare)
            or (cast is not None and speaker_key(m["name"]) in cast.names)
            or (text[0] in "_~=" and m[0].count(text[0]) == 2 and _is_set_off(m["name"], staged, language))
            or (text[0] in "_~=" and (speaker_key(m["name"]) in again or (len(again) > 1 and _has_article(m, language))))
            or (m["mark"] == ":" and text[0].isupper() and is_role(speaker_key(m["name"]), language))
        )
        if not spoken and m["name"].isupper():
            key = speaker_key(m["name"])
            spoken = (bool(cast) and cast is not None and cast.shortens(key)) or is_begun(key, whole)
        if not spoken and first and staged and cast is not None:
            spoken = _begins_person(m, cast, language)
        if not spoken and not (indented and row.indent and len(m["name"]) <= LONGEST_ABBREVIATED):
            continue
        if not staged and m["mark"] == ":" and is_capitals(text) and word_count(text[m.end() :]) >= FEWEST_TOLD:
            continue  # a title of what a lecture treats of: "A FLAME: ITS SOURCES--ITS HEAT"
        if m["mark"] == ":" and _salutes(m["name"], text[m.end() :], language):
            continue
        key = speaker_key(m["name"])
        listed = staged and cast is not None and (key in cast.names or cast.says(key)) and rows[i - 1].ends_sentence
        if not first and not listed and not (m["name"].isupper() and (m["mark"] == ":" or staged)):
            continue
        if first and m["name"].isupper():
            whole.add(key)
        found.append(Label(i, key, m["name"], m["mark"], text[0] in "_*=~", begins_paragraph(rows, i, margin)))
    return found


def _marked_again(rows: Sequence[Row], language: Language) -> frozenset[str]:
    """The words, one of them written small, that stand set off by type before paragraphs again and again: _Il direttore di scena._"""
    found: Counter[str] = Counter()
    for i, row in enumerate(rows):
        mark = row.text[0]
        if mark not in "_~=" or not (row.gap or not i) or (m := match_label(row.text, language)) is None:
            continue
        if m[0].count(mark) == 2 or row.text[m.end() :].lstrip()[:1] in ("(", "["):
            found[speaker_key(m["name"])] += m["name"][:1].isupper() and 1 < word_count(m["name"]) <= MOST_OF_NAME
    return frozenset(key for key, times in found.items() if times >= FEWEST)


def _bare_again(rows: Sequence[Row], margin: int, language: Language) -> frozenset[str]:
    """The words, an article first, with whose point paragraphs begin again and again, where two such come again right after each other:
    Il direttore di scena. Where the type is lost, nothing else shows who speaks.
    """
    found: list[str] = []
    for i, row in enumerate(rows):
        if not row.text[0].isupper() or fold(row.text.partition(" ")[0]) not in language.articles or not begins_paragraph(rows, i, margin):
            continue
        m = match_label(row.text, language)
        if m is not None and m["mark"] == "." and word_count(m["name"]) <= MOST_OF_NAME and len(row.text) > m.end():
            found.append(speaker_key(m["name"]))
    times = Counter(found)
    often = frozenset(key for key, count in times.items() if count >= OFTEN_BARE)
    said = [key for key in found if key in often]
    return often if sum(a == c != b for a, b, c in zip(said, said[1:], said[2:], strict=False)) >= OFTEN_BARE else frozenset()


OFTEN_BARE = 4  # times: sentences of so few words come twice in a book of prose
MOST_OF_NAME = 5  # words


def _has_article(m: re.Match[str], language: Language) -> bool:
    """Whether words set off by type begin with an article, as the others who speak there do: _La prima attrice._"""
    return m[0].count(m[0][0]) == 2 and bool(m["mark"]) and fold(m["name"]).split()[0] in language.articles


def _begins_person(m: re.Match[str], cast: Cast, language: Language) -> bool:
    """Whether words follow behind the first letters of somebody of the list of persons, though they also shorten a word that is no title:
    Cor. for Cornelia. Behind that of a book stands a number.
    """
    short, rest = f"{speaker_key(m['name'])}.", m.string[m.end() :].lstrip(" _")
    if short not in language.abbreviations or short in language.titles or m["mark"] != "." or m["direction"]:
        return False
    return rest[:1].isupper() and not _NUMBERED.match(rest) and cast.shortens(speaker_key(m["name"]))


_NUMBERED = seldom(r"[IVXLC]+\b[.,]?")


def _salutes(name: str, rest: str, language: Language) -> bool:
    """Whether what looks like a name opens a letter: "MY DEAR HOLM:--"; not one of a speaker with a title, "SIR JOHN:"."""
    found = words(language).salute.match(name)
    if found is None:
        return False
    lead = fold(name[: found.end]).strip()
    called = lead in language.titles or lead in language.addresses or lead in language.speakers
    return not rest.strip(" -—–") or (found.end < len(name.rstrip()) and not called)


def _is_set_off(name: str, staged: bool, language: Language) -> bool:
    """Whether italics alone show a name: one word (_Ch_. is no chapter), or somebody unnamed: _A voice behind the wall._; in a play also
    words of which the last is a name: _Der alte Holm._
    """
    if name.replace("-", "").isalpha():
        return name.partition("-")[0].istitle()  # _Stage-manager._
    first, last = name.split()[0], name.split()[-1]
    return (staged and first[:1].isupper() and last.istitle()) or not language.speakers.keys().isdisjoint(fold(name).split()[:2])


def is_begun(key: str, names: Collection[str]) -> bool:
    """Whether a name is the beginning of one that was printed whole."""
    return len(key) > 1 and any(len(name) > len(key) and name.startswith(key) for name in names)


def _is_titled(name: str, language: Language) -> bool:
    """Whether every word of a name begins with a capital, what stands behind a hyphen aside: _Stage-manager_."""
    return is_title_case(_HYPHENED.sub("", name), language.lowercase_in_titles)


_HYPHENED = re.compile(r"(?<=[^\W\d_])-[^\W\d_]+")


def _names_one(text: str, name: str, language: Language) -> bool:
    """Whether a line is a name in small letters and its point or marks, and nothing else: First Witch."""
    return word_count(name) <= 3 and len(text) <= len(name) + 4 and is_title_case(name, language.lowercase_in_titles)


FAR_BELOW = 4  # empty lines
MOST_SMALL = 0.5  # of what stands below names begins small: more are the words of lists, under what they have in common
OFTEN = 0.2  # of the names on lines of their own have so much space below: a book may have two ways


def find_own_lines(rows: Sequence[Row], language: Language, staged: bool, cast: Cast, bare: bool = False) -> Counter[str]:
    """Names on a line of their own with text right below: in capitals, or those of the list of persons. One that comes up once
    stands after the first that comes again, or has a colon as they have, with as much space below. ``bare``: none with words behind that
    no bracket sets off, which tell who is on the stage: JUSTICE, alone. What is said begins large: below NOUNS and VERBS stand words.
    """
    lines: list[tuple[str, int]] = []
    pointed: set[str] = set()  # those with a colon
    loose: list[tuple[str, int]] = []  # whoever is named with a colon: "All:"
    titles: set[str] = set()  # far below what stands above, unless that is a heading
    small: list[tuple[str, int, bool]] = []  # names in small letters that no list has, with a point or without
    colons = points = begun = 0
    opening = words(language).stage
    for i, row in enumerate(rows[:-1]):
        if (m := _may_name(rows, i, language, cast, staged)) is None or (bare and m["direction"].startswith(",")):
            continue
        text, below, name, key = row.text, rows[i + 1].gap, m["name"], speaker_key(m["name"])
        if not (is_set_in_capitals(name, language) or len(name) < 3):
            sounds = opening.match(text) and key.partition(" ")[0] not in language.speakers  # but the Choir of the Angels sings
            italic = text[0] == "_" and text.rstrip(".")[-1] == "_" and bool(below) and not sounds
            italic = italic or m["dash"] is not None
            if not (staged and row.gap and (cast.has(key) or italic) and (m["dash"] or _is_titled(name, language))):
                if text[-1] == ":" and staged and row.gap and name[:1].isupper() and key not in language.stage:
                    loose.append((key, below))
                elif staged and row.gap and _names_one(text, name, language) and not opening.match(text):
                    small.append((key, below, text[-1] in "._"))
                continue
        label = head_label(text.strip("_"), language)
        group = staged and key in language.cast_groups and answers(rows, i, language)
        if group or ((label is None or not label.type) and not names_division(key, language) and language.divisions.get(key) is None):
            lines.append((key, below))
            if row.gap >= FAR_BELOW and i and not is_capitals(rows[i - 1].text) and bare_label(rows[i - 1].text) is None:
                titles.add(key)
            points += text[-1] == "."
            begun += rows[i + 1].starts_lower
            if text[-1] == ":":
                colons += 1
                pointed.add(key)
    if not staged and begun > MOST_SMALL * len(lines):
        return Counter()
    if len(loose) < colons > len(lines) / 2:
        lines.extend(loose)
    lines.extend(_small_names(small, lines, language, cast, bare, dotted=points > len(lines) / 2))
    colon = pointed if colons > len(lines) / 2 else set()  # tells those named once in a prologue from the titles above it
    return _without_titles(lines, titles, colon, language, cast)


def _may_name(rows: Sequence[Row], at: int, language: Language, cast: Cast, staged: bool) -> re.Match[str] | None:
    """A line alone right above text, as a name over what somebody says, which is no title, number, entrance or place."""
    row, text, below = rows[at], rows[at].text, rows[at + 1]
    if len(text) > 80 or not (row.gap or row.page or row.indent > 8 or (staged and text.isupper())):
        return None
    if below.gap > 1 and not (staged and below.gap == 2 <= row.gap and below.text[0] != "["):
        return None
    m = match_own_line(text, language)
    if m is None or word_count(m["name"]) > 5 or is_capitals(below.text) or words(language).move.match(text):
        return None
    if tells_setting(below.text, language) or tells_setting(text, language) or counts_acts(below.text, language):
        return None  # the title of the play, or where it plays: SCENE--A FOREST.
    name, key = m["name"], speaker_key(m["name"])
    if "," in name and name[0] != "[" and not cast.has(key):  # [LENA], WEAVER
        return None
    if not row.gap and at and is_capitals(rows[at - 1].text) and not rows[at - 1].ends_sentence:
        return None  # the last line of a title
    if not name.isascii() and (number := bare_label(name)) is not None and number.length >= len(name):
        return None  # a chapter's number in Greek letters; a Roman one may be a person of the list
    return m if parse_roman(key) is None or cast.has(key) else None  # the number of a stanza


def _small_names(
    small: Sequence[tuple[str, int, bool]], lines: Sequence[tuple[str, int]], language: Language, cast: Cast, bare: bool, *, dotted: bool
) -> list[tuple[str, int]]:
    """The names in small letters that come again and again with a point, or stand as the many ``lines`` with names in capitals do: right
    above what is said, with a point where most of these have one (``dotted``).
    """
    named = [line for line in small if not names_division(line[0], language) and language.divisions.get(line[0]) is None]
    again = Counter(key for key, _, point in named if point)
    often = {key for key, times in again.items() if times >= FEWEST}
    known = len(often) > 1 and (not bare or sum(again[key] for key in often) > len(lines))
    alike = len(lines) >= FEWEST_CAPITALS and not bare
    return [
        (key, below)
        for key, below, point in named
        if (known and point and (key in often or cast.has(key))) or (alike and not below and point == dotted)
    ]


def _without_titles(lines: Sequence[tuple[str, int]], titles: set[str], colon: set[str], language: Language, cast: Cast) -> Counter[str]:
    """How often each is named, without those that come up once above the first that comes again, or with another space below than others:
    titles. Not so those with a ``colon``, as the others have it.
    """
    found = Counter(key for key, _ in lines)
    sure = [k for k, (key, _) in enumerate(lines) if found[key] >= FEWEST or cast.says(key)]
    gaps = Counter(lines[k][1] for k in sure)
    usual = {gap for gap, times in gaps.items() if times >= OFTEN * len(sure)}
    known = frozenset(sure)
    for k, (key, gap) in enumerate(lines):
        between = 0 < k < len(lines) - 1 and lines[k - 1][0] == lines[k + 1][0]  # who answers the other
        early = k < sure[0] and key not in colon and not between if sure else False
        if found[key] == 1 and sure and k not in known and not is_role(key, language) and (early or gap not in usual or key in titles):
            del found[key]
    return found


def also_run_in(rows: Sequence[Row], names: frozenset[str], language: Language, cast: Cast) -> frozenset[str]:
    """Those of the names on lines of their own with which paragraphs begin, too: several, and often."""
    labels = find_labels(rows, language, staged=True, cast=cast)
    often = Counter(label.key for label in labels if label.first and label.mark in ".:" and label.key in names)
    known = frozenset(key for key, times in often.items() if times >= FEWEST)
    said = sum(row.gap > 0 and (m := match_own_line(row.text, language)) is not None and speaker_key(m["name"]) in names for row in rows)
    return known if len(known) > 1 and often.total() >= ALSO * said else frozenset()


ALSO = 0.1  # of the names on lines of their own stand so many run in: fewer are names with which a sentence ends
