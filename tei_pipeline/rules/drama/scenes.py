"""Scenes of plays within books that are none: a chapter of a novel in speeches, a farce in a magazine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tei_pipeline.language import Language, parse_roman
from tei_pipeline.measuring.verse.lineation import begins_large
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.persons import Cast, cast_names, names_cast, speaker_key
from tei_pipeline.rules.drama.speaker_names import is_name, names_division
from tei_pipeline.rules.drama.speakers import match_label, match_own_line
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_title_case

FEWEST = 8  # speeches: fewer may be the entries of a list
FEWEST_LISTED = 4  # speeches of persons whom a list names: their names are known
FEWEST_NAMES = 3  # who speak: two that take turns are also question and answer, problem and solution
APART = 3  # paragraphs between two speeches: a song, directions; farther apart they are of different scenes
STANZAS = 8  # the same of speeches in verse
SHARE = 0.4  # of the paragraphs of a scene begin with a name


class Scene(NamedTuple):
    """Speeches in a row: from a source line to past another, how speakers are named there, their names by key, and whether these are
    in capitals.
    """

    first: int
    end: int
    style: str
    names: frozenset[str]
    capital: bool = True


class _Named(NamedTuple):
    row: int
    chunk: int
    key: str
    directed: bool = False


def find_scenes(rows: Sequence[Row], language: Language) -> tuple[Scene, ...]:
    """The scenes of a book: runs of paragraphs that begin with names in capitals, three or more persons who answer each other; two, where
    the names stand alone over them with a colon, or over verses; or in italics, with those of a list of persons.
    """
    own: list[_Named] = []
    over: list[_Named] = []
    run_in: list[_Named] = []
    sung: list[_Named] = []
    italic: list[_Named] = []
    cast = Cast()
    chunk = 0
    for i, row in enumerate(rows[:-1]):
        chunk += bool(row.gap)
        if row.gap and row.text[0] == "_" and cast and (listed := _listed(row.text, cast, language)):
            italic.append(_Named(i, chunk, listed))
        below = rows[i + 1].gap
        if (
            0 < row.gap <= NEXT
            and (below == 1 or (not below and row.text[-1] == ":"))
            and (key := _over_verses(rows, i, language)) is not None
        ):
            sung.append(_Named(i, chunk, key))
        elif 0 < row.gap <= NEXT and "_" in row.text and (key := _directed_over_verses(rows, i, language)) is not None:
            sung.append(_Named(i, chunk, key, directed=True))
        if not row.gap or not (row.text[:2].isupper() or row.text[0].isdigit()):
            continue
        if len(row.text) <= LONGEST_TITLE and names_cast(row.text, language):
            cast = Cast(cast.names | cast_names(rows, i + 1, language), language)
        if (key := _over(rows, i, language)) is not None:
            over.append(_Named(i, chunk, key))
        elif (key := _alone(rows, i, language)) is not None:
            own.append(_Named(i, chunk, key))
        elif (key := _before_words(row.text, language)) is not None:
            run_in.append(_Named(i, chunk, key))
    found = [
        Scene(_first(rows, run[0].row), _last(rows, run[-1].row), style, frozenset(named.key for named in run))
        for style, every in (("own-line", own), ("run-in", run_in))
        for run in _runs(every)
        if _is_talk(run)
    ]
    for run in _runs(over):
        if _is_exchange(run):
            names = frozenset(named.key for named in run)
            found.append(Scene(rows[run[0].row].line, _last(rows, run[-1].row + 1), "own-line", names))
    for run in _sung_runs(rows, sung):
        longer = sum(chunk_end(rows, named.row + 1) - named.row > FEWEST_VERSES for named in run)
        if longer >= LONGER * len(run) and (_is_exchange(run) or _is_talk(run, share=0.0) or _is_directed(run)):
            names = frozenset(named.key for named in run)
            found.append(Scene(rows[run[0].row].line, _last(rows, _last_stanza(rows, run[-1].row + 1)), "own-line", names, capital=False))
    for run in _runs(italic, STANZAS):
        names = frozenset(named.key for named in run)
        if len(run) >= FEWEST_LISTED and len(names) > 1 and len(run) >= SHARE * (run[-1].chunk - run[0].chunk + 1):
            found.append(Scene(_first(rows, run[0].row), _last_sung(rows, run[-1].row), "run-in", names, capital=False))
    return tuple(sorted(found))


LONGEST_TITLE = 40  # characters of the heading over a list of persons


def _listed(text: str, cast: Cast, language: Language) -> str:
    """The key of a person of the list whose name begins a line, in italics and with a point behind it: "_Anna._ Come in."."""
    m = match_label(text, language)
    if m is None or m["mark"] != "." or (m.end() >= len(text) and not m["direction"]):
        return ""
    key = speaker_key(m["name"])
    return key if len(key) > 2 and (cast.has(key) or (" " in key and cast.has(key.rsplit(" ", 1)[-1]))) else ""  # the elder brother


def _alone(rows: Sequence[Row], at: int, language: Language) -> str | None:
    """The name that stands alone on a line with words right below it."""
    text, below = rows[at].text, rows[at + 1]
    if len(text) > 60 or below.gap or (is_capitals(below.text) and below.text[0] not in "(["):
        return None
    m = match_own_line(text, language)
    return _key(m["name"], language) if m is not None else None


def _over(rows: Sequence[Row], at: int, language: Language) -> str | None:
    """The name in capitals that stands alone with a colon, over the paragraph that an empty line parts from it: "THE PORTER:"."""
    text, below = rows[at].text, rows[at + 1]
    if len(text) > LONGEST_TITLE or text[-1] != ":" or below.gap != 1 or is_capitals(below.text):
        return None
    m = match_own_line(text, language)
    return _key(m["name"], language) if m is not None and not m["direction"] else None


def _over_verses(rows: Sequence[Row], at: int, language: Language) -> str | None:
    """The name in capitals or italics, or with a colon, that stands alone over verses which an empty line parts from it."""
    text = rows[at].text
    name = text.strip("_").rstrip(".:")
    if len(text) > LONGEST_TITLE or "," in text or not name[:1].isupper():
        return None
    if text[-1] == ":":
        if not is_title_case(name, language.lowercase_in_titles) or name.count(" ") >= MOST_WORDS:
            return None
    elif not (name.isupper() or text[0] == "_" == text.rstrip(".")[-1]):
        return None
    stanza = rows[at + 1 : chunk_end(rows, at + 1)]
    if any(len(row.text) > LONGEST_VERSE or not begins_large(row.text) for row in stanza) or is_capitals(stanza[0].text):
        return None
    return _key(name.upper(), language)


def _directed_over_verses(rows: Sequence[Row], at: int, language: Language) -> str | None:
    """The same, where a direction in italics stands behind the name, perhaps to the next line: "THE WITCH, _from the tower_."."""
    end = chunk_end(rows, at)
    if end - at > 2 or end >= len(rows) or rows[end].gap != 1 or not rows[at].text[:2].isupper():
        return None
    m = match_own_line(" ".join(row.text for row in rows[at:end]), language)
    if m is None or m["direction"].lstrip(" ,")[:1] != "_":
        return None
    stanza = rows[end : chunk_end(rows, end)]
    if any(len(row.text) > LONGEST_VERSE or not begins_large(row.text) for row in stanza) or is_capitals(stanza[0].text):
        return None
    return _key(m["name"], language)


MOST_WORDS = 4  # of a name with a colon
LONGEST_VERSE = 60  # characters


def _last_stanza(rows: Sequence[Row], at: int) -> int:
    """The row at which the last stanza of a speech begins: up to where more than an empty line parts the verses, or none begin large."""
    while (end := chunk_end(rows, at)) < len(rows) and rows[end].gap == 1:
        stanza = rows[end : chunk_end(rows, end)]
        if len(stanza) < FEWEST_VERSES or any(len(row.text) > LONGEST_VERSE or not begins_large(row.text) for row in stanza):
            break
        at = end
    return at


FEWEST_VERSES = 2
LONGER = 0.5  # of the speeches in verse have several lines: a place over the greeting of a letter stands over one


def _before_words(text: str, language: Language) -> str | None:
    """The name that begins a line, with a point behind it."""
    m = match_label(text, language)
    return _key(m["name"], language) if m is not None and m["mark"] == "." and m.end() < len(text) else None


def _key(name: str, language: Language) -> str | None:
    key = speaker_key(name)
    if not name.isupper() or len(key) < 3 or not is_name(name, language) or parse_roman(key) is not None or names_division(key, language):
        return None
    label = head_label(name, language)
    return key if (label is None or not label.type) and key not in language.note_sections else None


def _runs(every: Sequence[_Named], apart: int = APART) -> Iterator[Sequence[_Named]]:
    """The names in runs, each near the one before it."""
    start = 0
    for i in range(1, len(every) + 1):
        if i == len(every) or every[i].chunk - every[i - 1].chunk > apart:
            yield every[start:i]
            start = i


def _sung_runs(rows: Sequence[Row], every: Sequence[_Named]) -> Iterator[Sequence[_Named]]:
    """The same of names over verses, which stand as near to the verses before as these do to each other; the first may be the title."""
    for near in _runs(every, STANZAS):
        usual = Counter(rows[named.row].gap for named in near[1:] if rows[named.row].text[-1] == ":").most_common(1)
        starts = [k for k, named in enumerate(near) if k == 0 or rows[named.row].gap == NEXT > (usual[0][0] if usual else 1)]
        for start, end in pairwise([*starts, len(near)]):
            titled = end - start > 1 and all(other.key != near[start].key for other in near[start + 1 : end])
            yield near[start + titled : end]


NEXT = 2  # empty lines above a name, at most: above the first of a dialogue


def _is_talk(run: Sequence[_Named], share: float = SHARE) -> bool:
    """Whether persons answer each other: several come again, and not always the same after the same, as fields of a description do."""
    if len(run) < FEWEST or len(run) < share * (run[-1].chunk - run[0].chunk + 1):
        return False
    times = Counter(named.key for named in run)
    after: dict[str, set[str]] = {}
    for one, other in zip(run, run[1:], strict=False):
        after.setdefault(one.key, set()).add(other.key)
    return len(times) >= FEWEST_NAMES and sum(n > 1 for n in times.values()) > 1 and sum(len(keys) > 1 for keys in after.values()) > 1


def _is_exchange(run: Sequence[_Named]) -> bool:
    """Whether two or more persons take turns: each comes again, mostly right after the next."""
    times = Counter(named.key for named in run)
    if len(run) < FEWEST_LISTED or len(times) < 2 or sum(n > 1 for n in times.values()) < 2:
        return False
    turns = sum(one.key == third.key != other.key for one, other, third in zip(run, run[1:], run[2:], strict=False))
    return turns >= TURNS * (len(run) - 2)


def _is_directed(run: Sequence[_Named]) -> bool:
    """Whether a direction stands behind a name, and two of the names or more come again."""
    times = Counter(named.key for named in run)
    return any(named.directed for named in run) and len(run) >= FEWEST_LISTED and sum(n > 1 for n in times.values()) > 1


TURNS = 0.5  # of what is said, where the names alone do not tell that they are persons


def _first(rows: Sequence[Row], at: int) -> int:
    """The source line of the first speech, or of a paragraph in brackets right above it, which describes the scene."""
    start = at - 1
    while start > 0 and not rows[start].gap:
        start -= 1
    if start < 0 or rows[at].gap > NEXT:
        return rows[at].line
    bracketed = rows[start].text[0] in "([" and rows[at - 1].text[-1] in ")]"
    return rows[start if bracketed or _is_in_italics(rows[start:at]) else at].line


def _is_in_italics(chunk: Sequence[Row]) -> bool:
    """Whether a paragraph is a sentence in italics, as directions are."""
    return chunk[0].text[0] == "_" and chunk[-1].text[-1] == "_" and sum(row.text.count("_") for row in chunk) == 2


def _last_sung(rows: Sequence[Row], at: int) -> int:
    """The source line past the last speech and what is sung below it: verses as far in as what is said, and directions in italics."""
    end = chunk_end(rows, at)
    while rows[at].indent and end < len(rows) and rows[end].gap <= NEXT:
        chunk = rows[end : chunk_end(rows, end)]
        if not (_is_in_italics(chunk) or min(row.indent for row in chunk) >= rows[at].indent):
            break
        end += len(chunk)
    return rows[end - 1].line + 1


def _last(rows: Sequence[Row], at: int) -> int:
    """The source line past the last speech."""
    return rows[chunk_end(rows, at) - 1].line + 1
