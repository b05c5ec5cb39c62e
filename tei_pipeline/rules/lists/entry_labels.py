"""Labels and numbers that entries of a list begin with, and the names of divisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.lists.entry_pages import entry_page
from tei_pipeline.rules.shape import is_capitals

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def is_labelled(text: str, layout: Layout) -> bool:
    """Whether a line begins with the label of a division: CHAPITRE IV LE VOYAGE."""
    label = head_label(text, layout.language)
    return label is not None and bool(label.type)


def runs_on(text: str, layout: Layout) -> bool:
    """Whether a line of an entry cannot be its last."""
    return (text[-1] in ",:-—" and not text.endswith("--")) or fold(text.split()[-1]) in layout.language.connectives


def only_label(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a division, and no title stands behind it."""
    label = head_label(text, layout.language)
    return label is not None and bool(label.type) and label.length >= len(text.rstrip("._ "))


def names_matter(text: str, above: str, layout: Layout) -> bool:
    """Whether a line is the bare name of a division before or after the chapters, INDEX, and does not end the title above it."""
    word = layout.language.divisions.get(fold(entry_page(layout.language).sub("", text)).strip(" ._*"))
    return word is not None and word.matter in ("front", "back") and is_capitals(text) and is_capitals(above) and not runs_on(above, layout)


def is_numbered(text: str, layout: Layout) -> bool:
    """Whether a line set in begins with a number of its own, as the chapters under a part do: no turned-over line."""
    label = head_label(text, layout.language)
    if label is None or label.number >= 100:
        return label is not None and bool(label.type)
    apart = text[label.length : label.length + 2] == "  "  # in a column of their own
    bare = (len(label.n) > 1 or apart) and label.n.isupper() and text[label.length :].lstrip()[:1].isupper()  # "II WHY THE FROG"
    return bool(label.type) or bare or text[label.length - 1 : label.length + 1] in (". ", ") ")
