"""Archive packages: an edition, with the text that it was made from, in the forms that repositories take.

A format is one module with one function, and one row in :data:`PACKAGERS`. ``deposit.py`` finds and proves what an edition brings,
``contents.py`` is what goes into one package of any format, ``place.py`` puts it in its place when it is whole; ``check_….py`` are
what ``validate`` knows of each.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.package.bagit import BagOptions, write_bag
from tei_pipeline.package.contents import Contents
from tei_pipeline.package.csip import CsipOptions, write_csip
from tei_pipeline.package.ocfl import OcflOptions, write_ocfl
from tei_pipeline.package.saf import SafOptions, write_saf


class Packager(Struct, frozen=True):
    """One format: its name, its options (a frozen struct), and the function that fills a new folder with the package.

    ``needs_date``: what in it demands a time, if something does. ``grows``: a new version is added to the package that is there.
    """

    name: str
    options: Callable[..., Any]
    function: Callable[[Path, Contents, Any], list[Problem]]
    needs_date: str = ""
    grows: bool = False


PACKAGERS: dict[str, Packager] = {
    packager.name: packager
    for packager in (
        Packager("bagit", BagOptions, write_bag),
        Packager("csip", CsipOptions, write_csip, needs_date="METS (metsHdr/@CREATEDATE)"),
        Packager("saf", SafOptions, write_saf),
        Packager("ocfl", OcflOptions, write_ocfl, needs_date="OCFL (the time at which a version was created)", grows=True),
    )
}
