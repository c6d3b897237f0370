"""The form `Pair`: to each left side its right one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from trainer.core.options import right_sides
from trainer.core.prompt import PAIRED, SEPARATOR, Pair
from trainer.core.visible import one_line
from trainer.tui.widgets.arrange import MovingView
from trainer.tui.widgets.lines import columns, hang, wrap

if TYPE_CHECKING:
    from trainer.core.grading import Verdict

_ROOM = 7
"""Cells of a line that neither side has: for the mark, the gap and the number."""


class PairView(MovingView[Pair]):
    """The left sides keep their place; right sides change places until each stands where it belongs."""

    _form: Pair
    _given: Mapping[str, str] = {}

    @property
    def advice(self) -> str:
        """How right sides are moved."""
        return "arrows mark a line, a number brings its right side there"

    @property
    def offers(self) -> frozenset[str]:
        """As for all that moves; and a number."""
        return super().offers | {"swap"} if self._open else frozenset()

    def ask(self, form: Pair, *, seed: str) -> None:
        """Show the right sides in the order drawn for this occasion."""
        self._form = form
        self.begin(right_sides(form, seed=seed))

    def answered(self, response: str, verdict: Verdict) -> None:
        """Keep the pairs that were given, to be compared."""
        parts = (part.partition(PAIRED) for part in response.split(SEPARATOR))
        self._given = {left: right for left, _, right in parts}
        self._open = False

    def moved(self, rows: tuple[str, ...], start: int, to: int) -> tuple[str, ...]:
        """Two right sides change places, so that no other pair is torn."""
        swapped = list(rows)
        swapped[start], swapped[to] = rows[to], rows[start]
        return tuple(swapped)

    def number(self, number: int) -> str | None:
        """Bring the right side of that number to the marked line, and mark the next line."""
        if self._open and number <= len(self._rows):
            self._rows = self.moved(self._rows, self.marked, number - 1)
            self.move(1)
        return None

    def submit(self) -> str | None:
        """The pairs as they stand."""
        if not self._open:
            return None
        lefts = (left for left, _ in self._form.pairs)
        return SEPARATOR.join(f"{left}{PAIRED}{right}" for left, right in zip(lefts, self._rows, strict=True))

    def lines(self, width: int) -> list[Content]:
        """A line a pair, more where a side wraps."""
        widest = max(Content(one_line(left)).cell_length for left, _ in self._form.pairs)
        left_width = max(1, min(widest, (width - _ROOM) // 2)) + 2
        lines: list[Content] = []
        for index, (left, right) in enumerate(self._form.pairs):
            is_marked = self._open and index == self.marked
            sign, sides = self._side(index) if self._open else self._told(left, right)
            if is_marked:
                self.row = len(lines)
            head = f"{index + 1}  " if self._open else ""
            parts = [part for side in sides for part in hang(head, side, width - left_width - 2)]
            pair = columns(wrap(Content(one_line(left)), left_width - 2), parts, left_width)
            for row, part in enumerate(pair):
                line = (Content("  " if row else f"{sign} ") + part).stylize("bold" if is_marked else "")
                lines.append(line.stylize(Style.from_meta({"row": index})))
        return lines

    def _side(self, index: int) -> tuple[str, list[Content]]:
        return "›" if index == self.marked else " ", [Content(one_line(self._rows[index]))]

    def _told(self, left: str, right: str) -> tuple[str, list[Content]]:
        """A sign, and the right side; below the one that was given if that was another."""
        given = self._given.get(left, "")
        if given == right:
            return "✓", [Content(one_line(right)).stylize("$text-success")]
        yours = Content.styled(f"{one_line(given) or '—'}  ✗ yours", "$text-error")
        return "✗", [yours, Content.styled(f"{one_line(right)}  ✓ right", "bold $text-success")]
