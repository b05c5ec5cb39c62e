"""Words of another language are told by its small words, and only where they are emphasised."""

from __future__ import annotations

import pytest

from tei_pipeline import tei
from tei_pipeline.inline.foreign import foreign
from tei_pipeline.language import load
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source


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
