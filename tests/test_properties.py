"""Any text whatever: it converts, nothing is lost, the edition is valid, the source comes back, the same bytes every time.

The examples are the same on every run. ``TEI_PIPELINE_EXAMPLES=20000 pytest tests/test_properties.py`` looks for new ones.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_pipeline.exporters import DIPLOMATIC, tei_from_json
from tei_pipeline.exporters.text import export_text
from tei_pipeline.fidelity import compare, printed_source, restore_files, verify
from tei_pipeline.parts import join
from tei_pipeline.pipeline import convert
from tei_pipeline.provenance import load
from tei_pipeline.recognise import recognise
from tei_pipeline.sidecar import Settings, Sidecar
from tei_pipeline.source import UNENCODABLE, Source, is_blank, read_source, to_bytes
from tei_pipeline.validate import validate_edition
from tests.strategies import anything, books, encodings, noise, sidecars, spoilt, torn

WANTED = int(os.environ.get("TEI_PIPELINE_EXAMPLES", "0"))
IN_ONE_CALL = 150  # editions that jing is given at once


def examples(usual: int) -> settings:
    """So many examples, always the same ones; or as many new ones as were asked for."""
    return settings(
        max_examples=WANTED or usual,
        derandomize=not WANTED,
        deadline=None,
        database=None,
        print_blob=bool(WANTED),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


def c14n(root: etree._Element | etree._ElementTree) -> bytes:
    return etree.tostring(root, method="c14n", with_comments=True)


def broken_promises(source: Source, files: dict[str, bytes], sidecar: Sidecar | None = None) -> list[str]:
    """What an edition owes its source and does not keep, in words; ``files``: the bytes that the source was read from."""
    result = convert(source, sidecar)
    if not result.proved:
        return [f"{problem.code}: {problem.message} ({problem.where})" for problem in result.problems if problem.level == "error"]
    broken = []
    root = etree.fromstring(result.xml)
    provenance = load(result.outputs[f"{source.name}.provenance.json"], "provenance")
    if loss := compare(source, root):
        broken.append(f"the invariant: {loss.message}")
    broken += [f"valid: {problem.message}" for problem in validate_edition(root) if problem.level == "error"]
    broken += [f"verify: {problem.message}" for problem in verify(source, root, provenance)]
    if restore_files(root, provenance) != files:
        broken.append("restore: other bytes")
    if c14n(tei_from_json(result.outputs[f"{source.name}.json"])) != c14n(root.getroottree()):
        broken.append("JSON gives another TEI")
    # a form feed is how the printed reading marks a page
    if UNENCODABLE.sub("", "".join(export_text(root, DIPLOMATIC).data.decode().split())) != printed_source(source):
        broken.append("the text export prints other characters")
    if convert(source, sidecar).outputs != result.outputs:
        broken.append("other bytes the second time")
    return broken


def broken_partition(source: Source, sidecar: Sidecar | None = None) -> list[str]:
    """Where the blocks leave out a line or hold one twice."""
    sidecar = sidecar or Sidecar()
    blocks = recognise(source, sidecar).blocks
    ends = [0, *(block.end for block in blocks)]
    starts = [*(block.first for block in blocks), len(source.lines)]
    return [
        f"line {end + 1}: one block ends, the next begins at {start + 1}" for end, start in zip(ends, starts, strict=True) if end != start
    ]


def read(text: str, encoding: str = "utf-8", *, mark: bool = False) -> tuple[Source, dict[str, bytes]]:
    """The source in that encoding, and its bytes as ``restore_files`` gives them."""
    data = to_bytes(text, encoding, bom=mark)
    return read_source(data, "sample", encoding=encoding), {"": data}


@examples(120)
@given(books, sidecars)
def test_books(text: str, sidecar: Sidecar | None) -> None:
    source, files = read(text)

    assert broken_promises(source, files, sidecar) == []
    assert broken_partition(source, sidecar) == []


@examples(60)
@given(spoilt(), encodings)
def test_books_with_odd_characters_in_any_encoding(text: str, encoding: tuple[str, bool]) -> None:
    source, files = read(text, encoding[0], mark=encoding[1])

    assert broken_promises(source, files) == []


@examples(150)
@given(noise, sidecars)
def test_lines_of_what_rules_react_to(text: str, sidecar: Sidecar | None) -> None:
    source, files = read(text)

    assert broken_promises(source, files, sidecar) == []
    assert broken_partition(source, sidecar) == []


@examples(150)
@given(torn().filter(lambda text: not is_blank(text)))
def test_layouts_torn_and_mended_badly(text: str) -> None:
    source, files = read(text)

    assert broken_promises(source, files) == []


@examples(120)
@given(anything, encodings)
def test_any_unicode_whatever(text: str, encoding: tuple[str, bool]) -> None:
    source, files = read(text, encoding[0], mark=encoding[1])

    assert broken_promises(source, files) == []


@examples(40)
@given(st.lists(st.tuples(st.one_of(books, noise), st.sampled_from(("page", "division", "nothing"))), min_size=2, max_size=4), sidecars)
def test_sources_of_several_files(texts: list[tuple[str, str]], sidecar: Sidecar | None) -> None:
    files = {f"{number}.txt": text.encode() for number, (text, _) in enumerate(texts)}
    begins = ["nothing", *(begin for _, begin in texts[1:])]
    parts = [(file, begin, read_source(data, file), data) for begin, (file, data) in zip(begins, files.items(), strict=True)]
    source = join(parts, "sample", "sample")

    assert broken_promises(source, files, sidecar) == []
    assert broken_partition(source, sidecar) == []


def test_the_editions_of_generated_texts_are_valid_tei(tmp_path: Path, shared: Path) -> None:
    """One call of jing for all of them."""
    if shutil.which("jing") is None:
        pytest.skip("needs jing to validate against all of TEI")
    unproved: list[str] = []

    @settings(examples(IN_ONE_CALL), max_examples=IN_ONE_CALL, phases=[Phase.generate])
    @given(st.one_of(books, books, noise, anything), sidecars)
    def write(text: str, sidecar: Sidecar | None) -> None:
        result = convert(read(text)[0], sidecar, formats=())
        if result.proved:
            (tmp_path / f"{len(list(tmp_path.iterdir()))}.xml").write_bytes(result.xml)
        else:
            unproved.append(text)

    write()
    files = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(["jing", str(shared / "tei" / "tei_all.rng"), *files], capture_output=True, text=True, check=False)

    assert unproved == []
    assert len(files) > 0.9 * IN_ONE_CALL
    assert (done.returncode, done.stdout) == (0, "")


# ---------------------------------------------------------------- what was found so, as small as it became

FOUND: dict[str, tuple[str, Sidecar | None]] = {
    "a bracket alone": (")", None),
    "scraps of markup behind the library's last words": (
        "was.[1]\n*** END OF THIS PROJECT GUTENBERG EBOOK THE LIGHTHOUSE TAX ***\n/*\n*/\n/*\n*/",
        None,
    ),
    "a name in capitals below the end of a page": (
        "The bell is hung again. There were two ropes to it, and they want a knot each; I\n\x0c\n"
        "        OSWIN.\n\n\nmean to tie one that will do for both. Farewell!",
        None,
    ),
    "a mark of emphasis alone under a paragraph": (".\r   /", Sidecar(settings=Settings(spacing=2, paragraphs="unwrapped"))),
    "page furniture alone": ("[P9]", None),
    "a mark of emphasis alone right below a title": (
        f"{' ' * 52}(1879)\n\n\n          The wooden bridge by the quiet field\n\n _\n\nMAÎTRE GRIFFON, _saluant_.",
        None,
    ),
    "text that goes on below a letter within quotation marks": (
        "No coat. It has begun to rain in earnest, and I write this under the\n"
        "kitchen table, which is the only dry place in the house. Mr. Pell has\n"
        "written. I copy his letter:\n"
        '     "I have your coat. I was married in it.\n'
        "\n"
        '     "Your humble servant,\n'
        "\n"
        '     "J. PELL." (1)\n'
        "What am I to answer? I think I shall answer nothing, and come home by\n"
        "      the lantern. Wade kept the gentle table, but Orrin sold the bright\n"
        "      orchard. She followed what the coat had said about the old voyage. The\n"
        "      quiet kitchen stood near the table; for it seemed to Judith that the\n"
        "      road had been lost with the morning. The broken morning stood near the",
        None,
    ),
    "a postscript below a letter that is set in": (
        "    OVER THE HILL.\n          the horse came. He thought  of Milford and of the old window;  for\n\n"
        "              Ever your loving son,\n\n       POSTSCRIPT.\n\n      She  closed what the village  had said about the road, but",
        None,
    ),
    "a page that ends below the verses of a title page": (
        "\x0c    And claimed in quarrel, and in truth by none;\n    I think that thou art not a river, one\n"
        "\x0c    Of those with banks, a mouth, a bridge, a call,\n    But some old giant's sleeve; and over all\n\n"
        "    There is a bell beneath the mere, 22\n\nINDEX OF FIRST LINES.\n    It was a m\n"
        f"\x0c{' ' * 45}Lord Denver sits in Denver hall, 14\n    Slow river, that hast never learned to run, 30",
        None,
    ),
    "a page that ends below a remark in brackets, over two verses": (
        "    [Heard from a carter on the road to the fair, who would not say\n    it twice.]\n\x0c\n    And beer in the cellar;\n"
        "    May borrow the miller.",
        None,
    ),
    "a mark of emphasis alone on a title page": (
        "PART I.\n\x0c _\nPRELIMINARY. —\n\nThis Act may be cited as the Ferries Act, 1884.\n"
        "CONTENTS\ninland water for the carriage of the public;",
        None,
    ),
    "the end of a page below a title, over a number": ("TWO SONGS\n\x0c\nI", None),
    "a mark of emphasis alone in a play": (
        "ACT I.\n_\nSCENE I. A mill.\n\n\nMILLER.\n\n  The sack is full.\n\n\nBAKER.\n\n  The oven is cold.\n\n\nMILLER.\n\n  Then"
        " heat it.\n\n\nBAKER.\n\n  With what?\n\n\nMILLER.\n\n  With wood.\n\n\nBAKER.\n\n  There is none.\n",
        None,
    ),
    "a mark of emphasis alone over the title of a letter": (
        "The boat is here.\n\n_\n\n\nANNA HOLM TO SIR LUND\n\nThe sea is grey.\n",
        None,
    ),
    "a mark of emphasis alone as the last verse of a speech": (
        "ACT I.\n\nSCENE I. A mill.\n\n\nMILLER.\n\n  The sack is full,\n  The oven is cold.\n\n\nBAKER.\n\n  Then heat it.\n\n\nMILLER."
        "\n\n  With wood that was wet,\n  With straw that was green.\n  _\n\n\nBAKER.\n\n  There is none.\n\n\nMILLER.\n\n  Then wait.\n",
        None,
    ),
    "a colon alone below a signature, over the receiver of the next letter": (
        "To Mr. HALE, at Wells.\n\nDOCTOR,\n\nThe boat is here.\n\nYours,\nA. LORN\nLEEDS, April 2.\n\n"
        ":\n\nTo Mrs. PELL,\n\nThe sea is grey.\n",
        None,
    ),
    "a date that is quoted below a signature, over a letter in brackets": (
        f"{' ' * 27}DEAL, _May 3rd, 1809_.\n\nthe baker's cart to send you this. The goat is well, and so am I, but for\n|\n"
        f"{' ' * 35}Your affectionate Son,\n\n{' ' * 34}H.M.S. _Petersham_, at sea,\n{' ' * 43}June 20th, 1809.\n\n(a)",
        None,
    ),
    "a title set in below the label of the only lesson": ("\nLESSON I\n\n      THE NOUN\n", None),
    "a raised figure for a number": ("§ ²\n\nThe tide came in.\n", None),
    "a circled figure for a number": ("§ ①\n\nThe tide came in.\n", None),
    "a first verse turned over after the speaker's name": (
        "\nAnna. I am so.\n\nHelmer. Why then?\n\nAnna. I look at\n     the water.\nor me.\n\nHelmer. The sea is grey\nand wide.\n\n"
        "it is low\n\nHelmer. You know the price of\n\nAnna. N",
        None,
    ),
    "the mark of a page over a remark in brackets, over a letter": (
        "LETTER I.\n\n[Pg 4]\n\n[Hull, about noon.]\n\nMy dear Anna,--\n\nThe sea is grey and wide.\n\nYour friend,\n\nJ. WADE.\n",
        None,
    ),
    "a note at the foot of a page inside an editor's remark": ("[Note 2:\r\r\rFootnote 1]\r[P2]\r)", None),
    "a note at the foot of a page with paragraphs on three pages": (
        "- 13 -\r\n1\rhtide.)\n     - ” It was semi-\r\n[14]\ra) first,\nseptuctava\nGLOSSARY\rnever,’ as\nmy father put it!”)"
        "\r\n        = –"
        " eleven feet;* in 1892 it had"
        "\r[3] Ibid., p. 20.\n17\r\n\r\n* My italics.\r10. Tenth.\n[Pg 19]\n        “The bell, nor ever,’ "
        "as\r\nmy “Quite right!”)\r        Two things follow was losing a hand's\n\x00\r\n18\nspade       7       1.5\n          5\r\n",
        None,
    ),
    "a lone mark of italics on the title page": (
        " _\n\nWADE AND PRIOR, 12, HARBOUR STREET\n\n\nand of the bell. It seemed to the ferryman that the rope had been\nCONTENTS.",
        None,
    ),
    "a page that ends below words of regard, which stand below the name": (
        "Y{r} obed{t} serv{t} and friend\n\n                                              B. LIND.\n\nMy best remembrances.\n"
        "\f\n    But who has heard the bell that rings",
        None,
    ),
    "a letter alone above a mark alone": ("\ra\r\r„", None),
    "a list of maps that ends the text": (
        "LIST OF MAPS\nTHE RIVER AS IT WAS IN THE YEAR OF THE FLOOD, WITH THE BARN\n\nINDEX\n\n\n\n\nAT THE BRIDGE\n —",
        None,
    ),
    "a mark of emphasis alone between verses": (
        "                             PART II.\n          Beneath the honest market\n          For Tobin followed the orchard\n"
        '          We remembered the church.\n    \n _\n\n          O broken window. 20\n\n          1. "And the narrow orchard:\n'
        "          Beneath a narrow road,\n          So the heavy winter,[8]\n          We opened the silence.",
        None,
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_once_broken(name: str) -> None:
    text, sidecar = FOUND[name]
    source, files = read(text)

    assert broken_promises(source, files, sidecar) == []
    assert broken_partition(source, sidecar) == []
