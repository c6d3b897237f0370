from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from desk import Desk

from trainer.cli.main import run
from trainer.collection import local_now
from trainer.core.quiz import Request
from trainer.core.review import Confidence, Rating
from trainer.core.session import Selection


def stats(folder: Path, *options: str) -> int:
    return run(["--data", str(folder), "--decks", str(folder / "decks"), "stats", *options])


def study(desk: Desk) -> None:
    """A right answer that was sure, a wrong one that was a guess, and a test of one right question."""
    collection = desk.collection()
    session = collection.start(Selection())
    for said, confidence in (("Yerevan", Confidence.SURE), ("Russia", Confidence.GUESS)):
        assert session.card is not None
        verdict = collection.grade(session.card, said)
        session = collection.rate(
            session,
            verdict.suggested,
            verdict=verdict,
            response=said,
            milliseconds=2500,
            confidence=confidence,
        )
    quiz = collection.quizzes.begin(Request(cards=("capitals/gap/c1",), decks=("capitals",)))
    collection.quizzes.hand_in(collection.quizzes.answer(quiz, "Minsk", milliseconds=1500, used=1500))
    collection.close()


def answer(desk: Desk, note: str, said: str, *, rating: Rating | None = None) -> None:
    collection = desk.collection()
    (card,) = collection.cards([f"capitals/{note}/card"])
    verdict = collection.grade(card, said)
    collection.rate(
        collection.session_of(card),
        rating or verdict.suggested,
        verdict=verdict,
        response=said,
        milliseconds=900,
    )
    collection.close()


def test_before_the_first_answer_it_says_so(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert stats(desk.folder) == 0
    assert capsys.readouterr().out == "Nothing answered yet.\n"


def test_scores_are_told_by_deck_type_confidence_and_test(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    study(desk)
    assert stats(desk.folder) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("3 answers, score 67 %, 6 s; today ")
    assert any(
        line.startswith("Capitals and recalls") and line.split()[-4:] == ["67", "%", "3", "2.2"]
        for line in lines
    )
    assert any(line.startswith("typed") and line.split()[-4:] == ["100", "%", "1", "2.5"] for line in lines)
    assert any(line.startswith("guess") and " 0 %" in line for line in lines)
    assert "1 test, best 100 %" in lines
    assert lines[-1].split() == [
        "21",
        "Nov",
        "2026",
        "1.0",
        "of",
        "1",
        "100",
        "%",
        "Capitals",
        "and",
        "recalls",
    ]


def test_json_has_the_same_numbers(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    study(desk)
    assert stats(desk.folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == {"answers": 3, "score": pytest.approx(2 / 3), "milliseconds": 6500}
    assert told["decks"] == [{"deck": "capitals", **told["total"]}]
    assert {part["type"] for part in told["types"]} == {"typed", "choice", "cloze"}
    assert [(part["confidence"], part["score"]) for part in told["calibration"]] == [
        ("sure", 1),
        ("guess", 0),
    ]
    assert told["quizzes"] == [
        {"study_day": "2026-11-21", "decks": ["capitals"], "points": 1.0, "questions": 1}
    ]


def test_json_tells_all_that_is_shown(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    study(desk)
    assert stats(desk.folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["days"] == [{"study_day": "2026-11-21", "reviews": 2, "score": 0.5, "milliseconds": 5000}]
    assert told["ratings"] == [{"cards": "learning", "again": 1, "hard": 0, "good": 1, "easy": 0}]
    assert told["hours"] == [{"hour": 20, "reviews": 2, "passed": 1}]
    assert told["retention"] == {"day": [], "week": [], "month": [], "year": []}
    assert told["predictions"] == {"reviews": 0, "log_loss": None, "rmse_bins": None, "bins": []}
    assert (told["first"], told["since"], told["desired_retention"]) == ("2026-11-21", None, 0.9)
    assert [part["source"] for part in told["sources"]] == ["report"]
    assert sum(told["answer_seconds"]["counts"]) == 2 and told["answer_seconds"]["median"] == 2.5
    assert len(told["forecast"]["due"]) == 90
    assert told["weakest"][0]["card"] in ("capitals/capital/card", "capitals/sent-home/card")
    assert told["leeches"] == told["confusions"] == []


def test_nothing_answered_has_the_same_shape_in_json(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.collection().close()
    assert stats(desk.folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    study(desk)
    assert stats(desk.folder, "--json") == 0
    assert told.keys() == json.loads(capsys.readouterr().out).keys()
    assert told["total"] == {"answers": 0, "score": None, "milliseconds": 0}


@pytest.mark.parametrize("width", ["60", "40", "100", "24"])
def test_every_part_can_be_had_and_no_plot_is_wider_than_the_terminal(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    desk.clock.time = local_now() - timedelta(days=40)
    study(desk)
    for days in (1, 3, 30):
        desk.clock.forward(days=days)
        answer(desk, "capital", "Minsk")
        answer(desk, "sent-home", "Belarus", rating=Rating.EASY)
    monkeypatch.setenv("COLUMNS", width)
    assert stats(desk.folder, "--show", "all") == 0
    shown = capsys.readouterr().out
    for part in (
        *("streak", "Answers a day, the last year", "Minutes", "True retention", "What falls due"),
        *("Stability", "Difficulty", "Retrievability", "Ratings", "Hour of the day", "Time for an answer"),
        *("Question type", "How sure you were", "What FSRS predicted", "log loss", "Confusions"),
        *("you say Minsk for Yerevan ×3", "Weakest facts", "1 test, best"),
    ):
        assert part in shown or int(width) < 60, part
    drawn = [line for line in shown.splitlines() if "┤" in line or "█" in line]
    assert drawn or width == "24"
    assert max(map(len, drawn), default=0) <= int(width)


def test_only_what_is_asked_for_is_shown(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    study(desk)
    assert stats(desk.folder, "--show", "quizzes", "--show", "overview") == 0
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0].split(",")[0], lines[2], lines[3]) == ("3 answers", "", "1 test, best 100 %")
    assert stats(desk.folder, "--show", "confusions") == 0
    assert capsys.readouterr().out == (
        "Nothing here yet. It is filled by the same wrong answer to a question, twice or more.\n"
    )
    assert stats(desk.folder, "--show", "confusions", "--show", "retention") == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        *("Nothing here yet.", "  retention", "  confusions"),
    ]


def test_how_sure_you_were_is_told_once_and_that_there_is_more_beside_the_data(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    study(desk)
    assert stats(desk.folder) == 0
    told = capsys.readouterr()
    assert told.out.count("How sure you were") == 1
    assert told.err.endswith("\nmore: trainer stats --show all, or s at home\n")
    for options in (["--show", "all"], ["--show", "calibration"], ["--show", "scores"]):
        assert stats(desk.folder, *options) == 0
        told = capsys.readouterr()
        assert (told.out.count("How sure you were"), "more:" in told.err) == (1, False)


def test_a_card_just_missed_is_being_learnt_and_one_never_missed_is_not_weak(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    study(desk)
    assert stats(desk.folder, "--show", "weakest") == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["known", "lapses", "score", "Weakest", "facts"]
    assert [row.split()[:4] for row in rows] == [["learning", "0", "0", "%"]]


def test_some_decks_and_a_period_can_be_asked_for(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    study(desk)
    day = desk.clock().date()
    assert stats(desk.folder, "capit", "--since", "2026-11", "--until", "2026") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "from 1 Nov 2026 to 31 Dec 2026"
    assert lines[1].startswith("3 answers")
    assert not any("test, best" in line for line in lines)
    assert stats(desk.folder, "--until", str(day - timedelta(days=1)), "--show", "overview") == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "up to 20 Nov 2026",
        "0 answers, 0 s; today 0",
    ]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["nowhere"], "no such deck"),
        (["--last", "3x"], "no such time"),
        (["--last", "3d", "--since", "2024"], "cannot be used together"),
        (["--since", "2024-07", "--until", "2024-06"], "ends before it begins"),
        (["--since", "soon"], "no date"),
        (["--show", "nothing"], "nothing"),
        (["--tag", "none"], "no card has such a tag"),
    ],
)
def test_what_cannot_be_told_is_said(
    desk: Desk, capsys: pytest.CaptureFixture[str], options: list[str], problem: str
) -> None:
    study(desk)
    assert stats(desk.folder, *options) in (1, 2)
    told = capsys.readouterr()
    assert (told.out, problem in told.err) == ("", True), told.err


def test_what_was_typed_cannot_steer_the_terminal(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        answer(desk, "capital", "\x1b[31mMinsk\n\u202e")
    assert stats(desk.folder, "--show", "confusions") == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown and "\u202e" not in shown
    assert "for Yerevan ×2" in shown and len(shown.splitlines()) == 2
