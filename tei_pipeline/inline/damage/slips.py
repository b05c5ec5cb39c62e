"""Slips of a compositor or keyboard: a letter too few or too many, a mark set twice, a number torn in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tei_pipeline.inline.damage.proposal import Proposal
from tei_pipeline.inline.vocabulary import Vocabulary
from tei_pipeline.inline.words import words as closed
from tei_pipeline.language import Language

_OFTEN = 5
_KNOWN = 2
CENTURY = 100  # years: so many are told of together
_USUAL = 20  # a word that stands so often may be miswritten once
_LONG = 7  # letters: a shorter word with one letter more or less is often another word
_BEGINNING = 3  # letters with which no other word of the book begins
_FIRST = 5  # letters before the slip: what differs earlier may be another word (starving, staring)
_RUN = 4  # letters that stand side by side in no other word of the book
_BEFORE = re.compile(r"[^\W\d_]+$")
_TORN_RANGE = re.compile(r"-\d{1,2} \d(?=[,;:)]|\.\s)")  # from its hyphen on: a literal is found at once in a whole book
_TWO_YEARS = re.compile(r"(1\d{3}|20\d\d)(1\d{3}|20\d\d)[,;:.)]*")
_FIRST_NUMBER = re.compile(r"(?<= )\d{1,3}$")


def proposals(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """Such slips, in a book that is damaged elsewhere."""
    yield from _beheaded(words)
    yield from _inside(words, closed(language.code).free_letters)
    text = words.text
    at = text.find(",,")
    if at > 0 and text.count(",,") == 1 and text[at + 2 : at + 3].isspace() and (m := _BEFORE.search(text[max(0, at - 30) : at])):
        yield Proposal(f"{m[0]},,", f"{m[0]},", "doubled-mark", "a comma set twice", places=(at - len(m[0]),))  # not „, as typed
    yield from _parted_endings(words, closed(language.code).after_apostrophe)
    yield from _years_together(words)
    for m in _TORN_RANGE.finditer(text):
        first = _FIRST_NUMBER.search(text[max(0, m.start() - 5) : m.start()])
        if first is None:
            continue
        start = m.start() - len(first[0])
        torn = text[start : m.end()]
        whole = "".join(torn.split(" "))
        before = text[max(0, start - 30) : start].split()[-1:]
        if before and (also := f"{before[0]} {whole}") in text:
            yield Proposal(torn, whole, "torn-number", f"the book writes {also!r} too", places=(start,))


def _years_together(words: Vocabulary) -> Iterator[Proposal]:
    """``in the decade 18901900``: two years set as one number, where the book writes others with a hyphen behind the same word."""
    text = words.text
    for form in words.types:
        m = _TWO_YEARS.fullmatch(form) if form[0] in "12" and form[:8].isdigit() else None
        if m is None:
            continue
        at = text.find(f" {form}") + 1
        before = text[max(0, at - 30) : at].split()[-1:]
        also = re.search(rf" {re.escape(before[0])} \d{{4}}-\d{{2,4}}", text) if at and before else None
        if also is not None and 0 < int(m[2]) - int(m[1]) <= CENTURY:
            evidence = f"the book writes {also[0].strip()!r} too"
            yield Proposal(m[1] + m[2], f"{m[1]}-{m[2]}", "swallowed-hyphen", evidence, places=(at,))


def _parted_endings(words: Vocabulary, endings: frozenset[str]) -> Iterator[Proposal]:
    """``the Parish' s``, ``the Parish 's``: an ending that the book elsewhere sets against the word."""
    text = words.text
    behind = tuple(endings)
    for sign in ("' ", " '"):
        at = text.find(sign)
        while at >= 0:
            start = at + len(sign)
            for ending in sorted(endings) if text.startswith(behind, start) else ():
                if not text.startswith(ending, start):
                    continue
                end = start + len(ending)
                word = _WORD_BEFORE.search(text, max(0, at - LONGEST_WORD), at)
                whole = f"{word[0]}'{ending}" if word is not None and not _GOES_ON.match(text, end) else ""
                if word is not None and whole and (times := text.count(whole)) >= _KNOWN:
                    evidence = f"the book writes {whole!r} {times} times"
                    yield Proposal(text[word.start() : end], whole, "torn-word", evidence, "medium", places=(word.start(),))
            at = text.find(sign, start)


LONGEST_WORD = 40  # characters
_WORD_BEFORE = re.compile(r"(?<!\S)[^\s\"“]*(?:[^\W\d_]|\.)$")
_GOES_ON = re.compile(r"[\w'-]")


def _beheaded(words: Vocabulary) -> Iterator[Proposal]:
    """``the Twelfth ongress``: no word of the book begins so, and with one letter more it is one that follows the word before it."""
    known, text = words.words, words.text
    beginnings = Counter([word[:_BEGINNING] for word in known])
    for form, times in known.items():
        if times != 1 or len(form) < _LONG - 1 or not form.isalpha() or beginnings[form[:_BEGINNING]] > 1:
            continue
        whole = [letter + form for letter in _LETTERS if known.get(letter + form, 0) >= _OFTEN]
        if len(whole) != 1:
            continue
        at = text.find(f" {form}")
        before = text[max(0, at - 30) : at].split()[-1:] if at > 0 else []
        if before and f" {before[0]} {whole[0]}" in text:
            evidence = f"the book writes {whole[0]!r} {known[whole[0]]} times, and no word that begins with {form[:_BEGINNING]!r}"
            yield Proposal(form, whole[0], "lost-letter", evidence, "medium", after=before[0])


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _inside(words: Vocabulary, free: frozenset[str]) -> Iterator[Proposal]:
    """``developiment``: one letter more or less than a word that the book writes again and again, and in a run of no other word."""
    known = words.words
    usual = [word for word, times in known.items() if times >= _USUAL and len(word) >= _LONG and word.isalpha()]
    shorter = {word[:at] + word[at + 1 :]: (word, at) for word in usual for at in range(_FIRST, len(word) - 1)}
    frequent = set(usual)
    for form, times in known.items():
        if times != 1 or len(form) < _LONG or not form.isalpha():
            continue
        if (lost := shorter.get(form)) is not None:
            meant, at = lost
            letter, near = meant[at], meant[at - 1] + meant[at + 1 : at + 2]
        else:
            found = [(form[:at] + form[at + 1 :], at) for at in range(_FIRST, len(form) - 1) if form[:at] + form[at + 1 :] in frequent]
            if len({word for word, _ in found}) != 1:
                continue
            meant, at = found[0]
            letter, near = form[at], form[at - 1] + form[at + 1 : at + 2]
        if letter in free or letter in near or not _is_unheard(form, at, known):
            continue
        evidence = f"the book writes {meant!r} {known[meant]} times, {form!r} once"
        yield Proposal(form, meant, "slip", evidence, "medium", small=True)


def _is_unheard(form: str, at: int, known: dict[str, int]) -> bool:
    """Whether letters around a place stand so in no other word of the book."""
    runs = [form[start : start + _RUN] for start in range(max(0, at - _RUN + 1), min(at, len(form) - _RUN) + 1)]
    return any(all(run not in word or word == form for word in known) for run in runs)
