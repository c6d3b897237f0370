from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.asked_date import tells_date, tells_when
from trainer.core.partial_date import MONTHS, in_words

DAYS = st.builds("{}-{:02}-{:02}".format, st.integers(1900, 2030), st.integers(1, 12), st.integers(1, 28))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("On June 14, 2024: a reply", "2024-06-14"),
        ("a note dated 2024-06-13", "2024-06-13"),
        ("recalled on 13 June", "2024-06-13"),
        ("recalled on the 13th of June", "2024-06-13"),
        ("recalled on 13 Jun.", "2024-06-13"),
        ("13.6. it was", "2024-06-13"),
        ("06/13/2024", "2024-06-13"),
        ("the Feb 2024 session", "2024-02"),
        ("in Sept. of that year", "2024-09"),
        ("it was May", "2024-05"),
        ("March 2024: a session", "2024-03"),
        ("the year 2024", "2024"),
        ("on 2024-06-13", "2024-06"),
        ("in 2024-06", "2024"),
    ],
)
def test_a_date_is_told_in_any_usual_writing(text: str, date: str) -> None:
    assert tells_date(text, date)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("in June 2024", "2024-06-13"),
        ("on 3 June", "2024-06-13"),
        ("on 13 June", "2024-06-03"),
        ("113 June or June 130", "2024-06-13"),
        ("they may", "2024-05"),
        ("the Mayor", "2024-05"),
        ("March on the capital", "2024-03"),
        ("Decorated", "2024-12"),
        ("12024 or 20245", "2024"),
        ("", "2024"),
    ],
)
def test_what_only_looks_like_it_is_not_told(text: str, date: str) -> None:
    assert not tells_date(text, date)


@pytest.mark.parametrize(
    "text", ["A note of 12 May", "in 1991", "It was in March", "May 3: a note", "on 2 Dec."]
)
def test_a_line_tells_when_it_was(text: str) -> None:
    assert tells_when(text)


@pytest.mark.parametrize(
    "text", ["March on Rome", "The march", "The mayor may", "2 notes", "", "Augustus falls"]
)
def test_a_line_does_not_tell_when_it_was(text: str) -> None:
    assert not tells_when(text)


@given(DAYS, st.sampled_from(["{}", "It was on {}.", "({})"]))
def test_a_day_in_words_is_always_told(day: str, around: str) -> None:
    year, month, number = day.split("-")
    for written in (in_words(day), day, f"{MONTHS[int(month) - 1]} {int(number)}, {year}"):
        assert tells_date(around.format(written), day)
        assert tells_when(around.format(written))
