"""Bytes become a Source and bytes again; what is no text is refused with a sentence that helps."""

from __future__ import annotations

import codecs
import io
import pickle
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tei_pipeline.encodings import known_encoding
from tei_pipeline.errors import (
    BinarySource,
    EmptySource,
    FidelityBroken,
    NotAnEdition,
    PipelineError,
    ProvenanceUnreadable,
    UndecodableSource,
    UnknownEncoding,
    printable,
)
from tei_pipeline.source import Line, Source, encode, first_difference, line_ends, read_source, split_lines, unencodable

ACTIVE = "ab.1 \n\r\t\x00\x0b\x0c\x1c\x85\xa0\u2028\u3000\ufeff\ufffeé—“\U0001f600"
UNICODE = st.one_of(st.text(ACTIVE, max_size=30), st.text(max_size=30))
WITH_SURROGATES = st.one_of(st.text(ACTIVE + "\ud800\udc00", max_size=30), st.text(st.characters(exclude_categories=()), max_size=30))

MARKED = [
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
]


def read(data: bytes, encoding: str | None = None) -> Source:
    return read_source(data, "sample", label="in/sample.txt", encoding=encoding)


# ---------------------------------------------------------------- lines


@given(UNICODE)
@example("one\r\ntwo\rthree\nfour")
@example("\n\r\n\r\r")
def test_lines_end_where_universal_newlines_do(text: str) -> None:
    expected = [line.removesuffix("\n").removesuffix("\r") for line in io.StringIO(text, newline="")]
    assert [line.text for line in split_lines(text)] == expected


@given(UNICODE)
def test_lines_know_their_place(text: str) -> None:
    at = 0
    for number, line in enumerate(split_lines(text), start=1):
        assert line.number == number
        assert text[line.start : line.end] == line.text
        assert text[at : line.start] in ("", "\n", "\r\n", "\r")
        at = line.end
    assert text[at:] in ("", "\n", "\r\n", "\r")


def test_lines_by_example() -> None:
    assert split_lines("") == ()
    assert split_lines("one\r\ntwo\n\nthree") == (Line(1, 0, 3, "one"), Line(2, 5, 8, "two"), Line(3, 9, 9, ""), Line(4, 10, 15, "three"))
    assert split_lines("form\x0cfeed\x85and\u2028others\n") == (Line(1, 0, 20, "form\x0cfeed\x85and\u2028others"),)
    assert all(type(line) is Line for line in split_lines("a\nb"))


def test_line_ends_are_counted_by_kind() -> None:
    assert line_ends("a\nb\r\nc\r\nd\re") == {"\n": 1, "\r\n": 2, "\r": 1}
    assert line_ends("none") == {}


# ---------------------------------------------------------------- bytes and back


@pytest.mark.parametrize(("encoding", "mark"), MARKED)
@given(text=WITH_SURROGATES)
@example(text="\r\n\ufeff mark inside")
@example(text="\ud800")
def test_a_marked_text_comes_back(encoding: str, mark: bytes, text: str) -> None:
    data = mark + f"x{text}".encode(encoding, "surrogatepass")
    source = read(data)
    assert (source.encoding, source.bom, source.confidence) == (encoding, True, 1.0)
    assert encode(source) == data
    assert source.size == len(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@given(text=WITH_SURROGATES)
def test_an_unmarked_text_comes_back_in_the_encoding_the_user_names(encoding: str, text: str) -> None:
    data = f"x{text}".encode(encoding, "surrogatepass")
    source = read(data, encoding)
    assert encode(source) == data
    assert source.bom is False
    assert (source.text + "\0").startswith("x")


@given(text=UNICODE)
def test_utf8_comes_back(text: str) -> None:
    data = f"x{text}".encode()
    assert encode(read(data)) == data


@given(
    st.lists(
        st.sampled_from(["Über ", "die ", "Brücke", "fährt ", "niemand.", "\r\n", "\n", "\r", "\x0c", "\x00", "\xa0", "»Grüße« "]),
        max_size=40,
    )
)
@example(["Über ", "\x00", "»Grüße« ", "»Grüße« ", "\x0c", "\x00", "Brücke", "\x0c"])  # its NULs stand as those of UTF-16 might
def test_latin_1_comes_back(words: list[str]) -> None:
    text = "Das Floß " + "".join(words)
    source = read(text.encode("latin-1"))
    assert source.text == text
    assert encode(source) == text.encode("latin-1")


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00")
@example(b"{\\rtf1 text}")
@example(b"\xef\xbb\xbf")
@example(b"x" * 80 + b"\x81\x8d\x8f\x90\x9d")
def test_any_bytes_are_read_exactly_or_refused_with_their_name(data: bytes) -> None:
    try:
        source = read(data)
    except PipelineError as error:
        assert str(error).startswith("in/sample.txt")  # noqa: PT017 -- either outcome is right
    else:
        assert encode(source) == data
        assert 0 <= source.confidence <= 1
        assert source.evidence


def test_what_is_recorded() -> None:
    source = read("Grüß Gott\r\n".encode())
    assert (source.name, source.text, source.lines) == ("sample", "Grüß Gott\r\n", (Line(1, 0, 9, "Grüß Gott"),))
    assert (source.size, source.encoding, source.bom, source.confidence, source.evidence) == (13, "utf-8", False, 1.0, "well-formed UTF-8")
    assert read(b"abc").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4, appendix B.1
    assert read(b"abc").evidence == "ASCII only"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", ["The river rose in the night.\n", "Река поднялась за ночь, и мост унесло.\r\n" * 3, "Le fleuve monta « cette nuit »."]
)
def test_utf16_without_a_mark_is_known_by_its_nulls(encoding: str, text: str) -> None:
    source = read(text.encode(encoding))
    assert (source.encoding, source.bom, source.text) == (encoding, False, text)
    assert source.confidence < 1


def test_a_text_with_some_nulls_stays_utf8() -> None:
    data = "Zeile eins\x00\nZeile zwei\x00\x00 – Ende\n".encode() * 40
    assert read(data).encoding == "utf-8"
    assert encode(read(data)) == data


def test_nulls_between_words_are_no_utf16() -> None:
    data = b"one\0two\0ten\0" * 30  # a NUL in every second pair of bytes
    with pytest.raises(BinarySource):
        read(data)
    assert read(data[:24]).text == "one\0two\0ten\0" * 2
    assert read("да\0x".encode() * 20).text == "да\0x" * 20


def test_one_line_of_many_megabytes() -> None:
    data = b"the river rose " * 1_400_000  # 21 MB
    source = read(data)
    assert [len(line.text) for line in source.lines] == [len(data)]
    assert encode(source) == data


# ---------------------------------------------------------------- the user's word


@pytest.mark.parametrize(
    ("name", "data", "encoding", "bom", "text"),
    [
        ("latin-1", b"\xe9t\xe9", "iso8859-1", False, "été"),
        ("ISO-8859-15", b"\xa4", "iso8859-15", False, "€"),
        ("CP437", b"\x82t\x82", "cp437", False, "été"),
        ("macroman", b"\x8et\x8e", "mac-roman", False, "été"),
        ("utf-8-sig", b"\xef\xbb\xbfa", "utf-8", True, "a"),
        ("utf8", b"\xef\xbb\xbfa", "utf-8", True, "a"),
        ("utf-16", b"\xfe\xff\x00a", "utf-16-be", True, "a"),
        ("utf-16", b"a\x00b\x00", "utf-16-le", False, "ab"),
        ("utf-16", b"\x00a\x00b", "utf-16-be", False, "ab"),
        ("utf-16-le", b"\xff\xfea\x00", "utf-16-le", True, "a"),
        ("utf-32", b"\x00\x00\x00a", "utf-32-be", False, "a"),
        ("latin-1", b"\xef\xbb\xbfa", "iso8859-1", False, "ï»¿a"),
        ("shift_jis", "川".encode("shift_jis"), "shift_jis", False, "川"),
    ],
)
def test_the_named_encoding_is_obeyed(name: str, data: bytes, encoding: str, bom: bool, text: str) -> None:
    source = read(data, name)
    assert (source.encoding, source.bom, source.text) == (encoding, bom, text)
    assert encode(source) == data
    assert source.evidence.startswith("named by the user")


@pytest.mark.parametrize(
    "name", ["klingon", "", "rot13", "base64", "idna", "punycode", "unicode_escape", "undefined", "utf-7", "a\0b", "\ud800", "../x"]
)
def test_a_name_that_is_no_encoding_of_texts(name: str) -> None:
    assert known_encoding(name) is None
    with pytest.raises(UnknownEncoding, match=r"in/sample\.txt: .*name one such as utf-8"):
        read(b"text", name)


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        (b"", EmptySource, "in/sample.txt: the file is empty; give a file with text, or leave it out"),
        (b" \n\t\r\n\x0c", EmptySource, "the file holds only white space or control characters (6 bytes)"),
        (b"\x00\x00\n", EmptySource, "only white space or control characters"),
        (b"\xef\xbb\xbf", EmptySource, "only white space"),
        (b"\xff\xfe \x00\n\x00", EmptySource, "only white space"),
        ("\u2028\x85\u3000".encode(), EmptySource, "only white space"),
        (b"%PDF-1.7\n%\xe2\xe3", BinarySource, "in/sample.txt, byte 0: this is a PDF file, not plain text; save it as plain"),
        (b"PK\x03\x04\x14\x00word/document.xml", BinarySource, "a ZIP archive (or DOCX, ODT, EPUB)"),
        (b"{\\rtf1\\ansi The river}", BinarySource, "rich text (RTF)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", BinarySource, "OLE document"),
        (b"\x89PNG\r\n\x1a\n....", BinarySource, "a PNG image"),
        (b"\xff\xd8\xff\xe0..JFIF", BinarySource, "a JPEG image"),
        (b"GIF89a....", BinarySource, "a GIF image"),
        (b"\x7fELF\x02\x01\x01", BinarySource, "an ELF program"),
        (b"\x1f\x8b\x08\x00", BinarySource, "a gzip archive"),
        (bytes(range(256)) * 16, BinarySource, "binary data ("),
        (b"text, then\n" + b"\x01\x02\x03\x04" * 50, BinarySource, "in/sample.txt, line 2: this is binary data (95% control characters)"),
        ("Der Fluß stieg über die Dämme.\n".encode() * 3 + b"und \xfc", UndecodableSource, "line 4, byte 106: the byte 0xfc is no utf-8"),
        ("Überall Flüße".encode()[:-2], UndecodableSource, "in/sample.txt, line 1, byte 13: the byte 0xc3 is no utf-8 here"),
        (b"\xef\xbb\xbfone\r\ntwo\rx\xff", UndecodableSource, "line 3, byte 13: the byte 0xff is no utf-8 here; mend the file, or name"),
        (b"\xff\xfea\x00\n\x00b", UndecodableSource, "line 2, byte 6: the byte 0x62 is no utf-16-le here"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00\x00\x00\x11\x00", UndecodableSource, "line 1, byte 8: the byte 0x00 is no utf-32-le here"),
        (b"\x8f\x81 a\x9d\x90b \x8d\xff\x9d\x81c\x90", UndecodableSource, "byte 0: the byte 0x8f is no UTF-8, and the text makes no sense"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_clear_sentence(data: bytes, kind: type[PipelineError], sentence: str) -> None:
    with pytest.raises(kind) as caught:
        read(data)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "encoding", "sentence"),
    [
        ("line one\nnaïve".encode(), "ascii", "in/sample.txt, line 2, byte 11: the byte 0xc3 is no ascii here"),
        (b"one\ntwo \x81", "cp1252", "in/sample.txt, line 2, byte 8: the byte 0x81 is no cp1252 here"),
        (b"\x1b$B\x1b(B text", "iso2022_jp", "would not be written back unchanged"),
    ],
)
def test_a_text_that_is_not_in_the_named_encoding(data: bytes, encoding: str, sentence: str) -> None:
    with pytest.raises(UndecodableSource, match="mend the file") as caught:
        read(data, encoding)
    assert sentence in str(caught.value)


def test_the_name_stands_in_for_a_missing_label() -> None:
    with pytest.raises(EmptySource, match=r"^novel: the file is empty"):
        read_source(b"", "novel")


ERRORS = [
    EmptySource("a.txt", 3),
    BinarySource("a.txt", "a PDF file", line=1, offset=0),
    UndecodableSource("a.txt", "utf-8", "the byte 0xff is no utf-8 here", line=2, offset=7),
    UnknownEncoding("a.txt", "klingon"),
    NotAnEdition("a.xml", "html"),
    FidelityBroken("a.xml", "it lost a letter"),
    ProvenanceUnreadable("a.json", "no JSON", key="blocks", line=3),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_reach_the_parent_of_a_worker_with_their_data(error: PipelineError) -> None:
    again: Any = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_names_cannot_steer_a_terminal() -> None:
    assert printable("plain — name.txt") == "plain — name.txt"
    assert printable("a\x1b[2Jb\nc\udc80") == "a\\x1b[2Jb\\nc\\udc80"
    assert "\x1b" not in str(EmptySource("\x1b[2J.txt", 0))


# ---------------------------------------------------------------- what XML cannot hold


def test_unencodable_characters_have_line_column_and_code() -> None:
    source = read("one\x00\r\n\x0ctwo\ufffe\r\x85\u2028 three\x1f".encode())
    assert unencodable(source) == [(1, 4, 0), (2, 1, 0x0C), (2, 5, 0xFFFE), (3, 9, 0x1F)]


@given(st.characters(exclude_categories=()))
@example("\x7f")
@example("\x85")
@example("\ufdd0")
@example("\uffff")
@example("\ud800")
@example("\t")
def test_unencodable_is_what_lxml_refuses(char: str) -> None:
    from lxml import etree

    source = read(f"x{char}".encode("utf-8", "surrogatepass"), "utf-8")
    try:
        etree.Element("p").text = char
    except (ValueError, UnicodeEncodeError):
        assert unencodable(source) == [(1, 2, ord(char))]
    else:
        assert unencodable(source) == []


@given(st.text("ab", max_size=12), st.text("ab", max_size=12))
def test_first_difference(one: str, other: str) -> None:
    at = first_difference(one, other)
    assert one[:at] == other[:at]
    assert at == min(len(one), len(other)) or one[at] != other[at]
