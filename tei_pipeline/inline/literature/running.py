"""References to literature in the running text of notes: what stands before a volume or page and names the work, sentence by sentence.

In notes alone: there references are what the text is made of. In the text itself a page stands for many things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_pipeline.inline.literature.references import Cues, cues
from tei_pipeline.language import Language, parse_roman

_MARKED = re.compile(r"_[^_]{3,160}_|[\"“„«][^\"“”„»]{3,160}[\"”“»]")
_NEAR = 60  # characters between a title and its first volume or page: an edition, a place and year, who made it
_SENTENCE = re.compile(r"[.;:!?]\s|--|[—(\[]")
_TAIL = re.compile(r"(?:,\s?(?=[_\"“„«]))?(_[^_]{3,160}_|[\"“„«][^\"“”„»]{3,160}[\"”“»])")
_PLACE_YEAR = re.compile(r"\s?\((?:[^\W\d_][^\W\d]*[\s,.:]*){0,4}1\d\d\d\)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*[.'’]?|\d+(?:[^\W\d_]{1,2}(?![^\W_]))?")
_BEFORE = re.compile(r"(?<![^\W_])_?[^\W\d_]+\.?_?(?:\s[^\W\d_]+)?(?:\s[^\W\d_]{1,4})?(?:,?\s|['’])$")
_SURNAME = re.compile(r"(?:(?:[^\W\d_a-zà-ÿ]\.\s?)*[^\W\d_a-zà-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)*(?:['’]s)?,?\s)$")
LONGEST_INITIALS = 24  # characters
_INITIAL = re.compile(r"(?:^|[\s(])(?:[^\W\d_]\.)+$")
_OWN = frozenset(("page", "volume", "issue", "chapter"))
_CLASSICAL = re.compile(r"(_[^_]{3,80}_),?\s([ivxlcIVXLC]{1,7})\.\s?(?:[ivxl]{1,6}\.\s?)?\d{1,4}(?:[-–—]\d{1,4})?(?!\d)")
FARTHEST = 1000  # characters from the front of a reference to its first volume or page
_WORK = 6  # characters of a title with its marks: shorter ones are words
_LONGEST = 24  # words of a title without marks


def references(text: str, start: int, language: Language) -> list[tuple[int, int]]:
    """The ranges of the references in the words of a note from ``start`` on, in order."""
    words = cues(language)
    found: list[tuple[int, int]] = list(_classical(text, start, words))
    floor = start
    for first, last, kinds in _clusters(text, start, words):
        if first < floor or any(a <= first < b for a, b in found):
            continue
        begin = _begin(text, max(floor, first - FARTHEST), first, words, language, bool(kinds & _OWN))
        if begin is None:
            continue
        end = _end(text, last, begin, first, words)
        found.append((begin, end))
        floor = end
    seen = _seen(text, start, words)
    return sorted([*found, *(one for one in seen if not any(a < one[1] and one[0] < b for a, b in found))])


def apart(text: str, start: int, end: int, language: Language) -> list[tuple[int, int]]:
    """A range of references, parted before one that only repeats another: ``…, p. 9; and Brandt, loc. cit.``"""
    found: list[tuple[int, int]] = []
    for then in cues(language).then_repeats.finditer(text, start + 1, end):
        found.append((start, then.start()))
        start = then.end()
    return [*found, (start, end)]


def _clusters(text: str, start: int, words: Cues) -> Iterator[tuple[int, int, set[str]]]:
    """Units with their numbers that stand together: ``vol. 1, p. 35``."""
    cluster: tuple[int, int, set[str]] | None = None
    for at, to, kind in words.scopes(text, start):
        if cluster is not None and words.gap.fullmatch(text, cluster[1], at) and "(" not in text[cluster[1] : at]:
            cluster = (cluster[0], to, cluster[2] | {kind})
            continue
        if cluster is not None:
            yield cluster
        cluster = (at, to, {kind})
    if cluster is not None:
        yield cluster


def _begin(text: str, floor: int, first: int, words: Cues, language: Language, own: bool) -> int | None:
    """Where the work is named to which the units from ``first`` on belong; None when none is. ``own``: they are those of a book."""
    left = text[floor:first]
    repeated = [m for m in words.repeats.finditer(left) if len(left) - m.end() <= len("_., ")]
    if repeated:
        return _with_author(text, floor, floor + repeated[-1].start(), words)
    marked = [m for m in _MARKED.finditer(left) if len(left) - m.end() <= _NEAR]
    if marked and not _parts(left[marked[-1].end() :], words):
        return _with_author(text, floor, floor + marked[-1].start(), words)
    if not own:
        return None
    return _by_capitals(text, floor, first, words, language)


def _parts(between: str, words: Cues) -> bool:
    """Whether a sentence ends between a title and its units, or too much is said there."""
    bare = between.strip(" ,._")
    if any(words.see.match(bare, word.start()) for word in re.finditer(r"(?<!\w)[^\W\d_]", bare)):
        return True
    if re.search(r"[.;:!?]\s(?=[^\W\d_a-zà-ÿ][^\W\d_]{3,}\s[^\W\d_A-ZÀ-Þ])|--|—", between):
        return True
    return len(re.findall(r"(?<![\w'’.])[^\W\d_A-ZÀ-Þ]{4,}", bare)) > 1


def _with_author(text: str, floor: int, at: int, words: Cues) -> int:
    """The author printed before a title, and the word that refers to it (``See``)."""
    surname = _SURNAME.search(text[floor:at])
    if surname is not None and not words.see.fullmatch(surname[0]) and surname[0].strip(" ,").lower() not in words.function_words:
        at = floor + surname.start()
        see = words.see.match(text, at)
        if see is not None and see.end() <= floor + surname.end():
            at = see.end() if see.end() < floor + surname.end() else at
    return _with_see(text, floor, at, words)


def _with_see(text: str, floor: int, at: int, words: Cues) -> int:
    before = _BEFORE.search(text[max(floor, at - 40) : at])
    if before is None:
        return at
    base = max(floor, at - 40)
    for word in re.finditer(r"(?<![^\W_])_?[^\W\d_]", text[base:at]):
        see = words.see.match(text, base + word.start())
        if see is not None and (see.end() == at or text[see.end() : at].strip(" ").lower() in words.articles):
            return base + word.start()
    return at


def _by_capitals(text: str, floor: int, first: int, words: Cues, language: Language) -> int | None:
    """A title without marks: the words before the units, as long as they are names, figures or the small words of titles."""
    low = floor
    for sentence in _SENTENCE.finditer(text, floor, first):
        if text[sentence.start()] != "." or not _INITIAL.search(
            text[max(floor, sentence.start() - LONGEST_INITIALS) : sentence.start() + 1]
        ):
            low = sentence.end()
    small = language.lowercase_in_titles | words.in_titles | words.month_names
    begin: int | None = None
    named = 0
    listed = list(_WORD.finditer(text, low, first))
    if not listed or text[listed[-1].end() : first].strip(" ,.()"):
        return None
    for word in reversed(listed[-_LONGEST:]):
        see = words.see.match(text, word.start(), first)
        if see is not None and see.start() == word.start() and not word[0].isdigit() and see.end() >= word.end():
            return word.start() if begin is not None else None
        if word[0][:1].isupper() or word[0][:1].isdigit():
            begin = word.start()
            named += word[0][:1].isupper()
        elif (word[0].lower() in words.both and text[: word.start()].endswith(", ")) or (
            word[0].lower() not in small and word[0].lower() not in words.works
        ):
            break
        elif word[0].lower() in words.works:
            begin = word.start()
    if begin is None or (not named and not any(title in text[begin:first].lower() for title in words.works)):
        return None
    return _with_see(text, floor, begin, words)


def _end(text: str, last: int, begin: int, first: int, words: Cues) -> int:
    """Where a reference ends: with its last number, the place and year after it, or the title if that comes last."""
    last = _made(text, last, words)
    if not _MARKED.search(text, begin, first) and (tail := _TAIL.match(text, last)) is not None:
        return tail.end()
    return last


def _made(text: str, at: int, words: Cues) -> int:
    """Past who made a work, and where and when: ``, par Lepage-Dupratz (Paris 1758)``."""
    for pattern in (words.made_by, _PLACE_YEAR):
        if (made := pattern.match(text, at)) is not None:
            at = made.end()
    return at


def _seen(text: str, start: int, words: Cues) -> Iterator[tuple[int, int]]:
    """``See _Two Harbours_``: a work that is referred to as a whole."""
    for marked in _MARKED.finditer(text, start):
        begin = _with_author(text, start, marked.start(), words)
        if begin < marked.start() and words.see.match(text, begin) is not None and marked.end() - marked.start() > _WORK:
            yield begin, _made(text, marked.end(), words)


def _classical(text: str, start: int, words: Cues) -> Iterator[tuple[int, int]]:
    """``_Paradise Lost_, iv. 641``: book and line, act, scene and line after the title, without a word for them."""
    floor = start
    for place in _CLASSICAL.finditer(text, start):
        if parse_roman(place[2]) is not None:
            begin = _with_author(text, floor, place.start(), words)
            yield begin, place.end()
            floor = place.end()
