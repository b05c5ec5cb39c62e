"""Reactions in reports of speeches: laughter, applause, voices from the floor, between brackets.

Kinds and types after ParlaMint (TEI customisation of parliamentary records, clarin-eric/ParlaMint): ``vocal``, ``kinesic``, ``incident``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tei_pipeline import model
from tei_pipeline.inline.brackets import Bracket, is_apart
from tei_pipeline.inline.flow import Mark
from tei_pipeline.inline.words import words
from tei_pipeline.language import Language, ReactionWord, alternation, fold
from tei_pipeline.model import Content, Spans

_QUOTED = re.compile(r"[\"“„«‘']\s?[^\"”“»’]*?[\"”“»’'](?=[\s.,;:!?)—-]|$)|[\"“„«].*$")
_CLAUSE = re.compile(r"[.;!?…]+|\s[—–-]\s|—")
_PART = re.compile(r"[,:]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LABEL = re.compile(r"^[^\W\d_](?:[^:\"“„«]{0,58}[^\W_.:\"“„«]|[^:\"“„«]{0,58}\.)?\s?:\s*(?=[\"“„«‘'—]|\w)")

# Reactions that say by themselves what they are, also in the middle of a sentence and in lower case.
_SURE = frozenset({"laughter", "applause", "shouting", "murmuring", "noise", "interruption", "smiling"})
_VOICED = _SURE - {"smiling"} | {"exclamat"}  # what a voice from the floor may be called instead of quoted
# Not these, which are words of every text: a division of the house, a true thing, a question.
_PLAIN = frozenset(
    {
        "question",
        "clarification",
        "speaking",
        "action",
        "gesture",
        "signal",
        "sound",
        "exclamat",
        "break",
        "greeting",
        "leaving",
        "entering",
    }
)

AUDIENCE = ReactionWord("vocal", "clarification")
"""What is told of the audience in words of its own: it agrees, explains, answers."""

_STRETCH = 100_000  # characters: a report of speeches has a reaction on every tenth page and more, a novel one in a chapter
_SPLIT = re.compile(r"\W+")


@lru_cache(maxsize=8)
class _Words:
    """The reaction words of a language, ready for asking."""

    def __init__(self, language: Language) -> None:
        self.forms = language.reactions
        self.longest = max((form.count(" ") for form in language.reactions), default=0) + 1
        self.beside = language.reaction_qualifiers | language.reaction_places | language.function_words
        self.code = language.code
        self.groups = {name for name, kind in language.speakers.items() if kind == "group"}
        own = words(language.code)
        self.told, self.gesture, self.happens, self.acting, self.audience = own.told, own.gesture, own.happens, own.acting, own.audience
        self.triggers = self.audience | {word for form in language.reactions for word in _SPLIT.split(form)}
        strong = alternation(form for form, word in language.reactions.items() if _is_strong(form, word))
        self.unclosed = re.compile(rf"\((?i:(?:[^\W\d_]+\s){{0,2}}(?:{strong}))(?:(?=[,;]\s[^\W\d_A-Z])|[.!]?(?=\s*$))")
        self.triggers |= {word for pattern in (self.gesture, self.happens) for word in re.findall(r"[a-z]{4,}", pattern.pattern)}

    def first(self, words: list[str]) -> tuple[ReactionWord | None, bool]:
        """The reaction named first, and whether nothing stands beside reactions but their qualifiers."""
        named: ReactionWord | None = None
        only = True
        at = 0
        while at < len(words):
            for size in range(min(self.longest, len(words) - at), 0, -1):
                found = self.forms.get(" ".join(words[at : at + size]))
                if found is not None:
                    named = named or found
                    at += size
                    break
            else:
                only = only and words[at] in self.beside
                at += 1
        return named, only


def is_spoken(text: str, language: Language, speeches: bool = False) -> bool:
    """Whether a book reports speeches: now and then a reaction of a strong kind stands between brackets, after a sentence.

    ``(Laughing.)`` alone is no sign: a novelist writes so too of who speaks. Where headings announce ``speeches``, one is enough.
    """
    forms = [form for form, word in language.reactions.items() if _is_strong(form, word)]
    if not forms or ("(" not in text and "[" not in text):
        return False
    pattern = re.compile(
        rf"[.!?…:\"”’»\d]\s+[(\[][_*]?(?:[^\W\d_]+\s(?:[^\W\d_]+\s){{0,3}})?(?:{alternation(forms)})(?!\w)[^()]{{0,80}}[.!:)\]]", re.I
    )
    acting = words(language.code).acting
    count = 0
    for match in pattern.finditer(text):
        name = match[0].lstrip('.!?…:"”’»0123456789 \r\n\t([_*')
        count += name[:1].isupper() and acting.match(name) is None
        if count and (speeches or count * _STRETCH >= len(text)):
            return True
    return False


def _is_strong(form: str, word: ReactionWord) -> bool:
    return (word.type in _SURE and word.kind != "incident") or (word.type == "exclamat" and " " in form)


def kind_of(inner: str, apart: bool, language: Language, spoken: bool) -> tuple[str, str | None] | None:
    """Kind and type when the words between brackets are a reaction.

    ``apart``: a sentence ends before them. ``spoken``: the book is known to report speeches, so that whole sentences about the audience
    are reactions too.
    """
    words = _Words(language)
    if not words.forms:
        return None
    bare = inner.strip(" _*=")
    if not bare or len(bare) > 600 or bare[0].isdigit():
        return None
    if ":" not in bare and words.triggers.isdisjoint(_SPLIT.split(fold(bare))):
        return None
    capital = bare[0].isupper() or bare[0] in '"“„«'
    named: ReactionWord | None = None
    label = _LABEL.match(bare)
    rest = _QUOTED.sub(" ", bare)
    if label is not None:
        found = _voice(label[0].rstrip(": "), words, spoken, bare[label.end() :])
        if found is not None:
            return found
    clauses = [clause for clause in _CLAUSE.split(rest) if clause.strip(" ,:_*=")]
    if not clauses:
        return None
    for at, clause in enumerate(clauses):
        spelled = [fold(word) for word in _WORD.findall(clause)]
        told = _told(" ".join(spelled), spelled, words, (capital and apart) or at > 0) if spoken and spelled else None
        if told is not None:
            if told is AUDIENCE and at == 0:
                return told.kind, told.type
            named = named or told
            continue
        for part in _PART.split(clause):
            spelled = [fold(word) for word in _WORD.findall(part)]
            if not spelled:
                continue
            reaction, only = words.first(spelled)
            if only:
                named = named or reaction
            elif named is None or f"{part}:" not in clause:
                return None
    if named is None or (not (capital and apart) and named.type not in _SURE):
        return None
    doubtful = named.type in _PLAIN or named.type == "smiling" or named.kind == "incident"
    if not spoken and (doubtful or _acts(bare, words, capital and apart)):
        return None
    return named.kind, named.type


def unclosed(text: str, language: Language) -> Iterator[Bracket]:
    """Reactions whose closing bracket is lost: ``(laughter, but``, or the last words of a paragraph."""
    for match in _Words(language).unclosed.finditer(text):
        if ")" in text[match.end() :].split("(", 1)[0]:
            continue
        yield Bracket(match.start(), match.end(), match[0][1:], is_apart(text, match.start()))


def _acts(bare: str, words: _Words, apart: bool) -> bool:
    """Whether somebody does it while he speaks: ``laughing``."""
    return (words.acting.match(bare) if apart else words.acting.search(bare)) is not None


def _voice(label: str, words: _Words, spoken: bool, said: str) -> tuple[str, str | None] | None:
    """``A voice: "Shame!"``: somebody of the audience is quoted."""
    spelled = [fold(word) for word in _WORD.findall(label)]
    if not spelled or len(spelled) > 8:
        return None
    reaction, only = words.first(spelled)
    if reaction is not None and only and reaction.type in _VOICED:
        return reaction.kind, reaction.type
    if said[:1] not in ('"', "“", "„", "«"):
        return None
    people = " ".join(spelled) in words.groups or spelled[-1] in words.audience or spelled[0] in words.audience
    if people or (spoken and all(word[:1].isupper() or fold(word) in words.beside or word.endswith(".") for word in label.split())):
        return "vocal", "interruption"
    return None


def _told(sentence: str, spelled: list[str], words: _Words, apart: bool) -> ReactionWord | None:
    """A sentence about the audience: ``The delegates agree``, ``Pointing to the opposition``, ``Signs of amusement among the guests``."""
    reaction, only = words.first(spelled)
    verb = words.told.match(sentence)
    if verb is not None and (verb[1] in words.audience or spelled[0] in words.audience):
        return reaction if reaction is not None and reaction.type not in _PLAIN else AUDIENCE
    if only or not apart:
        return None
    if words.gesture.match(sentence):
        return reaction or ReactionWord("kinesic", "gesture")
    if reaction is not None and not words.audience.isdisjoint(spelled):
        return reaction
    if words.happens.search(sentence):
        return reaction or ReactionWord("incident", "sound")
    return None


def mark(bracket: Bracket, found: tuple[str, str | None]) -> Mark:
    """The mark of a reaction."""
    kind, type_ = found

    def make(content: Content, spans: Spans) -> model.Reaction:
        return model.Reaction(kind, type_, content, spans)  # type: ignore[arg-type]

    return Mark(bracket.start, bracket.end, make, 2)
