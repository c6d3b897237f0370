"""How well chances to remember were predicted: measured as FSRS's benchmark does.

After github.com/open-spaced-repetition/srs-benchmark (log loss, RMSE over bins) and, for what is counted as a
review of a bin, `r_matrix_index` of fsrs-rs.
"""

from __future__ import annotations

from functools import cache
from math import floor, log, sqrt

from trainer.core.statistics import Predicted, Predictions

LEAST, MOST = 0.0001, 0.9999
"""No chance counts as nearer to 0 or 1: one surprise would outweigh all else."""

_TENTHS = 10
_DAYS, _REVIEWS, _LAPSES = 3.62, 1.89, 1.73
"""By what factor the bins of interval length, number of reviews and lapses grow."""


class Predicting:
    """Predictions and what became of them, added one by one."""

    def __init__(self) -> None:
        self._loss = 0.0
        self._bins: dict[tuple[int, int, int], list[float]] = {}
        self._tenths: list[list[float]] = [[0, 0.0, 0] for _ in range(_TENTHS)]

    def add(self, chance: float, passed: bool, *, days: int, spaced: int, missed: int) -> None:
        """A card was reviewed after `days`, one or more, and was given that chance.

        `spaced` are its reviews, before this one, on other days than the review before them; `missed` are
        those of them in which it was not remembered.
        """
        chance = min(max(chance, LEAST), MOST)
        self._loss -= log(chance if passed else 1 - chance)
        at = _bin(days, _DAYS), _bin(spaced + 2, _REVIEWS), _bin(missed, _LAPSES)
        sums = self._bins.get(at)
        if sums is None:
            sums = self._bins[at] = [0, 0.0, 0]
        tenth = self._tenths[int(chance * _TENTHS)]
        sums[0] += 1
        tenth[0] += 1
        sums[1] += chance
        tenth[1] += chance
        if passed:
            sums[2] += 1
            tenth[2] += 1

    def predictions(self) -> Predictions:
        """What they come to; only those of ten bins are told of which there are reviews."""
        reviews = sum(round(count) for count, _, _ in self._tenths)
        if not reviews:
            return Predictions(0, None, None, ())
        squares = sum((predicted - passed) ** 2 / count for count, predicted, passed in self._bins.values())
        bins = tuple(
            Predicted(place / _TENTHS, (place + 1) / _TENTHS, round(count), predicted / count, round(passed))
            for place, (count, predicted, passed) in enumerate(self._tenths)
            if count
        )
        return Predictions(reviews, self._loss / reviews, sqrt(squares / reviews), bins)


@cache
def _bin(value: int, factor: float) -> int:
    """The bin of a number: each is so much wider than the one before. None has one of its own."""
    return floor(log(value) / log(factor)) if value else -1
