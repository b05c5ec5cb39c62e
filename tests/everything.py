"""One small book by hand in which every class of the model stands where a book has it."""

from __future__ import annotations

from tei_pipeline import model as m
from tests.documents import make_source
from tests.written import paragraph, text

T = m.Text


def everything() -> m.Document:
    """The book: title page, preface, a work with notes, a letter, verse, a play, an index."""
    metadata = m.Metadata(
        title="The Mill and Other Pieces",
        author=("Ann Miller",),
        language="en",
        licence="CC0",
        licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
        imprint_publisher="Tide & Sons",
        imprint_place="Hull",
        imprint_date="1901",
        revisions=(("2020-01-31", "A. Editor", "headings"),),
        guessed=frozenset({"title"}),
    )
    persons = (m.Person("anna", "Anna"), m.Person("question", "QUESTION", "role"), m.Person("voices", "Voices", "group"))
    divisions = (_work(), _letters(), _play())
    return m.Document(make_source(), metadata, _front(), m.Division("body", "", divisions=divisions), _back(), persons)


def _front() -> tuple[m.Division | m.TitlePage | m.PageBreak, ...]:
    page = m.TitlePage(
        (
            m.TitlePart("main", text("THE MILL")),
            m.TitlePart("sub", text("AND OTHER PIECES")),
            m.TitlePart("byline", text("BY ANN MILLER")),
            m.Metamark("ornament", "* * *"),
            m.TitlePart("docEdition", text("Second edition")),
            m.TitlePart("epigraph", text("Grind slowly.")),
            m.TitlePart("desc", text("With a map")),
            m.TitlePart("docImprint", (T("Hull"), m.LineBreak(), T("1901"))),
        )
    )
    entry = m.Item(None, (m.Link(text("The Price of Flour"), "work"), T(" 1")))
    contents = m.Division("contents", "contents", (m.Heading(text("Contents")),), (m.ItemList((entry, m.PageBreak("iii")), "contents"),))
    return page, m.PageBreak("ii"), contents


def _work() -> m.Division:
    heading = m.Heading((m.Label(text("I.")), T(" The Price of Flour"), m.Reference("1", text("1"), "r1", ("n1",))))
    argument = m.Argument((paragraph("Of millers and their friends."),), m.Heading(text("The Argument")))
    epigraph = m.Epigraph((m.Cited((m.Quotation((paragraph("“Bread.”"),)), m.Bibl(text("(Proverbs)")), m.Points("."))),))
    source = m.Note("source", None, "inline", (m.Bibl((m.Field("title", text("The Tide")), T(", No. 3"))),), type="source")
    prose = m.Paragraph(
        (
            T("Flour is dear"),
            m.SoftHyphen("-", (m.Furniture("pageNum", text("1")), m.PageBreak("2"))),
            T("er. "),
            m.Quoted(text("“So it is,”")),
            T(" said "),
            m.Highlight("italic", (m.Metamark("italic", "_"), T("he"), m.Metamark("italic", "_"))),
            T(" on "),
            m.Date(text("May 1, 1901"), "1901-05-01"),
            T(". "),
            m.Reaction("vocal", "laughter", (T("(Laugh"), m.PageBreak(joins=True), T("ter.)"))),
            T(" "),
            m.Correction(text("Teh"), "The"),
            T(" end"),
            m.Surplus(text("/p>")),
            m.Cited(
                (
                    m.Quoted(text("“enough”"), cited=True),
                    m.Bibl((T("(ibid., "), m.Field("biblScope", text("p. 2"), "page"), T(")")), repeats="b"),
                )
            ),
        )
    )
    items = m.ItemList((m.Item(m.Label(text("a)")), text("one")), m.Item(m.Label(text("b)")), (), (paragraph("two"),))))
    blocks = (
        prose,
        m.Milestone(),
        m.Anonymous("ornament", text("* * *")),
        items,
        m.Table(((text("flour"), text("2 d")),), m.Heading((T("Prices"), m.Supplied(" of flour", "b")))),
        m.Figure(m.Heading(text("The mill"))),
        m.Figure(None, text("[Illustration: a wheel]")),
        m.Bibliography((m.Bibl(text("The Tide, 1900."), key="b"),)),
        m.Anonymous("preformatted", (T("a  b"), m.LineBreak(), T("c  d"))),
    )
    notes = m.Division(
        "notes", "notes", (m.Heading(text("Notes")),), (m.Note("n1", "1", "end", (paragraph("In pence."),), m.Label(text("1."))),)
    )
    end = (m.Part("trailer", text("THE END")),)
    return m.Division("work", "1", (heading, source, argument, epigraph), blocks, (notes,), end, key="work")


def _letters() -> m.Division:
    opener = m.Opener((m.Part("dateline", text("Hull")), m.Part("salute", text("Sir,"))))
    closer = m.Closer((m.Part("salute", text("Yours,")), m.Part("signed", text("A. M."))))
    after = m.Postscript((paragraph("And bread."),), m.Label(text("P.S.")))
    floating = m.FloatingText("letter", (opener,), (paragraph("No flour."),), (closer,))
    return m.Division(
        "letter", "2", (m.Part("byline", text("By Ann Miller")), opener), (paragraph("Send flour."), floating), (), (closer, after)
    )


def _play() -> m.Division:
    women = m.CastGroup(m.Heading(text("WOMEN")), (m.CastItem(text("ANNA"), text(", a miller"), "anna"),))
    cast = m.CastList((m.CastItem(text("TOM"), text(", her man")), women), m.Heading(text("Persons")))
    song = m.Stanza((m.VerseLine(text("Round it goes,")), m.VerseLine(text("round and round."), 2)), "refrain")
    speech = m.Speech(text("ANNA."), (song, paragraph("So.")), ("anna",), (m.Stage(text("(sings)"), "delivery"),))
    scene = m.Division("scene", "1", (m.Heading(text("SCENE I")),), (m.Stage(text("A mill."), "setting"), speech))
    return m.Division("play", "3", (m.Heading(text("THE WHEEL")),), (cast,), (scene,))


def _back() -> tuple[m.Division, ...]:
    entry = m.Item(None, (T("flour, "), m.Link(text("1"), "work")))
    return (m.Division("index", "index", (m.Heading(text("Index")),), (m.ItemList((entry,), "index"),)),)
