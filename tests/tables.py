"""Cases for all languages as small tables."""

from __future__ import annotations

CODES = ("ca", "cs", "da", "de", "el", "en", "eo", "es", "fi", "fr", "hu", "it", "la", "nl", "no", "pl", "pt", "sv")


def table(text: str) -> list[tuple[str, str, str]]:
    """Cases as text: "CODE: printed = expected; printed = expected", one language to a line or more."""
    cases = []
    for line in text.strip().split("\n"):
        code, _, rest = line.strip().partition(": ")
        cases += [(code, *case.strip().split(" = ")) for case in rest.split(";")]
    return [(code, printed.replace("\\n", "\n"), expected) for code, printed, expected in cases]
