"""Statistics: page by page what the log shows, of all cards or some, of all the time or some of it.

The log is read beside the screen: keys answer all the while, and what was shown before stays until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from trainer.collection.statistics import statistics_apart
from trainer.core.catalogue import Filter
from trainer.core.session import Selection
from trainer.core.statistics import PERIODS, Statistics
from trainer.core.wording import capital, short_date
from trainer.errors import TrainerError
from trainer.tui.messages import RowPressed
from trainer.tui.screens.base import CarefulScreen
from trainer.tui.screens.browse_filters import Word, chosen, facet_choices, with_choice
from trainer.tui.screens.pick import Choice, PickPanel
from trainer.tui.screens.stats_asked import ALL_DECKS, ALL_THE_TIME, FILTERS, PERIOD_CHOICES, Asked
from trainer.tui.screens.stats_pages import PAGES, Shown, page_of
from trainer.tui.screens.stats_report import report_file, report_writer
from trainer.tui.screens.working import EVERY, StoppedError, Work, working
from trainer.tui.today import only_some
from trainer.tui.widgets.bars import KeyHints, TopBar
from trainer.tui.widgets.browse_lines import Status
from trainer.tui.widgets.fact_list import FactList
from trainer.tui.widgets.page_names import PageNames
from trainer.tui.widgets.plot import PlotPage, Said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from trainer.collection import Collection
    from trainer.core.progress import Advance
    from trainer.core.statistics import Fact


class Reader(Protocol):
    """Gives what reads the log, to be called in a thread: see `statistics_apart`."""

    def __call__(
        self, collection: Collection, selection: Selection | None, *, since: date | None
    ) -> Callable[[Advance], Statistics]:
        """For those cards and from that study day on."""


_READING = "Reading the log"
_NEED_FACT = ("show_card", "study_found")
_USUALLY = "week"
_WITH_TITLE = 60


class StatisticsScreen(CarefulScreen):
    """Pages of plots and tables; `asked` is what is shown or being read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,tab", "turn(1)", "page", tooltip="the next, or the one before", key_display="← →"),
        Binding("left,h,shift+tab", "turn(-1)", "page before", show=False),
        Binding("1", "turn_to(0)", "page by number", key_display="0 to 9", show=False),
        *(
            Binding(str(number % 10), f"turn_to({number - 1})", "page by number", show=False)
            for number in range(2, 11)
        ),
        Binding("up,k", "move(-1)", "up", tooltip="by a line, or to the card above", show=False),
        Binding("down,j", "move(1)", "down", tooltip="by a line, or to the card below", show=False),
        Binding("pageup", "scroll_page(-1)", "a screen up", show=False),
        Binding("pagedown", "scroll_page(1)", "a screen down", show=False),
        Binding("enter", "show_card", "show", tooltip="the marked card, among all of them", id="show_card"),
        Binding("a", "study_found", "study these", tooltip="the cards of this page", id="study_found"),
        Binding("p", "period", "period", tooltip="the time that counts", id="period"),
        Binding("x", "export_report", "report", tooltip="written as a page to hand out", id="export_report"),
        Binding("b", "by", "day, week, month", tooltip="or year, what is plotted by", id="by"),
        *(Binding(kind.key, f"filter('{kind.word}')", kind.word, id=kind.id) for kind in FILTERS),
        Binding("c", "clear_filters", "clear", tooltip="all cards, all the time", id="clear_filters"),
        Binding("escape", "leave", "home", tooltip="or stops reading", id="leave"),
        Binding("q", "home", "home", show=False, id="home"),
    ]
    DEFAULT_CSS = """
    StatisticsScreen.-low KeyHints { max-height: 1; }
    """

    def __init__(self, *, read: Reader = statistics_apart) -> None:
        super().__init__()
        self._reader = read
        self.asked = Asked()
        self.statistics: Statistics | None = None
        self._told = Asked()
        self._page, self._by = 0, _USUALLY
        self._work: Work[Statistics] | None = None
        self._looks: Timer | None = None
        self._is_stale = False
        self._sources: dict[str, str] = {}
        self.status = Status()

    def compose(self) -> ComposeResult:
        """What is told of, the names of the pages, a page, and what is being done."""
        yield TopBar()
        yield PageNames([page.name for page in PAGES])
        yield PlotPage()
        yield self.status
        yield KeyHints(more="more")

    async def on_mount(self) -> None:
        """Begin to read."""
        self._looks = self.set_interval(EVERY, self._look, pause=True)
        await self.query_one(PlotPage).show([Said(f"{_READING} …")])
        if self.is_there:
            self._read(self.asked)
            self._show_names()

    def on_screen_resume(self) -> None:
        """Cards may have been studied in the meantime."""
        if self._is_stale:
            self._is_stale = False
            self._read(self.asked)

    def on_resize(self) -> None:
        """What fits depends on the size."""
        self._show_names()

    # Reading

    def _read(self, asked: Asked) -> None:
        """Read the log for what is asked; what was being read before is read no further."""
        collection = self.trainer.collection
        try:
            since = asked.since(collection.now().day)
            does = self._reader(collection, asked.selection, since=since)
        except TrainerError as error:
            self._warn(error)
            self.call_later(self._show_page)
            return
        if self._work is not None:
            self._work.stop()
        self.clear()
        self.asked = asked
        self._work = work = Work(_READING, does, clock=self.trainer.monotonic)
        self.run_worker(self._wait(work))
        if self._looks is not None:
            self._looks.resume()

    async def _wait(self, work: Work[Statistics]) -> None:
        """Show what was read, unless something else is being read by then."""
        try:
            read = await work.result()
            sources = self.trainer.collection.browsing.source_titles()
        except StoppedError:
            self._has_ended(work)
            return
        except TrainerError as error:
            if self._has_ended(work):
                self.asked = self._told
                self._warn(error)
                await self._show_page()
            return
        if self._has_ended(work):
            self.statistics, self._sources, self._told = read, sources, self.asked
            await self._show_page()

    def _has_ended(self, work: Work[Statistics]) -> bool:
        """Take note that work has ended; whether it is what is waited for."""
        if work is not self._work:
            return False
        self._work = None
        if self._looks is not None:
            self._looks.pause()
        self.clear()
        self.refresh_bindings()
        return True

    def _look(self) -> None:
        """Tell how far it is."""
        if self._work is not None:
            self.status.tell(self._work.line(self.size.width - 2).plain)

    def _warn(self, error: TrainerError) -> None:
        self.status.warn(f"{capital(str(error))}.")

    # What is on screen

    async def _show_page(self) -> None:
        """Show the page in front, from its top."""
        if not self.is_there:
            return
        self._show_names()
        page = self.query_one(PlotPage)
        if self.statistics is None:
            await page.show([Said("The log could not be read.")])
            return
        titles = {deck.deck: deck.title for deck in self.trainer.collection.decks}
        shown = Shown(self.statistics, titles, self._sources, self._by)
        await page.show(page_of(PAGES[self._page], shown))
        self.refresh_bindings()

    def _show_names(self) -> None:
        titles = {deck.deck: deck.title for deck in self.trainer.collection.decks} | self._sources
        first = self.statistics.first if self.statistics else None
        since = f"since {short_date(first)}" if first and not self._told.days else self._told.period
        of = self._told.cards_in_words(titles)
        title = f"Statistics · {of}" if self.app.size.width >= _WITH_TITLE or of == ALL_DECKS else of
        self.query_one(TopBar).show(title, since)
        self.query_one(PageNames).show(self._page)

    @property
    def _facts(self) -> FactList | None:
        """The cards of this page that one is marked of."""
        found = self.query(FactList)
        return found.first() if found else None

    @property
    def _marked(self) -> Fact | None:
        return self._facts.marked if self._facts else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something on this page."""
        if action in _NEED_FACT:
            return self._marked is not None
        if action == "by":
            return PAGES[self._page].is_by_period
        if action == "export_report":
            return self.statistics is not None and self.statistics.first is not None
        if action == "clear_filters":
            return self.asked != Asked()
        return True

    # Keys and the mouse

    async def action_turn(self, by: int) -> None:
        """To another page; after the last comes the first."""
        await self.action_turn_to((self._page + by) % len(PAGES))

    async def action_turn_to(self, page: int) -> None:
        """To the page of that number, from 0 on."""
        if page != self._page:
            self._page = page
            self._clear_unless_at_work()
            if self.statistics is None:
                self._show_names()
            else:
                await self._show_page()

    async def on_row_pressed(self, event: RowPressed) -> None:
        """A card was pressed: mark it, and show it if it is marked already."""
        if self._facts is not None and not self._facts.mark(event.row):
            self.action_show_card()

    def action_move(self, by: int) -> None:
        """Mark another card; where there is none, scroll."""
        page = self.query_one(PlotPage)
        facts = self._facts
        if facts is None or not facts.move(by):
            page.scroll_by(by)
        else:
            page.reveal(facts, facts.line, height=2)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by what is seen."""
        page = self.query_one(PlotPage)
        page.scroll_by(by * max(1, page.size.height - 1))

    async def action_by(self) -> None:
        """Plot by the next longer time; after years come days."""
        self._by = PERIODS[(PERIODS.index(self._by) + 1) % len(PERIODS)]
        if self.statistics is not None:
            await self._show_page()

    async def action_filter(self, word: Word) -> None:
        """Choose of which cards statistics are told."""
        found: list[Choice] = []
        try:
            browsing = self.trainer.collection.browsing
            if word == "deck":
                found += (Choice(deck.deck, deck.title, 0) for deck in self.trainer.collection.decks)
            else:
                found += facet_choices(word, browsing)
        except TrainerError as error:
            self._warn(error)
            return

        def take(value: str | None) -> None:
            if value is not None:
                self._ask(self.asked._replace(wanted=with_choice(self.asked.wanted, word, value)))

        now = chosen(self.asked.wanted, word)
        panel = PickPanel(capital(word), found, chosen=now, all_of=f"any {word}")
        await self.app.push_screen(panel, take)
        panel.take_keys()

    async def action_period(self) -> None:
        """Choose the time that counts."""

        def take(days: str | None) -> None:
            if days is not None:
                self._ask(self.asked._replace(days=int(days or 0)))

        now = (str(self.asked.days),) if self.asked.days else ()
        panel = PickPanel("Period", PERIOD_CHOICES, chosen=now, all_of=ALL_THE_TIME)
        await self.app.push_screen(panel, take)
        panel.take_keys()

    def action_clear_filters(self) -> None:
        """All cards, all the time."""
        self._ask(Asked())

    def _ask(self, asked: Asked) -> None:
        if asked != self.asked:
            self._read(asked)

    def action_show_card(self) -> None:
        """Show the marked card where all are looked through."""
        if (fact := self._marked) is not None:
            self._is_stale = True
            self.trainer.browse_over(Filter(decks=(fact.deck,), words=fact.card))

    def action_study_found(self) -> None:
        """Study the cards of this page: those that are due, or if none is all of them, off the schedule."""
        cards = self._facts.cards if self._facts else ()
        collection = self.trainer.collection
        try:
            session = collection.start(Selection(cards=cards))
            if session.front is None:
                session = collection.start(Selection(cards=cards, cram=True))
        except TrainerError as error:
            self._warn(error)
            return
        if session.front is None:
            self.status.tell("Every one of these cards is set aside.")
            return
        self._is_stale = True
        self.trainer.study_over(session, said=only_some(session, cards, called=f"these {len(cards)} cards"))

    async def action_export_report(self) -> None:
        """Write what is shown as a page into the current folder."""
        if self.statistics is None:
            return
        collection, path = self.trainer.collection, report_file(self.statistics.today)
        is_there = path.exists()
        key = self.key_of("export_report", "x")
        if is_there and self.asks(
            "export_report", path, f"{path} is there already; {key} again replaces it."
        ):
            return
        try:
            does = report_writer(collection, self._told.selection, self.statistics, over=is_there)
        except TrainerError as error:
            self._warn(error)
            return
        await working(self.app, "Writing the report", does, self._written)

    def _written(self, path: Path) -> None:
        self.status.tell(f"Written: {path}, in the current folder.")

    def action_leave(self) -> None:
        """Stop reading, or else to the decks."""
        if self._work is not None and self.statistics is not None:
            self._work.stop()
            self.asked = self._told
            self._has_ended(self._work)
            self.status.tell("Stopped: what is shown was read before.")
            return
        self.trainer.go_home()

    def action_home(self) -> None:
        """To the decks."""
        self.trainer.go_home()

    def _clear_unless_at_work(self) -> None:
        if self._work is None:
            self.clear()
