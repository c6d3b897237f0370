"""`trainer check`: every problem of every deck file."""

from __future__ import annotations

from pathlib import Path

import click

from trainer import config
from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.output import say, say_json, warn
from trainer.collection import check
from trainer.core.visible import one_line
from trainer.core.wording import plural
from trainer.errors import UsageError


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@choosing.articles
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, paths: tuple[Path, ...], articles: Path | None, as_json: bool) -> int:
    """Say everything that is wrong in deck files, each as FILE:LINE:COLUMN: SEVERITY: MESSAGE.

    With local copies of the articles, what is cited and quoted must stand there. Exits with 1 if there is
    an error; warnings alone do not count.
    """
    decks = paths or start.places().decks
    checked = check(decks, articles=articles or _set_up(start))
    errors = sum(problem.severity == "error" for problem in checked.problems)
    if as_json:
        say_json(
            [
                {
                    "file": problem.span.path,
                    "line": problem.span.line,
                    "column": problem.span.column,
                    "severity": problem.severity,
                    "code": problem.code,
                    "message": problem.message,
                    "hint": problem.hint,
                }
                for problem in checked.problems
            ]
        )
    else:
        for problem in checked.problems:
            say(one_line(str(problem)))
        warnings = len(checked.problems) - errors
        click.echo(
            f"{plural(checked.files, 'deck')}, {plural(checked.cards, 'card')}:"
            f" {plural(errors, 'error')}, {plural(warnings, 'warning')}",
            err=True,
        )
    return 1 if errors else 0


def _set_up(start: Start) -> Path | None:
    """The folder of copies that the settings name; a mistake in those keeps nothing from being checked."""
    try:
        return config.load(start.places().settings).articles_folder
    except UsageError as error:
        warn(f"no local copies are looked at: {one_line(str(error))}")
        return None
