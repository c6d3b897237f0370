from __future__ import annotations

import shutil
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from factories import TODAY, make_card, make_deck, make_moment, make_outcome, make_review
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from trainer.core.day import Moment
from trainer.core.review import Rating, Review
from trainer.core.scheduling import History, MemoryState, Scheduler, SchedulingSettings
from trainer.errors import ChangedElsewhereError, DataError, NotSavedError
from trainer.storage.acts import Acts, Mark
from trainer.storage.coming import Coming
from trainer.storage.connection import connect
from trainer.storage.deck_index import DeckIndex, NewEntry
from trainer.storage.entries import Entry, Marks, content_hash, neighbour, new_id
from trainer.storage.migrations import APPLICATION_ID, VERSION
from trainer.storage.moves import Moves, replay_moves
from trainer.storage.standing import DayTotals, Standing
from trainer.storage.store import Store

CARD = "deck/n1/card"
SCHEDULER = Scheduler()
COLUMNS = (
    "id, device, at, utc_offset, study_day, kind, card, "
    "rating, score, response, milliseconds, mode, value, target"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def review(
    store: Store,
    rating: Rating = Rating.GOOD,
    *,
    card: str = CARD,
    moment: Moment | None = None,
    mode: str = "study",
    response: str = "",
    scheduler: Scheduler = SCHEDULER,
) -> bytes:
    moment = moment or make_moment()
    before = store.memory([card]).get(card)
    after = scheduler.after(before, rating, card=card, moment=moment) if mode == "study" else before
    answered = make_review(
        card, rating, moment=moment, mode=mode, response=response, score=float(rating is not Rating.AGAIN)
    )
    return store.append_review(make_outcome(answered, before, after))


def undo(store: Store, scheduler: Scheduler = SCHEDULER) -> Entry | None:
    entry = store.last_entry()
    if entry is not None:
        store.append_undo(entry, moment=make_moment(), replay=scheduler.replay)
    return entry


def log_length(store: Store) -> int:
    (count,) = store.connection.execute("SELECT count(*) FROM log").fetchone()
    return int(count)


def all_that_shows(store: Store) -> object:
    cards = [card for (card,) in store.connection.execute("SELECT DISTINCT card FROM log")]
    days = [TODAY + timedelta(days=step) for step in range(-2, 15)]
    return (
        store.memory(),
        {card: marks for card in cards if (marks := store.marks(card)) != Marks()},
        Standing(store).flagged(),
        [Standing(store).totals(day) for day in days],
        list(Standing(store).days_studied()),
        {card: found for card in cards if (found := store.reviews(card))},
        store.last_entry(),
    )


# The log


def test_a_review_is_read_back_as_it_was_given(store: Store) -> None:
    moment = Moment(at=1_718_258_400_123, utc_offset=-210, day=date(2024, 6, 12))
    given_review = Review(
        card="decks/ü/n1/c1",
        rating=Rating.HARD,
        score=0.25,
        response="Лукашенко\0\n🏴 ' \" --",
        milliseconds=4321,
        mode="study",
        moment=moment,
    )
    after = SCHEDULER.after(None, Rating.HARD, card=given_review.card, moment=moment)
    entry = store.append_review(make_outcome(given_review, None, after))
    assert store.reviews(given_review.card) == [given_review]
    assert store.memory() == {given_review.card: after}
    assert store.entry(entry) == store.last_entry() == Entry(entry, "review", given_review.card)


@pytest.mark.parametrize(
    "change", ["UPDATE log SET rating = 4", "DELETE FROM log", "UPDATE log SET hash = x''"]
)
def test_the_log_cannot_be_changed_or_cut(store: Store, change: str) -> None:
    review(store)
    before = store.connection.execute("SELECT * FROM log").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(change)
    assert store.connection.execute("SELECT * FROM log").fetchall() == before


def test_every_entry_carries_the_hash_of_its_content(store: Store) -> None:
    review(store, Rating.AGAIN, response="half \ud83d of an emoji")
    store.append_mark("flag", CARD, moment=make_moment(minutes=1))
    undo(store)
    rows = store.connection.execute(f"SELECT hash, {COLUMNS} FROM log").fetchall()
    assert len(rows) == 3
    assert all(content_hash(list(content)) == kept for kept, *content in rows)


def test_the_hash_changes_with_any_column(store: Store) -> None:
    review(store, response="said")
    row = list(store.connection.execute(f"SELECT {COLUMNS} FROM log").fetchone())
    others: list[object] = [b"\1" * 16, b"\2" * 16, 1, 60, "2024-06-14", "bury", "deck/n2/card"]
    others += [1, 0.5, "Said", 1001, "cram", 1, b"\3" * 16]
    changed = [[*row[:column], other, *row[column + 1 :]] for column, other in enumerate(others)]
    assert all(new != row for new in changed)
    assert len({content_hash(content) for content in (row, *changed)}) == len(row) + 1


@given(st.integers(0, 2**48 - 1))
def test_an_id_is_a_uuid_of_version_7_that_begins_with_the_time(at: int) -> None:
    found = uuid.UUID(bytes=new_id(at))
    assert (found.version, found.variant) == (7, uuid.RFC_4122)
    assert found.int >> 80 == at
    assert new_id(at) < new_id(at + 1) or at == 2**48 - 1


def test_ids_of_one_millisecond_differ_in_every_random_bit() -> None:
    ids = [int.from_bytes(new_id(1), "big") for _ in range(500)]
    assert len({*ids}) == len(ids)
    varying = 0
    for one in ids:
        varying |= one ^ ids[0]
    assert varying == (1 << 76) - 1 & ~(0xF << 76) & ~(0x3 << 62)


def test_a_progress_file_keeps_its_device_and_no_two_share_one(path: Path, tmp_path: Path) -> None:
    first = Store(path)
    first.close()
    again, other = Store(path), Store(tmp_path / "other.db")
    assert first.device == again.device != other.device
    assert len(first.device) == 16
    again.close()
    other.close()


# Undo


@pytest.mark.parametrize("reopen", [False, True])
def test_undo_restores_all_that_shows_step_by_step(path: Path, reopen: bool) -> None:
    store = Store(path)
    steps: list[Callable[[], object]] = [
        lambda: review(store, Rating.GOOD),
        lambda: review(store, Rating.AGAIN, moment=make_moment(minutes=10)),
        lambda: store.append_mark("flag", CARD, moment=make_moment(minutes=11)),
        lambda: review(store, Rating.EASY, card="deck/n2/card", moment=make_moment(minutes=12)),
        lambda: store.append_mark("bury", "deck/n3/card", moment=make_moment(minutes=13)),
        lambda: review(store, Rating.GOOD, mode="cram", moment=make_moment(minutes=14)),
        lambda: store.append_mark("suspend", CARD, moment=make_moment(minutes=15)),
        lambda: store.append_mark("suspend", CARD, moment=make_moment(minutes=16), value=0),
        lambda: store.append_mark("bury", CARD, moment=make_moment(TODAY + timedelta(days=1))),
        lambda: store.append_mark("flag", CARD, moment=make_moment(TODAY + timedelta(days=1)), value=0),
        lambda: review(store, Rating.EASY, moment=make_moment(TODAY + timedelta(days=2))),
    ]
    seen = []
    for step in steps:
        seen.append(all_that_shows(store))
        step()
    while seen:
        if reopen:
            store.close()
            store = Store(path)
        assert undo(store) is not None
        assert all_that_shows(store) == seen.pop()
    assert store.last_entry() is None
    assert log_length(store) == 2 * len(steps)
    assert undo(store) is None
    store.close()


def test_an_entry_in_the_middle_can_be_taken_back(store: Store) -> None:
    review(store, Rating.EASY)
    entry = review(store, Rating.AGAIN, moment=make_moment(TODAY + timedelta(days=8)))
    review(store, Rating.GOOD, moment=make_moment(TODAY + timedelta(days=8), minutes=10))
    store.append_undo(Entry(entry, "review", CARD), moment=make_moment(), replay=SCHEDULER.replay)
    kept = store.reviews(CARD)
    assert [one.rating for one in kept] == [Rating.EASY, Rating.GOOD]
    assert store.memory() == {CARD: SCHEDULER.replay(History(kept))}
    assert store.entry(entry) is None


def test_an_entry_is_taken_back_once_only(store: Store) -> None:
    entry = Entry(review(store), "review", CARD)
    undo(store)
    length = log_length(store)
    with pytest.raises(ChangedElsewhereError):
        store.append_undo(entry, moment=make_moment(), replay=SCHEDULER.replay)
    assert log_length(store) == length


def test_marks_are_what_was_last_set(store: Store) -> None:
    assert store.marks(CARD) == Marks()
    for kind in ("suspend", "flag", "bury"):
        store.append_mark(kind, CARD, moment=make_moment())
    assert store.marks(CARD) == Marks(True, TODAY.isoformat(), True)
    assert Standing(store).flagged() == {CARD}
    store.append_mark("suspend", CARD, moment=make_moment(), value=0)
    store.append_mark("flag", CARD, moment=make_moment(), value=0)
    assert store.marks(CARD) == Marks(False, TODAY.isoformat(), False)
    assert Standing(store).flagged() == frozenset()


def test_a_rebuild_leaves_nothing_that_the_log_does_not_imply(store: Store) -> None:
    review(store)
    store.connection.execute("UPDATE memory SET stability = 99")
    store.connection.execute(
        "INSERT INTO memory SELECT 'deck/stray/card', stability, difficulty, phase, step, due_day, due_at,"
        " last_day, reps, lapses FROM memory"
    )
    store.rebuild("settings", SCHEDULER.replay)
    assert store.memory() == {CARD: SCHEDULER.replay(store.history(CARD))}


# Reading


def test_the_totals_of_a_day_leave_out_cramming_and_count_new_cards_once(store: Store) -> None:
    review(store, Rating.AGAIN)
    review(store, Rating.GOOD, moment=make_moment(minutes=1))
    review(store, Rating.GOOD, card="deck/n2/card")
    review(store, Rating.GOOD, card="deck/n3/card", mode="cram")
    tomorrow = TODAY + timedelta(days=1)
    review(store, Rating.GOOD, moment=make_moment(tomorrow))
    review(store, Rating.GOOD, card="deck/n3/card", moment=make_moment(tomorrow))
    assert Standing(store).totals(TODAY) == DayTotals(reviews=3, score=2.0, milliseconds=3000, introduced=2)
    assert Standing(store).totals(tomorrow) == DayTotals(
        reviews=2, score=2.0, milliseconds=2000, introduced=1
    )
    assert Standing(store).totals(date(2000, 1, 1)) == DayTotals(0, 0.0, 0, 0)
    assert list(Standing(store).days_studied()) == [tomorrow, TODAY]


def test_places_show_what_log_and_marks_say_of_each_card(store: Store) -> None:
    cards = [make_card(f"n{number}") for number in range(6)]
    deck = make_deck(*cards)
    DeckIndex(store).put([NewEntry(b"key", deck.path, deck.id, deck, ())], at=0)
    review(store, Rating.AGAIN, card=cards[1].id)
    review(store, Rating.EASY, card=cards[2].id, moment=make_moment(TODAY - timedelta(days=3)))
    store.append_mark("suspend", cards[3].id, moment=make_moment())
    store.append_mark("bury", cards[4].id, moment=make_moment())
    store.append_mark("bury", cards[5].id, moment=make_moment(TODAY - timedelta(days=1)))
    due = store.memory()[cards[2].id].due_day
    places = Coming(store, {b"key": "deck"}).places(due, new=9)
    assert [place.card for place in places] == [cards[number].id for number in (0, 1, 2, 4, 5)]
    assert [place.in_steps for place in places] == [False, True, False, False, False]
    assert [place.due_day for place in places] == [None, TODAY, due, None, None]
    places = Coming(store, {b"key": "deck"}).places(TODAY, new=9)
    assert [place.card for place in places] == [cards[number].id for number in (0, 1, 5)]
    assert [place.answered_today for place in places] == [False, True, False]
    strengths = [Standing(store).strengths(b"key", first, 2) for first in range(0, len(cards), 2)]
    assert [[day for _, day in each] for each in strengths] == [[TODAY], [TODAY - timedelta(days=3)], []]


def test_an_entry_of_the_log_cannot_be_overwritten(store: Store) -> None:
    review(store, Rating.GOOD)
    before = store.connection.execute("SELECT * FROM log").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(
            f"INSERT OR REPLACE INTO log (seq, {COLUMNS}, hash) SELECT seq, {COLUMNS}, hash FROM log"
        )
    assert store.connection.execute("SELECT * FROM log").fetchall() == before


# Another session


def test_an_answer_given_elsewhere_in_the_meantime_is_not_overwritten(path: Path, store: Store) -> None:
    other = Store(path)
    after = SCHEDULER.after(None, Rating.GOOD, card=CARD, moment=make_moment())
    mine = make_outcome(make_review(rating=Rating.GOOD), None, after)
    review(other, Rating.EASY)
    before = all_that_shows(store)
    with pytest.raises(ChangedElsewhereError):
        store.append_review(mine)
    assert all_that_shows(store) == before
    assert log_length(store) == 1
    review(store, Rating.GOOD, moment=make_moment(minutes=1))
    assert [one.rating for one in other.reviews(CARD)] == [Rating.EASY, Rating.GOOD]
    other.close()


def test_two_windows_on_one_file_lose_nothing(path: Path) -> None:
    rounds, failures = 40, list[BaseException]()

    def work(number: int) -> None:
        try:
            store = Store(path)
            for step in range(rounds):
                while True:
                    try:
                        review(store, Rating.GOOD, moment=make_moment(TODAY, minutes=step))
                    except ChangedElsewhereError:
                        continue
                    break
                review(store, Rating.HARD, card=f"deck/own {number}/card", moment=make_moment())
            store.close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    store = Store(path)
    assert log_length(store) == 4 * rounds
    assert len(store.reviews(CARD)) == 2 * rounds
    assert store.memory()[CARD] == SCHEDULER.replay(store.history(CARD))
    store.close()


def test_a_file_locked_by_another_program_is_not_written(path: Path, store: Store) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.connection.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(NotSavedError, match="another program is writing"):
        review(store)
    other.execute("ROLLBACK")
    other.close()
    review(store)
    assert log_length(store) == 1


# Failures


def test_on_a_full_disk_nothing_is_recorded_and_the_next_try_works(store: Store) -> None:
    review(store)
    before = all_that_shows(store)
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    later = make_moment(minutes=10)
    with pytest.raises(NotSavedError, match="not saved: the disk is full"):
        review(store, moment=later, response="long" * 20_000)
    assert all_that_shows(store) == before
    assert log_length(store) == 1
    store.connection.execute("PRAGMA max_page_count = 1000000")
    review(store, moment=later, response="long" * 20_000)
    assert log_length(store) == 2


def test_on_a_read_only_file_nothing_is_recorded_and_the_next_try_works(store: Store) -> None:
    review(store)
    before = all_that_shows(store)
    store.connection.execute("PRAGMA query_only = ON")
    entry = Entry(b"", "review", CARD)
    with pytest.raises(NotSavedError, match="read-only"):
        review(store, moment=make_moment(minutes=10))
    with pytest.raises(NotSavedError, match="read-only"):
        store.append_mark("flag", CARD, moment=make_moment())
    with pytest.raises(NotSavedError, match="read-only"):
        store.append_undo(entry, moment=make_moment(), replay=SCHEDULER.replay)
    with pytest.raises(NotSavedError, match="read-only"):
        store.rebuild("other", SCHEDULER.replay)
    store.connection.execute("PRAGMA query_only = OFF")
    assert all_that_shows(store) == before
    review(store, moment=make_moment(minutes=10))
    assert log_length(store) == 2


def test_a_failure_between_log_and_cache_records_neither(store: Store) -> None:
    review(store)
    before = all_that_shows(store)
    store.connection.execute(
        "CREATE TEMP TRIGGER fails BEFORE INSERT ON memory BEGIN SELECT RAISE(ABORT, 'no more'); END"
    )
    with pytest.raises(NotSavedError, match="no more"):
        review(store, moment=make_moment(minutes=10))
    assert all_that_shows(store) == before
    assert not store.connection.in_transaction


def test_an_interruption_in_the_middle_records_nothing(store: Store) -> None:
    review(store)
    before = all_that_shows(store)

    def interrupted(history: History) -> MemoryState | None:
        raise KeyboardInterrupt

    entry = store.last_entry()
    assert entry is not None
    with pytest.raises(KeyboardInterrupt):
        store.append_undo(entry, moment=make_moment(), replay=interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.rebuild("other", interrupted)
    assert all_that_shows(store) == before
    assert log_length(store) == 1
    assert store.scheduling_settings() == ""


def test_whether_a_file_can_be_written_is_known_before_an_answer(path: Path, store: Store) -> None:
    store.check_writable()
    assert not store.connection.in_transaction
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(NotSavedError, match="read-only"):
        store.check_writable()
    store.connection.execute("PRAGMA query_only = OFF")
    shutil.rmtree(path.parent)
    with pytest.raises(NotSavedError, match="the folder is read-only"):
        store.check_writable()


def test_reading_a_lost_table_is_one_clear_error(store: Store) -> None:
    store.connection.execute("DROP TABLE marks")
    with pytest.raises(DataError, match="no such table"):
        store.marks(CARD)


# Opening


def test_the_file_is_opened_so_that_a_power_cut_loses_nothing(path: Path) -> None:
    connection = connect(path)
    wanted = {"journal_mode": "truncate", "synchronous": 3, "busy_timeout": 10_000, "foreign_keys": 1}
    wanted |= {"trusted_schema": 0, "cell_size_check": 1, "fullfsync": 1}
    wanted |= {"application_id": APPLICATION_ID, "user_version": VERSION}
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def refused(path: Path) -> str:
    """What is said on opening a file that must be left as it is, by writers and by those who only look."""
    before = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(DataError) as writing:
        Store(path)
    with pytest.raises(DataError) as looking:
        Store(path, read_only=True)
    assert str(writing.value) == str(looking.value)
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == before
    return str(writing.value)


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(path: Path) -> None:
    Store(path).close()
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()
    assert "newer trainer" in refused(path)


def cut_off(path: Path, to: Path) -> Path:
    """A copy of the file as a power cut leaves it in the middle of a large write."""
    store = Store(path)
    review(store)
    store.connection.execute("PRAGMA cache_size = 5")
    to.mkdir()
    with suppress(KeyboardInterrupt), store.transaction():
        for number in range(300):
            store.append(make_moment(), "flag", f"deck/n{number}/card", value=1, response="long " * 50)
            store.cache_marks(f"deck/n{number}/card")
        for file in path.parent.iterdir():
            shutil.copy(file, to)
        raise KeyboardInterrupt
    store.close()
    assert (to / "progress.db-journal").stat().st_size > 0
    return to / "progress.db"


def test_a_write_that_was_cut_off_is_taken_back_at_the_next_start(path: Path, tmp_path: Path) -> None:
    store = Store(cut_off(path, tmp_path / "cut"))
    assert log_length(store) == 1
    assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert store.memory() == {CARD: SCHEDULER.replay(store.history(CARD))}
    assert Standing(store).flagged() == frozenset()
    store.close()


@pytest.mark.parametrize(("at", "value", "said"), [(60, VERSION + 1, "newer"), (68, 7, "not a progress")])
def test_a_foreign_file_that_was_cut_off_is_left_as_it_is(
    path: Path, tmp_path: Path, at: int, value: int, said: str
) -> None:
    cut = cut_off(path, tmp_path / "cut")
    content = bytearray(cut.read_bytes())
    content[at : at + 4] = value.to_bytes(4, "big")
    cut.write_bytes(content)
    assert said in refused(cut)


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE log (id)")
    other.commit()
    other.close()
    assert "not a progress file of trainer" in refused(path)


@pytest.mark.parametrize("content", [b"front,back\n" * 100, b"xy", b"SQLite format 3\0", bytes(5000)])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    assert "damaged" in refused(path)


def test_a_file_cut_short_by_a_page_or_more_is_refused_and_left_as_it_is(path: Path, tmp_path: Path) -> None:
    store = Store(path)
    for minutes in range(30):
        review(store, moment=make_moment(minutes=minutes), response="words " * 50)
    (size,) = store.connection.execute("PRAGMA page_size").fetchone()
    store.close()
    whole = path.read_bytes()
    cut = tmp_path / "cut.db"
    for length in (2, 50, 99, 100, 512, *range(1000, len(whole) - size, 1511), len(whole) - size):
        cut.write_bytes(whole[:length])
        assert "damaged" in refused(cut)


def test_damage_found_on_the_way_is_told_as_damage(path: Path) -> None:
    store = Store(path)
    for minutes in range(60):
        review(store, moment=make_moment(minutes=minutes), response="words " * 50)
    (size,) = store.connection.execute("PRAGMA page_size").fetchone()
    (root,) = store.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'log'").fetchone()
    store.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(content)
    store = Store(path)
    with pytest.raises(DataError, match="damaged") as reading:
        store.reviews(CARD)
    assert "--salvage" in reading.value.hint
    with pytest.raises(DataError, match="damaged"):
        store.append_mark("flag", CARD, moment=make_moment())
    store.close()


def test_a_file_that_cannot_be_brought_up_to_date_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    other.execute("CREATE TABLE memory (card)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotSavedError, match="memory already exists"):
        Store(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_progress_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    store = Store(path)
    review(store)
    store.close()
    assert log_length(Store(path)) == 1


def test_a_folder_in_the_place_of_the_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "progress.db" / "inner").mkdir(parents=True)
    with pytest.raises(DataError, match=r"progress\.db: is a folder"):
        Store(tmp_path / "progress.db")


def test_a_name_that_cannot_be_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be opened"):
        Store(tmp_path / ("x" * 300))


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotSavedError, match="data folder cannot be made"):
        Store(tmp_path / "file" / "progress.db")


def test_the_data_folder_is_for_its_owner_only(path: Path) -> None:
    Store(path).close()
    assert path.parent.stat().st_mode & 0o077 == 0


def test_looking_at_a_missing_file_creates_nothing(path: Path) -> None:
    store = Store(path, read_only=True)
    assert all_that_shows(store) == ({}, {}, frozenset(), [DayTotals(0, 0.0, 0, 0)] * 17, [], {}, None)
    store.close()
    assert not path.parent.exists()


def test_a_look_sees_all_and_leaves_the_file_as_it_is(path: Path, store: Store) -> None:
    review(store)
    store.append_mark("flag", CARD, moment=make_moment())
    before = path.read_bytes()
    look = Store(path, read_only=True)
    assert all_that_shows(look) == all_that_shows(store)
    assert look.device == store.device
    review(look, moment=make_moment(minutes=10))
    look.close()
    assert path.read_bytes() == before
    assert log_length(store) == 2


def test_a_file_name_with_signs_of_an_address_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a ?mode=memory&x#%41ü" / "progress.db"
    store = Store(path)
    review(store)
    store.close()
    assert path.exists()
    assert log_length(Store(path)) == log_length(Store(path, read_only=True)) == 1


# The cache is the log


SETTINGS = (
    SchedulingSettings(),
    SchedulingSettings(learning_steps=(), relearning_steps=(), fuzz=False),
    SchedulingSettings(desired_retention=0.8, learning_steps=(60,), maximum_interval=30),
)
CARDS = ("deck/n1/card", "deck/n1/back", "deck/ü/card")


class LogAndCache(RuleBasedStateMachine):
    """Whatever happens, memory states are a replay of the log and marks a fold of it."""

    cards = st.sampled_from(CARDS)
    many = st.lists(cards, max_size=4)

    @initialize()
    def open(self) -> None:
        self.folder = Path(mkdtemp())
        self.store = Store(self.folder / "progress.db")
        self.scheduler = Scheduler(SETTINGS[0])
        self.kept: list[tuple[bytes, str, str, Review | tuple[str, int] | str | None]] = []
        self.together: dict[bytes, int] = {}
        self.written = 0
        self.minutes = 0
        self.day = TODAY

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def moment(self) -> Moment:
        self.minutes += 1
        return make_moment(self.day, minutes=self.minutes % 600)

    @rule(card=cards, rating=st.sampled_from(Rating), cram=st.booleans())
    def review(self, card: str, rating: Rating, cram: bool) -> None:
        moment = self.moment()
        entry = review(
            self.store,
            rating,
            card=card,
            moment=moment,
            mode="cram" if cram else "study",
            scheduler=self.scheduler,
        )
        (*_, newest) = self.store.reviews(card)
        assert (newest.rating, newest.moment) == (rating, moment)
        self.kept.append((entry, "review", card, newest))
        self.written += 1

    @rule(card=cards, kind=st.sampled_from(("suspend", "bury", "flag")), value=st.integers(0, 1))
    def mark(self, card: str, kind: str, value: int) -> None:
        value = 1 if kind == "bury" else value
        entry = self.store.append_mark(kind, card, moment=self.moment(), value=value)
        self.kept.append((entry, kind, card, (self.day.isoformat(), value)))
        self.written += 1

    @rule(among=many, kind=st.sampled_from(("suspend", "bury", "flag")), on=st.booleans())
    def mark_many(self, among: list[str], kind: Mark, on: bool) -> None:
        on = on or kind == "bury"
        entries = Acts(self.store).mark(kind, among, on=on, moment=self.moment())
        self.keep_together(entries, (self.day.isoformat(), int(on)))

    @rule(among=many)
    def forget(self, among: list[str]) -> None:
        known = self.store.memory()
        entries = Acts(self.store).forget(among, moment=self.moment())
        assert {entry.card for entry in entries} == known.keys() & {*among}
        self.keep_together(entries, None)

    @rule(pairs=st.lists(st.tuples(cards, cards), max_size=2))
    def move(self, pairs: list[tuple[str, str]]) -> None:
        known = {card for _, kind, card, _ in self.now() if kind != "move"}
        moment = self.moment()
        entries = Moves(self.store).move(pairs, how="asked", moment=moment, replay=self.scheduler.replay)
        moved = [(old, new) for old, new in pairs if old in known and old != new]
        assert [(entry.kind, entry.card) for entry in entries] == [("move", old) for old, _ in moved]
        for entry, (_, new) in zip(entries, moved, strict=True):
            self.kept.append((*entry[:3], new))
            self.together[entry.id] = len(entries)
        self.written += len(entries)

    def now(self) -> list[tuple[bytes, str, str, Review | tuple[str, int] | str | None]]:
        """What stands in the log, each entry under the card to which it belongs now."""
        found: list[tuple[bytes, str, str, Review | tuple[str, int] | str | None]] = []
        for entry, kind, card, told in self.kept:
            if isinstance(told, str):
                found = [
                    (id, what, told if own == card and what != "move" else own, how)
                    for id, what, own, how in found
                ]
            found.append((entry, kind, card, told))
        return found

    def keep_together(self, entries: list[Entry], told: tuple[str, int] | None) -> None:
        self.kept += [(entry.id, entry.kind, entry.card, told) for entry in entries]
        self.written += len(entries)
        for entry in entries:
            self.together[entry.id] = len(entries)

    @rule()
    def undo(self) -> None:
        last = self.now()[-1:]
        entry = undo(self.store, self.scheduler)
        if last:
            assert entry is not None and entry[:3] == last[0][:3]
            count = self.together.get(entry.id, 1)
            del self.kept[-count:]
            self.written += count
        else:
            assert entry is None

    @rule(data=st.data())
    def undo_an_act(self, data: st.DataObject) -> None:
        """Of entries in the middle too, whatever they were written with."""
        if not self.kept:
            return
        chosen = data.draw(st.lists(st.sampled_from(self.kept), min_size=1, max_size=3, unique_by=id))
        entries = [Entry(*each[:3]) for each in chosen]  # As they were written, wherever they are now.
        acts = Acts(self.store)
        undone = acts.undo(entries, moment=self.moment(), replay=self.scheduler.replay)
        assert sorted(undone) == sorted(entries)
        self.kept = [each for each in self.kept if Entry(*each[:3]) not in entries]
        self.written += len(entries)
        self.regroup()
        with pytest.raises(ChangedElsewhereError):
            acts.undo(entries, moment=self.moment(), replay=self.scheduler.replay)

    def regroup(self) -> None:
        """Neighbours by id are taken back together; a gap parts them."""
        for index, (entry, *_) in enumerate(self.kept):
            run = 1
            while run <= index and self.kept[index - run][0] == neighbour(entry, -run):
                run += 1
            self.together[entry] = run

    @rule(days=st.integers(-2, 20))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store(self.folder / "progress.db")

    @rule(chosen=st.sampled_from(SETTINGS))
    def change_settings(self, chosen: SchedulingSettings) -> None:
        self.scheduler = Scheduler(chosen)
        self.store.rebuild(repr(chosen), self.scheduler.replay)
        assert self.store.scheduling_settings() == repr(chosen)

    @invariant()
    def memory_is_a_replay_of_the_log(self) -> None:
        if not hasattr(self, "store"):
            return
        expected: dict[str, MemoryState] = {}
        for card in CARDS:
            reviews: list[Review] = []
            for _, kind, own, told in self.now():
                if own == card and kind == "forget":
                    reviews = []
                elif own == card and isinstance(told, Review):
                    reviews.append(replace(told, card=card))
            assert self.store.reviews(card) == reviews
            state = self.scheduler.replay(History(reviews))
            if state is not None:
                expected[card] = state
        assert self.store.memory() == expected

    @invariant()
    def marks_are_a_fold_of_the_log(self) -> None:
        if not hasattr(self, "store"):
            return
        expected = dict.fromkeys(CARDS, Marks())
        for _, kind, card, told in self.now():
            if isinstance(told, tuple):
                day, value = told
                marks = expected[card]
                if kind == "suspend":
                    marks = marks._replace(suspended=bool(value))
                elif kind == "bury":
                    marks = marks._replace(buried_on=day)
                else:
                    marks = marks._replace(flagged=bool(value))
                expected[card] = marks
        assert {card: self.store.marks(card) for card in CARDS} == expected
        assert Standing(self.store).flagged() == {card for card, marks in expected.items() if marks.flagged}

    @invariant()
    def owners_are_a_replay_of_the_moves(self) -> None:
        if not hasattr(self, "store"):
            return
        every = "SELECT seq, owner FROM log ORDER BY seq"
        before = self.store.all(every)
        with self.store.transaction():
            assert replay_moves(self.store.connection) == set()
        assert self.store.all(every) == before
        owners = self.store.all("SELECT id, card FROM kept ORDER BY seq")
        assert owners == [(entry, card) for entry, _, card, _ in self.now()]

    @invariant()
    def the_log_only_grows(self) -> None:
        if hasattr(self, "store"):
            assert log_length(self.store) == self.written


LogAndCache.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestLogAndCache = LogAndCache.TestCase
