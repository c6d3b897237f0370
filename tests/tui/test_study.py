"""Studying by key, by mouse, and by mistake."""

from __future__ import annotations

import pytest
from desk import DECK, Desk, front, study_of, text_of
from textual.pilot import Pilot
from textual.widgets import Input

from trainer.core.prompt import FORMS
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.widgets.foot import Foot
from trainer.tui.widgets.forms import FORM_VIEWS
from trainer.tui.widgets.page import Page

CAPITAL = "capitals/capital/card"


def test_every_answer_form_has_a_view() -> None:
    assert set(FORM_VIEWS) == set(FORMS)


async def test_a_typed_answer_is_graded_rated_and_recorded(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"yerevan", "enter")
        assert "✓ right" in text_of(app)
        assert "A report on two ambassadors, The Daily Example, June 2024, ¶ 2, 3" in text_of(app)
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
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"gyumri", "enter")
        assert "✗ not the answer as written" in text_of(app)
        assert "›1 Again" in text_of(app)
        await pilot.press("3")
        (review,) = app.collection.store.reviews(CAPITAL)
        assert (review.rating, review.score, review.response) == (Rating.GOOD, 1.0, "gyumri")


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
        await pilot.press("down", "down", "up")
        (marked,) = (line.split()[2] for line in text_of(app).splitlines() if line.strip().startswith("›"))
        await pilot.press("enter", "1")
        (review,) = app.collection.store.reviews("capitals/sent-home/card")
        assert review.response == marked


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
        screen.shown_at = 0.0
        await pilot.press(*"yerevan", "enter", "3", "3", "space")
        assert not collection.store.reviews(CAPITAL)
        screen.shown_at = 0.0
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


async def test_an_answer_not_yet_rated_is_not_dropped_by_one_key(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "q")
        assert "not rated yet" in text_of(app)
        await pilot.press("1")
        assert len(app.collection.store.reviews(CAPITAL)) == 1


async def test_a_crammed_choice_is_shuffled_each_time(desk: Desk) -> None:
    app = desk.study(Selection(cards=("capitals/sent-home/card",), cram=True))
    orders = set()
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(8):
            lines = text_of(app).splitlines()
            orders.add(tuple(line.split()[1] for line in lines if line.strip()[:1] in {*"1234"})[:4])
            await pilot.press("1", "1")
    assert len(orders) > 1


async def test_a_flag_is_shown_and_taken_away(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "f")
        assert "⚑" in text_of(app)
        assert app.collection.standing.flagged() == {CAPITAL}
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
        assert "1 source: press s" in text_of(app)
        await pilot.press("s")
        assert "The Daily Example" in text_of(app)
        await pilot.press("escape")
        assert front(app) == CAPITAL


@pytest.mark.parametrize("size", [(60, 15), (40, 12), (20, 5), (200, 50)])
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
