"""What is wrong with an OCFL object: version 1.1, sections 3 and 4 of the specification; the codes of the validators are named (E001 …)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.package.check import KNOWN, Findings, is_inside, names_in

_DECLARATION = re.compile(r"0=(ocfl_object_1\.[01])")
_HEAD = re.compile(r"v(0*)([1-9]\d*)")
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ALGORITHMS = ("sha512", "sha256")


def is_object(path: Path) -> bool:
    """Whether a folder says that it is an OCFL object, or was one before its declaration was lost."""
    return path.is_dir() and (
        any(name.startswith("0=ocfl_object_") for name in names_in(path))
        or ((path / "inventory.json").is_file() and (path / "v1").is_dir())
    )


def check_object(root: Path) -> list[Problem]:
    """All faults of an OCFL object; each names the file that has it."""
    findings = Findings(root)
    findings.look()
    declared = [name for name in findings.files if name.startswith("0=")]
    if not declared:
        findings.say("0=ocfl_object_1.1", "missing", "is not there: it says that this is an object, and of which version (E003)")
    for name in declared:
        named = _DECLARATION.fullmatch(name)
        if named is None or (findings.text(name) or "").strip() != named[1]:
            findings.say(name, "ocfl", "is no declaration of OCFL 1.0 or 1.1 (E007)")
    inventory = _inventory(findings, "")
    if inventory is None:
        return findings.problems
    versions = _versions(findings, inventory)
    manifest = _blocks(findings, inventory.get("manifest"), "manifest")
    for version in versions:
        inner = _inventory(findings, f"{version}/")
        if version == versions[-1] and inner is not None and inner != inventory:
            findings.say(f"{version}/inventory.json", "ocfl", "is not the same as the inventory of the object (E064)")
        _state(findings, version, inventory["versions"][version], manifest)
    stated = _stated(findings, inventory, manifest)
    for path in sorted(set(stated) | _content(findings, versions)):
        if path not in findings.files:
            findings.say(path, "missing", "is not there, and the manifest lists it: it was removed or renamed (E092)")
        elif path not in stated:
            findings.say(path, "unlisted", "is not in the manifest: it was added or renamed (E023)")
        else:
            findings.compare(path, stated[path], "the inventory")
    _strangers(findings, versions)
    return findings.problems


def _inventory(findings: Findings, folder: str) -> dict[str, Any] | None:
    """An inventory whose digest is that of the sidecar; None when it cannot be read, which is said."""
    name = f"{folder}inventory.json"
    if folder and name not in findings.files:
        findings.say(name, "missing", "is not there; each version should have its inventory (W010)", level="warning")
        return None
    text = findings.text(name)
    try:
        values = json.loads(text) if text is not None else None
    except (ValueError, RecursionError) as error:
        findings.say(name, "ocfl", f"is no JSON: {printable(str(error))} (E033)")
        return None
    if not isinstance(values, dict) or not isinstance(values.get("versions"), dict):
        if text is not None:
            findings.say(name, "ocfl", "is no inventory of OCFL: an object with versions (E036)")
        return None
    algorithm = values.get("digestAlgorithm")
    if algorithm not in _ALGORITHMS:
        findings.say(name, "ocfl", "digestAlgorithm is neither sha512 nor sha256 (E025)")
        return None
    stated = (findings.text(f"{name}.{algorithm}") or " ").split()
    made = hashlib.new(algorithm, findings.files[name].read_bytes()).hexdigest()
    if stated[:1] != [made]:
        findings.say(name, "fixity", f"its {algorithm} is not the one in {name}.{algorithm}: the inventory was changed (E060)")
    for key in ("id", "type", "head"):
        if not isinstance(values.get(key), str) or not values[key]:
            findings.say(name, "ocfl", f"has no {key} (E036)")
    return values


def _versions(findings: Findings, inventory: Mapping[str, Any]) -> list[str]:
    """The versions in order, those that are numbered as they must be."""
    found = [version for version in inventory["versions"] if _HEAD.fullmatch(version)]
    found.sort(key=lambda version: int(version[1:]))
    if len(found) != len(inventory["versions"]) or [int(version[1:]) for version in found] != list(range(1, len(found) + 1)):
        findings.say("inventory.json", "ocfl", "its versions are not v1, v2, v3 … without a gap (E010)")
    if found and inventory.get("head") != found[-1]:
        findings.say("inventory.json", "ocfl", f"its head is not the last version, {found[-1]} (E040)")
    return found


def _blocks(findings: Findings, block: Any, what: str) -> dict[str, list[str]]:
    """Paths by digest, those that stay inside."""
    if not isinstance(block, dict):
        findings.say("inventory.json", "ocfl", f"its {what} is no object of digests (E050)")
        return {}
    found: dict[str, list[str]] = {}
    for digest, paths in block.items():
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            findings.say("inventory.json", "ocfl", f"its {what} has a digest without a list of paths (E051)")
            continue
        for path in paths:
            if is_inside(path):
                found.setdefault(digest.lower(), []).append(path)
            else:
                findings.say("inventory.json", "unsafe-path", f"{printable(path)} in its {what} leaves the object (E099)")
    return found


def _state(findings: Findings, version: str, values: Any, manifest: Mapping[str, Any]) -> None:
    if not isinstance(values, dict):
        findings.say("inventory.json", "ocfl", f"{version} is no object (E047)")
        return
    if not _CREATED.fullmatch(str(values.get("created"))):
        findings.say("inventory.json", "ocfl", f"{version} has no time of creation of RFC 3339 (E048, E049)")
    for digest, paths in _blocks(findings, values.get("state"), f"state of {version}").items():
        if digest not in manifest:
            names = ", ".join(map(printable, paths))
            findings.say("inventory.json", "ocfl", f"{names} of {version} has a digest that the manifest lacks (E050)")


def _stated(findings: Findings, inventory: Mapping[str, Any], manifest: Mapping[str, list[str]]) -> dict[str, dict[str, str]]:
    """The digests of each content file, by algorithm: from the manifest, and from the fixity block."""
    stated: dict[str, dict[str, str]] = {}
    for digest, paths in manifest.items():
        for path in paths:
            stated.setdefault(path, {})[inventory["digestAlgorithm"]] = digest
    fixity = inventory.get("fixity", {})
    for algorithm, block in fixity.items() if isinstance(fixity, dict) else ():
        if algorithm in KNOWN:
            for digest, paths in _blocks(findings, block, f"fixity of {printable(algorithm)}").items():
                for path in paths:
                    if path in stated:
                        stated[path][algorithm] = digest
                    else:
                        findings.say("inventory.json", "ocfl", f"{printable(path)} has fixity and is not in the manifest (E057)")
    return stated


def _content(findings: Findings, versions: list[str]) -> set[str]:
    return {path for path in findings.files if any(path.startswith(f"{version}/content/") for version in versions)}


def _strangers(findings: Findings, versions: list[str]) -> None:
    """What an object may not hold beside its versions."""
    for path in sorted(findings.files):
        first, _, rest = path.partition("/")
        if first in versions:
            if not rest.startswith(("content/", "inventory.json")):
                findings.say(path, "unlisted", f"does not belong into the folder of {first} (E015)")
        elif (rest and first not in ("extensions", "logs")) or (not rest and not first.startswith(("0=", "inventory.json"))):
            findings.say(path, "unlisted", "does not belong into the object (E001)")
