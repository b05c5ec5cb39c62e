"""Who speaks: the names that a text sets before speeches, on a line of their own or run in, found from the whole text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import head_label, named_division, words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_DIRECTION = r"(?:,?\s*(?:\([^()]{1,200}\)|\[[^\[\]]{1,200}\]|_[^_]{1,200}_))?"
_NAME = r"(?:[^\W\d_][^.:()\[\]!?;_\"“”«»,—]{0,38}?|[A-Z]\.(?:\s?[A-Z]\.)?)"
_AFTER = rf"_?(?P<direction>{_DIRECTION})\s?(?P<mark>[.:])_?(?=[\s—–(\[_]|--|$)"
_LABEL = re.compile(rf"^_?(?P<name>{_NAME}){_AFTER}")
_TITLED = re.compile(rf"^_?(?P<name>(?P<title>\d{{1,2}}\.|[^\W\d_]{{1,5}}\.)\s{_NAME}){_AFTER}")
_ROLE_NUMBER = re.compile(r"^(?P<name>(?:[^\W\d_]+\s){0,2}?[^\W\d_]+(?:\s(?:[IVXLC]+|\d{1,3}))?)\s?(?P<mark>[.:])(?=\s|$)")
_NUMBERED_ROLE = re.compile(r"^(?P<name>(?:\d{1,3}\.\s)?(?P<role>[^\W\d_]{1,12}))(?P<mark>[.:])(?=\s)")
OWN_LINE = re.compile(r"^_?(?P<name>[^\W\d_][^:()\[\]!?;\"“”«»,]{0,38}?)\.?_?(?P<direction>" + _DIRECTION + r")\s?[.:]?_?$")
FEWEST = 3  # speeches: a name that comes up less often is not known for a speaker by its number alone
LEAST_SHARE = 0.3  # of the paragraphs of a play begin with a speaker; prose dialogue that looks like it stays below a tenth
SHARE_OF_A_PLAY = 0.12  # with acts, a list of persons or stage words beside it: plays have much else


def speaker_key(name: str) -> str:
    """The name of a speaker without case, points and marks."""
    return fold(name.strip("_*. ")).rstrip(".")


def match_label(text: str, language: Language) -> re.Match[str] | None:
    """The name at the front of a run-in speech, its direction and mark; a title with its point (Mrs. Linde.) or a number (1.
    Watch.) belongs to the name.
    """
    if "." not in text[:60] and ":" not in text[:60]:
        return None
    m = _TITLED.match(text)
    if m is not None and (m["title"][0].isdigit() or fold(m["title"]) in language.titles):
        return m
    return _LABEL.match(text)


def find_speakers(rows: Sequence[Row], language: Language, drama: bool | None = None) -> tuple[str, frozenset[str], bool]:
    """How a text names its speakers (``run-in``, ``own-line``, ``local`` or nothing), their names, folded, and whether it is a play.

    ``drama`` is the editor's word. What was taken for a play and is none has no speakers; a play has them, however few they are.
    """
    staged, cast = _staging(rows, language)
    style, names = _speakers(rows, language, bool(drama), staged, cast)
    play = style in ("run-in", "own-line") and (bool(drama) or staged or _has_points(rows, language))
    return ("", frozenset(), False) if play and drama is False else (style, names, play)


def _staging(rows: Sequence[Row], language: Language) -> tuple[bool, frozenset[str]]:
    """Whether a text has what only plays have (acts or scenes, a list of persons, stage directions apart), and the names of that list."""
    acts = directions = 0
    cast: frozenset[str] = frozenset()
    opening = words(language).stage
    for i, row in enumerate(rows):
        if not (row.gap or row.page) or len(row.text) > 60:
            continue
        text = row.text.strip("_*[]( ")
        if not text:
            continue
        if not cast and fold(text).strip(" .:_*") in language.cast:
            cast = _cast_names(rows, i + 1)
        label = head_label(text, language)
        if label is not None and label.type in ("act", "scene"):
            acts += 1
        elif text[0].isupper() and opening.match(text) and (row.text[0] in "_[(" or text[-1] in ".]"):
            directions += 1
    return bool(cast) or acts > 0 or directions >= 4, cast


def _cast_names(rows: Sequence[Row], at: int) -> frozenset[str]:
    names: set[str] = set()
    for row in rows[at : at + 80]:
        if row.gap > 2 and names:
            break
        name = re.split(r",|\(|\s-|—|--|\.\s{2,}|\.{3}", row.text, maxsplit=1)[0].strip("_*. ")
        if not name or word_count(name) > 6:
            continue
        names.add(speaker_key(name))
        proper = [w for w in name.split() if w.isupper() and len(w.strip(".")) > 2]
        names.update(speaker_key(w) for w in proper)
        if not name.isupper() and word_count(name) <= 3:
            names.add(speaker_key(name.split()[-1]))
            names.add(speaker_key(name.split()[0]))
    return frozenset(n for n in names if len(n) > 1)


def _has_points(rows: Sequence[Row], language: Language) -> bool:
    """Whether most names are set with a point: interviews and debates set colons."""
    points = colons = 0
    for row in rows:
        if (m := match_label(row.text, language)) is not None:
            points += m["mark"] == "."
            colons += m["mark"] == ":" and m["name"].isupper()
    return points > 2 * colons or colons == 0


def _speakers(rows: Sequence[Row], language: Language, told: bool, staged: bool, cast: frozenset[str]) -> tuple[str, frozenset[str]]:
    margin = min((row.indent for row in rows), default=0)
    starts = sum(1 for row in rows if row.gap or row.page or (staged and row.indent > margin)) + 1
    if starts < 8 and not told:
        return "", frozenset()
    run_in: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    own: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    caps_run: set[str] = set()
    for i, row in enumerate(rows):
        text = row.text
        first = row.gap or row.page or row.indent
        if first and (m := _NUMBERED_ROLE.match(text)) and fold(m["role"]) in _roles(language):
            roles[fold(m["role"])] += 1
        if not (text[0].isupper() or text[0] == "_" or text[0].isdigit()):
            continue
        if (first or ":" in text[:40]) and (m := match_label(text, language)) and _is_name(m["name"], language):
            key = speaker_key(m["name"])
            if not first and not (m["mark"] == ":" and m["name"].isupper()):
                continue
            run_in[key] += 1
            if m["name"].isupper():
                caps_run.add(key)
                if m["mark"] == ":":
                    capitals[key] += 1
        if (
            (row.gap or row.page or row.indent > 8)
            and len(text) <= 80
            and i + 1 < len(rows)
            and rows[i + 1].gap <= 1
            and (m := OWN_LINE.match(text))
        ):
            name = m["name"]
            if (is_capitals(name) or len(name) < 3) and word_count(name) <= 5 and not is_capitals(rows[i + 1].text):
                label = head_label(text.strip("_"), language)
                if label is None or not label.type:
                    own[speaker_key(name)] += 1
    for names in (run_in, own, capitals):
        for key in [k for k in names if _names_division(k, language)]:
            del names[key]
    fewest = 2 if staged else FEWEST
    share = SHARE_OF_A_PLAY if staged else LEAST_SHARE
    known = {
        k: v
        for k, v in run_in.items()
        if (v >= fewest or k in cast)
        and k not in language.note_sections
        and k not in language.abbreviations
        and f"{k}." not in language.titles
    }
    alone = {k: v for k, v in own.items() if (v >= fewest or k in cast) and language.divisions.get(k) is None and parse_roman(k) is None}
    if len(alone) >= 2 and sum(alone.values()) >= min(share, 0.2) * starts and sum(alone.values()) >= sum(known.values()):
        return "own-line", frozenset(k for k in own if language.divisions.get(k) is None and (own[k] >= fewest or k in cast or staged))
    if len(known) >= 2 and sum(known.values()) >= share * starts:
        return "run-in", frozenset(
            k for k in run_in if run_in[k] >= FEWEST or k in cast or (len(k) > 1 and (run_in[k] >= 2 or k in caps_run))
        )
    if len(roles) >= 2 and min(roles.values()) >= 2 and roles.total() >= 0.3 * starts:
        return "run-in", frozenset(roles)
    if told:
        return ("run-in", frozenset(run_in)) if run_in.total() >= own.total() else ("own-line", frozenset(own) - language.divisions.keys())
    local = frozenset(k for k, v in capitals.items() if v >= 2 and k not in language.note_sections and k not in language.divisions)
    return ("local", local) if len(local) >= 2 else ("", frozenset())


def _names_division(key: str, language: Language) -> bool:
    if key in language.cast or ((named := named_division(key, language)) is not None and named.matter != "body"):
        return True
    label = head_label(key.upper(), language)
    return (label is not None and bool(label.type)) or key in language.trailers or key in language.stage


@lru_cache(maxsize=16)
def _roles(language: Language) -> frozenset[str]:
    """Short labels of questions and answers: Q. and A. in a catechism."""
    return frozenset(form.rstrip(".") for form in language.speakers if len(form.rstrip(".")) <= 8)


def _is_name(name: str, language: Language) -> bool:
    if (len(name) < 2 and not name.isupper()) or word_count(name) > 5 or word_count(name) == 0:
        return False
    key = fold(name)
    if f"{key}." in language.titles or f"{key}." in language.abbreviations or (key in language.titles and not name.isupper()):
        return False
    return name.isupper() or is_title_case(name, language.lowercase_in_titles)


def speaker_label(text: str, layout: Layout) -> tuple[str, int, int] | None:
    """Name, length of the name with its mark, and length of the label with a direction after the name."""
    m = match_label(text, layout.language)
    if m is not None and (layout.speaker_style != "local" or m["mark"] == ":"):
        key = speaker_key(m["name"])
        if key in layout.speakers and (layout.speaker_style == "run-in" or m["name"].isupper()):
            return m["name"], m.end("name"), m.end()
        known = (
            layout.speaker_style == "run-in"
            and m["name"].isupper()
            and not _names_division(key, layout.language)
            and len(key) > 2
            and _is_name(m["name"], layout.language)
        )
        if known and ((division := head_label(text, layout.language)) is None or not division.type) and len(text) > m.end():
            return m["name"], m.end("name"), m.end()
    if layout.speaker_style == "run-in" and (m := _NUMBERED_ROLE.match(text)) is not None and fold(m["role"]) in layout.speakers:
        return m["name"], m.end("name"), m.end()
    m = _ROLE_NUMBER.match(text)
    if m is not None and layout.speakers and m["name"].isupper() and len(text) > m.end():
        tokens = [speaker_key(t) for t in m["name"].split()]
        bare = " ".join(t for t in tokens if parse_roman(t) is None and not t.isdigit() and t not in layout.language.ordinals)
        generic = bare in layout.language.speakers or bare in layout.speakers
        if generic or (m["mark"] == ":" and any(t in layout.language.speakers for t in tokens)):
            return m["name"], m.end("name"), m.end()
    return None
