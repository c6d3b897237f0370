"""Dates as people write them, of any precision, read without guessing."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.grading.distance import slips
from trainer.core.grading.quantity import folded
from trainer.core.grading.telling import on_one_line
from trainer.core.grading.word_tables import MONTHS, ORDINALS, WEEKDAYS
from trainer.core.partial_date import PartialDate, iso

if TYPE_CHECKING:
    from trainer.core.grading import DateOrder

_MAX_LENGTH = 80
_NO_MATTER = frozenset(
    ("on", "in", "the", "of", "at", "by", "since", "from", "to", "for", "year", "month", "day")
)
_FULL_MONTHS = tuple(name for name in MONTHS if len(name) > 4)

_SHORT_YEAR = re.compile(r"['’](\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})([/.])(\d{1,2})")
_TOKEN = re.compile(r"(\d+)(?:(?:st|nd|rd|th)\b)?|([^\W\d_]+)")


class DateReadings(NamedTuple):
    """Every way to read a text as a date, days included that no calendar has; and the weekday it names."""

    readings: tuple[PartialDate, ...] = ()
    weekday: int | None = None

    @property
    def possible(self) -> tuple[PartialDate, ...]:
        """The readings that are in the calendar."""
        return tuple(reading for reading in self.readings if reading.in_calendar and reading.day != 0)


@lru_cache(maxsize=64)
def read_dates(text: str, *, date_order: DateOrder = "ask", misspelt: bool = True) -> DateReadings:
    """The readings of a text that is nothing but a date, a month or a year.

    A missing year stays missing; a day alone is read as well. `date_order` decides 06/12/2024, which has two
    readings otherwise; dots stand in dates with the day first. `misspelt` allows for slips in long months.
    What was read last is remembered: a date is looked at from several sides.
    """
    if exact := iso(text):
        return DateReadings((exact,))
    text = on_one_line(text)
    if len(text) > _MAX_LENGTH:
        return DateReadings()
    plain, weekday = _without_weekday(folded(text).replace(",", " "))
    tight = re.sub(r"\s*([-/.])\s*(?=\d)", r"\1", plain)
    found = _in_figures(tight, date_order)
    if found is None:
        found = _in_words(
            _SHORT_YEAR.sub(lambda short: str(_whole_year(int(short[1]))), plain), misspelt=misspelt
        )
    return DateReadings(tuple(dict.fromkeys(found)), weekday)


def weekday_of(day: PartialDate) -> int | None:
    """The weekday of a whole date in the calendar, 0 for Monday; None for any other."""
    if day.year is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day).weekday()


def _without_weekday(plain: str) -> tuple[str, int | None]:
    words = plain.split()
    named = [word.rstrip(".") for word in words]
    weekdays = [WEEKDAYS[word] for word in named if word in WEEKDAYS]
    if len(weekdays) != 1:
        return plain, None
    kept = [word for word, name in zip(words, named, strict=True) if name not in WEEKDAYS]
    return " ".join(kept), weekdays[0]


def _in_figures(plain: str, date_order: DateOrder) -> list[PartialDate] | None:
    """The readings of a date in figures with one kind of mark between them; None if it is not one."""
    words = plain.split()
    while words and words[0] in _NO_MATTER:
        del words[0]
    text = " ".join(words)
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
        return [PartialDate(int(year), int(month), int(day) if day else None)]
    if found := _YEAR_LAST.fullmatch(text):
        one, mark, other, year = found.groups()
        whole = _whole_year(int(year)) if len(year) == 2 else int(year)
        return _both_ways(int(one), int(other), whole, order=_order(mark, date_order))
    if found := _MONTH_YEAR.fullmatch(text):
        return [PartialDate(int(found[2]), int(found[1]))]
    if found := _DAY_MONTH.fullmatch(text):
        return _both_ways(int(found[1]), int(found[3]), None, order=_order(found[2], date_order))
    return None


def _order(mark: str, date_order: DateOrder) -> DateOrder:
    return "dmy" if mark == "." and date_order == "ask" else date_order


def _both_ways(one: int, other: int, year: int | None, *, order: DateOrder) -> list[PartialDate]:
    """Day and month in the order given; in the other order as well, where it is open or must be that."""
    day_first, month_first = PartialDate(year, other, one), PartialDate(year, one, other)
    if order == "ask":
        return [day_first, month_first]
    chosen, second = (day_first, month_first) if order == "dmy" else (month_first, day_first)
    return [second] if second.in_calendar and not chosen.in_calendar else [chosen]


def _whole_year(short: int) -> int:
    return 2000 + short if short < 69 else 1900 + short


def _in_words(plain: str, *, misspelt: bool) -> list[PartialDate]:
    """The reading of a date with its month in words, of a year, or of a day alone."""
    tokens: list[tuple[str, str]] = []
    end = 0
    for found in _TOKEN.finditer(plain):
        if plain[end : found.start()].strip(" .-/"):
            return []
        end = found.end()
        if found[0] not in _NO_MATTER:
            tokens.append((found[1] or "", found[2] or ""))
    if plain[end:].strip(" .-/"):
        return []
    kinds, numbers = "", []
    for figures, word in tokens:
        kind, number = _kind(figures, word, misspelt=misspelt)
        kinds += kind
        numbers.append(number)
    parts = dict(zip(kinds, numbers, strict=True))
    if kinds in ("dmd", "mdd"):
        return [PartialDate(_whole_year(numbers[2]), parts["m"], numbers[kinds.index("d")])]
    if kinds in ("dmy", "mdy", "ymd", "ydm", "dm", "md", "my", "ym", "m", "y", "d"):
        return [PartialDate(parts.get("y"), parts.get("m"), parts.get("d"))]
    return []


def _kind(figures: str, word: str, *, misspelt: bool) -> tuple[str, int]:
    """Whether a token is a day, a month, a year or neither (`?`), and its number."""
    if figures:
        if len(figures) < 3:
            return "d", int(figures)
        return ("y", int(figures)) if len(figures) == 4 else ("?", 0)
    if word in ORDINALS:
        return "d", ORDINALS[word]
    month = MONTHS.get(word) or (_misspelt_month(word) if misspelt else None)
    return ("m", month) if month else ("?", 0)


def _misspelt_month(word: str) -> int | None:
    """The month that a word is a slip or two away from, if there is one that is nearest."""
    limit = 1 if len(word) < 7 else 2
    near = sorted((slips(word, name, limit=limit), MONTHS[name]) for name in _FULL_MONTHS)
    if len(word) < 5 or near[0][0] > limit or near[0][0] == near[1][0]:
        return None
    return near[0][1]
