"""The header in the languages of catalogues: what is read of it, what is written, and what outside schemas say of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei_pipeline.crosswalk.dublin_core import oai_dc, statements
from tei_pipeline.crosswalk.header import read_record
from tei_pipeline.crosswalk.marcxml import language_code
from tei_pipeline.crosswalk.record import (
    Agent,
    Book,
    Change,
    Identifier,
    Language,
    Licence,
    Publication,
    Record,
    Series,
    SourceFile,
)
from tei_pipeline.crosswalk.systems import of_address, of_number, relator
from tei_pipeline.exporters import EXPORTERS
from tei_pipeline.metadata import Subject
from tests.headers import bare, full
from tests.judges import shipped, xml_schema

FORMATS = ("dc", "mods", "datacite", "marcxml")
FOREIGN = sorted((Path(__file__).parent / "foreign").glob("*.xml"))
MODS = {"m": "http://www.loc.gov/mods/v3"}
MARC = {"m": "http://www.loc.gov/MARC21/slim"}


def exported(name: str, root: etree._Element) -> bytes:
    return EXPORTERS[name](root).data


def test_a_header_that_says_all_is_read_whole() -> None:
    viaf = Identifier("viaf", "12345", "https://viaf.org/viaf/12345")
    orcid = Identifier("orcid", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097")
    record = read_record(full())
    assert (record.title, record.subtitle, record.other_titles) == ("The Kelp Gatherers", "Notes from a cold shore", ("Kelp",))
    assert record.authors == (Agent("Torrin, Ailsa", "aut", "", "personal", "Torrin", "Ailsa", (viaf, orcid)),)
    assert [(agent.name, agent.role, agent.duty, agent.kind) for agent in record.contributors] == [
        ("Marsh, Edwin", "edt", "", ""),
        ("Inga Holm", "trl", "translator", "personal"),
        ("Rob Fell", "ill", "illustrator", "personal"),
        ("Tide & Sons", "pfr", "read the proofs", "corporate"),
    ]
    assert [(each.funder.name, each.funder.identifiers[0].type, each.award) for each in record.funding] == [
        ("Coastal Trust", "ror", "CT-77")
    ]
    assert record.publication == Publication(
        "Saltmarsh",
        "Shore Press",
        "6 May 2024",
        "2024-05-06",
        (Identifier("isni", "0000000121032683", "https://isni.org/isni/0000000121032683"),),
    )
    assert record.identifiers == (
        Identifier("doi", "10.5555/kelp.2", "https://doi.org/10.5555/kelp.2"),
        Identifier("isbn", "978-3-16-148410-0"),
        Identifier("local", "shelf 7"),
    )
    assert record.series == (Series("Shorelines", "12", (Identifier("issn", "2049-3630"),)),)
    assert record.languages == (Language("en-GB"), Language("gd", guessed=True))
    assert record.licences == (
        Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        Licence("Scans belong to the library.", "https://example.org/library"),
    )
    assert record.genres == ("letter",)
    assert record.subjects == (
        Subject("Kelp", "LCSH", "http://id.loc.gov/authorities/subjects/sh85071954"),
        Subject("soda ash", "Shore words"),
        Subject("639", "http://dewey.info/"),
    )
    assert record.books == (
        Book(
            title="The Kelp Gatherers",
            agents=(Agent("Ailsa Torrin", "aut"),),
            publication=Publication("Saltmarsh", "Job Terry", "1891", "1891"),
            edition="1st ed.",
            extent="xii, 340 pages",
            series=Series("Old Coasts", "3"),
            identifiers=(Identifier("oclc", "777"),),
            note="Lacks the last leaf.",
        ),
    )
    assert [(work.title, work.publication.when) for work in record.works] == [("On Soda", "1889")]
    assert record.files == (SourceFile("kelp", "0" * 64, "500 bytes"),)
    assert record.changes == (Change("2024-05-01", "Edwin Marsh", "First text."), Change("2024-06-02", "", "Notes added."))
    assert (record.created.when, record.abstract, record.notes) == (
        "1890",
        "How seaweed was burned for soda.",
        ("Printed without its map.",),
    )
    assert (record.software, record.guessed, record.date) == (("tei-pipeline 0",), ("language",), "2024-06-02")


def test_nothing_is_made_up_for_a_header_that_says_nothing() -> None:
    assert read_record(bare()) == Record()
    assert read_record(etree.fromstring("<other/>")) == Record()


def test_dublin_core_says_each_thing_once() -> None:
    made = [(each.element, each.qualifier, each.value) for each in statements(read_record(full()))]
    assert len(made) == len(set(made))
    assert ("title", "", "The Kelp Gatherers: Notes from a cold shore") in made
    assert ("contributor", "author", "Torrin, Ailsa") in made
    assert ("description", "sponsorship", "Coastal Trust CT-77") in made
    assert ("relation", "ispartofseries", "Shorelines; 12") in made
    assert ("source", "", "Ailsa Torrin. The Kelp Gatherers. 1st ed. Saltmarsh: Job Terry, 1891. Old Coasts 3.") in made
    simple = oai_dc(read_record(full()))
    fifteen = "title creator subject description publisher contributor date type format identifier source language relation coverage rights"
    assert {etree.QName(each).localname for each in simple} <= set(fifteen.split())
    assert [each.text for each in simple.iterfind("{*}creator")] == ["Torrin, Ailsa"]


def test_mods_keeps_roles_and_authorities() -> None:
    root = etree.fromstring(exported("mods", full()))
    assert root.get("version") == "3.8"
    names = [
        (name.findtext("m:namePart", "", MODS), name.findtext("m:role/m:roleTerm", "", MODS)) for name in root.iterfind("m:name", MODS)
    ]
    assert names == [
        ("Torrin", "aut"),
        ("Marsh, Edwin", "edt"),
        ("Inga Holm", "trl"),
        ("Rob Fell", "ill"),
        ("Tide & Sons", "pfr"),
        ("Coastal Trust", "fnd"),
    ]
    assert [each.get("valueURI") for each in root.iterfind("m:name", MODS)][:2] == [
        "https://viaf.org/viaf/12345",
        "http://www.wikidata.org/entity/Q42",
    ]
    assert [each.text for each in root.iterfind("m:name[1]/m:nameIdentifier", MODS)] == ["12345", "0000-0002-1825-0097"]
    assert root.findtext("m:relatedItem[@type='original']/m:originInfo/m:dateIssued", None, MODS) == "1891"
    assert root.findtext("m:relatedItem[@type='constituent']/m:titleInfo/m:title", None, MODS) == "On Soda"
    assert root.findtext("m:relatedItem[@type='series']/m:part/m:detail/m:number", None, MODS) == "12"


def test_datacite_has_what_a_doi_needs_and_says_what_is_lacking() -> None:
    made = json.loads(exported("datacite", full()))
    assert (made["doi"], made["publicationYear"], made["publisher"]["name"]) == ("10.5555/kelp.2", "2024", "Shore Press")
    assert made["creators"][0]["nameIdentifiers"][1] == {
        "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
        "nameIdentifierScheme": "ORCID",
        "schemeUri": "https://orcid.org",
    }
    assert made["fundingReferences"] == [
        {
            "funderName": "Coastal Trust",
            "funderIdentifier": "https://ror.org/012345678",
            "funderIdentifierType": "ROR",
            "awardNumber": "CT-77",
        }
    ]
    lacking = EXPORTERS["datacite"](bare())
    assert json.loads(lacking.data)["creators"] == [{"name": ":unkn"}]
    assert [(problem.level, problem.message.split(":")[0]) for problem in lacking.problems] == [
        ("error", "DataCite demands publicationYear"),
        ("error", "DataCite demands titles"),
    ]


def test_marc_has_its_fields_and_fixed_lengths() -> None:
    root = etree.fromstring(exported("marcxml", full()))
    fixed = {field.get("tag"): field.text or "" for field in root.iterfind("m:controlfield", MARC)}
    assert {tag: len(text) for tag, text in fixed.items()} == {"006": 18, "007": 14, "008": 40}
    assert fixed["008"][:18] + fixed["008"][35:38] == "240602s2024    xx eng"
    found = {
        (field.get("tag"), "".join(f"${part.get('code')}{part.text}" for part in field)) for field in root.iterfind("m:datafield", MARC)
    }
    assert {
        ("020", "$a978-3-16-148410-0"),
        ("024", "$a10.5555/kelp.2$2doi"),
        ("041", "$aeng$agla"),
        ("100", "$aTorrin, Ailsa$1https://viaf.org/viaf/12345$1https://orcid.org/0000-0002-1825-0097$4aut"),
        ("245", "$aThe Kelp Gatherers$bNotes from a cold shore$cTorrin, Ailsa"),
        ("264", "$aSaltmarsh$bShore Press$c6 May 2024"),
        ("490", "$aShorelines$x2049-3630$v12"),
        ("536", "$aCoastal Trust$cCT-77"),
        ("650", "$aKelp$0http://id.loc.gov/authorities/subjects/sh85071954"),
        ("655", "$aletter"),
        ("700", "$aInga Holm$etranslator$4trl"),
        ("710", "$aTide & Sons$eread the proofs$4pfr"),
    } <= found
    tags = [str(field.get("tag")) for field in root.iterfind("m:datafield", MARC)]
    assert tags == sorted(tags)


def marc_faults(data: bytes) -> list[str]:
    """What is wrong with a record by MARCXML's schema, which no package ships: leader, tags, indicators, codes of subfields."""
    root = etree.fromstring(data)
    leader = root.findtext("m:leader", "", MARC)
    faults = (
        [] if re.fullmatch(r"[\d ]{5}[\dA-Za-z ][\dA-Za-z][\dA-Za-z ]{3}22[\d ]{5}[\dA-Za-z ]{3}4500", leader) else [f"leader {leader!r}"]
    )
    for field in root.iterfind("m:datafield", MARC):
        if not re.fullmatch(r"(0([1-9A-Z][0-9A-Z])|0([1-9a-z][0-9a-z]))|(([1-9A-Z][0-9A-Z]{2}))", field.get("tag") or ""):
            faults.append(f"tag {field.get('tag')}")
        if not all(re.fullmatch("[a-z0-9 ]", field.get(ind) or "") for ind in ("ind1", "ind2")) or not len(field):
            faults.append(f"field {field.get('tag')}")
        faults += [
            f"subfield {part.get('code')}" for part in field if not re.fullmatch("[a-z0-9]", part.get("code") or "") or not part.text
        ]
    for field in root.iterfind("m:controlfield", MARC):
        if not re.fullmatch("00[1-9A-Za-z]", field.get("tag") or ""):
            faults.append(f"control field {field.get('tag')}")
    return faults


@pytest.mark.parametrize("root", [full(), bare(), *(etree.parse(path).getroot() for path in FOREIGN)])
def test_marc_is_what_the_schema_of_marcxml_says(root: etree._Element) -> None:
    assert marc_faults(exported("marcxml", root)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_header_gives_the_same_bytes(name: str) -> None:
    assert exported(name, full()) == exported(name, full())


@pytest.mark.parametrize("root", [full(), bare(), *(etree.parse(path).getroot() for path in FOREIGN)])
def test_mods_is_valid_by_the_schema_of_the_library_of_congress(root: etree._Element, tmp_path: Path) -> None:
    """The package has version 3.6; version 3.8 takes all of it, and only adds."""
    folder = shipped("eulxml") / "schema_data"
    xml = shipped("eark_validator") / "ipxml/resources/schema/xml.xsd"
    schema = xml_schema(folder / "mods.xsd", tmp_path, xlink=folder / "xlink.xsd", xml=xml)
    made = etree.fromstring(exported("mods", root))
    made.set("version", "3.6")
    assert schema.validate(made), schema.error_log


@pytest.mark.parametrize("root", [full(), *(etree.parse(path).getroot() for path in FOREIGN)])
def test_datacite_is_valid_by_its_schema(root: etree._Element) -> None:
    """The package has version 4.5; 4.6 takes all of it, and only adds."""
    from jsonschema import Draft201909Validator

    schema = json.loads((shipped("datacite") / "schemas" / "datacite-v4.5.json").read_bytes())
    made = EXPORTERS["datacite"](root)
    faults = [fault.message for fault in Draft201909Validator(schema).iter_errors(json.loads(made.data))]
    if any(problem.level == "error" for problem in made.problems):
        assert faults  # what is reported as lacking is lacking
    else:
        assert faults == []


@pytest.mark.parametrize(
    ("address", "system", "value"),
    [
        ("https://d-nb.info/gnd/118540238", "gnd", "118540238"),
        ("http://isni.org/isni/0000000121032683", "isni", "0000000121032683"),
        ("https://id.loc.gov/authorities/names/n79006936", "lcnaf", "n79006936"),
        ("https://dx.doi.org/10.1000/1", "doi", "10.1000/1"),
        ("https://example.org/ark:/12345/x9", "ark", "ark:/12345/x9"),
        ("https://example.org/people/7", "uri", "https://example.org/people/7"),
    ],
)
def test_addresses_of_known_systems_are_recognised(address: str, system: str, value: str) -> None:
    assert (of_address(address).type, of_address(address).value) == (system, value)


@pytest.mark.parametrize(
    ("value", "named", "kind", "number"),
    [
        ("10.1000/182", "", "doi", "10.1000/182"),
        ("doi:10.1000/182", "DOI", "doi", "10.1000/182"),
        ("https://doi.org/10.1000/182", "", "doi", "10.1000/182"),
        ("ISBN 978-3-16-148410-0", "", "isbn", "978-3-16-148410-0"),
        ("urn:nbn:de:1", "", "urn", "urn:nbn:de:1"),
        ("12 B 7", "shelfmark", "shelfmark", "12 B 7"),
        ("12 B 7", "", "local", "12 B 7"),
    ],
)
def test_numbers_are_what_they_say_they_are(value: str, named: str, kind: str, number: str) -> None:
    assert (of_number(value, named).type, of_number(value, named).value) == (kind, number)


@pytest.mark.parametrize(
    ("words", "code"), [("translator", "trl"), ("Translator and annotator", "trl"), ("edt", "edt"), ("did something", "ctb"), ("", "ctb")]
)
def test_duties_become_codes_of_marc(words: str, code: str) -> None:
    assert relator(words) == code


@pytest.mark.parametrize(("tag", "code"), [("en-GB", "eng"), ("de", "ger"), ("grc", "grc"), ("und", "und"), ("x", "und")])
def test_language_tags_become_codes_of_marc(tag: str, code: str) -> None:
    assert language_code(tag) == code


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_words_of_a_header_come_through(words: str) -> None:
    root: Any = full()
    title = root.find(".//{*}titleStmt/{*}title")
    title.text = words
    said = " ".join(words.split())
    said = "" if said.lower() == "unknown" else said
    assert read_record(root).title == said
    for name in FORMATS:
        assert (
            said in exported(name, root).decode().replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
            or '"' in said
            or "\\" in said
        )
