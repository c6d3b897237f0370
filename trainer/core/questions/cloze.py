"""`cloze`: a text with holes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.names import Names
from trainer.core.prompt import Prompt, TypeIn
from trainer.core.question import Draft, Fault, Note

_HOLE = re.compile(r"\{\{(?:(?P<number>[0-9]{1,3})::)?(?P<hidden>.*?)(?:::(?P<hint>.*?))?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hole:
    number: int
    hidden: str
    hint: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Note):
    """A text with holes in double braces, each to be typed.

    `{{hole}}` makes a card of its own. `{{1::hole}}` gives the hole a number: holes of one number are asked
    together, and the number keeps the card's history when the text is edited. `{{1::hole::hint}}` shows the
    hint in the gap. The other holes of the text are shown filled. One card a number.

        - id: protest-note
          type: cloze
          text: Russia sent {{1::Armenia::country}} a note of protest over the visit to {{2::Bucha::town}}.
          source: [ambassador-recall#7, ambassador-recall#8]
    """

    type: ClassVar[str] = "cloze"

    text: str

    def faults(self, names: Names) -> Iterator[Fault]:
        """There must be holes, closed and not empty."""
        holes = self._holes()
        if not holes:
            yield Fault(
                field="text", message="a cloze needs a hole", hint="put the words to ask for in {{ }}"
            )
        if any(not hole.hidden.strip() for hole in holes):
            yield Fault(field="text", message="a hole is empty")
        rest = _HOLE.sub("", self.text)
        if "{{" in rest or "}}" in rest:
            yield Fault(
                field="text", message="a hole is not closed, or not opened", hint="holes look like {{this}}"
            )

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card a number, with its own holes open and all others filled."""
        holes = self._holes()
        for number in sorted({hole.number for hole in holes}):
            answer = ", ".join(hole.hidden for hole in holes if hole.number == number)
            form = TypeIn(answers=(answer,), aliases=names.other_spellings((answer,)))
            yield Draft(
                key=f"c{number}",
                aspect=f"hole {number}",
                prompt=Prompt(question=self._asking(number, holes), form=form),
            )

    def _holes(self) -> list[_Hole]:
        found = list(_HOLE.finditer(self.text))
        taken = {int(hole["number"]) for hole in found if hole["number"]}
        free = (number for number in range(1, len(found) + len(taken) + 1) if number not in taken)
        return [
            _Hole(
                number=int(hole["number"]) if hole["number"] else next(free),
                hidden=hole["hidden"],
                hint=hole["hint"] or "",
                start=hole.start(),
                end=hole.end(),
            )
            for hole in found
        ]

    def _asking(self, number: int, holes: list[_Hole]) -> str:
        parts: list[str] = []
        end = 0
        for hole in holes:
            parts.append(self.text[end : hole.start])
            parts.append(f"[{hole.hint or '…'}]" if hole.number == number else hole.hidden)
            end = hole.end
        return "".join((*parts, self.text[end:]))
