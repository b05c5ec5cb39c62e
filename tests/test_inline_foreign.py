"""Words of another language are told by its small words, and only where they are emphasised."""

from __future__ import annotations

import pytest

from tei_pipeline import tei
from tei_pipeline.exporters import EXPORTERS
from tei_pipeline.inline.foreign import foreign
from tei_pipeline.language import load
from tei_pipeline.pipeline import convert
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source
from tei_pipeline.tei.writer import TEI


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("en", "_sine qua non_", "la"),
        ("en", "_le sel n'est pas du sucre_", "fr"),
        ("en", "_De sale satius est silere quam parum dicere_", "la"),
        ("en", "_das Salz der Erde ist nicht süß_", "de"),
        ("fr", "_of the powers and duties of millers_", "en"),
        ("de", "_ne me quitte pas_", "fr"),
        ("en", "_in the end_", None),
        ("en", "_of men_", None),
        ("en", "_ne plus ultra_", None),
        ("en", "_a priori_", None),
        ("en", "_casus belli_", None),
        ("en", "_Don Tobal de la Mancha_", None),
        ("en", "_O me, no, O_", None),
        ("fr", "_Laws of Lorch_", None),
        ("de", "_in der Tat_", None),
        ("und", "_sine qua non_", None),
    ],
)
def test_a_language_is_told_by_its_small_words(code: str, words: str, expected: str | None) -> None:
    assert foreign(words, load(code)) == expected


def test_foreign_words_stand_between_the_marks_of_emphasis() -> None:
    line = "The salt of the quay was lost, and the miller of the harbour knew where it was, but he did not say so. "
    text = line * 3 + "He called it _le sel de la terre et de la mer_, and nobody knew why.\n"
    written = tei.serialize(tei.write(recognise(read_source(text.encode(), "case")).document, version="0").tree).decode()
    mark = '<metamark function="italic">_</metamark>'
    assert f'<hi rend="italic">{mark}<foreign xml:lang="fr">le sel de la terre et de la mer</foreign>{mark}</hi>' in written


def test_the_header_lists_the_languages_of_passages_and_catalogues_leave_them_out() -> None:
    words = "The miller said _le sel de la terre et de la mer_ and went home, and nobody in the village knew what he had said to them. "
    result = convert(read_source((words * 3 + "\n").encode(), "case"))
    assert not [problem for problem in result.problems if problem.level == "error"]
    usage = result.root.find(f".//{TEI}langUsage")
    assert usage is not None
    listed = [(each.get("ident"), each.get("resp"), int(each.get("usage") or 0)) for each in usage]
    assert [(code, resp) for code, resp, _ in listed] == [("en", "#software"), ("fr", "#software")]
    assert listed[0][2] + listed[1][2] == 100
    assert 20 < listed[1][2] < 35
    assert b"language>en" in EXPORTERS["dc"](result.root).data
    assert b"language>fr" not in EXPORTERS["dc"](result.root).data


def test_a_text_of_one_language_has_no_shares() -> None:
    result = convert(read_source(b"The miller said nothing and went home, and nobody knew what he had not said to them.\n", "case"))
    assert [each.get("usage") for each in result.root.iter(f"{TEI}language")] == [None]
