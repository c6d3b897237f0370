"""The cards that have no memory state, kept apart: new cards are met by the dozen among any number of others.

A cache of what the tables `card` and `memory` say, kept in the transactions that change these.
"""

from __future__ import annotations

import sqlite3

_NEW = """
    SELECT file, position, id, note FROM card
    WHERE NOT superseded AND NOT EXISTS (SELECT 1 FROM memory WHERE memory.card = card.id)"""
_KEEP = f"INSERT OR IGNORE INTO fresh (file, position, id, note) {_NEW}"
_KNOWN = "DELETE FROM fresh WHERE (file, position) IN (SELECT file, position FROM card WHERE id = ?)"
_KEPT = "SELECT file, position, id, note FROM fresh"
_WRONG = f"""
    SELECT count(*) FROM
        (SELECT * FROM ({_KEPT} EXCEPT {_NEW}) UNION ALL SELECT * FROM ({_NEW} EXCEPT {_KEPT}))"""


def keep_file(connection: sqlite3.Connection, file: bytes) -> None:
    """Find the new cards of a deck file that has just been read, inside a transaction."""
    connection.execute(f"{_KEEP} AND file = ?", (file,))


def keep_card(connection: sqlite3.Connection, card: str, *, is_new: bool) -> None:
    """Keep whether a card is new, after its memory state has changed, inside a transaction."""
    connection.execute(f"{_KEEP} AND id = ?" if is_new else _KNOWN, (card,))


def find_all(connection: sqlite3.Connection) -> None:
    """Find the new cards of all files anew, inside a transaction."""
    connection.execute("DELETE FROM fresh")
    connection.execute(_KEEP)


def wrong(connection: sqlite3.Connection) -> int:
    """How many rows are kept of cards that are not new, or are missing of those that are."""
    (count,) = connection.execute(_WRONG).fetchone()
    return int(count)
