"""Asking for a date: in which form, as told by the question, and among which others in a choice."""

from __future__ import annotations

import re
from itertools import islice

from trainer.core.answers import as_choice
from trainer.core.grading.date_reading import read_dates, weekday_of
from trainer.core.near import near_dates
from trainer.core.normalise import normalise
from trainer.core.partial_date import MONTHS, PartialDate, iso
from trainer.core.prompt import Choose, Date, TypeIn

DATE_HINT = "dates look like 2024, 2024-06, 2024-06-13 or 13 June 2024"

_MONTH_NAMES = tuple(rf"{name[:3]}(?:{name[3:]}\b|t?\.?(?!\w))" if name[3:] else name for name in MONTHS)
"""Each month as a pattern: its name, or the beginning of it."""

_NEAR = 12
"""Dates near by that are kept; a choice draws three of them."""


def wrong_date(text: str) -> str:
    """What keeps a text from being one date of the calendar with its year; empty if nothing does."""
    found = read_dates(text, misspelt=False)
    if not found.readings:
        return f"{text!r} is not a date"
    if not found.possible:
        return f"{text!r} is not in the calendar"
    if len(found.possible) > 1:
        return f"{text!r} can be {' or '.join(one.words() for one in found.possible)}"
    if found.possible[0].year is None:
        return f"{text!r} has no year"
    if found.weekday not in (None, weekday_of(found.possible[0])):
        return f"{text!r} was another day of the week"
    return ""


def one_date(text: str) -> PartialDate:
    """The date that a text names in which nothing is wrong."""
    (found,) = read_dates(text, misspelt=False).possible
    return found


def asked_date(question: str, text: str) -> tuple[TypeIn, tuple[Choose, ...]]:
    """The form in which a question takes a date, and the choice among dates near by, if there is one.

    What the question tells of the date, its year or its month and year, need not be typed.
    """
    asked = one_date(text)
    tells_year = asked.month is not None and _mentions(question, iso_of(asked._replace(month=None, day=None)))
    tells_month = asked.month is not None and _mentions(question, MONTHS[asked.month - 1])
    implied = PartialDate(asked.year, asked.month if tells_month and asked.day else None)
    form = TypeIn(expected=Date(value=iso_of(asked), implied=iso_of(implied) if tells_year else ""))
    others = (other.words() for other in near_dates(asked, same_year=tells_year, same_month=tells_month))
    told = f" {normalise(question)} "
    # A day in words has no more than letters and digits: it is normalised in small letters.
    near = islice((other for other in others if f" {other.lower()} " not in told), _NEAR)
    return form, as_choice(form.answer, tuple(near))


def tells_date(text: str, value: str) -> bool:
    """Whether a text tells the date, `2024`, `2024-06` or `2024-06-13`, in any usual writing.

    Of a day, its month and year alone do not tell it.
    """
    found = iso(value)
    assert found is not None
    # A pattern a date is costly to make: mostly the digits are not there at all.
    if value in text and re.search(rf"(?<!\d){value}(?!\d)", text):
        return True
    if found.month is None:
        return False
    month = _MONTH_NAMES[found.month - 1]
    if found.day is None:
        return re.search(rf"(?<!^)\b{month}\b|^{month}\W+\d", text) is not None
    if str(found.day) not in text:
        return False
    day, number = f"0?{found.day}(?:st|nd|rd|th)?", f"0?{found.month}"
    before = rf"(?<!\d)(?:{day}\.? (?:of )?{month}\b|{day}[./]{number}(?!\d)|{number}/{day}(?!\d))"
    return re.search(rf"{before}|\b{month} {day}(?!\d)", text) is not None


def tells_when(text: str) -> bool:
    """Whether a text tells a date of any kind: a year, a month, a day."""
    any_month = "|".join(_MONTH_NAMES)
    return (
        re.search(rf"(?<!\d)(?:1\d|20)\d\d(?!\d)|(?<!^)\b(?:{any_month})\b|^(?:{any_month})\W+\d", text)
        is not None
    )


def iso_of(day: PartialDate) -> str:
    """`2024`, `2024-06` or `2024-06-13`."""
    widths = (4, 2, 2)
    return "-".join(f"{part:0{width}}" for part, width in zip(day, widths, strict=True) if part is not None)


def _mentions(question: str, word: str) -> bool:
    """Whether the question has a word of its own, in this very spelling: `may` is not May."""
    return word in question and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", question) is not None
