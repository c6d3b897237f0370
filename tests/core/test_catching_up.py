from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from factories import PLAIN, TODAY, UNKNOWN, make_moment, make_session
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.catching_up import Stand, caught_up
from trainer.core.review import Rating

CARDS = [f"deck/n{number}/card" for number in range(3)]
NEW = Stand(None, False)


def answered(rating: Rating, *, days: int = 0, minutes: int = 0) -> Stand:
    """How a card stands that another session has answered."""
    moment = make_moment(TODAY + timedelta(days=days), minutes=minutes)
    return Stand(PLAIN.after(None, rating, card=CARDS[0], moment=moment), False)


def standing(**stands: Stand) -> Callable[[str], Stand]:
    return lambda card: stands.get(card.split("/")[1], NEW)


def test_a_card_that_is_as_it_was_is_asked() -> None:
    session = make_session()
    assert caught_up(session, standing(), make_moment()) == session


@pytest.mark.parametrize(
    "stand", [answered(Rating.EASY), Stand(None, True), Stand(answered(Rating.AGAIN).state, True)]
)
def test_a_card_answered_for_today_or_set_aside_elsewhere_is_passed_over(stand: Stand) -> None:
    session = caught_up(make_session(), standing(n0=stand, n1=stand), make_moment())
    assert (session.front, session.waiting, session.total) == (CARDS[2], (), 1)
    assert session.entry is None and session.previous is None
    assert caught_up(make_session(), lambda card: stand, make_moment()).front is None


def test_a_card_that_was_begun_elsewhere_comes_when_it_is_due_as_it_stands_then() -> None:
    stand = answered(Rating.AGAIN)
    session = caught_up(make_session(), standing(n0=stand), make_moment())
    assert session.front == CARDS[1] and session.total == 3
    assert stand.state is not None
    assert session.learning == ((stand.state.due_at, CARDS[0]),)
    later = make_moment(minutes=5)
    again = caught_up(session.with_next(later.at), standing(n0=stand), later)
    assert (again.front, again.state) == (CARDS[0], stand.state)


def test_the_last_card_left_comes_early_though_it_was_begun_elsewhere() -> None:
    stand = answered(Rating.AGAIN)
    session = caught_up(make_session(1), standing(n0=stand), make_moment())
    assert (session.front, session.state) == (CARDS[0], stand.state)


def test_a_card_that_was_forgotten_elsewhere_is_asked_as_a_new_one() -> None:
    session = make_session()
    outcome = session.judge(Rating.AGAIN, verdict=UNKNOWN, response="", milliseconds=1, moment=make_moment())
    later = make_moment(minutes=30)
    session = session.advance(outcome).with_next(later.at)
    assert session.front == CARDS[0] and session.state is not None
    assert caught_up(session, standing(), later).state is None


def test_a_card_asked_for_though_it_was_set_aside_comes_again_in_its_sitting() -> None:
    session = make_session(1)
    outcome = session.judge(Rating.AGAIN, verdict=UNKNOWN, response="", milliseconds=1, moment=make_moment())
    session = session.advance(outcome)
    aside = Stand(outcome.after, True)
    assert caught_up(session, lambda card: aside, make_moment()).front == CARDS[0]


def test_a_card_answered_here_and_then_elsewhere_counts_among_those_of_the_sitting() -> None:
    session = make_session(3)
    outcome = session.judge(Rating.AGAIN, verdict=UNKNOWN, response="", milliseconds=1, moment=make_moment())
    later = make_moment(minutes=30)
    session = session.advance(outcome).with_next(later.at)
    assert session.front == CARDS[0]
    session = caught_up(session, standing(n0=answered(Rating.EASY)), later)
    assert (session.front, session.total) == (CARDS[2], 3)


def test_a_card_that_a_clock_set_back_has_made_early_is_asked_all_the_same() -> None:
    state = answered(Rating.EASY, days=-9).state
    assert state is not None
    due = Stand(state._replace(due_day=TODAY), False)
    yesterday = make_moment(TODAY - timedelta(days=1))
    assert caught_up(make_session(), standing(n0=due), yesterday).front == CARDS[0]


def test_while_cramming_every_card_is_asked() -> None:
    session = make_session(cram=True)
    assert caught_up(session, lambda card: answered(Rating.EASY), make_moment()) == session


stands = st.builds(
    Stand,
    st.none()
    | st.builds(
        lambda rating, days, minutes: answered(rating, days=days, minutes=minutes).state,
        st.sampled_from(Rating),
        st.integers(-5, 2),
        st.integers(-30, 60),
    ),
    st.booleans(),
)


@given(st.lists(stands, min_size=4, max_size=4), st.integers(0, 40))
def test_it_ends_with_a_card_as_it_stands_and_loses_none_that_is_to_be_asked(
    given_stands: list[Stand], minutes: int
) -> None:
    moment = make_moment(minutes=minutes)
    session = make_session(4)
    by_card = dict(zip(session.cards, given_stands, strict=True))
    after = caught_up(session, by_card.__getitem__, moment)
    assert caught_up(after, by_card.__getitem__, moment) == after
    left = {after.front, *after.waiting, *(card for _, card in after.learning)} - {None}
    for card, (state, set_aside) in by_card.items():
        if not set_aside and (state is None or state.due_day <= moment.day):
            assert card in left
    if after.front is not None:
        assert after.state == by_card[after.front].state and not by_card[after.front].set_aside
    assert after.total >= len(left)
