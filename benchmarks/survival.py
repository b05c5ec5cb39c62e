"""How corrections survive: corrections on a book, then random edits of its text, then the question which of them still hold, and where.

``python -m benchmarks.survival [TEXT] [--seed N] [--corrections N] [--edits N]``; without TEXT the sample volume in ``../shared``. Half of
the edits are made anywhere, half within two lines of a correction. Words are followed through the edits one by one, so that it is known
whether a correction came back to the very words it was made for.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from tei_pipeline.corrections.anchor import anchored
from tei_pipeline.corrections.entry import EditorCorrection
from tei_pipeline.corrections.text import Place, Words
from tei_pipeline.recognise import Recognised, recognise
from tei_pipeline.sidecar import Sidecar
from tei_pipeline.source import Source, read_source

VOLUME = Path(__file__).resolve().parents[2] / "shared" / "volume" / "volume-10.txt"
GOAL = 0.95
_AS = ("verse", "quotation", "heading", "paragraph", "ornament", "signed")


@dataclass(slots=True)
class Token:
    """A printed word that keeps its identity through edits; ``original`` is the one that it was doubled from."""

    text: str
    original: Token | None = None


@dataclass(slots=True)
class Row:
    """A line of the text: its white space at the front, its words with single spaces between them."""

    indent: str
    tokens: list[Token]


@dataclass(frozen=True, slots=True)
class Survival:
    """What became of the corrections: how many were made, kept their own words, applied to them; applied elsewhere; lost unsaid."""

    made: int
    untouched: int
    kept: int
    touched_reported: int
    touched_kept: int
    wrong: int
    silent: int

    @property
    def rate(self) -> float:
        """Of the corrections whose own words are untouched, how many still apply to them."""
        return self.kept / self.untouched if self.untouched else 1.0


def measure(text: str, seed: int, corrections: int = 50, edits: int = 200, others: int = 20) -> Survival:
    """Make corrections on a text, edit the text, add other corrections, and see."""
    chance = random.Random(seed)
    rows = [_row(line) for line in text.split("\n")]
    source = _source(rows)
    recognised = recognise(source)
    entries = choose(source, recognised, chance, corrections)
    before = recognise(source, Sidecar("text.toml", corrections=tuple(entries)))
    assert before.hand is not None
    held = {one.entry: one for one in before.hand.applied}
    entries = [entry for entry in entries if entry in held]
    tokens = [token for row in rows for token in row.tokens]
    places = Words(source).tokens
    own = {entry: _own(entry, Words(source), held[entry].range, tokens, places) for entry in entries}
    target = {entry: _at(held[entry].range, tokens, places) for entry in entries}
    aimed = {one for ids in target.values() for one in ids}
    near = [row for row in rows if any(id(token) in aimed for token in row.tokens)]
    for number in range(edits):
        at = chance.randrange(len(rows))
        aim = chance.choice(near)
        if number % 2 and (there := next((k for k, row in enumerate(rows) if row is aim), None)) is not None:
            at = min(len(rows) - 1, max(0, there + chance.randint(-2, 2)))
        _edit(rows, at, chance)
    changed = _source(rows)
    taken = {(entry.kind, entry.words) for entry in entries}
    more = [entry for entry in choose(changed, recognise(changed), chance, others) if (entry.kind, entry.words) not in taken]
    ids = [id(token) for row in rows for token in row.tokens]
    positions = {one: at for at, one in enumerate(ids)}
    numbered = [replace(entry, line=number) for number, entry in enumerate([*entries, *more], 1)]
    after = recognise(changed, Sidecar("text.toml", corrections=tuple(numbered)))
    assert after.hand is not None
    found = {one.entry.line: one for one in after.hand.applied}
    told = {problem.line for problem in after.problems if problem.file == "text.toml"}
    told |= {line for problem in after.problems if problem.code == "correction-contradiction" for line in _named(problem.message)}
    new_tokens, new_places = [token for row in rows for token in row.tokens], Words(changed).tokens
    doubles = {id(token): id(token.original) for token in new_tokens if token.original}  # nobody can tell them when the original is deleted
    counts = dict.fromkeys(("untouched", "kept", "touched_reported", "touched_kept", "wrong", "silent"), 0)
    for number, entry in enumerate(entries, 1):
        whole = _is_whole(own[entry], positions)
        counts["untouched"] += whole
        if number in found:
            here = _at(found[number].range, new_tokens, new_places)[:1]
            same = here == target[entry][:1] or (target[entry][0] not in positions and [doubles.get(here[0])] == target[entry][:1])
            counts["wrong"] += not same
            counts["kept" if whole else "touched_kept"] += same
        elif number in told:
            counts["touched_reported"] += not whole
        else:
            counts["silent"] += 1
    return Survival(len(entries), **counts)


def _named(message: str) -> list[int]:
    return [int(word) for word in message.partition(" contradict")[0].split() if word.isdigit()]


def _row(line: str) -> Row:
    bare = line.lstrip()
    return Row(line[: len(line) - len(bare)], [Token(word) for word in bare.split()])


def _source(rows: Sequence[Row]) -> Source:
    return read_source("\n".join(row.indent + " ".join(token.text for token in row.tokens) for row in rows).encode(), "text")


def _at(place: Place, tokens: Sequence[Token], places: Sequence[Place]) -> list[int]:
    """The tokens that stand in a range of the source."""
    return [id(token) for token, at in zip(tokens, places, strict=True) if at.start < place.end and at.end > place.start]


def _own(entry: EditorCorrection, words: Words, place: Place, tokens: Sequence[Token], places: Sequence[Place]) -> list[list[int]]:
    """The runs of tokens that a correction is anchored by: its words, those around them, its last words."""
    runs = [_at(Place(place.start, words.find(entry.words, place)[0].end if not entry.inside else place.end), tokens, places)]
    if entry.inside:
        runs.append(_at(words.find(entry.inside)[0], tokens, places))
    if entry.to:
        runs.append(_at(next(end for end in words.find(entry.to) if end.start >= place.start), tokens, places))
    return runs


def _is_whole(runs: Sequence[Sequence[int]], positions: dict[int, int]) -> bool:
    """Whether the tokens still stand side by side."""
    return all(
        run and run[0] in positions and all(positions.get(one) == positions[run[0]] + k for k, one in enumerate(run)) for run in runs
    )


def choose(source: Source, recognised: Recognised, chance: random.Random, count: int) -> list[EditorCorrection]:
    """Corrections of every kind at random places of a book, no two about the same block."""
    words = Words(source, frozenset(recognised.layout.furniture))
    blocks = [b for b in recognised.blocks if b.rows and b.kind != "furniture" and b.kind != "boilerplate"]
    chance.shuffle(blocks)
    made: list[EditorCorrection] = []
    kinds = ["block", "level", "split", "join", "reading", "quotation", "attribute", "remove"]
    for block in blocks:
        if len(made) == count:
            break
        kind = kinds[len(made) % len(kinds)]
        start = source.lines[block.rows[0].line].start
        start += len(source.lines[block.rows[0].line].text) - len(source.lines[block.rows[0].line].text.lstrip())
        first = Place(start, start + len(block.rows[0].text.split()[0]))
        if kind == "level" and block.kind == "heading":
            last = source.lines[block.rows[-1].line]
            whole = Place(start, last.start + len(last.text.rstrip())) if len(block.text.split()) <= 16 else first
            made.append(_entry("level", words, whole, level=chance.randint(1, 3)))
        elif kind == "block" and block.kind == "paragraph" and not block.within:
            made.append(_entry("block", words, first, become=chance.choice(_AS)))
        elif kind in ("join", "split", "reading", "quotation", "attribute") and block.kind == "paragraph" and len(block.rows) > 2:
            made.append(_inside(kind, words, source, block.rows[1].line, first, chance))
        elif kind == "remove" and '"' in block.rows[0].text:
            made.append(_inside("reading", words, source, block.rows[0].line, first, chance))
        elif kind == "level":
            continue
    return made


def _inside(kind: str, words: Words, source: Source, number: int, first: Place, chance: random.Random) -> EditorCorrection:
    """A correction about the beginning of a paragraph, or a word or two in its second line."""
    line = source.lines[number]
    own = [token for token in words.tokens if line.start <= token.start < line.end]
    at = chance.randrange(max(1, len(own) - 3))
    if kind == "join":
        return _entry("join", words, first)
    if kind == "split":
        return _entry("split", words, own[0])
    if kind == "attribute":
        return _entry("attribute", words, own[at], on="p", name="xml:lang", value="la")
    if kind == "reading":
        return _entry("reading", words, own[at], exact=True, read=f"{words.shown(own[at])}e")
    return _entry("quotation", words, Place(own[at].start, own[min(at + 2, len(own) - 1)].end), exact=True)


def _entry(kind: str, words: Words, place: Place, exact: bool = False, **more: str | int) -> EditorCorrection:
    renamed = {"become": "as"}
    table = dict(anchored(words, place, exact)) | {renamed.get(key, key): value for key, value in more.items()}
    return EditorCorrection.of_table({"kind": kind, **table}, None)


def _edit(rows: list[Row], at: int, chance: random.Random) -> None:
    """One edit at a row: a line inserted, doubled, deleted, a paragraph wrapped anew, a word changed or left out."""
    match chance.choice(("insert", "insert", "double", "delete", "wrap", "wrap", "word", "drop")):
        case "insert":
            vocabulary = [token.text for row in chance.choices(rows, k=12) for token in row.tokens] or ["word"]
            rows.insert(at, Row("", [Token(chance.choice(vocabulary)) for _ in range(chance.randint(1, 12))]))
        case "double":
            rows.insert(at, Row(rows[at].indent, [Token(token.text, token.original or token) for token in rows[at].tokens]))
        case "delete":
            del rows[at]
        case "wrap":
            end = at
            while end < len(rows) and rows[end].tokens and end - at < 30:
                end += 1
            tokens = [token for row in rows[at:end] for token in row.tokens]
            width = chance.randint(6, 16)
            rows[at:end] = [Row(rows[at].indent, tokens[k : k + width]) for k in range(0, len(tokens), width)] if tokens else rows[at:end]
        case "word" if rows[at].tokens:
            k = chance.randrange(len(rows[at].tokens))
            rows[at].tokens[k] = Token(rows[at].tokens[k].text[::-1] + "x")
        case "drop" if len(rows[at].tokens) > 1:
            del rows[at].tokens[chance.randrange(len(rows[at].tokens))]


def main() -> None:
    """Print what became of the corrections, and fail where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", nargs="?", type=Path, default=VOLUME)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corrections", type=int, default=50)
    parser.add_argument("--edits", type=int, default=200)
    given = parser.parse_args()
    found = measure(given.text.read_text("utf-8", "replace"), given.seed, given.corrections, given.edits)
    print(f"{found}\nrate {found.rate:.3f} (goal {GOAL})")
    if found.rate < GOAL or found.wrong or found.silent:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
