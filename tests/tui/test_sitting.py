"""A sitting from the first card to the summary, and undoing it."""

from __future__ import annotations

from dataclasses import replace

from desk import DECK, Desk, front, study_of, text_of

from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.tui.messages import Rated
from trainer.tui.screens.summary import SummaryScreen

CAPITAL = "capitals/capital/card"


async def test_undo_goes_back_card_by_card(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        before = study_of(app).session
        await pilot.press("enter", "1", "1", "1")
        assert front(app) == "capitals/why/card"
        await pilot.press("u")
        assert front(app) == "capitals/sent-home/card"
        await pilot.press("u")
        assert study_of(app).session == before
        assert app.collection.store.memory() == {}


async def test_undo_reaches_back_over_a_restart(desk: Desk) -> None:
    first = desk.study()
    async with first.run_test() as pilot:
        await pilot.press(*"yerevan", "enter", "4")
    first.collection.close()
    second = desk.study()
    async with second.run_test() as pilot:
        assert front(second) != CAPITAL
        await pilot.press("ctrl+z")
        assert front(second) == CAPITAL
        assert second.collection.store.memory() == {}


async def test_undo_first_takes_back_an_answer_not_yet_rated(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press(*"slip", "enter", "u")
        assert front(app) == CAPITAL
        assert "type the answer" in text_of(app)
        assert app.collection.store.last_entry() is None


async def test_a_second_click_on_the_last_rating_is_one_review(desk: Desk) -> None:
    app = desk.study(Selection(limit=1))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter")
        screen = study_of(app)
        screen.on_rated(Rated(Rating.EASY))
        screen.on_rated(Rated(Rating.EASY))
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert len(app.collection.store.reviews(CAPITAL)) == 1


async def test_the_last_answer_of_yesterday_is_undone_from_the_summary(desk: Desk) -> None:
    first = desk.study(Selection(limit=1))
    async with first.run_test() as pilot:
        await pilot.press("enter", "4")
    first.collection.close()
    desk.config = desk.config._replace(new_per_day=1)
    second = desk.study()
    async with second.run_test() as pilot:
        assert isinstance(second.screen, SummaryScreen)
        await pilot.press("u")
        assert front(second) == CAPITAL
        assert second.collection.store.memory() == {}


async def test_more_new_cards_than_the_daily_limit_come_on_request(desk: Desk) -> None:
    desk.config = desk.config._replace(new_per_day=1)
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "4")
        assert "n brings ten more" in text_of(app)
        await pilot.press("n")
        assert front(app) == "capitals/sent-home/card"


async def test_undo_with_nothing_done_says_so(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+z")
        assert "nothing to undo" in text_of(app)


async def test_bury_and_suspend_set_the_card_aside_and_undo_brings_it_back(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press("enter", "1")
        await pilot.press("b")
        assert front(app) == "capitals/why/card"
        assert app.collection.store.marks("capitals/sent-home/card").buried_on == "2026-11-21"
        await pilot.press("x")
        assert app.collection.store.marks("capitals/why/card").suspended
        await pilot.press("ctrl+z", "ctrl+z")
        assert front(app) == "capitals/sent-home/card"
        assert not app.collection.store.marks("capitals/why/card").suspended


async def test_a_card_forgotten_comes_back_in_the_same_sitting(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press("enter", "1")
        await pilot.press("1", "4")
        await pilot.press("space", "4")
        await pilot.press("enter", "4")
        assert front(app) == CAPITAL


async def test_when_all_is_done_the_summary_comes(desk: Desk) -> None:
    app = desk.study(Selection(limit=1))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"yerevan", "enter", "4")
        assert isinstance(app.screen, SummaryScreen)
        assert "score 100 % (1 of 1) · best run 1" in text_of(app)


async def test_the_summary_lists_the_missed_with_sources_and_crams_them(desk: Desk) -> None:
    app = desk.study(Selection(limit=2))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "1", "1", "4", "escape")
        seen = text_of(app)
        assert "Missed  What is the capital of Armenia?" in seen
        assert "answer: Yerevan" in seen
        assert "A report on two ambassadors" in seen
        memory = app.collection.store.memory()
        await pilot.press("m")
        assert front(app) == CAPITAL
        assert "cram" in text_of(app)
        await pilot.press(*"yerevan", "enter", "3")
        assert app.collection.store.memory() == memory


async def test_a_session_left_is_taken_up_where_it_was(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press("enter", "1", "q")
        assert isinstance(app.screen, SummaryScreen)
        await pilot.press("enter")
        assert front(app) == "capitals/sent-home/card"


async def test_two_windows_on_one_collection_lose_nothing(desk: Desk) -> None:
    one, other = desk.study(), desk.study()
    async with one.run_test() as first, other.run_test() as second:
        await first.press("enter", "1")
        await second.press("enter", "3")
        reviews = one.collection.store.reviews(CAPITAL)
        assert [review.rating for review in reviews] == [Rating.AGAIN, Rating.GOOD]
        state = one.collection.store.memory()[CAPITAL]
        assert state.reps == 2


async def test_a_card_that_is_gone_does_not_break_an_undo(desk: Desk) -> None:
    first = desk.study()
    async with first.run_test() as pilot:
        await pilot.press("enter", "1")
    first.collection.close()
    desk.write("capitals", DECK.replace("id: capital\n", "id: seat\n"))
    second = desk.study()
    async with second.run_test() as pilot:
        await pilot.press("ctrl+z")
        assert front(second) == "capitals/seat/card"


def test_the_session_is_a_value(desk: Desk) -> None:
    session = desk.collection().start(Selection())
    assert replace(session) == session
