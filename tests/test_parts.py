"""A source of several files: found, joined, a page or a division at each seam, and given back byte for byte."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from tei_pipeline import fidelity, provenance
from tei_pipeline.cli import cli
from tei_pipeline.decisions import Problem
from tei_pipeline.errors import EmptySource, ProvenanceUnreadable
from tei_pipeline.inputs import Input, NoSource, find_inputs, load_input
from tei_pipeline.outline import outline
from tei_pipeline.parts import in_order, is_safe, join, located, part_bytes
from tei_pipeline.pipeline import convert
from tei_pipeline.recognise import recognise
from tei_pipeline.schemas import read_schema
from tei_pipeline.sidecar.toml import BadSidecar
from tei_pipeline.source import Source, read_source

TEI = "{http://www.tei-c.org/ns/1.0}"
ONE = "THE SLUICE\n\nThe gate was shut in the evening, and opened in the morning by a man who\nhad done nothing else for"
TWO = "thirty years and was not tired of it.\n\nOn Sundays his sister opened it.\n"
LINE = "the water rose and fell again as it had done before, and then\n"
THREE = "The Lock\n\nBelow the gate there was a lock, which nobody opened at all.\n"


def joined(*texts: bytes, begins: str = "page", name: str = "book") -> Source:
    files = [
        (f"{number}.txt", begins if number else "nothing", read_source(data, f"{number}.txt", blank=True), data)
        for number, data in enumerate(texts)
    ]
    return join(files, name, name)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def write(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / f"{name}.txt"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def book(workplace: Path) -> Path:
    """A folder with a source of three files."""
    folder = write(workplace / "book", one=ONE, two=TWO, three=THREE)
    (folder / "source.toml").write_text('parts = ["one.txt", { file = "two.txt", begins = "page" }, "three.txt"]\n')
    return folder


# ---------------------------------------------------------------- joining


def test_the_text_is_that_of_the_files_with_a_line_end_where_one_lacks_it() -> None:
    source = joined(b"a\nb", b"c\r\n", b"d\r", b"\ne", b"", b"f")
    assert source.text == "a\nb\nc\r\nd\r\n\ne\nf"
    assert [line.text for line in source.lines] == ["a", "b", "c", "d", "", "e", "f"]
    assert [(part.file, part.start, part.end, part.line) for part in source.parts] == [
        ("0.txt", 0, 3, 1),
        ("1.txt", 4, 7, 3),
        ("2.txt", 7, 9, 4),
        ("3.txt", 10, 12, 5),
        ("4.txt", 13, 13, 7),
        ("5.txt", 13, 14, 7),
    ]


def test_hash_and_size_are_those_of_all_bytes() -> None:
    source = joined("é".encode("cp1252"), "\ufeffé".encode())
    data = b"\xe9\xef\xbb\xbf\xc3\xa9"
    assert (source.size, source.sha256) == (6, hashlib.sha256(data).hexdigest())
    assert (source.encoding, source.bom) == ("mixed", False)
    assert [(part.encoding, part.bom) for part in source.parts] == [("cp1252", False), ("utf-8", True)]


def test_nothing_printed_in_any_file_is_no_source() -> None:
    with pytest.raises(EmptySource, match="white space"):
        joined(b"\n", b"", b" ")


TEXTS = st.lists(
    st.tuples(st.text("ab \n\r\f\x00é\udc80„", max_size=12), st.sampled_from(["utf-8", "utf-16-le", "utf-8-sig"])), min_size=1, max_size=5
)


@given(TEXTS, st.sampled_from(["page", "division", "nothing"]))
def test_any_files_come_back_from_the_edition(texts: list[tuple[str, str]], begins: str) -> None:
    datas = [text.encode(encoding, "surrogatepass") for text, encoding in texts]
    files = []
    for number, (data, (_, encoding)) in enumerate(zip(datas, texts, strict=True)):
        source = read_source(data, f"{number}.txt", encoding=encoding.removesuffix("-sig"), blank=True)
        files.append((f"{number}.txt", begins if number else "nothing", source, data))
    try:
        source = join(files, "book", "book")
    except EmptySource:
        return
    assert list(part_bytes(source.text, source.parts).values()) == datas
    result = convert(source, formats=())
    assert [problem for problem in result.problems if problem.level == "error"] == []
    record = provenance.load(result.outputs["book.provenance.json"], "p")
    root = etree.fromstring(result.outputs["book.xml"])
    assert list(fidelity.restore_files(root, record).values()) == datas
    assert fidelity.verify(source, root, record) == []


def test_problems_are_told_with_the_file_and_its_own_line() -> None:
    source = joined(b"a\nb\n", b"c\n", b"d\ne\n")
    found = located([Problem("info", "x", "m", line) for line in (1, 3, 4, 5, None)], source, "in/")
    assert [(problem.file, problem.line) for problem in found] == [
        ("in/0.txt", 1),
        ("in/1.txt", 1),
        ("in/2.txt", 1),
        ("in/2.txt", 2),
        ("", None),
    ]
    assert located(found, read_source(b"a", "a")) == found


def test_names_are_counted_as_people_count() -> None:
    assert in_order(["p10.txt", "p9.txt", "a.txt", "P1.txt", "p09.txt"]) == ["P1.txt", "a.txt", "p09.txt", "p9.txt", "p10.txt"]


# ---------------------------------------------------------------- seams


def shape(source: Source) -> list[str]:
    return outline(recognise(source).document, 1000).splitlines()


def body(source: Source) -> str:
    xml = convert(source, formats=()).outputs["book.xml"].decode()
    return re.sub(r' xml:id="[^"]*"', "", xml[xml.index("<body>") :])


def test_a_page_begins_at_the_seam_also_inside_a_paragraph() -> None:
    text = body(joined(ONE.encode(), TWO.encode()))
    assert "had done nothing else for <pb/>thirty years and was not tired of it.</p>" in text
    assert text.count("<pb") == 1


def test_a_page_between_paragraphs_and_a_blank_page_each_have_their_mark() -> None:
    text = body(joined(TWO.encode(), b"\n", TWO.encode()))
    assert re.search(r"opened it\.</p>\s*<pb/>\s*<pb/>\s*<p>thirty", text)


def test_running_heads_and_page_numbers_go_with_the_page() -> None:
    pages = [f"{number}          THE SLUICE\n\n{LINE * 12}" for number in range(2, 7)]
    text = body(joined(*map(str.encode, pages)))
    assert re.findall(r'<pb n="(\d)"', text) == ["2", "3", "4", "5", "6"]
    assert text.count("<pb") == 5


def test_a_division_begins_at_the_seam_with_its_heading_or_without() -> None:
    assert shape(joined(TWO.encode(), THREE.encode(), TWO.encode(), begins="division")) == [
        "section n=section",
        '  p "thirty years and was not tired of it."',
        '  p "On Sundays his sister opened it."',
        "section n=section2",
        '  head "The Lock"',
        '  p "Below the gate there was a lock, which nobody opened at all."',
        "section n=section3",
        '  p "thirty years and was not tired of it."',
        '  p "On Sundays his sister opened it."',
    ]


def test_nothing_begins_where_the_sidecar_says_so() -> None:
    source = joined(ONE.encode(), TWO.encode(), begins="nothing")
    assert '  p "The gate was shut in the evening, and opened in the morning by a man who had done nothing else for thirty' in body_outline(
        source
    )
    assert "<pb" not in body(source)


def body_outline(source: Source) -> str:
    return "\n".join(shape(source))


def test_no_rule_looks_over_a_division() -> None:
    one = b"The gatekeeper wrote every evening what he had seen, and it was much the same:\n\n    A barge with hay\n    went up.\n"
    two = b"    A barge with stones\n    came down.\n\nThat was all, and in forty years nobody asked him for more than that, or for less.\n"
    assert sum(line.strip() == "quotation" for line in shape(joined(one, two, begins="nothing"))) == 1
    assert sum(line.strip() == "quotation" for line in shape(joined(one, two, begins="division"))) == 2


def test_no_quotation_runs_over_a_division() -> None:
    one = "He began: “There was a gate, and it was shut, and nobody in the town knew why\nthey had shut it (Papers, p. 3).\n"
    two = "“There was a lock too,” he said, “and it was open.” (Papers, p. 4).\n\n“Nobody knew why.”\n"
    result = convert(joined(one.encode(), two.encode(), begins="division"), formats=())
    assert [problem.code for problem in result.problems if problem.level != "info"] == ["quotation-unpaired"]
    assert b"next=" not in result.outputs["book.xml"]


def test_a_form_feed_is_a_page_break() -> None:
    text = body(read_source(f"{ONE}\n\f{TWO}".encode(), "book"))
    assert "nothing else for <pb/>thirty years" in text


# ---------------------------------------------------------------- finding them


def names(*paths: Path) -> list[tuple[str, bool]]:
    inputs, errors = find_inputs(paths)
    assert errors == []
    return [(entry.name, entry.has_parts) for entry in inputs]


def test_a_folder_with_a_sidecar_of_its_own_is_one_source(book: Path) -> None:
    assert names(book) == names(book / "source.toml") == names(book.parent) == [("book", True)]


def test_the_parts_of_a_source_are_no_sources_beside_it(book: Path) -> None:
    assert names(*sorted(book.iterdir())) == [("book", True)]  # what a shell makes of book/*
    assert names(book / "two.txt") == [("two", False)]


def test_a_sidecar_beside_texts_may_list_some_of_them(workplace: Path) -> None:
    folder = write(workplace / "raw", a="a", a2="b", c="c")
    (folder / "a.toml").write_text('parts = ["a.txt", "a2.txt"]\n')
    (folder / "c.toml").write_text('[metadata]\ntitle = "parts = 1"\n')
    assert names(folder) == [("a", True), ("c", False)]


def test_a_folder_that_names_no_parts_has_all_its_texts_in_order(workplace: Path) -> None:
    folder = write(workplace / "diary", p10="ten", p9="nine", p1="one")
    (folder / "source.toml").write_text('seam = "page"\n')
    source, _ = load_input(Input("diary", folder / "source.toml", folder / "source.toml"))
    assert [(part.file, part.begins) for part in source.parts] == [("p1.txt", "nothing"), ("p9.txt", "page"), ("p10.txt", "page")]


def test_a_text_named_source_has_its_sidecar_as_any_other(workplace: Path) -> None:
    folder = write(workplace / "raw", source="x", other="y")
    (folder / "source.toml").write_text('[metadata]\ntitle = "T"\n')
    assert names(folder) == [("other", False), ("source", False)]


@pytest.mark.parametrize(
    ("sidecar", "says"),
    [
        ('parts = ["one.txt", "four.txt"]', 'book/source.toml, line 1: parts[2]: "four.txt" is not there; check the name'),
        ('parts = [\n"one.txt",\n"../two.txt"]', "book/source.toml, line 3: parts[2]: must be a path, or a table"),
        ('parts = ["/etc/passwd"]', "book/source.toml, line 1: parts[1]: must be a path, or a table"),
        ('parts = ["one.txt", "one.txt"]', 'parts[2]: "one.txt" is parts[1] already; name each file once'),
        ('parts = ["one.txt", "again.txt"]', 'parts[2]: "again.txt" is the same file as parts[1]; name each file once'),
        ('parts = ["one.txt", "up/secret.txt"]', 'parts[2]: "secret.txt" is a link out of the folder'),
        ('parts = ["one.txt", { file = "two.txt", begins = "chapter" }]', 'must be "page", "division" or "nothing"'),
        ("parts = []", "must not be empty"),
        ('seam = "page"\nparts = ["one.txt"]', "there is no seam without a second part"),
    ],
)
def test_parts_that_cannot_be_are_said_in_one_sentence(book: Path, sidecar: str, says: str) -> None:
    (book.parent / "secret.txt").write_text("s")
    (book / "up").symlink_to("..")
    (book / "again.txt").symlink_to("one.txt")
    (book / "source.toml").write_text(sidecar)
    result = run("build", "book", "-o", "out")
    assert result.exit_code == 1
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in Path("out").iterdir()] == ["ledger.sqlite"]
    assert run("validate", "book/source.toml").exit_code == 1


def test_a_folder_without_texts_is_said(workplace: Path) -> None:
    folder = write(workplace / "book")
    (folder / "source.toml").write_text('seam = "page"\n')
    with pytest.raises(NoSource, match="no texts"):
        load_input(Input("book", folder / "source.toml", folder / "source.toml"))


def test_a_text_beside_the_sidecar_that_is_no_part_is_said(workplace: Path) -> None:
    folder = write(workplace / "raw", a="a", b="b", c="c")
    (folder / "a.toml").write_text('parts = ["b.txt", "c.txt"]\n')
    result = run("build", folder, "-o", "out")
    assert "parts does not name a.txt, which stands beside it" in result.stderr


def test_a_part_that_cannot_be_read_is_named(book: Path) -> None:
    (book / "two.txt").write_bytes(b"ok \xff\xfe\x00 not this\n")
    (book / "source.toml").write_text('parts = ["one.txt", "two.txt"]\nsettings.encoding = "utf-8"\n')
    result = run("build", "book", "-o", "out")
    assert "book/two.txt, line 1, byte 3: the byte 0xff is no utf-8 here" in result.stderr


def test_the_encoding_of_the_sidecar_is_that_of_every_part(workplace: Path) -> None:
    folder = write(workplace / "book", a="é".encode("mac-roman"), b="è".encode("mac-roman"))
    (folder / "source.toml").write_text('settings.encoding = "mac-roman"\n')
    source, _ = load_input(Input("book", folder / "source.toml", folder / "source.toml"))
    assert (source.text, source.encoding) == ("é\nè", "mac-roman")


# ---------------------------------------------------------------- the commands


def test_a_source_of_several_files_goes_all_the_way_and_back(book: Path) -> None:
    (book / "two.txt").write_bytes(TWO.replace("sister", "sœur").encode("utf-16"))
    before = {path.name: path.read_bytes() for path in book.glob("*.txt")}
    assert run("build", "book", "-o", "out", "--check-json").stdout == "out/book/book.xml\n"
    edition = "out/book/book.xml"
    for path in (edition, "out/book/book.json", "out/book/book.provenance.json", "book/source.toml"):
        assert run("validate", path).exit_code == 0, path
    assert "identical" in run("verify", edition, "book").stdout
    assert "identical" in run("verify", edition, "book/source.toml").stdout
    assert run("restore", edition, "-o", "back").exit_code == 0
    assert {path.name: path.read_bytes() for path in Path("back").iterdir()} == before
    assert run("inspect", "book").exit_code == 0


def test_the_files_come_back_after_an_editor_changed_the_tags(book: Path) -> None:
    run("build", "book", "-o", "out")
    path = Path("out/book/book.xml")
    header, text, rest = path.read_text().partition("<text")
    path.write_text(header + text + rest.replace("<pb/>", "").replace("<p ", "<ab ").replace("</p>", "</ab>\n\n"))
    assert run("restore", path, "-o", "back").exit_code == 0
    assert (Path("back/one.txt").read_text(), Path("back/two.txt").read_text()) == (ONE, TWO)


def test_a_changed_part_is_found(book: Path) -> None:
    run("build", "book", "-o", "out")
    (book / "two.txt").write_text(TWO.replace("Sundays", "Mondays"))
    result = run("verify", "out/book/book.xml", "book")
    assert result.exit_code == 1
    assert "book/two.txt:3: error: the source reads" in result.stderr


def test_several_files_are_written_to_a_folder_and_over_nobodys_work(book: Path) -> None:
    run("build", "book", "-o", "out")
    assert run("restore", "out/book/book.xml", "-o", "-").exit_code == 2
    write(book.parent / "back", three="mine")
    result = run("restore", "out/book/book.xml", "-o", "back")
    assert result.exit_code == 1
    assert "back/three.txt: is there already" in result.stderr
    assert [path.name for path in Path("back").iterdir()] == ["three.txt"]
    assert run("restore", "out/book/book.xml", "-o", "back", "--force").exit_code == 0
    assert Path("back/three.txt").read_text() == THREE


def test_problems_name_the_part(book: Path) -> None:
    (book / "two.txt").write_bytes(b"One line.\n\nAnd a bell: \x07.\n")
    result = run("build", "book", "-o", "out")
    assert "book/two.txt:3: warning: U+0007 cannot stand in XML" in result.stderr
    run("build", "book", write(book.parent / "other", x="Some text.\n"), "-o", "out")
    report = json.loads(Path("out/report.json").read_text())
    assert report["sources"][0]["problems"][0]["file"] == "book/two.txt"
    assert report["sources"][0]["problems"][0]["line"] == 3


def test_init_leaves_the_sidecar_of_a_source_alone(book: Path) -> None:
    before = (book / "source.toml").read_bytes()
    assert run("init", "book", "--force").exit_code == 2
    assert (book / "source.toml").read_bytes() == before


def test_the_header_lists_the_files(book: Path) -> None:
    run("build", "book", "-o", "out")
    root = etree.parse("out/book/book.xml")
    files = root.findall(f".//{TEI}sourceDesc/{TEI}listBibl/{TEI}bibl")
    assert [file.findtext(f"{TEI}title") for file in files] == ["one.txt", "two.txt", "three.txt"]
    assert [file.findtext(f"{TEI}idno") for file in files] == [
        hashlib.sha256((book / name).read_bytes()).hexdigest() for name in ("one.txt", "two.txt", "three.txt")
    ]


# ---------------------------------------------------------------- the record


@pytest.fixture
def record(book: Path) -> dict[str, object]:
    run("build", "book", "-o", "out")
    values: dict[str, object] = json.loads(Path("out/book/book.provenance.json").read_text())
    return values


CHANGES: dict[str, tuple[str, object, str]] = {
    "a path out of the folder": ("file", "../one.txt", "file has a wrong value"),
    "an absolute path": ("file", "/tmp/one.txt", "file has a wrong value"),
    "a drive": ("file", "C:one.txt", "file has a wrong value"),
    "the name of another": ("file", "ONE.txt", "has the name of another"),
    "no range": ("start", 1 << 40, "is no range of the text"),
    "a range that overlaps": ("start", 0, "is no range of the text"),
    "no encoding": ("encoding", "mixed", "encoding has a wrong value"),
    "no truth value": ("bom", 1, "bom has a wrong value"),
    "a seam that there is not": ("begins", "chapter", "begins has a wrong value"),
    "another hash": ("sha256", "0" * 64, "do not have the hash"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_record_that_was_tampered_with_is_refused(record: dict[str, object], case: str) -> None:
    key, value, says = CHANGES[case]
    record["source"]["parts"][1][key] = value  # type: ignore[index]
    Path("out/book/book.provenance.json").write_text(json.dumps(record))
    result = run("restore", "out/book/book.xml", "-o", "back")
    assert result.exit_code == 1
    assert says in result.stderr
    assert not Path("back").exists()


def test_mixed_is_the_encoding_of_several_files_only(record: dict[str, object]) -> None:
    source = record["source"]
    assert isinstance(source, dict)
    source["encoding"] = "mixed"
    provenance.load(json.dumps(record).encode(), "p")
    del source["parts"]
    with pytest.raises(ProvenanceUnreadable, match="encoding has a wrong value"):
        provenance.load(json.dumps(record).encode(), "p")


@pytest.mark.parametrize("path", ["a", "a/b.txt", "a b/ç.txt", "a..", "a./b"])
def test_paths_that_stay_inside(path: str) -> None:
    assert is_safe(path)
    assert _schema_takes(path)


@pytest.mark.parametrize(
    "path",
    ["", ".", "..", "../a", "a/..", "a/../b", ".git/hooks/x", "a/.b", "/a", "a//b", "a/", "C:a", "a\\b", "a\nb", "a\x00", "x" * 1001],
)
def test_paths_that_leave(path: str) -> None:
    assert not is_safe(path)
    assert not _schema_takes(path)


def _schema_takes(path: str) -> bool:
    """Whether the schemas of sidecar and provenance take a path; both must, or none."""
    sidecar, record = (json.loads(read_schema(f"{name}.schema.json"))["$defs"] for name in ("sidecar", "provenance"))
    one, other = (Draft202012Validator(node).is_valid(path) for node in (sidecar["path"], record["part"]["properties"]["file"]))
    assert one == other
    return one


def test_a_sidecar_that_breaks_between_finding_and_reading_is_said(book: Path) -> None:
    (entry,), _ = find_inputs([book])
    (book / "source.toml").write_text("parts = [")
    with pytest.raises(BadSidecar):
        load_input(entry)
