"""Running heads without a page number, and titles that look like them."""

from __future__ import annotations

from tei_pipeline.layout import Layout, measure
from tei_pipeline.source import read_source

_PEOPLE = ("miller", "ferryman", "bailiff", "widow", "carrier", "keeper", "smith")
_DEEDS = ("counted the sacks", "looked at the weir", "mended the gate", "waited for the barge", "read the notice aloud")
_PLACES = ("below the mill", "behind the church", "on the towing path", "beside the inn", "under the bridge", "at the sluice")


def _lines() -> list[str]:
    return [f"and the {_PEOPLE[i % 7]} {_DEEDS[i % 5]} {_PLACES[i % 6]}, where the {_PEOPLE[(i + 3) % 7]} had been" for i in range(360)]


def _book(heads: bool) -> Layout:
    """Five chapters of four pages: the number at the foot of each page; if ``heads``, the name of the chapter heads the later ones too."""
    lines = iter(_lines())
    pages = []
    for n in range(20):
        opens, closes = n % 4 == 0, n % 4 == 3
        page = [f"Chapter {n // 4 + 1}", ""] if opens or heads else []
        page.append(f"The {_PEOPLE[n % 7]} had not slept" if opens else f"risen and {_DEEDS[n % 5]} {_PLACES[n % 6]}")
        page += [next(lines) for _ in range(17)]
        page[-1] += "." if closes else " seen"
        pages.append("\n".join([*page, "", str(n + 1), "", ""]))
    return measure(read_source("\n".join(pages).encode(), "mill"))


def _kept(layout: Layout) -> list[str]:
    return [row.text for row in layout.rows if row.text.startswith("Chapter")]


def test_a_chapter_alone_at_the_head_of_its_page_is_no_running_head() -> None:
    layout = _book(heads=False)
    assert [kind for kind, _ in layout.furniture.values()] == ["pageNum"] * 20
    assert _kept(layout) == [f"Chapter {n}" for n in range(1, 6)]


def test_the_first_of_the_running_heads_of_a_chapter_is_its_title() -> None:
    layout = _book(heads=True)
    assert sum(kind == "header" for kind, _ in layout.furniture.values()) == 15
    assert sum(kind == "pageNum" for kind, _ in layout.furniture.values()) == 20
