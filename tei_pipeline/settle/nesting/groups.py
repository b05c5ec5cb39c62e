"""Groups: what the headings of a book tell of each other: which stand over several others, which are alike whatever their space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.settle.nesting.gaps import APART, SMALL, WIDE, look
from tei_pipeline.settle.nesting.listed_groups import DEEPER
from tei_pipeline.settle.nesting.meeting import CHAPTER
from tei_pipeline.settle.nesting.styles import MOTTO, Style, has_title, textless


def noted_each(styles: list[Style]) -> list[Style]:
    """Notes below nearly every title that has text, or every chapter, far more often than once in a work, are those of pieces, whatever
    holds these.
    """
    titles = [k for k, style in enumerate(styles) if style.family == "title" and not (style.textless or style.front or style.introduces)]
    chapters = [k for k, style in enumerate(styles) if style.labelled and style.rank == CHAPTER]
    if not any(_noted(styles, pieces) >= max(FEW, NEARLY * len(pieces)) for pieces in (titles, chapters)):
        return styles
    return [replace(style, each=True) if style.family == "notes" else style for style in styles]


def _noted(styles: Sequence[Style], pieces: Sequence[int]) -> int:
    """How many of the pieces have notes right below them."""
    return sum(k + 1 < len(styles) and styles[k + 1].family == "notes" for k in pieces)


def labelled_alike(styles: list[Style]) -> list[Style]:
    """Chapters, and parts above them, have the white space that most of their kind have: below the title of a group there is less of it.
    So do two that the contents page has, and the first of bare numbers right below a title, or behind an introduction, when the others
    are alike.
    """
    spaces: dict[str, Counter[float]] = {}
    for style in styles:
        if style.labelled and (style.rank <= CHAPTER or style.listed):
            spaces.setdefault(style.family, Counter())[style.space] += 1
    unlisted = {style.family for style in styles if not style.listed}
    usual = {
        family: max(counts, key=lambda space: (counts[space], space))
        for family, counts in spaces.items()
        if counts.total() > 2 or family not in unlisted
    }
    even = [replace(style, space=max(style.space, usual.get(style.family, 0))) for style in styles]
    for family in ("roman", "arabic"):
        counted = [k for k, style in enumerate(styles) if style.family == family]
        others = {styles[k].space for k in counted[1:]}
        over = styles[counted[0] - 1] if len(counted) > 2 and counted[0] else None
        before = over is not None and over.family == "title" and (over.textless or over.introduces or over.front)
        if before and len(others) == 1:
            even[counted[0]] = replace(even[counted[0]], space=max(even[counted[0]].space, *others))
    return even


def groups(blocks: Sequence[Block], places: list[int], styles: list[Style], pieces: Collection[int]) -> list[Style]:
    """A heading that the contents omit but that stands over listed ones, no text between, heads a group as high as a listed one; what has
    a half title on its own leaf is one of the ``pieces``.
    """
    result = _over_nearer(_unlisted_groups(places, _introduced(styles)), [k for k, i in enumerate(places) if i in pieces])
    for k in range(len(places) - 1):
        style = styles[k]
        if style.family != "title" or style.listed:
            continue
        if any(b.kind not in BETWEEN for b in blocks[places[k] + 1 : places[k + 1]]):
            continue
        below = 0
        for other in styles[k + 1 :]:
            if other.space >= style.space and (below or other.space > style.space or not other.listed):
                break
            below += other.listed
        if below >= 2 or (below and styles[k + 1].listed):
            result[k] = replace(style, listed=True, space=max(style.space, WIDE), group=styles[k + 1].family == "title")
    return result


def _introduced(styles: list[Style]) -> list[Style]:
    """Two or more titles with hardly a line of their own, each right over an introduction or preface, are those of works."""
    works = [
        k
        for k, (style, below, then) in enumerate(zip(styles, styles[1:], styles[2:], strict=False))
        if style.family == "title" and style.own <= MOTTO and not (style.front or style.prefatory or style.introduces or style.bare)
        if (below.prefatory or below.introduces) and below.own > MOTTO and style.space >= below.space
        if then.family != "title" or then.space != below.space  # else the introduction is one piece among others
    ]
    if len(works) < 2:
        return styles
    result = [replace(style, work=True) if k in works else style for k, style in enumerate(styles)]
    return [
        replace(style, space=min(style.space, result[k - 1].space - 0.5)) if k - 1 in works else style for k, style in enumerate(result)
    ]


def _unlisted_groups(places: list[int], styles: list[Style]) -> list[Style]:
    """Two or more titles without text of their own, each over two or more with text and as much white space, head groups; when the
    contents page has them, all of them do. The first may stand farther from the title page than they do from what is above them. Numbered
    parts of a piece, nearer to the text above than pieces are, stand in it.
    """
    bare = [k for k in range(len(places) - 1) if styles[k].family == "title" and not styles[k].front and styles[k].textless]
    bare = [k for k in bare if styles[k + 1].family == "title" or styles[k + 1].space >= styles[k].space]  # else a piece in parts
    heading = []
    for k, stop in pairwise([*bare, len(places)]):
        below, space = 0, min(styles[k].space, styles[bare[-1]].space) if k == bare[0] else styles[k].space
        for style in styles[k + 1 : stop]:
            if style.family == "notes" or (below and style.counted and styles[k].paged):
                continue
            if below and style.family != "title" and style.space < space:
                continue  # a part of the piece above it
            if style.family != "title" or style.space != space:
                break
            below += 1
        if below >= 2 and (styles[k + 1].listed or not styles[k].listed):
            heading.append(k)
    result = list(styles)
    if len(heading) < len(bare):
        heading = [k for k in heading if not styles[k].listed]  # of those that the contents page has, all do
    if len(heading) >= 2:
        for k in heading:
            result[k] = replace(styles[k], space=min(styles[k].space, styles[heading[-1]].space) + 0.5, group=True)
    return result


def _over_nearer(styles: list[Style], pieces: Collection[int]) -> list[Style]:
    """On pages too, titles of the contents page without text of their own head groups, where there are several, and each stands right over
    titles that are all nearer to the text above them.
    """
    titles = [k for k, s in enumerate(styles[:-1]) if s.paged and s.family == "title" and not (s.front or s.closing or s.bare)]
    bare = [k for k in titles if styles[k].textless and k not in pieces and not styles[k + 1].counted]
    for k, stop in pairwise([*bare, len(styles)]):
        below = list(
            takewhile(lambda s: s.family == "title" and not (s.front or s.closing), (s for s in styles[k + 1 : stop] if not s.counted))
        )
        if not below or not styles[k].listed or any(s.space >= styles[k].space for s in below):
            return styles
    return [replace(s, group=True) if k in bare else s for k, s in enumerate(styles)] if len(bare) >= FEWEST_GROUPS else styles


def outer(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> list[Style]:
    """Numbers right above a number one of the same kind that run on among themselves, perhaps anew in each series, are those of groups."""
    result = list(styles)
    for family in ("roman", "arabic"):
        over = [
            k
            for k, (a, b) in enumerate(pairwise(styles))
            if a.family == b.family == family
            and a.textless
            and b.first
            and blocks[places[k]].rows[0].gap > blocks[places[k + 1]].rows[0].gap
        ]
        numbers = [blocks[places[k]].facts.number for k in over]
        if len(over) > 1 and max(numbers) > 1 and all(b in (a + 1, 1) for a, b in pairwise([0, *numbers])):
            for k in over:
                result[k] = replace(styles[k], family="labelled:group", rank=styles[k].rank - 1)
    return result


def numbered_groups(
    blocks: Sequence[Block], places: Sequence[int], styles: list[Style], listed: Mapping[int, int] | None = None
) -> list[Style]:
    """Numbers with titles, each of them right over a title that stands no farther from what is above it, head groups of pieces; so do
    the letters of a dictionary, each right over an article that begins with it, and years, each right over a letter or piece of it, or
    over the entries of its pieces in the contents page, as months are.
    """
    result = list(styles)
    for family in ("roman", "arabic", "headword"):
        counted = [k for k, style in enumerate(styles) if style.family == family and not style.closing]
        if len(counted) < FEWEST_GROUPS or counted[-1] + 1 == len(styles):
            continue
        over: Callable[[Block, Style, Block, Style], bool] = _over_title
        share = 1.0
        if family == "headword":
            years = all(_first_sign(blocks[places[k]]).isdigit() for k in counted)
            if years and any(s.over == family and s.labelled and s.rank <= CHAPTER for s in styles):
                continue  # the years of a chapter stand in it
            over, share = (_over_piece, 1.0) if years else (_over_article, NEARLY)
        told = family == "headword" and all(_listed_over(blocks, places[k], places[k + 1], listed or {}) for k in counted)
        above = [k for k in counted if family != "headword" and _holds_piece(blocks, places, styles, k, listed or {})]
        if _begin_again(styles, counted):
            continue
        if len(above) >= FEWEST_GROUPS:
            wide = max(_widest_piece(blocks, places, styles, k, listed or {}) for k in above) + DEEPER / 2
            for k in _of_count(blocks, places, counted, above):
                result[k] = replace(styles[k], family="labelled:group", rank=CHAPTER - 1, space=wide, group=True)
            continue
        fits = sum(over(blocks[places[k]], styles[k], blocks[places[k + 1]], styles[k + 1]) for k in counted)
        if not told and fits < share * len(counted):
            continue
        for k in counted:
            space = max(styles[k].space, styles[k + 1].space)
            result[k] = replace(styles[k], family="labelled:group", rank=CHAPTER - 1, space=space, group=told)
    return result


def _begin_again(styles: Sequence[Style], counted: Sequence[int]) -> bool:
    """Whether numbers run from one again right below every number of a chapter, and no title stands farther apart than they: sections."""
    first = [k for k in counted if styles[k].first]
    below = first and all(k and styles[k - 1].counted and styles[k - 1].family != styles[k].family for k in first)
    return bool(below) and len(first) >= FEWEST_GROUPS and all(styles[k + 1].space < styles[k].space for k in counted if styles[k].textless)


def _of_count(blocks: Sequence[Block], places: Sequence[int], counted: Sequence[int], above: list[int]) -> list[int]:
    """The numbers with those between them, where all run on in one count: some pieces of a count have parts, and others none."""
    run: list[int] = []
    for k in counted:
        if run and blocks[places[k]].facts.number != blocks[places[run[-1]]].facts.number + 1:
            if run[-1] >= above[-1]:
                break
            run = []
        run.append(k)
    return run if above[0] in run and above[-1] in run else above


def _holds_piece(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style], k: int, listed: Mapping[int, int]) -> bool:
    """Whether a number with a title and no text stands right over a title, whose entry the contents page sets in below its own."""
    over = styles[k].textless and has_title(blocks[places[k]]) and k + 1 < len(styles) and styles[k + 1].family == "title"
    return over and _listed_over(blocks, places[k], places[k + 1], listed)


def _widest_piece(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style], k: int, listed: Mapping[int, int]) -> float:
    """The widest white space above one of the titles below a number whose entries are set in as far as that of the first."""
    first = blocks[listed[places[k + 1]]].rows[0].indent
    below = takewhile(lambda pair: pair[0].family == "title", zip(styles[k + 1 :], places[k + 1 :], strict=True))
    return max(s.space for s, i in below if i not in listed or blocks[listed[i]].rows[0].indent == first)


def _listed_over(blocks: Sequence[Block], at: int, below: int, listed: Mapping[int, int]) -> bool:
    """Whether the contents page sets in the entry of a heading below that of the one above it."""
    return at in listed and below in listed and blocks[listed[at]].rows[0].indent < blocks[listed[below]].rows[0].indent


def _over_title(block: Block, style: Style, title: Block, below: Style) -> bool:
    """Whether a number with a title stands right over a title, which is no farther from what is above it."""
    return _over_piece(block, style, title, below) and below.family == "title" and below.space <= style.space and has_title(block)


def _over_article(block: Block, style: Style, article: Block, below: Style) -> bool:
    """Whether a letter of the alphabet stands right over a title that begins with it."""
    return _over_piece(block, style, article, below) and below.family == "title" and _first_sign(article) == _first_sign(block)


def _over_piece(block: Block, style: Style, piece: Block, below: Style) -> bool:
    """Whether a heading without text stands right over another, of what closes no book."""
    return style.textless and not below.closing and below.family not in (style.family, "notes")


def _first_sign(heading: Block) -> str:
    return heading.text.strip("_*=-. ").lower()[:1]


FEWEST_GROUPS = 2


def within_front(styles: list[Style]) -> list[Style]:
    """What stands before the body cannot hold all of it, however wide the space above: it is as high as the highest title after it."""
    result = list(styles)
    for k, style in enumerate(styles):
        if not (style.front or style.introduces):
            break
        after = [s.space for s in styles[k + 1 :] if not (s.front or s.introduces or s.closing or s.family == "notes")]
        if after and style.space > max(after):
            result[k] = replace(style, space=max(after))
    return result


def dated(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> list[Style]:
    """Titles right over the date of their piece are alike: where most have wide space before them, one without lost it in conversion."""
    dated = [k for k, i in enumerate(places) if styles[k].family == "title" and i + 1 < len(blocks) and blocks[i + 1].kind == "dateline"]
    wide = sum(styles[k].space == WIDE for k in dated)
    result = list(styles)
    for k in dated:
        if styles[k].space == SMALL and wide > 0.6 * len(dated):
            result[k] = replace(styles[k], space=WIDE)
    return result


def letters(blocks: Sequence[Block], places: list[int], styles: list[Style], layout: Layout) -> list[Style]:
    """Titles that name the writer or receiver of a letter are alike, whatever stands above one of them, a date below it or not; so are
    those that look like them over the date of their piece: a memorandum, a page of a journal.
    """
    named = [k for k, style in enumerate(styles) if style.letter]
    if len(named) < FEWEST_LETTERS:
        return styles
    usual = Counter(styles[k].space for k in named)
    space = max(usual, key=lambda space: (usual[space], space))
    widest = max(usual)
    looks = {look(blocks[places[k]], layout) for k in named}
    names = layout.language.receivers
    listed = any(styles[k].listed for k in named)
    result = list(styles)
    for k, style in enumerate(styles):
        text = blocks[places[k]].text.strip("_*=")
        if style.letter or (
            style.family == "title"
            and (not style.listed or (listed and fold(text.split(" ", 1)[0]) in names))
            and look(blocks[places[k]], layout) in looks
            and (
                (style.space <= space and any(fold(word) in names for word in text.split()))
                or (style.space <= widest and _is_dated(blocks, places[k]))
            )
        ):
            result[k] = replace(style, space=space, letter=True)
    return result


def _is_dated(blocks: Sequence[Block], at: int) -> bool:
    """Whether a date stands right below a title in italics."""
    return blocks[at].text[0] == "_" and at + 1 < len(blocks) and blocks[at + 1].kind == "dateline"


FEWEST_LETTERS = 3
FEW = 5  # headings of one look: fewer tell nothing of what the contents page names
NEARLY = 0.8  # of them are in the contents: then they all should be
MOST = 2 / 3  # of titles over prose, if it omits no two in a row: those would be sections of the piece above them


def listed_alike(
    blocks: Sequence[Block], places: Sequence[int], listed: Collection[int], gaps: Mapping[int, int], layout: Layout
) -> frozenset[int]:
    """The headings of the contents page, and the few that it omits, or spells otherwise, of a kind of which it has nearly all."""
    kinds: dict[tuple[object, ...], list[int]] = {}
    for i in places:
        if _is_piece(blocks[i]) and not textless(blocks, i):
            kinds.setdefault((look(blocks[i], layout), gaps[i]), []).append(i)
    found = frozenset(listed)
    for alike in kinds.values():
        named = [i in listed for i in alike]
        poems = [i for i in alike if _over_verse(blocks, i)]
        if len(poems) >= max(FEW, MOST * len(alike)) and sum(i in listed for i in poems) >= NEARLY * len(poems):
            found = found.union(poems)
        alone = gaps[alike[0]] >= APART and all(a or b for a, b in pairwise(named)) and not any(textless(blocks, i) for i in alike)
        if len(alike) >= FEW and alone and sum(named) >= MOST * len(named):
            found = found.union(alike)
    return found


def _is_piece(heading: Block) -> bool:
    """Whether a heading is a title, or says no more than that a poem stands below it: SONG."""
    titled = heading.facts.type in ("capitals", "title") and not heading.facts.division
    return titled or (heading.facts.type, heading.facts.division) == ("named", "poem")


def _over_verse(blocks: Sequence[Block], at: int) -> bool:
    return any(block.kind == "verse" for block in blocks[at + 1 : at + 3])
