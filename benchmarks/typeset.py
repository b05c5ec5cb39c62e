"""The books of the corpus typeset, and their text taken out of the PDF again, as scholars and repositories have it: what is still found?

    python -m benchmarks.typeset [--only burke,…] [--style …] [--scan] [--keep FOLDER]

WeasyPrint sets the gold of a book as a printed page would be (``pip install -e '.[benchmarks]'``), with running heads, numbers, hyphens and
notes at the feet; ``pdftotext`` of poppler takes the text out, once in reading order, where paragraphs have neither a gap nor an indent
and words parted at a hyphen are joined again, line and all, and once with the layout kept. ``--scan``: Tesseract reads pictures of the
pages, of the front of each book only, as this takes seconds a page. The words are those of the gold, whose blocks and references judge
the editions.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import accumulate, takewhile
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.dresses import MEASURES
from benchmarks.scoring import BOOKS, SHARED, score_books

Gold = dict[str, Any]
FRONT = 6  # blocks of the title page
RUNNING = 5  # words of a title in the head of its pages
_WORD = re.compile(r"[^\W_]+")
_CLOSING = re.compile(r"[.,;:!?'’”\"»)\]]*")
_NUMBER = re.compile(r"[IVXLC]+\.?")
_PAGE = """
@page { size: A5; margin: 18mm 16mm; font: 9pt "DejaVu Serif" }
body { font: 9.5pt/1.3 "DejaVu Serif", serif }
h1, h2, h3, h4 { text-align: center; font-weight: normal; font-size: 12pt } h1 { font-size: 14pt; string-set: head attr(data-head) }
p { margin: 0 } .plain, .title { text-align: center; text-indent: 0 } .title { margin: 2em 0; font-size: 16pt }
.note { float: footnote; font-size: 8pt } .last { white-space: nowrap } .note { white-space: normal }
::footnote-call { font-size: 70%; vertical-align: super; line-height: 1 } blockquote, .set-in { margin: .6em 2em; font-size: 8.5pt }
.verse { margin: .8em 2em } .number { text-align: center; margin: .8em 0 .3em } .right { text-align: right }
.stage { text-align: center; margin: .5em 0 } .speech { text-indent: -1em; margin-left: 1em }
.speaker { text-align: center; text-indent: 0; margin-top: .5em }
"""
_STYLES: Mapping[str, str] = {
    "indented": """
body { hyphens: auto; text-align: justify; hyphenate-character: "-" } p { text-indent: 1.2em } h1 { break-before: page }
@page :left { @top-left { content: counter(page) } @top-center { content: string(head, first-except) } }
@page :right { @top-right { content: counter(page) } @top-center { content: string(head, first-except) } }
::footnote-marker { content: counter(footnote) ". " }""",
    "spaced": """
p { margin-bottom: .8em } h1 { break-before: page }
@page { @bottom-center { content: counter(page) } @top-right { content: string(head, first-except) } }""",
    "bracketed": """
body { hyphens: auto; text-align: justify } p { text-indent: 1.5em }
@page { @bottom-center { content: "– " counter(page) " –" } }
::footnote-call { content: "[" counter(footnote) "]"; font-size: 100%; vertical-align: baseline }
::footnote-marker { content: "[" counter(footnote) "] " }""",
}
_MODES: Mapping[str, tuple[str, ...]] = {"raw": (), "layout": ("-layout",)}
SCAN = "scan"
SCANNED = 12_000  # words of each book that are scanned
DOTS = "200"  # per inch of the pictures
_READERS = {"en": "eng", "fr": "fra"}  # by the language of a book
_NEEDED = {"pdftotext": "poppler-utils", "tesseract": "tesseract-ocr tesseract-ocr-fra"}  # commands, with their Debian packages


class Typeset(NamedTuple):
    """A book in a style, and how its text is taken out."""

    book: str
    style: str
    mode: str

    @property
    def name(self) -> str:
        return f"{self.book}-{self.style}-{self.mode}"


def _gold(book: str) -> Gold:
    """The gold of a book without its title page but for a few lines, and without headings of notes, which stand at the feet."""
    gold: Gold = json.loads((SHARED / "corpus" / "gold" / f"{book}.json").read_text("utf-8"))
    blocks = gold["blocks"]
    front = len(list(takewhile(lambda block: block["type"] == "x", blocks)))
    kept = [*range(min(FRONT, front)), *(i for i in range(front, len(blocks)) if blocks[i]["text"] != "FOOTNOTES:")]
    place = {i: k for k, i in enumerate(kept)}
    references = sorted((ref for ref in gold["noterefs"] if ref["block"] in place), key=lambda ref: (ref["block"], ref["word"]))
    notes = [gold["notes"][ref["note"]] | {"n": str(k + 1), "after": place[ref["block"]]} for k, ref in enumerate(references)]
    moved = [ref | {"note": k, "n": str(k + 1), "block": place[ref["block"]]} for k, ref in enumerate(references)]
    heads = [head | {"block": place[head["block"]]} for head in gold["heads"] if head["block"] in place]
    return gold | {"blocks": [blocks[i] for i in kept], "notes": notes, "noterefs": moved, "heads": heads}


def _front(gold: Gold) -> Gold:
    """The gold of the first words of a book, in whole blocks, with their notes."""
    words = list(accumulate(len(block["text"].split()) for block in gold["blocks"]))
    end = bisect_right(words, SCANNED)
    references = [ref for ref in gold["noterefs"] if ref["block"] < end]
    notes = [gold["notes"][ref["note"]] for ref in references]
    heads = [head for head in gold["heads"] if head["block"] < end]
    return gold | {"blocks": gold["blocks"][:end], "notes": notes, "noterefs": references, "heads": heads}


def _marked_up(gold: Gold, style: str) -> str:
    """The book as HTML; a speech stands behind its speaker's name, or below it."""
    levels = sorted({block["level"] for block in gold["blocks"] if block["type"] == "head"})
    notes: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for ref in gold["noterefs"]:
        notes[ref["block"]].append(ref)
    found: list[str] = []
    for i, block in enumerate(gold["blocks"]):
        words = "".join(_with_notes(block["text"], notes[i], gold["notes"]))
        kind, sub = block["type"], block.get("sub")
        run_in = style != "bracketed" and bool(found) and found[-1].startswith('<p class="speech">')
        if kind == "head":
            head = html.escape(" ".join(block["text"].split()[:RUNNING]).rstrip(".,;"))
            rank = min(levels.index(block["level"]) + 1, 4)
            found.append(f'<h{rank} data-head="{head}">{words}</h{rank}>')
        elif kind == "speaker":
            name = words if style == "spaced" else words.upper()
            found.append(f'<p class="speaker">{name}</p>' if style == "bracketed" else f'<p class="speech"><b>{name}</b></p>')
        elif kind in ("sp", "stage") and run_in:
            said = f" <i>{words}</i>" if kind == "stage" else f" {words}" if words[:1].isalnum() else words
            found[-1] = f"{found[-1][:-4]}{said}</p>"
        elif kind == "l":
            found.append(f'<div class="verse{" number" if _NUMBER.fullmatch(block["text"]) else ""}">{words}</div>')
        else:
            found.append(_paragraph(kind, sub, words.lstrip(". ") if kind in ("sp", "stage") else words, i < FRONT))
    joined = "\n".join(found).replace('</div>\n<div class="verse">', "<br>")
    return (
        f'<html lang="{gold["lang"]}"><head><meta charset="utf-8"><style>{_PAGE}{_STYLES[style]}</style></head><body>{joined}</body></html>'
    )


def _paragraph(kind: str, sub: str | None, words: str, first: bool) -> str:
    if kind == "quote":
        return f"<blockquote>{words}</blockquote>"
    if kind == "x":
        return f'<p class="{"title" if first else "plain"}">{words}</p>'
    name = {"stage": "stage", "sp": "speech"}.get(kind) or {"signed": "right", "dateline": "right", "argument": "set-in"}.get(sub or "")
    return f'<p class="{name}">{words}</p>' if name else f"<p>{words}</p>"


def _with_notes(text: str, references: Sequence[Mapping[str, Any]], notes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The words with each note behind that to which it belongs, on one line with it."""
    ends = [0, *(m.end() for m in _WORD.finditer(text))]
    done = 0
    for ref in references:
        end = _CLOSING.match(text, ends[min(ref["word"], len(ends) - 1)]).end()  # type: ignore[union-attr]
        start = max(done, text.rfind(" ", 0, end) + 1)
        note = html.escape(notes[ref["note"]]["text"])
        yield f'{html.escape(text[done:start])}<span class="last">{html.escape(text[start:end])}<span class="note">{note}</span></span>'
        done = end
    yield html.escape(text[done:])


def _typeset(book: str, style: str, modes: Sequence[str], folder: Path) -> None:
    """Print a book, and take its text out in each way, with its gold beside it."""
    import weasyprint

    gold = _front(_gold(book)) if SCAN in modes else _gold(book)
    printed = folder / f"{book}-{style}.pdf"
    weasyprint.HTML(string=_marked_up(gold, style)).write_pdf(printed)
    for mode in modes:
        name = Typeset(book, style, mode).name
        if mode == SCAN:
            _scan(printed, folder / "texts" / name, gold["lang"])
        else:
            subprocess.run(["pdftotext", *_MODES[mode], printed, folder / "texts" / f"{name}.txt"], check=True)
        (folder / "gold" / f"{name}.json").write_text(json.dumps(gold | {"id": name}), "utf-8")


def _scan(printed: Path, text: Path, language: str) -> None:
    """Take pictures of the pages, and have them read; ``text`` is the file to write, without its suffix."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["pdftoppm", "-r", DOTS, "-gray", "-png", printed, f"{place}/page"], check=True)
        pages = Path(place) / "pages"
        pages.write_text("\n".join(map(str, sorted(Path(place).glob("page*.png")))), "utf-8")
        alone = os.environ | {"OMP_THREAD_LIMIT": "1"}  # each book has a process of its own
        subprocess.run(["tesseract", pages, text, "-l", _READERS[language]], check=True, capture_output=True, env=alone)


def _convert(name: str, folder: Path) -> None:
    from tei_pipeline.pipeline import convert
    from tei_pipeline.source import read_source

    source = read_source((folder / "texts" / f"{name}.txt").read_bytes(), name)
    (folder / "tei" / f"{name}.xml").write_bytes(convert(source, formats=()).xml)


def _measured(made: Sequence[Typeset], folder: Path) -> None:
    """Convert, score, and print the figures of each text and their means."""
    with ProcessPoolExecutor() as pool:
        list(pool.map(_convert, [one.name for one in made], [folder] * len(made)))
    scored = score_books([one.name for one in made], folder / "tei", str(folder))
    shown = MEASURES | {"link": "link_f1"}
    print(f"{'':<32}" + "".join(f"{name:>8}" for name in shown))
    for one in made:
        figures = scored[one.name].figures
        print(f"{one.name:<32}" + "".join(f"{figures[key]:>8.3f}" if key in figures else f"{'–':>8}" for key in shown.values()))
    for mode in dict.fromkeys(one.mode for one in made):
        means = [[f[key] for one in made if one.mode == mode and key in (f := scored[one.name].figures)] for key in shown.values()]
        print(f"{'mean, ' + mode:<32}" + "".join(f"{sum(found) / len(found):>8.3f}" if found else f"{'–':>8}" for found in means))


def main() -> None:
    """Print how accurate the editions of typeset books are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--only", default=",".join(BOOKS), help="these books, separated by commas")
    parser.add_argument("--style", choices=_STYLES, action="append", help="these styles (default: all)")
    parser.add_argument("--keep", type=Path, help="leave the texts and editions there")
    parser.add_argument("--scan", action="store_true", help="have pictures of the pages read, instead of taking the text out")
    chosen = parser.parse_args()
    modes = (SCAN,) if chosen.scan else tuple(_MODES)
    for command in ("pdftotext", *(["tesseract"] if chosen.scan else [])):
        if shutil.which(command) is None:
            sys.exit(f"{command} is missing (Debian: apt-get install {_NEEDED[command]})")
    with tempfile.TemporaryDirectory() as place:
        folder = (chosen.keep or Path(place)).resolve()
        for name in ("texts", "gold", "tei"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        jobs = [(book, style) for book in chosen.only.split(",") for style in chosen.style or _STYLES]
        with ProcessPoolExecutor() as pool:
            list(pool.map(_typeset, *zip(*jobs, strict=True), [modes] * len(jobs), [folder] * len(jobs)))
        _measured([Typeset(book, style, mode) for book, style in jobs for mode in modes], folder)


if __name__ == "__main__":
    main()
