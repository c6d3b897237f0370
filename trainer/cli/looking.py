"""Opening the collection, for commands that only look above all."""

from __future__ import annotations

from trainer import config
from trainer.cli.keeping import warn_of_backups
from trainer.cli.output import warn
from trainer.cli.waiting import under_way
from trainer.collection import Collection


def look(places: config.Places, *, tell: bool = True) -> Collection:
    """The collection at those places; says on stderr if a deck file could not be read.

    With `tell`, also if notes that were edited have been recognised now.
    """
    collection = open_collection(places, look_only=True)
    warn_of_unreadable(collection)
    warn_of_backups(collection)
    if tell and collection.recognised and not collection.store.read_only:
        warn_of_recognised(collection)
    return collection


def open_collection(places: config.Places, *, look_only: bool = False) -> Collection:
    """The collection at those places; a terminal is told what takes long."""
    return Collection(places, config.load(places.settings), look_only=look_only, watch=under_way)


def warn_of_unreadable(collection: Collection) -> None:
    """Say on stderr if a deck file could not be read."""
    if unreadable := collection.unreadable:
        warn(f"{len(unreadable)} of the deck files cannot be read; `check` in place of the command says why")


def warn_of_recognised(collection: Collection) -> None:
    """Say on stderr if the last thing done, which can be taken back, is that edited notes were recognised."""
    from trainer.collection.moving import told

    if recognised := told(collection):
        warn(f"{recognised}; u at home takes it back")
