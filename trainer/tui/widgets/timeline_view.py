"""The timeline on screen: lanes where there is room for them, else a list. One event is marked."""

from __future__ import annotations

from textual.events import (
    Click,
    MouseScrollDown,
    MouseScrollLeft,
    MouseScrollRight,
    MouseScrollUp,
    Resize,
)
from textual.geometry import Size

from trainer.core.timeline import Timeline
from trainer.tui.messages import EventPicked
from trainer.tui.widgets.event_list import ListLook
from trainer.tui.widgets.lanes import LanesLook, Story
from trainer.tui.widgets.lines import Lines

_WIDE, _HIGH = 70, 18
_WHEEL, _SIDEWAYS = 3, 8


class TimelineView(Lines):
    """Paints what is in sight; a click on an event posts `EventPicked`."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    TimelineView { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._story = Story(line=Timeline(), signs=())
        self._look: LanesLook | ListLook = ListLook(self._story, width=1, height=1)
        self._laid_out: tuple[Story, Size, Size] | None = None
        self._marked = 0
        self._lane: int | None = None

    @property
    def marked(self) -> int:
        """The number of the marked event."""
        return self._marked

    def show(self, story: Story, *, marked: int) -> None:
        """Show a timeline, with that event marked."""
        self._story, self._marked, self._lane = story, marked, None
        self._draw()

    def mark(self, event: int, *, lane: int | None = None) -> None:
        """Mark an event, if there is one of that number."""
        if 0 <= event < len(self._story.line.events):
            self._marked, self._lane = event, lane
            self._draw()

    def step(self, by: int) -> int:
        """The next event in time, or the one before."""
        return max(0, min(self._marked + by, len(self._story.line.events) - 1))

    def beside(self, by: int) -> None:
        """Mark the nearest event in the lane above or below; in a list the next line."""
        place = self._look.beside(by)
        if place is not None:
            self.post_message(EventPicked(place.event, place.lane))

    def page(self, by: int) -> int:
        """The event as far from the mark as is seen at once, or the first or last."""
        found = self._look.page(by)
        last = len(self._story.line.events) - 1
        return found if found is not None else max(0, last) if by > 0 else 0

    def on_resize(self, event: Resize) -> None:
        """What fits depends on the size."""
        self._draw()

    def on_click(self, event: Click) -> None:
        """A click marks."""
        meta = event.style.meta
        if "event" in meta:
            self.post_message(EventPicked(meta["event"], meta["lane"]))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls down where there is more below, else on in time."""
        self._scroll(1, sideways=event.shift or event.ctrl)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls up where there is more above, else back in time."""
        self._scroll(-1, sideways=event.shift or event.ctrl)

    def on_mouse_scroll_right(self, event: MouseScrollRight) -> None:
        """On in time."""
        self._scroll(1, sideways=True)

    def on_mouse_scroll_left(self, event: MouseScrollLeft) -> None:
        """Back in time."""
        self._scroll(-1, sideways=True)

    def _scroll(self, by: int, *, sideways: bool) -> None:
        if sideways or not self._look.overflows:
            self._look.scroll(columns=by * _SIDEWAYS)
        else:
            self._look.scroll(rows=by * _WHEEL)
        self.paint(self._look.lines())

    def _draw(self) -> None:
        size, screen = self.size, self.app.size
        if not size.width or not size.height:
            return
        events = self._story.line.events
        if (self._story, size, screen) != self._laid_out:
            kind = LanesLook if screen.width >= _WIDE and screen.height >= _HIGH else ListLook
            self._look = kind(self._story, width=size.width, height=size.height)
            self._laid_out = self._story, size, screen
        if events:
            self._look.mark(self._marked, lane=self._lane)
        self.paint(self._look.lines())
