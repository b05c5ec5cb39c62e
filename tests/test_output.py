"""Writing: whole or not at all, finished by the next run, and never over somebody's work."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tei_pipeline.output import CannotWrite, SomebodysWork, digest, write_edition, write_file


def edition(**contents: str) -> dict[str, bytes]:
    """The files of an edition named ``a``, with the provenance that knows their hashes."""
    files = {f"a.{end}": text.encode() for end, text in contents.items()}
    files["a.provenance.json"] = json.dumps({"outputs": {file: digest(data) for file, data in files.items()}}).encode()
    return files


OLD = edition(json="{}", txt="old", xml="<old/>")
NEW = edition(json="[]", txt="new", xml="<new/>")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_edition_is_written_and_replaced_and_leaves_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "a"
    assert {path.name for path in write_edition(folder, "a", OLD)} == set(OLD)
    assert contents(folder) == OLD
    write_edition(folder, "a", NEW)
    assert contents(folder) == NEW


def test_what_is_as_it_should_be_is_not_touched(tmp_path: Path) -> None:
    write_edition(tmp_path, "a", OLD)
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    assert write_edition(tmp_path, "a", OLD) == ()
    changed = write_edition(tmp_path, "a", edition(json="{}", txt="new", xml="<old/>"))
    assert {path.name for path in changed} == {"a.txt", "a.provenance.json"}
    assert {path.name for path in tmp_path.iterdir() if path.stat().st_mtime == 1} == {"a.json", "a.xml"}


@pytest.mark.parametrize("file", ["a.xml", "a.json", "a.txt"])
def test_a_file_that_somebody_changed_is_left_alone_with_all_the_others(tmp_path: Path, file: str) -> None:
    write_edition(tmp_path, "a", OLD)
    (tmp_path / file).write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(SomebodysWork) as caught:
        write_edition(tmp_path, "a", NEW)
    assert caught.value.path == tmp_path / file
    assert "--force" in str(caught.value)
    assert contents(tmp_path) == before
    write_edition(tmp_path, "a", NEW, force=True)
    assert contents(tmp_path) == NEW


@pytest.mark.parametrize("provenance", [None, b"", b"{", b"[]", b'{"outputs": 1}', b'{"outputs": {"a.xml": 1}}', b"[" * 100_000, b"\xff"])
def test_a_tei_without_a_provenance_of_ours_is_somebodys(tmp_path: Path, provenance: bytes | None) -> None:
    (tmp_path / "a.xml").write_bytes(OLD["a.xml"])
    if provenance is not None:
        (tmp_path / "a.provenance.json").write_bytes(provenance)
    before = contents(tmp_path)
    with pytest.raises(SomebodysWork):
        write_edition(tmp_path, "a", NEW)
    assert contents(tmp_path) == before


def test_a_file_of_the_same_bytes_is_nobodys_in_particular(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(NEW["a.xml"])
    write_edition(tmp_path, "a", NEW)
    assert contents(tmp_path) == NEW


def test_an_export_that_is_no_longer_wanted_goes_unless_somebody_changed_it(tmp_path: Path) -> None:
    write_edition(tmp_path, "a", OLD)
    (tmp_path / "a.txt").write_text("mine")
    (tmp_path / "a.notes.txt").write_text("never ours")
    write_edition(tmp_path, "a", edition(xml="<new/>"))
    assert {path.name for path in tmp_path.iterdir()} == {"a.xml", "a.provenance.json", "a.txt", "a.notes.txt"}


def test_a_provenance_that_points_out_of_its_folder_removes_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("kept")
    folder = tmp_path / "a"
    folder.mkdir()
    outputs = {"../x.txt": digest(b"kept"), "a./../../x.txt": digest(b"kept"), "b.txt": digest(b"kept"), "a.gone": ""}
    (folder / "b.txt").write_text("kept")
    (folder / "a.provenance.json").write_text(json.dumps({"outputs": outputs}))
    write_edition(folder, "a", NEW)
    assert (tmp_path / "x.txt").read_text() == (folder / "b.txt").read_text() == "kept"


def test_a_link_laid_in_the_way_is_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("kept")
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / ".a.xml.new").symlink_to(victim)
    write_edition(folder, "a", NEW)
    assert victim.read_text() == "kept"
    assert contents(folder) == NEW


# ---------------------------------------------------------------- the system refuses


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("call", ["fsync", "open"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, call: str) -> None:
    folder = tmp_path / "out"
    write_edition(folder, "a", OLD)
    calls = 0
    real = getattr(os, call)

    def refuse(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls >= 3:
            raise OSError(number, os.strerror(number))
        return real(*arguments, **more)

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(CannotWrite) as caught:
        write_edition(folder, "a", NEW)
    monkeypatch.undo()
    assert str(folder) in str(caught.value)
    assert contents(folder) == OLD


def test_a_first_edition_that_does_not_fit_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(CannotWrite, match="no space left"):
        write_edition(tmp_path / "out" / "a", "a", NEW)
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("kept")
    with pytest.raises(CannotWrite, match=r"out: a file stands where a folder should be") as caught:
        write_edition(tmp_path / "out" / "a", "a", NEW)
    assert caught.value.path == tmp_path / "out"
    assert (tmp_path / "out").read_text() == "kept"


def test_a_folder_where_the_file_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xml").mkdir()
    with pytest.raises(CannotWrite, match=r"a\.xml: a folder stands"):
        write_edition(tmp_path, "a", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xml"]


# ---------------------------------------------------------------- one file


def test_one_file_is_written_whole_and_not_over_another(tmp_path: Path) -> None:
    path = tmp_path / "back.txt"
    assert write_file(path, b"one")
    assert not write_file(path, b"one")
    with pytest.raises(SomebodysWork):
        write_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert write_file(path, b"two", force=True)
    assert contents(tmp_path) == {"back.txt": b"two"}


def test_one_file_into_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"no/back\.txt"):
        write_file(tmp_path / "no" / "back.txt", b"one")


# ---------------------------------------------------------------- killed at any moment

KILLED = textwrap.dedent("""
    import json, os, signal, sys
    from pathlib import Path
    from tei_pipeline import output

    new = {file: text.encode() for file, text in json.loads(sys.argv[3]).items()}
    moment, seen = int(sys.argv[2]), 0

    def counting(owner, name):
        real = getattr(owner, name)
        def call(*arguments, **more):
            global seen
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **more)
        setattr(owner, name, call)

    for owner, name in ((os, "open"), (os, "fsync"), (Path, "replace"), (Path, "unlink")):
        counting(owner, name)
    output.write_edition(Path(sys.argv[1]), "a", new)
""")


def write_killed(folder: Path, moment: int) -> subprocess.CompletedProcess[str]:
    """Write NEW over OLD in a process of its own that is killed before its ``moment``-th call of the system."""
    root = Path(__file__).resolve().parents[1]
    new = json.dumps({file: data.decode() for file, data in NEW.items()})
    command = [sys.executable, "-c", KILLED, str(folder), str(moment), new]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=False)


def test_a_kill_at_any_moment_leaves_each_file_whole_and_the_next_run_finishes(tmp_path: Path) -> None:
    outcomes = set()
    for moment in range(1, 200):
        folder = tmp_path / str(moment)
        write_edition(folder, "a", OLD)
        run = write_killed(folder, moment)
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL, run.stderr
        left = contents(folder)
        for file in OLD:
            assert left[file] in (OLD[file], NEW[file]), (moment, file)
        committed = ".a.journal" in left or all(left[file] == NEW[file] for file in NEW)
        outcomes.add(committed)
        write_edition(folder, "a", NEW if moment % 2 else OLD)
        assert contents(folder) == (NEW if moment % 2 else OLD), moment
    else:
        pytest.fail("the run never came to its end")
    assert outcomes == {False, True}


def test_work_begun_between_a_kill_and_the_next_run_is_somebodys(tmp_path: Path) -> None:
    write_edition(tmp_path, "a", OLD)
    plan = {file: {"old": digest(OLD[file]), "new": digest(NEW[file])} for file in NEW}
    for file, data in NEW.items():
        (tmp_path / f".{file}.new").write_bytes(data)
    (tmp_path / ".a.journal").write_text(json.dumps(plan))
    (tmp_path / "a.xml").write_text("mine")
    with pytest.raises(SomebodysWork):
        write_edition(tmp_path, "a", NEW)
    assert contents(tmp_path) == {**OLD, "a.xml": b"mine"}


@pytest.mark.parametrize("journal", [b"", b"{", b"[1]", b'{"a.xml": 3}', b'{"../x": {"old": null, "new": null}}'])
def test_a_journal_that_says_nothing_is_taken_away(tmp_path: Path, journal: bytes) -> None:
    folder = tmp_path / "a"
    write_edition(folder, "a", OLD)
    (tmp_path / "x").write_text("kept")
    (folder / ".a.journal").write_bytes(journal)
    (folder / ".a.xml.new").write_text("half")
    write_edition(folder, "a", OLD)
    assert contents(folder) == OLD
    assert (tmp_path / "x").read_text() == "kept"


def test_an_interrupt_in_the_middle_leaves_one_edition_or_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = []
    for moment in range(1, 60):
        folder = tmp_path / str(moment)
        write_edition(folder, "a", OLD)
        calls = 0
        real = os.fsync

        def interrupted(descriptor: int, moment: int = moment, real: object = real) -> None:
            nonlocal calls
            calls += 1
            if calls == moment:
                raise KeyboardInterrupt
            assert callable(real)
            real(descriptor)

        monkeypatch.setattr(os, "fsync", interrupted)
        try:
            write_edition(folder, "a", NEW)
        except KeyboardInterrupt:
            monkeypatch.undo()
            assert contents(folder) in (OLD, NEW), moment
            outcomes.append(contents(folder) == NEW)
        else:
            monkeypatch.undo()
            break
    assert outcomes[0] is False
    assert outcomes[-1] is True
