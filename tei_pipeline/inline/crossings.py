"""References to other places of the same book: ``see note 3 above``, ``this volume, pp. 77-82``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from tei_pipeline import model
from tei_pipeline.folding import alternation
from tei_pipeline.inline.flow import Mark
from tei_pipeline.inline.words import words
from tei_pipeline.language import Language
from tei_pipeline.model import Content, Spans


@lru_cache(maxsize=8)
def _note(language: Language) -> re.Pattern[str]:
    notes = alternation(form for form in language.note_prefixes if len(form) > 1)
    return re.compile(rf"(?<!\w)(?:{notes}) (\d{{1,3}})(?!\d)", re.I)


def marks(text: str, language: Language, note_at: Callable[[str], str | None]) -> list[Mark]:
    """The references that the words of running text show; ``note_at`` gives the key of the note of that number."""
    own = words(language.code)
    for cue in own.cues:
        if cue in text:
            break
    else:
        return []
    return [Mark(m.start(), m.end(), _link(note_at(m["note"]) if m["note"] else None), 3) for m in own.cross.finditer(text)]


def bracketed(text: str, start: int, end: int, language: Language, note_at: Callable[[str], str | None]) -> Mark:
    """The words between brackets that are such a reference as a whole."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    note = _note(language).search(text, start, end)
    return Mark(start, end, _link(note_at(note[1]) if note is not None else None), 3)


def _link(target: str | None) -> Callable[[Content, Spans], model.Link]:
    def make(content: Content, spans: Spans) -> model.Link:
        return model.Link(content, target, spans)

    return make
