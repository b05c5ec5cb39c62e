"""Corrections of note links: a printed siglum that leads to a note, or one that does not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container
from tei_pipeline.corrections.anchor import Located
from tei_pipeline.corrections.corrected import Refuse
from tei_pipeline.corrections.text import Place, Words
from tei_pipeline.inline.context import Anchor
from tei_pipeline.settle.notes.links import Links

_SIGLUM = re.compile(r"[\[(]?(?P<n>\d{1,4}|[*†‡§¶]{1,4}|(?<=[\[(])[a-z](?=[\])]))[\])]?(?=[\W_]*$)")


def relink(links: Links, corrections: Sequence[Located], blocks: Sequence[Block], words: Words, refuse: Refuse) -> Links:
    """The links as the corrections want them; one that finds no siglum or no note is told to ``refuse``."""
    chosen = [one for one in corrections if one.entry.kind in ("link", "unlink")]
    if not chosen:
        return links
    anchors, problems = list(links.anchors), list(links.problems)
    notes = list(_notes(blocks))
    for one in chosen:
        if one.entry.kind == "unlink":
            anchors = [anchor for anchor in anchors if not _overlap(anchor, one)]
            continue
        siglum = _siglum(one, words.source.text)
        note = _note(one, notes, words) if siglum is not None else None
        if siglum is None:
            refuse(one, 'no siglum of a note stands at the end of the words; end them with it, or name it: siglum = "…"')
        elif note is None:
            refuse(one, f"no note has the siglum {one.entry.to} after it, and none begins with these words")
        else:
            anchors = [anchor for anchor in anchors if not (anchor.start < siglum[0].end and siglum[0].start < anchor.end)]
            place, n = siglum
            anchors.append(Anchor(place.start, place.end, n, f"r{place.start}", (f"n{note.key}",), one.decision))
    anchors.sort(key=lambda anchor: anchor.start)
    of_note: dict[int, list[str]] = {}
    for anchor in anchors:
        for key in anchor.notes:
            if key[1:].isdigit():  # else it stands inside a paragraph
                of_note.setdefault(int(key[1:]), []).append(anchor.key)
    lines = {container.key + 1: container for container in notes}
    problems = [p for p in problems if p.code != "note-without-reference" or p.line not in lines or lines[p.line].key not in of_note]
    return replace(links, anchors=tuple(anchors), notes={key: tuple(keys) for key, keys in of_note.items()}, problems=tuple(problems))


def _notes(blocks: Sequence[Block]) -> Iterator[Container]:
    seen: set[Container] = set()
    for block in blocks:
        for container in block.within:
            if container.kind == "note" and container not in seen:
                seen.add(container)
                yield container


def _overlap(anchor: Anchor, one: Located) -> bool:
    return anchor.start < one.end and one.start < anchor.end


def _siglum(one: Located, text: str) -> tuple[Place, str] | None:
    """The siglum at the end of the words (or the one that the entry names, the last of its kind), as printed and bare."""
    if one.entry.siglum:
        at = text.rfind(one.entry.siglum, one.start, one.end)
        bare = one.entry.siglum.strip("[]().,;: ")
        return (Place(at, at + len(one.entry.siglum)), bare) if at >= 0 and bare else None
    found = _SIGLUM.search(text[one.start : one.end])
    return (Place(one.start + found.start(), one.start + found.end()), found["n"]) if found is not None else None


def _note(one: Located, notes: Sequence[Container], words: Words) -> Container | None:
    """The next note with that siglum after the reference, else the note that begins with these words."""
    starts = [line.start for line in words.source.lines]
    here = bisect_right(starts, one.start) - 1
    if (named := next((note for note in notes if note.n == one.entry.to and note.key >= here), None)) is not None:
        return named
    lines = {bisect_right(starts, place.start) - 1 for place in words.find(one.entry.to)}
    found = [note for note in notes if note.key in lines]
    return found[0] if len(found) == 1 else None
