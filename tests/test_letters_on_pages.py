"""Letters on printed pages: whom one is to, in the middle of the page over its date, heads it, though no more white space is left there."""

import pytest

from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

WIDTH = 72
PARAGRAPH = (
    "   The ferry did not come to-day, and nobody at the landing could say",
    "where it was; but the rope is mended, and the miller has had his bell",
    "back from the smith, who wanted nothing for it but the old one.",
)
RECEIVERS = ("To Mrs. Holm", "To Lady Dale", "To Dr. Lund", "To Miss Marl", "To Lady Hull", "To Mrs. Lind", "To Dr. Fern", "To Miss Dale")
DAYS = range(3, 3 + len(RECEIVERS))


def _letters(on_page: int) -> str:
    """Letters with so many printed lines on a page, its number in the middle below them."""
    lines = ["LETTERS FROM THE FERRY".center(WIDTH).rstrip(), ""]
    for receiver, day in zip(RECEIVERS, DAYS, strict=True):
        lines += ["", receiver.center(WIDTH).rstrip(), "", f"LORCH, May {day}, 1831.".rjust(WIDTH)]
        lines += [*(4 * PARAGRAPH), "A. F.".rjust(WIDTH - 4)]
    pages = [lines[at : at + on_page] for at in range(0, len(lines), on_page)]
    return "\n".join("\n".join([*page, "", f"- {n} -".center(WIDTH).rstrip(), "", ""]) for n, page in enumerate(pages, start=1))


@pytest.mark.parametrize("on_page", [22, 26, 31])
def test_whom_a_letter_is_to_heads_it(on_page: int) -> None:
    printed = str(outline(recognise(read_source(_letters(on_page).encode(), "case")).document, 4000))
    assert [receiver for receiver in RECEIVERS if f'head "{receiver}"' not in printed] == []
