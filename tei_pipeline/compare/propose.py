"""Differences between a built edition and an edited one, as corrections that may make the one into the other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from tei_pipeline.compare.differences import Alignment
from tei_pipeline.compare.flat import NAMESPACE, Flat, Piece
from tei_pipeline.corrections.anchor import anchored
from tei_pipeline.corrections.entry import EditorCorrection
from tei_pipeline.corrections.text import Place, Words

_KINDS: Mapping[str, str] = {
    **{name: name for name in ("byline", "dateline", "salute", "signed", "trailer")},
    "p": "paragraph",
    "head": "heading",
    "lg": "verse",
    "stage": "stage",
}
_CONTAINERS: Mapping[str, str] = {"quote": "quotation", "epigraph": "epigraph", "argument": "argument", "note": "note", "list": "list"}
_BLOCKS = frozenset({"p", "lg", "list", "quote", "ab", "sp", "cit", "table", "floatingText"})
_INLINES: Mapping[str, str] = {
    **{"q": "quotation", "quote": "quotation", "date": "date", "bibl": "reference", "hi": "emphasis", "choice": "reading"},
    **{"vocal": "reaction", "kinesic": "reaction", "incident": "reaction", "stage": "stage", "surplus": "residue"},
}
_ANCHOR = "noteAnchor"
_LONGEST_HEADING = 100  # characters of a heading that are all part of its anchor
_EXACT = frozenset({"reading", "quotation", "remove", "link", "unlink", "attribute"})  # kinds that are about their words and no more
_MADE = frozenset({"n", "target", "next", "prev", "corresp", "source", "who", "resp", "part", "place", "type"})
_XML = "{http://www.w3.org/XML/1998/namespace}"


class _Unit(Struct, frozen=True):
    """A block that holds words: paragraph, heading, stanza, line of a letter; its range in the old text, what it is."""

    start: int
    end: int
    kind: str
    piece: Piece


def propose(old: Flat, new: Flat, words: Words, offsets: array[int]) -> list[EditorCorrection]:
    """Corrections, in the order of the text. ``offsets``: the source offset of each printed character of the old edition."""
    return _Proposal(old, new, words, offsets).corrections()


class _Proposal:
    def __init__(self, old: Flat, new: Flat, words: Words, offsets: array[int]) -> None:
        self.old, self.new, self.words, self.offsets = old, new, words, offsets
        self.aligned = Alignment(old, new)
        self.tokens = words.tokens

    def corrections(self) -> list[EditorCorrection]:
        found = [*self._blocks(), *self._containers(), *self._levels(), *self._inlines(), *self._attributes(), *self._readings()]
        return list(dict.fromkeys(found))

    # ---------------------------------------------------------------- places

    def _place(self, start: int, end: int) -> Place:
        return Place(self.offsets[start], self.offsets[end - 1] + 1)

    def _entry(self, kind: str, start: int, end: int, **more: str | int) -> EditorCorrection:
        """A correction about printed characters: about all of them, or about the block that begins with them."""
        place = self._place(start, end)
        exact = kind in _EXACT
        if not exact and not (kind == "level" and end - start <= _LONGEST_HEADING):
            first = next((b for a, b in self.old.words if a <= start < b), end)
            place = self._place(start, max(start + 1, min(first, end)))
        renamed = {"become": "as"}
        table = dict(anchored(self.words, place, exact)) | {renamed.get(key, key): value for key, value in more.items()}
        return EditorCorrection.of_table({"kind": kind, **table}, None)

    def _to(self, start: int, end: int) -> str:
        """The last words of a range, so many that they do not stand between its beginning and them."""
        begin, stop = self.offsets[start], self.offsets[end - 1] + 1
        inside = [token for token in self.tokens if token.start < stop and token.end > begin]
        for count in range(min(3, len(inside)), len(inside) + 1):
            words = self.words.shown(Place(inside[-count].start, stop))
            first = next((place.end for place in self.words.find(words) if place.start >= begin), -1)
            if first == stop:
                return words
        return self.words.shown(Place(begin, stop))

    def _back(self, piece: Piece) -> tuple[int, int]:
        return self.aligned.back(piece.start), self.aligned.back(piece.end)

    # ---------------------------------------------------------------- blocks

    def _blocks(self) -> Iterator[EditorCorrection]:
        before = {unit.start: unit for unit in _units(self.old, lambda piece: piece.range)}
        after = list(_units(self.new, self._back))
        for unit in after:
            if unit.start >= unit.end:
                continue
            there = before.get(unit.start)
            inside = [start for start in before if unit.start < start < unit.end]
            if there is not None and there.kind == unit.kind and not inside:
                if there.end > unit.end and unit.kind != "paragraph":
                    yield self._become(unit, True)
                continue
            if there is None and unit.kind == "paragraph":
                cover = next((each for each in before.values() if each.start < unit.start < each.end), None)
                if cover is not None and cover.kind == "paragraph":
                    yield self._entry("split", unit.start, unit.end)
                elif cover is not None:
                    yield self._become(unit, True)
            elif there is None or there.kind != unit.kind:
                yield self._become(unit, there is None or there.end != unit.end or bool(inside))
            if unit.kind == "paragraph" and (there is None or there.kind == "paragraph"):
                for start in sorted(inside):
                    yield self._entry("join", start, before[start].end)
            elif inside and there is not None and there.kind == unit.kind:
                yield self._become(unit, True)

    def _become(self, unit: _Unit, to: bool) -> EditorCorrection:
        more: dict[str, str | int] = {"to": self._to(unit.start, unit.end)} if to else {}
        more["become"] = unit.kind
        if unit.kind == "heading":
            more["level"] = max(1, _depth(unit.piece))
            division = unit.piece.parent
            if division is not None and division.name == "div" and (kind := division.element.get("type")):
                more["type"] = kind
        return self._entry("block", unit.start, unit.end, **more)

    def _containers(self) -> Iterator[EditorCorrection]:
        known = {(piece.name, *piece.range) for piece in self.old.pieces}
        wanted = {(piece.name, *self._back(piece)) for piece in self.new.pieces}
        for piece in self.new.pieces:
            start, end = self._back(piece)
            if start >= end or (piece.name, start, end) in known:
                continue
            if piece.name in _CONTAINERS and _holds_blocks(piece):
                inside = sum(unit.start >= start and unit.end <= end for unit in _units(self.old, lambda each: each.range))
                more: dict[str, str | int] = {"to": self._to(start, end)} if inside != 1 else {}
                yield self._entry("block", start, end, become=_CONTAINERS[piece.name], **more)
            elif piece.name == "sp":
                speaker = next((child for child in piece.element if child.tag == NAMESPACE + "speaker"), None)
                name = " ".join("".join(map(str, speaker.itertext())).split()).rstrip(".:—– ") if speaker is not None else ""
                if name:
                    yield self._entry("speaker", start, end, become=name)
        for piece in self.old.pieces:
            gone = piece.start < piece.end and (piece.name, *piece.range) not in wanted
            if gone and piece.name in (*_CONTAINERS, "sp") and _holds_blocks(piece):
                for unit in _units(self.new, self._back):
                    if piece.start <= unit.start < unit.end <= piece.end and unit.kind == "paragraph":
                        yield self._entry("block", unit.start, unit.end, become="paragraph")

    def _levels(self) -> Iterator[EditorCorrection]:
        before = {piece.start: piece for piece in self.old.pieces if _is_main(piece)}
        for piece in self.new.pieces:
            if not _is_main(piece):
                continue
            start, end = self._back(piece)
            old = before.get(start)
            if old is None or start >= end:
                continue
            kinds = [each.parent.element.get("type") for each in (old, piece) if each.parent is not None]
            if len(kinds) == 2 and kinds[0] != kinds[1] and kinds[1]:
                yield self._entry("block", start, end, become="heading", level=max(1, _depth(piece)), type=kinds[1])
            elif _depth(old) != _depth(piece):
                yield self._entry("level", start, end, level=max(1, _depth(piece)))

    # ---------------------------------------------------------------- inside paragraphs

    def _inlines(self) -> Iterator[EditorCorrection]:
        olds = {(piece.name, *piece.range): piece for piece in self.old.pieces if _is_inline(piece)}
        news = {(piece.name, *self._back(piece)): piece for piece in self.new.pieces if _is_inline(piece)}
        for (name, start, end), piece in news.items():
            if start >= end:
                continue
            old = olds.get((name, start, end))
            if name == "choice":
                read, was = _corr(piece), _corr(old) if old is not None else ""
                if read and read != was:
                    yield self._entry("reading", start, end, read=read)
            elif name == "ref":
                note = self._note(self.new, piece)
                if note is not None and (old is None or self._siglum(self._note(self.old, old)) != self._siglum(note)):
                    yield self._entry("link", start, end, to=self._siglum(note), siglum=self.old.printed[start:end])
            elif old is None and name in ("q", "quote"):
                yield self._entry("quotation", start, end)
        for name, start, end in olds:
            if (name, start, end) in news or start >= end:
                continue
            if name == "ref":
                yield self._entry("unlink", start, end)
            elif name not in ("q", "quote") or not any((other, start, end) in news for other in ("q", "quote")):
                yield self._entry("remove", start, end, become=_INLINES[name])

    def _note(self, edition: Flat, reference: Piece) -> Piece | None:
        target = reference.element.get("target", "").split()
        return next((piece for piece in edition.pieces if piece.name == "note" and target and f"#{piece.identifier}" == target[0]), None)

    def _siglum(self, note: Piece | None) -> str:
        return note.element.get("n", "") if note is not None else ""

    def _attributes(self) -> Iterator[EditorCorrection]:
        olds: dict[tuple[str, int, int], Piece] = {}
        for piece in self.old.pieces:
            olds.setdefault((piece.name, *piece.range), piece)
        seen: set[tuple[str, int, int]] = set()
        for piece in self.new.pieces:
            key = (piece.name, *self._back(piece))
            old = olds.get(key)
            if old is None or key in seen or key[1] >= key[2]:
                continue
            seen.add(key)
            for name, value in ((str(key), str(given)) for key, given in piece.element.attrib.items()):
                if name in _MADE or name == _XML + "id" or old.element.get(name) == value or (piece.name == "corr"):
                    continue
                shown = f"xml:{name.removeprefix(_XML)}" if name.startswith(_XML) else name
                end = min(key[2], next((b for a, b in self.old.words if a <= key[1] < b), key[2]))
                yield self._entry("attribute", key[1], end, on=piece.name, name=shown, value=value)

    def _readings(self) -> Iterator[EditorCorrection]:
        """Words that were changed in the text itself: the source keeps them, the reading gives what the editor wrote."""
        for edit in self.aligned.edits:
            start, end = edit.start, edit.end
            read = self.new.shown(edit.new_start, edit.new_end, 10_000)
            if end - start > 400 or len(read) > 400:
                continue  # a passage, and no reading
            if start == end or not read:
                before = next(((a, b) for a, b in reversed(self.old.words) if b <= start), None)
                if before is None:
                    continue
                read = f"{self.old.printed[before[0] : before[1]]} {read}".strip()
                start, end = before[0], max(end, before[1])
            yield self._entry("reading", start, end, read=read)


def _units(edition: Flat, place: Callable[[Piece], tuple[int, int]]) -> Iterator[_Unit]:
    """The blocks of an edition that hold words, in order; verse lines as their stanza."""
    for piece in edition.pieces:
        kind = _KINDS.get(piece.name, "")
        if piece.name == "ab":
            kind = piece.element.get("type", "")
        elif piece.name == "head" and piece.element.get("type") == "sub":
            kind = "subtitle"
        elif piece.name == "stage" and piece.parent is not None and piece.parent.name in ("p", "l", "head", "speaker"):
            continue
        if kind:
            start, end = place(piece)
            yield _Unit(start, end, kind, piece)


def _is_main(piece: Piece) -> bool:
    return piece.name == "head" and piece.element.get("type") != "sub" and piece.parent is not None and piece.parent.name == "div"


def _depth(piece: Piece) -> int:
    """How many divisions are around a piece."""
    count, above = 0, piece.parent
    while above is not None:
        count += above.name == "div"
        above = above.parent
    return count


def _holds_blocks(piece: Piece) -> bool:
    return any(str(child.tag).removeprefix(NAMESPACE) in (*_BLOCKS, "item") for child in piece.element)


def _is_inline(piece: Piece) -> bool:
    if piece.name == "ref":
        return piece.element.get("type") == _ANCHOR
    if piece.name == "stage":
        return piece.parent is not None and piece.parent.name in ("p", "l")
    return piece.name in _INLINES and not _holds_blocks(piece)


def _corr(choice: Piece) -> str:
    corr = next((child for child in choice.element if child.tag == NAMESPACE + "corr"), None)
    return " ".join("".join(map(str, corr.itertext())).split()) if corr is not None else ""
