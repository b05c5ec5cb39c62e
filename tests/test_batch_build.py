"""``build`` over a collection: nothing is done twice, nothing is forgotten, and what was done does not depend on how."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tei_pipeline.batch import building, plan
from tei_pipeline.batch.ledger import NAME, Ledger
from tei_pipeline.batch.lock import locked
from tei_pipeline.inputs import Input, load_input
from tests.test_cli import OTHER, STORY, run, started, tree

OUTPUT = Path("output")


@pytest.fixture
def raw(workplace: Path) -> Path:
    """Five texts of which one is none."""
    folder = workplace / "raw"
    folder.mkdir()
    for number in range(4):
        (folder / f"text{number}.txt").write_text(STORY.replace("thirty", f"{number + 2}0") * (number + 1))
    (folder / "blank.txt").write_text(" \n\n")
    return folder


def reasons(*arguments: object) -> dict[str, str]:
    """What a dry run says would be done, and why."""
    result = run("build", "--dry-run", *arguments)
    assert result.exit_code == 0, result.output
    return {Path(source).stem: reason for source, reason in (line.split("\t") for line in result.stdout.splitlines())}


def statuses() -> dict[str, str]:
    return {source["name"]: source["status"] for source in json.loads((OUTPUT / "report.json").read_bytes())["sources"]}


def test_the_result_does_not_depend_on_the_number_of_workers(raw: Path) -> None:
    results = [run("build", "-o", f"out{jobs}", "--jobs", jobs) for jobs in (0, 1, 3)]
    assert [result.exit_code for result in results] == [1, 1, 1]
    assert tree(Path("out0")) == tree(Path("out1")) == tree(Path("out3"))
    assert results[0].stdout.replace("out0", "out3") == results[2].stdout
    assert results[2].stdout.splitlines() == [f"out3/text{number}/text{number}.xml" for number in range(4)]


def test_only_what_changed_is_done_again(raw: Path) -> None:
    assert set(reasons().values()) == {"new"}
    assert not OUTPUT.exists()
    run("build")
    assert reasons() == {}
    (raw / "text1.toml").write_text('[metadata]\ntitle = "The Lighthouse"\n')
    (raw / "text2.txt").write_text(OTHER)
    (raw / "new.txt").write_text(OTHER)
    (OUTPUT / "text3" / "text3.txt").unlink()
    assert reasons() == {"text1": "source changed", "text2": "source changed", "new": "new", "text3": "outputs changed"}
    result = run("build", "-v")
    assert [line for line in result.stderr.splitlines() if line.endswith(("written", "unchanged"))] == [
        "raw/text0.txt: unchanged",
        "raw/new.txt: written",
        "raw/text1.txt: written",
        "raw/text2.txt: written",
        "raw/text3.txt: written",
    ]
    assert reasons() == {}
    run("build", "-o", "fresh")
    assert tree(OUTPUT) == tree(Path("fresh"))


def test_other_settings_and_another_program_are_other_work(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build")
    assert set(reasons("--format", "json").values()) == {"settings changed"}
    assert set(reasons("--no-resume").values()) == {"asked for"}
    from tei_pipeline.batch import collection

    monkeypatch.setattr(collection, "program", lambda: "0.0+another")
    assert set(reasons().values()) == {"program changed"}
    assert "tei-pipeline has changed since, so 5 texts are made again" in run("build").stderr
    assert reasons() == {}


def test_a_touched_file_is_read_and_not_done_again(raw: Path) -> None:
    run("build")
    os.utime(raw / "text0.txt", (5, 5))
    with Ledger(OUTPUT) as ledger:
        before = ledger.find("text0")
    assert reasons() == {}
    assert run("build", "-v").stderr.count("unchanged") == 4
    with Ledger(OUTPUT) as ledger:
        after = ledger.find("text0")
    assert before is not None
    assert after is not None
    assert after.inputs[0].mtime == 5 * 10**9
    assert after.inputs[0].sha256 == before.inputs[0].sha256


def test_a_file_that_was_young_when_it_was_read_is_read_again(raw: Path) -> None:
    """Another write in the same tick of the clock leaves size and time as they are; git calls such an entry racy."""
    run("build")
    path = raw / "text0.txt"
    status = path.stat()
    path.write_text(path.read_text().replace("dusk", "dawn"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert reasons() == {"text0": "source changed"}


def test_the_folders_may_move_together(raw: Path) -> None:
    run("build")
    Path("archive").mkdir()
    raw.rename("archive/raw")
    OUTPUT.rename("archive/output")
    assert reasons("archive/raw", "-o", "archive/output") == {}


def test_what_must_fail_again_is_said_again_and_not_done_again(raw: Path) -> None:
    first = run("build")
    second = run("build")
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert "raw/blank.txt: the file holds only white space" in second.stderr
    assert statuses() == {"blank": "failed"} | {f"text{number}": "done" for number in range(4)}
    assert reasons("--retry-failed") == {"blank": "failed"}
    (raw / "text0.txt").write_text(OTHER)
    assert reasons("--only-failed") == {"blank": "failed"}
    (raw / "blank.txt").write_text(OTHER)
    assert run("build", "--only-failed").exit_code == 0
    assert reasons() == {"text0": "source changed"}


def test_what_failed_for_want_of_something_is_tried_again(raw: Path) -> None:
    (raw / "gone.txt").symlink_to("nowhere.txt")
    assert run("build").exit_code == 1
    assert reasons() == {"gone": "failed"}
    (raw / "nowhere.txt").write_text(OTHER)
    assert "raw/gone.txt" not in run("build").stderr
    assert statuses()["gone"] == "done"


def test_a_text_that_changes_while_it_is_read_is_not_taken_for_either(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(entry: Input, encoding: str | None) -> object:
        loaded = load_input(entry, encoding)
        if entry.name == "text0":
            (raw / "text0.txt").write_text(OTHER)
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr(building, "load_input", load)
        assert "raw/text0.txt: changed while it was read" in run("build").stderr
    assert reasons() == {"text0": "failed"}


def test_fail_fast_stops_and_the_rest_is_pending(raw: Path) -> None:
    result = run("build", "--fail-fast", "--jobs", "0")
    assert result.exit_code == 1
    assert "stopped, because a text failed; 4 texts are left" in result.stderr
    assert statuses() == {"blank": "failed"} | {f"text{number}": "pending" for number in range(4)}


def test_a_second_run_on_one_folder_is_refused_with_the_process_of_the_first(raw: Path) -> None:
    OUTPUT.mkdir()
    with locked(OUTPUT):
        with started("build") as process:
            _, errors = process.communicate(timeout=60)
        assert process.returncode == 1
        assert f"output: another run writes here (process {os.getpid()}); wait for it with --wait".encode() in errors
        assert not (OUTPUT / NAME).exists()
    assert [path.name for path in OUTPUT.iterdir()] == []


def test_a_second_run_may_wait(raw: Path) -> None:
    OUTPUT.mkdir()
    with locked(OUTPUT):
        waiting = started("build", "--wait")
        time.sleep(0.7)
        assert waiting.poll() is None
    with waiting:
        waiting.communicate(timeout=60)
    assert statuses()["text0"] == "done"


@pytest.mark.parametrize(("victim", "delay"), [("parent", 0.0), ("parent", 0.1), ("worker", 0.0)])
def test_after_kill_9_the_next_run_completes_to_the_same_bytes(raw: Path, victim: str, delay: float) -> None:
    for number in range(10):
        (raw / f"more{number:02}.txt").write_text(STORY.replace("thirty", str(number)) * 3)
    with started("build", "--jobs", "2") as process:
        while not list(OUTPUT.glob("*/*.provenance.json")):
            assert process.poll() is None
            time.sleep(0.002)
        time.sleep(delay)
        for killed in [process.pid] if victim == "parent" else workers_of(process.pid)[:1]:
            os.kill(killed, signal.SIGKILL)
        process.communicate(timeout=60)
    assert {"done", "interrupted"} >= set(standing("output", "-v").values()) - {"failed"}
    assert process.returncode == (-signal.SIGKILL if victim == "parent" else 1)
    assert run("build", "-q", "--jobs", "0").exit_code == 1
    run("build", "-q", "-o", "fresh", "--jobs", "0")
    assert tree(OUTPUT) == tree(Path("fresh"))
    assert sorted(path.name for path in OUTPUT.iterdir() if path.is_file()) == [NAME, "report.html", "report.json"]


def workers_of(process: int) -> list[int]:
    """The worker processes of a run: children of the server that it forks them from."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()]
    servers = {row[0] for row in rows if row[1] == str(process) and "forkserver" in row[2]}
    return [int(row[0]) for row in rows if row[1] in servers]


def test_what_a_killed_run_left_of_a_source_that_is_gone_since_is_tidied_up(raw: Path) -> None:
    run("build")
    with Ledger(OUTPUT) as ledger:
        ledger.begin("text0", "../raw/text0.txt")
        ledger.begin("text9", "../raw/text9.txt")
    (OUTPUT / "text0" / ".text0.xml.new").write_text("half")
    (OUTPUT / "text9").mkdir()
    (OUTPUT / "text9" / ".text9.xml.new").write_text("half")
    (raw / "text0.txt").unlink()
    run("build")
    assert list(OUTPUT.rglob(".*")) == []
    assert not (OUTPUT / "text9").exists()


def test_a_ledger_that_is_none_is_named_and_kept(raw: Path) -> None:
    OUTPUT.mkdir()
    (OUTPUT / NAME).write_text("mine, and long enough to be something")
    result = run("build")
    assert result.exit_code == 1
    assert "output/ledger.sqlite: is no ledger" in result.stderr
    assert (OUTPUT / NAME).read_text().startswith("mine")


def test_limits_are_recorded_so_that_another_limit_is_another_chance(raw: Path) -> None:
    rules = plan.Rules("settings", "program", limits="10 s")
    assert rules.settings_of(limited=True) != plan.Rules("settings", "program", limits="20 s").settings_of(limited=True)
    assert rules.settings_of(limited=False) == "settings"
    (raw / "text0.txt").write_text(STORY * 2000)
    result = run("build", "--time-limit", "0.2", "--jobs", "1")
    assert "raw/text0.txt: not finished after 0.2 s, so it was ended" in result.stderr
    assert statuses()["text0"] == "failed"
    assert "text0" not in reasons("--time-limit", "0.2")
    assert reasons("--time-limit", "1")["text0"] == "settings changed"


# ---------------------------------------------------------------- status


def standing(*arguments: object) -> dict[str, str]:
    """What ``status`` lists: name and state."""
    lines = run("status", *arguments).stdout.splitlines()[:-1]
    return {name: state for state, name, *_ in (line.split("\t") for line in lines)}


def test_status_says_what_is_done_failed_stale_interrupted_and_orphaned(raw: Path) -> None:
    assert run("status").exit_code == 1
    run("build")
    result = run("status")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "4 done, 1 failed, 0 stale, 0 interrupted, 0 orphaned"
    (raw / "blank.txt").unlink()
    (raw / "text1.txt").write_text(OTHER)
    (raw / "text2.txt").unlink()
    with Ledger(OUTPUT) as ledger:
        ledger.begin("text3", "../raw/text3.txt")
    (OUTPUT / "old").mkdir()
    (OUTPUT / "old" / "old.provenance.json").write_text("{}")
    before = tree(OUTPUT)
    assert standing() == {"blank": "orphaned", "text1": "stale", "text2": "orphaned", "text3": "interrupted", "old": "orphaned"}
    assert standing("output", "-v")["text0"] == "done"
    assert tree(OUTPUT) == before
    values = json.loads(run("status", "--format", "json").stdout)
    assert values["counts"] == {"done": 1, "failed": 0, "stale": 1, "interrupted": 1, "orphaned": 3}
    assert run("status").exit_code == 0


def test_status_calls_editions_of_another_program_stale(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build")
    from tei_pipeline.batch import status

    monkeypatch.setattr(status, "program", lambda: "9.9+later")
    assert set(standing().values()) == {"stale", "failed"}


def test_a_tree_is_built_into_a_tree(workplace: Path) -> None:
    for name in ("b.txt", "plays/b.txt", "plays/late/c.txt"):
        (workplace / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (workplace / "in" / name).write_text(STORY)
    result = run("build", "in", "-r", "-o", "in/out")
    assert result.stdout.splitlines() == ["in/out/b/b.xml", "in/out/plays/b/b.xml", "in/out/plays/late/c/c.xml"]
    assert run("build", "in", "-r", "-o", "in/out", "--dry-run").stdout == ""
    assert [source["name"] for source in json.loads(Path("in/out/report.json").read_bytes())["sources"]] == ["b", "plays/b", "plays/late/c"]
    assert run("status", "in/out").stdout == "3 done, 0 failed, 0 stale, 0 interrupted, 0 orphaned\n"
