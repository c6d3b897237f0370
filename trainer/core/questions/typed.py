"""`typed`: an answer to type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.names import Names
from trainer.core.prompt import Prompt, TypeIn
from trainer.core.question import Draft, Fault, Note, OneOrMany, many


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Note):
    """A question whose short answer you type.

    Case, accents, punctuation and articles make no difference. `answer` may list several; the first is the
    one shown. Where an answer is a name in `names.yaml`, its aliases are right as well. Anything else is
    shown beside the answer, for you to judge. One card.

        - id: minsk-ambassador-when
          type: typed
          question: On which day did Armenia recall its ambassador from Minsk?
          answer: [13 June 2024, June 13 2024, 2024-06-13]
          source: ambassador-recall#2
    """

    type: ClassVar[str] = "typed"

    question: str
    answer: OneOrMany

    def faults(self, names: Names) -> Iterator[Fault]:
        """An answer is needed, and an empty one could never be typed."""
        if not many(self.answer) or not all(answer.strip() for answer in many(self.answer)):
            yield Fault(field="answer", message="an answer is empty")

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card that takes any of the answers, in any spelling that `names.yaml` knows."""
        answers = many(self.answer)
        form = TypeIn(answers=answers, aliases=names.other_spellings(answers))
        yield Draft(key="card", prompt=Prompt(question=self.question, form=form))
