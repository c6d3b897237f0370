"""`cloze`: a text with holes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from trainer.core.answers import as_choice, expected_text, identity, same_kind, unfit
from trainer.core.names import Names
from trainer.core.prompt import Choose, Items, Prompt, TypeIn
from trainer.core.question import Draft, Fault, Note

_MOST_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A hole: its number, what it hides, its hint, and between which characters of the text it stands."""

    number: int
    hidden: str
    hint: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Note):
    """A text with holes to be filled by typing. One card a number.

    - `text`: the text, with its holes in double braces.

    `{{hole}}` makes a card of its own. `{{1::hole}}` gives the hole a number: holes of one number are asked
    together, in any order and with credit for each, and the number keeps the card's history when the text is
    edited. `{{1::hole::hint}}` shows the hint in the gap. The other holes of the text are shown filled. Where
    a hole is a name in `names.yaml`, its aliases are right as well.

        - id: protest-note
          type: cloze
          text: Russia sent {{1::Armenia::country}} a note of protest over the visit to {{2::Bucha::town}}.
          source: [ambassador-recall#7, ambassador-recall#8]
    """

    type: ClassVar[str] = "cloze"

    text: str

    def faults(self, names: Names) -> Iterator[Fault]:
        """There must be holes, closed and not empty."""
        holes = self.holes()
        if not holes:
            yield Fault(
                field="text", message="a cloze needs a hole", hint="put the words to ask for in {{ }}"
            )
        if any(not hole.hidden.strip() for hole in holes):
            yield Fault(field="text", message="a hole is empty")
        if self._is_unbalanced(holes):
            yield Fault(
                field="text", message="a hole is not closed, or not opened", hint="holes look like {{this}}"
            )
        for hidden in _together(holes, names).values():
            if len(hidden) > 1:
                for part in hidden:
                    yield from unfit("text", " ".join(part.split()), what="hole")

    def drafts(self, names: Names) -> Iterator[Draft]:
        """One card a number, with its own holes open and all others filled."""
        holes = self.holes()
        for number, hidden in _together(holes, names).items():
            question = self._asking(number, holes)
            also: tuple[Choose, ...] = ()
            if len(hidden) > 1:
                parts = (" ".join(part.split()) for part in hidden)
                form = TypeIn(expected=Items(items=tuple(expected_text((part,), names) for part in parts)))
            else:
                form = TypeIn(expected=expected_text(hidden, names))
                also = as_choice(hidden[0], same_kind(hidden, names, unless_in=question))
            yield Draft(
                key=f"c{number}",
                aspect=f"hole {number}",
                prompt=Prompt(question=question, form=form),
                also=also,
            )

    def holes(self) -> list[Hole]:
        """The holes from left to right; those without a number take the numbers that are free."""
        spans = list(_spans(self.text))
        inner = [_split(self.text[start + 2 : end - 2]) for start, end in spans]
        taken = {number for number, _, _ in inner if number}
        free = (number for number in range(1, len(inner) + len(taken) + 1) if number not in taken)
        return [
            Hole(number=number or next(free), hidden=hidden, hint=hint, start=start, end=end)
            for (start, end), (number, hidden, hint) in zip(spans, inner, strict=True)
        ]

    def _is_unbalanced(self, holes: list[Hole]) -> bool:
        """Whether braces are left over outside the holes, or stand within one."""
        ends = [0, *(hole.end for hole in holes)]
        starts = [*(hole.start for hole in holes), len(self.text)]
        outside = (self.text[end:start] for end, start in zip(ends, starts, strict=True))
        inside = (self.text[hole.start + 2 : hole.end - 2] for hole in holes)
        return any("{{" in part or "}}" in part for parts in (outside, inside) for part in parts)

    def _asking(self, number: int, holes: list[Hole]) -> str:
        """The text with the holes of one number open."""
        parts: list[str] = []
        end = 0
        for hole in holes:
            parts.append(self.text[end : hole.start])
            parts.append(f"[{hole.hint or '…'}]" if hole.number == number else hole.hidden)
            end = hole.end
        return "".join((*parts, self.text[end:]))


def _together(holes: list[Hole], names: Names) -> dict[int, tuple[str, ...]]:
    """What the holes of each number hide, by number; what several of them hide alike is there once."""
    found: dict[int, dict[str, str]] = {}
    for hole in sorted(holes, key=lambda hole: hole.number):
        found.setdefault(hole.number, {}).setdefault(identity(hole.hidden, names), hole.hidden)
    return {number: tuple(hidden.values()) for number, hidden in found.items()}


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where holes begin and end, braces included."""
    start = text.find("{{")
    while start >= 0 and (close := text.find("}}", start + 2)) >= 0:
        yield start, close + 2
        start = text.find("{{", close + 2)


def _split(inner: str) -> tuple[int, str, str]:
    """The number (0 if none is given), the hidden words and the hint of a hole."""
    first, *others = inner.split("::")
    if others and first.isascii() and first.isdigit() and 0 < len(first) <= _MOST_DIGITS:
        return int(first), others[0], "::".join(others[1:])
    return 0, first, "::".join(others)
