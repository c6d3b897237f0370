"""A page that scrolls, of which some lines are rows: one of those is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.style import Style
from textual.widget import Widget

from trainer.tui.messages import RowPressed

NO_ROW = -1
_MARGIN = 2


class SheetLine(NamedTuple):
    """A line, and the number of the row that it belongs to."""

    text: Content
    row: int = NO_ROW


Layout = Callable[[int], Sequence[SheetLine]]
"""Lines for a width in cells."""


class Sheet(VerticalScroll, can_focus=False):
    """Shows lines; a press on a row posts `RowPressed`."""

    DEFAULT_CSS = """
    Sheet { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    .-low Sheet { padding: 0 1; }
    Sheet > _Body { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._body = _Body()

    def compose(self) -> ComposeResult:
        """The lines, as one widget."""
        yield self._body

    def show(self, layout: Layout, *, marked: int = NO_ROW) -> None:
        """Show these lines, the marked row among those that are seen."""
        self._body.lay_out = layout
        self._body.refresh(layout=True)
        self.call_after_refresh(self._reveal, marked)

    def scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.scroll_relative(y=lines, animate=False)

    def _reveal(self, row: int) -> None:
        if not self._body.is_attached:  # A key may have taken the screen away in the meantime.
            return
        lines = self._body.lay_out(self._body.content_size.width)
        places = [y for y, line in enumerate(lines) if line.row == row and row != NO_ROW]
        if not places:
            return
        top = 0 if places[0] <= min(y for y, line in enumerate(lines) if line.row != NO_ROW) else places[0]
        bottom = min(places[-1] + _MARGIN, len(lines))
        height = min(bottom - top, max(1, self.size.height))
        self.scroll_to_region(Region(0, top, 1, height), animate=False)


class _Body(Widget):
    def __init__(self) -> None:
        super().__init__()
        self.lay_out: Layout = lambda width: ()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self.lay_out(width)))

    def render(self) -> Content:
        lines = self.lay_out(self.content_size.width)
        return Content("\n").join(
            line.text if line.row == NO_ROW else line.text.stylize(Style.from_meta({"row": line.row}))
            for line in lines
        )

    def on_click(self, event: Click) -> None:
        row = event.style.meta.get("row")
        if row is not None:
            self.post_message(RowPressed(row, step=event.style.meta.get("step", 0)))
