"""A reason of several points: thought of, looked at, ticked, in studying and in a test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import NARROW, TINY, WIDE, Desk, assert_clean, assert_golden, front, study_of, text_of
from pointed import POINTS, reason
from quiz_desk import StopWatch, result_of, screen_of, taking
from textual.pilot import Pilot

from trainer.core.prompt import SEPARATOR
from trainer.core.quiz import Request
from trainer.core.review import Rating, Review
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp

CARD = "reasons/why/why"
LONG = tuple(
    f"reason number {number}, which is so long that it wraps on a small screen" for number in "123456789"
)


def asking(desk: Desk, *points: str) -> TrainerApp:
    """A sitting over one card of several points."""
    desk.write("reasons", reason(points or POINTS))
    return desk.study(Selection(cards=(CARD,)))


def in_a_test(desk: Desk, *, feedback: str = "once", watch: StopWatch | None = None) -> TrainerApp:
    """A test of one question of several points, and one that is only revealed."""
    more = "\n".join(("title: More", "notes:", "  - {id: other, question: And why now?, answer: In June.}"))
    desk.write("more", more)
    desk.write("reasons", reason())
    request = Request(
        decks=("more", "reasons"),
        types=("basic", "event"),
        seed="1",
        feedback="end" if feedback == "end" else "once",
    )
    return taking(desk, request, watch)


async def to_points(app: TrainerApp, pilot: Pilot[None]) -> None:
    """The question with points in front."""
    if screen_of(app).quiz.question.id != CARD:
        await pilot.press("tab" if screen_of(app).quiz.at == 0 else "shift+tab")
    assert screen_of(app).quiz.question.id == CARD


def review(app: TrainerApp) -> Review:
    (found,) = app.collection.store.reviews(CARD)
    return found


def place_of(app: TrainerApp, text: str) -> tuple[int, int]:
    lines = text_of(app).splitlines()
    row = next(row for row, line in enumerate(lines) if text in line)
    return lines[row].index(text), row


# Studying


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_points_are_hidden_then_ticked_then_told(desk: Desk, size: tuple[int, int]) -> None:
    app = asking(desk)
    name = f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert not any(point in text_of(app) for point in POINTS)
        assert "say the answer to yourself, then look" in text_of(app)
        await pilot.press("space")
        assert all(text_of(app).count(point) == 1 for point in POINTS), "the answer is not there twice"
        assert "tick each point" in text_of(app) and ("space tick" in text_of(app) or size[0] < 60)
        await pilot.press("1", "3")
        assert_golden(app, f"forms-points-ticking-{name}")
        await pilot.press("enter")
        assert f"✓ 1  {POINTS[0]}  had" in text_of(app) and f"✗ 2  {POINTS[1]}  missed" in text_of(app)
        assert "Answer" not in text_of(app) and "[x]" not in text_of(app)
        assert_golden(app, f"forms-points-answer-{name}")
        await pilot.press("space")
    kept = review(app)
    assert (kept.response, kept.rating) == (SEPARATOR.join((POINTS[0], POINTS[2])), Rating.HARD)
    assert kept.score == pytest.approx(2 / 3)


async def test_the_marked_point_is_ticked_and_unticked(desk: Desk) -> None:
    app = asking(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "up", "space", "down", "space", "space", "2", "9", "enter", "space")
    assert review(app).response == SEPARATOR.join(POINTS[1:])


async def test_all_points_are_right_and_none_is_not_known(desk: Desk) -> None:
    app = asking(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("space", "enter")
        assert "none of 3 points" in text_of(app) and text_of(app).count("  missed") == 3
        await pilot.press("u", "space", "1", "2", "3", "enter")
        assert "✓ 3 of 3 points" in text_of(app)
        await pilot.press("space")
    assert (review(app).score, review(app).rating) == (1.0, Rating.GOOD)


@pytest.mark.parametrize("keys", [("0",), ("space", "0"), ("space", "1", "0")])
async def test_not_knowing_is_one_key_before_and_after_looking(desk: Desk, keys: tuple[str, ...]) -> None:
    app = asking(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*keys)
        assert text_of(app).count("  missed") == 3
        await pilot.press("space")
    assert (review(app).score, review(app).response) == (0.0, "")


async def test_undo_before_rating_asks_anew_with_nothing_shown(desk: Desk) -> None:
    app = asking(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("space", "1", "enter", "u")
        assert front(app) == CARD and not any(point in text_of(app) for point in POINTS)
        await pilot.press("space")
        assert "[x]" not in text_of(app)


async def test_a_click_looks_and_clicks_tick(desk: Desk) -> None:
    app = asking(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.click(offset=place_of(app, "Why was"))
        await pilot.click(offset=place_of(app, POINTS[1]))
        await pilot.click(offset=place_of(app, POINTS[0]))
        await pilot.click(offset=place_of(app, "Why was"))
        await pilot.click(offset=place_of(app, POINTS[0]))
        assert text_of(app).count("[x]") == 1
        await pilot.click(offset=place_of(app, "enter answer"))
        await pilot.click(offset=place_of(app, POINTS[0]))
        assert "1 of 3 points" in text_of(app)


async def test_digits_do_not_rate_before_the_points_are_handed_in(desk: Desk) -> None:
    app = asking(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("4", "space", "4", "1")
        assert study_of(app)._verdict is None and app.collection.store.reviews(CARD) == []
        await pilot.press("enter", "4")
    assert review(app).rating is Rating.EASY


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_a_held_key_shows_the_points_and_no_more(desk: Desk, key: str) -> None:
    app, watch = asking(desk), StopWatch()
    app.monotonic = watch
    async with app.run_test(size=WIDE) as pilot:
        watch.step = 0.01
        watch.seconds += 1
        await pilot.press(*[key] * 8)
        assert POINTS[0] in text_of(app) and "[x]" not in text_of(app)
        assert study_of(app)._verdict is None
        watch.seconds += 1
        await pilot.press("1")
        assert text_of(app).count("[x]") == 1


async def test_the_time_counts_until_the_points_were_looked_at(desk: Desk) -> None:
    app, watch = asking(desk), StopWatch()
    app.monotonic = watch
    watch.step = 0.0
    async with app.run_test(size=WIDE) as pilot:
        watch.seconds += 5
        await pilot.press("space")
        watch.seconds += 100
        await pilot.press("1", "2", "3", "enter")
        assert "after" not in text_of(app)
        watch.seconds += 1
        await pilot.press("space")
    assert (review(app).milliseconds, review(app).rating) == (5000, Rating.GOOD)


async def test_how_sure_one_is_is_said_before_looking(desk: Desk) -> None:
    app = asking(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "space", "c")
        assert study_of(app)._confidence is not None and "how sure" not in text_of(app)
        assert "you: sure" in text_of(app)


async def test_help_tells_the_keys_of_the_moment(desk: Desk) -> None:
    app = asking(desk)
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("f1")
        assert "show the answer" in text_of(app) and "tick by number" not in text_of(app)
        await pilot.press("escape", "space", "f1")
        seen = text_of(app)
        assert "tick by number" in seen and "previous line" in seen and "show the answer" not in seen


async def test_nine_long_points_can_all_be_read_and_ticked_on_a_small_screen(desk: Desk) -> None:
    app = asking(desk, *LONG)
    async with app.run_test(size=TINY) as pilot:
        await pilot.press("space")
        for number in range(1, 10):
            assert f"› {number}  [ ] reason number {number}" in text_of(app)
            await pilot.press("space", "down")
        await pilot.press("enter")
        assert study_of(app)._response == SEPARATOR.join(LONG)
        seen = text_of(app)
        for _ in range(9):
            await pilot.press("pagedown")
            seen += text_of(app)
        assert all(f"{number}  reason number {number}" in seen for number in range(1, 10))
        assert "9 of 9 points" in seen


@pytest.mark.parametrize("size", [(20, 5), (20, 12), (200, 5)])
async def test_points_survive_every_size(desk: Desk, size: tuple[int, int]) -> None:
    app = asking(desk)
    async with app.run_test(size=size) as pilot:
        await pilot.press("space", "down", "1")
        await pilot.resize_terminal(3, 2)
        await pilot.press("up", "space", "enter")
        await pilot.resize_terminal(*size)
        await pilot.press("up", "space", "enter")
        await pilot.press("4")
    assert review(app).rating is Rating.EASY


@pytest.mark.parametrize("text", ["[/]", "\u202egnp.exe", "[@click=app.quit]press[/]", "e" + "\u0301" * 60])
async def test_hostile_points_are_shown_as_written(desk: Desk, text: str) -> None:
    app = asking(desk, text, f"{text} 2")
    async with app.run_test(size=WIDE) as pilot:
        for keys in (("space",), ("1", "2"), ("enter",)):
            await pilot.press(*keys)
            assert_clean(text_of(app))
        assert "2 of 2 points" in text_of(app)
        await pilot.press("space")
    assert review(app).response == f"{text}; {text} 2"


# In a test


async def test_in_a_test_points_are_ticked_told_and_counted(desk: Desk) -> None:
    app = in_a_test(desk)
    async with app.run_test(size=WIDE) as pilot:
        await to_points(app, pilot)
        assert not any(point in text_of(app) for point in POINTS)
        await pilot.press("space", "2")
        assert "[x] a speech in Minsk" in text_of(app) and "I was right" not in text_of(app)
        await pilot.press("enter")
        seen = text_of(app)
        assert "✓ 2  a speech in Minsk  had" in seen and seen.count("1 of 3 points") == 1
        assert seen.count(POINTS[0]) == 1
        await pilot.press("f8", "f8")
        marked = {each.question.id: each for each in result_of(app).result.marked}
        assert marked[CARD].score == pytest.approx(1 / 3)
        assert marked[CARD].answer.response == POINTS[1]
        assert f"You       {POINTS[1]}" in text_of(app)


async def test_the_other_question_is_still_judged_as_a_whole(desk: Desk) -> None:
    app = in_a_test(desk)
    async with app.run_test(size=WIDE) as pilot:
        await to_points(app, pilot)
        await pilot.press("tab" if screen_of(app).quiz.at == 0 else "shift+tab", "space")
        assert "I was right" in text_of(app)
        await pilot.press("2")
        assert "So far" not in text_of(app) and "partly right, by your own judgement" in text_of(app)


async def test_with_feedback_at_the_end_ticks_come_back_and_can_be_changed(desk: Desk) -> None:
    app = in_a_test(desk, feedback="end")
    async with app.run_test(size=WIDE) as pilot:
        await to_points(app, pilot)
        await pilot.press("space", "1", "enter")
        assert screen_of(app).quiz.question.id != CARD
        await to_points(app, pilot)
        assert "[x] arms sold" in text_of(app) and "So far" not in text_of(app)
        await pilot.press("1", "2", "3")
        await pilot.press("tab" if screen_of(app).quiz.at == 0 else "shift+tab")
        assert screen_of(app).quiz.answers[CARD].response == SEPARATOR.join(POINTS[1:])


async def test_ticks_that_were_not_handed_in_are_kept_for_coming_back(desk: Desk) -> None:
    app = in_a_test(desk)
    async with app.run_test(size=WIDE) as pilot:
        await to_points(app, pilot)
        await pilot.press("space", "3")
        away, back = ("tab", "shift+tab") if screen_of(app).quiz.at == 0 else ("shift+tab", "tab")
        await pilot.press(away)
        assert CARD not in screen_of(app).quiz.answers
        await pilot.press(back)
        assert "[x] howitzers" in text_of(app)
        await pilot.press("f8", "f8")
        marked = {each.question.id: each.score for each in result_of(app).result.marked}
        assert marked[CARD] == pytest.approx(1 / 3)


async def test_a_held_key_in_a_test_hands_in_no_points(desk: Desk) -> None:
    watch = StopWatch()
    app = in_a_test(desk, watch=watch)
    async with app.run_test(size=WIDE) as pilot:
        await to_points(app, pilot)
        watch.step = 0.01
        watch.seconds += 1
        await pilot.press(*["enter"] * 9)
        assert POINTS[0] in text_of(app) and screen_of(app).quiz.answers == {}


async def test_an_answer_given_before_the_card_had_points_is_shown_without_marks(desk: Desk) -> None:
    app = in_a_test(desk)
    async with app.run_test(size=WIDE) as pilot:
        await to_points(app, pilot)
        screen = screen_of(app)
        screen.quiz = replace(screen.quiz.answered("right", milliseconds=1, used=1))
        screen._ask()
        await pilot.pause()
        assert "  missed" not in text_of(app)
        assert f"Answer    {SEPARATOR.join(POINTS)}" in text_of(app)
