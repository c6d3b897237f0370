"""The form `TypeIn`: a line to type the answer into."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from trainer.core.grading import Verdict
from trainer.core.prompt import TypeIn
from trainer.tui.messages import Responded
from trainer.tui.widgets.answer_form import AnswerWidget


class AnswerLine(Input):
    """An input whose enter key answers, and says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "answer", priority=True)]


class TypeInWidget(AnswerWidget[TypeIn]):
    """One line; while it has the focus, letters are text."""

    DEFAULT_CSS = """
    TypeInWidget { height: auto; }
    TypeInWidget AnswerLine { max-width: 76; }
    """

    def compose(self) -> ComposeResult:
        """The line."""
        yield AnswerLine(placeholder="type the answer, or nothing if you don't know", select_on_focus=False)

    def ask(self, form: TypeIn, *, seed: str) -> None:
        """An empty line, ready to type."""
        line = self.query_one(AnswerLine)
        line.value = ""
        self.display = True
        line.focus()

    def answered(self, response: str, verdict: Verdict) -> None:
        """Make room for the answer, beside which the response is shown."""
        self.display = False
        self.screen.set_focus(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers."""
        event.stop()
        self.post_message(Responded(event.value))
