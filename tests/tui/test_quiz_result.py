"""What tests came to; left and taken up again; their looks, and text that means harm."""

from __future__ import annotations

import pytest
from desk import Desk, assert_golden, text_of
from quiz_desk import (
    TYPED,
    StopWatch,
    answer,
    ending,
    line,
    result_of,
    screen_of,
    take,
    taking,
    with_decks,
)
from textual.binding import Binding

from trainer.core.quiz import Quiz, Request
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.quiz import QuizScreen
from trainer.tui.screens.quiz_result import QuizResultScreen
from trainer.tui.screens.quiz_setup import QuizSetupScreen
from trainer.tui.screens.statistics import StatisticsScreen


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_decks(desk)


# Leaving and coming back


async def test_a_killed_test_resumes_in_a_new_program(desk: Desk) -> None:
    app = taking(desk, ending(TYPED))
    async with app.run_test() as pilot:
        await answer(pilot, "Lyon")
        await pilot.press("f3")
    again = desk.home()
    async with again.run_test(size=(100, 30)) as pilot:
        assert "Unfinished: the test of Further away, 1 of 3 answered; z goes on with it" in text_of(again)
        await pilot.press("z")
        assert "Go on with the test of Further away, 1 of 3 answered" in text_of(again)
        await pilot.press("enter")
        quiz = screen_of(again).quiz
        assert (len(quiz.open), quiz.at, len(quiz.flagged)) == (2, 1, 1)
        assert quiz.used > 0
        await take(again, pilot)
        assert result_of(again).result.total.points == 2.0


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (
            Request(names=("Nikol Pashinyan",)),
            "the test of all decks, about Nikol Pashinyan, 0 of 0 answered",
        ),
        (Request(tags=("war", "law")), "the test of all decks, tagged war or law, 0 of 0 answered"),
        (
            Request(decks=("more",), sources=("report",)),
            "the test of Further away, from report, 0 of 0 answered",
        ),
        (Request(cards=("more/spain/card",)), "the test of what was missed, 0 of 0 answered"),
    ],
)
async def test_an_unfinished_test_is_told_with_what_its_cards_have(
    desk: Desk, request_: Request, told: str
) -> None:
    app = desk.home()
    assert app.told(Quiz(id=b"", request=request_, questions=(), answers={})) == told


async def test_what_was_missed_comes_before_the_tables(desk: Desk) -> None:
    app = taking(desk, ending(TYPED))
    async with app.run_test(size=(100, 40)) as pilot:
        await take(app, pilot, spain="Lyon")
        seen = text_of(app)
        places = [seen.index(part) for part in ("score 2 of 3", "Not wholly right", "By deck", "By source")]
        assert places == sorted(places)


async def test_leaving_asks_nothing_and_keeps_the_time_and_the_text(desk: Desk) -> None:
    watch = StopWatch()
    app = taking(desk, TYPED, watch)
    async with app.run_test() as pilot:
        await pilot.press(*"Ly")
        watch.seconds += 50
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("z", "enter")
        quiz = screen_of(app).quiz
        assert quiz.used >= 50_000
        assert (line(app).value, quiz.answers) == ("Ly", {})
        await pilot.press("f8", "f8")
        assert result_of(app).result.used > quiz.used


async def test_a_new_test_takes_the_place_of_the_unfinished_one(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test() as pilot:
        old = screen_of(app).quiz.id
        await pilot.press("escape", "z", "down", "enter")
        new = screen_of(app).quiz
        assert new.id != old
        await pilot.press("f8", "f8", "enter")
        assert isinstance(app.screen, HomeScreen)
        assert app.collection.quizzes.unfinished() is None


async def test_quitting_works_from_every_screen_of_a_test(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test() as pilot:
        await pilot.press("a", "ctrl+q")
        assert app._exit


# What it came to


async def test_the_result_tells_points_record_and_shares(desk: Desk) -> None:
    app = taking(desk, ending(TYPED))
    async with app.run_test(size=(100, 40)) as pilot:
        await take(app, pilot, spain="Lyon")
        seen = text_of(app)
        assert "score 2 of 3 · 67 % · the first test of this kind" in seen
        assert "seed 1" in seen
        assert "A report on two ambassadors" in seen
        for told in ("What is the capital of Spain?", "Lyon", "Madrid", "¶ 8"):
            assert told in seen
        await pilot.press("r")
        await take(app, pilot)
        seen = text_of(app)
        assert "a new personal best, 67 % before" in seen
        assert "▆ 67 %   █ 100 %" in seen
        await pilot.press("r")
        await take(app, pilot, spain="Lyon", italy="Lyon")
        assert "best 100 %" in text_of(app)


async def test_the_same_test_again_asks_the_same_in_the_same_order(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test() as pilot:
        before = screen_of(app).quiz
        await take(app, pilot)
        await pilot.press("r")
        again = screen_of(app).quiz
        assert (again.questions, again.request) == (before.questions, before.request)
        assert again.id != before.id


async def test_only_the_missed_are_asked_again_and_compared_with_nothing_else(desk: Desk) -> None:
    app = taking(desk, Request(types=("typed",), seed="1"))
    async with app.run_test(size=(100, 30)) as pilot:
        await take(app, pilot, spain="Lyon", italy="Lyon")
        await pilot.press("m")
        asked = {question.card.note for question in screen_of(app).quiz.questions}
        assert asked == {"spain", "italy"}
        assert screen_of(app).quiz.request.seed != "1"
        await take(app, pilot)
        assert "the first test of this kind" in text_of(app)
        await pilot.press("m")
        assert isinstance(app.screen, QuizResultScreen), "nothing was missed"
        await pilot.press("n")
        assert isinstance(app.screen, QuizSetupScreen)


async def test_the_learner_overrules_what_was_missed_and_takes_it_back(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(100, 40)) as pilot:
        await take(app, pilot, spain="Lyon", italy="Lyon")
        await pilot.press("down", "o")
        second = result_of(app).missed[1].question.id
        assert "score 2 of 3" in text_of(app)
        assert "counts as right, by your word" in text_of(app)
        assert [score.points for score in app.collection.quizzes.scores()] == [2.0]
        assert [(each.question.id, each.score) for each in result_of(app).missed][1] == (second, 1.0)
        await pilot.press("o")
        assert [score.points for score in app.collection.quizzes.scores()] == [1.0]
        await pilot.press("o", "m")
        assert len(screen_of(app).quiz.questions) == 1


async def test_an_overruling_that_cannot_be_written_changes_nothing(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(100, 40)) as pilot:
        await take(app, pilot, spain="Lyon")
        app.collection.store.connection.execute("PRAGMA query_only = ON")
        await pilot.press("o")
        assert "Nothing was changed" in text_of(app)
        assert result_of(app).result.total.points == 2.0


async def test_with_credit_answers_count_as_reviews_without_it_not(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test() as pilot:
        await take(app, pilot)
        assert app.collection.store.memory() == {}
    desk_request = Request(decks=("more",), seed="1", credit=True)
    app = taking(desk, desk_request)
    async with app.run_test() as pilot:
        before = app.collection.due().total.new
        await take(app, pilot)
        assert len(app.collection.store.memory()) == 3
        assert app.collection.due().total.new == before - 3


async def test_the_sources_of_a_missed_question_open_in_full(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(100, 40)) as pilot:
        await take(app, pilot, spain="Lyon")
        await pilot.press("s")
        assert "The Daily Example" in text_of(app)
        await pilot.press("escape", "h")
        assert isinstance(app.screen, HomeScreen)


# Looks, help, and text that means harm


async def test_statistics_open_from_home(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(100, 40)) as pilot:
        await take(app, pilot)
        await pilot.press("h", "s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, StatisticsScreen)
        assert "3 answers" in text_of(app)


@pytest.mark.parametrize("size", [(100, 30), (60, 15), (40, 12)])
async def test_quiz_golden(desk: Desk, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    app = desk.home()
    async with app.run_test(size=size) as pilot:
        await pilot.press("z")
        await pilot.pause()
        assert_golden(app, f"quiz-setup-{name}")
    app = taking(desk, Request(seed="5", minutes=20), lambda: 1.0)
    async with app.run_test(size=size) as pilot:
        await pilot.press("tab", "tab", "f3")
        await pilot.pause()
        assert_golden(app, f"quiz-question-{name}")
    app = taking(desk, TYPED)
    async with app.run_test(size=size) as pilot:
        await take(app, pilot, spain="Lyon")
        await pilot.pause()
        assert_golden(app, f"quiz-result-{name}")


async def test_help_lists_the_keys_of_a_test(desk: Desk) -> None:
    app = taking(desk, TYPED)
    async with app.run_test(size=(100, 70)) as pilot:
        for keys, kind in (("", QuizScreen), ("f8 f8", QuizResultScreen), ("n", QuizSetupScreen)):
            await pilot.press(*keys.split())
            await pilot.press("f1")
            seen = text_of(app)
            live = {active.binding.description for active in app.screen_stack[-2].active_bindings.values()}
            for binding in kind.BINDINGS:
                assert isinstance(binding, Binding)
                assert binding.description in seen or binding.description not in live
            await pilot.press("escape")
            assert isinstance(app.screen, kind)


@pytest.mark.parametrize("size", [(20, 5), (80, 24)])
@pytest.mark.parametrize("text", ["[/]", "[@click=app.quit]press[/]", "\u202egnp.exe", "\x1b[2J\x1b[31mred"])
async def test_hostile_text_is_shown_as_written(desk: Desk, text: str, size: tuple[int, int]) -> None:
    in_deck = "".join(character for character in text if character >= " ")
    for path in (desk.folder / "decks").glob("*.yaml"):
        path.unlink()
    desk.write(
        "bad",
        f"title: '{in_deck}'\nnotes:\n  - id: one\n    type: typed\n    question: '{in_deck}'\n"
        f"    answer: '{in_deck} no'\n    explanation: '{in_deck}'\n",
    )
    app = desk.home()
    async with app.run_test(size=size) as pilot:
        await pilot.press("z")
        shown = [text_of(app)]
        await pilot.press("enter")
        line(app).value = text
        await pilot.press("enter")
        shown.append(text_of(app))
        await pilot.press("enter")
        shown.append(text_of(app))
        for seen in shown:
            assert not {each for each in seen if each != "\n" and (each < " " or each == "\u202e")}
        if size == (80, 24) and "[/]" in text:
            assert all(in_deck in seen for seen in shown)
