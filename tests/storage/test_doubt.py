"""An answer that was told as not saved and is there all the same counts once when it is given again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import TODAY, make_moment, make_outcome, make_review

from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler
from trainer.core.session import Outcome
from trainer.errors import ChangedElsewhereError
from trainer.storage.store import Store

CARD = "deck/n1/card"
SCHEDULER = Scheduler()


class CommitError(Exception):
    """What is raised after a transaction has ended well."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "progress.db")
    yield store
    store.close()


def outcome(rating: Rating, *, card: str = CARD, minutes: int = 0, before: Outcome | None = None) -> Outcome:
    moment = make_moment(TODAY, minutes=minutes)
    state = before.after if before else None
    after = SCHEDULER.after(state, rating, card=card, moment=moment)
    return make_outcome(make_review(card, rating, moment=moment), state, after)


def saved_but_told_as_failed(store: Store, answer: Outcome) -> None:
    """Write an answer as where the disk fails right after it has taken it."""
    with pytest.raises(CommitError):
        append_then_fail(store, answer)


def append_then_fail(store: Store, answer: Outcome) -> None:
    usual = store.connection

    class Failing:
        in_transaction = False

        def __getattr__(self, name: str) -> object:
            return getattr(usual, name)

        def execute(self, query: str, *values: object) -> object:
            done = usual.execute(query, *values)  # type: ignore[arg-type]
            if query == "COMMIT":
                raise CommitError
            return done

    store.connection = Failing()  # type: ignore[assignment]
    try:
        store.append_review(answer)
    finally:
        store.connection = usual


def fail_before_commit(store: Store, answer: Outcome) -> None:
    """Lose an answer as where the disk fails before it has taken it."""
    usual = store.connection

    class Failing:
        def __getattr__(self, name: str) -> object:
            return getattr(usual, name)

        def execute(self, query: str, *values: object) -> object:
            if query == "COMMIT":
                raise CommitError
            return usual.execute(query, *values)  # type: ignore[arg-type]

    store.connection = Failing()  # type: ignore[assignment]
    try:
        with pytest.raises(CommitError):
            store.append_review(answer)
    finally:
        store.connection = usual


def ratings(store: Store, card: str = CARD) -> list[Rating]:
    return [review.rating for review in store.reviews(card)]


@pytest.mark.parametrize("again", [Rating.GOOD, Rating.AGAIN])
def test_given_again_it_counts_once_as_it_was_given_then(store: Store, again: Rating) -> None:
    saved_but_told_as_failed(store, outcome(Rating.GOOD))
    assert ratings(store) == [Rating.GOOD]
    retried = outcome(again, minutes=1)
    store.append_review(retried)
    assert ratings(store) == [again]
    assert store.memory() == {CARD: retried.after}
    assert store.memory()[CARD] == SCHEDULER.replay(store.history(CARD))


def test_after_an_earlier_answer_it_is_that_which_stays(store: Store) -> None:
    first = outcome(Rating.GOOD)
    store.append_review(first)
    saved_but_told_as_failed(store, outcome(Rating.EASY, minutes=1, before=first))
    store.append_review(outcome(Rating.HARD, minutes=2, before=first))
    assert ratings(store) == [Rating.GOOD, Rating.HARD]
    assert store.memory()[CARD] == SCHEDULER.replay(store.history(CARD))


def test_asked_anew_after_that_the_card_has_both_answers(store: Store) -> None:
    first = outcome(Rating.AGAIN)
    saved_but_told_as_failed(store, first)
    store.append_review(outcome(Rating.GOOD, minutes=2, before=first))
    assert ratings(store) == [Rating.AGAIN, Rating.GOOD]


def test_an_answer_to_another_card_leaves_it(store: Store) -> None:
    saved_but_told_as_failed(store, outcome(Rating.GOOD))
    store.append_review(outcome(Rating.EASY, card="deck/n2/card", minutes=1))
    assert ratings(store) == [Rating.GOOD] and ratings(store, "deck/n2/card") == [Rating.EASY]


def test_an_answer_given_by_another_session_since_then_is_not_taken_back(store: Store) -> None:
    first = outcome(Rating.GOOD)
    saved_but_told_as_failed(store, first)
    other = Store(store.path)
    other.append_review(outcome(Rating.HARD, minutes=1, before=first))
    other.close()
    with pytest.raises(ChangedElsewhereError):
        store.append_review(outcome(Rating.GOOD, minutes=2))
    assert ratings(store) == [Rating.GOOD, Rating.HARD]


def test_an_answer_that_was_not_kept_is_simply_given_again(store: Store) -> None:
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Exception, match="read-only"):
        store.append_review(outcome(Rating.GOOD))
    store.connection.execute("PRAGMA query_only = OFF")
    store.append_review(outcome(Rating.GOOD, minutes=1))
    assert ratings(store) == [Rating.GOOD]
    assert store.all("SELECT count(*) FROM log") == [(1,)]


def test_told_as_failed_twice_it_counts_once(store: Store) -> None:
    saved_but_told_as_failed(store, outcome(Rating.GOOD))
    fail_before_commit(store, outcome(Rating.GOOD, minutes=1))
    assert ratings(store) == [Rating.GOOD]
    store.append_review(outcome(Rating.EASY, minutes=2))
    assert ratings(store) == [Rating.EASY]
    assert store.memory()[CARD] == SCHEDULER.replay(store.history(CARD))
