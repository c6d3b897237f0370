"""Tests taken in any order: answered, kept, told, timed, handed in."""

from __future__ import annotations

import pytest
from desk import Desk, text_of
from quiz_desk import (
    CAPITALS,
    TYPED,
    StopWatch,
    answer,
    ending,
    line,
    note,
    result_of,
    screen_of,
    take,
    taking,
    with_decks,
)

from trainer.core.prompt import Arrange, Choose, Pair
from trainer.core.quiz import Request
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import Panel
from trainer.tui.screens.quiz import QuizScreen
from trainer.tui.screens.quiz_result import QuizResultScreen
from trainer.tui.widgets.question_strip import QuestionStrip


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_decks(desk)


# Taking one


async def test_with_feedback_at_once_each_answer_is_told_and_locked(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(100, 30)) as pilot:
        first = note(app)
        await answer(pilot, "Lyon")
        seen = text_of(app)
        assert "Lyon" in seen and CAPITALS[first] in seen and "A report on two ambassadors" in seen
        await pilot.press("x", "enter")
        assert note(app) != first
        await pilot.press("shift+tab")
        assert (note(app), line(app).is_open) == (first, False)  # type: ignore[attr-defined]
        await pilot.press("space")
        await take(app, pilot)
        result = result_of(app).result
        assert (result.total.points, result.total.count) == (2.0, 3)


async def test_with_feedback_at_the_end_nothing_is_told_and_answers_change(desk: Desk) -> None:
    app = taking(desk, ending(TYPED))
    async with app.run_test(size=(100, 30)) as pilot:
        first = note(app)
        await answer(pilot, "Lyon")
        assert CAPITALS[first] not in text_of(app)
        assert note(app) != first
        await pilot.press("shift+tab")
        assert line(app).value == "Lyon"
        await pilot.press(*["backspace"] * 4)
        await answer(pilot, CAPITALS[first])
        await take(app, pilot)
        assert result_of(app).result.missed == ()
        assert "Everything was right." in text_of(app)


async def test_every_form_is_asked_kept_and_recalled(desk: Desk) -> None:
    types = ("basic", "choice", "match", "order", "typed")
    app = taking(desk, Request(decks=("capitals",), types=types, seed="2", feedback="end"))
    async with app.run_test(size=(100, 30)) as pilot:
        asked = screen_of(app).quiz.questions
        for _ in asked:
            form = screen_of(app).quiz.question.form
            if isinstance(form, Choose):
                await pilot.press("1", *(("2", "enter") if form.several else ()))
            elif isinstance(form, Arrange | Pair):
                await pilot.press("shift+down", "enter")
            elif note(app) == "why":
                await pilot.press("space")
                assert "Over arms." in text_of(app)
                await pilot.press("2")
            else:
                await answer(pilot, "Yerevan")
        quiz = screen_of(app).quiz
        assert quiz.open == ()
        for index in range(len(asked)):
            await pilot.press("tab" if index else "shift+tab")
        for _ in asked:
            shown = text_of(app)
            if note(app) in ("steps", "pairs"):
                given = quiz.response_to(screen_of(app).quiz.question.id).split("; ")
                rows = [part.split(" = ")[-1] for part in given]
                assert sorted(rows, key=shown.index) == rows
            elif note(app) == "borders":
                assert shown.count("[x]") == 2
            elif note(app) in ("ambassador", "why"):
                assert "So far" in shown
            await pilot.press("shift+tab")
        assert screen_of(app).quiz.answers == quiz.answers, "looking changes nothing"


async def test_a_revealed_question_is_judged_by_the_learner_but_not_at_once(desk: Desk) -> None:
    watch = StopWatch()
    app = taking(desk, Request(types=("basic",), seed="1"), watch)
    async with app.run_test() as pilot:
        await pilot.press("1", "3")
        assert screen_of(app).quiz.answers == {}
        await pilot.press("space")
        watch.step = 0.0
        await pilot.press("1")
        assert screen_of(app).quiz.answers == {}, "what was shown just now cannot be judged yet"
        watch.step = 1.0
        await pilot.press("2", "space")
        assert result_of(app).result.total.points == 0.5


async def test_typed_text_is_kept_on_moving_away_and_given_on_handing_in(desk: Desk) -> None:
    for request in (TYPED, ending(TYPED)):
        app = taking(desk, request)
        async with app.run_test() as pilot:
            first = note(app)
            await pilot.press(*CAPITALS[first], "tab")
            assert line(app).value == ""
            await pilot.press("shift+tab")
            assert line(app).value == CAPITALS[first]
            await pilot.press("f8", "f8")
            assert result_of(app).result.total.points == 1.0


async def test_an_answer_takes_the_place_of_what_was_typed_before(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test() as pilot:
        await pilot.press(*"Lyon", "tab", "shift+tab", *["backspace"] * 4)
        await answer(pilot, CAPITALS[note(app)])
        await pilot.press("space", "f8", "f8")
        assert result_of(app).result.total.points == 1.0


async def test_letters_are_text_while_typing_and_f3_flags(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"fqs? 1", "f3")
        assert line(app).value == "fqs? 1"
        assert screen_of(app).quiz.flagged == {screen_of(app).quiz.question.id}
        assert "›⚐" in text_of(app)
        await pilot.press("enter")
        assert "›⚑" in text_of(app)
        await pilot.press("f")
        assert "›●" in text_of(app)


async def test_a_press_in_the_strip_brings_a_question_to_the_front(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.click(QuestionStrip, offset=(6, 0))
        assert screen_of(app).quiz.at == 2
        assert "3 of 3" in text_of(app)


async def test_the_strip_of_a_long_test_folds_around_the_front(desk: Desk) -> None:
    notes = "\n".join(
        f"  - {{id: n{n}, type: typed, question: Number {n}?, answer: N{n}}}" for n in range(60)
    )
    desk.write("more", f"title: Many\nnotes:\n{notes}\n")
    app = taking(desk, Request(decks=("more",), count=60, seed="1"))
    async with app.run_test(size=(60, 15)) as pilot:
        assert text_of(app).splitlines()[2].startswith("▼›○ ○")
        await pilot.press(*["tab"] * 59)
        assert "60 of 60" in text_of(app)
        folded = text_of(app).splitlines()[2]
        assert folded.startswith("▲") and folded.count("○") == 10 and folded.endswith("›○")


async def test_handing_in_with_open_questions_asks_once_more(desk: Desk) -> None:
    app = taking(desk, ending(TYPED))
    async with app.run_test(size=(100, 30)) as pilot:
        await answer(pilot, "Lyon")
        await pilot.press("ctrl+s")
        assert "2 questions are open" in text_of(app)
        await pilot.press("tab", "f8")
        assert isinstance(app.screen, QuizScreen), "another key in between takes the question back"
        await pilot.press("f8")
        assert result_of(app).result.total.count == 3


async def test_an_empty_answer_is_no_open_question_once_the_right_one_was_told(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test() as pilot:
        for _ in range(3):
            await pilot.press("enter", "enter")
        assert result_of(app).result.total.points == 0.0


async def test_enter_held_down_answers_nothing(desk: Desk) -> None:
    watch = StopWatch()
    app = taking(desk, TYPED, watch)
    async with app.run_test() as pilot:
        watch.step = 0.001
        watch.seconds += 1
        await pilot.press("enter", "enter", "enter", "enter")
        quiz = screen_of(app).quiz
        assert (len(quiz.answers), quiz.at) == (1, 0)


async def test_enter_held_down_does_not_pass_the_result_by(desk: Desk) -> None:
    watch = StopWatch()
    app = taking(desk, ending(TYPED), watch)
    async with app.run_test() as pilot:
        watch.step = 0.001
        await pilot.press("f8", "f8", "f8", "f8")
        assert isinstance(app.screen, QuizScreen), "a held key does not confirm itself"
        watch.seconds += 1
        await pilot.press("f8", "enter", "enter")
        assert isinstance(app.screen, QuizResultScreen)
        watch.seconds += 1
        await pilot.press("enter")
        assert isinstance(app.screen, HomeScreen)


async def test_a_failed_write_leaves_the_question_and_says_so(desk: Desk) -> None:
    app = taking(desk, ending(TYPED))
    async with app.run_test(size=(100, 30)) as pilot:
        first = note(app)
        connection = app.collection.store.connection
        connection.execute("PRAGMA query_only = ON")
        await answer(pilot, "Lyon")
        assert (note(app), line(app).value) == (first, "Lyon")
        assert "answer again to retry" in text_of(app)
        await pilot.press("tab", "f8", "escape")
        assert note(app) == first
        connection.execute("PRAGMA query_only = OFF")
        await pilot.press("enter")
        assert note(app) != first
        assert "retry" not in text_of(app)


async def test_leaving_without_being_able_to_write_needs_two_presses(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(100, 30)) as pilot:
        app.collection.store.connection.execute("PRAGMA query_only = ON")
        await pilot.press("escape")
        assert isinstance(app.screen, QuizScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


# Time


async def test_time_up_hands_in_what_is_there_and_says_so(desk: Desk) -> None:
    watch = StopWatch()
    app = taking(desk, Request(decks=("more",), seed="1", minutes=2), watch)
    async with app.run_test(size=(100, 30)) as pilot:
        assert " left" in text_of(app).splitlines()[0]
        await pilot.press(*CAPITALS[note(app)])
        watch.seconds += 70
        screen_of(app).tick()
        await pilot.pause()
        assert "last minute" in text_of(app).splitlines()[0]
        assert "Less than a minute is left" in text_of(app)
        watch.seconds += 60
        await pilot.press("tab")
        assert "Time is up" in text_of(app)
        await pilot.press(*"moqrnh")
        assert app.is_running, "the last letters of an answer do nothing"
        result = result_of(app).result
        assert (result.total.points, result.used) == (1.0, 120_000)


async def test_time_goes_on_beneath_a_panel(desk: Desk) -> None:
    watch = StopWatch()
    app = taking(desk, Request(decks=("more",), seed="1", minutes=2), watch)
    async with app.run_test() as pilot:
        await pilot.press("f1")
        assert isinstance(app.screen, Panel)
        watch.seconds += 120
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, QuizResultScreen)


async def test_time_is_counted_for_each_question_each_time_it_is_in_front(desk: Desk) -> None:
    watch = StopWatch()
    watch.step = 0.0
    app = taking(desk, ending(TYPED), watch)
    async with app.run_test() as pilot:
        first = screen_of(app).quiz.question.id
        watch.seconds += 5
        await pilot.press("tab")
        watch.seconds += 7
        await pilot.press("shift+tab")
        watch.seconds += 3
        await answer(pilot, "x")
        quiz = screen_of(app).quiz
        assert (quiz.answers[first].milliseconds, quiz.used) == (8000, 15_000)


async def test_quitting_in_the_middle_of_a_word_keeps_the_word_and_the_time(desk: Desk) -> None:
    watch = StopWatch()
    app = taking(desk, ending(TYPED), watch)
    async with app.run_test() as pilot:
        await pilot.press(*"Par")
        watch.seconds += 40
        await pilot.press("ctrl+q")
    quiz = desk.collection().quizzes.unfinished()
    assert quiz is not None
    assert [answer.response for answer in quiz.answers.values()] == ["Par"]
    assert quiz.used >= 40_000
