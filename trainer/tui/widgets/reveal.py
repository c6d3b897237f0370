"""The form `Reveal`: think, then look."""

from __future__ import annotations

from trainer.core.grading import Verdict
from trainer.core.prompt import Reveal
from trainer.tui.widgets.answer_form import AnswerView


class RevealView(AnswerView[Reveal]):
    """Nothing to draw; a click anywhere on the page reveals."""

    _open = False

    @property
    def advice(self) -> str:
        """Think first."""
        return "say the answer to yourself, then look"

    @property
    def offers(self) -> frozenset[str]:
        """Looking."""
        return frozenset({"reveal"}) if self._open else frozenset()

    def ask(self, form: Reveal, *, seed: str) -> None:
        """Wait for the learner to think."""
        self._open = True

    def answered(self, response: str, verdict: Verdict) -> None:
        """The answer is on the page."""
        self._open = False

    def pressed(self, meta: dict[str, object]) -> str | None:
        """A click reveals."""
        return "" if self._open else None
