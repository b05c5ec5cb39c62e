"""The header of a corpus: what is true of all its texts together (TEI Guidelines, 15.1); what is true of one stands in its own header."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lxml import etree
from msgspec import Struct, field

from tei_pipeline import __version__
from tei_pipeline.exporters.exported import TEI, TEI_NAMESPACE, XML_ID, XML_LANG
from tei_pipeline.tei import text
from tei_pipeline.tei.elements import add

UNKNOWN = "unknown"
_NAMESPACES: Any = {None: TEI_NAMESPACE}  # the stubs do not know the default namespace


class Summary(Struct):
    """What the texts have together, from their rows of the catalogue."""

    texts: int = 0
    words: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    publishers: set[str | None] = field(default_factory=set)
    licences: set[str | None] = field(default_factory=set)

    def add(self, row: dict[str, Any]) -> None:
        """Count a text."""
        self.texts += 1
        self.words += row["words"]
        self.languages[row["language"] or "und"] += 1
        self.publishers.add(row["publisher"])
        self.licences.add(row["licence"])


def corpus_header(title: str, summary: Summary) -> etree._Element:
    """``teiHeader`` of the corpus."""
    header = etree.Element(TEI + "teiHeader", {XML_LANG: "en"}, nsmap=_NAMESPACES)
    described = add(header, "fileDesc")
    stated = add(described, "titleStmt")
    add(stated, "title", title, type="main")
    made = add(stated, "respStmt", "")
    made.set(XML_ID, "corpus-software")
    add(made, "resp", "put together")
    add(made, "name", f"tei-pipeline {__version__}", type="software")
    extent = add(described, "extent")
    add(extent, "measure", f"{summary.texts} texts", unit="texts", quantity=str(summary.texts))
    add(extent, "measure", f"{summary.words} words", unit="words", quantity=str(summary.words))
    published = add(described, "publicationStmt")
    add(published, "publisher", _common(summary.publishers) or UNKNOWN)
    add(published, "date", UNKNOWN)
    available = add(published, "availability")
    licence = _common(summary.licences)
    if licence and licence.startswith(("https://", "http://")):
        add(add(available, "licence", target=licence), "p", licence)
    else:
        add(available, "p", licence or "Each text says in its own header under which licence it may be used.")
    add(add(described, "sourceDesc"), "p", "The header of each text says what it was made from.")
    encoding = add(header, "encodingDesc")
    add(add(encoding, "projectDesc"), "p", "The texts that stood in one folder, in the order of their names; nothing in them was changed.")
    application = add(add(encoding, "appInfo"), "application", ident="tei-pipeline", version=__version__)
    add(application, "label", "tei-pipeline")
    usage = add(add(header, "profileDesc"), "langUsage")
    for language, number in sorted(summary.languages.items()):
        said = f"{number} of {summary.texts} texts"
        add(usage, "language", said, ident=language, usage=str(round(100 * number / summary.texts)))
    text.indent_all(header, 1)
    return header


def _common(values: set[str | None]) -> str | None:
    """The value that all have."""
    return next(iter(values)) if len(values) == 1 else None
