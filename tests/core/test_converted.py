"""Parameters of FSRS of other versions, and long work that keeps what it makes."""

from __future__ import annotations

import gc

import pytest

from trainer.core.collector import without_collector
from trainer.core.fsrs6 import PARAMETERS, can_be, converted

FSRS_5 = (
    *(0.40255, 1.18385, 3.173, 15.69105, 7.1949, 0.5345, 1.4604, 0.0046, 1.54575, 0.1192, 1.01925, 1.9395),
    *(0.11, 0.29605, 2.2698, 0.2315, 2.9898, 0.51655, 0.6621),
)
FSRS_4_5 = (
    *(0.4, 0.6, 2.4, 5.8, 4.93, 0.94, 0.86, 0.01, 1.49, 0.14, 0.94, 2.18, 0.05, 0.34, 1.26, 0.29),
    2.61,
)


def test_those_of_fsrs_6_stay_as_they_are() -> None:
    assert converted(PARAMETERS) == PARAMETERS


def test_those_of_fsrs_5_get_its_decay_and_no_short_term_exponent() -> None:
    assert converted(FSRS_5) == (*FSRS_5, 0.0, 0.5)


def test_those_of_fsrs_4_5_are_rewritten_as_fsrs_rs_does_it() -> None:
    found = converted(FSRS_4_5)
    assert found[:4] == FSRS_4_5[:4]
    assert found[4:7] == pytest.approx((6.81, 0.44675, 1.36), abs=1e-4)
    assert found[7:17] == FSRS_4_5[7:]
    assert found[17:] == (0.0, 0.0, 0.0, 0.5)
    assert can_be(found)


def test_what_is_out_of_bounds_is_brought_within() -> None:
    found = converted([1e9] * 21)
    assert can_be(found)
    assert can_be(converted([-1e9] * 17))


@pytest.mark.parametrize("given", [(), (1.0,) * 20, (float("nan"),) * 21, (float("inf"),) * 17])
def test_what_can_be_no_parameters_is_none(given: tuple[float, ...]) -> None:
    assert converted(given) == ()


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_rests_and_is_as_it_was_afterwards(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(KeyError), without_collector():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
