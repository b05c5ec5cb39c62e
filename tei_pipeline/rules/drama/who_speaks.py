"""Who speaks: the names that a text sets before speeches, found from the whole text, and whether it is a play."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import NamedTuple

from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.bare_names import bare_names, begun_with
from tei_pipeline.rules.drama.in_talk import NEAR, asked, in_one_scene, in_talk
from tei_pipeline.rules.drama.named_lines import (
    FEWEST,
    Label,
    also_run_in,
    count_paragraphs,
    find_labels,
    find_own_lines,
    hang,
    is_begun,
    is_indented,
    speech_column,
)
from tei_pipeline.rules.drama.only_plays import are_unmarked, bracket_marks, directions_indent, last_line, staging
from tei_pipeline.rules.drama.persons import Cast, lists_persons, speaker_key
from tei_pipeline.rules.drama.scenes import find_scenes
from tei_pipeline.rules.drama.speaker_names import is_role, is_set_in_capitals, names_division, roles
from tei_pipeline.rules.drama.speakers import NUMBERED_ROLE, match_label, match_own_line
from tei_pipeline.rules.headings.head_labels import named_division
from tei_pipeline.rules.shape import is_capitals, starts_upper
from tei_pipeline.rules.words import words

LEAST_SHARE = 0.3  # of the paragraphs of a play begin with a speaker; prose dialogue that looks like it stays below a tenth
SHARE_OF_A_PLAY = 0.12  # with acts, a list of persons or stage words beside it: plays have much else
FEWEST_STARTS = 8  # paragraphs: a shorter text says nothing by how often a name comes again
_COUNTING = frozenset("ivx")  # the figures of small Roman numerals


class Speakers(NamedTuple):
    """How a text names its speakers (``run-in``, ``own-line``, ``local`` or nothing), their names by key, whether it is a play, its
    list of persons, whether speeches are known by the indent of their first lines, as in the first folio; the source lines at which
    a play begins (its persons, first act, place or speech), and at which its first spoken scene and speech do; whether the names
    before speeches are in capitals, and whether verses hang below them;
    the names that stand on lines of their own in some plays of a volume whose others have them run in; whether directions have
    no marks, and the column in which those stand that no mark shows; the names, as printed, behind which stands no mark;
    who speaks in a prologue above the list of persons; whether directions stand in no brackets or italics, though a point may end them;
    whether anything but speeches shows that it is acted, as a dialogue of philosophers is not; what marks the brackets of directions; and
    the names, on lines of their own, that are also run in before speeches that begin in the middle of a verse; and the source line that
    closes the last play, behind which nobody speaks.
    """

    style: str
    names: frozenset[str]
    play: bool
    cast: Cast
    indented: bool = False
    opening: int = 0
    scene: int = 0
    first: int = 0
    capital: bool = False
    hanging: bool = False
    alone: frozenset[str] = frozenset()
    unmarked: bool = False
    set_in: int = 0
    bare: frozenset[str] = frozenset()
    early: frozenset[str] = frozenset()
    plain: bool = False
    acted: bool = False
    marks: str = ""
    also: frozenset[str] = frozenset()
    end: int = sys.maxsize


def find_speakers(rows: Sequence[Row], language: Language, drama: bool | None = None) -> Speakers:
    """Who speaks in a text. ``drama`` is the editor's word: what was taken for a play and is none has no speakers; a play has them,
    however few they are.
    """
    staged, cast, acts, opening, after = staging(rows, language)
    staged = staged or _speak_in_verse(rows, language)
    style, names = _speakers(rows, language, bool(drama), staged, cast)
    alone: frozenset[str] = frozenset()
    bare = bare_names(rows[after:], language, cast) if staged and style in ("", "local") else alone
    if bare:
        style, names = "run-in", frozenset(speaker_key(name) for name in bare)
        alone = names if all(name.isupper() for name in bare) else alone
    elif style == "run-in" and staged:
        own = find_own_lines(rows[after:], language, staged, cast, bare=True)
        alone = frozenset(key for key, times in own.items() if times >= FEWEST)
        said = _speeches(rows[after:], language, "run-in", names - alone) if alone else []
        alone = in_talk(rows[after:], [line for line, _ in said], _speeches(rows[after:], language, "own-line", alone))
        names = _with_own_lines(names, own, cast, language) | alone
    play = style in ("run-in", "own-line") and (
        bool(drama) or staged or (_has_points(rows, language, names) and not _is_assembly(rows, language, style, names))
    )
    if play and (drama is False or (drama is None and not staged and _is_part(rows, language, _speeches(rows, language, style, names)))):
        return Speakers("", frozenset(), False, Cast())
    indented = play and style == "run-in" and is_indented(rows[after:], language)
    if indented:
        names |= {label.key for label in find_labels([row for row in rows if row.indent], language, staged=True, indented=True)}
    if not play:
        return Speakers(style, names, play, Cast(), indented)
    said = _bare_speeches(rows[after:], bare) if bare else _speeches(rows[after:], language, style, names)
    before = _speeches(rows[:after], language, style, names)
    if len(before) >= FEWEST_STARTS and _come_again([speaker_key(name) for _, name in before]):
        said = before + said  # a play without a list of persons, before those of the volume that have one
    large = [speaker_key(name) for _, name in said if is_set_in_capitals(name, language)]
    only_small = style == "own-line" and not {speaker_key(name) for _, name in said} <= set(large)  # First Witch among capitals
    capital = len(large) >= ALL_CAPITAL * len(said) and not only_small
    if capital:  # the title of the play may be the name of one of them: Brand
        said = [(line, name) for line, name in said if is_set_in_capitals(name, language)]
    times = Counter(speaker_key(name) for _, name in said)
    known = [
        (line, after)
        for (line, name), after in zip(said, [*(line for line, _ in said[1:]), 0], strict=False)
        if (times[speaker_key(name)] > 1 or cast.has(speaker_key(name)))
    ]
    answered = (line for line, after in known if after <= line + NEAR)  # who wrote the play is named far above those who speak
    first = next(answered, known[0][0] if known else 0)
    if style == "own-line":  # those named once, who speak shortly before
        for line, name in reversed(said):
            titled = cast and not cast.has(speaker_key(name)) and any(line < act <= first for act in acts)
            first = line if line < first <= line + NEAR and not titled else first
    opening = min(_above_speech(rows, first), first if opening is None else opening)
    scene = max((line for line in acts if line <= first), default=0)
    spoken = _prologue(rows[:after], before, language) if style == "own-line" else None
    early: frozenset[str] = frozenset()
    if spoken is not None:
        opening, early = min(opening, spoken), frozenset(speaker_key(name) for line, name in before if line > spoken)
    hanging = style == "run-in" and hang(rows, min(row.indent for row in rows), language)
    plain, unmarked = are_unmarked(rows, language)
    spoken_at = {line for line, _ in said} if style == "run-in" else set[int]()
    column = speech_column(rows, (i for i, row in enumerate(rows) if row.line in spoken_at))
    set_in = 0 if indented else directions_indent(rows[after:], language, names, column)
    acted = staged or bool(drama) or _is_directed(rows, language, names)
    also = also_run_in(rows[after:], names, language, cast) if style == "own-line" and staged else frozenset[str]()
    marks = bracket_marks(rows[after:])
    found = Speakers(style, names, play, cast, indented, opening, scene, first, capital, hanging, alone)
    found = found._replace(unmarked=unmarked, set_in=set_in, bare=bare, early=early, plain=plain, acted=acted, marks=marks, also=also)
    return found._replace(end=last_line(rows, [line for line, _ in said], language))


def _prologue(rows: Sequence[Row], said: Sequence[tuple[int, str]], language: Language) -> int | None:
    """The source line of a prologue above the list of persons, if several speak in it."""
    for at in range(len(rows) - 1, -1, -1) if len(said) > 1 else ():
        named = named_division(rows[at].text, language) if rows[at].gap and len(rows[at].text) <= LONGEST_TITLE else None
        if named is not None and named.type == "prologue":
            names = [name for line, name in said if rows[at].line < line <= rows[at].line + NEAR]
            return rows[at].line if len(set(names)) > 1 else None
    return None


LONGEST_TITLE = 40  # characters


def _come_again(keys: Sequence[str]) -> bool:
    """Whether of those who speak often one comes again right after the next, as in talk."""
    return sum(one == third != other for one, other, third in zip(keys, keys[1:], keys[2:], strict=False)) >= ANSWERS * len(keys)


def _speak_in_verse(rows: Sequence[Row], language: Language) -> bool:
    """Whether verses stand right below names in capitals and their colons, which come again: no debate or interview has them."""
    names: Counter[str] = Counter()
    begun = following = 0
    for i, row in enumerate(rows[:-1]):
        if row.text[-1] != ":" or not row.gap or rows[i + 1].gap or match_own_line(row.text, language) is None:
            continue
        names[speaker_key(row.text.partition("(")[0].rstrip(": "))] += row.text.partition("(")[0].isupper()
        speech = [below.text for below in takewhile(lambda below: not below.gap, rows[i + 2 : i + 2 + LONGEST_SPEECH])]
        following += len(speech)
        begun += len(speech) if all(map(starts_upper, speech)) else 0
    often = sum(times for times in names.values() if times >= FEWEST)
    return len(names) > 1 and often >= FEWEST_STARTS and following >= FEWEST_VERSES and begun >= VERSES * following


LONGEST_SPEECH = 12  # lines of a speech, as far as they tell whether it is verse
FEWEST_VERSES = 0.7  # of the lines stand in speeches that begin all theirs with a capital; some scenes and songs do not
VERSES = 0.7  # of the lines stand in speeches that begin all theirs with a capital; some scenes and songs do not


def _above_speech(rows: Sequence[Row], line: int) -> int:
    """The source line at which the directions begin that stand right above the first speech: in brackets or italics, or who is there."""
    at = next((i for i, row in enumerate(rows) if row.line >= line), 0)
    end = at
    while end > 0 and rows[end].gap:
        start = end - 1
        while start > 0 and not rows[start].gap:
            start -= 1
        told = rows[start].text[0] in "([_" and rows[end - 1].text.rstrip(". ").endswith((")", "]", "_"))
        if not (told or (start == end - 1 and lists_persons(rows[start].text))) or not rows[start].gap:
            break
        end = start
    return rows[end].line if rows else line


MOST_OF_A_PART = 0.7  # of the lines: where scenes fill more, the whole is a play
SAID_IN_SCENES = 0.8  # of the speeches: what somebody says in a story may begin with a name


def _is_part(rows: Sequence[Row], language: Language, said: Sequence[tuple[int, str]]) -> bool:
    """Whether nearly all that is spoken stands in scenes, and much of the book outside them."""
    scenes = find_scenes(rows, language)
    inside = sum(any(scene.first <= line <= scene.end for scene in scenes) for line, _ in said)
    if not scenes or inside < SAID_IN_SCENES * len(said):
        return False
    return sum(scene.end - scene.first for scene in scenes) < MOST_OF_A_PART * (rows[-1].line - rows[0].line)


ALL_CAPITAL = 0.95  # of the names before speeches: the others are words of a speech that a line end brought to the front


def _speeches(rows: Sequence[Row], language: Language, style: str, names: frozenset[str]) -> list[tuple[int, str]]:
    """The source lines at the front of paragraphs at which somebody speaks, and the name there."""
    match = match_own_line if style == "own-line" else match_label
    titles = style == "own-line"  # the name of the play, over what kind it is: BRAND, A TRAGEDY
    return [
        (row.line, m["name"])
        for i, row in enumerate(rows)
        if (row.gap or row.page or row.indent or (titles and i and row.text.isupper()))  # pages may have no white space
        and (m := match(row.text, language)) is not None
        and speaker_key(m["name"]) in names
        and not (titles and i + 1 < len(rows) and _is_titled(rows[i + 1].text, language))
    ]


def _is_directed(rows: Sequence[Row], language: Language, names: frozenset[str]) -> bool:
    """Whether a direction stands behind the name of a speaker: ANNA (rising). The speech may begin below it."""
    labels = (match_label(row.text, language) or match_own_line(row.text, language) for row in rows if row.gap or row.page)
    return any(m is not None and m["direction"] and speaker_key(m["name"]) in names for m in labels)


def _bare_speeches(rows: Sequence[Row], bare: frozenset[str]) -> list[tuple[int, str]]:
    """The same where no mark stands behind the names."""
    return [(row.line, found[0]) for row in rows if (row.gap or row.page) and (found := begun_with(row.text, bare)) is not None]


def _is_titled(below: str, language: Language) -> bool:
    """Whether what stands below a name shows it for the title of the play: BRAND, A TRAGEDY; who wrote it, a picture."""
    known = words(language)
    return is_capitals(below) or known.byline.match(below.strip("_")) is not None or known.figure.match(below) is not None


def _has_points(rows: Sequence[Row], language: Language, names: frozenset[str]) -> bool:
    """Whether most names are set with a point: interviews and debates set colons."""
    points = colons = 0
    for row in rows:
        if (m := match_label(row.text, language)) is not None and (key := speaker_key(m["name"])) in names and len(key) > 1:
            points += m["mark"] == "."
            colons += m["mark"] == ":"
    return points > 2 * colons or colons == 0


ALL_ROLES = 0.9  # of what is said in an assembly is said by members with a title and by officers; in a play also by first names


def _is_assembly(rows: Sequence[Row], language: Language, style: str, names: frozenset[str]) -> bool:
    """Whether those who speak are members and officers of an assembly, or question and answer only."""
    said = [speaker_key(name) for _, name in _speeches(rows, language, style, names)]
    return bool(said) and sum(is_role(key, language) for key in said) >= ALL_ROLES * len(said)


def _speakers(rows: Sequence[Row], language: Language, told: bool, staged: bool, cast: Cast) -> tuple[str, frozenset[str]]:
    labels = find_labels(rows, language, staged, cast=cast)
    starts = count_paragraphs(rows, speech_column(rows, [label.row for label in labels] if staged else ()), staged)
    if starts < (FEWEST_STARTS // 2 if staged else FEWEST_STARTS) and not told:
        return "", frozenset()
    own = find_own_lines(rows, language, staged, cast)
    counted = any(label.key == "ii" for label in labels)  # numerals then, and no speakers abbreviated to a letter
    run_in = Counter(
        label.key
        for label in labels
        if (cast.shortens(label.key) or not _is_other(label.key, language)) and not (counted and set(label.key) <= _COUNTING)
    )
    fewest = 2 if staged else FEWEST
    italics = Counter(label.key for label in labels if label.italic and label.mark == ".")
    share = SHARE_OF_A_PLAY if staged else LEAST_SHARE
    known = {
        key: n
        for key, n in run_in.items()
        if (n >= fewest or italics[key] > 1 or cast.has(key))
        and (key in cast.names or cast.shortens(key) or not _is_abbreviation(key, language) or is_begun(key, run_in.keys()))
    }
    alone = {key: n for key, n in own.items() if (n >= fewest or cast.has(key)) and parse_roman(key) is None}
    apart = sum(bool(row.gap or row.page) for row in rows) + 1  # verses set in begin no paragraph
    if len(alone) >= 2 and sum(alone.values()) >= min(share, 0.2) * apart and sum(alone.values()) >= sum(known.values()):
        return "own-line", frozenset(k for k in own if (own[k] >= fewest or staged) and (parse_roman(k) is None or cast.has(k)))
    if len(known) >= 2 and sum(known.values()) >= share * starts and (staged or told or _answer(labels, known.keys(), language)):
        return "run-in", _run_in_names(labels, run_in, language, cast)
    often = [n for n in alone.values() if n >= FEWEST]
    if staged and len(known) >= 2 and len(often) >= 2 and sum(known.values()) / starts + sum(often) / apart >= share:
        return "run-in", _run_in_names(labels, run_in, language, cast)  # a volume of plays that are printed in two ways
    numbered = Counter(
        fold(m["role"])
        for i, row in enumerate(rows)
        if (row.gap or row.page or row.indent or rows[i - 1].text[-1] == "?")  # the answer may stand right below its question
        and (m := NUMBERED_ROLE.match(row.text))
        and fold(m["role"]) in roles(language)
    )
    if len(numbered) >= 2 and min(numbered.values()) >= 2 and numbered.total() >= 0.3 * starts:
        return "run-in", frozenset(numbered)
    if told:
        return ("run-in", frozenset(run_in)) if run_in.total() >= own.total() else ("own-line", frozenset(own))
    local = _local(rows, labels, language)
    return ("local", local) if len(local) >= 2 else ("", frozenset())


def _answer(labels: Sequence[Label], known: Collection[str], language: Language) -> bool:
    """Whether those named answer each other, one coming again after the next, or all have a title or an office: fields of a description
    (Leaves. Flowers. Habitat.) follow in their order.
    """
    keys = [label.key for label in labels if label.key in known]
    if all(" " in key and is_role(key, language) for key in known):
        return True  # Mr. Holm, the Chairman
    return _come_again(keys)


ANSWERS = 0.1  # of the speeches: in talk of two nearly all, in a debate a fifth


def _run_in_names(labels: Sequence[Label], run_in: Counter[str], language: Language, cast: Cast) -> frozenset[str]:
    """All names of a text of run-in speeches, also those that come up once: in capitals, in the italics that most labels have, with
    a title or role, or of the list of persons.
    """
    italics = {label.key for label in labels if label.italic}
    if sum(label.italic for label in labels) < 0.6 * len(labels):
        italics = set()
    capitals = {label.key for label in labels if is_set_in_capitals(label.name, language)}
    colons = sum(label.mark == ":" for label in labels) > 0.5 * len(labels)
    names = frozenset(
        key
        for key, times in run_in.items()
        if times >= FEWEST
        or cast.has(key)
        or key in italics
        or (len(key) > 1 and (times >= 2 or key in capitals or (colons and is_role(key, language))))
    )
    counted = Counter(key.partition(" ")[2] for key in names if key[0].isdigit())
    return names | {key for key in run_in if key[0].isdigit() and counted[key.partition(" ")[2]] > 1}  # 3 _Sol._ beside 1 and 2


def _with_own_lines(names: frozenset[str], own: Counter[str], cast: Cast, language: Language) -> frozenset[str]:
    """The names of a play, and those on lines of their own that share a word with one, as spirits and choirs are set over their verses,
    that others shorten, or that are a person's of the list.
    """
    words = {word for name in names for word in name.split()} - language.lowercase_in_titles - language.ordinals.keys()
    return names | {
        key
        for key in own
        if not words.isdisjoint(key.split())
        or is_role(key, language)
        or is_begun(key, names)
        or any(is_begun(name, key.split()) for name in names)
        or (key.isalpha() and cast.says(key))
    }


def _is_other(key: str, language: Language) -> bool:
    """Whether what looks like a label names a division, a note or the stage."""
    return names_division(key, language) or key in language.note_sections


def _is_abbreviation(key: str, language: Language) -> bool:
    return key in language.abbreviations or f"{key}." in language.titles


def _local(rows: Sequence[Row], labels: Sequence[Label], language: Language) -> frozenset[str]:
    """Those who speak in some pages of a book only: names in capitals with a colon that come again, those that stand near them, and
    two that answer each other; with a point, those who answer each other paragraph for paragraph; who asks and answers, by number.
    """
    colons = [label for label in labels if label.mark == ":" and not _is_other(label.key, language) and label.key not in language.divisions]
    capitals = Counter(label.key for label in colons if label.name.isupper())
    found = {key for key, times in capitals.items() if times >= 2}
    if len(found) >= 2:
        for i, label in enumerate(colons):
            beside = [other for other in colons[max(0, i - 1) : i + 2] if other is not label and abs(other.row - label.row) <= NEAR]
            near = any(other.key in found and other.name.isupper() for other in beside)
            if near and label.first and (label.name.isupper() or is_role(label.key, language)):
                found.add(label.key)
    printed = "\n".join([row.text for row in rows]) if len(colons) > 1 else ""
    for one, other in zip(colons, colons[1:], strict=False):
        if one.key == other.key or not (one.first and other.first) or any(row.gap for row in rows[one.row + 1 : other.row]):
            continue
        names = [label.key for label in (one, other) if not is_role(label.key, language)]
        if len(names) < 2 and all(_is_proper(name, printed, language) for name in names):
            found.update((one.key, other.key))
    found |= in_one_scene(rows, [label for label in labels if not (_is_other(label.key, language) or len(label.key) < FEWEST)])
    found |= asked(rows, labels, language)
    return frozenset(found) if len(found) >= 2 else frozenset()


def _is_proper(key: str, printed: str, language: Language) -> bool:
    """Whether a name is no word of the language: nowhere in the text it is written small."""
    if key in language.ordinals or key in language.enumeration or key in language.function_words:
        return False
    return f" {key.split()[-1]} " not in printed
