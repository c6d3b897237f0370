"""Statistics made by hand, of about a year: enough of everything to be drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import exp

from trainer.core.statistics import (
    Buttons,
    Confusion,
    Day,
    Fact,
    Forecast,
    Histogram,
    Hour,
    Kept,
    Predicted,
    Predictions,
    QuizScore,
    Retention,
    Statistics,
)
from trainer.core.stats import Accuracy, Streaks

TODAY = date(2026, 11, 21)

_NONE = Accuracy("", 0, 0.0, 0)
_SPAN = 330


def made_statistics(*, today: date = TODAY, days: int = _SPAN) -> Statistics:
    """Statistics of so many days up to today, of which some were free; the same each time."""
    done = tuple(
        _day(today - timedelta(days=back), reviews)
        for back in range(days - 1, -1, -1)
        if (reviews := _reviews(back))
    )
    answers = sum(day.reviews for day in done)
    return Statistics(
        today=today,
        first=done[0].day if done else None,
        since=None,
        until=None,
        desired=0.9,
        total=Accuracy("", answers, sum(day.score for day in done), sum(day.milliseconds for day in done)),
        done_today=done[-1] if done and done[-1].day == today else Day(today, 0, 0.0, 0),
        streaks=Streaks(12, 41),
        best_run=37,
        days=done,
        retention={
            "day": tuple(_kept(day.day, day.reviews) for day in done[-60:]),
            "week": _periods(done, lambda day: day - timedelta(days=day.weekday())),
            "month": _periods(done, lambda day: day.replace(day=1)),
            "year": _periods(done, lambda day: day.replace(month=1, day=1)),
        },
        forecast=Forecast(today, 14, tuple(max(0, 40 - step // 2 + (step * 7) % 11) for step in range(90))),
        stability=Histogram(
            (0, 1, 3, 7, 14, 30, 60, 120, 365, 1000), (12, 30, 55, 71, 90, 64, 33, 12, 3), "days", 18.4
        ),
        difficulty=Histogram(tuple(range(1, 11)), (3, 14, 40, 66, 80, 71, 48, 33, 15), "", 5.6),
        retrievability=Histogram(
            tuple(step / 10 for step in range(11)), (0, 0, 1, 2, 3, 8, 14, 31, 88, 223), "", 0.93
        ),
        ratings=(
            Buttons("learning", (210, 80, 640, 55)),
            Buttons("young", (160, 130, 1100, 140)),
            Buttons("mature", (44, 71, 830, 96)),
        ),
        hours=tuple(
            Hour(hour, reviews, round(reviews * 0.86))
            for hour, reviews in ((7, 210), (8, 640), (12, 90), (18, 300), (21, 820), (23, 45))
        ),
        times=Histogram((0, 1, 2, 4, 8, 16, 32, 64, 600), (20, 140, 620, 810, 430, 150, 40, 9), "s", 5.2),
        decks=(
            Accuracy("capitals", 1400, 1218.0, 8_400_000),
            Accuracy("3-ambassadors", 700, 588.5, 6_100_000),
            Accuracy("gone-deck", 40, 22.0, 300_000),
        ),
        types=(Accuracy("typed", 900, 790.0, 7_000_000), Accuracy("choice", 800, 700.0, 3_000_000)),
        sources=(Accuracy("report", 420, 377.5, 2_100_000),),
        people=(Accuracy("Nikol Pashinyan", 310, 281.0, 1_700_000), Accuracy("Stas", 44, 30.0, 200_000)),
        calibration=(
            Accuracy("sure", 500, 470.0, 1_500_000),
            Accuracy("unsure", 240, 168.0, 1_900_000),
            Accuracy("guess", 90, 27.0, 700_000),
        ),
        predictions=Predictions(
            4200,
            0.3312,
            0.0461,
            tuple(
                Predicted(step / 10, (step + 1) / 10, 60 * step * step, step / 10 + 0.05, 6 * step**3)
                for step in range(1, 10)
            ),
        ),
        confusions=(Confusion("Minsk", "Yerevan", 4), Confusion("2018", "2016", 2)),
        weakest=(
            Fact("capitals/gap/c1", "capitals", "The ambassador left … in June.", "Minsk", 0.31, 2, 9, 5.5),
            Fact("capitals/capital/card", "capitals", "What is the capital?", "Yerevan", 0.58, 0, 4, 3.0),
        ),
        leeches=(
            Fact("capitals/why/card", "capitals", "Why was he recalled?", "Over arms.", 0.82, 9, 30, 14.0),
        ),
        quizzes=(
            QuizScore(today - timedelta(days=40), (), 6.5, 10),
            QuizScore(today - timedelta(days=20), ("capitals",), 14.0, 20),
            QuizScore(today - timedelta(days=2), ("capitals",), 18.5, 20),
        ),
    )


def no_statistics(*, today: date = TODAY) -> Statistics:
    """Statistics of nothing: no card was ever answered."""
    empty = Histogram((0, 1), (0,), "")
    return Statistics(
        today=today,
        first=None,
        since=None,
        until=None,
        desired=0.9,
        total=_NONE,
        done_today=Day(today, 0, 0.0, 0),
        streaks=Streaks(0, 0),
        best_run=0,
        days=(),
        retention={"day": (), "week": (), "month": (), "year": ()},
        forecast=Forecast(today, 0, (0,) * 90),
        stability=empty,
        difficulty=empty,
        retrievability=empty,
        ratings=(),
        hours=(),
        times=empty,
        decks=(),
        types=(),
        sources=(),
        people=(),
        calibration=(),
        predictions=Predictions(0, None, None, ()),
        confusions=(),
        weakest=(),
        leeches=(),
        quizzes=(),
    )


def _reviews(back: int) -> int:
    """How many there were so many days ago: more and more, with free days between."""
    return 0 if back % 9 == 4 or 100 < back < 112 else round(4 + 40 * exp(-back / 200)) + back * 7 % 13


def _day(day: date, reviews: int) -> Day:
    return Day(day, reviews, round(reviews * 0.87, 1), reviews * 7300)


def _kept(begins: date, reviews: int) -> Retention:
    young, mature = reviews // 2, reviews // 3
    better = (begins.toordinal() * 5) % 13 / 100
    return Retention(
        begins, Kept(young, round(young * (0.8 + better))), Kept(mature, round(mature * (0.87 + better)))
    )


def _periods(done: tuple[Day, ...], begin_of: Callable[[date], date]) -> tuple[Retention, ...]:
    sums: dict[date, int] = {}
    for day in done:
        sums[begin_of(day.day)] = sums.get(begin_of(day.day), 0) + day.reviews
    return tuple(_kept(begins, reviews) for begins, reviews in sums.items())
