"""`number`: a number to type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from trainer.core.answers import as_choice
from trainer.core.grading.numbers import judge_number, other_numbers
from trainer.core.grading.quantity import read_number
from trainer.core.names import Names
from trainer.core.near import near_numbers
from trainer.core.normalise import normalise
from trainer.core.prompt import Number as ExpectedNumber
from trainer.core.prompt import Prompt, TypeIn
from trainer.core.question import Draft, Fault, Note

_SHARE = "%"
_WHOLE = Fraction(100)
"""A whole, as a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Note):
    """A question whose answer is a number. One card.

    - `question`: what is asked.
    - `answer`: the number, as it is to be shown: `598,000`, `$598,000`, `1.5 million`, `six`.
    - `unit`: what it is counted in: `%`, `km`, `dollars`. It may be typed or left out; another unit is wrong
      unless it comes to the same. A unit that is part of `answer` does as well.
    - `tolerance`: how far off still counts: `5`, or a share of the number, `5%`. Left out, nothing does.

    Any usual way to write the number is right. A quiz may ask for it as a choice among numbers near by.

        - id: relations-seen-as-bad
          type: number
          question: >-
            By Emil Avdaliani's account of 2024, to what share of Armenians had those risen who see their
            country's relations with Russia as bad?
          answer: 66
          unit: "%"
          source: verge-of-leaving#3
    """

    type: ClassVar[str] = "number"

    question: str
    answer: str
    unit: str = ""
    tolerance: str = ""

    def faults(self, names: Names) -> Iterator[Fault]:
        """Answer and tolerance must be numbers, and the unit one that fits both."""
        read = read_number(self.answer, self.unit)
        if read is None:
            hint = "numbers look like 598,000, $598,000, 1.5 million or six"
            yield Fault(field="answer", message=f"{self.answer!r} is not a number", hint=hint)
        elif self.unit and read.unit:
            hint = "write the unit into one of them"
            message = f"the answer {self.answer!r} has a unit of its own beside {self.unit!r}"
            yield Fault(field="unit", message=message, hint=hint)
        elif judge_number(self._expected, self._expected.answer).kind != "right":
            hint = "put thousand, million and their like into 'answer'"
            yield Fault(field="unit", message=f"{self.unit!r} is not a unit", hint=hint)
        off = read_number(self.tolerance)
        # `5 m` is five million, or metres where metres are expected: as a tolerance it says neither.
        is_clear = off is not None and off == read_number(self.tolerance, "m")
        if self.tolerance and not (off and is_clear and off.value >= 0 and off.unit in ("", _SHARE)):
            hint = "a tolerance looks like 5 or, as a share of the answer, 5%"
            message = f"the tolerance {self.tolerance!r} is not a number or a share"
            yield Fault(field="tolerance", message=message, hint=hint)

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card that takes the number in any writing."""
        form = TypeIn(expected=self._expected)
        prompt = Prompt(question=self.question, form=form)
        yield Draft(key="card", prompt=prompt, also=as_choice(form.answer, self._near()))

    @property
    def _expected(self) -> ExpectedNumber:
        return ExpectedNumber(value=self.answer, unit=self.unit, tolerance=self.tolerance)

    def _near(self) -> tuple[str, ...]:
        """Numbers near by that are wrong, possible, and not mentioned in the question."""
        mentioned = f" {normalise(self.question)} "
        near = near_numbers(self.answer)
        if self.answer.isascii() and self.answer.isdigit() and not self.unit and not self.tolerance:
            # Of whole numbers only the very same one is right, and their digits are all there is to compare.
            return tuple([other for other in near if f" {other} " not in mentioned])
        options = [ExpectedNumber(value=other, unit=self.unit).answer for other in near]
        answer = read_number(self._expected.answer, self.unit)
        if answer is not None and answer.unit == _SHARE and answer.value <= _WHOLE:
            options = [option for option in options if not self._is_too_much(option)]
        wrong = other_numbers(self._expected, options)
        return tuple(option for option in wrong if f" {normalise(option)} " not in mentioned)

    def _is_too_much(self, option: str) -> bool:
        """Whether an option is more than a whole."""
        other = read_number(option, self.unit)
        return other is not None and other.value > _WHOLE
