"""Short pages: a title at the head of a page is known by the white space that the page before lost at its foot."""

from __future__ import annotations

from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

SENTENCE = "The rope of the {n} ferry was seen to by the board, and the board was seen by nobody until the river had gone down again."
TITLE = "The Pole of the Two Towns\nSpeech Delivered at the Lower Ferry\nMay 4, 1901\n"


def _page(number: int, lines: int) -> str:
    """A page of so many printed lines, wrapped at 60 columns, in paragraphs, with a form feed behind it."""
    words = " ".join(SENTENCE.format(n=f"{number}th") for _ in range(3)).split()
    printed: list[str] = []
    line = ""
    while len(printed) < lines:
        word = words[0]
        words = [*words[1:], word]
        if len(line) + len(word) >= 60:
            printed.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join(printed[:-1]) + "\nuntil it had.\n" + "\n\f"


def _book(short: int) -> str:
    pages = [_page(number, short if number == 9 else 24) for number in range(1, 17)]
    return "".join(pages[:9]) + TITLE + "\n" + "".join(pages[9:])


def _heads(text: str) -> list[str]:
    shown = outline(recognise(read_source(text.encode(), "book.txt")).document)
    return [line.strip() for line in shown.splitlines() if line.strip().startswith(("head", "dateline"))]


def test_a_title_below_a_short_page_heads_a_new_piece() -> None:
    assert _heads(_book(8)) == [
        'head "The Pole of the Two Towns"',
        'head sub "Speech Delivered at the Lower Ferry"',
        'dateline "May 4, 1901"',
    ]


def test_below_a_full_page_no_white_space_is_made_up() -> None:
    assert not any(line.startswith("head") for line in _heads(_book(24)))
