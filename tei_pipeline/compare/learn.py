"""What an editor changed in the XML, as entries of the sidecar: with them the next build gives the edited file.

The edited file is laid beside the edition that the source gives now; differences of structure and readings become corrections, which
are tried by building again, until nothing is left that a correction can say. What is left is named.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.compare.canonical import canonical, read_out
from tei_pipeline.compare.differences import Difference, differences
from tei_pipeline.compare.flat import Flat, flat
from tei_pipeline.compare.propose import propose
from tei_pipeline.corrections.entry import EditorCorrection
from tei_pipeline.corrections.text import Words
from tei_pipeline.pipeline import convert
from tei_pipeline.recognise import Recognised, recognise
from tei_pipeline.sidecar import Sidecar
from tei_pipeline.source import UNENCODABLE, Source

ROUNDS = 4  # builds that are tried; each settles what the one before has moved
_FIRST = 1_000_000_000  # lines that no sidecar has: entries that are only being tried are known by them
_LABEL = "learned"
_TOKEN = re.compile(r"\S+")


class Learned(Struct, frozen=True):
    """The entries that were learned, in the order of the text, whether the build with them gives the edited text, and what it does not.

    ``refused``: what was tried and could not be applied, with the reason. ``left``: differences between the next build (``built``)
    and the edited text, which no correction expresses. Words that were changed in the text itself count as readings.
    """

    entries: tuple[EditorCorrection, ...]
    same: bool
    left: tuple[Difference, ...]
    refused: tuple[str, ...]
    built: Flat


def learn(source: Source, sidecar: Sidecar, edited: etree._Element, label: str = "") -> Learned:
    """What must be added to the sidecar of a source so that its edition becomes the edited one.

    Raises :class:`~tei_pipeline.errors.NotAnEdition` when ``edited`` is no TEI with a text.
    """
    target = flat(edited, label)
    meant = read_out(edited)
    wanted = canonical(meant)
    offsets = _printed_offsets(source)
    entries: list[EditorCorrection] = []
    refused: list[str] = []
    best: tuple[int, list[EditorCorrection], Flat, bool] | None = None
    hidden = recognise_hidden(source, sidecar)
    words = Words(source, hidden)
    for _ in range(ROUNDS):
        numbered = [replace(entry, line=_FIRST + number) for number, entry in enumerate(entries)]
        built = convert(source, replace(sidecar, corrections=(*sidecar.corrections, *numbered), label=_LABEL), formats=())
        wrong = {p.line: p.message for p in built.problems if p.level == "error" and p.file == _LABEL and (p.line or 0) >= _FIRST}
        reading = read_out(built.root)
        same = canonical(reading) == wanted
        now = flat(reading)
        left = len(_telling(differences(now, flat(meant)))) if not same else 0
        if best is None or left < best[0]:
            best = (left, [entry for number, entry in enumerate(entries) if _FIRST + number not in wrong], now, same)
        if same:
            break
        refused += [message for message in wrong.values() if message not in refused]
        kept = [entry for number, entry in enumerate(entries) if _FIRST + number not in wrong]
        more = propose(flat(built.root), target, words, offsets)
        merged = _merged(kept, more)
        if merged == entries:
            break
        entries = merged
    assert best is not None
    _, kept, now, same = best
    found = [] if same else differences(now, flat(meant))
    left_over = tuple(_telling(found) or found)  # where nothing tells, what only follows is named: nothing is lost in silence
    return Learned(tuple(kept), same, left_over, tuple(refused), now)


def recognise_hidden(source: Source, sidecar: Sidecar) -> frozenset[int]:
    """The lines of page furniture, which no anchor counts."""
    recognised: Recognised = recognise(source, sidecar)
    return frozenset(recognised.layout.furniture)


def _merged(entries: Sequence[EditorCorrection], more: Sequence[EditorCorrection]) -> list[EditorCorrection]:
    """The entries with new ones; a new one about the same words in the same way takes the place of the old one."""
    found = {_about(entry): entry for entry in entries}
    found |= {_about(entry): entry for entry in more}
    return list(found.values())


def _about(entry: EditorCorrection) -> tuple[str, ...]:
    kind = "block" if entry.kind in ("level", "block") and entry.become in ("", "heading") else entry.kind
    return kind, entry.words, entry.inside, str(entry.occurrence), entry.on, entry.name, entry.become if entry.kind == "remove" else ""


def _telling(found: Sequence[Difference]) -> list[Difference]:
    """The differences without those that only follow from others: identifiers, numbers of divisions."""
    return [one for one in found if one.kind != "renamed" and not (one.kind == "attribute" and one.attribute in ("n", "resp", "cert"))]


def _printed_offsets(source: Source) -> array[int]:
    """The source offset of each printed character."""
    offsets = array("L")
    for token in _TOKEN.finditer(source.text):
        if UNENCODABLE.search(token[0]):
            offsets.extend(token.start() + at for at, char in enumerate(token[0]) if not UNENCODABLE.match(char))
        else:
            offsets.extend(range(token.start(), token.end()))
    return offsets
