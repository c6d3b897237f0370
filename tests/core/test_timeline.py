"""Events in time: their order, their lanes, and where they stand."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest
from events import make_event
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.deck import Event
from trainer.core.partial_date import Days, days_of
from trainer.core.timeline import ARROW, before, lay_out, linked, shared, short_when, timeline


def notes_of(events: list[Event]) -> list[str]:
    return [event.note for event in timeline(events).events]


WHEN = st.one_of(
    st.just(""),
    st.integers(1990, 1994).map(str),
    st.tuples(st.integers(1990, 1994), st.integers(1, 12)).map(lambda parts: "{}-{:02}".format(*parts)),
    st.dates(date(1990, 1, 1), date(1994, 12, 31)).map(date.isoformat),
    st.dates(date(1990, 2, 1), date(1990, 2, 9)).map(date.isoformat),
)
ACTORS = st.lists(st.sampled_from(["Armenia", "Belarus", "Russia"]), max_size=2, unique=True)


@st.composite
def many_events(draw: st.DrawFn) -> list[Event]:
    """Events that answer one another any which way, in circles too."""
    count = draw(st.integers(0, 14))
    answered = st.one_of(st.just(""), st.integers(0, max(0, count)).map(str))
    return [
        make_event(str(number), draw(WHEN), *draw(ACTORS), answers=draw(answered)) for number in range(count)
    ]


ROOM = st.integers(3, 30)


# Dates


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("2024-06-13", Days(date(2024, 6, 13), date(2024, 6, 13))),
        ("2024-02", Days(date(2024, 2, 1), date(2024, 2, 29))),
        ("2023", Days(date(2023, 1, 1), date(2023, 12, 31))),
        ("", None),
        ("some day", None),
        ("2024-13", None),
    ],
)
def test_a_month_and_a_year_are_all_of_their_days(when: str, days: Days | None) -> None:
    assert days_of(when) == days


@pytest.mark.parametrize(
    ("when", "short"),
    [("2024-06-13", "13 Jun 2024"), ("2024-06", "Jun 2024"), ("2024", "2024"), ("", ""), ("soon", "")],
)
def test_dates_are_short_in_narrow_places(when: str, short: str) -> None:
    assert short_when(when) == short


def test_what_may_have_been_at_the_same_time_is_not_before_the_other() -> None:
    day, month, year = make_event("a", "2024-06-13"), make_event("b", "2024-06"), make_event("c", "2024")
    assert not any(before(one, other) for one in (day, month, year) for other in (day, month, year))
    assert before(make_event("d", "2024-05"), day)
    assert not before(day, make_event("d", "2024-05"))
    assert not before(make_event("d"), day) and not before(day, make_event("d"))


@given(st.lists(WHEN.map(lambda when: make_event("a", when)), min_size=3, max_size=3))
def test_before_is_a_strict_order(events: list[Event]) -> None:
    one, other, third = events
    assert not before(one, one)
    assert not (before(one, other) and before(other, one))
    assert before(one, third) or not (before(one, other) and before(other, third))


# Order


def test_events_come_in_time_and_those_without_a_date_last() -> None:
    events = [
        make_event("no-date"),
        make_event("day", "2024-06-13"),
        make_event("year", "2024"),
        make_event("month", "2024-06"),
        make_event("earlier", "2018-11"),
        make_event("nor-this"),
    ]
    assert notes_of(events) == ["earlier", "year", "month", "day", "no-date", "nor-this"]
    assert timeline(events).dated == 4


def test_of_what_begins_on_one_day_the_less_exact_comes_first() -> None:
    assert notes_of([make_event(when, when) for when in ("2024-01-01", "2024-01", "2024")]) == [
        "2024",
        "2024-01",
        "2024-01-01",
    ]


def test_a_reply_comes_after_what_it_answers_where_dates_leave_it_open() -> None:
    reply = make_event("reply", "2024-06", answers="recall")
    recall = make_event("recall", "2024-06-13")
    line = timeline([reply, recall])
    assert [event.note for event in line.events] == ["recall", "reply"]
    assert line.replies == ((1, 0),)
    assert line.spans[1] == Days(date(2024, 6, 13), date(2024, 6, 30))
    assert notes_of([make_event("b", "2024-06-13", answers="a"), make_event("a", "2024-06-13")]) == ["a", "b"]


def test_a_reply_dated_before_what_it_answers_stays_where_its_date_is() -> None:
    line = timeline([make_event("reply", "2024-05", answers="recall"), make_event("recall", "2024-06-13")])
    assert [event.note for event in line.events] == ["reply", "recall"]
    assert line.replies == ((0, 1),)


def test_an_answer_to_an_event_of_another_deck_or_to_itself_is_none() -> None:
    line = timeline(
        [
            make_event("a", "2024", answers="b"),
            make_event("b", "2024", deck="other"),
            make_event("c", "2024", answers="c"),
        ]
    )
    assert line.replies == ()


def test_what_is_linked_is_what_it_answers_and_what_answers_it() -> None:
    events = [
        make_event("a", "2024-06-01"),
        make_event("b", "2024-06-02", answers="a"),
        make_event("c", "2024-06-03", answers="b"),
        make_event("d", "2024-06-04"),
    ]
    line = timeline(events)
    assert [linked(line, number) for number in range(4)] == [(1,), (0, 2), (1,), ()]


@given(many_events())
def test_nothing_is_lost_and_the_order_is_that_of_the_dates(events: list[Event]) -> None:
    line = timeline(events)
    assert sorted(event.note for event in line.events) == sorted(event.note for event in events)
    for earlier, later in combinations(line.events, 2):
        assert not before(later, earlier)
    assert all(span is not None for span in line.spans[: line.dated])
    assert all(not days_of(event.when) for event in line.events[line.dated :])


# Lanes


def test_lanes_are_ordered_by_events_and_then_as_they_come() -> None:
    events = [
        make_event("a", "2001"),
        make_event("b", "2002", "Belarus"),
        make_event("c", "2003", "Russia", "Armenia"),
        make_event("d", "2004", "Armenia"),
        make_event("e"),
        make_event("f"),
    ]
    line = timeline(events)
    assert line.lanes == ("Armenia", "Belarus", "Russia", "")
    assert line.lanes_of == ((3,), (1,), (0, 2), (0,), (3,), (3,))


@given(many_events())
def test_every_event_stands_in_the_lane_of_each_actor(events: list[Event]) -> None:
    line = timeline(events)
    for event, lanes in zip(line.events, line.lanes_of, strict=True):
        assert {line.lanes[lane] for lane in lanes} == ({*event.actors} or {""})


def test_actors_of_a_single_event_share_the_last_lane() -> None:
    events = [
        make_event("a", "2001", "Belarus"),
        make_event("b", "2002", "Armenia"),
        make_event("c", "2003", "Russia", "Armenia"),
        make_event("d", "2004"),
    ]
    line = shared(timeline(events))
    assert line.lanes == ("Armenia", "")
    assert line.lanes_of == ((1,), (0,), (0,), (1,))
    assert shared(timeline(events[1:3])).lanes == ("Armenia",)
    assert shared(timeline(events[:1])).lanes == ("",)


@given(many_events())
def test_shared_lanes_leave_every_event_in_one_and_none_empty(events: list[Event]) -> None:
    whole = timeline(events)
    line = shared(whole)
    assert {lane for lanes in line.lanes_of for lane in lanes} == set(range(len(line.lanes)))
    for event, lanes in zip(line.events, line.lanes_of, strict=True):
        names = {line.lanes[lane] for lane in lanes}
        assert names == ({*event.actors} & {*line.lanes} or {""})
    assert (line.events, line.spans, line.replies) == (whole.events, whole.spans, whole.replies)


# Columns


def test_time_without_events_takes_hardly_any_room() -> None:
    near = timeline([make_event("a", "2024-06-12"), make_event("b", "2024-06-13", "Armenia")])
    far = timeline([make_event("a", "1824-06-12"), make_event("b", "2024-06-13", "Armenia")])
    columns = [lay_out(line, [5, 5]).places[1].column for line in (near, far)]
    assert columns == [7, 9]


def test_a_tick_says_what_is_new_of_a_date() -> None:
    whens = ["2018", "2024", "2024-02", "2024-06-12", "2024-06-13", "2024-07-01", "2025-07-02"]
    axis = lay_out(timeline([make_event(when, when) for when in whens]), [3] * len(whens))
    assert [(tick.year, tick.label, tick.month) for tick in axis.ticks] == [
        ("2018", "", ""),
        ("2024", "", ""),
        ("", "Feb", "Feb"),
        ("", "12 Jun", "Jun"),
        ("", "13", "Jun"),
        ("", "1 Jul", "Jul"),
        ("2025", "2 Jul", "Jul"),
    ]


def test_a_month_reaches_as_far_as_the_days_in_it() -> None:
    line = timeline(
        [
            make_event("june", "2024-06", "Belarus"),
            make_event("in-it", "2024-06-13", "Armenia"),
            make_event("after", "2024-07-01", "Armenia"),
        ]
    )
    june, in_it, after = lay_out(line, [4, 4, 4]).places
    assert june.column < in_it.column <= june.end < after.column


def test_what_may_have_been_at_the_same_time_stands_in_rows_of_its_own() -> None:
    events = [make_event(when, when, "Armenia") for when in ("2024", "2024-06", "2024-06-13", "2025-01-01")]
    axis = lay_out(timeline(events), [5] * 4)
    assert [place.row for place in axis.places] == [0, 1, 2, 0]
    assert axis.heights == (3,)


def test_what_an_actor_did_on_one_day_stands_below_each_other() -> None:
    one, other = lay_out(
        timeline([make_event(note, "2024-06-13", "Armenia") for note in "ab"]), [9, 9]
    ).places
    assert (one.column, one.row, other.column, other.row) == (0, 0, 0, 1)


def test_a_reply_of_the_same_day_leaves_room_for_its_arrow() -> None:
    events = [make_event("a", "2024-06-13", "Armenia"), make_event("b", "2024-06-13", "Belarus", answers="a")]
    one, other = lay_out(timeline(events), [9, 9]).places
    assert other.column == one.column + ARROW


def test_without_a_date_events_stand_apart_at_the_end_one_after_another() -> None:
    events = [
        make_event("dated", "2024", "Armenia"),
        make_event("a", "", "Armenia"),
        make_event("b", "", "Armenia"),
        make_event("c", "", "Belarus"),
    ]
    axis = lay_out(timeline(events), [6] * 4)
    dated, first, second, other = axis.places
    assert axis.undated is not None
    assert dated.end < axis.undated == first.column == other.column
    assert second.column == first.column + 6
    assert lay_out(timeline(events[1:]), [6] * 3).undated == 0
    assert lay_out(timeline(events[:1]), [6]).undated is None


def test_a_shared_lane_takes_more_rows_where_that_is_narrower() -> None:
    events = [make_event(note, when) for note, when in zip("abcd", ("2001", "2002", "2003", ""), strict=True)]
    line = timeline(events)
    one, two = lay_out(line, [20] * 4), lay_out(line, [20] * 4, shared_rows=2)
    assert (one.heights, two.heights) == ((1,), (2,))
    assert two.width < one.width
    days = timeline([make_event(when, when) for when in ("2001-02-03", "2002-03-04")])
    assert lay_out(days, [3, 3], shared_rows=2).heights == (1,)
    named = timeline(
        [make_event(note, when, "Armenia") for note, when in zip("ab", ("2001", "2002"), strict=True)]
    )
    assert lay_out(named, [20, 20], shared_rows=2).heights == (1,)


def test_no_events_take_no_room() -> None:
    axis = lay_out(timeline([]), [])
    assert (axis.places, axis.heights, axis.ticks, axis.width) == ((), (), (), 0)


@given(many_events(), st.data())
def test_columns_say_only_what_is_known(events: list[Event], data: st.DataObject) -> None:
    line = timeline(events)
    room = [data.draw(ROOM) for _ in line.events]
    axis = lay_out(line, room, shared_rows=data.draw(st.integers(1, 3)))
    places = {place.event: place for place in axis.places}
    assert places.keys() == set(range(len(events)))
    for one, other in combinations(range(line.dated), 2):
        if before(line.events[one], line.events[other]):
            assert places[one].end < places[other].column
    for earlier, later in pairwise(axis.ticks):
        assert earlier.column + max(len(earlier.year), len(earlier.label)) < later.column
        assert earlier.day < later.day
    for place in axis.places:
        assert place.column <= place.end and place.row < axis.heights[place.lane]
        assert place.column + room[place.event] <= max(axis.width, place.end + 2)


@given(many_events(), st.data())
def test_nothing_in_a_row_covers_anything_else(events: list[Event], data: st.DataObject) -> None:
    line = timeline(events)
    room = [data.draw(ROOM) for _ in line.events]
    rows: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in lay_out(line, room, shared_rows=data.draw(st.integers(1, 3))).places:
        last = max(place.end + 1, place.column + room[place.event] - 1)
        rows.setdefault((place.lane, place.row), []).append((place.column, last))
    for taken in rows.values():
        for (_, last), (first, _) in pairwise(sorted(taken)):
            assert last < first
