from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.event_order import FEWEST, MOST, chain, groups, neighbours, span

YEARS = st.integers(1900, 2030)
DATES = st.one_of(
    YEARS.map(str),
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-{:02}-{:02}".format, YEARS, st.integers(1, 12), st.integers(1, 28)),
)
EVENTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), DATES, max_size=25)


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2024-06-13", date(2024, 6, 13), date(2024, 6, 13)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2023-11", date(2023, 11, 1), date(2023, 11, 30)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_date_of_any_precision_is_a_span_of_days(when: str, first: date, last: date) -> None:
    assert span(when) == (first, last)


def test_what_is_no_date_has_no_span() -> None:
    with pytest.raises(ValueError, match="not a date"):
        span("soon")


def test_of_events_that_overlap_one_is_left_out() -> None:
    assert chain({"june": "2024-06", "the 13th": "2024-06-13", "2023": "2023"}) == ["2023", "the 13th"]
    assert chain({"year": "2024", "june": "2024-06"}) == ["june"]


@given(EVENTS)
def test_each_event_of_a_chain_is_over_before_the_next_begins(times: dict[str, str]) -> None:
    ordered = chain(times)
    assert {*ordered} <= {*times} and len({*ordered}) == len(ordered)
    for one, other in itertools.pairwise(ordered):
        assert span(times[one])[1] < span(times[other])[0]
    assert bool(ordered) == bool(times)


@given(EVENTS)
def test_no_event_could_be_added_to_a_chain(times: dict[str, str]) -> None:
    ordered = chain(times)
    for event in {*times} - {*ordered}:
        first, last = span(times[event])
        assert any(span(times[kept])[0] <= last and first <= span(times[kept])[1] for kept in ordered)


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=40))
def test_groups_are_a_chain_cut_into_pieces(events: list[str]) -> None:
    found = groups(events)
    assert [event for group in found for event in group] == events
    assert all(len(group) <= MOST for group in found)
    assert all(len(group) >= FEWEST for group in found[:-1])


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, min_size=1, max_size=40), st.data())
def test_a_new_event_leaves_the_groups_before_it_as_they_are(events: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(events)))
    before, after = groups(events), groups([*events[:at], "a new one", *events[at:]])
    whole = 0
    for group in before[:-1]:
        whole += len(group)
        if whole < at:
            assert group in after


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=40))
def test_neighbours_are_compared_only_where_no_group_orders_them(events: list[str]) -> None:
    found = groups(events)
    ordered = {pair for group in found if len(group) >= FEWEST for pair in itertools.pairwise(group)}
    compared = list(neighbours(found))
    assert len({*compared}) == len(compared)
    assert ordered.isdisjoint(compared)
    assert ordered | {*compared} == {*itertools.pairwise(events)}


def test_where_a_chain_is_cut_depends_on_ids_only() -> None:
    assert groups(list("abcdefghijkl")) == groups(list("abcdefghijkl"))
    assert len(groups([str(number) for number in range(60)])) > 60 / MOST
