"""``correspDesc``: who wrote each letter of the edition and when, as far as its own opener and closer say it.

TEI Guidelines 2.4.6 (correspondence description).
"""

from __future__ import annotations

from lxml import etree

from tei_pipeline.tei.elements import add
from tei_pipeline.tei.identity import XML_ID
from tei_pipeline.tei.writer import TEI

_FRAMES = (TEI + "opener", TEI + "closer")
_FLOATING = TEI + "floatingText"


def describe_letters(profile: etree._Element, written: etree._Element) -> None:
    """A ``correspDesc`` for each letter (division or floating text) that is signed or bears a date that could be read."""
    for letter in written.iter(TEI + "div", _FLOATING):
        if letter.get("type") != "letter":
            continue
        holder = letter[0] if letter.tag == _FLOATING else letter
        frames = list(holder.iterchildren(*_FRAMES))
        signed = [_words(line) for frame in frames for line in frame.iterchildren(TEI + "signed")]
        dates = [date for frame in frames for date in frame.iter(TEI + "date") if date.get("when")]
        if not dates and not any(signed):
            continue
        sent = add(add(profile, "correspDesc", corresp=f"#{letter.get(XML_ID)}"), "correspAction", type="sent")
        for name in filter(None, signed):
            add(sent, "persName", name)
        if dates:
            add(sent, "date", when=dates[0].get("when", ""), cert=dates[0].get("cert", ""))


def _words(line: etree._Element) -> str:
    """What a line prints, but for notes and the numbers that refer to them, corrected where the edition corrects it."""
    found = [line.text or ""]
    for child in line:
        if child.tag not in _LEFT_OUT and not (child.tag == TEI + "ref" and child.get("type") == "noteAnchor"):
            found.append(_words(child))
        found.append(child.tail or "")
    return " ".join("".join(found).split())


_LEFT_OUT = frozenset(TEI + name for name in ("note", "fw", "surplus", "sic", "metamark"))
