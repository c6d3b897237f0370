from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.near import near_dates, near_numbers
from trainer.core.partial_date import PartialDate

DAYS = st.dates().map(lambda day: PartialDate(day.year, day.month, day.day))
MONTHS = st.dates().map(lambda day: PartialDate(day.year, day.month))
YEARS = st.integers(1, 9999).map(PartialDate)


def day(text: str) -> PartialDate:
    found = date.fromisoformat(text)
    return PartialDate(found.year, found.month, found.day)


# Dates


@given(DAYS | MONTHS | YEARS)
def test_near_dates_are_of_the_calendar_and_of_the_same_precision(asked: PartialDate) -> None:
    others = [*near_dates(asked)]
    assert len(others) >= 4
    assert len({*others, asked}) == len(others) + 1
    for other in others:
        assert other.in_calendar
        assert [part is None for part in other] == [part is None for part in asked]


@given(DAYS | MONTHS)
def test_near_dates_keep_to_what_the_question_tells(asked: PartialDate) -> None:
    assert all(other.year == asked.year for other in near_dates(asked, same_year=True))
    assert all(other.month == asked.month for other in near_dates(asked, same_month=True))
    assert len([*near_dates(asked, same_year=True)]) >= 3
    assert len([*near_dates(asked, same_month=True)]) >= 3


def test_the_nearest_dates_come_first() -> None:
    assert [other.day for other in [*near_dates(day("2024-06-13"))][:4]] == [12, 14, 11, 15]
    assert [*near_dates(PartialDate(2024, 12))][:2] == [PartialDate(2024, 11), PartialDate(2025, 1)]
    assert [*near_dates(PartialDate(2024))][:2] == [PartialDate(2023), PartialDate(2025)]
    within = near_dates(day("2024-06-01"), same_year=True, same_month=True)
    assert [other.day for other in within] == [2, 3, 4, 5, 8]


@pytest.mark.parametrize(("asked", "nearest"), [("0001-01-01", "0001-01-02"), ("9999-12-31", "9999-12-30")])
def test_no_date_is_before_the_first_or_after_the_last(asked: str, nearest: str) -> None:
    assert next(near_dates(day(asked))) == day(nearest)


# Numbers


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("$598,000", ["$498,000", "$698,000", "$398,000"]),
        ("1,200", ["1,100", "1,300", "1,000"]),
        ("998,000", ["898,000", "1,098,000", "798,000"]),
        ("10 000 km", ["9 000 km", "11 000 km", "8 000 km"]),
        ("12’000", ["11’000", "13’000", "10’000"]),
        ("598 thousand", ["498 thousand", "698 thousand", "398 thousand"]),
        ("66%", ["56%", "76%", "46%"]),
        ("25", ["23", "27", "21"]),
        ("20", ["19", "21", "18"]),
        ("6", ["5", "7", "4"]),
        ("1", ["2", "3", "4"]),
        ("0", ["1", "2", "3"]),
        ("1.5", ["1.4", "1.6", "1.3"]),
        ("0.1", ["0.2", "0.3", "0.4"]),
        ("0.0", ["0.1", "0.2", "0.3"]),
        ("-40 °", ["-30 °", "-50 °", "-20 °"]),
    ],
)
def test_near_numbers_are_written_like_the_number(text: str, others: list[str]) -> None:
    assert list(near_numbers(text)[:3]) == others
    assert len(near_numbers(text)) >= 4


@pytest.mark.parametrize(
    "text", ["", "six", "12 or 13", "1.234,5", "3,5", "007", ".5", "1" * 16, "1,2345", "1,234 567", "٣"]
)
def test_a_number_written_in_another_way_has_none_near_by(text: str) -> None:
    assert near_numbers(text) == ()


@given(st.integers(0, 10**14), st.integers(0, 1))
def test_near_numbers_are_positive_and_never_the_number_itself(number: int, places: int) -> None:
    text = f"{number / 10**places:,.{places}f}"
    others = near_numbers(text)
    assert len({*others, text}) == len(others) + 1
    assert all(float(other.replace(",", "")) > 0 for other in others)


def test_one_of_several_is_not_offered() -> None:
    assert near_numbers("3 years") == ("2 years", "4 years", "5 years", "6 years", "7 years")
    assert "1 km" in near_numbers("2 km")
    assert "21 years" in near_numbers("20 years")
