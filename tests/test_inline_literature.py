"""References to literature and to other places of the book; the cases stand in tests/inline/literature.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei_pipeline.inline import crossings
from tei_pipeline.inline.literature.citation import parts
from tei_pipeline.inline.literature.references import cues, kind_of, whole
from tei_pipeline.inline.literature.running import apart, references
from tei_pipeline.language import load


def cases() -> list[tuple[str, str, str, str]]:
    found: list[tuple[str, str, str, str]] = []
    code = ""
    for line in (Path(__file__).with_name("inline") / "literature.txt").read_text("utf-8").split("\n\n", 1)[1].split("\n"):
        if line.startswith("# "):
            code = line[2:]
        elif line.startswith("  "):
            found[-1] = (*found[-1][:3], line.strip())
        elif line:
            kind, _, words = line.partition(": ")
            found.append((code, kind.replace("-", ""), words, ""))
    return found


@pytest.mark.parametrize(("code", "kind", "words", "named"), cases())
def test_a_reference_is_known_by_its_words_and_read_in_parts(code: str, kind: str, words: str, named: str) -> None:
    language = load(code)
    assert kind_of(words, language) == kind
    if kind == "bibl":
        found = parts(words, 0, len(words), cues(language))
        assert " | ".join(f"{part.unit or part.name} {words[part.start : part.end]}" for part in found) == named


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        ("Hake, On Pages, p. 9; and Tench, loc. cit.", ["Hake, On Pages, p. 9", "Tench, loc. cit."]),
        (
            "Hake, On Pages, p. 9; ibid., p. 12; see O. Tench, op. cit., p. 3",
            ["Hake, On Pages, p. 9", "ibid., p. 12", "O. Tench, op. cit., p. 3"],
        ),
        ("Hake, On Pages, p. 9; On Lines, p. 4", ["Hake, On Pages, p. 9; On Lines, p. 4"]),
    ],
)
def test_a_reference_that_repeats_another_stands_by_itself(note: str, parts: list[str]) -> None:
    assert [note[start:end] for start, end in apart(note, 0, len(note), load("en"))] == parts


@pytest.mark.parametrize(
    ("note", "reference"),
    [
        ("3. See T. Brandt, Papers, Vol. 8, p. 1.", "See T. Brandt, Papers, Vol. 8, p. 1."),
        ("3. Ibid., p. 33.", "Ibid., p. 33."),
        ("[Note 3: _Two Harbours_, p. 22.]", "_Two Harbours_, p. 22."),
        ("3. The river. See _Two Harbours_, p. 22.", "See _Two Harbours_, p. 22."),
        ("3. Brandt, Memoir, p. 12; but Brandt sold oil.", "Brandt, Memoir, p. 12"),
        ("3. Nobody knew what became of it, and p. 12 does not say.", None),
        ("3. T. Brandt, Chairman of the Board, 1765.", None),
        ('3. See the Minutes for 1891: "The objection was heard." p. 3', None),
        ("3. T. Brandt, Two Harbours (see Works, Vol. 4, p. 7).", None),
    ],
)
def test_a_note_that_is_a_reference(note: str, reference: str | None) -> None:
    start = note.index(" ", 6 if note[0] == "[" else 0)
    span = whole(note, start, load("en"))
    assert (note[span[0] : span[1]] if span else None) == reference


def test_a_page_between_square_brackets_is_the_mark_of_a_page() -> None:
    assert kind_of("p. 12", load("en"), square=True) == ""
    assert kind_of("Papers, p. 12", load("en"), square=True) == "bibl"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "As he says, see note 3 above, it rained.", ["see note 3 above"]),
        ("en", "So it does (this volume, pp. 77-82) and p. 9 below.", ["this volume, pp. 77-82", "p. 9 below"]),
        ("en", "The roof above, and the note below the line.", []),
        ("fr", "Voyez la note 3 ci-dessus.", ["Voyez la note 3 ci-dessus"]),
        ("de", "Siehe Anm. 3 oben.", ["Siehe Anm. 3 oben"]),
        ("en", "He said so (see note 3 above), and we see above the trees that it rained.", ["see note 3 above"]),
        ("en", "See Chapter IV; vide supra, p. 5. See above. It is told in Part II, Chapter 3 above, see the Preface.",
         ["See Chapter IV", "vide supra, p. 5", "See above", "Part II, Chapter 3 above", "see the Preface"]),
        ("en", "See p. 5 of his Memoir, see part I took, see chapter and verse, see letter after letter.", []),
        ("en", "I see the documents, to see plainly, Nothing could he see below. See paragraph 1.C below, see Introduction, p. 4.",
         ["See paragraph 1.C below", "see Introduction, p. 4"]),
        ("fr", "Voir plus haut, p. 4; voir le chapitre IV; voyez la carte; voyez la note A.",
         ["Voir plus haut, p. 4", "voir le chapitre IV", "voyez la note A"]),
        ("de", "S. oben S. 12; vgl. Kap. 4; siehe, er kommt; S. 12 dieses Bandes, siehe Anhang.",
         ["S. oben S. 12", "vgl. Kap. 4", "S. 12 dieses Bandes", "siehe Anhang"]),
        ("it", "Vedi sopra; v. p. 12; cfr. cap. IV.", ["Vedi sopra", "v. p. 12", "cfr. cap. IV"]),
        ("es", "Véase más arriba; véase la nota 3.", ["Véase más arriba", "véase la nota 3"]),
        ("pt", "Veja mais acima; vide a nota 3.", ["Veja mais acima", "vide a nota 3"]),
        ("da", "Se ovenfor; se s. 12.", ["Se ovenfor", "se s. 12"]),
        ("sv", "Se ovan; se sid. 12.", ["Se ovan", "se sid. 12"]),
        ("nl", "Zie boven; zie blz. 12.", ["Zie boven", "zie blz. 12"]),
        ("la", "Vide infra p. 5.", ["Vide infra p. 5"]),
        ("und", "see note 3 above", []),
    ],
)  # fmt: skip
def test_references_to_other_places_in_running_text(code: str, text: str, expected: list[str]) -> None:
    found = crossings.marks(text, load(code), lambda n, below: f"n{n}")
    assert sorted(text[mark.start : mark.end] for mark in found) == sorted(expected)


@pytest.mark.parametrize(
    ("code", "note", "expected"),
    [
        ("en", "The table in _Proceedings of the Board_, vol. vii, p. 88, has it.", ["_Proceedings of the Board_, vol. vii, p. 88"]),
        ("en", "In _Hymns_ (1851), p. 7; but see _ibid._, p. 9, where he denies it.", ["_Hymns_ (1851), p. 7", "see _ibid._, p. 9"]),
        ("en", "Draft of an Agreement between the Port and the Canal Company, Lorch, 1890, p. 9. It was lost.",
         ["Draft of an Agreement between the Port and the Canal Company, Lorch, 1890, p. 9"]),
        ("en", "So says T. Brandt in his Two Harbours, Vol. II, p. 3, and he knew.", ["Two Harbours, Vol. II, p. 3"]),
        ("en", "Cf. _The Shallow Sea_, iv. 641. The sea was deeper then.", ["Cf. _The Shallow Sea_, iv. 641"]),
        ("en", "See _The Salt_, by T. Brandt (Lorch, 1821). He never saw it.", ["See _The Salt_, by T. Brandt (Lorch, 1821)"]),
        ("en", "They counted 12 on p. 7, and nobody on p. 8.", []),
        ("en", "He writes: \"The salt is lost.\" See the Minutes, p. 9.", ["See the Minutes, p. 9"]),
        ("en", "By the Act, s. 5, and in Part I of it nothing follows.", []),
        ("fr", "L'Ohio. Voyez _id._, vol. 1, p. 192 (490 lieues).", ["Voyez _id._, vol. 1, p. 192"]),
        ("fr", "Loi du 20 mars 1786, vol. 1, p. 219; _Le Sel_, nº 4 et 5. Brandt, t. 2, p. 7 et suiv. Il en doute.",
         ["Loi du 20 mars 1786, vol. 1, p. 219", "_Le Sel_, nº 4 et 5", "Brandt, t. 2, p. 7 et suiv."]),
        ("fr", "Puni par la loi, et Brandt, vol. 1, p. 4, le dit.", ["Brandt, vol. 1, p. 4"]),
        ("de", "Das steht bei Tobler, Die Brücken, Bd. 2, S. 14 ff. Er irrt.", ["Tobler, Die Brücken, Bd. 2, S. 14 ff."]),
    ],
)  # fmt: skip
def test_references_in_the_words_of_a_note(code: str, note: str, expected: list[str]) -> None:
    assert [note[start:end] for start, end in references(note, 0, load(code))] == expected


@pytest.mark.parametrize(
    "inner",
    [
        "At this point in the first and second editions, Volume 1 ends.",
        "e.g., Brandt, Tobler, and the miller",
        "fifteen and a quarter minutes past one o'clock P.M. of this sixteenth day of December, A.D. 1851",
        "Hark close and still what I now whisper to you, O you entirely possess me!",
        "no I will not",
        "The words, somewhat altered, occur in a book; entitled, 'A tale of the ferry.' See also a song in Lund's 'Chorister,' p. 1.",
    ],
)
def test_what_is_told_between_brackets_is_no_reference(inner: str) -> None:
    assert kind_of(inner, load("en")) == ""
