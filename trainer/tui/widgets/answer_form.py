"""What the widgets of all answer forms have in common."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.widget import Widget

from trainer.core.grading import Verdict
from trainer.core.prompt import AnswerForm

Form = TypeVar("Form", bound=AnswerForm)


class AnswerWidget(Widget, Generic[Form]):
    """Asks in one answer form and posts `Responded` once it is answered."""

    DEFAULT_CSS = """
    AnswerWidget { height: auto; }
    """

    def ask(self, form: Form, *, seed: str) -> None:
        """Start anew with the form of the next card; `seed` decides whatever is drawn."""
        raise NotImplementedError

    def answered(self, response: str, verdict: Verdict) -> None:
        """Take no more input, and show what became of the answer."""
        raise NotImplementedError
