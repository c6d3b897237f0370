"""Studying: the question, the answer form, then what differs, why, from where, and the ratings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from trainer.collection.editing import renewed
from trainer.core.deck import Card
from trainer.core.options import occasion
from trainer.core.review import Confidence, Rating
from trainer.core.visible import one_line
from trainer.core.wording import capital, wait
from trainer.errors import TrainerError
from trainer.tui.messages import Rated
from trainer.tui.screens.asking import FORM_KEYS, AskingScreen
from trainer.tui.widgets.bars import progress_bar
from trainer.tui.widgets.page import rows, stacked, text
from trainer.tui.widgets.told import changed, question_of, told

if TYPE_CHECKING:
    from trainer.core.change import Change
    from trainer.core.grading import Verdict
    from trainer.core.session import Session

_ADVICE = "the card is asked later, after the others"
_NEXT_CONFIDENCE = {
    None: Confidence.SURE,
    Confidence.SURE: Confidence.UNSURE,
    Confidence.UNSURE: Confidence.GUESS,
    Confidence.GUESS: None,
}
_HOW_SURE = {Confidence.SURE: "sure", Confidence.UNSURE: "unsure", Confidence.GUESS: "guessing"}


class StudyScreen(AskingScreen):
    """One card after another, until none is left for today."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *FORM_KEYS,
        Binding("space,enter", "take_proposed", "rate", tooltip="as proposed", id="take_proposed"),
        *(
            Binding(str(int(rating)), f"rate({int(rating)})", f"rate {rating.word}", show=False)
            for rating in Rating
        ),
        Binding("space,enter", "understood", "understood", tooltip="the card comes later", id="understood"),
        Binding("h,ctrl+t", "hint", "hint", id="hint"),
        Binding("c,f2", "confidence", "how sure", tooltip="sure, unsure, a guess", id="confidence"),
        Binding("u,ctrl+z", "undo", "undo", id="undo"),
        Binding("s", "sources", "sources", id="sources"),
        Binding("o", "open_link", "open link", tooltip="of the source", show=False, id="open_link"),
        Binding("f", "flag", "flag", id="flag"),
        Binding("b", "bury", "bury", tooltip="set aside for today", id="bury"),
        Binding("x", "suspend", "suspend", tooltip="set aside until brought back at home", id="suspend"),
        Binding("e", "edit", "edit", tooltip="the card, in your editor", id="edit"),
        Binding("up,k", "scroll(-1)", "scroll up", show=False),
        Binding("down,j", "scroll(1)", "scroll down", show=False),
        Binding("pageup", "scroll_page(-1)", "scroll a page up", show=False),
        Binding("pagedown", "scroll_page(1)", "scroll a page down", show=False),
        Binding("q,escape", "leave", "leave", id="leave"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._change: Change | None = None
        self._verdict: Verdict | None = None
        self._response = ""
        self._asked_back = ""
        self._confidence: Confidence | None = None
        self._hint_shown = False
        self._told_to_rate = False
        self._asked_at = 0.0
        self._thought_for = 0

    def compose(self) -> ComposeResult:
        """The parts stay; each card fills them anew."""
        yield self.top
        yield self.foot
        yield self.page

    def on_mount(self) -> None:
        """Ask the first card."""
        self._ask()

    # Asking and answering

    def _ask(self) -> None:
        card = self.session.card
        if card is None:
            self.trainer.summarise(self.session)
            return
        self._verdict, self._response, self._asked_back, self._confidence = None, "", "", None
        self._hint_shown = self._told_to_rate = False
        self._change = self._changed()
        if self._change is None:
            self.open_form(card.prompt.form, seed=self._seed(card))
            self._show_card(card)
        else:
            self.close_form()
            self._show_change(card, self._change)
        self.foot.warn("")
        self._asked_at = self.shown_at = self.trainer.monotonic()
        self.trainer.after_painting(self._frame, card)  # The card first, then what is around it.

    def _changed(self) -> Change | None:
        """What is to be told before the card in front is asked."""
        try:
            return self.trainer.collection.changed(self.session)
        except TrainerError:  # The card can be asked all the same; its rating would say what is wrong.
            return None

    def _seed(self, card: Card) -> str:
        """What is drawn for the card, another each time that it is asked."""
        before = sum(entry.card.id == card.id for entry in self.session.answered)
        return occasion(card.id, self.session.state, before)

    def _frame(self, card: Card) -> None:
        if self._verdict is None and card is self.session.card:
            self._show_top(card)
            self.foot.advise(self.view.advice if self.view else _ADVICE)
            self.refresh_bindings()

    def respond(self, response: str) -> None:
        """Grade the answer and show what became of it, or ask back what was meant."""
        card, view = self.session.card, self.view
        if card is None or view is None or self._verdict is not None or self.is_too_early():
            return
        thought_until = self.looked_at or self.trainer.monotonic()
        milliseconds = round((thought_until - self._asked_at) * 1000)
        try:
            if self._asks_back(card, response):
                return
            verdict = self.trainer.collection.grade(card, response, milliseconds=milliseconds)
        except TrainerError as error:
            self.not_done(error, "The answer stays; give it again to retry.")
            return
        self._thought_for, self._response, self._verdict = milliseconds, response, verdict
        view.answered(response, verdict)
        self.page.answer_line.close()
        self._show_card(card)
        moment = self.trainer.collection.now()
        waits = {rating: wait(state, moment) for rating, state in self.session.preview(moment).items()}
        self.foot.rate(waits, verdict.suggested)
        self.shown_at = self.trainer.monotonic()
        self.trainer.after_painting(self._after_answer)  # The answer first, then the keys.

    def _asks_back(self, card: Card, response: str) -> bool:
        """Ask what was meant, once for each response that could mean several things."""
        question = self.trainer.collection.unclear(card, response)
        if not question or response == self._asked_back:
            return False
        self._asked_back = response
        self.shown_at = self.trainer.monotonic()
        self.foot.tell(f"{capital(question)}. Enter once more grades it as it is.")
        return True

    def on_rated(self, event: Rated) -> None:
        """A rating was clicked."""
        self._rate(event.rating)

    def _rate(self, rating: Rating) -> None:
        if self.session.card is None or self._verdict is None or self.is_too_early():
            return
        try:
            self.session = self.trainer.collection.rate(
                self.session,
                rating,
                verdict=self._verdict,
                response=self._response,
                milliseconds=self._thought_for,
                confidence=self._confidence,
            )
        except TrainerError as error:
            self.not_done(error, "Rate again to retry.")
            return
        self._ask()

    def _after_answer(self) -> None:
        self.page.answer_line.empty()
        self.refresh_bindings()

    # What is on screen

    def _show_top(self, card: Card) -> None:
        session = self.session
        kind = (
            "cram" if session.selection.cram else "new" if session.state is None else session.state.phase.word
        )
        flag = " · ⚑" if card.id in session.flagged else ""
        self.top.show(
            self.trainer.deck_title(card.deck),
            f"{session.asked} of {session.total}",
            *([f"you: {self._confidence.word}"] if self._confidence else []),
            f"{kind}{flag}",
            progress_bar(session.asked / max(session.total, 1), 16),
            *([f"{len(session.learning)} to come again"] if session.learning else []),
            card.type + (f": {card.aspect}" if card.aspect else ""),
            one_line(session.selection.in_words),
        )

    def _show_card(self, card: Card) -> None:
        """The question, the form's part, and once answered all that the card tells."""
        view = self.view
        assert view is not None
        verdict, height = self._verdict, self.app.size.height
        below = told(card, self._response, verdict, height=height) if verdict else []
        self.page.show(
            text(question_of(card, with_hint=self._hint_shown)),
            stacked(view.lines, rows(below)),
            reads_head=verdict is None,
            row=lambda: view.row,
        )

    def _show_change(self, card: Card, change: Change) -> None:
        """The question, and what its answer was and is."""
        below = changed(card, change, height=self.app.size.height)
        self.page.show(text(question_of(card, with_hint=False)), rows(below), reads_head=False)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something now: some ask, some judge."""
        card = self.session.card
        if card is None:
            return action == "leave"
        offered = self.form_offers(action)
        if offered is not None:
            return offered
        judging, noticing = self._verdict is not None, self._change is not None
        thinking = not judging and not noticing and self.looked_at is None
        return {
            "understood": noticing,
            "take_proposed": judging,
            "rate": judging,
            "edit": self.view is None or judging or not self.view.takes_text,
            "hint": bool(card.hint) and thinking and not self._hint_shown,
            "confidence": thinking,
            "sources": (judging or noticing) and bool(card.sources),
            "open_link": (judging or noticing) and bool(card.sources),
        }.get(action, True)

    def action_rate(self, rating: int) -> None:
        """Rate the card."""
        self._rate(Rating(rating))

    def action_take_proposed(self) -> None:
        """Rate the card as the machine proposes."""
        if self._verdict is not None:
            self._rate(self._verdict.suggested)

    def action_understood(self) -> None:
        """Note that the learner knows of the change, and ask other cards first."""
        if self._change is None or self.is_too_early():
            return
        try:
            self.session = self.trainer.collection.understood(self.session)
        except TrainerError as error:
            self.not_done(error, "Press the key again to retry.")
            return
        self._ask()

    def action_hint(self) -> None:
        """Show the hint."""
        if self.session.card is not None:
            self._hint_shown = True
            self._show_card(self.session.card)
            self.refresh_bindings()

    def action_confidence(self) -> None:
        """Say before the answer how sure one is of it."""
        if self.session.card is not None and self._verdict is None:
            self._confidence = _NEXT_CONFIDENCE[self._confidence]
            self._show_top(self.session.card)
            said = f"you are {_HOW_SURE[self._confidence]}" if self._confidence else "nothing"
            self.foot.tell(f"You say {said}.")

    def action_sources(self) -> None:
        """Show the sources in full."""
        if self.session.card is not None:
            self.trainer.show_sources(self.session.card)

    def action_open_link(self) -> None:
        """Open the link of the first source that has one."""
        if self.session.card is not None:
            from trainer.tui.screens.passage import open_link

            open_link(self.trainer, (cited.source for cited in self.session.card.sources))

    def action_edit(self) -> None:
        """Open the card in the editor."""
        card = self.session.card
        if card is not None:
            self.trainer.edit(card.span, partial(self._edited, card))

    def _edited(self, before: Card) -> None:
        """Go on with the card as it is now; with another question or answer it is asked anew."""
        session = renewed(self.trainer.collection, self.session, path=before.span.path)
        self.session, card = session, session.card
        if card is None or card.id != before.id:
            text = f"{before.id} is not in its deck any more."
            self.notify(one_line(text), severity="warning", markup=False)
        elif self._verdict is not None and card.prompt == before.prompt:
            self._show_card(card)
            return
        elif card == before:
            return
        self._ask()

    def action_undo(self) -> None:
        """Take back the answer not yet rated, else the last thing done; and say what it was."""
        if self._verdict is not None:
            self._ask()
            return
        if self._drops_what_is_typed():
            return
        try:
            session, entry = self.trainer.collection.undo(self.session)
        except TrainerError as error:
            self.not_done(error, "Nothing was changed.")
            return
        self.session = session
        self._ask()
        nothing = "There is nothing to undo, or another session has done it."
        done = f"Took back: {entry.called}" if entry else nothing
        self.foot.tell(done)

    def action_flag(self) -> None:
        """Flag the card, or take its flag away."""
        try:
            self.session = self.trainer.collection.flag(self.session)
        except TrainerError as error:
            self.not_done(error, "Nothing was changed.")
            return
        self.foot.warn("")
        if self.session.card is not None:
            self._show_top(self.session.card)

    def action_bury(self) -> None:
        """Set the card aside for today."""
        self._set_aside(suspended=False)

    def action_suspend(self) -> None:
        """Set the card aside until it is wanted again."""
        self._set_aside(suspended=True)

    def _set_aside(self, *, suspended: bool) -> None:
        if self.is_too_early():
            return
        collection = self.trainer.collection
        try:
            self.session = (collection.suspend if suspended else collection.bury)(self.session)
        except TrainerError as error:
            self.not_done(error, "Nothing was changed.")
            return
        self._ask()
        until = "until brought back at home" if suspended else "for today"
        self.foot.tell(f"Set aside {until}; undo brings it back.")

    def action_leave(self) -> None:
        """Stop here; every rated answer is saved already."""
        if self._verdict is not None and not self._told_to_rate:
            self._told_to_rate = True
            self.foot.tell("This is not rated yet; leave once more to drop it.")
            return
        if self._drops_what_is_typed():
            return
        self.trainer.leave_study(self.session)

    def _drops_what_is_typed(self) -> bool:
        """Whether there was something typed to let go of, before a key does more."""
        line = self.page.answer_line
        if self._verdict is not None or not line.is_open or not line.value:
            return False
        line.value = ""
        self.foot.tell("The line is empty again; the same key once more does what it says.")
        return True
