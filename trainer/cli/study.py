"""`trainer study`: a session in the full screen, or line by line; and the home screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trainer import config
from trainer.cli.commands import Start

if TYPE_CHECKING:
    from trainer.core.session import Selection


@click.command("study")
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N cards.")
@click.option(
    "--new", type=click.IntRange(min=0), metavar="N", help="N new cards, instead of the daily limit."
)
@click.option("--cram", is_flag=True, help="Ask every card, due or not, and leave the schedule alone.")
@click.option("--tag", "tags", multiple=True, metavar="T", help="Only cards with this tag; may be repeated.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="S",
    help="Only cards citing this source, as `article` or `article#paragraph`; may be repeated.",
)
@click.option("--plain", is_flag=True, help="Line by line, for screen readers, pipes and dumb terminals.")
@click.pass_obj
def command(
    start: Start,
    decks: tuple[str, ...],
    limit: int | None,
    new: int | None,
    cram: bool,
    tags: tuple[str, ...],
    sources: tuple[str, ...],
    plain: bool,
) -> int:
    """Study the cards of today, of all decks or of those named.

    A deck is named by its id (`trainer due --json` lists them) or by a part of its id or title.
    """
    from trainer.core.session import Selection

    selection = Selection(decks=decks, tags=tags, sources=sources, limit=limit, new=new, cram=cram)
    if plain:
        from trainer.cli.plain_study import study

        return study(start, selection)
    return open_interface(start, selection)


def open_interface(start: Start, selection: Selection | None) -> int:
    """Open the full screen at Home, or with a sitting over a `Selection`; the exit code."""
    from trainer.tui.terminal import require_terminal, run

    require_terminal()
    places = start.places()
    from trainer.collection import Collection
    from trainer.tui.app import TrainerApp

    collection = Collection(places, config.load(places.settings))
    try:
        collection.check_writable()
        session = None if selection is None else collection.start(selection)
        return run(TrainerApp(collection, session=session))
    finally:
        collection.close()
