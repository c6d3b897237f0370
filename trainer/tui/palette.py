"""The palette: everything that can be done, by name, and chosen once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from textual import work
from textual._context import active_message_pump
from textual.app import App
from textual.command import CommandListItem, CommandPalette, SimpleProvider
from textual.css.query import NoMatches
from textual.events import Event, InputEvent, Paste
from textual.screen import Screen
from textual.widget import AwaitMount
from textual.widgets import Input
from textual.worker import WorkerFailed

from trainer.tui.screens.base import Once

_STEERING = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f"
_LONGEST = 100


class Palette(Once, CommandPalette):
    """Commands to choose from.

    Textual's own closes what is below it when it is clicked twice, and paints whatever is pasted into it.
    """

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


class AppWithPalette(App[None]):
    """An app whose palette is that one, and that can be left in a hurry."""

    @property
    def is_left(self) -> bool:
        """Whether no screen takes what is pressed any more."""
        return self._exit or not self._screen_stack

    async def on_event(self, event: Event) -> None:
        """Take events; what was still pressed when the interface was left finds no screen any more."""
        if not (self.is_left and isinstance(event, InputEvent | Paste)):
            await super().on_event(event)

    def is_of_the_gone(self, error: Exception) -> bool:
        """Whether an error only says that a screen has no widgets that was left before it had any."""
        left = active_message_pump.get(None)
        gone = isinstance(left, Screen) and left not in self._screen_stack
        cause = error.error if isinstance(error, WorkerFailed) else error
        return isinstance(cause, NoMatches) and (gone or self._exit or self._closing)

    def action_command_palette(self) -> None:
        """Open the palette."""
        if self.use_command_palette and not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def search_commands(
        self, commands: Sequence[CommandListItem], placeholder: str = "Search for commands…"
    ) -> AwaitMount:
        """Offer commands, as when a theme is chosen."""
        given = SimpleProvider(self.screen, list(commands))
        return self.push_screen(Palette(providers=[given], placeholder=placeholder))  # type: ignore[list-item]
