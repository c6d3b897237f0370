"""What holds of every plot, whatever it is of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.core.plot import (
    ROLES,
    Bar,
    Line,
    Row,
    Series,
    Stack,
    bars,
    calibration,
    heat_map,
    histogram,
    lines,
    rows,
    shares,
    stacked,
    to_text,
)
from trainer.core.statistics import Histogram
from trainer.core.visible import one_line

TODAY = date(2026, 11, 19)

WIDTHS = st.integers(1, 130)
HEIGHTS = st.integers(1, 20)
LABELS = st.text(max_size=25).map(one_line)
AMOUNTS = st.floats(allow_nan=True, allow_infinity=True)
SHARES = st.floats(0, 1)
COUNTS = st.integers(0, 10**9)

BARS = st.lists(st.builds(Bar, LABELS, AMOUNTS, st.sampled_from(ROLES)), max_size=80)
ROWS = st.lists(
    st.builds(Row, LABELS, AMOUNTS, st.tuples(LABELS) | st.tuples(LABELS, LABELS), st.just("bad")), max_size=6
)
STACKS = st.lists(st.builds(Stack, LABELS, st.tuples(COUNTS, COUNTS, COUNTS, COUNTS)), max_size=4)
VALUES = st.lists(st.tuples(LABELS, st.none() | AMOUNTS, st.none() | AMOUNTS), max_size=40)
LIMITS = st.none() | st.floats(-1e6, 1e6)
BINS = st.lists(st.tuples(SHARES, SHARES, COUNTS), max_size=12)
DAYS = st.dictionaries(st.integers(-3, 800).map(lambda ago: TODAY - timedelta(days=ago)), COUNTS, max_size=60)


def holds(drawn: Sequence[Line], width: int) -> None:
    assert drawn
    for line in drawn:
        assert cell_len("".join(text for text, _ in line)) <= width
        assert all(role in ROLES and text and "\n" not in text for text, role in line)
        assert to_text(line) == to_text(line).rstrip()


@settings(max_examples=40)
@given(BARS, WIDTHS, HEIGHTS, st.sampled_from(["reviews", "%", ""]))
def test_bars_keep_within_their_room(values: list[Bar], width: int, height: int, unit: str) -> None:
    drawn = bars(values, width=width, height=height, unit=unit)
    holds(drawn, width)
    assert len(drawn) in (1, max(5, height))


@settings(max_examples=40)
@given(st.data(), WIDTHS, HEIGHTS)
def test_histograms_keep_within_their_room(data: st.DataObject, width: int, height: int) -> None:
    counts = data.draw(st.lists(COUNTS, min_size=1, max_size=30))
    size = len(counts) + 1
    edges = sorted(data.draw(st.sets(st.floats(-1e9, 1e9), min_size=size, max_size=size)))
    middle = data.draw(st.none() | st.floats(-1e9, 1e9))
    drawn = histogram(Histogram(tuple(edges), tuple(counts), "days", middle), width=width, height=height)
    holds(drawn, width)
    assert len(drawn) in (1, max(5, height))


@settings(max_examples=40)
@given(ROWS, WIDTHS, LABELS, st.lists(LABELS, max_size=2), LIMITS)
def test_rows_keep_within_their_room(
    values: list[Row], width: int, heading: str, columns: list[str], top: float | None
) -> None:
    holds(rows(values, width=width, heading=heading, columns=columns, top=top), width)


@settings(max_examples=40)
@given(st.lists(st.tuples(LABELS, COUNTS), max_size=6), WIDTHS)
def test_shares_keep_within_their_room(values: list[tuple[str, int]], width: int) -> None:
    holds(rows(shares(values), width=width), width)


@settings(max_examples=40)
@given(STACKS, WIDTHS)
def test_stacks_keep_within_their_room(values: list[Stack], width: int) -> None:
    holds(stacked(values, width=width, names=("Again", "Hard", "Good", "Easy"), unit="reviews"), width)


@settings(max_examples=40)
@given(VALUES, WIDTHS, HEIGHTS, LIMITS, LIMITS, LIMITS)
def test_lines_keep_within_their_room(
    values: list[tuple[str, float | None, float | None]],
    width: int,
    height: int,
    low: float | None,
    high: float | None,
    target: float | None,
) -> None:
    series = [
        Series("one", tuple(value for _, value, _ in values), "○"),
        Series("two", tuple(value for _, _, value in values)),
    ]
    labels = [label for label, _, _ in values]
    drawn = lines(
        series, labels=labels, width=width, height=height, low=low, high=high, target=target, unit="%"
    )
    holds(drawn, width)
    assert len(drawn) in (1, max(5, height))


@settings(max_examples=40)
@given(BINS, WIDTHS, HEIGHTS)
def test_calibration_plots_keep_within_their_room(
    bins: list[tuple[float, float, int]], width: int, height: int
) -> None:
    holds(calibration(bins, width=width, height=height), width)


@settings(max_examples=40)
@given(DAYS, WIDTHS)
def test_heat_maps_keep_within_their_room(days: dict[date, int], width: int) -> None:
    holds(heat_map(days, today=TODAY, width=width), width)


@settings(max_examples=40)
@given(st.integers(24, 110), st.integers(1, 200))
def test_every_bar_is_as_high_as_it_should_be(width: int, count: int) -> None:
    top = to_text(bars([Bar("x", 1)] * count, width=width, height=6)[1]).partition("┤")[2]
    shown = len(top.split()) if " " in top else len(top) if len(top) > 4 or count > 1 else 1
    assert shown == min(count, -(-count // -(-count // (width - 2))))
