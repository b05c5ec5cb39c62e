"""References to literature: what stands between brackets, or fills a note, and names a work, a volume, a page, or repeats one."""

from __future__ import annotations

import re
import sys
from copy import copy
from functools import lru_cache

from tei_pipeline.folding import alternation
from tei_pipeline.inline.brackets import brackets
from tei_pipeline.inline.words import words as closed
from tei_pipeline.language import UNDETERMINED, Language, load, parse_roman
from tei_pipeline.remembered import remembered
from tei_pipeline.seldom import seldom

_DAYS = r"\d{1,2}(?:\.?\s?[-–]\s?\d{1,2})?"  # 6 · 6-7 · 6.-7
_UNIT = re.compile(r"(?<![\w.])(§§?|n[°º]s?|f°|[^\W\d_]{1,12}(?:\.|(?=\s)))(\s?)(?=[\divxlc])", re.I)
_ROMAN = re.compile(r"[ivxlc]{1,9}\b", re.I)
_AFTER_LETTER = re.compile(r"\s*(?:[.,;:()\]/–-]|$)")  # "Part I, p. 3", but not "no I" nor "act I saw"
_INITIALS = r"(?:[^\W\d_a-zà-ÿ]\.[\s-]?){1,4}"
_NAME = r"[^\W\d_a-zà-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)*"
_YEAR = re.compile(r"\b1[4-9]\d\d\b|\b20\d\d\b")
QUOTED_TITLE = re.compile(r"[\"“„«_][^\"”“»_]{3,160}[\"”“»_]")
CAPITAL = re.compile(r"[^\W\d_a-zà-ÿ]")


class Cues:
    """What the words of a language say about references."""

    def __init__(self, language: Language) -> None:
        own, shared = closed(language.code), load(UNDETERMINED)
        joints = rf"[-–—/]|(?<!\w)(?:{own.dates.both}|{own.dates.range})(?!\w)"
        following = rf"(?:{own.following})(?!\w)"
        more = rf"[\s,]*(?:{joints})\s*\d{{1,4}}|,\s\d{{1,3}}(?!\d)(?!\s(?!{following})[^\W\d])"
        self.number = re.compile(rf"\d{{1,4}}(?:{more})*(?![^\W_])(?:\s?{following})?", re.I)
        self.following = re.compile(rf"(?:\s?{following})?", re.I)
        self.units = dict(language.citation_units)
        for form, kind in language.citation_units.items():
            if form.endswith(".") and len(form) > 2:
                self.units.setdefault(form[:-1], kind)
        long = alternation(form for form in language.citation_see if len(form) > 2)
        short = alternation(form for form in language.citation_see if len(form) <= 2)  # "v.", "s.": also initials, volumes and pages
        see = rf"_?(?:(?:{long})(?![^\W_])(?!\s*\d)|(?:{short})(?![^\W_])(?!\s*\d|\s?[^\W\d_]\.))_?"
        self.possessive = re.compile(rf"{alternation(language.possessives)}(?!\w)")
        self.see = re.compile(rf"\s*(?:{see}[\s,]*)+", re.I)
        self.see_first = re.compile(rf"(?:(?<=[.;]\s)|(?<=[.;][\"”’'»]\s))_?(?:{long})(?![^\W_])", re.I)
        self.see_inside = seldom(rf"[,;]\s(?:{alternation(language.citation_see)})(?![^\W_])", re.I)
        joining = alternation(language.joining)
        self.author = re.compile(
            rf"\s*{_INITIALS}\s?(?:{alternation(shared.particles)}\s)?{_NAME}(?:(?:,|\s{joining})\s{_INITIALS}\s?{_NAME})*(?=[,:.']|['’]s\b|\s[(\"“„«_])"
        )
        self.gap = re.compile(rf"[\s,;:.(]*(?:(?:{joining}|{own.of_work})\s)?\s*", re.I)
        also = alternation(language.joining | language.citation_see)
        self.again = seldom(rf"[;,]\s(?:{also})\s(?:(?:{alternation(language.citation_see)})\s)?(?=[^\W\d_a-zà-ÿ])")
        repeated = alternation(language.citation_repeats - own.no_repeats)
        self.then_repeats = re.compile(rf";\s(?:{also}\s)?(?=(?:{_INITIALS}\s?)?(?:{_NAME},\s)?_?(?i:{repeated})(?![^\W_]))")
        self.names: frozenset[str] = frozenset()
        self.repeats = re.compile(rf"(?<![^\W_])(?<!\.)_?(?:{repeated})(?![^\W_])", re.I)
        self.elsewhere = own.elsewhere
        self.articles, self.works = own.articles, own.works
        self.in_titles, self.both = own.in_titles, own.both
        by = alternation(form for form, role in language.bylines.items() if role == "author" and " " not in form)
        self.made_by = re.compile(rf",?\s(?:{by})\s(?:[^\W\d_a-zà-ÿ](?:\.|[^\W\d_]+(?:[-'’][^\W\d_]+)*)[,\s]?\s?){{1,3}}(?<![,\s])")
        self.function_words = language.function_words
        self.published = seldom(rf"(?i:{alternation(language.published)})(?![^\W_])[\s:,]*(?:[a-zà-ÿ’']+(?:\s+|$))*")
        self.month_names = frozenset(language.months)
        roles = (*language.citation_roles.items(), *shared.citation_roles.items())
        editions = alternation(form for form, role in roles if role == "edition")
        self.edition = seldom(rf"(?<=[,;]\s)[^,;]{{0,40}}?(?<!\w)(?:{editions})(?=\s?[,;)])", re.I)
        self.note = re.compile(rf"(?:{alternation(language.note_prefixes)})\s*\w{{1,4}}\s*[:.]", re.I)
        self.extract = own.extract
        self.before_year = re.compile(rf"(?:{own.before_year})\s$", re.I)
        self.day_before = seldom(
            rf"(?:(?:{alternation(language.months)})\s(?:{_DAYS},?\s)?|{_DAYS}\.?\s(?:{alternation(language.months)})\s)$", re.I
        )
        self.months = seldom(rf"\b(?:{alternation(language.months)})(?![^\W_])", re.I)

    def naming(self, names: frozenset[str]) -> Cues:
        """The same, and the surnames that a book prints after initials."""
        own = copy(self)
        own.names = names
        return own

    def scopes(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[tuple[int, int, str]]:
        """Every unit with its number: where it stands, and its kind (``page``, ``volume`` …, ``other``)."""
        found = []
        for unit in _UNIT.finditer(text, start, end):
            kind = self.units.get(unit[1].lower())
            if kind is None:
                continue
            number = self.number.match(text, unit.end(), end)
            if number is not None:
                found.append((unit.start(), number.end(), kind))
            elif (stop := self._roman(text, unit.end(), end)) is not None:
                found.append((unit.start(), stop, kind))
        return found

    def _roman(self, text: str, at: int, end: int) -> int | None:
        """Where the Roman numeral that stands here ends; a single letter is one only before a point or at the end."""
        numeral = _ROMAN.match(text, at, end)
        if numeral is None or parse_roman(numeral[0]) is None:
            return None
        if len(numeral[0]) == 1 and not _AFTER_LETTER.match(text[:end], numeral.end()):
            return None
        following = self.following.match(text, numeral.end(), end)
        return following.end() if following is not None else numeral.end()

    def without_scopes(self, text: str) -> str:
        """The text with a blank for every unit and its number."""
        for start, end, _ in reversed(self.scopes(text)):
            text = f"{text[:start]} {text[end:]}"
        return text


@lru_cache(maxsize=8)
def cues(language: Language) -> Cues:
    """The cues of a language, made once."""
    return Cues(language)


@remembered()
def kind_of(inner: str, language: Language, square: bool = False) -> str:
    """``bibl`` or ``cross`` (a reference to another place of the same book) for the words between brackets, else nothing.

    Between ``square`` brackets a mere page is the mark of a page.
    """
    if len(inner) < 3 or (inner.isalpha() and len(inner) > 6):
        return ""
    words = cues(language)
    text = inner.replace("_", "").replace("*", "")
    if words.note.match(text) or _is_keyed(text, words) or _is_told(inner, language):
        return ""
    see = words.see.match(text)
    rest = text[see.end() :] if see else text
    if words.repeats.match(rest) is not None:
        return "bibl"
    if not rest.strip(" ."):
        return "cross" if words.elsewhere.search(text) else ""
    named = {kind for _, _, kind in words.scopes(rest)}
    if not named and see is None:
        return "bibl" if _is_work_of(rest, words) or _is_extract(rest, words) else ""
    work = _has_title(rest, words)
    if words.elsewhere.search(rest) is not None and not work:
        return "cross" if see or named else ""
    if "page" in named:
        if square and _PAGE_MARK.fullmatch(text):
            return ""
        return "cross" if see and not work and "volume" not in named else "bibl"
    if "volume" in named:
        return "bibl" if see or work else ""
    if "issue" in named and (work or _YEAR.search(rest)):
        return "bibl"
    if named & {"chapter", "part", "other"}:
        if work and CAPITAL.match(rest.lstrip('"“«')) and _segments(rest) > 1:
            return "bibl"
        return "cross" if see else ""
    if see and _is_title(rest):
        return "bibl"
    return "bibl" if _is_work_of(rest, words) or _is_extract(rest, words) else ""


def _is_keyed(text: str, words: Cues) -> bool:
    """Whether a page and a line of the book itself, with the words there, say what the rest is about: ``P. 3, l. 31. By rule.--…``."""
    first = words.scopes(text)[:2]
    if [kind for _, _, kind in first] != ["page", "other"] or first[0][0] != 0 or text[first[0][1] : first[1][0]] not in (", ", " "):
        return False
    return _KEYED.match(text, first[1][1]) is not None


def _is_told(inner: str, language: Language) -> bool:
    """Whether the words tell something in sentences of their own, and name no more than they would in passing."""
    bare = _MARKED.sub(" ", inner)
    if re.search(r"[!?](?:\s|$)", bare):
        return True
    words = cues(language)
    scopes = words.scopes(bare)
    goes_on = _SMALL_NEXT.match(bare, scopes[-1][1]) if scopes else None
    if goes_on is not None and goes_on[1] not in language.function_words:
        return True
    see = words.see_first.search(bare)
    if see is not None and len(_SMALL.findall(bare, 0, see.start())) > _TOLD and not words.scopes(bare, 0, see.start()):
        return True
    small = [word for word in _SMALL.findall(bare) if word.lower() not in language.function_words]
    numbered = any(kind in ("page", "volume") for _, _, kind in scopes)  # "the sonnets were Numbers 3 and 4 in the edition of 1591"
    return len(small) > _TOLD and not numbered and words.see.match(bare) is None


_MARKED = re.compile(r"[\"“„«_][^\"”“»_]{1,300}[\"”“»_]")
_SMALL_NEXT = re.compile(r"\s([^\W\d_A-ZÀ-Þ]{3,})")
_KEYED = re.compile(r"[.:]\s?\S(?:.{1,80}?(?:--|—)\s?\S|.*[.!?]\s\S)")  # words, and what is said of them
_TOLD = 4  # words of running text that a reference may have besides its titles ("from the statement … published in")
_PAGE_MARK = re.compile(r"\s*[^\W\d_]{1,6}\.?\s?(?:\d{1,4}|[ivxlcIVXLC]{1,8})\s*")


def _is_work_of(rest: str, words: Cues) -> bool:
    """``L. Brandt, Two Harbours``, ``L. Brandt's preface to his Two Harbours``: an author with initials, and a title."""
    author = words.author.match(rest)
    if author is None:
        return False
    after = rest[author.end() :]
    if after[:1] == ",":
        return _is_title(after[1:])
    return words.possessive.match(after) is not None and re.search(r"\s[^\W\d_a-z]\w+ [^\W\d_a-z]\w+[.\"”]*$", after) is not None


def _is_extract(rest: str, words: Cues) -> bool:
    """Words that say whence something was taken, with a year, and no span of days: "FROM 20TH MARCH TO 3RD MAY 1798"."""
    found = words.extract.match(rest) if _YEAR.search(rest) else None
    return found is not None and not rest.partition(" ")[2].lstrip()[:1].isdigit()


def _segments(text: str) -> int:
    return text.count(",") + text.count(":") + 1


def _has_title(rest: str, words: Cues) -> bool:
    """Whether something besides units and their numbers is named: a title or an author."""
    left = words.without_scopes(rest)
    left = words.elsewhere.sub(" ", left)
    return CAPITAL.search(re.sub(r"\b[IVXLCDM]+\b", " ", left)) is not None


def _is_title(rest: str) -> bool:
    """``Problems of Leninism``, ``the Tenth Congress resolution "On Party Unity"``: capitals or quoted words, and no sentence."""
    bare = rest.strip()
    if QUOTED_TITLE.search(rest):
        return True
    words = re.findall(r"[^\W\d_]+", bare)
    if not words or not words[0][:1].isupper() or len(bare) > 160:
        return False
    capitals = sum(word[:1].isupper() for word in words)
    small = sum(word[:1].islower() and len(word) > 3 for word in words)
    return capitals >= 2 and capitals > small and not bare.rstrip(".").endswith(("?", "!"))


LONGEST_NOTE = 300  # characters: a longer note is a text that quotes, not a reference


def whole(text: str, start: int, language: Language) -> tuple[int, int] | None:
    """The range of a note's words when they are nothing but references, or end in one; a bracket that closes the note stays outside."""
    end = len(text)
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] in " ]":
        end -= 1
    words = cues(language)
    first = words.see_first.search(text, start, end)
    if first is not None and not words.scopes(text, start, first.start()):
        start = first.start()
    inner = text[start:end]
    if (
        not inner
        or len(_SMALL.findall(inner)) > _LEAST
        or _SAID.search(inner)
        or kind_of(inner, language) != "bibl"
        or any(kind_of(b.inner, language) for b in brackets(inner))
    ):
        return None
    left = words.without_scopes(inner)
    repeated = words.repeats.search(inner) is not None
    if left == inner and not repeated and QUOTED_TITLE.search(inner) is None:
        return None
    left = words.repeats.sub(" ", QUOTED_TITLE.sub(" ", left))
    see = words.see.match(left)
    left = words.months.sub(" ", left[see.end() :] if see is not None else left)
    if len(_SMALL.findall(left)) > _WORDS:
        return None
    ends = [scope[1] for scope in words.scopes(inner)] + [m.end() for p in (QUOTED_TITLE, words.repeats) for m in p.finditer(inner)]
    last = max(ends, default=len(inner))
    on = _GOES_ON.match(inner, last) or _MEASURED.match(inner, last)
    return (start, start + last) if on is not None else (start, end)


def says_more(rest: str) -> bool:
    """Whether a sentence of its own follows a reference: a capital after a point, and small words."""
    sentence = _SENTENCE.match(rest)
    return sentence is not None and len(re.findall(r"\s[^\W\d_A-ZÀ-Þ]", sentence[1])) > 1


_SENTENCE = re.compile(r"\.\s+[^\W\d_a-zà-ÿ]\S*((?:\s+\S+){2,})")
_GOES_ON = re.compile(r"[;,.]\s[^\W\d_A-ZÀ-Þ]\w*\s[^\W\d_]{2,}")  # a clause after the last page: what is said of it
_MEASURED = re.compile(r"\s\(\d{1,3}(?:[.,\s]?\d{3})*\s[^()\d]{2,30}\)\.?$")  # "(598 leagues)": what the reference is given for
_SAID = re.compile(r":\s?[\"“„«]")
_SMALL = re.compile(r"(?<![\w'’])[^\W\d_A-ZÀ-Þ][^\W\d_]{3,}")
_LEAST = 16  # small words: the longest titles between them have so many
_WORDS = 2  # words of running text that a bare reference may have ("published in", "loi du")
