"""Whole files, as an editor validates them: which schemas apply, what is compared, what a message says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from tei_pipeline.cli import cli
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.faults import Fault, Origin
from tei_pipeline.validate.judges import UnusableSchema, judge_of
from tei_pipeline.validate.kinds import check_path
from tei_pipeline.validate.options import Options
from tests.conftest import ROOT

Edit = Callable[[str, str], Checked]


def one(checked: Checked, code: str) -> Fault:
    (found,) = [problem for problem in checked.problems if problem.code == code]
    assert isinstance(found, Fault)
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of the sample ``die-sternwarte`` with all that stands beside it."""
    folder = tmp_path_factory.mktemp("built")
    done = CliRunner().invoke(cli, ["build", str(ROOT / "raw" / "die-sternwarte.txt"), "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return folder / "die-sternwarte"


@pytest.fixture
def edit(built: Path, tmp_path: Path) -> Edit:
    """Replace something in the TEI, once, and check it."""
    folder = tmp_path / "edition"
    shutil.copytree(built, folder)

    def change(old: str, new: str) -> Checked:
        file = folder / "die-sternwarte.xml"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))
        return check_path(file)

    return change


# ---------------------------------------------------------------- places


def test_what_was_built_has_nothing_wrong(built: Path) -> None:
    for file in built.iterdir():
        if file.suffix != ".txt":
            assert check_path(file).problems == []


def test_a_fault_knows_its_place_in_the_file_the_book_and_the_source(edit: Edit) -> None:
    found = one(edit("<head xml:id", "<heading/><head xml:id"), "element")

    assert found.element == "heading"
    assert found.identifier
    assert found.breadcrumb.startswith("text > ")
    assert "head" in found.allowed
    assert found.line is not None
    assert found.column is not None
    assert found.origin is not None
    assert found.origin.line is not None
    assert found.origin.rule


def test_the_line_of_the_source_is_that_of_the_text(built: Path, edit: Edit) -> None:
    """The paragraph that a paragraph was made from begins in the line that is named, also when its text was changed."""
    source = (ROOT / "raw" / "die-sternwarte.txt").read_text("cp1252").split("\n")
    root = etree.parse(built / "die-sternwarte.xml").getroot()
    element = root.findall(".//{*}p[@{http://www.w3.org/XML/1998/namespace}id]")[-1]
    identifier = element.get("{http://www.w3.org/XML/1998/namespace}id")
    assert identifier is not None
    words = str(element.text).split()[:3]

    found = one(edit(f'<p xml:id="{identifier}">', f'<p xml:id="{identifier}" style="x">Neu '), "attribute")

    assert isinstance(found.origin, Origin)
    assert found.origin.line is not None
    assert source[found.origin.line - 1].split()[:3] == words


def test_line_and_column_are_those_of_the_start_tag(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text><body><p>é <ref\n\n  target="#x"\n/></p></body></text></TEI>')

    found = one(check_path(file), "pointer-dangling")

    assert (found.line, found.column, found.breadcrumb) == (2, 18, "text > body > p > ref")


# ---------------------------------------------------------------- against each other


def test_a_changed_letter_is_found_without_the_source(edit: Edit) -> None:
    checked = edit("Nacht", "Nackt")

    assert one_code(checked) == {"fidelity-broken", "json-old"}
    assert not checked.valid


def one_code(checked: Checked) -> set[str]:
    return {problem.code for problem in checked.problems}


def test_with_the_source_its_line_and_the_element_are_named(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "e")
    file = tmp_path / "e" / "die-sternwarte.xml"
    file.write_text(file.read_text().replace("Nacht", "Nackt", 1))

    found = one(check_path(file, Options(source=ROOT / "raw")), "fidelity-broken")

    line = int(found.message.split("(line ")[1].split(")")[0])
    assert "Nacht" in (ROOT / "raw" / "die-sternwarte.txt").read_text("cp1252").split("\n")[line - 1]
    assert found.identifier


def test_the_tags_of_an_edition_may_be_changed_but_its_json_is_then_old(edit: Edit) -> None:
    checked = edit("<p xml:id", "<p xml:id")  # nothing changed
    assert checked.problems == []

    checked = edit("</author>", " </author>")
    assert checked.valid
    assert one_code(checked) == {"json-old"}


def test_a_provenance_file_of_another_edition(edit: Edit, tmp_path: Path) -> None:
    file = tmp_path / "edition" / "die-sternwarte.provenance.json"
    values = json.loads(file.read_text())
    file.write_text(json.dumps(values | {"edition": "another"}))

    assert "provenance-mismatch" in one_code(edit("<p xml:id", "<p xml:id"))


def test_a_broken_provenance_file_is_named(edit: Edit, tmp_path: Path) -> None:
    file = tmp_path / "edition" / "die-sternwarte.provenance.json"
    file.write_text("{")

    (problem,) = [problem for problem in edit("<p xml:id", "<p xml:id").problems if problem.code == "provenance"]

    assert problem.file == str(file)


def test_an_element_that_the_provenance_file_describes_is_gone(edit: Edit) -> None:
    checked = edit(' xml:id="', ' xml:id="other-')

    assert "provenance-mismatch" in one_code(checked)  # the first identifier is that of the edition


# ---------------------------------------------------------------- schemas

GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:x"><start><element name="a"><zeroOrMore><element name="b">
<attribute name="c"/><text/></element></zeroOrMore></element></start></grammar>"""
COMPACT = 'default namespace = "urn:x"\nstart = element a { element b { attribute c { text }, text }* }'
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x" elementFormDefault="qualified"><xs:element name="a">
<xs:complexType><xs:sequence><xs:element name="b" maxOccurs="unbounded"><xs:complexType mixed="true"><xs:attribute name="c" use="required"/>
</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>"""
RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{}"><ns prefix="x" uri="urn:x"/><pattern><rule context="x:b">
<assert id="has-c" role="{}" test="{}">b has no <name/> c</assert></rule></pattern></schema>"""
SCHEMAS = {
    "a.rng": (GRAMMAR, "attribute-missing"),
    "a.rnc": (COMPACT, "attribute-missing"),
    "a.xsd": (XSD, "invalid"),
    "one.sch": (RULES.format("xslt", "", "@c"), "has-c"),
    "two.sch": (RULES.format("xslt2", "", "some $a in @c satisfies $a ne ''"), "has-c"),
    "three.sch": (RULES.format("xslt3", "warning", "exists(@c) => boolean()"), "has-c"),
}


EXTRAS = {"a.rnc": "rnc2rng", "two.sch": "saxonche", "three.sch": "saxonche", "c.sch": "saxonche"}


def needed(name: str) -> None:
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name], reason=f"{EXTRAS[name]} is not installed (pip install '.[test]')")


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_of_each_language(name: str, tmp_path: Path) -> None:
    needed(name)
    schema, code = SCHEMAS[name]
    (tmp_path / name).write_text(schema)
    (tmp_path / "good.xml").write_text('<a xmlns="urn:x"><b c="1"/></a>')
    (tmp_path / "bad.xml").write_text('<a xmlns="urn:x">\n <b c="1"/><b/></a>')
    options = Options(schemas=(tmp_path / name,))

    assert check_path(tmp_path / "good.xml", options).problems == []
    found = one(check_path(tmp_path / "bad.xml", options), code)
    assert (found.line, found.column, found.element) == (2, 12, "b")
    assert found.level == ("warning" if name == "three.sch" else "error")


def test_the_schemas_that_a_file_names_are_used(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "a b.rng").write_text(GRAMMAR)
    (tmp_path / "a.xml").write_text("<?xml-model href='schemas/a%20b.rng' type='application/xml'?><a xmlns='urn:x'><d/></a>")

    checked = check_path(tmp_path / "a.xml")

    assert one_code(checked) == {"element"}
    assert checked.schemas == ("a b.rng",)


def test_a_schema_elsewhere_is_not_fetched_but_may_be_given(tmp_path: Path) -> None:
    (tmp_path / "mine.rng").write_text(GRAMMAR)
    (tmp_path / "a.xml").write_text('<?xml-model href="https://example.org/x/theirs.rng"?><a xmlns="urn:x"><d/></a>')

    (problem,) = [problem for problem in check_path(tmp_path / "a.xml").problems if problem.code == "no-schema"]
    assert "--profile theirs=PATH" in problem.message
    assert one_code(check_path(tmp_path / "a.xml", Options(profiles={"theirs": tmp_path / "mine.rng"}))) == {"element"}


def test_a_schema_is_compiled_once(tmp_path: Path) -> None:
    (tmp_path / "a.rng").write_text(GRAMMAR)

    assert judge_of(tmp_path / "a.rng") is judge_of(tmp_path / "a.rng")


UNUSABLE = {
    "a.rng": "<grammar/>",
    "b.rng": '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="http://example.org/x.rng"/></grammar>',
    "a.rnc": "start = element {",
    "a.xsd": "<schema/>",
    "a.sch": "<schema/>",
    "b.sch": RULES.format("xslt", "", "@@"),
    "c.sch": RULES.format("xslt3", "", "@@"),
    "a.dtd": "<!ELEMENT a ANY>",
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_schema_that_is_none(name: str, tmp_path: Path) -> None:
    needed(name)
    (tmp_path / name).write_text(UNUSABLE[name])

    with pytest.raises(UnusableSchema, match=name.replace(".", r"\.")):
        judge_of(tmp_path / name)


def test_a_json_schema_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"properties": {"a": {"items": {"type": "integer"}}}}')
    (tmp_path / "d.json").write_text('{"a": [1,\n "x"]}')

    found = one(check_path(tmp_path / "d.json", Options(schemas=(tmp_path / "s.json",))), "json")

    assert (found.line, found.column, found.message) == (2, 2, 'a[2] must be of type integer, not "x"')


def test_a_json_schema_does_not_reach_out(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"$ref": "https://example.org/x.json"}')
    (tmp_path / "d.json").write_text("{}")

    assert one_code(check_path(tmp_path / "d.json", Options(schemas=(tmp_path / "s.json",)))) == {"schema"}


# ---------------------------------------------------------------- inclusion


def test_inclusion_is_off_unless_asked_for_and_stays_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.xml").write_text('<b xmlns="urn:x" c="secret"/>')
    (tmp_path / "in" / "part.xml").write_text('<b xmlns="urn:x"/>')
    (tmp_path / "s.rng").write_text(GRAMMAR)
    file = tmp_path / "in" / "a.xml"

    def codes(href: str, *, xinclude: bool = True) -> set[str]:
        file.write_text(f'<a xmlns="urn:x"><x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{href}"/></a>')
        return one_code(check_path(file, Options(schemas=(tmp_path / "s.rng",), xinclude=xinclude)))

    assert codes("part.xml", xinclude=False) == {"element"}
    assert codes("part.xml") == {"attribute-missing"}
    assert "xinclude" in codes("../secret.xml")
    assert "xinclude" in codes("http://example.org/x.xml")
    assert "xinclude" in codes("a.xml")  # itself, without end
    assert "xinclude" in codes("gone.xml")


def test_svrl_on_request(built: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["validate", "--svrl", str(tmp_path / "svrl"), str(built / "die-sternwarte.xml")])

    assert done.exit_code == 0
    (file,) = (tmp_path / "svrl").iterdir()
    assert file.name == "die-sternwarte.edition.svrl"
    assert etree.parse(file).getroot().tag == "{http://purl.oclc.org/dsdl/svrl}schematron-output"
