"""Opening the collection for commands that only look."""

from __future__ import annotations

from trainer import config
from trainer.cli.output import warn
from trainer.collection import Collection


def look(places: config.Places) -> Collection:
    """The collection at those places; says on stderr if a deck file could not be read."""
    collection = Collection(places, config.load(places.settings), look_only=True)
    warn_of_unreadable(collection)
    return collection


def warn_of_unreadable(collection: Collection) -> None:
    """Say on stderr if a deck file could not be read."""
    if collection.unreadable:
        warn(
            f"{collection.unreadable} of the deck files cannot be read;"
            " `check` in place of the command says why"
        )
