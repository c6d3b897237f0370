"""A damaged progress file saved: what can be read becomes a new file, and the damaged one stays beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

from trainer.core.keeping import gaps
from trainer.core.progress import Advance, unseen
from trainer.errors import DataError, NotSavedError
from trainer.storage.backups import facts
from trainer.storage.connection import open_as_it_is, reading, saving
from trainer.storage.merging import Row, is_sound, put_in_order, rows_of
from trainer.storage.moves import replay_moves
from trainer.storage.pages import entries_of
from trainer.storage.restoring import check
from trainer.storage.soundness import Changed, as_it_will_be
from trainer.storage.store import APPEND, Store
from trainer.whole import made_whole, settle

_REVIEW = "review"
_KIND, _CARD, _DAY = 5, 6, 4


class Salvaged(NamedTuple):
    """What was read of a damaged file, and added from a backup.

    `whole` entries, of them `reviews`, are as they were written; `changed` are not, and left out; `gaps` are
    runs of numbers in the log of which nothing whole was found. `added` entries, of them `added_reviews`,
    come from the backup.
    """

    whole: int
    reviews: int
    first_day: str
    last_day: str
    changed: tuple[Changed, ...]
    gaps: tuple[tuple[int, int], ...]
    added: int = 0
    added_reviews: int = 0

    @property
    def lost(self) -> int:
        """How many entries are known to be lost, before the backup."""
        return sum(last - first + 1 for first, last in self.gaps)


def newest_sound(backups: Iterable[Path]) -> Path | None:
    """The backup whose last entry is the latest, of those that can be read."""
    found: list[tuple[bytes, Path]] = []
    for path in backups:
        with suppress(DataError):
            found.append((facts(path).last_id, path))
    for _, path in sorted(found, reverse=True):
        with suppress(DataError):
            check(path)
            return path
    return None


def salvage(
    progress: Path,
    *,
    backup: Path | None,
    aside: Path | None,
    advance: Advance = unseen,
) -> Salvaged:
    """Save what can be read of a progress file, and add what a backup has beside that.

    The new file takes its place, and the old one is kept as `aside`; without that, nothing is written.
    Raises DataError where the file is missing or cannot be read at all, NotSavedError where nothing can be
    written: then everything is as it was.
    """
    tally = _Tally()
    try:
        with as_it_will_be(progress) as file:
            rows = tally.counted(file, backup, advance)
            if aside is None:
                for _ in rows:
                    pass
            else:
                _replace(progress, aside, rows, tally)
    except OSError as error:
        raise DataError(f"{progress}: cannot be read: {error.strerror}") from error
    return tally.told()


class _Tally:
    """What is read of a damaged file and a backup, counted as it passes by: logs may be long."""

    def __init__(self) -> None:
        self._ids: set[bytes] = set()
        self._numbers: set[int] = set()
        self._changed: dict[int, Changed] = {}
        self._reviews = self._added = self._added_reviews = 0
        self._days = ("9999-12-31", "")
        self._latest: tuple[bytes, bytes] = (b"", b"")

    @property
    def device(self) -> bytes:
        """The device that wrote the latest entry; empty if there is none."""
        return self._latest[1]

    def counted(self, file: Path, backup: Path | None, advance: Advance) -> Iterator[Row]:
        """The whole entries of a file, and those that only the backup has."""
        for found in entries_of(file, advance):
            row = found.row
            if not found.is_whole:
                self._changed[found.seq] = Changed(found.seq, str(row[_CARD]), str(row[_DAY]))
                continue
            self._ids.add(row[0])
            self._numbers.add(found.seq)
            self._reviews += row[_KIND] == _REVIEW
            self._days = min(self._days[0], row[_DAY]), max(self._days[1], row[_DAY])
            self._latest = max(self._latest, row[:2])
            yield row
        if backup is None:
            return
        with reading(backup), open_as_it_is(backup) as source:
            for row in rows_of(source):
                if row[0] not in self._ids and is_sound(row):
                    self._added += 1
                    self._added_reviews += row[_KIND] == _REVIEW
                    self._latest = max(self._latest, row[:2])
                    yield row

    def told(self) -> Salvaged:
        """What it came to."""
        lost = [each for seq, each in sorted(self._changed.items()) if seq not in self._numbers]
        beyond = max((each.seq for each in lost), default=0)
        numbers = {number for number in self._numbers if number > 0}
        if beyond > max(numbers, default=0):
            numbers.add(beyond + 1)
        return Salvaged(
            whole=len(self._ids),
            reviews=self._reviews,
            first_day=self._days[0] if self._ids else "",
            last_day=self._days[1],
            changed=tuple(lost),
            gaps=tuple(gaps(numbers)),
            added=self._added,
            added_reviews=self._added_reviews,
        )


def _replace(progress: Path, aside: Path, rows: Iterator[Row], tally: _Tally) -> None:
    """Put a file with those entries in the place of a damaged one, which is put aside."""
    target = Path(os.path.realpath(progress))
    with made_whole(progress, over=True) as part:
        _fill(part, rows, tally)
        if not tally.device:
            raise DataError(f"{progress}: nothing of it can be read", hint="it was left as it is")
        _put_aside(target, aside)


def _fill(part: Path, rows: Iterator[Row], tally: _Tally) -> None:
    """Make a progress file of entries, in their order; memory states are made when it is opened to study."""
    with closing(Store(part)) as store, saving(part, failed="nothing was saved"), store.transaction():
        connection = store.connection
        connection.executemany(APPEND, rows)
        put_in_order(connection)
        replay_moves(connection)
        marked = "SELECT DISTINCT card FROM kept WHERE kind IN ('suspend', 'bury', 'flag')"
        for (card,) in connection.execute(marked).fetchall():
            store.cache_marks(card)
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
