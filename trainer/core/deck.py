"""What decks are made of, once read: places in files, sources, names, cards, problems."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.core.prompt import AnswerForm, Prompt


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a deck file; `line` and `column` count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article. What its entry in `sources.yaml` leaves out is an empty string.

    `published` is a date as written, possibly partial: `2024`, `2024-06`, `2024-06-13`. `short` is how a
    question names it, and `file` the absolute path of a local copy, which need not exist.
    """

    id: str
    title: str
    short: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    file: str = ""

    @property
    def called(self) -> str:
        """How a question names it: `according to RBC-Ukraine`."""
        return self.short or self.publisher or self.author or f"“{self.title}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One paragraph of a source, counted from 1; `paragraph` 0 is the source as a whole."""

    source: Source
    paragraph: int = 0

    def __str__(self) -> str:
        return f"{self.source.id}#{self.paragraph}" if self.paragraph else self.source.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person, place or organisation, under every spelling that counts as the same."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and its aliases, the name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one source says, where sources disagree; `by` is how the source is called."""

    by: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing to ask. `id` is `deck/note/key`; cards that share deck and note are siblings.

    `also` are other forms in which a quiz may ask the same question. `accounts` are what all sources say,
    for after the answer. `names` are the names of `names.yaml` that the card is about. A card that is
    `superseded_by` another note of its deck is not asked any more. A `shared` card compares its note with
    others: which those are may change when notes are added.
    """

    deck: str
    note: str
    key: str
    type: str
    aspect: str = ""
    prompt: Prompt
    also: tuple[AnswerForm, ...] = ()
    span: Span
    hint: str = ""
    explanation: str = ""
    as_of: str = ""
    quote: str = ""
    speaker: str = ""
    sources: tuple[Citation, ...] = ()
    tags: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()
    names: tuple[str, ...] = ()
    superseded_by: str = ""
    shared: bool = False

    @property
    def id(self) -> str:
        """The card's name in the review log."""
        return f"{self.deck}/{self.note}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened, as a note of type `event` tells it: what a timeline shows.

    `actors` are those who did it, by their full names. `when` is a date of any precision, `2024`, `2024-06`
    or `2024-06-13`, or empty. `answers` is the note, of the same deck, of the event that this one replies
    to; `according_to` says whose account it is, where accounts differ.
    """

    deck: str
    note: str
    what: str
    actors: tuple[str, ...] = ()
    when: str = ""
    where: str = ""
    why: tuple[str, ...] = ()
    answers: str = ""
    according_to: str = ""
    span: Span
    sources: tuple[Citation, ...] = ()

    @property
    def id(self) -> str:
        """`deck/note`: its cards are those whose ids begin so."""
        return f"{self.deck}/{self.note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """A deck file that could be read: its cards and events stand in the order of the file."""

    id: str
    title: str
    path: str
    description: str = ""
    tags: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a deck file. `severity` is `error` (the file is not used) or `warning`."""

    span: Span
    severity: str
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.span}: {self.severity}: {self.message}{hint}"
