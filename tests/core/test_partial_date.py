from __future__ import annotations

from datetime import date

import pytest

from trainer.core.partial_date import MONTHS, PartialDate, first_of_last, in_words, iso


def test_there_are_twelve_months() -> None:
    assert (len(MONTHS), MONTHS[0], MONTHS[11]) == (12, "January", "December")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024", "2024"),
        ("2024-06", "June 2024"),
        ("2024-06-13", "13 June 2024"),
        ("2024-06-03", "3 June 2024"),
        ("2024-13", "2024-13"),
        ("2024-00-01", "2024-00-01"),
        ("2024-06-13-1", "2024-06-13-1"),
        ("spring 2024", "spring 2024"),
        ("2024-²", "2024-²"),
        ("", ""),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(text: str, words: str) -> None:
    assert in_words(text) == words


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2024-02-30", "2024-06-00", "2024-6-13", "13 June 2024", "", "0000"]
)
def test_only_days_of_the_calendar_are_read(text: str) -> None:
    assert iso(text) is None


def test_29_february_is_in_the_calendar_of_a_leap_year_and_of_no_year() -> None:
    assert PartialDate(2024, 2, 29).in_calendar and PartialDate(None, 2, 29).in_calendar
    assert not PartialDate(2023, 2, 29).in_calendar
    assert not PartialDate(2024, 0).in_calendar and not PartialDate(2024, 13).in_calendar


def test_a_date_without_a_year_is_written_without_one() -> None:
    assert PartialDate(None, 6, 13).words() == "13 June"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("1d", date(2024, 3, 31)),
        ("30d", date(2024, 3, 2)),
        ("2w", date(2024, 3, 18)),
        ("1m", date(2024, 3, 1)),
        ("12m", date(2023, 4, 1)),
        ("1y", date(2023, 4, 1)),
        ("9999y", date.min),
        ("999999w", date.min),
        ("", None),
        ("d", None),
        ("0d", None),
        ("-1d", None),
        ("1h", None),
        ("١d", None),
    ],
)
def test_the_last_so_many_days_begin_on(text: str, first: date | None) -> None:
    assert first_of_last(text, date(2024, 3, 31)) == first
