"""The kinds of packages that can be checked, asked in this order: how each is recognised, by names alone, and what finds its faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.package.check_bagit import check_bag, is_bag
from tei_pipeline.package.check_csip import check_information_package, is_information_package
from tei_pipeline.package.check_ocfl import check_object, is_object
from tei_pipeline.package.check_saf import check_archive, is_archive


class PackageKind(Struct, frozen=True):
    """A kind of package in a folder."""

    name: str
    recognises: Callable[[Path], bool]
    check: Callable[[Path], list[Problem]]


PACKAGE_KINDS = (
    PackageKind("BagIt bag", is_bag, check_bag),
    PackageKind("OCFL object", is_object, check_object),
    PackageKind("E-ARK information package", is_information_package, check_information_package),
    PackageKind("DSpace archive", is_archive, check_archive),
)


def check_folder(path: Path) -> list[Problem] | None:
    """The faults of the package in a folder, or None when it is none that is known."""
    for kind in PACKAGE_KINDS:
        if kind.recognises(path):
            return kind.check(path)
    return None
