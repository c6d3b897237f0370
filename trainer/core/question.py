"""The contract of a question type: how a note becomes cards.

A question type is one file in `questions/` with one subclass of `Note`. Its fields are the fields of the
YAML note; its docstring is its manual page. It is pure: it words prompts and picks answer forms.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from trainer.core.deck import Account
from trainer.core.names import Names
from trainer.core.prompt import AnswerForm, Prompt

OneOrMany = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A card in the making: `key` tells it from its siblings, `aspect` is what a learner is told it asks.

    `also` are other forms in which a quiz may ask the same question; `explanation` comes before the note's.
    `source` is what it cites in place of its note, and `accounts` what all sources say. A `shared` card is as
    much about other notes: its own note's hint, explanation and quote are not told with it.
    """

    key: str
    prompt: Prompt
    aspect: str = ""
    also: tuple[AnswerForm, ...] = ()
    explanation: str = ""
    source: OneOrMany = ()
    accounts: tuple[Account, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with a note that its fields' types cannot say. `field` is where it shows.

    `given` is a note's id that is none, for which another may have been meant. A fault that is a mere warning
    has a `code` of its own, so that it can be ignored alone.
    """

    field: str
    message: str
    hint: str = ""
    severity: str = "error"
    given: str = ""
    code: str = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What a note puts on the timeline; `answers` is the note of the event that this one replies to."""

    what: str
    who: tuple[str, ...] = ()
    when: str = ""
    where: str = ""
    why: tuple[str, ...] = ()
    answers: str = ""
    according_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The fields that every note may have, and what every question type does.

    - `id`: the note's name, unique in its deck, without blanks or `/`. It keeps the history together.
    - `source`: one or several of `article` or `article#paragraph`, from `sources.yaml`.
    - `tags`: one or several words to find cards by.
    - `hint`: shown before the answer, on request.
    - `explanation`: shown after the answer.
    - `as_of`: the date the fact held: `2024`, `2024-06` or `2024-06-13`.
    - `superseded_by`: the id of the note that has taken its place; it is not asked any more.
    - `quote`: a few words said in public, shown after the answer.
    - `speaker`: who said them.
    """

    type: ClassVar[str]
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str = ""
    source: OneOrMany = ()
    tags: OneOrMany = ()
    hint: str = ""
    explanation: str = ""
    as_of: str = ""
    superseded_by: str = ""
    quote: str = ""
    speaker: str = ""

    @abstractmethod
    def drafts(self, names: Names) -> Iterator[Draft]:
        """The cards of this note; only called when `faults` yields no error."""

    def faults(self, names: Names) -> Iterator[Fault]:
        """What is wrong with this note, beyond the types of its fields."""
        yield from ()

    def happening(self, names: Names) -> Happening | None:
        """What the note puts on the timeline, if it tells an event."""
        return None

    def cited(self) -> tuple[str, ...]:
        """What the note cites, as `article#paragraph`."""
        return many(self.source)

    def answering(self, current: Callable[[str], str]) -> Self:
        """The note as one that refers to what has taken the place of what it refers to."""
        return self

    @classmethod
    def drafts_across(cls, notes: Mapping[str, Self], names: Names) -> Iterator[tuple[str, Draft]]:
        """Cards made of several sound notes of this type of one deck, by id; each with the note it is of."""
        yield from ()

    @classmethod
    def faults_across(cls, notes: Mapping[str, Self]) -> Iterator[tuple[str, Fault]]:
        """What is wrong between notes of this type of one deck, by id; each with the note it is about."""
        yield from ()


def many(value: OneOrMany) -> tuple[str, ...]:
    """One or many, as many."""
    return (value,) if isinstance(value, str) else value
