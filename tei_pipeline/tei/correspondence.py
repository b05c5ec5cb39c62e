"""``correspDesc``: who wrote each letter of the edition and when, as far as its own opener and closer say it.

TEI Guidelines 2.4.6 (correspondence description).
"""

from __future__ import annotations

from lxml import etree

from tei_pipeline.tei.elements import add
from tei_pipeline.tei.identity import XML_ID
from tei_pipeline.tei.text import reading
from tei_pipeline.tei.writer import TEI

_FRAMES = (TEI + "opener", TEI + "closer")
_FLOATING = TEI + "floatingText"
# What the sender did not write: notes, furniture, residue, and a misprint beside what it should be.
_LEFT_OUT = frozenset(TEI + name for name in ("note", "fw", "surplus", "sic", "metamark"))


# Words of names that begin in lower case.
_PARTICLES = frozenset({"af", "d'", "da", "de", "della", "der", "di", "du", "la", "le", "van", "von", "y", "zu", "zur"})


def describe_letters(profile: etree._Element, written: etree._Element) -> None:
    """A ``correspDesc`` for each letter (division or floating text) that is signed or bears a date that could be read."""
    for letter in written.iter(TEI + "div", _FLOATING):
        if letter.get("type") != "letter":
            continue
        holder = letter[0] if letter.tag == _FLOATING else letter
        frames = list(holder.iterchildren(*_FRAMES))
        signed = [reading(line, _is_left_out) for frame in frames for line in frame.iterchildren(TEI + "signed")]
        names = [name for name in map(_name, signed) if _is_name(name)]
        dates = [date for frame in frames for date in frame.iter(TEI + "date") if date.get("when")]
        if not dates and not names:
            continue
        sent = add(add(profile, "correspDesc", corresp=f"#{letter.get(XML_ID)}"), "correspAction", type="sent")
        for name in names:
            add(sent, "persName", name)
        if dates:
            add(sent, "date", when=dates[0].get("when", ""), cert=dates[0].get("cert", ""))


def _name(signed: str) -> str:
    """A signature without the office behind the name and the point at its end: J. ORLOP of "J. ORLOP, Secretary."."""
    name, comma, office = signed.rstrip(", ").partition(",")
    name = name if len(office) > _LONGEST_SUFFIX else name + comma + office
    last = name.split()[-1:]
    return name.removesuffix(".") if last and len(last[0]) > _LONGEST_SUFFIX else name


_LONGEST_SUFFIX = 5  # characters: " Esq.", " Jr.", " M.A."


def _is_name(signed: str) -> bool:
    """Whether a signature is a name and nothing else: a compliment before it ("Your obedient servant") has words in lower case."""
    words = signed.split()
    return bool(words) and all(word[0].isupper() or word in _PARTICLES for word in words)


def _is_left_out(element: etree._Element) -> bool:
    return element.tag in _LEFT_OUT or (element.tag == TEI + "ref" and element.get("type") == "noteAnchor")
