"""All that is checked before a change lands, in one command: ``python -m tests``. Further arguments go to pytest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("pytest", "-q", "-n", "auto"),
)


def main(arguments: list[str]) -> int:
    """Run every check, also after one failed; 0 when all passed, else 1."""
    failed = []
    for check in CHECKS:
        command = [*check, *arguments] if check[0] == "pytest" else [*check]
        print("$", *command, flush=True)
        if subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode:
            failed.append(" ".join(check))
    print("failed: " + "; ".join(failed) if failed else "everything passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
