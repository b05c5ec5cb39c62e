"""The persons of a play: the names of its list of persons, and whom a name before a speech means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from tei_pipeline.language import DivisionWord, Language, fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.shape import chunk_end, is_capitals, without_reference, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

LONGEST_LIST = 120  # lines of a list of persons: histories of Shakespeare's age print fifty and more
_NAME_ENDS = seldom(r",|\t|\s_|\(|\[|\s[-–|}]|—|--|:|;|\.\s{2,}|\.{2,}|\s{4,}|\.$")
LONGEST_GROUP = 4  # words of a name, or of a heading over some of the persons
FEWEST_SAID = 3  # words behind the name that begins a speech: fewer may say who somebody is
_SAID = re.compile(rf"^_?(?:[^\W_]+ ){{0,2}}(?P<name>[^\W\d_]{{2,}})\._?(?:\s\S+){{{FEWEST_SAID}}}")
_BETWEEN_NAMES = re.compile(r"[.,] ")
_SPOKEN = re.compile(r"_[^\W_][^_]{0,30}\._ [^\W\d_a-zß-öø-ÿ]")  # _K. Har._ My lord?
_COLUMNS = re.compile(r"\s{3,}")
_IN_ORDER = re.compile(r"\s[(\[][^()\[\]]*[)\]][.:_*]*$")  # PERSONS (in the order of their entrances)
_ORDINAL = re.compile(r"^\d{1,2}[^\W\d_]{0,3}\.?\s")  # 1st Herdsman, 2. Wächter
SHORTEST = 2  # letters of an abbreviated name: "Wi." for Widow


def speaker_key(name: str) -> str:
    """The name of a speaker without case, points and marks."""
    return fold(name.translate(_PRINTED).strip("*=~. ")).rstrip(".")


_PRINTED = str.maketrans({"_": None, "[": None, "]": None, "º": "°"})  # [LENA], WEAVER: what an editor adds; FERRYMAN 1.º


def tells_setting(text: str, language: Language, *, marked: bool = False) -> bool:
    """Whether a line tells the place or time of a play: SCENE: London; La scène est à Paris. A line of verse may begin like the
    second: where nothing sets it apart, a mark is asked for.
    """
    found = words(language).setting.match(text)
    if found is None:
        return False
    if text[found.end : found.end + 1] == "\t":
        return True
    rest = text[found.end :].lstrip(" _*")
    if marked:
        return rest[:1] in tuple(":.—–-")
    if re.match(r",?\s?--|,?\s?[—–]|[:.-]|[^\W\d_A-Z]", rest):
        return True
    return rest[:1] == "," and (word_count(rest) > 2 or text[: found.end].isupper())


def names_cast(text: str, language: Language) -> bool:
    """Whether a line names the persons of a play, over the first of two columns also: CHARACTERS    ORIGINAL CAST."""
    if len(text) > 60:
        return False
    bare = _first_column(text)
    word = language.divisions.get(bare) or (named_division(text.strip("_*[( "), language) if text.isupper() else None)
    return bare in language.cast or (word is not None and word.type == "cast")


def names_cast_of(text: str, language: Language) -> bool:
    """Whether words in capitals say whose persons stand below them: THE CHARACTERS OF THE COMEDY TO BE MADE."""
    if not text.isupper() or len(text) > 60:
        return False
    said = fold(text).strip(" .:_*").split()
    said = said[1:] if said[0] in language.articles else said
    return any(" ".join(said[:end]) in language.cast and said[end] in language.lowercase_in_titles for end in range(1, len(said)))


LONGEST_PERSON = 50  # characters of a line that only names somebody


def cast_division(text: str, language: Language) -> DivisionWord | None:
    """The division that the first of two columns names, or what stands before a bracket, or a group of the persons alone."""
    if names_group(text, language):
        return next((word for word in language.divisions.values() if word.type == "cast"), None)
    return language.divisions.get(_first_column(text)) if names_cast(text, language) else None


def _first_column(text: str) -> str:
    return fold(_IN_ORDER.sub("", without_reference(_COLUMNS.split(text.strip("_*[( "), maxsplit=1)[0]))).strip(" .:_*]")


def first_name(text: str) -> str:
    """The key of the person whom a line of the list begins with."""
    return speaker_key(_NAME_ENDS.split(text.strip("_*=~|}{ "), maxsplit=1)[0].strip("_*=~.|}{ "))


def leaves_list(row: Row, usual: int) -> bool:
    """Whether a line stands farther below the list of persons than its lines from each other, and is no heading of more of them
    (WOMEN.), nor a name; words in italics are a direction, or the name before a speech.
    """
    if row.gap < 2 or row.gap <= usual:
        return False
    if row.text[0] == "_" and "_" not in row.text[1:].rstrip(". ")[:-1] and word_count(row.text) > LONGEST_GROUP:
        return True
    if _SPOKEN.match(row.text):
        return True
    return word_count(_NAME_ENDS.split(row.text.strip("_*=~|}{() "), maxsplit=1)[0]) > LONGEST_GROUP and not is_capitals(row.text)


def stands_out(rows: Sequence[Row], start: int, at: int, usual: int, language: Language) -> bool:
    """Whether capitals apart stand farther left than every line of a list of persons, or over running text, as what they wear: a heading
    of what follows the list.
    """
    row = rows[at]
    if row.gap <= max(1, usual) or not is_capitals(row.text):
        return False
    if row.indent >= min(above.indent for above in rows[start:at]) and not _heads_text(rows, at):
        return False
    if names_group(row.text, language):
        return False
    name = speaker_key(row.text)  # PRIEST. over what he says, whom the list has as THE PRIEST OF ORMOND
    return not heads_group(rows, at, rows[at - 1].indent, language) or any(name in fold(above.text).split() for above in rows[start:at])


def _heads_text(rows: Sequence[Row], at: int) -> bool:
    """Whether a few words stand apart over a paragraph whose lines go on with the sentences of those above."""
    below = rows[at + 1 : chunk_end(rows, at + 1)] if at + 1 < len(rows) and rows[at + 1].gap else ()
    return word_count(rows[at].text) <= LONGEST_GROUP and len(below) > 1 and below[1].starts_lower and below[-1].ends_sentence


def titles_again(rows: Sequence[Row], start: int, at: int) -> bool:
    """Whether capitals with white space around them, which the persons of a list do not have between them, say again what the title
    above the list did: the play begins below it.
    """
    row = rows[at]
    if at - start < 2 or at + 1 >= len(rows) or not is_capitals(row.text):
        return False
    usual = rows[start + 1].line - rows[start].line  # persons taken for speakers have been set apart
    if min(row.line - rows[at - 1].line, rows[at + 1].line - row.line) <= usual:
        return False
    title = fold(without_reference(row.text)).strip(" .:_*")
    above = rows[max(0, start - NEAR_TITLE) : start]
    return any(other.text[0] == row.text[0] and fold(other.text).strip(" .:_*") == title for other in above)


NEAR_TITLE = 50  # lines between the title of a play and its persons: who wrote it, and where it was given


def names_group(text: str, language: Language) -> bool:
    """Whether a line names a group of the persons, over the list: WOMEN."""
    return len(text) <= 30 and text.isupper() and fold(text).strip(" .:_*") in language.cast_groups


def answers(rows: Sequence[Row], at: int, language: Language) -> bool:
    """Whether the paragraph above stands right below a name in capitals, so that the name at a row is that of who speaks next, though
    groups of persons are called so: THE WOMEN.
    """
    said = at - 1
    while said > 0 and not rows[said].gap:
        said -= 1
    said += said < at - 1 and is_capitals(rows[said].text)  # no white space below the name
    if said < 1 or not 0 < rows[at].gap <= WIDEST or rows[said].gap > WIDEST or is_capitals(rows[said].text):
        return False
    name = rows[said - 1]
    if not 0 < name.gap <= WIDEST or not is_capitals(name.text) or "," in name.text or names_group(name.text, language):
        return False
    return sum(row.text == name.text for row in rows) >= FEWEST_PERSONS  # no title, which may stand there twice


WIDEST = 2  # empty lines around names on lines of their own
FEWEST_PERSONS = 3
_PERSON = seldom(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]+(?:,|\.$|$)")  # LUCY, daughter to the Justice.


def are_persons(rows: Sequence[Row]) -> bool:
    """Whether lines are a list of persons that has no heading: most begin with a name in capitals, and a comma."""
    return len(rows) >= FEWEST_PERSONS and sum(bool(_PERSON.match(row.text)) for row in rows) >= 0.7 * len(rows)


def heads_group(rows: Sequence[Row], at: int, indent: int, language: Language) -> bool:
    """Whether a short line stands over more persons of the list, set in below it as those before were: WOMEN."""
    row = rows[at]
    if word_count(row.text) > LONGEST_GROUP or row.indent >= indent or at + 1 >= len(rows):
        return False
    label = head_label(row.text, language)
    return rows[at + 1].indent == indent and rows[at + 1].gap <= 1 and (label is None or not label.type)


def cast_length(rows: Sequence[Row], at: int, language: Language) -> int:
    """How many lines the list of persons has that begins at a row."""
    named = False
    usual = 1
    for i, row in enumerate(rows[at : at + LONGEST_LIST]):
        if (row.gap > 2 and named) or tells_setting(row.text, language) or fold(row.text).strip(" .:_*") in language.contents:
            return i
        if row.gap and (label := head_label(row.text.strip("_*=~ "), language)) is not None and label.type:
            return i
        if i and row.gap and (plays_below(rows, at, at + i, language) or titles_again(rows, at, at + i)):
            return i
        usual = max(usual, rows[at + 1].gap) if i else usual
        if named and (leaves_list(row, usual) or speaks_first(rows, at, at + i, language) or stands_out(rows, at, at + i, usual, language)):
            return i
        named = named or bool(_printed_name(row.text))
    return min(LONGEST_LIST, len(rows) - at)


def plays_below(rows: Sequence[Row], start: int, at: int, language: Language) -> bool:
    """Whether a line apart below a list of persons belongs to the play: somebody enters, or a name stands again, over his words, or
    several do, of those who are there.
    """
    text = rows[at].text
    if words(language).move.match(text.lstrip("_([")):
        return True
    there = [speaker_key(name) for name in _BETWEEN_NAMES.split(text)]
    if len(there) > 1 and set(there) <= {first_name(row.text) for row in rows[start:at]}:
        return True
    if at + 1 >= len(rows) or rows[at + 1].gap > 1 or word_count(text) > LONGEST_GROUP or is_capitals(rows[at + 1].text):
        return False
    key = speaker_key(text)
    return any(first_name(row.text) == key for row in rows[start:at])


def speaks_first(rows: Sequence[Row], start: int, at: int, language: Language) -> bool:
    """Whether a line apart begins as the speech of somebody whom a list of persons has named does: "_Anna._ Who is there?"."""
    m = _SAID.match(rows[at].text) if rows[at].gap and at > start else None
    if m is None or f"{fold(m['name'])}." in language.titles:
        return False
    above = rows[start:at]
    named = fold(m["name"])
    return any(named in fold(row.text) for row in above) and not any(_SAID.match(row.text) for row in above)


def _printed_name(text: str) -> str:
    """The name that a line of the list begins with, as printed; nothing where it is none; the capitals before many words that tell more:
    FARMERS from a village on the other side of the river.
    """
    name = _NAME_ENDS.split(text.strip("_*=~|}{() "), maxsplit=1)[0].strip("_*=~.|}{ ")
    if word_count(name) > MOST_OF_NAME and not name.isupper():
        name = " ".join(takewhile(str.isupper, name.split()))
    return name if name and word_count(name) <= MOST_OF_NAME and _ORDINAL.sub("", name)[:1].isupper() else ""


MOST_OF_NAME = 6  # words


def _second_column(text: str) -> list[str]:
    """The person beside the first, where a list stands in two columns; the others, where persons follow each other in one line."""
    if ";" in text and all(0 < word_count(part) <= LONGEST_GROUP and part.strip()[0].isupper() for part in text.rstrip("; .").split(";")):
        return [name.strip(" .") for name in text.rstrip("; .").split(";")]
    columns = _COLUMNS.split(text.strip("_*=~|}{() "))
    name = _printed_name(columns[1]) if len(columns) == 2 else ""
    return [name] if name else []


def _named_together(text: str) -> list[str]:
    """The names in capitals behind the first, where small letters say who they all are: HOLM, TARN, millers of the town."""
    named = list(takewhile(str.isupper, text.split(", ")))
    return named[1:] if len(named) < len(text.split(", ")) else []


def goes_on_below(rows: Sequence[Row], at: int) -> bool:
    """Whether a line right below one of a list of persons is set in and goes on with it: after a comma, or in its italics."""
    row, last = rows[at], rows[at - 1]
    right = not row.gap or row.line == last.line + 1  # taken for the name before a speech, it was set apart
    return right and row.indent > last.indent and (last.text.rstrip("}| ").endswith(",") or last.text.count("_") % 2 == 1)


def cast_names(rows: Sequence[Row], at: int, language: Language) -> dict[str, str]:
    """The persons in the list that begins at a row: the name of each as printed, by its key."""
    found: dict[str, str] = {}
    for i, row in enumerate(rows[at : at + cast_length(rows, at, language)], at):
        name = _printed_name(row.text)
        if not name or (i > at and goes_on_below(rows, i)):
            continue
        found.setdefault(speaker_key(name), name)
        for other in (*words(language).several.split(name), *_second_column(row.text), *_named_together(row.text)):
            if word_count(other) <= 3 and other[:1].isupper() and len(other) > 2:
                found.setdefault(speaker_key(other), other)
    return {key: name for key, name in found.items() if len(key) > 1}


class Cast:
    """The persons of a list, as printed by their keys, and by every word of their names, in which a speaker is looked up."""

    def __init__(self, names: Mapping[str, str] | None = None, language: Language | None = None) -> None:
        self.names = dict(names or {})
        self.small = language.articles if language is not None else frozenset[str]()
        self.several = words(language).several if language is not None else _COLUMNS
        self._words: dict[str, set[str]] = {}
        for name in sorted(self.names):
            for word in name.split():
                word = word.strip(".'")
                if word not in self.small:
                    self._words.setdefault(word, set()).add(name)

    def __bool__(self) -> bool:
        return bool(self.names)

    def whom(self, key: str) -> str:
        """The one person whom a name means: the whole name, some words of it, or their first letters; nothing when it may be several."""
        if key in self.names:
            return key
        bare = [word.strip(".'") for word in key.split()]
        bare = [word for word in bare if word not in self.small] or bare
        meant: set[str] | None = None
        for word in bare:
            having = self._words.get(word) or self._begun(word)
            meant = having if meant is None else meant & having
        return next(iter(meant)) if meant is not None and len(meant) == 1 else ""

    def has(self, key: str) -> bool:
        """Whether a name may be that of a person of the list, also of several."""
        if key in self.names:
            return True
        bare = [word.strip(".'") for name in self.several.split(key) for word in name.split() if word.strip(".'") not in self.small]
        return bool(bare) and all(word in self._words or self._begun(word) for word in bare)

    def says(self, key: str) -> bool:
        """Whether every word of a name stands in the list, none abbreviated; no article alone does."""
        bare = [word.strip(".'") for word in key.split()]
        return any(word in self._words for word in bare) and all(word in self._words or word in self.small for word in bare)

    def shortens(self, key: str) -> bool:
        """Whether a name is the first letters of one in the list, and not a word of it like the title of "Mr. Brown"."""
        return key not in self._words and self.has(key)

    def _begun(self, word: str) -> set[str]:
        if len(word) < SHORTEST:
            return set()
        return {name for full, names in self._words.items() if full.startswith(word) for name in names}


def only_persons(text: str, known: frozenset[str], cast: Cast, language: Language) -> bool:
    """Whether a line names nothing but persons, as scenes name those who are on the stage: "FAUST. WAGNER."."""
    if text[-1:] in "!?," or len(text) > 120:
        return False
    parts = _parted(_DOING.sub("", text), language)
    others = [part for part in parts if not _are_the_others(part, language)]
    parts = others if len(others) > 1 else _parted(text, language)
    if not parts or any(word_count(part) > 5 or not (part[0].isupper()) for part in parts):
        return False
    keys = [speaker_key(part) for part in parts]
    if all(_is_person(key, known, cast) for key in keys):
        return True
    italic = text[0] == "_" and text.rstrip(". ")[-1] == "_" and len(keys) > 1
    whole = italic and text.count("_") == 2
    if not lists_persons(text) and not whole and not (italic and keys[0] not in known):
        return False
    if len(keys) > 1 and all(any(len(short) >= SHORTEST and key.startswith(short) for short in known) for key in keys):
        return True  # PAMPHILUS, MARY, who speak as Pa. and Ma.
    if not lists_persons(text) and not whole:
        return False
    named = sum(_is_person(key, known, cast) or _is_cut_short(key, known) for key in keys)
    return named >= max(2, len(keys) / 2)  # who says nothing stands with those who do


def _parted(text: str, language: Language) -> list[str]:
    """What stands between the signs and words that part names."""
    parts = (part.strip(" *()[]{}.") for part in words(language).several.split(text.replace("_", "").rstrip(". ")))
    return [part for part in parts if part]


_DOING = re.compile(r"(?<=\w) \([^\W\d_][^()]*\)")  # what he does, behind his name


def _are_the_others(part: str, language: Language) -> bool:
    """Whether words say who else is there: "vorigen", or behind a point "and the same"."""
    first, _, rest = fold(part).partition(" ")
    return fold(part) in language.stage or (first in language.joining and rest in language.stage)


def lists_persons(text: str) -> bool:
    """Whether a line is a list of names in capitals or italics, with commas: "ANNA, TWO SOLDIERS, BERTHA."."""
    bare = _JOINING.sub(" ", text).strip("_. ")
    return "," in bare and (bare.isupper() or (text[0] == "_" and text.rstrip(". ")[-1] == "_")) and ".," not in text


_JOINING = re.compile(r" _[^\W\d_]{1,4}_ ")  # ANNA, BERTHA, _and_ CLARA


def _is_person(key: str, known: frozenset[str], cast: Cast) -> bool:
    """Whether a name is that of a speaker or person, whatever stands before it: the old Count."""
    last = key.rsplit(" ", 1)[-1]
    return key in known or last in known or (bool(key) and (cast.says(key) or cast.says(last)))


def _is_cut_short(key: str, known: frozenset[str]) -> bool:
    """Whether the names before speeches are the first letters of this one: WINIFRED, who speaks as Win."""
    last = key.rsplit(" ", 1)[-1]
    return any(len(short) > SHORTEST and last.startswith(short) for short in known)
