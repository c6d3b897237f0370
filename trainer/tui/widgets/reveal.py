"""The form `Reveal`: think, then look."""

from __future__ import annotations

from textual.content import Content

from trainer.core.grading import Verdict
from trainer.core.prompt import Reveal
from trainer.tui.messages import Responded
from trainer.tui.widgets.answer_form import AnswerWidget


class RevealWidget(AnswerWidget[Reveal]):
    """A line that waits to be clicked; the key is the screen's."""

    DEFAULT_CSS = """
    RevealWidget { color: $muted; padding: 0 1; height: 1; }
    """

    def ask(self, form: Reveal, *, seed: str) -> None:
        """Wait for the learner to think."""
        self.display = True

    def answered(self, response: str, verdict: Verdict) -> None:
        """Make room for the answer."""
        self.display = False

    def render(self) -> Content:
        """What to do."""
        return Content("say it to yourself, then look")

    def on_click(self) -> None:
        """A click reveals the answer."""
        self.post_message(Responded(""))
