"""Logs of two progress files joined: of another device, or of a backup.

Entries count in the order of their ids, wherever they were written and whenever they arrive. An id begins
with the time and is later than every id that its file had seen (`Store.new_ids`), so this is the order in
which they came about; in a log that was never merged it is the order in which they were written. `seq` says
where an entry stands in it: merging numbers the entries anew where others come in between, and changes
nothing else of them. So logs that have the same entries are the same logs and imply the same caches, in
whatever order they were merged and however often.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.core.progress import Advance, one_by_one, unseen
from trainer.storage.entries import COUNTING, LATER, LOGGED, content_hash, history_of, millisecond_of
from trainer.storage.moves import replay_moves
from trainer.storage.store import APPEND, APPENDED

if TYPE_CHECKING:
    from trainer.core.scheduling import MemoryState, Replay
    from trainer.storage.store import Store

Row = tuple[Any, ...]
"""An entry as a log has it: the columns `LOGGED`, those of `LATER`, and its hash."""

_FIRST, _LATER = LOGGED.split(", "), LATER.split(", ")
_COLUMNS = APPENDED.split(", ")
_PLACE = {name: place for place, name in enumerate(_COLUMNS)}

_OF: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("id", "device", "target", "quiz"), bytes),
    **dict.fromkeys(("study_day", "kind", "card", "response", "mode", "answer"), str),
    **dict.fromkeys(("at", "utc_offset", "rating", "milliseconds", "value", "confidence"), int),
    "score": (int, float),
}
"""What the columns hold where they are not empty."""
_ALWAYS = ("id", "device", "at", "utc_offset", "study_day", "kind", "card")
_NEEDED = {
    "review": ("rating", "score", "response", "milliseconds", "mode"),
    "undo": ("target",),
    **dict.fromkeys(("move", "carried", "quiz"), ("response",)),
    **dict.fromkeys(("suspend", "flag"), ("value",)),
}
"""Which columns an entry has beside those that all have, by its kind."""

_ID = 16
_MINUTES_A_DAY = 1440
_LAST_DAY = date(9800, 1, 1)
"""Days later than this cannot be scheduled from: the calendar ends."""
_LAST_AT = 247_096_310_400_000
"""The same in milliseconds since 1970."""

_MISPLACED = """
    SELECT min(seq) FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS is_at,
                                 row_number() OVER (ORDER BY id) AS belongs_at FROM log)
    WHERE is_at <> belongs_at"""
_GUARD = "log_is_never_changed"


class Merged(NamedTuple):
    """What merging came to: entries that were `added`, those `known` before, and the ids of those `refused`.

    Refused is an entry whose hash or content is wrong, and one that differs from ours of the same id.
    """

    added: int = 0
    known: int = 0
    refused: tuple[bytes, ...] = ()


def rows_of(connection: sqlite3.Connection) -> Iterator[Row]:
    """Every entry of the progress file that a connection is to, of any version; raises what SQLite does."""
    return (row for _, row in numbered_rows_of(connection))


def numbered_rows_of(connection: sqlite3.Connection) -> Iterator[tuple[int, Row]]:
    """The same, each with its number."""
    there = {name for _, name, *_ in connection.execute("PRAGMA table_info(log)")}
    columns = ", ".join(name if name in there else f"NULL AS {name}" for name in _COLUMNS)
    for seq, *row in connection.execute(f"SELECT seq, {columns} FROM log NOT INDEXED ORDER BY seq"):
        yield seq, tuple(row)


class Merging:
    """Brings entries of other progress files into that of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def merge(self, rows: Iterable[Row], *, replay: Replay, advance: Advance = unseen) -> Merged:
        """Add the entries that are not in the log yet, and bring memory states, marks and moves up to date.

        All or nothing, in one transaction. Nothing that is here is lost or changed, and what is here already
        is not added again, so merging twice is merging once; the outcome does not depend on the order of the
        rows or of several merges. An entry that was taken back in either log is taken back, whichever of the
        two comes first. `replay` must be that of the scheduling settings in force. Other sessions see the
        outcome at their next card. Raises NotSavedError and DataError as every write does; then nothing has
        changed.
        """
        with self._store.transaction():
            merged = self.put(rows, replay=replay, advance=advance)
        advance(1, 1)
        return merged

    def put(self, rows: Iterable[Row], *, replay: Replay, advance: Advance = unseen) -> Merged:
        """Do as `merge` does, inside a transaction."""
        new, known, refused = self._sorted_out(rows)
        if new:
            self._put(list(new.values()), replay=replay, advance=advance)
        return Merged(len(new), known, tuple(refused))

    def _sorted_out(self, rows: Iterable[Row]) -> tuple[dict[bytes, Row], int, list[bytes]]:
        """The rows that are not here yet, by id; how many are here; the ids of those that are refused."""
        new: dict[bytes, Row] = {}
        known, refused = 0, list[bytes]()
        for row in rows:
            id = row[0]
            if not isinstance(id, bytes) or not is_sound(row):
                refused.append(id if isinstance(id, bytes) else b"")
                continue
            here = self._store.connection.execute("SELECT hash FROM log WHERE id = ?", (id,)).fetchone()
            if id in new:
                here = (new[id][-1],)
            if here is None:
                new[id] = tuple(row)
            elif bytes(here[0]) == row[-1]:
                known += 1
            else:
                refused.append(id)
        return new, known, refused

    def _put(self, rows: list[Row], *, replay: Replay, advance: Advance) -> None:
        connection = self._store.connection
        was_in_order = connection.execute(_MISPLACED).fetchone() == (None,)
        connection.executemany(APPEND, sorted(rows, key=itemgetter(0)))
        put_in_order(connection)
        moved = replay_moves(connection)
        concerned = _all_cards(connection) if not was_in_order else moved | _concerned(connection, rows)
        for card in one_by_one(concerned - {""}, advance):
            self._store.cache(card, replay=replay)
        self._store.doubt_other_settings()


def is_sound(row: Row) -> bool:
    """Whether an entry has the hash of its content, and a content that can be read."""
    first, later = list(row[: len(_FIRST)]), dict(zip(_LATER, row[len(_FIRST) : -1], strict=True))
    try:
        if content_hash(first, later) != row[-1]:
            return False
        return _is_readable(dict(zip(_COLUMNS, row, strict=True)))
    except (ValueError, TypeError, KeyError, OverflowError):
        return False


def put_in_order(connection: sqlite3.Connection) -> None:
    """Number the entries of the log in the order of their ids, inside a transaction."""
    (start,) = connection.execute(_MISPLACED).fetchone()
    if start is None:
        return
    ids = connection.execute("SELECT id FROM log WHERE seq >= ? ORDER BY id", (start,)).fetchall()
    (last,) = connection.execute("SELECT max(seq) FROM log").fetchone()
    (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (_GUARD,)).fetchone()
    connection.execute(f"DROP TRIGGER {_GUARD}")
    connection.execute("UPDATE log SET seq = seq + ? WHERE seq >= ?", (last, start))
    places = ((start + step, id) for step, (id,) in enumerate(ids))
    connection.executemany("UPDATE log SET seq = ? WHERE id = ?", places)
    connection.execute(guard)


def _concerned(connection: sqlite3.Connection, rows: Iterable[Row]) -> set[str]:
    """The cards that new entries belong to, and those of what they take back."""
    ids = chain.from_iterable((row[0], row[_PLACE["target"]]) for row in rows)
    query = "SELECT owner FROM log WHERE id = ?"
    return {str(card) for id in ids if id is not None for (card,) in connection.execute(query, (id,))}


def _all_cards(connection: sqlite3.Connection) -> set[str]:
    every = "SELECT owner FROM log UNION SELECT card FROM memory UNION SELECT card FROM marks"
    return {str(card) for (card,) in connection.execute(every)}


def _is_readable(entry: dict[str, Any]) -> bool:
    """Whether what is to be made of an entry can be; may raise for what is not even of its type."""
    kind, at, day = entry["kind"], entry["at"], entry["study_day"]
    if not all(isinstance(entry[name], _OF[name]) for name in (*_ALWAYS, *_NEEDED.get(kind, ()))):
        return False
    if not all(entry[name] is None or isinstance(entry[name], _OF[name]) for name in _OF):
        return False
    if len(entry["id"]) != _ID or len(entry["device"]) != _ID:
        return False
    if date.fromisoformat(day).isoformat() != day or day > _LAST_DAY.isoformat():
        return False
    if max(abs(at), millisecond_of(entry["id"])) > _LAST_AT or abs(entry["utc_offset"]) > _MINUTES_A_DAY:
        return False
    if kind not in ("review", "forget", "carried"):
        return True
    start = history_of([tuple(entry[name] for name in COUNTING)]).start
    return start is None or _can_go_on(start)


def _can_go_on(state: MemoryState) -> bool:
    """Whether a memory state that was carried over can be scheduled from."""
    is_within = 0 < state.stability < inf and 1 <= state.difficulty <= 10
    return is_within and max(state.due_day, state.last_day) <= _LAST_DAY
