"""Which backups stay: laws, and a year of days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.keeping import BEFORE, DAYS, MONTHS, WEEKS, Kind, Name, gaps, kept, name_of

DAY = date(2024, 6, 13)
days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
times = st.times().map(lambda time: f"{time:%H%M%S}")
others = st.sampled_from([kind for kind in get_args(Kind) if kind != "daily"])
names = days.map(Name) | st.builds(Name, days, times, others, st.integers(1, 99))


@given(names)
def test_a_name_says_what_it_was_made_from(name: Name) -> None:
    assert name_of(name.text) == name


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "progress.db",
            "progress-2024-06-13.db-journal",
            "progress-2024-13-13.db",
            "xprogress-2024-06-13.db",
        ),
        *(
            "progress-2024-06-13-120000.db",
            "progress-2024-06-13-120000-daily.db",
            "progress-2024-06-13-1-by-hand.db",
        ),
        *("progress-2024-06-13-120000-by-hand-0.db", "progress-2024-06-13-120000-by-hand-1.db"),
        *(
            "progress-2024-06-13-120000-by-foot.db",
            ".progress-2024-06-13.db.abcdefgh.part",
            "progress-２024-06-13.db",
        ),
    ],
)
def test_other_files_are_no_backups(text: str) -> None:
    assert name_of(text) is None


@given(st.sets(names, min_size=1))
def test_the_newest_of_each_kind_stays_and_what_was_made_by_hand(made: set[Name]) -> None:
    staying = kept(made)
    assert staying <= made
    for kind in get_args(Kind):
        of_kind = [name for name in made if name.kind == kind]
        assert not of_kind or max(of_kind) in staying
    assert {name for name in made if name.kind == "by-hand"} <= staying


@given(st.sets(names))
def test_thinning_twice_is_thinning_once(made: set[Name]) -> None:
    assert kept(kept(made)) == kept(made)


@given(st.sets(names))
def test_there_are_never_many_that_nobody_asked_for(made: set[Name]) -> None:
    staying = [name for name in kept(made) if name.kind != "by-hand"]
    assert sum(name.kind == "daily" for name in staying) <= DAYS + WEEKS + MONTHS
    assert sum(name.kind != "daily" for name in staying) <= BEFORE * 3


@given(st.sets(days.map(Name), min_size=1), st.integers(1, 400))
def test_a_newer_one_takes_the_place_of_none_of_the_last_days(made: set[Name], later: int) -> None:
    newer = Name(max(made).day + timedelta(days=later))
    last = sorted(made)[-(DAYS - 1) :]
    assert {newer, *last} <= kept(kept(made) | {newer})


@pytest.mark.parametrize("studied_each", [1, 2, 9, 40])
def test_over_two_years_there_is_one_of_every_time(studied_each: int) -> None:
    staying: set[Name] = set()
    for number in range(0, 730, studied_each):
        day = DAY + timedelta(days=number)
        staying = kept(staying | {Name(day)})
    ages = sorted((day - name.day).days for name in staying)
    assert ages[:3] == [0, studied_each, 2 * studied_each]
    assert ages[-1] >= 300
    assert all(later - earlier <= 31 + studied_each for earlier, later in pairwise(ages))


@pytest.mark.parametrize(
    ("numbers", "left_out"),
    [([], []), ([1, 2, 3], []), ([2, 3, 7], [(1, 1), (4, 6)]), ([5, 1], [(2, 4)])],
)
def test_gaps_are_what_a_row_of_numbers_leaves_out(
    numbers: list[int], left_out: list[tuple[int, int]]
) -> None:
    assert gaps(numbers) == left_out
