"""XInclude, when it is asked for: files of the same folder, each read as safely as any other, and nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import ElementInclude, etree  # type: ignore[attr-defined]  # the stubs lack ElementInclude

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.parse import parse, read_bytes

MAX_DEPTH = 6  # of files that include files; lxml's own default


class _Refused(Exception):
    """An address that is not read."""


def include(tree: etree._ElementTree, path: Path) -> list[Problem]:
    """Put what ``xi:include`` names in its place. Code: ``xinclude``, when one could not be read; the tree is then as far as it got."""
    folder = path.parent.resolve()

    def load(href: str, form: str, encoding: str | None = None, **_: Any) -> Any:
        """``href`` is absolute where the including file is known, else relative to the folder."""
        address = urlsplit(href)
        file = (folder / unquote(address.path)).resolve()
        if address.scheme not in ("", "file") or address.netloc or not file.is_relative_to(folder):
            raise _Refused(f"{printable(href)} is not in the folder of the file, and nothing else is read")
        data = read_bytes(file)
        if isinstance(data, Problem):
            raise _Refused(f"{printable(href)}: {data.message}")
        if form == "text":
            return data.decode(encoding or "utf-8", "strict")
        found, problems = parse(data, base_url=str(file))
        if found is None:
            raise _Refused(f"{printable(href)}: {problems[0].message}")
        return found.getroot()

    try:
        ElementInclude.include(tree, loader=load, base_url=str(path.resolve()), max_depth=MAX_DEPTH)
    except (_Refused, ElementInclude.FatalIncludeError, UnicodeError, LookupError) as error:
        return [Problem("error", "xinclude", f"an inclusion was not carried out: {printable(str(error))}")]
    return []
