"""Which study day a moment belongs to.

A study day begins at the rollover hour by the wall clock, so an evening that runs past midnight is one day,
whatever the clocks do. Plain commands start through here: no dataclasses.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple


class Moment(NamedTuple):
    """When something happened: milliseconds since 1970 (UTC), minutes east of UTC, and the study day."""

    at: int
    utc_offset: int
    day: date


def study_day(local: datetime, *, rollover_hour: int) -> date:
    """The study day of a local wall-clock time."""
    return (local.replace(tzinfo=None) - timedelta(hours=rollover_hour)).date()


def moment_of(local: datetime, *, rollover_hour: int) -> Moment:
    """The moment of an aware local time, with the study day that its wall clock shows.

    Raises ValueError for a time without a zone.
    """
    offset = local.utcoffset()
    if offset is None:
        raise ValueError("a moment needs a time zone")
    return Moment(
        at=round(local.timestamp() * 1000),
        utc_offset=round(offset.total_seconds() / 60),
        day=study_day(local, rollover_hour=rollover_hour),
    )
