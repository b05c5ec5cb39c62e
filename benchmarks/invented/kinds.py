"""The kinds of books that can be invented, by name."""

from __future__ import annotations

from benchmarks.invented.book import Book
from benchmarks.invented.collection import Collection
from benchmarks.invented.debate import Debate
from benchmarks.invented.diary import Diary
from benchmarks.invented.foreign import Foreign
from benchmarks.invented.learned import Learned
from benchmarks.invented.letters import Letters
from benchmarks.invented.play import Play
from benchmarks.invented.prose import Prose
from benchmarks.invented.verse import Verse

KINDS: dict[str, type[Book]] = {
    "prose": Prose,
    "foreign": Foreign,
    "collection": Collection,
    "learned": Learned,
    "play": Play,
    "verse": Verse,
    "letters": Letters,
    "diary": Diary,
    "debate": Debate,
}
