"""XML from strangers: each of the known attacks ends in a finding, soon, and nothing outside the file is opened."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from tei_pipeline.validate import validate_path
from tei_pipeline.validate.kinds import check_path
from tei_pipeline.validate.parse import MAX_BYTES, MAX_DEPTH, parse
from tests.editions import HEADER, edition

SECRET = "the key lies under the mill stone"
SOON = 3.0  # seconds, on a busy machine; each takes a tenth of one


def doctype(declarations: str, root: str = "<TEI>&x;</TEI>") -> bytes:
    return f"<!DOCTYPE TEI [{declarations}]>{root}".encode()


LAUGHS = '<!ENTITY x0 "ha">' + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10)) + '<!ENTITY x "&x9;">'
LONG = "A" * 100_000

ATTACKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "billion laughs": (lambda: doctype(LAUGHS), "entity"),
    "billion laughs in an attribute": (lambda: doctype(LAUGHS, '<TEI n="&x;"/>'), "entity"),
    "quadratic blow-up": (lambda: doctype(f'<!ENTITY x "{LONG}">', f"<TEI>{'&x;' * 20_000}</TEI>"), "entity"),
    "blow-up by defaults of attributes": (lambda: doctype(f'<!ATTLIST p n CDATA "{LONG}">', f"<TEI>{'<p/>' * 20_000}</TEI>"), "entity"),
    "an entity in itself": (lambda: doctype('<!ENTITY x "&y;"><!ENTITY y "&x;">'), "entity"),
    "elements 100,000 deep": (lambda: b"<p>" * 100_000 + b"</p>" * 100_000, "limit"),
    "elements 1,000,000 deep, never closed": (lambda: b"<p>" * 1_000_000, "limit"),
    "a huge attribute": (lambda: b'<TEI n="' + b"y" * 20_000_000 + b'"/>', "limit"),
    "a huge name": (lambda: b"<" + b"y" * 20_000_000 + b"/>", "limit"),
    "a huge text in a file with a declaration": (lambda: b"<!DOCTYPE TEI><TEI>" + b"y" * 20_000_000 + b"</TEI>", "limit"),
    "depth behind a huge text": (lambda: b"<TEI>" + b"y" * 20_000_000 + b"<p>" * 1000 + b"</p>" * 1000 + b"</TEI>", "limit"),
    "100,000 attributes": (lambda: b"<TEI " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>", "limit"),
    "a compressed file": (lambda: gzip.compress(b"<TEI>" + b" " * 10_000_000 + b"</TEI>"), "ill-formed"),
    "an unknown encoding": (lambda: b'<?xml version="1.0" encoding="ebcdic-x"?><TEI/>', "ill-formed"),
    "NUL": (lambda: b"<TEI>\x00</TEI>", "ill-formed"),
}


@pytest.mark.parametrize(("make", "code"), ATTACKS.values(), ids=ATTACKS)
def test_attack(make: Callable[[], bytes], code: str) -> None:
    data = make()
    start = time.perf_counter()

    tree, problems = parse(data)

    assert time.perf_counter() - start < SOON
    assert tree is None
    assert [(problem.level, problem.code) for problem in problems] == [("error", code)]
    assert len(problems[0].message) < 300


# ---------------------------------------------------------------- what lies outside


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that entities and declarations ask for; it is a DTD as well, so that a reader of it would replace &x;."""
    file = tmp_path / "secret.dtd"
    file.write_text(f'<!ENTITY x "{SECRET}"><!ATTLIST TEI n CDATA "{SECRET}">')
    return file


@pytest.fixture
def visitors() -> Iterator[tuple[str, list[object]]]:
    """An address on this machine, and who came there."""
    server = socket.create_server(("127.0.0.1", 0))
    seen: list[object] = []

    def listen() -> None:
        while True:
            try:
                connection, visitor = server.accept()
            except OSError:
                return
            seen.append(visitor)
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/secret.dtd", seen
    server.close()


OUTSIDE = {
    "external entity": '<!DOCTYPE TEI [<!ENTITY x SYSTEM "{}">]><TEI>&x;</TEI>',
    "external entity in an attribute": '<!DOCTYPE TEI [<!ENTITY x SYSTEM "{}">]><TEI n="&x;"/>',
    "parameter entity": '<!DOCTYPE TEI [<!ENTITY % d SYSTEM "{}"> %d;]><TEI>&x;</TEI>',
    "parameter entity, unused": '<!DOCTYPE TEI [<!ENTITY % d SYSTEM "{}"> %d;]><TEI/>',
    "parameter entity in a parameter entity": '<!DOCTYPE TEI [<!ENTITY % f SYSTEM "{}"><!ENTITY % d "<!ENTITY x \'%f;\'>"> %d;]><TEI/>',
    "external DTD": '<!DOCTYPE TEI SYSTEM "{}"><TEI>&x;</TEI>',
    "external DTD, public": '<!DOCTYPE TEI PUBLIC "-//TEI//DTD" "{}"><TEI>&x;</TEI>',
    "external DTD, in an attribute": '<!DOCTYPE TEI SYSTEM "{}"><TEI n="&x;"/>',
}


@pytest.mark.parametrize("attack", OUTSIDE.values(), ids=OUTSIDE)
@pytest.mark.parametrize("scheme", ["path", "file", "http"])
def test_nothing_outside_is_read(attack: str, scheme: str, secret: Path, visitors: tuple[str, list[object]]) -> None:
    address, seen = visitors
    place = {"path": str(secret), "file": secret.as_uri(), "http": address}[scheme]

    tree, problems = parse(attack.replace("{}", place).encode())

    assert tree is None
    assert [(problem.level, problem.code) for problem in problems] == [("error", "entity")]
    assert "never read" in problems[0].message
    assert SECRET not in problems[0].message
    assert seen == []


@pytest.mark.parametrize("scheme", ["path", "http"])
def test_a_declaration_that_nothing_depends_on_is_a_warning(scheme: str, secret: Path, visitors: tuple[str, list[object]]) -> None:
    address, seen = visitors
    place = {"path": str(secret), "http": address}[scheme]

    tree, problems = parse(f'<!DOCTYPE TEI SYSTEM "{place}"><TEI/>'.encode())

    assert tree is not None
    assert etree.tostring(tree.getroot()) == b"<TEI/>"
    assert [(problem.level, problem.code) for problem in problems] == [("warning", "external-dtd")]
    assert place in problems[0].message
    assert seen == []


def test_xinclude_is_not_followed(secret: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
    file.write_bytes(edition(f'<div type="chapter" n="1" xml:id="c1"><p>{include}</p></div>'))

    (problem,) = validate_path(file)

    assert (problem.code, problem.where) == ("element", "TEI#walk > text > body > div#c1 > p > include")


def test_a_schema_that_the_file_names_is_not_opened(secret: Path, visitors: tuple[str, list[object]], tmp_path: Path) -> None:
    address, seen = visitors
    file = tmp_path / "a.xml"
    file.write_bytes(edition(before=f'<?xml-model href="{address}"?><?xml-stylesheet href="{address}"?>'))

    assert [(problem.level, problem.code) for problem in validate_path(file)] == [("info", "no-schema")]  # it is named, and no more
    assert seen == []


# ---------------------------------------------------------------- large, and right


def test_entities_of_the_file_itself_are_replaced() -> None:
    tree, problems = parse('<!DOCTYPE TEI [<!ENTITY dash "&#8212;">]><TEI n="&dash;">a&dash;b</TEI>'.encode("utf-16"))

    assert problems == []
    assert tree is not None
    assert (tree.getroot().text, tree.getroot().get("n")) == ("a—b", "—")


def test_a_text_of_one_huge_line_is_read() -> None:
    tree, problems = parse(b"<TEI><p>" + b"word " * 4_000_000 + b"</p></TEI>")

    assert problems == []
    assert tree is not None
    assert len(tree.getroot()[0].text or "") == 20_000_000


def test_depth_up_to_the_limit_is_read() -> None:
    deep = (b"<p>" * MAX_DEPTH) + (b"</p>" * MAX_DEPTH)

    assert parse(deep).problems == []
    assert [problem.code for problem in parse(b"<p>" + deep + b"</p>").problems] == ["limit"]


def test_a_file_beyond_the_limit_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "large.xml"
    with file.open("wb") as sparse:
        sparse.truncate(MAX_BYTES + 1)

    (problem,) = validate_path(file)

    assert problem.code == "too-large"
    assert "268,435,457 bytes" in problem.message


def test_hundreds_of_thousands_of_faults_end_in_a_report(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    attributes = " ".join(f'a{number}="1"' for number in range(900))
    file.write_bytes(edition(f"<div {attributes}/>{'<foo/>' * 150_000}", header=HEADER))
    start = time.perf_counter()

    problems = validate_path(file)

    assert time.perf_counter() - start < 10
    assert "too-many" in [problem.code for problem in problems]


def in_list(items: str) -> str:
    return f'<div type="chapter" n="1" xml:id="c01"><list>{items}</list></div>'


def in_paragraph(content: str) -> str:
    return f'<div type="chapter" n="1" xml:id="c01"><p>{content}</p></div>'


FLOODS = {
    "empty items": in_list("<item/>" * 20_000),
    "references into nothing": in_paragraph('<ref target="#x">y</ref>' * 10_000),
    "references to one note": in_paragraph(
        "".join(f'<ref type="noteAnchor" n="1" xml:id="r{at}" target="#n1">1</ref>' for at in range(2_000))
        + f'<note place="end" n="1" xml:id="n1" target="{" ".join(f"#r{at}" for at in range(2_000))}"><p>z</p></note>'
    ),
    "divisions of one number": "".join(f'<div type="chapter" n="1" xml:id="d{at}"><p>x</p></div>' for at in range(2_000)),
    "one identifier": in_list('<item xml:id="a">x</item>' * 20_000),
    "persons without end": '<div type="scene" n="1" xml:id="s">' + f'<sp who="{"#pers01 " * 20_000}"><p>x</p></sp>' * 20 + "</div>",
}


@pytest.mark.parametrize("body", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_faults_of_one_kind_ends_soon(body: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(edition(body))
    start = time.perf_counter()

    check_path(file)

    assert time.perf_counter() - start < 15
