"""Hostile texts for hypothesis: of the characters and words that rules react to, set as books are set, and of any Unicode whatever.

``books``: pieces of books (headings, prose, notes, verse, letters, plays, contents, page furniture) in any order and layout;
``spoilt``: the same with odd characters in it. ``noise``: lines of active characters, as no book has them. ``anything``: Unicode with
what decoders and XML stumble over. All sentences are invented.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tei_pipeline.language import Language, load
from tei_pipeline.model import Metadata
from tei_pipeline.sidecar import Settings, Sidecar
from tei_pipeline.source import is_blank

LANGUAGES = ("en", "de", "fr", "la", "und")
_CLASSES = (
    *("divisions", "genres", "note_sections", "note_prefixes", "contents", "page_words", "cast", "stage", "speakers", "reactions"),
    *("salutations", "closings", "postscripts", "trailers", "trailer_openers", "bylines", "imprint", "months", "weekdays", "titles"),
    *("ordinals", "citation_see", "citation_repeats", "enumeration", "connectives"),
)  # fmt: skip

ACTIVE = (
    *"\"'“”‘’„‚«»‹›()[]{}<>*_=/+~^|#§¶†‡°.,;:!?-–—…&0123456789IVXLCivxlcaAbB",
    *("\t", "\f", "  ", "     ", "\u00a0", "\u00ad", "\u2010", "\u2011", "\u2028", "\u3000", "\u200b", "\u0301", "ſ", "ß", "É", "İ"),
    *("²", "①", "٣", "½", "Ⅳ", "ǅ", "ª", "𝟗", "１", "Ａ", "\u202e", "א"),
    *("...", ". . .", "***", "* * *", "--", "---", "_a_", "*a*", "=a=", "a b c d", "1)", "(1)", "[1]", "[*]", "*)", "a)", "IV.", "1.2.3"),
    *("</p>", "/p>", "<i>", "<!--", "]]>", "&amp;", "<?x?>", "p. 9", "Vol. II", "No. 5", "1891", "3/5/1891", "ibid.", "op. cit."),
    *("to-", "-day", "semi-", "colon", "Liq-uid", "offurther", "opposi tion", "J . V.", "U.S.S.R. 's", "ro-", "ses,"),
)  # fmt: skip

HEADS = (
    *("CHAPTER I", "CHAPTER II.", "Chapter the Third", "CHAPTER IV. THE MOLE", "BOOK THE FIRST", "PART ONE", "Part 2", "VOL. III"),
    *("I", "II", "III.", "IV", "1", "2.", "3", "12.", "§ 4", "1.1", "1.2 Of Tides", "A", "B.", "(c)", "I. Of Mud", "II. Of Rope"),
    *("PREFACE", "Introduction.", "DEDICATION", "CONTENTS", "CONTENTS.", "Table of Contents", "INDEX", "APPENDIX A", "GLOSSARY"),
    *("Notes", "NOTES", "Notes.", "FOOTNOTES:", "Note", "Endnotes", "Bibliography", "ERRATA", "Dramatis Personae", "PERSONS OF THE PLAY"),
    *("ACT I", "ACT II.", "SCENE I.", "SCENE II. A quay.", "Actus Primus. Scena Prima.", "Canto I", "LETTER IX", "PROLOGUE", "Epilogue"),
    *("THE MOLE AND THE MUD", "Of the Bell", "What the Lead Line Says", "_The Ferry_", "THE FERRY;", "or, The Mud", "by Ada Orrel"),
    *("THE END", "FINIS", "END OF THE FIRST PART", "[Illustration: The mole]", "[Illustration]", "* * * * *", "***", "----", "___"),
    *("ERSTES KAPITEL", "Zweiter Teil", "Vorwort", "Anmerkungen", "INHALT", "CHAPITRE PREMIER", "LIVRE II", "TABLE", "SCÈNE III", "FIN"),
    *("*** START OF THE PROJECT GUTENBERG EBOOK THE MOLE ***", "*** END OF THE PROJECT GUTENBERG EBOOK THE MOLE ***"),
    *("Produced by A. Reader and the Online Distributed Proofreading Team", "Transcriber's Note: spelling kept.", "Title: The Mole"),
)  # fmt: skip

PROSE = (
    "The basin was losing a hand's breadth of water every month, and nobody in the town would say so aloud.",
    "Councillor Pell has told you that the soundings are false.1 He has told you so for three evenings. (Laughter.)",
    "“The Mole,” she said, “is not for sale; ‘not now, nor ever,’ as my father put it.” (Stormy applause. Voices: “Quite right!”)",
    "“Whoever sells the bell sells the fog with it (ibid., p. 31).",
    "He wrote to Lisk on March 4, 1891 (Papers, Vol. III, p. 259), and again in the spring of 1892,2 but had no answer [3].",
    "Two things follow from this:",
    "The pilot _never_ slept; the *boy* did, and the d r e d g e r too; see pages 6 and 7, No. 50, 55.7 per cent, 20,000 barrows.",
    "It was semi-",
    "colon and half-hearted, a Liq-uidationist of the harbour; a /p> was left, and </p> too.",
    "and so it went on, in the middle of a sentence that a page had cut, until",
    "« Le bac ne part plus », dit-il, « avant lundi » (Œuvres, t. II, p. 14).",
    "»Die Fähre«, sagte er, »fährt nicht mehr.« (Heiterkeit.) „So sei es“, dachte sie.",
    "(_She goes to the window._)",
    "Firstly, that the basin is dying; secondly, that it is not.",
    "In 1891 the North Basin had eleven feet;* in 1892 it had nine.† See note 3 below, and Chapter II above.",
    "Dear Edda,",
    "a",
    "However, . . . the rest is lost. [Note: of the tide.] {12}",
)

NOTES = (
    "1 The third volume has speeches and letters.",
    "2. See Ada Orrel, Papers, Vol. II, p. 17.",
    "[3] Ibid., p. 20.",
    "(4) The same, op. cit., pp. 3-9; “a bell,” he says.",
    "* My italics.",
    "† In the first edition.",
    "[Footnote 1: Of rope.]",
    "[Note 2: “Of tar,” he wrote.",
    "Note 5.--A long one, of which the end stands on the next page, where",
    "1) A note.",
    "a The variant reading.",
    "10. Tenth.",
    "[Pg 12]",
    "p. 30",
)

SPEECH = (
    "ORREL: I have nothing to say.",
    "PELL. (_aside_) Nor has he.",
    "QUESTION: What of the mud?",
    "ANSWER : It comes and goes.",
    "A DELEGATE: And the bell?",
    "FIRST QUESTION. Who rings it?",
    "Lisk (rising, to ADA).  It rings itself. (Exit.)",
    "HUGO.",
    "[_Exeunt all but_ HUGO.]",
    "Enter ADA and the PILOT, with ropes.",
    "A VOICE. Shame!",
    "ADA, _the pilot's daughter_.",
    "Hugo.  The tide is out,",
    "             The boats are in,",
    "_Ada._ And so are we.",
    "ORREL:",
    "A. Who is there?",
    "B. Nobody.",
)

VERSE = (
    "    The boats lie still upon the sand,",
    "      And nobody has called them in;",
    "    The bell is silent on the land,",
    "          5",
    "    Where all the tides and fogs begin.      10",
    "1",
    "    I.",
    "        _Refrain._",
    "    “Oh, ring the bell,” they said, “once more,",
    "    Before the water leaves the shore.”",
)

LETTERS = (
    "Skerrivale, March 4, 1891.",
    "    _Skerrivale, 5th of May._",
    "Dear Sir,",
    "My dear Edda!",
    "                Yours truly,",
    "                    ADA ORREL.",
    "    (Signed) A. Orrel",
    "P.S. The bell is cracked.",
    "March 5.",
    "Monday, May 7th.",
    "Printed in the Harbour Gazette, No. 12, March 1891",
    "Speech Delivered on March 4",
    "    Ada.",
    "THE END",
    "To the Harbour Council",
)

LISTS = (
    "1. The mud.",
    "2. The rope.",
    "3) The bell.",
    "a) first,",
    "b) second;",
    "(i) third",
    "- a barrow",
    "• a spade",
    "January 7  The basin freezes.",
    "February 12-14",
    "The Mole . . . . . . . 12",
    "CHAPTER I. The Mud ........ 3",
    "I.  Of Rope    14",
    "barrow      12      0.5",
    "spade       7       1.5",
    "| a | b |",
    "Mole, 12, 14; sale of, 31",
    "Mud, _see_ Basin",
)

FURNITURE = (
    "12",
    "- 13 -",
    "[14]",
    "Page 15",
    "xvi",
    "THE MOLE AND THE MUD",
    "16 THE MOLE",
    "OF THE BELL 17",
    "{18}",
    "[Pg 19]",
    "A2",
    "\f",
    "\x00",
)

BLANKS = ("", "", "", " ", "\t", "\f", "\u00a0", "\u2028")


class Setting(NamedTuple):
    """How a book is set: source lines to a printed line, measure (0: not wrapped), indent and gap of paragraphs, lines to a page (0: no
    pages), whether form feeds part them, the margin, and the line ends in turn.
    """

    spacing: int = 1
    measure: int = 72
    indent: int = 0
    gap: int = 1
    page: int = 0
    feeds: bool = False
    margin: int = 0
    ends: tuple[str, ...] = ("\n",)


class Piece(NamedTuple):
    """A part of a book: its words, whether they run on (and are wrapped), and how many gaps stand before it."""

    words: str
    runs: bool = False
    gaps: int = 1


def typeset(pieces: list[Piece], setting: Setting) -> str:
    """The pieces as a text in that setting; a page ends wherever its lines are full."""
    lines: list[str] = []
    for piece in pieces:
        lines += [""] * (piece.gaps * setting.gap)
        if piece.runs and setting.measure:
            first = " " * setting.indent
            lines += textwrap.wrap(piece.words, setting.measure, initial_indent=first, break_long_words=False) or [""]
        else:
            lines.append(" " * setting.indent + piece.words if piece.runs else piece.words)
    paged: list[str] = []
    for number, line in enumerate(lines):
        if setting.page and number and number % setting.page == 0:
            paged += ["", str(11 + number // setting.page), "", "\f" if setting.feeds else ""]
        paged.append(" " * setting.margin + line if line.strip() else line)
        paged += [""] * (setting.spacing - 1)
    return "".join(line + setting.ends[at % len(setting.ends)] for at, line in enumerate(paged))


def forms(language: Language) -> list[str]:
    """All words of the closed classes of a language, as printed in text, as a title and in capitals."""
    found = sorted({form for name in _CLASSES for form in getattr(language, name)})
    return [printed for form in found for printed in dict.fromkeys((form, form.title(), form.upper()))]


WORDS = [form for code in LANGUAGES for form in forms(load(code))]

_LINES = (*HEADS, *PROSE, *NOTES, *SPEECH, *VERSE, *LETTERS, *LISTS, *FURNITURE)

gaps = st.sampled_from((0, 0, 1, 1, 1, 1, 2, 3, 5, 20))
layouts = st.builds(
    Setting,
    spacing=st.sampled_from((1, 1, 1, 2, 3)),
    measure=st.sampled_from((72, 60, 34, 0)),
    indent=st.sampled_from((0, 0, 2, 4, 8)),
    gap=st.sampled_from((1, 1, 0, 3)),
    page=st.sampled_from((0, 0, 4, 9, 30)),
    feeds=st.booleans(),
    margin=st.sampled_from((0, 0, 0, 5)),
    ends=st.sampled_from((("\n",), ("\n",), ("\r\n",), ("\r",), ("\n", "\r\n"), ("\r", "\n", "\r\n"))),
)  # fmt: skip


def _of(pool: tuple[str, ...]) -> st.SearchStrategy[Piece]:
    return st.builds(Piece, st.sampled_from(pool), st.just(False), gaps)


tokens = st.one_of(st.sampled_from(ACTIVE), st.sampled_from(WORDS), st.sampled_from(_LINES))
"""What rules react to: an active character, a word of a closed class, a line of a book."""

noisy_lines = st.builds("".join, st.lists(st.one_of(st.sampled_from(ACTIVE), st.just(" "), st.sampled_from(WORDS)), max_size=12))

running = st.builds(Piece, st.lists(st.sampled_from((*PROSE, *ACTIVE)), min_size=1, max_size=5).map(" ".join), st.just(True), gaps)

sections: st.SearchStrategy[list[Piece]] = st.one_of(
    *(st.lists(_of(pool), min_size=1, max_size=5) for pool in (HEADS, NOTES, SPEECH, VERSE, LETTERS, LISTS, FURNITURE)),
    st.lists(running, min_size=1, max_size=4),
    st.lists(st.builds(Piece, st.sampled_from(WORDS), st.just(False), gaps), min_size=1, max_size=3),
    st.lists(st.builds(Piece, noisy_lines, st.booleans(), gaps), min_size=1, max_size=3),
)


def _flat(parts: list[list[Piece]]) -> list[Piece]:
    return [piece for part in parts for piece in part]


def _printed(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return texts.filter(lambda text: not is_blank(text))


books = _printed(st.builds(typeset, st.lists(sections, min_size=1, max_size=12).map(_flat), layouts))
"""Texts like books: pieces of every kind in any order, in one setting."""

noise = _printed(
    st.lists(
        st.builds(
            "{}{}{}".format,
            st.sampled_from(("", "", "  ", "    ", "\t")),
            noisy_lines,
            st.sampled_from(("\n", "\n", "\n\n", "\r\n\n\n", "\r")),
        ),
        min_size=1,
        max_size=20,
    ).map("".join)
)
"""Lines of what rules react to, in no order."""

_odd = st.sampled_from(
    [chr(code) for code in range(33)]
    + list(
        "\x7f\x85\xa0\xad\u0300\u0345\u05d0\u0627\u1680\u180e\u2000\u2009\u200b\u200d\u200e\u200f\u2028\u2029\u202e\u202f\u205f\u2060\u2066"
    )
    + list("\u3000\ufeff\ufffe\uffff\ufdd0\ud800\udbff\udc00\udfff\U0001f600\U0001fffe\U000e0001\U0010ffff")
)
_any = st.characters(exclude_categories=())

anything = _printed(st.lists(st.one_of(_odd, _any, tokens), min_size=1, max_size=60).map("".join))
"""Any Unicode whatever: controls, lone surrogates, non-characters, combining marks, right to left, every white space."""


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A book with odd characters anywhere in it."""
    text = draw(books)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(_odd) + text[at:]
    return text


_LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.txt"))
_STRAY = ("_", "*", "[", "(", "”", "--", "\f", "\t", "[12]", "[Footnote", "{23}", "§ 4. ", "II. ")
_CHANGES: tuple[Callable[[list[str]], list[str]], ...] = (
    lambda lines: [],
    lambda lines: lines + lines,
    lambda lines: lines[::-1],
    lambda lines: [f"      {line}" for line in lines],
    lambda lines: [line.upper() for line in lines],
    lambda lines: [line for line in lines if line.strip()],
    lambda lines: [each for line in lines for each in (line, "")],
    lambda lines: [" ".join(line.strip() for line in lines)],
)


@st.composite
def torn(draw: st.DrawFn) -> str:
    """A part of a layout's text in which lines are lost, doubled, turned about, set in, glued, parted, or interrupted by a stray mark."""
    lines = draw(st.sampled_from(_LAYOUTS)).read_text(encoding="utf-8").splitlines()
    first = draw(st.integers(0, max(0, len(lines) - 20)))
    lines = lines[first : first + draw(st.integers(10, 120))]
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(lines)))
        if mark := draw(st.sampled_from(("", *_STRAY))):
            column = draw(st.integers(0, 70))
            lines[at : at + 1] = [f"{line[:column]}{mark}{line[column:]}" for line in lines[at : at + 1] or [""]]
        else:
            end = at + draw(st.integers(1, 20))
            lines[at:end] = draw(st.sampled_from(_CHANGES))(lines[at:end])
    return "\n".join(lines)


sidecars: st.SearchStrategy[Sidecar | None] = st.one_of(
    st.none(),
    st.none(),
    st.builds(
        Sidecar,
        metadata=st.builds(Metadata, language=st.sampled_from(("", *LANGUAGES))),
        settings=st.builds(
            Settings,
            spacing=st.sampled_from((None, 1, 2)),
            paragraphs=st.sampled_from((None, "blank", "indent", "unwrapped")),
            drama=st.sampled_from((None, True, False)),
            verse=st.booleans(),
            quotation=st.sampled_from((None, (), ("“”", "‘’"), ('""',), ("»«",))),
            hyphens=st.sampled_from(("decide", "keep")),
            notes=st.sampled_from(("in-place", "inline")),
        ),
    ),
)
"""No sidecar, or one with a language and settings that replace what is measured."""

encodings = st.sampled_from(
    (("utf-8", False), ("utf-8", False), ("utf-8", True), ("utf-16-le", True), ("utf-16-be", True), ("utf-32-le", True))
)
"""An encoding that holds every character, and whether the file begins with its byte order mark."""
