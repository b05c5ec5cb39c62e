"""References to other places of the same book: ``see note 3 above``, ``this volume, pp. 77-82``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from tei_pipeline import model
from tei_pipeline.folding import alternation
from tei_pipeline.inline.flow import Mark
from tei_pipeline.language import Language
from tei_pipeline.model import Content, Spans

_PATTERNS = {
    "en": r"(?:\bsee )?(?:\b(?:note|footnote)s? (?P<note>\d{1,3})(?:,? (?:above|below|to this \w+))|\b(?:this|the present) (?:volume|edition|book),? (?:at )?(?:pp?\.|pages?) \d+(?:\s?[-–—]\s?\d+)?"
    r"|\b(?:pp?\.|pages?) \d+(?:\s?[-–—]\s?\d+)?(?: of this (?:volume|edition|book)|,? (?:above|below))|\b(?:chapter|section|part|letter) (?:[IVXLC]+|\d+),? (?:above|below))",
    "fr": r"(?:\b(?:voir|voyez) )?(?:\b(?:la )?note (?P<note>\d{1,3}),? (?:ci-dessus|ci-dessous|plus haut|plus bas)|\b(?:p\.|pages?) \d+,? (?:ci-dessus|ci-dessous|plus haut|plus bas|de ce volume))",
    "de": r"(?:\b(?:siehe|vgl\.|s\.) )?(?:\b(?:Anm\.|Anmerkung|Fußnote) (?P<note>\d{1,3}),? (?:oben|unten)|\b(?:oben|unten),? S\. \d+(?:\s?[-–—]\s?\d+)?|\bS\. \d+(?:\s?[-–—]\s?\d+)? (?:dieses Bandes|oben|unten))",
}  # fmt: skip


@lru_cache(maxsize=8)
def _pattern(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    notes = alternation(form for form in language.note_prefixes if len(form) > 1)
    return re.compile(_PATTERNS.get(language.code, _PATTERNS["en"]), re.I), re.compile(rf"(?<!\w)(?:{notes}) (\d{{1,3}})(?!\d)", re.I)


_CUES = {"en": (" above", " below", "this volume", "this edition", "present volume", "this book"), "fr": ("ci-des", "plus haut", "plus bas", "ce volume"), "de": (" oben", "oben,", " unten", "dieses Bandes")}  # fmt: skip


def marks(text: str, language: Language, note_at: Callable[[str], str | None]) -> list[Mark]:
    """The references that the words of running text show; ``note_at`` gives the key of the note of that number."""
    for cue in _CUES.get(language.code, _CUES["en"]):
        if cue in text:
            break
    else:
        return []
    pattern, _ = _pattern(language)
    return [Mark(m.start(), m.end(), _link(note_at(m["note"]) if m["note"] else None), 3) for m in pattern.finditer(text)]


def bracketed(text: str, start: int, end: int, language: Language, note_at: Callable[[str], str | None]) -> Mark:
    """The words between brackets that are such a reference as a whole."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    note = _pattern(language)[1].search(text, start, end)
    return Mark(start, end, _link(note_at(note[1]) if note is not None else None), 3)


def _link(target: str | None) -> Callable[[Content, Spans], model.Link]:
    def make(content: Content, spans: Spans) -> model.Link:
        return model.Link(content, target, spans)

    return make
