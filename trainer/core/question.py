"""The contract of a question type: how a note becomes cards.

A question type is one file in `questions/` with one subclass of `Note`. Its fields are the fields of the
YAML note; its docstring is its manual page. It is pure: it words prompts and picks answer forms.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.names import Names
from trainer.core.prompt import AnswerForm, Prompt

OneOrMany = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A card in the making: `key` tells it from its siblings, `aspect` is what a learner is told it asks.

    `also` are other forms in which a quiz may ask the same question; `explanation` comes before the note's.
    """

    key: str
    prompt: Prompt
    aspect: str = ""
    also: tuple[AnswerForm, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with a note that its fields' types cannot say. `field` is where it shows."""

    field: str
    message: str
    hint: str = ""
    severity: str = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The fields that every note may have, and what every question type does."""

    type: ClassVar[str]
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str = ""
    source: OneOrMany = ()
    tags: OneOrMany = ()
    hint: str = ""
    explanation: str = ""
    as_of: str = ""
    quote: str = ""
    speaker: str = ""

    @abstractmethod
    def drafts(self, names: Names) -> Iterator[Draft]:
        """The cards of this note; only called when `faults` yields no error."""

    def faults(self, names: Names) -> Iterator[Fault]:
        """What is wrong with this note, beyond the types of its fields."""
        yield from ()


def many(value: OneOrMany) -> tuple[str, ...]:
    """One or many, as many."""
    return (value,) if isinstance(value, str) else value
