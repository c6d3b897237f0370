"""Tests chosen by key and by mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import Desk, text_of
from quiz_desk import screen_of, with_decks
from textual.pilot import Pilot

from trainer.collection import to_ask
from trainer.tui.screens import quiz_setup
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.quiz_setup import QuizSetupScreen, Row
from trainer.tui.widgets.sheet import Sheet


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_decks(desk)


async def set_up(pilot: Pilot[None]) -> QuizSetupScreen:
    """The choice of a test, opened at Home."""
    await pilot.press("z")
    assert isinstance(pilot.app.screen, QuizSetupScreen)
    return pilot.app.screen


# Choosing one


async def test_a_test_begins_with_two_keys(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.press("z", "enter")
        request = screen_of(app).quiz.request
        assert (request.decks, request.types, request.feedback, request.minutes) == ((), (), "once", 0)
        assert not request.credit
        assert len(screen_of(app).quiz.questions) == 8


async def test_the_number_of_questions_follows_the_choice(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 40)) as pilot:
        setup = await set_up(pilot)
        assert "8 of 8 questions" in text_of(app)
        assert setup.row == Row("deck", "capitals"), "the deck marked on Home"
        await pilot.press("space")
        assert "5 of 5 questions" in text_of(app)
        await pilot.press(*["down"] * (setup.rows.index(Row("type", "typed")) - setup.at), "space")
        assert "1 of 1 question" in text_of(app)
        await pilot.press(*["up"] * (setup.at - setup.rows.index(Row("deck", "more"))), "space")
        assert "4 of 4 questions" in text_of(app)
        await pilot.press("enter")
        assert screen_of(app).quiz.request.decks == ("capitals", "more")
        assert screen_of(app).quiz.request.types == ("typed",)


async def test_values_change_by_arrow_digit_and_mouse(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 40)) as pilot:
        setup = await set_up(pilot)

        async def go(kind: str) -> None:
            to = next(index for index, row in enumerate(setup.rows) if row.kind == kind)
            await pilot.press(*["down" if to > setup.at else "up"] * abs(to - setup.at))

        await go("count")
        await pilot.press("left")
        assert setup.request.count == 10
        await pilot.press("2", "5")
        assert setup.request.count == 25
        await pilot.press("right")
        assert setup.request.count == 30
        await go("minutes")
        await pilot.press("right", "right")
        assert setup.request.minutes == 10
        await go("feedback")
        await pilot.press("space")
        await go("credit")
        await pilot.press("right")
        await go("seed")
        await pilot.press("4", "2", "left")
        assert (setup.request.feedback, setup.request.credit, setup.request.seed) == ("end", True, "42")
        lines = text_of(app).splitlines()
        row = next(index for index, line in enumerate(lines) if "Questions  " in line)
        top = setup.query_one(Sheet).region.y
        await pilot.click(Sheet, offset=(lines[row].index("‹"), row - top))
        assert setup.request.count == 20
        await pilot.press("enter")
        assert screen_of(app).quiz.request.seed == "42"


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """So many cards that it takes a while until those that can be graded are counted."""
    with monkeypatch.context() as patched:
        patched.setattr(to_ask, "AT_ONCE", 1)
        patched.setattr(quiz_setup, "GAP", 60)
        yield


@pytest.mark.usefixtures("slowly")
async def test_while_cards_are_counted_a_test_is_chosen_and_begun_all_the_same(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("z")
        assert "counting …" in text_of(app) and "begin" in text_of(app)
        await pilot.press("down", "space")
        assert "counting …" in text_of(app)
        await pilot.press("enter")
        assert len(screen_of(app).quiz.questions) == 3


@pytest.mark.usefixtures("slowly")
async def test_while_cards_are_counted_what_a_type_has_is_known(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 40)) as pilot:
        setup = await set_up(pilot)
        await pilot.press(*["down"] * (setup.rows.index(Row("type", "typed")) - setup.at), "space")
        assert "4 of 4 questions" in text_of(app)


@pytest.mark.usefixtures("slowly")
async def test_cards_are_counted_to_the_end_while_nothing_is_pressed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiz_setup, "GAP", 0.001)
    app = desk.home()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("z")
        while "counting" in text_of(app):
            await pilot.pause(0.001)
        assert "8 of 8 questions" in text_of(app) and "…" not in text_of(app)


@pytest.mark.usefixtures("slowly")
async def test_what_is_begun_before_it_is_counted_begins_nothing_if_there_is_nothing_to_ask(
    desk: Desk,
) -> None:
    desk.write("capitals", "title: Only told\nnotes:\n  - {id: a, question: Why?, answer: So.}\n")
    desk.write("more", "title: Told too\nnotes:\n  - {id: a, question: Why?, answer: So.}\n")
    app = desk.home()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("z", "enter")
        assert isinstance(app.screen, QuizSetupScreen) and "nothing to ask" in text_of(app)


async def test_nothing_to_ask_begins_nothing(desk: Desk) -> None:
    desk.write("more", "title: Only told\nnotes:\n  - {id: a, question: Why?, answer: So.}\n")
    app = desk.home()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("z", "down", "space", "enter")
        assert isinstance(app.screen, QuizSetupScreen)
        assert "nothing to ask" in text_of(app)
        assert "begin" not in text_of(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_sheet_that_a_hasty_key_took_away_breaks_nothing(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.press("z")
        sheet = app.screen.query_one(Sheet)
        await pilot.press("escape")
        sheet._reveal(0)
        assert isinstance(app.screen, HomeScreen)
