"""edition.rng: a strict subset of TEI, quick to compile, without a content model in which libxml2 could lose its way."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree

from tei_pipeline import model, schemas, tei
from tei_pipeline.validate.relaxng import validate_relaxng
from tests.documents import documents
from tests.editions import edition, tree
from tests.grammar_draw import RNG, Drawer
from tests.lawful import lawful

SCHEMA = etree.fromstring(schemas.read_schema("edition.rng"))
DEFINES = {str(define.get("name")): define for define in SCHEMA.iter(RNG + "define")}
DOCUMENTS = 200  # drawn in each run


# ---------------------------------------------------------------- the file


def test_it_compiles_in_a_tenth_of_a_second() -> None:
    def compile_once() -> float:
        start = time.perf_counter()
        etree.RelaxNG(SCHEMA)
        return time.perf_counter() - start

    assert min(compile_once() for _ in range(5)) < 0.1


def test_every_definition_is_used_and_every_reference_defined() -> None:
    used = {str(reference.get("name")) for reference in SCHEMA.iter(RNG + "ref")}

    assert used == set(DEFINES)
    assert len(DEFINES) == sum(1 for _ in SCHEMA.iter(RNG + "define"))


def test_the_types_of_divisions_are_those_of_the_model() -> None:
    values = [value.text for value in DEFINES["data.division"].iter(RNG + "value")]

    assert values == list(model.DIVISION_TYPES)


def test_it_leaves_out_what_libxml2_does_badly() -> None:
    used = {etree.QName(pattern).localname for pattern in SCHEMA.iter(RNG + "*")}

    assert used.isdisjoint({"interleave", "mixed", "notAllowed", "anyName", "nsName", "except"})


# ---------------------------------------------------------------- one meaning for each element

Positions = list[etree._Element]


def _follow(pattern: etree._Element, pairs: list[tuple[etree._Element, etree._Element]]) -> tuple[Positions, Positions, bool]:
    """First and last element patterns and whether nothing is allowed too, after Glushkov; ``pairs`` gets who may follow whom."""
    kind = etree.QName(pattern).localname
    children = [child for child in pattern if isinstance(child.tag, str) and child.tag.startswith(RNG)]
    if kind == "ref":
        return _sequence(list(DEFINES[str(pattern.get("name"))].iterchildren(RNG + "*")), pairs)
    if kind == "element":
        return [pattern], [pattern], False
    if kind in ("text", "empty", "attribute"):
        return [], [], True
    if kind == "choice":
        parts = [_follow(child, pairs) for child in children]
        return [e for part in parts for e in part[0]], [e for part in parts for e in part[1]], any(part[2] for part in parts)
    first, last, nothing = _sequence(children, pairs)
    if kind in ("zeroOrMore", "oneOrMore"):
        pairs += [(before, after) for before in last for after in first]
    return first, last, nothing or kind in ("optional", "zeroOrMore")


def _sequence(children: list[etree._Element], pairs: list[tuple[etree._Element, etree._Element]]) -> tuple[Positions, Positions, bool]:
    first: Positions = []
    last: Positions = []
    nothing = True
    for child in children:
        child_first, child_last, child_nothing = _follow(child, pairs)
        pairs += [(before, after) for before in last for after in child_first]
        first += child_first if nothing else []
        last = [*last, *child_last] if child_nothing else child_last
        nothing = nothing and child_nothing
    return first, last, nothing


def _ambiguous(element: etree._Element) -> set[str]:
    """Names of which the next element alone does not tell the pattern: there or further on in the same place."""
    pairs: list[tuple[etree._Element, etree._Element]] = []
    first, _, _ = _sequence(list(element.iterchildren(RNG + "*")), pairs)
    followers: dict[etree._Element | None, Positions] = {None: first}
    for before, after in dict.fromkeys(pairs):
        followers.setdefault(before, []).append(after)
    counted = (Counter(str(pattern.get("name")) for pattern in dict.fromkeys(each)) for each in followers.values())
    return {name for counts in counted for name, count in counts.items() if count > 1}


@pytest.mark.parametrize("element", list(SCHEMA.iter(RNG + "element")), ids=lambda element: f"{element.get('name')}:{element.sourceline}")
def test_the_next_element_alone_decides_its_pattern(element: etree._Element) -> None:
    assert _ambiguous(element) == set()


def test_that_check_sees_what_is_ambiguous() -> None:
    two = etree.fromstring(
        '<element name="x" xmlns="http://relaxng.org/ns/structure/1.0"><choice><zeroOrMore><element name="y"><text/></element></zeroOrMore>'
        '<group><element name="y"><empty/></element></group></choice></element>'
    )

    assert _ambiguous(two) == {"y"}


NESTS = ("list item", "quote", "cit quote", "list item note", "p q", "p q note quote", "cit quote note list item", "p seg note q")


@pytest.mark.parametrize("nest", NESTS)
@pytest.mark.parametrize("inmost", ["<foo/>", "<p>x</p>", "x<p>y</p>"])
def test_nested_faults_take_no_time(nest: str, inmost: str) -> None:
    """Each level tried twice would take two to the power of sixty steps."""
    names = nest.split() * (60 // len(nest.split()))
    opened = "".join(f'<note place="end" xml:id="n{at}">' if name == "note" else f"<{name}>" for at, name in enumerate(names))
    body = opened + inmost + "".join(f"</{name}>" for name in reversed(names))
    start = time.perf_counter()

    validate_relaxng(tree(edition(body)))

    assert time.perf_counter() - start < 5


# ---------------------------------------------------------------- a subset of TEI


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files with random documents that the grammar itself allows; together they show all that it has."""
    folder = tmp_path_factory.mktemp("drawn")
    drawer = Drawer(SCHEMA, seed=1)
    files = []
    for number in range(DOCUMENTS):
        files.append(folder / f"{number:03d}.xml")
        files[-1].write_bytes(etree.tostring(drawer.document(200), encoding="UTF-8"))
    assert drawer.undrawn() == []
    return files


def _jing(schema: Path, files: list[Path]) -> str:
    if shutil.which("jing") is None:
        pytest.skip("needs jing, the reference validator for RELAX NG")
    done = subprocess.run(["jing", str(schema), *map(str, files)], capture_output=True, text=True, check=False)
    return done.stdout


def test_what_it_accepts_tei_accepts(drawn: list[Path], shared: Path) -> None:
    assert _jing(shared / "tei" / "tei_all.rng", drawn) == ""


def test_libxml2_and_jing_read_it_alike(drawn: list[Path], tmp_path: Path) -> None:
    schema = tmp_path / "edition.rng"
    schema.write_bytes(schemas.read_schema("edition.rng"))
    compiled = etree.RelaxNG(SCHEMA)

    assert [file.name for file in drawn if not compiled.validate(etree.parse(file))] == []
    assert _jing(schema, drawn) == ""


@settings(max_examples=60, deadline=None, database=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(documents())
def test_it_accepts_whatever_the_writer_writes(document: model.Document) -> None:
    written = tei.write(lawful(document), version="1.0").tree

    assert validate_relaxng(written) == []


# ---------------------------------------------------------------- where the file is


def test_a_wheel_carries_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a wheel the schemas lie inside the package; those of the checkout are not there."""
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "some.rng").write_bytes(b"<grammar/>")
    monkeypatch.setattr(schemas, "_PLACES", (tmp_path / "schemas", tmp_path / "nowhere"))

    assert schemas.read_schema("some.rng") == b"<grammar/>"


def test_a_schema_that_is_missing_is_named() -> None:
    assert not schemas.has_schema("other.rng")
    with pytest.raises(schemas.SchemaMissing, match=r"other\.rng.*install tei-pipeline again"):
        schemas.read_schema("other.rng")
