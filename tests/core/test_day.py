from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from trainer.core.day import moment_of, study_day

QUARTER = timedelta(minutes=15)


def quarters(year: int, zone: str) -> list[datetime]:
    """Every quarter of an hour of a year, by the wall clock of the zone."""
    here = ZoneInfo(zone)
    start = datetime(year, 1, 1, tzinfo=UTC)
    count = (datetime(year + 1, 1, 1, tzinfo=UTC) - start) // QUARTER
    return [(start + QUARTER * step).astimezone(here) for step in range(count)]


def by_the_clock(local: datetime, rollover_hour: int) -> date:
    today = local.date()
    return today if local.hour >= rollover_hour else today - timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "year"),
    [
        ("Europe/Berlin", 2024),
        ("America/New_York", 2025),
        ("America/St_Johns", 2011),
        ("Australia/Lord_Howe", 2024),
        ("America/Havana", 2024),
        ("Asia/Kathmandu", 2024),
        ("Pacific/Chatham", 2024),
    ],
)
def test_the_study_day_is_what_the_wall_clock_says_and_none_is_skipped(zone: str, year: int) -> None:
    last: date | None = None
    for local in quarters(year, zone):
        moment = moment_of(local, rollover_hour=4)
        assert moment.day == by_the_clock(local, 4)
        assert last is None or moment.day - last in (timedelta(0), timedelta(days=1))
        assert moment.at == round(local.timestamp() * 1000)
        assert timedelta(minutes=moment.utc_offset) == local.utcoffset()
        last = moment.day


@pytest.mark.parametrize(("rollover_hour", "skipped"), [(0, {date(2011, 12, 30)}), (4, set())])
def test_a_study_day_is_skipped_only_where_the_zone_skipped_it(
    rollover_hour: int, skipped: set[date]
) -> None:
    days = {moment_of(local, rollover_hour=rollover_hour).day for local in quarters(2011, "Pacific/Apia")}
    year = {date(2011, 1, 1) + timedelta(days=step) for step in range(365)}
    assert year - days == skipped


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2024, 3, 30), 23), (date(2024, 10, 26), 25), (date(2024, 6, 13), 24)]
)
def test_the_study_day_in_which_the_clocks_change_has_23_or_25_hours(day: date, hours: int) -> None:
    own = [local for local in quarters(2024, "Europe/Berlin") if study_day(local, rollover_hour=4) == day]
    assert len(own) == hours * 4
    assert {local.hour for local in (own[0], own[-1])} == {4, 3}


@pytest.mark.parametrize("hour", range(24))
def test_a_study_day_begins_at_the_rollover_hour(hour: int) -> None:
    starts = datetime(2024, 6, 13, hour)
    assert study_day(starts, rollover_hour=hour) == date(2024, 6, 13)
    assert study_day(starts - timedelta(microseconds=1), rollover_hour=hour) == date(2024, 6, 12)


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment_of(datetime(2024, 6, 13), rollover_hour=4)


def test_both_hours_of_the_autumn_night_are_told_apart_by_their_offset() -> None:
    here = ZoneInfo("Europe/Berlin")
    first = moment_of(datetime(2024, 10, 27, 2, 30, tzinfo=here), rollover_hour=4)
    second = moment_of(datetime(2024, 10, 27, 2, 30, tzinfo=here, fold=1), rollover_hour=4)
    assert (first.utc_offset, second.utc_offset) == (120, 60)
    assert second.at - first.at == 3_600_000
    assert first.day == second.day == date(2024, 10, 26)
