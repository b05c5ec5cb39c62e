"""A proposal of a mend: a damaged form in the plain spelling of the vocabulary, and what it is likely to mean."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class Proposal(Struct, frozen=True):
    """``form`` should read ``meant``.

    ``proof``: the form can be nothing but damage, and so shows that the book is damaged. ``near``: it is damage only beside other
    damage. ``context`` is asked for each place (plain text, start, end); ``places`` are the only ones if they are known. ``cert`` is
    ``high`` or ``medium``. ``small``: not where a capital shows a name. ``after``:
    the word before it, behind which the book shows whether it has a capital.
    """

    form: str
    meant: str
    rule: str
    evidence: str
    cert: str = "high"
    proof: bool = False
    near: bool = False
    context: Callable[[str, int, int], bool] | None = None
    places: tuple[int, ...] | None = None
    small: bool = False
    after: str = ""
