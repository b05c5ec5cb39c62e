"""Structure: settled blocks become the Document — divisions in divisions, each with what opens it, holds it and closes it."""

from tei_pipeline.structure.document import build

__all__ = ["build"]
