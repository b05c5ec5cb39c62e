"""The languages: folding, the data files themselves, and the guess."""

from __future__ import annotations

import pickle
import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_pipeline.language import CERTAIN, FOLDER, Language, alternation, available, fold, guess, load
from tei_pipeline.model import DIVISION_TYPES
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.letters.near_dates import is_span
from tei_pipeline.rules.words import words
from tests.tables import CODES, table

# ---------------------------------------------------------------- folding and alternation

FOLDED = """
    fold: PREMIÈRE = premiere; Fußnoten = fussnoten; FUSSNOTEN = fussnoten; Verſuch = versuch; ŒUVRES = oeuvres; vingt‐deux = vingt-deux
    fold: dramatis  personæ = dramatis personae; Author’s Note = author's note; ﬁnis = finis; soft­hyphen = softhyphen
"""


@pytest.mark.parametrize(("code", "printed", "folded"), table(FOLDED))
def test_fold(code: str, printed: str, folded: str) -> None:
    assert fold(printed) == folded, code


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_alternation() -> None:
    forms = ["chap.", "chapter", "table of contents", "author's note", "first", "twenty-first"]
    pattern = re.compile(alternation(forms), re.IGNORECASE)
    for text in ("CHAPTER", "Chap.", "Table  of\n contents", "Author’s note", "twenty first", "Twenty-First"):
        assert pattern.fullmatch(text), text
    for text in ("chap", "chapters", "twentyfirst"):
        assert not pattern.fullmatch(text), text
    assert re.compile(alternation([])).search("anything") is None
    assert alternation({"b", "a", "cc"}) == "(?:a|b|cc)"


@given(st.sets(st.text("ab'.- ", min_size=1, max_size=5), max_size=6), st.text("abAB'’.- \n", max_size=8))
def test_an_alternation_matches_the_longest_form_that_fits(forms: set[str], text: str) -> None:
    each = (re.sub(r"(?:[ -]|\\ |\\-)+", r"[ \\n-]+", re.escape(form)).replace("'", "['’]") for form in forms)
    lengths = [len(fits[0]) for pattern in each if (fits := re.match(pattern, text, re.I))]
    found = re.match(alternation(forms), text, re.I)
    assert (len(found[0]) if found else None) == max(lengths, default=None)


# ---------------------------------------------------------------- the data files


def read(code: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def test_the_files_are_there() -> None:
    assert available() == CODES


NUMERALS = {"also_cardinals", "also_ordinals", "ordinal_stems", "multipliers", "ordinal_multipliers"}
MATTERS = {"body", "front", "back", "either", "vocal", "kinesic", "incident"}
FREE = {"months", "genres", "enumeration", "units", "roles", "bylines", "speakers"} | NUMERALS | MATTERS  # their keys are values
OPTIONAL = {f"numerals.{key}" for key in {"definite", "endings", "respellings", "chained", "roman_suffixes"} | NUMERALS}
OPTIONAL |= {f"library.{key}" for key in read("en")["library"]} | {"library"}  # libraries write English in books of other languages too
OPTIONAL |= {
    "trailers.genitives",
    "sentences.possessives",
    "titles.particles",
}  # endings that only some languages have; names that are the same in all


def shape(data: dict[str, Any]) -> set[str]:
    """The tables and keys of a data file."""
    inner = {f"{key}.{name}" for key, value in data.items() if isinstance(value, dict) and key not in FREE for name in shape(value)}
    return set(data) | inner


@pytest.mark.parametrize("code", [*CODES, "und"])
def test_no_key_is_misspelt_and_none_is_missing(code: str) -> None:
    known, found = shape(read("en")) | OPTIONAL, shape(read(code))
    assert found - known == set()
    assert code == "und" or known - OPTIONAL - found == set()


@pytest.mark.parametrize("code", CODES)
def test_every_class_has_words_in_lower_case(code: str) -> None:
    language = load(code)
    plain = {"code", "name", "numbers", "ordinal_suffixes", "number_articles", "definite", "genitives", "page_marks", "particles"}
    plain |= {"library", "quotes", "before_author", "possessives"}
    for name in set(Language.__struct_fields__) - plain:
        forms = getattr(language, name)
        assert forms, name
        for form in (part for entry in forms for part in ((entry,) if isinstance(entry, str) else entry)):
            assert form, name
            assert form == " ".join(form.lower().split()), name
            assert not set('\\"') & set(form), (name, form)
    assert ("“", "”") in language.quotes
    assert all(len(left) == len(right) == 1 for left, right in language.quotes)


@pytest.mark.parametrize("code", CODES)
def test_accents_are_optional(code: str) -> None:
    language = load(code)
    for forms in (language.divisions, language.months, language.reactions, language.note_sections, language.salutations):
        assert {fold(form) for form in forms} <= set(forms)


@pytest.mark.parametrize("code", CODES)
def test_no_abbreviation_is_a_word_that_ends_sentences(code: str) -> None:
    language = load(code)
    bare = {form.removesuffix(".") for form in language.abbreviations if len(form) > 2}
    assert bare & (language.function_words - language.connectives) == set()
    assert all("." in form for form in language.abbreviations)


@pytest.mark.parametrize("code", CODES)
def test_every_value_is_in_its_list(code: str) -> None:
    language = load(code)
    assert {word.type for word in language.divisions.values()} | set(language.genres.values()) <= set(DIVISION_TYPES)
    assert set(language.months.values()) == set(range(1, 13))
    assert len(language.counted) >= 12  # per cent, large numbers, spans of time
    assert set(language.weekdays.values()) == set(range(1, 8))
    assert set(language.speakers.values()) == {"role", "group"}
    assert set(language.citation_units.values()) == {"page", "volume", "issue", "chapter", "part", "other"}
    assert set(language.citation_roles.values()) == {"editor", "translator", "edition"}
    assert set(language.bylines.values()) == {"author", "editor", "translator", "illustrator"}
    assert {-1, 1, 2, 3, 4, 5} <= set(language.enumeration.values())


PARLAMINT = {  # the values that Schema/ParlaMint.rnc of the ParlaMint corpora allows
    "vocal": "greeting question clarification speaking interruption exclamat laughter shouting murmuring noise signal",
    "kinesic": "kinesic applause ringing signal playback gesture smiling laughter snapping noise",
    "incident": "action incident leaving entering break pause sound editorial",
}


@pytest.mark.parametrize("code", CODES)
def test_reactions_are_typed_as_in_parlamint(code: str) -> None:
    for form, word in load(code).reactions.items():
        assert word.type in PARLAMINT[word.kind].split(), form


@pytest.mark.parametrize("code", CODES)
def test_no_word_stands_twice_in_a_class(code: str) -> None:
    """What is listed under two keys would silently count for the first."""
    data = read(code)
    listed = {
        "divisions": [forms for types in data["divisions"].values() for forms in types.values()],
        "reactions": [forms for types in data["reactions"].values() for forms in types.values()],
        "units": list(data["citation"]["units"].values()),
        **{name: list(data[name].values()) for name in ("months", "genres", "speakers", "bylines", "enumeration")},
        **{name: list(data["numerals"].get(name, {}).values()) for name in ("also_ordinals", "also_cardinals")},
    }
    for name, entries in listed.items():
        forms = [form.strip() for entry in entries for form in entry.replace("\n", "|").split("|") if form.strip()]
        assert sorted({form for form in forms if forms.count(form) > 1}) == [], name


DIVISIONS = """
    en: CHAPTER = chapter body 4; Vol. = volume body 1; Part = part body 2; BOOK = book body 3; § = section body 5; Act = act body 3
    en: Scene = scene body 4; Hymn = poem body 4; Fytte = canto body 4; Lecture = speech body 4; Day = section body 5; Art. = article body 6
    en: List of Illustrations = contents front 0; Works Cited = bibliography back 0; Dramatis Personæ = cast front 0
    en: CORRIGENDA = errata back 0; Conclusion = section either 0; Epistle = letter body 4; Stave = chapter body 4
    en: Translator’s Preface = preface front 0
    fr: LIVRE = book body 3; Scène = scene body 4; SCENE = scene body 4; Préface = preface front 0; TABLE DES MATIERES = contents front 0
    fr: Avant-propos = preface front 0; Pièces justificatives = appendix back 0; Tome = volume body 1
    de: Theil = part body 2; Capitel = chapter body 4; Aufzug = act body 3; Auftritt = scene body 4; Vorrede = preface front 0
    de: FUSSNOTEN = notes back 0; Sachregister = index back 0; Gesang = canto body 4
    it: Capitolo = chapter body 4; CANTO = canto body 4; errata corrige = errata back 0
    es: Capítulo = chapter body 4; JORNADA = act body 3; Prólogo = prologue front 0
    pt: Capitulo = chapter body 4; ACTO = act body 3; Scena = scene body 4; Prefácio = preface front 0; INDICE = contents front 0
    da: Kapitel = chapter body 4; Akt = act body 3; Forord = preface front 0; INDHOLD = contents front 0
    sv: Kapitlet = chapter body 4; AKTEN = act body 3; Förord = preface front 0; INNEHÅLL = contents front 0
    fi: Luku = chapter body 4; NÄYTÖS = act body 3; NAYTOS = act body 3; Kohtaus = scene body 4; Osa = part body 2
    fi: Esipuhe = preface front 0; SISÄLLYS = contents front 0; Henkilöt = cast front 0; Muistutuksia = notes back 0
    pl: Rozdział = chapter body 4; AKT = act body 3; Scena = scene body 4; Księga = book body 3; Część = part body 2
    pl: Osoby = cast front 0; Spis rzeczy = contents front 0; Przedmowa = preface front 0; Przypisy = notes back 0
    hu: Fejezet = chapter body 4; FELVONÁS = act body 3; Jelenet = scene body 4; Kötet = volume body 1; Rész = part body 2
    hu: Előszó = preface front 0; TARTALOM = contents front 0; Személyek = cast front 0; Jegyzetek = notes back 0
    la: Liber = book body 3; Præfatio = preface front 0; CAPVT = none; Caput = chapter body 4
    no: Kapittel = chapter body 4; KAPITLET = chapter body 4; Akt = act body 3; Forord = preface front 0; INNHOLD = contents front 0
    no: Fotnoter = notes back 0; Bok = book body 3; Del = part body 2; Opptrinn = scene body 4
    ca: Capítol = chapter body 4; CAPITOL = chapter body 4; Llibre = book body 3; Pròleg = prologue front 0; TAULA = contents front 0
    ca: Notes = notes back 0; Acte = act body 3; Cançó = poem body 4; Persones = cast front 0
    el: Κεφάλαιον = chapter body 4; ΚΕΦΑΛΑΙΟ = chapter body 4; Μέρος = part body 2; ΠΡΑΞΙΣ = act body 3; Σκηνὴ = scene body 4
    el: Πρόλογος = prologue front 0; ΠΕΡΙΕΧΟΜΕΝΑ = contents front 0; Πρόσωπα = cast front 0; Σημειώσεις = notes back 0
    eo: Ĉapitro = chapter body 4; CAPITRO = chapter body 4; Parto = part body 2; AKTO = act body 3; Letero = letter body 4
    eo: Antaŭparolo = preface front 0; ENHAVO = contents front 0; Personoj = cast front 0; Notoj = notes back 0
    cs: Kapitola = chapter body 4; HLAVA = chapter body 4; Díl = part body 2; Jednání = act body 3; Výstup = scene body 4
    cs: OBSAH = contents front 0; Předmluva = preface front 0; Poznámky = notes back 0; Osoby = cast front 0
    nl: Hoofdstuk = chapter body 4; Deel = volume body 1; Aanteekeningen = notes back 0
"""


@pytest.mark.parametrize(("code", "heading", "expected"), table(DIVISIONS))
def test_division_words(code: str, heading: str, expected: str) -> None:
    word = load(code).divisions.get(fold(heading))
    assert (f"{word.type} {word.matter} {word.rank}" if word else "none") == expected


@pytest.mark.parametrize("code", CODES)
def test_number_words_count_divisions_behind_their_words_and_before_them(code: str) -> None:
    """Number words hold other words: OITAVO begins with an article, DIX is written as a Roman number, a "décima oitava" is no stanza."""
    language = load(code)
    words = [
        form for form, word in language.divisions.items() if word.type in ("chapter", "part", "book") and form.isalpha() and len(form) > 3
    ]
    numbers = language.numbers
    wrong = []
    for forms, before in ((numbers.cardinals, False), (numbers.ordinals, False), (numbers.ordinals, True)):
        for form, value in ((form, value) for form, value in forms.items() if value <= 30):
            for word in words[:6]:
                text = f"{form} {word}" if before else f"{word} {form}"
                for printed in (text.capitalize(), text.upper()):
                    label = head_label(printed, language)
                    if label is None or label.number != value:
                        wrong.append(f"{printed} = {value}")
    assert wrong == []


REACTIONS = """
    en: Laughter = vocal laughter; Applause = kinesic applause; Hear, hear = vocal exclamat; Cheers = vocal shouting
    en: A voice = vocal interruption; Commotion = vocal noise; Animation = kinesic kinesic; Leaves the hall = incident leaving
    de: Heiterkeit = vocal laughter; Beifall = kinesic applause; Zuruf = vocal interruption; Hört! Hört = vocal exclamat
    de: Unruhe = vocal murmuring
    fr: Rires = vocal laughter; Applaudissements = kinesic applause; Mouvement = kinesic kinesic; Murmures = vocal murmuring
    it: Applausi = kinesic applause
    es: Risas = vocal laughter
    pt: Muito bem = vocal exclamat
    nl: Gelach = vocal laughter
    da: Latter = vocal laughter
    sv: Skratt = vocal laughter
    fi: Naurua = vocal laughter
    pl: Oklaski = kinesic applause
    hu: Derültség = vocal laughter
    no: Latter = vocal laughter; Bifall = kinesic applause
    ca: Rialles = vocal laughter
    el: Γέλωτες = vocal laughter; Χειροκροτήματα = kinesic applause
    eo: Ridoj = vocal laughter; Aplaŭdo = kinesic applause
    cs: Smích = vocal laughter; Potlesk = kinesic applause
"""


@pytest.mark.parametrize(("code", "printed", "expected"), table(REACTIONS))
def test_reactions(code: str, printed: str, expected: str) -> None:
    word = load(code).reactions[fold(printed)]
    assert f"{word.kind} {word.type}" == expected


def test_calendar() -> None:
    assert [load("en").months[name] for name in ("january", "sept.", "7ber", "dec")] == [1, 9, 9, 12]
    assert [load("fr").months[fold(name)] for name in ("AOÛT", "févr.", "8bre")] == [8, 2, 10]
    assert [load("de").months[name] for name in ("jänner", "märz", "hornung")] == [1, 3, 2]
    assert load("en").weekdays["sunday"] == 7
    assert load("de").weekdays["sonnabend"] == 6
    for code in ("en", "fr", "de"):
        assert "brumaire" in load(code).republican_months
        assert not load(code).republican_months & set(load(code).months)


def test_order_of_enumeration() -> None:
    assert [load("en").enumeration[word] for word in ("firstly", "in the second place", "lastly")] == [1, 2, -1]
    assert [load("de").enumeration[word] for word in ("erstens", "drittens", "schließlich")] == [1, 3, -1]
    assert [load("fr").enumeration[fold(word)] for word in ("premièrement", "enfin")] == [1, -1]


# ---------------------------------------------------------------- loading


def test_load_by_tag() -> None:
    for asked, code in {"en-GB": "en", "DE": "de", "fr_CA": "fr", "tlh": "und", "und": "und", "": "und"}.items():
        assert load(asked).code == code
    for hostile in ("../en", "en\0", "x" * 10_000, "/etc/passwd", "en/../fr"):
        assert load(hostile).code == "und"


def test_a_language_is_loaded_once_and_travels_by_its_code() -> None:
    assert load("en") is load("en-US")
    assert pickle.loads(pickle.dumps(load("fr"))) is load("fr")
    assert len({load("en"), load("fr"), load("en")}) == 2
    with pytest.raises(AttributeError):
        load("en").code = "xx"  # type: ignore[misc]


def test_the_undetermined_language_knows_no_words_but_reads_figures() -> None:
    und = load("und")
    assert not und.function_words
    assert not und.months
    assert und.parse_number("XIV") == 14
    assert "ibid." in und.citation_repeats
    assert re.search(alternation(und.months), "January") is None


# ---------------------------------------------------------------- the guess

SENTENCES = {
    "en": """The baker had not thought that his oven would be so cold in the morning, but when he put his hand into it there was
        nothing left of the fire which they had made for him.""",
    "fr": """Le boulanger n'avait pas pensé que son four serait si froid le matin, mais quand il y mit la main il ne restait plus
        rien du feu que l'on avait fait pour lui dans la nuit.""",
    "de": """Der Bäcker hatte nicht gedacht, daß sein Ofen am Morgen so kalt sein würde, aber als er die Hand hineinsteckte, war von
        dem Feuer, das man für ihn gemacht hatte, nichts mehr da.""",
    "it": """Il fornaio non aveva pensato che il suo forno sarebbe stato così freddo la mattina, ma quando vi mise la mano non c'era
        più nulla del fuoco che gli avevano fatto nella notte.""",
    "es": """El panadero no había pensado que su horno estaría tan frío por la mañana, pero cuando metió la mano en él ya no quedaba
        nada del fuego que le habían hecho por la noche.""",
    "pt": """O padeiro não tinha pensado que o seu forno estaria tão frio pela manhã, mas quando lhe meteu a mão já não havia nada
        do fogo que lhe tinham feito durante a noite.""",
    "da": """Bageren havde ikke tænkt, at hans ovn ville være så kold om morgenen, men da han stak hånden ind i den, var der intet
        tilbage af den ild, som de havde gjort for ham.""",
    "sv": """Bagaren hade inte tänkt att hans ugn skulle vara så kall på morgonen, men när han stack in handen i den var det intet
        kvar av den eld som de hade gjort åt honom.""",
    "nl": """De bakker had niet gedacht dat zijn oven in de morgen zo koud zou zijn, maar toen hij er zijn hand in stak was er niets
        meer van het vuur dat zij voor hem hadden gemaakt.""",
    "fi": """Leipuri ei ollut ajatellut, että hänen uuninsa olisi aamulla niin kylmä, mutta kun hän pisti kätensä siihen, ei siinä
        ollut enää mitään jäljellä siitä tulesta, jonka he olivat hänelle tehneet.""",
    "pl": """Piekarz nie pomyślał, że jego piec będzie rano tak zimny, ale kiedy włożył do niego rękę, nie było już nic z ognia,
        który dla niego rozpalili w nocy.""",
    "hu": """A pék nem gondolta, hogy a kemencéje reggel ilyen hideg lesz, de mikor bele nyúlt a kezével, már semmi sem volt meg
        abból a tűzből, melyet neki raktak az éjjel.""",
    "no": """Bakeren hadde ikke tenkt at ovnen hans skulde være saa kald om morgenen, men da han stak haanden ind i den, var der
        ikke noget igjen av den ilden som de hadde gjort op for ham.""",
    "ca": """El forner no havia pensat que el seu forn seria tan fred al matí, però quan hi posà la mà ja no hi havia res del foc
        que li havien fet durant la nit.""",
    "el": """Ὁ φούρναρης δὲν εἶχε σκεφθῆ ὅτι ὁ φοῦρνός του θὰ ἦτο τόσον κρύος τὸ πρωΐ, ἀλλὰ ὅταν ἔβαλε μέσα τὸ χέρι του, δὲν ἦτο πλέον
        τίποτε ἀπὸ τὴν φωτιὰ ποὺ τοῦ εἶχαν ἀνάψει τὴ νύκτα.""",
    "eo": """La bakisto ne pensis, ke lia forno estos tiel malvarma matene, sed kiam li metis la manon en ĝin, jam estis nenio el la
        fajro, kiun oni faris por li en la nokto.""",
    "cs": """Pekař si nepomyslil, že bude jeho pec ráno tak studená, ale když do ní vložil ruku, nebylo tam již nic z ohně, který
        pro něho v noci rozdělali.""",
    "la": """Pistor non putaverat furnum suum mane tam frigidum esse, sed cum manum in eum inmisisset nihil iam ex igne erat quem
        illi pro eo ad noctem fecerant, et hoc ei non placuit.""",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_guess(code: str) -> None:
    for text in (SENTENCES[code], SENTENCES[code].upper()):
        found, confidence = guess(text)
        assert found == code
        assert confidence >= 0.5


def test_a_long_text_is_guessed_from_three_samples() -> None:
    assert guess(f"{SENTENCES['fr']} " * 3000)[0] == "fr"
    mixed = f"{SENTENCES['de']} " * 200 + f"{SENTENCES['en']} " * 2000
    assert guess(mixed)[0] == "en"
    assert guess(mixed)[1] < guess(f"{SENTENCES['en']} " * 2000)[1]


def test_what_a_library_says_of_the_language_decides_where_the_words_leave_it_in_doubt() -> None:
    few = "\n\nILTA.\n\nUKKO. EUKKO.\n"
    assert guess(few) == ("und", 0.0)
    assert guess(f"Title: Ilta\n\nLanguage: Finnish\n{few}") == ("fi", CERTAIN)
    assert guess(f"Title: Ilta\n\nLanguage: Finnish and Swedish\n{few}") == ("und", 0.0)
    assert guess(f"Title: Ilta\n\nLanguage: Klingon\n{few}") == ("und", 0.0)


def test_words_that_leave_no_doubt_are_stronger_than_the_header_of_a_library() -> None:
    assert guess("Language: English\n\n" + f"{SENTENCES['fr']} " * 3000)[0] == "fr"


@pytest.mark.parametrize("text", ["", "Fire.", "\0\ufffe" * 100, "1 2 3 4 " * 50, "zxcv qwrt plmk " * 50, "рыба идет домой " * 50])
def test_no_guess(text: str) -> None:
    assert guess(text) == ("und", 0.0)


@pytest.mark.parametrize("code", CODES)
def test_the_head_of_a_file_holds_the_function_words(code: str) -> None:
    """The guess reads the head alone."""
    text = (FOLDER / f"{code}.toml").read_text(encoding="utf-8")
    assert frozenset(tomllib.loads(text.partition("\n[")[0])["function_words"].split()) == load(code).function_words
    assert len(load(code).function_words) >= 100


def test_the_word_over_the_pages_is_abbreviated_with_or_without_a_point() -> None:
    spanish = load("es").page_words
    assert {"pags.", "pags", "p."} <= spanish
    assert "p" not in spanish  # an initial, or a paragraph


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("en", "A.D. 1270-1328"), ("en", "(A. D. 1270-1328)"), ("en", "1270-1328 A.D."), ("de", "1270–1328 n. Chr."),
        ("fr", "1270-1328 ap. J.-C."), ("sv", "1270-1328 e. Kr."), ("pl", "1270-1328 po Chr."), ("el", "1270-1328 μ. Χ."),
        ("und", "1270-1328"),
    ],
)  # fmt: skip
def test_two_years_with_their_era(code: str, printed: str) -> None:
    assert is_span(printed, load(code))
    assert not is_span(f"{printed} Holm", load(code))


@pytest.mark.parametrize(
    ("code", "printed"), [("en", "A. D. 1066. "), ("en", "c. 1066, "), ("de", "Anno 1066. "), ("la", "A. U. C. 701. ")]
)
def test_a_year_that_a_line_begins_with(code: str, printed: str) -> None:
    found = words(load(code)).year_first.match(printed)
    assert found is not None
    assert found["year"] in ("1066", "701")


@pytest.mark.parametrize(("code", "by"), [("en", "by"), ("de", "von"), ("fr", "par"), ("de", "by")])
def test_who_wrote_a_book_stands_behind_its_title_in_the_last_words_of_a_library(code: str, by: str) -> None:
    assert words(load(code)).library_by.split(f"The Mill, and more, {by} Anna Holm")[1:] == ["Anna Holm"]
