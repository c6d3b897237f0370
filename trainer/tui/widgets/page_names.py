"""The names of pages on a line: one is marked, a press goes to another."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Resize
from textual.style import Style

from trainer.tui.widgets.lines import Lines

_MORE = "…"


class PageNames(Lines):
    """Where not all names fit, those around the marked one are seen."""

    DEFAULT_CSS = """
    PageNames { height: 1; }
    """

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names, self._at = names, 0

    def show(self, at: int) -> None:
        """Mark another name."""
        self._at = at
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """What fits depends on the width."""
        self._draw()

    def _draw(self) -> None:
        first, last = _around(list(map(len, self._names)), self._at, self.size.width - 1)
        before = Content.styled(_MORE if first else " ", "$muted")
        after = Content.styled(f" {_MORE}" if last < len(self._names) else "", "$muted")
        names = [self._told(place) for place in range(first, last)]
        self.paint([Content.assemble(before, *names, after)])

    def _told(self, place: int) -> Content:
        name = self._names[place]
        told = (f"[{name}]", "bold $text-accent") if place == self._at else (f" {name} ", "$muted")
        return Content.styled(*told).stylize(Style.from_meta({"@click": f"screen.turn_to({place})"}))


def _around(lengths: Sequence[int], at: int, room: int) -> tuple[int, int]:
    """Which of the names fit around one: the first, and the one after the last; each takes two cells more."""
    first, last = at, at + 1
    room -= 2 * len(_MORE) + 1 + lengths[at] + 2
    while True:
        after = last < len(lengths) and lengths[last] + 2 <= room
        before = first > 0 and lengths[first - 1] + 2 <= room
        if after and (not before or last - at <= at - first):
            room -= lengths[last] + 2
            last += 1
        elif before:
            first -= 1
            room -= lengths[first] + 2
        else:
            return first, last
