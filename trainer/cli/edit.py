"""`trainer edit`: a card, a note or a deck in the user's own editor."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from trainer import config
from trainer.cli import asking
from trainer.cli.commands import Start
from trainer.cli.output import say, warn
from trainer.cli.waiting import under_way
from trainer.collection.editor import arguments, caution, editor_command, missing, run_editor
from trainer.core.deck import Span
from trainer.core.visible import one_line
from trainer.core.wording import capital, plural
from trainer.errors import DecksError, TrainerError


@click.command("edit")
@click.argument("wanted", metavar="CARD|NOTE|DECK")
@click.option("--anyway", is_flag=True, help="Open a deck that is part of the program without asking.")
@click.pass_obj
def command(start: Start, wanted: str, anyway: bool) -> int:
    """Open a card, a note or a deck at its line in your editor, and say what is wrong with the file after it.

    It is named by its id, as `trainer list` prints it, by a part of it or words of its question that fit one
    only, or by a path, as FILE or FILE:LINE. Exits with 1 if the file has an error then.
    """
    from trainer.collection.placing import place_of, problems_of

    places = start.places()
    setting = config.load(places.settings).editor
    with under_way("Reading the decks") as advance:
        place = place_of(places, wanted, advance=advance)
    if not anyway and (reason := caution(place.path)) and not _is_meant(reason):
        raise DecksError(reason, hint="--anyway opens it all the same")
    while True:
        _open(place, setting)
        if gone := missing(place.path):
            raise DecksError(gone)
        with under_way("Checking the deck") as advance:
            problems = problems_of(places, place.path, advance=advance)
        for problem in problems:
            say(f"{one_line(str(problem))} [{problem.code}]")
        errors = [problem for problem in problems if problem.severity == "error"]
        if not errors:
            return 0
        warn(f"{plural(len(errors), 'error')}: the deck is not read until this is mended.")
        if not asking.is_someone_there() or not asking.agrees("Edit again?"):
            return 1
        place = errors[0].span


def _is_meant(reason: str) -> bool:
    """Whether a person wants to edit a file all the same."""
    if not asking.is_someone_there():
        return False
    asking.tell(f"{capital(one_line(reason))}.")
    return asking.agrees("Open it all the same?", unless_said=False)


def _open(place: Span, setting: str) -> None:
    """Run the editor at a place until it has ended. Raises TrainerError if that did not go well."""
    # Without a terminal, an editor must have been named: those that are guessed need one.
    which = shutil.which if asking.is_someone_there() else lambda name: None
    words = editor_command(setting, os.environ, which=which)
    failure = run_editor(arguments(words, str(Path(place.path).absolute()), place.line))
    if failure:
        where = one_line(f"{place.path}:{place.line}")
        raise TrainerError(f"the editor {one_line(words[0])} {failure}", hint=where)
