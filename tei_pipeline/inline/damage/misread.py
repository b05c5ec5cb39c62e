"""Letters and points misread: the book writes the right form often, and the odd one is none of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_pipeline.inline.damage.proposal import Proposal
from tei_pipeline.inline.vocabulary import Vocabulary
from tei_pipeline.inline.words import Words
from tei_pipeline.inline.words import words as closed
from tei_pipeline.language import Language

_RARE = 2
_OFTEN = 5
_LONG = 6

_SIGNS = {"0": "o", "1": "li", "5": "s", "6": "b", "8": "b", "9": "g", "]": "l", "|": "l"}
_SLASH = "jiflt"  # letters of which a scanner leaves a slanting stroke
_ENDINGS = {
    "ai": "al",
    "iai": "ial",
    "cv": "cy",
    "rv": "ry",
    "tv": "ty",
    "lv": "ly",
    "iy": "ly",
    "iv": "ly",
    "tiou": "tion",
    "meut": "ment",
}
_WRONG_ENDINGS = tuple(_ENDINGS)
_BEGINNINGS = {"tb": "th", "wb": "wh", "sb": "sh"}

_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
_POINTED = re.compile(r"(?:[a-z]\.){2,}")  # U.S.S., of which the last letter stands apart
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_MARKS = ".,;:!?()[]\"'“”‘’"
_ABBREVIATED = ("page", "volume", "issue", "chapter")


def proposals(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """Confused words, points lost or doubled: only a book that is damaged elsewhere is asked."""
    yield from _confused(words, language)
    yield from _points(words, language)


def letters(words: Vocabulary) -> Iterator[Proposal]:
    """A letter that makes no word of the book, where the usual misreading of it makes one that stands often."""
    known = words.words
    for token, times in words.types.items():
        if times > _RARE or len(token) < _OFTEN - 1:
            continue
        if token.isalpha():
            form = token
        else:
            form = token.strip(_MARKS)
            if form[:1] == "/" and form[1:].isalpha() and len(form) >= _OFTEN:
                fitting = [letter + form[1:] for letter in _SLASH if letter + form[1:] in known]
                if len(fitting) == 1:
                    yield _proposal(words, form, fitting[0], times)
                continue
            if not form.isalpha() and (form.isalnum() or (("]" in form or "|" in form) and "[" not in token)):
                if meant := _without_sign(words, form):
                    yield _proposal(words, form, meant, times)
                continue
        if len(form) < _LONG or not form.isalpha() or known.get(form, 0) > _RARE:
            continue
        if form.endswith(_WRONG_ENDINGS):
            meant = next((form[: -len(wrong)] + right for wrong, right in _ENDINGS.items() if form.endswith(wrong)), "")
        elif form[:2] in _BEGINNINGS:
            meant = _BEGINNINGS[form[:2]] + form[2:]
        else:
            continue
        if known.get(meant, 0) >= _OFTEN:
            yield _proposal(words, form, meant, times)


def _proposal(words: Vocabulary, form: str, meant: str, times: int) -> Proposal:
    often = words.count(meant)
    return Proposal(form, meant, "misread-letter", f"the book writes {meant!r} {often} times, {form!r} {times}", proof=often >= _OFTEN)


def _without_sign(words: Vocabulary, form: str) -> str:
    signs = [i for i, char in enumerate(form) if not char.isalpha()]
    if len(signs) != 1:
        return ""
    at = signs[0]
    if at == len(form) - 1:
        return ""  # a reference to a note
    fitting = [
        form[:at] + letter + form[at + 1 :] for letter in _SIGNS.get(form[at], "") if words.count(form[:at] + letter + form[at + 1 :]) > 1
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _confused(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """A real word, but not of this book, where its neighbours stand beside the word it is confused with."""
    text = words.text
    for wrong, right in closed(language.code).confused:
        times = words.count(wrong)
        if not 0 < times <= _RARE or words.count(right) < _OFTEN:
            continue
        for at, first, last in _neighbours(text, wrong):
            before, after = text.count(f"{first} {right} "), text.count(f" {right} {last}")
            evidence = f"the book writes '{first} {right}' {before} times, '{right} {last}' {after}, {wrong!r} {times}"
            sure = before + after >= _OFTEN and before > 0 and after > 0
            yield Proposal(wrong, right, "misread-word", evidence, "medium", near=not sure, places=(at,))
    yield from _between(text, closed(language.code))


def _between(text: str, own: Words) -> Iterator[Proposal]:
    """A word that is impossible between an auxiliary and a participle: ``must he punished``."""
    for wrong, right in own.confused_auxiliary:
        for place in re.finditer(rf" {wrong} (?=(\w+))", text):
            word = text[max(0, place.start() - 8) : place.start()].rpartition(" ")[2]
            if word in own.auxiliaries and own.participle.fullmatch(place[1]) and (often := text.count(f"{word} {right} ")) >= _OFTEN:
                evidence = f"the book writes '{word} {right}' {often} times"
                yield Proposal(wrong, right, "misread-word", evidence, "medium", places=(place.start() + 1,))


def _neighbours(text: str, word: str) -> Iterator[tuple[int, str, str]]:
    """Each place of a word between two others of its line, with these."""
    at = text.find(f" {word} ")
    while at >= 0:
        end = at + len(word) + 2
        before, after = _LAST_WORD.search(text[max(0, at - 30) : at]), _FIRST_WORD.match(text, end)
        if before and after:
            yield at + 1, before[0], after[0]
        at = text.find(f" {word} ", end - 1)


def _points(words: Vocabulary, language: Language) -> Iterator[Proposal]:
    """The point of an abbreviation that the book never leaves out but here, and a doubled apostrophe."""
    text, types = words.text, words.types
    for unit, kind in language.citation_units.items():
        bare = unit.rstrip(".")
        if kind in _ABBREVIATED and bare != unit and bare.isalpha() and len(bare) > 1:
            pointed, plainly = types[unit] + types[f"({unit}"], types[bare]
            if pointed >= _OFTEN and 0 < plainly <= _RARE:
                evidence = f"the book writes {unit!r} {pointed} times, {bare!r} {plainly}"
                yield Proposal(bare, unit, "lost-point", evidence, context=_before_number)
    if "''s" in text:
        for place in re.finditer(r"''s\b", text):
            start = max(text.rfind(" ", 0, place.start()), text.rfind("\n", 0, place.start())) + 1
            form = text[start : place.end()]
            if form[0].isalpha():
                evidence = "an apostrophe doubled before the ending"
                yield Proposal(form, form.replace("''", "'"), "doubled-mark", evidence, places=(start,))
    for token, times in types.items():
        if times > _RARE or token[1:2] != ".":
            continue
        if _POINTED.fullmatch(token):
            for start, form in _with_more(token, _MORE_INITIALS, text):
                meant = form.replace(" ", "")
                alone = not start or text[start - 1].isspace() or text[start - 1] == "("
                if alone and (whole := text.count(meant)) >= _OFTEN:
                    evidence = f"the book writes {meant.upper()!r} {whole} times"
                    yield Proposal(form, meant, "torn-word", evidence, places=(start,))
        elif _INITIALS.fullmatch(token):
            if (whole := text.count(f"{token}.")) >= _OFTEN:
                evidence = f"the book writes '{token.upper()}.' {whole} times, {token.upper()!r} {times}"
                yield Proposal(token, f"{token}.", "lost-point", evidence, context=_before_word)
            for start, form in _with_more(token, _INITIALS_APART, text):
                meant = re.sub(r"\s+", ".", form)
                if text.count(meant) >= _OFTEN:
                    evidence = f"the book writes {meant.upper()!r} {text.count(meant)} times"
                    yield Proposal(form, meant, "lost-point", evidence, places=(start,))


_MORE_INITIALS = re.compile(r" (?:[a-z]\.)+")
_INITIALS_APART = re.compile(r"\s{1,6}(?:[a-z]\.)+")


def _with_more(token: str, more: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Where a token stands with more initials behind it, and all of them."""
    at = text.find(token)
    while at >= 0:
        end = at + len(token)
        if behind := more.match(text, end):
            end = behind.end()
            yield at, text[at:end]
        at = text.find(token, end)


def _before_word(low: str, at: int, end: int) -> bool:
    return re.match(r"\s+[^\W\d_]{2}", low[end : end + 12]) is not None


def _before_number(low: str, at: int, end: int) -> bool:
    return re.match(r"\s+[0-9ivxlc]+\b", low[end : end + 12]) is not None
