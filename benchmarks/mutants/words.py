"""Words that are not those of the book any more."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from benchmarks.mutants.kinds import Damage, Element, T, kind, pick


def _block(root: Element, chance: random.Random) -> Element | None:
    return pick(root, chance, "p", "l", "head", "item", words=True)


def _reworded(element: Element | None, change: Callable[[str], str]) -> Damage:
    if element is None:
        return None
    old = element.text or ""
    element.text = change(old)
    return None if element.text == old else [element]


@kind
def one_letter_changed(root: Element, chance: random.Random) -> Damage:
    at = chance.random()

    def change(text: str) -> str:
        letters = [number for number, char in enumerate(text) if char.isalpha()]
        if not letters:
            return text
        number = letters[int(at * len(letters))]
        return text[:number] + ("x" if text[number] != "x" else "y") + text[number + 1 :]

    return _reworded(_block(root, chance), change)


@kind
def one_letter_lost(root: Element, chance: random.Random) -> Damage:
    return _reworded(_block(root, chance), lambda text: re.sub(r"(\w)(\w)", r"\1", text, count=1))


@kind
def letters_changed_about(root: Element, chance: random.Random) -> Damage:
    return _reworded(_block(root, chance), lambda text: re.sub(r"([a-m])([n-z])", r"\2\1", text, count=1))


@kind
def a_point_added(root: Element, chance: random.Random) -> Damage:
    return _reworded(_block(root, chance), lambda text: text.rstrip() + " …")


@kind
def quotation_marks_curled(root: Element, chance: random.Random) -> Damage:
    return _reworded(pick(root, chance, "q", "p", words=True), lambda text: text.replace('"', "”").replace("'", "’").replace("“", '"'))


@kind
def two_words_run_together(root: Element, chance: random.Random) -> Damage:
    return _reworded(_block(root, chance), lambda text: re.sub(r"(\w) (\w)", r"\1\2", text, count=1))


@kind
def words_of_a_note_lost(root: Element, chance: random.Random) -> Damage:
    note = pick(root, chance, "note")
    return _reworded(None if note is None else note.find(f"{T}p"), lambda text: text[: len(text) // 2])
