"""`trainer author`: cards written beside an article, in the full screen."""

from __future__ import annotations

import click

from trainer.cli.commands import Start


@click.command("author")
@click.argument("article")
@click.argument("deck", required=False)
@click.option(
    "--title", default="", metavar="TEXT", help="The title of a new deck; else that of the article."
)
@click.pass_obj
def command(start: Start, article: str, deck: str | None, title: str) -> int:
    """Write cards beside an article: a file, or the id of a source with a local copy.

    DECK is the id, the path or the name of a deck, and may be new; without one, your deck that cites the
    article most, else a new one called like it.
    """
    from trainer.tui.terminal import require_terminal, run

    require_terminal("writing cards", hint="`trainer add` adds a note from the command line")
    places = start.places()
    from trainer.cli.looking import open_collection
    from trainer.collection import beginning
    from trainer.collection.authoring import Bench
    from trainer.tui.app import TrainerApp

    collection = open_collection(places)
    try:
        path = beginning.article_path(collection, article)
        file = beginning.deck_path(collection, deck) if deck else beginning.deck_for(collection, path)
        return run(TrainerApp(collection, bench=Bench(collection, file, article=path, title=title)))
    finally:
        collection.close()
