"""After a sitting: how it went, what was missed, what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.core.prompt import accepted
from trainer.core.session import Answered, Tally, tally
from trainer.core.visible import one_line
from trainer.core.wording import citation, duration, plural
from trainer.errors import TrainerError
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.bars import Banner, KeyHints, TopBar

if TYPE_CHECKING:
    from trainer.core.session import Session


class SummaryScreen(TrainerScreen):
    """The result of a sitting, and what to do next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", "go on", id="go_on"),
        Binding("m", "missed", "again, only the missed", id="missed"),
        Binding("u,ctrl+z", "undo", "undo the last answer", id="undo"),
        Binding("h,escape", "home", "home", id="home"),
        Binding("q", "app.quit", "quit", id="quit_here"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._tally = tally(session.answered)

    def compose(self) -> ComposeResult:
        """A line of result, the missed cards, what comes."""
        yield TopBar()
        with VerticalScroll(id="summary", can_focus=False):
            yield Static(self._result(self._tally), id="result", markup=False)
            if self._tally.missed:
                yield Static(
                    Content("\n\n").join(map(_missed, self._tally.missed)), id="missed", markup=False
                )
            yield Static(self._coming(), id="coming", markup=False)
        yield Banner()
        yield KeyHints()

    def on_mount(self) -> None:
        """Say what this is."""
        self.query_one(TopBar).show("Summary", f"{self.session.finished} of {self.session.total} finished")

    def _result(self, counted: Tally) -> Content:
        if not counted.reviews:
            left = self.session.front is not None
            return Content("Nothing answered yet." if left else "Nothing is due now.")
        return Content.assemble(
            ("Done.  " if self.session.front is None else "So far.  ", "bold"),
            f"{plural(counted.cards, 'card')}, {plural(counted.reviews, 'answer')}"
            f" in {duration(counted.milliseconds)} · ",
            (f"score {counted.percent} %", "bold"),
            f" ({counted.score:g} of {counted.reviews}) · best run {counted.best_run}",
        )

    def _coming(self) -> Content:
        overview = self.trainer.collection.overview()
        tomorrow, week = overview.ahead[0][1], sum(count for _, count in overview.ahead)
        now = self.trainer.collection.now()
        new = f" and {overview.new_tomorrow} new" if overview.new_tomorrow else ""
        lines = [f"Tomorrow {tomorrow} due{new} · the next seven days {week} due"]
        soon = self.session.next_learning
        if self.session.front is None and soon is not None:
            minutes = max(1, round((soon - now.at) / 60_000))
            lines.insert(0, f"The next card in learning comes back in {plural(minutes, 'minute')}")
        elif self.session.front is None and not any(overview.due.total[2:]):
            lines[0] += f" · they come at {self.trainer.collection.config.rollover_hour}:00"
        return Content("\n").join(map(Content, lines))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going on needs cards that wait, and the missed need to be some."""
        if action == "missed":
            return bool(self._tally.missed)
        if action == "go_on":
            return self.session.front is not None
        if action == "undo":
            return bool(self.session.answered)
        return True

    def action_go_on(self) -> None:
        """Take up the sitting where it was left."""
        self.trainer.study_session(self.session)

    def action_missed(self) -> None:
        """Cram the missed cards; the schedule stays as it is."""
        self.trainer.cram(tuple(entry.card.id for entry in self._tally.missed))

    def action_undo(self) -> None:
        """Take back the last answer, and stand before its card again."""
        try:
            session, _ = self.trainer.collection.undo(self.session)
        except TrainerError as error:
            self.query_one(Banner).show(f"{error}. Nothing was changed.")
            return
        self.trainer.study_session(session)

    def action_home(self) -> None:
        """To the decks."""
        self.trainer.go_home()


def _missed(entry: Answered) -> Content:
    """The question, what was said, what is right, and where it is written."""
    card = entry.card
    said = f"you: {one_line(entry.review.response)}   " if entry.review.response.strip() else ""
    answer = one_line(accepted(card.prompt.form)[0])
    sources = "; ".join(one_line(citation(cited)) for cited in card.sources)
    return Content.assemble(
        ("Missed  ", "$text-error"),
        (one_line(card.prompt.question), "bold"),
        f"\n{said}answer: {answer}",
        (f"\n{sources}" if sources else "", "$muted"),
    )
