"""Backups of the progress file: dated copies beside it, each whole and checked before it gets its name."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from trainer.core.keeping import FOLDER, Kind, Name, kept, name_of
from trainer.core.progress import Advance, unseen
from trainer.errors import DataError, NotSavedError
from trainer.storage.connection import (
    FAULTS,
    damaged_hint,
    last_id,
    open_as_it_is,
    reading,
    refuse_foreign,
    saving,
)
from trainer.whole import PART, FileThereError, made_whole

_PAGES = 1_000
"""Pages that are copied in a step; between two steps others may write."""

_RESTARTS = 5
"""So often a copy begins again because somebody wrote; then it is given up, or done in one step."""

_PAUSE = 0.05
"""Seconds to wait while somebody writes."""

_WAITS = 200
"""So often it is waited before the file counts as locked for good."""

_SAME_SECOND = 100

_FAILED = "the backup cannot be made"

_OF_DECKS = """
    SELECT name FROM sqlite_master WHERE type = 'table'
    AND (name IN ('deck_file', 'seen') OR sql LIKE '%REFERENCES deck_file%')"""
"""The tables that hold what was read from decks."""

_ROOM = 2
"""So many times its size must be free before a backup is made unasked."""


class Backup(NamedTuple):
    """A backup: where it is, what its name says, and its size in bytes."""

    path: Path
    name: Name
    size: int


class Facts(NamedTuple):
    """What a progress file holds: its version, how many entries and reviews, and its last entry.

    `last_at` is in milliseconds since 1970, `last_day` a study day; of an empty log they are 0 and None.
    """

    version: int
    entries: int
    reviews: int
    last_id: bytes
    last_at: int
    last_day: date | None


class _DisturbedError(Exception):
    """Others wrote again and again while the file was copied."""


def found(progress: Path) -> list[Backup]:
    """The backups of a progress file, newest first. Raises DataError where their folder cannot be read."""
    folder = progress.parent / FOLDER
    backups: list[Backup] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = name_of(entry.name)
                with suppress(OSError):  # A link that leads nowhere hides no other.
                    if name is not None and entry.is_file():
                        backups.append(Backup(folder / entry.name, name, entry.stat().st_size))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise DataError(f"{folder}: cannot be read: {error.strerror}") from error
    return sorted(backups, key=_newest, reverse=True)


def _newest(backup: Backup) -> tuple[date, str, int]:
    """A daily backup is made when its day begins to be studied, mostly before what else is done on it."""
    return backup.name.day, backup.name.time, backup.name.number


def facts(path: Path) -> Facts:
    """What a progress file holds, looked at as it is. Raises DataError if it is none, damaged or newer."""
    if not refuse_foreign(path):
        raise DataError(f"{path}: is not there, or empty")
    with reading(path), open_as_it_is(path) as file:
        (version,) = file.execute("PRAGMA user_version").fetchone()
        entries, reviews = file.execute(
            "SELECT count(*), count(*) FILTER (WHERE kind = 'review') FROM log"
        ).fetchone()
        last = file.execute("SELECT id, at, study_day FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    if last is None:
        return Facts(version, entries, reviews, b"", 0, None)
    try:
        return Facts(version, entries, reviews, bytes(last[0]), int(last[1]), date.fromisoformat(last[2]))
    except (TypeError, ValueError) as error:
        raise DataError(f"{path}: the progress file is damaged") from error


def back_up(
    progress: Path,
    kind: Kind,
    *,
    day: date,
    now: datetime,
    patient: bool = True,
    sparing: Path | None = None,
    advance: Advance = unseen,
) -> Path | None:
    """Make a backup of a progress file and thin out those there are; where it is.

    None if the daily one of that study day is there already, as when another session has made it. If others
    write all the time, a patient copy lets them wait at last, and another is given up. `sparing` is a
    backup that stays, as it is about to be restored. Raises NotSavedError,
    and DataError if the copy turns out damaged: then nothing is thinned out.
    """
    folder = progress.parent / FOLDER
    with _folder_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    for number in range(1, _SAME_SECOND):
        name = Name(day) if kind == "daily" else Name(day, f"{now:%H%M%S}", kind, number)
        target = folder / name.text
        try:
            copy(progress, target, lean=kind == "daily", patient=patient, advance=advance)
        except FileThereError:
            if kind == "daily":
                return None
            continue
        _thin(progress, sparing)
        return target
    raise NotSavedError(f"{folder}: there are too many backups of this second")


def copy(
    progress: Path,
    target: Path,
    *,
    over: bool = False,
    lean: bool = False,
    patient: bool = True,
    advance: Advance = unseen,
) -> None:
    """Copy a progress file to a new one, whole and checked; for its owner only.

    A `lean` copy goes without what decks say, which is read from them again. Raises FileThereError if it is
    there already, NotSavedError, and DataError where what is read is damaged.
    """
    with made_whole(target, over=over) as part:
        if lean:
            with _beside(target) as all_of_it:
                _copy_somehow(progress, all_of_it, patient=patient, advance=advance)
                with reading(progress), saving(target, failed=_FAILED):
                    _leave_out_decks(all_of_it, part)
        else:
            _copy_somehow(progress, part, patient=patient, advance=advance)
        with reading(progress), closing(sqlite3.connect(part, isolation_level=None)) as made:
            (verdict,) = made.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise DataError(f"{progress}: the progress file is damaged", hint=damaged_hint())


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file for a moment, in the folder of another and named as what is not whole yet."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=PART, dir=target.parent)
    except OSError as error:
        raise NotSavedError(f"{_FAILED}: {error.strerror}") from error
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _leave_out_decks(whole: Path, part: Path) -> None:
    """Write a copy of a copy, without what can be read from the decks again."""
    with closing(sqlite3.connect(whole, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode = OFF")
        file.execute("PRAGMA synchronous = OFF")
        for (table,) in file.execute(_OF_DECKS).fetchall():
            file.execute(f"DELETE FROM {table}")
        file.execute("VACUUM INTO ?", (str(part),))


def _copy_somehow(progress: Path, part: Path, *, patient: bool, advance: Advance) -> None:
    """Copy in steps, and if others write all the time and it is `patient`, in one."""
    tries: list[int] = [_PAGES, -1] if patient else [_PAGES]
    for pages in tries:
        try:
            with saving(part, failed=_FAILED):
                _copy_pages(progress, part, pages=pages, advance=advance)
            return
        except _DisturbedError:
            continue
    raise NotSavedError(f"{_FAILED}: the file is being written to all the time")


def _copy_pages(progress: Path, part: Path, *, pages: int, advance: Advance) -> None:
    with readable(progress) as file, closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")  # It is brought to the disk once, when it is whole.
        file.backup(target, pages=pages, progress=_watched(advance), sleep=_PAUSE)


def _watched(advance: Advance) -> Callable[[int, int, int], None]:
    """Tells how far a copy is, and ends it where others write again and again, or for good."""
    before, restarts, waits = float("inf"), 0, 0

    def step(status: int, left: int, total: int) -> None:
        nonlocal before, restarts, waits
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            waits += 1
            if waits > _WAITS:
                raise NotSavedError(f"{_FAILED}: another program is writing to the file")
            return
        restarts += left >= before
        if restarts > _RESTARTS:
            raise _DisturbedError
        before = left
        advance(total - left, total)

    return step


@contextmanager
def readable(progress: Path) -> Iterator[sqlite3.Connection]:
    """A progress file opened for looking; a write that was cut off is taken back first."""
    with open_as_it_is(progress) as file:
        try:
            file.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
                raise
        else:
            yield file
            return
    with closing(sqlite3.connect(progress, isolation_level=None)) as whole:
        whole.execute("SELECT count(*) FROM sqlite_master").fetchone()
    with open_as_it_is(progress) as file:
        yield file


def is_due(progress: Path, day: date) -> bool:
    """Whether something has been answered since the last backup, and none was made this study day."""
    backups = found(progress)
    if any(backup.name == Name(day) for backup in backups):
        return False
    with reading(progress), open_as_it_is(progress) as file:
        last = last_id(file)
    if not last:
        return False
    for backup in backups:
        with suppress(*FAULTS), open_as_it_is(backup.path) as made:
            return last_id(made) != last
    return True


def has_room(progress: Path) -> bool:
    """Whether a backup leaves as much room again on the disk, for the progress file itself to grow."""
    try:
        size = progress.stat().st_size
        return size * _ROOM < shutil.disk_usage(progress.parent).free
    except OSError:
        return True  # The attempt tells what is wrong.


def before_migration(progress: Path, advance: Advance = unseen) -> None:
    """Make a backup of a file of an older version. Raises NotSavedError saying how to go on."""
    now = datetime.now()
    try:
        back_up(progress, "before-update", day=now.date(), now=now, advance=advance)
    except NotSavedError as error:
        raise NotSavedError(
            f"the progress file is of an older trainer, and is left as it is: {error}",
            hint="make room or let the folder be written to; a backup is made before the file is changed",
        ) from error


def _thin(progress: Path, sparing: Path | None) -> None:
    backups = found(progress)
    staying = kept(backup.name for backup in backups)
    for backup in backups:
        if backup.name not in staying and (sparing is None or not _is_same(backup.path, sparing)):
            with suppress(OSError):
                backup.path.unlink()


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


@contextmanager
def _folder_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotSavedError(f"{folder} cannot be made: {error.strerror}") from error
