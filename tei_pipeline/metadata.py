"""What is known of the book and of its edition: the values that the header states and that library records are made from."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

AUTHORITIES: Mapping[str, str] = {
    "viaf": "https://viaf.org/viaf/",
    "gnd": "https://d-nb.info/gnd/",
    "orcid": "https://orcid.org/",
    "isni": "https://isni.org/isni/",
    "lcnaf": "http://id.loc.gov/authorities/names/",
    "wikidata": "http://www.wikidata.org/entity/",
}
"""Files of names that libraries keep, by the key of the sidecar: what stands before a number there to make its address."""


class Contributor(Struct, frozen=True):
    """Somebody with a part in the book that is neither author's nor editor's: ``role`` in a word (translator, illustrator)."""

    name: str
    role: str


class Subject(Struct, frozen=True):
    """What the book is about: a term, the list that it is taken from (a name or an address), and its address there."""

    term: str
    scheme: str = ""
    uri: str = ""


class Work(Struct, frozen=True):
    """What is known of one work of a volume. ``heading``: the words of its heading, the ``occurrence``-th (from 1) that has them.

    ``key`` is that of its division once it is found, ``line`` the sidecar's.
    """

    heading: str
    occurrence: int = 1
    title: str = ""
    author: tuple[str, ...] = ()
    date: str = ""
    publisher: str = ""
    place: str = ""
    language: str = ""
    identifier: str = ""
    note: str = ""
    key: str | None = None
    line: int | None = None


class Metadata(Struct, frozen=True):
    """What is known of the book, from the sidecar, or the text itself (``guessed`` names those fields). Empty means unknown.

    ``imprint_…`` are of the printed source, the rest is of the edition. ``identifiers``: (kind, value). ``languages``: those beside
    ``language``. ``authorities``: the addresses of persons and bodies in files of names, by the name as it is given.
    ``revisions``: (when, who, what).
    """

    title: str = ""
    subtitle: str = ""
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    date: str = ""
    publisher: str = ""
    licence: str = ""
    identifier: str = ""
    language: str = ""
    language_certainty: str = ""
    imprint_title: str = ""
    imprint_publisher: str = ""
    imprint_place: str = ""
    imprint_date: str = ""
    source_note: str = ""
    revisions: tuple[tuple[str, str, str], ...] = ()
    guessed: frozenset[str] = field(default_factory=frozenset)
    licence_url: str = ""
    imprint_author: tuple[str, ...] = ()
    short_title: str = ""
    alternative_title: tuple[str, ...] = ()
    series: str = ""
    volume: str = ""
    place: str = ""
    contributors: tuple[Contributor, ...] = ()
    funders: tuple[str, ...] = ()
    encoders: tuple[str, ...] = ()
    rights: str = ""
    rights_url: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    description: str = ""
    imprint_editor: tuple[str, ...] = ()
    imprint_edition: str = ""
    imprint_series: str = ""
    imprint_volume: str = ""
    imprint_extent: str = ""
    imprint_identifiers: tuple[tuple[str, str], ...] = ()
    works: tuple[Work, ...] = ()
    authorities: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def addresses(self, name: str) -> tuple[str, ...]:
        """The addresses of a person or body in files of names."""
        return dict(self.authorities).get(name, ())
