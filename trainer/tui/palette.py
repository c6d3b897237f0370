"""The palette: everything that can be done, by name, and chosen once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from textual import work
from textual.app import ComposeResult
from textual.command import CommandList, CommandListItem, CommandPalette, SimpleProvider
from textual.css.query import NoMatches
from textual.errors import NoWidget
from textual.events import Click, Event, InputEvent, Paste
from textual.theme import ThemeProvider
from textual.widget import AwaitMount
from textual.widgets import Input

from trainer.tui.screens.base import Once
from trainer.tui.smallest import AppWithRoom

_STEERING = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f"
_LONGEST = 100
_PATIENCE = 2.0
"""Seconds after which what is pressed is given to a screen even if it is not there yet."""


class _Commands(CommandList):
    """The commands found; others may have come between the press on a line and the news of it."""

    async def _on_click(self, event: Click) -> None:
        if event.style.meta.get("option", 0) >= self.option_count:
            event.prevent_default()


class Palette(Once, CommandPalette):
    """Commands to choose from.

    Textual's own closes what is below it when it is clicked twice, and paints whatever is pasted into it.
    """

    def compose(self) -> ComposeResult:
        """The same, with that list."""
        for widget in super().compose():
            yield _Commands() if isinstance(widget, CommandList) else widget

    def on_click(self, event: Click) -> None:
        """Nothing is beside the palette where the terminal has become smaller since."""
        try:
            self.get_widget_at(event.screen_x, event.screen_y)
        except NoWidget:
            event.prevent_default()

    def on_mount(self) -> None:
        """Take no text that could steer the terminal."""
        for typed in self.query(Input):
            typed.restrict, typed.max_length = f"[^{_STEERING}]*", _LONGEST

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        """Look for commands, as long as there is a list to show them in."""
        with suppress(NoMatches):
            await CommandPalette._gather_commands.__wrapped__(self, search_value)  # type: ignore[attr-defined]

    def _action_command_list(self, action: str) -> None:
        """Move in the list; one that has no lines, as in a terminal of three, cannot be paged through."""
        with suppress(KeyError):
            super()._action_command_list(action)


class AppWithPalette(AppWithRoom):
    """An app whose palette is that one, and that can be left in a hurry."""

    @property
    def is_left(self) -> bool:
        """Whether no screen takes what is pressed any more."""
        return self._exit or not self._screen_stack

    async def on_event(self, event: Event) -> None:
        """Take events; what was still pressed when the interface was left finds no screen any more."""
        if isinstance(event, InputEvent | Paste) and not event.is_forwarded:
            await self.front_is_there()
            if self.is_left:
                return
        await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key is bound to; by then another screen may be in front, or none."""
        await self.front_is_there()
        has_front = bool(self._screen_stack) and self.screen.is_mounted and bool(self.screen.children)
        return has_front and await super()._check_bindings(key, priority)

    async def front_is_there(self) -> None:
        """Wait until the screen in front has its widgets: keys come right behind the one that opens it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while not self.is_left and not self.screen.is_mounted:
                    await self.screen._mounted_event.wait()

    def action_command_palette(self) -> None:
        """Open the palette."""
        if self.use_command_palette and not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Offer the themes."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def search_commands(
        self, commands: Sequence[CommandListItem], placeholder: str = "Search for commands…"
    ) -> AwaitMount:
        """Offer commands, as when a theme is chosen."""
        given = SimpleProvider(self.screen, list(commands))
        return self.push_screen(Palette(providers=[given], placeholder=placeholder))  # type: ignore[list-item]
