"""How it went: streaks, and scores by what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Accuracy(NamedTuple):
    """The answers to one part of the cards: `score` is their sum, each from 0 to 1."""

    label: str
    answers: int
    score: float
    milliseconds: int

    @property
    def percent(self) -> int:
        """The mean score, in percent."""
        return round(100 * self.score / self.answers) if self.answers else 0

    @property
    def seconds(self) -> float:
        """The mean time for an answer."""
        return self.milliseconds / self.answers / 1000 if self.answers else 0.0


class Streaks(NamedTuple):
    """Study days in a row: now, and at the best time."""

    current: int
    best: int


def streaks(days: Iterable[date], *, today: date) -> Streaks:
    """Study days in a row up to today, or up to yesterday while today has none yet; and the longest row.

    `days` are those with reviews, in any order.
    """
    studied = set(days)
    lengths: dict[date, int] = {}
    for day in sorted(studied):
        lengths[day] = lengths.get(day - timedelta(days=1), 0) + 1
    yesterday = today - timedelta(days=1)
    current = lengths.get(today) or lengths.get(yesterday, 0)
    return Streaks(current, max(lengths.values(), default=0))


def streak(latest_first: Iterable[date], *, today: date) -> int:
    """The `current` of `streaks`; days are asked for only as far as they are in a row."""
    count, expected = 0, today
    for day in latest_first:
        if day < expected and count == 0:
            expected = today - timedelta(days=1)
        if day < expected:
            break
        if day == expected:
            count += 1
            expected -= timedelta(days=1)
    return count
