"""The backup of the day, made in a thread beside the screens."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakSet

from trainer.collection.keeping import daily, is_due, notice
from trainer.core.visible import one_line

if TYPE_CHECKING:
    from trainer.tui.app import TrainerApp

_told: WeakSet[TrainerApp] = WeakSet()
"""Interfaces that have said something already: once is enough."""


def keep(app: TrainerApp) -> None:
    """Make the backup of the day if it is due; say once if that fails, or if there are only backups."""
    if is_due(app.collection):
        app.run_worker(partial(_keep, app), group="backup", exclusive=False)  # type: ignore[arg-type]
    elif app not in _told:
        _tell(app, notice(app.collection))


async def _keep(app: TrainerApp) -> None:
    def unless_left(done: int, total: int) -> None:
        if app._exit:
            raise _LeftError

    places, day = app.collection.places, app.collection.now().day
    with suppress(_LeftError):
        _tell(app, await asyncio.to_thread(daily, places, day, unless_left))


class _LeftError(Exception):
    """The interface is being left: what ends with it makes the backup, and shows how far it is."""


def _tell(app: TrainerApp, text: str) -> None:
    if text and app not in _told:
        _told.add(app)
        app.notify(one_line(text), severity="warning", markup=False)
