"""Speeches whose speaker acts before he says anything, with no mark around what he does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.rules.drama.persons import speaker_key
from tei_pipeline.rules.shape import LARGE, SMALL
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_ACTING = seldom(  # LENA smiling: Well? · LENA to Holm: Yes. · LENA rises. Slowly: And now?
    rf"(?P<name>[{LARGE}][{LARGE} .'’-]{{0,37}}?[{LARGE}])"
    rf"(?P<direction>,?\s(?=[{LARGE}]?[{SMALL}])[^:;!?\"“”„«»()\[\]_]{{2,200}})(?P<mark>:)"
    rf"(?=\s[\W_]{{0,3}}[{LARGE}]|\s?(?:--|—|–|\.\.)|$)"
)


def acting(text: str, layout: Layout) -> re.Match[str] | None:
    """A known speaker in capitals, what he does, or to whom he speaks, and the colon before what he says, where other names are run in:
    no mark is needed where the name alone is in capitals.
    """
    if not layout.drama or layout.speaker_style != "run-in" or not text[:2].isupper() or ":" not in text:
        return None
    m = _ACTING.match(text)
    return m if m is not None and speaker_key(m["name"]) in layout.speakers else None
