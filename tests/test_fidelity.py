"""The invariant: what an edition prints is what its source prints; whoever breaks it is told where, and the source comes back from it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import FidelityBroken, NotAnEdition, ProvenanceUnreadable
from tei_pipeline.fidelity import compare, printed, printed_source, restore, text_of, verify
from tei_pipeline.provenance import Provenance, build_provenance, dump, load
from tei_pipeline.source import UNENCODABLE, Source, read_source

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

ACTIVE = "ab.1 \n\r\t\x00\x0b\x0c\x85\xa0\u2028\ufeffé—“<&]\U0001f600"


def edition(body: str) -> etree._Element:
    """A TEI tree around the content of a ``text`` element."""
    return etree.fromstring(f'<TEI xmlns="{TEI}"><teiHeader>not compared</teiHeader><text><body>{body}</body></text></TEI>')


def source_of(text: str, encoding: str = "utf-8") -> Source:
    return read_source(text.encode(encoding, "surrogatepass"), "sample", encoding=encoding)


def plain_edition(source: Source) -> etree._Element:
    """One paragraph per line that prints anything, with an identifier, and without the white space at its ends."""
    root = edition("")
    body = root.find(f".//{{{TEI}}}body")
    assert body is not None
    for line in source.lines:
        words = UNENCODABLE.sub("", line.text).split()
        if words:
            etree.SubElement(body, f"{{{TEI}}}p", {XML_ID: f"p{line.number}"}).text = " ".join(words)
    return root


def provenance_of(source: Source, root: etree._Element) -> Provenance:
    return load(dump(build_provenance(source, root, (), version="1", outputs={})), "sample.provenance.json")


# ---------------------------------------------------------------- what is printed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>The river <hi>rose</hi> in\n the night.</p>", "Theriverroseinthenight."),
        ("<p>the <choice><sic>rivre</sic><corr>river</corr></choice> rose</p>", "therivrerose"),
        ("<p><choice><orig>vp</orig><reg>up</reg></choice> <choice><abbr>Mr.</abbr><expan>Mister</expan></choice>!</p>", "vpMr.!"),
        ("<p><corr>alone</corr> <reg>counts</reg><expan>too</expan></p>", "alonecountstoo"),
        ("<p>a<supplied>lost</supplied>b<supplied><p>x</p></supplied>c</p>", "abc"),
        ("<p><choice><sic>a<supplied>x</supplied></sic><corr>y<choice><sic>z</sic></choice></corr></choice>tail</p>", "atail"),
        ('<p>a<fw type="pageNum">12</fw><surplus>/p></surplus><!-- no --><?no no?>b</p>', "a12/p>b"),
        ('<p>a<m:math xmlns:m="urn:math"><m:i>x</m:i><p>y</p></m:math>b<q xmlns="">z</q>c</p>', "abc"),
        ("<p>a\u00a0b\u2028c\u0085d\u3000e\u200bf</p>", "abcde\u200bf"),
        ("", ""),
    ],
)
def test_what_an_edition_prints(body: str, expected: str) -> None:
    root = edition(body)
    before = etree.tostring(root)
    assert printed(text_of(root)) == expected
    assert etree.tostring(root) == before


def test_what_a_source_prints() -> None:
    assert printed_source(source_of("\x0cTo  be,\r\n\x00 or\u2028not\x1f\ufffe ")) == "Tobe,ornot"


@pytest.mark.parametrize("changed", [False, True])
def test_depth_and_length_do_not_matter(changed: bool) -> None:
    text = etree.Element(f"{{{TEI}}}text")
    inner = text
    for _ in range(2_000):  # libxml2 parses no deeper than 2048
        inner = etree.SubElement(inner, f"{{{TEI}}}seg")
        inner.text = "a"
    inner.text = "word " * 3_000_000
    if changed:
        etree.SubElement(text, f"{{{TEI}}}supplied").text = "x"
    assert printed(text) == "a" * 1_999 + "word" * 3_000_000


@pytest.mark.parametrize(
    "xml",
    [
        "<html/>",
        "<TEI><text/></TEI>",
        f'<TEI xmlns="{TEI}"><teiHeader/></TEI>',
        f'<teiCorpus xmlns="{TEI}"><TEI><text/></TEI></teiCorpus>',
        f'<body xmlns="{TEI}"/>',
    ],
)
def test_what_is_no_edition(xml: str) -> None:
    root = etree.fromstring(xml)
    with pytest.raises(NotAnEdition, match=r"^in/a\.xml: the root element .* give a TEI P5 file with one text$"):
        text_of(root, "in/a.xml")


names = st.sampled_from(["p", "hi", "choice", "sic", "corr", "reg", "expan", "supplied", "fw", "{urn:other}x", "{}y", "!", "?"])


@st.composite
def trees(draw: st.DrawFn) -> etree._Element:
    """A TEI text of elements that matter to the invariant, comments and instructions, each with text and tail."""
    text = etree.Element(f"{{{TEI}}}text")
    elements = [text]
    for name in draw(st.lists(names, max_size=20)):
        parent = draw(st.sampled_from(elements))
        if name == "!":
            child: Any = etree.Comment("note")
        elif name == "?":
            child = etree.ProcessingInstruction("note", "x")
        else:
            child = etree.Element(name.removeprefix("{}") if name.startswith("{") else f"{{{TEI}}}{name}")
            elements.append(child)
            child.text = draw(st.sampled_from(["", "a", " b ", "c d"]))
        child.tail = draw(st.sampled_from(["", "e", " f\n", "\u2028g"]))
        parent.append(child)
    return text


@given(trees())
def test_the_independent_checker_sees_the_same(shared: Path, text: etree._Element) -> None:
    specification = importlib.util.spec_from_file_location("diplomatic", shared / "score" / "diplomatic.py")
    assert specification
    assert specification.loader
    diplomatic = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(diplomatic)
    pieces: list[str] = []
    diplomatic.printed(text, pieces)
    assert printed(text) == "".join("".join(pieces).split())


# ---------------------------------------------------------------- comparing

FERRY = "The ferry left\nat dawn with ten\nsacks of barley,\nand came back\nwith none.\n"


def test_an_edition_that_is_right_has_no_problem() -> None:
    source = source_of(FERRY)
    assert compare(source, plain_edition(source)) is None
    assert verify(source, plain_edition(source)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "reading", "missing", "added"),
    [
        ("sacks", "sack", 3, "p3", "sack of barley,", 1, 0),
        ("sacks", "sackss", 3, "p3", "sackss of barley,", 0, 1),
        ("barley", "baryel", 3, "p3", "baryel,", 0, 0),
        ("none", "nine", 5, "p5", "nine.", 1, 1),
        ("The", "he", 1, "p1", "he ferry", 1, 0),
        ("none.", "none", 5, "", "with none”", 1, 0),
        ("none.", "none. End", 5, "p5", "none. End", 0, 3),
    ],
)
def test_the_first_letter_that_differs_is_found(old: str, new: str, line: int, where: str, reading: str, missing: int, added: int) -> None:
    source = source_of(FERRY)
    root = etree.fromstring(etree.tostring(plain_edition(source)).replace(old.encode(), new.encode(), 1))
    problem = compare(source, root)
    assert problem
    assert (problem.level, problem.code, problem.line, problem.where) == ("error", "fidelity-broken", line, where)
    assert old in problem.message
    assert reading in problem.message
    assert problem.message.endswith(f"in all {missing} characters are missing and {added} were added")


def test_a_line_that_is_lost_is_named() -> None:
    source = source_of(FERRY.replace("\n", "\r\n") * 50)
    root = plain_edition(source)
    gone = root.find(f".//{{{TEI}}}p[@{XML_ID}='p123']")
    assert gone is not None
    body = gone.getparent()
    assert body is not None
    body.remove(gone)
    problem = compare(source, root)
    assert problem
    assert (problem.line, problem.where) == (123, "p124")
    assert "14 characters are missing and 0 were added" in problem.message  # sacks of barley, without its two spaces


def test_the_place_in_the_tei_counts_only_what_is_printed() -> None:
    source = source_of("one two three four\n")
    first = '<p xml:id="a">one <supplied>and <hi>so far away</hi> on</supplied><!-- c --> two </p>'
    root = edition(f'{first}<p xml:id="b"><choice><sic>three </sic><corr>3</corr></choice><hi>fuor</hi></p>')
    problem = compare(source, root)
    assert problem
    assert (problem.line, problem.where) == (1, "b")
    assert "the source reads “one two three four”, the TEI “one two three fuor”" in problem.message


def test_a_message_cannot_steer_a_terminal() -> None:
    source = source_of("a\x9b2Jb\n")
    problem = compare(source, edition("<p>a\x9b2Jc</p>"))
    assert problem
    assert "\x9b" not in problem.message


@given(st.text(ACTIVE, max_size=40), st.integers(0, 100), st.sampled_from("xyz"))
def test_no_letter_is_lost_added_or_changed_unseen(text: str, place: int, letter: str) -> None:
    source = source_of(f"a{text}")
    root = plain_edition(source)
    assert compare(source, root) is None
    paragraphs = list(root.iter(f"{{{TEI}}}p"))
    paragraph = paragraphs[place % len(paragraphs)]
    words = paragraph.text or ""
    at = place % len(words)
    number = int((paragraph.get(XML_ID) or "")[1:])
    for changed in (words[:at] + letter + words[at:], words[:at] + letter + words[at + 1 :]):
        paragraph.text = changed
        problem = compare(source, root)
        assert problem
        assert problem.line is not None
        assert problem.line >= number


# ---------------------------------------------------------------- restoring


def retag(root: etree._Element, seed: int) -> etree._Element:
    """What editors and their programs do: other elements, words marked, comments, corrections, another indentation, a file in between."""
    for number, paragraph in enumerate(list(root.iter(f"{{{TEI}}}p"))):
        words = paragraph.text or ""
        half = (seed + number) % (len(words) + 1)
        paragraph.text = words[:half]
        mark = etree.SubElement(paragraph, f"{{{TEI}}}choice")
        etree.SubElement(mark, f"{{{TEI}}}sic").text = words[half:]
        etree.SubElement(mark, f"{{{TEI}}}corr").text = "better"
        mark.tail = "\n\t"
        paragraph.append(etree.Comment("seen"))
        etree.SubElement(paragraph, f"{{{TEI}}}supplied").text = " and more"
        if (seed + number) % 3 == 0:
            paragraph.tag = f"{{{TEI}}}ab"
            paragraph.attrib.clear()
    etree.indent(root, "\t" if seed % 2 else "      ")
    return etree.fromstring(etree.tostring(root, encoding="utf-16" if seed % 5 == 0 else "utf-8"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
@given(text=st.text(ACTIVE + "\ud800\udc00", max_size=60), seed=st.integers(0, 30))
def test_the_source_comes_back_also_after_an_editor_was_there(encoding: str, text: str, seed: int) -> None:
    try:
        data = f"Anfang {text}".encode(encoding, "strict" if encoding == "latin-1" else "surrogatepass")
    except UnicodeEncodeError:
        assume(False)
    source = read_source(data, "sample", encoding=encoding)
    root = plain_edition(source)
    provenance = provenance_of(source, root)
    assert restore(root, provenance) == data
    edited = retag(root, seed)
    assert restore(edited, provenance) == data
    assert verify(source, edited, provenance) == []


@pytest.mark.parametrize(
    "data",
    [
        b"one line",
        b"\r\n\r\none\rtwo\nthree\n\n\n",
        b"\x0c\x0cpage\x0c\n\x00\x00\x00tail\x00",
        b"   indented\n\ttabbed  twice \n",
        b"\xef\xbb\xbf mark and blank",
        "a\u2028b\x85c\u3000\u00a0d".encode(),
        b"\xff\xfea\x00\x00\xd8\n\x00",
    ],
)
def test_sources_with_something_odd_come_back(data: bytes) -> None:
    source = read_source(data, "sample")
    root = plain_edition(source)
    assert restore(retag(root, 1), provenance_of(source, root)) == data


def test_a_changed_letter_is_not_restored_in_silence() -> None:
    source = source_of(FERRY)
    root = plain_edition(source)
    provenance = provenance_of(source, root)
    paragraph = root.find(f".//{{{TEI}}}p")
    assert paragraph is not None
    paragraph.text = "The ferry lift"
    with pytest.raises(
        FidelityBroken, match=r"^out/a\.xml: its printed characters are not those of its source any more \(59 now, 59 then\)"
    ):
        restore(root, provenance, label="out/a.xml")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (b'"\\n"', b'"\\r"', "source.sha256"),
        (b'"encoding":"utf-8"', b'"encoding":"cp437"', "whitespace"),
        (b'"encoding":"utf-8"', b'"encoding":"utf-16-le"', "source.sha256"),
        (b'"ceab0"', b'"bfab0"', "source.sha256"),
        (b'"ceab0"', b'"ceaa0"', "whitespace"),
        (b'"ceab0"', b'"ceab7"', "whitespace"),
        (b'"characters":72,', b'"characters":73,', "whitespace"),
    ],
)
def test_a_record_that_was_tampered_with_is_refused(old: bytes, new: bytes, key: str) -> None:
    source = source_of("The ferry – le\nft\n" * 4)
    root = plain_edition(source)
    data = dump(build_provenance(source, root, (), version="1", outputs={}))
    assert old in data
    with pytest.raises(ProvenanceUnreadable) as caught:
        restore(root, load(data.replace(old, new, 1), "a.json"))
    assert caught.value.key == key


def test_verify_says_when_the_provenance_is_of_another_source() -> None:
    source, other = source_of(FERRY), source_of(FERRY.replace("\n", "\r\n"))
    root = plain_edition(source)
    problems = verify(source, root, provenance_of(other, root))
    assert [(problem.level, problem.code) for problem in problems] == [("error", "provenance-mismatch")]
    assert other.sha256 in problems[0].message


def test_verify_says_when_the_source_cannot_be_restored() -> None:
    source = source_of(FERRY)
    root = plain_edition(source)
    values = build_provenance(source, root, (), version="1", outputs={})
    values["whitespace"]["strings"] = ["\t"]
    problems = verify(source, root, load(dump(values), "a.json"))
    assert [problem.code for problem in problems] == ["not-restored"]
    assert "a.json" in problems[0].message


def test_verify_names_the_difference_and_not_its_consequence() -> None:
    source = source_of(FERRY)
    root = plain_edition(source)
    provenance = provenance_of(source, root)
    paragraph = root.find(f".//{{{TEI}}}p")
    assert paragraph is not None
    paragraph.text = ""
    problems: list[Problem] = verify(source, root, provenance)
    assert [problem.code for problem in problems] == ["fidelity-broken"]


def test_the_real_books_come_back(shared: Path) -> None:
    for path in sorted([*shared.glob("volume/*.txt"), *shared.glob("corpus/texts/*.txt"), *shared.glob("corpus/pages/texts/*.txt")]):
        data = path.read_bytes()
        source = read_source(data, path.name)
        root = plain_edition(source)
        assert compare(source, root) is None
        assert restore(root, provenance_of(source, root)) == data
