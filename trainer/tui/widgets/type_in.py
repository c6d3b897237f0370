"""The form `TypeIn`: a line to type the answer into."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key, MouseDown, Paste
from textual.strip import Strip
from textual.widgets import Input

from trainer.core.grading import Verdict
from trainer.core.prompt import TypeIn
from trainer.tui.widgets.answer_form import AnswerView

MOST_CELLS = 76


class AnswerLine(Input):
    """An input that lies over the page, one line high.

    While it is not open it keeps the focus but takes no key, and shows what lies beneath: opening it for
    the next card then costs neither a layout nor a change of focus.
    """

    DEFAULT_CSS = """
    AnswerLine, AnswerLine:focus {
        position: absolute; height: 1; border: none; padding: 0 1; background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "answer", priority=True)]

    def __init__(self, beneath: Callable[[int, int, int], Strip]) -> None:
        super().__init__(placeholder="type the answer", select_on_focus=False)
        self.is_open = False
        self._beneath = beneath
        self._place = (0, 0, 0)

    def lay(self, *, column: int, row: int, width: int) -> None:
        """Put it at a place on the page, in cells."""
        if (column, row, width) != self._place:
            self._place = (column, row, width)
            self.styles.offset = (column, row)
            self.styles.width = width

    def open(self) -> None:
        """Take an answer."""
        if self.value:
            self.value = ""
        if not self.has_focus:
            self.focus()
        self.is_open = True
        self.refresh()

    def close(self) -> None:
        """Take no more keys."""
        self.is_open = False
        self.refresh()

    def empty(self) -> None:
        """Forget what was typed, unless the line is open again already."""
        if not self.is_open:
            self.value = ""

    def render_lines(self, crop: object) -> list[Strip]:
        """The line, or while it is not open what lies beneath."""
        if self.is_open:
            return super().render_lines(crop)  # type: ignore[arg-type]
        column, row, width = self._place
        strip = self._beneath(row, column, width)
        for line_filter in self.app.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[0])
        return [strip]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters are text while the line is open, and only then."""
        return self.is_open and super().check_consume_key(key, character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of an input work while the line is open."""
        return self.is_open

    def on_key(self, event: Key) -> None:
        """Leave keys to the screen while the line is not open."""
        self._leave(event)

    def on_paste(self, event: Paste) -> None:
        """Leave pasted text alone while the line is not open."""
        self._leave(event)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Leave the mouse to the page while the line is not open."""
        self._leave(event)

    def _leave(self, event: Key | Paste | MouseDown) -> None:
        if not self.is_open:
            event.prevent_default()


class TypeInView(AnswerView[TypeIn]):
    """Draws a box, into which the page lays its line; while that is open, letters are text."""

    takes_text = True
    advice = "on an empty line, enter means: I don't know"
    _open = False

    def ask(self, form: TypeIn, *, seed: str) -> None:
        """An empty box."""
        self._open = True

    def answered(self, response: str, verdict: Verdict) -> None:
        """What was typed is shown beside the answer."""
        self._open = False

    def lines(self, width: int) -> list[Content]:
        """The box."""
        if not self._open:
            return []
        inner = min(width, MOST_CELLS) - 2
        rule = "─" * max(0, inner)
        box = (f"┌{rule}┐", f"│{' ' * max(0, inner)}│", f"└{rule}┘")
        return [Content.styled(line, "$primary") for line in box]
