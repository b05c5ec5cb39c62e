"""What stands for the page at the end of an entry: figures, numerals, the words of the book's language before them, "ib."."""

from __future__ import annotations

import pytest

from tei_pipeline.language import load
from tei_pipeline.rules.lists.entry_pages import entry_page


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        ("en", "The Weir     page 12"),
        ("en", "The Weir, p. 12."),
        ("en", "The Weir _Page 12._"),
        ("en", "The Weir, _ib._"),
        ("en", "The Weir .... xiv"),
        ("de", "Das Wehr, Seite 12"),
        ("de", "Das Wehr     S. 12"),
        ("de", "Das Wehr, ebd."),
        ("fr", "Le barrage, pag. 12"),
        ("pl", "Jaz     str. 12"),
        ("und", "Weir     p. 12"),
    ],
)
def test_a_page(code: str, entry: str) -> None:
    assert entry_page(load(code)).sub("", entry) in ("The Weir", "Das Wehr", "Le barrage", "Jaz", "Weir")


@pytest.mark.parametrize(
    ("code", "entry"), [("en", "The Weir above"), ("en", "The Weir, and il"), ("de", "Das Wehr und S."), ("fr", "Le pp.")]
)
def test_no_page(code: str, entry: str) -> None:
    assert entry_page(load(code)).search(entry) is None
