"""The form `Reveal`: think, then look; where there are points, tick those that one had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from trainer.core.prompt import SEPARATOR, Reveal
from trainer.core.visible import one_line
from trainer.tui.widgets.answer_form import AnswerView, index_in
from trainer.tui.widgets.lines import hang

if TYPE_CHECKING:
    from trainer.core.grading import Verdict


class RevealView(AnswerView[Reveal]):
    """Nothing to draw, or the points once looked at; a click anywhere on the page looks."""

    marked = 0
    _form: Reveal
    _ticked: frozenset[int] = frozenset()
    _is_open = False
    _looked = False
    _is_told = False

    @property
    def judges(self) -> bool:
        """With points: what is seen is ticked."""
        return self._is_open and bool(self._form.points)

    @property
    def advice(self) -> str:
        """Think first."""
        if self._looked:
            return "tick each point that you had said, then answer"
        return "say the answer to yourself, then look"

    @property
    def offers(self) -> frozenset[str]:
        """Looking; then ticking, and handing in even if nothing is ticked."""
        if not self._is_open:
            return frozenset()
        if self._looked:
            return frozenset({"tick", "toggle", "move", "submit", "dont_know"})
        return frozenset({"reveal", "dont_know"} if self._form.points else {"reveal"})

    def ask(self, form: Reveal, *, seed: str) -> None:
        """Wait for the learner to think."""
        self._form = form
        self._ticked = frozenset()
        self.marked = self.row = 0
        self._is_open, self._looked, self._is_told = True, False, False

    def recall(self, verdict: Verdict) -> None:
        """Show points that were ticked before, and so have been looked at."""
        self._ticked = _had(verdict)
        self._looked = bool(self._ticked)

    def answered(self, response: str, verdict: Verdict) -> None:
        """The answer is on the page; of the points each says whether it was ticked."""
        self._ticked = _had(verdict)
        self._is_open, self._is_told = False, bool(verdict.parts)
        self.row = 0

    def reveal(self) -> str | None:
        """Look at the answer, or at its points."""
        self._looked = self.judges
        return "" if self._is_open and not self._looked else None

    def move(self, by: int) -> None:
        """Mark the next point, or the one before."""
        self.marked = (self.marked + by) % len(self._form.points)

    def number(self, number: int) -> str | None:
        """Tick the point of that number, or take its tick away."""
        if self.judges and self._looked and number <= len(self._form.points):
            self.marked = number - 1
            self.toggle()
        return None

    def toggle(self) -> None:
        """Tick the marked point, or take its tick away."""
        self._ticked ^= {self.marked}

    def submit(self) -> str | None:
        """The points that are ticked; an empty response if none is."""
        if not self._looked:
            return None
        return SEPARATOR.join(self._form.points[place] for place in sorted(self._ticked))

    def pressed(self, meta: dict[str, object]) -> str | None:
        """A click looks, or ticks the point under the pointer."""
        if self._is_open and not self._looked:
            return self.reveal()
        index = index_in(meta, "point")
        return None if index is None else self.number(index + 1)

    def lines(self, width: int) -> list[Content]:
        """A line a point, more where one wraps; none before they are looked at."""
        lines: list[Content] = []
        points = self._form.points if self._looked or self._is_told else ()
        for place, point in enumerate(points):
            sign, label, style = self._told(place)
            if self._is_open and place == self.marked:
                self.row, sign, style = len(lines), "›", "bold"
            box = "" if self._is_told else "[x] " if place in self._ticked else "[ ] "
            row = hang(f"{sign} {place + 1}  {box}", Content(one_line(point) + label), width)
            lines += [line.stylize(style).stylize(Style.from_meta({"point": place})) for line in row]
        return lines

    def _told(self, place: int) -> tuple[str, str, str]:
        """What became of a point, as a sign and in words, and how it is painted."""
        if not self._is_told:
            return " ", "", ""
        had = place in self._ticked
        return ("✓", "  had", "$text-success") if had else ("✗", "  missed", "$text-error")


def _had(verdict: Verdict) -> frozenset[int]:
    """The places of the points that count as ticked."""
    return frozenset(place for place, part in enumerate(verdict.parts) if part.score)
