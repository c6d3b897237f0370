"""Values along time as lines of braille dots, against the value that is aimed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from trainer.core.cells import cells
from trainer.core.plot.frame import first_that_fits, framed, numbers, rows_in
from trainer.core.plot.scale import Scale, around, sane, short
from trainer.core.plot.spans import BLANK, Line, Span, refused

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bits of the dots of a braille cell, by column and row from the top (Unicode, Braille Patterns)."""
_DASH = "┄"
_DASH_EVERY = 3
"""Columns in which the desired is drawn over lines that run along it."""
_MARK_EVERY = 4
"""Cells that marks of a line are apart, at least."""

Point = tuple[str, float | None]
"""What stands below a value, and the value, None where there is none."""


class Series(NamedTuple):
    """A line: its name, a value or None for each label, and the mark that tells it apart."""

    name: str
    values: tuple[float | None, ...]
    mark: str = "●"
    role: str = "accent"


def line(
    points: Sequence[Point],
    *,
    width: int,
    height: int,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    unit: str = "",
    name: str = "",
) -> list[Line]:
    """Values in their order as a line with a name in `height` lines; see `lines`."""
    one = Series(name, tuple(value for _, value in points))
    labels = [label for label, _ in points]
    return lines(
        [one],
        labels=labels,
        width=width,
        height=height,
        low=low,
        high=high,
        target=target,
        unit=unit,
    )


def lines(
    series: Sequence[Series],
    *,
    labels: Sequence[str],
    width: int,
    height: int,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    unit: str = "",
) -> list[Line]:
    """Several lines over one axis, in `height` lines (5 at least); the first one tells unit and marks.

    A line is broken where a value is missing. The axis goes from `low` to `high`, or as far as it must;
    what is desired, the `target`, is drawn across as dashes.
    """
    known = [sane(value) for each in series for value in each.values if value is not None]
    if words := refused(width, anything=bool(known)):
        return words
    rows = rows_in(height)
    scale = around(known + ([] if target is None else [target]), rows=rows, low=low, high=high)
    names = {_row(scale, tick, rows): name for tick, name in numbers(scale, unit).items()}
    aim = None if target is None else _row(scale, target, rows)
    if aim is not None and target is not None:
        names[aim] = numbers(Scale(target, target, target or 1.0), unit).get(target, short(target))
    room = width - max(map(cells, names.values())) - 1
    area: list[list[Span]] = [[(_DASH, "good") if row == aim else BLANK] * room for row in range(rows)]
    for number, each in enumerate(series):
        _draw(area, each, scale, shift=number * _MARK_EVERY // 2)
    if aim is not None:
        for column in range(0, room, _DASH_EVERY):
            if area[aim][column][0] not in {each.mark for each in series}:
                area[aim][column] = (_DASH, "good")
    places = [_column(place, len(labels), room) for place in range(len(labels))]
    aims = [""] if aim is None else [f"desired {names[aim]}", names[aim]]
    title = first_that_fits([_title(series, unit, each) for each in aims], width)
    return framed(area, title=title, names=names, labels=list(zip(places, labels, strict=True)), width=width)


def _title(series: Sequence[Series], unit: str, aim: str) -> list[Span]:
    parts: list[list[Span]] = [
        [(f"{each.mark} ", each.role), (each.name, "plain")] for each in series if each.name
    ]
    if aim:
        parts.append([(f"{_DASH} ", "good"), (aim, "plain")])
    if unit != "%" or not parts:
        parts.insert(0, [(unit, "muted")])
    return [
        span for number, part in enumerate(parts) for span in ([("  ", "plain")] if number else []) + part
    ]


def _row(scale: Scale, value: float, rows: int) -> int:
    """The row of a value, from the top."""
    return _dot(scale, value, rows) // 4


def _dot(scale: Scale, value: float, rows: int) -> int:
    return round((1 - scale.share(value)) * (rows * 4 - 1))


def _column(place: int, count: int, room: int) -> int:
    """The column of a value; all of them take the whole width, one alone its middle."""
    return _across(place, count, room) // 2


def _across(place: int, count: int, room: int) -> int:
    return room if count < 2 else round(place * (room * 2 - 1) / (count - 1))


def _draw(area: list[list[Span]], series: Series, scale: Scale, *, shift: int) -> None:
    """Draw a line into an area, and marks on it: where a value stands alone, and else where there is room."""
    rows, room, count = len(area), len(area[0]), len(series.values)
    bits: dict[tuple[int, int], int] = {}
    marks: set[tuple[int, int]] = set()
    last = -_MARK_EVERY - shift
    for known, run in groupby(enumerate(series.values), key=lambda each: each[1] is not None):
        if not known:
            continue
        dots = [(_across(place, count, room), _dot(scale, sane(value or 0.0), rows)) for place, value in run]
        for x, y in _joined(dots):
            bits[x // 2, y // 4] = bits.get((x // 2, y // 4), 0) | _DOTS[x % 2][y % 4]
        for x, y in dots:
            if len(dots) == 1 or x // 2 >= last + _MARK_EVERY:
                marks.add((x // 2, y // 4))
                last = x // 2
    for (x, y), found in bits.items():
        area[y][x] = (chr(_BRAILLE + found), series.role)
    for x, y in marks:
        area[y][x] = (series.mark, series.role)


def _joined(dots: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The dots of the straight lines from each dot to the next."""
    yield dots[0]
    for (x, y), (to_x, to_y) in pairwise(dots):
        steps = max(1, abs(to_x - x), abs(to_y - y))
        for step in range(1, steps + 1):
            yield x + round((to_x - x) * step / steps), y + round((to_y - y) * step / steps)
