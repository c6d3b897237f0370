from __future__ import annotations

from collections import defaultdict
from math import floor, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.predicting import LEAST, MOST, Predicting
from trainer.core.statistics import Predictions

Foreseen = tuple[float, bool, int, int, int]

foreseen = st.lists(
    st.tuples(
        st.floats(0.01, 0.99), st.booleans(), st.integers(1, 2000), st.integers(0, 60), st.integers(0, 20)
    ),
    min_size=1,
    max_size=60,
)


def predictions_of(*given: Foreseen) -> Predictions:
    predicting = Predicting()
    for chance, passed, days, spaced, missed in given:
        predicting.add(chance, passed, days=days, spaced=spaced, missed=missed)
    return predicting.predictions()


def test_without_reviews_there_is_nothing_to_tell() -> None:
    assert predictions_of() == Predictions(0, None, None, ())


def test_the_loss_is_the_mean_of_the_logarithms() -> None:
    found = predictions_of((0.9, True, 1, 0, 0), (0.8, False, 1, 0, 0))
    assert found.log_loss == pytest.approx(-(log(0.9) + log(0.2)) / 2)


def test_no_chance_is_so_sure_that_one_surprise_outweighs_all_else() -> None:
    assert predictions_of((1.0, False, 1, 0, 0)).log_loss == pytest.approx(-log(1 - MOST))
    assert predictions_of((0.0, True, 1, 0, 0)).log_loss == pytest.approx(-log(LEAST))


def test_the_first_review_counts_among_those_of_a_card() -> None:
    """The second and the third review are of one bin; the second and the fourth are not."""
    second, third = (0.9, True, 1, 0, 0), (0.5, False, 1, 1, 0)
    assert predictions_of(second, third).rmse == pytest.approx(0.2)
    assert predictions_of(second, (0.5, False, 1, 2, 0)).rmse == pytest.approx(sqrt((0.01 + 0.25) / 2))


@given(foreseen)
def test_the_error_is_that_of_the_benchmark(given: list[Foreseen]) -> None:
    """By its own words: bins named by rounded powers, their means compared, weighted by reviews."""
    bins: dict[tuple[float, float, float], list[tuple[float, bool]]] = defaultdict(list)
    for chance, passed, days, spaced, missed in given:
        name = (
            round(2.48 * 3.62 ** floor(log(days) / log(3.62)), 2),
            round(1.99 * 1.89 ** floor(log(spaced + 2) / log(1.89)), 0),
            round(1.65 * 1.73 ** floor(log(missed) / log(1.73)), 0) if missed else 0,
        )
        bins[name].append((chance, passed))
    squares = 0.0
    for part in bins.values():
        mean = sum(chance for chance, _ in part) / len(part)
        squares += len(part) * (mean - sum(passed for _, passed in part) / len(part)) ** 2
    assert predictions_of(*given).rmse == pytest.approx(sqrt(squares / len(given)), abs=1e-9)


@given(foreseen)
def test_every_review_is_in_the_bin_of_its_chance(given: list[Foreseen]) -> None:
    found = predictions_of(*given)
    assert sum(each.reviews for each in found.bins) == found.reviews == len(given)
    assert sum(each.passed for each in found.bins) == sum(passed for _, passed, *_ in given)
    for each in found.bins:
        assert each.low - 1e-9 <= each.predicted <= each.high + 1e-9
        assert each.reviews > 0
