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


def test_a_card_that_was_answered_here_stays_as_it_is(store: Store) -> None:
    review = make_review(CARD, moment=make_moment())
    state = SCHEDULER.after(None, review.rating, card=CARD, moment=review.moment)
    store.append_review(Outcome(review=review, before=None, after=state))
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
