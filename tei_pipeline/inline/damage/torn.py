"""Words torn in two, and words run together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import compress, count

from tei_pipeline.inline.damage.proposal import Proposal
from tei_pipeline.inline.vocabulary import Vocabulary
from tei_pipeline.inline.words import words as closed
from tei_pipeline.language import Language

_RARE = 2  # a half that stands no more often is no word of the book
_OFTEN = 3
_LONG = 5  # letters of a whole word, and of the halves between which a letter was lost
_EVERYWHERE = 20  # two function words stand side by side so often in every book
_POINTS = ".,;:!?)]\"”’'»"


def proposals(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """Torn and glued words of a book."""
    yield from _torn(words, language)
    yield from _inseparable(words, language)
    yield from _glued(words, language)


def _torn(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """``ma jority``: a half that is no word, beside what makes a word of it that the book writes."""
    known = words.words
    particles = closed(language.code).particles
    halves: dict[str, str] = {}
    for token in words.types:
        bare = token if token.isalpha() else token.rstrip(_POINTS)
        if len(bare) > 1 and bare.isalpha() and known.get(bare, _RARE + 1) <= _RARE:
            halves[token] = bare
    tokens = words.tokens
    ends = {(word[:_LONG], word[-_LONG:]) for word in known if len(word) > 2 * _LONG}
    seen: set[str] = set()
    for at in compress(count(), map(halves.__contains__, tokens)):
        half = halves[tokens[at]]
        before = tokens[at - 1] if at else ""
        if before + half in known or before in particles or (before[:_LONG], half[-_LONG:]) in ends:
            yield from _pair(words, language, before, half, half, seen)
        if tokens[at] == half and at + 1 < len(tokens):
            after = tokens[at + 1].rstrip(_POINTS)
            if half + after in known and tokens[at + 1] not in halves:
                yield from _pair(words, language, half, after, half, seen)


def _pair(words: Vocabulary, language: Language, first: str, second: str, half: str, seen: set[str]) -> Iterator[Proposal]:
    form = f"{first} {second}"
    if form in seen or len(first) + len(second) < _LONG:
        return
    together = words.count(first + second)
    if (
        not together
        and first in closed(language.code).particles
        and words.count(second) == 1
        and len(second) > _OFTEN
        and words.related(first + second[:-1])
    ):
        seen.add(form)
        kin = f"{second!r} stands only here; the book writes words with {first + second[:-1]}…"
        yield Proposal(form, first + second, "torn-word", kin, "medium")
        return
    other = second if half is first else first
    if together < 2:
        if len(first) >= _LONG and len(second) >= _LONG and half is second and (whole := _with_lost_letter(words, first, second)):
            seen.add(form)
            yield Proposal(form, whole, "lost-letter", f"{second!r} is no word of the book; it writes {whole!r}", "medium", near=False)
        return
    seen.add(form)
    evidence = f"the book writes {first + second!r} {together} times, {half!r} {words.count(half)}"
    if other in language.function_words or len(other) == 1:
        prefixed = other in closed(language.code).particles and other is first and len(half) > _OFTEN
        if words.count(half) == 1 and (prefixed or (together >= 5 * _OFTEN and len(half) >= _LONG and len(other) > 1)):
            yield Proposal(form, first + second, "torn-word", evidence, "medium")
        return
    if together > words.count(half):
        sure = not words.is_word(half) or words.count(half) == 1
        yield Proposal(form, first + second, "torn-word", evidence, "high" if sure else "medium", proof=len(half) >= _OFTEN and sure)


def _with_lost_letter(words: Vocabulary, first: str, second: str) -> str:
    """The one word of the book that has a letter where the gap is."""
    size = len(first) + 1 + len(second)
    fitting = [word for word in words.starting(first) if len(word) == size and word.endswith(second) and words.count(word) >= 2]
    return fitting[0] if len(fitting) == 1 else ""


def _inseparable(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """``more over``: a word of the closed class that is written in one, torn once or twice."""
    for form, excuses in closed(language.code).inseparable.items():
        word = form.replace(" ", "")
        often = words.count(word)
        if often < _OFTEN:
            continue
        times = words.text.count(f" {form}")
        if 0 < times <= _RARE and times * _OFTEN <= often:
            excused = re.compile(rf"\b(?:{'|'.join(excuses)})\s+$") if excuses else None
            evidence = f"the book writes {word!r} {often} times, {form!r} {times}"
            yield Proposal(form, word, "torn-word", evidence, "medium", context=_unless(excused))


def _unless(excused: re.Pattern[str] | None) -> Callable[[str, int, int], bool] | None:
    if excused is None:
        return None
    return lambda low, at, end: excused.search(low[max(0, at - 20) : at]) is None


def _glued(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """``pathof``: a word of its own and a function word, which elsewhere stand side by side."""
    run_on = closed(language.code).run_on
    if not run_on:
        return
    known, text = words.words, words.text
    for word, times in known.items():
        if times != 1 or len(word) < _LONG or not word.isalpha() or not (word.endswith(run_on) or word.startswith(run_on)):
            continue
        for small in run_on:
            for first, second, other in (
                (word[: -len(small)], small, word[: -len(small)]),
                (small, word[len(small) :], word[len(small) :]),
            ):
                if first + second != word or known.get(other, 0) < 2:
                    continue
                apart = text.count(f" {first} {second} ")
                if other in language.function_words:
                    if apart >= _EVERYWHERE and (before := _word_before(text, word)) and f" {before} {first} {second} " in text:
                        evidence = f"the book writes '{first} {second}' {apart} times, behind {before!r} too, {word!r} once"
                        yield Proposal(word, f"{first} {second}", "glued-words", evidence, "medium")
                elif apart >= 2 and len(other) >= _OFTEN:
                    evidence = f"the book writes '{first} {second}' {apart} times, {word!r} once"
                    yield Proposal(word, f"{first} {second}", "glued-words", evidence, proof=True)


def _word_before(text: str, word: str) -> str:
    """The word that stands before the one place of another."""
    at = text.find(f" {word}")
    return text[text.rfind(" ", 0, at) + 1 : at] if at > 0 else ""


def run_together(text: str, words: Vocabulary) -> Iterator[Proposal]:
    """``theUpperMarlFerry``: the capitals within it begin words, which elsewhere stand apart."""
    found = (_CAPITALS_WITHIN.match(text, _word_start(text, inner.start())) for inner in _CAPITAL_WITHIN.finditer(text))
    for form in sorted({m[0] for m in found if m is not None}):
        apart = _BEGINS_WORD.sub(" ", form).lower()
        times = words.text.count(f" {apart}")
        if words.count(form.lower()) == 1 and times >= _OFTEN - 1:
            yield Proposal(form.lower(), apart, "glued-words", f"the book writes {apart!r} {times} times, {form!r} once", "medium")


def _word_start(text: str, at: int) -> int:
    """Where the word begins that a place is in."""
    while at and text[at - 1].isalpha():
        at -= 1
    return at


_CAPITAL_WITHIN = re.compile("[A-Z](?<=[a-z].)[a-z]+[A-Z]")  # from a capital on: few letters of a book are
_CAPITALS_WITHIN = re.compile(r"\b[a-z]+(?:[A-Z][a-z]+){2,}\b")
_BEGINS_WORD = re.compile("(?<=[a-z])(?=[A-Z])")
