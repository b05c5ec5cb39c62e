"""Texts and editions elsewhere: an S3-compatible server on loopback, archives, memory, and files that are seen while they grow."""

from __future__ import annotations

import http.server
import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.test_cli import OTHER, STORY, run, tree

fsspec = pytest.importorskip("fsspec", reason="needs the extra [remote]")

TEXTS = {"a.txt": STORY, "b.txt": OTHER, "b.toml": '[metadata]\ntitle = "A Letter"\n', "deep/c.txt": STORY.replace("thirty", "forty")}
EDITIONS = ("a/a.xml", "b/b.xml", "deep/c/c.xml")


@pytest.fixture
def local(workplace: Path) -> Path:
    """The texts in a folder, and what they become there."""
    for name, text in TEXTS.items():
        (workplace / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (workplace / "raw" / name).write_text(text)
    assert run("build", "raw", "-r", "-o", "expected").exit_code == 0
    return workplace


@pytest.fixture
def memory() -> Iterator[Any]:
    """The file system in memory, empty before and after."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def editions(files: Any, root: str) -> dict[str, bytes]:
    """What stands below a path, without what is the run's own."""
    found = {path[len(root) :].lstrip("/"): files.cat_file(path) for path in files.find(root)}
    return {name: data for name, data in found.items() if name not in ("ledger.sqlite", "report.json", "report.html")}


def expected() -> dict[str, bytes]:
    return {name: data for name, data in tree(Path("expected")).items() if "/" in name}


def put(files: Any, root: str) -> None:
    for name, text in TEXTS.items():
        files.pipe_file(f"{root}/{name}", text.encode())


def test_from_memory_to_memory_and_nothing_is_done_twice(local: Path, memory: Any) -> None:
    put(memory, "/texts")
    result = run("build", "memory://texts", "-r", "-o", "memory://out")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [f"memory://out/{name}" for name in EDITIONS]
    assert editions(memory, "/out") == expected()
    report = json.loads(memory.cat_file("/out/report.json"))
    assert [source["source"] for source in report["sources"]] == [f"memory://texts/{name}" for name in ("a.txt", "b.txt", "deep/c.txt")]
    assert not memory.exists("/out/ledger.lock")
    assert run("build", "memory://texts", "-r", "-o", "memory://out", "--dry-run").stdout == ""
    assert run("status", "memory://out").stdout == "3 done, 0 failed, 0 stale, 0 interrupted, 0 orphaned\n"
    memory.pipe_file("/texts/b.toml", b'[metadata]\ntitle = "Another"\n')
    memory.pipe_file("/out/a/a.txt", b"mine")
    said = run("build", "memory://texts", "-r", "-o", "memory://out", "--dry-run").stdout
    assert said.splitlines() == ["memory://texts/a.txt\toutputs changed", "memory://texts/b.txt\tsource changed"]
    refused = run("build", "memory://texts", "-r", "-o", "memory://out")
    assert refused.exit_code == 1
    assert "memory://out/a/a.txt: not as tei-pipeline wrote it" in refused.stderr
    assert memory.cat_file("/out/a/a.txt") == b"mine"
    assert b"Another" in memory.cat_file("/out/b/b.xml")
    assert run("build", "memory://texts", "-r", "-o", "memory://out", "--force").exit_code == 0
    assert memory.cat_file("/out/a/a.txt") == expected()["a/a.txt"]


def test_what_is_wrong_names_the_address(local: Path, memory: Any) -> None:
    put(memory, "/texts")
    memory.pipe_file("/texts/blank.txt", b" \n")
    memory.pipe_file("/texts/b.toml", b"[metadata\n")
    result = run("build", "memory://texts", "memory://none", "memory://texts/deep", "nosuch://x", "-o", "out")
    assert result.exit_code == 1
    for said in (
        "memory://texts/blank.txt: the file holds only",
        "memory://texts/b.toml",
        "memory://none: is not there",
        "nosuch://x: ",
    ):
        assert said in result.stderr
    assert "/tmp/tei-pipeline" not in result.stderr.replace(str(local), "")
    assert result.stdout.splitlines() == ["out/a/a.xml", "out/c/c.xml"]
    clash = run("build", "memory://texts", "raw", "-o", "out")
    assert clash.exit_code == 2
    assert "memory://texts/a.txt" in clash.stderr


def test_a_single_file_takes_its_sidecar_along(local: Path, memory: Any) -> None:
    put(memory, "/texts")
    assert run("build", "memory://texts/b.txt", "-o", "out").stdout == "out/b/b.xml\n"
    assert Path("out/b/b.xml").read_bytes() == expected()["b/b.xml"]


def test_texts_in_an_archive(local: Path) -> None:
    with zipfile.ZipFile("texts.zip", "w") as archive:
        for name, text in TEXTS.items():
            archive.writestr(name, text)
    result = run("build", "zip://::texts.zip", "-r", "-o", "out", "--jobs", "2")
    assert result.exit_code == 0, result.output
    assert {name: data for name, data in tree(Path("out")).items() if "/" in name} == expected()
    assert run("build", "zip://::texts.zip", "-r", "-o", "out", "-n").stdout == ""
    assert run("build", "zip://deep/c.txt::texts.zip", "-o", "single").stdout == "single/c/c.xml\n"
    refused = run("build", "raw", "-r", "-o", "tar://::out.tar")
    assert refused.exit_code == 1
    assert "editions cannot be published to this kind of address" in refused.stderr


def test_where_files_are_seen_while_they_grow_they_are_renamed_into_place(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.local import LocalFileSystem

    written: list[str] = []
    real = LocalFileSystem.pipe_file

    def pipe(files: Any, path: str, value: bytes, **more: Any) -> None:
        written.append(Path(path).name)
        real(files, path, value, **more)

    monkeypatch.setattr(LocalFileSystem, "pipe_file", pipe)
    assert run("build", "raw", "-r", "-o", f"file://{local}/out", "--jobs", "0").exit_code == 0
    assert {name: data for name, data in tree(Path("out")).items() if "/" in name} == expected()
    assert all(name.startswith(".") and name.endswith(".new") for name in written)
    order = [name for name in written if name.startswith(".a.")]
    assert order[0] == ".a.journal.new"
    assert order[-1] == ".a.provenance.json.new"


def test_a_write_that_fails_half_way_is_finished_by_the_next_run(local: Path, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build", "raw/a.txt", "-o", "memory://out")
    Path("raw/a.txt").write_text(STORY.replace("dusk", "dawn"))
    real = type(memory).pipe_file

    def pipe(files: Any, path: str, value: bytes, **more: Any) -> None:
        if path.endswith("a.xml"):
            raise ConnectionError("the line is down")
        real(files, path, value, **more)

    with monkeypatch.context() as patch:
        patch.setattr(type(memory), "pipe_file", pipe)
        failed = run("build", "raw/a.txt", "-o", "memory://out")
    assert failed.exit_code == 1
    assert "memory://out/a/a.xml: cannot be read or written (ConnectionError: the line is down)" in failed.stderr
    assert memory.exists("/out/a/.a.journal")
    Path("raw/a.txt").write_text(STORY.replace("dusk", "noon"))
    assert run("build", "raw/a.txt", "-o", "memory://out").exit_code == 0
    assert b"noon" in memory.cat_file("/out/a/a.xml")
    assert not memory.exists("/out/a/.a.journal")


def test_a_run_elsewhere_holds_the_lock_as_long_as_it_is_fresh(local: Path, memory: Any) -> None:
    lock = {"process": 7, "host": "night", "time": time.time()}
    memory.pipe_file("/out/ledger.lock", json.dumps(lock).encode())
    refused = run("build", "raw/a.txt", "-o", "memory://out")
    assert refused.exit_code == 1
    assert "memory://out: another run writes here (process 7 on night)" in refused.stderr
    memory.pipe_file("/out/ledger.lock", json.dumps(lock | {"time": time.time() - 1000}).encode())
    assert run("build", "raw/a.txt", "-o", "memory://out").exit_code == 0


def test_without_the_extra_an_address_is_refused_in_a_sentence(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    result = run("build", "s3://bucket/texts")
    assert result.exit_code == 1
    assert "pip install 'tei-pipeline[remote]'" in result.stderr


# ---------------------------------------------------------------- an object store


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket of a server on loopback."""
    pytest.importorskip("s3fs", reason="needs the extra [remote]")
    server = pytest.importorskip("moto.server", reason="needs the extra [test-batch]").ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host.replace('0.0.0.0', '127.0.0.1')}:{port}"
    settings = {
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    files = fsspec.filesystem("s3", skip_instance_cache=True)
    files.mkdir("library")
    yield files
    server.stop()


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket of an emulator of Google's store, on loopback."""
    emulator = pytest.importorskip("gcp_storage_emulator.server", reason="needs the extra [test-gcs]")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{port}",
        "FSSPEC_GS_TOKEN": "anon",
        "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT": "false",  # read at the import; it asks the store by gRPC, which the emulator does not speak
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    pytest.importorskip("gcsfs", reason="needs the extra [gcs]")
    with monkeypatch.context() as patched:  # by itself it has one client at a time, and the others wait for that to end
        patched.setattr(emulator.server, "HTTPServer", http.server.ThreadingHTTPServer)
        server = emulator.create_server("127.0.0.1", port, True, default_bucket="library")
        server.start()
    yield fsspec.filesystem("gs", token="anon", endpoint_url=settings["STORAGE_EMULATOR_HOST"], skip_instance_cache=True)
    server.stop()


@pytest.mark.filterwarnings("ignore")  # of the server and of the client: not ours to mend
def test_an_object_store_gives_texts_and_takes_editions(local: Path, bucket: Any) -> None:
    there_and_back(bucket, "s3")


@pytest.mark.filterwarnings("ignore")  # of the client: not ours to mend
def test_the_store_of_google_gives_texts_and_takes_editions(local: Path, google: Any) -> None:
    there_and_back(google, "gs")


def there_and_back(bucket: Any, protocol: str) -> None:
    put(bucket, "library/texts")
    places = [f"{protocol}://library/texts", "-r", "-o", f"{protocol}://library/out"]
    command = [sys.executable, "-m", "tei_pipeline", "build", *places, "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [f"{protocol}://library/out/{name}" for name in EDITIONS]
    bucket.invalidate_cache()
    assert editions(bucket, "library/out") == expected()
    again = subprocess.run([*command, "-n"], env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (again.returncode, again.stdout) == (0, ""), again.stderr
    bucket.pipe_file("library/texts/a.txt", OTHER.encode())
    third = subprocess.run([*command, "-n"], env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert third.stdout == f"{protocol}://library/texts/a.txt\tsource changed\n"


# ---------------------------------------------------------------- another machine


@pytest.mark.filterwarnings("ignore")  # of the client: not ours to mend
def test_another_machine_gives_texts_and_takes_editions(local: Path) -> None:
    pytest.importorskip("paramiko", reason="needs the extra [remote]")
    from tests import sftp_server

    (local / "away").mkdir()
    (local / "raw").rename(local / "away" / "raw")
    with sftp_server.serving(local / "away") as port:
        host = f"sftp://{sftp_server.USER}:{sftp_server.WORD}@127.0.0.1:{port}"
        command = [sys.executable, "-m", "tei_pipeline", "build", f"{host}/raw", "-r", "-o", f"{host}/out", "--jobs", "2"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert result.returncode == 0, result.stderr
        assert result.stdout.splitlines()[0] == f"sftp://{sftp_server.USER}@127.0.0.1:{port}/out/a/a.xml"
        assert not [path for path in (local / "away").rglob("*") if path.is_file() and sftp_server.WORD.encode() in path.read_bytes()]
        assert {name: data for name, data in tree(local / "away" / "out").items() if "/" in name} == expected()
        again = subprocess.run([*command, "-n"], env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert (again.returncode, again.stdout) == (0, ""), again.stderr
    assert list((local / "away").rglob(".*")) == []
