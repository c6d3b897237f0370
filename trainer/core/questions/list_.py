"""`list`: several things to type, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.answers import expected_text, part_faults
from trainer.core.names import Names
from trainer.core.prompt import Items, Prompt, TypeIn
from trainer.core.question import Draft, Fault, Note, many


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Note):
    """A question with several answers, all to be typed, in any order, with credit for each. One card.

    - `question`: what is asked; it had better say how many there are.
    - `answers`: the items, at least two. An item may be a list of its own: ways to say it that are all right,
      the first of them shown.

    They are typed on one line with `;` or commas between them. Where an item is a name in `names.yaml`, its
    aliases are right as well. What is too much or given twice takes away the credit of one.

        - id: other-members
          type: list
          question: >-
            Which four countries does Adam Morrow's report of early 2024 name as members of the CSTO
            beside Russia and Armenia?
          answers: [Belarus, Kazakhstan, Kyrgyzstan, Tajikistan]
          source: de-facto-frozen#4
    """

    type: ClassVar[str] = "list"

    question: str
    answers: tuple[str | tuple[str, ...], ...]

    def faults(self, names: Names) -> Iterator[Fault]:
        """At least two items, none of them empty, the same as another, or unfit for a response."""
        if len(self.answers) < 2:
            yield Fault(
                field="answers", message="a list needs at least two answers", hint="for one, there is 'typed'"
            )
        yield from part_faults("answers", map(many, self.answers), names, what="item")

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card that takes the items in any order."""
        items = tuple(expected_text(many(item), names) for item in self.answers)
        form = TypeIn(expected=Items(items=items))
        yield Draft(key="card", prompt=Prompt(question=self.question, form=form))
