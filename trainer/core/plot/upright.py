"""Bars that stand beside each other, with eighth blocks: amounts along time, and histograms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from trainer.core.plot.frame import framed, gutter, numbers, rows_in
from trainer.core.plot.scale import Scale, sane, short, upwards
from trainer.core.plot.spans import Line, Span, refused
from trainer.core.statistics import Histogram

EIGHTHS = " ▁▂▃▄▅▆▇█"

_LONG_UNITS = {"s": "seconds"}
_YEAR = 365
_WIDEST = 8
_THICKEST = 4


class Bar(NamedTuple):
    """An amount of at least 0, and what stands below it; nothing where `label` is empty."""

    label: str
    value: float
    role: str = "accent"


def bars(values: Sequence[Bar], *, width: int, height: int, unit: str = "") -> list[Line]:
    """Amounts as upright bars in `height` lines (5 at least), over an axis with as many labels as have room.

    Where there are more bars than columns, neighbours are put together, and their mean is drawn: the first
    line, which tells the unit, tells that as well. Percent are written at the axis.
    """
    if words := refused(width, anything=bool(values)):
        return words
    rows = rows_in(height)
    values = [Bar(bar.label, max(0.0, sane(bar.value)), bar.role) for bar in values]
    together, slot = math.ceil(len(values) / width) - 1, 0
    while slot < 1:
        together += 1
        shown = [_mean(values[start : start + together]) for start in range(0, len(values), together)]
        scale = upwards([bar.value for bar in shown], rows=rows)
        names = numbers(scale, unit)
        slot = min(_WIDEST, (width - gutter(names)) // len(shown))
    gap = max(1, slot - _THICKEST) if slot > 1 else 0
    area = [
        [(_block(bar.value, scale, row, rows) * (slot - gap) + " " * gap, bar.role) for bar in shown]
        for row in reversed(range(rows))
    ]
    labels = [(place * slot + (slot - gap - 1) // 2, bar.label) for place, bar in enumerate(shown)]
    told = f"{unit}, mean of {together}" if together > 1 else unit
    return framed(
        area, title=((told, "muted"),), names=_at_rows(names, scale, rows), labels=labels, width=width
    )


def histogram(values: Histogram, *, width: int, height: int, what: str = "cards") -> list[Line]:
    """How many of `what` lie between edges, in `height` lines (5 at least); the median is marked.

    Bins that have no room are put together with their neighbours.
    """
    if words := refused(width, anything=sum(values.counts) > 0):
        return words
    values, rows = trimmed(values), rows_in(height)
    names = numbers(upwards(values.counts, rows=rows))
    edges, counts = _merged(values, (width - gutter(names) - 1) // 2)
    scale = upwards(counts, rows=rows)
    names = numbers(scale)
    slot = min(_WIDEST, max(2, (width - gutter(names) - 1) // len(counts)))
    area: list[list[Span]] = [
        [(" " + _block(count, scale, row, rows) * (slot - 1), "accent") for count in counts]
        for row in reversed(range(rows))
    ]
    labels = [(place * slot, edge_name(edge, values.unit)) for place, edge in enumerate(edges)]
    title: list[Span] = [(counted(what, values.unit), "muted")]
    marks: dict[int, Span] = {}
    if values.middle is not None:
        marks[round(place_of(values.middle, edges) * slot)] = ("▲", "strong")
        told = f"{short(values.middle)} {values.unit}".rstrip()
        title += [("  ▲ ", "strong"), (f"median {told}", "plain")]
    return framed(
        area,
        title=title,
        names=_at_rows(names, scale, rows),
        labels=labels,
        width=width,
        marks=marks,
    )


def _mean(values: Sequence[Bar]) -> Bar:
    """Several bars as one, with the first label that is none too many."""
    label = next((bar.label for bar in values if bar.label), "")
    return Bar(label, sum(bar.value / len(values) for bar in values), values[0].role)


def _block(value: float, scale: Scale, row: int, rows: int) -> str:
    """What a bar fills of a cell; something at least of the lowest, where it is more than 0."""
    eighths = round(scale.share(value) * rows * 8) or int(value > 0)
    return EIGHTHS[min(8, max(0, eighths - 8 * row))]


def _at_rows(names: dict[float, str], scale: Scale, rows: int) -> dict[int, str]:
    return {rows - round(scale.share(tick) * rows): name for tick, name in names.items()}


def _merged(values: Histogram, most: int) -> tuple[Sequence[float], Sequence[int]]:
    together = math.ceil(len(values.counts) / max(1, most))
    starts = range(0, len(values.counts), together)
    edges = [values.edges[start] for start in starts] + [values.edges[-1]]
    return edges, [sum(values.counts[start : start + together]) for start in starts]


def trimmed(values: Histogram) -> Histogram:
    """A histogram of what may be ever so much, up to its last bin with anything in it."""
    last = max((place for place, count in enumerate(values.counts) if count), default=-1)
    if not values.unit or last < 0:
        return values
    return values._replace(edges=values.edges[: last + 2], counts=values.counts[: last + 1])


def edge_name(edge: float, unit: str) -> str:
    """An edge as it stands below a histogram: `30`; of days, those of a year or more are `1 y`, `5 y`."""
    return f"{short(edge / _YEAR)} y" if unit == "days" and _YEAR <= edge < math.inf else short(edge)


def counted(what: str, unit: str) -> str:
    """What a histogram is of: `cards, by days`."""
    return f"{what}, by {_LONG_UNITS.get(unit, unit)}" if unit else what


def place_of(value: float, edges: Sequence[float]) -> float:
    """How many bins lie below a value, with a share of the one that it is in."""
    for place, (low, high) in enumerate(pairwise(edges)):
        if value < high:
            return place + (max(0.0, (value - low) / (high - low)) if math.isfinite(high) else 0.5)
    return len(edges) - 1
