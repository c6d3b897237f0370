"""The steps from one version of the progress file to the next; `user_version` counts those taken."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

APPLICATION_ID = 0x54524E52  # "TRNR"
STEPS = tuple(f"schema_{number}.sql" for number in range(1, 7))
VERSION = len(STEPS)


def migrate(
    connection: sqlite3.Connection, *, to: int = VERSION, before: Callable[[], None] | None = None
) -> None:
    """Bring a file of any earlier version, or an empty one, to another version, all steps or none.

    `before` is called first where there is something to lose, while nobody else can write.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if before is not None and 0 < version < to:
            before()
        for step in STEPS[version:to]:
            for statement in _statements(Path(__file__).with_name(step).read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {max(version, to)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def made_empty(version: int = VERSION) -> Iterator[sqlite3.Connection]:
    """An empty progress file of a version, in memory: what its tables are."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        migrate(made, to=version)
        yield made


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
