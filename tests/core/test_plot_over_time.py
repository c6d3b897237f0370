from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statistics_made import TODAY, made_statistics, no_statistics

from trainer.core.plot import Bar, Line, figures, to_text
from trainer.core.plot.over_time import (
    amounts,
    is_so_far,
    kept_over_time,
    low_of,
    next_of,
    period_name,
    to_come,
)
from trainer.core.statistics import PERIODS, Forecast, Hour, Kept, QuizScore, Retention, Statistics, begin_of

MADE, NOTHING = made_statistics(), no_statistics()
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def texts(drawn: list[Line]) -> str:
    return "".join(f"{to_text(each)}\n" for each in drawn)


@given(DAYS, st.sampled_from(PERIODS))
def test_every_day_is_in_one_period(day: date, period: str) -> None:
    begins = begin_of(day, period)
    assert begins <= day < next_of(begins, period)
    assert begin_of(next_of(begins, period), period) == next_of(begins, period)


@given(st.dictionaries(DAYS, st.integers(0, 50), min_size=1, max_size=20), st.integers(1, 400))
def test_no_amount_is_lost(counts: dict[date, int], most: int) -> None:
    found = amounts(counts, first=min(counts), last=max(counts), most=most)
    assert sum(bar.value for bar in found.bars) == sum(counts.values())
    assert len(found.bars) <= most or found.period == "year"


def test_amounts_are_of_the_shortest_period_that_has_room() -> None:
    first = date(2024, 1, 1)
    found = {
        most: amounts({first: 2.0}, first=first, last=date(2025, 12, 31), most=most)
        for most in (731, 110, 30, 5, 1)
    }
    assert [each.period for each in found.values()] == ["day", "week", "month", "year", "year"]
    assert found[731].bars[:2] == [Bar("1 Jan", 2.0), Bar("2 Jan", 0.0)]
    assert found[30].bars[0].label == "Jan 2024"
    assert [bar.label for bar in found[1].bars] == ["2024", "2025"]


def test_amounts_outside_are_left_out() -> None:
    found = amounts({date(2023, 12, 31): 7.0}, first=date(2024, 1, 1), last=date(2024, 1, 2), most=9)
    assert [bar.value for bar in found.bars] == [0, 0]


def test_what_is_to_come_is_told_by_day_week_or_30_days() -> None:
    begins = date(2026, 11, 21)
    coming = Forecast(begins, 0, (2,) * 90)
    assert to_come(coming, most=100).period == "day"
    assert [bar.label for bar in to_come(coming, most=100).bars[:2]] == ["today", "22 Nov"]
    weeks = to_come(coming, most=40)
    assert (weeks.period, len(weeks.bars), weeks.bars[0]) == ("week", 12, Bar("21 Nov", 14))
    assert [bar.value for bar in to_come(coming, most=5).bars] == [60, 60, 60]


def test_what_is_late_stands_first_unless_it_would_make_all_else_small() -> None:
    coming = Forecast(date(2026, 11, 21), 14, (7,) * 9)
    assert to_come(coming, most=20).bars[0] == Bar("late", 14, "bad")
    assert to_come(coming._replace(backlog=15), most=20).bars[0] == Bar("today", 7)
    assert to_come(Forecast(date(2026, 11, 21), 3, ()), most=20).bars == []
    drawn = texts(figures.forecast(coming._replace(backlog=1500), width=60, height=7))
    assert drawn.startswith("reviews a day, 1500 late\n")


def test_periods_without_reviews_are_gaps() -> None:
    parts = [
        Retention(date(2024, 1, 1), Kept(8, 6), Kept(0, 0)),
        Retention(date(2024, 3, 1), Kept(0, 0), Kept(6, 3)),
    ]
    labels, (young, mature) = kept_over_time(parts, "month")
    assert labels == ["Jan 2024", "Feb 2024", "Mar 2024"]
    assert young.values == (75.0, None, None)
    assert mature.values == (None, None, 50.0)
    assert kept_over_time([], "day") == ([], [])


def test_few_reviews_are_not_drawn_as_a_percentage() -> None:
    few = Retention(date(2024, 1, 1), Kept(1, 0), Kept(4, 0))
    enough = Retention(date(2024, 2, 1), Kept(5, 4), Kept(1, 0))
    _, (young, mature) = kept_over_time([few, enough], "month")
    assert (young.values, mature.values) == ((None, 80.0), (None, None))
    drawn = texts(figures.retention([few], "month", desired=0.9, width=60, height=9))
    assert drawn == "fewer than five reviews in each month: too few to draw\n"
    drawn = texts(figures.kept_by_hour([Hour(7, 4, 0)], desired=0.9, width=60, height=9))
    assert drawn == "fewer than five answers in each hour: too few to draw\n"


@pytest.mark.parametrize(
    ("values", "desired", "low"),
    [
        ([95.0, None], 0.9, 80.0),
        ([71.0, 99.0], 0.9, 70.0),
        ([3.0], 0.9, 0.0),
        ([], 0.85, 70.0),
        ([100.0], 0.05, 0.0),
    ],
)
def test_an_axis_of_retention_begins_where_differences_are_seen(
    values: list[float | None], desired: float, low: float
) -> None:
    assert low_of(values, desired=desired) == low


def test_retention_without_room_for_all_ends_with_the_latest() -> None:
    parts = [
        Retention(date(2020, 1, 6) + timedelta(weeks=week), Kept(9, 8), Kept(9, 9)) for week in range(300)
    ]
    drawn = texts(figures.retention(parts, "week", desired=0.9, width=60, height=9)).splitlines()
    assert "29 Sep" in period_name(parts[-1].begins, "week")
    assert drawn[-1].split()[0:2] == period_name(parts[-52].begins, "week").split()


def test_a_period_is_so_far_until_it_is_over() -> None:
    monday = date(2026, 11, 16)
    assert is_so_far(monday, "week", today=monday + timedelta(days=6))
    assert not is_so_far(monday, "week", today=monday + timedelta(days=7))
    assert is_so_far(date(2026, 11, 1), "month", today=monday)
    assert not is_so_far(date(2026, 12, 1), "month", today=monday)
    assert not is_so_far(monday, "day", today=monday)


@pytest.mark.parametrize("period", PERIODS)
def test_retention_is_drawn_against_the_desired(period: str) -> None:
    drawn = texts(
        figures.retention(MADE.retention[period], period, desired=0.9, width=60, height=9)
    ).splitlines()
    assert drawn[0] == "○ young  ● mature  ┄ desired 90 %"
    assert any(line.startswith(" 90 %┤") for line in drawn)
    assert len(drawn) == 9


def all_figures(told: Statistics, *, width: int) -> list[list[Line]]:
    first = told.first or told.today
    size = {"width": width, "height": 9}
    return [
        figures.reviews(told.days, first=first, last=told.today, **size),
        figures.minutes(told.days, first=first, last=told.today, **size),
        *(figures.retention(told.retention[each], each, desired=told.desired, **size) for each in PERIODS),
        figures.forecast(told.forecast, **size),
        figures.ratings(told.ratings, width=width),
        figures.hours(told.hours, **size),
        figures.kept_by_hour(told.hours, desired=told.desired, **size),
        figures.scores(told.decks, heading="Deck", width=width, titles={"capitals": "Capitals"}),
        figures.scores(told.calibration, heading="Sure", width=width),
        figures.predicted(told.predictions, **size),
        figures.quizzes(told.quizzes, **size),
    ]


@pytest.mark.parametrize("width", [30, 60, 100])
def test_every_figure_keeps_within_its_room(width: int) -> None:
    for drawn in all_figures(MADE, width=width):
        assert len(drawn) > 3
        assert all(len(line) <= width for line in texts(drawn).splitlines())


def test_every_figure_of_nothing_says_so() -> None:
    assert {texts(drawn) for drawn in all_figures(NOTHING, width=60)} == {"Nothing yet.\n"}


def test_scores_tell_titles_percent_answers_and_seconds() -> None:
    drawn = texts(figures.scores(MADE.decks, heading="Deck", width=60, titles={"capitals": "Capitals"}))
    head, row, *_ = drawn.splitlines()
    assert head.split() == ["Deck", "score", "answers", "seconds"]
    assert row.split()[0] == "Capitals"
    assert row.split()[-4:] == ["87", "%", "1,400", "6.0"]


def test_minutes_are_told_as_minutes() -> None:
    day = MADE.days[-1]._replace(milliseconds=600_000)
    drawn = texts(figures.minutes([day], first=day.day, last=day.day, width=60, height=9))
    assert drawn.splitlines()[:2] == ["minutes a day", "10┤██████"[:7]]


def test_tests_are_in_their_order() -> None:
    tests = [QuizScore(TODAY - timedelta(days=ago), (), 5.0, 10) for ago in (9, 3)]
    assert texts(figures.quizzes(tests, width=60, height=9)).splitlines()[-1].split() == [
        *("12", "Nov", "18", "Nov"),
    ]


def test_hours_are_all_there() -> None:
    drawn = texts(figures.hours([Hour(3, 5, 5)], width=100, height=9)).splitlines()
    hours = [int(label.removesuffix(":00")) for label in drawn[-1].split()]
    assert all(after - before == hours[1] for before, after in pairwise(hours))
