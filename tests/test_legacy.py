"""Texts of the time before UTF-8: the encoding is found from what makes sense, and the commonest one is taken when several do."""

from __future__ import annotations

import pytest

from tei_pipeline.legacy import legacy, sample_of
from tei_pipeline.source import encode, read_source

SENTENCES = {
    "en": "“I am told,” said the old pilot, “that the ferry — what is left of it — won’t sail before Monday.” ‘So be it,’ he thought…\n",
    "fr": "Les bateliers étaient déjà partis quand le maître arriva à la rivière; où étaient-ils allés? Là-bas, près de la forêt.\n",
    "de": "Die Fährleute zählten die Fässer; über den Fluß führte keine Brücke mehr. Später hörte man Gesänge auf der Straße.\n",
    "es": "El señor Ibáñez llegó mañana por la mañana; ¿quién lo habría creído? ¡Qué alegría! Después comió con los niños.\n",
    "da": "På øen boede en gammel færgemand, som hver dag gik ned til åen. Børnene løb over gården og råbte; båden lå ved søen.\n",
    "sv": "Den gamle färjkarlen satt varje kväll vid sjön och väntade på att vinden skulle vända. Då blev det kallt, och han gick hem.\n",
    "pl": "Wieczorem przyjechał stryj, który długo mieszkał za granicą. Źle się czuł, więc położył się wcześnie; będą świętować.\n",
    "cs": "Příliš mnoho lidí přišlo k řece, když se rozneslo, že přijede kníže. Děti křičely, ženy plakaly, a muži mlčeli.\n",
    "hu": "Az öreg révész minden este a tó partján ült, és várta, hogy a szél megforduljon. Később hűvös lett, és ő hazament.\n",
    "ru": "Старый паромщик каждый вечер сидел на берегу и ждал, пока переменится ветер. Потом становилось холодно, и он шёл домой.\n",
    "uk": "Старий поромник щовечора сидів на березі й чекав, поки зміниться вітер. Її ґанок є там, за річкою.\n",
    "el": "Ο γέρος βαρκάρης καθόταν κάθε βράδυ στην όχθη της λίμνης και περίμενε να αλλάξει ο άνεμος.\n",
    "tr": "Yaşlı kayıkçı her akşam göl kıyısında oturur, rüzgârın dönmesini beklerdi. Çocuğun ışığı söndü; İyi geceler, dedi.\n",
    "lt": "Senas keltininkas kiekvieną vakarą sėdėjo prie ežero ir laukė, kol pasikeis vėjas. Paskui atšalo, ir jis grįžo namo.\n",
    "he": "המעבוראי הזקן ישב כל ערב על שפת האגם וחיכה שהרוח תשתנה ושהסירה תחזור הביתה.\n",
    "ja": "老いた渡し守は毎晩湖のほとりに座り、風が変わるのを待っていた。やがて寒くなり、家に帰った。\n",
    "zh": "老船夫每天晚上坐在湖边,等待风向改变。后来天气变冷了,他就回家了。\n",
    "ko": "늙은 뱃사공은 저녁마다 호숫가에 앉아 바람이 바뀌기를 기다렸다. 그 뒤에 날씨가 추워져 집으로 돌아갔다.\n",
}
CASES = [
    *((language, "cp1252") for language in ("en", "fr", "de", "es", "da", "sv")),
    *((language, "mac-roman") for language in ("en", "fr", "de", "es", "sv")),
    *((language, "cp437") for language in ("fr", "de", "es", "sv")),
    *((language, "cp850") for language in ("fr", "de", "da")),
    *((language, "cp1250") for language in ("pl", "cs", "hu")),
    *((language, "iso8859-2") for language in ("pl", "cs", "hu")),
    *(("ru", encoding) for encoding in ("cp1251", "koi8-r", "cp866", "iso8859-5")),
    ("uk", "koi8-u"),
    ("el", "cp1253"),
    ("tr", "cp1254"),
    ("lt", "cp1257"),
    ("he", "cp1255"),
    ("ja", "cp932"),
    ("ja", "euc_jp"),
    ("zh", "gb18030"),
    ("ko", "euc_kr"),
]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_a_sentence_is_read_as_it_was_written(language: str, encoding: str) -> None:
    data = SENTENCES[language].encode(encoding)
    source = read_source(data, "sample")
    assert source.text == SENTENCES[language]
    assert encode(source) == data
    assert 0.5 <= source.confidence <= 1
    assert "make sense in" in source.evidence


@pytest.mark.parametrize(("language", "encoding"), [("fr", "cp1252"), ("ru", "koi8-r"), ("pl", "cp1250"), ("de", "cp437")])
def test_a_few_such_sentences_in_a_large_english_file_are_enough(language: str, encoding: str) -> None:
    plain = "The river rose in the night and carried the bridge away.\n" * 4000
    data = plain.encode() + SENTENCES[language].encode(encoding) + plain.encode()
    assert read_source(data, "sample").text == plain + SENTENCES[language] + plain


@pytest.mark.parametrize("word", ["café", "naïve", "Müller", "façade", "— and", "£100", "§ 4", "it’s"])
def test_one_odd_character_is_read_as_cp1252_with_little_confidence(word: str) -> None:
    source = read_source(f"The clerk wrote {word} in the book, and nothing else.\n".encode("cp1252"), "sample")
    assert (source.encoding, source.text[16 : 16 + len(word)]) == ("cp1252", word)
    assert source.confidence <= 0.5


def test_odd_bytes_that_make_no_sense_do_not_stop_a_long_text() -> None:
    data = b"The river rose in the night.\n" * 20 + b"a\x81\xb6b"
    source = read_source(data, "sample")
    assert source.encoding == "iso8859-1"  # cp1252 has no such characters
    assert source.confidence == 0.1
    assert encode(source) == data


def test_the_commonest_of_equals_comes_first() -> None:
    data = "Über die Brücke fährt, schön und müde, der König.\n".encode("latin-1")
    assert [guess.encoding for guess in legacy(data)][:2] == ["cp1252", "cp1250"]  # German is the same in both


def test_a_mark_without_its_partner_speaks_against_an_encoding() -> None:
    data = "Ude på øen boede en mand, og på øen var der en båd.\n".encode("cp850")  # in cp1252: p† ›en … b†d
    assert "cp1252" not in [guess.encoding for guess in legacy(data)]


def test_bytes_that_are_nothing_get_no_guess() -> None:
    assert legacy(b"\x8f\x81 a\x9d\x90b \x8d\xff\x9d\x81c\x90") == []


def test_the_sample_is_bounded_and_has_all_kinds_of_places() -> None:
    data = b"".join(b"plain line %d\n" % at + b"\xe9t\xe9 %d\n" % at for at in range(50_000))
    sample = sample_of(data)
    assert len(sample) < 200_000
    assert b"49" in sample[-200:]
    assert sample_of(b"one\n\xe9\x00two\x0c\nthree") == b"one\n\xe9two\nthree"[4:]
