"""A collection that is studied: once that is done, the backup of the day is made if it is due."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trainer import config
from trainer.cli.output import warn
from trainer.cli.waiting import ended_by_signals, under_way
from trainer.storage.connection import is_empty

if TYPE_CHECKING:
    from trainer.collection import Collection


@contextmanager
def kept(collection: Collection) -> Iterator[Collection]:
    """The collection, let go of at the end; nothing is backed up if something is raised."""
    try:
        yield collection
        _back_up(collection)
    finally:
        collection.close()


def warn_of_backups(collection: Collection) -> None:
    """Say on stderr if nothing was answered here although backups hold answers."""
    if not is_empty(collection.store.connection):
        return
    from trainer.core.keeping import FOLDER

    if not (collection.places.progress.parent / FOLDER).is_dir():
        return
    from trainer.collection.keeping import notice
    from trainer.core.visible import one_line

    if said := notice(collection):
        warn(one_line(said))


def settings_or_usual(places: config.Places) -> config.Config:
    """The settings; where they cannot be read, those that come with the program, and a word on stderr.

    What looks after the data does not wait until settings are put right.
    """
    from trainer.core.visible import one_line
    from trainer.errors import TrainerError

    try:
        return config.load(places.settings)
    except TrainerError as error:
        warn(one_line(f"{error}; the usual settings are taken"))
        return config.Config()


def _back_up(collection: Collection) -> None:
    from trainer.collection.keeping import daily, is_due

    if not is_due(collection):
        return
    with ended_by_signals(), under_way("Making the backup of the day") as advance:
        said = daily(collection.places, collection.now().day, advance)
    if said:
        from trainer.core.visible import one_line

        warn(one_line(said))
