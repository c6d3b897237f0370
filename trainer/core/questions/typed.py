"""`typed`: an answer to type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.answers import DRAWN, MOST, as_choice, expected_text, option_faults, same_kind
from trainer.core.names import Names
from trainer.core.prompt import Choose, Prompt, TypeIn
from trainer.core.question import Draft, Fault, Note, OneOrMany, many


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Note):
    """A question whose short answer you type. One card.

    - `question`: what is asked.
    - `answer`: what is right, one or several; the first is the one shown.
    - `distractors`: wrong options for a quiz that asks the card as a choice. Left out, names of the answer's
      kind in `names.yaml` are drawn.

    Case, accents, punctuation and articles make no difference; digits and signs do. A word misspelt is nearly
    right, unless that makes it another answer or name. Where an answer is a name in `names.yaml`, its aliases
    are right as well. An empty answer means "I don't know" and is never right. For numbers and dates, use
    `number` and `date`, which know units, tolerances and how exact a date is.

        - id: howitzers-reported-by
          type: typed
          question: Which newspaper reported that 36 Caesar howitzers would go to Armenia within 15 months?
          answer: Le Figaro
          distractors: [Politico, The Wall Street Journal, Asbarez]
          source: verge-of-leaving#5
    """

    type: ClassVar[str] = "typed"

    question: str
    answer: OneOrMany
    distractors: OneOrMany = ()

    def faults(self, names: Names) -> Iterator[Fault]:
        """An answer is needed, and an empty one could never be typed; no distractor may be right."""
        answers, given = many(self.answer), many(self.distractors)
        if not answers or not all(answer.strip() for answer in answers):
            yield Fault(field="answer", message="an answer is empty")
        yield from option_faults(answers, given, names)
        if len(given) >= MOST:
            yield Fault(field="distractors", message=f"more than {MOST - 1} distractors")

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card that takes any of the answers, in any spelling that `names.yaml` knows."""
        form = TypeIn(expected=expected_text(many(self.answer), names))
        prompt = Prompt(question=self.question, form=form)
        yield Draft(key="card", prompt=prompt, also=self._choice(names))

    def _choice(self, names: Names) -> tuple[Choose, ...]:
        answers, given = many(self.answer), many(self.distractors)
        distractors = given or same_kind(answers, names, unless_in=self.question)
        return as_choice(answers[0], distractors, draw=len(given) or DRAWN)
