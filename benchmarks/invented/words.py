"""The words of invented books: names, sentences, verses, titles."""

from __future__ import annotations

import random
from collections.abc import Sequence

NAMES = (
    "Harker", "Maud", "Ellis", "Tobin", "Agnes", "Corrie", "Dunstan", "Hester", "Lowell", "Marian", "Prior", "Selwyn", "Wade",
    "Winifred", "Orrin", "Judith",
)  # fmt: skip
THINGS = (
    "house", "garden", "river", "letter", "road", "window", "table", "market", "harbour", "lantern", "bridge", "coat", "winter",
    "morning", "field", "orchard", "kitchen", "stranger", "captain", "sister", "doctor", "village", "church", "cart", "horse", "paper",
    "silver", "story", "silence", "answer", "quarrel", "voyage", "island", "fever", "promise", "ledger",
)  # fmt: skip
KINDS = (
    "old", "quiet", "narrow", "bright", "heavy", "little", "broken", "distant", "pleasant", "wooden", "early", "bitter", "honest",
    "curious", "weary", "yellow", "gentle",
)  # fmt: skip
DEEDS = (
    "remembered", "watched", "carried", "found", "left", "opened", "followed", "described", "mended", "sold", "crossed", "praised",
    "doubted", "wanted", "heard", "closed", "kept",
)  # fmt: skip
PLACES = (
    "Hull", "Wexcombe", "Dartmoor", "Brindle", "Ashby", "Lorne", "Cardew", "Milford", "Thornby", "Elmstead",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
CARDINALS = (
    "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Thirteen", "Fourteen",
    "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen", "Twenty", "Twenty-One", "Twenty-Two", "Twenty-Three", "Twenty-Four",
)  # fmt: skip
ORDINALS = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth", "Thirteenth",
    "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth", "Twentieth", "Twenty-First", "Twenty-Second",
    "Twenty-Third", "Twenty-Fourth",
)  # fmt: skip


def roman(n: int) -> str:
    """A number below 100 in Roman numerals."""
    tens, ones = divmod(n, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


class Words:
    """Invented prose, verse and titles of one book; no title comes twice."""

    names: Sequence[str] = NAMES
    things: Sequence[str] = THINGS
    places: Sequence[str] = PLACES
    months: Sequence[str] = MONTHS
    ordinals: Sequence[str] = ORDINALS
    tongue: str = "English"

    joints: Sequence[str] = (", and ", ", but ", "; for ", ", while ", ", because ")

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.titles: set[str] = set()

    def one(self, words: Sequence[str]) -> str:
        """One of them."""
        return self.chance.choice(words)

    def say(self, printed: str) -> str:
        """What the book's language prints for a word of books such as CONTENTS."""
        return printed

    def matter(self) -> str:
        """What an index says below a name."""
        return f"{self.one(THINGS)} of"

    def clause(self) -> str:
        """A subject and what it did."""
        a, b, c = (self.one(THINGS) for _ in range(3))
        name = self.one(NAMES)
        return self.one(
            (
                f"the {self.one(KINDS)} {a} stood near the {b}",
                f"{name} {self.one(DEEDS)} the {self.one(KINDS)} {a}",
                f"there was no {a} in the {b} that could have {self.one(('helped', 'pleased', 'hindered'))} {name}",
                f"it seemed to {name} that the {a} had been lost with the {b}",
                f"nobody {self.one(DEEDS)} the {a} of the {b} before the {c} came",
                f"he thought of {self.one(PLACES)} and of the {self.one(KINDS)} {a}",
                f"she {self.one(DEEDS)} what the {a} had said about the {self.one(KINDS)} {b}",
            )
        )

    def sentence(self) -> str:
        """One or two clauses with a point."""
        text = self.clause()
        if self.chance.random() < 0.6:
            text += self.one(self.joints) + self.clause()
        return text[0].upper() + text[1:] + "."

    def paragraph(self, sentences: int = 0, speech: bool = True) -> str:
        """Running text."""
        many = sentences or self.chance.randint(2, 6)
        text = " ".join(self.sentence() for _ in range(many))
        if speech and self.chance.random() < 0.25:
            said = self.clause()
            text = f"{self.said(said[0].upper() + said[1:])} {text}"
        return text

    def said(self, words: str) -> str:
        """Words that somebody says, and who."""
        return f'"{words}," said {self.one(NAMES)}.'

    def title(self) -> str:
        """A title in small letters, but for its first words and names."""
        while True:
            a, b = self.one(THINGS), self.one(THINGS)
            text = self.one(
                (
                    f"The {self.one(KINDS).title()} {a.title()}",
                    f"The {a.title()} of {self.one(PLACES)}",
                    f"{self.one(NAMES)} and the {a.title()}",
                    f"In the {a.title()}",
                    f"A {self.one(KINDS).title()} {a.title()} and a {b.title()}",
                    f"What {self.one(NAMES)} {self.one(DEEDS).title()}",
                    f"{a.title()}s and {b.title()}s",
                )
            )
            if text not in self.titles:
                self.titles.add(text)
                return text

    def verse(self, lines: int) -> list[str]:
        """Lines of verse."""
        found = []
        for _ in range(lines):
            opening = f"{self.one(('The', 'And', 'O', 'No', 'So'))} {self.one(KINDS)} {self.one(THINGS)}"
            found.append(f"{opening} {self.one(('by', 'in', 'of'))} the {self.one(THINGS)}{self.one((',', ',', ';', '', '.'))}")
        found[-1] = found[-1].rstrip(",;") + "."
        return found
