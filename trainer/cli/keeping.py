"""A collection that is studied: once that is done, the backup of the day is made if it is due."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trainer.cli.output import warn
from trainer.cli.waiting import ended_by_signals, under_way

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


def _back_up(collection: Collection) -> None:
    from trainer.collection.keeping import daily, is_due

    if not is_due(collection):
        return
    with ended_by_signals(), under_way("Making the backup of the day") as advance:
        said = daily(collection.places, collection.now().day, advance)
    if said:
        from trainer.core.visible import one_line

        warn(one_line(said))
