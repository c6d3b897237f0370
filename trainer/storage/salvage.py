"""A damaged progress file saved: what can be read becomes a new file, and the damaged one stays beside it."""

from __future__ import annotations

import os
import shlex
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

from trainer.core.keeping import gaps
from trainer.core.progress import Advance, unseen
from trainer.errors import DataError, NotSavedError
from trainer.storage.backups import facts
from trainer.storage.connection import open_as_it_is, reading, saving
from trainer.storage.mending import make_marks_anew
from trainer.storage.merging import Row, is_sound, put_in_order, rows_of
from trainer.storage.moves import replay_moves
from trainer.storage.pages import entries_of
from trainer.storage.restoring import check
from trainer.storage.soundness import Changed, as_it_will_be
from trainer.storage.store import APPEND, Store
from trainer.whole import made_whole, settle

_REVIEW = "review"
_KIND, _CARD, _DAY = 5, 6, 4
_LAST_ID = b"\xff" * 16
_TRIES = 100


class Helped(NamedTuple):
    """A backup that had entries which the damaged file has not: how many, and how many reviews among them."""

    backup: Path
    added: int
    reviews: int


class Salvaged(NamedTuple):
    """What was read of a damaged file, and added from backups.

    `whole` entries, of them `reviews`, are as they were written; `changed` are not, and left out; `gaps` are
    runs of numbers in the log of which nothing whole was found. `helped` are the backups that had entries
    beside that, and `missing` is how many are known to be missing still.
    """

    whole: int
    reviews: int
    first_day: str
    last_day: str
    changed: tuple[Changed, ...]
    gaps: tuple[tuple[int, int], ...]
    helped: tuple[Helped, ...] = ()
    missing: int = 0

    @property
    def lost(self) -> int:
        """How many entries of the file are known to be lost, before what backups have."""
        return sum(last - first + 1 for first, last in self.gaps)

    @property
    def added(self) -> int:
        """How many entries come from backups."""
        return sum(each.added for each in self.helped)

    @property
    def added_reviews(self) -> int:
        """How many of them are reviews."""
        return sum(each.reviews for each in self.helped)


def sound(backups: Iterable[Path]) -> list[Path]:
    """The backups that can be read, those with the latest entry first."""
    found: list[tuple[bytes, Path]] = []
    for path in backups:
        with suppress(DataError):
            check(path)
            found.append((facts(path).last_id, path))
    return [path for _, path in sorted(found, reverse=True)]


def salvage(
    progress: Path,
    *,
    backups: Sequence[Path],
    aside: Path | None,
    advance: Advance = unseen,
) -> Salvaged:
    """Save what can be read of a progress file, and add what backups have beside that, asked in their order.

    The new file takes its place, and the old one is kept as `aside`; without that, nothing is written.
    Raises DataError where the file is missing or cannot be read at all, NotSavedError where nothing can be
    written: then everything is as it was.
    """
    tally = _Tally()
    try:
        before = _written(progress)
        with as_it_will_be(progress) as file:
            rows = tally.counted(file, backups, advance)
            if aside is None:
                for _ in rows:
                    pass
            else:
                _replace(progress, aside, rows, tally, before=before)
    except OSError as error:
        raise DataError(f"{progress}: cannot be read: {error.strerror}") from error
    return tally.told()


class _Tally:
    """What is read of a damaged file and of backups, counted as it passes by: logs may be long."""

    def __init__(self) -> None:
        self._ids: set[bytes] = set()
        self._numbers: dict[int, bytes] = {}
        self._changed: dict[int, Changed] = {}
        self._added: list[bytes] = []
        self._helped: list[Helped] = []
        self._reviews = 0
        self._days = ("9999-12-31", "")
        self._latest: tuple[bytes, bytes] = (b"", b"")

    @property
    def device(self) -> bytes:
        """The device that wrote the latest entry; empty if there is none."""
        return self._latest[1]

    def counted(self, file: Path, backups: Iterable[Path], advance: Advance) -> Iterator[Row]:
        """The whole entries of a file, and those that only backups have."""
        for found in entries_of(file, advance):
            row = found.row
            if not found.is_whole:
                self._changed[found.seq] = Changed(found.seq, str(row[_CARD]), str(row[_DAY]))
                continue
            self._ids.add(row[0])
            self._numbers[found.seq] = row[0]
            self._reviews += row[_KIND] == _REVIEW
            self._days = min(self._days[0], row[_DAY]), max(self._days[1], row[_DAY])
            self._latest = max(self._latest, row[:2])
            yield row
        there = set(self._ids)
        for backup in backups:
            yield from self._only_in(backup, there)

    def _only_in(self, backup: Path, there: set[bytes]) -> Iterator[Row]:
        """The whole entries that only a backup has, up to where it cannot be read; they are `there` then."""
        helped = Helped(backup, 0, 0)
        try:
            with suppress(DataError), reading(backup), open_as_it_is(backup) as source:
                for row in rows_of(source):
                    if row[0] not in there and is_sound(row):
                        there.add(row[0])
                        self._added.append(row[0])
                        helped = Helped(backup, helped.added + 1, helped.reviews + (row[_KIND] == _REVIEW))
                        self._latest = max(self._latest, row[:2])
                        yield row
        finally:
            if helped.added:
                self._helped.append(helped)

    def told(self) -> Salvaged:
        """What it came to."""
        lost = [each for seq, each in sorted(self._changed.items()) if seq not in self._numbers]
        beyond = max((each.seq for each in lost), default=0)
        numbers = {number for number in self._numbers if number > 0}
        if beyond > max(numbers, default=0):
            numbers.add(beyond + 1)
        runs = tuple(gaps(numbers))
        return Salvaged(
            whole=len(self._ids),
            reviews=self._reviews,
            first_day=self._days[0] if self._ids else "",
            last_day=self._days[1],
            changed=tuple(lost),
            gaps=runs,
            helped=tuple(self._helped),
            missing=self._still_missing(runs),
        )

    def _still_missing(self, runs: Iterable[tuple[int, int]]) -> int:
        """How many entries of those runs no backup had: entries stand in the order of their ids."""
        added = sorted(self._added)
        missing = 0
        for first, last in runs:
            after = bisect_right(added, self._numbers.get(first - 1, b""))
            before = bisect_left(added, self._numbers.get(last + 1, _LAST_ID))
            missing += max(0, last - first + 1 - max(0, before - after))
        return missing


def nothing_readable(progress: Path) -> DataError:
    """What is said of a file that gives no entry where no backup has any either."""
    moved = shlex.join(["mv", str(progress), str(free_name(progress, "unreadable"))])
    return DataError(
        f"{progress}: nothing of it can be read, and no backup has anything; it was left as it is",
        hint=f"to begin anew, move it away: `{moved}`",
    )


def free_name(progress: Path, what: str) -> Path:
    """A name beside a progress file that no file has."""
    first = progress.with_name(f"{progress.name}.{what}")
    others = (first.with_name(f"{first.name}-{number}") for number in range(2, _TRIES))
    return next((name for name in (first, *others) if not os.path.lexists(name)), first)


def _written(progress: Path) -> tuple[int, int]:
    """What tells that something was written into a file: its size, and when that was, in nanoseconds."""
    told = progress.stat()
    return told.st_size, told.st_mtime_ns


def _replace(
    progress: Path, aside: Path, rows: Iterator[Row], tally: _Tally, *, before: tuple[int, int]
) -> None:
    """Put a file with those entries in the place of a damaged one, which is put aside.

    Nothing is done if somebody has written into it since `before`: that would not be among what was read.
    """
    target = Path(os.path.realpath(progress))
    with made_whole(progress, over=True) as part:
        _fill(part, rows, tally)
        if not tally.device:
            raise nothing_readable(progress)
        if _written(target) != before:
            raise NotSavedError(
                "another session has written into the damaged file meanwhile; nothing was changed",
                hint="leave it and do this again",
            )
        _put_aside(target, aside)


def _fill(part: Path, rows: Iterator[Row], tally: _Tally) -> None:
    """Make a progress file of entries, in their order; memory states are made when it is opened to study."""
    with closing(Store(part)) as store, saving(part, failed="nothing was saved"), store.transaction():
        connection = store.connection
        connection.executemany(APPEND, rows)
        put_in_order(connection)
        replay_moves(connection)
        make_marks_anew(store)
        if tally.device:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'device'", (tally.device,))


def _put_aside(target: Path, aside: Path) -> None:
    """Give a damaged file another name beside its own, and its journal too, which must not be replayed.

    It keeps its own name until the new one takes that: there is always one of them.
    """
    try:
        try:
            os.link(target, aside)
        except FileExistsError:
            raise
        except OSError:  # A file system without hard links, or another one.
            copyfile(target, aside)
        journal = target.with_name(f"{target.name}-journal")
        if journal.exists():
            journal.replace(aside.with_name(f"{aside.name}-journal"))
    except OSError as error:
        raise NotSavedError(
            f"{aside} cannot be written: {error.strerror}", hint="nothing was changed"
        ) from error
    settle(aside.parent)
