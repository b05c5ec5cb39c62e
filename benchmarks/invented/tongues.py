"""The words of invented books in languages other than English, from a data file for each (``tongues/``)."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.invented.words import Words, roman

FOLDER = Path(__file__).with_name("tongues")
TONGUES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@lru_cache(maxsize=len(TONGUES))
def _data(code: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))


def templates(code: str, name: str) -> Sequence[str]:
    """The headings of chapters or of parts as that language's printers set them."""
    return tuple(_data(code)[name])


class Tongue(Words):
    """Invented prose, verse and titles in another language."""

    def __init__(self, chance: random.Random, code: str) -> None:
        super().__init__(chance)
        self.data = _data(code)
        self.tongue = self.data["name"]
        self.names, self.places, self.months = self.data["names"], self.data["places"], self.data["months"]
        self.nouns = [(*(form.strip() for form in noun.split("|")), "")[:4] for noun in self.data["nouns"]]
        self.joints = self.data["joints"]
        self.spoken = self.one(self.data["speeches"])
        self.terms: dict[str, str] = {}

    def say(self, printed: str) -> str:
        """The same word throughout a book, of those that its language has."""
        if printed not in self.terms:
            term = self.data["terms"].get(printed, printed)
            self.terms[printed] = term if isinstance(term, str) else self.one(term)
        return self.terms[printed]

    def filled(self, template: str, **more: str) -> str:
        """A template of the data file with words in it; ``{S}`` begins with a capital."""
        (s, of, b, o), (s2, _, b2, o2) = self.chance.choice(self.nouns), self.chance.choice(self.nouns)
        words = {"s": s, "of": of, "b": b, "o": o or s, "s2": s2, "b2": b2, "o2": o2 or s2}
        words |= {"S": s[0].upper() + s[1:], "B": b[0].upper() + b[1:], "d": str(self.chance.randint(1, 28))}
        words |= {"name": self.one(self.names), "place": self.one(self.places), "month": self.one(self.months)}
        return template.format(**words, deed=self.one(self.data["deeds"]), **more)

    def numbered(self, template: str, n: int, title: str) -> str:
        """A heading made of its template, a number and a title."""
        forms: dict[str, str] = {"R": roman(n), "n": str(n), "TITLE": title.upper(), "Title": title}
        for suffix, key in (("", "ordinals"), ("f", "feminine"), ("m", "masculine")):
            words = self.data.get(key, ())
            word = words[n - 1] if n <= len(words) else f"{roman(n)}"
            forms |= {f"ORD{suffix.upper()}": word.upper(), f"Ord{suffix}": word[0].upper() + word[1:], f"ord{suffix}": word}
        return template.format(**forms)

    def matter(self) -> str:
        """What an index says below a name."""
        return str(self.chance.choice(self.nouns)[2])

    def clause(self) -> str:
        """A subject and what it did."""
        return self.filled(self.one(self.data["clauses"]))

    def said(self, words: str) -> str:
        """The words in the book's own style of speech."""
        return self.filled(self.spoken, Said=words)

    def title(self) -> str:
        """A title, its first letter a capital."""
        while True:
            text = self.filled(self.one(self.data["titles"]))
            text = text[0].upper() + text[1:]
            if text not in self.titles:
                self.titles.add(text)
                return text

    def verse(self, lines: int) -> list[str]:
        """Lines of verse."""
        found = [self.filled(self.one(self.data["verses"])) + self.one((",", ",", ";", "", ".")) for _ in range(lines)]
        found[-1] = found[-1].rstrip(",;.") + "."
        return found
