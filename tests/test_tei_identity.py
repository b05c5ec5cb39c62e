"""Identifiers come from structure and order, are the same on every run, and stay when something is inserted after them."""

from __future__ import annotations

from collections.abc import Iterable

from tei_pipeline import model as m
from tei_pipeline import tei
from tei_pipeline.tei.identity import Scope
from tests.documents import make_source
from tests.written import TEI, document, paragraph, text, written

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def identifiers(whole: m.Document, *names: str) -> list[str]:
    """The identifiers of all elements of these names in the text, in their order."""
    held = written(whole).tree.find(TEI + "text")
    assert held is not None
    return [element.get(XML_ID, "") for element in held.iter(*(TEI + name for name in names))]


def body(*divisions: m.Division, blocks: Iterable[m.Paragraph] = ()) -> m.Document:
    return document(body=m.Division("body", "", blocks=tuple(blocks), divisions=divisions))


def test_an_identifier_is_the_path_to_its_element() -> None:
    section = m.Division("section", "1", blocks=(m.Quotation((paragraph("a"), paragraph("b"))), paragraph("c")))
    whole = body(m.Division("volume", "1", divisions=(m.Division("work", "1"), m.Division("work", "2", divisions=(section,)))))

    assert identifiers(whole, "div") == ["v01", "v01-w01", "v01-w02", "v01-w02-s01"]
    assert identifiers(whole, "p") == ["v01-w02-s01-q01-p001", "v01-w02-s01-q01-p002", "v01-w02-s01-p001"]


def test_notes_and_references_are_numbered_through_their_work() -> None:
    def section(number: str) -> m.Division:
        return m.Division("section", number, blocks=(m.Paragraph((m.Reference(number, text(number), f"r{number}"),)),))

    notes = m.Division("notes", "notes", blocks=tuple(m.Note(f"n{number}", None, "end", ()) for number in "12"))
    whole = body(m.Division("work", "1", divisions=(section("1"), section("2"), notes)), m.Division("chapter", "2", divisions=(notes,)))

    assert identifiers(whole, "ref") == ["w01-r01", "w01-r02"]
    assert identifiers(whole, "note") == ["w01-n01", "w01-n02", "c01-n01", "c01-n02"]


def test_front_and_back_have_paths_of_their_own() -> None:
    preface = m.Division("preface", "preface", blocks=(paragraph("a"),))
    whole = document(paragraph("b"), front=(preface,), back=(m.Division("index", "index"),))

    assert identifiers(whole, "div") == ["front-preface01", "back-index01"]
    assert identifiers(whole, "p") == ["front-preface01-p001", "p001"]


def test_an_insertion_changes_only_what_comes_after_it_in_its_division() -> None:
    def whole(*first: str) -> m.Document:
        works = (m.Division("work", str(n), blocks=tuple(map(paragraph, words))) for n, words in ((1, first), (2, ("d", "e"))))
        return body(*works)

    before, after = (
        {element.text: element.get(XML_ID) for element in written(each).tree.iter(TEI + "p") if len(element.text or "") == 1}
        for each in (whole("a", "b"), whole("a", "x", "b"))
    )

    assert {word: identifier for word, identifier in before.items() if after[word] != identifier} == {"b": "w01-p002"}


def test_the_root_is_named_after_the_identifier_or_the_file() -> None:
    def name(identifier: str, file: str) -> str | None:
        whole = document(paragraph("a"), source=make_source(name=file), metadata=m.Metadata(identifier=identifier))
        return written(whole).tree.get(XML_ID)

    assert name("Mill 1/a", "x.txt") == "Mill-1-a"
    assert name("", "folder/Über das Öl.txt") == "Uber-das-Ol"
    assert name("", "vol. 2.1") == "vol.-2.1"
    assert name("", "1984.txt") == "tei-1984"
    assert name("", "\u4e2d\u6587.txt") == "tei"
    assert name("", "software.txt") == "tei-software"
    assert name("", "p001.txt") == "tei-p001"
    assert name("", "p002.txt") == "p002"


def test_a_key_that_points_nowhere_gives_no_pointer_and_a_problem() -> None:
    whole = document(m.Paragraph((m.Link(text("see p. 3"), "nowhere"),)))

    result = written(whole)

    assert [problem.code for problem in result.problems] == ["dangling-key"]
    assert next(result.tree.iter(TEI + "ref")).keys() == []


def test_a_key_that_is_used_twice_means_the_first() -> None:
    twice = (m.Paragraph(text("a"), key="k"), m.Paragraph(text("b"), key="k"))

    result = written(document(*twice, m.Paragraph((m.Link(text("c"), "k"),))))

    assert [problem.code for problem in result.problems] == ["duplicate-key"]
    assert next(result.tree.iter(TEI + "ref")).get("target") == "#p001"


def test_orphans_have_no_target_and_are_no_problem_of_the_writer() -> None:
    whole = document(m.Paragraph((m.Reference("1", text("1"), "r"),)), m.Note("n", "2", "end", ()))

    result = written(whole)

    assert [element.get("target") for element in result.tree.iter(TEI + "ref", TEI + "note") if element.get("n")] == [None, None]
    assert result.problems == ()


def test_every_element_comes_with_the_node_that_it_stands_for() -> None:
    inner = m.Quoted(text("“b”"))
    block = m.Paragraph((m.Text("a "), inner))
    whole = document(block)

    origins = tei.write(whole, version="1.0").origins

    assert [(element.tag.removeprefix(TEI), node) for element, node in origins] == [("body", whole.body), ("p", block), ("q", inner)]


def test_a_scope_counts_each_kind_for_itself() -> None:
    scope = Scope("w03-")

    assert [scope.number(code) for code in ("p", "q", "p")] == ["w03-p001", "w03-q01", "w03-p002"]
    assert scope.inside("w03-q01").number("p") == "w03-q01-p001"
    assert scope.division("section")[0] == "w03-s01"
    assert scope.division("a type of one's own")[0] == "w03-div01"
