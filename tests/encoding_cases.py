"""The examples of docs/encoding.md: what a book shows, and the TEI that stands for it.

A case is a file ``tests/encoding/NAME.txt``: the text, a line ``=``, the TEI that it becomes, and, where the program does not do so yet,
a second line ``=`` with the reason. Of a text with a line ``>>>`` or ``<<<`` the page shows what stands behind the one and before the
other; the rest is there for the layout to be measured. Each element of the expected TEI stands somewhere in the edition, in this order.
Attributes must be the same, except that identifiers count only where the case writes them down.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tei_pipeline.pipeline import convert
from tei_pipeline.source import read_source

FOLDER = Path(__file__).parent / "encoding"
NAMES = tuple(path.stem for path in sorted(FOLDER.glob("*.txt")))
TEI = "http://www.tei-c.org/ns/1.0"
XML_ID, XML_SPACE = ("{http://www.w3.org/XML/1998/namespace}" + name for name in ("id", "space"))
_OPEN, _CLOSE = ">>>\n", "<<<\n"
_CUT = re.compile(r"(?m)^(?:>>>|<<<)\n")


@dataclass(frozen=True, slots=True)
class Case:
    """One example: ``text`` goes through the program, ``shown`` of it is on the page; ``missing`` is why the program does not do it yet."""

    name: str
    text: str
    shown: str
    tei: str
    missing: str = ""


def read_case(name: str) -> Case:
    """The case in the file of that name."""
    return parse_case(name, (FOLDER / f"{name}.txt").read_text("utf-8"))


def parse_case(name: str, content: str) -> Case:
    """The case that the content of a file describes."""
    text, tei, *rest = re.split(r"(?m)^=\n", content)
    pieces = _CUT.split(text)
    marks = _CUT.findall(text)
    shown = [piece for before, piece, after in zip(["", *marks], pieces, [*marks, ""], strict=True) if before != _CLOSE and after != _OPEN]
    return Case(name, "".join(pieces), "\n\n…\n\n".join(piece.strip("\n") for piece in shown), tei.strip("\n"), " ".join(rest).strip())


def edition(case: Case) -> etree._Element:
    """The edition of the case's text, read back from its bytes."""
    result = convert(read_source(case.text.encode(), case.name), formats=())
    assert result.proved, result.problems
    return etree.fromstring(result.xml)


def expected(case: Case) -> list[etree._Element]:
    """The elements of the expected TEI."""
    whole = etree.fromstring(f'<all xmlns="{TEI}">{case.tei}</all>')
    assert len(whole), f"{case.name} expects nothing"
    assert not any((text or "").strip() for text in (whole.text, *(one.tail for one in whole))), f"{case.name} expects loose characters"
    return list(whole)


def first_missing(case: Case, root: etree._Element) -> etree._Element | None:
    """The first element that is expected and does not stand in the edition after the one expected before it; None when all do."""
    given = root.iter(f"{{{TEI}}}*")
    for wanted in expected(case):
        if not any(same(wanted, one) for one in given):
            return wanted
    return None


def same(wanted: etree._Element, given: etree._Element) -> bool:
    """Whether two elements are equal after canonicalisation (C14N), layout and identifiers that are not wanted aside."""
    return wanted.tag == given.tag and canonical(wanted) == canonical(given, wanted)


def canonical(element: etree._Element, model: etree._Element | None = None) -> str:
    """Its canonical form without layout; with a ``model``, without the identifiers that elements at the same place there lack."""
    made = copy.deepcopy(element)
    made.tail = None
    for own, other in zip(made.iter(), element.iter() if model is None else model.iter(), strict=False):
        if XML_ID not in other.attrib and XML_ID in own.attrib:
            del own.attrib[XML_ID]
    preserved = {inner for own in made.iter() if own.get(XML_SPACE) == "preserve" for inner in own.iter()}
    for own in made.iter():
        if own not in preserved:
            own.text = _folded(own.text)
        if own.getparent() not in preserved:
            own.tail = _folded(own.tail)
    return etree.tostring(made, method="c14n", exclusive=True).decode()


def _folded(value: str | None) -> str | None:
    """Characters with runs of white space as one space; a line end with nothing but white space around it is layout."""
    if value is None or ("\n" in value and not value.strip()):
        return None
    return re.sub(r"\s+", " ", value)
