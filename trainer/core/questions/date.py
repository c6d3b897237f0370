"""`date`: a day, a month or a year to type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.answers import as_choice
from trainer.core.grading.date_reading import read_dates, weekday_of
from trainer.core.names import Names
from trainer.core.near import near_dates
from trainer.core.normalise import normalise
from trainer.core.partial_date import MONTHS, PartialDate
from trainer.core.prompt import Date as ExpectedDate
from trainer.core.prompt import Prompt, TypeIn
from trainer.core.question import Draft, Fault, Note

_NEAR = 12
"""Dates near by that are kept; a choice draws three of them."""

_HINT = "dates look like 2024, 2024-06, 2024-06-13 or 13 June 2024"


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
        found = read_dates(self.answer, misspelt=False)
        message = ""
        if not found.readings:
            message = f"{self.answer!r} is not a date"
        elif not found.possible:
            message = f"{self.answer!r} is not in the calendar"
        elif len(found.possible) > 1:
            message = f"{self.answer!r} can be {' or '.join(one.words() for one in found.possible)}"
        elif found.possible[0].year is None:
            message = f"{self.answer!r} has no year"
        elif found.weekday not in (None, weekday_of(found.possible[0])):
            message = f"{self.answer!r} was another day of the week"
        if message:
            yield Fault(field="answer", message=message, hint=_HINT)

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card that takes the date in any writing."""
        (asked,) = read_dates(self.answer, misspelt=False).possible
        tells_year = asked.month is not None and self._mentions(_iso(asked._replace(month=None, day=None)))
        tells_month = asked.month is not None and self._mentions(MONTHS[asked.month - 1])
        implied = PartialDate(asked.year, asked.month if tells_month and asked.day else None)
        form = TypeIn(expected=ExpectedDate(value=_iso(asked), implied=_iso(implied) if tells_year else ""))
        others = (other.words() for other in near_dates(asked, same_year=tells_year, same_month=tells_month))
        told = f" {normalise(self.question)} "
        near = [other for other in others if f" {normalise(other)} " not in told][:_NEAR]
        prompt = Prompt(question=self.question, form=form)
        yield Draft(key="card", prompt=prompt, also=as_choice(form.answer, tuple(near)))

    def _mentions(self, word: str) -> bool:
        """Whether the question has a word of its own, in this very spelling: `may` is not May."""
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.question) is not None


def _iso(day: PartialDate) -> str:
    """`2024`, `2024-06` or `2024-06-13`."""
    widths = (4, 2, 2)
    return "-".join(f"{part:0{width}}" for part, width in zip(day, widths, strict=True) if part is not None)
