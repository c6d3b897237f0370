"""The contract of a rule of the craft: what makes a sound note a poor question.

A rule is one file in `rules/` with one subclass of `Rule`. Its docstring is its manual page, with a bad and a
good example. It is pure, and looks at one note with its cards, or at all the notes of the decks checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from itertools import chain
from typing import ClassVar

from trainer.core.deck import Card, Name, Source
from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.question import Note

Where = tuple[str | int, ...]
"""The way from a note, a deck or an entry to one of its values: `("distractors", 2)`."""

_QUESTIONS = ("question", "statement", "text")
_ANSWERS = ("answer", "answers", "items", "pairs", "text")
_SIDES = {"forward": ("front", "back"), "backward": ("back", "front")}
_TOLD = re.compile(
    "question|answers?|statement|correction|text|front|back|items|pairs|what|who|did|whom|where|why|ask|accounts"
    "|says|because|explanation|hint|distractors"
)
_ASIDE = re.compile("because|correction|explanation|hint|distractors")
_NAMED = re.compile(r"(?<![\w’'])[^\W\d_][\w’'-]*")
_OWNER = re.compile(r"['’]s?(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule finds, and `where`: empty for a note, deck or entry as a whole."""

    message: str
    where: Where = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a finding may be about: a note by its id, a deck (no id), or an entry of a registry by its key."""

    path: str
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A note, the cards that are its own, and the names that serve it."""

    # No slots here and in Shelf: what several rules ask for is worked out once and kept.

    place: Place
    deck: str
    note: Note
    cards: tuple[Card, ...]
    names: Names

    @cached_property
    def fields(self) -> Mapping[str, object]:
        """The note's fields by name."""
        return {field.name: getattr(self.note, field.name) for field in fields(self.note)}

    def asked_at(self, card: Card) -> Where:
        """Where the question of a card stands."""
        for field in _QUESTIONS:
            if field in self.fields:
                return (field,)
        if card.key in _SIDES:
            return (_SIDES[card.key][0],)
        asked = self.fields.get("ask")
        return ("ask", card.key) if isinstance(asked, dict) and card.key in asked else (card.key,)

    def answered_at(self, card: Card) -> Where:
        """Where the answer of a card stands."""
        if card.key in _SIDES:
            return (_SIDES[card.key][1],)
        if self._is_event:
            return (card.key if card.key in self.fields else "what",)
        return next(((field,) for field in _ANSWERS if field in self.fields), (card.key,))

    def texts(self, *, asides: bool = False) -> Iterator[tuple[Where, str]]:
        """All that the note asks and answers, each text with its place.

        `asides` are what is told or offered besides: explanations, hints, distractors.
        """
        told = [field for field in self.fields if _TOLD.fullmatch(field)]
        if self._is_event:
            told.remove("answers")  # the id of another event
        told.sort(key=lambda field: _ASIDE.fullmatch(field) is not None)
        for field in told:
            if asides or not _ASIDE.fullmatch(field):
                yield from _texts((field,), self.fields[field])

    @cached_property
    def distractors(self) -> tuple[tuple[Where, str], ...]:
        """The distractors that the note lists, each with its place."""
        return tuple(_texts(("distractors",), self.fields.get("distractors")))

    @cached_property
    def right(self) -> tuple[tuple[Where, str], ...]:
        """What the note gives as its `answer`, one or several, each with its place."""
        return tuple(_texts(("answer",), self.fields.get("answer")))

    @property
    def _is_event(self) -> bool:
        return self.note.type == "event"

    @cached_property
    def attributed(self) -> bool:
        """Whether the note says, in a field of its own, whose word it is."""
        return bool(self.note.speaker or self.fields.get("according_to") or self.fields.get("accounts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name or a source as its registry has it."""

    place: Place
    entry: Name | Source


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All notes of the decks that are checked, in order.

    `tags` are those of whole decks. `entries` are the names and sources that serve them: only where the
    folder is checked as a whole and every deck could be read, so that what is used nowhere is unused.
    """

    notes: Sequence[Seen]
    tags: Mapping[Place, tuple[str, ...]]
    entries: Sequence[Entry] = ()

    @cached_property
    def cards(self) -> tuple[tuple[Seen, Card], ...]:
        """The cards that are asked, each with its note."""
        return tuple((seen, card) for seen in self.notes for card in seen.cards if not card.superseded_by)


class Rule:
    """One rule. `code` names it wherever it is reported, selected, ignored or explained.

    `needs_all` tells that what it finds may change with the other decks of the folder.
    """

    code: ClassVar[str]
    severity: ClassVar[str] = "warning"
    needs_all: ClassVar[bool] = False

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """What is poor about a note by itself."""
        yield from ()

    def across(self, shelf: Shelf) -> Iterator[tuple[Place, Finding]]:
        """What is poor about notes beside each other."""
        yield from ()


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared, without what shows an owner."""
    return normalise(_OWNER.sub("", text)).split()


def contains(text: str, part: str) -> bool:
    """Whether a text has the words of `part` in it, one after the other; what shows an owner is no word."""
    return f" {normalise(_OWNER.sub('', part))} " in f" {normalise(_OWNER.sub('', text))} "


def names_in(text: str) -> Iterator[tuple[str, bool]]:
    """Capitalised words, without what shows an owner; each with whether a sentence begins with it."""
    for found in _NAMED.finditer(text):
        if found[0][0].isupper():
            before = text[: found.start()].rstrip(" \n“\"'‘(")
            yield _OWNER.sub("", found[0]), not before or before[-1] in ".!?:…"


def _texts(where: Where, value: object) -> Iterator[tuple[Where, str]]:
    """The texts in a value of any shape that a field may have."""
    if isinstance(value, str):
        if value:
            yield where, value
    elif isinstance(value, tuple | list):
        yield from chain.from_iterable(_texts((*where, index), each) for index, each in enumerate(value))
    elif isinstance(value, dict):
        if where == ("pairs",):
            yield from (((*where, key), key) for key in value)
        yield from chain.from_iterable(_texts((*where, key), each) for key, each in value.items())
    elif is_dataclass(value):
        for field in fields(value):
            if _TOLD.fullmatch(field.name):
                yield from _texts((*where, field.name), getattr(value, field.name))
