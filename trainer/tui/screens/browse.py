"""Browse: all cards, found while typing, and handled, one or many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from trainer.core.catalogue import Filter, Row
from trainer.core.session import Selection, Session
from trainer.errors import ChangedElsewhereError, TrainerError
from trainer.tui.screens.browse_filters import KINDS
from trainer.tui.screens.finding import FindingScreen
from trainer.tui.screens.handling import counted, handle
from trainer.tui.today import only_some

if TYPE_CHECKING:
    from trainer.collection.browsing import Browsing, Done, Handling
    from trainer.storage.acts import Mark

_NEED_CARD = (
    *("show_card", "select", "select_all", "suspend", "bury", "flag", "forget", "study_found"),
    *("edit", "sources"),
)


class BrowseScreen(FindingScreen):
    """Cards, and what can be done with them; every act is taken back as a whole."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "show_card", "show", tooltip="the card in full", id="show_card"),
        Binding("slash", "search", "search", priority=True, id="search"),
        Binding("space", "select", "select", id="select"),
        Binding("ctrl+a", "select_all", "select all", tooltip="all that are found", id="select_all"),
        Binding("x", "suspend", "suspend", tooltip="or bring back", id="suspend"),
        Binding("b", "bury", "bury", tooltip="set aside for today", id="bury"),
        Binding("f", "flag", "flag", tooltip="or take the flag off", id="flag"),
        Binding("F", "forget", "forget", tooltip="the card is new again", id="forget"),
        Binding("u,ctrl+z", "undo", "undo", id="undo"),
        Binding("a", "study_found", "study these", id="study_found"),
        Binding("e", "edit", "edit", id="edit"),
        Binding("s", "sources", "sources", id="sources"),
        *(
            Binding(
                kind.key,
                f"filter('{kind.word}')",
                f"filter by {kind.word}",
                show=False,
                priority=True,
                id=kind.id,
            )
            for kind in KINDS
        ),
        Binding("c", "sort", "sort", tooltip="by the next column", show=False, id="sort"),
        Binding("C", "sort_back", "sort the other way round", show=False, id="sort_back"),
        Binding("up,k", "move(-1)", "previous card", show=False),
        Binding("down,j", "move(1)", "next card", show=False),
        Binding("pageup", "move_page(-1)", "a page up", show=False),
        Binding("pagedown", "move_page(1)", "a page down", show=False),
        Binding("home", "go_to(0)", "first card", show=False),
        Binding("end", "go_to(-1)", "last card", show=False),
        Binding("escape", "leave", "back", tooltip="or clears what is selected or typed", id="leave"),
        Binding("q", "home", "home", show=False, id="home"),
    ]

    def __init__(self, browsing: Browsing, wanted: Filter) -> None:
        super().__init__(browsing, wanted)
        self._done: list[Done] = []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Cards can be handled where there are some."""
        if action == "search":
            return self.focused is self.table
        return self.table.row is not None if action in _NEED_CARD else True

    def action_sources(self) -> None:
        """Show the sources of the marked card."""
        if self.card is None or not self.card.sources:
            self.status.tell("This card cites no source.")
        else:
            self.trainer.show_sources(self.card)

    def action_edit(self) -> None:
        """Edit the marked card's note."""
        if self.card is not None:
            self.trainer.edit(self.card.span, self._edited)

    def _edited(self) -> None:
        """Show the cards as they are now, and say how many are not there any more."""
        before = {row.id for row in self.shelf.listing.rows}

        def tell() -> None:
            if gone := before - {row.id for row in self.shelf.listing.rows}:
                self.status.tell(f"Since the edit, {counted(len(gone))} less: in no deck that can be read.")

        self.read(tell)

    def action_study_found(self) -> None:
        """Study the cards that are selected, or else found: those that are due, or if none is, all."""
        rows = self.shelf.listing.rows
        if not self.selected and self.still_searches():
            return
        cards = self._targets() if self.selected else [rows[place].id for place in self.shelf.found]
        sessions: list[Session] = []

        def study(*, cram: bool = False) -> Session:
            return self.trainer.collection.start(Selection(cards=tuple(cards), cram=cram))

        if not cards or not self.attempt(lambda: sessions.append(study())):
            return
        if sessions[0].front is not None:
            called = f"the {len(cards):,} selected"
            self._study(
                sessions[0], said=only_some(sessions[0], cards, called=called) if self.selected else ""
            )
            return
        again = f"None of them comes today; again asks {counted(len(cards))} all the same, schedule apart."
        if not self.asks("study", cards, again) and self.attempt(lambda: sessions.append(study(cram=True))):
            self._study(sessions[1])

    def _study(self, session: Session, *, said: str = "") -> None:
        """Take up a sitting, and show afterwards how its cards stand then."""
        self.is_stale = True
        self.trainer.study_over(session, said=said)

    def action_suspend(self) -> None:
        """Suspend cards, or bring them back where all are suspended."""
        self._mark("suspend", lambda row: row.state == "suspended")

    def action_flag(self) -> None:
        """Flag cards, or take the flags off where all have one."""
        self._mark("flag", lambda row: bool(row.flagged))

    def action_bury(self) -> None:
        """Set cards aside for today."""
        self._mark("bury", lambda row: False)

    def action_forget(self) -> None:
        """Let cards be new again, once it was asked for a second time."""
        cards = self._targets()
        key = self.key_of("forget", "F")
        question = f"Press {key} again to forget {counted(len(cards))}; the reviews stay in the log."
        if cards and not self.asks("forget", cards, question):
            self._act(cards, lambda handling: handling.forget(cards))

    def action_undo(self) -> None:
        """Take back what was done last on this screen, all of it."""
        if not self._done:
            self.status.tell("Nothing was done here. At home, undo takes back the last answer.")
            return
        last = self._done.pop()
        self._act(last.cards, lambda handling: handling.undo(last), takes_back=last)

    def _targets(self) -> list[str]:
        """The cards that are selected, or else the marked one."""
        if self.selected:
            return [row.id for row in self.shelf.listing.rows if row.id in self.selected]
        return [self.table.row.id] if self.table.row else []

    def _mark(self, kind: Mark, is_so: Callable[[Row], bool]) -> None:
        cards = self._targets()
        listing = self.shelf.listing
        on = not all(
            is_so(listing.rows[place]) for card in cards if (place := listing.place_of(card)) is not None
        )
        if cards:
            self._act(cards, lambda handling: handling.mark(kind, cards, on=on))

    def _act(
        self, cards: list[str], does: Callable[[Handling], Done], *, takes_back: Done | None = None
    ) -> None:
        """Do something to cards; where they are many, beside the screen, which waits for it.

        `takes_back` is what was done last, if it is taken back.
        """
        if not self.selected and not takes_back and self.still_searches():
            return

        def has_done(result: Done | TrainerError | None) -> None:
            if self.is_held:
                self.release()
            self._has_done(result, takes_back)

        self.is_held = handle(self.app, self.browsing, len(cards), does, has_done)

    def _has_done(self, result: Done | TrainerError | None, takes_back: Done | None) -> None:
        """Show what came of it: what was done, or what spoke against it; None if it was stopped."""
        is_refused = isinstance(result, TrainerError) and not isinstance(result, ChangedElsewhereError)
        if takes_back and (result is None or is_refused):
            self._done.append(takes_back)
        if result is None:
            self.status.tell("Stopped: nothing was changed.")
            return
        if isinstance(result, TrainerError):
            self.refuse(result)
            return
        if result.entries and not takes_back:
            self._done.append(result)
        if self.is_reading or self.browsing.changed_elsewhere():
            self.read()
        elif self.attempt(lambda: self.shelf.renew(result.cards)):
            self.find(keep=True)
        self.clear()
        self.status.tell(_told(result, takes_back=bool(takes_back)))


def _told(done: Done, *, takes_back: bool) -> str:
    """What was done, in words."""
    if not done.entries:
        return "Nothing to do: that is so already."
    cards = counted(len(done.cards))
    if takes_back:
        return f"Took back: {done.called}."
    said = {
        "suspend": f"Suspended {cards}" if done.on else f"Brought back {cards}",
        "flag": f"Flagged {cards}" if done.on else f"Took the flag off {cards}",
        "bury": f"Buried {cards} for today",
        "forget": f"Forgot {cards}",
    }
    return f"{said[done.kind]}; undo takes it back."
