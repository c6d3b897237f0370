"""What all screens have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.events import Event, Mount, Resize, ScreenResume
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from trainer.tui.app import TrainerApp
    from trainer.tui.widgets.browse_lines import Status

    _AnyScreen = Screen[Any]
else:
    _AnyScreen = object

GUARD = 0.15
"""Seconds that something must have been on screen before a key may judge it: held keys grade nothing."""

GAP = 0.004
"""Seconds between two steps of work in a screen, in which keys are taken and things painted."""


class Present(_AnyScreen):
    """A screen that acts only while it is there.

    One that is left before its widgets are made never has any, and Textual tells it of its mount and its size
    all the same.
    """

    @property
    def trainer(self) -> TrainerApp:
        """The app, by its own type."""
        return cast("TrainerApp", self.app)

    @property
    def is_there(self) -> bool:
        """Whether it has its widgets and keeps them: neither it nor the interface is being left."""
        return self.is_attached and not self._pruning

    async def on_event(self, event: Event) -> None:
        """Show nothing any more once it is being left; what was pressed before that still counts."""
        if self.is_there or not isinstance(event, Mount | Resize | ScreenResume):
            await super().on_event(event)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is at a place; nothing where what was painted there has been taken away since."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        return (None, None) if widget is None or widget.parent is None else (widget, offset)


class TrainerScreen(Present, Screen[None]):
    """A screen of the trainer; `?` explains its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "help", id="help"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012

    def keeps_open(self) -> bool:
        """Whether quitting would lose something; asks, and is False once the key has come again."""
        return False

    def key_of(self, action: str, usual: str) -> str:
        """The key of an action, as it is set."""
        return self.trainer.collection.config.keys.get(action, usual).split(",")[0]

    def action_help(self) -> None:
        """Explain the keys of this screen."""
        self.trainer.show_help()


class Once(Present):
    """A screen over another one that is closed once: a key or click that comes twice closes nothing below."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close it, with a result; nothing if it is closed already."""
        stack = self.app.screen_stack
        if len(stack) < 2 or stack[-1] is not self:
            return AwaitComplete()
        return super().dismiss(result)


class CarefulScreen(TrainerScreen):
    """A screen that asks, in its line of status, before it does what is not to be done by accident."""

    status: Status
    _asked: tuple[str, object] = ("", None)
    _asked_at = 0.0

    def asks(self, action: str, what: object, question: str) -> bool:
        """Ask whether something is meant; False once it was asked for a second time, not by a held key."""
        now = self.trainer.monotonic()
        since, self._asked_at = now - self._asked_at, now
        if self._asked != (action, what):
            self._asked = (action, what)
            self.status.tell(question)
            return True
        if since < GUARD:
            return True
        self.clear()
        return False

    @property
    def has_asked(self) -> bool:
        """Whether something was asked that the same key would answer."""
        return bool(self._asked[0])

    def clear(self) -> None:
        """What was said or asked before holds no more."""
        self._asked = ("", None)
        self.status.tell("")
