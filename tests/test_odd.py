"""``schemas/edition.odd``: up to date, the same language as ``edition.rng``, the same rules as ``edition.sch``, all of it described."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Callable

import pytest
from lxml import etree

from tei_pipeline.schemas import read_schema
from tei_pipeline.validate.grammar import Grammar
from tei_pipeline.validate.judges import schematron
from tests.editions import HEADER, edition, tree
from tests.odd import ODD, ROOT, SCH, TEI, XSL, made_anew
from tests.odd_grammar import grammar_of
from tests.same_language import difference
from tests.test_schematron import CASES

TREE = etree.parse(ODD).getroot()
TEI_ALL = ROOT.parent / "shared" / "tei" / "tei_all.rng"
Edit = Callable[[etree._Element], object]


@pytest.fixture(scope="module")
def ours() -> Grammar:
    return Grammar(etree.fromstring(read_schema("edition.rng")))


def test_it_is_up_to_date() -> None:
    assert made_anew(ODD.read_bytes()) == ODD.read_bytes(), "run python -m tests.odd"


def test_it_compiles_to_the_same_language_as_the_grammar(ours: Grammar) -> None:
    compiled = grammar_of(TREE)

    etree.RelaxNG(compiled.getroottree())
    assert difference(ours, Grammar(compiled)) == ""


def first(root: etree._Element, path: str) -> etree._Element:
    found = root.find(f".//{path}".replace("t:", TEI))
    assert found is not None
    return found


def without(path: str) -> Edit:
    def edit(root: etree._Element) -> None:
        found = first(root, path)
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)

    return edit


NUMBER = "t:elementSpec[@ident='div']/t:attList/t:attDef[@ident='n']"
EDITS: dict[str, Edit] = {
    "an attribute less": without(NUMBER),
    "an attribute that may be missing": lambda root: first(root, "t:elementSpec[@ident='div']/t:attList/t:attDef[@ident='n']").set(
        "usage", "opt"
    ),
    "a value less": without("t:elementSpec[@ident='note']/t:attList/t:attDef[@ident='place']/t:valList/t:valItem"),
    "another datatype": lambda root: first(root, "t:dataSpec[@ident='edition.data.word']/t:content/t:dataRef").set("restriction", "x"),
    "a member of a class less": without("t:elementSpec[@ident='p']/t:classes/t:memberOf"),
    "an element once": lambda root: first(root, "t:elementSpec[@ident='row']/t:content/t:elementRef").set("maxOccurs", "1"),
    "text where there was none": lambda root: first(root, "t:elementSpec[@ident='row']/t:content").append(etree.Element(f"{TEI}textNode")),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_that_proof_sees_what_is_not_the_same(edit: Edit, ours: Grammar) -> None:
    changed = copy.deepcopy(TREE)
    edit(changed)

    assert difference(ours, Grammar(grammar_of(changed))) != ""


def test_every_element_and_attribute_is_described_and_every_element_shown() -> None:
    lacking = []
    for element in TREE.iter(f"{TEI}elementSpec"):
        name = str(element.get("ident"))
        lacking += [name] if element.find(f"{TEI}desc") is None else []
        lacking += [f"{name}/@{each.get('ident')}" for each in element.iter(f"{TEI}attDef") if each.find(f"{TEI}desc") is None]
        if element.get("mode") == "replace" and element.find(f"{TEI}exemplum") is None:
            lacking.append(f"an example of {name}")

    assert lacking == [], "write a desc (and an exemplum) in schemas/edition.odd"


def test_examples_show_what_they_are_for() -> None:
    wrong = []
    for element in TREE.iterfind(f".//{TEI}elementSpec[@mode='replace']"):
        shown = {etree.QName(each).localname for each in element.iter("{http://www.tei-c.org/ns/Examples}*")}
        wrong += [] if element.get("ident") in shown else [element.get("ident")]

    assert wrong == []


def test_sequences_and_alternations_have_two_parts_or_more() -> None:
    assert [each.sourceline for each in TREE.iter(f"{TEI}sequence", f"{TEI}alternate") if len(each) < 2] == []


@pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed")
@pytest.mark.skipif(not TEI_ALL.is_file(), reason="the schema of all TEI is not beside the checkout (../shared/tei)")
def test_it_is_tei_itself() -> None:
    done = subprocess.run(["jing", TEI_ALL, ODD], capture_output=True, text=True, check=False)

    assert done.stdout == ""


# ---------------------------------------------------------------- rules

Rule = tuple[str, str, str, str]


def rules(root: etree._Element) -> list[Rule]:
    """Context, name, test and words of each rule."""
    return sorted(
        (str(rule.get("context")), str(check.get("id")), str(check.get("test")), " ".join(" ".join(map(str, check.itertext())).split()))
        for rule in root.iter(f"{SCH}rule")
        for check in rule.iterchildren(f"{SCH}assert", f"{SCH}report")
    )


def test_it_has_the_rules_of_the_schematron_file() -> None:
    assert rules(TREE) == rules(etree.fromstring(read_schema("edition.sch")))


def extracted(binding: str) -> etree._Element:
    """A Schematron schema of the rules in the ODD, each in a pattern of its own, as processors of ODD extract them."""
    made = etree.Element(f"{SCH}schema", {"queryBinding": binding}, nsmap={None: SCH[1:-1]})  # type: ignore[dict-item]
    made.extend(copy.deepcopy(each) for kind in (f"{SCH}ns", f"{XSL}key") for each in TREE.iter(kind))
    for rule in TREE.iter(f"{SCH}rule"):
        etree.SubElement(made, f"{SCH}pattern").append(copy.deepcopy(rule))
    return made


def test_its_rules_find_the_same_with_xpath_3() -> None:
    pytest.importorskip("saxonche", reason="saxonche is not installed (pip install '.[test]')")
    judge = schematron(extracted("xslt3"), "edition.odd")

    for name, (body, (old, new), expected) in CASES.items():
        root = tree(edition(body, header=HEADER.replace(old, new, 1) if old else HEADER))
        assert sorted(problem.code for problem in judge.judge(root).problems) == sorted(expected), name


def test_golden_editions_pass_with_xpath_3() -> None:
    pytest.importorskip("saxonche", reason="saxonche is not installed (pip install '.[test]')")
    judge = schematron(extracted("xslt3"), "edition.odd")

    for path in sorted((ROOT / "tests" / "golden").glob("*/*.xml")):
        assert judge.judge(etree.parse(path).getroot()).problems == [], path.name
