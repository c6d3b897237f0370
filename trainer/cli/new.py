"""`trainer new`: a new deck."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

import click

from trainer.cli import asking
from trainer.cli.commands import Start
from trainer.cli.output import say, say_json, warn
from trainer.core.questions import TYPES
from trainer.core.visible import one_line

if TYPE_CHECKING:
    from trainer.collection.starting import Planned


@click.command("new")
@click.argument("deck")
@click.option("--title", metavar="T", help="The deck's name.")
@click.option("--description", metavar="D", help="A line about it.")
@click.option("--tag", "tags", multiple=True, metavar="T", help="A tag of all its notes; may be repeated.")
@click.option(
    "--type", "kind", type=click.Choice(sorted(TYPES)), metavar="T", help="The type of which a note is shown."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    deck: str,
    title: str | None,
    description: str | None,
    tags: tuple[str, ...],
    kind: str | None,
    as_json: bool,
) -> int:
    """Make the file of a new deck, ready for your editor.

    DECK is a name, several words, or the path of a .yaml file. A name goes to your first decks folder, else
    to `decks` in the data folder. Without --title, a terminal is asked. No file is ever replaced.
    """
    from trainer.collection.starting import plan_deck, start_deck

    planned = plan_deck(start.places(), deck)
    if title is None and asking.is_someone_there():
        asking.tell(f"A new deck: {one_line(str(planned.path))}")
        title = asking.ask("Title", default=planned.title)
        if description is None:
            description = asking.ask("A line about it (or nothing)")
        tags = tags or tuple(asking.ask("Tags of all its notes, with commas between (or none)").split(","))
    planned = planned._replace(title=(title or "").strip() or planned.title)
    made = start_deck(
        planned,
        description=(description or "").strip(),
        tags=tuple(filter(None, map(str.strip, tags))),
        kind=kind or "basic",
    )
    if as_json:
        say_json({"file": str(planned.path), "title": planned.title, "made": list(map(str, made))})
        return 0
    for path in made:
        say(one_line(str(path)))
    _tell_what_is_next(start, planned)
    return 0


def _tell_what_is_next(start: Start, planned: Planned) -> None:
    """What can be done with the new deck, and how it is named where it is not among the decks."""
    folders = [folder.resolve() for folder in start.places().decks]
    found = any(folder in planned.path.resolve().parents for folder in folders)
    name = one_line(quote(planned.path.stem if found else str(planned.path)))
    warn(f"Next: `trainer add {name}` adds a note, `trainer edit {name}` opens it in your editor,")
    warn(f"`trainer author ARTICLE {name}` writes notes beside an article.")
    if not found:
        folder = one_line(quote(str(planned.path.parent)))
        warn(f"This folder is not among your decks: `trainer --decks {folder}`")
