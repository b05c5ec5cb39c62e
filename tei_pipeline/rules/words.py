"""Words that rules look for, compiled once per language from its closed classes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tei_pipeline.folding import unaccented
from tei_pipeline.inline.words import words as closed
from tei_pipeline.language import Language, alternation, load
from tei_pipeline.once import once
from tei_pipeline.phrases import Found, Phrases

_FIGURES = re.compile(r"\d[./]\s?\d")
TOKEN = r"[^\W_]+(?:[-'’][^\W_]+)*"
ENDING = r"(?::[^\W\d_]{1,4}|\.?\^\{?[^\W\d_]{1,4}\}?|\.?[°ºª])"  # that makes figures ordinal, and is no part of the word: 2:a, 1^{er}, I.°
_APART = r"(?:\s+|(?<=['’]))"  # behind an article: it is no part of the word (OITAVO), unless it has lost its vowel (L'AN)


class Words:
    """Patterns of one language, each compiled when it is first asked for: compiling all takes longer than most books need."""

    def __init__(self, language: Language) -> None:
        self.language = language

    @once
    def _divisions(self) -> str:
        return alternation(form for form, word in self.language.divisions.items() if word.rank)

    @once
    def division_first(self) -> re.Pattern[str]:
        """A division word, then its number: CHAPTER IV, LIVRE PREMIER."""
        the = alternation(self.language.definite)
        return _compile(rf"(?:{the}\s+)?({self._divisions})(?![^\W_])[\s.]*(?:{the}{_APART})?({TOKEN}(?:[\s-]+{TOKEN}){{0,3}})?")

    @once
    def number_first(self) -> re.Pattern[str]:
        """A number, then the division word: THE FIRST BOOK, 2. Kapitel."""
        articles = alternation(self.language.number_articles)
        last = rf"(?:{self._and_last})?"
        return _compile(rf"(?:{articles}\s+)?({TOKEN}{ENDING}?\.?(?:[\s-]+{TOKEN}){{0,2}}?){last}\s+({self._divisions})(?![^\W_])")

    @once
    def _and_last(self) -> str:
        """What ends the number of a last division: "und letztes", "et dernier"."""
        joining, last = alternation(self.language.joining), alternation(self.language.last)
        article = alternation(self.language.number_articles)
        return rf",?\s+{joining}\s+(?:{article}{_APART})?{last}(?![^\W_])"

    @once
    def and_last(self) -> re.Pattern[str]:
        """The same behind the number: CAPÍTULO IV Y ÚLTIMO."""
        return _compile(self._and_last)

    @once
    def and_so_on(self) -> re.Pattern[str]:
        """What is spared at the end of a formula or of somebody's titles: &c."""
        return _compile(rf"(?:,\s*|(?<!\s)\s+|)(?<!\w)(?:{alternation(form.rstrip('.') for form in self.language.and_so_on)})\.?$")

    @once
    def _months(self) -> str:
        return alternation(m for m in self.language.months if len(m) > 2) + r"(?![^\W\d_])"

    @once
    def published(self) -> re.Pattern[str]:
        """With these a line begins that says where a piece was published."""
        return _compile(rf"(?:{alternation(self.language.published)})(?![^\W_])")

    @once
    def occasion(self) -> re.Pattern[str]:
        """With these a line begins that says for what occasion a piece was written."""
        return _compile(rf"{alternation(self.language.occasions)}(?![^\W_])")

    @once
    def edition(self) -> re.Pattern[str]:
        """Words that tell which edition a book is."""
        return _compile(rf"(?<![^\W_]){alternation(self.language.editions)}(?![^\W_])")

    @once
    def issue(self) -> re.Pattern[str]:
        """A number of a periodical: No. 7."""
        return _compile(rf"(?<![^\W_])(?:{self._abbreviated('issue')}|№)\s*\d")

    @once
    def volume(self) -> re.Pattern[str]:
        """A number of a volume: Vol. 3, Bd. 3."""
        return _compile(rf"(?<![^\W_]){self._abbreviated('volume')}\s*\d")

    @once
    def pages(self) -> re.Pattern[str]:
        """Pages that are referred to: pp. 1 and 2, S. 12."""
        return _compile(rf"(?<![^\W_]){self._abbreviated('page')}\s*\d")

    def _abbreviated(self, kind: str) -> str:
        return alternation(form for form, unit in self.language.citation_units.items() if unit == kind and form[-1] in ".°º")

    @once
    def several(self) -> re.Pattern[str]:
        """What stands between names: Anna and Bertha; FAUST. WAGNER."""
        joining = alternation(self.language.joining)
        return re.compile(rf"(?<=[^\W\d_]{{4}})\.\s*|[,;&]\s*(?:{joining}\s)?|\s{joining}\s")

    @once
    def figure(self) -> re.Pattern[str]:
        """A bracketed marker of a picture; those of digital libraries are English in books of every language."""
        return _compile(rf"[\[{{(]\s*{alternation(self.language.figures | load('en').figures)}(?![^\W_])")

    @once
    def foot_siglum(self) -> re.Pattern[str]:
        """How a note at the foot of a page begins: (1), [a], 3., *, [Footnote 3:]; the word may be that of a library, which is English.
        § before a number begins a section.
        """
        names = alternation(form for form in self.language.note_prefixes | load("en").note_prefixes if len(form) > 2)
        return re.compile(
            rf"(?:\(([0-9]{{1,3}}|[a-z*†‡§])\)|\[([0-9]{{1,3}}|[a-zA-Z*†‡§])\]|\[?(?i:{names})\s+([0-9]{{1,3}}|[A-Z*†‡])[:.\]]"
            r"|([0-9]{1,3})[.)]?(?=\s+\S)|((?!§+\s?[0-9])[*†‡§¶]{1,8}|\|\||‖|\*\))(?=\s?\S|\s{2,3}[^\s*])|([a-z])\)?(?=\s+[A-Z\"“„«]))"
        )

    @once
    def sidenote(self) -> re.Pattern[str]:
        """A bracket that says that it stood in the margin, or (``foot``, perhaps with a ``star``) that it is a note; see ``figure`` for
        its language. ``n``: the sign beside which it stood.
        """
        english = load("en")
        margins = alternation(self.language.margins | english.margins)
        feet = alternation(form for form in self.language.note_prefixes | english.note_prefixes if len(form) > 2)
        return _compile(rf"[\[{{<]\s*(?:{margins}(?:\s(?P<n>[0-9]{{1,3}}|[A-Z]))?|(?P<star>[*†‡§]{{0,3}})\s?(?P<foot>{feet}))\s*:")

    @once
    def note_within(self) -> re.Pattern[str]:
        """As :attr:`sidenote`, inside running text, where the note may be numbered: "[Footnote 3: It was sold.]"."""
        english = load("en")
        feet = alternation(form for form in self.language.note_prefixes | english.note_prefixes if len(form) > 2)
        margins = alternation(self.language.margins | english.margins)
        return _compile(rf"[\[{{<]\s*(?:{margins}(?:\s(?:[0-9]{{1,3}}|[A-Z]))?|(?P<foot>{feet})(?:\s(?P<n>[0-9]{{1,4}}|[A-Z*†‡]))?)\s*:")

    @once
    def month(self) -> re.Pattern[str]:
        """The name of a month."""
        return _compile(rf"(?<![^\W_]){self._months}")

    @once
    def date(self) -> re.Pattern[str]:
        """A day with its month (also of the Republic's calendar), a month with its year, a weekday, figures."""
        day = rf"(?:\d{{1,2}}(?:\.?\^?{alternation(self.language.ordinal_suffixes)})?\.?)(?![^\W_])"
        own = closed(self.language.code).dates
        of, of_year = (rf"(?:(?:{link})\s+|[^\W\d_]['’])?" for link in (own.of, own.year))
        year = r"(?:1\d{3}|20\d{2}|17—|18—|17--|18--|'\d\d)"
        weekdays = alternation(self.language.weekdays)
        months, republican = self._months, rf"{alternation(self.language.republican_months)}(?![^\W_])"
        article = rf"(?:{alternation(self.language.number_articles)}\s+)?" if self.language.number_articles else ""
        return _compile(
            rf"(?<![^\W_])(?:{day}\s*{of}(?:{months}|{republican})|{months}(?:\s*,?\s*{article}{day}|,?\s+{of_year}{year})|{year}\.?\s{months}"
            rf"|{weekdays}[ ,.]+(?:{day}|{months}))"
            r"|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}[./]\s?\d{1,2}[.,]?\s1[4-9]\d\d\b"  # 19/10 1908
        )

    @once
    def clock(self) -> re.Pattern[str]:
        """An hour of the day: 8 P.M., 10 o'clock, 9 Uhr; the number may be a word."""
        return _compile(rf"\b(?:\d{{1,2}}(?:[.:h]\d\d)?\s?|[^\W\d_]{{3,6}}\s){alternation(self.language.clock)}(?![^\W\d_])")

    @once
    def two_years(self) -> re.Pattern[str]:
        """Two years, with what counts them or without: 1270-1328 A.D."""
        beside = alternation(self.language.beside_years)
        return _compile(rf"(?:\(?{beside}\s?)?\d{{3,4}}\s?[-–—]{{1,2}}\s?\d{{2,4}}(?:,?\s{beside})?[.)]?$")

    @once
    def year_first(self) -> re.Pattern[str]:
        """A ``year``, or two, that a line begins with: A.D. 1066, c. 1450."""
        beside = alternation(self.language.beside_years)
        return _compile(rf"_?(?:{beside}\s?)?(?P<year>[1-9]\d{{2,3}})(?:\s?[-–—/]\s?\d{{1,4}}(?!\d))?(?!\d)")

    @once
    def library_by(self) -> re.Pattern[str]:
        """What libraries write between a title and who wrote it; those of most write English in books of every language."""
        return re.compile(rf",\s{alternation((*self.language.library.by, *load('en').library.by))}\s")

    @once
    def feast(self) -> re.Pattern[str]:
        """The name of a feast, which stands for its day: Christmas, Michaelmas."""
        return _compile(rf"(?<![^\W_]){alternation(self.language.feasts)}(?![^\W_])")

    @once
    def beside_date(self) -> re.Pattern[str]:
        """What may stand beside a date that is alone on its line: figures, marks, the words between the first day and the last."""
        between = closed(self.language.code).dates.range
        return _compile(rf"[\d\s.,;:–—\-]|(?<!\w)(?:{between}|{alternation(self.language.joining)})(?!\w)")

    @once
    def _date_stems(self) -> tuple[str, ...]:
        forms = (*(form for form in self.language.months if len(form) > 2), *self.language.weekdays)
        republican = {unaccented(form)[:4] for form in self.language.republican_months}  # "the" is in every line
        return tuple(sorted(republican.union(re.split(r"[\s\-'’]", unaccented(form))[0][:3] for form in forms)))

    def may_hold_date(self, text: str) -> bool:
        """Whether it is worth looking for :attr:`date` or :attr:`month` in a line: most have neither the stem of a name nor figures."""
        low = text.lower() if text.isascii() else unaccented(text)
        return any(stem in low for stem in self._date_stems) or _FIGURES.search(low) is not None

    @once
    def salute(self) -> Lead:
        """Words that open a letter or speech."""
        return Lead(self.language.salutations)

    @once
    def greeting(self) -> Lead:
        """Of these the ones that are no title or office: "dear sir", "my lord" speak to somebody and are nobody's name."""
        names = self.language.titles | self.language.speakers.keys()
        return Lead(form for form in self.language.salutations if " " in form and form.split(" ", 1)[0] not in names)

    @once
    def closing(self) -> Lead:
        """Formulas that close a letter."""
        return Lead(self.language.closings)

    @once
    def given(self) -> Lead:
        """Words before the place and day on which a document was given."""
        return Lead(self.language.given)

    @once
    def postscript(self) -> Lead:
        """P.S. and its like."""
        return Lead(self.language.postscripts)

    @once
    def byline(self) -> Byline:
        """Words that name an author or editor."""
        return Byline(self.language)

    def is_by(self, text: str) -> bool:
        """Whether a line is nothing but the words before a name: by; translated by."""
        found = self.byline.match(text)
        return found is not None and not any(c.isalnum() for c in text[found.end :])

    @once
    def possessive(self) -> re.Pattern[str]:
        """The ending behind an apostrophe that makes a name possessive: ANNA'S."""
        return _compile(rf"{alternation(self.language.possessives)}$")

    @once
    def imprint(self) -> Phrases[str]:
        """Words of imprints."""
        return Phrases.of(self.language.imprint)

    @once
    def stage(self) -> Lead:
        """Words that open stage directions."""
        return Lead(self.language.stage)

    @once
    def move(self) -> Lead:
        """Words of entrances and exits."""
        return Lead(self.language.moves)

    @once
    def setting(self) -> Lead:
        """Words that tell the place and time of a play."""
        return Lead(self.language.play_settings)

    @once
    def _trailers(self) -> Lead:
        return Lead(self.language.trailers)

    @once
    def _trailer_openers(self) -> Lead:
        return Lead(self.language.trailer_openers)

    def closes(self, text: str) -> bool:
        """Whether words close a book: THE END alone, or what opens such a line (END OF THE FIRST PART)."""
        found = self._trailers.match(text)
        return (found is not None and not any(c.isalnum() for c in text[found.end :])) or self._trailer_openers.match(text) is not None


class Lead:
    """Forms that a line may begin with, quotation marks, brackets and emphasis before them aside."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._phrases = Phrases.of(forms)

    def match(self, text: str) -> Found[str] | None:
        """The form that the text begins with."""
        at = 0
        while at < len(text) and not text[at].isalnum():
            at += 1
        return self._phrases.match(text, at)


class Byline(Lead):
    """Words that name an author or editor; those that also mean "of" do so before a name, and alone on their line."""

    def __init__(self, language: Language) -> None:
        doubtful = language.before_author
        super().__init__(form for form in language.bylines if form not in doubtful)
        self._doubtful = Lead(doubtful)
        self._small = language.lowercase_in_titles

    def match(self, text: str) -> Found[str] | None:
        """The form that the text begins with."""
        found = super().match(text)
        if found is None and (found := self._doubtful.match(text)) is not None and not self._is_name(text[found.end :], found.value):
            return None
        return found

    def _is_name(self, rest: str, form: str) -> bool:
        """Whether two to four words, each begun with a capital, follow and no more, or nothing behind a form of more than a letter."""
        tokens = rest.strip(" _*=.").split(" ")
        if tokens == [""]:
            return len(form) > 1
        capital = all(token[:1].isupper() and token.replace(".", "").replace("-", "").isalpha() for token in tokens)
        return capital and 1 < len(tokens) <= MOST_OF_A_NAME and self._small.isdisjoint(token.lower() for token in tokens)


MOST_OF_A_NAME = 4  # words


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=16)
def words(language: Language) -> Words:
    """The patterns of a language."""
    return Words(language)
