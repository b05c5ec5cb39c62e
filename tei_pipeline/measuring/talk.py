"""Whether dashes open what somebody says, or it stands in paragraphs of its own: then dashes mark no items of a list, and what follows a
colon is no quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import announces

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


OPENING = "\"“„«»‟'‘‚‹›"
LEAST_SPOKEN = 12  # paragraphs: fewer are quotations in an argument
MOST_ANNOUNCED = 0.1  # of them: one in fifty in novels, one in five and more in speeches and treatises
SPOKEN = 0.3  # of the paragraphs: novels have more, books of argument with their quotations a twentieth
LEAST_TOLD = 4  # paragraphs: fewer may stand in an anecdote
TOLD = 0.03  # of the paragraphs: tales have more, books of argument at most five in a thousand
_TOLD = re.compile(r"^[\"“„«»'‘‚‹›].{1,400}?[,.!?;…—–-][\"”“»«'’‘‹›] ?[,—–-]{0,2} ?[a-zà-öø-ÿ]")
MOST_SAID = 5  # lines, until somebody is told to have said them


def has_dialogue(rows: Sequence[Row], style: str, margin: int) -> bool:
    """Whether what is said stands in paragraphs of its own: many open with a quotation mark, and hardly one is announced by a colon, or
    they are so many that they cannot be quotations, or the words of several go on with who says them.
    """
    begins = [at for at, row in enumerate(rows) if row.gap or (style == "indent" and row.indent > margin)]
    opened = [(at, end) for at, end in pairwise([*begins, len(rows)]) if rows[at].text[0] in OPENING]
    announced = sum(at > 0 and announces(rows[at - 1].text) for at, _ in opened)
    if len(opened) >= LEAST_SPOKEN and (len(opened) > SPOKEN * len(begins) or announced <= MOST_ANNOUNCED * len(opened)):
        return True
    least = max(LEAST_TOLD, TOLD * len(begins))
    return len(opened) >= least and sum(_is_told(rows[at : min(end, at + MOST_SAID)]) for at, end in opened) >= least


def _is_told(rows: Sequence[Row]) -> bool:
    """Whether the words that open a paragraph are closed at a point or comma, and who said them stands behind: "Come," said the clerk."""
    return _TOLD.match(" ".join(row.text for row in rows)) is not None
