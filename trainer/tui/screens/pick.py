"""A small list over a screen to pick one thing from; typing narrows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Input

from trainer.core.normalise import normalise
from trainer.core.visible import one_line, visible
from trainer.tui.keys import InTurn
from trainer.tui.messages import Picked
from trainer.tui.screens.base import Once
from trainer.tui.widgets.lines import Lines

_WHEEL = 3
_MOST_SHOWN = 300
_MOST_ROWS = 18
_AROUND = 4
"""Lines of the panel that are not choices: the border, what is typed, and a blank."""
_LOW = 10
_SHORT = 16
"""Characters up to which labels make a column, with what is beside them in the next."""


class Choice(NamedTuple):
    """Something to pick: its value, how it is shown, how many cards have it, and what else finds it.

    `beside` is shown dimmed beside the label.
    """

    value: str
    label: str
    cards: int
    also: str = ""
    beside: str = ""


class PickPanel(Once, ModalScreen[str], InTurn):
    """The choices; enter picks, escape changes nothing. Its result is a value, or "" for no choice at all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close", show=False),
        Binding("enter", "pick", "pick", show=False),
    ]
    DEFAULT_CSS = """
    PickPanel { align: center middle; background: $background 60%; }
    PickPanel > Vertical {
        width: 64; max-width: 96%; height: auto; max-height: 90%;
        border: round $accent; padding: 0 1; background: $surface;
    }
    PickPanel Input, PickPanel Input:focus {
        height: 1; border: none; padding: 0; background: $surface;
    }
    PickPanel _Choices { margin-top: 1; }
    PickPanel.-tiny _Choices { margin-top: 0; }
    """

    def __init__(self, title: str, choices: Sequence[Choice], *, chosen: Sequence[str], all_of: str) -> None:
        super().__init__()
        self._title, self._chosen = title, chosen
        self._choices = [Choice("", all_of, 0), *choices]
        self._shown = self._choices
        self._plain: list[str] = []
        self._typed = ""

    def compose(self) -> ComposeResult:
        """A line to type into, and the choices."""
        with Vertical() as box:
            box.border_title = Content(one_line(self._title))
            box.border_subtitle = Content("enter picks · escape closes")
            yield _Narrow(placeholder="type to narrow", select_on_focus=False)
            yield _Choices()

    def on_mount(self) -> None:
        """Mark what is chosen now."""
        values = [choice.value for choice in self._shown]
        at = values.index(self._chosen[0]) if self._chosen and self._chosen[0] in values else 0
        self.query_one(_Choices).show(self._shown, self._chosen, at=at)

    def take_keys(self) -> None:
        """Let keys go to the line at once, not only when the panel has come to the front."""
        if self.is_there:
            self.set_focus(self.query_one(_Narrow))

    def on_resize(self, event: Resize) -> None:
        """The choices take what the border and the line leave of the panel."""
        self.set_class(event.size.height < _LOW, "-tiny")
        room = event.size.height * 9 // 10 - _AROUND + (event.size.height < _LOW)
        self.query_one(_Choices).styles.max_height = max(1, min(_MOST_ROWS, room))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the choices."""
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        """Show what has every word typed in it, "all" only while nothing is typed."""
        if typed == self._typed:
            return
        self._typed = typed
        words = normalise(typed).split() if typed.strip() else []
        if not self._plain:
            self._plain = [normalise(f"{each.label} {each.value} {each.also}") for each in self._choices]
        self._shown = [
            choice
            for choice, plain in zip(self._choices, self._plain, strict=True)
            if not words or (choice.value and all(word in plain for word in words))
        ]
        self.query_one(_Choices).show(self._shown, self._chosen, at=0)

    def on_picked(self, event: Picked) -> None:
        """A choice was pressed."""
        self._pick(event.index)

    def action_move(self, by: int) -> None:
        """Mark another choice."""
        self.query_one(_Choices).move(by)

    def action_pick(self) -> None:
        """Take the marked choice, of those that are left by what was typed so far."""
        self._narrow(self.query_one(_Narrow).value)
        self._pick(self.query_one(_Choices).at)

    def on_click(self, event: Click) -> None:
        """A press beside the list closes it."""
        if event.widget is self:
            self.dismiss()

    def _pick(self, index: int) -> None:
        if 0 <= index < len(self._shown):
            self.dismiss(self._shown[index].value)


class _Narrow(Input, InTurn):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.pick", "pick", show=False),
        Binding("up", "screen.move(-1)", "previous", show=False),
        Binding("down", "screen.move(1)", "next", show=False),
        Binding("pageup", "screen.move(-8)", "some up", show=False),
        Binding("pagedown", "screen.move(8)", "some down", show=False),
        Binding("backspace", "erase", "erase, or choose all", show=False),
    ]

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, safe to show."""
        return visible(value)

    def action_erase(self) -> None:
        """Erase a letter; where there is none, choose all."""
        if self.value:
            self.action_delete_left()
        else:
            self.screen.dismiss("")


class _Choices(Lines):
    DEFAULT_CSS = """
    _Choices { height: auto; max-height: 18; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.at = self._first = self._column = 0
        self._shown: Sequence[Choice] = ()
        self._chosen: Sequence[str] = ()

    def show(self, choices: Sequence[Choice], chosen: Sequence[str], *, at: int) -> None:
        self._shown, self._chosen, self.at, self._first = choices, chosen, at, 0
        short = (len(each.label) for each in choices if each.beside and len(each.label) <= _SHORT)
        self._column = max(short, default=0)
        self.refresh(layout=True)
        self.move(0)

    def move(self, by: int) -> None:
        self.at = max(0, min(self.at + by, len(self._shown) - 1))
        height = max(1, self.size.height)
        self._first = min(max(self._first, self.at - height + 1), self.at, max(0, len(self._shown) - height))
        self._draw()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        return max(1, len(self._shown))

    def on_resize(self, event: Resize) -> None:
        self.move(0)

    def on_click(self, event: Click) -> None:
        index = event.style.meta.get("choice")
        if index is not None:
            self.post_message(Picked(index))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.move(_WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.move(-_WHEEL)

    def _draw(self) -> None:
        if not self._shown:
            self.paint([Content.styled("nothing like that", "$muted")])
            return
        seen = range(self._first, min(self._first + self.size.height, len(self._shown)))
        self.paint([self._line(index) for index in seen])

    def _line(self, index: int) -> Content:
        choice = self._shown[index]
        count = (f"{choice.cards:,}" if choice.cards else "").rjust(8) if choice.value else ""
        room = max(4, self.size.width - 4 - len(count))
        label = Content(one_line(choice.label[:_MOST_SHOWN]))
        if choice.beside and choice.beside != choice.label:
            label = label.pad_right(max(0, self._column - label.cell_length))
            label = Content.assemble(label, (f"  {one_line(choice.beside[:_MOST_SHOWN])}", "$muted"))
        label = label.truncate(room, ellipsis=True, pad=True)
        sign = "●" if (choice.value in self._chosen if choice.value else not self._chosen) else "○"
        line = Content.assemble("› " if index == self.at else "  ", f"{sign} ", label, (count, "$muted"))
        line = line.stylize("bold") if index == self.at else line
        return line.stylize(Style.from_meta({"choice": index}))
