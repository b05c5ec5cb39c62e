"""Where a digital library's own words stand around the book: licence, markers, producers' notes.

The wordings are those that Project Gutenberg, Wikisource and the Internet Archive have put around plain texts over the years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_pipeline.rows import Row

_START = re.compile(
    r"\*{3,}\s*START\s*OF\s*(?:THE|THIS)?\s*(?:PROJECT\s+GUTENBERG|.{0,80}?E-?(?:BOOK|TEXT))|\*END\*?\s*THE SMALL PRINT|^\*{3}\s*START:?\s",
    re.I,
)
_END = re.compile(
    r"\*{3,}\s*END\s*OF\s*(?:THE|THIS)?\s*(?:PROJECT\s+GUTENBERG|.{0,80}?E-?(?:BOOK|TEXT))"
    r"|^(?:The\s+)?End\s+of\s+(?:the\s+|this\s+)?Project\s+Gutenberg|^\*{3}\s*END:?\s"
    r"|^Fin\s+(?:du|de)\s+(?:la\s+)?.{0,10}Project\s+Gutenberg|^Ende\s+(?:dieses|des)\s+.{0,20}Project\s+Gutenberg",
    re.I,
)
_OPENING = re.compile(
    r"Project\s+Gutenberg|^\W*(?:Title|Author|Language|Release Date)\s*:|Internet\s+Archive|Digitized\s+by|Wikisource|From Wikisource", re.I
)
_PRODUCER = re.compile(
    r"^\W*(?:Produced\s+by|E-?text\s+prepared|This\s+e-?(?:text|book)\s+was\s+(?:produced|prepared|transcribed|scanned)|Transcribed\s+(?:from|by)"
    r"|Prepared\s+by|Scanned\s+(?:and|by)|Digitized\s+by|HTML\s+version\s+by|Credits:"
    r"|(?:\[?\s*)?Transcriber['’]?s?['’]?\s+Notes?|Note:\s+Project\s+Gutenberg|Note:\s+Images\s+of|Notes?\s+du\s+transcripteur|Notes?\s+au\s+lecteur"
    r"|Notes?\s+de\s+(?:la\s+)?transcription|Transcription\s+Notes?|(?:Weitere\s+)?Anmerkungen?\s+zur\s+Transkription|Anmerkung\s+des\s+Bearbeiters"
    r"|Not[ae]s?\s+(?:del?|do)\s+(?:trascrittore|transcriptor)|Opmerkingen\s+van\s+de\s+bewerker)",
    re.I,
)
_NOTE_TITLE = re.compile(
    r"^[\W_]*(?:Transcriber['’]?s?['’]?\s+Notes?|Notes?\s+d[eu]\s+(?:la\s+)?transcript\w+|Notes?\s+au\s+lecteur|Anmerkungen?\s+\w+\s+\w+)[\W_]*$",
    re.I,
)
_CREDIT = re.compile(
    r"Distributed\s+Proofread|pgdp\.net|archive\.org|gutenberg\.|proofread|e-?text|https?://|images?\s+generously|HTML|corrections\s+by",
    re.I,
)
_EXPORTED = re.compile(r"^Export(?:ed|é|iert)\s+(?:from|de(?:puis)?|aus)\s+Wikisource\b", re.I)
_ABOUT = re.compile(r"^(?:About this digital edition|À propos de cette édition électronique|Über diese digitale Edition)$", re.I)
ABOUT_LINES = 60  # printed lines in which the notice of a Wikisource export stands at the end of the book
_SMALL = re.compile(r"small\s+print|full\s+licen[sc]e|terms\s+of\s+use", re.I)

HEAD_LINES = 400  # printed lines in which the opening marker of a library stands; the longest known licence in front takes about 350


def boilerplate(rows: Sequence[Row]) -> tuple[int, int, int, int]:
    """Four places in ``rows``: end of the opening words, end of the producers' notes after them, start of such notes at the end,
    start of the closing words.

    Without any, ``(0, 0, len(rows), len(rows))``.
    """
    count = len(rows)
    head = 0
    opening = any(_OPENING.search(row.text) for row in rows[:12])
    for i in range(min(count, HEAD_LINES)):
        text = rows[i].text
        if ("*" in text or "_" in text) and _START.search(text):
            head = i + 1
            while head < count and head <= i + 4 and rows[head].gap == 0:
                head += 1
    exported = next((i + 1 for i in range(min(count, 12)) if _EXPORTED.match(rows[i].text)), 0)
    head = max(head, exported)
    tail = count
    if exported:
        tail = next((i for i in range(max(head, count - ABOUT_LINES), count) if rows[i].gap and _ABOUT.match(rows[i].text)), count)
    for i in range(count - 1, max(head, count - 700), -1):
        text = rows[i].text
        if text[0] in "*EeTtFf" and _END.search(text):
            tail = i
    if not head and opening and any("gutenberg" in row.text.lower() for row in rows[:12]):
        head = _header_without_marker(rows, tail)
    if tail == count and head:
        for i in range(max(head, count - 500), count):
            if _SMALL.search(rows[i].text) and "gutenberg" in " ".join(r.text for r in rows[i : i + 6]).lower():
                tail = i
                break
    produced = _producers(rows, head, tail) if head or opening else _producers(rows, 0, min(tail, 12)) and _producers(rows, 0, tail)
    notes = _closing_notes(rows, produced, tail)
    return head, max(head, produced), notes, tail


def _header_without_marker(rows: Sequence[Row], end: int) -> int:
    """The header's end when no marker closes it: past the last of its own lines near the top, up to a wide gap that none of them
    follows.
    """
    last = 0
    for i in range(min(end, 60)):
        own = _OPENING.search(rows[i].text) or _CREDIT.search(rows[i].text)
        if rows[i].gap >= 3 and not own and i:
            break
        if own:
            last = i + 1
    while 0 < last < end and rows[last].gap == 0:
        last += 1
    return last


def _chunk_end(rows: Sequence[Row], at: int, end: int) -> int:
    at += 1
    while at < end and rows[at].gap == 0:
        at += 1
    return at


def _producers(rows: Sequence[Row], at: int, end: int) -> int:
    """Past the credits and transcriber's notes that follow the opening words, chunk by chunk; a note under its own title ends with the
    wide space before the book, one that is set in where lines begin at the margin again.
    """
    reached = at
    noted = titled = False
    set_in: bool | None = None
    for _ in range(14):
        if at >= end:
            break
        stop = _chunk_end(rows, at, end)
        words = " ".join(row.text for row in rows[at:stop])
        own = bool(_PRODUCER.match(words) or _CREDIT.search(words))
        if own:
            noted = noted or "transcri" in words.lower() or words.lower().startswith("note")
            titled = titled or bool(_NOTE_TITLE.match(words))
            reached = stop
        elif not noted or rows[at].gap > 2:
            break
        else:
            set_in = rows[at].indent >= 2 if set_in is None else set_in
            if rows[at].indent < 2 and (set_in or not titled or words.isupper()):
                break
            reached = stop
        at = stop
    return reached


def _closing_notes(rows: Sequence[Row], low: int, end: int) -> int:
    """The start of a transcriber's note that ends the book, or ``end``."""
    for i in range(max(low, end - 150), end):
        if rows[i].gap >= 2 and _PRODUCER.match(rows[i].text) and "produced" not in rows[i].text.lower():
            return i
    return end
