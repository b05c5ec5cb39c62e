"""Run by the judges' Python: what eark-validator says of packages, as JSON lines. Its vocabularies are its own files, not the net's."""

from __future__ import annotations

import sys
import urllib.request
from pathlib import Path
from typing import Any


def packaged(address: str) -> Any:
    """The vocabulary of that address, from the files that the validator ships."""
    import eark_validator.ipxml.resources.vocabs as vocabularies

    return (Path(str(vocabularies.__file__)).parent / address.rpartition("/")[2]).open("rb")


def main(paths: list[str]) -> None:
    """Print a report for each package."""
    request: Any = urllib.request
    request.urlopen = packaged
    from eark_validator.packages import PackageValidator

    for path in paths:
        print(PackageValidator(Path(path)).validation_report.model_dump_json())


if __name__ == "__main__":
    main(sys.argv[1:])
