"""The rules, in the order in which they are asked. Names are stable: they stand in provenance files and corrections."""

from __future__ import annotations

from tei_pipeline.blocks import Rule
from tei_pipeline.rules.drama.cast_list import cast
from tei_pipeline.rules.drama.speech import speech
from tei_pipeline.rules.drama.staging import stage
from tei_pipeline.rules.headings.heading import heading
from tei_pipeline.rules.letters.datelines import dateline
from tei_pipeline.rules.letters.documents import set_in_letter
from tei_pipeline.rules.letters.pieces import postscript, source_imprint, trailer
from tei_pipeline.rules.letters.salutes import salute
from tei_pipeline.rules.letters.signatures import signed
from tei_pipeline.rules.lists.bare_contents import bare_contents, chapter_contents
from tei_pipeline.rules.lists.chronology import chronicle, chronology
from tei_pipeline.rules.lists.contents import contents
from tei_pipeline.rules.lists.index import index
from tei_pipeline.rules.lists.line_lists import line_list, quantities, title_list
from tei_pipeline.rules.lists.marked import counted_list, marked_list
from tei_pipeline.rules.lists.readings import readings
from tei_pipeline.rules.lists.rolls import roll
from tei_pipeline.rules.lists.sentences import sentence_list
from tei_pipeline.rules.lists.tables import preformatted
from tei_pipeline.rules.notes.loose import loose_note
from tei_pipeline.rules.notes.sections import note_section
from tei_pipeline.rules.notes.worded import bracketed_note, sidenote
from tei_pipeline.rules.paragraphs import editorial, illustration, ornament, paragraph, residue
from tei_pipeline.rules.quotations import bare_quotation, marked_quotation
from tei_pipeline.rules.set_in import indented_quotation
from tei_pipeline.rules.verse.lines import verse

RULES = (
    Rule("ornament", ornament, short=True),
    Rule("illustration", illustration, short=True),
    Rule("residue", residue, short=True),
    Rule("contents", contents),
    Rule("bare-contents", bare_contents),
    Rule("chapter-contents", chapter_contents, short=True),
    Rule("index", index),
    Rule("chronology", chronology),
    Rule("cast-list", cast),
    Rule("preformatted", preformatted, short=True),
    Rule("readings", readings, short=True),
    Rule("note-section", note_section),
    Rule("bracketed-note", bracketed_note, short=True),
    Rule("loose-note", loose_note, short=True),
    Rule("sidenote", sidenote, short=True),
    Rule("editorial-note", editorial, short=True),
    Rule("trailer", trailer, short=True),
    Rule("stage-direction", stage, short=True),
    Rule("speech", speech),
    Rule("chronicle", chronicle, short=True),
    Rule("set-in-letter", set_in_letter, short=True),
    Rule("source-imprint", source_imprint, short=True),
    Rule("dateline", dateline, short=True),
    Rule("salute", salute, short=True),
    Rule("signature", signed, short=True),
    Rule("roll", roll, short=True),
    Rule("quantities", quantities, short=True),
    Rule("title-list", title_list, short=True),
    Rule("postscript", postscript),
    Rule("heading", heading, short=True),
    Rule("marked-list", marked_list),
    Rule("counted-list", counted_list),
    Rule("line-list", line_list, short=True),
    Rule("sentence-list", sentence_list, short=True),
    Rule("marked-quotation", marked_quotation),
    Rule("bare-quotation", bare_quotation),
    Rule("verse", verse, short=True),
    Rule("indented-quotation", indented_quotation, short=True),
    Rule("paragraph", paragraph),  # always matches: keep last
)
