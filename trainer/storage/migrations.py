"""The steps from one version of the progress file to the next; `user_version` counts those taken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

APPLICATION_ID = 0x54524E52  # "TRNR"
STEPS = tuple(f"schema_{number}.sql" for number in range(1, 6))
VERSION = len(STEPS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file of any earlier version, or an empty one, to `VERSION`, all steps or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for step in STEPS[version:]:
            for statement in _statements(Path(__file__).with_name(step).read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
