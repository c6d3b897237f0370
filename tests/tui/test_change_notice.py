"""The notice that a learnt answer has changed, on the study screen."""

from __future__ import annotations

import pytest
from desk import DECK, NARROW, TINY, WIDE, Desk, assert_clean, front, study_of, text_of

from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp

CAPITAL = "capitals/capital/card"
HEADLINE = "The answer to this card has changed since you last saw it"


def changed(desk: Desk, *, answer: str = "Gyumri") -> TrainerApp:
    """A sitting a month after everything was learnt; the first answer is another one now."""
    collection = desk.collection()
    session = collection.start(Selection())
    while session.card:
        verdict = collection.grade(session.card, session.card.prompt.form.answer)
        session = collection.rate(session, Rating.EASY, verdict=verdict, response="", milliseconds=1)
    collection.close()
    desk.clock.forward(days=30)
    desk.write("capitals", DECK.replace("answer: Yerevan", f"answer: {answer}"))
    return desk.study()


def kinds(app: TrainerApp) -> list[str]:
    rows = app.collection.store.connection.execute("SELECT kind FROM log WHERE kind <> 'review' ORDER BY seq")
    return [kind for (kind,) in rows]


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_what_has_changed_is_shown_before_the_card_is_asked(desk: Desk, size: tuple[int, int]) -> None:
    app = changed(desk)
    async with app.run_test(size=size):
        seen = text_of(app)
        assert_clean(seen)
        joined = " ".join(seen.split())
        assert "The answer to this card has changed" in joined
        assert "Before Yerevan" in joined
        assert "Now Gyumri" in joined
        assert "What is the capital of Armenia?" in joined
        assert "understood" in seen


async def test_why_and_from_where_is_shown_with_it(desk: Desk) -> None:
    app = changed(desk)
    async with app.run_test(size=WIDE) as pilot:
        assert "Parliament sits there." in text_of(app)
        assert "A report on two ambassadors, The Daily Example, June 2024, ¶ 2, 3" in text_of(app)
        await pilot.press("s")
        assert len(app.screen_stack) == 3


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_once_understood_the_card_is_asked_after_the_others(desk: Desk, key: str) -> None:
    app = changed(desk)
    async with app.run_test(size=WIDE) as pilot:
        total = study_of(app).session.total
        await pilot.press(key)
        assert kinds(app) == ["told"]
        assert front(app) != CAPITAL
        assert study_of(app).session.total == total
        assert study_of(app).session.waiting[-1] == CAPITAL
        assert HEADLINE not in text_of(app)


async def test_the_card_is_asked_as_any_other_once_it_comes(desk: Desk) -> None:
    app = changed(desk)
    app.collection.understood(app.collection.start(Selection()))
    app = desk.study(Selection(cards=(CAPITAL,)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*"gyumri", "enter", "space")
        assert app.collection.store.reviews(CAPITAL)[-1].answer == "Gyumri"


async def test_no_key_but_the_two_goes_on(desk: Desk) -> None:
    app = changed(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("1", "2", "3", "4", "0", "t", "h", "c", "y", "down", "pagedown", "shift+up")
        assert (front(app), kinds(app)) == (CAPITAL, [])
        assert HEADLINE in text_of(app)


async def test_a_click_on_the_notice_does_nothing(desk: Desk) -> None:
    app = changed(desk)
    async with app.run_test(size=WIDE) as pilot:
        for row in range(3, 26, 2):
            await pilot.click(offset=(20, row))
        assert (front(app), kinds(app)) == (CAPITAL, [])


async def test_undo_takes_it_back_and_shows_it_again(desk: Desk) -> None:
    app = changed(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("space", "u")
        assert kinds(app) == ["told", "undo"]
        assert front(app) == CAPITAL
        assert HEADLINE in text_of(app)
        assert "Took back: the notice of “" in text_of(app)


async def test_a_failed_write_leaves_the_notice(desk: Desk) -> None:
    app = changed(desk)
    async with app.run_test(size=WIDE) as pilot:
        app.collection.store.connection.execute("PRAGMA query_only = ON")
        await pilot.press("space")
        assert (front(app), kinds(app)) == (CAPITAL, [])
        assert HEADLINE in text_of(app)
        assert "Press the key again to retry." in text_of(app)
        app.collection.store.connection.execute("PRAGMA query_only = OFF")
        await pilot.press("space")
        assert kinds(app) == ["told"]


async def test_a_card_with_a_notice_can_be_set_aside(desk: Desk) -> None:
    app = changed(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("b")
        assert (kinds(app), front(app) == CAPITAL) == (["bury"], False)
        await pilot.press("u")
        assert HEADLINE in text_of(app)


async def test_a_key_held_down_does_not_pass_over_the_notice(desk: Desk) -> None:
    app = changed(desk)
    app.monotonic = lambda: 0.0
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("space", "space", "space")
        assert (front(app), kinds(app)) == (CAPITAL, [])


async def test_deck_text_cannot_steer_the_terminal_from_a_notice(desk: Desk) -> None:
    app = changed(desk, answer="'[red]Gyumri\u202egnp[/]'")
    async with app.run_test(size=WIDE):
        assert_clean(text_of(app))
        assert "[red]" in text_of(app)


async def test_a_sitting_over_a_name_says_so(desk: Desk) -> None:
    app = desk.study(Selection(names=("Erevan",), limit=1))
    async with app.run_test(size=WIDE) as pilot:
        assert "about Yerevan" in text_of(app).splitlines()[0]
        await pilot.press("enter", "4")
        assert "1 of 1 cards  about Yerevan" in text_of(app).splitlines()[0]
