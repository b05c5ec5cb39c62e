"""Which legacy encoding a text is in that is neither UTF-8 nor UTF-16.

charset-normalizer says which encodings are possible. Among these the one wins whose letters and signs make sense where they stand:
letters that one language prints, quotation marks with their partners, no signs inside words. When several do equally, the one that
libraries and digitisation projects have used most does.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from msgspec import Struct

from tei_pipeline.encodings import Guess

CANDIDATES = (  # in the order of preference between equals
    "cp1252", "cp1250", "iso8859-2", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-roman", "cp850", "cp437", "cp852",
    "iso8859-1", "cp1257", "cp1253", "iso8859-7", "cp1254", "cp1255", "cp1256", "mac-latin2", "mac-cyrillic",
    "euc_jp", "cp932", "gb18030", "big5", "euc_kr",
)  # fmt: skip
_WIDE = ("euc_jp", "cp932", "gb18030", "big5", "euc_kr")

# The letters beyond a–z that a language really prints, lower case; letters of foreign names are left out.
_WESTERN = (
    "àâæçèéêëîïôœùûü", "äöüß", "áéíñóúüçà", "àèéìòù", "àáâãçéêíóôõúü", "æåøéöäü", "áéíóúýþðæö", "èéëïóöáü", "äåöéš",
)  # fmt: skip
_CENTRAL = ("áčďéěíňóřšťúůýž", "áäčďéíľňóôšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîșțşţ", "čšžćđ", "äöüß", "ëç")
_BALTIC = ("āčēģīķļņšūž", "ąčęėįšųūž", "äöõüšž")
_TURKISH = ("çğıİöşüâî",)
_LANGUAGES = {
    **dict.fromkeys(("cp1252", "iso8859-1", "mac-roman", "cp850", "cp437"), _WESTERN),
    **dict.fromkeys(("cp1250", "iso8859-2", "cp852", "mac-latin2"), _CENTRAL),
    "cp1257": _BALTIC,
    "cp1254": _TURKISH,
}
_LATIN = "\u036f"  # the last code point before Greek

_PIECES = 256  # places of the file that are looked at; with _BEFORE and _AFTER some 60 kB, whatever its size
_BEFORE, _AFTER = 80, 160  # bytes around a byte that is not ASCII: about two and a half printed lines
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))  # they say nothing of the encoding, and charset-normalizer gives up at a NUL
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTEXT = re.compile(r"(?=(?s:(.)([^\x00-\x7f])(.)))")
_ACCENTS = frozenset("¨¯¸ˆ˜˘˙˚˝˛ˇ")  # standing alone: what a wrong encoding leaves of a letter
_PARTNERS = {"«": "»", "»": "«", "‹": "›", "›": "‹", "“": "”„", "„": "“”", "‘": "’‚", "‚": "‘’"}  # none comes without one of these
_MESS = 0.4  # of the sample may look messy to charset-normalizer, twice what it allows: short lines full of accents are no mess
_PLAUSIBLE = 0.5  # of the characters beyond ASCII make sense, or the encoding is not this one
_RANK = 0.001  # of a score, per place in CANDIDATES: only equals are decided by it
_CLEAR_LEAD = 0.1  # of a score: sentences of twenty languages were told apart by at least this much, or by nothing


class _Reading(Struct, frozen=True):
    """The sample as one encoding reads it: characters beyond ASCII, the share (0 to 1) that makes sense, and the score to sort by."""

    encoding: str
    text: str
    count: int
    sense: float
    score: float


def legacy(data: bytes) -> list[Guess]:
    """Guesses for bytes that are not UTF-8, best first; empty when nothing is plausible. The same bytes give the same guesses."""
    from charset_normalizer import from_bytes  # 50 ms that most texts need not pay

    sample = sample_of(data)
    isolation = [name.replace("-", "_") for name in CANDIDATES]
    matches = from_bytes(
        sample, steps=10, chunk_size=1024, threshold=_MESS, cp_isolation=isolation, preemptive_behaviour=False, enable_fallback=False
    )
    possible = {codecs.lookup(name).name: (match.chaos, match.coherence) for match in matches for name in match.could_be_from_charset}
    readings = [_read(sample, name, *possible[name], rank) for rank, name in enumerate(CANDIDATES) if name in possible]
    readings.sort(key=lambda reading: -reading.score)
    return [
        Guess(reading.encoding, False, _confidence(reading, readings), _evidence(reading))
        for reading in readings
        if reading.sense >= _PLAUSIBLE
    ]


def sample_of(data: bytes) -> bytes:
    """Pieces of the file with bytes beyond ASCII in them, cut at line ends where there are any, from all over the file."""
    pieces, at, step = [], 0, len(data) // _PIECES
    while found := _HIGH.search(data, at):
        place = found.start()
        start = max(at, place - _BEFORE, data.rfind(b"\n", max(0, place - _BEFORE), place) + 1)
        end = data.find(b"\n", place + _AFTER, place + 4 * _AFTER)
        end = place + _AFTER if end < 0 else end
        pieces.append(data[start:end])
        at = max(end, start + step)
    return b"\n".join(pieces).translate(None, _CONTROLS)


def _read(sample: bytes, encoding: str, chaos: float, coherence: float, rank: int) -> _Reading:
    text = sample.decode(encoding, "replace" if encoding in _WIDE else "strict")
    unpaired = {sign for sign, partners in _PARTNERS.items() if sign in text and not any(partner in text for partner in partners)}
    contexts = Counter(_CONTEXT.findall(f" {text} "))
    count = contexts.total()
    letters: Counter[str] = Counter()
    good = 0.0
    for (before, char, after), times in contexts.items():
        if not char.isalpha():
            good += 0.0 if char in unpaired else times * _fits(before, char, after)
        elif not (before.islower() and char.isupper()) and not before == char == after:
            foreign = char > _LATIN and _has_latin(before + after)
            letters["" if foreign else char.lower()] += times
    sense = (good + _explained(letters, encoding)) / count if count else 0.0
    if encoding not in _LANGUAGES:
        sense *= min(1.0, 0.85 + 0.25 * coherence)  # any letter of a script looks right: only how often each comes tells languages apart
    return _Reading(encoding, text, count, sense, sense - chaos / 2 - rank * _RANK)


def _has_latin(text: str) -> bool:
    return any(char.isalpha() and char <= _LATIN for char in text)


def _fits(before: str, char: str, after: str) -> float:
    """How well (0 to 1) a sign that is no letter stands between its neighbours: few stand inside a word."""
    inside = before.isalpha() and after.isalpha()
    if char in _ACCENTS or unicodedata.category(char) in ("Cc", "Cn", "Co") or char == "\ufffd":
        return 0.0
    if char in "’–—…·\xad":
        return 1.0
    if "\u2500" <= char <= "\u259f":  # boxes and shades stand beside each other, never beside letters
        return 0.0 if before.isalpha() or after.isalpha() else 1.0
    if char in "„‚¿¡":
        return 0.0 if before.isalpha() else 1.0
    if char in "†‡":
        return 0.0 if after.isalpha() else 1.0
    if char == "\xa0":
        return 0.5 if inside else 1.0
    return 0.0 if inside and char < "\u3000" else 1.0


def _explained(letters: Counter[str], encoding: str) -> float:
    """How many of the letters the languages of this encoding explain: half by the best single language, half by all together."""
    if encoding in _WIDE:
        return _explained_wide(letters, encoding)
    languages = _LANGUAGES.get(encoding)
    if languages is None:  # a script of its own: any of its letters
        return float(sum(times for letter, times in letters.items() if letter > _LATIN))
    single = max(sum(letters[letter] for letter in language) for language in languages)
    union = sum(letters[letter] for letter in set("".join(languages)))
    return (single + union) / 2


def _explained_wide(letters: Counter[str], encoding: str) -> float:
    """Japanese has kana, Korean Hangul; Chinese has the frequent half of its characters (level 1 of GB 2312 and of Big5)."""
    if encoding in ("euc_jp", "cp932"):
        kana = sum(times for letter, times in letters.items() if "\u3041" <= letter <= "\u30ff")
        return float(letters.total() if kana * 5 >= letters.total() else kana)
    if encoding == "euc_kr":
        return float(sum(times for letter, times in letters.items() if "\uac00" <= letter <= "\ud7a3"))
    first, last, codec = (0xB0, 0xD7, "gb2312") if encoding == "gb18030" else (0xA4, 0xC6, "big5")
    return float(sum(times for letter, times in letters.items() if (code := letter.encode(codec, "ignore")) and first <= code[0] <= last))


def _confidence(reading: _Reading, readings: list[_Reading]) -> float:
    """Sense, less when another encoding reads the sample otherwise and nearly as well, and less when there is little to judge by."""
    others = [other.score for other in readings if other.text != reading.text]
    lead = min(1.0, max(0.0, reading.score - max(others, default=0.0)) / _CLEAR_LEAD)
    return round(reading.sense * (0.5 + 0.5 * lead) * reading.count / (reading.count + 1), 2)


def _evidence(reading: _Reading) -> str:
    return f"{reading.sense:.0%} of {reading.count} characters beyond ASCII make sense in {reading.encoding}"
