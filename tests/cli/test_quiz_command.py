"""`trainer quiz --plain`: a scored test, line by line."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from desk import NAMES
from typed import Typed

from trainer.core.quiz import Request

TOWNS = """\
title: Towns
notes:
  - {id: armenia, type: typed, question: Of Armenia?, answer: Yerevan, source: report#2}
  - {id: belarus, type: typed, question: Of Belarus?, answer: Minsk, source: report#3}
  - {id: russia, type: typed, question: Of Russia?, answer: Moscow}
  - {id: why, question: Why?, answer: Because.}
"""
RIGHT = {"Of Armenia?": "Yerevan", "Of Belarus?": "Minsk", "Of Russia?": "Moscow"}
QUIZ = ("quiz", "towns", "--plain", "--type", "typed", "--seed", "7")


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    typed = Typed(tmp_path, monkeypatch, capsys)
    typed.write("towns", TOWNS)
    typed.write("names", NAMES)
    return typed


@pytest.fixture
def asked(typed: Typed) -> list[str]:
    """The questions of the test in their order."""
    collection = typed.collection()
    quiz = collection.quizzes.begin(Request(decks=("towns",), types=("typed",), seed="7"))
    collection.quizzes.drop(quiz)
    collection.close()
    return [question.card.prompt.question for question in quiz.questions]


def in_front(out: str) -> list[str]:
    """The numbers of the questions as they were asked."""
    return re.findall(r"^\[(\d+) of 3\]", out, re.M)


def test_a_test_is_asked_marked_and_summed_up(typed: Typed, asked: list[str]) -> None:
    told = typed(*QUIZ, lines=(RIGHT[asked[0]], "Paris", RIGHT[asked[2]]))
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Test of 3 questions, seed 7.\n")
    assert in_front(told.out) == ["1", "2", "3"]
    assert [told.out.count(word) for word in ("\nRight.\n", "\nWrong")] == [2, 1]
    assert "Result: 2 of 3 points, 67 %, in " in told.out
    assert "The first test of this kind." in told.out
    assert "By deck:\n  Towns: 2 of 3, 67 %\nBy type:\n  typed: 2 of 3, 67 %\nBy source:\n" in told.out
    assert f"Missed: {asked[1]}\n  yours: Paris\n  answer: {RIGHT[asked[1]]}\n" in told.out
    assert "trainer quiz towns --seed 7 --type typed --plain\n" in told.out


def test_without_feedback_answers_can_be_changed_until_the_test_is_handed_in(
    typed: Typed, asked: list[str]
) -> None:
    right = [RIGHT[question] for question in asked]
    lines = ("Paris", right[1], right[2], "stray", ":g 1", right[0], ":p", ":done")
    told = typed(*QUIZ, "--feedback", "end", lines=lines)
    assert "Your answer: Paris (enter keeps it)" in told.out
    assert "All questions are answered." in told.out
    before, _, after = told.out.partition("Result: ")
    assert "Right." not in before and "Answer:" not in before
    assert after.startswith("3 of 3 points, 100 %")


def test_an_answer_that_was_told_to_be_right_or_wrong_stays(typed: Typed) -> None:
    told = typed(*QUIZ, lines=("Paris", ":p", "Yerevan", ":q"))
    assert "it cannot be changed any more" in told.out
    assert "This answer cannot be changed any more." in told.out
    assert [row for row in typed.log("kind, response") if row[0] == "quiz-answer"] == [
        ("quiz-answer", "Paris")
    ]


def test_questions_are_skipped_flagged_listed_and_gone_to(typed: Typed, asked: list[str]) -> None:
    told = typed(*QUIZ, lines=("", ":f", ":n", ":n", ":g 9", ":g x", ":l", ":g 1", ":p", ":?", ":x", ":q"))
    assert in_front(told.out) == ["1", "2", "3", "1"]
    assert f"1  open: {asked[0]}\n2  open, flagged: {asked[1]}\n3  open: {asked[2]}\n" in told.out
    assert told.out.count("The questions are 1 to 3.") == 3
    assert ":done hand in" in told.out and "There is no command 'x'" in told.out


def test_handing_in_with_open_questions_is_asked_once_more(typed: Typed) -> None:
    told = typed(*QUIZ, lines=(":done", ":l", ":done", ":done"))
    assert told.out.count("3 questions open: 1, 2, 3. :done once more hands in all the same.") == 2
    assert "Result: 0 of 3 points" in told.out


def test_a_test_that_was_left_goes_on_where_it_stood(typed: Typed, asked: list[str]) -> None:
    left = typed(*QUIZ, lines=(RIGHT[asked[0]], ":f"))
    assert (left.code, "Left. Every answer is saved" in left.out) == (0, True)
    told = typed("quiz", "--plain", lines=(":p", ":n", RIGHT[asked[1]], RIGHT[asked[2]]))
    assert told.err == "going on with a test that was left, 1 of 3 answered; --new begins another\n"
    assert in_front(told.out) == ["2", "1", "2", "3"]
    assert "· flagged\n" in told.out
    assert "Result: 3 of 3 points, 100 %" in told.out
    assert typed("quiz", "towns", "--plain").err == ""


def test_a_killed_test_goes_on_where_it_stood(typed: Typed, asked: list[str]) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "trainer", *QUIZ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdin is not None and program.stdout is not None
    program.stdin.write(f"{RIGHT[asked[0]]}\n".encode())
    program.stdin.flush()
    assert any(b"[2 of 3]" in line for line in program.stdout)
    program.send_signal(signal.SIGKILL)
    program.communicate(timeout=60)
    told = typed(*QUIZ, lines=(":q",))
    assert "1 of 3 answered" in told.err
    assert in_front(told.out) == ["2"]


def test_with_options_only_a_test_of_the_same_request_goes_on(typed: Typed) -> None:
    typed(*QUIZ)
    assert typed("quiz", "--plain", "-n", "2").err == ""
    assert typed(*QUIZ, "--minutes", "5").err == ""
    assert "going on" in typed("quiz", "Town", "--plain", "--type", "typed").err
    assert typed(*QUIZ, "--new").err == ""


def test_a_test_whose_time_is_over_is_handed_in_without_another_question(
    typed: Typed, asked: list[str]
) -> None:
    collection = typed.collection()
    quiz = collection.quizzes.begin(Request(decks=("towns",), types=("typed",), seed="7", minutes=1))
    collection.quizzes.answer(quiz, RIGHT[asked[0]], milliseconds=60_000, used=60_000)
    collection.close()
    told = typed("quiz", "--plain", lines=(RIGHT[asked[1]],))
    assert "[" not in told.out
    assert "The time is up; the test is handed in as it stands.\n" in told.out
    assert "Result: 1 of 3 points, 33 %, in 1 min." in told.out


def test_a_limited_test_shows_the_time_left(typed: Typed) -> None:
    told = typed(*QUIZ, "--minutes", "90", lines=(":q",))
    assert "seed 7, 90 minutes.\n" in told.out
    assert re.search(r"· 1 h (30|29) min left\n", told.out)


def test_time_goes_on_from_where_it_was_left(typed: Typed, asked: list[str]) -> None:
    collection = typed.collection()
    quiz = collection.quizzes.begin(Request(decks=("towns",), types=("typed",), seed="7"))
    collection.quizzes.answer(quiz, RIGHT[asked[0]], milliseconds=5000, used=300_000)
    collection.close()
    typed("quiz", "--plain", lines=("Paris",))
    used = [value for kind, value in typed.log("kind, value") if kind == "quiz-answer"]
    assert used[0] == 300_000 <= used[1]


def test_a_revealed_answer_is_judged_by_the_learner(typed: Typed) -> None:
    told = typed("quiz", "--plain", "--type", "basic", lines=("", "?", "nonsense", "2"))
    assert "\nAnswer: Because.\nHow was it? 1 right  2 partly  3 wrong\n" in told.out
    assert "Partly right, by your own judgement." in told.out
    assert "Result: 0.5 of 1 point, 50 %" in told.out
    assert ("quiz-answer", "partly") in typed.log("kind, response")


def test_the_best_test_of_a_kind_is_the_record(typed: Typed, asked: list[str]) -> None:
    right = tuple(RIGHT[question] for question in asked)
    typed(*QUIZ, lines=(right[0], "Paris", "Paris"))
    assert "A new personal best; the best before was 33 %." in typed(*QUIZ, lines=right).out
    assert "Personal best: 100 %." in typed(*QUIZ, lines=(right[0], "Paris", "Paris")).out


def test_with_credit_the_answers_count_as_reviews(typed: Typed, asked: list[str]) -> None:
    told = typed(*QUIZ, "--credit", lines=tuple(RIGHT[question] for question in asked))
    assert "The answers count as reviews." in told.out
    assert [mode for kind, mode in typed.log("kind, mode") if kind == "review"] == ["study"] * 3


def test_the_command_for_the_same_test_asks_the_same(typed: Typed) -> None:
    told = typed("quiz", "--plain", "-n", "2", "--feedback", "end", lines=(":done", ":done"))
    again = re.search(r"again: trainer (.+)$", told.out, re.M)
    assert again
    asked = re.findall(r"^Of .+\?$", told.out, re.M)
    assert re.findall(r"^Of .+\?$", typed(*again[1].split(), lines=(":q",)).out, re.M) == asked


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--type", "bogus"], 2, "'typed'"),
        (["-n", "0"], 2, "1<=x<=1000"),
        (["-n", "1001"], 2, "1<=x<=1000"),
        (["--minutes", "0"], 2, "--minutes"),
        (["--feedback", "never"], 2, "'once', 'end'"),
        (["bogus"], 1, "no such deck"),
        (["--tag", "bogus"], 1, "no card has such a tag"),
    ],
)
def test_a_test_that_cannot_be_is_refused(typed: Typed, arguments: list[str], code: int, said: str) -> None:
    told = typed("quiz", "--plain", *arguments)
    assert (told.code, told.out) == (code, "")
    assert said in told.err
