"""A list of paths or addresses, as other programs write one."""

from __future__ import annotations

import codecs
import os

from tei_pipeline.inputs.errors import BadList

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_list(data: bytes) -> list[str]:
    """The paths or addresses of a list: one a line, or with NULs between as ``find -print0`` writes them; from the current folder.

    With a byte order mark it may be UTF-16, as some shells write files; else the bytes are those of the paths. Raises :class:`BadList`.
    """
    if data.startswith(_UTF_16):
        try:
            data = os.fsencode(data.decode("utf-16"))
        except (UnicodeDecodeError, UnicodeEncodeError) as error:
            raise BadList(f"begins as UTF-16 and is none ({error}); save it as UTF-8") from error
    elif data.count(b"\0") > 3 and all(len(entry) < 2 for entry in data.split(b"\0")):  # no list has only names of one letter
        raise BadList("looks like UTF-16 without a byte order mark; save it as UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    entries = data.split(b"\0") if b"\0" in data else [line.removesuffix(b"\r") for line in data.split(b"\n")]
    return [os.fsdecode(entry) for entry in entries if entry.strip()]
