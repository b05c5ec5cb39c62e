"""Where the words of digital libraries and transcribers end, in the wordings of several languages."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tei_pipeline.language import load
from tei_pipeline.measuring.boilerplate import boilerplate
from tei_pipeline.rows import raw_rows
from tei_pipeline.source import read_source

BOOK = """


    THE FERRY

    In the spring of that year nobody crossed the water, and the text of the notice
    was read by all. End of the story it was not.
    """


def parts(text: str, code: str) -> tuple[str, str, str, str, str]:
    """The first line of each: marker, producers' notes, book, notes at the end, licence; empty where there is none."""
    rows = raw_rows(read_source(dedent(text).encode(), "book").lines)
    head, produced, notes, tail = boilerplate(rows, load(code))
    edges = (0, head, produced, notes, tail, len(rows))
    first, second, third, fourth, fifth = (rows[a].text if a < b else "" for a, b in zip(edges, edges[1:], strict=False))
    return first, second, third, fourth, fifth


@pytest.mark.parametrize(
    ("code", "notes", "more", "end"),
    [
        ("en", "Transcribers' Notes", "Spelling was kept.", "End of the Project Gutenberg EBook of The Ferry"),
        ("de", "Anmerkungen zur Transkription", "Die Schreibweise wurde beibehalten.", "Ende dieses Project Gutenberg Etextes"),
        ("fr", "Notes de transcription", "L'orthographe a été conservée.", "Fin du Project Gutenberg EBook de The Ferry"),
        ("es", "Nota del transcriptor", "Se ha conservado la ortografía.", "Fin del libro de Project Gutenberg"),
        ("pt", "Notas de transcrição", "Mantivemos a grafia.", "Fim do livro do Project Gutenberg"),
        ("da", "Afskriverens noter", "Retskrivningen er bevaret.", "Slutningen af denne Project Gutenberg bog"),
        ("sv", "Avskrivarens anmärkningar", "Stavningen har behållits.", "Slutet på Project Gutenberg boken"),
        ("it", "Nota del trascrittore", "L'ortografia è stata conservata.", "Fine del libro di Project Gutenberg"),
        ("nl", "Opmerkingen van de bewerker", "De spelling is behouden.", "Einde van dit Project Gutenberg boek"),
        ("fi", "Huomautus sähköiseen laitokseen", "Kirjoitusasu on säilytetty.", "Loppu Project Gutenbergin kirjasta"),
        ("pl", "Uwagi do wydania elektronicznego", "Zachowano pisownię.", "Koniec książki Project Gutenberg"),
        ("hu", "Megjegyzések", "A helyesírást megtartottuk.", "Vége a Project Gutenberg könyvnek"),
        ("no", "Noter til transkripsjonen", "Rettskrivningen er beholdt.", "Slutten av denne Project Gutenberg-boken"),
        ("ca", "Nota del transcriptor", "S'ha conservat l'ortografia.", "Fi del llibre de Project Gutenberg"),
        ("el", "Σημείωση του αντιγραφέα", "Η ορθογραφία έχει διατηρηθεί.", "Τέλος του βιβλίου Project Gutenberg"),
        ("eo", "Noto de la transskribinto", "La ortografio estas konservita.", "Fino de la libro de Project Gutenberg"),
        ("cs", "Poznámky přepisovatele", "Pravopis byl zachován.", "Konec knihy Project Gutenberg"),
        ("la", "Transcriber's Note", "Spelling was kept.", "End of Project Gutenberg's The Ferry"),
    ],
)
def test_notes_of_transcribers_and_the_licence_stand_around_the_book(code: str, notes: str, more: str, end: str) -> None:
    marker = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***"
    text = f"{marker}\n\n{notes}\n\n{more}\n{dedent(BOOK)}\n\n\n{notes}\n\n{more}\n\n{end}\nand its licence.\n"
    assert parts(text, code) == (marker, notes, "THE FERRY", notes, end)


def test_a_book_without_a_library_is_all_its_own() -> None:
    assert parts(BOOK, "en") == ("", "", "THE FERRY", "", "")


def test_the_text_is_no_e_text() -> None:
    text = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***\n\nIn the text of the poem nothing was changed.\n\nTHE FERRY\n"
    assert parts(text, "en")[1:3] == ("", "In the text of the poem nothing was changed.")


@pytest.mark.parametrize(
    ("code", "exported", "about"),
    [
        ("en", "Exported from Wikisource on 3 May", "About this digital edition"),
        ("fr", "Exporté de Wikisource le 3 mai", "À propos de cette édition électronique"),
        ("de", "Exportiert aus Wikisource am 3. Mai", "Über diese digitale Edition"),
        ("pl", "Wyeksportowano z Wikiźródeł 3 maja", "O tym wydaniu elektronicznym"),
    ],
)
def test_the_file_of_an_export_says_so_first_and_last(code: str, exported: str, about: str) -> None:
    assert parts(f"{exported}\n{dedent(BOOK)}\n\n{about}\n\nWords of the library.\n", code) == (exported, "", "THE FERRY", "", about)


def test_the_licence_below_a_short_text_begins_no_book() -> None:
    marker, end = "*** START OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***", "*** END OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***"
    text = f"{marker}\n{dedent(BOOK)}\n\n{end}\n\n*** START: FULL LICENSE ***\n\nPLEASE READ THIS.\n"
    assert parts(text, "en") == (marker, "", "THE FERRY", "", end)


def test_a_note_in_brackets_ends_with_its_bracket_and_not_with_its_first_paragraph() -> None:
    text = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***\n\n[Notes au lecteur.\n\n--Page 3, un mot.\n\n--Page 9.]\n\n\n  LE BAC\n"
    assert parts(text, "fr")[1:3] == ("[Notes au lecteur.", "LE BAC")


def test_a_box_with_which_the_text_ends_is_a_note_of_the_transcriber_when_it_says_so() -> None:
    marker, end = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***", "*** END OF THE PROJECT GUTENBERG EBOOK 12 ***"
    edge, said, more = "+--------------------+", "|Transcriber's Note: |", "|Page 3, one letter. |"
    assert parts(f"{marker}\n{dedent(BOOK)}\n\n\n{edge}\n{said}\n{more}\n{edge}\n\n\n{end}\n", "en")[3] == edge
    assert parts(f"{marker}\n{dedent(BOOK)}\n\n\n{edge}\n{more}\n{edge}\n\n\n{end}\n", "en")[3] == ""
    stars, slips = "    *       *       *       *", "|Typographical errors corrected in text:|"
    assert parts(f"{marker}\n{dedent(BOOK)}\n\n{stars}\n\n{edge}\n{slips}\n{more}\n{edge}\n\n{stars}\n\n{end}\n", "en")[3] == edge


def test_a_box_between_stars_below_the_producers_is_a_note_of_the_transcriber() -> None:
    marker, stars = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***\n\nProduced by A. Holm", "    *       *       *       *"
    edge, said, more = "+--------------------+", "|Transcriber's Note: |", "|Page 3, one letter. |"
    boxed = f"{marker}\n\n\n\n{stars}\n\n{edge}\n{said}\n{more}\n{edge}\n\n{stars}\n\n\n\n{dedent(BOOK).strip()}\n"
    assert parts(boxed, "en")[2] == "THE FERRY"
    assert parts(boxed.replace(said, "|A table of the tides|"), "en")[2] == stars.strip()


def test_a_note_of_the_transcriber_below_stars_ends_the_book() -> None:
    marker, end = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***", "*** END OF THE PROJECT GUTENBERG EBOOK 12 ***"
    stars, said = "       *       *       *       *       *", "Transcriber's Notes:\n\nPage 3, one letter."
    assert parts(f"{marker}\n{dedent(BOOK)}\n\n{stars}\n\n{said}\n\n\n{end}\n", "en")[3] == "Transcriber's Notes:"
    assert parts(f"{marker}\n{dedent(BOOK).strip()}\n\n{said}\n\n\n{end}\n", "en")[3] == ""
    slips = "Errata Noted by Transcriber:\n\nAPPENDIX\n  _so in original_"
    assert parts(f"{marker}\n{dedent(BOOK)}\n\n{stars}\n\n{slips}\n\n\n{end}\n", "en")[3] == "Errata Noted by Transcriber:"


def test_whose_a_note_is_stands_below_it() -> None:
    marker = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***"
    text = f"{marker}\n\n*Nota de editor:* Foi mantida a grafia.\n\nRita Lage (Out. 2009)\n\n\n\nA BARCA\n"
    assert parts(text, "pt")[1:3] == ("*Nota de editor:* Foi mantida a grafia.", "A BARCA")


def test_a_note_right_below_the_opening_words_is_none_of_the_book() -> None:
    marker, note = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***", "Note: I have left out the running heads."
    assert parts(f"{marker}\n\n{note}\n\n{dedent(BOOK)}", "en")[1:3] == (note, "THE FERRY")
    assert parts(f"{marker}\n\n{dedent(BOOK)}\n\nNote: this is not told by the ferryman.\n", "en")[1:3] == ("", "THE FERRY")


def test_a_note_in_front_of_a_short_book_does_not_close_it() -> None:
    text = "LA BARCA\n\n\nNota del transcriptor: se ha respetado la ortografía.\n\n\n" + "Nadie cruzaba el río.\n\n" * 9
    assert parts(text, "es")[3] == ""


def test_a_title_in_the_middle_of_the_line_ends_the_note_below_its_own_title() -> None:
    text = """
        Produced by T. Tarn and the Online Distributed Proofreading Team



                             Transcriber's Note:

      This etext was produced from a magazine of January 1964.
      Nobody was found who had renewed the copyright.


                               THE FERRY


         In a sense this is a tale of here and now.


                               ANNA TARN

    In the spring of that year nobody crossed the water.
    """
    marker, notes, book, *_ = parts(f"*** START OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***\n{text}", "en")
    assert (marker[:3], notes[:8], book) == ("***", "Produced", "THE FERRY")


def test_sentences_right_below_who_made_a_text_are_his_too() -> None:
    text = """
    ***
    This etext was produced by Anna Lind.

    The letters have numbers here, by which they can be found; of the
    pages only those stand in the text to which the list at its front
    sends the reader.





                THE LETTERS of A FERRYMAN

    The rope was short.
    """
    _, produced, book, *_ = parts(dedent(text), "en")
    assert (produced, book) == ("***", "THE LETTERS of A FERRYMAN")


@pytest.mark.parametrize(
    "note",
    [
        "[This text has two forms.\n\n  -- Take the one that you can read.\n\nMisprints were mended.]",
        " Transcriber's note.\n    ==========\n    Taken from:\n\n    THE FERRYMAN'S WORKS\n\n    LONDON\n    ==========",
    ],
    ids=["bracket", "box"],
)
def test_a_note_of_the_transcriber_ends_with_its_bracket_or_its_drawn_line(note: str) -> None:
    marker = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***"
    produced = "Produced by Anna Lind and the Online Distributed Proofreading Team"
    assert parts(f"{marker}\n\n{produced}\n\n\n{note}\n{dedent(BOOK)}", "en") == (marker, produced, "THE FERRY", "", "")


def test_a_picture_below_who_produced_a_text_is_none_of_its_notes() -> None:
    marker = "*** START OF THE PROJECT GUTENBERG EBOOK 12 ***"
    picture = "[Illustration: THE FERRY\n\nFrom the bank.]"
    assert parts(f"{marker}\n\nProduced by Anna Lind\n\n\n{picture}\n{dedent(BOOK)}", "en")[2] == "[Illustration: THE FERRY"


def test_a_title_in_capitals_ends_the_note_below_its_own_title_and_a_rule_begins_the_one_at_the_end() -> None:
    note = """
  Transcriber's Note

  The spelling of the original has been kept. Only slips of the pen have been
  mended.


  THE FERRY
  ON THE WEIR

  The Only Book Written
  by a Ferryman




In the spring of that year nobody crossed the water.

       *       *       *       *       *

Transcriber's Notes:

Page 18, "bridg" changed to "bridge".
"""
    around = [f"*** {word} OF THE PROJECT GUTENBERG EBOOK THE FERRY ***" for word in ("START", "END")]
    _, produced, book, notes, _ = parts(f"{around[0]}\n\n{note}\n\n{around[1]}\n", "en")
    assert (produced, book, notes) == ("Transcriber's Note", "THE FERRY", "Transcriber's Notes:")


def test_what_the_makers_of_a_file_say_of_a_book_ends_where_its_title_stands_again_below_the_second_line_drawn() -> None:
    note = f"""\
Produced by Ada Holm of Marl, England




The Ferry in the Weir, by Peter Singer.

{"_" * 72}
This is a slow book, and a good one, as far as it goes, which is to the
other bank and back.

You'll like the mule.

{"_" * 72}
{{title}}



CHAPTER ONE.

In the spring of that year nobody crossed the water.
"""
    around = [f"*** {word} OF THE PROJECT GUTENBERG EBOOK THE FERRY ***" for word in ("START", "END")]
    for title, first in (("THE FERRY IN THE WEIR, BY PETER SINGER.", True), ("THE WEIR, BY PETER SINGER.", False)):
        _, produced, book, _, _ = parts(f"{around[0]}\n\n{note.format(title=title)}\n\n{around[1]}\n", "en")
        assert (produced, book) == ("Produced by Ada Holm of Marl, England", title if first else "The Ferry in the Weir, by Peter Singer.")


def test_the_title_over_what_the_makers_of_a_file_say_may_have_several_lines() -> None:
    drawn = "_" * 72
    title = "The Ferry in the Weir\nA Slow Tale\n\nBy Peter Singer"
    several = f"{title}\n{drawn}\nA slow book, and a good one.\n{drawn}\n{{again}}\n\n\n\nCHAPTER ONE.\n\nNobody crossed the water.\n"
    once = "The Ferry in the Weir, by Peter Singer."
    printed = f"{title}\nPrinted by Ada Holm, in the ninth\nyear.\n\n{once}\n\n{drawn}\n\n{drawn}\n{{again}}\n\nPREFACE.\n\nNobody.\n"
    marker = "*** START OF THE PROJECT GUTENBERG EBOOK THE FERRY ***"
    again = "THE FERRY IN THE WEIR"
    for note, below, book in (
        (several, f"{again}\nA SLOW TALE\n\nBY PETER SINGER", again),
        (printed, f"{again}, BY PETER SINGER.", f"{again}, BY PETER SINGER."),
        (several, "ANOTHER BOOK", "The Ferry in the Weir"),
    ):
        text = f"{marker}\n\nProduced by Ada Holm of Marl, England\n\n\n\n\n{note.format(again=below)}"
        assert parts(text, "en")[1:3] == ("Produced by Ada Holm of Marl, England", book)


def test_a_line_drawn_right_above_its_title_is_none_of_the_note_at_the_end() -> None:
    note = f"{'-' * 22}\nNOTES DU TRANSCRIPTEUR\n\nOn a conservé l'orthographe."
    text = f"CHAPITRE PREMIER.\n\nLe mulet dormait.\n\n\nCHAPITRE II.\n\nIl dormait encore.\n\n\n\n{note}\n"
    assert parts(text, "fr")[3].startswith("NOTES DU TRANSCRIPTEUR")


def test_a_transcriber_may_head_his_file_again_below_the_words_of_the_library() -> None:
    fields = "Title: Le Moulin\n\nLanguage: French\n\nEncoding: UTF-8\n\n\n\nSource:\n\nPierre Gale,\nParis, 1890.\n\nPages 14-22."
    marker = "*** START OF THE PROJECT GUTENBERG EBOOK LE MOULIN ***"
    book = "LE MOULIN\n\n\n\nCHAPITRE PREMIER.\n\nLa meule dormait.\n\nCHAPITRE II.\n\nElle dormait encore.\n"
    assert parts(f"{marker}\n\nProduced by Ada Holm\n\n\n\n\n{fields}\n\n\n\n\n{book}", "fr")[2] == "LE MOULIN"
