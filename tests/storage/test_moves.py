"""Histories that move: what is read of a card is read of the card to which it belongs now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from factories import TODAY, make_card, make_deck, make_moment, make_outcome, make_review

from trainer.core.review import Rating
from trainer.core.scheduling import History, Scheduler
from trainer.errors import ChangedElsewhereError
from trainer.storage.acts import Acts
from trainer.storage.catalogue import Catalogue
from trainer.storage.deck_index import DeckIndex, NewEntry
from trainer.storage.entries import Entry, Marks
from trainer.storage.moves import Move, Moves, Past
from trainer.storage.quiz_log import QuizLog
from trainer.storage.scores import Scores
from trainer.storage.standing import Standing
from trainer.storage.store import Store

OLD, NEW, THIRD = "deck/old/card", "deck/new/card", "deck/third/card"
SCHEDULER = Scheduler()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "progress.db")
    yield store
    store.close()


def answer(store: Store, card: str, rating: Rating = Rating.GOOD, *, days: int = 0, said: str = "") -> bytes:
    moment = make_moment(TODAY + timedelta(days=days))
    before = store.memory([card]).get(card)
    after = SCHEDULER.after(before, rating, card=card, moment=moment)
    review = make_review(card, rating, moment=moment, answer=said)
    return store.append_review(make_outcome(review, before, after))


def move(store: Store, *pairs: tuple[str, str]) -> list[Entry]:
    return Moves(store).move(pairs, how="asked", moment=make_moment(), replay=SCHEDULER.replay)


def take_back(store: Store, entry: Entry) -> int:
    return store.append_undo(entry, moment=make_moment(), replay=SCHEDULER.replay)


def cached(store: Store) -> object:
    """All that is kept beside the log, and to whom its entries belong."""
    tables = ("meta", "memory", "marks", "deck_file", "card")
    rows = {table: sorted(store.all(f"SELECT * FROM {table}"), key=repr) for table in tables}
    owners = store.all("SELECT seq, owner, moved_to FROM log WHERE kind NOT IN ('move', 'undo')")
    return rows, owners


def test_all_that_is_known_of_a_card_is_known_of_the_one_it_moves_to(store: Store) -> None:
    answer(store, OLD, Rating.AGAIN, said="before")
    answer(store, OLD, days=1, said="now")
    store.append_mark("flag", OLD, moment=make_moment())
    store.append_mark("suspend", OLD, moment=make_moment())
    index = DeckIndex(store)
    deck = make_deck(make_card("new"))
    index.put([NewEntry(b"k", deck.path, deck.id, deck, ())], at=1)
    (state,) = store.memory().values()

    assert [entry.card for entry in move(store, (OLD, NEW))] == [OLD]

    reviews = store.reviews(NEW)
    assert [review.rating for review in reviews] == [Rating.AGAIN, Rating.GOOD]
    assert {review.card for review in reviews} == {NEW}
    memory = store.memory()
    assert memory.keys() == {NEW}
    assert memory[NEW] == SCHEDULER.replay(History(reviews))
    assert (memory[NEW].reps, memory[NEW].last_day) == (state.reps, state.last_day)
    assert store.marks(NEW) == Marks(suspended=True, flagged=True)
    assert store.last_answer(NEW) == ("now", TODAY + timedelta(days=1))
    assert [past.kind for past in Catalogue(store).history(NEW)] == ["suspend", "flag", "review", "review"]
    assert Standing(store).flagged() == {NEW}
    assert [card for _, card in Standing(store).suspended([b"k"])] == [NEW]
    (entries,) = Scores(store.connection, store.path).entries()
    assert {entry[1] for entry in entries} == {NEW}
    assert store.reviews(OLD) == [] == Catalogue(store).history(OLD)
    assert store.marks(OLD) == Marks()
    assert store.last_answer(OLD) is None


def test_what_a_card_gets_after_a_move_is_its_own(store: Store) -> None:
    answer(store, OLD)
    move(store, (OLD, NEW))
    answer(store, OLD, Rating.EASY, days=1)
    assert [review.rating for review in store.reviews(OLD)] == [Rating.EASY]
    assert [review.rating for review in store.reviews(NEW)] == [Rating.GOOD]
    assert store.memory([OLD])[OLD].reps == 1


def test_what_a_card_got_after_a_move_stays_its_own_when_another_move_is_taken_back(store: Store) -> None:
    answer(store, OLD)
    move(store, (OLD, NEW))
    answer(store, OLD, Rating.EASY, days=1)
    answer(store, "deck/b/card")
    (other,) = move(store, ("deck/b/card", THIRD))
    take_back(store, other)
    assert [review.rating for review in store.reviews(OLD)] == [Rating.EASY]
    assert [review.rating for review in store.reviews(NEW)] == [Rating.GOOD]


def test_two_histories_become_one_in_the_order_of_the_log(store: Store) -> None:
    answer(store, OLD, Rating.HARD)
    answer(store, NEW, Rating.EASY)
    answer(store, OLD, Rating.AGAIN, days=1)
    store.append_mark("flag", NEW, moment=make_moment())
    store.append_mark("flag", OLD, moment=make_moment(), value=0)
    move(store, (OLD, NEW))
    assert [each.rating for each in store.reviews(NEW)] == [Rating.HARD, Rating.EASY, Rating.AGAIN]
    assert store.memory()[NEW] == SCHEDULER.replay(store.history(NEW))
    assert store.marks(NEW) == Marks()


def test_histories_move_on_and_back(store: Store) -> None:
    answer(store, OLD)
    move(store, (OLD, NEW))
    answer(store, NEW, days=1)
    move(store, (NEW, THIRD))
    assert len(store.reviews(THIRD)) == 2
    move(store, (THIRD, OLD))
    assert len(store.reviews(OLD)) == 2
    assert store.memory().keys() == {OLD}
    assert store.all("SELECT moved_to FROM log WHERE kind = 'review' ORDER BY seq") == [(None,), (OLD,)]


def test_a_move_taken_back_leaves_all_as_it_was(store: Store) -> None:
    answer(store, OLD)
    answer(store, NEW, Rating.AGAIN)
    answer(store, "deck/b/card")
    store.append_mark("bury", OLD, moment=make_moment())
    before = cached(store)
    entries = move(store, (OLD, NEW), ("deck/b/card", THIRD))
    assert cached(store) != before
    last = store.last_entry()
    assert last == Entry(entries[1].id, "move", "deck/b/card")
    assert take_back(store, last) == 1
    assert cached(store) == before
    with pytest.raises(ChangedElsewhereError):
        take_back(store, last)


def test_a_move_in_the_middle_of_a_chain_can_be_taken_back(store: Store) -> None:
    answer(store, OLD)
    (first,) = move(store, (OLD, NEW))
    answer(store, NEW, Rating.EASY)
    move(store, (NEW, THIRD))
    take_back(store, first)
    assert [review.rating for review in store.reviews(OLD)] == [Rating.GOOD]
    assert [review.rating for review in store.reviews(THIRD)] == [Rating.EASY]
    assert store.memory().keys() == {OLD, THIRD}


def test_an_entry_is_taken_back_from_the_card_that_has_it_now(store: Store) -> None:
    entry = answer(store, OLD)
    flag = store.append_mark("flag", OLD, moment=make_moment())
    move(store, (OLD, NEW))
    entries = [Entry(entry, "review", OLD), Entry(flag, "flag", OLD)]
    Acts(store).undo(entries, moment=make_moment(), replay=SCHEDULER.replay)
    assert store.memory() == {}
    assert store.marks(NEW) == Marks()


def test_a_card_without_a_history_is_not_moved_and_no_act_is_written(store: Store) -> None:
    entry = Entry(answer(store, OLD), "review", OLD)
    take_back(store, entry)
    assert move(store, (OLD, NEW), (THIRD, NEW)) == []
    answer(store, OLD)
    assert move(store, (OLD, OLD)) == []
    assert Moves(store).standing() == []


def test_a_move_that_cannot_be_kept_leaves_all_as_it_was(store: Store) -> None:
    answer(store, OLD)
    before = cached(store)
    store.connection.execute(
        "CREATE TEMP TRIGGER fails BEFORE INSERT ON memory BEGIN SELECT RAISE(ABORT, 'no more'); END"
    )
    with pytest.raises(Exception, match="no more"):
        move(store, (OLD, NEW))
    assert cached(store) == before


def columns(store: Store) -> list[str]:
    return [name for _, name, *_ in store.all("PRAGMA table_xinfo(log)")]


def test_nothing_of_a_row_can_be_changed_but_to_whom_it_moved(store: Store) -> None:
    answer(store, OLD)
    store.connection.execute("UPDATE log SET moved_to = moved_to")
    guarded = [name for name in columns(store) if name not in ("moved_to", "owner")]
    assert len(guarded) > 15
    for name in guarded:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.connection.execute(f"UPDATE log SET {name} = {name}")
    with pytest.raises(sqlite3.OperationalError):
        store.connection.execute("UPDATE log SET owner = card")


@pytest.mark.parametrize(
    "condition",
    [
        "SELECT 1 FROM kept WHERE card = 'a'",
        "SELECT count(*) FROM kept WHERE card = 'a' AND kind = 'review'",
        "SELECT (SELECT max(seq) FROM kept WHERE kept.card = card.id) FROM card",
        "SELECT count(*) FROM card JOIN kept ON kept.card = card.id WHERE card.file = x'00'",
        "SELECT DISTINCT card FROM kept WHERE card > 'a/' AND card < 'a0'",
    ],
)
def test_what_is_known_of_a_card_is_found_by_an_index(store: Store, condition: str) -> None:
    plan = [row[3] for row in store.all(f"EXPLAIN QUERY PLAN {condition}")]
    assert any("log_by_owner" in step for step in plan)
    assert not any(step.startswith("SCAN log") for step in plan)


def test_moves_are_found_by_an_index(store: Store) -> None:
    plan = [row[3] for row in store.all("EXPLAIN QUERY PLAN SELECT card FROM kept WHERE kind = 'move'")]
    assert any("log_of_moves" in step for step in plan)


# What is known of moves


def test_what_is_below_a_place_is_known(store: Store) -> None:
    answer(store, "deck/n1/card")
    answer(store, "deck/n1/card", days=3)
    store.append_mark("flag", "deck/n1/back", moment=make_moment())
    answer(store, "deck/n10/card")
    answer(store, "deck2/n1/card")
    moves = Moves(store)
    day = (TODAY + timedelta(days=3)).isoformat()
    both = [Past("deck/n1/back", 0, TODAY.isoformat()), Past("deck/n1/card", 2, day)]
    assert moves.below("deck/n1") == both
    assert moves.below("deck/n1/card") == both[1:]
    assert [past.card for past in moves.below("deck")] == ["deck/n1/back", "deck/n1/card", "deck/n10/card"]
    assert len(moves.all_known()) == 4


def test_moves_that_stand_are_told_and_those_taken_back_are_known(store: Store) -> None:
    answer(store, OLD)
    (entry,) = move(store, (OLD, NEW))
    moves = Moves(store)
    assert moves.standing() == [Move(TODAY, OLD, NEW, "asked")] == moves.last_act()
    assert moves.taken_back() == set()
    take_back(store, entry)
    assert moves.standing() == [] == moves.last_act()
    assert moves.taken_back() == {(OLD, NEW)}
    move(store, (OLD, NEW))
    assert moves.taken_back() == set()
    answer(store, NEW, days=1)
    assert moves.last_act() == []
    assert moves.standing() == [Move(TODAY, OLD, NEW, "asked")]


def test_an_entry_of_a_move_is_called_by_what_it_did_and_is_about_the_new_card(store: Store) -> None:
    answer(store, OLD)
    (entry,) = move(store, (OLD, NEW))
    assert entry.called == f"the moving of {OLD}"
    assert entry._replace(others=2).called == "the moving of 3 cards"
    assert store.card_of(entry) == NEW


def test_a_test_that_was_left_asks_the_cards_to_which_histories_have_moved(store: Store) -> None:
    log = QuizLog(store)
    asked = [[OLD, 1], [THIRD, 0], [NEW, 2]]
    quiz = log.begin(json.dumps({"request": {}, "questions": asked}), moment=make_moment())
    log.answer(quiz, OLD, "said", milliseconds=5, used=5, moment=make_moment())
    move(store, (OLD, NEW))
    (begun,) = log.unfinished()
    assert json.loads(begun.content)["questions"] == [[NEW, 1], [THIRD, 0]]
    assert log.given(quiz).responses == {NEW: ("said", 5)}


def test_a_test_begun_after_a_move_is_as_it_was_begun(store: Store) -> None:
    answer(store, OLD)
    move(store, (OLD, NEW))
    log = QuizLog(store)
    content = json.dumps({"request": {}, "questions": [[OLD, 0]]})
    log.begin(content, moment=make_moment())
    assert json.loads(log.unfinished()[0].content) == json.loads(content)
