"""The interface: its screens, and the way between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.screen import Screen

from trainer.collection import Collection
from trainer.core.deck import Card, Problem, Span
from trainer.core.session import Selection, Session
from trainer.core.visible import one_line
from trainer.errors import TrainerError
from trainer.tui.keys import InTurn, KeyCommands, help_groups, name_of
from trainer.tui.palette import AppWithPalette
from trainer.tui.screens.base import GUARD, TrainerScreen
from trainer.tui.terminal import leave_on_signals
from trainer.tui.themes import begin_with

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.collection.authoring import Bench
    from trainer.core.catalogue import Filter
    from trainer.core.filling import Filling
    from trainer.core.quiz import Quiz, Request, Result
    from trainer.tui.screens.author_writing import Editing

PAUSE = 1 / 60
"""Seconds to leave to the thread that writes to the terminal: it can only run while nothing else does."""


_STARTED = 0.5
"""Seconds after which all is there that is needed at the start."""


class TrainerApp(AppWithPalette):
    """The trainer, full screen. Starts at Home, or with a sitting, a test or the cards wanted."""

    TITLE = "trainer"
    CSS_PATH = "trainer.tcss"
    COMMANDS: ClassVar = AppWithPalette.COMMANDS | {KeyCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,f10,ctrl+c", "quit", "quit", priority=True, show=False, id="quit"),
    ]

    def __init__(
        self,
        collection: Collection,
        *,
        session: Session | None = None,
        quiz: Quiz | None = None,
        browse: Filter | None = None,
        bench: Bench | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        pause: float = PAUSE,
        once_painted: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.collection = collection
        self.monotonic = monotonic
        self._pause = pause
        self._once_painted = once_painted
        self._session, self._quiz, self._wanted, self._bench = session, quiz, browse, bench
        self.broken_by: Exception | None = None
        self.ended_by = self.note_left = self.marked_deck = ""
        self.drafts: dict[bytes, dict[str, str]] = {}
        self.cautioned: dict[str, float] = {}
        self.unsaved: dict[str, tuple[Editing, Filling]] = {}
        self._titles = {deck.deck: deck.title for deck in collection.decks}
        begin_with(self, collection.config.theme)
        self.set_keymap(dict(collection.config.keys))

    async def on_mount(self) -> None:
        """Show Home, or the sitting or test asked for; leave cleanly when told to end."""
        leave_on_signals(self)
        if self._quiz is not None:
            await self.push_screen(self._test(self._quiz))
        elif self._wanted is not None:
            await self.push_screen(self._browse(self._wanted))
        elif self._bench is not None:
            await self.push_screen(self._author(self._bench))
        elif self._session is not None:
            await self.push_screen(self._study_or_summary(self._session))
        else:
            await self.push_screen(self._home())
        if self._once_painted is not None:
            self.set_timer(_STARTED, self._once_painted)

    async def on_event(self, event: Event) -> None:
        """Give out one key at a time where that matters."""
        is_typed = isinstance(event, Key | Paste) and not event.is_forwarded
        if is_typed:
            await self.front_is_there()
        given_to = (self.focused or self.screen) if is_typed and not self.is_left else None
        await super().on_event(event)
        if isinstance(given_to, InTurn):
            await given_to.is_done()

    def _handle_exception(self, error: Exception) -> None:
        """End the interface and keep what broke it for `terminal.run` to raise; tests see it at once."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.broken_by = self.broken_by or error
        self.exit(return_code=1)

    def is_meant(self, what: str) -> bool:
        """Whether a file or an address was warned of before, and not just now to a key that is held."""
        now, before = self.monotonic(), self.cautioned.get(what)
        self.cautioned[what] = now
        return before is not None and now - before >= GUARD

    async def action_quit(self) -> None:
        """Quit; where that would lose something, only when the key comes again."""
        screens = [screen for screen in self.screen_stack if isinstance(screen, TrainerScreen)]
        if not any(screen.keeps_open() for screen in screens):
            self.exit()

    def after_painting(self, callback: Callable[..., object], *values: object) -> None:
        """Call back once what is on screen now has reached the terminal."""
        if self._pause:
            self.set_timer(self._pause, partial(callback, *values))
        else:
            self.call_later(callback, *values)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, for themes that don't know them."""
        return {"muted": "#84898f", "rule": "#84898f"}

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is written on the keyboard, in words."""
        return binding.key_display or name_of(binding.key)

    def deck_title(self, deck: str) -> str:
        """The title of a deck, or its id if it has gone."""
        return self._titles.get(deck, deck)

    # The way between screens

    def study(self, selection: Selection) -> None:
        """Start a sitting."""
        self._go(lambda: self._study_or_summary(self.collection.start(selection)))

    def study_session(self, session: Session) -> None:
        """Take up a sitting."""
        self._go(lambda: self._study_or_summary(session))

    def study_over(self, session: Session, *, said: str = "") -> None:
        """Take up a sitting over the screen in front, which is come back to; `said` is told below it."""
        self._go(lambda: self._study_or_summary(session, said=said), over=True)

    @property
    def comes_back(self) -> bool:
        """Whether a sitting was begun over another screen, so that leaving it leads back there."""
        return sum(isinstance(screen, TrainerScreen) for screen in self.screen_stack) > 1

    def cram(self, cards: tuple[str, ...]) -> None:
        """Ask those cards again, leaving the schedule alone."""
        self.study(Selection(cards=cards, cram=True))

    def summarise(self, session: Session) -> None:
        """Show how a sitting went."""
        self._go(lambda: self._summary(session))

    def leave_study(self, session: Session) -> None:
        """To the summary, or if nothing was answered to where the sitting was begun."""
        if session.answered:
            self.summarise(session)
        else:
            self.go_home()

    def go_home(self) -> None:
        """To the decks, or from a sitting that was begun elsewhere back there."""
        if self.comes_back:
            self.pop_screen()
        else:
            self._go(self._home)

    def undo(self) -> None:
        """Take back the last thing done, and stand before its card."""

        def stand_before() -> Screen[None]:
            session, entry = self.collection.undo(self.collection.start(Selection()))
            if entry is None:
                raise TrainerError("there is nothing to undo")
            return self._study_or_summary(session, said=f"Took back: {entry.called}")

        self._go(stand_before)

    def browse(self, wanted: Filter | None = None) -> None:
        """Look at the cards: all of them, or those wanted."""
        self._go(lambda: self._browse(wanted))

    def browse_over(self, wanted: Filter) -> None:
        """Look at the cards wanted, and come back to the screen in front."""
        self._go(lambda: self._browse(wanted), over=True)

    def write(self, deck: str) -> None:
        """Write cards of a deck, or of a new one, beside an article that is chosen first."""
        from trainer.tui.screens.author_start import choose_article

        choose_article(self, deck)

    def write_at(self, bench: Bench) -> None:
        """Write cards at a bench."""
        self._go(lambda: self._author(bench))

    def leave_author(self, path: Path) -> None:
        """To the decks as they are now, the one that was written among them."""
        from trainer.collection.beginning import include

        try:
            include(self.collection, path)
            self.reload()
        except TrainerError as error:
            self.notify(one_line(str(error)), severity="error", markup=False)
        self.go_home()

    def show_timeline(self) -> None:
        """What happened when, by the events of the decks."""

        def shown() -> Screen[None]:
            from trainer.tui.screens.timeline import TimelineScreen

            return TimelineScreen(self.collection.events(Selection()))

        self._go(shown)

    def show_statistics(self) -> None:
        """Show what the log tells: how much, how well, what comes."""

        def shown() -> Screen[None]:
            from trainer.tui.screens.statistics import StatisticsScreen

            return StatisticsScreen()

        self._go(shown)

    def edit(self, span: Span, then: Callable[[], None]) -> None:
        """Open a place in the decks in the user's editor; `then` is called once they have been read anew."""
        from trainer.tui.editor import edit

        edit(self, span, then)

    def reload(self) -> None:
        """Read the decks that have changed."""
        self.collection.reload()
        self._titles |= {deck.deck: deck.title for deck in self.collection.decks}

    # Tests

    def set_up_quiz(self, *, deck: str = "", unfinished: Quiz | None = None) -> None:
        """Choose a test, or take up the unfinished one."""

        def setup() -> Screen[None]:
            from trainer.tui.screens.quiz_setup import QuizSetupScreen

            to_ask = self.collection.quizzes.to_ask()
            return QuizSetupScreen(to_ask, deck=deck, unfinished=unfinished)

        self._go(setup)

    def begin_quiz(self, request: Request, *, instead: Quiz | None = None) -> None:
        """Begin a test; `instead` is one that is given up for it."""

        def begin() -> Screen[None]:
            quiz = self.collection.quizzes.begin(request)
            if instead is not None:
                self.collection.quizzes.drop(instead)
            return self._test(quiz)

        self._go(begin)

    def resume_quiz(self, quiz: Quiz) -> None:
        """Take up a test."""
        self._go(lambda: self._test(quiz))

    def show_result(self, result: Result, *, time_up: bool = False) -> None:
        """Show what a test came to."""

        def shown() -> Screen[None]:
            from trainer.tui.screens.quiz_result import QuizResultScreen

            before = self.collection.quizzes.record(result.request, without=result.quiz)
            return QuizResultScreen(result, before, time_up=time_up)

        self._go(shown)

    def told(self, quiz: Quiz) -> str:
        """An unfinished test in words: `the test of The freeze, 7 of 20 answered`."""
        decks, having = quiz.request.decks, quiz.request.selection.in_words
        of = [", ".join(map(self.deck_title, decks)) if decks else "all decks", *filter(None, (having,))]
        if quiz.request.cards:
            of = ["what was missed"]
        count = len(quiz.questions)
        return f"the test of {one_line(', '.join(of))}, {count - len(quiz.open)} of {count} answered"

    def _author(self, bench: Bench) -> Screen[None]:
        from trainer.tui.screens.author import AuthorScreen

        return AuthorScreen(bench)

    def _browse(self, wanted: Filter | None) -> Screen[None]:
        from trainer.core.catalogue import Filter
        from trainer.tui.screens.browse import BrowseScreen

        return BrowseScreen(self.collection.browsing, wanted or Filter())

    def _test(self, quiz: Quiz) -> Screen[None]:
        from trainer.tui.screens.quiz import QuizScreen

        return QuizScreen(quiz)

    def _go(self, make: Callable[[], Screen[None]], *, over: bool = False) -> None:
        """Switch to another screen, or go there `over` this one, or stay and say why not."""
        if self._exit:
            return
        try:
            screen = make()
        except TrainerError as error:
            self.notify(one_line(str(error)), severity="error", markup=False)
        else:
            (self.push_screen if over else self.switch_screen)(screen)

    def _home(self) -> Screen[None]:
        from trainer.tui.screens.home import HomeScreen

        return HomeScreen()

    def _summary(self, session: Session) -> Screen[None]:
        from trainer.tui.screens.summary import BackScreen, SummaryScreen

        kind = BackScreen if self.comes_back else SummaryScreen
        return kind(session, self.collection.overview())

    def _study_or_summary(self, session: Session, *, said: str = "") -> Screen[None]:
        if session.front is None:
            if said:
                self.notify(one_line(said), markup=False)
            return self._summary(session)
        from trainer.tui.screens.study import StudyScreen

        screen = StudyScreen(session)
        if said:
            screen.call_later(screen.foot.tell, said)
        return screen

    # Panels

    def show_help(self) -> None:
        """Explain the keys of the screen."""
        from trainer.tui.screens.panels import keys_panel

        self.push_screen(keys_panel(help_groups(self)))

    def show_sources(self, card: Card) -> None:
        """Show where a card's fact is written."""
        from trainer.tui.screens.passage import SourcesPanel

        self.push_screen(SourcesPanel(self.collection.passages(card)))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong in the deck files."""
        from trainer.tui.screens.panels import problems_panel

        self.push_screen(problems_panel(problems))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands that no key of the screen has."""
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)
        yield SystemCommand("Screenshot", "Save the screen as an SVG file", self._save_screenshot)

    def _save_screenshot(self) -> None:
        """Save the screen where downloads go, or where the program was started."""
        from pathlib import Path

        has_downloads = (Path.home() / "Downloads").is_dir()
        self.deliver_screenshot(path=None if has_downloads else str(Path.cwd()))
