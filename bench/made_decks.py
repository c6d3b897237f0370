"""Decks drawn by a seed: notes of every usual type, with sources and names, in which nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

_SYLLABLES = (
    *("ar", "be", "chi", "da", "el", "fan", "gor", "ha", "il", "jo", "ka", "lu", "mar", "ne", "or", "pet"),
    *("qua", "ros", "sam", "tir", "ul", "ven", "wal", "xan", "yor", "zel"),
)
_KINDS = ("person", "place", "organisation")
_NAMES = 120
_SOURCES = 60
_PARAGRAPHS = 40
_MIX = (30, 22, 10, 10, 10, 5, 5, 3, 5)
"""How many of a hundred notes are of which type, in the order of `_TYPES`."""


class Note(NamedTuple):
    """A note as YAML, and how many cards it makes."""

    text: str
    cards: int


def make_decks(folder: Path, *, cards: int, decks: int, seed: int) -> None:
    """Write deck files with so many cards in all, spread evenly, and what serves them."""
    draw = Random(f"decks {seed}")
    folder.mkdir(parents=True, exist_ok=True)
    names = _names(draw)
    (folder / "sources.yaml").write_text(_sources(), encoding="utf-8")
    (folder / "names.yaml").write_text(_names_file(names), encoding="utf-8")
    for number in range(decks):
        own = cards * (number + 1) // decks - cards * number // decks
        with (folder / f"deck-{number:04}.yaml").open("w", encoding="utf-8") as file:
            file.write(f"title: Events of the year {1800 + number}\ntags: [history]\nnotes:\n")
            file.writelines(_notes(draw, names, cards=own, deck=number))


def _notes(draw: Random, names: list[str], *, cards: int, deck: int) -> Iterator[str]:
    left, number = cards, 0
    while left > 0:
        kind = draw.choices(_TYPES, _MIX)[0] if left > 1 else _basic
        note = kind(draw, names, f"case {deck}-{number}")
        yield f"  - id: n{number}\n{note.text}"
        if draw.random() < 0.3:
            yield f"    tags: t{draw.randrange(50)}\n"
        yield f"    source: report-{draw.randrange(_SOURCES)}#{draw.randrange(1, _PARAGRAPHS + 1)}\n"
        left -= note.cards
        number += 1


def _basic(draw: Random, names: list[str], case: str) -> Note:
    who, where = draw.choice(names), draw.choice(names)
    question = f"Why, by the report on {case}, did {who} leave the talks at {where}?"
    answer = f"The terms of {_word(draw)} and {_word(draw)} could not be met before the end of {_word(draw)}."
    return Note(f"    question: {question}\n    answer: {answer}\n", 1)


def _typed(draw: Random, names: list[str], case: str) -> Note:
    question = f"Who signed the treaty of {_word(draw)} that ended {case}?"
    answer = draw.choice(names) if draw.random() < 0.5 else f"{_word(draw)} {_word(draw)} of {case}"
    return Note(f"    type: typed\n    question: {question}\n    answer: {answer}\n", 1)


def _number(draw: Random, names: list[str], case: str) -> Note:
    question = f"How many people, by the count of {_word(draw)}, lived in {draw.choice(names)} at {case}?"
    return Note(f"    type: number\n    question: {question}\n    answer: {draw.randrange(100, 90_000)}\n", 1)


def _date(draw: Random, names: list[str], case: str) -> Note:
    day = f"{draw.randrange(1800, 2020)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
    question = f"On which day did {draw.choice(names)} recall the envoys of {case}?"
    return Note(f"    type: date\n    question: {question}\n    answer: {day}\n", 1)


def _choice(draw: Random, names: list[str], case: str) -> Note:
    right, *wrong = draw.sample(names, 4)
    question = f"Which side opened the talks of {_word(draw)} about {case}?"
    text = f"    type: choice\n    question: {question}\n    answer: {right}\n"
    return Note(f"{text}    distractors: [{', '.join(wrong)}]\n", 1)


def _list(draw: Random, names: list[str], case: str) -> Note:
    question = f"Which three sides signed the protocol of {case} at {_word(draw)}?"
    answers = ", ".join(draw.sample(names, 3))
    return Note(f"    type: list\n    question: {question}\n    answers: [{answers}]\n", 1)


def _true_false(draw: Random, names: list[str], case: str) -> Note:
    statement = f"{draw.choice(names)} held the chair of {_word(draw)} all through {case}."
    text = f"    type: true-false\n    statement: {statement}\n"
    if draw.random() < 0.5:
        return Note(f"{text}    answer: true\n", 1)
    return Note(f"{text}    answer: false\n    correction: It was {draw.choice(names)}.\n", 1)


def _reversed(draw: Random, names: list[str], case: str) -> Note:
    front = f"the {_word(draw)} clause of {case}"
    back = f"what {draw.choice(names)} asked for in the {_word(draw)} round of {case}"
    return Note(f"    type: reversed\n    front: {front}\n    back: {back}\n", 2)


def _cloze(draw: Random, names: list[str], case: str) -> Note:
    first, second = draw.sample(names, 2)
    text = f"In {case}, {{{{1::{first}}}}} sent a note of protest over {_word(draw)} to {{{{2::{second}}}}}."
    return Note(f"    type: cloze\n    text: {text}\n", 2)


_TYPES: tuple[Callable[[Random, list[str], str], Note], ...] = (
    *(_basic, _typed, _number, _date, _choice, _list, _true_false, _reversed, _cloze),
)


def _word(draw: Random) -> str:
    return "".join(draw.sample(_SYLLABLES, 3)).capitalize()


def _names(draw: Random) -> list[str]:
    """Names of two words, each once."""
    names: dict[str, None] = {}
    while len(names) < _NAMES:
        names[f"{_word(draw)} {_word(draw)}"] = None
    return list(names)


def _names_file(names: list[str]) -> str:
    return "".join(
        f"name-{number}:\n  name: {name}\n  kind: {_KINDS[number % len(_KINDS)]}\n"
        for number, name in enumerate(names)
    )


def _sources() -> str:
    return "".join(
        f"report-{number}:\n  title: The report of week {number}\n  publisher: The observer\n"
        f"  published: 2024-06-13\n  url: https://example.org/{number}\n"
        for number in range(_SOURCES)
    )
