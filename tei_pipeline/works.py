"""The works of a volume: what the sidecar says of each, joined to its division by the words of its heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.metadata import Work
from tei_pipeline.model import Division, Document


def join_works(document: Document, label: str) -> tuple[Document, tuple[Problem, ...]]:
    """The document whose works know the keys of their divisions, and whose divisions the languages of their works.

    ``label`` is how messages call the sidecar. A work whose heading no division has is an error.
    """
    works = document.metadata.works
    if not works:
        return document, ()
    divisions = [division for part in (*document.front, document.body, *document.back) for division in _walk(part)]
    titles = [(_squeezed(division.title), division.key) for division in divisions if division.key and division.title]
    joined: list[Work] = []
    problems: list[Problem] = []
    for work in works:
        wanted = _squeezed(work.heading)
        found = [key for title, key in titles if title.startswith(wanted)]
        if len(found) < work.occurrence:
            message = f"metadata.works: {len(found) or 'no'} heading{'s' * (len(found) != 1)} of the edition begin{'s' * (len(found) == 1)}"
            message += f' with "{printable(work.heading)}"; give the words as they are printed'
            problems.append(Problem("error", "work-not-found", message, work.line, label, label))
        else:
            joined.append(replace(work, key=found[work.occurrence - 1]))
    languages = {work.key: work.language for work in joined if work.key and work.language}
    metadata = replace(document.metadata, works=tuple(joined))
    if not languages:
        return replace(document, metadata=metadata), tuple(problems)
    return (
        replace(
            document,
            metadata=metadata,
            front=tuple(_told(part, languages) if isinstance(part, Division) else part for part in document.front),
            body=_told(document.body, languages),
            back=tuple(_told(part, languages) if isinstance(part, Division) else part for part in document.back),
        ),
        tuple(problems),
    )


def _walk(part: object) -> Iterator[Division]:
    if isinstance(part, Division):
        yield part
        for inner in part.divisions:
            yield from _walk(inner)


def _told(division: Division, languages: Mapping[str, str]) -> Division:
    """The division with the languages of the works in it."""
    inner = tuple(_told(part, languages) if isinstance(part, Division) else part for part in division.divisions)
    return replace(division, divisions=inner, lang=languages.get(division.key or "", division.lang))


def _squeezed(words: str) -> str:
    return "".join(words.split())
