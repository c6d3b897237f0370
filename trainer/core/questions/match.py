"""`match`: pairs to find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.answers import MOST, identity, part_faults, unfit
from trainer.core.names import Names
from trainer.core.prompt import PAIRED, Pair, Prompt
from trainer.core.question import Draft, Fault, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Note):
    """Things of two sorts, of which each on the left belongs to one on the right. One card.

    - `question`: what is asked.
    - `pairs`: two to nine of them, as a mapping from left to right or as a list of lists of two. No two left
      sides are the same; right sides may be. Each side is one line without `;` and without ` = `.

    The score is the share of pairs that are right.

        - id: offices-of-june
          type: match
          question: Who held which office in June 2024?
          pairs:
            Maria Zakharova: spokesperson of the Russian Foreign Ministry
            Anatoly Glaz: representative of the Belarusian Foreign Ministry
            Vladimir Karapetyan: ambassador of Armenia to Ukraine
          source: [ambassador-recall#6, ambassador-recall#7, ambassador-recall#8]
    """

    type: ClassVar[str] = "match"

    question: str
    pairs: dict[str, str] | tuple[tuple[str, str], ...]

    def faults(self, names: Names) -> Iterator[Fault]:
        """Two to nine pairs, whose left sides differ and whose sides fit into a response."""
        pairs = self._pairs
        if len(pairs) < 2:
            yield Fault(field="pairs", message="there is nothing to match: fewer than two pairs")
        if len(pairs) > MOST:
            yield Fault(field="pairs", message=f"more than {MOST} pairs")
        yield from part_faults("pairs", [(left,) for left, _ in pairs], names, what="left side")
        spelt: dict[str, str] = {}
        for _, right in pairs:
            if not right.strip():
                yield Fault(field="pairs", message="one right side is empty")
                continue
            yield from unfit("pairs", right, what="right side")
            usual = spelt.setdefault(identity(right, names), right)
            if usual != right:
                yield Fault(field="pairs", message=f"{right!r} and {usual!r} are the same right side")
        if len(pairs) > 1 and len(spelt) == 1:
            yield Fault(field="pairs", message="all right sides are the same")
        for side in (side for pair in pairs for side in pair):
            if PAIRED in f" {side} ":
                hint = f"a response has {PAIRED.strip()!r} between the sides of a pair"
                yield Fault(field="pairs", message=f"the side {side!r} contains {PAIRED!r}", hint=hint)

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card with all the pairs."""
        yield Draft(key="card", prompt=Prompt(question=self.question, form=Pair(pairs=self._pairs)))

    @property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.pairs.items()) if isinstance(self.pairs, dict) else self.pairs
