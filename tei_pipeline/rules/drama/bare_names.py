"""The names that stand before speeches with no mark behind them: "Flora What is this?"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from tei_pipeline.language import Language
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.persons import Cast, speaker_key
from tei_pipeline.rules.drama.speaker_names import is_role, names_division
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

MOST_WORDS = 3  # of a name: Sir E, Mrs M, De B
FEWEST = 3  # speeches of somebody whom the list of persons does not have
IN_CAPITALS = 2  # the same, where those who speak more often have their names in capitals
FEWEST_NAMES = 3
SHARE = 0.4  # of the paragraphs begin with a name
WHOLE = 0.7  # of those that begin with a word have the next one too, if both are the name: "Mrs M"
ANSWERS = 0.05  # of the speeches are followed by one that comes again after the next


def bare_names(rows: Sequence[Row], language: Language, cast: Cast) -> frozenset[str]:
    """The names, as printed, with which most paragraphs of a play begin and go on with a capital or a bracket, if persons answer each
    other so: no other words come again and again before the beginning of a sentence.
    """
    begun = [found for row in rows if (row.gap or row.page) and (found := _first_words(row.text)) and not _is_label(row.text, language)]
    starts = sum(bool(row.gap or row.page) for row in rows)
    if len(begun) < SHARE * starts:
        return frozenset()
    said = _said(begun, FEWEST, language, cast)
    if said and all(name.isupper() for name in said):
        said = _said([found for found in begun if found[0].isupper()], IN_CAPITALS, language, cast)
    names = Counter(said)
    again = sum(one == third != other for one, other, third in zip(said, said[1:], said[2:], strict=False))
    often = sum(count >= FEWEST for count in names.values())
    few = FEWEST_NAMES - all(name.isupper() for name in names)  # two in capitals
    if often < few or len(said) < SHARE * starts or again < ANSWERS * len(said):
        return frozenset()
    return frozenset(names)


def _said(begun: Sequence[list[str]], fewest: int, language: Language, cast: Cast) -> list[str]:
    """Who speaks, speech by speech, of those who do so often enough or are among the persons; no direction and no division."""
    times = Counter(name for found in begun for name in found)
    opening = words(language).stage
    said: list[str] = []
    for found in begun:
        name = found[0]
        for longer in found[1:]:
            name = longer if times[longer] >= WHOLE * times[name] else name
        key = speaker_key(name)
        if times[name] >= fewest or (len(key) > 1 and (cast.has(key) or is_role(key, language))):
            said.append(name)
    return [name for name in said if not opening.match(name) and not names_division(speaker_key(name), language)]


def _is_label(text: str, language: Language) -> bool:
    """Whether a line is the kind and number of a division, which no list of persons makes a speech: "LETTER II"."""
    return len(text) <= LONGEST_LABEL and head_label(text, language) is not None


LONGEST_LABEL = 20  # characters


def _first_words(text: str) -> list[str]:
    """The words, one to three, that a paragraph begins with, each with a capital and before another capital or a bracket, behind a comma
    before a bracket only.
    """
    found: list[str] = []
    at = 0
    for _ in range(MOST_WORDS):
        m = _WORD.match(text, at)
        if m is None:
            break
        at = m.end()
        if _BEGINS.match(text, at) and (m["point"] != "," or text[at] in "(["):
            found.append(text[: m.end("name")])
        if m["point"]:
            break
    return found


_WORD = seldom(r"(?P<name>[^\W\d_a-zß-öø-ÿ][^\W\d_'’]*(?:['’][^\W\d_]+)?)(?P<point>[.,]?) {1,2}")
_BEGINS = seldom(r"[^\W\d_a-zß-öø-ÿ]|[(\[{\"“‘'`]")


def begun_with(text: str, names: Collection[str]) -> tuple[str, int, int] | None:
    """Name, length of the name with its mark, and length of the label, where a line begins with one of the names and goes on so."""
    label: tuple[str, int, int] | None = None
    for name in _first_words(text):
        if name in names:
            mark = len(name) + (text[len(name)] in ".,")
            label = name, mark, mark + 1
    return label
