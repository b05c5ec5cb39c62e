"""What a name before speeches may be: of a person, a title with it, a role; and what looks like one and is none."""

from __future__ import annotations

import re
from functools import lru_cache

from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.shape import is_title_case, word_count
from tei_pipeline.rules.words import words


def names_actor(text: str, language: Language) -> bool:
    """Whether what stands beside a name is the name of him who played the part: a title and one or a few words more."""
    words = text.strip("_. ").split()
    return 1 < len(words) <= MOST_OF_ACTOR and (words[0] in language.titles or fold(words[0]) in language.titles)


MOST_OF_ACTOR = 4  # words: Mr. George Alexander


def is_set_in_capitals(name: str, language: Language) -> bool:
    """Whether a name is in capitals, titles, articles and roles before it aside: HADDAM, Mr. BOTT, The SPEAKER, Voice of the KING."""
    bare = name.translate(_RAISED).strip("*=~. ")
    if bare.isupper():
        return True
    *before, last = bare.split()
    if not (last.isupper() and len(last) > 2):
        return False
    small = (word.lower().rstrip(".") for word in before if not word.isupper())
    return all(
        word in language.titles or f"{word}." in language.titles or word in language.speakers or word in language.lowercase_in_titles
        for word in small
    )


_RAISED = dict.fromkeys(map(ord, "_ºª"))  # marks of italics, and the small letters of ordinals: MERCHANT 2.º
_TWO_LETTERS = re.compile(r"[^\W\d_]\.[^\W\d_]")  # who signs: A.L. The name of somebody cut short, Q.M., other lines have to show
_INITIALS = re.compile(r"^(?:[^\W\d_]\. ){1,2}")


def is_name(name: str, language: Language) -> bool:
    """Whether words may name a speaker: up to five, in capitals or each with a capital, and no title or abbreviation alone."""
    if (len(name) < 2 and not name.isupper()) or not 0 < word_count(name) <= 5 or _TWO_LETTERS.fullmatch(name):
        return False
    name = name.translate(_RAISED)
    key = fold(name)
    last = key.rsplit(" ", 1)[-1]
    numbered = name[0].isdigit() and " " in name  # 1st Shepherd
    if (
        (f"{last}." in language.titles and not numbered and (len(last) > 1 or last == key))  # Here Mr.; but Old M., 2. Bro.
        or f"{key}." in language.abbreviations
        or (key in language.addresses and not name.isupper())
        or words(language).greeting.match(key)
    ):
        return False
    bare = name.split(" ", 1)[1] if numbered else _INITIALS.sub("", name)
    return name.isupper() or is_title_case(bare, language.lowercase_in_titles)


def names_division(key: str, language: Language) -> bool:
    """Whether what looks like a name is one of a division, of the stage, of a numbered song (AIR II), of what demonstrations are made
    of (Corollary, Note 2), or the end, or says what kind of play it is: A PLAY IN THREE ACTS.
    """
    first, _, number = key.rpartition(" ")
    if number.isdigit() or parse_roman(number) is not None:
        if first in language.stage or not language.demonstrations.isdisjoint((first, f"{first}.")):
            return True
    elif key in language.demonstrations:
        return True
    if key in language.cast or key in language.cast_groups or key in language.play_settings or f"{key}." in language.postscripts:
        return True
    if (named := named_division(key, language)) is not None and named.matter != "body":
        return True
    if counts_acts(key, language):
        return True
    label = head_label(key.upper(), language)
    return (label is not None and bool(label.type)) or key in language.trailers or key in language.stage


def counts_acts(text: str, language: Language) -> bool:
    """Whether words say what kind of play it is, and how many acts it has: A PLAY IN THREE ACTS."""
    said = fold(text).strip(" .:_*[]()").split()
    return any(language.genres.get(word) == "play" for word in said) and any(
        (word := language.divisions.get(each)) is not None and word.type == "act" for each in said
    )


def is_role(key: str, language: Language) -> bool:
    """Whether a name begins with a title, or is or ends with a role: Mr. Smith, The Chairman, A delegate, Voices."""
    words = key.split()
    if key in language.speakers or words[-1] in language.speakers or " ".join(words[-2:]) in language.speakers:
        return True
    return len(words) > 1 and (words[0] in language.titles or f"{words[0].rstrip('.')}." in language.titles)


@lru_cache(maxsize=16)
def roles(language: Language) -> frozenset[str]:
    """Short labels of questions and answers: Q. and A. in a catechism."""
    return frozenset(form.rstrip(".") for form in language.speakers if len(form.rstrip(".")) <= 8)
