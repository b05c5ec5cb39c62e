"""Files that are no XML any more."""

from __future__ import annotations

import random
import re

from benchmarks.mutants.kinds import on_bytes


@on_bytes
def file_cut_off(text: str, chance: random.Random) -> str | None:
    return text[: chance.randrange(len(text) // 4, len(text) - 20)]


@on_bytes
def end_tag_lost(text: str, chance: random.Random) -> str | None:
    at = chance.choice([match.start() for match in re.finditer("</(?:p|div|note|head)>", text)])
    return text[:at] + text[text.index(">", at) + 1 :]


@on_bytes
def bare_ampersand(text: str, chance: random.Random) -> str | None:
    at = text.index(" ", text.index(">", chance.randrange(text.index("<body"), len(text) * 3 // 4)))
    return text[:at] + " & " + text[at + 1 :]


@on_bytes
def undefined_entity(text: str, chance: random.Random) -> str | None:
    at = text.index("</p>", text.index("<body"))
    return text[:at] + "&nbsp;" + text[at:]


@on_bytes
def tags_that_cross(text: str, chance: random.Random) -> str | None:
    return text.replace("</head>", "</label></head>", 1) if "</head>" in text else None
