"""What was predicted against what came true."""

from __future__ import annotations

import math
from collections.abc import Sequence

from trainer.core.cells import cells
from trainer.core.plot.frame import first_that_fits, framed, numbers, rows_in
from trainer.core.plot.scale import Scale
from trainer.core.plot.spans import BLANK, Line, Span, refused

_DIAGONAL = "·"
_SIZES = ((0, "∘"), (10, "○"), (100, "●"))
"""From how many on a point is drawn as what."""

_AXES: tuple[Span, ...] = (("remembered ↑ predicted →", "muted"),)
_LEGEND: tuple[Span, ...] = (
    *(("  ∘ ", "accent"), ("under 10", "plain")),
    *(("  ○ ", "accent"), ("under 100", "plain")),
    *(("  ● ", "accent"), ("more", "plain")),
)

Bin = tuple[float, float, int]
"""A chance that was predicted, the share that came true, both from 0 to 1, and of how many."""


def calibration(bins: Sequence[Bin], *, width: int, height: int) -> list[Line]:
    """Points in `height` lines (7 at least): upwards what came true, to the right what was predicted.

    On the dotted diagonal the two are the same. The axes begin at the first ten percent that are needed;
    a point's sign tells of how many it is.
    """
    shown = sorted((each for each in bins if each[2] > 0), key=lambda each: each[2])
    if words := refused(width, anything=bool(shown)):
        return words
    rows = rows_in(height)
    low = math.floor(max(0.0, min(0.9, *(min(each[:2]) for each in shown))) * 10) * 10.0
    scale = Scale(low, 100.0, 10.0 if low >= 50 else 20.0 if low else 25.0)
    names = {_row(scale, tick, rows): name for tick, name in numbers(scale, "%").items()}
    room = min(width - max(map(cells, names.values())) - 1, rows * 4)
    area: list[list[Span]] = [[BLANK] * room for _ in range(rows)]
    for column in range(room):
        area[round((1 - column / (room - 1)) * (rows - 1))][column] = (_DIAGONAL, "muted")
    for predicted, actual, count in shown:
        sign = next(sign for least, sign in reversed(_SIZES) if count >= least)
        area[_row(scale, 100 * actual, rows)][round(scale.share(100 * predicted) * (room - 1))] = (
            sign,
            "accent",
        )
    labels = [(round(scale.share(tick) * (room - 1)), name) for tick, name in numbers(scale, "%").items()]
    return framed(
        area, title=first_that_fits([_AXES + _LEGEND, _AXES], width), names=names, labels=labels, width=width
    )


def _row(scale: Scale, value: float, rows: int) -> int:
    return round((1 - scale.share(value)) * (rows - 1))
