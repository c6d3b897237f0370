"""A timeline as a list, an event a line: for small screens."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

from trainer.core.timeline import Place, short_when
from trainer.tui.widgets.event_labels import NO_DATE, cut, line_of
from trainer.tui.widgets.lanes import Story

_DATE = 11


class ListLook:
    """Paints events below each other, in order."""

    overflows = True

    def __init__(self, story: Story, *, width: int, height: int) -> None:
        self._story = story
        self._width, self._height = width, max(1, height)
        self._replies = dict(story.line.replies)
        self._top = 0
        self._marked: Place | None = None

    def mark(self, event: int, *, lane: int | None = None) -> None:
        """Mark an event and bring it into sight."""
        self._marked = Place(event, lane or 0, event, 0, 0)
        self._top = max(0, min(max(self._top, event + 1 - self._height), event))

    def beside(self, by: int) -> Place | None:
        """The event above or below the mark."""
        event = self._marked.event + by if self._marked else -1
        return Place(event, 0, event, 0, 0) if 0 <= event < len(self._story.line.events) else None

    def page(self, by: int) -> int | None:
        """The event that is a screen away from the mark."""
        if self._marked is None:
            return None
        return max(
            0, min(self._marked.event + by * max(1, self._height - 1), len(self._story.line.events) - 1)
        )

    def scroll(self, *, columns: int = 0, rows: int = 0) -> None:
        """Scroll by lines; the mark stays where it is."""
        most = len(self._story.line.events) - self._height
        self._top = max(0, min(self._top + rows + columns, most))

    def lines(self) -> list[Content]:
        """The events in sight."""
        shown = range(self._top, min(self._top + self._height, len(self._story.line.events)))
        return list(map(self._line, shown))

    def _line(self, number: int) -> Content:
        event, sign = self._story.line.events[number], self._story.signs[number]
        here = self._marked is not None and self._marked.event == number
        line = Content.assemble(
            "› " if here else "  ",
            (f"{short_when(event.when) or NO_DATE:>{_DATE}} ", "" if here else "$muted"),
            (f"{sign.sign} ", sign.style),
            "↳ " if number in self._replies else "",
        )
        line += cut(line_of(event), max(1, self._width - line.cell_length))
        line = line.stylize("bold") if here else line
        return line.stylize(Style.from_meta({"event": number, "lane": 0}))
