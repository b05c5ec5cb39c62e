"""The names that stand before speeches, on a line of their own or run in, as one line shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.remembered import remembered
from tei_pipeline.rules.drama.acting import acting
from tei_pipeline.rules.drama.bare_names import begun_with
from tei_pipeline.rules.drama.persons import speaker_key
from tei_pipeline.rules.drama.speaker_names import is_name, is_set_in_capitals, names_actor, names_division, roles
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.shape import LARGE as _LARGE
from tei_pipeline.rules.shape import SMALL as _SMALL
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.blocks import Rows
    from tei_pipeline.layout import Layout

_BRACKETED = r"\([^()]{1,200}\)|\[[^\[\]]{1,200}\]|_[^_]{1,200}_"
_DIRECTION = rf"(?:,?\s*(?:{_BRACKETED})|,\s(?=[{_SMALL}])[^.:;!?()\[\]\"“”«»_]{{2,60}}?)?"
_INFLECTED = rf"(?:[{_LARGE}]{{1,4}}:[^\W\d_]{{1,3}} )?"  # a name cut short, its ending behind a colon: U:N EMÄNTÄ
_NAME = rf"(?:{_INFLECTED}[^\W\d_][^.:()\[\]!?;_*=~\"“”«»,—]{{0,38}}?|[{_LARGE}]\.(?:\s?[{_LARGE}]\.)?)"
_SET = r"(?:_|\*\*?|__|=|~)?"  # the marks of italic, bold and spaced type
_REFERRED = r"(?:\[(?:\d{1,3}|[A-Z])\])?"  # to a note on the name or direction: DICO[8] (_alone_). ANNA, _seated_[A].
_AFTER = rf"(?=[\s.:,(\[_*=~]){_SET}{_REFERRED}(?P<direction>{_DIRECTION})_?{_REFERRED}\s?(?P<mark>[.:]){_SET}(?=[\s—–(\[_]|--|\.{{3}}|$)"
_LABEL = re.compile(rf"^{_SET}(?P<name>{_NAME}){_AFTER}")
_TITLED = re.compile(
    rf"^{_SET}(?P<name>(?P<title>\d{{1,2}}[^\W\d_]{{0,2}}(?:\.\s?|\s)|[^\W\d_]\.\s[^\W\d_]\.\s|[^\W\d_]{{1,5}}\.\s){_NAME}"
    rf"(?:\s[^\W\d_]{{1,3}}\s[^\W\d_]{{1,5}}\.\s{_NAME})?){_AFTER}"  # Mr. Holm and Mrs. Cole
)
_ABBREVIATED = seldom(  # an initial or two and a name cut short, in italics: _Q. Cic._; words cut short: _Archb. of Cant._
    r"^_(?P<name>(?:[^\W\d_]{1,4}\.\s?){1,2}[^\W\d_]{1,12}|(?=[^_]*\.\s)(?:[^\W\d_]{1,6}\.?\s){1,3}[^\W\d_]{1,12})"
    r"(?P<direction>)(?P<mark>\.)_(?=[\s—–(\[]|--|$)"
)
_TITLE_APART = seldom(  # Sir _Geo._ · Lady _Wish._ · 1 _Gent._: only the name is set off by type
    r"^(?P<name>(?P<title>\d{1,2}(?:\.|[^\W\d_]{2})?|[^\W\d_]{1,8}\.?)\s_[^\W\d_][^_.:()\[\]!?;,]{0,24})"
    r"(?P<direction>)(?P<mark>\._|_\.)(?=[\s—–(\[]|--|$)"
)
_GLUED = re.compile(  # S.Dro. · 1.Sen. · Bish.Cant. · Lad.1. · GR.-RE.: a title or number close to the name, or two words, cut short
    rf"^(?P<name>(?:(?:\d{{1,2}}|[{_LARGE}][^\W\d_]{{0,7}})\.){{1,2}}-?(?:[{_LARGE}][^\W\d_]{{0,12}}|\d{{1,2}}))(?P<direction>)(?P<mark>[.:])(?=\s)"
)
_TOGETHER = seldom(  # ANNA _and_ BERTHA. [_Together._]
    rf"^(?P<name>[{_LARGE}][{_LARGE} .'’-]{{1,30}}(?:,? _[^\W\d_{_LARGE}]{{1,3}}_ [{_LARGE}][{_LARGE} '’-]{{1,30}}[{_LARGE}])+)"
    rf"(?P<direction>{_DIRECTION})(?P<mark>[.:])(?=[\s—–(\[]|--|$)"
)
_TABBED = re.compile(
    rf"^(?P<name>[{_LARGE}][{_LARGE} .'’-]{{0,37}}?[{_LARGE}.'’]|[{_LARGE}][^\W\d_]+(?: [{_LARGE}][^\W\d_]+)?(?=\t))"
    r"(?P<direction>(?:\s\([^()]{1,60}\))?)(?P<mark>)(?=\t|\s{3,}[^\s|{}])"
)
_DASHED = re.compile(
    rf"^_?(?P<name>(?<=_)[^\W\d_][^.:()\[\]!?;_*\"“”«»,—]{{0,38}}(?=_)|[{_LARGE}][{_LARGE} .'’-]{{0,37}}[{_LARGE}](?=[\s(\[—–]|--))"
    rf"_?(?P<direction>(?:,?\s?(?:{_BRACKETED}))?)\s?(?P<mark>--|—|–)"
)
_DASHED_TWICE = seldom(  # LENA -- _from the door._ -- Who is there?
    rf"^(?P<name>[{_LARGE}][{_LARGE} .'’-]{{0,37}}?[{_LARGE}])\s?(?:--|—|–)\s?(?P<direction>_[^_]{{1,200}}_)\s?(?P<mark>--|—|–)"
)
_DIRECTED = re.compile(
    rf"^(?P<name>[{_LARGE}][{_LARGE} .'’-]{{0,37}}[{_LARGE}])(?P<direction>(?:\s(?:\([^()]{{1,200}}\)|\[[^\[\]]{{1,200}}\]))?)(?P<mark>)"
    r"(?:(?<=[\])])(?=\s[\W_]{0,3}[^\W\d_a-zß-öø-ÿ]|[!?…]+$)|(?<![\])])(?=\s[(\[][^()\[\]]*$))"
)
_SMALL_DIRECTED = seldom(  # Robert (at the window) It rains.
    r"^(?P<name>(?:[^\W\d_]{1,5}\.\s)?[^\W\d_][^.:()\[\]!?;_*=~\"“”«»,—]{0,37}[^\W\d_])"
    r"(?P<direction>\s(?:\([^()]{1,200}\)|\[[^\[\]]{1,200}\]))(?P<mark>)(?=\s[\W_]{0,3}[^\W\d_a-zß-öø-ÿ])"
)
_MARKED_DIRECTED = seldom(  # ~Franz~ (_liest._) Ja.
    r"^(?P<type>[_~=])(?P<name>[^\W\d_][^()\[\]!?;:_~=\"“”«»,—]{0,37}[^\W_])(?P=type)"
    r"(?P<direction>\s(?:\([^()]{1,200}\)|\[[^\[\]]{1,200}\]))(?P<mark>)(?=\s|$)"
)
_MARKED_OPEN = seldom(
    r"^(?P<type>[_~=])(?P<name>[^\W\d_][^()\[\]!?;:_~=\"“”«»,—]{0,37}[^\W_])"
    r"(?P<direction>)(?P<mark>)(?=\s[(\[][^()\[\]_]*$)"
)
_NUMBER = re.compile(r"^(?P<name>\d{1,2})(?:\.(?=\s)|(?=\s[^\W\d_a-zß-öø-ÿ]))")
_ROLE_NUMBER = re.compile(r"^(?P<name>(?:[^\W\d_]+\s){0,2}?[^\W\d_]+(?:\s[IVXLC]+|\s?\d{1,3})?)\s?(?P<mark>[.:,])(?=\s|$)")
NUMBERED_ROLE = re.compile(  # 12. Q. · (12) _Q._ · [12] Q.-- · 12. Question:
    r"^(?P<name>(?:(?:\d{1,4}[.)]|[(\[]\d{1,4}[)\]])\s)?(?P<type>_|\*\*?|=)?(?P<role>[^\W\d_]{1,12}))(?P<mark>[.:])(?(type)(?P=type))(?=\s|--|[—–])"
)
_AT_RIGHT = r"\s{4,}[\[(]_?[^()\[\]_]{1,60}_?"  # a direction whose bracket is not closed: ANNA.            [_Aside_.
_SEVERAL = rf"(?:[{_LARGE}][{_LARGE} .'’-]{{1,24}}, ){{1,3}}[{_LARGE}][{_LARGE} .'’-]{{1,24}}"  # GRIEVE, SCALE.
_ADDED = rf"\[[^\[\]\s\d]{{1,3}}\]|\[[{_LARGE}][{_LARGE} '’-]{{1,24}}\],? "  # [S']AMA · [LENA], WEAVER: what an editor adds
_PERSON = _SEVERAL + rf"|(?:\d{{1,2}}(?:\.|[^\W\d_]{{1,2}})?\s|{_ADDED})?[^\W\d_][^:()\[\]!?;\"“”«»,_~=]{{0,38}}?"
OWN_LINE = re.compile(
    rf"^(?P<dash>--? )?[_~={{]?(?P<name>{_PERSON})\.?[_~=}}]?{_REFERRED}(?P<direction>{_DIRECTION}|{_AT_RIGHT})"
    rf"{_REFERRED}\s?[.:]?[_~=]?{_REFERRED}(?(dash) ?--?)$"
)

_SET_OFF = re.compile(  # _Lena_ at the wheel.
    rf"^_(?P<name>{_PERSON})_(?P<dash>)(?P<direction>\s(?=[{_SMALL}])[^_.:;!?()\[\]\"“”«»]{{2,60}})\.$"
)


@remembered()
def match_label(text: str, language: Language) -> re.Match[str] | None:
    """The name at the front of a run-in speech, its direction and mark; a title with its point (Mrs. Linde.) or a number (1.
    Watch.) belongs to the name. A direction without brackets needs a name in capitals before it. White space or a dash
    in place of a mark sets off a name in capitals, or a direction in brackets, which may go on below; a dash also one in italics.
    """
    front = text[:60]
    if ("\t" in front or "   " in front) and (m := _TABBED.match(text)) is not None:
        rest = text[m.end() :].strip(" \t._")
        played = names_actor(rest, language) or _ACTOR.match(text, m.end()) is not None
        return m if not (played or rest.isdigit() or _SMALL_ROMAN.match(rest)) else None
    if "--" in front or "—" in front or "–" in front:
        m = (_DASHED_TWICE.match(text) if "_" in front else None) or _DASHED.match(text)
        if m is not None:
            return m
    if ("[" in front or "(" in front) and text[0].isupper() and (m := _DIRECTED.match(text)) is not None:
        return m
    if ("[" in front or "(" in front) and text[0] in "_~=" and (m := _MARKED_DIRECTED.match(text) or _MARKED_OPEN.match(text)) is not None:
        return m
    if "." not in front and ":" not in front and "(" not in front and "[" not in front:
        return None
    if "_" in front and (m := _partly_italic(text, front, language)) is not None:
        return m
    m = _TITLED.match(text)
    if m is None or not _belongs_to_name(m, language):
        m = _LABEL.match(text) or (_GLUED.match(text) if _is_close(front) else None)
    if m is None or (text[0] == "_" and m[0].count("_") == 1 and len(text) < 60 and text[-1] == "_" and text.count("_") == 2):
        return None  # a line in italics that names several: _Anna. Bertha_
    if m["mark"] == "." and m["name"][-2:-1] == " " and not m["direction"] and _NAME_GOES_ON.match(text, m.end("name")):
        return None  # HENRY R. HOLM, a witness; REPORTED BY A. F. WARD; _Henry R. Holm_ was called
    if m["mark"] == "." and m["direction"] and fold(f"{m['direction'].split()[-1]}.") in language.titles:
        return None  # MARY COOPER, examined by Mr. Gale
    if m["direction"][:2] == " _" and m["direction"].count(" ") > 2 and m["mark"] == "." and m.end() >= len(text) and m["name"].isupper():
        return None  # ANNA _shakes her head_.
    return m if _is_direction(m) else None


def _is_close(front: str) -> bool:
    """Whether a letter or number, or a hyphen, stands right behind the first point of a line."""
    after = front[front.find(".") + 1 :][:1]
    return after.isupper() or after.isdigit() or after == "-"


_NAME_GOES_ON = re.compile(
    rf"(?<![IVX])\. (?:[{_LARGE}](?:[{_LARGE}'’.-]| [{_LARGE}]\.)+[{_LARGE}]\b|(?:[{_LARGE}]\. ?)+[{_LARGE}]{{2}}"
    rf"|(?:[{_LARGE}]\. ?)*[{_LARGE}][^\W\d_]+_)"
)  # the point is that of an initial


def _belongs_to_name(m: re.Match[str], language: Language) -> bool:
    """Whether what ends with a point in front of a name is a number, a title, or initials: K. Moor, D. a. Moor."""
    title = m["title"].rstrip()
    if title[0].isdigit():
        return True
    if title[1] == "." and title[0].isupper() and fold(title[:2]) not in language.speakers:
        return True
    return fold(title) in language.titles and not _abbreviates(m["name"])


def _partly_italic(text: str, front: str, language: Language) -> re.Match[str] | None:
    """A label of which a part is set in italics: abbreviated words, the name below a title, the word between two names."""
    if text[0] == "_":
        return _ABBREVIATED.match(text)
    if text[:2].isupper() and "_ " in front and (m := _TOGETHER.match(text)) is not None:
        return m
    m = _TITLE_APART.match(text) if "_" in front[2:12] else None
    return m if m is not None and _is_title(m["title"], language) else None


def _is_title(word: str, language: Language) -> bool:
    """Whether a word or number before a name says which or what he is: Sir, Mrs., 1st."""
    bare = fold(word).rstrip(".")
    return word[0].isdigit() or bare in language.ordinals or bare in language.titles or f"{bare}." in language.titles


_ONE_OF_SEVERAL = re.compile(r"\s(?P<n>\d)\.(?=\s[^\W\d_a-zß-öø-ÿ])")  # CH. 2. O King!
_SMALL_ROMAN = re.compile(r"[ivxlc]+$")  # a page of a contents list
LONGEST_LABEL = 200  # characters of a name and the direction behind it
LONGEST_TITLE = 4  # letters of a title or number with a point inside a name: Mrs., Capt., 1.


@remembered()
def match_own_line(text: str, language: Language) -> re.Match[str] | None:
    """A line that may be the name of a speaker, with a direction after it; part of the name may be in italics."""
    if len(text) > LONGEST_LABEL or (len(text) < LONGEST_INITIALS and _INITIALED.match(text)):
        return None
    m = OWN_LINE.match(text)
    if m is None and text.count("_") == 2 and (m := OWN_LINE.match(text.replace("_", ""))) is not None:
        m = m if not m["direction"] and is_set_in_capitals(m["name"], language) else None
    m = _SET_OFF.match(text) if m is None and text[0] == "_" else m
    if m is None or not (_is_direction(m) or m.re is _SET_OFF) or words(language).possessive.search(m["name"]):
        return None
    *before, _ = m["name"].split(". ")
    if any(len(word.rsplit(" ", 1)[-1]) > LONGEST_TITLE for word in before) or _abbreviates(m["name"]):
        return None
    return m


def acts_unmarked(m: re.Match[str]) -> bool:
    """Whether nothing but the type of the name sets off what its bearer does: _Lena_ at the wheel."""
    return m.re is _SET_OFF


def _abbreviates(words: str) -> bool:
    """Whether a word in capitals with its point is a name itself, since what follows is not in capitals: "COL. Yes, sir."."""
    first, point, rest = words.partition(". ")
    return bool(point) and len(first) > 1 and first.isupper() and not rest.isupper() and any(c.isalpha() for c in rest)


def whole_label(rows: Rows, at: int, layout: Layout) -> tuple[str, int]:
    """A line that may name a speaker, and where the direction behind the name goes on below, those lines with it; the last of its rows."""
    label = rows[at].text
    if layout.speaker_style != "own-line" or not _is_left_open(label) or match_own_line(label, layout.language) is not None:
        return label, at
    whole = label
    for last in range(at + 1, min(at + 1 + MOST_BELOW, len(rows) - 1)):
        if rows[last].gap:
            break
        whole = f"{whole} {rows[last].text}"
        if match_own_line(whole, layout.language) is not None:
            return whole, last
    return label, at


MOST_BELOW = 3  # lines in which the direction behind a name goes on


def _is_left_open(text: str) -> bool:
    """Whether the direction behind a name goes on in the next line."""
    return text.count("(") > text.count(")") or text.count("[") > text.count("]") or (text.count("_") == 1 and text[0].isupper())


def is_speaker_line(text: str, layout: Layout) -> bool:
    """Whether a line is the name of a known speaker, where such lines stand over speeches."""
    if layout.speaker_style != "own-line" or (m := match_own_line(text, layout.language)) is None:
        return False
    return names_speaker(m, text, layout)


def names_speaker(m: re.Match[str], text: str, layout: Layout) -> bool:
    """Whether a name on a line of its own is that of somebody known to speak; or in capitals, with a direction and a colon behind it."""
    key = speaks_as(m["name"], layout)
    if key in layout.speakers:
        return is_set_in_capitals(m["name"], layout.language) or not (layout.speakers_capital and m["name"] == text.rstrip(".:"))
    told = bool(m["direction"]) and text.endswith(":") and layout.speaker_style == "own-line" and m["name"].isupper()
    return told and is_name(m["name"], layout.language) and not names_division(key, layout.language)


def speaks_as(name: str, layout: Layout) -> str:
    """The key of whoever a name on a line of its own means: the same with a word behind it that says how he speaks: "_Anna sings_"."""
    key = speaker_key(name)
    who, _, how = name.strip("_*=~. ").rpartition(" ")
    if key in layout.speakers or not how.islower() or speaker_key(who) not in layout.speakers:
        return key
    reaction = layout.language.reactions.get(fold(how))
    return speaker_key(who) if reaction is not None and reaction.type == "speaking" else key


def tells_how(text: str, layout: Layout) -> bool:
    """Whether a line names a known speaker and how he speaks: "_Anna sings_"."""
    m = match_own_line(text, layout.language)
    return m is not None and speaks_as(m["name"], layout) != speaker_key(m["name"])


def _is_direction(m: re.Match[str]) -> bool:
    words = m["direction"].strip(" ,")
    return not words or words[0] in "([_" or m["name"].strip("_*=~. ").isupper()


_ACTOR = seldom(rf"\s*_[{_LARGE}][^\W\d_]*\.?(?: [{_LARGE}][\w.'’-]*){{1,4}}_\.?$")  # _Alicia S. Holm_.


_INITIALED = re.compile(r"_?(?:[^\W\d_]\. ?){2,4}_?$")  # A. D.: who signs a preface
LONGEST_INITIALS = 14  # characters
_AT_END = re.compile(rf"\s?{_REFERRED}$")


def says_nothing(text: str, label: int) -> bool:
    """Whether nothing stands behind a name, a reference to a note aside: THE TITLE OF THE PLAY.[1]"""
    return len(_AT_END.sub("", text)) <= label


def match_speaker(text: str, layout: Layout) -> re.Match[str] | None:
    """The label of a run-in speech: also the name of a known speaker in small letters, and a direction in brackets that no point ends; or
    in capitals, and one without marks.
    """
    if layout.speakers_bare and begun_with(text, layout.speakers_bare) is not None:
        return None
    small = layout.drama and layout.speaker_style == "run-in" and not layout.speakers_capital and ("(" in text[:60] or "[" in text[:60])
    m = _SMALL_DIRECTED.match(text) if small else None
    if m is not None and speaker_key(m["name"]) in layout.speakers:
        return m
    m = match_label(text, layout.language)
    return (None if m is not None and m["name"].isupper() else acting(text, layout)) or m


def speaker_label(text: str, layout: Layout) -> tuple[str, int, int] | None:
    """Name, length of the name with its mark, and length of the label with a direction after the name."""
    if layout.speakers_bare and (begun := begun_with(text, layout.speakers_bare)) is not None:
        return begun
    if len(text) < LONGEST_INITIALS and _INITIALED.match(text):
        return None
    m = match_speaker(text, layout)
    if m is not None and (layout.speaker_style != "local" or m["mark"] == ":"):
        key = speaker_key(m["name"])
        if not m["mark"]:
            known = key in layout.speakers or (m["name"].isupper() and is_name(m["name"], layout.language))
            pointed = key in layout.speakers and m["name"][-1] == "."  # HECUBA.      Peace, child: the second half of a verse
            if (layout.speaker_style != "run-in" and not pointed) or not known or names_division(key, layout.language):
                return None
            if (division := head_label(text, layout.language)) is not None and division.type:
                return None
            return m["name"], m.end("name"), min(len(text), m.end() + 1)
        if key in layout.speakers and layout.speaker_style in ("run-in", "local"):
            counted = _ONE_OF_SEVERAL.match(text, m.end()) if len(key) <= LONGEST_TITLE and m["mark"] == "." else None
            if counted is not None:
                return text[: counted.end("n")], counted.end("n"), counted.end()
            return m["name"], m.end("name"), m.end()
        if key in layout.speakers and (m["name"].isupper() or (key in layout.speakers_also and not says_nothing(text, m.end()))):
            return m["name"], m.end("name"), m.end()
        known = (
            layout.speaker_style == "run-in"
            and (m["mark"] in ".:" or m["direction"])
            and is_set_in_capitals(m["name"], layout.language)
            and not names_division(key, layout.language)
            and len(key) > 2
            and is_name(m["name"], layout.language)
        )
        more = not says_nothing(text, m.end()) or m["mark"] not in ".:"
        if known and more and ((division := head_label(text, layout.language)) is None or not division.type):
            return m["name"], m.end("name"), m.end()
    if layout.speaker_style == "run-in" and (m := NUMBERED_ROLE.match(text)) is not None and fold(m["role"]) in layout.speakers:
        return m["name"], m.end("name"), m.end()
    if layout.speakers_indented and (m := _NUMBER.match(text)) is not None:
        return m["name"], m.end("name"), m.end()
    small = text[:1].islower() or (text[1:2].islower() and layout.speakers.isdisjoint(roles(layout.language)))
    m = _ROLE_NUMBER.match(text) if layout.speakers and not small and ("." in text or ":" in text or "," in text[:40]) else None
    if m is not None and len(text) > m.end():
        tokens = _parts(m["name"])
        bare = _without_number(tokens, layout.language)
        if not m["name"].isupper() and not (bare in layout.speakers and bare in roles(layout.language)):
            return None
        generic = bare in layout.language.speakers or bare in layout.speakers
        if m["mark"] == ",":  # "SEVENTH QUESTION, The powers of the court.": a misprint, which only a number makes sure
            generic = generic and len(bare) < len(" ".join(tokens)) and text[m.end() :].lstrip()[:1].isupper()
        if generic or (m["mark"] == ":" and any(t in layout.language.speakers for t in tokens)):
            return m["name"], m.end("name"), m.end()
    return None


def _parts(name: str) -> list[str]:
    """The words and the number of a label: Q1."""
    return [speaker_key(part) for part in _PART.findall(name)]


_PART = re.compile(r"[^\W\d_]+|\d+")


def _without_number(tokens: list[str], language: Language) -> str:
    """The words of a label that do not count it."""
    return " ".join(t for t in tokens if parse_roman(t) is None and not t.isdigit() and t not in language.ordinals)


def counted_role(text: str, language: Language) -> str:
    """The role at the front of a line that is counted: QUESTION II., Second question."""
    m = _ROLE_NUMBER.match(text) if "." in text[:LONGEST_ROLE] or ":" in text[:LONGEST_ROLE] else None
    if m is None or m["mark"] == "," or len(text) <= m.end():
        return ""
    return uncounted(m["name"], language)


def uncounted(name: str, language: Language) -> str:
    """The role that a label counts, nothing if it is none or is not counted: Q1, SECOND QUESTION."""
    tokens = _parts(name)
    bare = _without_number(tokens, language)
    return bare if bare in roles(language) and len(bare) < len(" ".join(tokens)) else ""


LONGEST_ROLE = 30  # characters of a role and its number
