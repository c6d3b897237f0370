"""The screen of statistics: its pages, what they are told of, and how the log is read for them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from desk import NARROW, TINY, WIDE, Desk, assert_clean, assert_golden, seen, text_of
from statistics_made import TODAY, made_statistics, no_statistics
from textual.pilot import Pilot

from trainer.collection import Collection
from trainer.core.progress import Advance
from trainer.core.quiz import Request
from trainer.core.review import Confidence
from trainer.core.session import Selection
from trainer.core.statistics import Confusion, Statistics
from trainer.errors import DataError, DecksError
from trainer.tui.app import TrainerApp
from trainer.tui.screens.browse import BrowseScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.statistics import StatisticsScreen
from trainer.tui.screens.stats_pages import PAGES, Shown, page_of
from trainer.tui.screens.study import StudyScreen
from trainer.tui.screens.working import StoppedError

SIZES = [WIDE, NARROW, TINY]


class Log:
    """A log that holds what it is told to hold; reading it may come to a point and wait there."""

    def __init__(self, statistics: Statistics | None = None) -> None:
        self.statistics = statistics or made_statistics()
        self.asked: list[tuple[Selection | None, date | None]] = []
        self.error: Exception | None = None
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.stopped = 0

    def __call__(
        self, collection: Collection, selection: Selection | None, *, since: date | None
    ) -> Callable[[Advance], Statistics]:
        self.asked.append((selection, since))
        return self.read

    def last(self) -> tuple[Selection | None, date | None]:
        """What was asked for last."""
        return self.asked[-1]

    def read(self, advance: Advance) -> Statistics:
        try:
            advance(43, 100)
            self.may_go_on.wait(5)
            advance(44, 100)
        except StoppedError:
            self.stopped += 1
            raise
        if self.error is not None:
            raise self.error
        return self.statistics


@pytest.fixture
def log() -> Iterator[Log]:
    made = Log()
    yield made
    made.may_go_on.set()


async def shown(pilot: Pilot[None]) -> str:
    """The screen once everything is read and drawn."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return text_of(app_of(pilot))


def app_of(pilot: Pilot[None]) -> TrainerApp:
    assert isinstance(pilot.app, TrainerApp)
    return pilot.app


async def opened(pilot: Pilot[None], log: Log) -> str:
    """Home, and over it the statistics of a log."""
    await pilot.app.switch_screen(StatisticsScreen(read=log))
    return await shown(pilot)


def study(desk: Desk) -> None:
    collection = desk.collection()
    session = collection.start(Selection())
    assert session.card is not None
    verdict = collection.grade(session.card, "Yerevan")
    collection.rate(
        session,
        verdict.suggested,
        verdict=verdict,
        response="Yerevan",
        milliseconds=2500,
        confidence=Confidence.SURE,
    )
    quiz = collection.quizzes.begin(Request(seed="1"))
    for index in range(len(quiz.questions)):
        quiz = collection.quizzes.answer(quiz.moved(index), "no idea", milliseconds=0, used=0)
    collection.quizzes.hand_in(quiz)
    collection.close()


# A log of one's own


async def test_before_the_first_answer_it_says_so(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("s")
        await shown(pilot)
        assert_golden(app, "statistics-empty-60x15")
        await pilot.press("7")
        assert "Nothing answered yet." in await shown(pilot)


async def test_what_was_answered_is_told(desk: Desk) -> None:
    study(desk)
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("s")
        assert "1 right answer" in await shown(pilot)
        await pilot.press("0")
        assert "Personal bests" in await shown(pilot)


# Looks


@pytest.mark.parametrize(
    ("page", "size"), [("1", WIDE), ("3", NARROW), ("9", NARROW)], ids=["overview", "retention", "trouble"]
)
async def test_statistics_golden(desk: Desk, log: Log, page: str, size: tuple[int, int]) -> None:
    app = desk.home()
    async with app.run_test(size=size) as pilot:
        await opened(pilot, log)
        await pilot.press(page)
        await shown(pilot)
        name = PAGES[int(page) - 1].name.lower()
        assert_golden(app, f"statistics-{name}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_has_its_lines_within_the_screen(
    desk: Desk, log: Log, size: tuple[int, int]
) -> None:
    app = desk.home()
    shown_ = Shown(made_statistics(), {}, {}, "month")
    async with app.run_test(size=size) as pilot:
        await opened(pilot, log)
        for page in PAGES:
            for part in page_of(page, shown_):
                lines = part.laid_out(size[0] - 5)
                assert lines and max(line.cell_length for line in lines) <= size[0] - 5, (page.name, lines)


async def test_no_color_leaves_greys_and_all_that_is_told(
    desk: Desk, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        assert "[Overview]" in await opened(pilot, log)
        await pilot.press("3")
        assert "○ young  ● mature  ┄ desired 90 %" in await shown(pilot)
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                colour = segment.style and segment.style.color
                if colour and colour.triplet:
                    assert len(set(colour.triplet)) == 1


async def test_light_and_dark_tell_the_same(desk: Desk, log: Log) -> None:
    told = []
    for theme in ("light", "dark"):
        desk.config = desk.config._replace(theme=theme)
        app = desk.home()
        async with app.run_test(size=WIDE) as pilot:
            told.append(await opened(pilot, log))
            assert app.current_theme.dark is (theme == "dark")
    assert told[0] == told[1]


async def test_foreign_text_is_harmless(desk: Desk) -> None:
    bad = "\x1b[2J[bold]loud[/bold]\u202egnp"
    made = made_statistics()
    confusions = (Confusion(bad, bad, 3),)
    decks = (made.decks[0]._replace(label=bad),)
    facts = tuple(fact._replace(question=bad, answer=bad) for fact in made.weakest)
    log = Log(made._replace(confusions=confusions, decks=decks, people=decks, sources=decks, weakest=facts))
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        assert_clean(await opened(pilot, log))
        for page in ("7", "9"):
            await pilot.press(page)
            told = await shown(pilot)
            assert_clean(told)
            assert "[bold]loud[/bold]" in told


# Pages


async def test_keys_go_through_all_pages_and_round(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        for page in (*PAGES[1:], PAGES[0]):
            await pilot.press("right")
            assert f"[{page.name}]" in text_of(app)
        for keys, name in (("left", "Tests"), ("shift+tab", "Trouble"), ("tab", "Tests"), ("4", "Forecast")):
            await pilot.press(keys)
            assert f"[{name}]" in text_of(app)
        assert "What falls due" in text_of(app)
        assert len(log.asked) == 1


async def test_the_name_of_a_page_can_be_pressed(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        column = text_of(app).splitlines()[2].index("Memory")
        await pilot.click(offset=(column + 2, 2))
        assert "Stability" in await shown(pilot)


async def test_retention_is_told_by_the_time_asked_for(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        assert not app.screen.check_action("by", ())
        await pilot.press("3")
        for by in ("week", "month", "year", "day"):
            assert f"True retention by {by}" in await shown(pilot)
            await pilot.press("b")


async def test_a_page_scrolls_to_its_end(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, log)
        await pilot.press("5", "down", *["pagedown"] * 4)
        assert "median 0.93" in await shown(pilot)


async def test_a_page_is_drawn_anew_for_another_size(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("3")
        await shown(pilot)
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        assert_golden(app, "statistics-retention-60x15")


# What it is told of


async def test_a_deck_is_chosen_said_and_cleared(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        told = await opened(pilot, log)
        assert "Statistics · all decks" in told and "c clear" not in told
        await pilot.press("d", *"recalls", "enter")
        told = await shown(pilot)
        assert log.last() == (Selection(decks=("capitals",)), None)
        assert "Statistics · Capitals and recalls" in told and "c clear" in told
        await pilot.press("r", *"two", "enter")
        assert "Capitals and recalls · A report on two ambassadors" in await shown(pilot)
        assert log.last()[0] == Selection(decks=("capitals",), sources=("report",))
        await pilot.press("c")
        assert "Statistics · all decks" in await shown(pilot)
        assert log.last() == (None, None)


async def test_a_period_counts_its_days_with_today(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("p", *"7 days", "enter")
        assert "the last 7 days" in await shown(pilot)
        assert log.last() == (None, date(2026, 11, 15))
        await pilot.press("p", "backspace")
        assert "since" in await shown(pilot)
        assert log.last() == (None, None)


async def test_a_panel_that_is_closed_changes_nothing(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        for key in ("p", "d", "g", "r", "n"):
            await pilot.press(key, "escape")
        assert isinstance(app.screen, StatisticsScreen)
        assert len(log.asked) == 1


async def test_where_nothing_was_answered_then_it_says_so(desk: Desk) -> None:
    log = Log(no_statistics()._replace(first=TODAY))
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        for page in ("2", "3", "7", "8", "9"):
            await pilot.press(page)
            assert "Nothing was answered by these cards in this time." in await shown(pilot)
        for page in ("1", "4", "5", "6", "0"):
            await pilot.press(page)
            assert await shown(pilot)


async def test_where_there_is_nothing_of_a_kind_it_says_what_fills_it(desk: Desk) -> None:
    log = Log(no_statistics()._replace(first=TODAY, total=made_statistics().total))
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("9")
        assert "Nothing here yet. It is filled by cards that were missed." in await shown(pilot)


async def test_long_confusions_tell_both_answers_and_how_often(desk: Desk) -> None:
    long = Confusion("the minister of foreign affairs " * 3, "the ambassador to Belarus " * 3, 12)
    app = desk.home()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot, Log(made_statistics()._replace(confusions=(long,))))
        await pilot.press("9")
        (told,) = (line for line in (await shown(pilot)).splitlines() if "You say the minis" in line)
        assert "… for the ambas" in told and told.rstrip().endswith("… ×12")


async def test_what_is_late_is_drawn_in_what_falls_due(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("4")
        assert "reviews a week, 14 late" in await shown(pilot)


async def test_a_card_that_is_being_learnt_has_no_percentage(desk: Desk) -> None:
    made = made_statistics()
    facts = (made.weakest[0]._replace(learning=True),)
    for size in (WIDE, (44, 20)):
        app = desk.home()
        async with app.run_test(size=size) as pilot:
            await opened(pilot, Log(made._replace(weakest=facts, leeches=())))
            await pilot.press("9")
            told = await shown(pilot)
            assert "learning" in told and "31 %" not in told


# Reading


async def test_keys_answer_while_the_log_is_read_and_a_bar_tells_how_far_it_is(desk: Desk, log: Log) -> None:
    log.may_go_on.clear()
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.app.switch_screen(StatisticsScreen(read=log))
        assert "Reading the log ━" in await seen(pilot, "43 %")
        await pilot.press("3")
        assert "[Retention]" in text_of(app)
        log.may_go_on.set()
        assert "Reading the log" not in await seen(pilot, "True retention")


async def test_escape_stops_the_reading_and_keeps_what_was_there(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        log.may_go_on.clear()
        await pilot.press("d", *"recalls", "enter")
        await seen(pilot, "43 %")
        await pilot.press("escape")
        assert "Stopped: what is shown was read before." in text_of(app)
        log.may_go_on.set()
        told = await shown(pilot)
        assert log.stopped == 1
        assert "Statistics · all decks" in told and "c clear" not in told
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_leaving_before_anything_was_read_stops_the_reading(desk: Desk, log: Log) -> None:
    log.may_go_on.clear()
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.app.switch_screen(StatisticsScreen(read=log))
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        log.may_go_on.set()
        async with asyncio.timeout(20):
            while not log.stopped:
                await pilot.pause()


async def test_what_is_asked_last_is_what_is_read(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        log.may_go_on.clear()
        await pilot.press("d", *"recalls", "enter")
        await pilot.press("p", *"30", "enter")
        log.may_go_on.set()
        assert "Statistics · Capitals and recalls" in await shown(pilot)
        assert "the last 30 days" in text_of(app)
        assert log.stopped == 1


@pytest.mark.parametrize("had_some", [True, False])
async def test_a_log_that_cannot_be_read_is_told_in_a_line(desk: Desk, log: Log, had_some: bool) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        if had_some:
            await opened(pilot, log)
        log.error = DataError("progress.db: the disk reported an error")
        if had_some:
            await pilot.press("p", *"30", "enter")
            told = await shown(pilot)
            assert "8,342 answers" in told and "since" in told
        else:
            told = await opened(pilot, log)
            assert "The log could not be read." in told
        assert "Progress.db: the disk reported an error." in told
        await pilot.press("2")
        assert "[Reviews]" in text_of(app)


async def test_what_fits_no_card_is_told_in_a_line(desk: Desk) -> None:
    def refuse(
        collection: Collection, selection: Selection | None, *, since: date | None
    ) -> Callable[[Advance], Statistics]:
        raise DecksError("no card is tagged war")

    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.app.switch_screen(StatisticsScreen(read=refuse))
        told = await shown(pilot)
        assert "No card is tagged war." in told and "The log could not be read." in told


# Cards to look after


async def test_the_marked_card_is_shown_among_all_and_one_comes_back(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("9", "down", "enter")
        assert isinstance(app.screen, BrowseScreen)
        await shown(pilot)
        assert app.screen.table.row is not None
        assert app.screen.table.row.id == "capitals/gap/c1"
        await pilot.press("escape", "escape")
        assert "[Trouble]" in await shown(pilot)
        assert len(log.asked) == 2


async def test_a_card_is_marked_by_a_press_and_shown_by_another(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("9")
        lines = (await shown(pilot)).splitlines()
        row = next(place for place, line in enumerate(lines) if "What is the capital?" in line)
        await pilot.click(offset=(10, row))
        assert "› What is the capital?" in text_of(app)
        await pilot.click(offset=(10, row))
        assert isinstance(app.screen, BrowseScreen)


async def test_the_cards_of_the_page_are_studied(desk: Desk, log: Log) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("9", "a")
        assert isinstance(app.screen, StudyScreen)
        cards = {"capitals/gap/c1", "capitals/capital/card", "capitals/why/card"}
        assert set(app.screen.session.selection.cards) == cards


async def test_cards_that_are_gone_are_not_studied(desk: Desk, log: Log) -> None:
    gone = tuple(fact._replace(card="gone/a/card") for fact in log.statistics.weakest)
    log.statistics = log.statistics._replace(weakest=gone, leeches=())
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("9", "a")
        assert isinstance(app.screen, StatisticsScreen)
        await pilot.press("1")
        assert not app.screen.check_action("study_found", ())


# Handed out


async def test_a_report_is_written_and_replaced_only_when_asked_twice(
    desk: Desk, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)
    path = desk.folder / "report-2026-11-21.html"
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("x")
        assert "Written: report-2026-11-21.html" in await shown(pilot)
        page = path.read_text(encoding="utf-8")
        assert "<svg" in page and "Nikol Pashinyan" in page
        path.write_text("mine", encoding="utf-8")
        await pilot.press("x")
        assert "is there already; x again replaces it" in await shown(pilot)
        assert path.read_text(encoding="utf-8") == "mine"
        await pilot.press("x")
        await shown(pilot)
        assert path.read_text(encoding="utf-8") == page


async def test_a_report_that_cannot_be_written_leaves_nothing(
    desk: Desk, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.folder / "report-2026-11-21.html").mkdir()
    monkeypatch.chdir(desk.folder)
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, log)
        await pilot.press("x", "x")
        await shown(pilot)
        (notice,) = app._notifications
        assert "cannot be written: it is a folder" in notice.message
        assert not any((desk.folder / "report-2026-11-21.html").iterdir())
        assert not list(desk.folder.glob(".*.part"))


async def test_before_the_first_answer_there_is_nothing_to_hand_out(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, Log(no_statistics()))
        assert not app.screen.check_action("export_report", ())
