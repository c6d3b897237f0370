"""`choice`: one or several of some options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.answers import DRAWN, MOST, fits, option_faults, part_faults, same_kind, unfit
from trainer.core.names import Names
from trainer.core.prompt import Choose, Prompt
from trainer.core.question import Draft, Fault, Note, OneOrMany, many


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Note):
    """A question with options to pick from, shuffled each time. One card.

    - `question`: what is asked.
    - `answer`: the right option. A list of them, even a list of one, means that every right option is to be
      picked and no other, with credit for each.
    - `distractors`: one or several wrong options; all of them are shown. Left out, three are drawn from the
      names of the answer's kind in `names.yaml`, without those that the question mentions: list them
      yourself where another name of that kind would be right as well.

    At most nine options in all. Of several right ones, a wrong one takes away the credit of a right one.

        - id: took-the-chair
          type: choice
          question: Whose turn was it to hold the presidency of the CSTO after the Astana summit of 2018?
          answer: Belarus
          distractors: [Kazakhstan, Kyrgyzstan, Tajikistan]
          source: tensions-escalate#3
    """

    type: ClassVar[str] = "choice"

    question: str
    answer: OneOrMany
    distractors: OneOrMany = ()

    def faults(self, names: Names) -> Iterator[Fault]:
        """Each option must be one of a kind, and there must be something to choose from."""
        answers, given = many(self.answer), many(self.distractors)
        if not answers:
            yield Fault(field="answer", message="no answer is given")
            return
        if self._several:
            yield from part_faults("answer", [(answer,) for answer in answers], names, what="answer")
            for option in given:
                yield from unfit("distractors", option, what="distractor")
        elif not answers[0].strip():
            yield Fault(field="answer", message="an answer is empty")
        yield from option_faults(answers, given, names)
        if len(answers) + (len(given) or 1) > MOST:
            yield Fault(field="distractors" if given else "answer", message=f"more than {MOST} options")
        if not given and not self._drawn(names):
            yield Fault(
                field="answer",
                message="nothing to choose from",
                hint="list distractors, or give names.yaml this answer and others of its kind",
            )

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card with the listed distractors, or with three drawn from names of the same kind."""
        answers, given = many(self.answer), many(self.distractors)
        form = Choose(
            answers=answers,
            distractors=given or self._drawn(names),
            draw=len(given) or min(DRAWN, MOST - len(answers)),
            several=self._several,
        )
        yield Draft(key="card", prompt=Prompt(question=self.question, form=form))

    @property
    def _several(self) -> bool:
        return not isinstance(self.answer, str)

    def _drawn(self, names: Names) -> tuple[str, ...]:
        found = same_kind(many(self.answer), names, unless_in=self.question)
        return tuple(filter(fits, found)) if self._several else found
