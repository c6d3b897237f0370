"""`true-false`: a statement to judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.names import Names
from trainer.core.prompt import Choose, Prompt
from trainer.core.question import Draft, Fault, Note

_TRUE, _FALSE = "True", "False"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Note):
    """A statement that is true or false. One card.

    - `statement`: what is stated. The card asks "True or false?" before it.
    - `answer`: `true` or `false`; `yes` and `no` mean the same.
    - `correction`: for a false statement, what would be true. It is shown after the answer, so that nothing
      wrong is what stays in mind.

        - id: azerbaijan-in-csto
          type: true-false
          statement: By Adam Morrow's report of early 2024, Azerbaijan belongs to the CSTO.
          answer: false
          correction: Azerbaijan is no member, though it is close to Moscow.
          source: de-facto-frozen#8
    """

    type: ClassVar[str] = "true-false"

    statement: str
    answer: bool
    correction: str = ""

    def faults(self, names: Names) -> Iterator[Fault]:
        """A false statement should be put right, a true one must not be."""
        corrected = bool(self.correction.strip())
        if self.answer and corrected:
            yield Fault(
                field="correction",
                message="a true statement has nothing to correct",
                hint="put what else there is to say into 'explanation'",
            )
        if not self.answer and not corrected:
            yield Fault(
                field="statement",
                message="a false statement without a correction",
                hint="say in 'correction' what would be true",
                severity="warning",
                code="no-correction",
            )

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card with two options, which never change places."""
        right, wrong = (_TRUE, _FALSE) if self.answer else (_FALSE, _TRUE)
        form = Choose(answers=(right,), distractors=(wrong,), draw=1, order=(_TRUE, _FALSE))
        yield Draft(
            key="card",
            prompt=Prompt(question=f"True or false? {self.statement}", form=form),
            explanation=f"In fact: {self.correction}" if self.correction.strip() else "",
        )
