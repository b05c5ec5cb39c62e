"""Numbers as printed: Roman and Greek numerals, and the number words of every language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_pipeline.language import fold, load, parse_roman
from tei_pipeline.numerals import parse_greek
from tei_pipeline.rules.headings.head_labels import head_label
from tests.tables import CODES, table


def number(expected: str) -> int | None:
    return None if expected == "none" else int(expected)


# ---------------------------------------------------------------- Roman numerals


def roman(number: int) -> str:
    """The usual subtractive form, digit by digit."""
    thousands = ("", "M", "MM", "MMM")
    hundreds = ("", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM")
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return thousands[number // 1000] + hundreds[number // 100 % 10] + tens[number // 10 % 10] + units[number % 10]


def test_every_roman_numeral() -> None:
    for value in range(1, 4000):
        assert parse_roman(roman(value)) == value
        assert parse_roman(roman(value).lower()) == value


OLD = "IIII = 4; VIIII = 9; XXXX = 40; LXXXX = 90; CCCC = 400; DCCCC = 900; MDCCCCX = 1910"
FINAL_J = "j = 1; ij = 2; iij = 3; iiij = 4; vij = 7; viij = 8; viiij = 9; xviij = 18; XIIJ = 13"


@pytest.mark.parametrize(("code", "printed", "expected"), table(f"additive: {OLD}\nfinal j: {FINAL_J}"))
def test_old_roman_forms(code: str, printed: str, expected: str) -> None:
    assert parse_roman(printed) == int(expected), code


@pytest.mark.parametrize(
    ("printed", "value"),
    [("Α΄", 1), ("β'", 2), ("ΣΤ’", 6), ("ϛ΄", 6), ("Ι´", 10), ("ιβ΄", 12), ("ΚΣΤ΄", 26), ("Σ΄", 200), ("ρκε΄", 125), ("ϟθ΄", 99)],
)
def test_greek_letters_with_their_stroke_are_numbers(printed: str, value: int) -> None:
    assert parse_greek(printed) == value


@pytest.mark.parametrize("printed", ["Α", "'", "ΚΑΙ΄", "ΑΙ΄", "A'", "ΣΤΚ΄", ""])
def test_no_greek_numbers(printed: str) -> None:
    assert parse_greek(printed) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [("Α΄.", "Α΄"), ("Β'.", "Β'"), ("ΙΒ΄ Ὁ μύλος", "ΙΒ΄"), ("ΚΕΦΑΛΑΙΟΝ Γ΄.", "Γ"), ("Σκηνὴ Δ'", "Δ"), ("ΠΡΑΞΙΣ Α", "Α")],
)
def test_greek_letters_number_divisions(text: str, label: str) -> None:
    found = head_label(text, load("el"))
    assert found is not None
    assert found.n == label


def test_a_lost_vowel_at_the_beginning_of_a_verse_is_no_number() -> None:
    assert head_label("Σ' ἀγαπῶ", load("el")) is None


def test_no_roman_numerals() -> None:
    for text in ("IIIII", "VV", "IL", "IC", "IM", "XM", "VX", "IXI", "IVI", "XXC", "MMMM", "VIIIII", "ijx", "jj", "jv", "iiiij"):
        assert parse_roman(text) is None, text
    for text in ("", "Xiv", "xIv", "A", "I.", " I", "I ", "XI\n", "0", "X" * 10_000, "Ⅳ", "İ"):
        assert parse_roman(text) is None, text


# ---------------------------------------------------------------- number words, from tables made here

TEENS = {
    "en": """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
        nineteen""",
    "fr": """zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
        dix-neuf""",
    "de": """null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn
        neunzehn""",
}
TENS = {
    "en": "zero ten twenty thirty forty fifty sixty seventy eighty ninety hundred",
    "fr": "zéro dix vingt trente quarante cinquante soixante - quatre-vingt - cent",
    "de": "null zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
}


def small(code: str, value: int) -> str:
    return TEENS[code].split()[value]


def ten(code: str, value: int) -> str:
    return TENS[code].split()[value // 10]


def english(value: int) -> tuple[str, str]:
    """Cardinal and ordinal."""
    irregular = {
        "one": "first",
        "two": "second",
        "three": "third",
        "five": "fifth",
        "eight": "eighth",
        "nine": "ninth",
        "twelve": "twelfth",
    }
    words = small("en", value) if value < 20 else ten("en", value) + (f"-{small('en', value % 10)}" if value % 10 else "")
    front, hyphen, last = words.rpartition("-")
    return words, front + hyphen + irregular.get(last, re.sub("y$", "ie", last) + "th")


def french(value: int) -> tuple[str, str]:
    if value < 20:
        words = small("fr", value)
    else:
        base = max(base for base in (20, 30, 40, 50, 60, 80, 100) if base <= value)
        rest = value - base
        words = ten("fr", base) + ((" et " if rest in (1, 11) and base != 80 else "-") + small("fr", rest) if rest else "")
    if value == 1:
        return words, "premier"
    stem = f"{words}u" if words.endswith("cinq") else f"{words[:-1]}v" if words.endswith("neuf") else words.removesuffix("e")
    return f"{words}s" if value == 80 else words, f"{stem}ième"


def german(value: int) -> tuple[str, str]:
    unit = "ein" if value % 10 == 1 else small("de", value % 10)
    words = small("de", value) if value < 20 else (f"{unit}und" if value % 10 else "") + ten("de", value)
    irregular = {1: "erste", 3: "dritte", 7: "siebente", 8: "achte"}
    return words, irregular.get(value, words + ("te" if value < 20 else "ste"))


WRITERS = {"en": english, "fr": french, "de": german}


def test_the_writers_of_this_test() -> None:
    assert [english(value)[1] for value in (1, 12, 20, 21, 93)] == ["first", "twelfth", "twentieth", "twenty-first", "ninety-third"]
    assert [french(value)[0] for value in (21, 71, 80, 81)] == ["vingt et un", "soixante et onze", "quatre-vingts", "quatre-vingt-un"]
    assert [french(value)[1] for value in (5, 9, 71, 80)] == ["cinquième", "neuvième", "soixante et onzième", "quatre-vingtième"]
    assert [german(value)[1] for value in (1, 7, 21, 30)] == ["erste", "siebente", "einundzwanzigste", "dreißigste"]


@pytest.mark.parametrize("code", WRITERS)
def test_one_to_a_hundred(code: str) -> None:
    language, write = load(code), WRITERS[code]
    for value in range(1, 101):
        cardinal, ordinal = write(value)
        for shape in (str.lower, str.upper, str.title, fold, lambda words: words.replace("-", " "), lambda words: words.replace(" ", "-")):
            assert language.parse_cardinal(shape(cardinal)) == value, shape(cardinal)
            assert language.parse_ordinal(shape(ordinal)) == value, shape(ordinal)
            assert language.parse_number(shape(ordinal)) == value, shape(ordinal)
        assert language.parse_ordinal(cardinal) is None, cardinal
        assert language.parse_cardinal(ordinal) is None, ordinal


@pytest.mark.parametrize("code", ["it", "es", "la", "nl", "pt", "da", "sv", "fi", "pl", "hu", "no", "ca", "cs", "eo", "el"])
def test_a_hundred_numbers_are_listed(code: str) -> None:
    assert set(load(code).cardinals.values()) >= set(range(1, 101))
    assert set(load(code).ordinals.values()) == set(range(1, 101))


ORDINALS = """
    en: the Second = 2; Twenty\\n first. = 21; one and twentieth = 21; two-and-thirtieth = 32; One Hundredth = 100; two hundredth = 200
    en: hundred and thirty-first = 131; one hundred and first = 101; Fyrste = 1; twelft = 12
    en: 21st = 21; 2d = 2; 3rd = 3; XIXth = 19; IInd = 2
    fr: Première = 1; PREMIERES = 1; la seconde = 2; vingt et unième = 21; Vingt-et-unième = 21; le tiers = 3; huictiesme = 8
    fr: nonante-troisième = 93; cent vingt-deuxième = 122; QUATRIESME = 4; 1er = 1; 1re = 1; 2e = 2; 2me = 2; 3ème = 3
    fr: Ier = 1; Ire = 1; XIXe = 19; XIX^e = 19; 1^{er} = 1; 2de = 2
    de: Erstes = 1; der erste = 1; DAS ZWEITE = 2; zweytes = 2; drittem = 3; Siebter = 7; siebenden = 7; Fuenfte = 5; Sechſtes = 6
    de: ein und zwanzigstes = 21; Ein-und-zwanzigstes = 21; Zwölffter = 12; eilfte = 11; hunderterste = 101; zweihundertste = 200
    de: hundertfünfundzwanzigste = 125; der ander = 2; 1. = 1; 12ten = 12; 20stes = 20; achte = 8
    it: PRIMO = 1; la seconda = 2; ventunesimo = 21; vigesimo primo = 21; decimoterzo = 13; decimo terzo = 13; 3º = 3; XVIº = 16
    es: primera = 1; Primer = 1; Vigésimo primero = 21; vigésima segunda = 22; décimo tercio = 13; 3.º = 3; 2.ª = 2
    pt: PRIMEIRA = 1; Segundo = 2; decima terceira = 13; Vigésimo primeiro = 21; septimo = 7; 3.º = 3; 2.ª = 2
    da: Første = 1; ANDET = 2; den tredje = 3; enogtyvende = 21; een og tyvende = 21
    sv: FÖRSTA = 1; andra = 2; den tredje = 3; tjugoförsta = 21; 2:a = 2; 3:e = 3
    fi: ENSIMÄINEN = 1; ensimmäisen = 1; toinen = 2; yhdestoista = 11; kahdeskymmenesensimmäinen = 21; Kahdeskymmenes kolmas = 23; 5:s = 5
    pl: Pierwszy = 1; TRZECIEGO = 3; dwudziesta pierwsza = 21; DWUDZIESTY PIERWSZY = 21; wtóry = 2; ósma = 8
    hu: ELSŐ = 1; Elso = 1; a második = 2; nyolczadik = 8; huszonegyedik = 21; tizenkettedik = 12; harminczadik = 30; 3-ik = 3
    la: primus = 1; secundum = 2; vicesimus primus = 21; duodevicesimus = 18; decima tertia = 13; alter = 2; OCTAVVS = 8
    no: Første = 1; ANNET = 2; den andre = 2; sjuende = 7; syvende = 7; tjueførste = 21; enogtyvende = 21; en og tyvende = 21
    ca: PRIMER = 1; segona = 2; el tercer = 3; cinquè = 5; QUINT = 5; dinovè = 19; vint-i-unè = 21; trenta-dosè = 32; 3r = 3
    el: ΠΡΩΤΟΝ = 1; πρώτη = 1; τὸ δεύτερον = 2; ὄγδοος = 8; ἐννάτη = 9; ΔΕΚΑΤΟΝ ΤΡΙΤΟΝ = 13; εἰκοστὸν πρῶτον = 21; 3ον = 3
    eo: UNUA = 1; la dua = 2; deka = 10; dek-unua = 11; dudekunua = 21; TRIDEK-KVINA = 35; centa = 100; 3a = 3; NAŬA = 9; Naua = 9
    cs: PRVNÍ = 1; prvá = 1; druhého = 2; třetí = 3; desátá = 10; dvacátý první = 21; jednadvacátá = 21; pětatřicátý = 35
    nl: eerste = 1; twintigste = 20; eenentwintigste = 21; een-en-twintigste = 21; tweeëntwintigste = 22; achtste = 8; 3e = 3; derden = 3
"""
NO_ORDINALS = """
    en: the = none; hundred hundred = none; first second = none; tenth second = none; twenty twenty = none; nineteen one = none
    en: and one = none; Id. = none; minute = none; st = none; hundred and = none; 1111111111th = none; IVTH = none
    fr: Le = none; De = none; Ce = none; Me = none; Mme = none; Vie = none; Cie = none; vingt et = none; e = none; DE = none
    de: und = none; der = none; . = none; andere = none; acht = none; Ist = none; D. = none
"""


@pytest.mark.parametrize(("code", "words", "value"), table(ORDINALS) + table(NO_ORDINALS))
def test_ordinals_as_printed(code: str, words: str, value: str) -> None:
    assert load(code).parse_ordinal(words) == number(value)


CARDINALS = """
    en: eighteen hundred and forty = 1840; two thousand three hundred and five = 2305; four-and-twenty = 24; fourscore = 80; a hundred = 100
    en: twenty one = 21; threescore and ten = 70; twenty hundred thousand million = none; hundred thousand = 100000
    fr: mil sept cent quatre-vingt-neuf = 1789; deux cents = 200; deux cent trois = 203; septante et un = 71; vingt et une = 21
    de: eintausendachthundertvierzig = 1840; zweyhundert = 200; drey und dreyßig = 33; hundertundeins = 101; fuenf = 5; zwo = 2
    it: ventitré = 23; trentotto = 38; duecentotre = 203; cento e uno = 101; mille ottocento = 1800
    es: treinta y uno = 31; ciento veinte = 120; quinientos veinte = 520; mil ochocientos cuarenta = 1840; veintitrés = 23
    pt: trinta e um = 31; cento e vinte = 120; vinte e duas = 22; mil oitocentos e quarenta = 1840; dezeseis = 16
    da: enogtredive = 31; femoghalvfjerds = 75; fem og tyve = 25; tredve = 30
    sv: trettioett = 31; tjugo fem = 25; hundra tjugo = 120; arton = 18
    fi: kaksikymmentäyksi = 21; kolmekymmentä viisi = 35; kuusitoista = 16; kahdeksan = 8
    pl: dwadzieścia jeden = 21; trzydzieści pięć = 35; ośm = 8; siedmnaście = 17
    hu: huszonegy = 21; harmincöt = 35; kilencz = 9; tizenkét = 12
    la: viginti unus = 21; unus et viginti = 21; duodeviginti = 18; centum viginti = 120; decem et octo = 18
    no: tjueen = 21; enogtyve = 21; fem og tredve = 35; sju = 7; hundre og tjue = 120
    ca: vint-i-un = 21; trenta-dues = 32; cent vint = 120; dos-cents quatre = 204; mil vuit-cents quaranta = 1840
    el: εἴκοσι ἕνα = 21; δεκαπέντε = 15; ἑκατὸν εἴκοσι = 120; διακόσια τέσσερα = 204; χίλια ὀκτακόσια σαράντα = 1840
    eo: dudek unu = 21; dekdu = 12; cent dudek = 120; ducent kvar = 204; mil okcent kvardek = 1840
    cs: dvacet jeden = 21; jednadvacet = 21; pětatřicet = 35; sto dvacet = 120; dvě stě = 200
    nl: eenentwintig = 21; drieëndertig = 33; honderdvijf = 105; tweehonderd = 200; een en twintig = 21
"""


@pytest.mark.parametrize(("code", "words", "value"), table(CARDINALS))
def test_cardinals_as_printed(code: str, words: str, value: str) -> None:
    assert load(code).parse_cardinal(words) == number(value)


NUMBERS = """
    en: 12 = 12; (12) = 12; [3]. = 3; IV. = 4; xiv = 14; 1st = 1; Ninth = 9; four = 4; mix = 1009
    en: ٣ = none; ² = none; -- = none; 9999999999 = none
    fr: DIX = 10; MIX = 1009; premier = 1; XIXe = 19
    de: III. = 3; zwölf = 12; 4. = 4
    und: VII = 7; 7 = 7; seven = none
"""


@pytest.mark.parametrize(("code", "token", "value"), table(NUMBERS))
def test_numbers_as_printed(code: str, token: str, value: str) -> None:
    assert load(code).parse_number(token) == number(value)


@given(st.sampled_from(CODES), st.text(st.sampled_from("aeinorstuvxIVXLCDM 0123456789.-'^{}éß") | st.characters(), max_size=40))
def test_any_text_is_a_number_or_none(code: str, text: str) -> None:
    language = load(code)
    for parse in (language.parse_cardinal, language.parse_ordinal, language.parse_number, parse_roman):
        value = parse(text)
        assert value is None or 0 <= value < 10**9


def test_no_long_text_is_a_number() -> None:
    for text in ("", " ", "x" * 100_000, "9" * 100_000, "hundred " * 10_000, "one and " * 12):
        assert [parse(text) for parse in (load("en").parse_cardinal, load("en").parse_ordinal, load("en").parse_number)] == [None] * 3
