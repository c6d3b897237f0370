"""`trainer study`: a session in the full screen, or line by line; and the home screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trainer.cli import choosing
from trainer.cli.commands import Start

if TYPE_CHECKING:
    from trainer.core.session import Selection


@click.command("study")
@choosing.decks
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N cards.")
@choosing.new
@click.option("--cram", is_flag=True, help="Ask every card, due or not, and leave the schedule alone.")
@choosing.tags_and_sources
@choosing.plain
@click.pass_obj
def command(
    start: Start,
    decks: tuple[str, ...],
    limit: int | None,
    new: int | None,
    cram: bool,
    tags: tuple[str, ...],
    sources: tuple[str, ...],
    names: tuple[str, ...],
    plain: bool,
) -> int:
    """Study the cards of today, of all decks or of those named.

    A deck is named by its id (`trainer due --json` lists them) or by a part of its id or title.
    """
    from trainer.core.session import Selection

    selection = Selection(
        decks=decks, tags=tags, sources=sources, names=names, limit=limit, new=new, cram=cram
    )
    if plain:
        from trainer.cli.plain_study import study

        return study(start, selection)
    return open_interface(start, selection)


def open_interface(start: Start, selection: Selection | None) -> int:
    """Open the full screen at Home, or with a sitting over a `Selection`; the exit code."""
    from trainer.tui.terminal import require_terminal, run

    require_terminal()
    places = start.places()
    from trainer.cli.looking import open_collection
    from trainer.tui.app import TrainerApp

    collection = open_collection(places)
    try:
        collection.check_writable()
        session = None if selection is None else collection.start(selection)
        return run(TrainerApp(collection, session=session))
    finally:
        collection.close()
