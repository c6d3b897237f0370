"""What can be put right without losing anything: what follows from the log is made anew, leftovers go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.collection.health import remove_leftovers
from trainer.collection.keeping import now_and_day
from trainer.core.progress import Advance, parts, unseen
from trainer.storage import backups, mending
from trainer.storage.connection import is_empty

if TYPE_CHECKING:
    from trainer.collection import Collection

_SHARES = (1, 3)


class Repaired(NamedTuple):
    """What was done: `before` is the backup made first, if there was anything; how many leftovers went."""

    before: Path | None
    removed: int


def repair(collection: Collection, *, advance: Advance = unseen) -> Repaired:
    """Make anew what follows from the log, after a backup, and remove what killed writes have left.

    Raises DataError where the file is damaged: then it is left as it is.
    """
    day, now = now_and_day(collection.config)
    for_backup, for_rest = parts(advance, _SHARES)
    made: list[Path | None] = []

    def keep() -> None:
        if not is_empty(collection.store.connection):
            progress = collection.places.progress
            made.append(backups.back_up(progress, "before-repair", day=day, now=now, advance=for_backup))

    mending.make_anew(
        collection.store,
        collection.config.scheduling_key,
        replay=collection.scheduler.replay,
        before=keep,
        advance=for_rest,
    )
    return Repaired(made[0] if made else None, remove_leftovers(collection.places))
