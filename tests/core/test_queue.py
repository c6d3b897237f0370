from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from factories import TODAY, make_place
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.queue import Place, plan, spread

NOTES = st.sampled_from(("a", "b", "c", "d", "e"))


@st.composite
def decks(draw: st.DrawFn) -> list[Place]:
    days = st.none() | st.integers(-30, 5).map(lambda days: TODAY + timedelta(days=days))
    rows = draw(st.lists(st.tuples(NOTES, days, st.booleans(), st.booleans(), st.booleans()), max_size=25))
    return [
        make_place(
            f"card {number}",
            note=note,
            due_day=due,
            in_steps=in_steps and due is not None,
            set_aside=aside,
            answered_today=answered and due is not None,
        )
        for number, (note, due, in_steps, aside, answered) in enumerate(rows)
    ]


def chosen(places: Sequence[Place], cards: Sequence[str]) -> list[Place]:
    by_card = {place.card: place for place in places}
    return [by_card[card] for card in cards]


@given(decks(), st.integers(0, 10))
def test_of_siblings_at_most_one_comes_a_day_besides_those_in_learning(
    places: list[Place], limit: int
) -> None:
    today = plan(places, day=TODAY, new_limit=limit)
    learning = {place.note for place in chosen(places, today.learning)}
    others = [place.note for place in chosen(places, (*today.due, *today.new))]
    assert len(others) == len({*others})
    assert learning.isdisjoint(others)
    assert {place.note for place in places if place.answered_today}.isdisjoint(others)


@given(decks(), st.integers(0, 10))
def test_nothing_that_could_come_is_left_out(places: list[Place], limit: int) -> None:
    today = plan(places, day=TODAY, new_limit=limit)
    taken = {place.note for place in chosen(places, (*today.learning, *today.due, *today.new))}
    taken |= {place.note for place in places if place.answered_today}
    for place in places:
        if place.set_aside or place.note in taken:
            continue
        if place.due_day is None:
            assert len(today.new) == limit
        else:
            assert place.due_day > TODAY


@given(decks(), st.integers(0, 10))
def test_the_daily_limit_of_new_cards_is_kept(places: list[Place], limit: int) -> None:
    today = plan(places, day=TODAY, new_limit=limit)
    assert len(today.new) <= limit
    assert all(place.due_day is None for place in chosen(places, today.new))


@given(decks())
def test_a_card_set_aside_never_comes(places: list[Place]) -> None:
    today = plan(places, day=TODAY, new_limit=100)
    asked = chosen(places, (*today.learning, *today.due, *today.new))
    assert not any(place.set_aside for place in asked)


@given(decks())
def test_a_card_in_learning_that_is_due_always_comes(places: list[Place]) -> None:
    today = plan(places, day=TODAY, new_limit=100)
    expected = [
        place.card
        for place in places
        if place.in_steps and place.due_day is not None and place.due_day <= TODAY and not place.set_aside
    ]
    assert list(today.learning) == expected


@given(decks())
def test_reviews_come_oldest_first_and_new_cards_in_deck_order(places: list[Place]) -> None:
    today = plan(places, day=TODAY, new_limit=100)
    days = [place.due_day for place in chosen(places, today.due)]
    assert all(day is not None and day <= TODAY for day in days)
    assert days == sorted(day for day in days if day is not None)
    positions = [places.index(place) for place in chosen(places, today.new)]
    assert positions == sorted(positions)


def test_a_due_sibling_comes_before_a_new_one() -> None:
    places = [make_place("new", note="n"), make_place("due", note="n", due_day=date(2024, 6, 1))]
    today = plan(places, day=TODAY, new_limit=5)
    assert (today.due, today.new) == (("due",), ())


def test_a_sibling_set_aside_keeps_no_other_back() -> None:
    places = [make_place("first", note="n", set_aside=True), make_place("second", note="n")]
    assert plan(places, day=TODAY, new_limit=5).new == ("second",)


def test_a_sibling_answered_today_and_then_suspended_still_keeps_the_others_back() -> None:
    answered = make_place(
        "first", note="n", due_day=TODAY + timedelta(days=9), answered_today=True, set_aside=True
    )
    assert plan([answered, make_place("second", note="n")], day=TODAY, new_limit=5).new == ()


def test_new_cards_are_spread_among_the_reviews() -> None:
    places = [make_place(f"r{number}", due_day=TODAY) for number in range(4)]
    places += [make_place(f"n{number}") for number in range(2)]
    assert plan(places, day=TODAY, new_limit=5).order == ("r0", "n0", "r1", "r2", "n1", "r3")


@given(st.integers(0, 40), st.integers(0, 40))
def test_spread_keeps_both_orders_and_mixes_evenly(first: int, second: int) -> None:
    many, few = [f"m{number}" for number in range(first)], [f"f{number}" for number in range(second)]
    mixed = spread(many, few)
    assert [card for card in mixed if card[0] == "m"] == many
    assert [card for card in mixed if card[0] == "f"] == few
    for end in range(len(mixed) + 1):
        share = end * second / max(1, first + second)
        assert abs(sum(card[0] == "f" for card in mixed[:end]) - share) <= 0.5 + 1e-9
