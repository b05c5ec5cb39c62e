"""The header: what it states is true of the file, and what is unknown is said to be unknown."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline import tei
from tei_pipeline.metadata import Contributor, Subject, Work
from tests.documents import make_source
from tests.written import TEI, document, in_header, paragraph, text, written

NAMESPACES = {"t": "http://www.tei-c.org/ns/1.0"}


def found(whole: m.Document, path: str) -> Any:
    """What an XPath finds in the header of the document."""
    return written(whole).tree.xpath(f"/t:TEI/t:teiHeader{path}", namespaces=NAMESPACES)


def unindented(xml: str) -> str:
    """XML without the white space between its tags."""
    return re.sub(r">\s+<", "><", xml)


def test_what_is_unknown_is_said_to_be_unknown() -> None:
    whole = document(paragraph("a"), source=make_source(name="The Mill, vol. 2"))

    assert unindented(in_header(whole, "publicationStmt")) == unindented(
        '<publicationStmt> <publisher>unknown</publisher> <date>unknown</date> <idno type="file">The Mill, vol. 2</idno> '
        '<availability status="unknown"> <p>Under what licence the text may be used is unknown.</p> </availability> </publicationStmt>'
    )
    assert found(whole, "//t:titleStmt/t:title/text()") == ["The Mill, vol. 2"]
    assert found(whole, "//t:titleStmt/t:author/text()") == ["unknown"]
    assert found(whole, "//t:language/@ident") == ["und"]
    assert found(whole, "//t:bibl[@type='book']/text()") == ["The printed source of the text file is unknown."]


def test_what_is_known_is_stated() -> None:
    known = m.Metadata(
        title="The Mill",
        subtitle="A Tale",
        author=("Ann Miller",),
        editor=("E. Ditor",),
        date="2020-05",
        publisher="A Library",
        licence="CC0",
        licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
        identifier="mill-1",
        language="en",
        imprint_title="The Mill, a Tale",
        imprint_author=("A. M.",),
        imprint_place="Hull",
        imprint_date="1901",
        source_note="Copied by hand.",
    )
    whole = document(paragraph("a"), metadata=known)

    assert found(whole, "//t:titleStmt/t:title/text()") == ["The Mill", "A Tale"]
    assert found(whole, "//t:titleStmt/*[self::t:author or self::t:editor]/text()") == ["Ann Miller", "E. Ditor"]
    assert found(whole, "//t:publicationStmt/t:date/@when") == ["2020-05"]
    assert found(whole, "//t:licence/@target") == ["https://creativecommons.org/publicdomain/zero/1.0/"]
    assert found(whole, "//t:idno[@type='identifier']/text()") == ["mill-1"]
    assert found(whole, "//t:monogr/*[not(*)]/text()") == ["A. M.", "The Mill, a Tale"]
    assert found(whole, "//t:imprint/*/text()") == ["Hull", "unknown", "1901"]
    assert found(whole, "//t:biblStruct/t:note/text()") == ["Copied by hand."]
    assert written(whole).tree.get("{http://www.w3.org/XML/1998/namespace}id") == "mill-1"


def test_the_language_of_text_and_header() -> None:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    root = written(document(paragraph("a"), metadata=m.Metadata(language="fr"))).tree

    assert [child.get(lang) for child in root] == ["en", "fr"]


def test_a_guess_says_that_it_is_one() -> None:
    known = m.Metadata(title="The Mill", language="en", language_certainty="medium", guessed=frozenset({"title", "language"}))
    whole = document(paragraph("a"), metadata=known)

    assert found(whole, "//t:language[@ident='en']/@cert") == ["medium"]
    assert found(whole, "//t:titleStmt/t:title/@resp") == ["#software"]


def test_the_source_is_named_with_its_hash_and_extent() -> None:
    source = make_source("One two\nthree.\n")
    whole = document(paragraph("a"), source=source)

    assert found(whole, "//t:idno[@type='sha256']/text()") == [source.sha256]
    assert found(whole, "//t:extent/t:measure/@quantity") == ["3", "15"]


def test_elements_of_the_text_are_counted() -> None:
    whole = document(m.Stanza((m.VerseLine(text("a")), m.VerseLine(text("b")))), paragraph("c"))

    counts = {usage.get("gi"): int(usage.get("occurs")) for usage in found(whole, "//t:tagUsage")}

    assert counts == {"text": 1, "body": 1, "lg": 1, "l": 2, "p": 1}


def test_the_declarations_speak_of_what_the_text_holds() -> None:
    plain = document(paragraph("a"))
    rich = document(
        m.Paragraph((m.Correction(text("a"), "b"), m.Furniture("header", text("c")), m.Text("re"), m.SoftHyphen(), m.Text("do")))
    )

    assert "Nothing is corrected:" in in_header(plain, "correction")
    assert "given as printed" in in_header(rich, "correction")
    assert "All hyphens stand as printed" in in_header(plain, "hyphenation")
    assert "kept as pc" in in_header(rich, "hyphenation")
    assert found(plain, "//t:rendition") == []
    assert found(rich, "//t:rendition/@selector") == ["hi > metamark, fw, surplus"]
    assert ["fw for running heads" in beyond.text for beyond in found(rich, "//t:editorialDecl/t:p")] == [True]
    assert found(plain, "//t:editorialDecl/t:p") == []


def test_places_are_cited_by_type_and_depth() -> None:
    section = m.Division("section", "1", blocks=(paragraph("a"), m.Stanza(())))
    works = m.Division(
        "body", "", divisions=(m.Division("work", "1", divisions=(section,)), m.Division("work", "2", blocks=(paragraph("b"),)))
    )
    preface = m.Division("preface", "preface")

    assert unindented(in_header(document(body=works, front=(preface,)), "refsDecl")) == unindented(
        """<refsDecl>
        <citeStructure unit="work" match="/TEI/text/body/div[@type='work']" use="@n">
          <citeData property="http://purl.org/dc/terms/title" use="head"/>
          <citeStructure unit="section" match="div[@type='section']" use="@n" delim=".">
            <citeData property="http://purl.org/dc/terms/title" use="head"/>
            <citeStructure unit="paragraph" match="p" use="position()" delim=":p"/>
            <citeStructure unit="line" match="lg/l" use="position()" delim=":l"/>
          </citeStructure>
          <citeStructure unit="paragraph" match="p" use="position()" delim=":p"/>
        </citeStructure>
        <citeStructure unit="preface" match="/TEI/text/front/div[@type='preface']" use="@n">
          <citeData property="http://purl.org/dc/terms/title" use="head"/>
        </citeStructure>
        </refsDecl>"""
    )


def test_every_citation_level_finds_its_divisions() -> None:
    section = m.Division("section", "1", blocks=(paragraph("a"),))
    works = m.Division("body", "", divisions=(m.Division("work", "1", divisions=(section, section)),))
    root = written(document(body=works)).tree

    def count(structure: etree._Element, base: list[etree._Element]) -> dict[str, int]:
        path = re.sub(r"(?<![@\w'.-])([A-Za-z]+)(?![\w(']|='|\])", r"t:\1", structure.get("match", ""))
        find: Any = etree.XPath(path, namespaces=NAMESPACES)
        hits = [hit for node in base for hit in find(node)]
        below = [count(child, hits) for child in structure.iterchildren(TEI + "citeStructure")]
        return {structure.get("unit", ""): len(hits)} | {unit: number for each in below for unit, number in each.items()}

    declared = root.find(f".//{TEI}refsDecl")
    assert declared is not None
    assert count(declared[0], [root]) == {"work": 1, "section": 2, "paragraph": 2}


def test_speakers_are_described_once() -> None:
    people = (m.Person("a", "Anna"), m.Person("q", "FIRST QUESTION", "role"), m.Person("v", "Voices", "group"), m.Person("a", "Anna"))
    speech = m.Speech(text("ANNA"), (paragraph("Yes."),), who=("a", "v"))
    whole = document(speech, persons=people)

    assert unindented(in_header(whole, "listPerson")) == unindented(
        '<listPerson> <person xml:id="pers01"> <persName>Anna</persName> </person> <person role="first-question" xml:id="pers02"/> '
        '<personGrp xml:id="pers03"> <persName>Voices</persName> </personGrp> </listPerson>'
    )
    assert written(whole).tree.xpath("//t:sp/@who", namespaces=NAMESPACES) == ["#pers01 #pers03"]


def test_letters_have_a_sender_and_a_date() -> None:
    dateline = m.Part("dateline", (m.Text("Hull, "), m.Date(text("May 1, 1901"), "1901-05-01")))
    reference = m.Reference("1", text("1"), "r")
    letter = m.Division(
        "letter", "1", (m.Opener((dateline,)),), (paragraph("So."),), (), (m.Closer((m.Part("signed", (m.Text("J. M."), reference)),)),)
    )
    bare = m.Division("letter", "2", blocks=(paragraph("So."),))

    assert found(document(body=m.Division("body", "", divisions=(letter, bare))), "//t:correspDesc/@corresp") == ["#letter01"]
    assert unindented(in_header(document(body=m.Division("body", "", divisions=(letter,))), "correspAction")) == unindented(
        '<correspAction type="sent"> <persName>J. M.</persName> <date when="1901-05-01"/> </correspAction>'
    )


def test_a_compliment_is_no_name() -> None:
    def sender(*lines: str) -> Any:
        closer = m.Closer(tuple(m.Part("signed", text(line)) for line in lines))
        letter = m.FloatingText("letter", (), (paragraph("So."),), (closer,))
        return found(document(letter), "//t:correspAction/t:persName/text()")

    assert sender("Your obedient servant, J. Mill") == []
    assert sender("Your obedient servant,", "Johann von der Mühle") == ["Johann von der Mühle"]
    assert sender("J. van Tarn,") == ["J. van Tarn"]  # what he was stands below


def test_kinds_of_text_are_keywords() -> None:
    body = m.Division("body", "", divisions=(m.Division("speech", "1"), m.Division("letter", "2"), m.Division("section", "3")))

    assert found(document(body=body), "//t:keywords/t:term/text()") == ["letter", "speech"]
    assert found(document(paragraph("a")), "//t:textClass") == []


def test_revisions_come_from_the_editor_alone() -> None:
    revised = m.Metadata(revisions=(("2020-01-31", "A. Editor", "two headings"), ("last spring", "", "notes")))

    assert found(document(paragraph("a")), "/t:revisionDesc") == []
    assert unindented(in_header(document(paragraph("a"), metadata=revised), "revisionDesc")) == unindented(
        '<revisionDesc> <change when="2020-01-31"><name>A. Editor</name>: two headings</change> '
        "<change>notes (last spring)</change> </revisionDesc>"
    )


def test_the_version_of_the_program_is_stated_as_far_as_tei_can_hold_it() -> None:
    whole = document(paragraph("a"))
    root = tei.write(whole, version="1.2.3.dev4+g12ab").tree

    assert root.xpath("//t:application/@version", namespaces=NAMESPACES) == ["1.2.3"]
    assert root.xpath("//t:application/t:label/text()", namespaces=NAMESPACES) == ["tei-pipeline 1.2.3.dev4+g12ab"]


FULL = m.Metadata(
    title="The Mill",
    short_title="Mill",
    alternative_title=("Grist",),
    author=("Ann Miller",),
    editor=("E. Ditor",),
    contributors=(Contributor("T. Ranslator", "translator"),),
    publisher="A Library",
    place="Leeds",
    date="2020",
    identifier="mill-1",
    identifiers=(("DOI", "10.1/2"), ("ISBN", "3-16")),
    series="Mills",
    volume="3",
    funders=("The Water Board",),
    encoders=("E. Ncoder",),
    licence="CC0",
    rights="No copyright.",
    rights_url="http://rightsstatements.org/vocab/NoC-NC/1.0/",
    language="en",
    languages=("la",),
    subjects=(Subject("Mills"), Subject("Flour", "LCSH", "http://id.loc.gov/authorities/subjects/sh1")),
    description="A tale of a mill.",
    imprint_place="Hull",
    imprint_edition="Second edition",
    imprint_volume="2",
    imprint_series="Tales",
    imprint_extent="xii, 340 pages",
    imprint_identifiers=(("OCLC", "77"),),
    works=(Work("PART ONE", title="The Wheel", author=("Ann Miller",), date="1899", language="en", key="one"), Work("LOST")),
    authorities=(("Ann Miller", ("https://viaf.org/viaf/1", "https://d-nb.info/gnd/118540238")),),
)


def test_names_carry_their_addresses_and_library_data_their_places() -> None:
    part = m.Division("part", "1", (m.Heading(text("PART ONE")),), (paragraph("a"),), key="one")
    whole = document(metadata=FULL, body=m.Division("body", "", divisions=(part,)))

    def texts(path: str) -> list[str]:
        return [str(value) for value in found(whole, path)]

    both = "https://viaf.org/viaf/1 https://d-nb.info/gnd/118540238"
    assert texts("//t:titleStmt/t:title/@type") == ["main", "short", "alt"]
    assert texts("//t:author/@ref") == [both, both, both]  # of the edition, the printed book, the work
    assert texts("//t:editor[@role='translator']/text()") == ["T. Ranslator"]
    assert texts("//t:funder/text()") == ["The Water Board"]
    assert texts("//t:respStmt[t:resp='encoding']/t:name/text()") == ["E. Ncoder"]
    assert texts("//t:publicationStmt/*[self::t:pubPlace or self::t:idno]/text()") == ["Leeds", "mill-1", "10.1/2", "3-16"]
    assert texts("//t:seriesStmt/*/text()") == ["Mills", "3"]
    assert texts("//t:availability/t:p/t:ref/@target") == ["http://rightsstatements.org/vocab/NoC-NC/1.0/"]
    assert texts("//t:language/@ident") == ["en", "la"]
    assert texts("//t:keywords[@n='LCSH']/t:term/@ref") == ["http://id.loc.gov/authorities/subjects/sh1"]
    assert texts("//t:keywords[not(@n)]/t:term/text()") == ["Mills"]
    assert texts("//t:abstract/t:p/text()") == ["A tale of a mill."]
    assert texts("//t:monogr/*[not(*)]/text()") == ["Ann Miller", "The Mill", "77", "Second edition", "2", "xii, 340 pages"]
    assert texts("//t:biblStruct/t:series/t:title/text()") == ["Tales"]
    assert texts("//t:listBibl[@type='works']/t:bibl/@corresp") == ["#part01"]
    assert texts("//t:listBibl[@type='works']/t:bibl/*/text()") == ["Ann Miller", "The Wheel", "1899"]
