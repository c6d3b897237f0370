"""Bars that lie below each other, with what they are, and numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trainer.core.cells import cells, padded
from trainer.core.plot.scale import sane, short
from trainer.core.plot.spans import Line, Span, cut, joined, refused
from trainer.core.visible import one_line

PARTS = "░▒▓█"
"""What the parts of a stacked bar are drawn with, so that they are told apart without colour."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_SHORTEST_BAR = 6
_LONGEST_BAR = 40
_LABEL_SHARE = 2 / 5


class Row(NamedTuple):
    """What it is, how long its bar is, and what stands in the columns beside it."""

    label: str
    value: float
    cells: tuple[str, ...] = ()
    role: str = "accent"


class Stack(NamedTuple):
    """What it is, and the sizes of its parts."""

    label: str
    counts: tuple[int, ...]


def shares(values: Sequence[tuple[str, float]]) -> list[Row]:
    """Amounts as rows with two columns: the number, and its share of all of them."""
    total = sum(value for _, value in values) or 1.0
    return [
        Row(label, value, (short(value), f"{value / total:.0%}".replace("%", " %")))
        for label, value in values
    ]


def rows(
    values: Sequence[Row],
    *,
    width: int,
    heading: str = "",
    columns: Sequence[str] = (),
    top: float | None = None,
) -> list[Line]:
    """A line each: a label, a bar, and columns of numbers, the first line being their headings.

    A bar that is as long as it can be stands for `top`, by default for the greatest value. Where there is
    little room, labels are cut, then the last columns and bars go.
    """
    if words := refused(width, anything=bool(values)):
        return words
    values = [row._replace(label=one_line(row.label), value=max(0.0, sane(row.value))) for row in values]
    most = max(row.value for row in values) if top is None else top
    wide = [_widest(column, values, columns) for column in range(max(len(row.cells) for row in values))]
    label = max(cells(heading), *(cells(row.label) for row in values))
    label = min(label, max(_SHORTEST_BAR * 2, int(width * _LABEL_SHARE)))
    while len(wide) > 1 and label + sum(2 + each for each in wide) > width:
        wide.pop()
    label = max(0, min(label, width - sum(2 + each for each in wide)))
    bar = width - label - 2 - sum(2 + each for each in wide)
    bar = min(bar, _LONGEST_BAR) if bar >= _SHORTEST_BAR else 0
    lines = (
        [_row(Row(heading, 0, tuple(columns), "muted"), label, bar, wide, "muted", 1.0)]
        if columns or heading
        else []
    )
    lines += [_row(row, label, bar, wide, "plain", most) for row in values]
    return [cut(line, width) for line in lines]


def stacked(values: Sequence[Stack], *, width: int, names: Sequence[str], unit: str = "") -> list[Line]:
    """Bars of one length, in up to four parts; above each the shares, and of how many they are."""
    if words := refused(width, anything=any(sum(stack.counts) for stack in values)):
        return words
    heads = [f"{glyph} {name}" for glyph, name in zip(PARTS, names, strict=False)]
    column = max(6, *map(cells, heads))
    label = max(cells(one_line(stack.label)) for stack in values) + 2
    beside = label + len(heads) * (column + 2) + 8 <= width
    if not beside:
        label = 0
    column = min(column + 2, (width - label) // len(heads))
    if column <= max(map(cells, heads)):
        heads = [head.replace(" ", "", 1) for head in heads]
    legend: list[Span] = [(" " * label, "plain")] + [(padded(head, column), "muted") for head in heads]
    legend.append((unit, "muted"))
    lines = [joined(legend)]
    for stack in values:
        lines += _stack(stack, label, column, width)
    return [cut(line, width) for line in lines]


def _widest(column: int, values: Sequence[Row], columns: Sequence[str]) -> int:
    texts = [row.cells[column] for row in values if column < len(row.cells)]
    return max(map(cells, [*texts, *columns[column : column + 1]]))


def _row(row: Row, label: int, bar: int, wide: Sequence[int], role: str, most: float) -> Line:
    spans: list[Span] = [(padded(row.label, label), role)]
    if bar:
        spans += [("  ", "plain"), (_length(row.value / most if most > 0 else 0.0, bar), row.role)]
    for column, room in enumerate(wide):
        text = row.cells[column] if column < len(row.cells) else ""
        spans.append(("  " + padded(text, room, right=True), role))
    return joined(spans)


def _length(share: float, width: int) -> str:
    """A bar of `width` cells, filled up with blanks; something at least where the share is more than 0."""
    eighths = round(min(1.0, share) * width * 8) or int(share > 0)
    full, rest = divmod(eighths, 8)
    return padded("█" * full + _EIGHTHS[rest].strip(), width)


def _stack(stack: Stack, label: int, column: int, width: int) -> list[Line]:
    total = sum(stack.counts)
    name = one_line(stack.label)
    of = f"of {short(total)}"
    shares = [f"{count / total:.0%}".replace("%", " %") if total else "–" for count in stack.counts]
    numbers = "".join(padded(share, column) for share in shares)
    bar: list[Span] = [(" " * label, "plain")]
    length = min(_LONGEST_BAR, width - label)
    done = 0
    for part, glyph in enumerate(PARTS[: len(stack.counts)]):
        end = round(length * sum(stack.counts[: part + 1]) / total) if total else 0
        bar.append((glyph * (end - done), "bad" if part == 0 else "accent"))
        done = end
    if label:
        return [joined([(padded(name, label), "plain"), (numbers, "plain"), (of, "muted")]), joined(bar)]
    return [joined([(f"{name} ", "plain"), (of, "muted")]), ((numbers, "plain"),), joined(bar)]
