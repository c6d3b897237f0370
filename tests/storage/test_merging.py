"""Logs of several devices become one log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from factories import TODAY, make_moment, make_outcome, make_review

from trainer.core.day import Moment
from trainer.core.review import Rating
from trainer.core.scheduling import History, Scheduler
from trainer.errors import NotSavedError
from trainer.storage.entries import Entry, Marks, content_hash, new_id
from trainer.storage.merging import Merged, Merging, Row, is_sound, rows_of
from trainer.storage.moves import Moves
from trainer.storage.quiz_log import QuizLog
from trainer.storage.store import Store

CARD = "deck/n1/card"
SCHEDULER = Scheduler()
REPLAY = SCHEDULER.replay
STEPS = Path(__file__).parents[2] / "trainer" / "storage"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two devices."""
    here, there = Store(tmp_path / "here.db"), Store(tmp_path / "there.db")
    yield here, there
    here.close()
    there.close()


def answer(store: Store, rating: Rating = Rating.GOOD, *, moment: Moment | None = None) -> Entry:
    moment = moment or make_moment()
    before = store.memory([CARD]).get(CARD)
    after = SCHEDULER.after(before, rating, card=CARD, moment=moment)
    outcome = make_outcome(make_review(CARD, rating, moment=moment), before, after)
    return Entry(store.append_review(outcome), "review", CARD)


def rows(store: Store) -> list[Row]:
    return list(rows_of(store.connection))


def merge(store: Store, of: list[Row]) -> Merged:
    return Merging(store).merge(of, replay=REPLAY)


def undo(store: Store, entry: Entry, *, moment: Moment | None = None) -> None:
    store.append_undo(entry, moment=moment or make_moment(minutes=30), replay=REPLAY)


def ratings(store: Store) -> list[Rating]:
    return [review.rating for review in store.reviews(CARD)]


def test_answers_of_two_devices_count_in_the_order_of_time(two: tuple[Store, Store]) -> None:
    here, there = two
    answer(here, Rating.GOOD, moment=make_moment())
    answer(there, Rating.AGAIN, moment=make_moment(minutes=10))
    answer(here, Rating.EASY, moment=make_moment(TODAY + timedelta(days=1)))
    assert merge(here, rows(there)) == Merged(1, 0, ())
    assert merge(there, rows(here)) == Merged(2, 1, ())
    assert ratings(here) == ratings(there) == [Rating.GOOD, Rating.AGAIN, Rating.EASY]
    assert rows(here) == rows(there)
    assert here.memory() == there.memory() == {CARD: SCHEDULER.replay(History(here.reviews(CARD)))}


def test_merging_again_changes_nothing(two: tuple[Store, Store]) -> None:
    here, there = two
    answer(there)
    merge(here, rows(there))
    before = here.all("SELECT * FROM log"), here.memory()
    assert merge(here, rows(there) * 2) == Merged(0, 2, ())
    assert (here.all("SELECT * FROM log"), here.memory()) == before


def test_the_same_entry_twice_in_one_go_is_added_once(two: tuple[Store, Store]) -> None:
    here, there = two
    answer(there)
    assert merge(here, rows(there) * 2) == Merged(1, 1, ())
    assert len(ratings(here)) == 1


def test_what_was_taken_back_stays_so_even_if_word_of_that_comes_first(two: tuple[Store, Store]) -> None:
    here, there = two
    undo(there, answer(there))
    done, taken_back = rows(there)
    merge(here, [taken_back])
    assert here.memory() == {}
    merge(here, [done])
    assert here.memory() == {} and ratings(here) == []
    assert rows(here) == rows(there)


def test_what_both_devices_took_back_is_taken_back_once_they_are_merged(two: tuple[Store, Store]) -> None:
    here, there = two
    entry = answer(here)
    merge(there, rows(here))
    undo(here, entry)
    undo(there, entry, moment=make_moment(minutes=31))
    assert merge(here, rows(there)) == Merged(1, 1, ())
    merge(there, rows(here))
    assert rows(here) == rows(there) and len(rows(here)) == 3
    assert here.memory() == there.memory() == {}


def test_an_answer_given_elsewhere_before_a_move_goes_with_it(two: tuple[Store, Store]) -> None:
    here, there = two
    answer(here)
    answer(there, Rating.HARD, moment=make_moment(minutes=5))
    Moves(here).move([(CARD, "deck/n2/card")], how="asked", moment=make_moment(minutes=9), replay=REPLAY)
    merge(here, rows(there))
    assert here.memory().keys() == {"deck/n2/card"}
    assert [review.rating for review in here.reviews("deck/n2/card")] == [Rating.GOOD, Rating.HARD]
    merge(there, rows(here))
    assert there.memory() == here.memory()


def test_word_that_an_answer_was_taken_back_reaches_the_card_it_has_moved_to(
    two: tuple[Store, Store],
) -> None:
    here, there = two
    entry = answer(here)
    merge(there, rows(here))
    Moves(here).move([(CARD, "deck/n2/card")], how="asked", moment=make_moment(minutes=9), replay=REPLAY)
    undo(there, entry)
    assert here.memory().keys() == {"deck/n2/card"}
    merge(here, rows(there))
    assert here.memory() == {}


def test_the_mark_that_was_set_last_counts_whenever_it_arrives(two: tuple[Store, Store]) -> None:
    here, there = two
    there.append_mark("flag", CARD, moment=make_moment())
    here.append_mark("flag", CARD, moment=make_moment(minutes=1), value=0)
    merge(here, rows(there))
    merge(there, rows(here))
    assert here.marks(CARD) == there.marks(CARD) == Marks(flagged=False)


def test_entries_written_after_a_merge_count_after_it_whatever_the_clock_says(
    two: tuple[Store, Store],
) -> None:
    here, there = two
    answer(there, Rating.AGAIN, moment=make_moment(TODAY + timedelta(days=70)))
    merge(here, rows(there))
    answer(here, Rating.EASY, moment=make_moment())
    merge(there, rows(here))
    assert ratings(here) == ratings(there) == [Rating.AGAIN, Rating.EASY]
    assert here.memory() == there.memory()


def test_a_log_whose_ids_are_not_in_its_order_is_put_in_order(two: tuple[Store, Store]) -> None:
    """As earlier versions wrote them when the clock was set back."""
    here, there = two
    for minutes, rating in ((50, Rating.AGAIN), (10, Rating.EASY)):
        moment = make_moment(minutes=minutes)
        values = {"rating": int(rating), "score": 1.0, "response": "", "milliseconds": 1, "mode": "study"}
        with here.transaction():
            here.append(moment, "review", CARD, entry=new_id(moment.at), **values)
            here.cache(CARD, replay=REPLAY)
    there.append_mark("flag", "deck/n3/card", moment=make_moment(minutes=99))
    merge(here, rows(there))
    assert ratings(here) == [Rating.EASY, Rating.AGAIN]
    merge(there, list(reversed(rows(here))))
    assert there.memory() == here.memory() == {CARD: SCHEDULER.replay(History(here.reviews(CARD)))}


def test_entries_whose_content_does_not_fit_their_hash_are_left_out_and_named(
    two: tuple[Store, Store],
) -> None:
    here, there = two
    for minutes in range(3):
        answer(there, moment=make_moment(minutes=minutes))
    good, bad, other = rows(there)
    for place in range(len(bad) - 1):
        damaged = list(bad)
        damaged[place] = b"\0" * 16 if place == 0 else "damaged"
        assert not is_sound(tuple(damaged)), place
    merged = merge(here, [good, (*bad[:7], 4, *bad[8:]), other])
    assert merged == Merged(2, 0, (bad[0],))
    assert len(ratings(here)) == 2


@pytest.mark.parametrize(
    ("place", "value"),
    [
        *((0, b"short"), (0, b"\xff" * 16), (2, 10**15), (3, "east"), (4, "20240613"), (4, "9999-12-31")),
        *((5, None), (6, None), (7, 5), (7, None), (8, "x")),
    ],
)
def test_entries_that_nothing_can_be_made_of_are_refused(
    two: tuple[Store, Store], place: int, value: object
) -> None:
    here, there = two
    answer(there)
    (row,) = rows(there)
    changed = [*row[:place], value, *row[place + 1 : -1]]
    later = dict(zip(("confidence", "quiz", "answer"), changed[14:], strict=True))
    assert is_sound((*row[:-1], row[-1]))
    assert merge(here, [(*changed, content_hash(changed[:14], later))]).added == 0


def test_another_entry_with_the_id_of_ours_is_refused(two: tuple[Store, Store]) -> None:
    here, _ = two
    entry = answer(here)
    (row,) = rows(here)
    changed = [*row[:7], 1, *row[8:-1]]
    later = dict(zip(("confidence", "quiz", "answer"), changed[14:], strict=True))
    forged = (*changed, content_hash(changed[:14], later))
    assert is_sound(forged)
    assert merge(here, [forged]) == Merged(0, 0, (entry.id,))
    assert rows(here) == [row]


def test_a_merge_that_cannot_be_written_leaves_all_as_it_was(two: tuple[Store, Store]) -> None:
    here, there = two
    answer(here, moment=make_moment(minutes=20))
    answer(there)
    before = rows(here), here.memory()
    here.connection.execute(
        "CREATE TEMP TRIGGER fails BEFORE INSERT ON memory BEGIN SELECT RAISE(ABORT, 'no more'); END"
    )
    with pytest.raises(NotSavedError, match="no more"):
        merge(here, rows(there))
    assert (rows(here), here.memory()) == before
    here.connection.execute("DROP TRIGGER fails")
    assert merge(here, rows(there)).added == 1
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        here.connection.execute("UPDATE log SET seq = seq + 100")


def test_entries_of_a_file_of_the_first_version_can_be_merged(
    tmp_path: Path, two: tuple[Store, Store]
) -> None:
    here, there = two
    answer(there)
    old = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    old.executescript((STEPS / "schema_1.sql").read_text(encoding="utf-8"))
    row = rows(there)[0]
    old.execute(f"INSERT INTO log VALUES (1, {', '.join('?' * 15)})", (*row[:14], row[-1]))
    assert list(rows_of(old)) == [(*row[:14], None, None, None, row[-1])]
    assert merge(here, list(rows_of(old))).added == 1
    old.close()


def test_a_test_that_two_devices_handed_in_is_one_test(two: tuple[Store, Store]) -> None:
    here, there = two
    quiz = QuizLog(here).begin('{"questions": []}', moment=make_moment())
    merge(there, rows(here))
    for minutes, store in enumerate(two, start=1):
        moment = make_moment(minutes=minutes)
        QuizLog(store).end(quiz, {}, share=minutes / 4, used=10, moment=moment)
    merge(here, rows(there))
    merge(there, rows(here))
    assert QuizLog(here).past() == QuizLog(there).past()
    assert [past.share for past in QuizLog(here).past()] == [0.5]
