"""What the views of all answer forms have in common."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.content import Content

from trainer.core.grading import Verdict
from trainer.core.prompt import AnswerForm

Form = TypeVar("Form", bound=AnswerForm)


class AnswerView(Generic[Form]):
    """Asks in one answer form: draws its part of the page and knows what a key or a click answers.

    `takes_text` says whether the answer is typed; `advice` is shown while the form waits.
    """

    takes_text: ClassVar[bool] = False
    advice: ClassVar[str] = ""

    def ask(self, form: Form, *, seed: str) -> None:
        """Start anew with the form of the next card; `seed` decides whatever is drawn."""
        raise NotImplementedError

    def answered(self, response: str, verdict: Verdict) -> None:
        """Show what became of the answer."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Content]:
        """Its part of the page, in lines of at most `width` cells."""
        return []

    def pressed(self, meta: dict[str, object]) -> str | None:
        """The response that a click means, or None; `meta` is what the text under the pointer carries."""
        return None
