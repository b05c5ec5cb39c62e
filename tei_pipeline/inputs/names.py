"""The names that editions may have: they become folders, lines of reports, and paths on any system."""

from __future__ import annotations

import unicodedata

from tei_pipeline.inputs.errors import BadName

LONGEST_NAME = 200  # bytes: file systems hold 255, and ".NAME.provenance.json.new" must fit
LEDGER = "ledger.sqlite"  # by which the output folders of this program are known
RESERVED = {"report.json", "report.html", "corpus.xml", "corpus.json", LEDGER, f"{LEDGER}-wal", f"{LEDGER}-shm", "ledger.lock"}


def check_name(name: str, where: str) -> str:
    """The name, if a folder can have it. Raises :class:`BadName` for what leaves the output folder or breaks a line of a report."""
    why = ""
    if not name.strip():
        why = "it is empty"
    elif name.startswith("."):
        why = "it begins with a point"
    elif "/" in name or "\\" in name:
        why = "it holds a slash"
    elif any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name):
        why = "it holds a line end, a control character, or bytes that are no UTF-8"
    elif len(name.encode()) > LONGEST_NAME:
        why = f"it is longer than {LONGEST_NAME} bytes"
    elif name.casefold() in RESERVED:
        why = "that is what a file of the output folder is called"
    if why:
        raise BadName(name, where, why)
    return name


def folded(name: str) -> str:
    """A name as file systems compare it that do not tell case or Unicode normalisation apart."""
    return unicodedata.normalize("NFC", name).casefold()
