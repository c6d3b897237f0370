"""What falls due, as a calendar."""

from __future__ import annotations

import os
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.formats.calendar import Load, folded, write

icalendar = pytest.importorskip("icalendar")

DAY = date(2024, 6, 13)
LOADS = (
    Load(DAY, "Armenia; the CSTO, and \\ more", 12, 5),
    Load(DAY, "Слова " * 20, 1, 0),
    Load(DAY + timedelta(days=1), "One\r\nBEGIN:VEVENT", 1, 0),
)
AT = 1_718_280_000_000


def calendar(*loads: Load, at: int = AT) -> str:
    stream = StringIO(newline="")
    write(loads, stream, calendar="0123456789abcdef", at=at)
    return stream.getvalue()


def events(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_a_calendar_is_written_as_it_was_before() -> None:
    path = Path(__file__).parent / "golden" / "due.ics"
    if os.environ.get("GOLDEN") == "new":
        path.write_bytes(calendar(*LOADS).encode())
    assert calendar(*LOADS).encode() == path.read_bytes()


def test_each_day_is_an_event_of_all_day_with_the_number_of_cards() -> None:
    first, second = events(calendar(*LOADS))
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (DAY, DAY + timedelta(days=1))
    assert str(first["SUMMARY"]) == "13 cards to review (5 overdue)"
    assert str(first["DESCRIPTION"]).split("\n") == [
        "12 (5 overdue): Armenia; the CSTO, and \\ more",
        "1: " + ("Слова " * 20).strip(),
    ]
    assert str(second["SUMMARY"]) == "1 card to review"
    assert str(second["DESCRIPTION"]) == "1: One BEGIN:VEVENT"


def test_a_second_calendar_takes_the_place_of_the_first() -> None:
    before, after = (events(calendar(LOADS[0], at=AT + later)) for later in (0, 3_600_000))
    assert before[0]["UID"] == after[0]["UID"]
    assert before[0]["SEQUENCE"] < after[0]["SEQUENCE"]
    assert before[0].decoded("DTSTAMP") < after[0].decoded("DTSTAMP")


def test_every_line_ends_with_crlf_and_is_short_enough() -> None:
    text = calendar(*LOADS)
    assert text.count("\n") == text.count("\r\n") == len(text.split("\r\n")) - 1
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=300))
def test_a_folded_line_unfolds_to_what_it_was(line: str) -> None:
    parts = folded(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join((parts[0], *(part.removeprefix(" ") for part in parts[1:]))) == line
