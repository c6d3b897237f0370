"""Statistics as plain values, for JSON: shares from 0 to 1, times in the unit that their names tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from trainer.core.review import Rating
from trainer.core.statistics import Day, Fact, Histogram, Kept, Predictions, Retention, Statistics
from trainer.core.stats import Accuracy


def as_plain(told: Statistics) -> dict[str, Any]:
    """All of it."""
    return {
        "total": _accuracy(told.total),
        "streak": told.streaks.current,
        "best_streak": told.streaks.best,
        "best_run": told.best_run,
        "decks": _labelled("deck", told.decks),
        "types": _labelled("type", told.types),
        "sources": _labelled("source", told.sources),
        "people": _labelled("name", told.people),
        "calibration": _labelled("confidence", told.calibration),
        "quizzes": [
            {
                "study_day": quiz.day.isoformat(),
                "decks": list(quiz.decks),
                "points": quiz.points,
                "questions": quiz.questions,
            }
            for quiz in told.quizzes
        ],
        "today": _day(told.done_today),
        "first": _date(told.first),
        "since": _date(told.since),
        "until": _date(told.until),
        "desired_retention": told.desired,
        "days": list(map(_day, told.days)),
        "retention": {period: list(map(_retention, parts)) for period, parts in told.retention.items()},
        "forecast": {
            "begins": told.forecast.begins.isoformat(),
            "backlog": told.forecast.backlog,
            "due": list(told.forecast.due),
        },
        "stability_days": _histogram(told.stability),
        "difficulty": _histogram(told.difficulty),
        "retrievability": _histogram(told.retrievability),
        "ratings": [
            {"cards": part.label} | {rating.word.lower(): part.counts[rating - 1] for rating in Rating}
            for part in told.ratings
        ],
        "hours": [part._asdict() for part in told.hours],
        "answer_seconds": _histogram(told.times),
        "predictions": _predictions(told.predictions),
        "confusions": [part._asdict() for part in told.confusions],
        "weakest": list(map(_fact, told.weakest)),
        "leeches": list(map(_fact, told.leeches)),
    }


def _accuracy(part: Accuracy) -> dict[str, Any]:
    return {
        "answers": part.answers,
        "score": _mean(part.score, part.answers),
        "milliseconds": part.milliseconds,
    }


def _labelled(name: str, parts: Sequence[Accuracy]) -> list[dict[str, Any]]:
    return [{name: part.label} | _accuracy(part) for part in parts]


def _day(day: Day) -> dict[str, Any]:
    return {
        "study_day": day.day.isoformat(),
        "reviews": day.reviews,
        "score": _mean(day.score, day.reviews),
        "milliseconds": day.milliseconds,
    }


def _retention(part: Retention) -> dict[str, Any]:
    def kept(counts: Kept) -> Mapping[str, int]:
        return {"reviews": counts.reviews, "passed": counts.passed}

    return {"begins": part.begins.isoformat(), "young": kept(part.young), "mature": kept(part.mature)}


def _histogram(part: Histogram) -> dict[str, Any]:
    return {"edges": list(part.edges), "counts": list(part.counts), "median": part.middle}


def _predictions(part: Predictions) -> dict[str, Any]:
    return {
        "reviews": part.reviews,
        "log_loss": part.log_loss,
        "rmse_bins": part.rmse,
        "bins": [each._asdict() for each in part.bins],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return fact._asdict() | {"score": fact.mean}


def _mean(score: float, answers: int) -> float | None:
    return score / answers if answers else None


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None
