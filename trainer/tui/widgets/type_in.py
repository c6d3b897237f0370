"""The form `TypeIn`: a line to type the answer into."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from trainer.core.grading import Verdict
from trainer.core.prompt import TypeIn
from trainer.tui.widgets.answer_form import AnswerView


class AnswerLine(Input):
    """An input whose enter key answers, and says so. It lies over the page."""

    DEFAULT_CSS = """
    AnswerLine { position: absolute; border: tall $rule; background: $surface; }
    AnswerLine:focus { border: tall $primary; }
    .-low AnswerLine, .-low AnswerLine:focus { border: none; height: 1; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "answer", priority=True)]

    def __init__(self) -> None:
        super().__init__(placeholder="type the answer", select_on_focus=False)

    @property
    def rows(self) -> int:
        """The lines it takes on the page."""
        return 0 if not self.display else 1 if self.screen.has_class("-low") else 3

    def lay(self, *, column: int, row: int, width: int) -> None:
        """Put it at a place on the page, in cells."""
        if self.display:
            self.styles.offset = (column, row)
            self.styles.width = width

    def open(self) -> None:
        """Take an answer."""
        self.value = ""
        self.display = True
        self.focus()

    def close(self) -> None:
        """Make room."""
        if self.display:
            self.display = False
            self.screen.set_focus(None)


class TypeInView(AnswerView[TypeIn]):
    """The page lends the line; while it has the focus, letters are text."""

    takes_text = True
    advice = "on an empty line, enter means: I don't know"

    def ask(self, form: TypeIn, *, seed: str) -> None:
        """The line is opened by the screen."""

    def answered(self, response: str, verdict: Verdict) -> None:
        """What was typed is shown beside the answer."""
