"""The works of a volume: joined to their divisions by the words of their headings."""

from __future__ import annotations

from tei_pipeline import tei
from tei_pipeline.metadata import Metadata, Work
from tei_pipeline.recognise import Recognised, recognise
from tei_pipeline.sidecar import Sidecar
from tei_pipeline.source import read_source

PROSE = "The tide came in at six, and the miller, who had\nwaited since noon, opened the sluice himself.\n"
VOLUME = f"\n\n\n\nTHE TIDE MILL\n\n\n{PROSE}\n{PROSE}\n\n\n\nLE MOULIN\n\n\n{PROSE}\n{PROSE}\n\n\n\nTHE TIDE MILL\n\n\n{PROSE}"
ADVICE = "give the words as they are printed"
NS = {"t": "http://www.tei-c.org/ns/1.0"}


def volume(*works: Work) -> Recognised:
    return recognise(read_source(VOLUME.encode(), "volume"), Sidecar("volume.toml", Metadata(works=works)))


def test_a_work_is_joined_to_the_division_of_its_heading() -> None:
    found = volume(Work("LE MOULIN", title="Le moulin", language="fr"), Work("the tide mill".upper(), 2, title="Again"))
    assert not [problem for problem in found.problems if problem.level == "error"]
    root = tei.write(found.document, version="0").tree
    divisions = {div.get("{http://www.w3.org/XML/1998/namespace}id"): div for div in root.iterfind(".//t:text//t:div", NS)}
    described = {
        bibl.findtext("t:title", namespaces=NS): divisions[bibl.get("corresp", "")[1:]] for bibl in root.iterfind(".//t:bibl[@corresp]", NS)
    }
    assert described["Le moulin"].findtext("t:head", namespaces=NS) == "LE MOULIN"
    assert described["Le moulin"].get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert described["Again"] is list(divisions.values())[2]


def test_a_work_whose_heading_is_not_there_is_an_error_at_its_line() -> None:
    found = volume(Work("LE MULIN", line=7), Work("THE TIDE MILL", 3, line=9))
    assert [(p.level, p.line, p.where, p.message) for p in found.problems if p.code == "work-not-found"] == [
        ("error", 7, "volume.toml", 'metadata.works: no headings of the edition begin with "LE MULIN"; give the words as they are printed'),
        (
            "error",
            9,
            "volume.toml",
            'metadata.works: 2 headings of the edition begin with "THE TIDE MILL"; give the words as they are printed',
        ),
    ]
