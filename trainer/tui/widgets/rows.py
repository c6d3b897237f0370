"""Labelled rows: what you said, the answer, why, from where."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

_LABEL = 10


class Rows(Widget):
    """Rows of a short label and a text that wraps beside it; a row without a label is set apart."""

    DEFAULT_CSS = """
    Rows { height: auto; }
    """

    _rows: tuple[tuple[str, Content], ...] = ()

    def show(self, rows: Sequence[tuple[str, Content]]) -> None:
        """Show these rows; an empty label continues at the left edge after a blank line."""
        self._rows = tuple(rows)
        self.display = bool(self._rows)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height of the wrapped rows."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The rows."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for label, text in self._rows:
            if not label and lines:
                lines.append(Content(""))
            indent = _LABEL if label else 0
            for line in text.split("\n", allow_blank=True):
                for part in line.wrap(max(10, width - indent)) or [Content("")]:
                    head = Content.styled(label.ljust(indent), "$muted")
                    lines.append(head + part)
                    label = " " * len(label)
        return lines
