"""The form `Choose`: one of the numbered options."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

from trainer.core.grading import Verdict
from trainer.core.options import options
from trainer.core.prompt import Choose
from trainer.core.visible import one_line
from trainer.tui.widgets.answer_form import AnswerView
from trainer.tui.widgets.lines import wrap

_INDENT = 5


class ChooseView(AnswerView[Choose]):
    """The options, one marked; after the answer each says whether it was right or yours."""

    advice = "pick an option by its number, or mark one with the arrows"

    marked: int | None = None
    _form: Choose
    _options: tuple[str, ...] = ()
    _response: str | None = None

    def ask(self, form: Choose, *, seed: str) -> None:
        """Show the options in the order drawn for this occasion, none marked yet."""
        self._form = form
        self._options = options(form, seed=seed)
        self.marked = self._response = None

    def answered(self, response: str, verdict: Verdict) -> None:
        """Mark the right option, and the one that was picked."""
        self._response = response

    def move(self, by: int) -> None:
        """Mark the next option, or the one before."""
        count = len(self._options)
        first = 0 if by > 0 else count - 1
        self.marked = first if self.marked is None else (self.marked + by) % count

    def option(self, number: int) -> str | None:
        """The option of that number, counted from 1, if there is one to pick."""
        return self._options[number - 1] if self._response is None and number <= len(self._options) else None

    def pressed(self, meta: dict[str, object]) -> str | None:
        """A click picks the option under the pointer."""
        index = meta.get("option")
        return self.option(index + 1) if isinstance(index, int) else None

    def lines(self, width: int) -> list[Content]:
        """A line an option, more where one wraps."""
        lines: list[Content] = []
        for index, option in enumerate(self._options):
            label, style = self._label(index, option)
            sign = "›" if self._response is None and index == self.marked else " "
            for row, part in enumerate(wrap(Content(f"{one_line(option)}{label}"), width - _INDENT)):
                head = f"{sign} {index + 1}  " if row == 0 else " " * _INDENT
                line = (Content(head) + part).stylize(style)
                lines.append(line.stylize(Style.from_meta({"option": index})))
        return lines

    def _label(self, index: int, option: str) -> tuple[str, str]:
        if self._response is None:
            return "", "bold" if index == self.marked else ""
        if option == self._form.answer:
            return "  ✓ right" + (", yours" if option == self._response else ""), "bold $text-success"
        if option == self._response:
            return "  ✗ yours", "$text-error"
        return "", "$muted"
