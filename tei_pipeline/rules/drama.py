"""Speech: speeches in plays, interviews and debates; stage directions; the list of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.shape import chunk_end, is_capitals
from tei_pipeline.rules.speakers import OWN_LINE, speaker_key, speaker_label
from tei_pipeline.rules.words import head_label, words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def speech(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A paragraph that begins with the name of somebody known to speak, set off by a point or colon, is a speech."""
    if not layout.speakers:
        return None
    row = rows[at]
    if layout.speaker_style == "own-line":
        return _own_line(rows, at, layout)
    found = speaker_label(row.text, layout)
    if found is None:
        return None
    name, name_end, label = found
    end = at + 1
    while end < len(rows) and rows[end].gap == 0 and speaker_label(rows[end].text, layout) is None:
        end += 1
    end = _more(rows, end, layout)
    container = Container("speech", row.line, speaker_key(name), label, str(name_end))
    return Match("speech", end, f"begins with the speaker {name!r}", 0.95, container=container)


def _own_line(rows: Rows, at: int, layout: Layout) -> Match | None:
    row = rows[at]
    m = OWN_LINE.match(row.text) if len(row.text) <= 120 else None
    if m is None or speaker_key(m["name"]) not in layout.speakers or (not m["name"].strip("_").isupper() and not row.gap):
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
        elif speaker_label(rows[end].text, layout):
            break
        if stage(rows, end, layout) or heading(rows, end, layout) or trailer(rows, end, layout) or rows[end].text[0] in "*[":
            break
        stop = end + 1
        while (
            stop < len(rows)
            and rows[stop].gap == 0
            and (layout.speaker_style == "own-line" or speaker_label(rows[stop].text, layout) is None)
        ):
            stop += 1
        end = stop
    return end


def stage(rows: Rows, at: int, layout: Layout) -> Match | None:
    """In a play, what stands apart in brackets, or begins with a word of the stage, is a direction."""
    if not layout.drama or (not rows[at].gap and at and rows[at].text[0] not in "(["):
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
                    and speaker_label(rows[i + 1].text, layout) is None
                    and layout.speaker_style != "own-line"
                ):
                    return None
                return Match("stage", i + 1, "in brackets, apart", 0.95)
            if i + 1 < len(rows) and rows[i + 1].gap > 2:
                return None
        return None
    end = chunk_end(rows, at)
    if (
        end - at <= 12
        and words(layout.language).stage.match(text)
        and speaker_label(text, layout) is None
        and not text.endswith((",", "?"))
    ):
        first = text.split()[0].strip("_.,:")
        if first[:1].isupper() or text[0] == "_":
            return Match("stage", end, f"begins with {first!r}", 0.85)
    if text[0] == "_" and rows[end - 1].text.rstrip(". ").endswith("_") and " ".join(r.text for r in rows[at:end]).count("_") == 2:
        return Match("stage", end, "in italics, apart", 0.8)
    return None


def _names_cast(text: str, layout: Layout) -> bool:
    bare = fold(text).strip(" .:_*")
    word = layout.language.divisions.get(bare) if len(text) < 60 else None
    return bare in layout.language.cast or (word is not None and word.type == "cast")


def cast(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names the persons of a play stand its persons, a line each."""
    if not at or not _names_cast(rows[at - 1].text, layout):
        return None
    end = at
    usual = 1
    while end < len(rows) and end - at < 120:
        row = rows[end]
        if end > at + 1:
            usual = max(usual, rows[at + 1].gap)
            if row.gap > max(2, usual + 1) or (
                row.gap >= 2 and row.gap > usual and (is_capitals(row.text) or words(layout.language).stage.match(row.text))
            ):
                break
        if (row.text[0] in "([" and row.gap and end > at) or (speaker_label(row.text, layout) and row.text.count(" ") > 8):
            break
        if is_capitals(row.text) and row.gap and end > at + 1 and layout.language.divisions.get(fold(row.text).strip(" .:")):
            break
        end += 1
    if end - at < 2:
        return None
    parts = tuple((i, i + 1, Container("castitem", rows[i].line)) for i in range(at, end))
    return Match("cast", end, f"{end - at} lines under {rows[at - 1].text!r}", 0.93, Facts(), Container("cast", rows[at].line), parts)
