"""`reversed`: two sides that ask for each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.names import Names
from trainer.core.prompt import Prompt, Reveal
from trainer.core.question import Draft, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversed(Note):
    """Two sides, each asked from the other: a person and an office, an event and its date. Two cards.

    - `front`: asks for the back on one card, and is revealed on the other.
    - `back`: the reverse.

    Only for pairs in which either side has one answer. The two cards never come on the same day.

        - id: tass
          type: reversed
          front: TASS
          back: the Russian news agency that interviewed Mnatsakanyan in November 2018
          source: tensions-escalate#11
    """

    type: ClassVar[str] = "reversed"

    front: str
    back: str

    def drafts(self, names: Names) -> Iterator[Draft]:
        """The front asks for the back, and the back for the front."""
        yield Draft(
            key="forward", aspect="front", prompt=Prompt(question=self.front, form=Reveal(answer=self.back))
        )
        yield Draft(
            key="backward", aspect="back", prompt=Prompt(question=self.back, form=Reveal(answer=self.front))
        )
