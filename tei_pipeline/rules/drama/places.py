"""Where the acts and scenes of a play are: their bare headings, and the lines below the list of persons that say where each plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label

if TYPE_CHECKING:
    from tei_pipeline.blocks import Rows
    from tei_pipeline.layout import Layout

_PARTS = frozenset(("act", "scene"))
_MARKS = "_*= "


def _part(text: str, layout: Layout) -> HeadLabel | None:
    """The label of an act or scene at the front of a line."""
    bare = text.strip(_MARKS)
    label = head_label(bare, layout.language) if bare[:1].isalnum() else None
    return label if label is not None and label.type in _PARTS else None


def begins_part(text: str, layout: Layout) -> bool:
    """Whether a line begins with the number of an act or scene."""
    return _part(text, layout) is not None


def heads_scene(text: str, layout: Layout) -> bool:
    """Whether a line is the bare heading of an act or scene, or of both: Act I.--Scene I."""
    bare = text.strip(_MARKS)
    label = _part(bare, layout)
    if label is not None and label.type == "act" and label.length < len(bare.rstrip(". _")):
        bare = bare[label.length :].lstrip(" .,:;-—–")
        label = _part(bare, layout)
    return label is not None and label.length >= len(bare.rstrip(". _"))


def places_of_acts(rows: Rows, at: int, layout: Layout) -> int:
    """Past two or more lines, one below the other, that tell where each act or scene plays, the first of them the first: ACT I.--A street.
    No heading has another right below it that it does not hold.
    """
    end = at
    last = {"act": 0, "scene": 0}
    again = False  # ACT I.--A street. / SCENE I. are two headings, the one below the other
    while end < len(rows) and (end == at or rows[end].gap <= 1):
        text = rows[end].text.strip(_MARKS)
        label = _part(text, layout)
        if label is None or (label.number != 1 if end == at else label.number <= last[label.type]):
            break
        if not any(c.isalpha() for c in text[label.length :]):
            break
        again = again or last[label.type] > 0
        last["scene"] = 0 if label.type == "act" else last["scene"]
        last[label.type] = label.number
        end += 1
        while end < len(rows) and not rows[end].gap and not begins_part(rows[end].text, layout):
            end += 1  # the entry goes on
    return end if again else at
