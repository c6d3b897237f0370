"""Calendars as iCalendar files (RFC 5545): an all-day event for each day with something due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple, TextIO

from trainer.core.visible import one_line
from trainer.core.wording import plural

_LONGEST = 75
"""Octets of a line without its end."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Load(NamedTuple):
    """What falls due on a day in one deck: how many cards, and how many of them were due before."""

    day: date
    title: str
    cards: int
    overdue: int


def write(loads: Sequence[Load], stream: TextIO, *, calendar: str, at: int) -> None:
    """Write a calendar; `loads` are in the order of their days.

    `at` is the moment of writing, in milliseconds since 1970, UTC. Events of one `calendar` have the same
    name for the same day, and a later one has a higher number: read again, it takes the place of the first.
    """
    for line in _lines(loads, calendar=calendar, at=at):
        stream.write(f"{folded(line)}\r\n")


def folded(line: str) -> str:
    """A line in parts of 75 octets (UTF-8) at most, cut between characters; later ones start with a blank."""
    if line.isascii() and len(line) <= _LONGEST:
        return line
    parts, size = [""], 0
    for sign in line:
        octets = len(sign.encode("utf-8", "replace"))
        if size + octets > _LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += octets
    return "\r\n".join(parts)


def _lines(loads: Sequence[Load], *, calendar: str, at: int) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//trainer//cards due//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield "X-WR-CALNAME:Cards to review"
    written = datetime.fromtimestamp(at // 1000, tz=UTC)
    for day, group in groupby(loads, key=lambda load: load.day):
        of_day = list(group)
        late = sum(load.overdue for load in of_day)
        told = [f"{_count(load)}: {one_line(load.title)}" for load in of_day]
        yield "BEGIN:VEVENT"
        yield f"UID:{day:%Y%m%d}-{calendar}@trainer"
        yield f"DTSTAMP:{written:%Y%m%dT%H%M%SZ}"
        yield f"LAST-MODIFIED:{written:%Y%m%dT%H%M%SZ}"
        yield f"SEQUENCE:{at // 60_000}"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        summary = f"{plural(sum(load.cards for load in of_day), 'card')} to review"
        yield f"SUMMARY:{_text(f'{summary} ({late} overdue)' if late else summary)}"
        yield f"DESCRIPTION:{_text(chr(10).join(told))}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _count(load: Load) -> str:
    return f"{load.cards} ({load.overdue} overdue)" if load.overdue else str(load.cards)


def _text(text: str) -> str:
    return text.translate(_ESCAPED)
