"""`trainer check`: every problem of every deck file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer import config
from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.output import say, say_json, warn
from trainer.cli.waiting import under_way
from trainer.cli.watching import again_and_again
from trainer.collection.checking import check
from trainer.collection.explaining import pages
from trainer.collection.previewing import watched_below
from trainer.core.deck import Problem
from trainer.core.visible import one_line, visible
from trainer.core.wording import plural
from trainer.deckfiles import folder
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.collection.fixing import Fixed

_CODES = "CODE[,CODE]..."


@click.command("check")
@click.argument("named", nargs=-1, metavar="[PATH]...")
@choosing.articles
@click.option(
    "--select", multiple=True, metavar=_CODES, help="Only these warnings; errors are told all the same."
)
@click.option(
    "--ignore", multiple=True, metavar=_CODES, help="Not these warnings; errors are told all the same."
)
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a warning, too.")
@click.option("--fix", "fixing", is_flag=True, help="Repair what can only be meant in one way.")
@click.option("--dry-run", is_flag=True, help="With --fix, show what it would change, and write nothing.")
@click.option("--watch", "watching", is_flag=True, help="Check again whenever a file is saved.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    named: tuple[str, ...],
    articles: Path | None,
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    fixing: bool,
    dry_run: bool,
    watching: bool,
    as_json: bool,
) -> int:
    """Say what is wrong in deck files and poor about their notes, a problem a line.

    PATH is a decks folder, a deck file, or the id of a deck. A line is FILE:LINE:COLUMN: SEVERITY: MESSAGE
    [CODE], and `trainer help CODE` explains it. With local copies of the articles, what is cited and quoted
    must stand there. --fix gives notes their ids, files the line for editors, and puts right fields, types
    and dates that are merely spelt otherwise. Exits with 1 if there is an
    error; warnings count with --strict.
    """
    selected, ignored = _codes(select), _codes(ignore)
    places = start.places()
    decks = tuple(_path(places, each) for each in named) or places.decks
    copies = articles or _set_up(start)
    if dry_run and not fixing:
        raise UsageError("--dry-run goes with --fix")
    if fixing and watching:
        raise UsageError("--fix does not go with --watch")
    if fixing:
        _repair(decks, named=bool(named), dry_run=dry_run)

    def look() -> int:
        with under_way("Checking the decks") as advance:
            checked = check(decks, articles=copies, advance=advance)
        told = [problem for problem in checked.problems if _is_told(problem, selected, ignored)]
        errors = sum(problem.severity == "error" for problem in told)
        if as_json:
            say_json([_as_json(problem) for problem in told])
        else:
            for problem in told:
                say(f"{one_line(str(problem))} [{problem.code}]")
            _sum_up(told, f"{plural(checked.files, 'deck')}, {plural(checked.cards, 'card')}", errors=errors)
        if any(problem.severity == "error" and problem.code in ignored for problem in told):
            warn("errors keep a deck from being studied: they cannot be ignored")
        return 1 if errors or (strict and told) else 0

    return again_and_again(lambda: watched_below(decks), look, clear=not as_json) if watching else look()


def _path(places: config.Places, named: str) -> Path:
    """A folder or file that is there, else the file of the deck that is meant."""
    path = Path(named)
    if path.exists():
        return path
    if path.suffix in folder.SUFFIXES or path.name != named:
        raise UsageError(f"{one_line(named)}: no such decks folder or deck file")
    from trainer.collection.adding import deck_file

    return Path(deck_file(places, named).file.path)


def _repair(decks: Sequence[Path], *, named: bool, dry_run: bool) -> None:
    """Repair deck files and tell what was done; what is part of the program only where it was named."""
    from trainer.collection.fixing import fix

    own = [path for path in decks if named or path.resolve() != config.bundled_decks().resolve()]
    if len(own) < len(decks):
        warn(f"left as they are, as they are part of the program: {one_line(str(config.bundled_decks()))}")
    repaired: list[Fixed] = []
    try:
        with under_way("Repairing the decks") as advance:
            for each in fix(own, dry_run=dry_run, advance=advance):
                repaired.append(each)  # Broken off, it is told what was repaired until then.
    finally:
        _tell_repaired(repaired, dry_run=dry_run)
    if not repaired:
        warn("nothing to repair that can only be meant in one way")


def _tell_repaired(repaired: Sequence[Fixed], *, dry_run: bool) -> None:
    done = "would be repaired" if dry_run else "repaired"
    for each in repaired:
        warn(f"{one_line(each.path)}: {done}: {one_line('; '.join(each.done))}")
        for line in each.difference if dry_run else ():
            warn(f"  {visible(line)}")


def _is_told(problem: Problem, selected: Collection[str], ignored: Collection[str]) -> bool:
    if problem.severity == "error":
        return True
    return problem.code not in ignored and (not selected or problem.code in selected)


def _codes(given: Sequence[str]) -> frozenset[str]:
    """The codes that options list; raises UsageError for one that is never reported."""
    known = pages()
    codes = [code.strip() for text in given for code in text.split(",") if code.strip()]
    for code in codes:
        if code not in known:
            close = get_close_matches(code, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "`trainer help` lists the rules"
            raise UsageError(f"there is no problem with the code {code!r}", hint=hint)
    return frozenset(codes)


def _as_json(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.span.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _sum_up(told: Sequence[Problem], of: str, *, errors: int) -> None:
    warnings = len(told) - errors
    click.echo(f"{of}: {plural(errors, 'error')}, {plural(warnings, 'warning')}", err=True)
    if told:
        click.echo(f"`trainer help {told[0].code}` explains the first of them.", err=True)


def _set_up(start: Start) -> Path | None:
    """The folder of copies that the settings name; a mistake in those keeps nothing from being checked."""
    try:
        return config.load(start.places().settings).articles_folder
    except UsageError as error:
        warn(f"no local copies are looked at: {one_line(str(error))}")
        return None
