"""Blocks: what the rules propose and the settling passes settle, line by line, before it becomes a tree.

A block is a run of lines of one kind. Blocks partition the lines of the source: none lost, none twice. What encloses
several blocks (a note, a quotation, a list, a speech) stands on each of them as a :class:`Container`: blocks that lie
side by side and share a container belong to the same note, quotation, list or speech.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import force_setattr

from tei_pipeline.decisions import Decision
from tei_pipeline.rows import Row

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


class Container(Struct, frozen=True):
    """What encloses blocks: ``kind`` (note, quotation, list, item, speech, letter, epigraph …), ``key`` its first line's index.

    ``n`` is the printed siglum, marker or speaker without its points; ``label`` the length of the printed label at the
    front of its first line, in characters of that line's stripped text.
    """

    kind: str
    key: int
    n: str = ""
    label: int = 0
    place: str = ""


class Facts(Struct, frozen=True):
    """Small typed data of a block; what a field means depends on the kind.

    ``level`` and ``division`` of a heading (1 is the outermost), ``n`` its printed number, ``number`` the same as a
    figure, ``label`` the length of the label at the front of the first line, ``type`` a finer kind. ``over`` and ``over_number``: the
    division, and its number, that the same line begins around this one (ACT I. SCENE I.).
    """

    level: int = 0
    division: str = ""
    n: str = ""
    number: int = 0
    label: int = 0
    type: str = ""
    over: str = ""
    over_number: int = 0


NO_FACTS = Facts()

BY_SETTING = frozenset(("capitals", "title"))  # types of headings that nothing but their setting shows: no name, no number
BETWEEN = frozenset(("furniture", "ornament", "illustration"))
"""Kinds that may stand between two blocks that belong together: what a page, a printer or an artist put there."""


class Match(Struct, frozen=True):
    """What a rule proposes: ``kind`` for the rows up to ``end`` (exclusive), with evidence and confidence (0 to 1).

    A match with a ``container`` or ``parts`` (first row, end, container each) opens them; their rows then go through the
    table again, with the layout of those rows.
    """

    kind: str
    end: int
    evidence: str
    confidence: float = 0.9
    facts: Facts = NO_FACTS
    container: Container | None = None
    parts: tuple[tuple[int, int, Container], ...] = ()


class Block(Struct, frozen=True):
    """A run of source lines of one kind: ``first`` and ``end`` are indices into ``Source.lines``, blank lines after it included.

    ``rows`` are its printed lines. ``joins``: it continues the node of the block before it (past page furniture or a note).
    """

    kind: str
    first: int
    end: int
    rows: tuple[Row, ...]
    decisions: tuple[Decision, ...]
    facts: Facts = NO_FACTS
    within: tuple[Container, ...] = ()
    joins: bool = False
    alternatives: tuple[tuple[str, str, float], ...] = ()

    @property
    def text(self) -> str:
        """The printed words, lines joined by a space."""
        return " ".join([row.text for row in self.rows])

    @property
    def why(self) -> Decision:
        """The last decision: the one that stands."""
        return self.decisions[-1]


def is_note(block: Block) -> bool:
    """Whether a block stands in a note that stands in nothing else."""
    return bool(block.within) and block.within[0].kind == "note"


def is_set_in(block: Block) -> bool:
    """Whether nothing but a quotation encloses a block: lines set in from the margin are taken for one."""
    return len(block.within) == 1 and block.within[0].kind == "quotation"


def is_spoken(block: Block) -> bool:
    """Whether a block belongs to what somebody says."""
    return any(container.kind == "speech" for container in block.within)


Rows = Sequence[Row]
Matcher = Callable[[Rows, int, "Layout"], Match | None]


class Rule(Struct, frozen=True):
    """A row of the rule table: a stable name and a pure function; the first line of its docstring is its reason.

    ``short``: it finds nothing where two full lines of running text begin, and is not asked there.
    """

    name: str
    match: Matcher
    short: bool = False
    reason: str = field(default="")

    def __post_init__(self) -> None:
        paragraph = (self.match.__doc__ or "").strip().split("\n\n")[0]
        force_setattr(self, "reason", self.reason or " ".join(paragraph.split()))
