"""FSRS-6 against py-fsrs; schedules and steps are in test_scheduling."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.fsrs6 import LEAST_STABILITY, PARAMETERS, Curve, Model, can_be

BOUNDS = list(zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True))
parameter_sets = st.tuples(*(st.floats(low, high) for low, high in BOUNDS))
NOON = datetime(2024, 6, 13, 12, tzinfo=UTC)


def test_the_defaults_are_those_of_py_fsrs() -> None:
    assert fsrs.Scheduler().parameters == PARAMETERS


@given(parameter_sets, st.lists(st.tuples(st.sampled_from(fsrs.Rating), st.integers(0, 400)), max_size=8))
def test_strengths_are_those_of_py_fsrs_with_any_parameters(
    parameters: tuple[float, ...], reviews: list[tuple[fsrs.Rating, int]]
) -> None:
    model = Model(parameters)
    engine = fsrs.Scheduler(parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, at = engine.review_card(fsrs.Card(card_id=1), fsrs.Rating.Good, NOON)[0], NOON
    strength = model.first(3)
    for rating, days in reviews:
        at += timedelta(days=days)
        card, _ = engine.review_card(card, rating, at)
        strength = model.after(strength, days, int(rating))
        assert strength == (card.stability, card.difficulty)


@given(st.floats(0.1, 0.8), st.floats(0.001, 36_500), st.floats(0.5, 0.99))
def test_the_chance_to_remember_has_fallen_to_what_was_asked_for_after_the_days_told(
    decay: float, stability: float, recall: float
) -> None:
    curve = Curve(decay)
    assert curve.recall(stability, curve.days_until(recall, stability)) == pytest.approx(recall, rel=1e-6)


@given(st.integers(1, 3650), st.floats(1.3, 4))
def test_with_a_strength_taken_from_an_ease_good_gives_the_interval_times_the_ease(
    interval: int, ease: float
) -> None:
    model = Model()
    strength = model.from_sm2(interval, ease)
    assert strength.stability == pytest.approx(interval)
    if 1 < strength.difficulty < 10:
        assert model.after(strength, interval, 3).stability == pytest.approx(interval * ease)


def test_an_interval_of_nothing_gives_the_least_stability() -> None:
    assert Model().from_sm2(0, 2.5).stability == pytest.approx(LEAST_STABILITY)


@pytest.mark.parametrize("place", range(21))
def test_parameters_are_bounded_as_in_py_fsrs(place: int) -> None:
    low, high = BOUNDS[place]
    for value in (low, high):
        assert can_be([*PARAMETERS[:place], value, *PARAMETERS[place + 1 :]])
    for wrong in (low - 0.01, high + 0.01, float("nan"), True, "1"):
        assert not can_be([*PARAMETERS[:place], wrong, *PARAMETERS[place + 1 :]])


def test_parameters_are_21() -> None:
    assert not can_be(PARAMETERS[:19])
