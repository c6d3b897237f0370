"""Events in time: their order, who acted, what replies to what, and where each stands on an axis.

A month is the span from its first to its last day, a year too: nothing is ordered that is not known to be.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from trainer.core.deck import Event
from trainer.core.partial_date import MONTHS, Days, days_of, iso

ARROW = 3
"""Columns that a reply stands, at least, to the right of what it answers."""

_SHORT, _LONG = 31, 366
"""Days without events from which on there is a column more, and two."""


class Place(NamedTuple):
    """Where an event stands: in a row of a lane, from a column to a column. A day has one column only."""

    event: int
    lane: int
    row: int
    column: int
    end: int


class Tick(NamedTuple):
    """A column of the axis that has a date: `label` is what it adds to the ticks before it.

    `year` stands above it, empty if that is clear; `month` is the month that it is in, empty where only the
    year is known.
    """

    column: int
    day: date
    month: str
    year: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Events in order, the `dated` first. What may have been at the same time is in no certain order.

    `lanes` are the actors, those with most events first, and last an empty name for events without one;
    `lanes_of` has the lanes of each event, `spans` its days where they are known. `replies` are pairs of
    the numbers of events: one that answers, and the one that it answers.
    """

    events: tuple[Event, ...] = ()
    spans: tuple[Days | None, ...] = ()
    dated: int = 0
    lanes: tuple[str, ...] = ()
    lanes_of: tuple[tuple[int, ...], ...] = ()
    replies: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A timeline laid out: places by event, and how many rows each lane has.

    An event that certainly came before another ends in a column before it. `undated` is the column from
    which on nothing has a date, None if everything has.
    """

    places: tuple[Place, ...] = ()
    heights: tuple[int, ...] = ()
    ticks: tuple[Tick, ...] = ()
    undated: int | None = None
    width: int = 0


def before(one: Event, other: Event) -> bool:
    """Whether one event certainly came before the other."""
    earlier, later = days_of(one.when), days_of(other.when)
    return earlier is not None and later is not None and earlier.last < later.first


def short_when(when: str) -> str:
    """A date as it is written in narrow places: `13 Jun 2024`, `Jun 2024`, `2024`."""
    found = iso(when)
    if found is None:
        return ""
    month = MONTHS[found.month - 1][:3] if found.month else None
    return " ".join(str(part) for part in (found.day, month, found.year) if part is not None)


def timeline(events: Sequence[Event]) -> Timeline:
    """The timeline of events. Where dates leave it open, an event comes after the one that it answers."""
    numbers = {event.id: number for number, event in enumerate(events)}
    answered = [numbers.get(f"{event.deck}/{event.answers}") if event.answers else None for event in events]
    spans, depths = _bounded(events, answered)

    def rank(number: int) -> tuple[bool, int, int, int, int]:
        days = spans[number]
        if days is None:
            return True, 0, 0, 0, number
        return False, days.first.toordinal(), depths[number], -days.last.toordinal(), number

    order = sorted(range(len(events)), key=rank)
    place = {number: index for index, number in enumerate(order)}
    ordered = tuple(events[number] for number in order)
    lanes = _lanes(ordered)
    of = {name: lane for lane, name in enumerate(lanes)}
    return Timeline(
        events=ordered,
        spans=tuple(spans[number] for number in order),
        dated=sum(days is not None for days in spans),
        lanes=lanes,
        lanes_of=tuple(tuple(sorted({of[name] for name in _actors(event)})) for event in ordered),
        replies=tuple(
            (place[number], place[other])
            for number in order
            if (other := answered[number]) is not None and other != number
        ),
    )


def shared(line: Timeline) -> Timeline:
    """The timeline with lanes for actors of two events or more only; all other events share the last lane."""
    counts = Counter(lane for lanes in line.lanes_of for lane in lanes)
    kept = [lane for lane, name in enumerate(line.lanes) if name and counts[lane] > 1]
    new = {lane: place for place, lane in enumerate(kept)}
    others = (len(kept),)
    lanes_of = tuple(tuple(new[lane] for lane in lanes if lane in new) or others for lanes in line.lanes_of)
    names = [line.lanes[lane] for lane in kept] + [""] * (others in lanes_of)
    return replace(line, lanes=tuple(names), lanes_of=lanes_of)


def linked(line: Timeline, number: int) -> tuple[int, ...]:
    """The events that an event answers and that answer it, in order."""
    ends = (pair for pair in line.replies if number in pair)
    return tuple(sorted({end for pair in ends for end in pair} - {number}))


def lay_out(line: Timeline, room: Sequence[int], *, shared_rows: int = 1) -> Axis:
    """Columns and rows for a timeline whose events each need some columns.

    The axis is compressed: time without events takes hardly any room. The lane without a name takes up to
    `shared_rows` rows where that lets an event stand further to the left.
    """
    return _Layout(line, room, shared_rows).axis()


def _bounded(
    events: Sequence[Event], answered: Sequence[int | None]
) -> tuple[list[Days | None], dict[int, int]]:
    """The days of each event, and how many events it answers in a row.

    An event did not come before the one that it answers: its days begin no earlier, if they can.
    """
    spans = [days_of(event.when) for event in events]
    depths: dict[int, int] = {}
    for start in range(len(events)):
        chain: list[int] = []
        number: int | None = start
        while number is not None and number not in depths:
            depths[number] = 0  # A circle ends here.
            chain.append(number)
            number = answered[number]
        for each in reversed(chain):
            if number is not None:
                depths[each] = depths[number] + 1
                spans[each] = _not_before(spans[each], spans[number])
            number = each
    return spans, depths


def _not_before(days: Days | None, other: Days | None) -> Days | None:
    if days is None or other is None or not days.first < other.first <= days.last:
        return days
    return Days(other.first, days.last)


def _actors(event: Event) -> tuple[str, ...]:
    return event.actors or ("",)


def _lanes(events: Sequence[Event]) -> tuple[str, ...]:
    """The actors: by number of events, then as they first appear; no actor last."""
    counted = Counter(name for event in events for name in dict.fromkeys(_actors(event)))
    return tuple(sorted(counted, key=lambda name: (name == "", -counted[name])))


class _Layout:
    """Goes through time once, and gives each event the first column that has room for it."""

    def __init__(self, line: Timeline, room: Sequence[int], shared_rows: int) -> None:
        self._line, self._room = line, room
        self._shared_rows = shared_rows
        self._answers = dict(line.replies)
        self._rows = _Rows(len(line.lanes))
        self._columns: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._stands: dict[int, tuple[int, ...]] = {}
        self._free: dict[tuple[int, int], int] = {}
        self._ticks: list[Tick] = []
        self._reach = 0

    def axis(self) -> Axis:
        """The timeline laid out."""
        starts, ends = self._moments()
        last: date | None = None
        for day in sorted({*starts, *ends}):
            self._day(day, last, starts.get(day, []), ends.get(day, []))
            last = day
        undated = self._without_date() if self._line.dated < len(self._line.events) else None
        return Axis(
            places=tuple(
                Place(event, lane, row, self._columns[event], self._ends[event])
                for event in range(len(self._line.events))
                for lane, row in zip(self._line.lanes_of[event], self._stands[event], strict=True)
            ),
            heights=self._rows.heights,
            ticks=tuple(self._ticks),
            undated=undated,
            width=max(self._free.values(), default=0),
        )

    def _moments(self) -> tuple[dict[date, list[int]], dict[date, list[int]]]:
        """The events that begin on a day, and those of several days that end on it."""
        starts: dict[date, list[int]] = {}
        ends: dict[date, list[int]] = {}
        for event, days in enumerate(self._line.spans):
            if days is not None:
                starts.setdefault(days.first, []).append(event)
                if days.last > days.first:
                    ends.setdefault(days.last, []).append(event)
        return starts, ends

    def _day(self, day: date, last: date | None, starts: list[int], ends: list[int]) -> None:
        """Place what begins on a day, and close what ends on it."""
        column = self._reach + _gap(last, day)
        for event in starts:
            days = self._line.spans[event]
            assert days is not None
            lanes = self._line.lanes_of[event]
            self._stands[event] = tuple(self._take_row(lane, days, column) for lane in lanes)
        needs = [self._free.get(row, 0) for event in starts for row in self._own(event)]
        needs += [self._columns[event] + self._room[event] - 1 for event in ends]
        column = max(column, *needs) if needs else column
        if starts:
            self._ticks.append(self._tick(column, day, starts))
            self._reach = column + max(len(self._ticks[-1].year), len(self._ticks[-1].label))
        at = column
        for event in starts:
            answered = self._answers.get(event)
            after = self._columns.get(answered, -ARROW) + ARROW if answered is not None else 0
            self._columns[event] = max(column, after, *(self._free.get(row, 0) for row in self._own(event)))
            self._ends[event] = self._columns[event]
            self._take(event, self._columns[event] + self._room[event])
            at = max(at, self._columns[event])
        for event in ends:
            self._ends[event] = at
            self._take(event, at + 2)
        self._reach = max(self._reach, at)

    def _tick(self, column: int, day: date, starts: list[int]) -> Tick:
        """The date above a column, as exact as an event that begins there has it."""
        parts = max(self._line.events[event].when.count("-") for event in starts)
        shown = self._ticks[-1] if self._ticks and self._ticks[-1].day.year == day.year else None
        month = MONTHS[day.month - 1][:3] if parts else ""
        label = f"{day.day} {month}" if parts == 2 else month
        if parts == 2 and shown and shown.month == month:
            label = str(day.day)
        return Tick(column, day, month, "" if shown else str(day.year), label)

    def _without_date(self) -> int:
        """Place what has no date after everything else, lane by lane."""
        begin = max(self._reach + ARROW, max(self._free.values(), default=0) + 1) if self._line.dated else 0
        for event in range(self._line.dated, len(self._line.events)):
            self._stands[event] = tuple(map(self._first_free, self._line.lanes_of[event]))
            column = max(begin, *(self._free.get(row, 0) for row in self._own(event)))
            self._columns[event] = self._ends[event] = column
            self._take(event, column + self._room[event])
        return begin

    def _take_row(self, lane: int, days: Days, column: int) -> int:
        """The row of a lane for what may have been on these days; it stands no further left than a column."""
        if self._line.lanes[lane] or self._shared_rows < 2:
            return self._rows.take(lane, days)
        free = partial(self._free_from, lane)
        return self._rows.take_of(lane, days, free=free, at=column, most=self._shared_rows)

    def _first_free(self, lane: int) -> int:
        """The row of a lane for what has no date."""
        rows = range(1 if self._line.lanes[lane] else self._shared_rows)
        return self._rows.make(lane, min(rows, key=lambda row: (self._free_from(lane, row), row)))

    def _free_from(self, lane: int, row: int) -> int:
        return self._free.get((lane, row), 0)

    def _own(self, event: int) -> Iterator[tuple[int, int]]:
        return zip(self._line.lanes_of[event], self._stands[event], strict=True)

    def _take(self, event: int, until: int) -> None:
        for row in self._own(event):
            self._free[row] = until


class _Rows:
    """The rows of each lane: what may have been at the same time stands below each other."""

    def __init__(self, lanes: int) -> None:
        self._busy: list[list[tuple[date, int]]] = [[] for _ in range(lanes)]
        self._empty: list[list[int]] = [[] for _ in range(lanes)]
        self._made = [0] * lanes

    @property
    def heights(self) -> tuple[int, ...]:
        return tuple(self._made)

    def take(self, lane: int, days: Days) -> int:
        """The first row of a lane in which nothing may have been on these days; days come in order."""
        empty = self._let_go(lane, days)
        return self._hold(lane, heapq.heappop(empty) if empty else self._made[lane], days)

    def take_of(self, lane: int, days: Days, *, free: Callable[[int], int], at: int, most: int) -> int:
        """The same, but the row, of at most so many, in which there is room soonest after a column."""
        empty = self._let_go(lane, days)
        best = min(empty, key=lambda row: (max(at, free(row)), row), default=None)
        if best is None or (free(best) > at and self._made[lane] < most):
            return self._hold(lane, self._made[lane], days)
        empty.remove(best)
        heapq.heapify(empty)
        return self._hold(lane, best, days)

    def _let_go(self, lane: int, days: Days) -> list[int]:
        """The rows of a lane in which nothing may have been on these days."""
        busy, empty = self._busy[lane], self._empty[lane]
        while busy and busy[0][0] < days.first:
            heapq.heappush(empty, heapq.heappop(busy)[1])
        return empty

    def _hold(self, lane: int, row: int, days: Days) -> int:
        self.make(lane, row)
        heapq.heappush(self._busy[lane], (days.last, row))
        return row

    def make(self, lane: int, row: int) -> int:
        """That row of a lane, which there is from now on."""
        self._made[lane] = max(self._made[lane], row + 1)
        return row


def _gap(last: date | None, day: date) -> int:
    """Columns left free since the last day: one, and more after a long time."""
    if last is None:
        return 0
    passed = (day - last).days
    return 1 + (passed > _SHORT) + (passed > _LONG)
