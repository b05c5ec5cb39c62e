"""What a text says of itself: title and author from its title page or its library's heading, and the language that its words are in.

All of it is a guess until an editor's sidecar says it; what cannot be told stays empty, and the header says that it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tei_pipeline.layout import Layout
from tei_pipeline.library import library_fields
from tei_pipeline.model import Document, Metadata, TitlePage, TitlePart
from tei_pipeline.outline import words_of
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

MOST_WORDS = 7  # of a name with its titles: "His Grace the Lord Bishop of Marl"
_END_OF_NAME = seldom(r"[,;:\[(*]|\s[—–-]|\.\s*$")
_CERTAIN, _LIKELY = 0.8, 0.5  # of the guess of the language, see tei_pipeline.language.guess


def found_metadata(document: Document, layout: Layout) -> Metadata:
    """What was found; ``guessed`` names every field of it. The language is found only where nobody said it."""
    page, library = _title_page(document, layout), library_fields(layout.front_matter[0], layout.language)
    if "title" in library:
        page.pop("subtitle", None)
    known = page | library
    values: dict[str, str | tuple[str, ...]] = {key: value for key, value in known.items() if value}
    if layout.language.code != "und" and (sure := layout.guessed_language):
        certainty = "high" if sure >= _CERTAIN else "medium" if sure >= _LIKELY else "low"
        values |= {"language": layout.language.code, "language_certainty": certainty}
    return Metadata(**values, guessed=frozenset(values))  # type: ignore[arg-type]


def _title_page(document: Document, layout: Layout) -> dict[str, str | tuple[str, ...]]:
    """The main title, the subtitle, and who is named with a word for authors or editors."""
    page = next((part for part in document.front if isinstance(part, TitlePage)), None)
    if page is None:
        return {}
    lines = [(part.type, words_of(part.content).strip("_*= ")) for part in page.parts if isinstance(part, TitlePart)]
    main = next((text for kind, text in lines if kind == "main"), "")
    sub = next((text for kind, text in lines if kind == "sub"), "")
    found: dict[str, str | tuple[str, ...]] = {"title": main, "subtitle": sub if main else ""}
    for role, name in _named([text for kind, text in lines if kind == "byline"], layout):
        found.setdefault(role, (name,))
    return found


def _named(lines: Sequence[str], layout: Layout) -> Iterator[tuple[str, str]]:
    """Role and name of each byline; the name may stand in the line below its "by"."""
    role = ""
    for line in lines:
        form = words(layout.language).byline.match(line)
        name = line[form.end :] if form is not None else line
        if form is not None:
            role = layout.language.bylines.get(form.value, "")
        name = _END_OF_NAME.split(name.strip("_*. \n"), 1)[0].strip("_*. ")
        if name and role in ("author", "editor") and name[0].isupper() and len(name.split()) <= MOST_WORDS:
            yield role, name
        if name:
            role = ""
