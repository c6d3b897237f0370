"""Days put together to weeks, months and years, as bars and lines that there is room for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from trainer.core.partial_date import MONTHS
from trainer.core.plot.course import Series
from trainer.core.plot.upright import Bar
from trainer.core.statistics import PERIODS, Forecast, Kept, Retention, begin_of

_FEWEST = 5
"""Reviews of which a percentage is drawn: one that was forgotten would be 0 % otherwise."""

_BELOW = 10.0
_SPANS = {1: "day", 7: "week", 30: "30 days"}


class Amounts(NamedTuple):
    """Bars, each of a `day`, `week`, `month`, `year` or `30 days`."""

    period: str
    bars: list[Bar]


def next_of(begins: date, period: str) -> date:
    """The first day of the period after one."""
    if period in ("day", "week"):
        return begins + timedelta(days=1 if period == "day" else 7)
    return begin_of(begins + timedelta(days=31 if period == "month" else 366), period)


def period_name(begins: date, period: str) -> str:
    """A period in a few characters: `13 Jun` for a day or a week, `Jun 2024`, `2024`."""
    month = MONTHS[begins.month - 1][:3]
    if period in ("day", "week"):
        return f"{begins.day} {month}"
    return f"{month} {begins.year}" if period == "month" else str(begins.year)


def amounts(values: Mapping[date, float], *, first: date, last: date, most: int) -> Amounts:
    """Sums of the shortest periods of which at most `most` reach from a day to another, both included.

    Of years, there may be more.
    """
    period, begins = _shortest(first, last, most)
    sums = dict.fromkeys(begins, 0.0)
    for day, value in values.items():
        if first <= day <= last:
            sums[begin_of(day, period)] += value
    return Amounts(period, [Bar(period_name(begin, period), value) for begin, value in sums.items()])


def to_come(forecast: Forecast, *, most: int) -> Amounts:
    """What falls due, in at most `most` bars; the last one only where its period is complete.

    What is late stands before them, unless it would make all others small: more than twice the greatest.
    """
    days = next((days for days in (1, 7) if len(forecast.due) < most * days), 30)
    bars: list[Bar] = []
    for start in range(0, len(forecast.due) - days + 1, days):
        name = period_name(forecast.begins + timedelta(days=start), "day")
        bars.append(Bar(name if start or days > 1 else "today", sum(forecast.due[start : start + days])))
    peak = max((bar.value for bar in bars), default=0)
    if 0 < forecast.backlog <= 2 * peak:
        bars.insert(0, Bar("late", forecast.backlog, "bad"))
    return Amounts(_SPANS[days], bars)


def kept_over_time(parts: Sequence[Retention], period: str) -> tuple[list[str], list[Series]]:
    """Labels of all periods from first to last, and the percentages kept of young and mature cards.

    There is None for a period with fewer than five reviews.
    """
    if not parts:
        return [], []
    found = {part.begins: part for part in parts}
    begins = list(_periods(min(found), max(found), period))
    young = tuple(percent_drawn(found[each].young) if each in found else None for each in begins)
    mature = tuple(percent_drawn(found[each].mature) if each in found else None for each in begins)
    labels = [period_name(each, period) for each in begins]
    return labels, [Series("young", young, "○", "plain"), Series("mature", mature, "●", "accent")]


def percent_drawn(kept: Kept) -> float | None:
    """The percentage that was remembered; None of fewer than five reviews."""
    return None if kept.share is None or kept.reviews < _FEWEST else 100 * kept.share


def low_of(values: Iterable[float | None], *, desired: float) -> float:
    """Where an axis of percentages begins: ten below the desired, or lower where a value is, by full tens."""
    known = [value for value in values if value is not None]
    return max(0.0, math.floor(min(100 * desired - _BELOW, *known, 100.0) / 10 + 1e-9) * 10.0)


def is_so_far(begins: date, period: str, *, today: date) -> bool:
    """Whether a period longer than a day is not over yet."""
    return period != "day" and begins <= today < next_of(begins, period)


def _shortest(first: date, last: date, most: int) -> tuple[str, list[date]]:
    for period in PERIODS[:-1]:
        begins = list(islice(_periods(first, last, period), most + 1))
        if len(begins) <= most:
            return period, begins
    return PERIODS[-1], list(_periods(first, last, PERIODS[-1]))


def _periods(first: date, last: date, period: str) -> Iterator[date]:
    begins = begin_of(first, period)
    while begins <= last:
        yield begins
        begins = next_of(begins, period)
