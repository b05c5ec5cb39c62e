"""Whether dashes open what somebody says: then they mark no items of a list, though a colon stands before them."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline.rows import Row

DASHES = "—–-"
FEWEST = 6  # paragraphs behind a dash
FEWEST_ASKED = 3  # of them that ask, cry out or break off, as hardly an item does
LEAST_SHARE = 0.12  # of them
MOST_SHARE = 0.9  # where all of them ask, they may be a list of questions
_SPOKEN = ("?", "!", "…", "..")
_CLOSING = "\"'”’»“_)"


def has_talk(rows: Sequence[Row]) -> bool:
    """Whether many paragraphs open with a dash and a space, and some of them, not all, ask, cry out or break off."""
    opened = asked = 0
    for at, row in enumerate(rows):
        if not row.gap or row.text[0] not in DASHES or row.text[1:2] != " ":
            continue
        end = at + 1
        while end < len(rows) and not rows[end].gap:
            end += 1
        opened += 1
        asked += rows[end - 1].text.rstrip(_CLOSING).endswith(_SPOKEN)
    return opened >= FEWEST and asked >= FEWEST_ASKED and LEAST_SHARE * opened <= asked <= MOST_SHARE * opened
