"""``diff`` and ``learn``: what an editor changed in the XML, and the corrections that keep it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tei_pipeline.cli.common import encoding_option, messages_of, one_input, put, read_edition, verbosity
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.messages import Messages

if TYPE_CHECKING:
    from lxml import etree

    from tei_pipeline.compare.differences import Difference
    from tei_pipeline.compare.flat import Flat

_FILE = "string(//*[local-name() = 'sourceDesc']//*[local-name() = 'bibl'][@type = 'file'][1]/*[local-name() = '{}'])"
SHOWN = 50  # characters of the words that a difference is about


class NoSourceFound(PipelineError):
    """The source of an edited file is not where it is looked for."""

    def __init__(self, file: Path, wanted: str) -> None:
        self.file, self.wanted = file, wanted
        super().__init__(f"{printable(str(file))}: its source {wanted!r} is not beside it, nor in raw/; name it with --source FILE")


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@verbosity
def diff(old: Path, new: Path) -> None:
    """Show how two TEI files differ: words, elements moved, retagged, renamed, added, taken away, attributes. A line for each."""
    from tei_pipeline.compare.differences import differences
    from tei_pipeline.compare.flat import flat

    before, after = flat(read_edition(old), printable(str(old))), flat(read_edition(new), printable(str(new)))
    found = differences(before, after)
    for one in found:
        click.echo(line_of(one, before))
    if not found:
        click.echo("no differences")


@click.command()
@click.argument("file", type=FILE)
@click.option("--source", "source_file", type=FILE, help="The text that FILE was made from, when it is not beside it or in raw/.")
@click.option("--dry-run", is_flag=True, help="Show the entries, write nothing.")
@encoding_option
@verbosity
@messages_of
@click.pass_context
def learn(context: click.Context, messages: Messages, file: Path, source_file: Path | None, dry_run: bool, encoding: str | None) -> None:
    """Turn what was changed in the TEI of FILE into corrections, so that the next build gives it again; what cannot be said is listed.

    The entries go to standard output and into the sidecar of the source.
    """
    from tei_pipeline.compare.learn import learn as learn_from
    from tei_pipeline.corrections.write import append, as_toml
    from tei_pipeline.decisions import Problem
    from tei_pipeline.inputs import Input, load_input, read_input
    from tei_pipeline.sidecar import Sidecar
    from tei_pipeline.sidecar.toml import text_of

    root = read_edition(file)
    path = source_file or source_of(file, root)
    entry = one_input(path)
    source, sidecar = load_input(entry, encoding)
    learned = learn_from(source, sidecar or Sidecar(), root, printable(str(file)))
    for correction in learned.entries:
        click.echo(as_toml(correction))
    target = entry.sidecar or path.with_name(f"{source.name}.toml")
    label = printable(str(target))
    if learned.entries and not dry_run:
        old = text_of(read_input(Input(target.stem, target)), label) if target.exists() else ""
        put(append(old, learned.entries).encode(), target, force=True)
    left = [Problem("warning", "not-learned", f"no correction says this: {line_of(one, learned.built)}") for one in learned.left]
    left += [Problem("warning", "not-learned", why) for why in learned.refused if not learned.same]
    messages.problems(left, printable(str(file)))
    count = len(learned.entries)
    what = "nothing was changed that a correction says" if not count else f"{count} correction{'s' * (count > 1)}"
    done = "" if not count else " would be added" if dry_run else f" added to {label}"
    exactly = "; the next build gives this text" if learned.same else f"; {len(left)} differences are left"
    messages.note(f"{printable(str(file))}: {what}{done}{exactly}")
    context.exit(messages.exit_code)


def line_of(one: Difference, edition: Flat) -> str:
    """A difference on one line: what, where, and the words it is about."""
    piece = one.new or one.old
    while piece is not None and not piece.identifier:
        piece = piece.parent
    where = f" (at {printable(piece.identifier)})" if piece is not None else ""
    if one.kind in ("text", "moved"):
        words = f'"{_short(one.was)}"' if one.was == one.now or not one.now else f'"{_short(one.now)}"'
        if one.was and one.now and one.was != one.now:
            words = f'"{_short(one.was)}" → "{_short(one.now)}"'
        return f"{one.what}: {words}{where}"
    return f'{one.what}: "{_short(edition.shown(one.start, one.end, SHOWN))}"{where}'


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def source_of(file: Path, root: etree._Element) -> Path:
    """The text that an edition was made from, by the name in its header. Raises :class:`NoSourceFound`.

    One with the hash in the header goes before others, and what stands beside the edition (it may be the export as text) comes last.
    """
    import hashlib

    name = str(root.xpath(_FILE.format("title")))
    stem = Path(name.replace("\\", "/")).name or file.stem
    names = [stem, f"{stem}.txt"] if not stem.lower().endswith(".txt") else [stem]
    above = [*file.resolve().parents][:4]
    folders = [Path(), Path("raw"), *above[1:], *(folder / "raw" for folder in above), above[0]]
    found = [folder / each for folder in folders for each in names if (folder / each).is_file()]
    digest = str(root.xpath(_FILE.format("idno")))
    same = (path for path in found if hashlib.sha256(path.read_bytes()).hexdigest() == digest)
    chosen = next(same, next((path for path in found if path.resolve().parent != above[0]), None))
    if chosen is None:
        raise NoSourceFound(file, names[-1])
    return chosen
