"""What could be mistaken for a date or a number: others near by, written as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from trainer.core.partial_date import PartialDate

_STEPS = (-1, 1, -2, 2, -3, 3, -4, 4)
_LAST_DAY = date.max.toordinal()

_GROUPS = ",’'\u00a0\u202f "
_WRITTEN = re.compile(
    rf"(?:\d+|\d{{1,3}}(?:(?P<group>[{_GROUPS}])\d{{3}}(?:(?P=group)\d{{3}})*))(?:\.\d+)?", re.A
)
_DIGITS = re.compile(r"\d(?:.*\d)?", re.A | re.S)
_ONE_OF_MANY = re.compile(r"(?<![\d.,])1 [^\W\d_]+s\b")
"""`1 years`: an option that nobody would write."""
_MOST_DIGITS = 15
_COUNTED = 20
"""Up to here a whole number is taken for a count, of which the next ones are near."""


def near_dates(
    asked: PartialDate, *, same_year: bool = False, same_month: bool = False
) -> Iterator[PartialDate]:
    """Other dates of the same precision, none of them a part of `asked` or the other way round.

    `same_year` and `same_month` keep to the year or the month of `asked`, where a question tells it. Each is
    found when it is asked for.
    """
    found = {asked}
    for other in _dates_around(asked):
        if (
            other not in found
            and (not same_year or other.year == asked.year)
            and (not same_month or other.month == asked.month)
            and other.in_calendar
        ):
            found.add(other)
            yield other


def near_numbers(text: str) -> tuple[str, ...]:
    """The text with other numbers instead of the one in it, none of them zero or of another sign.

    `$598,000` gives `$498,000`, `$698,000` and more of the kind. Nothing comes of a text with several
    numbers, with none in digits, or with one written in a way that is not understood.
    """
    outer = _DIGITS.search(text)
    written = _WRITTEN.fullmatch(outer[0]) if outer else None
    if outer is None or written is None or text[: outer.start()].endswith((".", ",")):
        return ()
    group = written["group"] or ""
    digits = written[0].replace(group, "") if group else written[0]
    if len(digits) > _MOST_DIGITS or (digits[0] == "0" and digits[1:2].isdigit()):
        return ()
    places = len(digits.partition(".")[2])
    value = int(digits.replace(".", ""))
    step = _step(value, places)
    others = (value + steps * step for steps in _STEPS)
    shown = (_written(other, places).replace(",", group) for other in others if other > 0)
    made = (text[: outer.start()] + each + text[outer.end() :] for each in shown)
    return tuple(each for each in made if not _ONE_OF_MANY.search(each))


def _step(value: int, places: int) -> int:
    """A tenth to a third of a number, in round figures; 1 for a count. Both in units of its last place."""
    if value == 0 or (places == 0 and value <= _COUNTED):
        return 1
    digits = str(value)
    first = int(digits[0])
    size: int = 10 ** (len(digits) - 1)
    return size if first > 2 else max(first * size // 10, 1)


def _written(value: int, places: int) -> str:
    """A number in units of its last place, with commas between the thousands."""
    if not places:
        return f"{value:,}"
    whole, part = divmod(value, 10**places)
    return f"{whole:,}.{part:0{places}}"


def _dates_around(asked: PartialDate) -> Iterator[PartialDate]:
    year, month, day = asked
    assert year is not None
    if day is not None and month is not None:
        ordinal = date(year, month, day).toordinal()
        for days in (*_STEPS, -7, 7):
            if 1 <= ordinal + days <= _LAST_DAY:
                other = date.fromordinal(ordinal + days)
                yield PartialDate(other.year, other.month, other.day)
    if month is not None:
        for months in _STEPS:
            years, index = divmod(month - 1 + months, 12)
            yield PartialDate(year + years, index + 1, day)
    for years in _STEPS:
        yield PartialDate(year + years, month, day)
