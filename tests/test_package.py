"""Packages of any format: what goes in, that it is proved first, and that a package is whole or not there."""

from __future__ import annotations

import errno
import hashlib
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from tei_pipeline.output import CannotWrite
from tei_pipeline.package import place
from tei_pipeline.package.dates import BadDate, given_date
from tei_pipeline.package.editions import EditionAt, NoEdition
from tei_pipeline.package.names import NamesCollide, UnsafePath, check_distinct, safe_path, safe_step
from tei_pipeline.package.place import place_folder
from tei_pipeline.validate.kinds import validate_path
from tei_pipeline.zipped import files_of
from tests.packages import FORMS, SIDECAR, TEXT, run
from tests.packages import build as built


def packed(folder: Path, *arguments: str | Path, form: str = "bagit") -> Result:
    return run("package", folder / "editions", "--as", form, "-o", folder / "packages", "--source", folder / "raw", *arguments)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files_of(folder)
        if path.name != "ledger.sqlite"
    }


def test_a_package_holds_the_source_as_it_was_received_and_everything_made_of_it(tmp_path: Path) -> None:
    edition = built(tmp_path)
    done = packed(tmp_path)
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path}/packages/mill\n")
    data = tmp_path / "packages" / "mill" / "data"
    assert sorted(path for path in tree(data) if not path.startswith("schemas/")) == [
        "documentation/README.md",
        "source/mill.toml",
        "source/mill.txt",
        "tei/mill.json",
        "tei/mill.provenance.json",
        "tei/mill.txt",
        "tei/mill.validation.json",
        "tei/mill.xml",
    ]
    assert (data / "source" / "mill.txt").read_bytes() == TEXT.encode()
    assert (data / "source" / "mill.toml").read_bytes() == SIDECAR.encode()
    assert (data / "tei" / "mill.xml").read_bytes() == (edition / "mill.xml").read_bytes()


def test_a_source_that_is_not_at_hand_comes_out_of_the_edition(tmp_path: Path) -> None:
    built(tmp_path)
    (tmp_path / "raw" / "mill.txt").unlink()
    done = packed(tmp_path)
    assert done.exit_code == 0
    data = tmp_path / "packages" / "mill" / "data"
    assert "other-source" not in done.stderr, "the edition's own export as plain text is nobody's wrong source"
    assert (data / "source" / "mill.txt").read_bytes() == TEXT.encode()
    assert "given back by the edition itself" in (data / "tei" / "mill.validation.json").read_text("utf-8")


def test_a_sidecar_that_the_edition_was_not_built_with_is_left_out_and_named(tmp_path: Path) -> None:
    built(tmp_path)
    built(tmp_path, "weir", sidecar="")
    (tmp_path / "raw" / "mill.toml").write_text(SIDECAR.replace("Ada", "Ida"), "utf-8")
    (tmp_path / "raw" / "weir.toml").write_text(SIDECAR, "utf-8")
    done = packed(tmp_path)
    assert done.exit_code == 0
    assert done.stderr.count("[other-sidecar]") == 2
    assert not list((tmp_path / "packages").rglob("*.toml"))
    (tmp_path / "raw" / "mill.toml").unlink()
    assert "name its folder with --source [no-sidecar]" in packed(tmp_path).stderr


def test_a_text_that_is_not_the_source_is_left_out_and_named(tmp_path: Path) -> None:
    built(tmp_path)
    (tmp_path / "raw" / "mill.txt").write_text(TEXT + "More.\n", "utf-8")
    done = packed(tmp_path)
    assert done.exit_code == 0
    assert "raw/mill.txt [other-source]" in done.stderr
    assert (tmp_path / "packages" / "mill" / "data" / "source" / "mill.txt").read_bytes() == TEXT.encode()


def test_an_edition_changed_by_hand_is_proved_again_and_its_exports_are_made_anew(tmp_path: Path) -> None:
    edition = built(tmp_path)
    formats = [word for name in ("json", "mods", "dc") for word in ("--format", name)]
    assert run("build", tmp_path / "raw", "-o", tmp_path / "editions", *formats).exit_code == 0
    tei = edition / "mill.xml"
    tei.write_text(tei.read_text("utf-8").replace("The Quiet Mill", "The Silent Mill"), "utf-8")
    assert packed(tmp_path).exit_code == 0
    data = tmp_path / "packages" / "mill" / "data" / "tei"
    assert all("The Silent Mill" in (data / f"mill.{end}").read_text("utf-8") for end in ("json", "mods.xml", "dc.xml"))
    assert '"checkedAt": "packaging"' in (data / "mill.validation.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nobody came", "somebody came", "its printed characters are not those of its source any more"),
        ("<body>", "<body><nonsense/>", "nonsense"),
        ("</body>", "", "this must close first|must close first|never closed"),
    ],
)
def test_an_edition_that_lost_words_or_is_not_valid_is_not_packed(old: str, new: str, said: str, tmp_path: Path) -> None:
    tei = built(tmp_path) / "mill.xml"
    tei.write_text(tei.read_text("utf-8").replace(old, new), "utf-8")
    done = packed(tmp_path)
    assert done.exit_code == 1
    assert any(each in done.stderr for each in said.split("|"))
    assert not (tmp_path / "packages").exists()


def test_one_bad_edition_does_not_stop_the_others(tmp_path: Path) -> None:
    built(tmp_path)
    bad = built(tmp_path, "broken") / "broken.provenance.json"
    bad.write_text("{}", "utf-8")
    done = packed(tmp_path)
    assert (done.exit_code, done.stdout) == (1, f"{tmp_path}/packages/mill\n")
    assert "broken.provenance.json: no usable provenance file" in done.stderr


def test_the_same_edition_gives_the_same_package_byte_for_byte(tmp_path: Path) -> None:
    built(tmp_path)
    for kind in ("--zip", "--tar"):
        first = packed(tmp_path, kind)
        assert first.exit_code == 0
        path = Path(first.stdout.strip())
        before = path.read_bytes()
        path.unlink()
        for source in (tmp_path / "raw").iterdir():
            source.touch()
        assert packed(tmp_path, kind).exit_code == 0
        assert path.read_bytes() == before
        assert packed(tmp_path, kind, "-v").stderr.endswith("mill: unchanged\n")


def test_entries_of_a_zip_are_sorted_and_have_the_time_of_the_package(tmp_path: Path) -> None:
    built(tmp_path)
    assert packed(tmp_path, "--zip", "--date", "2023-02-01T10:20:31Z").exit_code == 0
    with zipfile.ZipFile(tmp_path / "packages" / "mill.zip") as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 2, 1, 10, 20, 30)}
        assert {name.split("/")[0] for name in names} == {"mill"}


def test_a_collection_is_one_package_with_a_folder_for_each_edition(tmp_path: Path) -> None:
    built(tmp_path)
    built(tmp_path, "weir", sidecar="")
    assert packed(tmp_path, "--collect", "--name", "rivers").stdout == f"{tmp_path}/packages/rivers\n"
    data = tmp_path / "packages" / "rivers" / "data"
    assert {path.name for path in data.iterdir()} == {"mill", "weir", "schemas", "documentation"}
    assert (data / "weir" / "source" / "weir.txt").read_bytes() == TEXT.encode()


def test_another_package_is_not_overwritten_unless_forced(tmp_path: Path) -> None:
    edition = built(tmp_path)
    assert packed(tmp_path).exit_code == 0
    before = tree(tmp_path / "packages")
    built(tmp_path, text=TEXT + "\nThe end.\n")
    refused = packed(tmp_path)
    assert refused.exit_code == 1
    assert "a package with other contents is there already" in refused.stderr
    assert tree(tmp_path / "packages") == before
    assert packed(tmp_path, "--force").exit_code == 0
    assert tree(tmp_path / "packages") != before
    assert edition.exists()


@pytest.mark.parametrize("format", ["bagit"])
def test_times_come_from_the_option_then_the_environment_then_the_sidecar(format: str, tmp_path: Path) -> None:
    built(tmp_path)

    def date(*arguments: str, **environment: str) -> str:
        where = tmp_path / "packages"
        shutil.rmtree(where, ignore_errors=True)
        done = run("package", tmp_path / "editions", "--as", "bagit", "-o", where, "--source", tmp_path / "raw", *arguments, **environment)
        assert done.exit_code == 0
        info = (where / "mill" / "bag-info.txt").read_text("utf-8")
        return next(line.partition(": ")[2] for line in info.splitlines() if line.startswith("Bagging-Date"))

    assert date() == "2024-05-06"
    assert date(SOURCE_DATE_EPOCH="1700000000") == "2023-11-14"
    assert date("--date", "2020-01-02", SOURCE_DATE_EPOCH="1700000000") == "2020-01-02"


@pytest.mark.parametrize(
    ("value", "environment", "said"),
    [
        ("yesterday", {}, "--date: 'yesterday' is no time"),
        ("2024-13-01", {}, "--date: '2024-13-01' is no time"),
        (None, {"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH: 'soon' is no time"),
        (None, {"SOURCE_DATE_EPOCH": "9" * 30}, "is no time"),
    ],
)
def test_what_is_no_time_is_refused(value: str | None, environment: dict[str, str], said: str) -> None:
    with pytest.raises(BadDate, match=said):
        given_date(value, environment)


def test_a_time_of_another_zone_is_written_in_utc() -> None:
    assert given_date("2024-05-06T01:30:00+02:00", {}) == "2024-05-05T23:30:00Z"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nowhere",), 1, "nowhere: is not there"),
        ((".",), 3, "no edition is in this folder"),
        (("--as", "scroll"), 2, "'scroll' is not"),
        (("--set", "colour=red"), 2, "an option that bagit does not have; its options: organization, group"),
        (("--date", "soon"), 2, "is no time"),
        (("--zip", "--tar"), 2, "leave --zip or --tar out"),
        (("--source", "nowhere"), 2, "nowhere: is no folder"),
    ],
)
def test_wrong_commands_say_what_is_wrong(arguments: tuple[str, ...], code: int, said: str, tmp_path: Path, monkeypatch: Any) -> None:
    built(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    paths = [] if not arguments[0].startswith("-") else [str(tmp_path / "editions")]
    done = run("package", *paths, *(("--as", "bagit") if "--as" not in arguments else ()), *arguments)
    assert done.exit_code == code
    assert said in done.output


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plain.txt", "plain.txt"),
        ("with spaces.txt", "with spaces.txt"),
        ("Über 50% – größer.txt", "Über 50_ – größer.txt"),
        ("line\nend\r.txt", "line_end_.txt"),
        ("cafe\u0301.txt", "café.txt"),
        ("CON.txt", "_CON.txt"),
        ("ends. ", "ends_"),
        (".hidden", "_hidden"),
        ("a\\b:c", "a_b_c"),
        ("", "_"),
    ],
)
def test_names_become_such_as_every_system_takes(name: str, safe: str) -> None:
    assert safe_step(name) == safe


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", ".."])
def test_a_path_that_leaves_the_package_is_refused(path: str) -> None:
    with pytest.raises(UnsafePath):
        safe_path(path)


@given(st.text(max_size=300))
def test_any_name_becomes_one_step_that_stays(name: str) -> None:
    step = safe_step(name)
    assert step == safe_step(step)
    assert step not in ("", ".", "..")
    assert "/" not in step
    assert 0 < len(step.encode()) <= 200
    assert not set(step) & set('%\r\n\0<>:"\\|?*')


@pytest.mark.parametrize(
    "paths",
    [
        ("a.txt", "A.TXT"),
        ("caf\u00e9", "cafe\u0301"),
        ("x/a", "X/b"),
        ("x", "x/a"),
        ("x/a", "x"),
        ("straße", "STRASSE"),
    ],
)
def test_names_that_some_system_takes_for_one_are_refused(paths: tuple[str, ...]) -> None:
    with pytest.raises(NamesCollide):
        check_distinct(paths)


def test_an_edition_of_a_hostile_name_is_packed_under_a_plain_one(tmp_path: Path) -> None:
    built(tmp_path, "50% off, “really”?")
    assert packed(tmp_path).exit_code == 0
    assert [path.name for path in (tmp_path / "packages").iterdir() if path.is_dir()] == ["50_ off, “really”_"]
    readme = tmp_path / "packages" / "50_ off, “really”_" / "data" / "documentation" / "README.md"
    assert "named '50% off, “really”?.xml' before" in readme.read_text("utf-8")


# ---------------------------------------------------------------- whole or not there


def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    built(tmp_path)
    monkeypatch.setattr("os.fsync", full)
    done = packed(tmp_path)
    assert done.exit_code == 1
    assert "no space left on the device" in done.stderr
    assert not (tmp_path / "packages").exists()


def test_a_kill_between_the_two_renames_is_mended_by_the_next_run(tmp_path: Path) -> None:
    built(tmp_path)
    assert packed(tmp_path).exit_code == 0
    place = tmp_path / "packages"
    before = tree(place / "mill")
    (place / "mill").rename(place / ".mill.old")
    (place / ".mill.new").mkdir()
    (place / ".mill.new" / "half").write_text("written", "utf-8")
    assert packed(tmp_path).exit_code == 0
    assert [path.name for path in place.iterdir() if path.is_dir()] == ["mill"]
    assert tree(place / "mill") == before


def test_two_runs_do_not_make_one_package_at_the_same_time(tmp_path: Path) -> None:
    def inner(new: Path) -> None:
        with pytest.raises(place.InTheMaking):
            place_folder(tmp_path / "x", lambda other: None, force=False)
        (new / "file").write_text("ours", "utf-8")

    assert place_folder(tmp_path / "x", inner, force=False)
    assert (tmp_path / "x" / "file").read_text("utf-8") == "ours"


def test_what_is_done_is_not_done_again_until_something_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path)
    built(tmp_path, "weir", sidecar="")
    assert packed(tmp_path).exit_code == 0

    def made(*arguments: str) -> list[str]:
        asked: list[str] = []

        def ask(edition: EditionAt, sources: object) -> NoReturn:
            asked.append(edition.name)
            raise NoEdition(edition.tei, "asked for")

        monkeypatch.setattr("tei_pipeline.package.making.read_deposit", ask)
        packed(tmp_path, *arguments)
        return asked

    assert made() == []
    (tmp_path / "raw" / "weir.toml").write_text('[metadata]\ntitle = "The Weir"\n', "utf-8")  # a sidecar that was not there
    assert made() == ["weir"]
    (tmp_path / "packages" / "mill" / "data" / "tei" / "mill.xml").write_text("damaged", "utf-8")
    assert made() == ["mill", "weir"]
    assert made("--date", "2020-01-01") == ["mill", "weir"]


def test_workers_give_the_same_packages_in_the_same_order(tmp_path: Path) -> None:
    for name in ("mill", "weir", "sluice"):
        built(tmp_path, name)
    assert packed(tmp_path).exit_code == 0
    before = tree(tmp_path / "packages")
    shutil.rmtree(tmp_path / "packages")
    done = packed(tmp_path, "--jobs", "2")
    assert done.stdout.split() == [f"{tmp_path}/packages/{name}" for name in ("mill", "sluice", "weir")]
    assert tree(tmp_path / "packages") == before


def test_editions_in_folders_keep_their_folders(tmp_path: Path) -> None:
    edition = built(tmp_path)
    for name in ("one", "two"):
        shutil.copytree(edition, tmp_path / "deep" / name / "mill")
    done = run("package", tmp_path / "deep", "--as", "bagit", "-o", tmp_path / "packages", "--source", tmp_path / "raw")
    assert done.stdout.split() == [f"{tmp_path}/packages/one/mill", f"{tmp_path}/packages/two/mill"]


def test_a_failure_in_the_middle_leaves_the_old_package(tmp_path: Path) -> None:
    def write(words: str, *, fail: bool = False) -> Any:
        def fill(new: Path) -> None:
            (new / "file").write_text(words, "utf-8")
            if fail:
                raise OSError(errno.EIO, "Input/output error")

        return fill

    place_folder(tmp_path / "x", write("old"), force=False)
    with pytest.raises(CannotWrite):
        place_folder(tmp_path / "x", write("new", fail=True), force=True)
    assert (tmp_path / "x" / "file").read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("form", FORMS)
def test_a_kill_at_any_moment_leaves_whole_packages_only(form: str, tmp_path: Path) -> None:
    for number in range(4):
        built(tmp_path, f"mill{number}")
    whole = 0
    for steps in (5, 55):  # calls of the system by which the files get to the disk
        code = (
            "import os, signal, sys; from tei_pipeline.cli import cli\n"
            "left, flush = [int(sys.argv[1])], os.fsync\n"
            "def killing(descriptor):\n"
            "    left[0] -= 1\n"
            "    os.kill(os.getpid(), signal.SIGKILL) if left[0] < 0 else flush(descriptor)\n"
            "os.fsync = killing; cli.main(sys.argv[2:])"
        )
        command = ["package", tmp_path / "editions", "--as", form, "-o", tmp_path / "packages", "--source", tmp_path / "raw", "--jobs", "0"]
        done = subprocess.run([sys.executable, "-c", code, str(steps), *map(str, command)], capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL
        there = [path for path in (tmp_path / "packages").iterdir() if path.is_dir() and not path.name.startswith(".")]
        assert all(validate_path(path) == [] for path in there)
        whole = max(whole, len(there))
    assert 0 < whole < 4
    assert packed(tmp_path, form=form).exit_code == 0
    names = sorted(path.name for path in (tmp_path / "packages").iterdir() if path.is_dir())
    assert names == ["mill0", "mill1", "mill2", "mill3"]
    assert all(validate_path(tmp_path / "packages" / name) == [] for name in names)
