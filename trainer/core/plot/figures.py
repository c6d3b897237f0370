"""The plots of statistics, each with the axes and units that fit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from trainer.core.plot.across import Row, Stack, rows, stacked
from trainer.core.plot.course import line, lines
from trainer.core.plot.over_time import (
    amounts,
    kept_over_time,
    low_of,
    percent_drawn,
    period_name,
    to_come,
)
from trainer.core.plot.scale import short
from trainer.core.plot.scatter import calibration
from trainer.core.plot.spans import NARROWEST, Line, said
from trainer.core.plot.upright import Bar, bars
from trainer.core.review import Rating
from trainer.core.statistics import Buttons, Day, Forecast, Hour, Kept, Predictions, QuizScore, Retention
from trainer.core.stats import Accuracy

MINUTE = 60_000
"""Milliseconds."""

_AXIS = 8
"""Cells for percentages at the left, with the axis."""
_GUTTER = 6
"""Cells for the numbers at the left, and a few to spare."""


def reviews(days: Sequence[Day], *, first: date, last: date, width: int, height: int) -> list[Line]:
    """Answers a day, or a week, a month, a year where there is no room."""
    counted = {each.day: float(each.reviews) for each in days}
    return _over_time(counted, "answers", first=first, last=last, width=width, height=height)


def minutes(days: Sequence[Day], *, first: date, last: date, width: int, height: int) -> list[Line]:
    """Minutes a day, or a week, a month, a year where there is no room."""
    taken = {each.day: each.milliseconds / MINUTE for each in days}
    return _over_time(taken, "minutes", first=first, last=last, width=width, height=height)


def retention(
    parts: Sequence[Retention], period: str, *, desired: float, width: int, height: int
) -> list[Line]:
    """True retention of young and mature cards by `period`, in percent, against the desired (from 0 to 1).

    What there is no room for is left out, from the first period on.
    """
    labels, series = kept_over_time(parts, period)
    most = max(1, width - _AXIS)
    series = [each._replace(values=each.values[-most:]) for each in series]
    values = [value for each in series for value in each.values]
    if parts and width >= NARROWEST and not any(value is not None for value in values):
        return said(f"fewer than five reviews in each {period}: too few to draw", width)
    return lines(
        series,
        labels=labels[-most:],
        width=width,
        height=height,
        low=low_of(values, desired=desired),
        high=100.0,
        target=100 * desired,
        unit="%",
    )


def forecast(coming: Forecast, *, width: int, height: int) -> list[Line]:
    """Reviews that fall due a day, a week or in 30 days; how many are late is told."""
    anything = coming.backlog > 0 or any(coming.due)
    period, shown = to_come(coming, most=max(1, width - _GUTTER))
    late = f", {short(coming.backlog)} late" if coming.backlog else ""
    unit = f"reviews in {period}" if period[0].isdigit() else f"reviews a {period}"
    return bars(shown if anything else [], width=width, height=height, unit=unit + late)


def ratings(groups: Sequence[Buttons], *, width: int) -> list[Line]:
    """How often each rating was given, by how well the cards were known."""
    names = tuple(rating.word for rating in Rating)
    stacks = [Stack(group.label, group.counts) for group in groups]
    return stacked(stacks, width=width, names=names, unit="answers")


def hours(parts: Sequence[Hour], *, width: int, height: int) -> list[Line]:
    """Answers by the hour of the day."""
    counts = {part.hour: part.reviews for part in parts}
    shown = [Bar(f"{hour}:00", counts.get(hour, 0)) for hour in range(24)] if any(counts.values()) else []
    return bars(shown, width=width, height=height, unit="answers by hour of day")


def kept_by_hour(parts: Sequence[Hour], *, desired: float, width: int, height: int) -> list[Line]:
    """The percentage that was remembered, by the hour of the day, against the desired (from 0 to 1)."""
    kept = {part.hour: percent_drawn(Kept(part.reviews, part.passed)) for part in parts}
    if parts and width >= NARROWEST and not any(value is not None for value in kept.values()):
        return said("fewer than five answers in each hour: too few to draw", width)
    points = [(f"{hour}:00", kept.get(hour)) for hour in range(24)]
    low = low_of(kept.values(), desired=desired)
    return line(points, width=width, height=height, low=low, high=100.0, target=100 * desired, unit="%")


def scores(
    parts: Sequence[Accuracy], *, heading: str, width: int, titles: Mapping[str, str] | None = None
) -> list[Line]:
    """Scores by what was asked: the bar is the score; beside it the score, answers, and seconds for each."""
    shown = [
        Row(
            (titles or {}).get(part.label, part.label),
            part.percent,
            (f"{part.percent} %", f"{part.answers:,}", f"{part.seconds:.1f}"),
        )
        for part in parts
    ]
    return rows(shown, width=width, heading=heading, columns=("score", "answers", "seconds"), top=100)


def predicted(predictions: Predictions, *, width: int, height: int) -> list[Line]:
    """The chances that FSRS gave against what was remembered."""
    return calibration(predictions.points, width=width, height=height)


def quizzes(tests: Sequence[QuizScore], *, width: int, height: int) -> list[Line]:
    """The scores of tests in their order, in percent."""
    points = [(period_name(test.day, "day"), 100 * test.share) for test in tests]
    return line(points, width=width, height=height, low=0.0, high=100.0, unit="%", name="score")


def _over_time(
    values: Mapping[date, float], what: str, *, first: date, last: date, width: int, height: int
) -> list[Line]:
    anything = any(values.values())
    period, shown = amounts(values, first=first, last=last, most=max(1, width - _GUTTER))
    return bars(shown if anything else [], width=width, height=height, unit=f"{what} a {period}")
