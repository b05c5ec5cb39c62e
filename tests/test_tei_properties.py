"""Whatever the model allows becomes valid TEI that prints exactly the document's characters."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree

from tei_pipeline import model as m
from tei_pipeline import tei
from tests import reading
from tests import written as hand
from tests.crossed import crossed
from tests.documents import documents, make_source
from tests.everything import everything

NAMESPACES = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
POINTERS = ("target", "who", "source", "next", "prev", "corresp", "resp")
# Rules of the TEI's own Schematron (4.12) that concern what the program writes, as XPath 1.0 that finds what breaks them.
BROKEN_RULES = {
    "p in p or ab": "//t:text//t:p[(ancestor::t:ab or ancestor::t:p) and not(ancestor::t:floatingText or parent::t:item or parent::t:note"
    " or parent::t:q or parent::t:quote or parent::t:sp or parent::t:stage or parent::t:cell or parent::t:figure)]",
    "p or ab in l": "//t:l//*[self::t:p or self::t:ab][not(ancestor::t:floatingText or parent::t:figure or parent::t:note)]",
    "verse in l": "//t:l//*[self::t:l or self::t:lg][not(ancestor::t:note[ancestor::t:l])]",
    "lg without verse": "//t:lg[not(.//t:lg or .//t:l or .//t:gap)]",
    "when beside from or to": "//*[@when][@from or @to or @notBefore or @notAfter]",
    "gloss list without label": "//t:list[@type='gloss'][not(t:label)]",
    "subtype without type": "//*[@subtype][not(@type)]",
    "quotation without marks": "//t:quotation[not(@marks)][not(t:p)]",
    "outer citeStructure": "//t:refsDecl/t:citeStructure[not(starts-with(@match, '/'))]",
    "inner citeStructure": "//t:citeStructure/t:citeStructure[starts-with(@match, '/')]",
}
CROSSED = crossed()
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@FEW
@given(documents())
def test_the_edition_prints_the_document_s_characters_in_their_order(document: m.Document) -> None:
    written = tei.write(document, version="1.0")

    parsed = etree.fromstring(tei.serialize(written.tree))

    assert reading.of_edition(parsed) == reading.of_document(document)


@FEW
@given(documents())
def test_identifiers_are_unique_and_pointers_resolve(document: m.Document) -> None:
    root = tei.write(document, version="1.0").tree

    identifiers = [element.get(XML_ID, "") for element in root.iter() if XML_ID in element.attrib]
    pointers = {
        pointer
        for element in root.iter()
        for name in POINTERS
        for pointer in element.get(name, "").split()
        if not pointer.startswith("http")
    }

    assert len(identifiers) == len(set(identifiers))
    assert pointers <= {f"#{identifier}" for identifier in identifiers}


@FEW
@given(documents())
def test_the_same_document_gives_the_same_bytes(document: m.Document) -> None:
    first, second = (tei.serialize(tei.write(document, version="1.0").tree) for _ in range(2))

    assert first == second


@FEW
@given(documents())
def test_every_element_of_the_text_is_of_a_known_origin_or_a_holder(document: m.Document) -> None:
    written = tei.write(document, version="1.0")
    text = written.tree.find(reading.NS + "text")
    assert text is not None

    known = {element for element, _ in written.origins}
    holders = {"text", "front", "back", "body", "docTitle", "docAuthor", "desc", "figDesc", "sic", "corr", "speaker", "row", "cell", "role"}
    fillers = {"p", "l", "lb", "item", "bibl", "titlePart", "castItem"}
    wrappers = {"seg", "metamark", "ab", "q", "choice"}
    others = {etree.QName(element).localname for element in text.iter() if element not in known}

    assert others <= holders | fillers | wrappers


@FEW
@given(documents())
def test_no_rule_of_the_tei_schematron_is_broken(document: m.Document) -> None:
    root = tei.write(document, version="1.0").tree

    broken = [rule for rule, path in BROKEN_RULES.items() if root.xpath(path, namespaces=NAMESPACES)]

    assert broken == []


@pytest.mark.parametrize("name", sorted(CROSSED))
def test_everything_in_everything_prints_its_characters_and_breaks_no_rule(name: str) -> None:
    document = CROSSED[name]

    root = etree.fromstring(tei.serialize(tei.write(document, version="1.0").tree))

    assert reading.of_edition(root) == reading.of_document(document)
    assert [rule for rule, path in BROKEN_RULES.items() if root.xpath(path, namespaces=NAMESPACES)] == []


def test_documents_of_every_shape_are_valid_tei(tmp_path: Path, shared: Path) -> None:
    """One call of jing for all of them: random ones, those in which everything stands in everything, a book, an empty one, a deep one."""
    if shutil.which("jing") is None:
        pytest.skip("needs jing to validate against all of TEI")
    deepest: m.Speech | m.Paragraph = m.Paragraph((m.Text("deep"),))
    for _ in range(200):
        deepest = m.Speech((m.Text("A"),), (deepest,))
    shapes = {**CROSSED, "empty": m.Document(make_source(), m.Metadata()), "book": everything(), "deep": hand.document(deepest)}

    @settings(
        max_examples=100, deadline=None, database=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(documents())
    def draw(document: m.Document) -> None:
        shapes[f"random-{len(shapes)}"] = document

    draw()
    for name, document in shapes.items():
        (tmp_path / f"{name}.xml").write_bytes(tei.serialize(tei.write(document, version="1.0").tree))
    files = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(["jing", str(shared / "tei" / "tei_all.rng"), *files], capture_output=True, text=True, check=False)

    assert len(files) > 120
    assert (done.returncode, done.stdout) == (0, "")
