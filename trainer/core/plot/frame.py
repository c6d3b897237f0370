"""The frame around a plot: what it counts above it, numbers at its left, an axis and labels below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.core.cells import cells, padded
from trainer.core.plot.scale import Scale, short, thinned, written
from trainer.core.plot.spans import Line, Span, cut, joined

_OVERHEAD = 3
"""Lines for the title, the axis and its labels."""
_FEWEST_ROWS = 2


def rows_in(height: int) -> int:
    """The rows for the plot itself, in a frame of `height` lines."""
    return max(_FEWEST_ROWS, height - _OVERHEAD)


def numbers(scale: Scale, unit: str = "") -> dict[float, str]:
    """What is written at the ticks of an axis; only percent are written behind each number."""
    return {tick: short(tick) + (" %" if unit == "%" else "") for tick in scale.ticks()}


def gutter(names: Mapping[float, str]) -> int:
    """The cells that the numbers at the left take, with the axis."""
    return max(map(cells, names.values()), default=0) + 1


def first_that_fits(titles: Sequence[Sequence[Span]], width: int) -> Sequence[Span]:
    """The first of several titles that has room, or the last."""
    fitting = (title for title in titles if cells("".join(text for text, _ in title)) <= width)
    return next(fitting, titles[-1])


def framed(
    area: Sequence[Sequence[Span]],
    *,
    title: Sequence[Span],
    names: Mapping[int, str],
    labels: Sequence[tuple[int, str]],
    width: int,
    marks: Mapping[int, Span] | None = None,
) -> list[Line]:
    """A plot in its frame.

    `area` are its rows from the top, `names` what is written at their left (row `len(area)` is the axis),
    `labels` what stands below columns; `marks` stand in the axis at columns.
    """
    wide = max(map(cells, names.values()), default=0)
    room = width - wide - 1
    placed = thinned(labels, room)
    marks = {label.column: ("┬", "muted") for label in placed} | dict(marks or {})
    across = max([cells("".join(text for text, _ in row)) for row in area] + [column + 1 for column in marks])
    lines = [joined(title)]
    for number, row in enumerate(area):
        name = names.get(number, "")
        lines.append(joined([(padded(name, wide, right=True) + ("┤" if name else "│"), "muted"), *row]))
    axis: list[Span] = [marks.get(column, ("─", "muted")) for column in range(across)]
    lines.append(joined([(padded(names.get(len(area), ""), wide, right=True) + "└", "muted"), *axis]))
    lines.append(joined([(" " * (wide + 1) + written(placed), "muted")]))
    return [cut(line, width) for line in lines]
