"""Finding sources: what is named is found in a stable order, or refused with a reason, before any work."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tei_pipeline.inputs import BadList, BadName, Input, NoSource, NoTexts, SameName, check_name, find_inputs, read_input, read_list


def names(paths: list[Path], name: str | None = None) -> list[str]:
    inputs, errors = find_inputs(paths, name=name)
    assert errors == []
    return [entry.name for entry in inputs]


def test_a_folder_gives_its_texts_sorted_and_nothing_else(workplace: Path) -> None:
    for name in ("b.txt", "a.TXT", "c.xml", "d.toml", ".hidden.txt", "text", "10.txt", "9.txt"):
        Path(name).write_text("x")
    Path("sub.txt").mkdir()
    Path("sub.txt/inner.txt").write_text("x")
    assert names([Path()]) == ["10", "9", "a", "b"]


def test_the_order_of_the_paths_is_kept_and_a_text_named_twice_is_one(workplace: Path) -> None:
    Path("raw").mkdir()
    for name in ("z.txt", "raw/a.txt", "raw/b.txt"):
        Path(name).write_text("x")
    assert names([Path("z.txt"), Path("raw"), Path("raw/a.txt"), Path("raw/../z.txt")]) == ["z", "a", "b"]


def test_a_sidecar_goes_with_its_text(workplace: Path) -> None:
    for name in ("a.txt", "a.toml", "b.TXT", "b.toml", "c.txt"):
        Path(name).write_text("x")
    inputs, errors = find_inputs(sorted(Path().iterdir()))  # what a shell makes of *
    assert errors == []
    assert [(entry.name, entry.sidecar) for entry in inputs] == [("a", Path("a.toml")), ("b", Path("b.toml")), ("c", None)]


def test_other_names_are_kept_whole(workplace: Path) -> None:
    for name in ("vol.10", "vol.11", "book"):
        Path(name).write_text("x")
    assert names([Path("vol.10"), Path("vol.11"), Path("book")]) == ["vol.10", "vol.11", "book"]


def test_standard_input_needs_a_name(workplace: Path) -> None:
    assert find_inputs([Path("-")], name="book") == ([Input("book", None)], [])
    _, errors = find_inputs([Path("-")])
    assert [type(error) for error in errors] == [BadName]
    assert "--name" in str(errors[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x/a.txt", "y/a.txt"),
        ("x/a.txt", "x/A.txt"),
        ("x/a.txt", "x/a.TXT"),
        ("x/caf\u00e9.txt", "x/cafe\u0301.txt"),
    ],
)
def test_two_sources_of_one_name_are_refused_before_work(workplace: Path, one: str, other: str) -> None:
    Path("x").mkdir()
    Path("y").mkdir()
    Path(one).write_text("1")
    Path(other).write_text("2")
    if Path(one).samefile(other):
        pytest.skip("this file system takes the two for one file")
    with pytest.raises(SameName) as caught:
        find_inputs([Path(one), Path(other)])
    assert one in str(caught.value)
    assert other in str(caught.value)


def test_one_name_for_two_texts_is_refused(workplace: Path) -> None:
    Path("a.txt").write_text("1")
    Path("b.txt").write_text("2")
    with pytest.raises(SameName):
        find_inputs([Path("a.txt"), Path("b.txt")], name="c")


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", ".hidden", "../up", "a/b", "a\\b", "a\nb", "a\x7fb", "a\u2028b", "a\udce9", "x" * 201, "é" * 101, "report.json"],
)
def test_a_name_that_no_folder_can_have_is_refused(name: str) -> None:
    with pytest.raises(BadName) as caught:
        check_name(name, "somewhere")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["a", "Band 10", "书", "a..b", "x" * 200, "-", "report"])
def test_other_names_are_taken(name: str) -> None:
    assert check_name(name, "somewhere") == name


@pytest.mark.parametrize("name", [b"a\nb.txt", b"a\xe9.txt"])
def test_one_bad_name_in_a_folder_does_not_lose_the_others(workplace: Path, name: bytes) -> None:
    try:
        Path(os.fsdecode(name)).write_text("x")
    except OSError:
        pytest.skip("this file system refuses the name itself")
    Path("good.txt").write_text("x")
    inputs, errors = find_inputs([Path()])
    assert [entry.name for entry in inputs] == ["good"]
    assert [type(error) for error in errors] == [BadName]
    assert str(errors[0]).isprintable()


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("gone.txt", "not there"),
        ("loop.txt", "cannot be read"),
        ("pipe", "neither a file"),
        ("a.xml", "XML"),
        ("a.json", "JSON"),
        ("b.toml", "sidecar"),
    ],
)
def test_what_is_no_text_is_named_with_a_reason(workplace: Path, path: str, word: str) -> None:
    Path("loop.txt").symlink_to("loop.txt")
    os.mkfifo("pipe")
    for name in ("a.xml", "a.json", "b.toml", "c.txt"):
        Path(name).write_text("x")
    inputs, errors = find_inputs([Path(path), Path("c.txt")])
    assert [entry.name for entry in inputs] == ["c"]
    assert len(errors) == 1
    assert str(errors[0]).startswith(f"{path}: ")
    assert word in str(errors[0])


def test_loops_of_links_in_a_folder_end(workplace: Path) -> None:
    Path("raw").mkdir()
    Path("raw/again").symlink_to("..")
    Path("raw/loop.txt").symlink_to("loop.txt")
    Path("raw/away.txt").symlink_to("nowhere")
    Path("raw/a.txt").write_text("x")
    inputs, errors = find_inputs([Path("raw")])
    assert [entry.name for entry in inputs] == ["a", "away", "loop"]
    assert errors == []
    for entry in inputs[1:]:
        with pytest.raises(NoSource, match=rf"raw/{entry.name}\.txt: "):
            read_input(entry)


def test_a_socket_in_a_folder_is_passed_over(workplace: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.txt")
        Path("a.txt").write_text("x")
        assert names([Path()]) == ["a"]


def test_a_folder_without_texts_is_said(workplace: Path) -> None:
    inputs, errors = find_inputs([Path()])
    assert inputs == []
    assert [type(error) for error in errors] == [NoTexts]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("path", ["shut.txt", "shut"])
def test_what_may_not_be_read_is_said(workplace: Path, path: str) -> None:
    Path("shut.txt").write_text("x")
    Path("shut").mkdir()
    Path(path).chmod(0)
    inputs, errors = find_inputs([Path(path)])
    for entry in inputs:
        with pytest.raises(NoSource) as caught:
            read_input(entry)
        errors.append(caught.value)
    assert [str(error) for error in errors] == [f"{path}: may not be read; change its permissions"]


def test_a_text_that_vanishes_after_it_was_found_is_said(workplace: Path) -> None:
    Path("a.txt").write_text("x")
    (entry,), _ = find_inputs([Path("a.txt")])
    assert read_input(entry) == b"x"
    Path("a.txt").unlink()
    with pytest.raises(NoSource, match=r"a\.txt: is not there"):
        read_input(entry)


@pytest.mark.parametrize(
    ("data", "paths"),
    [
        (b"a.txt\nb c.txt\n", ["a.txt", "b c.txt"]),
        (b"a.txt\r\n\r\nb.txt", ["a.txt", "b.txt"]),
        (b"a\nb.txt\0c.txt\0", ["a\nb.txt", "c.txt"]),
        (b"", []),
    ],
)
def test_a_list_is_lines_or_what_find_print0_writes(data: bytes, paths: list[str]) -> None:
    assert [str(path) for path in read_list(data)] == paths


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_list_may_begin_with_a_byte_order_mark(encoding: str) -> None:
    assert read_list("raw/Märchen.txt\r\ns3://library/b.txt\r\n".encode(encoding)) == ["raw/Märchen.txt", "s3://library/b.txt"]


def test_a_list_of_names_of_one_letter_is_one() -> None:
    assert read_list(b"a\0bc\0d\0e\0") == ["a", "bc", "d", "e"]


@pytest.mark.parametrize("data", ["raw/a.txt\n".encode("utf-16-le"), "raw/a.txt\n".encode("utf-16-be"), b"\xff\xfea"])
def test_a_list_in_half_an_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(BadList, match="UTF-8"):
        read_list(data)


# ---------------------------------------------------------------- trees


def keys(*paths: str) -> list[str]:
    inputs, errors = find_inputs([Path(path) for path in paths], recursive=True)
    assert errors == []
    return [entry.key for entry in inputs]


def put(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"About {name}\n")


def test_a_tree_is_mirrored(workplace: Path) -> None:
    put("in/b.txt", "in/a/b.txt", "in/a/deep/c.txt", "in/a/empty/readme.md", "in/.git/x.txt", "in/z/d.txt")
    put("in/book/p1.txt", "in/book/p2.txt", "in/book/source.toml", "in/out/ledger.sqlite", "in/out/b/b.txt")
    Path("in/book/source.toml").write_text("")
    Path("in/a/loop").symlink_to("..")
    assert keys("in") == ["b", "book", "a/b", "a/deep/c", "z/d"]
    assert keys("in/a") == ["b", "deep/c"]
    inputs, errors = find_inputs([Path("in")])
    assert [entry.key for entry in inputs] == ["b", "book"]
    put("only/below/x.txt")
    assert keys("only") == ["below/x"]
    inputs, errors = find_inputs([Path("only")])
    assert inputs == []
    assert "--recursive" in str(errors[0])


@pytest.mark.parametrize("names", [("one/a/x.txt", "two/A/X.txt"), ("one/a.txt", "one/a/a.xml.txt")])
def test_names_that_collide_in_a_tree_are_refused(workplace: Path, names: tuple[str, ...]) -> None:
    put(*names)
    with pytest.raises(SameName):
        find_inputs([Path("one"), Path("two")], recursive=True)


def test_a_folder_that_no_output_can_have_is_said_and_the_others_go_on(workplace: Path) -> None:
    put("in/a.txt", "in/report.json/b.txt")
    inputs, errors = find_inputs([Path("in")], recursive=True)
    assert [entry.key for entry in inputs] == ["a"]
    assert "report.json" in str(errors[0])
