"""Headings: numbered, named, in capitals, centred, or short lines with white space around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import DivisionWord, fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.letters import is_dateline
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.quotations import announces
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_centred, is_title_case, starts_upper, word_count
from tei_pipeline.rules.speakers import speaker_label
from tei_pipeline.rules.words import HeadLabel, head_label, named_division, words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

LONGEST = 8  # printed lines: titles of old books run long, but not longer
LONGEST_TITLE = 14  # words of a title that only white space marks
_TERMINAL = re.compile(r"[.,;:!?…][\"”’»)\]]*$")
_RULE = re.compile(r"^[-=_~]{3,}$")
_SEPARATOR = re.compile(r"^[\s.,:;—–\-_)\]]*")
_MARKS = "_*=/ "
_NOT_TITLE = re.compile(r"^[\"“„«‘'(\[]|[,;]$|^\W+$")
_BARE_NUMBER = re.compile(r"^\W*(?:[IVXLCDM]+|\d+)\W*$")
_YEAR = re.compile(r"^\W*1\d{3}\W*$")
_ADDRESSES = frozenset(("to", "an", "a", "from", "von"))
_REACTION = re.compile(r"^\(.*\)[.!]?$")


def heading(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A number, a division's name, capitals, or a short line that white space sets apart heads what follows."""
    row = rows[at]
    if at and not row.gap and layout.style == "unwrapped":
        return _unwrapped(rows, at, layout)
    if at and not row.gap and layout.style == "indent" and _stands_alone(rows, at, layout):
        label = head_label(row.text, layout.language)
        return _labelled(rows, at, layout, label) if label else None
    if at and not row.gap and not row.page and not _RULE.match(rows[at - 1].text):
        if len(row.text) < 60 and row.text.isupper() and names_contents(row.text, layout):
            return Match("heading", at + 1, "names the contents", 0.9, Facts(division="contents", type="named"))
        return None
    text = row.text.strip(_MARKS)
    if "    " in text and re.search(r"[^\W\d_]\s{4,}\S", text) and not is_capitals(text):
        return None
    if not text or row.text[0] in "[{|" or row.starts_lower or (layout.style == "unwrapped" and len(text) > 200):
        return None
    label = head_label(text, layout.language)
    named = named_division(text, layout.language)
    found = None
    if label and label.type:
        found = _labelled(rows, at, layout, label)
    if found is None and named is not None and (named.matter != "body" or is_capitals(text)):
        found = _named(rows, at, layout, named)
    if found is None and label and not label.type:
        found = _numbered(rows, at, layout, label)
    if found is None:
        if at and row.gap < 3 and announces(rows[at - 1].text) and not is_capitals(rows[at - 1].text):
            return None
        found = _underlined(rows, at, layout) or _capitals(rows, at, layout) or _isolated(rows, at, layout) or _glued(rows, at, layout)
    return found


def _stands_alone(rows: Rows, at: int, layout: Layout) -> bool:
    """In a book without white space between paragraphs: a numbered division's line at the margin, a sentence ended above, text
    begun below.
    """
    row, last = rows[at], rows[at - 1]
    if len(row.text) > 50 or not last.ends_sentence or (row.indent > layout.margin and not is_centred(row, layout)) or at + 1 >= len(rows):
        return False
    label = head_label(row.text, layout.language)
    if label is None or not label.type or (row.text[label.length :].strip(" .:") and not is_capitals(row.text)):
        return False
    below = rows[at + 1]
    return is_capitals(below.text) or below.indent > layout.margin or below.gap > 0


def _unwrapped(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Where each line is a paragraph and no white space parts them: a line that is a numbered division's label, with a title on it
    or below.
    """
    text = rows[at].text.strip(_MARKS)
    label = head_label(text, layout.language) if len(text) <= 80 else None
    if label is None or not label.type or (text[label.length :].strip(" .:—–-") and text[-1] in ".,;:!"):
        return None
    end = at + 1
    if len(text) <= label.length + 1 and end + 1 < len(rows):
        below = rows[end].text
        if len(below) <= 60 and below[-1] not in '.,;:!?"”’' and below[0] not in "\"“„«'‘—" and len(rows[end + 1].text) > 60:
            end += 1
    return Match(
        "heading",
        end,
        f"a line that begins with {text[: label.length]!r}",
        0.85,
        Facts(division=label.type, n=label.n, number=label.number, label=label.length, type="labelled", level=label.rank),
    )


def _set_together(rows: Rows, at: int, layout: Layout) -> int:
    """Past the lines that stand together with row ``at``, at most up to a new page or to the label of a speaker."""
    end = chunk_end(rows, at)
    return next((i for i in range(at + 1, end) if rows[i].page or speaker_label(rows[i].text, layout)), end)


def _title_lines(rows: Rows, at: int, layout: Layout, limit: int = LONGEST) -> int:
    """Past the lines that still belong to the title which begins at ``at``: they were ended on purpose, or stand alone."""
    end = _set_together(rows, at, layout)
    if end - at <= limit and all(_is_title_line(row, layout) for row in rows[at:end]) and _not_prose(rows, at, end, layout):
        if not any(_begins_text(rows, i, layout) for i in range(at + 1, end)):
            return end
    stop = at
    while stop < end and stop - at < limit:
        row = rows[stop]
        if not _is_title_line(row, layout) or (stop > at and _begins_text(rows, stop, layout)):
            break
        following = rows[stop + 1] if stop + 1 < end else None
        if following is not None and not is_capitals(row.text) and not _ended_early(row, following, layout):
            # a title may run over a full line, but then its next line is short and the text begins after it
            after = rows[stop + 2] if stop + 2 < end else None
            early = stop > at and _ended_early(rows[stop - 1], row, layout)
            if early or not (
                after is not None
                and _is_title_line(following, layout)
                and _ended_early(following, after, layout)
                and starts_upper(after.text)
                and not following.ends_sentence
            ):
                break
        stop += 1
    return stop


def _begins_text(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line inside a chunk is no title any more: a dateline, or a sentence below a line that was ended without a point."""
    row, last = rows[at], rows[at - 1]
    if is_capitals(row.text):
        return names_contents(row.text, layout)
    if is_dateline(row.text, layout):
        return True
    end = chunk_end(rows, at)
    return (
        end - at <= 2
        and rows[end - 1].ends_sentence
        and rows[end - 1].text[-1] in ".?!:"
        and not last.ends_sentence
        and starts_upper(row.text)
        and _ended_early(last, row, layout)
        and not is_title_case(row.text, layout.language.lowercase_in_titles)
    )


def _not_prose(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    if end - at == 1:
        return True
    chunk = rows[at:end]
    if all(_is_set_in_capitals(row.text) for row in chunk):
        return True
    full = sum(1 for a, b in zip(chunk, chunk[1:], strict=False) if not _ended_early(a, b, layout))
    return full <= 1 and not (chunk[-1].text.endswith((".", ",", ";")) and full)


def _ended_early(row: Row, following: Row, layout: Layout) -> bool:
    """Whether the next line's first word would still have fitted."""
    return row.width + 1 + len(following.text.split(" ", 1)[0]) + layout.slack <= layout.measure


def _is_title_line(row: Row, layout: Layout) -> bool:
    if is_capitals(row.text) or is_centred(row, layout):
        return True
    return row.width <= layout.measure + 2 and not row.text.endswith((",", ";")) and word_count(row.text) <= LONGEST_TITLE + 4


def _next_chunk_title(rows: Rows, at: int, end: int, layout: Layout, capitals: bool) -> int:
    """Past the next lines apart that still belong to the heading: titles set on several lines with white space between."""
    while end < len(rows) and end - at < 2 * LONGEST:
        row = rows[end]
        if row.gap > 2 or row.text[0] in "[{":
            break
        dangling = _dangles(rows[end - 1].text, layout)
        if not is_capitals(row.text) or not any(c.isalpha() for c in row.text):
            if not (capitals and _is_filler(rows, end, layout) and (row.gap == 1 or _YEAR.match(row.text))):
                break
        stop = chunk_end(rows, end)
        chunk = rows[end:stop]
        if len(chunk) > LONGEST or (not all(is_capitals(r.text) for r in chunk) and not _is_filler(rows, end, layout)):
            break
        label = head_label(row.text, layout.language)
        named = named_division(row.text, layout.language)
        if not dangling and (
            (label and (label.type or label.length >= len(row.text.rstrip(" .")))) or (named is not None and named.matter != "body")
        ):
            break
        dated = words(layout.language).date.search(row.text) or _YEAR.match(row.text)
        if row.gap == 2 and rows[end - 1].text.endswith(".") and not dated:
            break
        if stop < len(rows) and rows[stop].gap == 0:
            break
        end = stop
    return end


def _is_set_in_capitals(text: str) -> bool:
    """Capitals, or a year or number among lines of capitals."""
    return is_capitals(text) or (not any(c.isalpha() for c in text) and len(text) < 20)


def _dangles(text: str, layout: Layout) -> bool:
    """Whether a line of a title cannot be its end: a comma or a small word closes it."""
    last = text.rstrip(" _*").split(" ")[-1]
    return last.endswith(",") or fold(last) in layout.language.connectives


def _is_filler(rows: Rows, at: int, layout: Layout) -> bool:
    """A short line between two of capitals: "on", "(in 1780)", a year."""
    text = rows[at].text
    if len(text) > 40 or chunk_end(rows, at) != at + 1:
        return False
    if text[0] == "(":
        return not layout.drama
    return bool(_YEAR.match(text)) or (word_count(text) <= 2 and text[0].islower())


def _labelled(rows: Rows, at: int, layout: Layout, label: HeadLabel) -> Match | None:
    text = rows[at].text.strip(_MARKS)
    rest = _SEPARATOR.sub("", text[label.length :])
    separator = text[label.length : len(text) - len(rest)]
    if rest and not starts_upper(rest[0]) and not is_capitals(text):
        return None
    if rest and not separator.strip() and not is_capitals(rest) and not is_title_case(rest, layout.language.lowercase_in_titles):
        return None
    if rest and rows[at].ends_sentence and word_count(rest) > LONGEST_TITLE + 4 and not is_capitals(rest):
        return None
    end = _title_lines(rows, at, layout)
    if end == at:
        if rest and not is_capitals(rest):
            return None
        end = at + 1
    joined = rest or " ".join(r.text for r in rows[at + 1 : end])
    bare = not joined.strip()
    if bare or is_capitals(joined):
        end = _next_chunk_title(rows, at, end, layout, True)
    if bare and end < len(rows) and end == at + 1:
        end = _title_below(rows, end, layout)
    facts = Facts(division=label.type, n=label.n, number=label.number, label=label.length, type="labelled", level=label.rank)
    return Match("heading", end, f"begins with {text[: label.length]!r}", 0.97, facts)


def _title_below(rows: Rows, end: int, layout: Layout) -> int:
    """A short title one gap below a label that stands alone."""
    if end >= len(rows) or rows[end].gap != 1:
        return end
    stop = chunk_end(rows, end)
    row = rows[end]
    if stop - end > 3 or stop >= len(rows) or rows[stop].gap < 1 or row.starts_lower or _NOT_TITLE.search(row.text):
        return end
    patterns = words(layout.language)
    below = head_label(row.text, layout.language)
    if (below is not None and below.type) or (layout.drama and not is_capitals(row.text)):
        return end
    line = " ".join(r.text for r in rows[end:stop])
    if re.search(r"[,;:—–-]$", line.rstrip(_MARKS)) or (fold(line.strip(_MARKS).split(" ")[0]) in _ADDRESSES and line[0] == "_"):
        return end
    if patterns.date.search(line) or patterns.salute.match(line) or (head_label(row.text, layout.language) and not is_capitals(row.text)):
        return end
    title = is_title_case(line.strip(_MARKS), layout.language.lowercase_in_titles)
    if (title and word_count(line) <= LONGEST_TITLE + 4 and not line.rstrip(_MARKS).endswith((",", ";", ":"))) or (
        not _TERMINAL.search(line) and word_count(line) <= LONGEST_TITLE and rows[stop - 1].width < 0.85 * layout.measure
    ):
        return stop
    return end


def _named(rows: Rows, at: int, layout: Layout, named: DivisionWord) -> Match | None:
    text = rows[at].text.strip(_MARKS)
    if word_count(text) > LONGEST_TITLE:
        return None
    capitals = is_capitals(text)
    single = chunk_end(rows, at) == at + 1
    if not capitals and (text.endswith((",", ";")) or (rows[at].ends_sentence and word_count(text) > 4)):
        return None
    if not capitals and not single and not (at + 1 < len(rows) and _ended_early(rows[at], rows[at + 1], layout)):
        return None
    if not capitals and word_count(text) > 1 and not is_title_case(text, layout.language.lowercase_in_titles):
        return None
    if not single and text.endswith(":") and named.type != "notes":
        return None
    end = at + 1
    if capitals:
        end = max(end, _title_lines(rows, at, layout)) if all(_is_set_in_capitals(r.text) for r in rows[at : chunk_end(rows, at)]) else end
        if named.type == "contents":
            below = rows[end] if end < len(rows) else None
            if (
                below is not None
                and below.gap == 1
                and is_capitals(below.text)
                and chunk_end(rows, end) == end + 1
                and below.text.endswith(".")
            ):
                end += 1
        elif named.type != "notes":
            end = _next_chunk_title(rows, at, end, layout, True)
    return Match("heading", end, f"names a division: {text[:40]}", 0.93, Facts(division=named.type, type="named"))


def _numbered(rows: Rows, at: int, layout: Layout, label: HeadLabel) -> Match | None:
    text = rows[at].text.strip(_MARKS)
    rest = text[label.length :]
    title = _SEPARATOR.sub("", rest)
    alone = not title
    roman = not label.n[0].isdigit()
    closed = text[label.length - 1 : label.length] in ".)]" or text[:1] == "§" or alone or rest[:1] in "—–" or rest.startswith(" --")
    single = len(label.n) == 1 and label.n.isalpha()
    if not closed or (single and label.n.islower()) or ")" in text[: label.length]:
        return None
    end = chunk_end(rows, at)
    kind = "roman" if roman else "arabic"
    facts = Facts(n=label.n, number=label.number, label=label.length, type=kind, level=label.rank)
    if alone:
        if at + 2 < len(rows) and _stanza_below(rows, at + 1, layout):
            return None
        if roman and label.n.islower() and len(label.n) == 1:
            return None
        stop = at + 1
        if end == at + 1:
            stop = _next_chunk_title(rows, at, stop, layout, False)
            if stop == at + 1:
                stop = _title_below(rows, stop, layout)
        else:
            stop += _title_lines(rows, at + 1, layout, 4) - (at + 1)
        return Match("heading", stop, f"the number {label.n} on a line of its own", 0.85, facts)
    if title[0].islower() or len(title) < 2:
        return None
    stop = _title_lines(rows, at, layout, 4)
    if stop == at:
        return None
    line = " ".join(r.text for r in rows[at:stop])
    if is_capitals(title):
        stop = _next_chunk_title(rows, at, stop, layout, True)
        return Match("heading", stop, f"number {label.n} and a title in capitals", 0.9, facts)
    if (_TERMINAL.search(line) and not line.endswith("?")) or word_count(line) > LONGEST_TITLE + 6 or (rows[at].gap < 1 and at):
        return None
    if rows[stop - 1].width > 0.9 * layout.measure and stop - at == 1 and stop == end:
        return None
    if (
        stop < len(rows)
        and stop == end
        and head_label(rows[stop].text, layout.language)
        and not is_title_case(title, layout.language.lowercase_in_titles)
    ):
        return None
    return Match("heading", stop, f"number {label.n} and a title without a point", 0.8, facts)


def _stanza_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether verse, set in from the margin, stands right below."""
    lines = rows[at : min(chunk_end(rows, at), at + 6)]
    if len(lines) < 3 or rows[at].gap > 1 or any(row.indent <= layout.margin for row in lines):
        return False
    return all(starts_upper(row.text) for row in lines) and not lines[0].text.isupper()


def _underlined(rows: Rows, at: int, layout: Layout) -> Match | None:
    end = chunk_end(rows, at)
    for i in range(at + 1, min(end, at + 4)):
        if _RULE.match(rows[i].text):
            if all(_is_title_line(row, layout) for row in rows[at:i]) and len(rows[i].text) >= 0.5 * len(rows[i - 1].text):
                return Match("heading", i + 1, "underlined", 0.92, Facts(type="underlined"))
            return None
    return None


def _capitals(rows: Rows, at: int, layout: Layout) -> Match | None:
    row = rows[at]
    initial = len(row.text) == 1 and row.text in "AO" and at + 1 < len(rows) and rows[at + 1].gap == 1 and is_capitals(rows[at + 1].text)
    if not (is_capitals(row.text) or initial) or (not row.gap and at) or (row.text[0] in "\"“„«‘'" and row.gap < 2):
        return None
    end = at
    stop = chunk_end(rows, at)
    while end < stop and (_is_set_in_capitals(rows[end].text) or initial):
        end += 1
    if end < stop:
        # capitals glued to text: only when they were ended on purpose
        if not (end < len(rows) and _ended_early(rows[end - 1], rows[end], layout)) or rows[end - 1].text.endswith((",", ";")):
            return None
    if end - at > LONGEST or _REACTION.match(row.text) or (end == at + 1 and _BARE_NUMBER.match(row.text)):
        return None
    if not initial and word_count(row.text) == 1 and len(row.text) <= 2:
        return None
    if re.search(r"[,;]$", rows[end - 1].text) and end >= len(rows):
        return None
    last = " ".join(r.text for r in rows[at:end])
    if end == stop:
        end = _next_chunk_title(rows, at, end, layout, True)
    certainty = 0.9 if row.gap >= 2 or is_centred(row, layout) else 0.75
    if end >= len(rows) and at:
        return None
    return Match("heading", end, f"capitals, gap {row.gap} before: {last[:40]}", certainty, Facts(type="capitals"))


def _isolated(rows: Rows, at: int, layout: Layout) -> Match | None:
    row = rows[at]
    centred = is_centred(row, layout)
    if at and row.gap < layout.section_gap and not centred:
        return None
    end = _set_together(rows, at, layout)
    if end >= len(rows) or not (rows[end].gap or rows[end].page) or end - at > 4:
        return None
    line = " ".join(r.text for r in rows[at:end]).strip(_MARKS)
    if not line or _NOT_TITLE.search(line) or word_count(line) > LONGEST_TITLE or not starts_upper(line) or word_count(line) == 0:
        return None
    if (_TERMINAL.search(line) and not (centred or row.gap >= layout.section_gap + 1)) or line.endswith((",", ";", ":")):
        return None
    if (re.search(r"[.!?]\s+[\"“]?[A-Z]", line) and not centred) or (line.endswith(".") and word_count(line) > 6):
        return None
    if rows[end - 1].width > 0.85 * layout.measure or any(not _is_title_line(r, layout) for r in rows[at:end]):
        return None
    patterns = words(layout.language)
    if (patterns.salute.match(line) and line.endswith((",", ":", "—", "-"))) or patterns.closing.match(line):
        return None
    title = is_title_case(line, layout.language.lowercase_in_titles)
    if row.gap >= layout.section_gap and not _TERMINAL.search(line):
        certainty = 0.85 if title else 0.7
    elif centred:
        certainty = 0.75
    else:
        certainty = 0.6 if title else 0.0
    if not certainty or is_dateline(line, layout):
        return None
    return Match(
        "heading", end, f"a short line apart, gap {row.gap} before{', centred' if centred else ''}", certainty, Facts(type="title")
    )


def _glued(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A title whose text begins on the next line: it was ended before the measure, without a point, and a sentence begins below."""
    row = rows[at]
    end = chunk_end(rows, at)
    if end - at < 2 or (row.gap < layout.section_gap and at) or (layout.spacing == 1 and row.gap < 3 and at):
        return None
    stop = _title_lines(rows, at, layout, 4)
    if row.indent > layout.margin and rows[end - 1].indent > layout.margin and layout.spacing == 1 and not is_centred(row, layout):
        return None
    if stop == at or stop >= end:
        if stop >= end and row.gap >= 4 and end - at <= 4 and not _TERMINAL.search(rows[end - 1].text) and not _NOT_TITLE.search(row.text):
            return Match("heading", end, f"short lines after a gap of {row.gap}", 0.8, Facts(type="title"))
        return None
    line = " ".join(r.text for r in rows[at:stop])
    if (
        _TERMINAL.search(line)
        or _NOT_TITLE.search(line)
        or not starts_upper(rows[stop].text)
        or word_count(line) > LONGEST_TITLE * (2 if row.gap >= 4 else 1)
    ):
        return None
    if is_dateline(line, layout):
        return None
    return Match("heading", stop, f"a title ended before the measure, text begins below, gap {row.gap}", 0.75, Facts(type="title"))
