"""Words of another language, where typography sets them apart: emphasised words whose small words are of one language, and not the book's.

A word or two like *casus belli* holds no small words and stays mere emphasis: which language it is, no closed class tells.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tei_pipeline.language import Language, function_words

FEWEST = 2  # function words: one alone ("in", "de", "a") belongs to several languages
SHORT = 3  # words: of so few all must be function words (*sine qua non*), for names and terms look alike everywhere
SHARE = 0.3  # of the words: in running text of every language four to five in ten are function words, in titles a third

_WORD = re.compile(r"[^\W\d_]+(?=['’])|[^\W\d_]+")


@lru_cache(maxsize=1024)
def foreign(text: str, language: Language) -> str | None:
    """The code of the one other language that emphasised words are in; None when they may be the book's own."""
    words = _WORD.findall(text.lower())
    if len(words) < FEWEST:
        return None
    told = {word for word in words if len(word) > 1}
    hits = sorted(((len(told & known), code) for code, known in function_words()), reverse=True)
    (best, code), (second, _) = hits[0], hits[1]
    own = next((count for count, known in hits if known == language.code), 0)
    if code == language.code or language.code == "und" or best == second or own * 2 >= best:
        return None
    if best < FEWEST or best < SHARE * len(words) or (len(words) <= SHORT and best < len(words)):
        return None
    return code
