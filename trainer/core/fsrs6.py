"""FSRS-6: how a memory grows with each review and fades between them.

After the description of the algorithm (github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm): 21
parameters, called w there; stability in days until the chance to remember has fallen to 0.9, difficulty from
1 to 10. Ratings are 1 Again, 2 Hard, 3 Good, 4 Easy.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from math import e
from typing import NamedTuple

PARAMETERS = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # w0-w3: the first stability, by rating
    *(6.4133, 0.8334, 3.0194, 0.001),  # w4-w7: difficulty
    *(1.8722, 0.1666, 0.796),  # w8-w10: stability after it was remembered
    *(1.4835, 0.0614, 0.2629, 1.6483),  # w11-w14: stability after it was forgotten
    *(0.6014, 1.8729),  # w15, w16: Hard, Easy
    *(0.5425, 0.0912, 0.0658),  # w17-w19: stability after another review on the same day
    0.1542,  # w20: the shape of forgetting
)
"""The defaults of FSRS-6."""

_LEAST = (*[0.001] * 4, 1.0, *[0.001] * 3, *[0.0] * 2, *[0.001] * 4, *[0.0] * 2, 1.0, *[0.0] * 3, 0.1)
_MOST = (
    *[100.0] * 4,
    *(10.0, 4.0, 4.0, 0.75),
    *(4.5, 0.8, 3.5),
    *(5.0, 0.25, 0.9, 4.0),
    *(1.0, 6.0),
    *(2.0, 2.0, 0.8),
    0.8,
)
"""Bounds of the parameters, as in py-fsrs and fsrs-rs."""

LEAST_STABILITY = 0.001
_EASIEST, _HARDEST = 1.0, 10.0
_AGAIN, _HARD, _GOOD, _EASY = 1, 2, 3, 4


def can_be(parameters: Sequence[object]) -> bool:
    """Whether those can be the parameters: 21 numbers, each within its bounds."""
    if len(parameters) != len(PARAMETERS):
        return False
    return all(
        isinstance(value, float | int) and not isinstance(value, bool) and least <= value <= most
        for value, least, most in zip(parameters, _LEAST, _MOST, strict=True)
    )


class Strength(NamedTuple):
    """How strong a memory is: stability in days, difficulty from 1 to 10."""

    stability: float
    difficulty: float


class Curve:
    """The curve of forgetting, with a `decay`, which is w20."""

    def __init__(self, decay: float = PARAMETERS[20]) -> None:
        self._decay = -decay
        self._factor: float = 0.9 ** (1 / self._decay) - 1

    def recall(self, stability: float, days: float) -> float:
        """The chance to remember after `days`: 0.9 where they equal `stability`."""
        return float((1 + self._factor * days / stability) ** self._decay)

    def known_on(self, day: date, stability: float, last_day: date) -> float:
        """The chance to remember on a day what was last reviewed on another, or later."""
        return self.recall(stability, max(0, (day - last_day).days))

    def days_until(self, recall: float, stability: float) -> float:
        """After how many days the chance to remember has fallen to `recall`."""
        return float(stability / self._factor * (recall ** (1 / self._decay) - 1))


class Model:
    """FSRS-6 with some parameters, the defaults unless others are given."""

    def __init__(self, parameters: tuple[float, ...] = PARAMETERS) -> None:
        self._w = parameters
        self.curve = Curve(parameters[20])

    def first(self, rating: int) -> Strength:
        """The strength that a first review leaves."""
        stability = max(LEAST_STABILITY, self._w[rating - 1])
        return Strength(stability, _bounded(self._first_difficulty(rating)))

    def after(self, strength: Strength, days: int, rating: int) -> Strength:
        """The strength that a review leaves, `days` after the one before."""
        stability, difficulty = strength
        if days < 1:
            grown = self._same_day(stability, rating)
        else:
            forgotten = 1 - self.curve.recall(stability, days)
            if rating == _AGAIN:
                grown = self._when_forgotten(stability, difficulty, forgotten)
            else:
                grown = self._when_remembered(stability, difficulty, forgotten, rating)
        return Strength(max(LEAST_STABILITY, grown), self._next_difficulty(difficulty, rating))

    def from_sm2(self, interval: float, ease: float, *, retention: float = 0.9) -> Strength:
        """The strength to assume where only an interval (days) and an ease factor (2.5 at first) are known.

        It is chosen so that Good would give the interval times the ease again. After `memory_state_from_sm2`
        of fsrs-rs.
        """
        w = self._w
        stability = max(LEAST_STABILITY, interval) / self.curve.days_until(retention, 1.0)
        growth = e ** w[8] * stability ** -w[9] * (e ** ((1 - retention) * w[10]) - 1)
        return Strength(stability, _bounded(11 - (ease - 1) / growth))

    def _same_day(self, stability: float, rating: int) -> float:
        w = self._w
        growth: float = e ** (w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        return stability * (growth if rating == _AGAIN else max(1.0, growth))

    def _when_remembered(self, stability: float, difficulty: float, forgotten: float, rating: int) -> float:
        w = self._w
        kept = w[15] if rating == _HARD else 1.0
        extra = w[16] if rating == _EASY else 1.0
        growth: float = e ** w[8] * (11 - difficulty) * stability ** -w[9] * (e ** (forgotten * w[10]) - 1)
        return stability * (1 + growth * kept * extra)

    def _when_forgotten(self, stability: float, difficulty: float, forgotten: float) -> float:
        w = self._w
        left: float = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * e ** (forgotten * w[14])
        return min(left, float(stability / e ** (w[17] * w[18])))

    def _first_difficulty(self, rating: int) -> float:
        return float(self._w[4] - e ** (self._w[5] * (rating - 1)) + 1)

    @cached_property
    def _easy_difficulty(self) -> float:
        return self._first_difficulty(_EASY)

    def _next_difficulty(self, difficulty: float, rating: int) -> float:
        w = self._w
        damped = difficulty + (10.0 - difficulty) * -(w[6] * (rating - 3)) / 9.0
        return _bounded(w[7] * self._easy_difficulty + (1 - w[7]) * damped)


def _bounded(difficulty: float) -> float:
    return min(max(difficulty, _EASIEST), _HARDEST)
