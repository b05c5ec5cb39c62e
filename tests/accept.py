"""Accept what the program makes of the samples: ``python -m tests.accept [NAME…]`` writes ``tests/golden/`` anew and names what changed.

Then read ``git diff tests/golden``: every line of it is either wanted, or a fault that was found.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from tests.golden import GOLDEN, SAMPLES, made


def main(names: Sequence[str]) -> int:
    """Write the files of these samples, or of all; 2 when there is no such sample."""
    unknown = [name for name in names if name not in SAMPLES]
    if unknown:
        print(f"no sample: {', '.join(unknown)}; there are {', '.join(SAMPLES)}", file=sys.stderr)
        return 2
    for name in names or SAMPLES:
        folder = GOLDEN / name
        folder.mkdir(parents=True, exist_ok=True)
        files = made(name)
        for path in sorted(folder.iterdir()):
            if path.name not in files:
                path.unlink()
                print(f"gone     {name}/{path.name}")
        for file, data in files.items():
            path = folder / file
            if not path.exists() or path.read_bytes() != data:
                print(f"{'changed' if path.exists() else 'new':8} {name}/{file}")
                path.write_bytes(data)
    if not names:
        for folder in sorted(GOLDEN.iterdir()):
            if folder.is_dir() and folder.name not in SAMPLES:
                shutil.rmtree(folder)
                print(f"gone     {folder.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
