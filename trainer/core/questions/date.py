"""`date`: a day, a month or a year to type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.asked_date import DATE_HINT, asked_date, wrong_date
from trainer.core.names import Names
from trainer.core.prompt import Prompt
from trainer.core.question import Draft, Fault, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Note):
    """A question whose answer is a day, a month or a year. One card.

    - `question`: what is asked. The year that it names, or the month and the year, need not be typed again.
    - `answer`: the date, as exact as it is known: `2024-06-13`, `2024-06`, `2024`, or written out as in
      `13 June 2024`.

    Any usual way to write the date is right. A less exact one counts in part: of a day, the month and year
    0.6, the year alone or what the question tells anyway 0.3; of a month, the year 0.5. Any wrong part is
    wrong. A quiz may ask for the date as a choice among dates near by.

        - id: minsk-ambassador-when
          type: date
          question: On which day did Armenia recall its ambassador from Minsk?
          answer: 2024-06-13
          source: ambassador-recall#2
    """

    type: ClassVar[str] = "date"

    question: str
    answer: str

    def faults(self, names: Names) -> Iterator[Fault]:
        """The answer must be one date of the calendar, and say its year."""
        if message := wrong_date(self.answer):
            yield Fault(field="answer", message=message, hint=DATE_HINT)

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card that takes the date in any writing."""
        form, also = asked_date(self.question, self.answer)
        yield Draft(key="card", prompt=Prompt(question=self.question, form=form), also=also)
