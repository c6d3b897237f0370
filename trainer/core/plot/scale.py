"""Axes: round numbers along them, how numbers are written, and which labels have room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from trainer.core.cells import cells, fit

_APART = 2
_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
_WRITTEN_OUT = 10_000
_TOO_LONG = 1e15


class Scale(NamedTuple):
    """An axis from `low` to `high`, with a number at every `step`."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        """Where a value lies, from 0 at the low end to 1; what lies outside is put at the end."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def ticks(self) -> list[float]:
        """The numbers at the axis, upwards; its ends where no round number lies between them."""
        first = math.ceil(self.low / self.step - 1e-9)
        last = math.floor(self.high / self.step + 1e-9)
        return [number * self.step for number in range(first, last + 1)] or [self.low, self.high]


class Placed(NamedTuple):
    """A label, the column where it begins, and the column that it stands for."""

    start: int
    text: str
    column: int


def short(value: float) -> str:
    """A number in few characters: `0.25`, `9.5`, `123`, `9876`, `12k`, `1.2M`; `∞`."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "-∞" if value < 0 else "?"
    size = abs(value)
    if size >= _TOO_LONG:
        return f"{value:.0e}"
    if size >= _WRITTEN_OUT:
        divisor, letter = next((each, letter) for each, letter in _UNITS if size >= each * 0.9995)
        return f"{value / divisor:.{0 if size / divisor >= 99.5 else 1}f}".removesuffix(".0") + letter
    return f"{value:.0f}" if size >= 999.5 else _decimals(value)


def _decimals(value: float) -> str:
    size = abs(value)
    text = f"{value:.{0 if size >= 99.5 else 1 if size >= 9.95 else 2}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def sane(value: float) -> float:
    """A number that can be drawn: neither infinite nor none at all."""
    return min(1e300, max(-1e300, value)) if value == value else 0.0


def nice_step(span: float, *, at_most: int) -> float:
    """The smallest of 1, 2, 5, 10, 20 ... (or 0.1, 0.2 ...) of which at most so many fit into a span."""
    raw = max(span, 1e-12) / max(1, at_most)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(each * power for each in (1, 2, 5, 10) if each * power >= raw * (1 - 1e-9))


def upwards(values: Sequence[float], *, rows: int) -> Scale:
    """An axis from 0 to the greatest value or a little above, for a plot of so many rows."""
    peak = max(0.0, *values)
    step = nice_step(peak or 1.0, at_most=max(1, rows // 2))
    if all(value == round(value) for value in values):
        step = max(1.0, step)
    return Scale(0.0, max(1, math.ceil(peak / step - 1e-9)) * step, step)


def around(values: Sequence[float], *, rows: int, low: float | None, high: float | None) -> Scale:
    """An axis with room for all values; its ends are those given, or round numbers."""
    bottom = min(values) if low is None else low
    top = max(values) if high is None else high
    step = nice_step(top - bottom if top > bottom else abs(bottom) or 1.0, at_most=max(1, rows // 2))
    if low is None:
        bottom = math.floor(bottom / step + 1e-9) * step
    if high is None:
        top = math.ceil(top / step - 1e-9) * step
    return Scale(bottom, top if top > bottom else bottom + step, step)


def thinned(labels: Sequence[tuple[int, str]], room: int) -> list[Placed]:
    """Labels for columns, each centred on its own, in at most `room` cells: every one, or every second, ...

    They never touch each other; where even one is too long, it is cut.
    """
    labels = [(column, text) for column, text in labels if text]
    for stride in range(1, len(labels) + 1):
        placed: list[Placed] = []
        end = -_APART
        for column, text in labels[::stride]:
            text = fit(text, room)
            start = max(0, min(column - (cells(text) - 1) // 2, room - cells(text)))
            if start < end + _APART:
                break
            placed.append(Placed(start, text, column))
            end = start + cells(text)
        else:
            return placed
    return []


def written(labels: Sequence[Placed]) -> str:
    """Placed labels as the text of a line."""
    text = ""
    for label in labels:
        text += " " * (label.start - cells(text)) + label.text
    return text
