"""The timeline: what happened when, who did it, what answered what, and how well all that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from trainer.collection.timeline import cards_of, in_time
from trainer.core.session import Selection
from trainer.core.timeline import linked, shared, timeline
from trainer.core.wording import capital
from trainer.errors import TrainerError
from trainer.tui.messages import EventPicked
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.today import only_some
from trainer.tui.widgets.bars import Banner, KeyHints, TopBar
from trainer.tui.widgets.event_details import EventDetails, details, headline, standing_of
from trainer.tui.widgets.event_labels import LEGEND, sign_of
from trainer.tui.widgets.lanes import Story
from trainer.tui.widgets.timeline_view import TimelineView

if TYPE_CHECKING:
    from trainer.collection.timeline import Happened

_EMPTY = """\
No event in these decks yet.

An event is a note that tells what happened; it makes cards, and stands here:

  - id: minsk-ambassador
    type: event
    what: Armenia recalls its ambassador from Belarus
    who: Armenia
    did: recalled
    whom: its ambassador in Minsk
    when: 2024-06-13
    source: ambassador-recall#2

`trainer help event` says more."""
_DETAILS = ((28, 9), (20, 6), (15, 4), (0, 3))
"""How many lines the details take, by the height of the screen."""


class TimelineScreen(TrainerScreen):
    """Events in time; one is marked, and told in full below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "earlier", tooltip="the event before", show=False),
        Binding("right,l", "step(1)", "later", tooltip="the next event", show=False),
        Binding("up,k", "lane(-1)", "lane above", tooltip="the nearest event there", show=False),
        Binding("down,j", "lane(1)", "lane below", tooltip="the nearest event there", show=False),
        Binding("home,g", "edge(0)", "first event", show=False),
        Binding("end,G", "edge(1)", "last event", show=False),
        Binding("pageup", "page(-1)", "back by a screen", show=False),
        Binding("pagedown", "page(1)", "on by a screen", show=False),
        Binding(
            "enter", "event_cards", "cards", tooltip="the event in full, and its cards", id="event_cards"
        ),
        Binding("r", "reply", "reply", tooltip="to what it answers, or what answers it", id="reply"),
        Binding("r", "no_reply", "reply", show=False),
        Binding("s", "sources", "sources", id="sources"),
        Binding("e", "edit", "edit", tooltip="the event, in your editor", id="edit"),
        Binding("d", "decks", "decks", tooltip="all, or one", id="decks"),
        Binding("q,escape", "leave", "home", id="leave"),
    ]

    def __init__(self, happened: Sequence[Happened], *, decks: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._decks = decks
        self._came_from: int | None = None
        self._story = Story(line=timeline([]), signs=())
        self._tell(happened)

    def compose(self) -> ComposeResult:
        """The timeline, and below a rule what is marked."""
        yield TopBar()
        yield Static(Content(_EMPTY), id="no-events", markup=False)
        yield TimelineView()
        yield EventDetails()
        yield Banner()
        yield KeyHints()

    def on_mount(self) -> None:
        """Mark the first event."""
        self._show("")

    def on_screen_resume(self) -> None:
        """Cards may have been studied in the meantime."""
        if self.is_mounted:
            self._read_again()

    def on_resize(self) -> None:
        """What fits depends on the size."""
        self._size_details()

    # What is shown

    def _tell(self, happened: Sequence[Happened]) -> None:
        line, self._rows = in_time(happened)
        signs = tuple(sign_of(each.known, len(each.cards)) for each in self._rows)
        self._story = Story(line=shared(line), signs=signs)

    def _show(self, marked: str) -> None:
        """Show the timeline with the event of that id marked, or the first."""
        ids = [event.id for event in self._story.line.events]
        view, details_ = self.query_one(TimelineView), self.query_one(EventDetails)
        self.query_one("#no-events").display = not ids
        view.display = details_.display = bool(ids)
        view.show(self._story, marked=ids.index(marked) if marked in ids else 0)
        self._size_details()
        self._show_mark()

    def _show_mark(self) -> None:
        count = len(self._rows)
        decks = " · ".join(map(self.trainer.deck_title, self._decks)) or "all decks"
        title = f"Timeline · {decks}"
        if not count:
            self.query_one(TopBar).show(title)
            self.refresh_bindings()
            return
        number = self.query_one(TimelineView).marked
        self.query_one(TopBar).show(title, f"{number + 1} of {count}", LEGEND)
        self.query_one(EventDetails).show(lambda width: self._details(number, width))
        self.refresh_bindings()

    def _details(self, number: int, width: int) -> list[Content]:
        row = self._rows[number]
        standing = standing_of(self._story.signs[number], row.known, len(row.cards))
        return [*headline(row.event, standing, width), *details(self._story.line, number, width)]

    def _size_details(self) -> None:
        height = next(lines for least, lines in _DETAILS if self.app.size.height >= least)
        self.query_one(EventDetails).styles.height = height

    def _read_again(self) -> None:
        """Show the events as they are now, the same one marked; those of a deck that cannot be read stay."""
        marked = self._rows[self.query_one(TimelineView).marked].event.id if self._rows else ""
        try:
            readable = {deck.deck for deck in self.trainer.collection.decks}
            kept = [row for row in self._rows if row.event.deck not in readable]
            if readable.issuperset(self._decks):
                now = self.trainer.collection.events(Selection(decks=self._decks))
                self._tell([*now, *(row for row in kept if not self._decks)])
        except TrainerError as error:
            self._warn(error)
            return
        self.query_one(Banner).show("")
        self._came_from = None
        self._show(marked)

    # Keys and the mouse

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something for the marked event."""
        if action in ("leave", "help", "decks") or "." in action:
            return True
        if not self._rows:
            return not hasattr(self, f"action_{action}")
        if not self.is_mounted:
            return True
        number = self.query_one(TimelineView).marked
        if action in ("reply", "no_reply"):
            return bool(linked(self._story.line, number)) == (action == "reply")
        if action == "sources":
            return bool(self._rows[number].event.sources and self._rows[number].cards)
        return True

    def on_event_picked(self, event: EventPicked) -> None:
        """An event was clicked, or is to be marked in another lane."""
        self._mark(event.event, lane=event.lane)

    def action_step(self, by: int) -> None:
        """The next event in time, or the one before."""
        self._mark(self.query_one(TimelineView).step(by))

    def action_lane(self, by: int) -> None:
        """The nearest event in another lane."""
        self.query_one(TimelineView).beside(by)

    def action_edge(self, last: int) -> None:
        """The first or the last event."""
        self._mark((len(self._rows) - 1) * last)

    def action_page(self, by: int) -> None:
        """On or back by what is seen."""
        self._mark(self.query_one(TimelineView).page(by))

    def action_reply(self) -> None:
        """To the event that this one answers, or to those that answer it: on along the chain, then back."""
        number = self.query_one(TimelineView).marked
        ends = linked(self._story.line, number)
        if ends:
            after = ends.index(self._came_from) + 1 if self._came_from in ends else 0
            self._mark(ends[after % len(ends)])
            self._came_from = number

    def action_no_reply(self) -> None:
        """Say that there is nothing to go to."""
        self.trainer.notify("This event answers nothing, and nothing answers it.", markup=False)

    def action_event_cards(self) -> None:
        """The marked event in full, and its cards."""
        from trainer.tui.screens.event_panel import EventPanel

        number = self.query_one(TimelineView).marked
        row = self._rows[number]
        try:
            cards = cards_of(self.trainer.collection, row.cards)
        except TrainerError as error:
            self._warn(error)
            return
        panel = EventPanel(
            lambda width: self._details(number, width), cards, study=lambda cram: self._study(row, cram=cram)
        )
        self.app.push_screen(panel)

    def action_sources(self) -> None:
        """Show the sources of the marked event."""
        row = self._rows[self.query_one(TimelineView).marked]
        cards = self.trainer.collection.cards(row.cards[:1])
        if cards:
            self.trainer.show_sources(replace(cards[0], sources=row.event.sources))

    def action_edit(self) -> None:
        """Open the marked event in the editor."""
        row = self._rows[self.query_one(TimelineView).marked]
        self.trainer.edit(row.event.span, self._read_again)

    def action_decks(self) -> None:
        """Choose whose events are shown."""
        from trainer.tui.screens.pick import Choice, PickPanel

        decks = [deck.deck for deck in self.trainer.collection.decks]
        try:
            counted = Counter(row.event.deck for row in self.trainer.collection.events(Selection()))
        except TrainerError as error:
            self._warn(error)
            return
        choices = [
            Choice(deck, self.trainer.deck_title(deck), counted[deck]) for deck in decks if counted[deck]
        ]

        def picked(deck: str | None) -> None:
            if deck is not None:
                self._decks = (deck,) if deck else ()
                self._read_again()

        self.app.push_screen(PickPanel("Events of", choices, chosen=self._decks, all_of="all decks"), picked)

    def _warn(self, error: TrainerError) -> None:
        self.query_one(Banner).show(f"{capital(str(error))}.")

    def action_leave(self) -> None:
        """To the decks."""
        self.trainer.go_home()

    def _mark(self, event: int, *, lane: int | None = None) -> None:
        self._came_from = None
        self.query_one(TimelineView).mark(event, lane=lane)
        self._show_mark()

    def _study(self, row: Happened, *, cram: bool) -> None:
        """Study the cards of an event: those that are due, or if none is all of them, off the schedule."""
        collection = self.trainer.collection
        try:
            session = collection.start(Selection(cards=row.cards, cram=cram))
            if session.front is None and not cram:
                session = collection.start(Selection(cards=row.cards, cram=True))
        except TrainerError as error:
            self._warn(error)
            return
        if session.front is None:
            self.query_one(Banner).show("Every card of this event is set aside.")
            return
        cards = row.cards
        self.trainer.study_over(session, said=only_some(session, cards, called=f"its {len(cards)} cards"))
