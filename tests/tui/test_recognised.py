"""Home says that edited notes were recognised, as long as that can be taken back there."""

from __future__ import annotations

import pytest
from desk import Desk, text_of

from trainer.collection import Collection
from trainer.collection.moving import move
from trainer.core.grading import Verdict
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.tui.screens.home import HomeScreen

DECK = "title: Short\nnotes:\n  - question: {}\n    answer: Yerevan\n"
SAID = "An edited note was recognised and keeps its history; u takes it back"
UNKNOWN = Verdict(kind="unknown", score=None, reason="", suggested=Rating.GOOD)


def answer(collection: Collection, deck: str = "short") -> str:
    session = collection.start(Selection(decks=(deck,)))
    assert session.front is not None
    collection.rate(session, Rating.EASY, verdict=UNKNOWN, response="", milliseconds=1)
    return session.front


@pytest.fixture
def edited(desk: Desk) -> str:
    """A deck whose one note was answered, then edited; the card that it was."""
    desk.write("short", DECK.format("What is the capital of Armenia?"))
    collection = desk.collection()
    card = answer(collection)
    collection.close()
    desk.write("short", DECK.format("Which city is the capital of Armenia?"))
    return card


async def test_home_says_so_and_u_takes_it_back(desk: Desk, edited: str) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        assert SAID in text_of(app)
        assert app.collection.store.memory([edited]) == {}
        await pilot.press("u")
        assert isinstance(app.screen, HomeScreen)
        assert SAID not in text_of(app)
        assert "Took back: the moving of “Which city is the capital of Armenia?”" in text_of(app)
        assert app.collection.store.memory([edited]).keys() == {edited}
    app.collection.close()
    again = desk.home()
    async with again.run_test(size=(100, 30)):
        assert SAID not in text_of(again)
        assert again.collection.store.memory([edited]).keys() == {edited}


async def test_it_is_said_also_if_another_command_has_recognised_it(desk: Desk, edited: str) -> None:
    desk.collection().close()
    app = desk.home()
    async with app.run_test(size=(60, 15)):
        assert "An edited note was recognised" in text_of(app)


async def test_it_is_said_no_more_once_something_else_was_done(desk: Desk, edited: str) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        assert SAID in text_of(app)
        answer(app.collection, "capitals")
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.show_overview()
        await pilot.pause()
        assert SAID not in text_of(app)


async def test_a_move_that_was_asked_for_is_taken_back_at_home_too(desk: Desk) -> None:
    desk.write("short", DECK.format("What is the capital of Armenia?"))
    collection = desk.collection()
    card = answer(collection)
    (desk.folder / "decks" / "short.yaml").rename(desk.folder / "decks" / "long.yaml")
    collection.reload()
    move(collection, "short", "long")
    collection.close()
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        assert "recognised" not in text_of(app)
        await pilot.press("u")
        assert "Took back: the moving of" in text_of(app)
        assert app.collection.store.memory().keys() == {card}


async def test_home_without_moves_undoes_the_last_answer_as_ever(desk: Desk) -> None:
    collection = desk.collection()
    answer(collection, "capitals")
    collection.close()
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("u")
        assert not isinstance(app.screen, HomeScreen)
        assert app.collection.store.memory() == {}
