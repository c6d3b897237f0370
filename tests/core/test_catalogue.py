from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from factories import TODAY
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.catalogue import (
    COLUMNS,
    STATES,
    Column,
    Filter,
    Known,
    Row,
    counted,
    counted_states,
    due_in_words,
    filtered,
    is_due,
    ordered,
)
from trainer.core.fsrs6 import Curve
from trainer.core.listing import Listing

DAY = TODAY.isoformat()


def make_row(card: str = "deck/n1/card", **fields: Any) -> Row:
    usual: dict[str, Any] = {
        "deck": card.partition("/")[0],
        "type": "basic",
        "question": "Who?",
        "answer": "Somebody.",
        "state": "new",
        "due": "",
        "stability": 0.0,
        "last": "",
        "reps": 0,
        "lapses": 0,
        "flagged": 0,
    }
    return Row(id=card, **(usual | fields))


def reviewed(card: str = "deck/n1/card", *, due: int = 0, ago: int = 5, **fields: Any) -> Row:
    """A card in review, due in so many days and last reviewed so many days ago."""
    kept = {"state": "review", "stability": 10.0, "reps": 2} | fields
    day, last = TODAY + timedelta(days=due), TODAY - timedelta(days=ago)
    return make_row(card, due=day.isoformat(), last=last.isoformat(), **kept)


@st.composite
def many_rows(draw: st.DrawFn) -> list[Row]:
    count = draw(st.integers(0, 12))
    rows = []
    for number in range(count):
        state = draw(st.sampled_from(STATES[1:]))
        seen = state in ("learning", "review") or draw(st.booleans())
        make = reviewed if seen and state != "new" else make_row
        rows.append(
            make(
                f"deck{draw(st.integers(0, 2))}/n{number}/card",
                state=state,
                type=draw(st.sampled_from(("basic", "cloze"))),
                question=draw(st.text(max_size=5)),
                lapses=draw(st.integers(0, 9)),
                flagged=draw(st.integers(0, 1)),
                **({"due": draw(st.integers(-40, 400))} if make is reviewed else {}),
            )
        )
    return rows


filters = st.builds(
    Filter,
    decks=st.sampled_from([(), ("deck0",), ("deck1", "deck2")]),
    types=st.sampled_from([(), ("basic",)]),
    states=st.lists(st.sampled_from(STATES), max_size=2).map(tuple),
    flagged=st.booleans(),
    lapses=st.sampled_from([0, 5]),
)


def fits(row: Row, wanted: Filter) -> bool:
    """What a filter means, card by card."""
    states = [row.state, *["due"] * is_due(row, DAY)]
    return (
        (not wanted.decks or row.deck in wanted.decks)
        and (not wanted.types or row.type in wanted.types)
        and (not wanted.states or any(state in wanted.states for state in states))
        and (not wanted.flagged or row.flagged == 1)
        and row.lapses >= wanted.lapses
    )


@given(many_rows(), filters, st.sampled_from(COLUMNS), st.booleans())
def test_what_is_filtered_and_sorted_is_all_that_fits_and_each_once(
    rows: list[Row], wanted: Filter, column: Column, reverse: bool
) -> None:
    order = ordered(rows, column, known=Known(TODAY), titles={}, reverse=reverse)
    assert sorted(order) == list(range(len(rows)))
    found = filtered(rows, order, wanted, day=TODAY)
    assert found == [place for place in order if fits(rows[place], wanted)]


@given(many_rows(), st.sampled_from(COLUMNS))
def test_what_is_equal_in_a_column_stays_in_deck_order(rows: list[Row], column: Column) -> None:
    same = [make_row(row.id, deck="deck") for row in rows]
    assert ordered(same, column, known=Known(TODAY), titles={}) == list(range(len(rows)))


def test_a_filter_by_facets_takes_what_all_of_them_have() -> None:
    rows = [make_row(f"deck/n{number}/card") for number in range(4)]
    ids = [row.id for row in rows]
    having = [{ids[1], ids[2]}, {ids[2], ids[3]}]
    assert filtered(rows, range(4), Filter(), day=TODAY, having=having) == [2]


def test_the_facets_of_a_filter_are_those_asked_for() -> None:
    assert Filter(decks=("d",)).facets == {}
    wanted = Filter(tags=("war",), sources=("report#2",), names=("Minsk", "Yerevan"))
    assert wanted.facets == {"tag": ("war",), "source": ("report#2",), "name": ("Minsk", "Yerevan")}


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("", "abcdef"),
        ("question", "fbacde"),
        ("deck", "efabcd"),
        ("type", "bcdefa"),
        ("state", "afcbed"),
        ("due", "cbafde"),
        ("known", "bcadef"),
        ("lapses", "bcadef"),
    ],
)
def test_columns_sort_as_one_would_expect(column: Column, expected: str) -> None:
    rows = [
        make_row("z/a/card", type="typed", question="c"),
        reviewed("z/b/card", due=3, ago=40, lapses=9, question="B"),
        reviewed("z/c/card", due=1, ago=1, state="learning", lapses=2, question="d"),
        make_row("z/d/card", state="superseded", question="e"),
        make_row("y/e/card", state="buried", question="f"),
        make_row("y/f/card", question="a"),
    ]
    titles = {"z": "second", "y": "First"}
    found = ordered(rows, column, known=Known(TODAY), titles=titles)
    assert "".join(rows[place].id.split("/")[1] for place in found) == expected


def test_the_other_way_round_the_last_come_first() -> None:
    rows = [make_row(f"deck/n{number}/card", question="bca"[number]) for number in range(3)]
    assert ordered(rows, "", known=Known(TODAY), titles={}, reverse=True) == [2, 1, 0]
    assert ordered(rows, "question", known=Known(TODAY), titles={}, reverse=True) == [1, 0, 2]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "today"),
        (1, "1d"),
        (30, "30d"),
        (31, "1.0mo"),
        (400, "1.1y"),
        (-3, "3d late"),
        (-40, "1.3mo late"),
        (-800, "2.2y late"),
    ],
)
def test_when_a_card_comes_is_told_in_words(days: int, expected: str) -> None:
    assert due_in_words(reviewed(due=days), TODAY) == expected


def test_a_card_that_does_not_come_has_no_due_day() -> None:
    assert due_in_words(make_row(), TODAY) == ""
    assert due_in_words(reviewed(state="suspended"), TODAY) == ""


@given(st.integers(0, 500), st.floats(0.1, 500))
def test_how_well_a_card_is_known_is_the_forgetting_curve(ago: int, stability: float) -> None:
    known = Known(TODAY)
    row = reviewed(ago=ago, stability=stability)
    assert known.of(row) == known.of(row) == Curve().recall(stability, ago)


def test_a_card_without_reviews_is_not_known_and_one_of_tomorrow_fully() -> None:
    assert Known(TODAY).of(make_row()) is None
    assert Known(TODAY).of(reviewed(ago=-3)) == 1.0


@given(many_rows())
def test_every_card_is_counted_in_its_deck_its_type_and_its_state(rows: list[Row]) -> None:
    assert counted(rows, "deck") == Counter(row.deck for row in rows)
    assert counted(rows, "type") == Counter(row.type for row in rows)
    states = counted_states(rows, day=TODAY)
    assert states.pop("due") == sum(is_due(row, DAY) for row in rows)
    assert sum(states.values()) == len(rows)
    assert {state for state, count in states.items() if count} == {row.state for row in rows}


# What is looked at


def test_a_listing_keeps_its_filter_and_order_while_rows_change() -> None:
    rows = [make_row(f"deck/n{number}/card", question="bca"[number]) for number in range(3)]
    listing = Listing(rows, known=Known(TODAY), titles={})
    assert listing.among == [0, 1, 2]
    listing.filter(Filter(states=("new",)))
    listing.sort("question")
    assert listing.among == [2, 0, 1]
    listing.replace({rows[0].id: rows[0]._replace(state="suspended"), "deck/gone/card": rows[0]})
    assert listing.among == [2, 1]
    assert [row.state for row in listing.rows] == ["suspended", "new", "new"]
    listing.filter(Filter())
    assert (listing.among, listing.column, listing.reverse) == ([2, 0, 1], "question", False)


def test_a_listing_knows_where_a_card_is() -> None:
    listing = Listing([make_row("deck/a/card"), make_row("deck/b/card")], known=Known(date.min))
    assert (listing.place_of("deck/b/card"), listing.place_of("deck/c/card")) == (1, None)


def test_a_listing_filters_by_what_cards_have() -> None:
    listing = Listing([make_row("deck/a/card"), make_row("deck/b/card")])
    listing.filter(Filter(tags=("war",)), having=[{"deck/b/card"}])
    assert listing.among == [1]
    listing.sort("deck")
    assert listing.among == [1]
