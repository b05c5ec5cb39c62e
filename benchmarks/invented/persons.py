"""The persons of an invented play, and the lists that name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.invented.words import Words

ROLES = (
    "a fisherman", "his wife", "her brother", "servant to the Captain", "a merchant of Hull", "an old soldier", "a friend of the family",
    "daughter to the miller", "landlord of the inn", "a poet, in love",
)  # fmt: skip
UNNAMED = ("First Soldier", "Second Soldier", "A Servant", "The Captain", "Old Woman", "Messenger", "Landlord")
TITLED = ("Lady", "Sir", "Mrs.", "Mr.", "Captain", "Doctor")


class Person(NamedTuple):
    """Name in the list, before speeches, and cut short there; what he is."""

    name: str
    label: str
    short: str
    role: str


def persons(words: Words, many: int) -> list[Person]:
    """The persons of one play."""
    chance = words.chance
    found = []
    for name in chance.sample(list(words.names), many - 2):
        kind = chance.random()
        full = f"{chance.choice(TITLED)} {name}" if kind < 0.2 else f"{name} {words.one(words.places)}" if kind < 0.4 else name
        label = full if kind < 0.2 else name
        found.append(Person(full, label, name[: chance.choice((3, 4))], words.one(ROLES)))
    found += [Person(name, name.removeprefix("A "), short(name), "") for name in chance.sample(UNNAMED, 2)]
    return found


def short(name: str) -> str:
    """1 Sold. for First Soldier, Serv. for A Servant."""
    first, _, last = name.rpartition(" ")
    number = {"First": "1 ", "Second": "2 "}.get(first, "")
    return number + last[:4]


def list_of_persons(people: Sequence[Person], style: str, words: Words) -> list[tuple[int, list[str]]]:
    """The list in pieces: the empty lines above, the lines."""
    described = [f"{p.name.upper()}, {p.role}." if p.role else f"{p.name.upper()}." for p in people]
    if style == "plain":
        return [(1, [p.name.upper() for p in people])]
    if style == "described":
        return [(1, described)]
    if style == "set in":
        return [(1, [f"      {p.name}{', ' + p.role if p.role else ''}" for p in people])]
    if style == "dash":
        return [(1, [f"{p.name.upper()}--{p.role or 'in the house'}" for p in people])]
    if style == "dots":
        return [(1, [f"{p.name} ".ljust(40, ".") + f" {p.role or 'of the house'}" for p in people])]
    if style == "actors":
        return [(1, [f"{p.name.upper()}".ljust(36) + f"Mr. {words.one(words.places)}" for p in people])]
    if style == "columns":
        half = (len(people) + 1) // 2
        right = [*people[half:], None]
        return [(1, [left.name.ljust(34) + (other.name if other else "") for left, other in zip(people[:half], right, strict=False)])]
    if style == "groups":
        half = len(people) // 2
        return [(1, ["MEN."]), (1, described[:half]), (1, ["WOMEN."]), (1, described[half:])]
    if style == "paragraph":
        return [(1, ["; ".join(p.name for p in people[:4]) + ";", "; ".join(p.name for p in people[4:]) + "."])]
    return [(1, [line]) for line in described]
