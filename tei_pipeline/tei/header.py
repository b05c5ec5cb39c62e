"""The header: what the file is, where it comes from, how it was made. What is unknown is said to be unknown; nothing depends on the day.

TEI Guidelines, chapter 2 (HD); the choice of elements follows Best Practices for TEI in Libraries, version 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from tei_pipeline.model import Division
from tei_pipeline.tei import text, values
from tei_pipeline.tei.citation import refs_decl
from tei_pipeline.tei.correspondence import describe_letters
from tei_pipeline.tei.declarations import describe_encoding
from tei_pipeline.tei.elements import add
from tei_pipeline.tei.file_description import UNKNOWN, describe_file
from tei_pipeline.tei.identity import XML_ID, XML_LANG, Scope
from tei_pipeline.tei.numbering import breaks
from tei_pipeline.tei.writer import TEI

if TYPE_CHECKING:
    from tei_pipeline.metadata import Metadata, Subject
    from tei_pipeline.model import Document
    from tei_pipeline.tei.writer import Writer

_IN_LANGUAGES = tuple(TEI + name for name in ("foreign", "body", "div"))  # elements whose language may be another than the text's
# Kinds of text that a division's type names; they become keywords.
_GENRES = frozenset(
    {"speech", "letter", "interview", "debate", "poem", "play", "story", "essay", "sermon", "article", "chronicle"}
    | {"statement", "theses", "report"}
)


def register_people(w: Writer, document: Document) -> dict[str, str]:
    """Identifiers of the persons, by key, so that the text can point at them before the header stands."""
    scope = Scope("")
    made = {}
    for person in document.persons:
        if person.key not in made:
            made[person.key] = scope.number("pers")
        w.identity.register(person.key, made[person.key], person)
    return made


def write_header(
    w: Writer, root: etree._Element, document: Document, written: etree._Element, people: dict[str, str], version: str
) -> None:
    """``teiHeader`` as the first child of ``root``; ``written`` is the finished ``text``, whose elements are counted."""
    header = etree.Element(TEI + "teiHeader", {XML_LANG: "en"})
    root.insert(0, header)
    counts = Counter(element.tag for element in written.iter())
    describe_file(w, header, document, version)
    encoding = add(header, "encodingDesc")
    named = {str(tag)[len(TEI) :]: count for tag, count in counts.items()}
    describe_encoding(encoding, named, version, refs_decl(document), breaks(written))
    _profile(header, document, people, written)
    _revisions(w, header, document.metadata)
    text.indent_all(header, 1)


# ---------------------------------------------------------------- profileDesc


def _profile(header: etree._Element, document: Document, people: dict[str, str], written: etree._Element) -> None:
    known = document.metadata
    made = add(header, "profileDesc")
    if known.description:
        add(add(made, "abstract"), "p", known.description)
    _languages(made, known, written)
    if people:
        _people(made, document, people)
    genres = sorted(_GENRES & _types(document))
    if genres or known.subjects:
        classes = add(made, "textClass")
        if genres:  # found out, not stated: the types of the divisions
            keywords = add(classes, "keywords", resp="#software")
            for genre in genres:
                add(keywords, "term", genre)
        _subjects(classes, known.subjects)
    describe_letters(made, written)


def _languages(parent: etree._Element, known: Metadata, written: etree._Element) -> None:
    """``langUsage``: the language of the text, those that its editor names, those of single passages; with their shares if it has several.

    TEI Guidelines, 2.4.2: ``@usage`` is the approximate percentage of the text that uses the language.
    """
    usage = add(parent, "langUsage")
    language = values.language(known.language)
    shares = _shares(written, language or "und")
    if not language:
        add(usage, "language", "The language of the text is unknown.", ident="und", usage=shares.get("und", ""))
    elif "language" in known.guessed:
        certainty = values.certainty(known.language_certainty) or UNKNOWN
        add(usage, "language", "guessed from the text", ident=language, cert=certainty, resp="#software", usage=shares.get(language, ""))
    else:
        add(usage, "language", ident=language, cert=values.certainty(known.language_certainty), usage=shares.get(language, ""))
    named = [other for other in dict.fromkeys(filter(None, map(values.language, known.languages))) if other != language]
    for other in named:
        add(usage, "language", ident=other, usage=shares.get(other, ""))
    for other in shares:
        if other not in (*named, language or "und"):
            add(usage, "language", "passages that the text sets apart", ident=other, resp="#software", usage=shares[other])


def _shares(written: etree._Element, language: str) -> dict[str, str]:
    """How much of the text is in each language that its elements name, in hundredths of its characters; nothing when there is only one."""
    apart: Counter[str] = Counter()
    for element in written.iter(*_IN_LANGUAGES):
        if other := element.get(XML_LANG):
            length = _length(element)
            apart[other] += length
            apart[next((around for outer in element.iterancestors() if (around := outer.get(XML_LANG))), language)] -= length
    if not apart or set(apart) == {language}:
        return {}
    whole = _length(written)
    apart[language] += whole
    return {other: str(round(100 * apart[other] / max(1, whole))) for other in sorted(apart)}


def _length(element: etree._Element) -> int:
    return sum(map(len, element.itertext()))


def _subjects(parent: etree._Element, subjects: Sequence[Subject]) -> None:
    """``keywords`` for each list that terms are taken from; those of no list first."""
    for scheme in sorted({subject.scheme for subject in subjects}):
        keywords = add(parent, "keywords", scheme=values.reference(scheme))
        if scheme and not keywords.get("scheme"):
            keywords.set("n", scheme)
        for subject in subjects:
            if subject.scheme == scheme:
                add(keywords, "term", subject.term, ref=subject.uri)


def _revisions(w: Writer, header: etree._Element, known: Metadata) -> None:
    if not known.revisions:
        return
    changes = add(header, "revisionDesc")
    for when, who, what in known.revisions:
        change = add(changes, "change", when=values.temporal(when), who=f"#{w.editors[who]}" if who in w.editors else "")
        if who:
            add(change, "name", who)
            text.append(change, ": ")
        text.append(change, what if values.temporal(when) or not when else f"{what} ({when})")


def _people(parent: etree._Element, document: Document, people: dict[str, str]) -> None:
    made = add(add(parent, "particDesc"), "listPerson")
    described = set()
    for person in document.persons:
        if person.key in described:
            continue
        described.add(person.key)
        role = values.word(person.name.lower().replace(" ", "-")) if person.kind == "role" else ""
        entry = add(made, "personGrp" if person.kind == "group" else "person", role=role)
        entry.set(XML_ID, people[person.key])
        if not role:
            add(entry, "persName", person.name)


def _types(document: Document) -> set[str]:
    found = set()
    stack: list[Division] = [document.body]
    while stack:
        division = stack.pop()
        found.add(division.type)
        stack.extend(part for part in division.divisions if isinstance(part, Division))
    return found
