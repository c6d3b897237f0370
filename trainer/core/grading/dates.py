"""Grading of dates: credit for what is right of one that is less exact, none if any part is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trainer.core.grading.date_reading import DateReadings, read_dates, weekday_of
from trainer.core.grading.telling import difference, far_too_long, joined
from trainer.core.grading.verdict import Judgement, Part, partly, right, wrong
from trainer.core.normalise import normalise
from trainer.core.partial_date import PartialDate, iso
from trainer.core.prompt import Date

if TYPE_CHECKING:
    from trainer.core.grading import DateOrder

UNREADABLE = "that is no date I can read: write it as 13 June 2024"

_PARTS = ("day", "month", "year")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CREDIT = {
    ("day",): 0.6,
    ("year",): 0.6,
    ("day", "month"): 0.3,
    ("day", "year"): 0.3,
}
"""What is left of a day when these parts are missing."""
_CREDIT_OF_A_MONTH = 0.5
_CREDIT_OF_WHAT_WAS_TOLD = 0.3
"""For a date that is right as far as it goes, but goes no further than the question."""


class _Read(NamedTuple):
    """The date that was meant, or what to ask back; `ambiguous` if it could be one of two."""

    date: PartialDate | None = None
    weekday: int | None = None
    question: str = ""
    ambiguous: bool = False


def judge_date(expected: Date, response: str, *, date_order: DateOrder) -> Judgement:
    """Grade a date part by part; only the parts that the question implies may be left out for full credit."""
    asked = iso(expected.value)
    if asked is None:
        return _as_written(expected, response)
    implied = iso(expected.implied) or PartialDate(None)
    read = _read(response, asked, implied, date_order=date_order)
    if read.ambiguous:
        return Judgement(kind="unknown", score=0.0, reason=read.question)
    if read.date is None:
        return wrong(read.question)
    return _compared(asked, read.date, implied, weekday=read.weekday)


def unclear_date(expected: Date, response: str, *, date_order: DateOrder) -> str:
    """What to ask back about a response that has no reading, or more than one; empty if it is clear."""
    asked = iso(expected.value)
    if asked is None:
        return ""
    return _read(response, asked, iso(expected.implied) or PartialDate(None), date_order=date_order).question


def are_equal_dates(one: str, other: str) -> bool:
    """Whether two texts are the same date, of the same precision, beyond doubt; a day alone is no date.

    Slips in the name of a month are overlooked only beside figures, since `Augusta` is not August.
    """
    figures = all(any(map(str.isdigit, text)) for text in (one, other))
    found = [read_dates(text, misspelt=figures) for text in (one, other)]
    if any(len(read.possible) != 1 or not _fits_weekday(read) for read in found):
        return False
    first, second = (read.possible[0] for read in found)
    return first == second and (first.month is not None or first.year is not None)


def _fits_weekday(read: DateReadings) -> bool:
    return read.weekday in (None, weekday_of(read.possible[0]))


def _as_written(expected: Date, response: str) -> Judgement:
    if far_too_long(response, (expected.answer,)):
        return wrong(UNREADABLE)
    same = normalise(response) == normalise(expected.answer)
    return right() if same else wrong(difference(response, expected.answer))


def _read(response: str, asked: PartialDate, implied: PartialDate, *, date_order: DateOrder) -> _Read:
    if response.strip() == asked.words():
        return _Read(asked)
    found = read_dates(response, date_order=date_order)
    if not found.readings:
        return _Read(question=UNREADABLE)
    if not found.possible:
        return _Read(question=_not_in_calendar(found.readings))
    # What the question tells already settles which reading was meant.
    fitting = [one for one in found.possible if _fits(one, implied)] or list(found.possible)
    if len(fitting) > 1:
        return _Read(question=_which(response, fitting), ambiguous=True)
    read = fitting[0]
    if read.day is not None and read.month is None:
        if asked.day is None and asked.month is not None and implied.year is not None:
            read = PartialDate(None, read.day)
        if not read.in_calendar or (read.day is not None and implied.month is None):
            return _Read(question=UNREADABLE)
    whole = PartialDate(
        *(theirs if ours is None else ours for ours, theirs in zip(read, implied, strict=True))
    )
    if not whole.in_calendar:
        return _Read(question=_not_in_calendar((whole,)))
    return _Read(read, found.weekday)


def _fits(read: PartialDate, implied: PartialDate) -> bool:
    return all(None in (ours, theirs) or ours == theirs for ours, theirs in zip(read, implied, strict=True))


def _not_in_calendar(readings: tuple[PartialDate, ...]) -> str:
    day_month = [one for one in readings if one.month is None or 1 <= one.month <= 12]
    if not day_month:
        return "there is no such month: write it as a word"
    first = day_month[0]
    ever = PartialDate(2000, first.month, first.day).in_calendar
    return f"there is no {(first if ever else first._replace(year=None)).words()}"


def _which(response: str, readings: list[PartialDate]) -> str:
    one, other = readings[:2]
    first = one._replace(year=None).words()
    return f"{response.strip()} can be {first} or {other.words()}: write the month as a word"


def _compared(
    asked: PartialDate, read: PartialDate, implied: PartialDate, *, weekday: int | None
) -> Judgement:
    named = dict(zip(_PARTS, zip(*(one[::-1] for one in (asked, read, implied)), strict=True), strict=True))
    states = {name: _state(*values) for name, values in named.items() if values[0] is not None}
    parts = tuple(
        Part(text=name, score=0.0 if state in ("wrong", "missing") else 1.0, note=state)
        for name, state in reversed(states.items())
    )
    known = [name for name, state in states.items() if state == "right"]
    off = [name for name, state in states.items() if state == "wrong"]
    missing = tuple(name for name, state in states.items() if state == "missing")
    beginning = f"right {joined(known)}, " if known else ""
    if off:
        return wrong(f"{beginning}wrong {joined(off)}", parts=parts)
    if missing and not any(read[2 - _PARTS.index(name)] != implied[2 - _PARTS.index(name)] for name in known):
        asked_for = f"the {joined(list(missing))} {_was(missing)} asked"
        return partly(_CREDIT_OF_WHAT_WAS_TOLD, f"no more than the question tells, {asked_for}", parts=parts)
    if missing:
        tail = "the year is missing" if missing == ("year",) else f"the {next(iter(states))} was asked"
        credit = _CREDIT[missing] if asked.day is not None else _CREDIT_OF_A_MONTH
        return partly(credit, beginning + tail, parts=parts)
    if weekday is not None and (actual := weekday_of(asked)) not in (None, weekday):
        assert actual is not None
        return right(f"right; {asked.words()} was a {_WEEKDAYS[actual]}", parts=parts)
    return right(parts=parts)


def _was(missing: tuple[str, ...]) -> str:
    return "was" if len(missing) == 1 else "were"


def _state(asked: int | None, read: int | None, implied: int | None) -> str:
    """`right`, `wrong`, `missing`, or `implied` by the question where it was left out."""
    if read is None:
        return "implied" if implied is not None else "missing"
    return "right" if read == asked else "wrong"
