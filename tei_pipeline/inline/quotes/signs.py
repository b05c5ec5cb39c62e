"""Quotation marks one by one: which of them open, which close, which are apostrophes, primes or repeated at each line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from tei_pipeline.inline.runs import Run
from tei_pipeline.inline.words import words
from tei_pipeline.language import Language
from tei_pipeline.seldom import seldom

Role = Literal["open", "close", "either", "elided", "bracket", "end"]

PAIRED = {
    "“": "double",
    "”": "double",
    "„": "double",
    '"': "double",
    "``": "double",
    "''": "double",
    ",,": "double",
    "«": "angle",
    "»": "angle",
}
SINGLE = {"`": "single", "‘": "single", "’": "single", "‚": "single", "'": "single", "‹": "small", "›": "small"}
CLASS = PAIRED | SINGLE

_SIGN = re.compile(r"[\"“”„«»‹›‘’‚'`()\[\]]")
_SIGN_TEX = seldom(rf"``|''|{_SIGN.pattern}")
_SIGN_COMMAS = seldom(rf",,(?=\w)|''|{_SIGN.pattern}")
_DOUBLED = {(tex, commas): frozenset(("``", "''") * tex + (",,", "''") * commas) for tex in (False, True) for commas in (False, True)}
_NEUTRAL = "_*=+~/\"“”„«»‹›‘’‚'`"
_OPENING, _CLOSING, _DASHES = "([{<¿¡", ".,;:!?…)]}>", "—–-"
_SUSPENSION = re.compile(r"\.\s?\.|…|\.\.")
_BESIDE = 8  # marks in a row, quoted and emphasised: more are an ornament
_REPEATED = 3  # so many lines in a row that begin with the same mark: it is the printer's habit, not three quotations
_LETTER = frozenset({"signed", "dateline", "salute", "postscript"})  # in a quoted letter two are enough: "Your servant, / "T. Brandt."
_FAR = 8  # columns: a line so much further in closes or signs a letter
_YEAR = re.compile(r"\d\ds?\b")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")


class Sign(NamedTuple):
    """A quotation mark or bracket: its source range, its class (``double``, ``single``, ``angle``, ``small``, ``(``, ``[``) and role.

    ``elided``: an apostrophe before a word that loses its beginning, so that it opens only what a mark closes that no other opens.
    ``row`` is the index of its row in the run, ``first`` whether it begins the row; ``before`` and ``after`` are what stands beside it.
    ``led``: a line end, a point or a dash stands before it, not a word; ``cut``: a word that may have lost its end there: goin', an'.
    """

    start: int
    end: int
    text: str
    kind: str
    role: Role
    row: int
    first: bool
    before: str
    after: str
    led: bool = True
    cut: bool = False


class Habits(Struct, frozen=True):
    """How a book sets its quotation marks: ``turned`` »so«, ``alike`` »so», and whether it knows the double marks of typewriters.

    ``only``: the marks that an editor allows; ``elisions``: words that begin with an apostrophe; ``cut_short``: those that end with one,
    and ``ending`` that of many more; ``amid``: those that do both, behind the words ``before``: "must 'a' been".
    """

    turned: bool = False
    alike: bool = False
    tex: bool = False
    commas: bool = False
    only: str = ""
    elisions: frozenset[str] = frozenset()
    cut_short: frozenset[str] = frozenset()
    ending: str = ""
    amid: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()


def habits(text: str, language: Language, only: str = "") -> Habits:
    """The habits of a text, counted; ``only``: the marks that count."""
    turned = alike = False
    if "»" in text or "›" in text:
        alike = text.count("»") > ALIKE * text.count("«")
        ahead = len(re.findall(r"(?:^|[\s(—])[»›](?=\w)", text, re.MULTILINE))
        turned = ahead > len(re.findall(r"(?:^|[\s(—])[«‹](?=\s?\w)", text, re.MULTILINE))
    return Habits(
        turned,
        alike,
        text.count("``") > 1,
        any(not text[found.start() - 1 : found.start()].isalnum() for found in re.finditer(r",,(?=\w)", text)),
        only,
        words(language.code).elisions,
        words(language.code).cut_short,
        words(language.code).cut_short_ending,
        words(language.code).cut_both,
        words(language.code).cut_both_after,
    )


ALIKE = 20  # times as many: the mark of the other side is a slip, as in Swedish and Finnish books, where » opens and closes


def places(text: str, usual: Habits) -> list[int]:
    """The offsets of all quotation marks and brackets of a text."""
    pattern = _SIGN_TEX if usual.tex else _SIGN_COMMAS if usual.commas else _SIGN
    return [match.start() for match in pattern.finditer(text)]


def signs(run: Run, usual: Habits, marked: Sequence[int]) -> list[Sign]:
    """The quotation marks and brackets of a run, in order; apostrophes inside words are no signs. ``marked`` are their :func:`places`."""
    found: list[Sign] = []
    first, last = run.rows[0][1], run.rows[-1][1] + len(run.rows[-1][0].text)
    here = marked[bisect_left(marked, first) : bisect_left(marked, last)]
    if not here:
        return found
    doubled = _DOUBLED[usual.tex, usual.commas]
    offsets = [offset for _, offset in run.rows]
    for place in here:
        index = bisect_right(offsets, place) - 1
        row, offset = run.rows[index]
        text, start = row.text, place - offset
        if start >= len(text):  # it stands in what interrupts the run
            continue
        sign = text[start : start + 2] if text[start : start + 2] in doubled else text[start]
        end = start + len(sign)
        if sign in "()[]":
            kind = "(" if sign in "()" else "["
            found.append(Sign(place, place + 1, sign, kind, "bracket", index, start == 0, "", ""))
            continue
        if sign in "'’" and start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum():
            continue
        if (usual.only and sign not in usual.only) or (sign in "«»" and _is_ditto(text, start, end, run)):
            continue
        before, after = _before(text, start), _after(text, end)
        role = _role(sign, text, start, end, before, after, usual, index == len(run.rows) - 1)
        if role is not None:
            led = _is_led(text, start)
            cut = role == "close" and sign in "'’" and before.isalpha() and _is_cut_short(text, start, usual)
            found.append(Sign(place, offset + end, sign, CLASS[sign], role, index, start == 0, before, after, led, cut))
    if len(run.rows) < 2:
        return found
    return _once(found, run, 2 if run.inside("quotation") is not None or run.kind in _LETTER else _REPEATED)


def _is_led(text: str, start: int) -> bool:
    """Whether no word stands before a mark, nor the hyphen or the apostrophe that ends a part of one: shovel-'eaded, goin' 'ome."""
    before = text[max(0, start - 4) : start].rstrip()
    if before.endswith("-") and not before.endswith("--"):
        before = before[:-1]
    return not before.rstrip("'’")[-1:].isalnum()


def _is_ditto(text: str, start: int, end: int, run: Run) -> bool:
    """Whether a mark stands alone in a column, and says the word above it again: white space on both sides, or it begins an item."""
    if not start:
        return run.inside("item") is not None and text[end : end + 1].isspace() and "«" not in text
    return text[start - 2 : start].isspace() and start > 1 and (text[end : end + 2].isspace() or end == len(text))


def _before(text: str, start: int) -> str:
    """The character before a mark; other marks and signs of emphasis between do not count; a space at the beginning of a line."""
    start -= 1
    least = max(-1, start - _BESIDE)
    while start > least and text[start] in _NEUTRAL:
        start -= 1
    return text[start] if start >= 0 else " "


def _after(text: str, end: int) -> str:
    most = min(len(text), end + _BESIDE)
    while end < most and text[end] in _NEUTRAL:
        end += 1
    return text[end] if end < len(text) else " "


def _role(sign: str, text: str, start: int, end: int, before: str, after: str, usual: Habits, last: bool) -> Role | None:
    """The role of a mark at ``start`` of a row; ``last``: the row is the last of its run."""
    apart_before = before.isspace() or before in _OPENING
    if usual.alike and sign == "»":
        return _by_neighbours(text, end, before, after)
    if sign in ("«", "‹"):
        return "close" if usual.turned else "open"
    if sign in ("»", "›"):
        return "open" if usual.turned else "close"
    if sign in ("„", "‚", ",,", "``"):
        return "open"
    if sign == "`":
        return "open" if (apart_before or before in _DASHES) and not after.isspace() else None
    if sign == "''":
        return "close"
    if sign == "”":
        return "open" if apart_before and after.isalnum() else "close"
    if sign in ("“", "‘"):
        ends = not apart_before and before not in _DASHES and not after.isalpha()
        return "close" if ends else "open"
    role = _by_neighbours(text, end, before, after)
    if sign == '"' and end == len(text) and role == "close" and before in ";:" and not last:
        role = "either"  # ``he said;"``: the words that it opens may stand in the next line
    if sign == '"':
        return None if role != "open" and before.isdigit() and _is_prime(text, start) else role
    if role == "open" or (role == "either" and apart_before):
        if sign == "’":
            return None
        if _is_elision(text, end, usual):
            return "elided"
        return "open" if role == "open" else None
    if before.isdigit() and _is_prime(text, start):
        return None
    return "close"


def _by_neighbours(text: str, end: int, before: str, after: str) -> Role:
    """The role of a straight mark: what it leans on."""
    if before.isspace() or before in _OPENING:
        if after.isspace():
            return "either"
        if after in _CLOSING:
            return "open" if _SUSPENSION.match(text, end) else "either" if before.isspace() else "close"
        return "open"
    if before in _DASHES:
        if after.isalnum() or after in _OPENING:
            return "open"
        return "either" if after in _DASHES else "close"
    return "either" if after.isalpha() else "close"


def _is_prime(text: str, start: int) -> bool:
    """Feet and inches: 6' 2", 5'."""
    return bool(re.search(r"\d+['’]\s?(?:\d+\s?(?:[½¼¾]\s?)?)?$|(?<![\w.])\d+$", text[max(0, start - 12) : start]))


def _is_elision(text: str, end: int, usual: Habits) -> bool:
    """Whether the word after an apostrophe has lost its beginning there."""
    if _YEAR.match(text, end):
        return True
    word = _WORD.match(text, end)
    if word is None:
        return False
    form, after = word[0].lower(), text[word.end() : word.end() + 2]
    if form in usual.elisions:
        return len(form) > 1 or after[:1] not in ("'", "’") or after[1:].isalnum()
    if form not in usual.amid or after not in ("' ", "’ "):
        return False
    before = _LAST_WORD.search(text[: end - 1].rstrip())
    return before is not None and before[0].lower() in usual.before


def _is_cut_short(text: str, start: int, usual: Habits) -> bool:
    """Whether the word before an apostrophe may have lost its end there, and the sentence goes on: "an' so", "goin' home"."""
    word = _LAST_WORD.search(text, 0, start)
    if word is None or text[start + 1 : start + 2] not in ("", " ", ",", "-"):
        return False
    form = word[0].lower()
    return form in usual.cut_short or (bool(usual.ending) and form.endswith(usual.ending) and len(form) > LONGER * len(usual.ending))


LONGER = 1.5  # times the ending: goin', not in'


def _once(found: list[Sign], run: Run, least: int) -> list[Sign]:
    """Without the marks that old print repeats at the beginning of each line of a quotation, while nothing closes it."""
    heads = [at for at, sign in enumerate(found) if sign.first and _is_repeatable(sign)]
    if not heads or (len(heads) < 2 and run.kind != "verse"):
        return found
    again: set[int] = set()
    stretch: list[int] = []
    for at in [*heads, -1]:
        if stretch and (at < 0 or found[at].text != found[stretch[0]].text or _is_closed(found, stretch[-1], at)):
            again.update(_repeated(found, stretch, run, least))
            stretch = []
        stretch.append(at)
    return [sign for at, sign in enumerate(found) if at not in again] if again else found


def _is_repeatable(sign: Sign) -> bool:
    """Whether a mark at the beginning of a line can be one that is repeated there, and no apostrophe."""
    return sign.kind in ("double", "angle") or sign.text in "‘`‚"


def _is_closed(found: Sequence[Sign], first: int, last: int) -> bool:
    """Whether a mark of their class closes something between two marks."""
    kind = found[first].kind
    return any(sign.kind == kind and sign.role == "close" and not sign.first for sign in found[first + 1 : last])


def _repeated(found: Sequence[Sign], stretch: Sequence[int], run: Run, least: int) -> Sequence[int]:
    """Those marks of a stretch that only repeat its first one, or the one that opens in the line before it."""
    first, rest = found[stretch[0]], stretch[1:]
    before = next((sign for sign in found[max(0, stretch[0] - _BESIDE) : stretch[0]][::-1] if sign.kind == first.kind), None)
    opened = before is not None and before.role == "open"
    near = before is not None and opened and first.row - before.row <= (2 if run.kind == "verse" else 1)
    signed = bool(rest) and all(run.rows[found[at].row][0].indent >= run.rows[first.row][0].indent + _FAR for at in rest)
    if len(stretch) < (1 if near and run.kind == "verse" else 2 if signed else least):
        return ()
    return stretch if first.role == "close" or opened else rest


def leading(run: Run, found: Sequence[Sign]) -> list[Sign]:
    """The marks with which the words of the run begin, the outermost first."""
    row, offset = run.rows[0]
    at = offset + run.label
    lead: list[Sign] = []
    for sign in found:
        if sign.row or sign.role not in ("open", "either") or sign.start < at or row.text[at - offset : sign.start - offset].strip(" _*="):
            break
        lead.append(sign)
        at = sign.end
    return lead
