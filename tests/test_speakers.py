"""Who speaks: labels of one line, the persons of a list, the names that a whole text shows."""

from __future__ import annotations

import pytest

from tei_pipeline.language import load
from tei_pipeline.layout import measure
from tei_pipeline.recognise import recognise
from tei_pipeline.rules.drama.persons import Cast, cast_names, only_persons, tells_setting
from tei_pipeline.rules.drama.speaker_names import is_name, is_set_in_capitals
from tei_pipeline.rules.drama.speakers import match_label, match_own_line
from tei_pipeline.rules.drama.who_speaks import find_speakers
from tei_pipeline.source import read_source

EN = load("en")
CAST = Cast(
    {"sir timothy froth": "SIR TIMOTHY FROTH", "lady froth": "LADY FROTH", "waldemar": "WALDEMAR", "first watch": "FIRST WATCH"}, load("en")
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("waldemar", "waldemar"),
        ("wal", "waldemar"),
        ("sir timothy", "sir timothy froth"),
        ("lady f", ""),  # one letter may stand for anybody
        ("froth", ""),  # two persons
        ("the watch", "first watch"),
        ("nobody", ""),
    ],
)
def test_a_name_means_one_person_of_the_list(said: str, meant: str) -> None:
    assert CAST.whom(said) == meant


def test_persons_who_are_named_together_are_one_each() -> None:
    text = "PERSONS\n\nHOLM, TARN, millers of the town.\nMRS. TARN, who is the wife of one.\nMEN, WOMEN, AND A MULE.\n\nACT I\n"
    rows = measure(read_source(text.encode(), "x")).rows
    cast = Cast(cast_names(rows, 1, EN), EN)
    assert (cast.whom("tarn"), cast.whom("mrs. tarn"), cast.whom("holm")) == ("tarn", "mrs. tarn", "holm")


def test_the_list_of_persons_ends_with_the_place_or_the_first_act() -> None:
    text = "PERSONS\n\nANSELM, a porter.\nBERTA (his aunt)\nTwo MEN, with wet feet.\n\nSCENE: a gate.\n\nACT I\n"
    rows = measure(read_source(text.encode(), "x")).rows

    assert cast_names(rows, 1, EN) == {"anselm": "ANSELM", "berta": "BERTA", "two men": "Two MEN"}


@pytest.mark.parametrize(
    ("text", "name", "direction"),
    [
        ("NORA. Hide it.", "NORA", ""),
        ("_Nora._ Hide it.", "Nora", ""),
        ("**Nora:** Hide it.", "Nora", ""),
        ("Mrs. Linde. So soon?", "Mrs. Linde", ""),
        ("1. Watch. Stand close.", "1. Watch", ""),
        ("NORA [rising]. So soon?", "NORA", " [rising]"),
        ("TOINON, _à part_. Sur son nez.", "TOINON", ", _à part_"),
        ("GÉRONTE, à Toinon: Tais-toi.", "GÉRONTE", ", à Toinon"),
        ("DON JUAN.--¡Cuál gritan!", "DON JUAN", ""),
        ("ORLANDO\tAs I remember, Adam", "ORLANDO", ""),
    ],
)
def test_the_label_of_a_speech_has_a_name_and_a_direction(text: str, name: str, direction: str) -> None:
    found = match_label(text, EN)

    assert found is not None
    assert (found["name"], found["direction"]) == (name, direction)


@pytest.mark.parametrize("text", ["And then he said. Nobody", "John, who was ill. Then", "3.14 is enough", ""])
def test_a_sentence_is_no_label(text: str) -> None:
    found = match_label(text, EN)

    assert found is None or not is_name(found["name"], EN)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("HABAKUK (ohne aufzusehen)", True),
        ("GÉRONTE.", True),
        ("_Voice of the_ SECOND SPIRIT.", True),
        ("LADY FROTH'S _dressing-room_.", False),
        ("LADY FROTH _at her glass_. BELINDA _sewing_.", False),
        ("Mrs. Linde. No.", False),
    ],
)
def test_a_name_on_a_line_of_its_own(text: str, names: bool) -> None:
    assert (match_own_line(text, EN) is not None) is names


@pytest.mark.parametrize(
    ("name", "capitals"),
    [
        ("STALIN", True),
        ("Mr. BOTT", True),
        ("The SPEAKER", True),
        ("Colonel STRAKE", True),
        ("Spoken by MRS. GOSLING", False),
        ("Nora", False),
    ],
)
def test_titles_and_articles_may_stand_before_a_name_in_capitals(name: str, capitals: bool) -> None:
    assert is_set_in_capitals(name, EN) is capitals


@pytest.mark.parametrize(
    ("text", "code", "setting"),
    [
        ("SCENE: London.", "en", True),
        ("Time, as Chorus", "en", False),
        ("La scène est à Paris.", "fr", True),
        ("Ort der Handlung: eine kleine Stadt.", "de", True),
        ("SCENE\tThe Forest of Arden", "en", True),
        ("Place yourself there", "en", True),  # only lines below a list of persons are asked
        ("ANSELM, a porter", "en", False),
    ],
)
def test_the_place_and_time_of_a_play(text: str, code: str, setting: bool) -> None:
    assert tells_setting(text, load(code)) is setting


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("MILLER. MAID.", True),
        ("The old Miller. Maid.", True),
        ("Miller. Maid!", False),
        ("Miller. Yes.", False),
        ("Miller, go away.", False),
    ],
)
def test_a_line_that_names_only_persons(text: str, only: bool) -> None:
    assert only_persons(text, frozenset(("miller", "maid")), Cast(), EN) is only


def test_two_who_answer_each_other_speak_though_no_name_is_in_capitals() -> None:
    prose = "The meeting went on for some hours, and the minutes were read, and then they were read again, with the corrections.\n\n"
    text = prose * 9 + "A voice: That is not so!\n\nHaddam: It is so, and I was there.\n\n" + prose * 3
    rows = measure(read_source(text.encode(), "x")).rows

    assert find_speakers(rows, EN).names == {"a voice", "haddam"}


def test_an_enumeration_before_a_colon_is_nobody() -> None:
    prose = "The meeting went on for some hours, and the minutes were read, and then they were read again, with the corrections.\n\n"
    text = prose * 9 + "First: the bridge is down.\n\nConclusion: the conclusion is that it was never up.\n\n" + prose * 3

    assert find_speakers(measure(read_source(text.encode(), "x")).rows, EN).names == frozenset()


def test_abbreviated_names_point_to_one_person() -> None:
    text = (
        "DRAMATIS PERSONAE\n\nWALDEMAR.\nABBOT OF ST. GALL.\n\n\nACT I\n\n"
        "_Wal._ Which way went he?\n\n_Abbot._ Up.\n\n_Wald._ Up?\n\n_Abbot._ He goes always up.\n\n_Wal._ Then call him down.\n"
    )
    document = recognise(read_source(text.encode(), "x")).document

    assert [person.name for person in document.persons] == ["Waldemar", "Abbot of St. Gall"]


def test_names_in_capitals_are_told_as_amid_words() -> None:
    names = "KING HENRY VI", "THE MILLER'S WIFE", "MRS. O'BRIEN", "ABBOT OF LORCH"
    talk = "".join(f"{name}. Come in, and shut the door.\n\n" for name in names * 4)
    document = recognise(read_source(f"THE MILL\n\nA Play\n\n\nACT I\n\n{talk}".encode(), "x")).document

    assert [person.name for person in document.persons] == ["King Henry VI", "The Miller's Wife", "Mrs. O'Brien", "Abbot of Lorch"]


def test_who_asks_counted_questions_is_one() -> None:
    prose = "The meeting went on for some hours, and the minutes were read, and then they were read again, with the corrections.\n\n"
    asked = "".join(f"QUESTION {n}: Is the bridge down?\n\nREPLY: It was never up.\n\n" for n in ("I", "II", "III", "IV"))
    document = recognise(read_source(f"INTERVIEW\n\n{prose * 3}{asked}".encode(), "x")).document

    assert [(person.name, person.kind) for person in document.persons] == [("question", "role"), ("reply", "role")]


def test_the_names_of_acts_that_are_set_in_are_no_speakers_set_in() -> None:
    lines = ["THE HERRING BRIDE", "", "PERSONS", "", "JONAS, a cooper.", "MARTHA, his sister.", "", ""]
    for act in ("FIRST", "SECOND", "THIRD", "FOURTH"):
        lines += ["", "", f"    {act} ACT.", "", ""]
        for scene in range(1, 7):
            lines += ["", f"    Scene {scene}.", "", "[_The same room._]", ""]
            lines += [f"_Jon._ The barrel is empty, sister, as it was in scene {scene}.", "", "_Mart._ Then fill it, and be quiet.", ""]
    layout = measure(read_source("\n".join(lines).encode(), "case"))
    assert (layout.drama, layout.speakers_indented) == (True, False)
    assert {"jon", "mart"} <= layout.speakers
