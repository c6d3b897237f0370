"""FSRS-6: how a memory grows with each review and fades between them.

After the description of the algorithm (github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm): 21
parameters, called w there; stability in days until the chance to remember has fallen to 0.9, difficulty from
1 to 10. Ratings are 1 Again, 2 Hard, 3 Good, 4 Easy.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import e, isfinite, log
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
_FSRS_4_5, _FSRS_5 = 17, 19
_OLD_DECAY = 0.5
_EASIEST, _HARDEST = 1.0, 10.0
_RATINGS = _AGAIN, _HARD, _GOOD, _EASY = 1, 2, 3, 4


def can_be(parameters: Sequence[object]) -> bool:
    """Whether those can be the parameters: 21 numbers, each within its bounds."""
    if len(parameters) != len(PARAMETERS):
        return False
    return all(
        isinstance(value, float | int) and not isinstance(value, bool) and least <= value <= most
        for value, least, most in zip(parameters, _LEAST, _MOST, strict=True)
    )


def converted(parameters: Sequence[float]) -> tuple[float, ...]:
    """Parameters of FSRS-4.5 (17), FSRS-5 (19) or FSRS-6 as those of FSRS-6, within their bounds; else none.

    After `check_and_fill_parameters` of fsrs-rs.
    """
    w = list(parameters)
    if len(w) == _FSRS_4_5:
        w[4] += 2 * w[5]
        w[5] = log(max(3 * w[5] + 1, 1.0)) / 3
        w[6] += 0.5
        w += [0.0, 0.0]
    if len(w) == _FSRS_5:
        w += [0.0, _OLD_DECAY]
    if len(w) != len(PARAMETERS) or not all(map(isfinite, w)):
        return ()
    return tuple(min(max(value, least), most) for value, least, most in zip(w, _LEAST, _MOST, strict=True))


class Strength(NamedTuple):
    """How strong a memory is: stability in days, difficulty from 1 to 10."""

    stability: float
    difficulty: float


class Curve:
    """The curve of forgetting, with a `decay`, which is w20."""

    def __init__(self, decay: float = PARAMETERS[20]) -> None:
        self._decay = -decay
        self._factor: float = 0.9 ** (1 / self._decay) - 1
        self._fallen: dict[float, float] = {}

    def recall(self, stability: float, days: float) -> float:
        """The chance to remember after `days`: 0.9 where they equal `stability`."""
        return float((1 + self._factor * days / stability) ** self._decay)

    def known_on(self, day: date, stability: float, last_day: date) -> float:
        """The chance to remember on a day what was last reviewed on another, or later."""
        return self.recall(stability, max(0, (day - last_day).days))

    def days_until(self, recall: float, stability: float) -> float:
        """After how many days the chance to remember has fallen to `recall`."""
        fallen = self._fallen.get(recall)
        if fallen is None:
            fallen = self._fallen[recall] = recall ** (1 / self._decay) - 1
        return stability / self._factor * fallen


class Model:
    """FSRS-6 with some parameters, the defaults unless others are given.

    What depends on parameters and rating alone is computed once: logs of a million reviews are replayed.
    """

    def __init__(self, parameters: tuple[float, ...] = PARAMETERS) -> None:
        self._w = w = parameters
        self.curve = Curve(w[20])
        self._growth: float = e ** w[8]
        self._gain = {_HARD: w[15], _GOOD: 1.0, _EASY: w[16]}
        self._most_left: float = e ** (w[17] * w[18])
        self._on_same_day: dict[int, float] = {each: e ** (w[17] * (each - 3 + w[18])) for each in _RATINGS}
        self._harder = {each: -(w[6] * (each - 3)) for each in _RATINGS}
        self._drawn = w[7] * self._first_difficulty(_EASY)

    def first(self, rating: int) -> Strength:
        """The strength that a first review leaves."""
        stability = max(LEAST_STABILITY, self._w[rating - 1])
        return Strength(stability, _bounded(self._first_difficulty(rating)))

    def after(self, strength: tuple[float, float], days: int, rating: int) -> Strength:
        """The strength that a review leaves, `days` after the one before."""
        w = self._w
        stability, difficulty = strength
        grown: float
        if days < 1:
            grown = self._on_same_day[rating] * stability ** -w[19]
            grown = stability * (grown if rating == _AGAIN or grown > 1.0 else 1.0)
        else:
            forgotten = 1 - self.curve.recall(stability, days)
            if rating == _AGAIN:
                grown = self._when_forgotten(stability, difficulty, forgotten)
            else:
                grown = self._growth * (11 - difficulty) * stability ** -w[9] * (e ** (forgotten * w[10]) - 1)
                grown = stability * (1 + grown * self._gain[rating])
        damped = difficulty + (10.0 - difficulty) * self._harder[rating] / 9.0
        return Strength(
            grown if grown > LEAST_STABILITY else LEAST_STABILITY,
            _bounded(self._drawn + (1 - w[7]) * damped),
        )

    def from_sm2(self, interval: float, ease: float, *, retention: float = 0.9) -> Strength:
        """The strength to assume where only an interval (days) and an ease factor (2.5 at first) are known.

        It is chosen so that Good would give the interval times the ease again. After `memory_state_from_sm2`
        of fsrs-rs.
        """
        w = self._w
        stability = max(LEAST_STABILITY, interval) / self.curve.days_until(retention, 1.0)
        growth = e ** w[8] * stability ** -w[9] * (e ** ((1 - retention) * w[10]) - 1)
        return Strength(stability, _bounded(11 - (ease - 1) / growth))

    def _when_forgotten(self, stability: float, difficulty: float, forgotten: float) -> float:
        w = self._w
        left: float = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * e ** (forgotten * w[14])
        return min(left, stability / self._most_left)

    def _first_difficulty(self, rating: int) -> float:
        return float(self._w[4] - e ** (self._w[5] * (rating - 1)) + 1)


def _bounded(difficulty: float) -> float:
    if difficulty > _HARDEST:
        return _HARDEST
    return difficulty if difficulty > _EASIEST else _EASIEST
