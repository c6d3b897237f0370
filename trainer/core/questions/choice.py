"""`choice`: one of several options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.prompt import Choose, Prompt
from trainer.core.question import Draft, Fault, Note, OneOrMany, many

MAX_OPTIONS = 9
DRAWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Note):
    """A question with options to pick from, shuffled each time.

    Without `distractors`, three are drawn from the names of the answer's kind in `names.yaml`, leaving out
    the names that the question mentions: list them yourself where another name of that kind would be right
    as well. At most eight distractors. One card.

        - id: took-the-chair
          type: choice
          question: Whose turn was it to hold the presidency of the CSTO after the Astana summit of 2018?
          answer: Belarus
          distractors: [Kazakhstan, Kyrgyzstan, Tajikistan]
          source: tensions-escalate#3
    """

    type: ClassVar[str] = "choice"

    question: str
    answer: str
    distractors: OneOrMany = ()

    def faults(self, names: Names) -> Iterator[Fault]:
        """Each option must be one of a kind, and there must be something to choose from."""
        given = many(self.distractors)
        right = {normalise(spelling) for spelling in (self.answer, *names.other_spellings([self.answer]))}
        seen: set[str] = set()
        for option in given:
            plain = normalise(option)
            if plain in right:
                yield Fault(field="distractors", message=f"the distractor {option!r} is the right answer")
            elif plain in seen:
                yield Fault(field="distractors", message=f"the distractor {option!r} is listed twice")
            seen.add(plain)
        if not self.answer.strip() or not all(option.strip() for option in given):
            yield Fault(field="answer", message="an option is empty")
        if len(given) >= MAX_OPTIONS:
            yield Fault(field="distractors", message=f"more than {MAX_OPTIONS - 1} distractors")
        if not given and not self._drawn(names):
            yield Fault(
                field="answer",
                message="nothing to choose from",
                hint="list distractors, or give names.yaml this answer and others of its kind",
            )

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card with the listed distractors, or with three drawn from names of the same kind."""
        given = many(self.distractors)
        form = Choose(
            answer=self.answer,
            distractors=given or self._drawn(names),
            draw=len(given) or DRAWN,
        )
        yield Draft(key="card", prompt=Prompt(question=self.question, form=form))

    def _drawn(self, names: Names) -> tuple[str, ...]:
        return names.of_the_same_kind(self.answer, unless_in=self.question)
