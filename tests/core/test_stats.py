from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from factories import TODAY
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.review import Confidence
from trainer.core.stats import Accuracy, Streaks, streak, streaks

DAYS = st.sets(st.integers(0, 40)).map(lambda ago: [TODAY - timedelta(days=each) for each in ago])


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=each) for each in days]


def test_a_streak_runs_up_to_today() -> None:
    assert streaks(ago(0, 1, 2, 4, 5), today=TODAY) == Streaks(3, 3)


def test_a_streak_holds_until_today_is_over() -> None:
    assert streaks(ago(1, 2, 9), today=TODAY) == Streaks(2, 2)


def test_a_streak_ends_with_a_day_without_study() -> None:
    assert streaks(ago(2, 3, 4, 9), today=TODAY) == Streaks(0, 3)
    assert streaks([], today=TODAY) == Streaks(0, 0)


@given(DAYS)
def test_a_streak_is_the_longest_row_that_ends_now(days: list[date]) -> None:
    found = streaks(days, today=TODAY)
    start = TODAY if TODAY in days else TODAY - timedelta(days=1)
    assert all(start - timedelta(days=each) in days for each in range(found.current))
    assert start - timedelta(days=found.current) not in days
    assert found.best >= found.current


@given(DAYS, st.randoms())
def test_the_order_of_the_days_makes_no_difference(days: list[date], random: object) -> None:
    assert streaks(reversed(days), today=TODAY) == streaks(days, today=TODAY)


def test_an_accuracy_is_a_mean() -> None:
    part = Accuracy("deck", 4, 3.0, 6000)
    assert (part.percent, part.seconds) == (75, 1.5)
    assert (Accuracy("none", 0, 0.0, 0).percent, Accuracy("none", 0, 0.0, 0).seconds) == (0, 0.0)


def test_confidence_is_told_in_a_word() -> None:
    assert [level.word for level in Confidence] == ["guess", "unsure", "sure"]


@given(st.sets(st.integers(-3, 12)))
def test_the_present_streak_is_told_by_the_latest_days_alone(past: set[int]) -> None:
    latest_first = sorted(ago(*past), reverse=True)
    looked_at: list[date] = []

    def days() -> Iterator[date]:
        for day in latest_first:
            looked_at.append(day)
            yield day

    found = streak(days(), today=TODAY)
    assert found == streaks(latest_first, today=TODAY).current
    assert len([day for day in looked_at if day <= TODAY]) <= found + 1
