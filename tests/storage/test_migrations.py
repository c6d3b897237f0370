from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.storage import migrations
from trainer.storage.entries import LATER, LOGGED, content_hash
from trainer.storage.migrations import APPLICATION_ID, VERSION, migrate


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_empty_file_is_brought_to_the_present_version(connection: sqlite3.Connection) -> None:
    migrate(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    index = {"deck_file", "card", "note", "facet", "event", "answer", "spelling", "fresh", "seen"}
    assert tables(connection) == {"meta", "log", "memory", "marks"} | index
    assert not connection.in_transaction


def test_a_file_of_the_present_version_is_left_as_it_is(connection: sqlite3.Connection) -> None:
    migrate(connection)
    connection.execute("INSERT INTO meta VALUES ('device', x'01')")
    before = list(connection.iterdump())
    migrate(connection)
    assert list(connection.iterdump()) == before


def test_a_half_done_migration_leaves_nothing(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "STEPS", ("schema_1.sql", "schema_1.sql"))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection)
    assert tables(connection) == set()
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    assert connection.execute("PRAGMA application_id").fetchone() == (0,)
    assert not connection.in_transaction


def test_a_migration_for_which_the_disk_is_too_small_leaves_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        migrate(connection)
    assert tables(connection) == set()
    assert not connection.in_transaction


def test_a_migration_that_cannot_begin_says_so(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection)


def test_the_version_is_the_number_of_steps() -> None:
    assert len(migrations.STEPS) == VERSION


def of_version_1() -> sqlite3.Connection:
    """A progress file as the first version made it, with a review, a flag and an undo."""
    old = sqlite3.connect(":memory:", isolation_level=None)
    old.executescript(Path(migrations.__file__).with_name("schema_1.sql").read_text(encoding="utf-8"))
    for seq, (kind, card, rating, target) in enumerate(
        [
            ("review", "d/a/card", 3, None),
            ("flag", "d/a/card", None, None),
            ("undo", "d/a/card", None, b"2" * 16),
        ]
    ):
        row = [bytes(f"{seq + 1}" * 16, "ascii"), b"d" * 16, 1000 + seq, 60, "2024-06-13", kind, card]
        row += [rating, 1.0 if rating else None, "said" if rating else None, 900 if rating else None]
        row += ["study" if rating else None, None if rating else 1, target]
        marks = ", ".join("?" * (len(row) + 1))
        old.execute(f"INSERT INTO log ({LOGGED}, hash) VALUES ({marks})", (*row, content_hash(row)))
    old.execute("INSERT INTO deck_file VALUES (x'01', 'd.yaml', 1, 'd', 'D', '', 1, '[]')")
    old.execute("INSERT INTO card VALUES (x'01', 0, 'd/a/card', 'd/a', '{}')")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    return old


def test_a_file_of_version_1_keeps_its_log_and_reads_its_decks_anew() -> None:
    old = of_version_1()
    before = old.execute(f"SELECT seq, {LOGGED}, hash FROM log").fetchall()
    migrate(old)
    assert old.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert old.execute(f"SELECT seq, {LOGGED}, hash FROM log").fetchall() == before
    assert old.execute("SELECT kind, confidence, quiz FROM kept").fetchall() == [("review", None, None)]
    assert old.execute("SELECT count(*) FROM deck_file").fetchone() == (0,)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        old.execute("UPDATE log SET confidence = 3")
    old.close()


def test_the_hashes_of_version_1_still_hold_and_cover_what_came_later() -> None:
    old = of_version_1()
    migrate(old)
    names = LATER.split(", ")
    for kept, *values in old.execute(f"SELECT hash, {LATER}, {LOGGED} FROM log"):
        later, content = values[: len(names)], values[len(names) :]
        assert content_hash(content, dict(zip(names, later, strict=True))) == kept
        assert content_hash(list(content), {"confidence": 3, "quiz": None}) != kept
        assert content_hash(list(content), {"confidence": None, "quiz": b"q"}) != kept
    old.close()


def test_a_file_of_version_3_keeps_its_decks_and_its_log_under_the_same_cards() -> None:
    old = of_version_1()
    for step in migrations.STEPS[1:3]:
        old.executescript(Path(migrations.__file__).with_name(step).read_text(encoding="utf-8"))
    old.execute("PRAGMA user_version = 3")
    old.execute("INSERT INTO deck_file VALUES (x'01', 'd.yaml', 1, 'd', 'D', '', 1, '[]')")
    before = old.execute(f"SELECT seq, {LOGGED}, {LATER}, hash FROM log").fetchall()
    migrate(old)
    assert old.execute(f"SELECT seq, {LOGGED}, {LATER}, hash FROM log").fetchall() == before
    assert old.execute("SELECT card FROM kept").fetchall() == [("d/a/card",)]
    assert old.execute("SELECT count(*) FROM log WHERE moved_to IS NULL AND owner = card").fetchone() == (3,)
    assert old.execute("SELECT count(*) FROM deck_file").fetchone() == (1,)
    old.close()


def test_a_migrated_file_looks_like_a_new_one(connection: sqlite3.Connection) -> None:
    def schema(of: sqlite3.Connection) -> list[tuple[str, str]]:
        return of.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()

    migrate(connection)
    old = of_version_1()
    migrate(old)
    assert schema(old) == schema(connection)
    old.close()
