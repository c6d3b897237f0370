"""Studying: the question, the answer form, then what differs, why, from where, and the ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.core.deck import Card
from trainer.core.grading import Verdict, grade
from trainer.core.prompt import AnswerForm, Choose, Reveal, TypeIn
from trainer.core.review import Rating
from trainer.core.visible import one_line, visible
from trainer.core.wording import citation, partial_date, plural, wait
from trainer.errors import TrainerError
from trainer.tui.messages import Rated, Responded
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.answer_form import AnswerWidget
from trainer.tui.widgets.bars import Banner, KeyHints, TopBar, progress_bar
from trainer.tui.widgets.choose import ChooseWidget
from trainer.tui.widgets.rating_bar import RatingBar
from trainer.tui.widgets.reveal import RevealWidget
from trainer.tui.widgets.rows import Rows
from trainer.tui.widgets.type_in import TypeInWidget

if TYPE_CHECKING:
    from trainer.core.session import Session

FORM_WIDGETS: dict[type, type[AnswerWidget]] = {  # type: ignore[type-arg]
    Reveal: RevealWidget,
    TypeIn: TypeInWidget,
    Choose: ChooseWidget,
}
"""One widget for each answer form."""

GUARD = 0.15
"""Seconds that something must have been on screen before a key may judge it: held keys grade nothing."""

_MAX_SHOWN = 60_000
_LOW, _TINY = 18, 14


class StudyScreen(TrainerScreen):
    """One card after another, until none is left for today."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "reveal", "show the answer", id="reveal"),
        Binding("enter,space", "pick_marked", "answer", id="pick_marked"),
        Binding("space,enter", "take_proposed", "take the proposed rating", id="take_proposed"),
        Binding("h,ctrl+t", "hint", "hint", id="hint"),
        Binding("up,k", "move(-1)", "previous option", show=False),
        Binding("down,j", "move(1)", "next option", show=False),
        Binding("1", "pick(1)", "pick", key_display="1 to 9"),
        *(Binding(str(number), f"pick({number})", f"pick {number}", show=False) for number in range(2, 10)),
        *(
            Binding(str(int(rating)), f"rate({int(rating)})", f"rate {rating.word}", show=False)
            for rating in Rating
        ),
        Binding("u,ctrl+z", "undo", "undo", id="undo"),
        Binding("s", "sources", "sources", id="sources"),
        Binding("f", "flag", "flag", id="flag"),
        Binding("b", "bury", "bury", tooltip="set aside for today", id="bury"),
        Binding("x", "suspend", "suspend", tooltip="set aside until wanted again", id="suspend"),
        Binding("pageup", "scroll_page(-1)", "scroll up", show=False),
        Binding("pagedown", "scroll_page(1)", "scroll down", show=False),
        Binding("q,escape", "leave", "leave", id="leave"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._verdict: Verdict | None = None
        self._response = ""
        self._hint_shown = False
        self._shown_at = 0.0
        self._thought_for = 0

    def compose(self) -> ComposeResult:
        """The parts stay; each card fills them anew."""
        yield TopBar()
        with VerticalScroll(id="question-area", can_focus=False):
            yield Static(id="question", markup=False)
        with VerticalScroll(id="answer-area", can_focus=False):
            yield Vertical(id="form")
            yield Rows(id="feedback")
        yield Banner()
        yield RatingBar()
        yield KeyHints()

    async def on_mount(self) -> None:
        """Ask the first card."""
        await self._ask()

    # Asking and answering

    async def _ask(self) -> None:
        card = self.session.card
        if card is None:
            self.trainer.summarise(self.session)
            return
        self._verdict, self._response, self._hint_shown = None, "", False
        self.query_one(Banner).show("")
        self.query_one(RatingBar).display = False
        self._show_top(card)
        self._show_question(card)
        self._show_feedback(card)
        seed = f"{card.id}\n{self.session.state.reps if self.session.state else 0}"
        await self._show_form(card, seed)
        self._shown_at = self.trainer.monotonic()
        self.refresh_bindings()

    async def _show_form(self, card: Card, seed: str) -> None:
        area = self.query_one("#form", Vertical)
        wanted = FORM_WIDGETS[type(card.prompt.form)]
        for child in area.children:
            child.display = type(child) is wanted
        if not area.query(wanted):
            await area.mount(wanted())
        if wanted is not TypeInWidget:
            self.set_focus(None)
        self.query_one("#answer-area").scroll_home(animate=False)
        area.query_one(wanted).ask(card.prompt.form, seed=seed)

    def on_responded(self, event: Responded) -> None:
        """The answer form was answered."""
        card = self.session.card
        if card is None or self._verdict is not None or self._is_too_early():
            return
        self._thought_for = round((self.trainer.monotonic() - self._shown_at) * 1000)
        self._response = event.response
        self._verdict = grade(card.prompt.form, event.response)
        self.query_one(FORM_WIDGETS[type(card.prompt.form)]).answered(event.response, self._verdict)
        self._show_feedback(card)
        self._show_ratings(self._verdict)
        self._shown_at = self.trainer.monotonic()
        self.refresh_bindings()

    async def on_rated(self, event: Rated) -> None:
        """A rating was clicked."""
        await self._rate(event.rating)

    async def _rate(self, rating: Rating) -> None:
        if self._verdict is None or self._is_too_early():
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
            self._not_done(error, "The card stays here with your answer: rate it again to retry.")
            return
        await self._ask()

    def _is_too_early(self) -> bool:
        return self.trainer.monotonic() - self._shown_at < GUARD

    def _not_done(self, error: TrainerError, comfort: str) -> None:
        hint = f" ({error.hint})" if error.hint else ""
        self.query_one(Banner).show(f"{str(error)[:1].upper()}{str(error)[1:]}{hint}. {comfort}")

    # What is on screen

    def _show_top(self, card: Card) -> None:
        session = self.session
        kind = (
            "cram" if session.selection.cram else "new" if session.state is None else session.state.phase.word
        )
        flag = " · ⚑" if card.id in session.flagged else ""
        self.query_one(TopBar).show(
            self.trainer.deck_title(card.deck),
            f"{session.asked} of {session.total}",
            f"{kind}{flag}",
            progress_bar(session.finished / max(session.total, 1), 16),
            *([f"{len(session.learning)} to come again"] if session.learning else []),
            card.type + (f": {card.aspect}" if card.aspect else ""),
        )

    def _show_question(self, card: Card) -> None:
        text = visible(card.prompt.question)[:_MAX_SHOWN]
        as_of = f"\n(as of {partial_date(card.as_of)})" if card.as_of else ""
        hint = f"\n\nHint: {visible(card.hint)}" if self._hint_shown and card.hint else ""
        self.query_one("#question", Static).update(
            Content.assemble((text, "bold"), (as_of, "$muted"), (hint, "$muted"))
        )
        self.query_one("#question-area").scroll_home(animate=False)

    def _show_feedback(self, card: Card) -> None:
        rows: list[tuple[str, Content]] = []
        if self._verdict is not None:
            rows += self._comparison(self._verdict, card.prompt.form)
            if card.quote:
                speaker = f" — {one_line(card.speaker)}" if card.speaker else ""
                rows.append(("", Content(f"“{visible(card.quote)}”{speaker}")))
            if card.explanation:
                rows.append(("", Content(visible(card.explanation)[:_MAX_SHOWN])))
            if card.sources:
                rows.append(("", self._sources(card)))
        self.query_one("#feedback", Rows).show(rows)

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
            rows.append(("or", Content.styled(" · ".join(map(one_line, form.answers[1:])), "$muted")))
        return rows

    def _sources(self, card: Card) -> Content:
        if self.app.size.height < _LOW:
            return Content.styled(f"{plural(len(card.sources), 'source')}: press s", "$muted")
        lines = "\n".join(one_line(citation(cited)) for cited in card.sources)
        return Content.assemble(("Source\n" if len(card.sources) == 1 else "Sources\n", "$muted"), lines)

    def _show_ratings(self, verdict: Verdict) -> None:
        moment = self.trainer.collection.now()
        waits = {rating: wait(state, moment) for rating, state in self.session.preview(moment).items()}
        self.query_one(RatingBar).show(waits, verdict.suggested)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something now: some ask, some judge."""
        card = self.session.card
        if card is None:
            return action == "leave"
        form, judging = card.prompt.form, self._verdict is not None
        return {
            "reveal": isinstance(form, Reveal) and not judging,
            "pick_marked": isinstance(form, Choose)
            and not judging
            and self.query_one(ChooseWidget).is_marked,
            "pick": isinstance(form, Choose) and not judging,
            "move": isinstance(form, Choose) and not judging,
            "take_proposed": judging,
            "rate": judging,
            "hint": bool(card.hint) and not judging and not self._hint_shown,
            "sources": judging and bool(card.sources),
        }.get(action, True)

    def action_reveal(self) -> None:
        """Show the answer."""
        self.post_message(Responded(""))

    def action_pick(self, number: int) -> None:
        """Answer with that option."""
        self.query_one(ChooseWidget).pick(number)

    def action_move(self, by: int) -> None:
        """Mark another option."""
        self.query_one(ChooseWidget).move(by)

    def action_pick_marked(self) -> None:
        """Answer with the marked option."""
        self.query_one(ChooseWidget).pick_marked()

    async def action_rate(self, rating: int) -> None:
        """Rate the card."""
        await self._rate(Rating(rating))

    async def action_take_proposed(self) -> None:
        """Rate the card as the machine proposes."""
        if self._verdict is not None:
            await self._rate(self._verdict.suggested)

    def action_hint(self) -> None:
        """Show the hint."""
        if self.session.card is not None:
            self._hint_shown = True
            self._show_question(self.session.card)
            self.refresh_bindings()

    def action_sources(self) -> None:
        """Show the sources in full."""
        if self.session.card is not None:
            self.trainer.show_sources(self.session.card)

    def action_scroll_page(self, by: int) -> None:
        """Scroll what stands below the question, or the question itself."""
        area = self.query_one("#answer-area" if self._verdict else "#question-area", VerticalScroll)
        area.scroll_relative(y=by * max(1, area.size.height - 1), animate=False)

    async def action_undo(self) -> None:
        """Take back the last thing done."""
        try:
            session, entry = self.trainer.collection.undo(self.session)
        except TrainerError as error:
            self._not_done(error, "Nothing was changed.")
            return
        if entry is None and session is self.session:
            self.query_one(Banner).show("There is nothing to undo.")
            return
        self.session = session
        await self._ask()

    async def action_flag(self) -> None:
        """Flag the card, or take its flag away."""
        try:
            self.session = self.trainer.collection.flag(self.session)
        except TrainerError as error:
            self._not_done(error, "Nothing was changed.")
            return
        if self.session.card is not None:
            self._show_top(self.session.card)

    async def action_bury(self) -> None:
        """Set the card aside for today."""
        await self._set_aside(suspended=False)

    async def action_suspend(self) -> None:
        """Set the card aside until it is wanted again."""
        await self._set_aside(suspended=True)

    async def _set_aside(self, *, suspended: bool) -> None:
        collection = self.trainer.collection
        try:
            self.session = (collection.suspend if suspended else collection.bury)(self.session)
        except TrainerError as error:
            self._not_done(error, "Nothing was changed.")
            return
        await self._ask()

    def action_leave(self) -> None:
        """Stop here; every answer is saved already."""
        self.trainer.leave_study(self.session)
