"""Drawings made of characters, and what else is shown as it stands: sums, diagrams of sentences, letters set in a figure."""

from __future__ import annotations

import re

from tei_pipeline.blocks import Rows
from tei_pipeline.rules.shape import chunk_end

STANDING = re.compile(r"^[|/\\+ .:'`-]*[|/\\][|/\\+ .:'`-]*$")  # a line of nothing but strokes that go down
STROKE = re.compile(r"-{4}|={4}|_{4}|[/\\|]\s*[/\\|]")
_DRAWN = frozenset("|+-=_/\\<>^~[]")
FEWEST_STANDING = 3  # lines of strokes that go down
DRAWN = 0.4  # of the characters of a drawing are strokes
FEWEST_SHOWN = 3  # lines
MOST_SHOWN = 16
BRANCHED = 0.6  # of the lines of a diagram have strokes
_BASE_LINE = re.compile(r"={6,}|={4,}[|/\\]|[|/\\]={4,}")  # on which the words of a sentence stand
_FIGURES = re.compile(r"[+-]?\s*[$£]?\s*\d[\d,.\s]*$")
_RULE = re.compile(r"[-=_]{2,}$")
_APART = re.compile(r"[^\W\d_a-z](?: {1,3}[^\W\d_a-z])*$")  # A T E


def drawing_end(rows: Rows, at: int) -> int:
    """Past the lines of a drawing made of characters: strokes of several signs, signs that go down, and few words; ``at`` if it is none."""
    end = chunk_end(rows, at)
    texts = [row.text for row in rows[at:end]]
    if end - at < 2 or not any(map(STROKE.search, texts)) or not any(STANDING.match(text) for text in texts):
        return at
    if any(text.count("|") >= 2 and STANDING.match(text) is None for text in texts) or texts[0][:2] == "+-":
        return at  # a table ruled with bars
    standing = sum(STANDING.match(text) is not None for text in texts)
    branches = any(set(text.replace(" ", "")) <= _DRAWN and STROKE.search(text) for text in texts)
    if standing >= FEWEST_STANDING and branches and not any("|" in text and STANDING.match(text) is None for text in texts):
        return end  # a pedigree: names with a stroke from each to the next
    printed = "".join(texts).replace(" ", "")
    return end if sum(c in _DRAWN for c in printed) >= DRAWN * len(printed) else at


def shown_end(rows: Rows, at: int) -> int:
    """Past a few lines that show a sum, the diagram of a sentence, or letters set in a figure; ``at`` if they show none."""
    if at + 1 >= len(rows) or rows[at + 1].gap:
        return at
    end = chunk_end(rows, at)
    if not FEWEST_SHOWN <= end - at <= MOST_SHOWN:
        return at
    texts = [row.text for row in rows[at:end]]
    shown = _is_sum(texts) or _is_diagram(texts) or _are_letters(texts)
    return end if shown else at


def _is_sum(texts: list[str]) -> bool:
    """Whether figures stand over and below a rule, and nothing else."""
    if not texts[0][-1].isdigit() or not all(_FIGURES.match(text) or _RULE.match(text) for text in texts):
        return False
    return any(map(_RULE.match, texts[2:])) and _RULE.match(texts[0]) is None


def _is_diagram(texts: list[str]) -> bool:
    """Whether words stand on a double line that strokes part, which branches."""
    if not any(map(_BASE_LINE.search, texts)) or all(set(text) <= {"="} for text in texts if "=" in text):
        return False
    return sum(any(c in "|/\\=" for c in text) or not any(map(str.isalnum, text)) for text in texts) >= BRANCHED * len(texts)


def _are_letters(texts: list[str]) -> bool:
    """Whether each line is of capitals apart from each other, some of them more than others: an hour-glass."""
    return all(map(_APART.match, texts)) and len({len(text) for text in texts}) > 1 and max(map(len, texts)) > len(texts)
