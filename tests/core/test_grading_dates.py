from __future__ import annotations

import pytest

from trainer.core.grading import DateOrder, grade, unclear
from trainer.core.grading.date_reading import read_dates, weekday_of
from trainer.core.grading.dates import are_equal_dates
from trainer.core.partial_date import PartialDate
from trainer.core.prompt import Date, Text, TypeIn

DAY = TypeIn(expected=Date(value="2024-06-13"))
DAY_OF_MONTH = TypeIn(expected=Date(value="2024-06-13", implied="2024-06"))
DAY_OF_YEAR = TypeIn(expected=Date(value="2024-06-13", implied="2024"))
MONTH = TypeIn(expected=Date(value="2024-06"))
MONTH_OF_YEAR = TypeIn(expected=Date(value="2024-06", implied="2024"))
YEAR = TypeIn(expected=Date(value="2024"))
UNREADABLE = "that is no date I can read: write it as 13 June 2024"


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-13",
        "2024/06/13",
        "2024.6.13",
        "2024 - 06 - 13",
        "13 June 2024",
        "13th of June, 2024",
        "the 13th of June 2024",
        "June 13 2024",
        "June 13th, 2024",
        "Jun. 13, 2024",
        "13 Jun '24",
        "13 Jun ’24",
        "13 Jun 24",
        "Jun 13 24",
        "13june2024",
        "13-Jun-2024",
        "Thursday 13 June 2024",
        "Thu, 13 June 2024",
        "13.06.2024",
        "13/06/2024",
        "06/13/2024",
        "13-6-2024",
        "13/06/24",
        "2024 June 13",
        "2024, 13 June",
        "thirteenth of June 2024",
        "on 13 June 2024.",
        "13 JÚNE 2024",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_dates(text).possible == (PartialDate(2024, 6, 13),)
    assert grade(DAY, text).kind == "right"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("June 2024", PartialDate(2024, 6)),
        ("06/2024", PartialDate(2024, 6)),
        ("2024-06", PartialDate(2024, 6)),
        ("2024", PartialDate(2024)),
        ("in 2024", PartialDate(2024)),
        ("13 June", PartialDate(None, 6, 13)),
        ("13.06", PartialDate(None, 6, 13)),
        ("June", PartialDate(None, 6)),
        ("13", PartialDate(None, None, 13)),
        ("13 Jun '84", PartialDate(1984, 6, 13)),
        ("13 Jun '68", PartialDate(2068, 6, 13)),
        ("Febuary 2024", PartialDate(2024, 2)),
        ("Janurary 2024", PartialDate(2024, 1)),
        ("Setember 2024", PartialDate(2024, 9)),
        ("Augst 2024", PartialDate(2024, 8)),
        ("Marhc 2024", PartialDate(2024, 3)),
    ],
)
def test_parts_that_are_missing_stay_missing(text: str, date: PartialDate) -> None:
    assert read_dates(text).possible == (date,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "whatever",
        "not 13 June 2024",
        "13-14 June 2024",
        "13 June or July 2024",
        "123",
        "12345",
        "Jult 2024",
        "deovember 2024",
        "13 June 2024 x",
        "x" * 100,
        "13 (June",
        "20246",
        "June June",
        "13/06/2024/1",
        "13%",
        "Juny 2024",
        "Fri",
        "1990s",
        "13 June 2024 +",
    ],
)
def test_what_is_not_one_date_is_not_read(text: str) -> None:
    assert read_dates(text).readings == ()
    assert grade(DAY, text or "?").score == 0


def test_slips_in_months_are_read_only_if_allowed() -> None:
    assert read_dates("Febuary", misspelt=False).readings == ()


@pytest.mark.parametrize(
    ("order", "text", "dates"),
    [
        ("ask", "06/12/2024", {(2024, 12, 6), (2024, 6, 12)}),
        ("dmy", "06/12/2024", {(2024, 12, 6)}),
        ("mdy", "06/12/2024", {(2024, 6, 12)}),
        ("mdy", "13/06/2024", {(2024, 6, 13)}),
        ("dmy", "06/13/2024", {(2024, 6, 13)}),
        ("ask", "06.12.2024", {(2024, 12, 6)}),
        ("mdy", "06.12.2024", {(2024, 6, 12)}),
        ("ask", "06/06/2024", {(2024, 6, 6)}),
        ("ask", "6/12", {(None, 12, 6), (None, 6, 12)}),
        ("ask", "12/0/2024", set()),
    ],
)
def test_the_order_of_day_and_month_is_asked_or_set(
    order: DateOrder, text: str, dates: set[tuple[int | None, int, int]]
) -> None:
    assert set(read_dates(text, date_order=order).possible) == dates


GRADED = [
    (DAY, "June 2024", 0.6, "right month and year, the day was asked"),
    (DAY, "13 June", 0.6, "right day and month, the year is missing"),
    (DAY, "2024", 0.3, "right year, the day was asked"),
    (DAY, "June", 0.3, "right month, the day was asked"),
    (DAY, "12 June 2024", 0.0, "right month and year, wrong day"),
    (DAY, "13 July 2024", 0.0, "right day and year, wrong month"),
    (DAY, "13 June 2023", 0.0, "right day and month, wrong year"),
    (DAY, "14 May 2023", 0.0, "wrong day, month and year"),
    (DAY, "May 2024", 0.0, "right year, wrong month"),
    (DAY, "13", 0.0, UNREADABLE),
    (DAY, "Friday 13 June 2024", 1.0, "right; 13 June 2024 was a Thursday"),
    (DAY, "31 February 2024", 0.0, "there is no 31 February"),
    (DAY, "29 February 2023", 0.0, "there is no 29 February 2023"),
    (DAY, "13/13/2024", 0.0, "there is no such month: write it as a word"),
    (DAY_OF_YEAR, "13 June", 1.0, "right"),
    (DAY_OF_YEAR, "13 June 2024", 1.0, "right"),
    (DAY_OF_YEAR, "13 June 2023", 0.0, "right day and month, wrong year"),
    (DAY_OF_YEAR, "June", 0.6, "right month, the day was asked"),
    (DAY_OF_YEAR, "2024", 0.3, "no more than the question tells, the day and month were asked"),
    (DAY_OF_YEAR, "29 Feb", 0.0, "wrong day and month"),
    (DAY_OF_MONTH, "13", 1.0, "right"),
    (DAY_OF_MONTH, "the 13th", 1.0, "right"),
    (DAY_OF_MONTH, "12", 0.0, "wrong day"),
    (DAY_OF_MONTH, "13 July", 0.0, "right day, wrong month"),
    (DAY_OF_MONTH, "June", 0.3, "no more than the question tells, the day was asked"),
    (DAY_OF_MONTH, "31", 0.0, "there is no 31 June"),
    (DAY_OF_MONTH, "45", 0.0, "there is no 45"),
    (MONTH, "June 2024", 1.0, "right"),
    (MONTH, "13 June 2024", 1.0, "right"),
    (MONTH, "2024", 0.5, "right year, the month was asked"),
    (MONTH, "June", 0.5, "right month, the year is missing"),
    (MONTH, "May 2024", 0.0, "right year, wrong month"),
    (MONTH, "6", 0.0, UNREADABLE),
    (MONTH_OF_YEAR, "June", 1.0, "right"),
    (MONTH_OF_YEAR, "6", 1.0, "right"),
    (MONTH_OF_YEAR, "7", 0.0, "wrong month"),
    (MONTH_OF_YEAR, "13", 0.0, UNREADABLE),
    (MONTH_OF_YEAR, "2024", 0.3, "no more than the question tells, the month was asked"),
    (YEAR, "2024", 1.0, "right"),
    (YEAR, "June 2024", 1.0, "right"),
    (YEAR, "2025", 0.0, "wrong year"),
    (YEAR, "13 June", 0.3, "no more than the question tells, the year was asked"),
    (YEAR, "24", 0.0, UNREADABLE),
]


@pytest.mark.parametrize(("form", "response", "score", "reason"), GRADED)
def test_a_date_is_graded_part_by_part(form: TypeIn, response: str, score: float, reason: str) -> None:
    verdict = grade(form, response)
    assert (verdict.score, verdict.reason) == (score, reason)
    assert verdict.kind == {1.0: "right", 0.0: "wrong"}.get(score, "partial")


def test_the_parts_say_what_was_right() -> None:
    parts = grade(DAY_OF_YEAR, "12 June").parts
    assert [(part.text, part.score, part.note) for part in parts] == [
        ("year", 1.0, "implied"),
        ("month", 1.0, "right"),
        ("day", 0.0, "wrong"),
    ]
    assert [part.note for part in grade(DAY, "2024").parts] == ["right", "missing", "missing"]


def test_a_date_of_two_readings_is_asked_back_and_worth_nothing() -> None:
    question = "06/12/2024 can be 6 December or 12 June 2024: write the month as a word"
    assert unclear(DAY, "06/12/2024") == question
    verdict = grade(DAY, "06/12/2024")
    assert (verdict.kind, verdict.score, verdict.reason) == ("unknown", 0.0, question)
    assert unclear(DAY, "06/12/2024", date_order="mdy") == ""
    assert grade(TypeIn(expected=Date(value="2024-06-12")), "06/12/2024", date_order="mdy").kind == "right"


def test_the_question_settles_which_of_two_readings_was_meant() -> None:
    form = TypeIn(expected=Date(value="2024-06-12", implied="2024-06"))
    assert unclear(form, "06/12/2024") == ""
    assert grade(form, "06/12/2024").kind == "right"
    assert unclear(form, "07/12/2024") != ""


def test_what_is_no_date_is_asked_back() -> None:
    assert unclear(DAY, "whatever") == UNREADABLE
    assert unclear(DAY, "30 February") == "there is no 30 February"
    assert unclear(DAY, "13 June 2024") == ""
    assert unclear(DAY, "") == ""
    assert unclear(TypeIn(expected=Text(answers=("x",))), "06/12/2024") == ""


def test_a_value_that_is_no_date_is_compared_as_written() -> None:
    form = TypeIn(expected=Date(value="the 1990s"))
    assert grade(form, "1990s").kind == "right"
    assert grade(form, "1980s").kind == "wrong"
    assert grade(form, "x" * 9000).kind == "wrong"
    assert unclear(form, "1980s") == ""


def test_dates_are_equal_beyond_doubt_only() -> None:
    assert are_equal_dates("August", "Aug")
    assert are_equal_dates("12 Augst", "Aug 12")
    assert not are_equal_dates("August", "Augusta")
    assert not are_equal_dates("06/12/2024", "6 December 2024")
    assert not are_equal_dates("12", "12")


def test_only_a_whole_date_has_a_weekday() -> None:
    assert weekday_of(PartialDate(2024, 6, 13)) == 3
    assert weekday_of(PartialDate(2024, 6)) is None
    assert read_dates("Thursday 13 June").weekday == 3
    assert read_dates("Thu Fri 13 June").readings == ()
