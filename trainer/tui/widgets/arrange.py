"""The form `Arrange`: things to put in order; and what it shares with `Pair`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from trainer.core.options import offered
from trainer.core.prompt import SEPARATOR, Arrange
from trainer.core.visible import one_line
from trainer.tui.widgets.answer_form import AnswerView, Form, index_in
from trainer.tui.widgets.lines import columns, hang

if TYPE_CHECKING:
    from trainer.core.grading import Verdict

_BESIDE = 60
"""Cells from which on the two orders stand beside each other."""

_ORDINALS = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th")


class MovingView(AnswerView[Form]):
    """Rows of which one is marked and can be moved, by key or by dragging it."""

    marked = 0
    _rows: tuple[str, ...] = ()
    _open = False
    _held: tuple[int, tuple[str, ...]] = (0, ())

    @property
    def offers(self) -> frozenset[str]:
        """Marking, moving and handing in."""
        return frozenset({"move", "shift", "submit", "dont_know"}) if self._open else frozenset()

    def begin(self, rows: tuple[str, ...]) -> None:
        """Show these rows, the first of them marked."""
        self._rows = rows
        self.marked = self.row = 0
        self._open = True

    def move(self, by: int) -> None:
        """Mark the next row, or the one before."""
        self.marked = (self.marked + by) % len(self._rows)

    def shift(self, by: int) -> None:
        """Move the marked row down or up, as far as it goes."""
        to = self.marked + by
        if 0 <= to < len(self._rows):
            self._rows = self.moved(self._rows, self.marked, to)
            self.marked = to

    def moved(self, rows: tuple[str, ...], start: int, to: int) -> tuple[str, ...]:
        """The rows with one of them moved."""
        rest = [*rows[:start], *rows[start + 1 :]]
        return (*rest[:to], rows[start], *rest[to:])

    def pressed(self, meta: dict[str, object]) -> str | None:
        """A click marks the row under the pointer."""
        index = index_in(meta, "row")
        if self._open and index is not None:
            self.marked = index
        return None

    def grab(self, meta: dict[str, object]) -> bool:
        """Take hold of the row under the pointer."""
        index = index_in(meta, "row")
        if not self._open or index is None:
            return False
        self._held, self.marked = (index, self._rows), index
        return True

    def drag(self, meta: dict[str, object]) -> None:
        """Move the row that was grabbed to the one under the pointer."""
        index, (start, before) = index_in(meta, "row"), self._held
        if self._open and index is not None:
            self._rows, self.marked = self.moved(before, start, index), index


class ArrangeView(MovingView[Arrange]):
    """The items as they stand; after the answer the right order beside them."""

    _form: Arrange

    @property
    def advice(self) -> str:
        """How items are moved."""
        return "arrows mark an item, shift and arrows move it; or drag it"

    def ask(self, form: Arrange, *, seed: str) -> None:
        """Show the items in the order drawn for this occasion."""
        self._form = form
        self.begin(offered(form, seed=seed))

    def answered(self, response: str, verdict: Verdict) -> None:
        """Keep the order that was given, to be compared."""
        self._rows = tuple(response.split(SEPARATOR)) if response else ()
        self._open = False

    def submit(self) -> str | None:
        """The order as it stands."""
        return SEPARATOR.join(self._rows) if self._open else None

    def lines(self, width: int) -> list[Content]:
        """A line an item, more where one wraps; after the answer what was misplaced, and where it belongs."""
        if not self._open:
            differs = self._rows != self._form.items
            return self._beside(width) if differs and width >= _BESIDE else self._compact(width)
        lines: list[Content] = []
        for index, item in enumerate(self._rows):
            sign, style = " ", ""
            if index == self.marked:
                self.row, sign, style = len(lines), "›", "bold"
            row = hang(f"{sign} {index + 1}  ", Content(one_line(item)), width)
            lines += [line.stylize(style).stylize(Style.from_meta({"row": index})) for line in row]
        return lines

    def _beside(self, width: int) -> list[Content]:
        """The order given and the right one, in two columns."""
        left = width // 2
        lines = [Content.styled("     your order".ljust(left) + "      right order", "$muted")]
        for index, right in enumerate(self._form.items):
            yours = self._rows[index] if index < len(self._rows) else "—"
            sign, told = ("✓", Content.empty()) if yours == right else ("✗", self._belongs(yours))
            mine = hang(f"{sign} {index + 1}  ", Content(one_line(yours)) + told, left)
            theirs = hang(f"   {index + 1}  ", Content(one_line(right)), width - left)
            lines += columns(mine, theirs, left)
        return lines

    def _belongs(self, item: str) -> Content:
        items = self._form.items
        told = f"belongs {_ORDINALS[items.index(item)]}" if item in items else "nothing"
        return Content.styled(f"  ✗ {told}", "$text-error")

    def _compact(self, width: int) -> list[Content]:
        """The right order, and where each item was put."""
        lines = [Content.styled("right order", "$muted")]
        for index, right in enumerate(self._form.items):
            place = self._rows.index(right) if right in self._rows else None
            told = "  ✓" if place == index else "  ✗ left out"
            if place not in (None, index):
                told = f"  ✗ yours {_ORDINALS[place or 0]}"
            style = "$text-success" if place == index else "$text-error"
            lines += hang(f"{index + 1}  ", Content(one_line(right)) + Content.styled(told, style), width)
        return lines
