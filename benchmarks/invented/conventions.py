"""What printers do in one of several ways, by name; a value that stands twice is drawn twice as often."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.invented.words import CARDINALS, ORDINALS, roman

CHAPTERS: dict[str, Callable[[int, str], str]] = {
    "CHAPTER I.": lambda n, _: f"CHAPTER {roman(n)}.",
    "CHAPTER I": lambda n, _: f"CHAPTER {roman(n)}",
    "Chapter 1": lambda n, _: f"Chapter {n}",
    "CHAPTER ONE": lambda n, _: f"CHAPTER {CARDINALS[n - 1].upper()}",
    "CHAPTER THE FIRST": lambda n, _: f"CHAPTER THE {ORDINALS[n - 1].upper()}",
    "I.": lambda n, _: f"{roman(n)}.",
    "I": lambda n, _: roman(n),
    "1.": lambda n, _: f"{n}.",
    "TITLE": lambda _, title: title.upper(),
    "Title": lambda _, title: title,
    "_Title_": lambda _, title: f"_{title}_",
    "I. TITLE": lambda n, title: f"{roman(n)}. {title.upper()}",
    "CHAPTER I. TITLE": lambda n, title: f"CHAPTER {roman(n)}. {title.upper()}",
    "CHAPTER I.--Title": lambda n, title: f"CHAPTER {roman(n)}.--{title}",
    "Chapter 1: Title": lambda n, title: f"Chapter {n}: {title}",
    "1. Title": lambda n, title: f"{n}. {title}",
    "I TITLE": lambda n, title: f"{roman(n)} {title.upper()}",
}
TITLES: dict[str, Callable[[str], str]] = {
    "caps": str.upper,
    "title": str,
    "italic": lambda title: f"_{title}_",
    "sentence": lambda title: f"{title.capitalize()}.",
}
PROSE: dict[str, tuple[str, ...]] = {
    "header": ("gutenberg", "none", "none"),
    "titlepage": ("full", "short", "none"),
    "halftitle": ("none", "none", "before"),
    "contents": ("none", "plain", "pages", "dots", "centred", "deep"),
    "front": ("none", "none", "preface", "dedication", "introduction", "preface+introduction"),
    "upper": ("none", "none", "book", "part", "part-titled", "part-same-line", "volume", "titles", "ordinal"),
    "restart": ("yes", "no"),
    "chapter": tuple(CHAPTERS),
    "title": ("none", "caps-next", "caps-apart", "title-next", "title-apart", "italic-apart", "sentence-apart"),
    "place": ("left", "left", "centred", "tab"),
    "below": ("none", "none", "epigraph", "argument", "epigraph-verse", "dateline"),
    "section": ("none", "none", "none", "roman", "arabic", "caps", "title", "italic", "§"),
    "gaps": ("5/4/2/1", "4/4/2/1", "4/3/1/1", "3/2/1/1", "4/2/2/1", "3/3/2/1", "6/4/3/2"),
    "paragraphs": ("blank", "blank", "blank", "blank+indent", "unwrapped", "double"),
    "notes": ("none", "none", "bracket-chapter", "bracket-end", "footnote-after", "bracket-after", "star-after", "letter-chapter"),
    "inside": ("none", "verse", "letter", "letter-set-in", "quote", "break", "break-stars", "list", "illustration"),
    "back": ("none", "end", "appendix", "appendices", "index", "note", "end+ads"),
}
