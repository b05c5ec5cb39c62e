"""References to other places of the same book: ``see note 3 above``, ``this volume, pp. 77-82``, ``voir chap. IV``, ``vide supra``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from tei_pipeline import model
from tei_pipeline.folding import alternation, fold
from tei_pipeline.inline.flow import Mark
from tei_pipeline.inline.words import words as closed
from tei_pipeline.language import Language, parse_roman
from tei_pipeline.model import Content, Spans

RANK = 3
_NEAR = 60  # characters before the word for a place in which page, note or chapter are named

_NUMERAL = r"(?:\d{1,4}(?:\.[\dA-Z]{1,3}(?!\w))*|[IVXLC]{1,8}|[ivxlc]{1,8})(?!\w)"
_MATTER = frozenset({"preface", "foreword", "introduction", "appendix", "glossary", "bibliography", "index"})
_CITED = frozenset({"act", "scene", "canto", "volume", "notes"})  # of plays, poems and sets of books; a note has its own pattern

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD_STARTS = re.compile(r"(?<![\w.])[^\W\d_]")
_ENDED = re.compile(r"\s*(?:[.,;:)\]]|$)")  # after a place that stands alone

Note = Callable[[str, bool], "str | None"]
"""The key of the note of that number: the nearest before, or after, the words that refer to it."""


class _Reference(NamedTuple):
    """Where the words that refer begin, and the match of the place that they name, with which they end."""

    start: int
    place: re.Match[str]


class _Patterns:
    """What a language's references to places look like."""

    def __init__(self, language: Language) -> None:
        own = closed(language.code)
        see = alternation(form for form in language.citation_see if len(form) > 2)
        short = alternation(form for form in language.citation_see if len(form) <= 2)
        articles = alternation(own.articles)
        notes = alternation([*(form for form in language.note_prefixes if len(form) > 1), *own.note_units])
        pages = alternation(form for form, kind in language.citation_units.items() if kind == "page")
        self.parse = language.parse_ordinal
        self.divisions = {
            fold(form): word.type for form, word in language.divisions.items() if word.type not in _CITED and form.strip(".").isalpha()
        }
        numbered = alternation(form for form, word in language.divisions.items() if fold(form) in self.divisions and word.matter == "body")
        named = alternation(form for form, word in language.divisions.items() if fold(form) in self.divisions and word.type in _MATTER)
        place = own.place
        joining = alternation(language.joining)
        more = rf"(?:\s?[-–—]\s?\d{{1,4}}|(?:,|\s{joining})\s\d{{1,4}}(?!\d))*"
        self.leads = re.compile(rf"(?:^|[^\w\s,]|(?<!\w){joining})[\s_]*$", re.I)
        page = rf"(?:{pages})(?:(?<=\.)\s?|\s)(?P<page>\d{{1,4}}|[ivxlc]{{1,8}})(?!\w){more}"
        note = rf"(?:{notes})\s(?P<note>\d{{1,3}}|[ivxl]{{1,6}}|[A-Z]|\*|†)(?![\w'’])"
        spelled = rf"(?:{_NUMERAL}|(?:{own.dates.ordinals})(?!\w))"
        division = rf"(?:(?P<outer>{numbered})\s(?P<outer_n>{_NUMERAL}),?\s)?(?P<division>{numbered})\s(?P<n>{spelled}){more}"
        front = rf"(?P<named>{named})(?:\s(?P<named_n>[A-Z](?!\w)|{_NUMERAL}))?(?!\w)"

        def target(pattern: str, mark: str) -> str:
            return re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{mark}>", pattern)

        see_or_v = rf"(?:(?:{see})(?![^\W_])|(?:{short})(?=\s(?:(?:{pages})\s?\d|{place})))"
        seen = rf"_?{see_or_v}_?\s(?:(?:{see})\s)?(?:(?:{articles})(?:(?<=['’])|\s))?"
        any_place = rf"(?:{note}(?:,?\s{target(page, 'n')})?|{page}(?:,?\s{target(note, 'p')})?|{division})"
        self.place = re.compile(rf"{any_place}(?:,?\s(?P<where>{place})(?!\w))?", re.I)  # the longest of all: made once for its three uses
        self.front = re.compile(rf"{front}(?:,?\s{target(page, 'f')})?", re.I)
        self.seen = re.compile(seen, re.I)
        self.only = re.compile(rf"{seen}(?P<only>{place})(?!\w)", re.I)
        self.at = re.compile(rf",?\s(?:{own.at}\s)?", re.I)
        self.form = re.compile(rf"(?<!\w)(?:(?:{own.this})|(?P<where>{place}))$", re.I)
        self.below = re.compile(rf"(?<!\w)(?:{own.after})(?!\w)", re.I)
        first_words = {form.split()[0] for form in language.citation_see if len(form) > 2}
        self.lasts: dict[str, tuple[str, ...]] = {}
        for form in (*own.places, *own.these):
            before, _, last = form.rpartition(" ")
            for word in _cases(last):
                self.lasts[word] = (*self.lasts.get(word, ()), f"{before.rpartition(' ')[2]} " if before else "")
        cues = sorted({word for form in first_words for word in _cases(form)} | self.lasts.keys())
        self.cues = {cue: first[0].lower() if (first := _LETTERS.search(cue)) is not None else "" for cue in cues}
        self.short = tuple(word for form in language.citation_see if len(form) <= 2 for word in _cases(form))
        pages_or_places = (*(form for form, kind in language.citation_units.items() if kind == "page"), *own.places)
        self.after_short = frozenset(letter for form in pages_or_places for letter in _cases(form[0]))
        self.work = re.compile(rf"\s(?:{own.of_work})\s(?!(?:{own.this})(?!\w))", re.I)


@lru_cache(maxsize=8)
def _patterns(language: Language) -> _Patterns:
    return _Patterns(language)


def _cases(form: str) -> tuple[str, str]:
    """A form as it may be printed."""
    return form, form[:1].upper() + form[1:]


def cues(text: str, language: Language, fragments: Set[str] = frozenset()) -> tuple[str, ...]:
    """The words of a text that give such references away, a short one (``v.``) with the letter after it; ``fragments``, if there are,
    are those of its vocabulary, and save most of the looking through a whole book.
    """
    words = _patterns(language)
    found = [cue for cue, first in words.cues.items() if (not first or not fragments or first in fragments) and cue in text]
    for form in words.short:
        letters = {text[at + len(lead)] for lead in (f"{form} ",) for at, _ in _places(text, lead) if at + len(lead) < len(text)}
        found += [f"{form} {letter}" for letter in letters & words.after_short]
    return tuple(sorted(found))


def marks(text: str, language: Language, note_at: Note, present: Sequence[str] | None = None) -> list[Mark]:
    """The references that the words of running text show; ``note_at`` gives the key of the note of that number.

    ``present``: the :func:`cues` of the whole book, where they are known.
    """
    found: list[Mark] = []
    places = sorted(place for cue in (cues(text, language) if present is None else present) if cue in text for place in _places(text, cue))
    if not places:
        return found
    words = _patterns(language)
    end = 0
    for at, cue in places:
        if at < end:
            continue
        reference = _referring(text, at, cue, words, end)
        if reference is not None and _is_own(text, reference, words):
            start, end = reference.start, reference.place.end()
            found.append(Mark(start, end, _link(*_target(reference.place, words, note_at, text[start:end])), RANK))
    return found


def _places(text: str, cue: str) -> Iterator[tuple[int, str]]:
    """Where a cue begins a word."""
    at = text.find(cue)
    while at >= 0:
        if not at or not text[at - 1].isalnum():
            yield at, cue
        at = text.find(cue, at + len(cue))


def _referring(text: str, at: int, cue: str, words: _Patterns, floor: int) -> _Reference | None:
    """The reference that a word gives away: ``see p. 7``, ``above, p. 7``, ``p. 7 above``."""
    start, end = at - (at > floor and text[at - 1] == "_"), at + len(cue)
    seen = _seen(text, start, words)
    if seen is not None or not text.endswith(words.lasts.get(cue, ()), 0, at):
        return seen
    low = max(floor, at - _NEAR)
    form = words.form.search(text[low:end])
    if form is not None and (ahead := _at(text, end, words)) is not None:
        return _Reference(low + form.start(), ahead)
    if text[end : end + 1].isalnum():
        return None
    for word in _WORD_STARTS.finditer(text, low, end):
        if (placed := words.place.fullmatch(text, word.start(), end)) is not None:
            return _Reference(word.start(), placed)
    return None


def _seen(text: str, start: int, words: _Patterns) -> _Reference | None:
    """``see p. 7``, ``see the preface``, ``see above``, ``see above, at p. 7``."""
    seen = words.seen.match(text, start)
    if seen is None:
        return None
    found = words.place.match(text, seen.end()) or words.front.match(text, seen.end())
    if found is None and (found := words.only.match(text, start)) is not None:
        found = _at(text, found.end(), words) or (found if _ENDED.match(text, found.end()) else None)
    return _Reference(start, found) if found is not None else None


def _at(text: str, end: int, words: _Patterns) -> re.Match[str] | None:
    """The place behind a comma or ``at``."""
    joined = words.at.match(text, end)
    return words.place.match(text, joined.end()) if joined is not None else None


def bracketed(text: str, start: int, end: int, language: Language, note_at: Note) -> Mark:
    """The words between brackets that are such a reference as a whole."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    words = _patterns(language)
    inner = text[start:end]
    places = sorted(place for cue in cues(inner, language) for place in _places(inner, cue))
    found = next((found for at, cue in places if (found := _referring(inner, at, cue, words, 0)) is not None), None)
    return Mark(start, end, _link(*(_target(found.place, words, note_at, inner) if found is not None else (None, ()))), RANK)


def _is_own(text: str, reference: _Reference, words: _Patterns) -> bool:
    """Whether it is this book's own place: not ``see p. 7 of his Memoir``, nor a number that the words go on from."""
    start, match = reference
    after = text[match.end() : match.end() + 30]
    if words.work.match(after) or after[:2].strip().startswith(("_", "%")):
        return False
    groups = match.groupdict()
    if groups.get("named") and not groups["named"][0].isupper():
        return False
    if groups.get("only") and not match[0].lstrip("_")[0].isupper() and not words.leads.search(text[max(0, start - 12) : start]):
        return False  # "what one could see below"
    numeral = groups.get("n")
    if not numeral or numeral[0].isdigit() or words.parse(numeral):
        return True
    return parse_roman(numeral) is not None and (len(numeral) > 1 or not after[:2].strip().isalpha())


def _target(match: re.Match[str], words: _Patterns, note_at: Note, whole: str) -> tuple[str | None, model.Places]:
    """The key of the note that is meant; or the page or division."""
    groups = {key: value for key, value in match.groupdict().items() if value is not None}
    note = groups.get("note")
    if note is not None and "page_n" not in groups:
        return note_at(note, words.below.search(whole) is not None), ()
    page = groups.get("page") or groups.get("page_n") or groups.get("page_f")
    if page is not None:
        return None, (("page", page.lower()),)
    if "division" in groups:
        inner = (words.divisions[fold(groups["division"])], _number(groups["n"], words))
        outer = ((words.divisions[fold(groups["outer"])], _number(groups["outer_n"], words)),) if "outer" in groups else ()
        return None, (*outer, inner)
    if "named" in groups:
        return None, ((words.divisions[fold(groups["named"])], _number(groups["named_n"], words) if "named_n" in groups else ""),)
    return None, ()


def _number(numeral: str, words: _Patterns) -> str:
    return numeral if numeral[0].isdigit() else str(parse_roman(numeral) or words.parse(numeral) or numeral)


def _link(target: str | None, places: model.Places) -> Callable[[Content, Spans], model.Link]:
    def make(content: Content, spans: Spans) -> model.Link:
        return model.Link(content, target, spans, places=places)

    return make
