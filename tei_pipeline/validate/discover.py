"""Which schemas a file asks for: by ``xml-model`` (W3C Note, "Associating Schemas with XML documents"), by its root, or by the user."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.edition import TEI, is_edition
from tei_pipeline.validate.judges import LANGUAGES, Judge, UnusableSchema, judge_of, own
from tei_pipeline.validate.options import Options
from tei_pipeline.validate.relaxng import EDITION, RULES

_PSEUDO = re.compile(r"""([A-Za-z]+)\s*=\s*("[^"]*"|'[^']*')""")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
TEI_ALL = "tei_all"  # the name under which the Consortium publishes the schema of all TEI


def judges_for(tree: etree._ElementTree, path: Path, options: Options) -> tuple[list[Judge], list[Problem]]:
    """The schemas for a file, each once, and what is to be said about those that it asks for and that are not at hand.

    Those of the options replace all others. An edition of this program gets our schemas, and what else its ``xml-model`` names; any
    other file what its ``xml-model`` names; TEI that names nothing the profile ``tei_all``, if there is one.
    """
    if options.schemas:
        wanted = [options.profiles.get(str(schema), schema) for schema in options.schemas]
        return [judge_of(schema) for schema in wanted if schema.suffix.lower() != ".json"], []
    judges: dict[str, Judge] = {}
    problems: list[Problem] = []
    if is_edition(tree):
        judges = {name: own(name) for name in (EDITION, RULES)}
    for address in addresses(tree):
        name = PurePosixPath(unquote(address)).name
        if name in judges or (name in (EDITION, RULES) and judges):
            continue
        found = _at_hand(address, path, options)
        if found is None:
            problems.append(_not_at_hand(address))
            continue
        try:
            judges[name] = judge_of(found)
        except UnusableSchema as error:
            problems.append(Problem("warning", "schema", f"the schema that the file asks for cannot be used: {error}"))
    if not judges and not problems and tree.getroot().tag in (TEI + "TEI", TEI + "teiCorpus") and TEI_ALL in options.profiles:
        judges[TEI_ALL] = judge_of(options.profiles[TEI_ALL])
    return list(judges.values()), problems


def addresses(tree: etree._ElementTree) -> list[str]:
    """What the ``xml-model`` instructions of a file name, in their order."""
    found = []
    for node in reversed([*tree.getroot().itersiblings(preceding=True)]):
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model":
            values = {name: value[1:-1] for name, value in _PSEUDO.findall(node.text or "")}
            found += [values["href"]] if values.get("href") else []
    return found


def _at_hand(address: str, path: Path, options: Options) -> Path | None:
    """The schema of a profile of that name, or the file at a relative address."""
    name = PurePosixPath(unquote(address)).stem
    if name in options.profiles:
        return options.profiles[name]
    if _SCHEME.match(address) or address.startswith("/"):
        return None
    file = path.parent / unquote(address.partition("#")[0])
    return file if file.is_file() and file.suffix.lower() in LANGUAGES else None


def _not_at_hand(address: str) -> Problem:
    name = printable(PurePosixPath(unquote(address)).stem)
    where = "nothing is read from the network" if _SCHEME.match(address) else "there is no such file"
    if PurePosixPath(unquote(address).partition("#")[0]).suffix.lower() not in LANGUAGES:
        where = f"by its name it is no schema that can be used here ({', '.join(LANGUAGES)})"
    said = f"the file asks for the schema {printable(address)}, but {where}; give it with --profile {name}=PATH"
    return Problem("info", "no-schema", said)
