"""The form `TypeIn`: a line to type the answer into."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key, MouseDown, Paste
from textual.strip import Strip
from textual.widgets import Input

from trainer.core.partial_date import in_words
from trainer.core.prompt import Date, Expected, Items, Number, TypeIn
from trainer.core.visible import one_line, visible
from trainer.tui.widgets.answer_form import AnswerView

if TYPE_CHECKING:
    from trainer.core.grading import Verdict

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
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "answer")]

    def __init__(self, beneath: Callable[[int, int, int], Strip]) -> None:
        super().__init__(select_on_focus=False)
        self.is_open = False
        self._beneath = beneath
        self._place = (0, 0, 0)

    def lay(self, *, column: int, row: int, width: int) -> None:
        """Put it at a place on the page, in cells."""
        if (column, row, width) != self._place:
            self._place = (column, row, width)
            self.styles.offset = (column, row)
            self.styles.width = width

    def open(self, placeholder: str) -> None:
        """Take an answer; `placeholder` stands there until something is typed."""
        if self.value:
            self.value = ""
        self.placeholder = placeholder
        if not self.has_focus:
            self.focus()
        self.is_open = True
        self.refresh()

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, safe to show."""
        return visible(value)

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
    row = 1
    _form: TypeIn
    _open = False

    @property
    def advice(self) -> str:
        """What is expected, and what an empty line means."""
        asked = _asked(self._form.expected)
        return f"{asked} · empty: I don't know" if asked else "on an empty line, enter means: I don't know"

    @property
    def placeholder(self) -> str:
        """What to type."""
        expected = self._form.expected
        if isinstance(expected, Date):
            return "type a date, in any notation"
        if isinstance(expected, Number):
            return "type a number"
        return "type them all" if isinstance(expected, Items) else "type the answer"

    @property
    def offers(self) -> frozenset[str]:
        """Handing in what is typed."""
        return frozenset({"submit"}) if self._open else frozenset()

    def ask(self, form: TypeIn, *, seed: str) -> None:
        """An empty box."""
        self._form = form
        self._open = True

    def answered(self, response: str, verdict: Verdict) -> None:
        """What was typed is shown beside the answer."""
        self._open = False

    def lines(self, width: int) -> list[Content]:
        """The box, with the unit of a number in its lower edge."""
        if not self._open:
            return []
        inner = max(0, min(width, MOST_CELLS) - 2)
        rule = Content("─" * inner)
        edge = rule
        if isinstance(self._form.expected, Number) and self._form.expected.unit:
            unit = Content(f"─ in {one_line(self._form.expected.unit)} ")
            edge = unit.truncate(inner, ellipsis=True) if unit.cell_length > inner else unit
            edge += Content("─" * (inner - edge.cell_length))
        box = (Content("┌") + rule + "┐", Content(f"│{' ' * inner}│"), Content("└") + edge + "┘")
        return [line.stylize("$primary") for line in box]


def _asked(expected: Expected) -> str:
    """What is expected, in a few words; nothing for words."""
    if isinstance(expected, Number):
        return f"a number, in {one_line(expected.unit)}" if expected.unit else "a number"
    if isinstance(expected, Date):
        told = f", {in_words(expected.implied)} need not be typed" if expected.implied else ""
        part = "; less exact counts in part" if "-" in expected.value else ""
        return f"a date{told}{part}"
    if isinstance(expected, Items):
        return "several, separated by commas"
    return ""
