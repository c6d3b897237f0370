"""A list of which one line is marked, and as much is shown as fits."""

from __future__ import annotations

from textual.events import MouseScrollDown, MouseScrollUp, Resize

from trainer.tui.widgets.lines import Lines

_WHEEL = 3


class MarkedLines(Lines):
    """Keeps which line is marked, `at`, and the first that is seen, `_first`; the wheel scrolls.

    Who inherits it says how many lines there are (`_count`) and fit (`_height`), and paints them (`_draw`).
    """

    def __init__(self) -> None:
        super().__init__()
        self._first = 0
        self.at = 0

    @property
    def _count(self) -> int:
        raise NotImplementedError

    @property
    def _height(self) -> int:
        raise NotImplementedError

    def _draw(self) -> None:
        raise NotImplementedError

    def _mark(self, at: int) -> None:
        """Mark another line, and bring it into sight."""
        self.at = max(0, min(at, self._count - 1))
        self._follow()

    def _follow(self) -> None:
        self._first = min(max(self._first, self.at - self._height + 1), self.at)
        self._scroll(0)

    def _scroll(self, by: int) -> None:
        self._first = max(0, min(self._first + by, self._count - self._height))
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """What fits depends on the size."""
        self._follow()

    def on_focus(self) -> None:
        """The mark is stronger while keys go to the list."""
        self._draw()

    def on_blur(self) -> None:
        """The mark is weaker while they do not."""
        self._draw()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls; the mark stays where it is."""
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls; the mark stays where it is."""
        self._scroll(-_WHEEL)
