"""Blocks become nodes of the Document: one module for each family of nodes, the :class:`Weaver` calls them."""

from tei_pipeline.nodes.weaver import Weaver

__all__ = ["Weaver"]
