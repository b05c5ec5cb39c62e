"""Formulas that close letters: those of the language's list, and others made of the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.rows import starts_lower
from tei_pipeline.rules.letters.dated import MARKS, is_dateline
from tei_pipeline.rules.shape import is_capitals, is_short
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MOST_OF_A_CLOSING = 24  # words from its formula to the name
MOST_OF_OTHERS = 14  # words of a formula that no list has, with the name behind it
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_SEGMENT = re.compile(r"[^,]*(?:,|$)")
_ENCLOSED = seldom(r"[\"“„«‘']+[^\"“”„«»]*[\"”“»’']$")
_SPOKEN = re.compile(r"\W?(?:--|[—–-])")  # the dash before direct speech, in French and many other languages
# Two sentences after that of the formula: with it a letter begins.
_GOES_ON = re.compile(r"[^\W\d_]{2}[.!?]\s+\S.*[^\W\d_]{2}[.!?]\s+\S+\s\S+\s\S")


_TWO_MORE = re.compile(r"[^\W\d_]{2}[.!?]\s+\S.*[^\W\d_]{2}[.!?]\s+\S")  # sentences: "I am sending it. Good night! Yours ever."
_SENTENCE_END = re.compile(r"[^\W\d_][.!?;](?:--|[—–])?\s+(?=[^\W\d_])")


def is_closing(text: str, layout: Layout) -> bool:
    """Whether words begin with a formula that closes letters, and hardly more follows than a name."""
    bare = _behind_address(lowered(text).strip(MARKS), layout.language)
    formula = words(layout.language).closing.match(bare)
    if (
        (formula is None and not is_formula(bare, layout.language))
        or starts_lower(text)
        or _SPOKEN.match(text)
        or not is_short(bare, MOST_OF_A_CLOSING)
    ):
        return False
    if layout.dialogue and _ENCLOSED.match(text):
        return False  # "I am, Don.": an answer; a letter that is quoted opens its marks again and leaves them open
    if formula is None:
        return True
    return _GOES_ON.search(bare, formula.end) is None and not (
        _TWO_MORE.search(bare, formula.end) and ends_in_formula(bare, layout.language)
    )


def _behind_address(text: str, language: Language) -> str:
    """The words behind those that address the receiver once more, over a formula: "MY LORD, Your Lordship's much obliged, …"."""
    address, _, rest = text.partition(", ")
    return rest if fold(address) in language.addresses and is_formula(rest.partition(",")[0], language) else text


def is_cut_short(text: str, language: Language) -> bool:
    """Whether a line is a compliment that "&c." ends before the name, perhaps behind a wish: "With great esteem, I am, Sir, &c."."""
    spared = words(language).and_so_on.search(text)
    if spared is None or not is_short(text, MOST_OF_OTHERS):
        return False
    *wish, last = text[: spared.start()].rstrip(", ").split(", ")
    while wish and fold(last) in language.addresses:
        last = wish.pop()
    formula = words(language).closing.match(last)
    if formula is None or formula.end < len(last):
        return False
    tokens = _TOKEN.findall(" ".join(map(fold, wish)))
    return len(wish) <= 1 and (not tokens or tokens[0] in language.function_words) and language.finite.isdisjoint(tokens)


def lowered(text: str) -> str:
    """Words without the braces around letters that are printed above the line: Y{r} obed{t} serv{t}."""
    return text.replace("{", "").replace("}", "") if "{" in text else text


@lru_cache(maxsize=16)
def _vocabulary(language: Language) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """The words that formulas alone are made of, those of formulas of closing, those that address somebody, and all that stand in them."""
    own = frozenset(map(_form, language.closing_words))
    first = own.union(_form(token) for form in language.closings for token in _TOKEN.findall(form))
    addressed = frozenset(_form(token) for form in language.salutations for token in _TOKEN.findall(form))
    return own, first, addressed, first | addressed | language.connectives | language.articles


def is_formula(text: str, language: Language) -> bool:
    """Whether a short line is made of nothing but the words of formulas, one of them at least a word that formulas alone are made of,
    and perhaps of a few names: "Always faithfully yours.", "and very humble servant,".
    """
    if not is_short(text, MOST_OF_OTHERS):
        return False
    tokens = _TOKEN.findall(lowered(text))
    own, opening, _, inside = _vocabulary(language)
    if not tokens or not own or text[-1] in ":;?!" or _form(tokens[0]) not in opening:
        return False
    names = sum(token[0].isupper() and _form(token) not in inside for token in tokens)
    if 2 * names > len(tokens):
        return False  # "Servants, Gamblers, etc."
    plain = [form for token in tokens if token[0].islower() or token is tokens[0] for form in (_form(token),)]
    return all(form in inside for form in plain) and any(_form(token) in own for token in tokens)


def speaks_as_formula(text: str, language: Language) -> bool:
    """Whether a short line begins as formulas do and has a word that they alone are made of: "Your honest as well as dutiful DAUGHTER."."""
    tokens = _TOKEN.findall(text) if is_short(text, MOST_OF_OTHERS) else []
    own, opening, _, _ = _vocabulary(language)
    return bool(tokens) and _form(tokens[0]) in opening and any(_form(token) in own for token in tokens)


def runs_on(text: str, language: Language) -> bool:
    """Whether a line is the beginning of a formula that the name on the next line ends: "Your", "Ever your own"."""
    if not is_short(text, MOST_BEFORE_NAME) or not text[-1].isalpha():
        return False
    tokens = _TOKEN.findall(text)
    return bool(tokens) and _form(tokens[0]) in _vocabulary(language)[1] and all(token.islower() for token in tokens[1:])


MOST_BEFORE_NAME = 4  # words


def ends_in_formula(text: str, language: Language) -> bool:
    """Whether a line of running text ends in the last word of a formula, with or without a comma: "… your faithful and affectionate"; or
    its last sentence is a formula: "… the state of the roads. Yours, &c.".
    """
    token = text.rsplit(" ", 1)[-1].rstrip(",")
    if token[-1:].isalpha() and _form(token) in _vocabulary(language)[0]:
        return True
    *_, last = (None, *_SENTENCE_END.finditer(text))
    if last is None:
        return False
    said = text[last.end() :]
    formula = words(language).closing.match(said)
    if formula is None or any(map(str.isalnum, words(language).and_so_on.sub("", said[formula.end :]))):
        return False
    return any(_form(word) in _vocabulary(language)[0] for word in _TOKEN.findall(said))  # "Farewell." is said in stories too


def leads_to_example(text: str, layout: Layout) -> bool:
    """Whether a line ends with a small word and a comma: "In the names of firms the last comma is omitted, as,"."""
    return text[-1:] == "," and fold(text[:-1].rpartition(" ")[2]) in layout.language.connectives


def after_closing(rows: Rows, at: int, layout: Layout, most: int = 8) -> bool:
    """Whether the lines before, that stand together, are a formula of closing, which may go on from ``most`` such groups above, or end with
    the comma of one.
    """
    if not at or not most:
        return False
    start = at - 1
    while start > 0 and at - start < 4 and not rows[start].gap:
        start -= 1
    text = " ".join(row.text for row in rows[start:at])
    if rows[at].gap != 1 or not rows[start].gap or not is_short(text, 24):
        return False
    if (
        is_closing(text, layout)
        or is_formula(text, layout.language)
        or ((rows[start].starts_lower or runs_on(text, layout.language)) and after_closing(rows, start, layout, most - 1))
    ):
        return True
    ended = start > 0 and (rows[start - 1].ends_sentence or rows[start - 1].text[-1] in ",-—")
    if text[-1] == "," and ended and is_dateline(rows[start - 1].text, layout):
        return False  # whom the letter is to
    return text[-1] == "," and ended and rows[start].gap == 1 and is_short(text, 14) and not is_capitals(text)


def compliment_end(text: str, language: Language) -> int:
    """How many characters of what signs a piece, set as one line, are the compliment that stands before the name: "I am, Sir, your obedient
    Servant," of "I am, Sir, your obedient Servant, J. Lind, Secretary."; 0 without one, all where no name follows.
    """
    if text[:1] in "([":
        return 0  # "(Signed)" is no compliment
    end = 0
    addressed = _vocabulary(language)[2]
    for segment in _SEGMENT.finditer(text):
        tokens = list(_TOKEN.finditer(text, segment.start(), segment.end()))
        if not tokens:
            continue
        opens = _opens_as_formula(tokens, language)
        if not end and not opens and segment.end() < len(text) and all(_form(token[0]) in addressed for token in tokens):
            continue  # "Sir, your most humble servant,"
        formula = words(language).closing.match(segment[0])
        if not end and formula is None and not is_formula(segment[0].strip(MARKS), language) and not opens:
            return 0
        name = _name_in(tokens, segment.start() + formula.end if formula else 0, language)
        if name is not None:
            return name.start() if name is not tokens[0] else end
        end = segment.end()
    return end


def _opens_as_formula(tokens: Sequence[re.Match[str]], language: Language) -> bool:
    """Whether words in lower case follow one with which formulas begin: "Your brother"."""
    return _form(tokens[0][0]) in _vocabulary(language)[1] and any(token[0].islower() for token in tokens[1:])


def _name_in(tokens: Sequence[re.Match[str]], formula: int, language: Language) -> re.Match[str] | None:
    """The first word of the name that a stretch of a closing ends in, of its words; None where it is a compliment to its end.
    A formula of the language's list ends at ``formula``.
    """
    _, first, addressed, inside = _vocabulary(language)
    small = language.lowercase_in_titles | language.connectives | language.articles
    last = -1
    for i, token in enumerate(tokens):
        form, word = _form(token[0]), token[0].rstrip(".")
        if token.end() <= formula or (len(word) > 1 and form not in small and (form in inside or word[0].islower())):
            last = i
    tail = tokens[last + 1 :]
    if not any(token[0][0].isupper() for token in tail):
        return None  # "I am, etc."
    if last < 0:
        return tail[0]
    if _form(tokens[last][0]) in addressed:
        return None  # "Believe me, dear Anna"
    named = all(token[0][0].isupper() or token[0][1:] == "." for token in tail)  # A. v. Holm
    return tail[0] if named and (tokens[last].end() <= formula or _form(tokens[last][0]) in first) else None


def _form(token: str) -> str:
    """A word as the lists have it; of a compound its last part: "ever-dutiful"."""
    return fold(token).replace("’", "'").rstrip(".").rpartition("ever-")[2]
