"""The labels that headings begin with, and the divisions that they name: CHAPTER IV, Zweites Buch, § 3, PREFACE."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.language import DivisionWord, Language, fold, load, parse_roman
from tei_pipeline.numerals import GREEK, parse_greek
from tei_pipeline.remembered import remembered
from tei_pipeline.rules.shape import closed_up, without_reference
from tei_pipeline.rules.words import ENDING, TOKEN, words
from tei_pipeline.seldom import seldom

_ROMAN = r"[IVXLCDM]{1,9}|[ivxlcdm]{1,9}"


class HeadLabel(Struct, frozen=True):
    """The label at the front of a heading: its length, the number as printed and as a figure, the division type and rank (0: a bare
    number).
    """

    length: int
    n: str
    number: int
    type: str
    rank: int
    matter: str = "body"


@lru_cache(maxsize=1)
def _latin() -> frozenset[str]:
    """The Latin words for acts and scenes: plays of every country have been printed with them."""
    return frozenset(form for form, word in load("la").divisions.items() if word.type in ("act", "scene"))


@remembered()
def head_label(text: str, language: Language) -> HeadLabel | None:
    """The label that a heading begins with: a division word with its number, in either order, or a bare number."""
    patterns = words(language)
    if (closed := closed_up(text)) != text:
        spaced = head_label(closed, language)
        whole = spaced is not None and spaced.type and not closed[spaced.length :].strip(" .")
        return replace(spaced, length=len(text)) if spaced is not None and whole else None
    if text[:1].isupper() and language.code != "la" and text.split(" ", 1)[0].lower() in _latin():
        latin = head_label(text, load("la"))
        if latin is not None and latin.type:
            return latin
    if (m := patterns.division_first.match(text, 0, LONGEST)) is not None:
        word = _word(language, m[1])
        if m[2] and word:
            found = _number(text[m.start(2) : m.end(2) + 1], language)  # with the stroke that a Greek number may have
            if found and not _GOES_ON.match(text, m.start(2) + found[0]):
                length, number = found
                end = m.start(2) + length
                longer = _COMPOUND.match(text, end) if word.type in _COMPOUNDED else None
                if longer is not None and (last_part := int(longer[1]) if longer[1].isdecimal() else parse_roman(longer[1])):
                    return HeadLabel(longer.end(), text[m.start(2) : longer.end()], last_part, word.type, word.rank, word.matter)
                if (last := patterns.and_last.match(text, end)) is not None or (last := _RAISED.match(text, end)) is not None:
                    end = last.end()
                return HeadLabel(end, m[2][:length], number, word.type, word.rank, word.matter)
    if text[:1].isalnum() and (m := patterns.number_first.match(text, 0, LONGEST)) is not None:
        if (longer := _TOKEN_NEXT.match(text, m.end())) is not None and (value := language.parse_ordinal(text[m.start(1) : m.end(2)])):
            if word := _word(language, longer[1]):  # Portuguese "décima oitava parte": an eighth is the name of a stanza too
                return HeadLabel(longer.end(), text[m.start(1) : m.end(2)], value, word.type, word.rank, word.matter)
        word = _word(language, m[2])
        if word:
            figure = m[1].rstrip(".")
            counts = ("." in m[1] and word.type not in _CALLED) or (word.type == "chapter" and _ENDED.match(text, m.end(2)) is not None)
            value = language.parse_ordinal(figure) or (int(figure) if counts and figure.isdecimal() and len(figure) <= 4 else None)
            if value is None and m.start(1) > m.start() and (value := language.parse_ordinal(text[m.start() : m.end(1)])):
                return HeadLabel(
                    m.end(2), text[m.start() : m.end(1)], value, word.type, word.rank, word.matter
                )  # Ein und zwanzigstes Kapitel
            if value is None and fold(figure) in language.only and word.type in _WHOLE and _ENDED.match(text, m.end(2)):
                value = 1  # EINZIGER AKT
            if value is None and word.type in _AFTER_ROMAN and len(m[2]) > LONGEST_INITIAL and (m[1] != figure or m[2][0].isupper()):
                value = parse_roman(figure) if figure.isupper() and _ENDED.match(text, m.end(2)) else None
            if value or (fold(figure) in language.last and word.type != "poem"):  # LAST POEMS head many
                return HeadLabel(m.end(2), m[1], value or 0, word.type, word.rank, word.matter)
    return bare_label(text)


LONGEST = 160  # characters of the words that number a division, and the word for it
LONGEST_INITIAL = 2  # characters: "J. T." signs, and numbers no tome
# Poems and tales may be called by their words: IV. Song.
_CALLED = frozenset(("poem", "story"))  # 2. POEMS IN VARIOUS METRES
_AFTER_ROMAN = frozenset(("volume", "part", "book", "act", "chapter", "canto", "scene", "letter"))
_WHOLE = _AFTER_ROMAN - {"volume", "letter"}  # of which a piece may have only one
_ENDED = seldom(r"\s*(?:[.:,;—–-]|$)")  # "II. Teil." and "II. Teil: Wien" number a part, "II. Part of the way" is a title
_COMPOUNDED = frozenset(("part", "book", "chapter", "section", "scene"))
_COMPOUND = seldom(r"(?:\.(?:\d{1,2}|[IVXLC]{1,6}))*\.(\d{1,2}|[IVXLC]{1,6})(?=\.?(?:\s|$))")  # Chapter 1.1.IV: of the first book
_RAISED = re.compile(rf"{ENDING}(?![^\W_])")
_GOES_ON = re.compile(r",\d{3}\b")  # a figure of thousands, which numbers nothing: "Number 24,601"


def _word(language: Language, form: str) -> DivisionWord | None:
    return language.divisions.get(form.lower()) or language.divisions.get(fold(form)) or language.divisions.get(fold(form).rstrip("."))


_TOKEN_NEXT = re.compile(r"\s+([^\W\d_]+)(?![^\W_])")
_DASHES = frozenset("-–—")
_BARE = re.compile(rf"[\[(]?(?:§+\s*)?(?:([0-9]{{1,3}}(?:\.[0-9]{{1,3}})*)|({_ROMAN}))(?:[.):\]]|(?=\s|$|[—–-]))", re.ASCII)


_BETWEEN_DASHES = re.compile(rf"[-–—]+ ?({_ROMAN})\.? ?[-–—]+$")  # figures between dashes count pages


_BARE_GREEK = re.compile(
    rf"[\[(]?({GREEK.pattern})(?:[.):\]]|$|(?<!['’])(?=\s))", re.IGNORECASE
)  # before a word an apostrophe tells a lost vowel

YEARS = 1000  # in Roman figures more are those of printing: no chapters are so many


def bare_label(text: str) -> HeadLabel | None:
    """A number alone, or before a title: ``IV``, ``12.``, ``§ 3``, ``2.1``; a Roman one also between dashes: ``-IV-``."""
    if text[:1] in _ROMAN_DIGITS and (several := _SEVERAL.match(text)) is not None:
        low, high = (parse_roman(n) or 0 for n in several.groups())
        return HeadLabel(several.end(), text[: several.end(2)], low, "", 5) if 0 < low < high else None
    m = _BARE.match(text)
    if not m:
        if (greek := _BARE_GREEK.match(text)) is not None and (value := parse_greek(greek[1])):
            return HeadLabel(greek.end(), greek[1], value, "", 5)
        if text[:1] in _DASHES and (m := _BETWEEN_DASHES.match(text)) is not None and (value := parse_roman(m[1])):
            return HeadLabel(m.end(), m[1], value, "", 5)
        return None
    if m[1]:
        return HeadLabel(m.end(), m[1], int(m[1].split(".")[-1]), "", 5 + m[1].count(".") + 1)
    value = parse_roman(m[2])
    if not value or value > YEARS or (len(m[2]) == 1 and m[2] in "cdmCDMlL" and len(text) > m.end()):
        return None
    if (last := _TO_LAST.match(text, m.end(2))) is not None and (parse_roman(last[1]) or 0) > value:
        return HeadLabel(last.end(), text[: last.end(1)], value, "", 5)
    return HeadLabel(m.end(), m[2], value, "", 5)


_ROMAN_DIGITS = frozenset("IVXLC")
_SEVERAL = re.compile(r"([IVXLC]{1,9})\.?(?:, [IVXLC]{1,9}\.?)*(?:,| &) ([IVXLC]{1,9})\.?$")  # VII, VIII: the same, alone on a line
_TO_LAST = re.compile(rf"\.?[—–-]({_ROMAN})(?:\.|$)")  # III-VI: of what was written for several numbers together


def _number(rest: str, language: Language) -> tuple[int, int] | None:
    """The number that words begin with: the longest run of them that is one, and its value."""
    tokens = list(re.finditer(TOKEN, rest))
    first = tokens[0].group()
    end = tokens[0].end()
    for stroke in (rest[end : end + 1], "΄" if first.isupper() else ""):  # ΚΕΦΑΛΑΙΟΝ Α΄, and bare
        if value := parse_greek(first + stroke):
            return end + (rest[end : end + 1] == stroke), value
    if first.isdecimal() and len(first) <= 4:
        return tokens[0].end(), int(first)
    if not first.isdigit() and (first.isupper() or first.islower()):
        value = parse_roman(first)
        small = len(tokens) > 1 and fold(first) in language.lowercase_in_titles  # STORIA DI UN PONTE
        if value and not small and language.parse_cardinal(first) is None:  # the French ten is written with signs of Roman numbers
            return tokens[0].end(), value
    for count in range(len(tokens), 0, -1):
        piece = rest[: tokens[count - 1].end()]
        if len(piece) > 40:
            continue
        value = language.parse_ordinal(piece) or language.parse_cardinal(piece)
        if value:
            return tokens[count - 1].end(), value
        if fold(piece) in language.last:
            return tokens[count - 1].end(), 0
        if fold(piece) in language.only and _ENDED.match(rest, tokens[count - 1].end()):
            return tokens[count - 1].end(), 1  # ACTO ÚNICO
    if len(first) == 1 and "A" <= first <= "Z" and (first not in _letter_words(language) or _PARTED_OFF.match(rest, tokens[0].end())):
        return tokens[0].end(), ord(first) - 64
    return None


_PARTED_OFF = seldom(r"\s*[.:,;)\]—–-]|\s{2}|\s*$")


@lru_cache(maxsize=16)
def _letter_words(language: Language) -> frozenset[str]:
    """The words of one letter, in capitals, which may lack their accent: LETTRE A UN AMI has not the number A."""
    small = language.connectives | language.articles | language.joining | language.addressing | language.lowercase_in_titles
    return frozenset(unicodedata.normalize("NFD", word)[0].upper() for word in small if len(word) == 1)


_OF_SCENE = re.compile(r"([^\W\d_]+):? [ivx]{1,4}[,.] ?(?:[ivxl]{1,6}|\d{1,2})$")
_OF_CHAPTER = re.compile(r"([^\W\d_]+(?:[ -][^\W\d_]+)?)(?:[.,:] |\s?(?:--|—|–)\s?| - )(?=\w)")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?")  # from the first letter or figure to the last


def _may_name(bare: str, language: Language) -> bool:
    """Whether the first word begins the name of a division, or the last one is one: most lines are done with here."""
    first = bare.split(" ", 1)[0]
    if first.split("--", 1)[0].rstrip(".,:;") in _first_words(language):
        return True
    return bare.rsplit(" ", 1)[-1].rstrip(".") in language.divisions and bare.count(" ") < MOST_NAMED


MOST_NAMED = 4  # words of a name that ends with the word for the division
_QUALIFIED = frozenset(("notes", "preface", "contents"))  # EXPLANATORY NOTES; PRONOUNCING INDEX, where all are capitals


_DASHED = re.compile(r"([^\W\d_]+)[.:]?(?:--|[—–])[^\W\d_](?!.*(?:--|[—–]))")  # the name of a division, set off from its title, folded
_MAY_BE_TITLED = frozenset(("introduction", "preface", "prologue", "epilogue", "section", "appendix"))


@lru_cache(maxsize=16)
def _first_words(language: Language) -> frozenset[str]:
    return frozenset(form.split(" ", 1)[0].rstrip(".,:;") for form in language.divisions)


_COUNTED = seldom(r"\s(?:no\.? ?)?(?:[0-9]{1,2}|[ivxl]{1,6}|[a-h])(?:[.:—–-]|$)")  # the number of an appendix, folded


def without_volume(bare: str, language: Language) -> str:
    """The name of a list, folded, without the volume whose list it is: MAPS IN VOL. I, PLATES--VOL. X, PLATES OF THE FIRST VOLUME."""
    tokens = bare.replace("--", " ").replace("—", " ").split()
    words = (i for i, token in enumerate(tokens) if i and (word := _word(language, token)) is not None and word.type == "volume")
    if not (end := next(words, 0)):
        return bare
    small = language.lowercase_in_titles | language.articles
    while end > 1 and (tokens[end - 1] in small or language.parse_ordinal(tokens[end - 1])):
        end -= 1
    return " ".join(tokens[:end]).rstrip(".,:;")


_PAGED = frozenset(("contents", "index"))  # LESSON.           PAGE heads two columns


def _without_column(text: str, language: Language) -> str:
    """A heading without that of the column of pages, which stands far to the right on its line: INDEX            PAGE."""
    name, gap, column = text.rpartition("   ")
    return name.rstrip() if gap and fold(column).strip(" .") in language.page_words else text


_APPARATUS = frozenset(("preface", "introduction", "glossary", "appendix"))


@remembered()
def named_division(text: str, language: Language) -> DivisionWord | None:
    """What a heading like PREFACE, NOTES or INDEX names, alone or with words after it (``NOTES ON ...``, ``PREFACE TO THE ...``)."""
    text = closed_up(text)
    if (name := _without_column(text, language)) != text and (word := named_division(name, language)) is not None:
        return word if word.type in _PAGED else None
    core = _CORE.search(without_reference(text))
    bare = fold(core[0]) if core is not None else ""
    if not bare or len(bare) > 90:
        return None
    if not _may_name(bare, language):
        word = load("en").divisions.get(bare)
        if word is None and text.isupper() and language.code != "en":
            word = named_division(text, load("en"))
        apparatus = word is not None and (word.type == "notes" or (text.isupper() and word.type in _APPARATUS))
        return word if apparatus else None  # the heading of a transcriber, or of the editor of a school edition, in another language
    word = language.divisions.get(bare)
    if word is None and (name := without_volume(bare, language)) in language.figure_lists:
        word = language.divisions.get(name)
    if word is not None:
        return word
    if (scene := _OF_SCENE.match(bare)) is not None and (word := language.divisions.get(scene[1])) is not None and word.type == "notes":
        return word  # NOTES: III, 2.
    if (parted := _OF_CHAPTER.match(bare)) is not None and (word := language.divisions.get(parted[1])) is not None and word.type == "notes":
        label = head_label(bare[parted.end() :], language)
        return word if label is not None and label.type else None  # NOTES--CHAPTER I.
    if (dashed := _DASHED.match(bare)) is not None and text.isupper():
        word = language.divisions.get(dashed[1])
        return word if word is not None and word.type in _MAY_BE_TITLED else None  # INTRODUCTION.--THE CONSCIOUS ROPE
    tokens = bare.split()
    if len(tokens) == 2 and (tokens[1].isdecimal() or parse_roman(tokens[1])):
        word = language.divisions.get(tokens[0])
        front = word is not None and word.matter == "front" and word.type != "contents"  # TABLE 1 heads its columns
        return word if word is not None and (front or word.type == "appendix") else None
    if len(tokens) > 1:
        if (word := language.divisions.get(tokens[0])) is not None and word.type == "appendix" and _COUNTED.match(bare, len(tokens[0])):
            return word  # APPENDIX B. LETTERS TO ...
        for count in (3, 2, 1):
            lead = " ".join(tokens[:count]).rstrip(".,:;")
            word = language.divisions.get(lead)
            if word is None or word.matter == "body" or count >= len(tokens):
                continue
            if word.type == "contents" and lead not in language.contents:
                continue  # TABLE OF THE KINGS
            if tokens[count] in language.lowercase_in_titles or words(language).byline.match(" ".join(tokens[count:])) is not None:
                return word  # PREFACE TO THE ...; PROLOGUE SPOKEN BY ...
            if tokens[count - 1][-1] == ":" and word.type == "index" and text.isupper():
                return word  # INDEX: TITLES AND AUTHORS
        last = language.divisions.get(tokens[-1].rstrip("."))
        if (
            last is not None
            and last.matter in ("front", "back")
            and (last.type != "contents" or tokens[-1].rstrip(".") in language.contents)
            and len(tokens) <= MOST_NAMED
            and (tokens[0] in language.articles or tokens[0] not in language.lowercase_in_titles)  # WITH EXPLANATORY NOTES
            and not (last.type == "notes" and len(tokens) > 2 and tokens[-2] in language.lowercase_in_titles)  # EDITED WITH NOTES
            and ("'" in bare or tokens[0] in language.articles or last.type in _QUALIFIED or (last.type == "index" and text.isupper()))
        ):
            return last
    return None
