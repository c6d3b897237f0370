"""Lines between things on a grid: down or up from one, then to the right, with an arrow before the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

_UP, _RIGHT, _DOWN, _LEFT = 1, 2, 4, 8
_SIGNS = {
    _UP | _DOWN: "│",
    _LEFT | _RIGHT: "─",
    _UP | _RIGHT: "╰",
    _DOWN | _RIGHT: "╭",
    _UP | _DOWN | _RIGHT: "├",
    _UP | _LEFT | _RIGHT: "┴",
    _DOWN | _LEFT | _RIGHT: "┬",
    _UP | _DOWN | _LEFT | _RIGHT: "┼",
}
_ARROW = 16
_LONGEST = 400
"""Cells of a wire that is drawn unasked."""


class Spot(NamedTuple):
    """A cell of the grid."""

    row: int
    column: int


class Wire(NamedTuple):
    """A line from one spot to another, which lies to the right of it in another row."""

    start: Spot
    end: Spot

    @property
    def possible(self) -> bool:
        """Whether there is a way to draw it."""
        return self.start.row != self.end.row and self.start.column + 1 < self.end.column

    @property
    def rows(self) -> range:
        """The rows between both ends."""
        low, high = sorted((self.start.row, self.end.row))
        return range(low + 1, high)

    def parts(self) -> Iterator[tuple[Spot, int]]:
        """Its cells, with the directions in which each leads."""
        down = self.start.row < self.end.row
        for row in self.rows:
            yield Spot(row, self.start.column), _UP | _DOWN
        yield Spot(self.end.row, self.start.column), (_UP if down else _DOWN) | _RIGHT
        for column in range(self.start.column + 1, self.end.column - 1):
            yield Spot(self.end.row, column), _LEFT | _RIGHT
        yield Spot(self.end.row, self.end.column - 1), _ARROW


Drawn = dict[int, dict[int, str]]
"""Signs by row and column."""

Covered = Callable[[int, int, int], bool]
"""Whether anything stands in a row from one column to another, both included."""


def drawn(wires: Iterable[Wire]) -> Drawn:
    """Wires as signs; those that share cells are joined."""
    masks: dict[Spot, int] = {}
    for wire in wires:
        if wire.possible:
            for spot, mask in wire.parts():
                masks[spot] = masks.get(spot, 0) | mask
    signs: Drawn = {}
    for spot, mask in masks.items():
        sign = "▶" if mask & _ARROW else _SIGNS[mask]
        signs.setdefault(spot.row, {})[spot.column] = sign
    return signs


def clear(wires: Iterable[Wire], covered: Covered) -> list[Wire]:
    """The wires that can be drawn without touching anything else, but for others from the same spot."""
    taken: dict[Spot, Spot] = {}
    kept: list[Wire] = []
    for wire in wires:
        if not wire.possible or wire.end.column - wire.start.column + len(wire.rows) > _LONGEST:
            continue
        begin = wire.start.column
        if any(covered(row, begin, begin) for row in wire.rows):
            continue
        if covered(wire.end.row, begin, wire.end.column - 1):
            continue
        spots = [spot for spot, _ in wire.parts()]
        if all(taken.get(spot, wire.start) == wire.start for spot in spots):
            taken.update(dict.fromkeys(spots, wire.start))
            kept.append(wire)
    return kept
