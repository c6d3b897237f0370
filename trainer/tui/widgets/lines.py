"""A widget that is a list of lines, and repaints only those that change.

A key press must be painted at once: no layout, and no line painted twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import RenderOptions
from textual.widget import Widget

_NOTHING = Content.empty()


class Lines(Widget):
    """Paints lines of content, each cut at the edge. Has neither border nor padding."""

    DEFAULT_CSS = """
    Lines {
        link-style: none; link-color: $muted; link-background: $background;
        link-style-hover: bold; link-color-hover: $accent; link-background-hover: $background;
    }
    """

    _lines: Sequence[Content] = ()

    def paint(self, lines: Sequence[Content]) -> None:
        """Show these lines in place of the ones before."""
        before, self._lines = self._lines, lines
        width, height = self.size
        changed = [y for y in range(height) if not _same(_at(before, y), _at(lines, y))]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """Line `y`, filled up with blanks."""
        width, style = self.size.width, self.visual_style
        line = _at(self._lines, y)
        if not line:
            return Strip.blank(width, style.rich_style)
        if line.cell_length > width:
            line = line.truncate(width)
        (strip,) = line.render_strips(width, 1, style, RenderOptions(self._get_style, {}))
        return strip.extend_cell_length(width, style.rich_style)


def _at(lines: Sequence[Content], y: int) -> Content:
    return lines[y] if y < len(lines) else _NOTHING


def _same(one: Content, other: Content) -> bool:
    return one is other or one.is_same(other)


def wrap(content: Content, width: int) -> list[Content]:
    """Content in lines of at most `width` cells; an empty one is an empty line."""
    rows = content.split("\n", allow_blank=True) if "\n" in content.plain else [content]
    return [part for row in rows for part in (row.wrap(max(1, width)) or [Content.empty()])]


def indent(lines: Sequence[Content], by: int) -> list[Content]:
    """Lines moved to the right by `by` cells."""
    return [Content(" " * by) + line for line in lines]


def hang(head: str, content: Content, width: int) -> list[Content]:
    """Content in lines of at most `width` cells, beside `head`, which stands in front of the first."""
    lines = wrap(content, width - len(head))
    return [Content(" " * len(head) if row else head) + line for row, line in enumerate(lines)]


def columns(left: Sequence[Content], right: Sequence[Content], width: int) -> list[Content]:
    """Lines beside each other; the left ones are filled up to `width` cells."""
    rows = max(len(left), len(right))
    cells = ((_at(left, row), _at(right, row)) for row in range(rows))
    return [one.pad_right(max(0, width - one.cell_length)) + other for one, other in cells]
