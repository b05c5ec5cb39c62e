"""Words damaged by conversion: mended only where the book's own vocabulary proves what was printed.

The rules of :mod:`stray`, :mod:`torn`, :mod:`misread` and :mod:`slips` propose; here it is decided whether the book is damaged at all. In
a clean book ``wide-spread`` beside ``widespread`` is the printer's freedom; in one that writes ``gov-ernment`` and ``ma jority`` it is
damage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tei_pipeline.inline.damage import misread, slips, stray, torn
from tei_pipeline.inline.damage.proposal import Proposal
from tei_pipeline.inline.vocabulary import Vocabulary
from tei_pipeline.language import Language
from tei_pipeline.rows import HYPHENS

_PROVED = 3  # different damaged words that can be nothing else: fewer may be whims of spelling
_WORDS = (
    10_000  # words in which at least one is damaged: books set by printers have up to 0.5 such whims in so many, damaged ones 4 and more
)
_NEAR = 200  # characters: damage comes in patches, so a word that is only likely damaged is so beside one that is surely
_EDGE = frozenset(HYPHENS + "'’")


class Mend(NamedTuple):
    """A damaged stretch of the source, what is meant, how sure that is (``high``, ``medium``), the rule and its evidence."""

    start: int
    end: int
    meant: str
    cert: str
    rule: str
    evidence: str


def mends(text: str, words: Vocabulary, language: Language) -> list[Mend]:
    """The mends of a text, in order, none within another."""
    low = words.text
    if not low:
        return []
    proposals = [*stray.proposals(words, language), *torn.proposals(words, language), *misread.letters(words)]
    proofs = len({proposal.form for proposal in proposals if proposal.proof})
    if proofs < _PROVED or proofs * _WORDS < len(words.tokens):
        return []
    proposals += [*misread.proposals(words, language), *slips.proposals(words, language), *torn.run_together(text, words)]
    found = [mend for proposal in proposals if not proposal.near for mend in _located(text, low, proposal)]
    places = sorted(mend.start for mend in found)
    likely = [mend for proposal in proposals if proposal.near for mend in _located(text, low, proposal) if _beside(mend.start, places)]
    return list(_apart(sorted({*found, *likely})))


def _located(text: str, low: str, proposal: Proposal) -> Iterator[Mend]:
    """Every place where the damaged form stands by itself in the text."""
    form = proposal.form
    for at in proposal.places if proposal.places is not None else _places(low, form):
        end = at + len(form)
        if proposal.small and text[at].isupper():
            continue
        if _stands_alone(low, at, end) and (proposal.context is None or proposal.context(low, at, end)):
            if proposal.after:
                meant = _elsewhere(text, low, f"{proposal.after} {proposal.meant}")[len(proposal.after) + 1 :]
            else:
                meant = _as_printed(text[at:end], proposal.meant) if form[0].isalpha() else _elsewhere(text, low, proposal.meant)
            yield Mend(at, end, meant, proposal.cert, proposal.rule, proposal.evidence)


def _places(low: str, form: str) -> Iterator[int]:
    at = low.find(form)
    while at >= 0:
        yield at
        at = low.find(form, at + len(form))


def _stands_alone(low: str, at: int, end: int) -> bool:
    before, after = low[at - 1 : at], low[end : end + 1]
    if (before.isalnum() or before in _EDGE) and low[at].isalnum() and before:
        return False
    return not (after.isalnum() or (after == "-" and low[end + 1 : end + 2].isalpha()))


def _elsewhere(text: str, low: str, meant: str) -> str:
    """A word as the book prints it where it is whole."""
    return next((text[at : at + len(meant)] for at in _places(low, meant) if _stands_alone(low, at, at + len(meant))), meant)


def _as_printed(printed: str, meant: str) -> str:
    """What is meant, in the capitals of what is printed."""
    letters = [char for char in printed if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return meant.upper()
    out: list[str] = []
    at = 0
    for char in meant:
        if at < len(printed) and printed[at].lower() == char.lower():
            out.append(printed[at])
            at += 1
        elif at < len(printed) and not printed[at].isalnum() and at + 1 < len(printed) and printed[at + 1].lower() == char.lower():
            out.append(printed[at + 1])
            at += 2
        else:
            out.append(char)
            at += char.isalpha() and at < len(printed) and printed[at].isalpha()
    return "".join(out)


def _beside(place: int, places: Iterable[int]) -> bool:
    return any(abs(other - place) <= _NEAR for other in places)


def _apart(found: Iterable[Mend]) -> Iterator[Mend]:
    end = -1
    for mend in found:
        if mend.start >= end:
            yield mend
            end = mend.end
