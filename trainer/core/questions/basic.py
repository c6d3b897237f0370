"""`basic`: a question, and an answer to judge for yourself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.names import Names
from trainer.core.prompt import Prompt, Reveal
from trainer.core.question import Draft, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic(Note):
    """A question whose answer you say to yourself, reveal, and judge. One card.

    - `question`: what is asked.
    - `answer`: what is revealed.

    For reasons, statements and whatever has more than one good wording. `basic` is what a note is when it
    names no type.

        - id: why-recalled
          question: Why, by its acting foreign minister's account, did Armenia recall Khachaturov?
          answer: To keep the alliance out of Armenia's domestic affairs.
          source: tensions-escalate#13
    """

    type: ClassVar[str] = "basic"

    question: str
    answer: str

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card that reveals the answer."""
        yield Draft(key="card", prompt=Prompt(question=self.question, form=Reveal(answer=self.answer)))
