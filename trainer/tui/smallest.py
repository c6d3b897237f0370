"""A terminal in which nothing can be shown: a line says so until it grows, and only keys that quit count."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.control import Control
from rich.segment import ControlType
from rich.text import Text
from textual.app import App
from textual.events import Event, InputEvent, Key, Paste, Resize
from textual.geometry import Size
from textual.screen import Screen

LEAST = Size(20, 5)
"""Cells in which screens can be laid out."""
_SAID = "too small"


class AppWithRoom(App[None]):
    """An app whose screens always have some room: in a smaller terminal they are neither seen nor used."""

    _terminal: Size | None = None

    @property
    def size(self) -> Size:
        """The size in which screens are laid out."""
        return _with_room(super().size)

    @property
    def is_too_small(self) -> bool:
        """Whether the terminal has not the room that screens have."""
        size = self._terminal or super().size
        return size != _with_room(size)

    async def on_event(self, event: Event) -> None:
        """Take events, as far as they can be meant."""
        if isinstance(event, Resize):
            await self._resized(super().size if self._size is None else event.size)
        elif self.is_too_small and isinstance(event, InputEvent | Paste) and not event.is_forwarded:
            if isinstance(event, Key) and self._quits(event.key):
                await super().on_event(event)
        else:
            await super().on_event(event)

    async def _resized(self, terminal: Size) -> None:
        """Lay out anew what has room; what was covered by the line, or is now, is painted at once."""
        was_too_small, self._terminal = self.is_too_small, terminal
        size = _with_room(terminal)
        await super().on_event(Resize(size, size))
        if (was_too_small or self.is_too_small) and self._screen_stack:
            self._display(self.screen, self.screen._compositor.render_update(full=True))

    def _quits(self, key: str) -> bool:
        bound = self.screen.active_bindings.get(key) if self._screen_stack else None
        return bound is not None and bound.binding.action == "quit" and bound.binding.priority

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Paint what screens show, or the line in their place."""
        if renderable is not None and self.is_too_small:
            width = (self._terminal or super().size).width
            clear = Control(ControlType.CLEAR, ControlType.HOME)
            renderable = Group(clear, Text(_SAID[:width], end="", no_wrap=True))
        super()._display(screen, renderable)


def _with_room(size: Size) -> Size:
    return Size(max(size.width, LEAST.width), max(size.height, LEAST.height))
