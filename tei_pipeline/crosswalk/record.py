"""What a TEI header says of an edition, as one value; every description (Dublin Core, MODS, DataCite, MARC) is written from it.

Empty means that the header does not say it, or says that it is unknown.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from tei_pipeline.metadata import Subject

AUTHOR, EDITOR, FUNDER, CONTRIBUTOR = "aut", "edt", "fnd", "ctb"


class Identifier(Struct, frozen=True):
    """An identifier: ``type`` in small letters (``doi``, ``isbn``, ``viaf``, ``uri``; ``local`` for one of no known system).

    ``uri`` is its address, where the system gives one to each of its identifiers.
    """

    type: str
    value: str
    uri: str = ""


class Agent(Struct, frozen=True):
    """Somebody with a part in the edition: ``role`` is a MARC relator code, ``duty`` what the header calls it in words."""

    name: str
    role: str = CONTRIBUTOR
    duty: str = ""
    kind: Literal["personal", "corporate", ""] = ""
    family: str = ""
    given: str = ""
    identifiers: tuple[Identifier, ...] = ()


class Language(Struct, frozen=True):
    """A language tag (BCP 47), and whether it was only guessed."""

    tag: str
    guessed: bool = False


class Licence(Struct, frozen=True):
    """Terms of use, in words and by their address."""

    text: str
    uri: str = ""


class Funding(Struct, frozen=True):
    """Who paid for it, and under what number."""

    funder: Agent
    award: str = ""


class Publication(Struct, frozen=True):
    """Where, by whom and when something was published. ``date`` is the form for people, ``when`` that of ISO 8601 if it is known."""

    place: str = ""
    publisher: str = ""
    date: str = ""
    when: str = ""
    publisher_identifiers: tuple[Identifier, ...] = ()

    @property
    def year(self) -> str:
        """The year in four figures, or nothing."""
        for form in (self.when, self.date):
            if len(form) >= 4 and form[:4].isdecimal() and not form[4:5].isdecimal():
                return form[:4]
        return ""


class Series(Struct, frozen=True):
    """A series, the place of the edition in it, and its identifiers."""

    title: str
    volume: str = ""
    identifiers: tuple[Identifier, ...] = ()


class Book(Struct, frozen=True):
    """A printed book that the text was taken from, or one of the works in it."""

    title: str = ""
    agents: tuple[Agent, ...] = ()
    publication: Publication = field(default_factory=Publication)
    edition: str = ""
    extent: str = ""
    volume: str = ""
    series: Series | None = None
    identifiers: tuple[Identifier, ...] = ()
    note: str = ""


class SourceFile(Struct, frozen=True):
    """A file that the edition was made from, known by its SHA-256."""

    name: str
    sha256: str = ""
    extent: str = ""


class Change(Struct, frozen=True):
    """One entry of the history of the edition; ``when`` is a date of ISO 8601 or empty."""

    when: str
    who: str
    what: str


class Record(Struct, frozen=True):
    """The description of one edition. ``guessed`` names what software found in the text and nobody confirmed."""

    title: str = ""
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    title_language: str = ""
    agents: tuple[Agent, ...] = ()
    funding: tuple[Funding, ...] = ()
    publication: Publication = field(default_factory=Publication)
    edition: str = ""
    series: tuple[Series, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    languages: tuple[Language, ...] = ()
    extent: tuple[str, ...] = ()
    licences: tuple[Licence, ...] = ()
    genres: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    abstract: str = ""
    notes: tuple[str, ...] = ()
    created: Publication = field(default_factory=Publication)
    books: tuple[Book, ...] = ()
    works: tuple[Book, ...] = ()
    files: tuple[SourceFile, ...] = ()
    software: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    guessed: tuple[str, ...] = ()

    @property
    def full_title(self) -> str:
        """Title and subtitle, as a catalogue joins them."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def authors(self) -> tuple[Agent, ...]:
        """Those who wrote the text."""
        return tuple(agent for agent in self.agents if agent.role == AUTHOR)

    @property
    def contributors(self) -> tuple[Agent, ...]:
        """All others with a part in it."""
        return tuple(agent for agent in self.agents if agent.role != AUTHOR)

    @property
    def date(self) -> str:
        """The last date of the history, else that of publication: a full date of ISO 8601, or nothing."""
        dates = [change.when for change in self.changes] + [self.publication.when]
        return max((date for date in dates if len(date) == len("2024-01-31")), default="")
