"""Speech: who speaks, in plays, interviews and debates; stage directions; the list of persons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Facts, Match, Rows
from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import head_label, words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_DIRECTION = r"(?:\s*(?:\([^()]{1,200}\)|\[[^\[\]]{1,200}\]|_[^_]{1,200}_))?"
LABEL = re.compile(
    rf"^_?(?P<name>(?:(?:[^\W\d_]{{1,4}}\.\s)?[^\W\d_][^.:()\[\]!?;_\"“”«»,—]{{0,38}}?|[A-Z]\.(?:\s?[A-Z]\.)?))_?(?P<direction>{_DIRECTION})\s?(?P<mark>[.:])_?(?=[\s—–(\[_]|--|$)"
)
_ROLE_NUMBER = re.compile(r"^(?P<name>(?:[^\W\d_]+\s){0,2}?[^\W\d_]+(?:\s(?:[IVXLC]+|\d{1,3}))?)\s?(?P<mark>[.:])(?=\s|$)")
OWN_LINE = re.compile(r"^_?(?P<name>[^\W\d_][^:()\[\]!?;\"“”«»,]{0,38}?)\.?_?(?P<direction>" + _DIRECTION + r")\s?[.:]?_?$")
FEWEST = 3  # speeches: a name that comes up less often is not known for a speaker by its number alone
LEAST_SHARE = 0.3  # of the paragraphs of a play begin with a speaker; prose dialogue that looks like it stays below a tenth


def speaker_key(name: str) -> str:
    """The name of a speaker without case, points and marks."""
    return fold(name.strip("_*. ")).rstrip(".")


def find_speakers(rows: Sequence[Row], language: Language, drama: bool | None = None) -> tuple[str, frozenset[str], bool]:
    """How a text names its speakers (``run-in``, ``own-line``, ``local`` or nothing), their names, folded, and whether it is a play.

    ``drama`` is the editor's word. What was taken for a play and is none has no speakers; a play has them, however few they are.
    """
    style, names = _speakers(rows, language, told=bool(drama))
    play = style in ("run-in", "own-line") and (bool(drama) or _is_play(rows, language))
    return ("", frozenset(), False) if play and drama is False else (style, names, play)


def _is_play(rows: Sequence[Row], language: Language) -> bool:
    """Acts, scenes or a list of persons make a play; so do points after most names: interviews and debates set colons."""
    points = colons = 0
    for row in rows:
        text = row.text
        if len(text) < 60 and (row.gap or row.page):
            if fold(text).strip(" .:_*") in language.cast:
                return True
            label = head_label(text.strip("_*[]( "), language)
            if label is not None and label.type in ("act", "scene"):
                return True
        if (m := LABEL.match(text)) is not None:
            points += m["mark"] == "."
            colons += m["mark"] == ":" and m["name"].isupper()
    return points > 2 * colons or colons == 0


def _speakers(rows: Sequence[Row], language: Language, *, told: bool = False) -> tuple[str, frozenset[str]]:
    starts = [i for i, row in enumerate(rows) if row.gap or row.page or i == 0]
    if len(starts) < 8 and not told:
        return "", frozenset()
    run_in: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    own: Counter[str] = Counter()
    caps_run: Counter[str] = Counter()
    for i, row in enumerate(rows):
        text = row.text
        if not (text[0].isupper() or text[0] == "_"):
            continue
        first = row.gap or row.page or row.indent
        if first and (m := LABEL.match(text)) and _is_name(m["name"], language):
            key = speaker_key(m["name"])
            run_in[key] += 1
            if m["name"].isupper():
                caps_run[key] += 1
                if m["mark"] == ":":
                    capitals[key] += 1
        if (row.gap or row.indent > 8) and len(text) <= 45 and i + 1 < len(rows) and rows[i + 1].gap <= 1 and (m := OWN_LINE.match(text)):
            if (
                (is_capitals(m["name"]) or len(m["name"]) < 3)
                and word_count(text) <= 5
                and chunk_end(rows, i) >= i + 1
                and not is_capitals(rows[i + 1].text)
            ):
                own[speaker_key(m["name"])] += 1
    known = {
        k: v
        for k, v in run_in.items()
        if v >= FEWEST and k not in language.note_sections and k not in language.abbreviations and f"{k}." not in language.titles
    }
    total = sum(known.values())
    if len(known) >= 2 and total >= LEAST_SHARE * len(starts):
        return "run-in", frozenset(k for k in run_in if run_in[k] >= FEWEST or len(k) > 1 and (run_in[k] >= 2 or caps_run[k]))
    alone = {k: v for k, v in own.items() if v >= FEWEST and language.divisions.get(k) is None}
    if len(alone) >= 2 and sum(alone.values()) >= 0.2 * len(starts) and parse_roman(next(iter(alone))) is None:
        return "own-line", frozenset(k for k in own if language.divisions.get(k) is None)
    if told:
        return ("run-in", frozenset(run_in)) if run_in.total() >= own.total() else ("own-line", frozenset(own) - language.divisions.keys())
    local = frozenset(k for k, v in capitals.items() if v >= 2 and k not in language.note_sections and k not in language.divisions)
    return ("local", local) if len(local) >= 2 else ("", frozenset())


def _is_name(name: str, language: Language) -> bool:
    if len(name) < 2 and not name.isupper() or word_count(name) > 5 or word_count(name) == 0:
        return False
    key = fold(name)
    if f"{key}." in language.titles or f"{key}." in language.abbreviations or key in language.titles and not name.isupper():
        return False
    return name.isupper() or is_title_case(name, language.lowercase_in_titles)


def _label(text: str, layout: Layout) -> tuple[str, int, int] | None:
    """Name, length of the name with its mark, and length of the label with a direction after the name."""
    m = LABEL.match(text)
    if m is not None and (layout.speaker_style != "local" or m["mark"] == ":"):
        key = speaker_key(m["name"])
        if key in layout.speakers and (layout.speaker_style == "run-in" or m["name"].isupper()):
            return m["name"], m.end("name"), m.end()
        if layout.speaker_style == "run-in" and m["name"].isupper() and len(key) > 2 and _is_name(m["name"], layout.language):
            return m["name"], m.end("name"), m.end()
    m = _ROLE_NUMBER.match(text)
    if m is not None and layout.speakers and m["name"].isupper():
        tokens = [speaker_key(t) for t in m["name"].split()]
        bare = " ".join(t for t in tokens if parse_roman(t) is None and not t.isdigit() and t not in layout.language.ordinals)
        if (
            bare in layout.language.speakers
            or bare in layout.speakers
            or m["mark"] == ":"
            and any(t in layout.language.speakers for t in tokens)
        ):
            return m["name"], m.end("name"), m.end()
    return None


def speech(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A paragraph that begins with the name of somebody known to speak, set off by a point or colon, is a speech."""
    if not layout.speakers:
        return None
    row = rows[at]
    if layout.speaker_style == "own-line":
        return _own_line(rows, at, layout)
    if not (row.gap or row.page or row.indent or not at) and layout.speaker_style == "local":
        return None
    found = _label(row.text, layout)
    if found is None:
        return None
    name, name_end, label = found
    end = at + 1
    while end < len(rows) and rows[end].gap == 0 and _label(rows[end].text, layout) is None:
        end += 1
    end = _more(rows, end, layout)
    container = Container("speech", row.line, speaker_key(name), label, str(name_end))
    return Match("speech", end, f"begins with the speaker {name!r}", 0.95, container=container)


def _own_line(rows: Rows, at: int, layout: Layout) -> Match | None:
    row = rows[at]
    m = OWN_LINE.match(row.text) if len(row.text) <= 120 else None
    if m is None or speaker_key(m["name"]) not in layout.speakers or not m["name"].strip("_").isupper() and not row.gap:
        return None
    if at + 1 >= len(rows) or rows[at + 1].gap > 1:
        return None
    end = chunk_end(rows, at) if rows[at + 1].gap == 0 else chunk_end(rows, at + 1)
    for i in range(at + 1, end):
        again = OWN_LINE.match(rows[i].text) if len(rows[i].text) <= 60 else None
        if again and speaker_key(again["name"]) in layout.speakers and is_capitals(again["name"]):
            end = i
            break
    end = _more(rows, end, layout)
    return Match(
        "speech",
        end,
        f"the speaker {m['name']!r} on a line of his own",
        0.93,
        container=Container("speech", row.line, speaker_key(m["name"]), len(row.text), str(m.end("name"))),
    )


def _more(rows: Rows, end: int, layout: Layout) -> int:
    """The paragraphs that go on with a speech: until somebody else speaks, a heading, a direction apart, a wider gap."""
    from tei_pipeline.rules.headings import heading
    from tei_pipeline.rules.letters import trailer

    while end < len(rows) and rows[end].gap <= 1:
        if layout.speaker_style == "own-line":
            if _own_line(rows, end, layout):
                break
        elif _label(rows[end].text, layout):
            break
        if stage(rows, end, layout) or heading(rows, end, layout) or trailer(rows, end, layout) or rows[end].text[0] in "*[":
            break
        stop = end + 1
        while stop < len(rows) and rows[stop].gap == 0 and (layout.speaker_style == "own-line" or _label(rows[stop].text, layout) is None):
            stop += 1
        end = stop
    return end


def stage(rows: Rows, at: int, layout: Layout) -> Match | None:
    """In a play, what stands apart in brackets, or begins with a word of the stage, is a direction."""
    if not layout.drama or not rows[at].gap and at and rows[at].text[0] not in "([":
        return None
    text = rows[at].text
    label = head_label(text, layout.language)
    if label is not None and label.type:
        return None
    if text[0] in "([_" and (text[0] != "_" or text[1:2] in "(["):
        opening = "(" if "(" in text[:2] else "["
        closing = ")" if opening == "(" else "]"
        if opening not in text[:2]:
            return None
        depth = 0
        for i in range(at, min(len(rows), at + 60)):
            depth += rows[i].text.count(opening) - rows[i].text.count(closing)
            if depth <= 0:
                if not rows[i].text.rstrip("_. ").endswith(closing):
                    return None
                if (
                    i + 1 < len(rows)
                    and rows[i + 1].gap == 0
                    and _label(rows[i + 1].text, layout) is None
                    and layout.speaker_style != "own-line"
                ):
                    return None
                return Match("stage", i + 1, "in brackets, apart", 0.95)
            if i + 1 < len(rows) and rows[i + 1].gap > 2:
                return None
        return None
    end = chunk_end(rows, at)
    if end - at <= 12 and words(layout.language).stage.match(text) and _label(text, layout) is None and not text.endswith((",", "?")):
        first = text.split()[0].strip("_.,:")
        if first[:1].isupper() or text[0] == "_":
            return Match("stage", end, f"begins with {first!r}", 0.85)
    if text[0] == "_" and rows[end - 1].text.rstrip(". ").endswith("_") and " ".join(r.text for r in rows[at:end]).count("_") == 2:
        return Match("stage", end, "in italics, apart", 0.8)
    return None


def cast(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names the persons of a play stand its persons, a line each."""
    if not at or fold(rows[at - 1].text).strip(" .:_*") not in layout.language.cast:
        return None
    end = at
    usual = 1
    while end < len(rows) and end - at < 120:
        row = rows[end]
        if end > at + 1:
            usual = max(usual, rows[at + 1].gap)
            if (
                row.gap > max(2, usual + 1)
                or row.gap >= 2
                and row.gap > usual
                and (is_capitals(row.text) or words(layout.language).stage.match(row.text))
            ):
                break
        if row.text[0] in "([" and row.gap and end > at or _label(row.text, layout) and row.text.count(" ") > 8:
            break
        if is_capitals(row.text) and row.gap and end > at + 1 and layout.language.divisions.get(fold(row.text).strip(" .:")):
            break
        end += 1
    if end - at < 2:
        return None
    parts = tuple((i, i + 1, Container("castitem", rows[i].line)) for i in range(at, end))
    return Match("cast", end, f"{end - at} lines under {rows[at - 1].text!r}", 0.93, Facts(), Container("cast", rows[at].line), parts)
