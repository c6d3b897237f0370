"""The form `Choose`: one of the numbered options."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.style import Style

from trainer.core.grading import Verdict
from trainer.core.options import options
from trainer.core.prompt import Choose
from trainer.core.visible import one_line
from trainer.tui.messages import Responded
from trainer.tui.widgets.answer_form import AnswerWidget

_INDENT = 5


class ChooseWidget(AnswerWidget[Choose]):
    """The options, one marked; after the answer each says whether it was right or yours."""

    _form: Choose
    _options: tuple[str, ...] = ()
    _marked: int | None = None
    _response: str | None = None

    def ask(self, form: Choose, *, seed: str) -> None:
        """Show the options in the order drawn for this occasion, none marked yet."""
        self._form = form
        self._options = options(form, seed=seed)
        self._marked = self._response = None
        self.display = True
        self.refresh(layout=True)

    def answered(self, response: str, verdict: Verdict) -> None:
        """Mark the right option, and the one that was picked."""
        self._response = response
        self.refresh(layout=True)

    def move(self, by: int) -> None:
        """Mark the next option, or the one before."""
        count = len(self._options)
        first = 0 if by > 0 else count - 1
        self._marked = first if self._marked is None else (self._marked + by) % count
        self.refresh()
        self.screen.refresh_bindings()

    @property
    def is_marked(self) -> bool:
        """Whether an option is marked."""
        return self._marked is not None

    def pick(self, number: int) -> None:
        """Answer with the option of that number, counted from 1; a number too high does nothing."""
        if self._response is None and number <= len(self._options):
            self.post_message(Responded(self._options[number - 1]))

    def pick_marked(self) -> None:
        """Answer with the marked option, if one is marked."""
        if self._marked is not None:
            self.pick(self._marked + 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line an option, more where one wraps."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The options."""
        return Content("\n").join(self._lines(self.content_size.width))

    def on_click(self, event: Click) -> None:
        """A click picks the option under the pointer."""
        option = event.style.meta.get("option")
        if option is not None:
            self.pick(int(option) + 1)

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for index, option in enumerate(self._options):
            label, style = self._label(index, option)
            sign = "›" if self._response is None and index == self._marked else " "
            wrapped = Content(f"{one_line(option)}{label}").wrap(max(8, width - _INDENT))
            for row, part in enumerate(wrapped):
                head = f"{sign} {index + 1}  " if row == 0 else " " * _INDENT
                lines.append(
                    (Content(head) + part).stylize(style).stylize(Style.from_meta({"option": index}))
                )
        return lines

    def _label(self, index: int, option: str) -> tuple[str, str]:
        if self._response is None:
            return "", "bold" if index == self._marked else ""
        if option == self._form.answer:
            return "  ✓ right" + (", yours" if option == self._response else ""), "bold $text-success"
        if option == self._response:
            return "  ✗ yours", "$text-error"
        return "", "$muted"
