"""`trainer study`: a session in the full screen, or line by line; and the home screen."""

from __future__ import annotations

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.interface import open_interface


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
    return open_interface(start.places, selection)
