from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from trainer.storage import migrations
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
    assert tables(connection) == {"meta", "log", "memory", "marks", "deck_file", "card"}
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
    monkeypatch.setattr(migrations, "STEPS", ("schema.sql", "schema.sql"))
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
