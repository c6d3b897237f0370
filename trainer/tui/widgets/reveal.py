"""The form `Reveal`: think, then look."""

from __future__ import annotations

from trainer.core.grading import Verdict
from trainer.core.prompt import Reveal
from trainer.tui.widgets.answer_form import AnswerView


class RevealView(AnswerView[Reveal]):
    """Nothing to draw; a click anywhere on the page reveals."""

    advice = "say the answer to yourself, then look"

    _open = False

    def ask(self, form: Reveal, *, seed: str) -> None:
        """Wait for the learner to think."""
        self._open = True

    def answered(self, response: str, verdict: Verdict) -> None:
        """The answer is on the page."""
        self._open = False

    def pressed(self, meta: dict[str, object]) -> str | None:
        """A click reveals."""
        return "" if self._open else None
