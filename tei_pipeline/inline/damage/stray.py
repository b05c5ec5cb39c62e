"""Hyphens astray: those that an old line end left inside a line, and those that a line end swallowed."""

from __future__ import annotations

from collections.abc import Iterator

from tei_pipeline.inline.damage.proposal import Proposal
from tei_pipeline.inline.vocabulary import Vocabulary
from tei_pipeline.inline.words import Words
from tei_pipeline.inline.words import words as lexicon
from tei_pipeline.language import Language

_OFTEN = 3  # a spelling that stands so often is no accident
_SUFFIX = 5  # so many words of the book that end so, after a word of the book, make it an ending
_PREFIX = 3  # letters: shorter prefixes make another word with their hyphen (re-form)
_SHARED = 4  # letters beyond the hyphen that a related word must share


def proposals(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """The hyphened words that the book elsewhere writes in one, and the other way round."""
    closed = lexicon(language.code)
    for prefix in sorted(closed.prefixes):
        yield from _unprefixed(words, prefix)
    for word, times in words.words.items():
        if "-" not in word or "'" in word:
            continue
        parts = word.split("-")
        for at in range(1, len(parts)):
            first, second = parts[at - 1], parts[at]
            joined = first + second
            whole = "-".join([*parts[: at - 1], joined, *parts[at + 1 :]])
            found = _stray(words, word, whole, first, second, times, closed)
            if found is None and len(parts) == 2:
                found = _swallowed(words, word, first, second, times) or _beside_function_word(words, word, first, second, closed)
            if found is not None:
                yield found
                break


def _stray(words: Vocabulary, word: str, whole: str, first: str, second: str, times: int, closed: Words) -> Proposal | None:
    """A hyphen that cuts a word into what are no words: the book writes it in one."""
    joined = first + second
    prefix, free = first in closed.prefixes, first in closed.free_prefixes
    together = words.count(whole) or words.count(joined)
    has_first, has_second = words.count(first), words.count(second)
    evidence = f"the book writes {joined!r} {together} times, {word!r} {times}"
    if not has_second and not has_first:
        if together and together >= times + prefix:
            return Proposal(word, whole, "stray-hyphen", evidence, proof=not free and not prefix)
        if together or prefix or free or len(second) < _SHARED:
            return None
        related = joined[: max(len(first) + _SHARED, len(joined) - _SHARED)]
        if words.related(related):
            return Proposal(
                word, whole, "stray-hyphen", f"{first!r} and {second!r} are no words of the book; it writes {related}…", "medium"
            )
        return None
    if not has_second and not together and not prefix and words.grown(last=second) >= _SUFFIX:
        return Proposal(word, whole, "stray-hyphen", f"{second!r} is an ending of the book's words and none of them", "medium", near=True)
    broken = not has_second or (not prefix and not has_first and not free)
    if broken and together > times:
        return Proposal(word, whole, "stray-hyphen", evidence, proof=together >= _OFTEN and not prefix)
    alone = len(first) >= _PREFIX and words.compounds(first=first) == 1  # the book hyphens no other word with this prefix
    if times == 1 and (alone or not prefix) and together >= (2 * _OFTEN if free or prefix else _OFTEN + 1):
        rarer = alone and not has_first and has_second * _OFTEN < together  # a half that the book hardly writes: re-form has a common one
        return Proposal(word, whole, "stray-hyphen", evidence, "medium", near=not rarer)
    return None


def _swallowed(words: Vocabulary, word: str, first: str, second: str, times: int) -> Proposal | None:
    """A compound written in one now and then, where the book has the hyphen in it and its kin: a line end swallowed it."""
    joined = first + second
    together = words.count(joined)
    if not together or together >= times or len(second) < _OFTEN:
        return None
    evidence = f"the book writes {word!r} {times} times, {joined!r} {together}"
    kin = second[:_SHARED]
    written = sum(words.count(other) for other in words.starting(first + kin))
    if written >= _OFTEN and _has_part(words.text, first, kin):
        return None
    if words.count(second):
        hyphened = sum(words.count(other) for other in words.hyphened(f"{first}-{kin}"))
        if hyphened < _OFTEN * written or hyphened < 2 * _OFTEN:
            return None
    elif times < 2 * together or times < _OFTEN:
        return None
    return Proposal(joined, word, "swallowed-hyphen", evidence, "medium")


def _unprefixed(words: Vocabulary, prefix: str) -> Iterator[Proposal]:
    """``nonexistent``, where the book hyphens this prefix before every other word: a line end swallowed the hyphen."""
    family = words.compounds(first=prefix)
    if family < _SHARED:
        return
    for word in words.starting(prefix):
        rest, times = word[len(prefix) :], words.count(word)
        if len(rest) > _SHARED + 1 and times < _OFTEN and words.is_word(rest) and not words.count(f"{prefix}-{rest}"):
            evidence = f"the book writes {family} compounds with {prefix!r} and a hyphen, {word!r} {times} times"
            yield Proposal(word, f"{prefix}-{rest}", "swallowed-hyphen", evidence, "medium")


def _has_part(text: str, first: str, kin: str) -> bool:
    """Whether a part of the book, by another hand, writes the word in one throughout: then it is spelling and no damage."""
    start, end = text.find(first + kin), text.rfind(first + kin)
    return text.find(f"{first}-{kin}", start, end) < 0


def _beside_function_word(words: Vocabulary, word: str, first: str, second: str, closed: Words) -> Proposal | None:
    """``stage-of``, ``the-county``: no compound ends so, and none begins with an article."""
    heads = len(first) > 1 and first in closed.articles and first in closed.run_on
    if not (heads or second in closed.tails) or words.text.count(f" {first} {second} ") < 2:
        return None
    which = f"begins with {first!r}" if heads else f"ends in {second!r}"
    return Proposal(word, f"{first} {second}", "stray-hyphen", f"no compound {which}; the book writes '{first} {second}'")
