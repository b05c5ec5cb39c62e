"""Plays: one or a volume of them, in acts and scenes of every numbering, with lists of persons, directions, prose and verse speeches."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from benchmarks.invented.book import SPEAKER, SPOKEN, STAGE, UNSEEN, VERSE, Book
from benchmarks.invented.persons import Person, list_of_persons, persons
from benchmarks.invented.words import CARDINALS, KINDS, ORDINALS, roman

ACTS: dict[str, Callable[[int], str]] = {
    "ACT I": lambda n: f"ACT {roman(n)}",
    "ACT I.": lambda n: f"ACT {roman(n)}.",
    "Act I.": lambda n: f"Act {roman(n)}.",
    "ACT 1": lambda n: f"ACT {n}",
    "ACT ONE": lambda n: f"ACT {CARDINALS[n - 1].upper()}",
    "ACT THE FIRST.": lambda n: f"ACT THE {ORDINALS[n - 1].upper()}.",
    "THE FIRST ACT": lambda n: f"THE {ORDINALS[n - 1].upper()} ACT",
    "FIRST ACT.": lambda n: f"{ORDINALS[n - 1].upper()} ACT.",
    "_ACT I._": lambda n: f"_ACT {roman(n)}._",
}
SCENES: dict[str, Callable[[int], str]] = {
    "SCENE I": lambda n: f"SCENE {roman(n)}",
    "SCENE I.": lambda n: f"SCENE {roman(n)}.",
    "Scene 1.": lambda n: f"Scene {n}.",
    "Scene I.": lambda n: f"Scene {roman(n)}.",
    "SCENE 1": lambda n: f"SCENE {n}",
    "SCENE THE FIRST.": lambda n: f"SCENE THE {ORDINALS[n - 1].upper()}.",
    "SCENE ONE": lambda n: f"SCENE {CARDINALS[n - 1].upper()}",
    "FIRST SCENE": lambda n: f"{ORDINALS[n - 1].upper()} SCENE",
    "_Scene I._": lambda n: f"_Scene {roman(n)}._",
}
OWN: dict[str, Callable[[Person], str]] = {  # the name on a line of its own
    "NAME.": lambda who: f"{who.label.upper()}.",
    "NAME": lambda who: who.label.upper(),
    "NAME:": lambda who: f"{who.label.upper()}:",
    "Name.": lambda who: f"{who.label}.",
    "_Name._": lambda who: f"_{who.label}._",
    "centred NAME.": lambda who: f"{who.label.upper()}.".center(60).rstrip(),
    "set in NAME.": lambda who: f"        {who.label.upper()}.",
}
RUN_IN: dict[str, tuple[Callable[[Person], str], str]] = {  # the name, and what stands between it and the words
    "NAME. x": (lambda who: who.label.upper(), ". "),
    "NAME: x": (lambda who: who.label.upper(), ": "),
    "NAME.--x": (lambda who: who.label.upper(), ".--"),
    "NAME--x": (lambda who: who.label.upper(), "--"),
    "NAME   x": (lambda who: who.label.upper(), "    "),
    "Name. x": (lambda who: who.label, ". "),
    "Name: x": (lambda who: who.label, ": "),
    "_Name._ x": (lambda who: f"_{who.label}._", " "),
    "_Name_: x": (lambda who: f"_{who.label}_", ": "),
    "_Name_. x": (lambda who: f"_{who.label}_", ". "),
    "_NAME._ x": (lambda who: f"_{who.label.upper()}._", " "),
    "=Name.= x": (lambda who: f"={who.label}.=", " "),
    "Nam. x": (lambda who: who.short, ". "),
    "NAM. x": (lambda who: who.short.upper(), ". "),
    "_Nam._ x": (lambda who: f"_{who.short}._", " "),
}
BRACKETS = {"(x)": "({})", "[x]": "[{}]", "_x_": "_{}_", "[_x_]": "[_{}_]", "(_x_)": "(_{}_)"}
ENDS = ("", "", "", "END OF ACT {}.", "END OF THE {} ACT.", "CURTAIN.", "_Curtain._", "[_The curtain falls._]", "THE CURTAIN FALLS.")
PLAYS: dict[str, tuple[str, ...]] = {
    "header": ("gutenberg", "none"),
    "titlepage": ("full", "full", "short", "none"),
    "halftitle": ("none", "none", "before"),
    "contents": ("none", "none", "plain", "pages", "dots", "centred"),
    "front": ("none", "none", "none", "preface", "introduction", "preface+introduction"),
    "plays": ("one", "one", "several", "several", "stories"),
    "genre": ("none", "below", "apart", "by"),
    "again": ("no", "no", "yes"),
    "parts": ("acts+scenes", "acts+scenes", "acts", "scenes", "none", "one line"),
    "act": tuple(ACTS),
    "scene": tuple(SCENES),
    "room": ("none", "none", "same line", "dash", "below", "bracketed", "labelled", "italic"),
    "present": ("none", "none", "none", "capitals", "italic"),
    "place": ("left", "left", "centred", "tab"),
    "persons": ("none", "plain", "described", "dots", "set in", "groups", "columns", "dash", "actors", "spread", "paragraph"),
    "persons head": ("DRAMATIS PERSONAE", "PERSONS OF THE PLAY", "CHARACTERS", "Persons Represented.", "_Dramatis Personæ._", "CAST"),
    "after persons": ("none", "none", "scene", "scene+time", "costumes", "synopsis", "sentence"),
    "speaker": (*OWN, *RUN_IN, "NAME.", "NAME. x", "_Name._ x"),
    "direction": tuple(BRACKETS),
    "directed": ("before point", "after point", "none"),
    "apart": ("left", "left", "set in", "right"),
    "between": ("blank", "blank", "blank", "solid"),
    "form": ("prose", "prose", "verse", "mixed"),
    "hang": ("flush", "four", "aligned", "first in"),
    "shared": ("no", "yes"),
    "song": ("none", "none", "set in", "headed"),
    "prologue": ("none", "none", "none", "spoken", "chorus"),
    "epilogue": ("none", "none", "none", "spoken"),
    "end": ENDS,
    "the end": ("none", "THE END", "CURTAIN", "FINIS."),
    "gaps": ("5/4/2/1", "4/4/2/1", "4/3/1/1", "3/2/1/1", "4/2/2/1", "6/4/3/1"),
    "paragraphs": ("blank", "blank", "blank", "blank", "unwrapped", "double"),
    "notes": ("none", "none", "none", "bracket-end", "footnote-after"),
    "back": ("none", "none", "note", "end+ads"),
    "title": ("none",),
}


class Play(Book):
    """A book of one or several plays."""

    conventions = PLAYS

    def agree(self) -> None:
        """Names on their own lines need white space above them; verses are not joined to long lines."""
        c = self.c
        self.own = c["speaker"] in OWN
        if self.own or c["paragraphs"] in ("unwrapped", "double"):
            c["between"] = "blank"
        if c["paragraphs"] == "unwrapped":
            c["form"] = "prose"
        if c["form"] == "mixed" and not self.own:
            c["form"] = "prose"  # prose that goes on below verse that does so is told from it by its sense alone
        if c["speaker"] in ("NAME   x", "=Name.= x") and c["form"] == "verse":
            c["hang"] = "flush" if c["hang"] == "first in" else c["hang"]
        if c["direction"] == "_x_" and c["speaker"].startswith("_") and not self.own:
            c["direction"] = "[_x_]"
        if c["speaker"] == "NAME--x" or (c["direction"] == "_x_" and c["directed"] == "before point"):
            c["directed"] = "none"
        if c["parts"] == "none":  # what follows a prologue then has no heading, and a half title is the play's only one
            c["prologue"] = c["epilogue"] = c["halftitle"] = "none"
        if c["plays"] == "one" and c["parts"] in ("scenes", "none"):
            c["contents"] = "none"
        if c["plays"] == "one" and c["front"] != "none":
            c["halftitle"] = "none"  # whether the acts stand below it, or beside the preface, is a matter of opinion
        if c["parts"] == "none" and c["back"] == "note":
            c["back"] = "none"  # on the last play, or on all
        if c["room"] in ("same line", "dash") and c["scene"].startswith("_"):
            c["room"] = "italic"

    # -- the whole

    def body(self) -> None:
        """One play, several, or plays among stories."""
        if self.c["plays"] == "one":
            self.play(0)
        else:
            for n in range(self.chance.randint(2, 4)):
                if self.c["plays"] == "stories" and n % 2 == 0:
                    title = self.words.title()
                    self.entries.append((1, title.upper()))
                    self.head(self.gaps[0], [title.upper()], 1)
                    self.prose(8)
                self.play(1)
        if self.c["the end"] != "none":
            self.put(3, [self.c["the end"].center(72).rstrip()], "x")

    def play(self, level: int) -> None:
        """Title, persons, acts."""
        c, chance = self.c, self.chance
        self.people = persons(self.words, chance.randint(5, 9))
        acts = chance.randint(2, 4)
        if level:
            title = self.words.title().upper()
            self.entries.append((1, title))
            self.head(self.gaps[0], [title], 1)
            genre = (
                f"A {chance.choice(('COMEDY', 'FARCE', 'TRAGEDY'))} IN {CARDINALS[acts - 1].upper()} ACTS"
                if "act" in c["parts"]
                else "A Play"
            )
            if c["genre"] != "none":
                self.put(1 if c["genre"] != "below" else 0, [genre.center(72).rstrip() if c["place"] == "centred" else genre], "x")
            if c["genre"] == "by":
                self.put(1, ["BY " + self.words.one(self.words.names).upper()], "x")
        if c["persons"] != "none":
            head = c["persons head"] if c["place"] != "centred" else c["persons head"].center(72).rstrip()
            self.put(2, [head], "x")
            for gap, lines in list_of_persons(self.people, c["persons"], self.words):
                self.put(gap, lines, "x")
            self.after_persons(acts)
        if level and c["again"] == "yes" and c["persons"] != "none":
            self.put(self.gaps[0], [title.center(72).rstrip() if c["place"] == "centred" else title], "x")
        if c["prologue"] != "none":
            self.spoken("PROLOGUE", level + 1, by=c["prologue"] == "chorus")
        self.acts(acts, level)
        if c["epilogue"] != "none":
            self.spoken("EPILOGUE", level + 1)

    def after_persons(self, acts: int) -> None:
        """What stands below the list of persons."""
        kind, words = self.c["after persons"], self.words
        place = f"{words.one(words.things)} near {words.one(words.places)}"
        if kind.startswith("scene"):
            self.put(1, [f"SCENE: A {place}."], "x")
        if kind == "scene+time":
            self.put(1, ["TIME: The present."], "x")
        if kind == "sentence":
            self.put(1, textwrap.wrap(f"The scene is laid in a {place}, in the early part of the last century.", 72), "x")
        if kind == "costumes":
            self.put(2, ["COSTUMES."], "x")
            for who in self.people[:4]:
                self.put(
                    1,
                    textwrap.wrap(f"{who.label.upper()}.--Black coat, grey breeches, and a {words.one(words.things)} in his hand.", 72),
                    "x",
                )
        if kind == "synopsis" and "acts" in self.c["parts"]:
            lines = [
                f"{ACTS[self.c['act']](n).rstrip('.').replace('_', '')}. A {words.one(words.things)} in {words.one(words.places)}."
                for n in range(1, acts + 1)
            ]
            self.put(2, lines, "x")

    def acts(self, acts: int, level: int) -> None:
        """The acts with their scenes."""
        c, chance = self.c, self.chance
        if c["parts"] == "none":
            self.setting(max(2, self.gaps[2]), "SCENE")
            self.scene(20)
            return
        if c["parts"] == "scenes":
            for k in range(1, chance.randint(3, 6)):
                self.scene_head(self.gaps[1], k, level + 1)
                self.scene(8)
            return
        for n in range(1, acts + 1):
            act = ACTS[c["act"]](n)
            if not level:
                self.entries.append((1, act.replace("_", "")))
            if c["parts"] != "one line":
                self.head(self.gaps[1], [act], level + 1)
            if c["parts"] == "acts":
                self.setting(max(1, self.gaps[2] - 1), "SCENE")
                self.scene(14)
            for k in range(1, chance.randint(2, 4)) if c["parts"] != "acts" else ():
                if c["parts"] == "one line":
                    scene = SCENES[c["scene"]](k)
                    self.head(self.gaps[1], [f"{act.replace('_', '').rstrip('.')}. {scene.replace('_', '')}"], level + 2)
                    self.setting(1, "SCENE")
                else:
                    self.scene_head(self.gaps[2], k, level + 2)
                self.scene(8)
            if c["end"]:
                said = c["end"].format(ORDINALS[n - 1].upper() if "THE" in c["end"] else roman(n))
                self.put(2, [said.center(72).rstrip() if chance.random() < 0.5 else said], "x")

    def scene_head(self, gap: int, k: int, level: int) -> None:
        """The heading of a scene, its place on the same line or below."""
        scene, room = SCENES[self.c["scene"]](k), self.c["room"]
        if room in ("same line", "dash"):
            place = f"A {self.words.one(KINDS)} {self.words.one(self.words.things)} in {self.words.one(self.words.places)}."
            joint = "--" if room == "dash" else " " if scene.endswith(".") else ". "
            self.head(gap, [f"{scene}{joint}{place}"], level)
        else:
            self.head(gap, [scene], level)
            self.setting(1, "SCENE")

    def setting(self, gap: int, word: str) -> None:
        """What the stage shows."""
        words, room = self.words, self.c["room"]
        place = (
            f"A {words.one(KINDS)} {words.one(words.things)} in {words.one(words.places)}, with a {words.one(words.things)} near the door."
        )
        text = " ".join([place, *(words.sentence() for _ in range(self.chance.randint(0, 3)))])
        shown = {"below": text, "bracketed": f"[{text}]", "labelled": f"{word}: {text}", "italic": f"_{text}_"}.get(room)
        if shown:
            self.put(gap, textwrap.wrap(shown, 72), "stage")
        who = self.chance.sample(self.people, 3)
        if self.c["present"] == "capitals":
            self.put(1, [", ".join(person.label.upper() for person in who) + "."], "stage")
        elif self.c["present"] == "italic":
            self.put(1, ["_" + ", ".join(person.label for person in who) + "._"], "stage")

    def spoken(self, name: str, level: int, by: bool = False) -> None:
        """A prologue or epilogue in verse."""
        if level == 1:
            self.entries.append((1, name))
        self.head(self.gaps[1], [name + self.chance.choice(("", "."))], level)
        if by:
            self.put(1, [f"Spoken by {self.people[0].label.upper()}."], "stage")
        for _ in range(2):
            self.put(1, self.words.verse(6), "l")

    # -- what is said and done

    def scene(self, speeches: int) -> None:
        """Speeches and directions."""
        chance = self.chance
        here = chance.sample(self.people, min(len(self.people), chance.randint(2, 4)))
        if self.c["room"] == "none" or chance.random() < 0.5:
            self.apart(f"Enter {here[0].name.upper()} and {here[1].name.upper()}.")
        song = chance.randrange(3, speeches) if self.c["song"] != "none" and chance.random() < 0.5 else -1
        last, self.column = None, 0  # where a verse that the next speaker ends was left
        for k in range(speeches):
            who = chance.choice([person for person in here if person is not last])
            last = who
            self.speech(who, song=k == song)
            if not self.column and chance.random() < 0.15:
                self.apart(self.deed(here))
        if chance.random() < 0.6:
            self.apart(chance.choice(("Exeunt.", "Exit.", f"Exit {here[0].name.upper()}.")), short=True)

    def deed(self, here: list[Person]) -> str:
        """What somebody does."""
        who, words = self.chance.choice(here).name.upper(), self.words
        return self.chance.choice(
            (
                f"Exit {who}.", f"{who} rises and goes to the {words.one(words.things)}.", "A bell rings in the distance.",
                f"Re-enter {who}, with a {words.one(words.things)}.", "A pause.",
                f"He gives the {words.one(words.things)} to {who}, who reads it in silence.",
                f"Enter {self.chance.choice(self.people).name.upper()}, in haste, carrying a {words.one(KINDS)} lamp,"
                f" and followed by all the others, who stand about the {words.one(words.things)} and whisper.",
            )
        )  # fmt: skip

    def apart(self, text: str, short: bool = False) -> None:
        """A direction on lines of its own."""
        shown = BRACKETS[self.c["direction"]].format(text)
        place = self.c["apart"]
        if place == "right" and len(shown) < 50:
            if self.c["direction"][0] == "[" and short:
                shown = shown.rstrip("]")
            self.put(1, [shown.rjust(70)], "stage")
        else:
            indent = "      " if place == "set in" else ""
            self.put(1, textwrap.wrap(shown, 72, initial_indent=indent, subsequent_indent=indent), "stage")

    def words_said(self) -> str:
        """The words of one prose speech."""
        words = self.words
        short = (
            "Yes.", "No, sir.", "I do not know.", "Never!", "What then?", "Let us go in.", f"Oh, the {words.one(words.things)}!",
            f"Where is the {words.one(words.things)}?", f"Good morning, {words.one(words.names)}.",
            f"Have you seen {words.one(words.names)}?",
        )  # fmt: skip
        return " ".join([self.chance.choice(short), *(words.sentence() for _ in range(self.chance.choice((0, 0, 1, 1, 2, 3, 5))))])

    def speech(self, who: Person, song: bool = False) -> None:
        """One speech."""
        c, chance = self.c, self.chance
        told = (
            chance.choice(("aside", "rising", "to the others", "with a low laugh"))
            if c["directed"] != "none" and chance.random() < 0.25
            else ""
        )
        told = BRACKETS[c["direction"]].format(told) if told else ""
        verse = c["form"] == "verse" or (c["form"] == "mixed" and chance.random() < 0.5)
        if self.own:
            self.own_line(who, told, verse)
        elif verse:
            self.run_in_verse(who, told)
        else:
            self.run_in(who, told)
        if song and not self.column:
            if c["song"] == "headed":
                self.put(1, ["SONG.".center(40).rstrip()], "x")
            self.put(1, [" " * 10 + line for line in self.words.verse(4)], "l")
            self.put(1, [" " * 10 + line for line in self.words.verse(4)], "l")

    def label(self, who: Person, told: str) -> str:
        """The name before a speech, with a direction, in its classes."""
        name, joint = RUN_IN[self.c["speaker"]]
        shown = SPEAKER + name(who)
        if not told:
            return shown + joint + SPOKEN
        if self.c["directed"] == "before point" and joint.strip():
            return f"{shown} {STAGE}{told}{joint}{SPOKEN}"
        return f"{shown}{joint}{STAGE}{told} {SPOKEN}"

    def run_in(self, who: Person, told: str) -> None:
        """A prose speech behind its speaker's name."""
        text = self.label(who, told) + self.words_said()
        if self.chance.random() < 0.15:
            deed = BRACKETS[self.c["direction"]].format(self.chance.choice(("He laughs.", "Pause.", "Looks at the door.")))
            text += f" {STAGE}{deed} {SPOKEN}{self.words.sentence()}"
        if self.c["notes"] != "none" and self.chance.random() < 0.04 and text.endswith("."):
            text, after = self.noted_at_end(text)
        else:
            after = False
        gap = self.above()
        self.put(gap, [text] if self.c["paragraphs"] == "unwrapped" else textwrap.wrap(text, 72, break_on_hyphens=False), "sp")
        if after:
            key, shown, said = self.waiting.pop()
            self.put(1, textwrap.wrap(shown, 72), "note", note=key, said=said)

    def above(self) -> int:
        """The empty lines above a speech that begins with the name: where speeches stand close, only those below speeches have none."""
        solid = self.c["between"] == "solid" and self.pieces[-1].lines[0].lstrip()[0] == SPEAKER
        return 0 if solid else 1

    def noted_at_end(self, text: str) -> tuple[str, bool]:
        """The text with a reference behind it."""
        marked, after = self.noted("x")
        return text + marked[1:], after

    def run_in_verse(self, who: Person, told: str) -> None:
        """Verses, the first behind the speaker's name."""
        begins, hang = self.column, self.c["hang"]
        verses = self.verses()
        label = self.label(who, told).rstrip(SPOKEN)
        width = len(label.translate(UNSEEN))
        inside = {"flush": 0, "four": 4, "aligned": width, "first in": 0}[hang]
        first = ("  " if hang == "first in" else "") + label.ljust(begins) + VERSE + verses[0]
        lines = [first, *(" " * inside + line for line in verses[1:])]
        self.column = len(lines[-1].translate(UNSEEN)) if self.column else 0
        self.put(self.above(), lines, "l")

    def verses(self) -> list[str]:
        """The verses of one speech: the second half of the verse that the speech before left, at its end perhaps half a verse."""
        words = self.words
        halves = (
            f"I saw the {words.one(words.things)}.",
            f"Where is {words.one(words.names)}?",
            f"The {words.one(words.things)}, sir.",
            "Not yet!",
        )
        found = [self.chance.choice(halves), *words.verse(self.chance.randint(1, 5))[1:]] if self.column else []
        self.column = int(self.c["shared"] == "yes" and not self.column and self.chance.random() < 0.3)
        found = found or words.verse(self.chance.randint(1, 7))
        return [*found[:-1], self.chance.choice(halves)] if self.column else found

    def own_line(self, who: Person, told: str, verse: bool) -> None:
        """The name over the speech."""
        c = self.c
        name = SPEAKER + OWN[c["speaker"]](who)
        if told and c["directed"] == "before point":
            name, told = f"{name.rstrip('.:')} {STAGE}{told}", ""
        self.put(1 if c["gaps"] != "6/4/3/1" else 2, [name], "speaker")
        if verse:
            begins = self.column
            verses = self.verses()
            if told:
                self.put(0, [told], "stage", sub="cont")
            verses[0] = " " * begins + verses[0]
            self.column = len(verses[-1]) if self.column else 0
            self.put(0, verses, "l")
        else:
            text = (f"{STAGE}{told} {SPOKEN}" if told else "") + self.words_said()
            self.put(0, [text] if c["paragraphs"] == "unwrapped" else textwrap.wrap(text, 72), "sp")
