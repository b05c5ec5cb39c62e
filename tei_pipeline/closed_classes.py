"""The closed classes of one language as a frozen value, made from the content of its data file.

All forms are lower case. Forms with accents stand beside the same forms without (capitals are often printed bare), so
``fold(word) in language.months`` finds a word however it is printed, and :func:`~tei_pipeline.folding.alternation` makes
a regular expression of any of these classes. Abbreviations have their full stop. Number words alone are kept folded only,
with hyphens as spaces: the methods ``parse_...`` read them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, cast

from msgspec import Struct

from tei_pipeline.folding import unaccented
from tei_pipeline.numerals import NumberWords

Matter = Literal["body", "front", "back", "either"]
ReactionKind = Literal["vocal", "kinesic", "incident"]

RANKS = {
    "volume": 1, "part": 2, "book": 3, "act": 3, "section": 5, "article": 6, "subsection": 6,
}  # fmt: skip
DEFAULT_RANK = 4  # the rank of a chapter, and of whatever a book is numbered by: letters, cantos, scenes, sermons


class DivisionWord(NamedTuple):
    """What a word that heads a division says: the division's type, where it usually stands, and its usual height.

    ``rank`` is 1 for the highest (volume) to 6 (article); 0: no height of its own, as a preface.
    """

    type: str
    matter: Matter
    rank: int


class ReactionWord(NamedTuple):
    """Kind and type of a reaction in the words of ParlaMint's schema (``kinesicType.val``, ``incidentType.val``, ``vocalType.val``)."""

    kind: ReactionKind
    type: str


class LibraryWords(Struct, frozen=True):
    """What digital libraries and transcribers write around a book; ``languages/en.toml`` says what each class is.

    ``fields`` are the names in the heading of a file: from form to ``title``, ``author``, ``editor`` or ``others``.
    """

    notes: tuple[str, ...]
    produced: tuple[str, ...]
    prepared: tuple[str, ...]
    credits: tuple[str, ...]
    transcribing: tuple[str, ...]
    ends: tuple[str, ...]
    licence: tuple[str, ...]
    exported: tuple[str, ...]
    about: tuple[str, ...]
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    by: tuple[str, ...]
    note_words: tuple[str, ...]
    note_marks: tuple[str, ...]
    note_letters: tuple[str, ...]
    returning: tuple[str, ...]
    fields: dict[str, str]


class Language(Struct, frozen=True, eq=False):
    """The closed classes of one language. Two are equal only when they are the same object, so they can be keys of caches."""

    code: str
    name: str
    function_words: frozenset[str]

    numbers: NumberWords
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    ordinal_suffixes: tuple[str, ...]
    number_articles: frozenset[str]
    definite: frozenset[str]
    last: frozenset[str]
    only: frozenset[str]
    counted: frozenset[str]

    months: dict[str, int]
    republican_months: frozenset[str]
    weekdays: dict[str, int]
    day_parts: frozenset[str]
    feasts: frozenset[str]
    clock: frozenset[str]
    beside_years: frozenset[str]

    divisions: dict[str, DivisionWord]
    genres: dict[str, str]

    note_sections: frozenset[str]
    note_prefixes: frozenset[str]
    margins: frozenset[str]
    contents: frozenset[str]
    figure_lists: frozenset[str]
    page_words: frozenset[str]
    page_marks: frozenset[str]
    cast: frozenset[str]
    cast_groups: frozenset[str]
    stage: frozenset[str]
    play_settings: frozenset[str]
    moves: frozenset[str]
    speakers: dict[str, Literal["role", "group"]]
    demonstrations: frozenset[str]

    reactions: dict[str, ReactionWord]
    reaction_qualifiers: frozenset[str]
    reaction_places: frozenset[str]

    salutations: frozenset[str]
    closings: frozenset[str]
    closing_words: frozenset[str]
    postscripts: frozenset[str]
    attested: frozenset[str]
    given: frozenset[str]

    citation_see: frozenset[str]
    citation_repeats: frozenset[str]
    citation_units: dict[str, str]
    citation_roles: dict[str, str]

    titles: frozenset[str]
    addresses: frozenset[str]
    particles: frozenset[str]
    abbreviations: frozenset[str]
    and_so_on: frozenset[str]
    enumeration: dict[str, int]
    lowercase_in_titles: frozenset[str]
    connectives: frozenset[str]
    articles: frozenset[str]
    joining: frozenset[str]
    finite: frozenset[str]
    possessives: tuple[str, ...]

    trailers: frozenset[str]
    trailer_openers: frozenset[str]
    genitives: tuple[str, ...]
    bylines: dict[str, str]
    imprint: frozenset[str]
    published: frozenset[str]
    editions: frozenset[str]
    figures: frozenset[str]
    addressing: frozenset[str]
    receivers: frozenset[str]
    before_author: frozenset[str]
    dedicating: frozenset[str]
    title_parts: frozenset[str]
    occasions: frozenset[str]
    alternatives: frozenset[tuple[str, str]]
    library: LibraryWords
    quotes: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    def __reduce__(self) -> tuple[Callable[[str], Language], tuple[str]]:
        """Pickled by its code: a worker process loads its own."""
        from tei_pipeline.language import load  # it imports this module

        return load, (self.code,)

    def parse_cardinal(self, words: str) -> int | None:
        """The value of a cardinal number in words, 1 to 999,999: "twenty-one", "vingt et un", "einundzwanzig"."""
        return self.numbers.cardinal(words)

    def parse_ordinal(self, words: str) -> int | None:
        """The value of an ordinal number in words or of figures with an ordinal ending: "twenty-first", "the second", "21st", "XIXe"."""
        return self.numbers.ordinal(words)

    def parse_number(self, token: str) -> int | None:
        """The value of one number however it is printed: figures, ordinal, cardinal, Roman; stops and brackets around it do not count."""
        return self.numbers.number(token)


def _forms(value: str) -> tuple[str, ...]:
    """The forms of one entry, divided by bars or new lines, each also without accents."""
    both = value if value.isascii() else f"{value}\n{unaccented(value)}"
    return tuple(dict.fromkeys(filter(None, map(str.strip, both.replace("\n", "|").split("|")))))


def _pairs(value: str) -> tuple[tuple[str, str], ...]:
    """The entries that belong to each other: "either=or"."""
    return tuple((first, second) for first, _, second in (pair.partition("=") for pair in _forms(value)))


def _names(table: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(_forms(table.get(key, "")))


def _with_and_without_point(names: frozenset[str]) -> frozenset[str]:
    """Names, abbreviations also without their point, but for single letters and pairs, which may be initials."""
    return names | {bare for name in names if len(bare := name.rstrip(".")) >= SHORTEST}


SHORTEST = 3  # letters of an abbreviation that is told without its point: pag


def _words(table: dict[str, Any], key: str) -> frozenset[str]:
    """Single words, divided by white space, each also without accents."""
    value = table.get(key, "")
    return frozenset((value if value.isascii() else f"{value} {unaccented(value)}").split())


def _keyed(table: dict[str, Any]) -> dict[str, str]:
    """From form to key; the first key that lists a form keeps it."""
    found: dict[str, str] = {}
    for key, value in table.items():
        for form in _forms(value):
            found.setdefault(form, key)
    return found


def _counted(table: dict[str, Any], names: dict[str, int] | None = None) -> dict[str, int]:
    return {form: (names or {}).get(key) or int(key) for key, value in table.items() for form in _forms(value)}


def _number_words(numerals: dict[str, Any]) -> NumberWords:
    def listed(key: str) -> dict[str, int]:
        return _positions(_spaced(numerals.get(key, "")))

    def also(key: str) -> dict[str, int]:
        return _counted({value: _spaced(forms) for value, forms in numerals.get(key, {}).items()})

    def multipliers(key: str) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(also(key).items(), key=lambda item: (-item[1], -len(item[0]), item[0])))

    endings = [ending.strip("-") for ending in _forms(numerals.get("endings", "-"))]
    stems = listed("ordinals") | also("ordinal_stems")
    return NumberWords(
        cardinals=also("also_cardinals") | listed("cardinals"),
        ordinals=also("also_ordinals") | {stem + ending: value for stem, value in stems.items() for ending in endings},
        multipliers=multipliers("multipliers"),
        ordinal_multipliers=multipliers("ordinal_multipliers"),
        links=_forms(numerals.get("links", "")),
        articles=_names(numerals, "articles"),
        respellings=_pairs(numerals.get("respellings", "")),
        suffixes=_longest_first(numerals.get("suffixes", "")),
        roman_suffixes=_longest_first(numerals.get("roman_suffixes", "")),
        chained=numerals.get("chained", False),
    )


def _spaced(value: str) -> str:
    """Folded, with hyphens as spaces, since print and line ends have either."""
    return unaccented(value).replace("-", " ")


def _longest_first(value: str) -> tuple[str, ...]:
    return tuple(sorted(_forms(value), key=lambda form: (-len(form), form)))


def _positions(value: str) -> dict[str, int]:
    """Entries by their position from 1; several forms of one value are divided by a slash."""
    entries = filter(None, map(str.strip, value.replace("\n", "|").split("|")))
    return {form.strip(): number for number, entry in enumerate(entries, start=1) for form in entry.split("/")}


def _divisions(data: dict[str, Any]) -> dict[str, DivisionWord]:
    found: dict[str, DivisionWord] = {}
    for matter, types in data.get("divisions", {}).items():
        for type_, forms in types.items():
            word = DivisionWord(type_, cast(Matter, matter), RANKS.get(type_, DEFAULT_RANK) if matter == "body" else 0)
            for form in _forms(forms):
                found.setdefault(form, word)
    for form in _forms(data.get("contents", {}).get("figures", "")):
        if " " in form:  # "plates" alone may be the title of a chapter
            found.setdefault(form, DivisionWord("contents", "front", 0))
    return found


def _reactions(data: dict[str, Any]) -> dict[str, ReactionWord]:
    found: dict[str, ReactionWord] = {}
    for kind, types in data.get("reactions", {}).items():
        for type_, forms in types.items():
            word = ReactionWord(cast(ReactionKind, kind), type_)
            for form in _forms(forms):
                found.setdefault(form, word)
    return found


def _library(table: dict[str, str]) -> LibraryWords:
    fields = {key: table.get(key, "") for key in ("title", "author", "editor", "others")}
    return LibraryWords(**{name: _forms(table.get(name, "")) for name in LibraryWords.__struct_fields__[:-1]}, fields=_keyed(fields))


def build(data: dict[str, Any]) -> Language:
    """The language that the content of a data file gives. Missing tables give empty classes."""

    def table(name: str) -> dict[str, Any]:
        return cast(dict[str, Any], data.get(name, {}))

    numerals, calendar, letters, citation = table("numerals"), table("calendar"), table("letters"), table("citation")
    numbers = _number_words(numerals)
    weekdays = [line for line in calendar.get("weekdays", "").split("\n") if line.strip()]
    return Language(
        code=data["code"],
        name=data["name"],
        function_words=frozenset(data["function_words"].split()),
        numbers=numbers,
        cardinals=numbers.cardinals,
        ordinals=numbers.ordinals,
        ordinal_suffixes=numbers.suffixes,
        number_articles=numbers.articles,
        definite=_names(numerals, "definite"),
        last=_names(numerals, "last"),
        only=_names(numerals, "only"),
        counted=_names(numerals, "counted"),
        months=_counted(table("months")),
        republican_months=_names(calendar, "republican_months"),
        weekdays={form: day for line in weekdays for day, name in enumerate(line.split("|"), start=1) for form in _forms(name)},
        day_parts=_names(calendar, "day_parts"),
        feasts=_names(calendar, "feasts"),
        clock=_names(calendar, "clock"),
        beside_years=_names(calendar, "beside_years"),
        divisions=_divisions(data),
        genres=_keyed(table("genres")),
        note_sections=_names(table("notes"), "sections"),
        note_prefixes=_names(table("notes"), "prefixes"),
        margins=_names(table("notes"), "margins"),
        contents=_names(table("contents"), "names"),
        figure_lists=_names(table("contents"), "figures"),
        page_words=_with_and_without_point(_names(table("contents"), "page_words")),
        page_marks=_names(table("contents"), "page_marks"),
        cast=_names(table("cast"), "names"),
        cast_groups=_names(table("cast"), "groups"),
        stage=_names(table("stage"), "openers"),
        play_settings=_names(table("stage"), "settings"),
        moves=_names(table("stage"), "moves"),
        speakers=cast("dict[str, Literal['role', 'group']]", _keyed(table("speakers"))),
        demonstrations=_names(table("demonstrations"), "parts"),
        reactions=_reactions(data),
        reaction_qualifiers=_words(table("reaction_words"), "qualifiers"),
        reaction_places=_words(table("reaction_words"), "places"),
        salutations=_names(letters, "salutations"),
        closings=_names(letters, "closings"),
        closing_words=_words(letters, "closing_words"),
        postscripts=_names(letters, "postscripts"),
        attested=_names(letters, "attested"),
        given=_names(letters, "given"),
        citation_see=_names(citation, "see"),
        citation_repeats=_names(citation, "repeats"),
        citation_units=_keyed(citation.get("units", {})),
        citation_roles=_keyed(citation.get("roles", {})),
        titles=_names(table("titles"), "address"),
        addresses=_names(table("titles"), "alone"),
        particles=_names(table("titles"), "particles"),
        abbreviations=_names(table("titles"), "abbreviations"),
        and_so_on=_names(table("titles"), "and_so_on"),
        enumeration=_counted(table("enumeration"), {"last": -1}),
        lowercase_in_titles=_words(table("titling"), "lowercase"),
        connectives=_words(table("sentences"), "connectives"),
        articles=_words(table("sentences"), "articles"),
        joining=_words(table("sentences"), "joining"),
        finite=frozenset(table("sentences").get("finite", "").split()),  # accents tell è from e
        possessives=_forms(table("sentences").get("possessives", "")),
        trailers=_names(table("trailers"), "whole"),
        trailer_openers=_names(table("trailers"), "openers"),
        genitives=_forms(table("trailers").get("genitives", "")),
        bylines=_keyed(table("bylines")),
        imprint=_names(table("imprint"), "words"),
        published=_names(table("imprint"), "published"),
        editions=_names(table("imprint"), "editions"),
        figures=_names(table("figures"), "names"),
        addressing=_names(table("titling"), "addressing"),
        receivers=_names(table("titling"), "receivers"),
        before_author=_names(table("titling"), "before_author"),
        dedicating=_names(table("titling"), "dedicating"),
        title_parts=_names(table("titling"), "parts"),
        occasions=_names(table("titling"), "occasions"),
        alternatives=frozenset(_pairs(table("sentences").get("alternatives", ""))),
        library=_library(table("library")),
        quotes=tuple(
            (left, right) for left, _, right in (pair.partition(" ") for pair in table("quotes").get("pairs", "").split(" | ")) if right
        ),
    )
