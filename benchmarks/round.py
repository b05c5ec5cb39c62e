"""From the XML back: random edits of an edition, as an editor makes them, learned into corrections and built again.

``python -m benchmarks.round [TEXT] [--seed N] [--edits N] [--together N]``; without TEXT the samples in ``raw/``. Each trial makes some
edits (one, unless ``--together``) of kinds that a correction can express; the round is closed when the build with what was learned gives
the edited text in canonical form. What was not learned must be named.
"""

from __future__ import annotations

import argparse
import copy
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from benchmarks.mutants.kinds import unwrap as without_tags
from tei_pipeline.compare.canonical import canonical
from tei_pipeline.compare.learn import learn
from tei_pipeline.pipeline import convert
from tei_pipeline.sidecar import Sidecar
from tei_pipeline.source import read_source
from tei_pipeline.validate import validate_edition

RAW = Path(__file__).resolve().parents[1] / "raw"
GOAL = 0.9
T = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Element = etree._Element


@dataclass(slots=True)
class Round:
    """Trials by the kind of their first edit: how many, how many closed, and how many neither closed nor named."""

    trials: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    silent: int = 0

    @property
    def rate(self) -> float:
        """Closed rounds among all."""
        return self.closed.total() / self.trials.total() if self.trials else 1.0


def measure(data: bytes, seed: int, edits: int, together: int = 1, verbose: bool = False) -> Round:
    """Make ``edits`` trials on the edition of a text."""
    chance = random.Random(seed)
    source = read_source(data, "text")
    built = convert(source, formats=()).root
    found = Round()
    kinds = list(EDITS)
    while found.trials.total() < edits:
        edited = copy.deepcopy(built)
        made = []
        for k in range(together):
            kind = kinds[(found.trials.total() + k) % len(kinds)] if together == 1 else chance.choice(kinds)
            if EDITS[kind](edited, chance):
                made.append(kind)
        if not made or canonical(edited) == canonical(built) or any(p.code.startswith("schema") for p in validate_edition(edited)):
            kinds = kinds[1:] + kinds[:1]
            continue
        learned = learn(source, Sidecar(), edited)
        found.trials[made[0]] += 1
        found.closed[made[0]] += learned.same
        found.silent += not learned.same and not learned.left and not learned.refused
        if verbose and not learned.same:
            print(made, [entry.table() for entry in learned.entries], [one.what for one in learned.left][:4], learned.refused[:2])
    return found


# ---------------------------------------------------------------- edits


def _named(element: Element | None, name: str) -> bool:
    return element is not None and element.tag == T + name


def _words(element: Element) -> str:
    return "".join(map(str, element.itertext()))


def _paragraphs(root: Element, least: int = 0) -> list[Element]:
    library = [div for div in root.iter(T + "div") if div.get("type") in ("boilerplate", "producer")]  # no words of the book
    found = [p for p in root.iter(T + "p") if _named(p.getparent(), "div") and p.getparent() not in library]
    return [p for p in found if len(_words(p)) >= least and not p.findall(f".//{T}note")]


def _split(root: Element, chance: random.Random) -> bool:
    """A paragraph cut in two behind a sentence."""
    chosen = [p for p in _paragraphs(root, 200) if p.text and ". " in p.text]
    if not chosen:
        return False
    p = chance.choice(chosen)
    first, _, rest = (p.text or "").partition(". ")
    new = etree.Element(T + "p")
    new.text = rest
    for child in list(p):
        new.append(child)
    p.text = f"{first}."
    p.addnext(new)
    return bool(rest)


def _join(root: Element, chance: random.Random) -> bool:
    """Two paragraphs made one."""
    chosen = [p for p in _paragraphs(root) if _named(p.getnext(), "p")]
    if not chosen:
        return False
    p = chance.choice(chosen)
    after = p.getnext()
    assert after is not None
    glue = f" {after.text or ''}"
    if len(p):
        p[-1].tail = (p[-1].tail or "") + glue
    else:
        p.text = (p.text or "") + glue
    for child in list(after):
        p.append(child)
    _remove(after)
    return True


def _retag(name: str, **attributes: str) -> Callable[[Element, random.Random], bool]:
    def retag(root: Element, chance: random.Random) -> bool:
        chosen = [p for p in _paragraphs(root) if len(p) == 0 and len(p.text or "") < 400]
        if not chosen:
            return False
        p = chance.choice(chosen)
        p.tag = T + name
        for key, value in attributes.items():
            p.set(key, value)
        return True

    retag.__doc__ = f"A paragraph made {name}."
    return retag


def _quote(root: Element, chance: random.Random) -> bool:
    """A paragraph made a block quotation."""
    chosen = _paragraphs(root)
    if not chosen:
        return False
    p = chance.choice(chosen)
    wrapped = etree.Element(T + "quote")
    p.addprevious(wrapped)
    wrapped.tail, p.tail = p.tail, None
    wrapped.append(p)
    return True


def _heading(root: Element, chance: random.Random) -> bool:
    """A paragraph made the heading of a division that holds what follows it."""
    chosen = [p for p in _paragraphs(root) if len(_words(p)) < 200]
    chosen = [p for p in chosen if p.getnext() is not None and not _named(p.getnext(), "closer")]
    if not chosen:
        return False
    p = chance.choice(chosen)
    parent = p.getparent()
    assert parent is not None
    division = etree.Element(T + "div", type="section", n=f"x{chance.random()}")
    p.addprevious(division)
    p.tag = T + "head"
    division.append(p)
    after = division.getnext()
    while after is not None and after.tag not in (T + "div", T + "closer", T + "postscript", T + "trailer"):
        following = after.getnext()
        division.append(after)
        after = following
    return True


def _level(root: Element, chance: random.Random) -> bool:
    """A division put into the one before it, as its last."""
    chosen = [
        div
        for div in root.iter(T + "div")
        if div.find(T + "head") is not None
        and (before := div.getprevious()) is not None
        and before.tag == T + "div"
        and before.find(T + "closer") is None
        and before.find(T + "head") is not None
        and div.find(T + "div") is None
    ]
    if not chosen:
        return False
    div = chance.choice(chosen)
    before = div.getprevious()
    assert before is not None
    before.append(div)
    return True


def _unwrap(name: str, **attributes: str) -> Callable[[Element, random.Random], bool]:
    def unwrap(root: Element, chance: random.Random) -> bool:
        text = root.find(T + "text")
        assert text is not None
        chosen = [e for e in text.iter(T + name) if all(e.get(key) == value for key, value in attributes.items())]
        chosen = [e for e in chosen if not e.get("next") and not e.get("prev") and _named(e.getparent(), "p")]
        if not chosen:
            return False
        element = chance.choice(chosen)
        if name == "ref":
            _forget(root, f"#{element.get(_ID)}")
        without_tags(element)
        return True

    unwrap.__doc__ = f"The tags of {name} taken away, its words left."
    return unwrap


def _forget(root: Element, pointer: str) -> None:
    """No note leads back to a reference any more."""
    for note in root.iter(T + "note"):
        if pointer in (targets := note.get("target", "").split()):
            targets.remove(pointer)
            if targets:
                note.set("target", " ".join(targets))
            else:
                del note.attrib["target"]


def _mark(root: Element, chance: random.Random) -> bool:
    """Words marked as a quotation."""
    chosen = [p for p in _paragraphs(root, 100) if p.text and len(p.text.split()) > 8]
    if not chosen:
        return False
    return _wrap(chance.choice(chosen), chance, "q", 3)


def _reading(root: Element, chance: random.Random) -> bool:
    """A word corrected, as printed and as meant."""
    chosen = [p for p in _paragraphs(root, 100) if p.text and len(p.text.split()) > 8]
    if not chosen:
        return False
    p = chance.choice(chosen)
    if not _wrap(p, chance, "choice", 1):
        return False
    choice = p[0]
    sic, corr = etree.SubElement(choice, T + "sic"), etree.SubElement(choice, T + "corr")
    sic.text, choice.text = choice.text, None
    corr.text = f"{(sic.text or '')[::-1]}"
    return True


def _language(root: Element, chance: random.Random) -> bool:
    """A paragraph said to be in another language."""
    chosen = _paragraphs(root)
    if chosen:
        chance.choice(chosen).set(_LANG, "la")
    return bool(chosen)


def _wrap(p: Element, chance: random.Random, name: str, count: int) -> bool:
    words = (p.text or "").split()
    at = chance.randrange(1, len(words) - count)
    made = etree.Element(T + name)
    made.text = " ".join(words[at : at + count])
    made.tail = f" {' '.join(words[at + count :])}" + (" " if (p.text or "")[-1:].isspace() else "")
    p.text = f"{' '.join(words[:at])} "
    p.insert(0, made)
    return True


def _remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


EDITS: dict[str, Callable[[Element, random.Random], bool]] = {
    "split": _split,
    "join": _join,
    "ornament": _retag("ab", type="ornament"),
    "quotation": _quote,
    "heading": _heading,
    "level": _level,
    "no quotation": _unwrap("q"),
    "no date": _unwrap("date"),
    "unlink": _unwrap("ref", type="noteAnchor"),
    "mark": _mark,
    "reading": _reading,
    "language": _language,
}


def main() -> None:
    """Print how many rounds closed, by the kind of edit, and fail where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    total = Round()
    for file in given.text or sorted(RAW.glob("*.txt")):
        found = measure(file.read_bytes(), given.seed, given.edits, given.together, given.verbose)
        print(f"{file.name}: {found.rate:.3f}")
        total.trials += found.trials
        total.closed += found.closed
        total.silent += found.silent
    for kind in EDITS:
        print(f"{kind:14} {total.closed[kind]:4} of {total.trials[kind]}")
    print(f"rate {total.rate:.3f} of {total.trials.total()} (goal {GOAL}), neither closed nor named: {total.silent}")
    if total.rate < GOAL or total.silent:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
