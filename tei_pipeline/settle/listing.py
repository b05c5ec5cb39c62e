"""Listing: which headings the contents page names, and by which of its entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Block
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.contents import PAGE

if TYPE_CHECKING:
    from tei_pipeline.settle.lost import Lost


def headings_of(blocks: Sequence[Block]) -> list[int]:
    """Where the headings of the book stand, those inside notes, quotations and letters left out."""
    return [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]


def entries_of(blocks: Sequence[Block], layout: Layout) -> list[int]:
    """Where the entries of the contents page stand that name something."""
    return [i for i, b in enumerate(blocks) if b.within and b.within[0].kind == "contents" and b.rows and _names_something(b.text, layout)]


def _names_something(text: str, layout: Layout) -> bool:
    """Whether an entry has words, and is not the head of the column of pages."""
    return sum(c.isalpha() for c in PAGE.sub("", text)) > 2 and fold(text).strip(" .:_") not in layout.language.page_words


def listed_in(blocks: Sequence[Block], language: Language) -> dict[int, int]:
    """The headings that the contents page names, with the block of the entry."""
    return listed_headings(blocks, headings_of(blocks), language)


def contents_targets(blocks: Sequence[Block], listed: Mapping[int, int], lost: Collection[Lost] = ()) -> dict[int, str]:
    """Keys that join entries of the contents page to the divisions they name: by the entry's container, and by ``-1 -`` the
    heading's first line, which for a ``lost`` one is that of its entry.
    """
    targets: dict[int, str] = {}
    for heading, entry in listed.items():
        key = f"toc{blocks[heading].first}"
        targets[-1 - blocks[heading].first] = key
        targets[blocks[entry].within[-1].key] = key
    entries = {block.first: block.within[-1].key for block in blocks if block.within and block.within[0].kind == "contents"}
    for one in lost:
        targets[-1 - one.head.first] = targets[entries[one.head.first]] = f"toc{one.line}-{one.head.first}"
    return targets


def listed_headings(blocks: Sequence[Block], places: list[int], language: Language) -> dict[int, int]:
    """The headings that the contents page names, with the block of the entry: the best chain that keeps the order of both."""
    entries = [(i, _key(PAGE.sub("", b.text), language)) for i, b in enumerate(blocks) if b.within and b.within[0].kind == "contents"]
    entries = [(i, key) for i, key in entries if key]
    if len(entries) < 3:
        return {}
    common = Counter(word for _, key in entries for word in key)
    weight = {word: 1.0 / times for word, times in common.items()}
    having: dict[str, list[int]] = {}
    for k, (_, key) in enumerate(entries):
        for word in key:
            having.setdefault(word, []).append(k)
    best: list[tuple[float, int, int, int]] = []  # score, entry, place, the one before
    ends: list[tuple[float, int]] = [(0.0, -1)] * (len(entries) + 1)
    for i in places:
        key = _key(blocks[i].text, language)
        found: dict[int, float] = {}
        rarest = sorted((word for word in key if word in having), key=lambda word: (len(having[word]), word))[:3]
        for k in {k for word in rarest for k in having[word]}:
            score = _alike(key, entries[k][1], weight)
            if score:
                found[k] = score
        for k in sorted(found, reverse=True):
            top, back = max(ends[: k + 1], key=lambda e: e[0])
            best.append((top + found[k], k, i, back))
            if best[-1][0] > ends[k + 1][0]:
                ends[k + 1] = (best[-1][0], len(best) - 1)
    _, at = max(ends, key=lambda e: e[0])
    chain: dict[int, int] = {}
    while at >= 0:
        _, k, i, at = best[at]
        chain[i] = entries[k][0]
    return chain if len(chain) >= min(3, len(entries) - 1) else {}


_REFERENCE = re.compile(r"\[[^\]]{1,8}\]|(?<=[^\W\d_.])\d{1,3}$")


def _key(text: str, language: Language) -> frozenset[str]:
    """The words of a title by which it is known again, without those that titles write small."""
    words = fold(_REFERENCE.sub("", text)).replace("--", " ").replace("—", " ").split()
    return frozenset(w.strip(".,:;()[]'\"_*") for w in words) - language.lowercase_in_titles - {""}


def _alike(a: frozenset[str], b: frozenset[str], weight: dict[str, float]) -> float:
    """How far two sets of words name the same thing, 0 (not) to 1: by the words that few entries have."""
    common = a & b
    if not common or len(common) < 0.25 * max(len(a), len(b)):
        return 0.0
    shared = sum(weight.get(w, 1.0) for w in common)
    share = shared / min(sum(weight.get(w, 1.0) for w in a), sum(weight.get(w, 1.0) for w in b))
    return share + 0.01 * len(common) if share >= 0.55 else 0.0
