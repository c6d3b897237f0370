"""All questions of a test in a line or two: answered, open, flagged, and the one in front."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Size
from textual.style import Style

from trainer.core.quiz import Quiz
from trainer.tui.messages import QuestionPicked
from trainer.tui.widgets.lines import Lines

_GROUP = 5
_GROUP_CELLS = 2 * _GROUP + 1
_HIGH = 20

SIGNS = {(True, False): "●", (False, False): "○", (True, True): "⚑", (False, True): "⚐"}
"""By whether a question is answered, and whether it is flagged."""


class QuestionStrip(Lines):
    """A sign for each question, in groups of five; where there is no room, the lines around the front."""

    DEFAULT_CSS = """
    QuestionStrip { height: auto; }
    """

    def __init__(self, quiz: Quiz) -> None:
        super().__init__()
        self._quiz = quiz

    def show(self, quiz: Quiz) -> None:
        """Show how the test stands."""
        self._quiz = quiz
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Fold to the new width."""
        self._draw()

    def on_click(self, event: Click) -> None:
        """A press brings a question to the front."""
        index = event.style.meta.get("question")
        if index is not None:
            self.post_message(QuestionPicked(index))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Two lines at most, one on a low screen; the number of questions never changes."""
        return min(self._most(viewport.height), -(-len(self._quiz.questions) // _in_a_line(width)))

    def _most(self, height: int) -> int:
        return 2 if height >= _HIGH else 1

    def _draw(self) -> None:
        count, each = len(self._quiz.questions), _in_a_line(self.size.width)
        lines = -(-count // each)
        shown = min(lines, self._most(self.app.size.height))
        first = max(0, min(self._quiz.at // each - shown + 1, lines - shown))
        painted: list[Content] = []
        for line in range(first, first + shown):
            above = line == first > 0
            below = line == first + shown - 1 < lines - 1
            sign = Content.styled("▲" if above else "▼" if below else " ", "$muted")
            here = range(line * each, min((line + 1) * each, count))
            gap = Content(" ")
            groups = [here[start : start + _GROUP] for start in range(0, len(here), _GROUP)]
            painted.append(sign + gap.join(Content("").join(map(self._cell, group)) for group in groups))
        self.paint(painted)

    def _cell(self, index: int) -> Content:
        quiz = self._quiz
        question = quiz.questions[index].id
        sign = SIGNS[index not in quiz.open, question in quiz.flagged]
        front = index == quiz.at
        style = "bold $accent" if front else "$warning" if question in quiz.flagged else "$muted"
        cell = Content.styled(f"{'›' if front else ' '}{sign}", style)
        return cell.stylize(Style.from_meta({"question": index}))


def _in_a_line(width: int) -> int:
    """How many questions a line holds: whole groups, as long as one fits."""
    return max(1, (width - 1) // _GROUP_CELLS * _GROUP or (width - 1) // 2)
