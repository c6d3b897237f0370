"""Opening the progress file, and saying in plain words what SQLite could not do."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import quote

from trainer.core.progress import Advance, Watch, unwatched
from trainer.errors import DataError, NotSavedError, advice
from trainer.storage.migrations import APPLICATION_ID, VERSION, migrate

BUSY_TIMEOUT = 10_000
"""Milliseconds to wait for another session's write."""

_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA fullfsync = ON",
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = EXTRA",
)

_PAGES = 1_000
"""Pages that are copied between two words on how far it is."""

_HEAD = 100
"""Bytes at the beginning of a file that say what it is (sqlite.org/fileformat2.html, 1.3)."""

_JOURNAL_HEAD = 28

FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What using a file may raise: the second where a message of SQLite's names what is damaged."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LOST = "no such table"
_SAID_OF_DAMAGE = ("Could not decode to UTF-8", "unsupported file format")
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "read-only file or folder",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_BUSY: "another program is writing to it",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
    sqlite3.SQLITE_PERM: "permission was denied",
    sqlite3.SQLITE_AUTH: "permission was denied",
}


def damaged_hint() -> str:
    """What to do about a damaged file."""
    return f"it was left as it is; `{advice('restore --salvage')}` saves what can be read"


def connect(path: Path, watch: Watch = unwatched) -> sqlite3.Connection:
    """Open the progress file for writing, made or brought up to date if need be.

    Raises DataError for a file that is damaged, newer or not ours (it is left as it is), NotSavedError
    where none can be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise NotSavedError(
            f"progress cannot be saved: the data folder cannot be made: {error.strerror}", hint=str(path)
        ) from error
    refuse_foreign(path)
    with saving(path, failed="progress cannot be saved"):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            _prepare(connection)
            if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
                with watch("Bringing the progress file up to date") as advance:
                    migrate(connection, before=partial(_back_up_first, path, advance))
        except BaseException:
            connection.close()
            raise
    return connection


def look_in_place(path: Path, watch: Watch = unwatched) -> sqlite3.Connection:
    """Open the progress file for looking only, as it is; raises NotSavedError where that is not enough."""
    if not refuse_foreign(path):
        raise NotSavedError("there is no progress file yet", hint=str(path))
    with reading(path):
        connection = _for_looking(path)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        connection.close()
        raise NotSavedError("the progress file is of an older trainer", hint=str(path))
    return connection


def connect_read_only(path: Path, watch: Watch = unwatched) -> sqlite3.Connection:
    """A copy in memory of the progress file, or of an empty one, for commands that only look."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if refuse_foreign(path):
        with reading(path), open_as_it_is(path) as file, watch("Reading the progress file") as advance:
            file.backup(
                connection, pages=_PAGES, progress=lambda _, left, total: advance(total - left, total)
            )
    migrate(connection)
    return connection


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what SQLite says while reading into a DataError with one clear line."""
    try:
        yield
    except FAULTS as error:
        raise DataError(f"{path}: {_reason(error, path)}", hint=_hint(error, path)) from error


@contextmanager
def saving(path: Path, *, failed: str = "not saved") -> Iterator[None]:
    """Turn what SQLite says while writing into a NotSavedError, or a DataError if the file is damaged."""
    try:
        yield
    except FAULTS as error:
        said = f"{failed}: {_reason(error, path)}"
        if is_damage(error):
            raise DataError(said, hint=_hint(error, path)) from error
        raise NotSavedError(said, hint=str(path)) from error


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


@contextmanager
def open_as_it_is(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a progress file that is there for looking only; raises what SQLite does."""
    connection = _for_looking(path)
    try:
        yield connection
    finally:
        connection.close()


def _for_looking(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(os.fsencode(path.absolute()))}?mode=ro", uri=True, isolation_level=None
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    return connection


def _back_up_first(path: Path, advance: Advance) -> None:
    """Make the backup that precedes a migration."""
    from trainer.storage.backups import before_migration

    before_migration(path, advance)


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a log has no entry at all, of no device."""
    return connection.execute("SELECT 1 FROM log LIMIT 1").fetchone() is None


def last_id(connection: sqlite3.Connection, of: str = "main") -> bytes:
    """The id of the last entry of a log, that of the database named or attached `of`; empty without one."""
    last = connection.execute(f"SELECT id FROM {of}.log ORDER BY seq DESC LIMIT 1").fetchone()
    return bytes(last[0]) if last else b""


def refuse_foreign(path: Path) -> bool:
    """Look at a file without touching it; False if it is missing or empty, which is fine.

    Raises DataError for one that cannot be opened, is damaged, newer or not ours.
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise DataError(f"{path}: cannot be opened: {error.strerror}") from error
    if stat.S_ISDIR(found.st_mode):
        raise DataError(f"{path}: is a folder, not a file", hint="move it away")
    if found.st_size == 0:
        return False
    if not os.access(path, os.R_OK):
        from shlex import quote as quoted

        raise DataError(f"{path}: you may not read it", hint=f"`chmod u+rw {quoted(str(path))}`")
    with reading(path):
        application, version, tables = _identity(path)
    if application != APPLICATION_ID and tables:
        raise DataError(
            f"{path}: is not a progress file of trainer", hint="choose another folder with --data"
        )
    if version > VERSION:
        raise newer(path)
    return True


def newer(path: Path) -> DataError:
    """What is said of a file of a version still to come."""
    return DataError(
        f"{path}: was written by a newer trainer", hint="update trainer; the file was not touched"
    )


def _identity(path: Path) -> tuple[int, int, int]:
    """The application id and the version of a file, and how many tables it has.

    Where a write was cut off, only opening it for writing can take that back; the head of the file tells.
    """
    try:
        with open_as_it_is(path) as file:
            (application,) = file.execute("PRAGMA application_id").fetchone()
            (version,) = file.execute("PRAGMA user_version").fetchone()
            (tables,) = file.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
        if _was_empty(path):
            return 0, 0, 0
        with path.open("rb") as raw:
            head = raw.read(_HEAD)
        return int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big"), 1
    return application, version, tables


def _was_empty(path: Path) -> bool:
    """Whether a write that was cut off was the first: taken back, it leaves an empty file.

    The head of the journal says how many pages there were (sqlite.org/fileformat2.html, 3).
    """
    with suppress(OSError), Path(f"{os.path.realpath(path)}-journal").open("rb") as journal:
        return journal.read(_JOURNAL_HEAD)[16:20] == bytes(4)
    return False


def is_damage(error: BaseException | None) -> bool:
    """Whether it says that the file is damaged; so do texts in it, or in a message, that are no UTF-8."""
    no_text = isinstance(error, UnicodeError) or any(text in str(error) for text in _SAID_OF_DAMAGE)
    return no_text or _code(error) in _DAMAGED


def _code(error: BaseException | None) -> int:
    """The primary result code; 0 where Python itself raised the error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _reason(error: Exception, path: Path) -> str:
    if is_damage(error):
        return "the progress file is damaged"
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:
        if path.exists():
            return "the progress file was replaced; start trainer again"
        return "the progress file is gone; start trainer again"
    if _LOST in str(error):
        if _is_empty_file(path):
            return "the progress file was emptied; start trainer again"
        return f"a part of the progress file is missing: {error}"
    return _REASONS.get(_code(error), str(error))


def _hint(error: Exception, path: Path) -> str:
    is_lost = _LOST in str(error) and not _is_empty_file(path)
    return damaged_hint() if is_lost or is_damage(error) else ""


def _is_empty_file(path: Path) -> bool:
    with suppress(OSError):
        return path.stat().st_size == 0
    return False
