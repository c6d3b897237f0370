"""After a sitting: how it went, what was missed, what comes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from trainer.collection.editing import renewed
from trainer.core.prompt import accepted
from trainer.core.session import Answered, Tally, tally
from trainer.core.visible import one_line
from trainer.core.wording import cited_sources, duration, plural
from trainer.errors import TrainerError
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.bars import Banner, KeyHints, TopBar

if TYPE_CHECKING:
    from trainer.collection import Overview
    from trainer.core.deck import Card
    from trainer.core.session import Session


class SummaryScreen(TrainerScreen):
    """The result of a sitting, and what to do next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", "go on", id="go_on"),
        Binding("m", "missed", "again, only the missed", id="missed"),
        Binding("n", "more_new", "ten more new cards", id="more_new"),
        Binding("u,ctrl+z", "undo", "undo", id="undo"),
        Binding("e", "edit", "edit", tooltip="the marked card, in your editor", id="edit"),
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", "scroll(-10)", "scroll a page up", show=False),
        Binding("pagedown", "scroll(10)", "scroll a page down", show=False),
        Binding("h,escape", "home", "home", id="home"),
        Binding("q", "app.quit", "quit", id="quit_here"),
    ]

    DEFAULT_CSS = """
    SummaryScreen .missed { height: auto; margin-bottom: 1; }
    """

    def __init__(self, session: Session, overview: Overview) -> None:
        super().__init__()
        self.session = session
        self._tally = tally(session.answered)
        self._missed = [entry.card for entry in self._tally.missed]
        self._marked = 0
        self._overview = overview

    def compose(self) -> ComposeResult:
        """A line of result, the missed cards, what comes."""
        yield TopBar()
        with VerticalScroll(id="summary", can_focus=False):
            yield Static(self._result(self._tally), id="result", markup=False)
            for place in range(len(self._missed)):
                yield Static(self._told(place), id=f"missed-{place}", classes="missed", markup=False)
            yield Static(self._coming(), id="coming", markup=False)
        yield Banner()
        yield KeyHints()

    def on_mount(self) -> None:
        """Say what this is."""
        asked_for = one_line(self.session.selection.in_words)
        cards = f"{self._tally.cards} of {self.session.total} cards"
        self.query_one(TopBar).show("Summary", cards, asked_for)

    def _result(self, counted: Tally) -> Content:
        if not counted.reviews:
            left = self.session.front is not None
            return Content("Nothing answered yet." if left else "Nothing is due now.")
        return Content.assemble(
            ("Done.  " if self.session.front is None else "So far.  ", "bold"),
            f"{plural(counted.cards, 'card')}, {plural(counted.reviews, 'answer')}"
            f" in {duration(counted.milliseconds)} · ",
            (f"score {counted.percent} %", "bold"),
            f" ({round(counted.score, 2):g} of {counted.reviews}) · best run {counted.best_run}",
        )

    def _told(self, place: int) -> Content:
        """A missed card as it is now, with a mark if there are others that could be meant."""
        told = _missed(self._tally.missed[place], self._missed[place])
        several = len(self._missed) > 1
        return Content.assemble("› " if several and place == self._marked else "", told)

    def _draw_missed(self) -> None:
        for place in range(len(self._missed)):
            self.query_one(f"#missed-{place}", Static).update(self._told(place))

    def _mark(self, place: int) -> None:
        """Mark a missed card, and have it on screen."""
        self._marked = place
        self._draw_missed()
        self.query_one("#summary").scroll_to_widget(self.query_one(f"#missed-{place}"), animate=False)

    def _coming(self) -> Content:
        overview = self._overview
        tomorrow, week = overview.ahead[0][1], sum(count for _, count in overview.ahead)
        now = self.trainer.collection.now()
        new = f" and {overview.new_tomorrow} new" if overview.new_tomorrow else ""
        hour = self.trainer.collection.config.rollover_hour
        lines = [f"Tomorrow, from {hour}:00: {tomorrow} due{new} · the next seven days {week} due"]
        soon = self.session.next_learning
        if self.session.front is None and soon is not None:
            minutes = max(1, round((soon - now.at) / 60_000))
            lines.insert(0, f"The next card in learning comes back in {plural(minutes, 'minute')}")
        elif self.session.front is None and overview.new_tomorrow and not overview.due.total.new:
            lines.insert(0, "Today's new cards are done; n brings ten more")
        return Content("\n").join(map(Content, lines))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going on needs cards that wait, and the missed need to be some."""
        if action in ("missed", "edit"):
            return bool(self._tally.missed)
        if action == "go_on":
            return self.session.front is not None
        if action == "more_new":
            return self.session.front is None and self._overview.new_tomorrow > 0
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
            session, entry = self.trainer.collection.undo(self.session)
        except TrainerError as error:
            self.query_one(Banner).show(f"{error}. Nothing was changed.")
            return
        if entry is None:
            self.query_one(Banner).show("There is nothing to undo.")
        else:
            self.trainer.study_session(session)

    def action_more_new(self) -> None:
        """Ten new cards beyond today's."""
        self.trainer.study(replace(self.session.selection, new=10, cards=(), cram=False))

    def action_edit(self) -> None:
        """Open the marked card in the editor."""
        span = self._missed[self._marked].span
        self.trainer.edit(span, partial(self._edited, span.path))

    def _edited(self, path: str) -> None:
        """Show the missed cards, and go on with the others, as they are now."""
        collection = self.trainer.collection
        self.session = renewed(collection, self.session, path=path)
        now = {card.id: card for card in collection.cards(card.id for card in self._missed)}
        self._missed = [now.get(card.id, card) for card in self._missed]
        self._draw_missed()
        self.refresh_bindings()

    def on_click(self, event: Click) -> None:
        """A press marks a missed card."""
        for place in range(len(self._missed)):
            if self.query_one(f"#missed-{place}").region.contains(event.screen_x, event.screen_y):
                self._mark(place)

    def action_move(self, by: int) -> None:
        """Mark another missed card; where there is none, scroll."""
        place = self._marked + by
        if 0 <= place < len(self._missed):
            self._mark(place)
        else:
            self.action_scroll(by)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#summary").scroll_relative(y=by, animate=False)

    def action_home(self) -> None:
        """To the decks, or back to where the sitting was begun."""
        self.trainer.go_home()


class BackScreen(SummaryScreen):
    """The result of a sitting that was begun over another screen, and leads back there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h,escape", "home", "back", id="home"),
        Binding("q", "home", "back", show=False, id="quit_here"),
    ]


def _missed(entry: Answered, card: Card) -> Content:
    """The question, what was said, what is right, and where it is written; as the card is now."""
    said = f"you: {one_line(entry.review.response)}   " if entry.review.response.strip() else ""
    answer = one_line(accepted(card.prompt.form)[0])
    sources = "; ".join(map(one_line, cited_sources(card.sources)))
    return Content.assemble(
        ("Missed  ", "$text-error"),
        (one_line(card.prompt.question), "bold"),
        f"\n{said}answer: {answer}",
        (f"\n{sources}" if sources else "", "$muted"),
    )
