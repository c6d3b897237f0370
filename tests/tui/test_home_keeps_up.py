"""Home says what was recognised, takes back what leads to no card, and keeps up with what others do."""

from __future__ import annotations

import pytest
from desk import Desk, text_of

from trainer.collection import Collection
from trainer.collection.moving import move
from trainer.core.grading import Verdict
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.tui.screens import handling
from trainer.tui.screens.home import HomeScreen
from trainer.tui.widgets.deck_table import DeckTable

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


async def test_what_was_done_to_several_cards_is_taken_back_without_leaving_home(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        ids = [row.id for row in app.collection.browsing.rows()]
        app.collection.browsing.mark("suspend", ids[:3])
        await pilot.press("u")
        assert isinstance(app.screen, HomeScreen)
        assert "Took back: the suspension of 3 cards" in text_of(app)
        app.collection.browsing.mark("suspend", ids[:3])
        home = app.screen
        home.show_overview()
        await pilot.press("r")
        assert "Brought back 3 cards; u takes it back" in text_of(app)
        await pilot.press("u")
        assert "Took back: the bringing back of 3 cards" in text_of(app)
        suspended = app.collection.standing.suspended(deck.key for deck in app.collection.decks)
        assert {card for _, card in suspended} == {*ids[:3]}
        await pilot.press("u")
        assert not app.collection.standing.suspended(deck.key for deck in app.collection.decks)


async def test_an_act_on_many_cards_is_taken_back_beside_home(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handling, "MANY", 3)
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        ids = [row.id for row in app.collection.browsing.rows()]
        app.collection.browsing.mark("suspend", ids)
        await pilot.press("u")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert f"Took back: the suspension of {len(ids)} cards" in text_of(app)


async def test_home_shows_what_another_session_did(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        other = desk.collection()
        answer(other, "capitals")
        other.close()
        home = app.screen
        assert isinstance(home, HomeScreen)
        assert "1 answer" not in text_of(app)
        home._look_again()
        await pilot.pause()
        assert "1 answer" in text_of(app)


async def test_home_keeps_the_marked_deck_and_pages_through_many(desk: Desk) -> None:
    for number in range(40):
        notes = f"notes:\n  - {{question: Which is number {number}?, answer: This}}\n"
        desk.write(f"deck-{number:02}", f"title: Number {number}\n{notes}")
    app = desk.home()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("end")
        assert "› Number 39" in text_of(app)
        await pilot.press("home", "pagedown")
        assert "› Capitals" not in text_of(app)
        marked = app.marked_deck
        await pilot.press("s")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.query_one(DeckTable).marked == marked
        title = marked.replace("deck-0", "Number ").replace("deck-", "Number ")
        assert f"› {title}" in text_of(app)
