"""Debates, interviews and catechisms: what is said in turn by those whom a label names, in chapters or sittings."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from benchmarks.invented.book import SPEAKER, SPOKEN, Book
from benchmarks.invented.conventions import PROSE
from benchmarks.invented.words import ORDINALS, PLACES, roman

LABELS: dict[str, Callable[[str], str]] = {  # of "Mr. Holm", as it is set before what he says
    "MR. HOLM: x": lambda who: f"{SPEAKER}{who.upper()}: {SPOKEN}",
    "MR. HOLM.--x": lambda who: f"{SPEAKER}{who.upper()}.--{SPOKEN}",
    "MR. HOLM. x": lambda who: f"{SPEAKER}{who.upper()}. {SPOKEN}",
    "Mr. HOLM: x": lambda who: f"{SPEAKER}{who.rpartition(' ')[0]} {who.split()[-1].upper()}: {SPOKEN}",
    "Mr. Holm: x": lambda who: f"{SPEAKER}{who}: {SPOKEN}",
    "_Mr. Holm._ x": lambda who: f"{SPEAKER}_{who}._ {SPOKEN}",
    "_Mr. Holm_: x": lambda who: f"{SPEAKER}_{who}_: {SPOKEN}",
    "_Mr. Holm._--x": lambda who: f"{SPEAKER}_{who}._--{SPOKEN}",
}
DEBATE: dict[str, tuple[str, ...]] = {
    **{name: PROSE[name] for name in ("header", "titlepage", "halftitle", "contents", "front", "place", "gaps", "paragraphs", "back")},
    "notes": ("none", "none", "none", "bracket-chapter", "footnote-after"),
    "kind": ("debate", "debate", "interview", "catechism", "catechism"),
    "parts": ("none", "CHAPTER I.", "FIRST SITTING.", "TITLE", "LESSON I + title"),
    "label": tuple(LABELS),
    "questions": ("Q. x", "_Q._ x", "Q.--x", "QUESTION: x", "_Question._ x", "1. Q. x"),
    "answers": ("apart", "apart", "below"),
    "narrated": ("none", "none", "remarks"),
    "title": ("none",),
}  # fmt: skip


class Debate(Book):
    """A debate, an interview or a catechism."""

    conventions = DEBATE

    def agree(self) -> None:
        """Answers stand right below their questions only where lines are set close."""
        c = self.c
        if c["kind"] != "catechism" or c["paragraphs"] != "blank":
            c["answers"] = "apart"
        if c["parts"] == "none":
            c["contents"] = c["halftitle"] = "none"
            self.unparted = True

    def body(self) -> None:
        """The parts, each with what is said in it."""
        words, number = self.words, 0
        places = self.chance.sample(PLACES, 5)
        self.people = [f"{self.chance.choice(('Mr.', 'Mrs.', 'Dr.'))} {place}" for place in places] + ["The Chairman"]
        if self.c["kind"] == "interview":
            self.people = [self.people[0], "The Reporter"]
        for k in range(1, self.chance.randint(3, 5) if self.c["parts"] != "none" else 2):
            if self.c["parts"] != "none":
                title = words.title().upper()
                lines = {
                    "CHAPTER I.": [f"CHAPTER {roman(k)}."], "FIRST SITTING.": [f"{ORDINALS[k - 1].upper()} SITTING."], "TITLE": [title],
                    "LESSON I + title": [f"LESSON {roman(k)}", title],
                }[self.c["parts"]]  # fmt: skip
                self.entries.append((1, ". ".join(lines)))
                self.head(self.gaps[1], lines, 1, apart=self.chance.random() < 0.5)
            if self.c["kind"] != "catechism" and self.chance.random() < 0.5:
                self.prose(1, first=self.gaps[2])
            for _ in range(self.chance.randint(10, 16)):
                number += 1
                self.turn(number)
            self.notes_of_chapter()

    def turn(self, number: int) -> None:
        """One speech, or one question with its answer."""
        c, words = self.c, self.words
        gap = max(1, self.gaps[3])
        if c["kind"] == "catechism":
            shape = c["questions"]
            question, answer = (
                ("QUESTION: ", "ANSWER: ") if shape.startswith("QUESTION")
                else ("_Question._ ", "_Answer._ ") if "Question" in shape
                else (shape.replace("1.", f"{number}.").removesuffix("x"), shape.removeprefix("1. ").replace("Q", "A").removesuffix("x"))
            )  # fmt: skip
            asked = words.clause().replace("the ", "what ", 1)
            self.said(gap, f"{SPEAKER}{question}{SPOKEN}{asked[0].upper()}{asked[1:]}?")
            self.said(0 if c["answers"] == "below" else gap, f"{SPEAKER}{answer}{SPOKEN}{words.sentence()}")
            return
        who = self.people[number % 2] if c["kind"] == "interview" else self.chance.choice(self.people)
        self.said(gap, LABELS[c["label"]](who) + words.paragraph(self.chance.randint(1, 4), speech=False))
        if c["narrated"] == "remarks" and self.chance.random() < 0.1:
            self.put(gap, f"The meeting then turned to the {words.one(words.things)}, and heard the report on it.", "x")

    def said(self, gap: int, text: str) -> None:
        """A speech behind its label."""
        self.put(gap, [text] if self.c["paragraphs"] == "unwrapped" else textwrap.wrap(text, 72, break_on_hyphens=False), "sp")
