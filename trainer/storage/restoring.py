"""What a backup has that the log has not, and the other way round; and bringing it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.errors import DataError, advice
from trainer.storage.backups import readable
from trainer.storage.connection import (
    FAULTS,
    is_damage,
    is_empty,
    last_id,
    open_as_it_is,
    reading,
    refuse_foreign,
)
from trainer.storage.merging import Merged, Merging, is_sound, rows_of
from trainer.storage.migrations import APPLICATION_ID, made_empty, migrate
from trainer.storage.moves import replay_moves

if TYPE_CHECKING:
    from trainer.core.scheduling import Replay
    from trainer.storage.store import Store

_MARKS = ("suspend", "bury", "flag")
_GUARD = "log_is_never_cut"
_ONLY_IN = "SELECT study_day, card, kind, count(*) FROM {}.log WHERE id NOT IN (SELECT id FROM {}.log)"
_PAGES = 1_000


class Side(NamedTuple):
    """A log as a whole: entries, reviews, and when the last answer was given.

    `last_at` is in milliseconds since 1970, `last_offset` in minutes east of UTC; both are 0 without reviews.
    """

    entries: int = 0
    reviews: int = 0
    last_at: int = 0
    last_offset: int = 0


class Part(NamedTuple):
    """What was done with the cards of a deck on a study day."""

    day: date
    deck: str
    reviews: int = 0
    marks: int = 0
    quizzes: int = 0
    others: int = 0


class Preview(NamedTuple):
    """What restoring a backup would change: what comes `back`, and what would be `gone` by going back to it.

    Both are in the order of days and decks. `last` is the last entry of the progress file.
    """

    now: Side
    then: Side
    back: tuple[Part, ...]
    gone: tuple[Part, ...]
    last: bytes = b""

    def is_of(self, store: Store) -> bool:
        """Whether the log is still what it was when this was looked at."""
        return (_count(store.connection), last_id(store.connection)) == (self.now.entries, self.last)


def compare(progress: Path, backup: Path) -> Preview:
    """Hold a backup against the progress file, which may be missing; changes neither.

    Raises DataError for a file that is damaged, newer or not ours, and for a backup that is not there.
    """
    check(backup)
    there = refuse_foreign(progress)
    with closing(sqlite3.connect(":memory:", isolation_level=None, uri=True)) as both:
        for path, name in ((progress, "ours"), (backup, "theirs")):
            if path is progress and not there:
                both.execute("ATTACH ':memory:' AS ours")
                both.execute("CREATE TABLE ours.log (seq, id, study_day, card, kind, at, utc_offset)")
                continue
            with reading(path), readable(path):
                both.execute(f"ATTACH ? AS {name}", (f"{path.absolute().as_uri()}?mode=ro",))
        with reading(progress):
            return Preview(
                _side(both, "ours"),
                _side(both, "theirs"),
                _parts(both, "theirs", "ours"),
                _parts(both, "ours", "theirs"),
                last_id(both, "ours"),
            )


def check(backup: Path) -> None:
    """Raise DataError if a file cannot be restored: missing, damaged, newer, or not made by trainer."""
    choose = f"choose another: `{advice('backup --list')}`"
    try:
        there = refuse_foreign(backup)
    except DataError as error:
        if is_damage(error.__cause__):
            raise _unreadable(backup) from error
        raise DataError(str(error), hint=error.hint if "update" in error.hint else choose) from error
    if not there:
        raise DataError(f"{backup}: there is no such backup, or it is empty", hint=choose)
    with _reading_backup(backup), open_as_it_is(backup) as file:
        (verdict,) = file.execute("PRAGMA quick_check(1)").fetchone()
        (application,) = file.execute("PRAGMA application_id").fetchone()
        if verdict == "ok" and application == APPLICATION_ID and _things(file) <= _things_of_ours():
            return
    if verdict != "ok":
        raise _unreadable(backup)
    raise DataError(f"{backup}: is not a progress file of trainer", hint=choose)


def _unreadable(backup: Path) -> DataError:
    return DataError(
        f"{backup}: cannot be restored: it is damaged, or no backup",
        hint=f"choose another: `{advice('backup --list')}`",
    )


@contextmanager
def _reading_backup(backup: Path) -> Iterator[None]:
    """Turn what SQLite says of a backup into a DataError with one clear line."""
    try:
        yield
    except FAULTS as error:
        raise _unreadable(backup) from error


def add(store: Store, backup: Path, *, replay: Replay, advance: Advance = unseen) -> Merged:
    """Bring back the entries of a backup that are missing in the log; all or nothing. Nothing is lost.

    Raises NotSavedError, and DataError for a damaged file.
    """
    with _reading_backup(backup), open_as_it_is(backup) as source:
        if _copied_into_nothing(store, source, advance):
            return Merged(_count(store.connection))
        return Merging(store).merge(rows_of(source), replay=replay, advance=advance)


def go_back(
    store: Store,
    backup: Path,
    *,
    replay: Replay,
    before: Callable[[], object],
    advance: Advance = unseen,
) -> Merged:
    """Let the log be what it was when a backup was made; all or nothing.

    `before` is called first, while nobody else can write; what it raises leaves all as it is.
    """
    with _reading_backup(backup), open_as_it_is(backup) as source:
        if _copied_into_nothing(store, source, advance):
            return Merged(_count(store.connection))
        store.connection.execute("PRAGMA secure_delete = ON")
        with _wanted(store.connection, source), store.transaction():
            before()
            for_cut, for_rest = parts(advance, (1, 1))
            _cut(store, replay=replay, advance=for_cut)
            return Merging(store).put(rows_of(source), replay=replay, advance=for_rest)


def _copied_into_nothing(store: Store, source: sqlite3.Connection, advance: Advance) -> bool:
    """Where the log is empty, let the file be the backup, if all of it is as written; whether it was."""
    connection = store.connection
    if not is_empty(connection) or not all(map(is_sound, rows_of(source))):
        return False
    with _kept_from_others(store):
        if not is_empty(connection):
            return False
        source.backup(connection, pages=_PAGES, progress=lambda _, left, total: advance(total - left, total))
    migrate(connection)
    return True


@contextmanager
def _kept_from_others(store: Store) -> Iterator[None]:
    """The progress file locked over several transactions: what others write in between would be gone."""
    connection = store.connection
    try:
        with store.transaction():
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        yield
    finally:
        connection.execute("PRAGMA locking_mode = NORMAL")
        with suppress(sqlite3.Error):
            _count(connection)  # With this the lock ends.


def _count(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM log").fetchone()
    return int(count)


@contextmanager
def _wanted(connection: sqlite3.Connection, source: sqlite3.Connection) -> Iterator[None]:
    """The ids of the entries of a backup, in a table of this connection."""
    connection.execute("CREATE TEMP TABLE wanted (id BLOB PRIMARY KEY) WITHOUT ROWID")
    try:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO wanted VALUES (?)", source.execute("SELECT id FROM log"))
        connection.execute("COMMIT")
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DROP TABLE temp.wanted")


def _cut(store: Store, *, replay: Replay, advance: Advance) -> None:
    """Take away the entries that are not wanted, and what follows from them, inside a transaction."""
    connection = store.connection
    beside = "id NOT IN (SELECT id FROM temp.wanted)"
    concerned = {
        str(card)
        for (card,) in connection.execute(
            f"""SELECT owner FROM log WHERE {beside}
                UNION SELECT owner FROM log WHERE id IN (SELECT target FROM log WHERE {beside})"""
        )
    }
    if not concerned:
        return
    (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (_GUARD,)).fetchone()
    connection.execute(f"DROP TRIGGER {_GUARD}")
    connection.execute(f"DELETE FROM log WHERE {beside}")
    connection.execute(guard)
    concerned |= replay_moves(connection)
    for card in one_by_one(concerned - {""}, advance):
        store.cache(card, replay=replay)
    store.doubt_other_settings()


def _side(both: sqlite3.Connection, name: str) -> Side:
    entries, reviews = both.execute(
        f"SELECT count(*), count(*) FILTER (WHERE kind = 'review') FROM {name}.log"
    ).fetchone()
    last = both.execute(
        f"SELECT at, utc_offset FROM {name}.log WHERE kind = 'review' ORDER BY at DESC LIMIT 1"
    ).fetchone()
    return Side(entries, reviews, *(last or ()))


def _parts(both: sqlite3.Connection, one: str, other: str) -> tuple[Part, ...]:
    """What only one of the logs has, by day and deck."""
    found: dict[tuple[date, str], Part] = {}
    for day, card, kind, count in both.execute(f"{_ONLY_IN.format(one, other)} GROUP BY 1, 2, 3"):
        deck = str(card).rsplit("/", 2)[0]
        place = (_day(day), deck)
        part = found.get(place, Part(*place))
        field = {"review": "reviews", "quiz": "quizzes"}.get(kind, "marks" if kind in _MARKS else "others")
        found[place] = part._replace(**{field: getattr(part, field) + count})
    return tuple(found[place] for place in sorted(found))


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise DataError(f"an entry of the log has no day: {str(text)[:20]!r}") from error


def _things(file: sqlite3.Connection) -> set[tuple[str, str]]:
    """The tables, views and triggers of a file."""
    query = "SELECT type, name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'sqlite_stat%'"
    return {(kind, name) for kind, name in file.execute(query)}


def _things_of_ours() -> set[tuple[str, str]]:
    """Those that a progress file may have: no version has taken any away."""
    with made_empty() as made:
        return _things(made)
