"""`trainer where`: which files the trainer uses."""

from __future__ import annotations

import click

from trainer.cli.commands import Start
from trainer.cli.output import say, say_json


@click.command("where")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, as_json: bool) -> int:
    """Print where progress, settings and decks are."""
    places = start.places()
    rows = {
        "progress": [str(places.progress.absolute())],
        "settings": [str(places.settings.absolute())],
        "decks": [str(path.absolute()) for path in places.decks],
    }
    if as_json:
        say_json({"progress": rows["progress"][0], "settings": rows["settings"][0], "decks": rows["decks"]})
    else:
        for name, paths in rows.items():
            for path in paths:
                say(f"{name:<9} {path}")
    return 0
