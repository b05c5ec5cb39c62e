"""Form feeds where a division begins: no white space stands above them."""

from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.source import read_source

PERSONS = """THE LOCKED GATE

DRAMATIS PERSONAE

ANSELM, a gatekeeper
BERTA, his wife
CRISPIN, a traveller



SCENE: A gate in Marl, with a bench beside it, on which nobody sits. The rain has stopped.

                                    - 2 -
"""
PAGE = """\f                               THE LOCKED GATE

ANSELM.
Who knocks at this hour?

CRISPIN.
A man with wet feet.

BERTA.
Let him in, Anselm.

                                    - {n} -
"""


def test_a_play_without_acts_may_begin_below_a_form_feed() -> None:
    text = PERSONS + "".join(PAGE.format(n=n) for n in range(3, 7))
    printed = str(outline(recognise(read_source(text.encode(), "case")).document, 200))
    assert printed.index("castList") < printed.index("play n=play") < printed.index("Who knocks at this hour?")
