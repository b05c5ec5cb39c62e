"""Words across line ends: the book's own vocabulary tells a hyphen of the word from one that only the line end made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field

from tei_pipeline.inline.flow import SPACE, Joint
from tei_pipeline.inline.vocabulary import Vocabulary, plain
from tei_pipeline.inline.words import words as closed
from tei_pipeline.language import Language
from tei_pipeline.rows import HYPHENS, LINE_END_HYPHENS

_LEFT = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}'’][^\W\d_]+)*$")
_RIGHT = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}'’][^\W\d_]+)*")
_SET_CLOSE = re.compile(r"\w(?:—|--)\w")
_ELISION = re.compile(r"(?:^|[\s(«“\"’'])([^\W\d_]+)['’]$")
_ENDS = "-‐\u2011⸗\u00ad¬=—/'’"

JOINED = Joint("")
SOFT = Joint("", soft=True)
DOUBTFUL = Joint("", doubt=True)

_VOTES = 3  # broken words that the vocabulary proves: fewer may be misprints
_SHARE = 0.02  # of all lines: compounds seldom fall on more line ends; broken words fall on every tenth and more
_PROOF = 3  # where lines break no words, a hyphen that one does break is likely the word's own, and a single joined form a misprint
_FAMILY = 3  # so many different compounds with the same first member make it one that the book joins with a hyphen
_SYLLABLES = 3  # so many words written in one with a half make it a prefix or a suffix, and no word of its own
_LONGEST_NUMBER = 12  # characters: -XXXVIII.-
_SHORTEST = 3  # letters: shorter halves are syllables before they are words


class Hyphens(Struct):
    """How two lines of this book meet: call it with both.

    ``breaks`` says whether the layout breaks words at line ends at all, ``close`` whether dashes are set without spaces. ``keep``:
    the editor wants every hyphen kept that is printed. ``astray``: words that are mended where their hyphen stands inside a line.
    """

    vocabulary: Vocabulary
    language: Language
    breaks: bool = False
    close: bool = True
    keep: bool = False
    astray: frozenset[str] = frozenset()
    _known: dict[tuple[str, str], Joint] = field(default_factory=dict)

    def __call__(self, before: str, after: str) -> Joint:
        """What stands between the two lines."""
        last = before[-1:]
        if last not in _ENDS:
            return JOINED if after[:1] == "—" and self.close and after[1:2].isalpha() and before[-1:].isalpha() else SPACE
        if last == before[:1] and len(before) <= _LONGEST_NUMBER and before.strip("-—. ").isupper():
            return SPACE  # the number of a chapter between dashes: -IV-
        if last == "—":
            return JOINED if self.close else SPACE
        if last in "'’":
            elided = _ELISION.search(before)
            return JOINED if elided and elided[1].lower() in closed(self.language.code).elided and after[:1].isalpha() else SPACE
        if last == "/":
            return JOINED if before[-2:-1].isdigit() and after[:1].isdigit() else SPACE
        if last == "=" and not before.count("=") % 2:
            return SPACE  # the mark that closes spaced or bold type
        if before[-2:-1] == last:
            return JOINED if self.close and last == "-" else SPACE
        return self._hyphen(before, after, last)

    def forget(self) -> None:
        """Ask the vocabulary anew for words already asked."""
        self._known.clear()

    def _hyphen(self, before: str, after: str, last: str) -> Joint:
        left, right = _LEFT.search(before[:-1][-80:]), _RIGHT.match(after)
        if left is None or right is None:
            if last == "=" or before[-2:-1].isspace() or len(before) == 1:
                return SPACE
            return JOINED
        pair = (left[0], right[0])
        joint = self._known.get(pair)
        if joint is None:
            joint = self._known[pair] = self._word(*pair, last)
        return joint

    def _word(self, left: str, right: str, last: str) -> Joint:
        if last in "\u00ad¬":
            return SOFT
        if last == "=":
            return SOFT if right[0].islower() or left.isupper() else SPACE
        if right[0].isupper() and not (left.isupper() and len(left) > 1):
            return JOINED
        first, second = plain(left), plain(right)
        if self.keep:
            return SPACE if right in closed(self.language.code).suspended else JOINED
        if f"{first}-{second}" in self.astray:
            return SOFT
        together, apart = self._evidence(first, second)
        if together > apart and (self.breaks or together >= _PROOF):
            return SOFT
        if apart > together:
            return JOINED
        if right in closed(self.language.code).suspended and (self.vocabulary.count(first) or self.vocabulary.compounds(first=first)):
            return SPACE
        return self._unproved(first, second, left[0].isupper())

    def vote(self, first: str, second: str) -> str:
        """What one line end says of the layout: its word is written in one elsewhere, or hyphened, or its halves are no words."""
        together, apart = self._evidence(first, second)
        if together != apart:
            return "soft" if together > apart else "hard"
        words = self.vocabulary
        return "likely" if not words.is_word(first) or not words.is_word(second) else ""

    def _evidence(self, first: str, second: str) -> tuple[int, int]:
        """How often the book writes the word in one, and with the hyphen; what stands beyond further hyphens does not count."""
        count = self.vocabulary.count
        together, apart = count(first + second), count(f"{first}-{second}")
        if not together and not apart and ("-" in first or "-" in second or "'" in second):
            first, second = first.rpartition("-")[2], second.partition("-")[0].partition("'")[0]
            if len(first) == 1:
                return 0, 0  # the letter of "a-t-elle" is no syllable
            together, apart = count(first + second), count(f"{first}-{second}")
        return together, apart

    def _unproved(self, first: str, second: str, capital: bool) -> Joint:
        """The word stands nowhere else: its halves and their families speak, then the habit of the layout."""
        words = self.vocabulary
        chained = "-" in first
        first, second = first.rpartition("-")[2], second.partition("-")[0].partition("'")[0]
        lexicon = closed(self.language.code)
        if self._by_grammar(first, second, chained):
            return JOINED
        family = words.compounds(first=first)
        prefix = first in lexicon.prefixes
        if not self.breaks and not (lexicon.soft_before_small and not words.count(second)):
            if second in lexicon.endings and not words.count(second):
                return SOFT
            if prefix or family or (first in lexicon.free_prefixes and words.count(second)):
                return JOINED
            if first in lexicon.free_prefixes:
                return DOUBTFUL
            if words.count(first):
                return JOINED
            return SOFT if len(first) < _SHORTEST else DOUBTFUL
        if len(second) < _SHORTEST or words.grown(last=second) > words.compounds(last=second) + _SYLLABLES:
            return SOFT
        grown = words.grown(first=first)
        if prefix and (words.is_word(second) or words.compounds(last=second) or (family and not grown)):
            return JOINED
        if (family >= _FAMILY and family > grown) or (family > 1 and not grown and len(second) > _SHORTEST):
            return JOINED
        alike = words.related(first + second[:_SHORTEST])
        if first in lexicon.free_prefixes and family and words.count(first) and words.is_word(second) and not alike:
            return JOINED
        if grown > family + _SYLLABLES or alike:
            return SOFT
        if words.count(first):
            whole = words.is_word(second)
        else:
            whole = not capital and min(len(first), len(second)) > _SHORTEST and words.count(second) >= _SHORTEST  # no broken name
        if not whole:
            return SOFT
        return JOINED if family or words.compounds(last=second) else DOUBTFUL

    def _by_grammar(self, first: str, second: str, chained: bool) -> bool:
        """Whether spelling asks for the hyphen, whatever the book has: twenty-one, man-of-war, dit-il, one-eyed, looker-on, a-hunting."""
        words, lexicon = self.vocabulary, closed(self.language.code)
        if self.language.parse_number(f"{first}-{second}") or f"{first}-{second}" in lexicon.fixed or second in lexicon.clitics:
            return True
        if chained and (first in self.language.function_words or second in lexicon.attached or len(first) == 1):
            return True
        if second in lexicon.attached and words.count(first):
            return True
        if second in lexicon.members:
            return len(first) >= _SHORTEST and words.is_word(first)
        return len(first) == 1 and len(second) > _SHORTEST


def hyphens(vocabulary: Vocabulary, language: Language, lines: Sequence[str], *, keep: bool = False) -> Hyphens:
    """The joints of a book whose printed lines these are (stripped, without the empty ones); ``keep`` every hyphen."""
    apart = vocabulary.tokens.count("—") + vocabulary.tokens.count("--")
    close = sum(times for token, times in vocabulary.types.items() if _SET_CLOSE.search(token))
    found = Hyphens(vocabulary, language, close=close >= apart, keep=keep)
    votes: Counter[str] = Counter()
    for before, after in pairwise(lines):
        if before[-1] not in LINE_END_HYPHENS:
            continue
        left, right = _LEFT.search(before[:-1][-80:]), _RIGHT.match(after)
        if left is not None and right is not None and right[0][0].islower():
            votes[found.vote(plain(left[0]), plain(right[0]))] += 1
    likely = votes["likely"] if sum(votes.values()) >= _SHARE * len(lines) else 0
    found.breaks = votes["soft"] + likely // 2 >= max(_VOTES if not likely else 2, votes["hard"])
    return found
