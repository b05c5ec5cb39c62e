"""Notes below chapters, on printed pages."""

from __future__ import annotations

from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

_TRADES = ("ferryman", "smith", "widow", "carrier", "keeper", "bailiff", "miller", "cook")
_PLACES = ("below the mill", "behind the church", "on the towing path", "beside the inn", "under the bridge", "at the sluice")
_TITLES = ("THE BELL OF THE FERRY", "HIGH WATER", "A ROPE AND ITS PRICE", "THE SHED")


def _page(n: int) -> str:
    """A page that breaks off in a sentence, or ends a chapter; each chapter has two, the first chapter a note under a heading."""
    opens, closes = n % 2 == 0, n % 2 == 1
    who = _TRADES[n]
    lines = [f"the {who} had looked for the boat {place}, and had found it there" for place in _PLACES]
    lines[0] = f"That day {lines[0]}" if opens else lines[0]
    lines[2] += "[1]" * (n == 0)
    lines[-1] += "." if closes else ", while"
    title = [f"{_TITLES[n // 2]:^70}".rstrip()] if opens else []
    notes = ["FOOTNOTES:", f"[1] The {who} has told us so."] if n == 1 else []
    return "\n\n".join([*title, "\n".join(lines), *notes, f"{n + 1:^70}".rstrip()])


def test_a_title_at_the_head_of_a_page_ends_the_notes_of_the_chapter_before() -> None:
    text = "\n\n\n".join(map(_page, range(len(_TRADES)))).replace("\n", "\n\n")
    printed = str(outline(recognise(read_source(text.encode(), "case")).document, 400))
    assert [title for title in _TITLES if f'head "{title}"' in printed] == list(_TITLES)
    assert printed.count("refs=1") == 1
