"""Studying by key, by mouse, and by mistake."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import DECK, Desk, text_of
from textual.pilot import Pilot
from textual.widgets import Input

from trainer.core.prompt import FORMS
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.messages import Rated
from trainer.tui.screens.study import FORM_VIEWS, StudyScreen
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.widgets.foot import Foot
from trainer.tui.widgets.page import Page

CAPITAL = "capitals/capital/card"


def study_of(app: TrainerApp) -> StudyScreen:
    assert isinstance(app.screen, StudyScreen)
    return app.screen


def front(app: TrainerApp) -> str | None:
    return study_of(app).session.front


def test_every_answer_form_has_a_view() -> None:
    assert set(FORM_VIEWS) == set(FORMS)


async def test_a_typed_answer_is_graded_rated_and_recorded(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"yerevan", "enter")
        assert "✓ right" in text_of(app)
        assert "A report on two ambassadors, The Daily Example, June 2024, ¶ 2" in text_of(app)
        await pilot.press("space")
        (review,) = app.collection.store.reviews(CAPITAL)
        assert (review.rating, review.score, review.response) == (Rating.GOOD, 1.0, "yerevan")
        assert front(app) == "capitals/sent-home/card"


async def test_another_spelling_of_a_name_is_right(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press(*"EREVAN", "enter")
        assert "right, by another spelling" in text_of(app)


async def test_while_typing_letters_are_text(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press(*"qubxfh?1 2s")
        assert app.screen.query_one(Input).value == "qubxfh?1 2s"
        assert front(app) == CAPITAL


async def test_an_empty_answer_means_dont_know_and_proposes_again(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert "not answered" in text_of(app)
        await pilot.press("space")
        (review,) = app.collection.store.reviews(CAPITAL)
        assert (review.rating, review.score) == (Rating.AGAIN, 0.0)


async def test_the_learner_overrules_the_machine(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press(*"jerewan", "enter")
        assert "you judge" in text_of(app)
        await pilot.press("3")
        (review,) = app.collection.store.reviews(CAPITAL)
        assert (review.rating, review.score, review.response) == (Rating.GOOD, 1.0, "jerewan")


async def at_the_choice(app: TrainerApp, pilot: Pilot[None]) -> None:
    await pilot.press("enter", "1")
    assert front(app) == "capitals/sent-home/card"


async def test_a_number_picks_an_option_and_marks_right_and_yours(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await at_the_choice(app, pilot)
        lines = text_of(app).splitlines()
        number = next(line.split()[0] for line in lines if line.endswith("Russia"))
        await pilot.press(number)
        assert "Belarus  ✓ right" in text_of(app)
        assert "Russia  ✗ yours" in text_of(app)


async def test_arrows_and_enter_pick_an_option(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await at_the_choice(app, pilot)
        await pilot.press("enter")
        assert "✓" not in text_of(app), "nothing was marked yet"
        await pilot.press("down", "down", "up", "enter")
        assert "✓ right" in text_of(app)


async def test_the_mouse_picks_and_rates(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_choice(app, pilot)
        await pilot.click(Page, offset=(10, 5))
        assert "✓ right" in text_of(app)
        await pilot.click(Foot, offset=(46, 1))
        (review,) = app.collection.store.reviews("capitals/sent-home/card")
        assert review.rating is Rating.EASY


async def test_revealing_shows_question_and_answer_together(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press("enter", "1")
        await pilot.press("1", "1", "space")
        assert front(app) == "capitals/why/card"
        seen = text_of(app)
        assert "Why was the ambassador recalled?" in seen
        assert "Over arms sold to a neighbour." in seen


async def test_keys_held_down_rate_nothing(desk: Desk) -> None:
    collection = desk.collection()
    app = TrainerApp(collection, session=collection.start(Selection()), monotonic=lambda: 7.0, pause=0)
    async with app.run_test() as pilot:
        screen = study_of(app)
        screen._shown_at = 0.0
        await pilot.press(*"yerevan", "enter", "3", "3", "space")
        assert not collection.store.reviews(CAPITAL)
        screen._shown_at = 0.0
        await pilot.press("3")
        assert len(collection.store.reviews(CAPITAL)) == 1


async def test_a_failed_write_leaves_the_card_on_screen_and_a_retry_records_once(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"yerevan", "enter")
        connection = app.collection.store.connection
        connection.execute("PRAGMA query_only = ON")
        await pilot.press("3")
        assert front(app) == CAPITAL
        assert "Not saved" in text_of(app)
        assert "yerevan" in text_of(app)
        assert not app.collection.store.reviews(CAPITAL)
        connection.execute("PRAGMA query_only = OFF")
        await pilot.press("3")
        assert len(app.collection.store.reviews(CAPITAL)) == 1
        assert "Not saved" not in text_of(app)


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


async def test_an_answer_not_yet_rated_is_not_dropped_by_one_key(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "q")
        assert "not rated yet" in text_of(app)
        await pilot.press("1")
        assert len(app.collection.store.reviews(CAPITAL)) == 1


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


async def test_a_crammed_choice_is_shuffled_each_time(desk: Desk) -> None:
    app = desk.study(Selection(cards=("capitals/sent-home/card",), cram=True))
    orders = set()
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(8):
            orders.add(study_of(app)._choose._options)
            await pilot.press("1", "1")
    assert len(orders) > 1


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


async def test_a_flag_is_shown_and_taken_away(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "f")
        assert "⚑" in text_of(app)
        assert app.collection.store.flagged() == {CAPITAL}
        await pilot.press("f")
        assert "⚑" not in text_of(app)


async def test_the_hint_comes_on_request_also_while_typing(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        assert "Hrazdan" not in text_of(app)
        await pilot.press("ctrl+t")
        assert "Hint: It lies on the Hrazdan." in text_of(app)


async def test_sources_open_in_a_panel_and_close_again(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("enter")
        assert "2 sources: press s" in text_of(app)
        await pilot.press("s")
        assert "The Daily Example" in text_of(app)
        await pilot.press("escape")
        assert front(app) == CAPITAL


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


@pytest.mark.parametrize("size", [(60, 15), (40, 12), (20, 5), (6, 3), (1, 1), (200, 50)])
async def test_every_size_is_survived_and_the_ratings_stay_on_screen(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.write("capitals", DECK.replace("What is the capital", "Long " * 400 + "what is the capital"))
    app = desk.study()
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"yerevan", "enter")
        if size >= (40, 12):
            seen = text_of(app)
            assert "1 Again" in seen
            assert "Long Long" in seen
        await pilot.resize_terminal(3, 2)
        await pilot.resize_terminal(*size)
        await pilot.press("3")
        assert front(app) == "capitals/sent-home/card"


async def test_all_options_are_seen_on_a_small_screen(desk: Desk) -> None:
    question = "Whose ambassador, after all that had been said in both parliaments, went home from Yerevan?"
    desk.write("capitals", DECK.replace("Whose ambassador went home from Yerevan?", question))
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        seen = text_of(app)
        assert all(country in seen for country in ("Belarus", "Russia", "Azerbaijan", "Ukraine"))
        assert "▼ 2 more, page down" in seen


async def test_a_key_can_be_changed_in_the_settings(desk: Desk) -> None:
    desk.config = desk.config._replace(keys={"bury": "w"})
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter")
        assert "w bury" in text_of(app)
        await pilot.press("w")
        assert front(app) == "capitals/sent-home/card"


def test_the_session_is_a_value(desk: Desk) -> None:
    session = desk.collection().start(Selection())
    assert replace(session) == session
