"""Opening the full screen. It is reached past click, so this knows nothing of options."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.config import Places
    from trainer.core.session import Selection


def open_interface(places: Callable[[], Places], selection: Selection | None) -> int:
    """Open the full screen at Home, or with a sitting over a `Selection`; the exit code."""
    from trainer.core import collector

    collector.hold_off()
    from trainer.tui.terminal import require_terminal, run

    require_terminal()
    there = places()
    from trainer.cli.keeping import kept
    from trainer.cli.looking import open_collection
    from trainer.tui.app import TrainerApp

    with kept(open_collection(there)) as collection:
        collection.check_writable()
        session = None if selection is None else collection.start(selection)
        return run(TrainerApp(collection, session=session, once_painted=collector.go_on))
