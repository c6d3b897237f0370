"""Studying: the question, the answer form, then what differs, why, from where, and the ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from trainer.core.deck import Card
from trainer.core.grading import Verdict, grade
from trainer.core.prompt import AnswerForm, Choose, Reveal, TypeIn
from trainer.core.review import Rating
from trainer.core.visible import one_line, visible
from trainer.core.wording import citation, partial_date, plural, wait
from trainer.errors import TrainerError
from trainer.tui.messages import Rated
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.answer_form import AnswerView
from trainer.tui.widgets.bars import TopBar, progress_bar
from trainer.tui.widgets.choose import ChooseView
from trainer.tui.widgets.foot import Foot
from trainer.tui.widgets.page import Page, rows, stacked, text
from trainer.tui.widgets.reveal import RevealView
from trainer.tui.widgets.type_in import TypeInView

if TYPE_CHECKING:
    from trainer.core.session import Session

FORM_VIEWS: dict[type[AnswerForm], type[AnswerView]] = {  # type: ignore[type-arg]
    Reveal: RevealView,
    TypeIn: TypeInView,
    Choose: ChooseView,
}
"""One view for each answer form."""

GUARD = 0.15
"""Seconds that something must have been on screen before a key may judge it: held keys grade nothing."""

_MAX_SHOWN = 60_000
_LOW, _TINY = 18, 14
_MOST_OTHERS = 3


class StudyScreen(TrainerScreen):
    """One card after another, until none is left for today."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "reveal", "show the answer", id="reveal"),
        Binding("enter,space", "pick_marked", "answer", id="pick_marked"),
        Binding("space,enter", "take_proposed", "rate as proposed", id="take_proposed"),
        Binding("h,ctrl+t", "hint", "hint", id="hint"),
        Binding("up,k", "move(-1)", "previous option", show=False),
        Binding("down,j", "move(1)", "next option", show=False),
        Binding("1", "pick(1)", "pick", tooltip="an option, as numbered", key_display="1 to 9"),
        *(Binding(str(number), f"pick({number})", "pick", show=False) for number in range(2, 10)),
        *(
            Binding(str(int(rating)), f"rate({int(rating)})", f"rate {rating.word}", show=False)
            for rating in Rating
        ),
        Binding("u,ctrl+z", "undo", "undo", id="undo"),
        Binding("s", "sources", "sources", id="sources"),
        Binding("f", "flag", "flag", id="flag"),
        Binding("b", "bury", "bury", tooltip="set aside for today", id="bury"),
        Binding("x", "suspend", "suspend", tooltip="set aside until brought back at home", id="suspend"),
        Binding("up,k", "scroll(-1)", "scroll up", show=False),
        Binding("down,j", "scroll(1)", "scroll down", show=False),
        Binding("pageup", "scroll_page(-1)", "scroll a page up", show=False),
        Binding("pagedown", "scroll_page(1)", "scroll a page down", show=False),
        Binding("q,escape", "leave", "leave", id="leave"),
    ]

    AUTO_FOCUS = "AnswerLine"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._views = {form: view() for form, view in FORM_VIEWS.items()}
        self._verdict: Verdict | None = None
        self._response = ""
        self._hint_shown = False
        self._told_to_rate = False
        self._shown_at = 0.0
        self._thought_for = 0
        self._top, self._page, self._foot = TopBar(), Page(self._pressed), Foot()

    def compose(self) -> ComposeResult:
        """The parts stay; each card fills them anew."""
        yield self._top
        yield self._foot
        yield self._page

    def on_mount(self) -> None:
        """Ask the first card."""
        self._ask()

    # Asking and answering

    @property
    def _view(self) -> AnswerView[AnswerForm] | None:
        card = self.session.card
        return None if card is None else self._views[type(card.prompt.form)]

    def _ask(self) -> None:
        card, view = self.session.card, self._view
        if card is None or view is None:
            self.trainer.summarise(self.session)
            return
        self._verdict, self._response = None, ""
        self._hint_shown = self._told_to_rate = False
        view.ask(card.prompt.form, seed=self._seed(card))
        line = self._page.answer_line
        line.open() if view.takes_text else line.close()
        self._show_card(card, view)
        self._foot.warn("")
        self._shown_at = self.trainer.monotonic()
        self.trainer.after_painting(self._frame, card, view)  # The card first, then what is around it.

    def _seed(self, card: Card) -> str:
        """Another one each time that a card is asked."""
        before = sum(entry.card.id == card.id for entry in self.session.answered)
        return f"{card.id}\n{self.session.state.reps if self.session.state else 0}\n{before}"

    def _frame(self, card: Card, view: AnswerView[AnswerForm]) -> None:
        if self._verdict is None and card is self.session.card:
            self._show_top(card)
            self._foot.advise(view.advice)
            self.refresh_bindings()

    def _pressed(self, meta: dict[str, object]) -> None:
        response = self._view.pressed(meta) if self._view else None
        if response is not None:
            self._respond(response)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The typed answer is given."""
        self._respond(event.value)

    def _respond(self, response: str) -> None:
        card, view = self.session.card, self._view
        if card is None or view is None or self._verdict is not None or self._is_too_early():
            return
        self._thought_for = round((self.trainer.monotonic() - self._shown_at) * 1000)
        self._response, self._verdict = response, grade(card.prompt.form, response)
        view.answered(response, self._verdict)
        self._page.answer_line.close()
        self._show_card(card, view)
        moment = self.trainer.collection.now()
        waits = {rating: wait(state, moment) for rating, state in self.session.preview(moment).items()}
        self._foot.rate(waits, self._verdict.suggested)
        self._shown_at = self.trainer.monotonic()
        self.trainer.after_painting(self._after_answer)  # The answer first, then the keys.

    def on_rated(self, event: Rated) -> None:
        """A rating was clicked."""
        self._rate(event.rating)

    def _rate(self, rating: Rating) -> None:
        if self.session.card is None or self._verdict is None or self._is_too_early():
            return
        try:
            self.session = self.trainer.collection.rate(
                self.session,
                rating,
                verdict=self._verdict,
                response=self._response,
                milliseconds=self._thought_for,
            )
        except TrainerError as error:
            self._not_done(error, "Rate again to retry.")
            return
        self._ask()

    def _is_too_early(self) -> bool:
        return self.trainer.monotonic() - self._shown_at < GUARD

    def _not_done(self, error: TrainerError, comfort: str) -> None:
        self._foot.warn(f"{str(error)[:1].upper()}{str(error)[1:]}. {comfort}")

    def _after_answer(self) -> None:
        self._page.answer_line.empty()
        self.refresh_bindings()

    # What is on screen

    def _show_top(self, card: Card) -> None:
        session = self.session
        kind = (
            "cram" if session.selection.cram else "new" if session.state is None else session.state.phase.word
        )
        flag = " · ⚑" if card.id in session.flagged else ""
        self._top.show(
            self.trainer.deck_title(card.deck),
            f"{session.asked} of {session.total}",
            f"{kind}{flag}",
            progress_bar(session.asked / max(session.total, 1), 16),
            *([f"{len(session.learning)} to come again"] if session.learning else []),
            card.type + (f": {card.aspect}" if card.aspect else ""),
        )

    def _show_card(self, card: Card, view: AnswerView[AnswerForm]) -> None:
        """The question, the form's part, and once answered all that the card tells."""
        as_of = f"\n(as of {partial_date(card.as_of)})" if card.as_of else ""
        hint = f"\n\nHint: {visible(card.hint)}" if self._hint_shown and card.hint else ""
        question = Content.assemble(
            (visible(card.prompt.question)[:_MAX_SHOWN], "bold"), (as_of, "$muted"), (hint, "$muted")
        )
        told = rows(self._told(card, self._verdict)) if self._verdict else rows([])
        self._page.show(text(question), stacked(view.lines, told), reads_head=self._verdict is None)

    def _told(self, card: Card, verdict: Verdict) -> list[tuple[str, Content]]:
        """What differs, the answer, a quote, why, and from where."""
        told = self._comparison(verdict, card.prompt.form)
        if card.quote:
            speaker = f" — {one_line(card.speaker)}" if card.speaker else ""
            told.append(("", Content(f"“{visible(card.quote)}”{speaker}")))
        if card.explanation:
            told.append(("", Content(visible(card.explanation)[:_MAX_SHOWN])))
        if card.sources:
            told.append(("", self._sources(card)))
        return told

    def _comparison(self, verdict: Verdict, form: AnswerForm) -> list[tuple[str, Content]]:
        """What was typed and how it differs, and the answer; options show that themselves."""
        rows: list[tuple[str, Content]] = []
        if isinstance(form, TypeIn):
            mark = {"right": "✓ ", "wrong": "✗ "}.get(verdict.kind, "")
            style = {"right": "$text-success", "wrong": "$text-error"}.get(verdict.kind, "$text-warning")
            said = one_line(self._response) or "—"
            rows.append(("You", Content.assemble(said, "\n", (f"{mark}{one_line(verdict.reason)}", style))))
        if not isinstance(form, Choose):
            rows.append(("Answer", Content.styled(visible(form.answer)[:_MAX_SHOWN], "bold")))
        if self.app.size.height < _TINY:
            rows.reverse()
        if isinstance(form, TypeIn) and len(form.answers) > 1:
            others = [one_line(answer) for answer in form.answers[1 : _MOST_OTHERS + 1]]
            more = [] if len(form.answers) <= _MOST_OTHERS + 1 else ["…"]
            rows.append(("or", Content.styled(" · ".join([*others, *more]), "$muted")))
        return rows

    def _sources(self, card: Card) -> Content:
        if self.app.size.height < _LOW:
            return Content.styled(f"{plural(len(card.sources), 'source')}: press s", "$muted")
        lines = "\n".join(one_line(citation(cited)) for cited in card.sources)
        return Content.assemble(("Source\n" if len(card.sources) == 1 else "Sources\n", "$muted"), lines)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something now: some ask, some judge."""
        card = self.session.card
        if card is None:
            return action == "leave"
        form, judging = card.prompt.form, self._verdict is not None
        return {
            "reveal": isinstance(form, Reveal) and not judging,
            "pick_marked": isinstance(form, Choose) and not judging and self._choose.marked is not None,
            "pick": isinstance(form, Choose) and not judging,
            "move": isinstance(form, Choose) and not judging,
            "take_proposed": judging,
            "rate": judging,
            "hint": bool(card.hint) and not judging and not self._hint_shown,
            "sources": judging and bool(card.sources),
        }.get(action, True)

    @property
    def _choose(self) -> ChooseView:
        view = self._views[Choose]
        assert isinstance(view, ChooseView)
        return view

    def action_reveal(self) -> None:
        """Show the answer."""
        self._respond("")

    def action_pick(self, number: int) -> None:
        """Answer with that option."""
        option = self._choose.option(number)
        if option is not None:
            self._respond(option)

    def action_move(self, by: int) -> None:
        """Mark another option."""
        self._choose.move(by)
        self._page.redraw()
        self.refresh_bindings()

    def action_pick_marked(self) -> None:
        """Answer with the marked option."""
        if self._choose.marked is not None:
            self.action_pick(self._choose.marked + 1)

    def action_rate(self, rating: int) -> None:
        """Rate the card."""
        self._rate(Rating(rating))

    def action_take_proposed(self) -> None:
        """Rate the card as the machine proposes."""
        if self._verdict is not None:
            self._rate(self._verdict.suggested)

    def action_hint(self) -> None:
        """Show the hint."""
        if self.session.card is not None and self._view is not None:
            self._hint_shown = True
            self._show_card(self.session.card, self._view)
            self.refresh_bindings()

    def action_sources(self) -> None:
        """Show the sources in full."""
        if self.session.card is not None:
            self.trainer.show_sources(self.session.card)

    def action_scroll(self, by: int) -> None:
        """Scroll what is below the question, or before the answer the question itself."""
        self._page.scroll_by(by)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by most of a page."""
        self._page.scroll_by(by * max(1, self._page.size.height // 2))

    def action_undo(self) -> None:
        """Take back the answer not yet rated, else the last thing done; and say what it was."""
        if self._verdict is not None:
            self._ask()
            return
        try:
            session, entry = self.trainer.collection.undo(self.session)
        except TrainerError as error:
            self._not_done(error, "Nothing was changed.")
            return
        self.session = session
        self._ask()
        done = f"Took back: {entry.kind} of {entry.card}" if entry else "There is nothing to undo."
        self._foot.tell(done)

    def action_flag(self) -> None:
        """Flag the card, or take its flag away."""
        try:
            self.session = self.trainer.collection.flag(self.session)
        except TrainerError as error:
            self._not_done(error, "Nothing was changed.")
            return
        if self.session.card is not None:
            self._show_top(self.session.card)

    def action_bury(self) -> None:
        """Set the card aside for today."""
        self._set_aside(suspended=False)

    def action_suspend(self) -> None:
        """Set the card aside until it is wanted again."""
        self._set_aside(suspended=True)

    def _set_aside(self, *, suspended: bool) -> None:
        if self._is_too_early():
            return
        collection = self.trainer.collection
        try:
            self.session = (collection.suspend if suspended else collection.bury)(self.session)
        except TrainerError as error:
            self._not_done(error, "Nothing was changed.")
            return
        self._ask()
        until = "until brought back at home" if suspended else "for today"
        self._foot.tell(f"Set aside {until}; undo brings it back.")

    def action_leave(self) -> None:
        """Stop here; every rated answer is saved already."""
        if self._verdict is not None and not self._told_to_rate:
            self._told_to_rate = True
            self._foot.tell("This is not rated yet; leave once more to drop it.")
            return
        self.trainer.leave_study(self.session)
