"""Quoted words: marks are paired run by run, with nesting; quotations that run over several paragraphs or verses are joined."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from tei_pipeline.decisions import Problem
from tei_pipeline.inline.quotes.dialogue import speeches
from tei_pipeline.inline.quotes.signs import Sign, habits, leading, places, signs
from tei_pipeline.inline.runs import Run, offsets
from tei_pipeline.language import Language
from tei_pipeline.source import Source

DEEPEST = 6  # levels of quotation in quotation: deeper ones are damage
_PLURAL = "sSnozx"  # letters after which an apostrophe may be a possessive
_LONG = 120  # characters: words quoted in the middle of a sentence, without a comma or colon before them, are few
_MIDDLE = 12  # paragraphs that a quotation may run over without a mark of its own, in the directed marks of print
_BETWEEN = 8  # the same in straight marks, when the next one of all closes it: verses and letters stand in speeches

_BREAKS = frozenset({"heading", "titlepage", "subtitle", "byline", "trailer", "imprint", "boilerplate"})
_AFTER_QUOTATION = re.compile(r"[\s.,;:!?*†‡\d\[\]()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])?[\s.,;:*†‡\d\[\]()]*")


class Quote(NamedTuple):
    """Quoted words in the source, marks included; ``key``, ``next`` and ``prev`` join the parts of one."""

    start: int
    end: int
    key: str | None = None
    next: str | None = None
    prev: str | None = None


class _Open(Struct):
    """A quotation that its run did not close: its class, the ranges it has so far, the mark that opened it.

    ``bridged``: so many runs without a mark followed that only one that closes may end it. ``waits``: only one that opens it again right
    below shows that it is no apostrophe.
    """

    sign: Sign
    parts: list[tuple[Run, int, int]]
    block: bool
    idle: int = 0
    bridged: bool = False
    waits: bool = False


class _Paired(Struct):
    """What the marks of one run say: pairs, what stayed open, what closes nothing, what opens but is too slight to stay open."""

    pairs: list[tuple[Sign, Sign]] = field(default_factory=list)
    left: list[Sign] = field(default_factory=list)
    loose: list[Sign] = field(default_factory=list)
    lost: list[Sign] = field(default_factory=list)


def quotes(
    source: Source, runs: Sequence[Run], language: Language, pairs: Sequence[str] | None = None
) -> tuple[list[Quote], list[Problem]]:
    """All quoted words of a book, in order, and the marks that have no partner; ``pairs``: the only marks that count."""
    usual = habits(source.text, language, "".join(pairs) if pairs is not None else "")
    found: list[Quote] = []
    problems: list[Problem] = []
    marked = places(source.text, usual)
    for stream in _streams(runs):
        pairing = _Pairing(source, found, problems)
        for run in stream:
            pairing.take(run, signs(run, usual, marked))
        pairing.give_up()
    found = [quote for quote in found if quote.key or not _are_dittos(source.text, quote)]
    if pairs is None:
        for ranges in speeches(runs):
            found.extend(_joined(ranges))
    found.sort(key=lambda quote: (quote.start, -quote.end, int(quote.key[2:].partition("-")[0]) if quote.key else quote.start))
    problems.sort(key=lambda problem: problem.line or 0)
    return found, problems


def _streams(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The running text, and each note by itself: a quotation does not run from one into the other."""
    streams: dict[int | None, list[Run]] = {}
    for run in runs:
        streams.setdefault(run.inside("note"), []).append(run)
    yield from streams.values()


def pair(found: Sequence[Sign]) -> _Paired:
    """Pair the marks of one run. Brackets that match are walls: what opens inside closes inside."""
    result = _Paired()
    walls = _walls(found)
    open_: list[Sign] = []
    elided: Sign | None = None
    for at, sign in enumerate(found):
        if sign.role == "bracket":
            if at in walls:
                if walls[at] > at:
                    open_.append(sign)
                else:
                    while open_ and open_[-1].start != found[walls[at]].start:
                        result.left.append(open_.pop())
                    open_.pop()
            continue
        if sign.role == "elided":
            elided = sign
            continue
        depth = next((k for k in range(len(open_) - 1, -1, -1) if open_[k].role == "bracket" or open_[k].kind == sign.kind), -1)
        partner = depth >= 0 and open_[depth].role != "bracket"
        if sign.role == "open" or (sign.role == "either" and not partner):
            if sign.kind == "single" and not _closes_later(found, at):
                if sign.text == "'" and sign.led and sign.before.isspace() and sign.after.isupper():
                    result.lost.append(sign)
                continue
            if len(open_) < DEEPEST * 2:
                open_.append(sign)
        elif not partner:
            if sign.kind != "single":
                result.loose.append(sign)
            elif not sign.before.isalnum() and not sign.after.isalnum():
                if elided is not None and _opens_after_all(elided, result, open_):
                    result.pairs.append((elided, sign))
                    elided = None
                elif not _mend_possessive(result, sign, open_) and sign.before in ".,;!?":
                    result.loose.append(sign)
        elif sign.kind == "single" and (_is_possessive(found, at) or _is_elided(open_[depth], sign)):
            continue
        else:
            result.left.extend(open_[depth + 1 :])
            result.pairs.append((open_[depth], sign))
            del open_[depth:]
    result.left.extend(sign for sign in open_ if sign.role != "bracket")
    result.left.sort()
    return result


def _walls(found: Sequence[Sign]) -> dict[int, int]:
    """From each bracket that has a partner to that partner."""
    walls: dict[int, int] = {}
    open_: list[int] = []
    for at, sign in enumerate(found):
        if sign.role != "bracket":
            continue
        if sign.text in "([":
            open_.append(at)
        else:
            for k in range(len(open_) - 1, max(-1, len(open_) - 4), -1):
                if found[open_[k]].kind == sign.kind:
                    walls[open_[k]], walls[at] = at, open_[k]
                    del open_[k:]
                    break
    return walls


def _closes_later(found: Sequence[Sign], at: int) -> bool:
    """Whether a single mark that may open meets one that closes: else it is an apostrophe, or runs on into the next paragraph."""
    opener = found[at]
    leads = opener.first or (at == 1 and found[0].first and found[0].end == opener.start)
    if (leads and opener.row == 0) or (opener.text in "‘‚‹›" and opener.after.isupper()):
        return True
    return any(sign.kind == "single" and sign.role == "close" for sign in found[at + 1 : at + 40])


def _is_possessive(found: Sequence[Sign], at: int) -> bool:
    """``the boys' hats``, ``goin' home``: a plural or a word cut short — while a better closing mark follows before the next one opens."""
    if not _ends_plural(found[at]):
        return False
    for other in found[at + 1 : at + 20]:
        if other.kind == "single" and other.role != "elided" and not (other.role == "close" and _ends_plural(other)):
            return other.role == "close"
    return False


def _ends_plural(sign: Sign) -> bool:
    return sign.cut or (sign.before in _PLURAL and sign.after.isspace())


def _is_elided(opener: Sign, closer: Sign) -> bool:
    """``'gan blow``: small letters after a word and no point, and to close it a word cut short (``my 'orses an' so``), or what stands there
    after a long time; or only a possessive, as late.
    """
    if opener.text not in "'’":
        return False
    small = opener.after.islower() and not opener.led
    if closer.end - opener.start <= _LONG:
        return small and closer.cut and closer.start - opener.end > LONGEST_LETTERS
    return small or _ends_plural(closer)


LONGEST_LETTERS = 3  # of those that a text quotes as letters: he wrote 't'


def _opens_after_all(elided: Sign, result: _Paired, open_: Sequence[Sign]) -> bool:
    """``'Tis well,' he said``: an apostrophe opens what nothing else opens, if no quotation stands between it and the mark that closes."""
    if open_ and open_[-1].start > elided.start:
        return False
    return not any(opener.kind == "single" and closer.start > elided.start for opener, closer in result.pairs)


def _mend_possessive(result: _Paired, sign: Sign, open_: Sequence[Sign]) -> bool:
    """A single mark that closes nothing: if the one that closed before it stands after an ``s``, that was a possessive."""
    floor = open_[-1].start if open_ else -1
    for at in range(len(result.pairs) - 1, -1, -1):
        opener, closer = result.pairs[at]
        if opener.start < floor:
            return False
        if opener.kind == "single" and _ends_plural(closer):
            result.pairs[at] = (opener, sign)
            return True
    return False


def _are_dittos(text: str, quote: Quote) -> bool:
    """Whether a pair of marks has nothing but white space in it: each says that the word above comes again."""
    return quote.end - quote.start < WIDEST_DITTO and len(inside := text[quote.start + 1 : quote.end - 1]) > 1 and inside.isspace()


WIDEST_DITTO = 60  # columns


class _Pairing:
    """One stream of runs, and the quotations that are open from one to the next, the outermost first."""

    def __init__(self, source: Source, found: list[Quote], problems: list[Problem]) -> None:
        self.source = source
        self.found = found
        self.problems = problems
        self.open: list[_Open] = []

    def take(self, run: Run, found: Sequence[Sign]) -> None:
        """Pair the marks of a run, and go on with what was open before it."""
        if run.kind in _BREAKS or run.opens:
            self.give_up()
        if not found and not self.open:
            return
        if self.open and found and found[0].first and found[0].row == 0 and found[0].kind == "angle" and found[0].role == "close":
            found = [found[0]._replace(role="open"), *found[1:]]  # French print also opens a paragraph again with the closing mark
        paired = pair(found)
        lead = leading(run, found)
        if self.open:
            self._go_on(run, paired, lead)
        for opener, closer in paired.pairs:
            if not (opener in lead[:1] and self._is_block(run, closer.end)):
                self._add([(run, opener.start, closer.end)])
        self._leave_open(run, paired, lead)
        self._wait(run, paired)
        for sign in (*paired.loose, *paired.lost):
            self._unpaired(sign, run)

    def _go_on(self, run: Run, paired: _Paired, lead: Sequence[Sign]) -> None:
        """What is open is opened again at the beginning of this run, closed in it, or runs through it."""
        start, end = run.rows[0][1] + run.label, offsets(run.rows)[1]
        still: list[_Open] = []
        closed = end
        for depth, open_ in enumerate(self.open):
            again = lead[depth] if depth < len(lead) and lead[depth].kind == open_.sign.kind and not open_.bridged else None
            close = next((pair for pair in paired.pairs if pair[0] is again), None) if again else None
            if close is not None:
                paired.pairs.remove(close)
                open_.parts.append((run, close[0].start, close[1].end))
                if not (open_.block and self._is_block(run, close[1].end)):
                    self._add(open_.parts)
                closed = close[1].end
            elif again is not None and again in paired.left:
                paired.left.remove(again)
                open_.parts.append((run, again.start, end))
                open_.idle, open_.waits = 0, False
                still.append(open_)
            elif open_.waits:
                self._unpaired(open_.sign, open_.parts[0][0])
            elif (loose := self._closes(open_, paired, closed)) is not None:
                paired.loose.remove(loose)
                open_.parts.append((run, start, loose.end))
                self._add(open_.parts)
                closed = loose.end
            elif closed == end and self._runs_through(open_, run, paired):
                open_.parts.append((run, start, end))
                open_.idle += 1
                open_.bridged = open_.idle > self._most(open_, run)
                still.append(open_)
            else:
                self._unpaired(open_.sign, open_.parts[0][0])
        self.open = still

    def _closes(self, open_: _Open, paired: _Paired, before: int) -> Sign | None:
        """The mark in this run that closes what is open: no other of its class opens before it."""
        kind = open_.sign.kind
        loose = next((sign for sign in paired.loose if sign.kind == kind and sign.end <= before), None)
        openers = [opener for opener, _ in paired.pairs if opener.kind == kind] + [sign for sign in paired.left if sign.kind == kind]
        if loose is None or not all(opener.start > loose.start for opener in openers):
            return None
        return None if any(opener.start < loose.start < closer.end for opener, closer in paired.pairs) else loose

    def _runs_through(self, open_: _Open, run: Run, paired: _Paired) -> bool:
        """Whether a run without a mark of that class can stand inside."""
        kind = open_.sign.kind
        if any(opener.kind == kind for opener, _ in paired.pairs) or any(sign.kind == kind for sign in (*paired.left, *paired.loose)):
            return False
        return open_.idle < max(self._most(open_, run), _BETWEEN if open_.sign.kind == "double" else 0)

    @staticmethod
    def _most(open_: _Open, run: Run) -> int:
        """How many runs without a mark of its own may stand in a quotation that a next paragraph opens again: in straight marks one."""
        return _MIDDLE if open_.sign.text not in "\"'’" or run.kind == "verse" else 1

    def _leave_open(self, run: Run, paired: _Paired, lead: Sequence[Sign]) -> None:
        """What this run opens and does not close stays open, unless a pair of the same marks after it shows that its own was lost."""
        end = offsets(run.rows)[1]
        quotation = run.inside("quotation") is not None
        left = [sign for sign in paired.left if sign.text not in "'’" or sign in lead]
        last = {sign.kind: at for at, sign in enumerate(left)}
        latest = {opener.text: opener.start for opener, _ in paired.pairs}
        for at, sign in enumerate(left):
            inner = not quotation and latest.get(sign.text, -1) > sign.start
            closed = any(opener.start < sign.start < closer.end for opener, closer in paired.pairs)
            if last[sign.kind] > at or inner or closed or len(self.open) >= DEEPEST:
                self._unpaired(sign, run)
            else:
                self.open.append(_Open(sign, [(run, sign.start, end)], quotation and sign in lead[:1]))

    def _wait(self, run: Run, paired: _Paired) -> None:
        """The last single mark amid verses that may open, below which nothing does, waits for the next stanza to open it again."""
        sign = paired.lost[-1] if paired.lost and run.kind == "verse" and len(self.open) < DEEPEST else None
        if sign is None or any(other.start > sign.start for other in (*paired.left, *(opener for opener, _ in paired.pairs))):
            return
        if all(open_.sign.kind != sign.kind for open_ in self.open):
            paired.lost.pop()
            self.open.append(_Open(sign, [(run, sign.start, offsets(run.rows)[1])], False, waits=True))

    def give_up(self) -> None:
        """What is open stays open: report it."""
        for open_ in self.open:
            self._unpaired(open_.sign, open_.parts[0][0])
        self.open = []

    def _is_block(self, run: Run, end: int) -> bool:
        """Whether these marks are those of the block quotation itself: all its words stand between them."""
        if run.inside("quotation") is None:
            return False
        last = offsets(run.rows)[1]
        return _AFTER_QUOTATION.fullmatch(self.source.text, end, last) is not None

    def _add(self, parts: Sequence[tuple[Run, int, int]]) -> None:
        """Add a quotation, in parts where it crosses from one paragraph or verse to the next."""
        pieces = [piece for run, start, end in parts for piece in _pieces(run, start, end)]
        self.found.extend(_joined(pieces))

    def _unpaired(self, sign: Sign, run: Run) -> None:
        lines = self.source.lines
        here = lines[run.rows[sign.row][0].line].number
        if sign.role == "close":
            text = f"the quotation mark {sign.text} closes nothing; the opening one may be missing before it in this paragraph"
        else:
            last = lines[run.rows[-1][0].line].number
            text = (
                f"the quotation mark {sign.text} is not closed; the closing one may be missing at the end of the sentence or of line {last}"
            )
        self.problems.append(Problem("warning", "quotation-unpaired", text, here))


def _joined(pieces: Sequence[tuple[int, int]]) -> list[Quote]:
    """One quotation, in parts that know of each other."""
    if len(pieces) == 1:
        return [Quote(*pieces[0])]
    keys = [f"iq{pieces[0][0]}-{start}" for start, _ in pieces]
    return [
        Quote(start, end, keys[at], keys[at + 1] if at + 1 < len(keys) else None, keys[at - 1] if at else None)
        for at, (start, end) in enumerate(pieces)
    ]


def _pieces(run: Run, start: int, end: int) -> list[tuple[int, int]]:
    """The range, cut where a verse ends."""
    if run.kind != "verse":
        return [(start, end)]
    verses = run.verses()
    at = max(0, bisect_right(verses, (start, end)) - 1)
    found = []
    while at < len(verses) and verses[at][0] < end:
        first, last = verses[at]
        if last > start:
            found.append((max(first, start), min(last, end)))
        at += 1
    return found
