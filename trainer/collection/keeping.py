"""The data kept: backups made, looked at and brought back, and a damaged progress file saved."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.keeping import Kind
from trainer.core.progress import Advance, parts, unseen
from trainer.errors import DataError, NotSavedError, TrainerError, UsageError
from trainer.storage import backups, restoring, salvage, soundness
from trainer.storage.backups import Facts
from trainer.storage.connection import refuse_foreign
from trainer.storage.restoring import Part, Preview, Side
from trainer.storage.salvage import Salvaged

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.config import Config, Places

__all__ = [
    "Listed",
    "Part",
    "Preview",
    "Restored",
    "Salvaged",
    "Side",
    "back_up",
    "backup_named",
    "daily",
    "is_due",
    "listed",
    "look_at",
    "notice",
    "now_and_day",
    "restore",
    "save_damaged",
]

_LIST = "`trainer backup --list` names them"
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
    if not refuse_foreign(places.progress):
        raise DataError(f"{places.progress}: there is nothing to back up yet")
    if to is not None:
        if to.exists() and places.progress.exists() and to.samefile(places.progress):
            raise UsageError(f"{to}: is the progress file itself", hint="name another file")
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
        is_new = collection.store.last_entry() is None
        newest = backups.found(collection.places.progress)[:1] if is_new else []
        if any(backups.facts(each.path).reviews for each in newest):
            return "Nothing was answered here yet, but there are backups: trainer restore shows them"
    except TrainerError:
        return ""
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
    if text in ("newest", "latest") and there:
        return there[0].path
    for backup in there:
        if text in (backup.name.text, backup.name.text.removesuffix(".db"), backup.name.day.isoformat()):
            return backup.path
    path = Path(text).expanduser()
    if path.is_file():
        if os.path.realpath(path) == os.path.realpath(places.progress):
            raise UsageError(f"{text}: is the progress file itself", hint=_LIST)
        return path
    raise DataError(f"{text}: there is no such backup", hint=_LIST)


def look_at(places: Places, backup: Path) -> Preview:
    """What restoring a backup would change."""
    return restoring.compare(places.progress, backup)


def restore(
    collection: Collection, backup: Path, *, exactly: bool = False, advance: Advance = unseen
) -> Restored:
    """Bring back what a backup has and the log has not; `exactly`, also take away what it has not.

    How things are is backed up first. All or nothing; other sessions may be open. Raises DataError for a
    backup that is none, NotSavedError.
    """
    restoring.check(backup)
    progress = collection.places.progress
    day, now = now_and_day(collection.config)
    for_backup, for_rest = parts(advance, _SHARES)
    before: list[Path | None] = []

    def keep() -> None:
        made = backups.back_up(
            progress, "before-restore", day=day, now=now, sparing=backup, advance=for_backup
        )
        before.append(made)

    replay = collection.scheduler.replay
    if exactly:
        merged = restoring.go_back(collection.store, backup, replay=replay, before=keep, advance=for_rest)
    else:
        if collection.store.last_entry() is not None:
            keep()
        merged = restoring.add(collection.store, backup, replay=replay, advance=for_rest)
    return Restored(merged.added, len(merged.refused), before[0] if before else None)


def save_damaged(
    places: Places, config: Config, *, with_backup: bool, write: bool, advance: Advance = unseen
) -> tuple[Salvaged, Path | None, Path | None]:
    """Save what can be read of the progress file; what that is, the backup used, the damaged file's new name.

    Unless it is to `write`, it is only looked at.
    """
    progress = places.progress
    if not progress.exists():
        raise DataError(
            f"{progress}: there is no progress file to save", hint="`trainer restore` lists backups"
        )
    if soundness.is_newer(progress):
        refuse_foreign(progress)
    backup = None
    if with_backup:
        there = backups.found(progress)
        # What was there before a restore may have been taken away by it on purpose.
        rather = [each.path for each in there if each.name.kind != "before-restore"]
        backup = salvage.newest_sound(rather) or salvage.newest_sound(each.path for each in there)
    _, now = now_and_day(config)
    aside = progress.with_name(f"{progress.name}.damaged-{now:%Y-%m-%d-%H%M%S}")
    told = salvage.salvage(progress, backup=backup, aside=aside if write else None, advance=advance)
    return told, backup, aside if write else None


def now_and_day(config: Config) -> tuple[date, datetime]:
    """The study day, and the time by the wall clock."""
    from trainer.collection import local_now
    from trainer.core.day import study_day

    now = local_now()
    return study_day(now, rollover_hour=config.rollover_hour), now
