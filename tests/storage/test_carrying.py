"""Histories of other programs in the log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from factories import TODAY, make_moment, make_review

from trainer.core.carried import CardPast, PastReview
from trainer.core.day import Moment, moment_of
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState, Phase, Scheduler
from trainer.core.session import Outcome
from trainer.storage.acts import Acts
from trainer.storage.carrying import Brought, Carrying
from trainer.storage.store import Store

CARD = "deck/n1/card"
SCHEDULER = Scheduler()
STATE = MemoryState(
    stability=18.5,
    difficulty=6.25,
    phase=Phase.REVIEW,
    step=0,
    due_day=date(2024, 6, 30),
    due_at=None,
    last_day=date(2024, 6, 10),
    reps=2,
    lapses=0,
)


def when(at: int) -> Moment:
    return moment_of(datetime.fromtimestamp(at / 1000, UTC), rollover_hour=4)


def at(days_ago: int) -> int:
    return make_moment(TODAY - timedelta(days=days_ago)).at


PAST = CardPast(
    reviews=(PastReview(at(9), Rating.GOOD, 4000), PastReview(at(3), Rating.AGAIN, 9000)),
    state=STATE,
    suspended=True,
    flagged=True,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "progress.db")


def bring(store: Store, past: CardPast = PAST) -> Brought:
    return Carrying(store).bring({CARD: past}, moment=make_moment(), when=when)


def test_a_history_comes_in_with_its_state_and_its_marks(store: Store) -> None:
    assert bring(store) == Brought(cards=1, reviews=2)
    assert store.memory() == {CARD: STATE}
    assert store.marks(CARD)[::2] == (True, True)
    rows = store.all(
        "SELECT at, rating, score, milliseconds, study_day, mode FROM kept WHERE kind = 'review'"
    )
    assert rows == [
        (at(9), 3, 1.0, 4000, "2024-06-04", "study"),
        (at(3), 1, 0.0, 9000, "2024-06-10", "study"),
    ]


def test_a_replay_begins_with_the_state_that_was_brought_in(store: Store) -> None:
    bring(store)
    review = make_review(CARD, moment=make_moment())
    after = SCHEDULER.after(STATE, review.rating, card=CARD, moment=review.moment)
    store.append_review(Outcome(review=review, before=STATE, after=after))
    store.rebuild("other", SCHEDULER.replay)
    assert store.memory() == {CARD: after}


def test_it_is_taken_back_as_a_whole(store: Store) -> None:
    bring(store)
    entry = store.last_entry()
    assert entry is not None
    assert entry.kind == "carried"
    assert store.append_undo(entry, moment=make_moment(), replay=SCHEDULER.replay) == 0, "it was one card"
    assert (store.memory(), store.marks(CARD).suspended, store.reviews(CARD)) == ({}, False, [])
    assert store.last_entry() is None
    assert bring(store).cards == 1, "what was taken back can be brought in again"


def test_what_is_there_already_is_not_brought_in_again(store: Store) -> None:
    bring(store)
    assert bring(store) == Brought(known=1)
    later = PAST._replace(
        reviews=(*PAST.reviews, PastReview(at(1), Rating.GOOD, 1)),
        state=STATE._replace(reps=3, last_day=TODAY - timedelta(days=1)),
    )
    assert bring(store, later) == Brought(cards=1, reviews=1)
    assert store.memory() == {CARD: later.state}


def answered_here(store: Store, *, days_ago: int = 0) -> MemoryState:
    review = make_review(CARD, moment=make_moment(TODAY - timedelta(days=days_ago)), answer="Minsk")
    before = store.memory([CARD]).get(CARD)
    state = SCHEDULER.after(before, review.rating, card=CARD, moment=review.moment)
    store.append_review(Outcome(review=review, before=before, after=state))
    return state


def is_a_replay(store: Store) -> bool:
    """Whether the memory states kept are those that a replay gives."""
    kept = store.memory()
    store.rebuild("other", SCHEDULER.replay)
    return kept == store.memory()


@pytest.mark.parametrize("later", [PAST._replace(state=None), CardPast(suspended=True)])
def test_a_card_that_was_reset_there_after_it_was_brought_in_is_new(store: Store, later: CardPast) -> None:
    bring(store, PAST if later.reviews else CardPast(state=STATE))
    bring(store, later)
    assert store.memory() == {}
    assert is_a_replay(store)


def test_what_was_forgotten_here_is_not_brought_back(store: Store) -> None:
    bring(store)
    Acts(store).forget([CARD], moment=make_moment())
    assert bring(store) == Brought(known=1)
    later = PAST._replace(reviews=(*PAST.reviews, PastReview(make_moment(minutes=9).at, Rating.GOOD, 1)))
    assert bring(store, later) == Brought(cards=1, reviews=1)
    assert store.memory() == {CARD: STATE}


@pytest.mark.parametrize("mark", ["suspend", "flag"])
def test_a_mark_that_was_taken_off_here_is_not_set_again(store: Store, mark: str) -> None:
    bring(store)
    store.append_mark(mark, CARD, moment=make_moment(), value=0)
    assert bring(store) == Brought(known=1)


def test_a_card_answered_here_gets_what_was_answered_there_since_it_was_handed_out(store: Store) -> None:
    state = answered_here(store, days_ago=3)
    there = PastReview(store.reviews(CARD)[0].moment.at + 4, Rating.GOOD, 1000)
    past = CardPast(reviews=(there,), state=state._replace(stability=2.31))
    assert bring(store, past) == Brought(known=1), "what is known here is exact"
    assert store.memory() == {CARD: state}
    later = CardPast(reviews=(there, PastReview(at(1), Rating.EASY, 1)), state=STATE)
    assert bring(store, later) == Brought(cards=1, reviews=1)
    assert store.memory() == {CARD: STATE}
    assert is_a_replay(store)


def test_a_review_that_got_another_millisecond_on_its_way_is_the_same_one(store: Store) -> None:
    bring(store)
    moved = tuple(review._replace(at=review.at + 4) for review in PAST.reviews)
    assert bring(store, PAST._replace(reviews=moved)) == Brought(known=1)
    other = (moved[0], moved[1]._replace(rating=Rating.GOOD))
    assert bring(store, PAST._replace(reviews=other)) == Brought(known=1), "we have another one"
    assert len(store.all("SELECT 1 FROM kept WHERE kind = 'review'")) == 2


def test_a_reset_between_reviews_comes_in_where_it_was(store: Store) -> None:
    first, second = PAST.reviews
    bring(store, PAST._replace(reviews=(first, second._replace(reset=True))))
    kinds = [kind for (kind,) in store.all("SELECT kind FROM log ORDER BY seq")]
    assert kinds == ["review", "forget", "review", "suspend", "flag", "carried"]
    assert store.memory() == {CARD: STATE}
    assert is_a_replay(store)


def test_a_card_that_was_answered_here_stays_as_it_is(store: Store) -> None:
    state = answered_here(store)
    assert bring(store) == Brought(known=1)
    assert store.memory() == {CARD: state}


def test_a_card_that_was_reset_there_is_new_here(store: Store) -> None:
    bring(store, PAST._replace(state=None, suspended=False, flagged=False))
    assert store.memory() == {}
    store.rebuild("other", SCHEDULER.replay)
    assert store.memory() == {}
    assert len(store.all("SELECT 1 FROM kept WHERE kind = 'review'")) == 2


def test_nothing_comes_in_where_the_work_is_broken_off(store: Store) -> None:
    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Carrying(store).bring({CARD: PAST}, moment=make_moment(), when=when, advance=stop)
    assert store.all("SELECT 1 FROM log") == []
    assert (store.memory(), store.marks(CARD).suspended) == ({}, False)
