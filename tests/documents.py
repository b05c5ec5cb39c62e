"""Random Documents for property tests: every class of the model, in every place that its types allow, the silly ones included.

``documents()`` draws small trees. Their strings hold what a book holds (letters of several scripts, quotation marks, hyphens), what XML
must escape, and what XML cannot hold. Their keys come from a small pool, so that some are shared, some are used twice, some are missing.
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from hypothesis import strategies as st

from tei_pipeline import model as m
from tei_pipeline.metadata import Contributor, Subject, Work
from tei_pipeline.source import Line, Source, Span

T = TypeVar("T")
ALPHABET = "abcXYZ 019  .,;:-—“”\"'()[]*_<>&\né§ßж中\t\u00a0\u2028\u0085\x00\x0c\ufffe\U0001f600"
_words = st.text(ALPHABET, max_size=8)
_keys = st.sampled_from([f"key{number}" for number in range(12)])
_maybe_key = st.none() | _keys
_tokens = st.sampled_from(["", "plain", "two words", "é", "x'y", "italic bold", "gloss"])
_spans = st.just(()) | st.integers(0, 40).map(lambda start: (Span(start, start + 3),))
_dates = st.sampled_from([None, "", "1901", "1901-02", "1901-02-28", "1901-02-30", "--05-01", "about 1900", "0000", "-0044", "1901-13"])
_certainties = st.sampled_from(["high", "medium", "low", "0.5", "sure", ""])


def _as_one(*strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of them, counting as a single choice in a larger ``one_of``, which would otherwise take them in one by one."""
    return st.one_of(*strategies).map(lambda drawn: drawn)


def _several(strategy: st.SearchStrategy[T], most: int = 3) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


text_nodes = st.builds(m.Text, _words, _spans)
page_breaks = st.builds(m.PageBreak, st.none() | _words, st.booleans(), _spans)
milestones = st.builds(m.Milestone, _tokens)
metamarks = st.builds(m.Metamark, _tokens, _words)
points = st.builds(m.Points, _words, _spans)


class _Depth:
    """The strategies for nodes that hold at most so many further levels."""

    def __init__(self, inner: _Depth | None) -> None:
        leaf = _as_one(text_nodes, text_nodes, text_nodes, st.just(m.LineBreak()), page_breaks, milestones, metamarks)
        below = inner.inline if inner else leaf
        content = _several(below)
        self.content = content
        self.furniture = st.builds(
            m.Furniture, st.sampled_from(["header", "footer", "pageNum", "lineNum", "sig", "catch"]), content, spans=_spans
        )
        self.label = st.builds(m.Label, content)
        self.reference = st.builds(m.Reference, _words, content, _keys, _several(_keys, 2), spans=_spans)
        self.bibl = st.builds(m.Bibl, _several(below | self._fields(content)), _maybe_key, _maybe_key, _spans)
        self.quoted = st.builds(m.Quoted, content, st.booleans(), _maybe_key, _maybe_key, _maybe_key, _maybe_key, _spans)
        self.stage = st.builds(m.Stage, content, st.none() | _tokens, key=_maybe_key)
        self.surplus = st.builds(m.Surplus, content, _tokens)
        self.reaction = st.builds(m.Reaction, st.sampled_from(["vocal", "kinesic", "incident"]), st.none() | _tokens, content)
        self.heading = st.builds(m.Heading, content, st.sampled_from(["main", "sub"]), key=_maybe_key)
        self.figure = st.builds(m.Figure, st.none() | self.heading, content, key=_maybe_key)
        blocks = _several(inner.block) if inner else _several(st.builds(m.Paragraph, content), 1)
        self.blocks = blocks
        self.note = st.builds(
            m.Note,
            _keys,
            st.none() | _words,
            st.sampled_from(["end", "bottom", "margin", "inline"]),
            blocks,
            st.none() | self.label,
            _several(_keys, 2),
            st.none() | _tokens,
        )
        self.quotation = st.builds(m.Quotation, blocks, _maybe_key, _spans, key=_maybe_key)
        between = _as_one(page_breaks, self.furniture, self.note, milestones)
        self.between = between
        self.soft_hyphen = st.builds(m.SoftHyphen, st.sampled_from(["-", "¬", ""]), _several(between, 2))
        self.cited = st.builds(
            m.Cited,
            _several(st.one_of(self.quoted, self.quotation, self.bibl, points, page_breaks, self.furniture, self.reference)),
            _maybe_key,
        )
        self.inline: st.SearchStrategy[Any] = leaf if inner is None else st.one_of(leaf, self._inlines(content))
        self.block: st.SearchStrategy[Any] = self._blocks(content, blocks)
        self.top: st.SearchStrategy[Any] = self._tops(content, blocks)
        self.bottom: st.SearchStrategy[Any] = self._bottoms(content, blocks)

    def _fields(self, content: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        names = ["title", "author", "editor", "publisher", "pubPlace", "date", "edition", "biblScope"]
        units = [None, "volume", "page", "issue", "part", "chapter"]
        return st.builds(m.Field, st.sampled_from(names), content, st.sampled_from(units))

    def _inlines(self, content: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(
            self.soft_hyphen,
            self.furniture,
            self.label,
            self.reference,
            st.builds(m.Link, content, _maybe_key),
            self.quoted,
            st.builds(m.Highlight, _tokens, content),
            self.reaction,
            st.builds(m.Correction, content, _words, _certainties, st.sampled_from(["software", "editor", ""])),
            self.surplus,
            self.bibl,
            st.builds(m.Date, content, _dates, _dates, _dates, st.none() | _certainties),
            self.cited,
            self.stage,
            self.note,
            self.figure,
        )

    def _globals(self) -> st.SearchStrategy[Any]:
        return _as_one(page_breaks, self.furniture, milestones, metamarks, self.note, self.figure, self.reaction, self.surplus)

    def _blocks(self, content: st.SearchStrategy[Any], blocks: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        line = st.builds(m.VerseLine, content, st.integers(-1, 9), st.sampled_from([None, "I", "M", "F"]), st.none() | _words)
        items = st.builds(m.Item, st.none() | self.label, content, blocks, key=_maybe_key)
        head = st.none() | self.heading
        cast = st.builds(m.CastItem, content, content, _maybe_key, _spans)
        group = st.builds(m.CastGroup, self.heading, _several(cast | _as_one(page_breaks, self.furniture)), _spans)
        directions = _several(self.stage | text_nodes, 2)
        return st.one_of(
            st.builds(m.Paragraph, content, key=_maybe_key),
            st.builds(m.Anonymous, st.sampled_from(["ornament", "preformatted", "residue"]), content, key=_maybe_key),
            self.quotation,
            self.cited,
            st.builds(m.Stanza, _several(line | self.between), _tokens, head, st.none() | self.label, key=_maybe_key),
            st.builds(m.ItemList, _several(items | self.between), st.none() | _tokens, head, key=_maybe_key),
            st.builds(m.Speech, content, blocks, _several(_keys, 2), directions, key=_maybe_key),
            self.stage,
            st.builds(m.Table, _several(_several(content)), head, key=_maybe_key),
            st.builds(m.CastList, _several(cast | group | _as_one(page_breaks, self.furniture)), head, key=_maybe_key),
            st.builds(m.Bibliography, _several(self.bibl | _as_one(page_breaks, self.furniture)), head, key=_maybe_key),
            self._floating(content, blocks),
            self.bibl,
            self._globals(),
        )

    def _floating(self, content: st.SearchStrategy[Any], blocks: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        tops, bottoms = _several(self._tops(content, blocks), 2), _several(self._bottoms(content, blocks), 2)
        return st.builds(m.FloatingText, _tokens, tops, blocks, bottoms, key=_maybe_key)

    def _part(self, content: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.builds(m.Part, st.sampled_from(["byline", "dateline", "salute", "signed", "trailer"]), content, key=_maybe_key)

    def _lines(self, content: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return _several(st.one_of(self._part(content), page_breaks, self.furniture, text_nodes, self.reference))

    def _tops(self, content: st.SearchStrategy[Any], blocks: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(
            self.heading,
            self._part(content),
            st.builds(m.Opener, self._lines(content), key=_maybe_key),
            st.builds(m.Epigraph, blocks, key=_maybe_key),
            st.builds(m.Argument, blocks, st.none() | self.heading, key=_maybe_key),
            self._globals(),
        )

    def _bottoms(self, content: st.SearchStrategy[Any], blocks: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(
            st.builds(m.Closer, self._lines(content), key=_maybe_key),
            st.builds(m.Postscript, blocks, st.none() | self.label, key=_maybe_key),
            self._part(content),
            self._globals(),
        )


_FLAT = _Depth(None)
_LOW = _Depth(_FLAT)
_DEEP = _Depth(_LOW)
_types = st.sampled_from([*m.DIVISION_TYPES, "", "odd kind", "p"])


def _divisions(below: st.SearchStrategy[Any]) -> st.SearchStrategy[m.Division]:
    return st.builds(
        m.Division,
        _types,
        st.sampled_from(["1", "2", "notes", "", "a.b"]),
        _several(_DEEP.top),
        _several(_DEEP.block, 6),
        _several(below | _LOW._globals(), 2),
        _several(_DEEP.bottom, 2),
        lang=st.sampled_from([None, "", "de", "no language"]),
        key=_maybe_key,
    )


_innermost = _divisions(_LOW._globals())
_outer = _divisions(_innermost)
_title_parts = st.builds(
    m.TitlePart,
    st.sampled_from(["main", "sub", "desc", "byline", "docEdition", "docImprint", "epigraph", "volume"]),
    _LOW.content,
)
_title_pages = st.builds(
    m.TitlePage, _several(st.one_of(_title_parts, _title_parts, page_breaks, _LOW.furniture, metamarks, _LOW.figure), 5), key=_maybe_key
)
_persons = st.builds(m.Person, _keys, _words, st.sampled_from(["person", "role", "group"]))
_names = _several(_words, 2)
_ADDRESS = "https://example.org/names/1"
_tags = st.sampled_from(["", "fr"])
_identifiers = st.tuples(st.sampled_from(["ISBN", "DOI", ""]), _words)
_metadata = st.builds(
    m.Metadata,
    title=_words,
    subtitle=_words,
    author=_names,
    editor=_names,
    date=_dates.map(lambda date: date or ""),
    publisher=_words,
    licence=_words | st.just("CC0 https://creativecommons.org/publicdomain/zero/1.0/."),
    identifier=_words,
    language=st.sampled_from(["", "en", "de-AT", "no language"]),
    language_certainty=_certainties,
    imprint_title=_words,
    imprint_publisher=_words,
    imprint_place=_words,
    imprint_date=_words,
    source_note=_words,
    revisions=_several(st.tuples(_words | st.just("2020-01-31"), _words, _words), 2),
    guessed=st.frozensets(st.sampled_from(["title", "author", "language", "date"])),
    licence_url=st.sampled_from(["", "https://example.org/licence", "not an address"]),
    imprint_author=_names,
    short_title=_words,
    alternative_title=_names,
    series=_words,
    volume=_words,
    place=_words,
    contributors=_several(st.builds(Contributor, _words, st.sampled_from(["translator", "book designer"])), 2),
    funders=_names,
    encoders=_names,
    rights=_words,
    rights_url=st.sampled_from(["", "https://example.org/rights", "not an address"]),
    identifiers=_several(_identifiers, 2),
    languages=_several(st.sampled_from(["fr", "grc", "no language"]), 2),
    subjects=_several(
        st.builds(Subject, _words, st.sampled_from(["", "LCSH", "https://example.org/list"]), st.sampled_from(["", _ADDRESS])), 3
    ),
    description=_words,
    imprint_editor=_names,
    imprint_edition=_words,
    imprint_series=_words,
    imprint_volume=_words,
    imprint_extent=_words,
    imprint_identifiers=_several(_identifiers, 2),
    works=_several(
        st.builds(Work, _words, title=_words, author=_names, date=_words, language=st.sampled_from(["", "fr"]), key=_maybe_key), 2
    ),
    authorities=_several(st.tuples(_words, st.just((_ADDRESS, f"{_ADDRESS}/2"))), 2),
)


def make_source(text: str = "One line.\nAnother one.\n", name: str = "book.txt") -> Source:
    """A Source of that text, split at line feeds."""
    lines, at = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        lines.append(Line(number, at, at + len(line), line))
        at += len(line) + 1
    encoded = text.encode()
    return Source(name, text, tuple(lines), hashlib.sha256(encoded).hexdigest(), len(encoded))


def documents() -> st.SearchStrategy[m.Document]:
    """Documents of every shape that the types of the model allow, a few dozen nodes each."""
    names = st.sampled_from(["book.txt", "", "w01.txt", "Über/ein Buch.txt", "software"])
    return st.builds(
        m.Document,
        names.map(lambda name: make_source(name=name)),
        _metadata,
        _several(st.one_of(_outer, _title_pages, _LOW._globals()), 2),
        _divisions(_outer),
        _several(_innermost | _LOW._globals(), 2),
        _several(_persons),
    )
