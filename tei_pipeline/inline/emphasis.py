"""Emphasis in the marks of plain text, spaced letters, raised and lowered characters."""

from __future__ import annotations

import re

from msgspec import Struct

from tei_pipeline import model
from tei_pipeline.inline.flow import Make, Mark
from tei_pipeline.inline.foreign import foreign
from tei_pipeline.inline.vocabulary import Vocabulary, plain
from tei_pipeline.language import Language
from tei_pipeline.model import Content, Spans
from tei_pipeline.seldom import seldom
from tei_pipeline.source import Span

RANK = 3
"""Emphasised words give way to references and literature, and quoted words to them."""

# Each begins with its sign and looks back from behind it: so the search skips from sign to sign.
UNDERSCORE = seldom(
    r"_(?<!\w_)(?=[^\s_])[^_]+?(?<=[^\s_])_(?!\w)"
    r"|_(?<=\d_)[^\W\d_]{1,5}\.?_(?!\w)"  # 300_l._: what is counted
    r"|_(?<!\w_)[^\W\d_]{1,8}_(?=[^\W\d_]+(?![\w.@/]))"  # _H_arbour: a part of a word, but of no file name
)
_EQUALS = re.compile(r"=(?<![\w=]=)(?=[^\s=])[^=]+?(?<=[^\s=])=(?![\w=])")
_ASTERISK = re.compile(r"\*(?<![\w*)\]]\*)(?=[^\W_])[^*]{1,300}?(?<=[\w.,;:!?’'\"])\*(?![\w*])")
_SLASH = re.compile(r"/(?<![\w/<.:]/)(?=[^\W_])[^/<>]{1,300}?(?<=[\w.,;:!?’'\"])/(?![\w/>])")
_PLUS = seldom(r"\+(?<![\w+]\+)(?=[^\W\d_])[^+]{1,300}?(?:(?<=[\w.,;:!?’'\"])\+(?![\w+])|(?<=--)\+(?!\+))")
_HASH = seldom(r"#(?<![\w#&]#)(?=[^\W\d_])[^#]{1,300}?(?<=[\w.,;:!?’'\"])#(?![\w#])")
_TILDE = seldom(r"~(?<![\w~]~)(?=[^\W_])[^~]{1,300}?(?<=[\w.,;:!?’'\"])~(?![\w~])")
_SPACED = seldom(r"(?<![\w.-])[^\W\d_](?: [^\W\d_]){2,40}(?![\w'’-])")
_LETTERS = re.compile(r" [^\W\d_] [^\W\d_](?!\w)")
_RAISED = re.compile(r"\^(?<=\w\^)(?:\{[^{}]{1,20}\}|\d{1,3}|[^\W\d_]{1,3}(?![^\W_]))")
_LOWERED = re.compile(r"_(?<=\w_)\{[^{}]{1,20}\}")
_ALSO = (("*", _ASTERISK, "bold"), ("/", _SLASH, "italic"), ("~", _TILDE, "spaced"), ("+", _PLUS, "bold"), ("#", _HASH, "bold"))
_HABIT = 3  # so many words between asterisks or slashes: the text uses them so, and not for notes or alternatives


class Signs(Struct, frozen=True):
    """What this text emphasises with, besides underscores: asterisks, slashes, tildes, plus, number and equals signs, spaced
    letters.
    """

    patterns: tuple[tuple[str, re.Pattern[str], str], ...]
    spaced: bool


def signs(text: str, words: Vocabulary) -> Signs:
    """The signs of emphasis that a whole text uses often enough to mean it."""
    patterns = [("_", UNDERSCORE, "italic"), ("=", _EQUALS, "bold")]
    for sign, pattern, rend in _ALSO:
        if text.count(sign) < 2 or _SHEBANG.search(text):
            continue
        pairs = len(pattern.findall(text))
        if pairs >= _HABIT or (pairs and 2 * pairs == _signs(text, sign)):
            patterns.append((sign, pattern, rend))
    spaced = any(
        _in_one(match, words) is not None for place in _LETTERS.finditer(text) if (match := _SPACED.match(text, place.start() + 1))
    )
    return Signs(tuple(pattern for pattern in patterns if pattern[0] in text), spaced)


USUAL = Signs((("_", UNDERSCORE, "italic"), ("=", _EQUALS, "bold")), False)
"""What is emphasis in every text."""

_SHEBANG = re.compile(r"\A#!|\A<\?")


def emphasis(text: str, usual: Signs, words: Vocabulary | None, language: Language | None = None) -> list[Mark]:
    """Words between marks are emphasised; so are words in spaced letters that the book also writes without.

    ``language``: that of the book, where words of another are to be told.
    """
    found: list[Mark] = []
    for sign, pattern, rend in usual.patterns:
        if text.count(sign) > 1:
            found.extend(
                Mark(m.start(), m.end(), _marked(rend, 1, 1, foreign(m[0], language) if language is not None else None), RANK, None, True)
                for m in pattern.finditer(text)
                if sign != "*" or _is_words(m[0])
            )
    if usual.spaced and words is not None:
        found.extend(Mark(*place, _plain("spaced"), RANK) for m in _SPACED.finditer(text) if (place := _in_one(m, words)) is not None)
    if "^" in text:
        found.extend(
            Mark(m.start(), m.end(), _marked("superscript", 2 if m[0][1] == "{" else 1, m[0][1] == "{"), 1) for m in _RAISED.finditer(text)
        )
    if "_{" in text:
        found.extend(Mark(m.start(), m.end(), _marked("subscript", 2, 1), 1) for m in _LOWERED.finditer(text))
    return found


def _signs(text: str, sign: str) -> int:
    """How often a sign touches a word, with no other of its kind beside it."""
    one = re.escape(sign)
    return sum(1 for _ in re.finditer(rf"(?<![\s{one}]){one}(?!{one})|(?<!{one}){one}(?![\s{one}])", text))


def _in_one(spaced: re.Match[str], words: Vocabulary) -> tuple[int, int] | None:
    """The range of spaced letters that make a word of the book; ``a`` before them or ``I`` after them may be one of its own."""
    start, end = spaced.span()
    for first, last in ((start, end), (start + 2, end), (start, end - 2)):
        bare = spaced.string[first:last].replace(" ", "")
        if len(bare) > 2 and bare[1:].islower() and words.count(plain(bare)):
            return first, last
    return None


def _is_words(marked: str) -> bool:
    return not marked[1:-1].isdigit()


def _plain(rend: str) -> Make:
    def make(content: Content, spans: Spans) -> model.Highlight:
        return model.Highlight(rend, content, spans)

    return make


def _marked(rend: str, opening: int, closing: int, lang: str | None = None) -> Make:
    def make(content: Content, spans: Spans) -> model.Highlight:
        return model.Highlight(rend, with_marks(content, rend, opening, int(closing)), spans, lang=lang)

    return make


def part(key: str, following: str | None, previous: str | None) -> Make:
    """A part of emphasised words: the first holds the opening sign, the last the closing one."""

    def make(content: Content, spans: Spans) -> model.Highlight:
        marked = with_marks(content, "italic", int(previous is None), int(following is None))
        return model.Highlight("italic", marked, spans, None, key, following, previous)

    return make


def with_marks(content: Content, function: str, opening: int = 1, closing: int = 1) -> Content:
    """The content with its first and last characters as metamarks of that function; as it is where they are no plain text."""
    first, last = content[0], content[-1]
    if not isinstance(first, model.Text) or not isinstance(last, model.Text) or len(first.value) < opening or len(last.value) < closing:
        return content
    inner = list(content)
    before: list[model.Inline] = []
    after: list[model.Inline] = []
    if opening:
        start = first.spans[0].start
        before = [model.Metamark(function, first.value[:opening], (Span(start, start + opening),))]
        inner[0] = model.Text(first.value[opening:], (Span(start + opening, first.spans[0].end),))
    if closing:
        tail = inner[-1]
        assert isinstance(tail, model.Text)
        end = tail.spans[-1].end
        after = [model.Metamark(function, tail.value[-closing:], (Span(end - closing, end),))]
        inner[-1] = model.Text(tail.value[:-closing], (Span(tail.spans[0].start, end - closing),))
    body = [node for node in inner if not (isinstance(node, model.Text) and not node.value)]
    return (*before, *body, *after)
