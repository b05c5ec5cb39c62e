"""The diplomatic invariant: the printed characters of an edition are those of its source, all of them, in order.

Take the ``text`` of a TEI file without ``supplied``, without ``corr``, ``reg`` and ``expan`` of a ``choice`` (TEI Guidelines 3.5, 12.3.3),
without elements of other namespaces, strip tags and white space: what is left is the source without white space and without the
characters that XML cannot hold.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, cast

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import FidelityBroken, NotAnEdition, PipelineError, ProvenanceUnreadable, printable
from tei_pipeline.parts import part_bytes
from tei_pipeline.source import UNENCODABLE, Source, first_difference, line_ends, to_bytes
from tei_pipeline.spacing import SpacingError, rebuild, take_apart

if TYPE_CHECKING:
    from tei_pipeline.provenance import Provenance

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_NOT_PRINTED = etree.XPath(
    "descendant::t:supplied | descendant::t:choice/*[self::t:corr or self::t:reg or self::t:expan]"
    f" | descendant::*[namespace-uri() != '{TEI}']",
    namespaces={"t": TEI},
)
_CONTENT = etree.XPath("string()")  # without comments and processing instructions; no recursion, whatever the depth
_WORD = re.compile(r"\S+")
_SHOWN = 32  # characters on each side of a difference: half a printed line


def text_of(root: etree._Element, label: str = "") -> etree._Element:
    """The ``text`` element of an edition. Raises :class:`NotAnEdition` when the root is not TEI, or has none."""
    text = root if root.tag == f"{{{TEI}}}text" else root.find(f"{{{TEI}}}text") if root.tag == f"{{{TEI}}}TEI" else None
    if text is None:
        raise NotAnEdition(label, str(root.tag))
    return text


def printed(text: etree._Element) -> str:
    """The printed characters of a TEI ``text``: what the source had, white space left out. The tree is not changed."""
    return "".join(_content(text).split())


def printed_source(source: Source) -> str:
    """The source without white space and without the characters that XML cannot hold."""
    return take_apart(source.text)[0]


def printed_hash(characters: str) -> str:
    """SHA-256 of printed characters in UTF-8: what an edition keeps while only its tags change."""
    return hashlib.sha256(characters.encode()).hexdigest()


def compare(source: Source, root: etree._Element) -> Problem | None:
    """The first place where the edition does not print what the source prints; None when there is none.

    ``line`` of the problem is that of the source, ``where`` the ``xml:id`` nearest above the place in the TEI.
    """
    text = text_of(root, source.name)
    ours, theirs = printed_source(source), printed(text)
    if ours == theirs:
        return None
    at = first_difference(ours, theirs)
    plain, content = UNENCODABLE.sub("", source.text), _content(text)
    offset = _offset(plain, at)
    had, has = Counter(ours), Counter(theirs)
    message = (
        f"the source reads “{_around(plain, offset)}”, the TEI “{_around(content, _offset(content, at))}”;"
        f" in all {(had - has).total()} characters are missing and {(has - had).total()} were added"
    )
    apart = UNENCODABLE.sub(" ", source.text)  # left out, a form feed between them would make one line end of CR and LF
    line = 1 + sum(line_ends(apart[: _offset(apart, at)]).values())
    return Problem("error", "fidelity-broken", message, line, _nearest_id(text, at))


def verify(source: Source, root: etree._Element, provenance: Provenance | None = None) -> list[Problem]:
    """All that is wrong with an edition as a witness of its source: the invariant, and whether the source can be restored from it."""
    difference = compare(source, root)
    problems = [difference] if difference else []
    if provenance is None:
        return problems
    if provenance.sha256 != source.sha256:
        message = f"{provenance.label} was made from another source (sha256 {provenance.sha256}), not from this one ({source.sha256})"
        problems.append(Problem("error", "provenance-mismatch", message))
    elif not difference:
        try:
            restore(root, provenance)
        except PipelineError as error:
            problems.append(Problem("error", "not-restored", str(error)))
    return problems


def restore(root: etree._Element, provenance: Provenance, *, label: str = "") -> bytes:
    """The source of an edition, byte for byte, however its tags and its white space have been changed since.

    ``label`` is what messages call the TEI file. Of a source of several files the bytes are those of all, in order. Raises
    :class:`NotAnEdition`, :class:`FidelityBroken` when printed characters were changed, and :class:`ProvenanceUnreadable` when the
    record does not give the bytes whose hash it bears.
    """
    return b"".join(restore_files(root, provenance, label=label).values())


def restore_files(root: etree._Element, provenance: Provenance, *, label: str = "") -> dict[str, bytes]:
    """The files of a source, byte for byte, by their paths in its folder; of one file the name is empty. Raises as :func:`restore`."""
    characters = printed(text_of(root, label))
    if printed_hash(characters) != provenance.printed_sha256:
        what = f"its printed characters are not those of its source any more ({len(characters)} now, {provenance.printed} then)"
        raise FidelityBroken(label, what)
    try:
        text = rebuild(characters, provenance.spacing, provenance.characters)
        if provenance.parts:
            files = part_bytes(text, provenance.parts)
        else:
            files = {"": to_bytes(text, provenance.encoding, bom=provenance.bom)}
    except (SpacingError, UnicodeError) as error:
        raise ProvenanceUnreadable(provenance.label, str(error), key="whitespace") from error
    hashes = {part.file: part.sha256 for part in provenance.parts}
    if any(hashlib.sha256(files[file]).hexdigest() != hashes[file] for file in hashes):
        raise ProvenanceUnreadable(provenance.label, "the bytes that it gives do not have the hash that it names", key="source.parts")
    if hashlib.sha256(b"".join(files.values())).hexdigest() != provenance.sha256:
        raise ProvenanceUnreadable(provenance.label, "the bytes that it gives do not have the hash that it names", key="source.sha256")
    return files


def _content(text: etree._Element) -> str:
    if cast("list[etree._Element]", _NOT_PRINTED(text)):
        text = copy.deepcopy(text)
        for element in cast("list[etree._Element]", _NOT_PRINTED(text)):
            element.clear(keep_tail=True)  # type: ignore[call-arg]  # in lxml since 4.4, not yet in its stubs
    return str(_CONTENT(text))


def _offset(text: str, number: int) -> int:
    """Where the printed character with this number (from 0) stands; behind the last one when there are not so many."""
    end = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        if number < end - start:
            return start + number
        number -= end - start
    return end


def _around(text: str, offset: int) -> str:
    before, after = text[max(0, offset - _SHOWN) : offset], text[offset : offset + _SHOWN]
    shown = " ".join(f"{'…' if offset > _SHOWN else ''}{before}{after}{'…' if offset + _SHOWN < len(text) else ''}".split())
    return printable(shown)


def _nearest_id(text: etree._Element, number: int) -> str:
    """The ``xml:id`` of the innermost identified element that holds the printed character with this number, or nothing."""
    ids = [""]
    left_out = set(cast("list[etree._Element]", _NOT_PRINTED(text)))
    walk = etree.iterwalk(text, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element in left_out:
                walk.skip_subtree()
            ids.append(element.get(XML_ID) or ids[-1])
            piece = None if element in left_out else element.text
        else:
            if event == "end":
                ids.pop()
            piece = element.tail if element is not text else None
        number -= len("".join((piece or "").split()))
        if number < 0:
            break
    return ids[-1]
