from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk import Desk

from trainer.cli.main import run
from trainer.core.quiz import Request
from trainer.core.review import Confidence
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
    assert "Capitals and recalls        3    67 %      2.2" in lines
    assert ["typed", "1", "100", "%", "2.5"] in [line.split() for line in lines]
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
