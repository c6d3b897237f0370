"""Typing an answer, being asked back, and saying how sure one is."""

from __future__ import annotations

import pytest
from desk import FORMS, NARROW, TINY, WIDE, Desk, assert_golden, review_of, study_of, text_of
from textual.events import Key
from textual.widgets import Input

from trainer.core.review import Confidence, Rating
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp


async def test_a_list_tells_its_parts_and_its_score(desk: Desk) -> None:
    app = desk.ask("others")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*"kazakhstan, tajikistan", "enter")
        seen = text_of(app)
        assert "~ partly right · 0.67" in seen
        for told in ("✓ Kazakhstan", "✗ Kyrgyzstan  missing", "✓ Tajikistan"):
            assert told in seen
        assert_golden(app, "forms-list-answer-100x30")
        await pilot.press("space")
        assert review_of(app, "others").score == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("note", "inside", "advice"),
    [
        ("price", "type a number", "a number, in dollars"),
        ("recalled", "type a date", "a date; less exact counts in part"),
        ("others", "type them all", "several, separated by commas"),
    ],
)
async def test_the_line_and_the_foot_say_what_is_expected(
    desk: Desk, note: str, inside: str, advice: str
) -> None:
    app = desk.ask(note)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert inside in text_of(app)
        assert advice in text_of(app)
        await pilot.press("1")
        assert inside not in text_of(app)
        assert ("└─ in dollars ─" in text_of(app)) == (note == "price")


async def test_a_less_exact_date_is_partly_right(desk: Desk) -> None:
    app = desk.ask("recalled")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*"june 2024", "enter")
        seen = text_of(app)
        assert "~ partly right · 0.6" in seen
        assert "Answer    13 June 2024" in seen
        await pilot.press("space")
        review = review_of(app, "recalled")
        assert (review.score, review.rating) == (0.6, Rating.HARD)


async def test_an_unclear_answer_is_asked_back_and_graded_when_given_once_more(desk: Desk) -> None:
    app = desk.ask("recalled")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(*"06/12/2024", "enter")
        assert study_of(app)._verdict is None
        assert "6 December or 12 June" in text_of(app)
        assert app.screen.query_one(Input).value == "06/12/2024"
        assert_golden(app, "forms-date-unclear-60x15")
        await pilot.press("enter")
        assert "Answer    13 June 2024" in text_of(app)


async def test_another_unclear_answer_is_asked_back_anew(desk: Desk) -> None:
    app = desk.ask("recalled")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(*"06/12/2024", "enter", "backspace", "3", "enter")
        assert study_of(app)._verdict is None
        await pilot.press(*["backspace"] * 10, *"13/06/2024", "enter")
        assert "✓ right" in text_of(app)


async def test_enter_held_down_does_not_answer_what_was_asked_back(desk: Desk) -> None:
    desk.write("forms", FORMS)
    collection = desk.collection()
    session = collection.start(Selection(cards=("forms/recalled/card",)))
    app = TrainerApp(collection, session=session, monotonic=lambda: 7.0, pause=0)
    async with app.run_test(size=NARROW) as pilot:
        study_of(app).shown_at = 0.0
        await pilot.press(*"06/12/2024", "enter", "enter", "enter")
        assert study_of(app)._verdict is None


# Confidence


async def test_confidence_goes_round_and_is_recorded(desk: Desk) -> None:
    app = desk.ask("by-time")
    async with app.run_test(size=WIDE) as pilot:
        for word in ("sure", "unsure", "guess"):
            await pilot.press("c")
            assert f"you: {word}" in text_of(app)
        await pilot.press("c")
        assert "you: " not in text_of(app)
        await pilot.press("c", "c", "enter", "1")
        assert review_of(app, "by-time").confidence is Confidence.UNSURE


async def test_while_typing_f2_says_how_sure_and_c_is_text(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("c", "f2")
        assert app.screen.query_one(Input).value == "c"
        assert "you: sure" in text_of(app)
        await pilot.resize_terminal(*TINY)
        assert "You say you are sure." in text_of(app)
        await pilot.press("enter", "1")
        (review,) = app.collection.store.reviews("capitals/capital/card")
        assert review.confidence is Confidence.SURE
        await pilot.pause()
        assert "you: sure" not in text_of(app), "it is for one card"


async def test_after_the_answer_nobody_says_how_sure_they_were(desk: Desk) -> None:
    app = desk.ask("by-time")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "c")
        assert "how sure" not in text_of(app)
        await pilot.press("1")
        assert review_of(app, "by-time").confidence is None


async def test_enter_waits_for_what_was_typed_before_it_however_fast(desk: Desk) -> None:
    app = desk.ask("others")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for letter in "kazakhstan, tajikistan, kyrgyzstan":
            app.post_message(Key({",": "comma", " ": "space"}.get(letter, letter), letter))
        app.post_message(Key("enter", "\r"))
        await pilot.pause()
        await pilot.press("space")
        assert review_of(app, "others").response == "kazakhstan, tajikistan, kyrgyzstan"


@pytest.mark.parametrize("key", ["escape", "ctrl+z"])
async def test_a_key_that_would_leave_or_undo_empties_the_line_first(desk: Desk, key: str) -> None:
    app = desk.ask("others")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*"kaz", key)
        line = app.screen.query_one(Input)
        assert (line.value, line.is_attached) == ("", True)
        assert "The line is empty again" in text_of(app)
        await pilot.press(key)
        await pilot.pause()
        assert "The line is empty again" not in text_of(app)
