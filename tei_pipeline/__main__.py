"""``python -m tei_pipeline`` is ``tei-pipeline``."""

from __future__ import annotations

from tei_pipeline.cli import main

if __name__ == "__main__":
    main()
