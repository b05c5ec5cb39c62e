"""The command line from outside: what it writes, what it says, how it ends — for good input, bad input, and a kill in the middle."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tei_pipeline import __version__, fidelity
from tei_pipeline.batch import building
from tei_pipeline.cli import cli
from tei_pipeline.decisions import Problem
from tei_pipeline.inputs import Input
from tests.conftest import ROOT

STORY = """THE LIGHTHOUSE OF SKERN

I

The keeper went up the stairs at dusk, as he had done for
thirty years, and counted them without knowing that he did.

II

In the morning the lamp was found burning, and nobody near it.
"""
OTHER = "A Letter\n\nYour answer came by the last boat of the week.\n"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def spawn(*arguments: object, stdin: bytes = b"", **more: object) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    command = [sys.executable, "-m", "tei_pipeline", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=120, check=False, **more)  # type: ignore[call-overload, no-any-return]


def tree(folder: Path) -> dict[str, bytes]:
    """All files; without the ledger, which knows times."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "ledger.sqlite"
    }


@pytest.fixture
def raw(workplace: Path) -> Path:
    """A folder ``raw`` with two texts."""
    folder = workplace / "raw"
    folder.mkdir()
    (folder / "lighthouse.txt").write_text(STORY)
    (folder / "letter.txt").write_text(OTHER)
    return folder


# ---------------------------------------------------------------- the main job


def test_build_makes_an_edition_of_each_text_and_prints_where(raw: Path) -> None:
    result = run("build")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == ["output/letter/letter.xml", "output/lighthouse/lighthouse.xml"]
    made = set(tree(Path("output")))
    assert {"report.json", "letter/letter.xml", "letter/letter.json", "letter/letter.provenance.json"} <= made
    assert not [name for name in made if "/." in name]


def test_a_second_build_touches_nothing(raw: Path) -> None:
    run("build")
    for path in Path("output").rglob("*"):
        os.utime(path, (1, 1))
    result = run("build", "-v")
    assert result.exit_code == 0
    assert "raw/letter.txt: unchanged" in result.stderr
    assert {(Path("output") / name).stat().st_mtime for name in tree(Path("output"))} == {1}


def test_the_provenance_names_the_hash_of_all_that_was_written(raw: Path) -> None:
    run("build")
    folder = Path("output/letter")
    outputs = json.loads((folder / "letter.provenance.json").read_bytes())["outputs"]
    assert set(outputs) == {path.name for path in folder.iterdir()} - {"letter.provenance.json"}
    assert all((folder / name).is_file() and len(value) == 64 for name, value in outputs.items())


def test_the_source_comes_back_and_is_proved(raw: Path) -> None:
    run("build")
    xml = "output/lighthouse/lighthouse.xml"
    assert run("restore", xml, "-o", "back.txt").exit_code == 0
    assert Path("back.txt").read_bytes() == Path("raw/lighthouse.txt").read_bytes()
    assert run("restore", xml, "-o", "-").stdout_bytes == Path("raw/lighthouse.txt").read_bytes()
    verified = run("verify", xml, "raw/lighthouse.txt")
    assert verified.exit_code == 0, verified.output
    assert "identical" in verified.stdout
    denied = run("verify", xml, "raw/letter.txt")
    assert denied.exit_code == 1
    assert denied.stdout == ""


def test_restore_does_not_write_over_another_file(raw: Path) -> None:
    run("build")
    Path("back.txt").write_text("mine")
    result = run("restore", "output/letter/letter.xml", "-o", "back.txt")
    assert result.exit_code == 1
    assert Path("back.txt").read_text() == "mine"
    assert run("restore", "output/letter/letter.xml", "-o", "back.txt", "--force").exit_code == 0
    assert Path("back.txt").read_text() == OTHER


def test_restore_without_provenance_names_the_file_that_is_missing(raw: Path) -> None:
    run("build")
    Path("output/letter/letter.provenance.json").unlink()
    result = run("restore", "output/letter/letter.xml", "-o", "back.txt")
    assert result.exit_code == 1
    assert "output/letter/letter.provenance.json" in result.stderr
    assert not Path("back.txt").exists()


def test_what_was_built_is_valid_and_what_was_broken_is_not(raw: Path) -> None:
    run("build")
    xml = Path("output/letter/letter.xml")
    assert run("validate", xml).stdout == f"{xml}: valid\n"
    xml.write_bytes(xml.read_bytes().replace(b"<p", b"<paragraph").replace(b"</p>", b"</paragraph>"))
    result = run("validate", xml, "output/lighthouse/lighthouse.xml")
    assert result.exit_code == 1
    assert "paragraph" in result.stdout.splitlines()[0]
    assert "lighthouse.xml: valid" in result.stdout


def test_export_reads_the_edition(raw: Path) -> None:
    run("build")
    xml = Path("output/letter/letter.xml")
    xml.write_bytes(xml.read_bytes().replace(b"last boat", b"first boat"))
    result = run("export", xml, "--to", "json")
    assert result.exit_code == 0, result.output
    assert "first boat" in result.stdout
    assert json.loads(result.stdout)
    assert run("export", xml, "--to", "papyrus").exit_code == 2
    assert run("export", xml, "--to", "xml", "-o", "copy.xml").exit_code == 0
    assert b"first boat" in Path("copy.xml").read_bytes()


def test_inspect_shows_and_writes_nothing(raw: Path) -> None:
    before = tree(raw.parent)
    result = run("inspect", "raw/lighthouse.txt")
    assert result.exit_code == 0, result.output
    assert "LIGHTHOUSE" in result.stdout.upper()
    assert tree(raw.parent) == before


def test_init_writes_a_sidecar_that_changes_nothing_and_is_not_written_over(raw: Path) -> None:
    run("build", "-o", "one")
    assert run("init", "raw/letter.txt").exit_code == 0
    written = Path("raw/letter.toml").read_text()
    assert all(line.startswith(("#", "[")) or not line for line in written.splitlines())
    run("build", "-o", "two")
    one, two = (
        {path: data for path, data in tree(Path(folder)).items() if not path.startswith("report.") and "provenance" not in path}
        for folder in ("one", "two")
    )
    assert one == two  # all but the record of it: the provenance file has the hash of the sidecar
    assert len(one) >= 6
    Path("raw/letter.toml").write_text('[metadata]\ntitle = "Mine"\n')
    assert run("init", "raw/letter.txt").exit_code == 1
    assert "Mine" in Path("raw/letter.toml").read_text()
    assert run("init", "raw/letter.txt", "-o", "-").stdout.startswith("#")


def test_a_sidecar_speaks_in_the_header_and_a_broken_one_is_named_with_its_line(raw: Path) -> None:
    Path("raw/letter.toml").write_text('[metadata]\ntitle = "From the Island"\n')
    assert run("build").exit_code == 0
    assert b"From the Island" in Path("output/letter/letter.xml").read_bytes()
    before = tree(Path("output"))
    Path("raw/letter.toml").write_text('[metadata]\ntitle = "From the\n')
    result = run("build", "raw/letter.txt")
    assert result.exit_code == 1
    assert "raw/letter.toml" in result.stderr
    assert "line 2" in result.stderr
    assert tree(Path("output")) == before


def test_standard_input_a_list_and_files_are_taken(raw: Path) -> None:
    assert run("build", "-", "--name", "piped", stdin=STORY.encode()).stdout == "output/piped/piped.xml\n"
    Path("list").write_text("raw/letter.txt\n\nraw/lighthouse.txt\n")
    assert run("build", "--list", "list", "-o", "two").stdout.splitlines() == ["two/letter/letter.xml", "two/lighthouse/lighthouse.xml"]
    assert run("build", "--list", "-", "-o", "one", stdin=b"raw/letter.txt\0").stdout.splitlines() == ["one/letter/letter.xml"]
    assert not Path("one/report.json").exists()


def test_only_the_formats_that_were_named_are_written(raw: Path) -> None:
    assert run("build", "raw/letter.txt", "--format", "json").exit_code == 0
    assert set(tree(Path("output"))) == {f"letter/letter.{end}" for end in ("xml", "json", "provenance.json")}
    unknown = run("build", "raw/letter.txt", "--format", "papyrus")
    assert unknown.exit_code == 2
    assert "papyrus" in unknown.stderr


def test_the_same_work_gives_the_same_bytes_wherever_it_is_done(raw: Path) -> None:
    run("build", "-o", "one")
    (raw.parent / "elsewhere").mkdir()
    raw.rename(raw.parent / "elsewhere" / "texts")
    settings = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-m", "tei_pipeline", "build", "elsewhere/texts", "-o", "two", "-q"]
    subprocess.run(command, env={**os.environ, **settings, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True, timeout=120)
    one, two = tree(Path("one")), tree(Path("two"))
    assert one.keys() == two.keys()
    differing = {name for name in one if one[name] != two[name]}
    assert differing == {"report.json"}  # which names the paths it was given


# ---------------------------------------------------------------- somebody's work


def test_an_edition_that_somebody_corrected_is_left_alone(raw: Path) -> None:
    run("build")
    xml = Path("output/letter/letter.xml")
    corrected = xml.read_bytes().replace(b"<p", b"<p rend='first'", 1)
    xml.write_bytes(corrected)
    before = tree(Path("output"))
    Path("raw/letter.txt").write_text(OTHER + "\nAnd another line.\n")
    result = run("build")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["output/lighthouse/lighthouse.xml"]
    assert [line for line in result.stderr.splitlines() if "error" in line] == [
        "error: output/letter/letter.xml: not as tei-pipeline wrote it, so left alone as somebody's work;"
        " --force overwrites it, -o writes elsewhere"
    ]
    after = tree(Path("output"))
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {"report.json", "report.html"}
    assert run("build", "-o", "other").exit_code == 0
    assert run("build", "--force").exit_code == 0
    assert b"another line" in xml.read_bytes()


def test_a_report_that_is_not_ours_is_left_alone(raw: Path) -> None:
    Path("output").mkdir()
    Path("output/report.json").write_text('{"mine": 1}')
    result = run("build")
    assert result.exit_code == 1
    assert "output/report.json" in result.stderr
    assert Path("output/report.json").read_text() == '{"mine": 1}'
    assert Path("output/letter/letter.xml").exists()


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blanks.txt", b" \t\r\n\x0c\n" * 50, "white space"),
        ("mark.txt", b"\xef\xbb\xbf\n", "white space"),
        ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, "not plain text"),
        ("book.pdf.txt", b"%PDF-1.7\n", "PDF"),
        ("line.txt", b"word " * 600_000, "line 1"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(raw: Path, name: str, data: bytes, says: str) -> None:
    (raw / name).write_bytes(data)
    result = run("build")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["output/letter/letter.xml", "output/lighthouse/lighthouse.xml"]
    (line,) = [line for line in result.stderr.splitlines() if "error" in line]
    assert f"raw/{name}" in line
    assert says in line
    assert not Path("output", Path(name).stem).exists()
    report = json.loads(Path("output/report.json").read_bytes())
    assert report["counts"] == {"done": 2, "failed": 1, "pending": 0}


def test_bytes_that_are_no_text_in_the_encoding_are_named_with_their_line(raw: Path) -> None:
    (raw / "letter.txt").write_bytes(b"A Letter\n\nYour answer came\xff\xfe by boat.\n")
    result = run("build", "raw/letter.txt", "--encoding", "utf-8")
    assert result.exit_code == 1
    assert "raw/letter.txt" in result.stderr
    assert "line 3" in result.stderr
    assert "--encoding" in result.stderr
    assert tree(Path("output")) == {}


def test_an_encoding_that_nobody_knows_is_said(raw: Path) -> None:
    result = run("build", "raw/letter.txt", "--encoding", "runes")
    assert result.exit_code == 1
    assert "runes" in result.stderr


def test_a_folder_without_texts_is_nothing_to_do(workplace: Path) -> None:
    Path("empty").mkdir()
    result = run("build", "empty")
    assert result.exit_code == 3
    assert "empty: no texts" in result.stderr
    assert not Path("output").exists()
    assert run("build").exit_code == 3
    assert "raw" in run("build").stderr
    Path("list").write_text("\n")
    assert run("build", "--list", "list").exit_code == 3


def test_a_path_that_is_not_there_fails_and_the_others_are_built(raw: Path) -> None:
    result = run("build", "gone.txt", "raw/letter.txt")
    assert result.exit_code == 1
    assert "gone.txt: is not there" in result.stderr
    assert result.stdout == "output/letter/letter.xml\n"
    assert run("build", "gone.txt").exit_code == 1


def test_an_unreadable_file_fails_and_the_others_are_built(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "letter.txt":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("build")
    assert result.exit_code == 1
    assert "raw/letter.txt: may not be read" in result.stderr
    assert result.stdout == "output/lighthouse/lighthouse.xml\n"


def test_two_sources_of_one_name_are_refused_before_work(raw: Path) -> None:
    Path("more").mkdir()
    Path("more/letter.txt").write_text(OTHER)
    result = run("build", "raw", "more")
    assert result.exit_code == 2
    assert "raw/letter.txt" in result.stderr
    assert "more/letter.txt" in result.stderr
    assert not Path("output").exists()


def test_standard_input_without_a_name_is_refused(workplace: Path) -> None:
    result = run("build", "-", stdin=b"words")
    assert result.exit_code == 2
    assert "--name" in result.stderr
    assert run("build", "-", "--name", "../up", stdin=b"words").exit_code == 2
    assert list(workplace.iterdir()) == []


def test_a_file_where_the_output_should_be_is_kept(raw: Path) -> None:
    Path("output").write_text("mine")
    result = run("build", "raw/letter.txt")
    assert result.exit_code == 1
    assert "output: a file stands where a folder should be" in result.stderr
    assert Path("output").read_text() == "mine"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_takes_nothing_leaves_what_was_there(raw: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    run("build")
    before = tree(Path("output"))
    Path("raw/letter.txt").write_text(OTHER + "\nAnd another line.\n")

    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    result = run("build", "raw/letter.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: output/letter")
    assert result.stderr.count("\n") == 1
    assert tree(Path("output")) == before


def test_a_file_that_outgrows_the_limit_of_the_system_leaves_what_was_there(raw: Path) -> None:
    run("build", "raw/letter.txt")
    before = tree(Path("output"))
    Path("raw/letter.txt").write_text(STORY * 200)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    result = spawn("build", "raw/letter.txt", preexec_fn=limit)
    assert result.returncode == 1
    assert b"output/letter" in result.stderr
    assert tree(Path("output")) == before


# ---------------------------------------------------------------- a fault of ours


def test_an_edition_that_lost_a_character_is_not_written(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build", "raw/letter.txt")
    before = tree(Path("output"))
    Path("raw/letter.txt").write_text(OTHER + "\nAnd another line.\n")
    monkeypatch.setattr(fidelity, "compare", lambda *_: Problem("error", "fidelity-broken", "the source reads a, the TEI b", 5))
    result = run("build", "raw/letter.txt")
    assert result.exit_code == 1
    assert "raw/letter.txt:5: error: the source reads a, the TEI b" in result.stderr
    assert tree(Path("output")) == before


def test_a_fault_with_one_text_does_not_stop_the_others(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = building._build

    def fail(entry: Input, options: building.Options) -> building.Outcome:
        if entry.name == "letter":
            raise ZeroDivisionError("by hand")
        return real(entry, options)

    monkeypatch.setattr(building, "_build", fail)
    result = run("build")
    assert result.exit_code == 1
    assert "raw/letter.txt: ZeroDivisionError: by hand; this is a fault of tei-pipeline" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("build", "-v").stderr
    assert result.stdout == "output/lighthouse/lighthouse.xml\n"


# ---------------------------------------------------------------- messages and exit codes


def with_problems(*problems: Problem) -> Callable[[Input, building.Options], building.Outcome]:
    return lambda entry, _: building.Outcome(entry, "written", "output/x/x.xml", problems=problems)


@pytest.mark.parametrize(
    ("level", "options", "code", "said"),
    [
        ("info", [], 0, ""),
        ("info", ["-v"], 0, "info"),
        ("warning", [], 0, "warning"),
        ("warning", ["-q"], 0, ""),
        ("warning", ["--strict"], 1, "error"),
        ("warning", ["--strict", "-q"], 1, "error"),
        ("error", [], 1, "error"),
        ("error", ["-q"], 1, "error"),
    ],
)
def test_problems_become_messages_and_the_exit_code(
    raw: Path, monkeypatch: pytest.MonkeyPatch, level: str, options: list[str], code: int, said: str
) -> None:
    monkeypatch.setattr(building, "_build", with_problems(Problem(level, "a-code", "look", 7)))  # type: ignore[arg-type]
    result = run("build", "raw/letter.txt", *options)
    assert result.exit_code == code
    assert result.stdout == "output/x/x.xml\n"
    expected = f"raw/letter.txt:7: {said}: look [a-code]\n" if said else ""
    assert result.stderr.replace("raw/letter.txt: written\n", "") == expected


def test_a_flood_of_warnings_is_counted(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_build", with_problems(*[Problem("warning", "w", "look", line) for line in range(1, 101)]))
    assert run("build", "raw/letter.txt").stderr.splitlines()[-1] == "raw/letter.txt: 80 more warnings; -v shows them all"
    assert len(run("build", "raw/letter.txt", "-v").stderr.splitlines()) == 101


def test_usage_errors_are_2_and_help_is_0(workplace: Path) -> None:
    for wrong in (["bild"], ["build", "--no-such"], ["restore", "x.xml"], ["validate"], ["export", "x.xml"], ["build", "--list", "gone"]):
        assert run(*wrong).exit_code == 2, wrong
    for command in ((), *((name,) for name in cli.commands)):
        assert run(*command, "--help").exit_code == 0


def test_what_is_no_xml_is_said_with_its_line(workplace: Path) -> None:
    Path("broken.xml").write_text("<TEI>\n<text>\n</TEI>")
    for command in (["export", "broken.xml", "--to", "json"], ["restore", "broken.xml", "-o", "x"], ["verify", "broken.xml", "broken.xml"]):
        result = run(*command)
        assert result.exit_code == 1, command
        assert result.stderr.startswith("error: broken.xml:3: </TEI> stands"), command
    assert not Path("x").exists()


def test_the_version_comes_at_once() -> None:
    spawn("--version")  # once for the compiled files
    start = time.perf_counter()
    result = spawn("--version")
    elapsed = time.perf_counter() - start
    assert result.stdout == f"tei-pipeline {__version__}\n".encode()
    assert elapsed < 2  # a floor against heavy imports on any machine; the true number is measured in benchmarks


def test_the_version_imports_nothing_heavy() -> None:
    code = "import sys; from tei_pipeline.cli import cli; cli.main(['--version'], standalone_mode=False); print(*sorted(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    loaded = set(result.stdout.split())
    assert "click" in loaded
    assert not loaded & {"lxml", "lxml.etree", "rich", "jsonschema", "charset_normalizer", "tei_pipeline.model", "importlib.metadata"}


# ---------------------------------------------------------------- signals


MANY = 40


@pytest.fixture
def many(workplace: Path) -> Path:
    """A folder of so many texts that a run can be met in the middle."""
    folder = workplace / "raw"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"text{number:02}.txt").write_text(STORY.replace("thirty", str(number)) * 3)
    return folder


def started(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tei_pipeline", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def after_editions(process: subprocess.Popen[bytes], number: int) -> None:
    """Wait until so many editions are written."""
    deadline = time.monotonic() + 60
    while len(list(Path("output").glob("*/*.provenance.json"))) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "the build does not get on"
        time.sleep(0.002)


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_says_so_and_leaves_whole_editions(many: Path, sent: signal.Signals, code: int) -> None:
    with started("build") as process:
        after_editions(process, 2)
        process.send_signal(sent)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors
    assert b"Traceback" not in errors
    assert b"interrupted" in errors
    assert list(Path("output").rglob(".*")) == []


@pytest.mark.parametrize("editions", [1, 4, 8])
def test_a_killed_build_is_finished_by_the_next(many: Path, editions: int) -> None:
    with started("build") as process:
        after_editions(process, editions)
        process.kill()
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert len(list(Path("output").glob("*/*.provenance.json"))) < MANY
    assert run("build", "-q").exit_code == 0
    assert run("build", "-q", "-o", "fresh").exit_code == 0
    killed, fresh = tree(Path("output")), tree(Path("fresh"))
    assert killed == fresh


def test_a_reader_that_goes_away_is_no_accident(raw: Path) -> None:
    with started("inspect", "raw/letter.txt") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        errors = process.stderr.read()
    assert process.returncode == 1
    assert errors == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where the system has a device that is full")
@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("build", "-o", "editions"), ("inspect", "raw/letter.txt"), ("init", "raw/letter.txt", "-o", "-")],
)
def test_a_full_disk_behind_standard_output_is_one_sentence(raw: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "tei_pipeline", *arguments]
    with Path("/dev/full").open("wb") as full:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == b"error: standard output: cannot be written (No space left on device)\n"


def test_a_closed_standard_input_is_said(raw: Path) -> None:
    command = f'exec "{sys.executable}" -m tei_pipeline build - --name x <&-'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", command], capture_output=True, env=environment, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == b"error: standard input: is closed; pipe the text to it\n"


@pytest.mark.parametrize("limit", ["inf", "nan", "1e300"])
def test_a_time_limit_that_cannot_be_waited_for_is_refused(raw: Path, limit: str) -> None:
    done = run("build", "--time-limit", limit)
    assert done.exit_code == 2
    assert "is no number of seconds" in done.stderr
    assert not Path("output").exists()


def test_a_folder_where_the_junit_report_should_be_is_said(raw: Path) -> None:
    done = run("build", "--junit", ".")
    assert done.exit_code == 1
    assert done.stderr.endswith("error: .: a folder stands where the file should be; move it away, or choose another place with -o\n")


def test_a_terminal_that_lacks_the_letters_gets_escapes(raw: Path) -> None:
    Path("raw/letter.txt").write_text(OTHER.replace("boat", "Ботик"))
    command = [sys.executable, "-m", "tei_pipeline", "inspect", "--all", "raw/letter.txt"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1"}
    result = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=True)
    assert b"\\u0411\\u043e\\u0442\\u0438\\u043a" in result.stdout


def test_an_encoding_that_was_guessed_with_doubt_is_said(raw: Path) -> None:
    Path("raw/letter.txt").write_bytes("The café was closed, and the naïve waiter sat on the quay.\n".encode("cp1252"))
    result = run("build", "raw/letter.txt", "-o", "doubt")
    assert result.exit_code == 0
    assert "raw/letter.txt:1: warning: read as cp1252" in result.stderr
    assert "--encoding" in result.stderr
    assert "read as" not in run("build", "raw/letter.txt", "-o", "known", "--encoding", "cp1252").stderr
