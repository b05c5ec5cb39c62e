"""Notes below a rule amid the text, each with a bare number, which a converter may have written on to its first word."""

from __future__ import annotations

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.rules.notes.ends import MOST_GAP, RULE
from tei_pipeline.rules.notes.headings import MORE_OF_A_NOTE
from tei_pipeline.rules.notes.labels import siglum
from tei_pipeline.rules.notes.matches import several
from tei_pipeline.rules.notes.referred import stands_against
from tei_pipeline.seldom import seldom

_WRITTEN_ON = seldom(r"(?P<n>[1-9][0-9]{0,2})(?=[\"“„‘'_]{0,2}[^\W\d_a-z][^\W\d_A-Z])")  # 1Sold in May.


def ruled_notes(rows: Rows, at: int) -> Match | None:
    """Right below a rule a bare number that the text above has right behind a word begins notes, and so does each number that runs on."""
    rule = at - 1
    if rule < 1 or not rows[at].text[0].isdigit() or not RULE.match(rows[rule].text):
        return None
    n = _number(rows[at].text)
    if not n or not stands_against(rows, rule, n):
        return None
    starts = [(at, n, len(n))]
    passed = 0
    end = at + 1
    for i in range(at + 1, len(rows)):
        row = rows[i]
        if row.gap > MOST_GAP or passed > MORE_OF_A_NOTE or RULE.match(row.text):
            break
        begins = (row.gap or rows[i - 1].ends_sentence) and row.text[0].isdigit()
        if begins and (n := _number(row.text)) == str(int(starts[-1][1]) + 1):
            starts.append((i, n, len(n)))
            passed, end = 0, i + 1
        elif row.gap:
            passed += 1
        elif not passed:
            end = i + 1
    return several(rows, starts, end, "end", "below a rule")


def _number(text: str) -> str:
    """The number that a line begins with, alone before its words or written on to the first."""
    found = siglum(text)
    if found is not None:
        return found[1] if found[0] == "bare" else ""
    m = _WRITTEN_ON.match(text)
    return m["n"] if m is not None else ""
