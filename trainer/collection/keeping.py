"""The data kept: backups made, looked at and brought back, and a damaged progress file saved."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.keeping import FOLDER, Kind
from trainer.core.progress import Advance, parts, unseen
from trainer.core.wording import plural
from trainer.errors import (
    ChangedElsewhereError,
    DataError,
    NotSavedError,
    TrainerError,
    UsageError,
    advice,
)
from trainer.storage import backups, restoring, salvage, soundness
from trainer.storage.backups import Facts
from trainer.storage.connection import is_empty, newer, refuse_foreign
from trainer.storage.restoring import Part, Preview, Side
from trainer.storage.salvage import Salvaged

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.config import Config, Places

__all__ = [
    "Damaged",
    "Listed",
    "Part",
    "Preview",
    "Restored",
    "Salvaged",
    "Side",
    "back_up",
    "backup_named",
    "changed_entries",
    "daily",
    "is_due",
    "kept_beside",
    "listed",
    "look_at",
    "look_at_damaged",
    "notice",
    "now_and_day",
    "restore",
    "save_damaged",
]

_SHARES = (1, 4)


class Listed(NamedTuple):
    """A backup: its file, why and on which study day it was made, its size in bytes.

    `facts` is what it holds; None if it cannot be read, and `fault` says why.
    """

    path: Path
    kind: Kind
    day: date
    size: int
    facts: Facts | None
    fault: str = ""


class Restored(NamedTuple):
    """What restoring came to: entries brought back, and those refused because they are not as written.

    `before` is the backup of how things were, None if there was nothing to lose.
    """

    added: int
    refused: int
    before: Path | None


def back_up(
    places: Places,
    config: Config,
    *,
    to: Path | None = None,
    over: bool = False,
    advance: Advance = unseen,
) -> Path:
    """Make a backup now, among the others or as a file of any name; where it is."""
    from trainer.collection.exporting import refuse_own

    if not refuse_foreign(places.progress):
        raise DataError(f"{places.progress}: there is nothing to back up yet")
    if to is not None:
        refuse_own(to, places)
        backups.copy(places.progress, to, over=over, advance=advance)
        return to
    day, now = now_and_day(config)
    made = backups.back_up(places.progress, "by-hand", day=day, now=now, advance=advance)
    assert made is not None
    return made


def is_due(collection: Collection) -> bool:
    """Whether today's backup is to be made: something was answered since the last one. Raises nothing."""
    if not collection.config.backups or collection.store.read_only:
        return False
    try:
        return backups.is_due(collection.places.progress, collection.now().day)
    except TrainerError:
        return True  # The attempt tells what is wrong.


def daily(places: Places, day: date, advance: Advance = unseen) -> str:
    """Make today's backup, in any thread; what is to be told if that fails, else nothing."""
    from trainer.collection import local_now

    try:
        if not backups.has_room(places.progress):
            return "today's backup was not made: it would leave too little room on the disk"
        backups.back_up(places.progress, "daily", day=day, now=local_now(), patient=False, advance=advance)
    except DataError as error:
        return f"{error} ({error.hint})" if error.hint else str(error)
    except NotSavedError as error:
        return f"today's backup was not made: {error}"
    return ""


def notice(collection: Collection) -> str:
    """What is to be told of a progress file that is new although there are backups of one; else nothing."""
    try:
        return kept_beside(collection.places) if is_empty(collection.store.connection) else ""
    except TrainerError:
        return ""


def kept_beside(places: Places) -> str:
    """What is said where a progress file has no answers, if backups have; else nothing. Raises DataError."""
    for backup in backups.found(places.progress):
        with suppress(DataError):
            if held := backups.facts(backup.path).reviews:
                return f"No answers here, but backups hold {plural(held, 'review')}: {advice('restore')}"
    return ""


def listed(places: Places) -> list[Listed]:
    """The backups there are, newest first."""
    return [_looked_at(backup) for backup in backups.found(places.progress)]


def _looked_at(backup: backups.Backup) -> Listed:
    told = (backup.path, backup.name.kind, backup.name.day, backup.size)
    try:
        return Listed(*told, backups.facts(backup.path))
    except TrainerError as error:
        return Listed(*told, None, str(error).removeprefix(f"{backup.path}: "))


def backup_named(places: Places, text: str) -> Path:
    """The backup that somebody means: by its name, its path, its study day, or the `newest`."""
    there = backups.found(places.progress)
    # Those made before something else was done would undo it; they are meant by their names.
    rather = sorted(there, key=lambda backup: backup.name.kind not in ("daily", "by-hand"))
    if text in ("newest", "latest"):
        return _newest_readable(places, rather)
    for backup in rather:
        if text in (backup.name.text, backup.name.text.removesuffix(".db"), backup.name.day.isoformat()):
            return backup.path
    names = f"`{advice('backup --list')}` names them"
    try:
        path = Path(text).expanduser()
        is_file = path.is_file()
    except (OSError, RuntimeError, ValueError):
        is_file = False
    if is_file:
        if os.path.realpath(path) == os.path.realpath(places.progress):
            raise UsageError(f"{text}: is the progress file itself", hint=names)
        return path
    raise DataError(f"{text}: there is no such backup", hint=names if there else "there are none yet")


def _newest_readable(places: Places, there: Sequence[backups.Backup]) -> Path:
    """The first of some backups; if that cannot be read, DataError names the first that can."""
    if not there:
        raise DataError(f"{places.progress.parent / FOLDER}: there are no backups yet")
    for backup in there:
        with suppress(DataError):
            restoring.check(backup.path)
            if backup is there[0]:
                return backup.path
            raise UsageError(
                f"{there[0].path}: the newest backup cannot be read",
                hint=f"the next is `{advice(f'restore {backup.path.name}')}`",
            )
    raise DataError(f"{there[0].path}: no backup can be read")


def look_at(places: Places, backup: Path) -> Preview:
    """What restoring a backup would change."""
    return restoring.compare(places.progress, backup)


def restore(
    collection: Collection, backup: Path, *, seen: Preview, exactly: bool = False, advance: Advance = unseen
) -> Restored:
    """Bring back what a backup has and the log has not; `exactly`, also take away what it has not.

    That takes away no more than was `seen`: ChangedElsewhereError is raised if there is more by now. How
    things are is backed up first. All or nothing; other sessions may be open. Raises DataError for a backup
    that is none, NotSavedError.
    """
    restoring.check(backup)
    progress = collection.places.progress
    day, now = now_and_day(collection.config)
    for_backup, for_rest = parts(advance, _SHARES)
    before: list[Path | None] = []

    def keep() -> None:
        if exactly and not seen.is_of(collection.store):
            raise ChangedElsewhereError(
                "another session has answered in the meantime; nothing was changed", hint="look again"
            )
        made = backups.back_up(
            progress, "before-restore", day=day, now=now, sparing=backup, advance=for_backup
        )
        before.append(made)

    replay = collection.scheduler.replay
    if exactly:
        merged = restoring.go_back(collection.store, backup, replay=replay, before=keep, advance=for_rest)
    else:
        if not is_empty(collection.store.connection):
            keep()
        merged = restoring.add(collection.store, backup, replay=replay, advance=for_rest)
    return Restored(merged.added, len(merged.refused), before[0] if before else None)


class Damaged(NamedTuple):
    """What can be read of a progress file; `asked` are the backups that were looked at for the rest.

    If it `is_whole`, there is nothing to save, and no backup was asked.
    """

    told: Salvaged
    asked: tuple[Path, ...] = ()
    is_whole: bool = False


def look_at_damaged(places: Places, *, with_backups: bool, advance: Advance = unseen) -> Damaged:
    """What saving a damaged progress file would come to; nothing is written.

    Raises DataError for a file that is missing, of a newer trainer or of another program, and where nothing
    can be read and no backup has anything.
    """
    progress = places.progress
    for_look, for_file, for_more = parts(advance, (1, 2, 2))
    _refuse_to_save(progress)
    with soundness.as_it_will_be(progress) as path:
        log = soundness.look_through(path, for_look)
        is_whole = not (log.changed or log.gaps or log.broken or soundness.faults_of_file(path))
    if is_whole:
        return Damaged(salvage.salvage(progress, backups=(), aside=None, advance=for_file), is_whole=True)
    # What was there before a restore may have been taken away by it on purpose: it is asked last.
    there = backups.found(progress) if with_backups else []
    rather = salvage.sound(each.path for each in there if each.name.kind != "before-restore")
    told = salvage.salvage(progress, backups=rather, aside=None, advance=for_file)
    others = [each.path for each in there if each.name.kind == "before-restore"]
    if others and (told.missing or not rather):
        rather += salvage.sound(others)
        told = salvage.salvage(progress, backups=rather, aside=None, advance=for_more)
    if not told.whole + told.added:
        raise salvage.nothing_readable(progress)
    return Damaged(told, tuple(rather))


def save_damaged(
    places: Places, config: Config, *, asked: Sequence[Path], advance: Advance = unseen
) -> tuple[Salvaged, Path]:
    """Save what can be read of the progress file, and what backups have beside that; the damaged file's name.

    The backups are `asked` in their order.
    """
    progress = places.progress
    _refuse_to_save(progress)
    _, now = now_and_day(config)
    aside = salvage.free_name(progress, f"damaged-{now:%Y-%m-%d-%H%M%S}")
    return salvage.salvage(progress, backups=asked, aside=aside, advance=advance), aside


def _refuse_to_save(progress: Path) -> None:
    """Raise DataError unless it is a file of ours that may be damaged."""
    try:
        if progress.is_dir() or progress.stat().st_size == 0:
            refuse_foreign(progress)
            raise DataError(f"{progress}: is empty", hint=f"`{advice('restore')}` lists the backups")
        with soundness.as_it_will_be(progress) as path:
            if soundness.is_newer(path):
                raise newer(progress)
            if soundness.is_foreign(path):
                raise DataError(
                    f"{progress}: is not a progress file of trainer; it was left as it is",
                    hint="choose another folder with --data, or move it away",
                )
    except FileNotFoundError as error:
        raise DataError(
            f"{progress}: there is no progress file to save", hint=f"`{advice('restore')}` lists backups"
        ) from error
    except OSError as error:
        raise DataError(f"{progress}: cannot be read: {error.strerror}") from error


def changed_entries(path: Path) -> int:
    """How many entries of the log of a file are not as they were written."""
    return len(soundness.look_through(path).changed)


def now_and_day(config: Config) -> tuple[date, datetime]:
    """The study day, and the time by the wall clock."""
    from trainer.collection import local_now
    from trainer.core.day import study_day

    now = local_now()
    return study_day(now, rollover_hour=config.rollover_hour), now
