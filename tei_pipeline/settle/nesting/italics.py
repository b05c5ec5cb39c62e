"""Titles in italics that stand as far apart as those in capitals, within whose pieces they are."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.settle.nesting.sideheads import INSIDE
from tei_pipeline.settle.nesting.styles import Style

FEWEST = 3  # titles in italics: fewer may be pieces of another kind
FEWEST_IN_CAPITALS = 2  # below one alone the others may as well be its equals: it is the title of the whole


def in_italics(styles: list[Style]) -> list[Style]:
    """Titles in italics are in the pieces of those in capitals above them, as far apart, one of which at least has little other text."""
    italic = [k for k, style in enumerate(styles) if style.family == "title" and style.look[-1:] == ("_",) and not style.listed]
    if len(italic) < FEWEST or any(_above(styles, k) is None for k in italic):
        return styles
    if not any(styles[k - 1].over and _above(styles, k) == k - 1 for k in italic):
        return styles
    if sum(_is_in_capitals(style, styles[italic[0]].space) for style in styles) < FEWEST_IN_CAPITALS:
        return styles
    inside = set(italic)
    return [replace(style, space=style.space - INSIDE) if k in inside else style for k, style in enumerate(styles)]


def _above(styles: Sequence[Style], at: int) -> int | None:
    """The nearest title in capitals above one in italics that stands as far apart, none where a higher heading stands between."""
    for k in range(at - 1, -1, -1):
        style = styles[k]
        if style.space > styles[at].space or style.family != "title":
            return None
        if _is_in_capitals(style, styles[at].space):
            return k
    return None


def _is_in_capitals(style: Style, space: float) -> bool:
    """Whether a heading is a title in capitals, so far apart."""
    return style.family == "title" and style.space == space and style.look[1:2] == (True,) and style.look[-1:] == ("",)
