"""Dates of any precision, a year, a month or a day, and how they are written."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
MONTHS = (*_MONTHS, "November", "December")

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

_SPAN = re.compile(r"([1-9]\d{0,5})([dwmy])", re.ASCII)


class PartialDate(NamedTuple):
    """A year, a month or a day; what is not known is None."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def in_calendar(self) -> bool:
        """Whether there is such a day; one without a year may be 29 February."""
        year, month, day = self
        try:
            date(2000 if year is None else year, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            return False
        return True

    def words(self) -> str:
        """`13 June 2024`, `June 2024`, `2024`, `13 June`."""
        year, month, day = self
        named = MONTHS[month - 1] if month else None
        if day is not None and named and year is not None:
            return f"{day} {named} {year}"
        return " ".join([str(part) for part in (day, named, year) if part is not None])


def iso(text: str) -> PartialDate | None:
    """The date that `2024`, `2024-06` or `2024-06-13` names; None for anything else."""
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    made = PartialDate(*(int(part) if part else None for part in found.groups()))
    return made if made.in_calendar else None


@lru_cache(maxsize=64)
def in_words(text: str) -> str:
    """A date of any precision, `2024`, `2024-06` or `2024-06-13`, as `June 2024`; anything else as it is."""
    found = iso(text)
    return found.words() if found else text


class Days(NamedTuple):
    """A span of days: the first and the last."""

    first: date
    last: date


def days_of(when: str) -> Days | None:
    """The days that a date of any precision may mean; None for none."""
    found = iso(when)
    if found is None or found.year is None:
        return None
    first, last = found.month or 1, found.month or 12
    return Days(
        date(found.year, first, found.day or 1),
        date(found.year, last, found.day or _days_of(found.year, last)),
    )


def _days_of(year: int, month: int) -> int:
    """How many days a month has."""
    from calendar import monthrange  # It is slow to load, and a start asks for no such day.

    return monthrange(year, month)[1]


def first_of_last(text: str, today: date) -> date | None:
    """The first of the last days up to today that `30d`, `8w`, `6m` or `1y` means; None for anything else."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    try:
        if unit in "dw":
            return today - timedelta(days=count * (7 if unit == "w" else 1) - 1)
        months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        day = min(today.day, _days_of(year, month + 1))
        return date(year, month + 1, day) + timedelta(days=1)
    except (OverflowError, ValueError):  # Before there were years.
        return date.min
