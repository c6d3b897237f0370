"""A year as a map: a column a week, a row a weekday, a sign for how much was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from trainer.core.cells import cells, padded
from trainer.core.partial_date import MONTHS
from trainer.core.plot.scale import short
from trainer.core.plot.spans import Line, Span, cut, joined, refused
from trainer.core.wording import plural

HEAT = "·▂▄▆█"
"""Nothing, little, ... much; the roles are `heat0` to `heat4`."""

WEEKS = 53
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_STEPS = (1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 50)
_USUAL = 0.9
"""The share of days that lie below the last step but one."""
_GUTTER = 4
_BETWEEN = " · "


def heat_step(counts: Mapping[date, int]) -> int:
    """How much one step of the ramp is: a round number of which four reach nearly all days."""
    some = sorted(count for count in counts.values() if count > 0)
    if not some:
        return 1
    wanted = some[int((len(some) - 1) * _USUAL)] / 4
    power = 1
    while True:
        for step in _STEPS:
            if step * power >= wanted:
                return step * power
        power *= 10


def heat_level(count: int, step: int) -> int:
    """Which sign of the ramp a number is: 0 for nothing, up to 4."""
    return min(4, -(-count // step)) if count > 0 else 0


def heat_names(step: int) -> tuple[str, ...]:
    """What each sign of the ramp stands for, in numbers."""
    spans = [(level * step + 1, (level + 1) * step) for level in range(3)]
    between = (short(low) if low == high else f"{short(low)}–{short(high)}" for low, high in spans)
    return ("none", *between, f"{short(3 * step + 1)} and more")


def weeks(today: date, count: int) -> list[date]:
    """The Mondays of the last `count` weeks, up to the one of today."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=ago) for ago in reversed(range(count))]


def heat_map(days: Mapping[date, int], *, today: date, width: int) -> list[Line]:
    """The last year, or as many of its weeks as there is room for, up to today.

    Above the seven weekdays stand the months; below, what the signs stand for, the sum of all days, and
    that of each month. Days that are still to come are left blank.
    """
    if words := refused(width, anything=any(count > 0 for count in days.values())):
        return words
    wide = 2 if width >= _GUTTER + 2 * WEEKS else 1
    mondays = weeks(today, min(WEEKS, (width - _GUTTER) // wide))
    shown = {day: count for day, count in days.items() if mondays[0] <= day <= today}
    step = heat_step(shown)
    lines = [joined([(" " * _GUTTER + _months(mondays, wide), "muted")])]
    for weekday, name in enumerate(WEEKDAYS):
        spans: list[Span] = [(padded(name if weekday % 2 == 0 else "", _GUTTER), "muted")]
        for monday in mondays:
            day = monday + timedelta(days=weekday)
            level = heat_level(shown.get(day, 0), step)
            text = HEAT[level] if day <= today else " "
            spans += [(text, f"heat{level}"), (" " * (wide - 1), "plain")]
        lines.append(joined(spans))
    lines += _legend(step, width)
    lines += _sums(shown, width)
    return [cut(line, width) for line in lines]


def _months(mondays: list[date], wide: int) -> str:
    """The months' names, each above the first week that begins in it; the first only where it has room."""
    begins = [
        (place * wide, MONTHS[monday.month - 1][:3])
        for place, monday in enumerate(mondays)
        if place == 0 or monday.month != mondays[place - 1].month
    ]
    if len(begins) > 1 and begins[1][0] < len(begins[0][1]) + 1:
        del begins[0]
    text = ""
    for column, name in begins:
        text += " " * (column - len(text)) + name
    return text[: len(mondays) * wide]


def _legend(step: int, width: int) -> Iterator[Line]:
    parts: list[tuple[Span, Span]] = [
        ((f"{sign} ", f"heat{level}"), (name, "muted"))
        for level, (sign, name) in enumerate(zip(HEAT, heat_names(step), strict=True))
    ]
    spans: list[Span] = [(" " * _GUTTER, "plain")]
    for sign, name in parts:
        if cells("".join(text for text, _ in spans)) + len(sign[0]) + len(name[0]) > width:
            yield joined(spans)
            spans = [(" " * _GUTTER, "plain")]
        spans += [sign, name, ("  ", "plain")]
    yield joined(spans)


def _sums(shown: Mapping[date, int], width: int) -> Iterator[Line]:
    """The sum of all days, and of each month: `Jul 1,003 · Aug 1,350`."""
    active = sum(count > 0 for count in shown.values())
    total = sum(shown.values())
    yield joined([(" " * _GUTTER, "plain"), (f"{total:,} on {plural(active, 'day')}", "plain")])
    months: dict[tuple[int, int], int] = {}
    for day in sorted(shown):
        months[day.year, day.month] = months.get((day.year, day.month), 0) + shown[day]
    spans: list[Span] = []
    for (_, month), count in months.items():
        name, number = MONTHS[month - 1][:3], f" {count:,}"
        taken = cells("".join(text for text, _ in spans))
        if spans and taken + len(_BETWEEN + name + number) > width:
            yield joined(spans)
            spans = []
        spans += [(_BETWEEN if spans else " " * _GUTTER, "muted"), (name, "muted"), (number, "plain")]
    yield joined(spans)
