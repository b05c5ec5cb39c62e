"""How messages speak of elements, attributes, values and lists of them. What comes from a file is shortened and made harmless."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from tei_pipeline.errors import printable

MOST_NAMES = 12  # in one sentence; more are counted
MOST_CHARACTERS = 40  # of a value or text of the file
CLOSE = 0.6  # difflib's usual cutoff: "chaptr" is close to "chapter", "work" not to "word list"
TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"


def short(name: str) -> str:
    """The name of an attribute or element (in Clark's notation) as people write it."""
    namespace, _, local = name.rpartition("}")
    return _cut(f"xml:{local}" if namespace == f"{{{XML}" else local)


def tag(element: etree._Element) -> str:
    """An element as its start tag; with the namespace when it is not TEI's."""
    namespace, _, local = str(element.tag).rpartition("}")
    if namespace == f"{{{TEI}":
        return f"<{_cut(local)}>"
    return f"<{_cut(local)}> (of {f'the namespace {_cut(namespace[1:])}' if namespace else 'no namespace'})"


def quoted(value: str) -> str:
    """A value or text of the file in quotation marks, on one line."""
    return f'"{_cut(" ".join(value[: 10 * MOST_CHARACTERS].split()))}"'


def listed(names: Iterable[str], conjunction: str) -> str:
    """The names, each once, with a conjunction before the last; what is beyond :data:`MOST_NAMES` is counted."""
    names = list(dict.fromkeys(names))
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[: MOST_NAMES - 1])} … ({len(names) - MOST_NAMES + 1} more)"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def meant(name: str, names: Iterable[str]) -> str:
    """`` (… was meant?)`` with the nearest of the names, if one is near enough."""
    return _meant(name[:MOST_CHARACTERS], tuple(names))


@lru_cache(maxsize=1000)
def _meant(name: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only faulty documents pay for it

    close = get_close_matches(name, names, n=1, cutoff=CLOSE)
    return f" ({close[0]} was meant?)" if close and close[0] != name else ""


def _cut(value: str) -> str:
    return printable(value if len(value) <= MOST_CHARACTERS else f"{value[:MOST_CHARACTERS]}…")
