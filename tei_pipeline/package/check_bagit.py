"""What is wrong with a bag: RFC 8493, and the BagIt Profile that it names, if that is ours."""

from __future__ import annotations

import fnmatch
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.package.bagit import PROFILE
from tei_pipeline.package.check import KNOWN, Findings, is_inside, names_in
from tei_pipeline.schemas import read_schema

_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9-]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_TAG = re.compile(r"([^:\s][^:]*?)[ \t]*:[ \t]*(.*)")
_ENCODED = re.compile("%(0A|0D|25)", re.IGNORECASE)
_VERSIONS = ("1.0", "0.97")
_NAMED = {"sha3256": "sha3_256", "sha3512": "sha3_512"}


def is_bag(path: Path) -> bool:
    """Whether a folder says that it is a bag, or was one before its declaration was lost."""
    return path.is_dir() and (
        (path / "bagit.txt").is_file() or ((path / "data").is_dir() and any(map(_MANIFEST.fullmatch, names_in(path))))
    )


def check_bag(root: Path) -> list[Problem]:
    """All faults of a bag; each names the file that has it. Codes: ``missing``, ``unlisted``, ``fixity``, ``bagit``, ``profile`` …"""
    findings = Findings(root)
    findings.look()
    version = _declaration(findings)
    info = _tags(findings, "bag-info.txt") if "bag-info.txt" in findings.files else []
    manifests = _manifests(findings, tag=False)
    tags = _manifests(findings, tag=True)
    payload = [path for path in findings.files if path.startswith("data/")]
    if not (root / "data").is_dir():
        findings.say("data", "missing", "is not there: a bag has its files in this folder")
    if not manifests:
        findings.say("", "bagit", "no manifest of the payload (manifest-sha512.txt): nobody can tell whether the files are the right ones")
    fetched = _fetched(findings)
    _complete(findings, payload, manifests, fetched)
    _compare(findings, manifests)
    others = {path for path in findings.files if path not in payload}
    for name, listed in tags.items():
        for path in sorted(others - listed.keys()):
            if not path.startswith("tagmanifest-"):
                findings.say(path, "unlisted", f"stands in the bag, and {name} does not list it", level="warning")
    _compare(findings, tags)
    _oxum(findings, payload, info)
    _profile(findings, info, version, manifests, tags, others)
    return findings.problems


def _declaration(findings: Findings) -> str:
    tags = dict(_tags(findings, "bagit.txt"))
    version = tags.get("BagIt-Version", "")
    if version not in _VERSIONS:
        findings.say("bagit.txt", "bagit", f"BagIt-Version is {printable(version)!r}; this program knows {', '.join(_VERSIONS)}")
    if tags.get("Tag-File-Character-Encoding", "").upper() != "UTF-8":
        findings.say("bagit.txt", "bagit", "Tag-File-Character-Encoding is not UTF-8, the only one that is read here")
    return version


def _tags(findings: Findings, path: str) -> list[tuple[str, str]]:
    """Labels and values; a line that begins with white space goes on the value before it."""
    tags: list[tuple[str, str]] = []
    for number, line in enumerate((findings.text(path) or "").splitlines(), 1):
        if line[:1] in (" ", "\t") and tags:
            tags[-1] = (tags[-1][0], f"{tags[-1][1]} {line.strip()}")
        elif found := _TAG.fullmatch(line):
            tags.append((found[1], found[2].strip()))
        elif line.strip():
            findings.say(path, "bagit", "no line of the form Label: value", line=number)
    return tags


def _manifests(findings: Findings, *, tag: bool) -> dict[str, dict[str, str]]:
    """The manifests by their file names: digest by path."""
    found = {}
    for name in sorted(findings.files):
        named = _MANIFEST.fullmatch(name)
        if named is None or bool(named[1]) is not tag:
            continue
        if _algorithm(name) not in KNOWN:
            findings.say(name, "bagit", f"the algorithm {named[2]} is not known here, so it is not checked", level="warning")
            continue
        found[name] = _listed(findings, name, tag=tag)
    return found


def _algorithm(manifest: str) -> str:
    name = manifest.rpartition("manifest-")[2].removesuffix(".txt").replace("-", "")
    return _NAMED.get(name, name)


def _listed(findings: Findings, name: str, *, tag: bool) -> dict[str, str]:
    listed: dict[str, str] = {}
    for number, line in enumerate((findings.text(name) or "").split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            findings.say(name, "bagit", "no line of the form: digest, white space, path", line=number)
            continue
        path = found[2]
        if path not in findings.files:  # RFC 8493, 2.1.3: only these three are encoded; older programs leave the percent sign as it is
            path = _ENCODED.sub(lambda code: chr(int(code[1], 16)), path)
        path = path.removeprefix("./")
        if not is_inside(path):
            findings.say(name, "unsafe-path", f"{printable(path)} leaves the bag", line=number)
        elif not tag and not path.startswith("data/"):
            findings.say(name, "bagit", f"{printable(path)} is no file of the payload", line=number)
        elif path in listed:
            findings.say(name, "bagit", f"{printable(path)} is listed twice", line=number)
        else:
            listed[path] = found[1]
    return listed


def _fetched(findings: Findings) -> set[str]:
    if "fetch.txt" not in findings.files:
        return set()
    lines = (findings.text("fetch.txt") or "").splitlines()
    findings.say("fetch.txt", "fetch", "names files that are elsewhere; nothing is fetched here", level="warning")
    return {parts[2] for line in lines if len(parts := line.split(None, 2)) == 3}


def _complete(findings: Findings, payload: list[str], manifests: Mapping[str, Mapping[str, str]], fetched: set[str]) -> None:
    listed = {path for each in manifests.values() for path in each}
    for path in sorted(listed - set(payload)):
        names = " and ".join(name for name, each in manifests.items() if path in each)
        what = "is to be fetched" if path in fetched else "is not there"
        findings.say(path, "missing", f"{what}, and {names} lists it: it was removed or renamed")
    for path in payload:
        lacking = [name for name, each in manifests.items() if path not in each]
        if lacking:
            findings.say(path, "unlisted", f"is not listed in {' and '.join(lacking)}: it was added or renamed")


def _compare(findings: Findings, manifests: Mapping[str, Mapping[str, str]]) -> None:
    stated: dict[str, dict[str, str]] = {}
    for name, listed in manifests.items():
        for path, digest in listed.items():
            stated.setdefault(path, {})[_algorithm(name)] = digest
    for path, known in stated.items():
        if path in findings.files:
            findings.compare(path, known, "the manifest")
        elif not path.startswith("data/"):
            findings.say(path, "missing", "is not there, and a tag manifest lists it")


def _oxum(findings: Findings, payload: list[str], info: list[tuple[str, str]]) -> None:
    size = sum(findings.files[path].lstat().st_size for path in payload)
    for label, value in info:
        if label.lower() == "payload-oxum" and value != f"{size}.{len(payload)}":
            what = f"Payload-Oxum says {printable(value)}, and the payload has {size} bytes in {len(payload)} files"
            findings.say("bag-info.txt", "bagit", what)


def _profile(
    findings: Findings,
    info: list[tuple[str, str]],
    version: str,
    manifests: Mapping[str, Any],
    tags: Mapping[str, Any],
    others: set[str],
) -> None:
    """The rules of our BagIt Profile (specification of BagIt Profiles 1.3), when the bag says that it follows it."""
    named = [value for label, value in info if label == "BagIt-Profile-Identifier"]
    if PROFILE not in named:
        if named:
            findings.say("bag-info.txt", "profile", "the BagIt Profile that it names is not known here", level="info")
        return
    profile = json.loads(read_schema("bagit-profile.json"))
    counts = Counter(label for label, _ in info)
    for label, rule in profile["Bag-Info"].items():
        if rule["required"] and not counts[label]:
            findings.say("bag-info.txt", "profile", f"lacks {label}, which the BagIt Profile demands")
        if not rule["repeatable"] and counts[label] > 1:
            findings.say("bag-info.txt", "profile", f"has {label} more than once")
    for key, there in (("Manifests-Required", manifests), ("Tag-Manifests-Required", tags)):
        for algorithm in profile[key]:
            if algorithm not in map(_algorithm, there):
                what = "tag manifest" if "Tag" in key else "manifest"
                findings.say("", "profile", f"has no {what} of {algorithm}, which the BagIt Profile demands")
    for path in sorted(others):
        if not any(fnmatch.fnmatchcase(path, allowed) for allowed in profile["Tag-Files-Allowed"]):
            findings.say(path, "profile", "is none of the tag files that the BagIt Profile allows")
    if version not in profile["Accept-BagIt-Version"]:
        findings.say("bagit.txt", "profile", f"BagIt {printable(version)} is none of the versions of the BagIt Profile")
