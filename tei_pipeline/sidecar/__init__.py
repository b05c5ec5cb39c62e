"""The sidecar: what an editor knows of a text and its file cannot say, in ``NAME.toml`` beside ``NAME.txt``.

Three parts: ``[metadata]`` for the header, ``[settings]`` that replace detection, ``[[correct]]`` with the editor's decisions. A
source of several files is listed in ``parts``, or is a folder with a ``source.toml``. The keys are those of
``schemas/sidecar.schema.json``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from tei_pipeline.corrections.entry import EditorCorrection as EditorCorrection
from tei_pipeline.model import Metadata

OF_FOLDER = "source.toml"
"""The name of a sidecar that makes its folder one source."""

Seam = Literal["page", "division", "nothing"]

TOGETHER = (  # fields that describe one thing: the sidecar's and the text's own are never mixed in one of them
    ("title", "subtitle", "short_title", "alternative_title"),
    ("licence", "licence_url", "rights", "rights_url"),
    ("language", "language_certainty"),
    ("imprint_title", "imprint_author", "imprint_publisher", "imprint_place", "imprint_date", "imprint_editor", "imprint_edition"),
)


class SourcePart(Struct, frozen=True):
    """One file of a source of several: its path from the sidecar's folder, and what begins with it (for the first: nothing)."""

    file: str
    begins: Seam = "division"
    line: int | None = None


class Settings(Struct, frozen=True):
    """What replaces detection, and what is written. None (or no encoding): as detected, as usual.

    ``spacing``: source lines to one printed line. ``paragraphs``: ``blank``, ``indent`` or ``unwrapped``. ``quotation``: pairs of
    marks, outermost first; none at all leaves quoted words unmarked. ``notes``: ``inline`` lets exports for viewers have each note at
    its reference. ``exports``: formats beside the TEI. ``note_style``: ``end`` when no notes stand at the foot of pages, ``none`` when the
    text has no notes; ``pages``: ``none`` when no line is a page number or a running head.
    """

    encoding: str = ""
    spacing: int | None = None
    paragraphs: str | None = None
    drama: bool | None = None
    verse: bool = True
    quotation: tuple[str, ...] | None = None
    hyphens: Literal["decide", "keep"] = "decide"
    notes: Literal["in-place", "inline"] = "in-place"
    exports: tuple[str, ...] | None = None
    note_style: Literal["detect", "end", "none"] = "detect"
    pages: Literal["detect", "none"] = "detect"


class Sidecar(Struct, frozen=True):
    """A sidecar that was read and found right; ``Sidecar()`` is what a text without one has.

    ``seam`` is what begins with each file of a folder whose ``source.toml`` names no parts, ``sha256`` the hash of its bytes.
    """

    label: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    settings: Settings = field(default_factory=Settings)
    parts: tuple[SourcePart, ...] = ()
    corrections: tuple[EditorCorrection, ...] = ()
    seam: Seam = "division"
    sha256: str = ""


def read_sidecar(data: bytes, label: str, *, folder: bool = False) -> Sidecar:
    """The sidecar in ``data``; ``label`` is how messages call its file. Raises :class:`BadSidecar`, which names keys and lines.

    ``folder``: it is that of a folder, whose texts are its parts when it names none.
    """
    from tei_pipeline.sidecar.reader import read  # a text without a sidecar does not pay for TOML and a schema

    return read(data, label, folder=folder)


def completed(known: Metadata, found: Metadata) -> Metadata:
    """What is known, and beside it what was ``found`` in the text itself (and stays in ``guessed``).

    What describes one thing is not mixed: a subtitle that was found does not go with the sidecar's title (:data:`TOGETHER`).
    """
    given = {name for name in Metadata.__struct_fields__ if getattr(known, name)}
    settled = given.union(*(group for group in TOGETHER if given & set(group)))
    values = {name: getattr(known, name) for name in settled}
    return replace(found, **{**values, "guessed": (found.guessed - settled) | known.guessed})


def part_paths(sidecar: Sidecar, folder: Path) -> tuple[Path, ...]:
    """The files of the source in order.

    Raises :class:`BadSidecar` for one that is missing, is no file, stands outside ``folder``, or is another of them (by a link, or in
    a file system that knows no capitals).
    """
    from tei_pipeline.sidecar.check import key_name
    from tei_pipeline.sidecar.toml import BadSidecar

    paths = [folder / part.file for part in sidecar.parts]
    wrong = [
        (key_name(("parts", number)), part.line, why)
        for number, (part, path) in enumerate(zip(sidecar.parts, paths, strict=True))
        if (why := _why_not(path, folder))
    ]
    seen: dict[Path, int] = {}
    for number, path in enumerate(() if wrong else paths):
        first = seen.setdefault(path.resolve(), number)
        if first != number:
            why = f"{_quoted(path.name)} is the same file as {key_name(('parts', first))}; name each file once"
            wrong.append((key_name(("parts", number)), sidecar.parts[number].line, why))
    if wrong:
        raise BadSidecar(sidecar.label, wrong)
    return tuple(paths)


def _quoted(words: str) -> str:
    from tei_pipeline.sidecar.check import shown

    return shown(words)


def _why_not(path: Path, folder: Path) -> str:
    """Why the file cannot be a part, or nothing. Links are followed: one that leads out of the folder leaves it."""
    try:
        real = path.resolve()
        if not real.is_relative_to(folder.resolve()):
            return f"{_quoted(path.name)} is a link out of the folder; put the file itself there"
        if not real.exists():
            return f"{_quoted(path.name)} is not there; check the name"
        if not real.is_file():
            return f"{_quoted(path.name)} is no file"
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        return f"{_quoted(path.name)} cannot be reached"
    return ""
