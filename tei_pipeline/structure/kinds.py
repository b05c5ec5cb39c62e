"""What a division is called: its type and its number among its siblings."""

from __future__ import annotations

from tei_pipeline import model
from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.settle.titles.together import PIECES
from tei_pipeline.structure.tree import Opened, matter


class Counter:
    """Numbers for keys of divisions."""

    def __init__(self) -> None:
        self.count = 0

    def key(self) -> str:
        """The next key."""
        self.count += 1
        return f"d{self.count}"


def number(opened: Opened, kind: str, siblings: dict[str, int]) -> str:
    """``div/@n``: the printed number while the numbering runs on, else type and count; unique among siblings."""
    head = opened.head
    figure = head.facts.number if head is not None else opened.n
    if figure:
        n = str(figure)
        if n not in siblings:
            siblings[n] = siblings[f"{kind}={n}"] = 1
            return n
        if f"{kind}={n}" not in siblings and f"{kind}{n}" not in siblings:  # taken by another kind: letters among chapters
            siblings[f"{kind}={n}"] = siblings[f"{kind}{n}"] = 1
            return f"{kind}{n}"
    siblings[kind] = siblings.get(kind, 0) + 1
    n = kind if siblings[kind] == 1 else f"{kind}{siblings[kind]}"
    while n in siblings and siblings.get(f"={n}"):
        siblings[kind] += 1
        n = f"{kind}{siblings[kind]}"
    siblings[f"={n}"] = 1
    return n


def type_of(opened: Opened, layout: Layout) -> str:
    """One of the closed list of division types, from the heading's words, its place and what it holds."""
    head = opened.head
    if head is None:
        return opened.type if opened.type in model.DIVISION_TYPES else "section"
    named = head.facts.division
    if named == "bibliography" and any(container.kind == "note" for b in opened.blocks for container in b.within):
        return "notes"  # REFERENCES
    words = fold(" ".join(row.text for row in head.rows))
    own = [b for b in opened.blocks if b.kind not in BETWEEN]
    if named in model.DIVISION_TYPES:
        return "poem" if _counts_nothing(head, words, layout) and _is_verse(own) else named
    if layout.drama and _is_spoken(opened):
        return "play" if head.facts.level == 1 else "section"
    if _is_verse(own) and not _only_quotes(head, own):
        return "poem"
    subtitle = " ".join(fold(b.text) for b in own[:2] if b.kind in ("subtitle", "byline"))
    kinds = {b.kind for b in own if not b.within}
    genre = _genre(f"{words} {subtitle}", layout, bool(kinds & _LETTER))
    letter = "signed" in kinds and kinds & {"salute", "dateline"} and not opened.children and head.facts.type != "labelled"
    letter = letter and not _holds_letter(own)
    titled = bool(head.facts.number) and head.facts.label < len(head.text.rstrip(" .:_*"))  # a numbered section of something else
    dated = next((b.kind for b in own if b.kind not in ("subtitle", "byline")), "") == "dateline"
    if letter and ("salute" in kinds or not (genre or (titled and not dated))):
        return "letter"
    if not opened.children and kinds & {"salute", "signed"} and says_to_whom(head, layout) and not _holds_letter(own):
        return "letter"
    counted = head.facts.type in ("roman", "arabic")  # of a book, whether it holds sections or not: works are not numbered alone
    if (counted and genre == "letter" and not letter) or (genre == "preface" and opened.children):
        genre = ""  # a chapter that only tells of a letter; a work with a preface
    if genre == "essay" and layout.drama and _holds_play(opened):
        genre = ""  # a study with persons
    if genre in ("poem", "play") and (counted or not opened.children) and _is_prose(own, layout):
        genre = ""  # prose that is called an idyll, or tells of a drama
    if head.facts.level == 1 and not _is_letter(head):
        return genre or (("group" if _is_group(opened, own) else "section" if counted else "work") if opened.children else "section")
    if counted:
        return "section" if head.facts.level <= 2 or head.facts.type == "roman" else "subsection"
    return genre if genre and head.facts.level <= 2 else "section"


def _is_letter(head: Block) -> bool:
    """Whether a heading is a letter of the alphabet, over the entries of a dictionary that begin with it."""
    return sum(c.isalnum() for c in head.text) == 1


def says_to_whom(head: Block, layout: Layout) -> bool:
    """Whether a line of a heading, other than the number above it, says whom a letter is to: "4. / TO ANNA HOLM,--LORCH."."""
    lines = [row.text for row in head.rows if not (head.facts.number and row is head.rows[0] and len(row.text) <= head.facts.label + 1)]
    return head.facts.type != "named" and any(titles_letter(line, layout) for line in lines[:1])


def _counts_nothing(head: Block, words: str, layout: Layout) -> bool:
    """Whether a word that counts sections stands alone, without a number: NIGHT, the title of a poem."""
    word = layout.language.divisions.get(words.strip(" ."))
    return word is not None and (word.matter, word.type) == ("body", "section") == ("body", head.facts.division) and not head.facts.number


def _is_verse(own: list[Block]) -> bool:
    """Whether most lines are verses, no motto's; what an editor says of them, in notes or brackets, makes no other kind of piece."""
    own = [b for b in own if b.kind != "editorial" and not (b.within and b.within[0].kind == "note")]
    verse = sum(len(b.rows) for b in own if b.kind == "verse" and not (b.within and b.within[0].kind == "epigraph"))
    return verse > 0 and verse > 0.6 * sum(len(b.rows) for b in own)


def _only_quotes(head: Block, own: list[Block]) -> bool:
    """Whether the text below a bare number leads on to verses, which it quotes: no poem has that."""
    bare = head.facts.type in ("roman", "arabic") and head.facts.label >= len(head.text.rstrip(" ."))
    return bare and own[0].kind == "paragraph" and not own[0].within and own[0].text.endswith((":", "--", "—"))


FULL = 0.8  # of the measure: prose fills its lines, but the last one of a paragraph


def _is_prose(own: list[Block], layout: Layout) -> bool:
    """Whether most lines are those of paragraphs in full lines, two or more of them."""
    long = [b for b in own if b.kind == "paragraph" and not b.within and len(b.rows) > 2]
    prose = [b for b in long if all(row.width >= FULL * layout.measure for row in b.rows[:-1])]
    return len(prose) > 1 and 2 * sum(len(b.rows) for b in prose) > sum(len(b.rows) for b in own)


def _is_spoken(opened: Opened) -> bool:
    """Whether speeches stand right under a heading."""
    return any(b.within and b.within[0].kind == "speech" for b in opened.blocks)


def _holds_play(opened: Opened) -> bool:
    """Whether the persons of a play stand under its title, and speeches below them without a heading, or its acts."""
    if not opened.children or matter(opened.children[0]) != "cast":
        return False
    rest = opened.children[1:]
    return any(_is_spoken(child) if child.type == "continuation" else matter(child) in ("act", "scene") for child in rest)


def _holds_letter(own: list[Block]) -> bool:
    """Whether text stands before the salute of a letter, and more of it there and behind its signature than between them: a chapter
    that gives a letter.
    """
    first = next((i for i, b in enumerate(own) if b.kind == "salute" and not b.within), None)
    if first is None:
        return False
    last = max((i for i, b in enumerate(own) if b.kind == "signed" and not b.within), default=0)
    before, inside, after = (
        sum(len(b.rows) for b in part if b.kind == "paragraph") for part in (own[:first], own[first : last + 1], own[last + 1 :])
    )
    return first < last and before > 0 and before + after > inside


_LETTER = frozenset(("salute", "dateline", "signed", "postscript"))


def _is_group(opened: Opened, own: list[Block]) -> bool:
    """Whether it stands over pieces that are texts of their own (hymns, letters, sermons), and has no text itself."""
    return not own and all(matter(child) in PIECES for child in opened.children)


def _genre(words: str, layout: Layout, letter: bool) -> str:
    """What kind of text its title and subtitle say it is; a letter only when it has a letter's parts, and then before all else."""
    named = [layout.language.genres.get(word, "") for word in words.replace(",", " ").replace(".", " ").split()]
    if letter and "letter" in named:
        return "letter"
    return next((genre for genre in named if genre in model.DIVISION_TYPES and genre != "letter"), "")
