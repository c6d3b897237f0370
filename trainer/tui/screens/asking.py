"""What screens that ask have in common: the page of a card, and the keys and the mouse of its answer form."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding
from textual.widgets import Input

from trainer.core.prompt import AnswerForm
from trainer.core.wording import capital
from trainer.errors import DataError, TrainerError, advice
from trainer.tui.screens.base import GUARD, TrainerScreen
from trainer.tui.widgets.answer_form import ACTIONS, AnswerView
from trainer.tui.widgets.bars import TopBar
from trainer.tui.widgets.foot import Foot
from trainer.tui.widgets.forms import FORM_VIEWS
from trainer.tui.widgets.page import Page

_DIGITS = range(1, 10)

FORM_KEYS: tuple[Binding, ...] = (
    Binding("space,enter", "reveal", "show the answer", id="reveal"),
    Binding("enter,space", "pick_marked", "answer", id="pick_marked"),
    Binding("enter", "submit", "answer", id="submit"),
    Binding("space", "tick_marked", "tick", tooltip="what is marked", id="toggle"),
    Binding("up,k", "move(-1)", "previous line", tooltip="mark the line above", show=False),
    Binding("down,j", "move(1)", "next line", tooltip="mark the line below", show=False),
    Binding("shift+up,alt+up,K", "shift(-1)", "move up", tooltip="the marked line", id="move_up"),
    Binding("shift+down,alt+down,J", "shift(1)", "move down", tooltip="the marked line", id="move_down"),
    Binding("1", "pick(1)", "pick", tooltip="an option, as numbered", key_display="1 to 9"),
    *(Binding(str(number), f"pick({number})", "pick", show=False) for number in _DIGITS[1:]),
    Binding("1", "tick(1)", "tick by number", key_display="1 to 9", show=False),
    *(Binding(str(number), f"tick({number})", "tick by number", show=False) for number in _DIGITS[1:]),
    Binding("1", "swap(1)", "bring here", tooltip="the right side of that number", key_display="1 to 9"),
    *(Binding(str(number), f"swap({number})", "bring here", show=False) for number in _DIGITS[1:]),
    Binding("0", "dont_know", "don't know", id="dont_know"),
    Binding("t", "letter('t')", "true"),
    Binding("f", "letter('f')", "false"),
)
"""The keys of all answer forms. A screen puts them before its own: the first live one of a key counts."""


class AskingScreen(TrainerScreen):
    """Asks in any answer form: a screen opens the form, draws the page, and is told the response."""

    AUTO_FOCUS = "AnswerLine"

    def __init__(self) -> None:
        super().__init__()
        self._views = {form: view() for form, view in FORM_VIEWS.items()}
        self.view: AnswerView[AnswerForm] | None = None
        self.top, self.page, self.foot = TopBar(), Page(self), Foot()
        self.shown_at = 0.0
        self.looked_at: float | None = None

    def respond(self, response: str) -> None:
        """The learner has answered."""
        raise NotImplementedError

    def open_form(self, form: AnswerForm, *, seed: str) -> AnswerView[AnswerForm]:
        """Begin to ask in a form; `seed` decides what is drawn. The page is not drawn yet."""
        view = self._views[type(form)]
        view.ask(form, seed=seed)
        self.view, self.looked_at = view, None
        line = self.page.answer_line
        line.open(view.placeholder) if view.takes_text else line.close()
        return view

    def close_form(self) -> None:
        """Ask nothing for now."""
        self.view = self.looked_at = None
        self.page.answer_line.close()

    def form_offers(self, action: str) -> bool | None:
        """Whether the form has a use for one of its actions now; None if the action is none of a form's."""
        offer = "toggle" if action == "tick_marked" else action  # Textual has an `action_toggle` already.
        if offer not in ACTIONS:
            return None
        return self.view is not None and offer in self.view.offers

    def not_done(self, error: TrainerError, comfort: str) -> None:
        """Say what could not be done, and what comes of it; shortly where only another start can help."""
        told = str(error)
        said = told.removeprefix(f"{self.trainer.collection.places.progress}: ")
        said = (said if said == told else f"not saved: {said}").replace("the progress file", "the file")
        if "start trainer again" in said:
            comfort = ""
        elif isinstance(error, DataError):
            comfort = f"See: {advice('doctor')}"
        self.foot.warn(f"{capital(said)}. {comfort}")

    def is_too_early(self) -> bool:
        """Whether a key comes at once after what it would judge; a held key keeps putting itself off."""
        now = self.trainer.monotonic()
        early = now - self.shown_at < GUARD
        self.shown_at = now if early else self.shown_at
        return early

    # The mouse

    def pressed(self, meta: dict[str, object]) -> None:
        """Something on the page was clicked."""
        self._do(lambda view: view.pressed(meta), judges=True)

    def grabbed(self, meta: dict[str, object]) -> bool:
        """The button went down on the page."""
        if self.view is None or not self.view.grab(meta):
            return False
        self.page.redraw()
        return True

    def dragged(self, meta: dict[str, object]) -> None:
        """What was grabbed was drawn to another line."""
        self._do(lambda view: view.drag(meta))

    # Keys

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The typed answer is given."""
        self.respond(event.value)

    def action_reveal(self) -> None:
        """Show the answer, or what is to be ticked of it."""
        self._do(lambda view: view.reveal(), judges=True)

    def action_dont_know(self) -> None:
        """Give no answer."""
        self.respond("")

    def action_move(self, by: int) -> None:
        """Mark another line."""
        self._do(lambda view: view.move(by))

    def action_shift(self, by: int) -> None:
        """Move the marked line."""
        self._do(lambda view: view.shift(by))

    def action_tick_marked(self) -> None:
        """Tick the marked option, or take its tick away."""
        self._do(lambda view: view.toggle(), judges=True)

    def action_pick(self, number: int) -> None:
        """What the line of that number means: an answer, or a step towards one."""
        self._do(lambda view: view.number(number), judges=True)

    action_tick = action_pick
    action_swap = action_pick

    def action_scroll(self, by: int) -> None:
        """Scroll what is below the question, or before the answer the question itself."""
        self.page.scroll_by(by)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by what is seen."""
        self.page.scroll_pages(by)

    def action_letter(self, letter: str) -> None:
        """Answer with the option that begins with a letter."""
        self._do(lambda view: view.letter(letter))

    def action_submit(self) -> None:
        """Answer with what is typed, marked, ticked or moved."""
        typed = self.page.answer_line.value
        self._do(lambda view: typed if view.takes_text else view.submit())

    action_pick_marked = action_submit

    def _do(self, step: Callable[[AnswerView[AnswerForm]], str | None], *, judges: bool = False) -> None:
        """Let the view do something; where that is an answer, give it, else show what has changed.

        `judges` says that it looks at the answer or ticks what is seen of it.
        """
        view = self.view
        if view is None or (judges and view.judges and self.is_too_early()):
            return
        before, advice = view.offers, view.advice
        response = step(view)
        if response is not None:
            self.respond(response)
            return
        self.page.redraw()
        if view.offers == before:  # Drawing the keys anew is the slowest part.
            return
        if "reveal" in before:
            self.shown_at = self.looked_at = self.trainer.monotonic()
        if view.advice != advice:
            self.foot.advise(view.advice)
        self.refresh_bindings()
