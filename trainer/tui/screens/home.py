"""Home: the decks, today, and the days ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from trainer.collection.looking import remembered
from trainer.collection.moving import told
from trainer.core.deck import Span
from trainer.core.session import Selection
from trainer.core.visible import one_line
from trainer.core.wording import duration, plural, short_date
from trainer.errors import TrainerError
from trainer.tui.messages import DeckPicked
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.bars import Banner, KeyHints, TopBar, progress_bar
from trainer.tui.widgets.deck_table import DeckTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainer.collection import Overview
    from trainer.collection.browsing import Done
    from trainer.core.quiz import Quiz

_RAMP = " ▁▂▃▄▅▆▇█"
_NO_DECK = "No deck to study here.\n\nStart trainer without --decks to study those it comes with."
_LOOKS = 5
"""Seconds between two looks at whether something has changed."""
_AT_ONCE = 0.02
"""Seconds of work after which the screen is painted and keys are taken."""
_NEED_DECKS = (
    *("study", "study_all", "cram", "quiz", "bring_back", "problems", "edit"),
    *("move", "move_page", "move_to_end"),
)


class HomeScreen(TrainerScreen):
    """Every deck with what it asks for today."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study", "study", id="study"),
        Binding("a", "study_all", "study all", id="study_all"),
        Binding("c", "cram", "cram", tooltip="every card of the deck, leaving the schedule alone", id="cram"),
        Binding("z", "quiz", "quiz", tooltip="a scored test, or the unfinished one", id="quiz"),
        Binding("slash", "browse", "browse", tooltip="all cards: find and handle them", id="browse"),
        Binding("t", "timeline", "timeline", tooltip="the events of all decks", id="timeline"),
        Binding("w", "write", "write", tooltip="cards of this deck, beside an article", id="write"),
        Binding("s", "statistics", "statistics", id="statistics"),
        Binding("u,ctrl+z", "undo", "undo", id="undo"),
        Binding("r", "bring_back", "bring back suspended", tooltip="all of the deck", id="bring_back"),
        Binding("e", "edit", "edit", tooltip="the marked deck, in your editor", id="edit"),
        Binding("up,k", "move(-1)", "previous deck", show=False),
        Binding("down,j", "move(1)", "next deck", show=False),
        Binding("pageup", "move_page(-1)", "a page of decks up", show=False),
        Binding("pagedown", "move_page(1)", "a page of decks down", show=False),
        Binding("home", "move_to_end(-1)", "first deck", show=False),
        Binding("end", "move_to_end(1)", "last deck", show=False),
        Binding("p", "problems", "problems", id="problems"),
        Binding("q", "app.quit", "quit", id="quit_here"),
    ]

    _overview: Overview | None = None
    _unfinished: Quiz | None = None
    _told = ""
    _version = 0
    _reading: Iterator[tuple[str, float | None]] = iter(())

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, float] = {}

    def compose(self) -> ComposeResult:
        """Today, the days ahead, the decks."""
        yield TopBar()
        yield Static(id="today", markup=False)
        yield DeckTable()
        yield Static(id="unfinished", markup=False)
        yield Static(id="recognised", markup=False)
        yield Static(id="broken", markup=False)
        yield Banner()
        yield KeyHints()

    def on_screen_resume(self) -> None:
        """Show how things stand now."""
        self.show_overview()

    def on_mount(self) -> None:
        """Look from time to time whether a new day has begun, or another session has done something."""
        self.set_interval(_LOOKS, self._look_again)

    def on_resize(self) -> None:
        """What fits depends on the size."""
        if self._overview is not None:
            self._draw(self._overview)

    def show_overview(self) -> None:
        """Read the collection again and show it."""
        is_first = self._overview is None
        try:
            self._overview = self.trainer.collection.overview()
            self._unfinished = self.trainer.collection.unfinished_quiz()
            recognised = told(self.trainer.collection)
        except TrainerError as error:
            self.query_one(Banner).show(str(error))
            return
        self._told = f"{recognised}; {self.key_of('undo', 'u')} takes it back" if recognised else ""
        self._version = self.trainer.collection.version()
        self._reading = remembered(self.trainer.collection)
        self._draw(self._overview)
        if is_first:
            self.query_one(DeckTable).mark_deck(self.trainer.marked_deck)
        self._read_on(self._reading)
        self.trainer.after_painting(self._keep)

    def _read_on(self, reading: Iterator[tuple[str, float | None]]) -> None:
        """Find out how well the decks are known, a moment's worth of them at once: keys come between."""
        if reading is not self._reading or not self.is_there:
            return
        until = self.trainer.monotonic() + _AT_ONCE
        try:
            for deck, share in reading:
                if share is not None:
                    self._known[deck] = share
                if self.trainer.monotonic() > until:
                    self.trainer.after_painting(self._read_on, reading)
                    break
        except TrainerError as error:
            self.query_one(Banner).show(str(error))
        self.query_one(DeckTable).tell_known(self._known)

    def _keep(self) -> None:
        """Make the backup of the day, now that the screen is painted."""
        from trainer.tui.keeping import keep

        keep(self.trainer)

    def _look_again(self) -> None:
        """Show how things stand if that is not what is shown."""
        collection = self.trainer.collection
        try:
            has_changed = collection.version() != self._version
        except TrainerError as error:
            self.query_one(Banner).show(str(error))
            return
        if has_changed or self._overview is None or self._overview.due.day != collection.now().day:
            self.show_overview()

    def action_undo(self) -> None:
        """Take back the last thing done; what leads to no card in particular is taken back here."""
        browsing = self.trainer.collection.browsing
        try:
            done = browsing.last_done()
        except TrainerError as error:
            self.query_one(Banner).show(str(error))
            return
        if done is None or done.leads_to_card:
            self.trainer.undo()
        else:
            from trainer.tui.screens.handling import handle

            count = len(done.entries)
            handle(self.app, browsing, count, lambda handling: handling.undo(done), self._has_undone)

    def _has_undone(self, result: Done | TrainerError | None) -> None:
        """Show how things stand after something was taken back; or what spoke against it."""
        if isinstance(result, TrainerError):
            self.query_one(Banner).show(str(result))
            return
        self.show_overview()
        said = f"Took back: {result.called}" if result else "Stopped: nothing was changed."
        self.call_after_refresh(self._show_recognised, said)  # Coming back here shows all anew before.

    def _draw(self, overview: Overview) -> None:
        streak = f"streak {plural(overview.streak, 'day')}" if overview.streak else ""
        day = overview.due.day
        self.query_one(TopBar).show("trainer", streak, f"{day:%a} {short_date(day)}")
        self.query_one("#today", Static).update(self._today(overview))
        why = self._why_none(overview)
        self.query_one(DeckTable).show(overview.due.decks, why_none=why)
        self._show_unfinished()
        self._show_recognised(self._told)
        self._show_broken(overview)
        self.refresh_bindings()

    def _today(self, overview: Overview) -> Content:
        done, left = overview.totals.reviews, sum(overview.due.total[2:])
        width, height = self.app.size
        bar = progress_bar(done / (done + left), 24 if width >= 80 else 12) if done + left else Content("")
        parts = [f"{plural(done, 'answer')}, {left} to go" if done else f"{plural(left, 'card')} to go"]
        if done:
            parts += [
                f"score {round(100 * overview.totals.score / done)} %",
                duration(overview.totals.milliseconds),
            ]
        while len(parts) > 1 and _line_of(bar, parts).cell_length > width - 2:
            parts.pop()
        lines = [_line_of(bar, parts)]
        if height >= 20 and any(count for _, count in overview.ahead):
            lines.append(self._ahead(overview))
        return Content("\n").join(lines)

    def _ahead(self, overview: Overview) -> Content:
        highest = max(count for _, count in overview.ahead)
        days = [
            Content.assemble(f"{day:%a} {count} ", (_RAMP[-(-count * 8 // highest)], "$accent"))
            for day, count in overview.ahead
        ]
        fitting = days[: max(1, (self.app.size.width - 12) // 9)]
        return Content.assemble(("Ahead  ", "$muted"), Content("  ").join(fitting))

    def _show_unfinished(self) -> None:
        widget = self.query_one("#unfinished", Static)
        widget.display = self._unfinished is not None
        if self._unfinished is not None:
            key = self.trainer.collection.config.keys.get("quiz", "z")
            text = f"Unfinished: {self.trainer.told(self._unfinished)}; {key} goes on with it"
            widget.update(Content(one_line(text)))

    def _show_recognised(self, text: str) -> None:
        """Say that edited notes were recognised, as long as that is what undo takes back."""
        widget = self.query_one("#recognised", Static)
        widget.display = bool(text)
        widget.update(Content(one_line(text)))

    def _why_none(self, overview: Overview) -> str:
        """Why there is no deck, and what to do."""
        broken = {problem.span.path for problem in overview.problems if problem.severity == "error"}
        if not broken:
            return _NO_DECK
        key = self.key_of("problems", "p")
        files = "the deck file has errors" if len(broken) == 1 else f"{len(broken)} deck files have errors"
        return f"No deck to study here: {files}.\n\n{key} shows them, and so does `trainer check`."

    def _show_broken(self, overview: Overview) -> None:
        errors = [problem for problem in overview.problems if problem.severity == "error"]
        files = list(dict.fromkeys(problem.span.path for problem in errors))
        widget = self.query_one("#broken", Static)
        widget.display = bool(errors)
        if errors:
            first = errors[0]
            name = first.span.path.rpartition("/")[2]
            more = f" (and {plural(len(files) - 1, 'other file')})" if len(files) > 1 else ""
            line = f"! {name} could not be read: line {first.span.line}, {first.message}{more}"
            widget.update(Content(one_line(line)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Problems can be shown when there are some, decks studied when there are some."""
        if self._overview is None:  # Keys may come before the decks do.
            return action not in _NEED_DECKS
        if action == "problems":
            return bool(self._overview.problems)
        if action == "bring_back":
            table = self.query_one(DeckTable)
            return bool(self._overview.due.decks) and self._overview.suspended.get(table.marked, 0) > 0
        if action in _NEED_DECKS:
            return bool(self._overview.due.decks)
        return True

    def on_deck_picked(self, event: DeckPicked) -> None:
        """A deck was clicked."""
        self.trainer.marked_deck = event.deck
        self.trainer.study(Selection(decks=(event.deck,)))

    def action_study(self) -> None:
        """Study the marked deck."""
        self.trainer.study(Selection(decks=(self.query_one(DeckTable).marked,)))

    def action_study_all(self) -> None:
        """Study all decks."""
        self.trainer.study(Selection())

    def action_cram(self) -> None:
        """Ask every card of the marked deck, leaving the schedule alone."""
        self.trainer.study(Selection(decks=(self.query_one(DeckTable).marked,), cram=True))

    def action_move(self, by: int) -> None:
        """Mark another deck."""
        self.query_one(DeckTable).move(by)
        self._has_marked()

    def action_move_page(self, by: int) -> None:
        """Mark a deck a page on."""
        self.query_one(DeckTable).move_page(by)
        self._has_marked()

    def action_move_to_end(self, by: int) -> None:
        """Mark the last deck, or the first."""
        self.query_one(DeckTable).move_to_end(by)
        self._has_marked()

    def _has_marked(self) -> None:
        self.trainer.marked_deck = self.query_one(DeckTable).marked
        self.refresh_bindings()

    def action_bring_back(self) -> None:
        """End the suspension of all cards of the marked deck."""
        try:
            count = self.trainer.collection.bring_back(self.query_one(DeckTable).marked)
        except TrainerError as error:
            self.query_one(Banner).show(f"{error}. No card was brought back.")
            return
        self.show_overview()
        key = self.key_of("undo", "u")
        self._show_recognised(f"Brought back {plural(count, 'card')}; {key} takes it back")

    def action_quiz(self) -> None:
        """Choose a test, or go on with the unfinished one."""
        self.trainer.set_up_quiz(deck=self.query_one(DeckTable).marked, unfinished=self._unfinished)

    def action_edit(self) -> None:
        """Open the file of the marked deck in the editor."""
        from trainer.collection.adding import deck_file

        try:
            path = deck_file(self.trainer.collection.places, self.query_one(DeckTable).marked).file.path
        except TrainerError as error:
            self.query_one(Banner).show(str(error))
            return
        self.trainer.edit(Span(path, 1, 1), self.show_overview)

    def action_browse(self) -> None:
        """Look at all cards."""
        self.trainer.browse()

    def action_timeline(self) -> None:
        """Show what happened when."""
        self.trainer.show_timeline()

    def action_write(self) -> None:
        """Write cards of the marked deck, or of a first one."""
        has_decks = self._overview is not None and bool(self._overview.due.decks)
        self.trainer.write(self.query_one(DeckTable).marked if has_decks else "")

    def action_statistics(self) -> None:
        """Show how well everything was answered so far."""
        self.trainer.show_statistics()

    def action_problems(self) -> None:
        """Show what is wrong in the deck files."""
        if self._overview is not None:
            self.trainer.show_problems(self._overview.problems)


def _line_of(bar: Content, parts: list[str]) -> Content:
    return Content.assemble(("Today  ", "$muted"), bar, "  ", "   ".join(parts))
