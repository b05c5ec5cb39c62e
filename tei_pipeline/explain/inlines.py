"""Why something stands inside a paragraph, where no decision was noted on it: the reason of the rule that makes such nodes."""

from __future__ import annotations

from tei_pipeline import model
from tei_pipeline.inline import marks
from tei_pipeline.inline.quotes import quoted

_RULES: dict[type, tuple[object, str]] = {
    model.Reference: (marks, "references"),
    model.Surplus: (marks, "residue"),
    model.Correction: (marks, "mends"),
    model.Stage: (marks, "directions"),
    model.Reaction: (marks, "bracketed"),
    model.Bibl: (marks, "bracketed"),
    model.Cited: (marks, "bracketed"),
    model.Link: (marks, "crossed"),
    model.Date: (marks, "dated"),
    model.Highlight: (marks, "emphasised"),
    model.Quoted: (quoted, "quoted"),
}
_OTHER: dict[type, str] = {
    model.SoftHyphen: "the book writes the word without the hyphen elsewhere",
    model.Field: "a part of the reference to literature around it",
}


def inline_reason(kind: type) -> str:
    """The reason for nodes of that class, as the rule's docstring gives it; empty for nodes that need none."""
    if kind not in _RULES:
        return _OTHER.get(kind, "")
    module, name = _RULES[kind]
    rule = getattr(module, name)
    return " ".join((rule.__doc__ or "").partition("\n\n")[0].split())
