"""Plays as a whole: what describes the stage, and whether speeches are verse."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Container, Facts, Rows, is_note, is_set_in
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.measuring.verse.lineation import LINE_NUMBER, breaks_word, could_hold
from tei_pipeline.measuring.verse.stanzas import LOOSE
from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label
from tei_pipeline.rules.shape import starts_upper
from tei_pipeline.rules.verse.beside_verse import without_direction
from tei_pipeline.rules.verse.stanzas import NARROW
from tei_pipeline.rules.words import words
from tei_pipeline.settle.drama.last_words import is_told

_DESCRIBES = frozenset(("paragraph", "subtitle", "byline", "verse", "signed", "dateline"))
SAID = frozenset(("paragraph", "verse"))
MOST_BEFORE = 4  # blocks between a title and the first speech that describe the stage; more is a preface
FAR_RIGHT = 8  # columns: deeper than any stanza sets its lines in
SET_IN = 3  # columns: verses beside prose stand farther in than the names before speeches
SONG = 4  # verses between a heading and the first speaker that are sung or spoken
MONOLOGUE = 3  # lines
FEWEST_SCENES = 3  # whose headings say where they are
LONGEST_PLACE = 4  # lines behind the number of a scene that say where it is, and what is seen there
CERTAIN = 4  # lines that follow another in a speech and begin with a capital: fewer may be chance
PURPOSE = 0.7  # of the lines of speeches ended before the measure; in prose hardly any do
BROKEN = 2  # words that lines part: prose
NEARLY = 0.8  # of the lines that follow another begin with a capital in verse; in prose an eighth, a third where nouns have one


def staging(blocks: list[Block], layout: Layout) -> list[Block]:
    """In a play what stands between the heading of an act or scene, or the last heading of all, and the first speech describes the
    stage; below other headings it tells the tale, where a play stands among tales.
    """
    if not layout.acted:
        return blocks
    result = list(blocks)
    told = is_told(blocks)
    opened = False
    above = ""
    level = 0
    scenes = [block.facts.level for block in blocks if block.kind == "heading" and block.facts.division == "scene"]
    headed = _says_where(blocks) >= FEWEST_SCENES
    for i, block in enumerate(blocks):
        if block.kind in BETWEEN or is_note(block):
            continue
        if block.kind == "heading":
            above = block.facts.division
            level = block.facts.level if above != "scene" else level
            opened = block.facts.division in ("act", "scene") or (not told and above != "argument" and _leads_to_speech(blocks, i))
        elif block.kind in ("paragraph", "subtitle") and not block.within and (label := _scene_label(block, layout)) is not None:
            enclosed = block.text[label.length :].lstrip()[:1] == "(" and block.text.rstrip(". ")[-1] == ")"  # SCENE I (Anna, the Miller)
            titled = (headed or enclosed) and len(block.rows) <= LONGEST_PLACE
            why = "says where it is, or who is there, as headings do" if titled else "goes on to describe it: a scene without a heading"
            decision = Decision("staging", f"begins with the number of a scene and {why}", 0.85)
            facts = Facts(scenes[0] if scenes else level + 1, "scene", label.n, label.number, label.length, "labelled" if titled else "")
            result[i] = replace(block, kind="heading" if titled else "stage", facts=facts, decisions=(*block.decisions, decision))
            opened = True
        elif opened and _may_describe(block) and (block.kind != "verse" or len(block.rows) < SONG):
            if (above != "act" and _is_said(blocks, i)) or _says_entering(blocks, i, layout):
                continue
            decision = Decision("staging", "between the heading of a scene and its first speech", 0.85)
            result[i] = replace(block, kind="stage", within=(), decisions=(*block.decisions, decision))
        elif block.kind == "stage" and not block.within and fold(block.text).strip(" .:_*") in layout.language.play_settings:
            opened = True  # SCENE, alone on its line
        elif opened and block.kind == "stage" and is_set_in(block):
            decision = Decision("staging", "a direction set in, as all that describes the scene is: no quotation", 0.85)
            result[i] = replace(block, within=(), decisions=(*block.decisions, decision))
        elif block.within or block.kind == "verse":
            opened = False  # somebody speaks, or sings before he does
    return result


def scene_places(blocks: list[Block], layout: Layout) -> list[Block]:
    """Right below the heading of an act or scene, nearer to it than that is to what is above, a title says where the scene is."""
    if not layout.drama:
        return blocks
    result = list(blocks)
    above: Block | None = None
    apart = 0  # empty lines above the heading, or above that of the act that it stands right below
    for i, block in enumerate(blocks):
        if block.kind in BETWEEN:
            continue
        titled = block.kind == "heading" and not block.within and not (block.facts.number or block.facts.division)
        if titled and above is not None and block.rows[0].gap <= 2 and block.rows[0].gap < apart:
            decision = Decision("scene-places", f"right below the heading of the {above.facts.division}", 0.85)
            result[i] = replace(block, kind="stage", facts=Facts(), decisions=(*block.decisions, decision))
        parts = block.kind == "heading" and block.facts.division in ("act", "scene")
        apart = max(block.rows[0].gap, apart if above is not None else 0) if parts else 0
        above = block if parts else None
    return result


def _says_where(blocks: Sequence[Block]) -> int:
    """How many headings of scenes say behind their number where the scene is."""
    scenes = (block for block in blocks if block.kind == "heading" and block.facts.division == "scene" and block.facts.label)
    return sum(len(block.text.rstrip(". _")) > block.facts.label + 1 for block in scenes)


def _scene_label(block: Block, layout: Layout) -> HeadLabel | None:
    label = head_label(block.text, layout.language)
    return label if label is not None and label.type == "scene" else None


def _may_describe(block: Block) -> bool:
    """Whether a block is text, perhaps set in from the margin as the descriptions of a whole scene often are, and says not below the title
    of the play what kind it is: A PLAY IN ONE ACT.
    """
    titles = block.kind == "subtitle" and block.decisions[-1].rule == "subtitle"
    return block.kind in _DESCRIBES and not titles and (not block.within or is_set_in(block))


def _is_said(blocks: list[Block], at: int) -> bool:
    """Whether a paragraph is the speech of somebody alone, whom the heading of the scene names: nobody else speaks before the next."""
    text = blocks[at].text
    if blocks[at].kind != "paragraph" or len(blocks[at].rows) < MONOLOGUE or text[0] in "_[(":
        return False
    for block in blocks[at + 1 :]:
        if block.kind == "heading":
            return True
        if block.within:
            return False
    return False


def _says_entering(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a paragraph without marks stands below a direction in italics or brackets that somebody comes in, where directions have such
    marks: he needs no name before what he says.
    """
    if not at or layout.unmarked_directions or layout.plain_directions or blocks[at].kind != "paragraph" or blocks[at].text[0] in "_[(":
        return False
    above = blocks[at - 1]
    return (
        above.kind == "stage" and not above.within and above.text[0] in "_[(" and words(layout.language).move.match(above.text) is not None
    )


def _leads_to_speech(blocks: list[Block], at: int) -> bool:
    """Whether nothing but a few blocks of text stand between a heading and a speech."""
    below = 0
    for block in blocks[at + 1 : at + 3 * MOST_BEFORE]:
        if block.kind in BETWEEN or is_note(block):
            continue
        if block.within and block.within[0].kind != "quotation":
            return block.within[0].kind == "speech"
        if block.kind == "heading" or below == MOST_BEFORE:
            return False
        below += 1
    return False


def verse_speeches(blocks: list[Block], layout: Layout) -> list[Block]:
    """Where nearly all lines of speeches begin with capitals the play is in verse, its speeches of one line too; where many do not,
    only the longer speeches whose lines all do so are verse, and the short ones between them.
    """
    spoken = [i for i, b in enumerate(blocks) if b.within and b.within[-1].kind == "speech" and b.kind in SAID and not _names_only(b)]
    if layout.drama:
        return _said_in_verse(blocks, spoken, layout)
    for scene in layout.scenes:
        blocks = _said_in_verse(blocks, [i for i in spoken if scene.first <= blocks[i].rows[0].line < scene.end], layout)
    return blocks


def _said_in_verse(blocks: list[Block], spoken: list[int], layout: Layout) -> list[Block]:
    """The same for the speeches of a play, or of one scene in a book that is none."""
    if sum(_is_long(blocks[i]) for i in spoken) > LONG * len(spoken):
        return blocks
    if layout.speaker_style == "run-in":
        spoken = _beside_songs(blocks, spoken)
    said = {i: without_direction(blocks[i].rows) for i in spoken}
    long = [i for i in spoken if len(said[i]) >= 2]
    capital = {i for i in long if all(starts_upper(row.text) for row in said[i][1:])}
    following = sum(len(said[i]) - 1 for i in long)
    begun = sum(starts_upper(row.text) for i in long for row in said[i][1:])
    small = _begins_small([said[i] for i in long], begun, following, layout)
    mostly = small or (len(long) >= 2 and begun >= max(CERTAIN, NEARLY * following))
    filled = {i for i in long if _fills_paragraph(blocks[i], said[i], layout)}
    prose = filled if small else filled | _prose_among_verses(blocks, said, long)
    sure = {i for i in long if i not in prose and (blocks[i].kind == "verse" or (i in capital and len(said[i]) > 2))}
    if not mostly and (len(sure) < 2 or len(sure) < 0.2 * len(long)):
        return blocks
    sure |= {i for i in capital if could_hold(said[i][0], said[i][1], layout.measure)}  # no line of prose ends so early
    result = list(blocks)
    decision = Decision("verse-speech", f"{begun} of {following} lines within speeches begin with a capital", 0.8)
    nearest = _nearest(spoken, long)
    margin = _margin_of_prose([said[i] for i in spoken], [said[i] for i in long if blocks[i].kind == "verse" or i in capital])
    for i in prose:
        why = "its first line is set in, and its lines are filled" if i in filled else "its lines go on small, verses begin with capitals"
        told = Decision("prose-speech", why, 0.8)
        result[i] = replace(result[i], kind="paragraph", decisions=(*result[i].decisions, told))
    for i in (i for i in spoken if i not in prose):
        near = nearest[i]
        between = len(near) == 2 and all(k in sure or k in capital for k in near) and any(k in sure for k in near)
        one = (len(said[i]) == 1 or i in capital or small) and said[i][0].indent > margin
        if blocks[i].kind != "verse" and (i in sure or (one and (mostly or between))):
            result[i] = replace(result[i], kind="verse", decisions=(*result[i].decisions, decision))
    return result


def _fills_paragraph(block: Block, said: Rows, layout: Layout) -> bool:
    """Whether what stands below a name begins set in as paragraphs do and goes on at the margin, and no line had room for the next word,
    though lines may begin with capitals.
    """
    below_name = layout.speaker_style == "own-line" and said[0].line != block.within[-1].key
    begins = 0 < said[0].indent - layout.margin <= DEEPEST_BEGINNING  # farther in, a verse finishes another's
    if not below_name or not begins or any(row.indent > layout.margin for row in said[1:]):
        return False
    return not any(could_hold(a, b, layout.measure) for a, b in pairwise(said))


DEEPEST_BEGINNING = 6  # columns that the first line of a paragraph is set in


def _prose_among_verses(blocks: Sequence[Block], said: dict[int, Rows], long: Sequence[int]) -> set[int]:
    """The speeches whose lines, as far left as each other, mostly go on small, and had no room for the next word, where verses begin with
    capitals: prose that was kept line for line.
    """
    versed = [i for i in long if blocks[i].kind == "verse" and len(said[i]) > 2]
    small = {i: sum(row.starts_lower and row.indent <= said[i][1].indent for row in said[i][1:]) for i in versed}
    if sum(not count for count in small.values()) < CERTAIN:
        return set()
    bare = {i: [row._replace(text=LINE_NUMBER.sub("", row.text)) for row in said[i]] for i in long}
    widths = sorted(row.width for rows in bare.values() for row in rows)
    measure = widths[int(WIDEST * (len(widths) - 1))]
    full = {i: sum(not could_hold(a, b, measure) for a, b in pairwise(bare[i])) for i in versed}
    half = {i: (len(said[i]) - 1) / 2 for i in versed}
    return {i for i in versed if small[i] > half[i] and full[i] > half[i]}


WIDEST = 0.97  # of the lines of speeches are no wider than the measure of a play


def _names_only(block: Block) -> bool:
    """Whether a block is the name before a speech, and no word of it."""
    return block.rows[0].line == block.within[-1].key and block.within[-1].label >= len(block.text)


def _is_long(block: Block) -> bool:
    """Whether a line is a whole paragraph: where prose is set so, verses are already known by their lines."""
    return any(row.width > LONGEST_VERSE for row in block.rows)


LONGEST_VERSE = 120  # characters
LONG = 0.1  # of the speeches: half of those of prose


def _beside_songs(blocks: list[Block], spoken: list[int]) -> list[int]:
    """The speeches, without the verses that a play of prose sets in below the words of its speakers, which say nothing of these."""
    named = (block for block in blocks if block.within and block.rows and block.rows[0].line == block.within[-1].key)
    margin = {block.within[-1].key: block.rows[0].indent for block in named}
    set_in: set[int] = set()
    flush = below = 0  # lines of speeches that follow the one with the name: as far left as that, and all
    for i in spoken:
        block, key = blocks[i], blocks[i].within[-1].key
        inside = margin.get(key, 0) + SET_IN
        if block.rows[0].line == key:
            below += len(block.rows) - 1
            flush += sum(row.indent < inside for row in block.rows[1:])
        elif block.kind == "verse" and min(row.indent for row in block.rows) >= inside:
            set_in.add(i)
    return [i for i in spoken if i not in set_in] if flush >= max(2 * CERTAIN, NEARLY * below) else spoken


def _begins_small(long: Sequence[Rows], begun: int, following: int, layout: Layout) -> bool:
    """Whether lines of speeches end where the next word had room, though few begin with a capital: verses, as Spanish and Italian
    books print them.
    """
    if following < 2 * CERTAIN or begun > following / 2 or layout.style == "unwrapped":
        return False
    pairs = [pair for said in long for pair in pairwise(said)]
    if sum(breaks_word(row, after) for row, after in pairs) >= BROKEN:
        return False
    loose = sum(could_hold(row, after, layout.measure) for row, after in pairs)
    return loose >= (PURPOSE if layout.measure >= NARROW else LOOSE) * following


def _margin_of_prose(spoken: Sequence[Rows], verses: Sequence[Rows]) -> int:
    """The column of the prose of a play whose verses stand farther in, so that a short line there is none; -1 where they do not."""
    margin = min((row.indent for said in spoken for row in said), default=0)
    inside = sum(min(row.indent for row in lines) > margin for lines in verses)
    return margin if len(verses) >= CERTAIN and inside >= NEARLY * len(verses) else -1


def _nearest(spoken: list[int], long: list[int]) -> dict[int, list[int]]:
    """For each speech the speeches of several lines nearest before and after it, itself aside."""
    found: dict[int, list[int]] = {}
    at = 0
    for i in spoken:
        while at < len(long) and long[at] < i:
            at += 1
        after = at + 1 if at < len(long) and long[at] == i else at
        found[i] = [long[k] for k in (at - 1, after) if 0 <= k < len(long)]
    return found


def shared_verses(blocks: list[Block], layout: Layout) -> list[Block]:
    """A verse that begins as far to the right as the last one of the speech before it ended is the second half of that verse."""
    if not layout.drama:
        return blocks
    result = list(blocks)
    last: int | None = None
    for i, block in enumerate(blocks):
        speech = block.within[-1] if block.within and block.within[-1].kind == "speech" else None
        if block.kind in BETWEEN or is_note(block) or (block.kind in ("stage", "speaker") and (speech or block.kind == "stage")):
            continue
        if block.kind != "verse" or speech is None:
            last = None
            continue
        before = blocks[last].within[-1] if last is not None else None
        if last is not None and before != speech and _begins_far(block, speech, blocks[last]):
            decision = Decision("shared-verse", "begins where the verse of the speech before ended", 0.85)
            ended, begun = result[last], result[i]
            result[last] = replace(ended, facts=replace(ended.facts, type=f"{ended.facts.type[:1] or '.'}I"))
            result[i] = replace(begun, facts=replace(begun.facts, type="F."), decisions=(*begun.decisions, decision))
        last = i
    return result


def _begins_far(block: Block, speech: Container, before: Block) -> bool:
    """Whether the first verse of a speech stands far to the right: of its own lines, or of the speaker's name before it."""
    first, end = block.rows[0], before.rows[-1]
    if speech.label < len(first.text) and speech.key == first.line:
        said = first.text[speech.label :]
        return len(said) - len(said.lstrip(" -—–")) >= FAR_RIGHT  # a dash may stand between the name and the words
    margin = min((row.indent for row in block.rows[1:]), default=before.rows[0].indent if len(before.rows) > 1 else 0)
    return first.indent >= margin + FAR_RIGHT and first.indent >= end.width - 2 * FAR_RIGHT
