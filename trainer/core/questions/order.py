"""`order`: things to put in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.answers import MOST, part_faults
from trainer.core.names import Names
from trainer.core.prompt import Arrange, Prompt
from trainer.core.question import Draft, Fault, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Note):
    """Things that are shown shuffled and to be put in the right order: events, ranks, steps. One card.

    - `question`: what is asked; it says from where to where.
    - `items`: the things in the right order, two to nine. Each is one line without `;`, and should not give
      its place away.

    The score is the share of all pairs of items that stand in the right order.

        - id: karabakh-by-time
          type: order
          question: What happened in Nagorno-Karabakh, by Adam Morrow's report, from first to last?
          items:
            - Armenian separatist groups wrest the region from Azerbaijan
            - a war of six weeks
            - an offensive of 24 hours
          source: [de-facto-frozen#12, de-facto-frozen#13, de-facto-frozen#14]
    """

    type: ClassVar[str] = "order"

    question: str
    items: tuple[str, ...]

    def faults(self, names: Names) -> Iterator[Fault]:
        """Two to nine items, none of them empty, the same as another, or unfit for a response."""
        if len(self.items) < 2:
            yield Fault(field="items", message="there is nothing to put in order: fewer than two items")
        if len(self.items) > MOST:
            yield Fault(field="items", message=f"more than {MOST} items")
        yield from part_faults("items", [(item,) for item in self.items], names, what="item")

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card with all the items."""
        yield Draft(key="card", prompt=Prompt(question=self.question, form=Arrange(items=self.items)))
