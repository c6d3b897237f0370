"""`trainer export`: reviews, cards, what falls due, decks and a report, for other programs and people."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import data_stream, say, warn
from trainer.cli.waiting import ended_by_signals, under_way
from trainer.collection import Collection, exporting
from trainer.collection.exporting import Handed, Write
from trainer.core.outlook import DAYS
from trainer.core.progress import unseen
from trainer.core.session import Selection
from trainer.core.visible import one_line
from trainer.errors import UsageError
from trainer.whole import check_place, text_stream, written_whole

_MOST_TOLD = 20
_FOR_FILES = ("html", "ics")
_CALLED = {
    "reviews": "the reviews",
    "cards": "the cards",
    "due": "what falls due",
    "report": "the report",
    "deck": "the decks",
}


class Target(NamedTuple):
    """Where to write, and in which format; without a file, to standard output."""

    kind: str
    format: str
    file: Path | None
    over: bool


@click.group("export")
def command() -> None:
    """Write reviews, cards, what falls due, decks or a report, for other programs and people.

    Without -o, to standard output. A file is written whole or not at all.
    """


def _to(kind: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Add what every export has: which cards, `--format`, `-o` and `--force`."""
    named = click.option(
        "--format",
        "named",
        default="",
        metavar="F",
        help="What to write, if the name of FILE does not tell: docs/exports.md.",
    )
    file = click.option(
        "-o", "--output", "file", metavar="FILE", help="The file to write, instead of standard output."
    )
    force = click.option("--force", is_flag=True, help="Replace FILE if it is there.")

    def add(command: Callable[..., int]) -> Callable[..., int]:
        added: Callable[..., int] = choosing.tags_and_sources(named(file(force(click.pass_obj(command)))))
        return choosing.decks(added)

    return add


@command.command("reviews")
@choosing.period
@_to("reviews")
def reviews(start: Start, since: date | None, until: date | None, **given: Any) -> int:
    """Write a row for each review, with the memory state before and after it."""
    choosing.check_period(since, until)
    selection, target = _asked("reviews", start, given)
    return _hand_out(
        start,
        target,
        lambda collection: exporting.reviews(collection, selection, since=since, until=until),
    )


@command.command("cards")
@_to("cards")
def cards(start: Start, **given: Any) -> int:
    """Write a row for each card: what it asks, its sources, and how well it is known."""
    selection, target = _asked("cards", start, given)
    return _hand_out(start, target, lambda collection: exporting.cards(collection, selection))


@command.command("due")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=DAYS, metavar="N", help="So many days from today on: 90."
)
@_to("due")
def due(start: Start, days: int, **given: Any) -> int:
    """Write how many cards fall due on each of the coming days: a calendar, or a table."""
    selection, target = _asked("due", start, given)
    return _hand_out(start, target, lambda collection: exporting.due(collection, selection, days=days))


@command.command("report")
@choosing.period
@click.option("--learner", default="", metavar="NAME", help="Whose report it is.")
@_to("report")
def report(start: Start, since: date | None, until: date | None, learner: str, **given: Any) -> int:
    """Write a page for whoever teaches you: all that `trainer stats` shows, to be read and printed."""
    choosing.check_period(since, until)
    selection, target = _asked("report", start, given)
    return _hand_out(
        start,
        target,
        lambda collection: exporting.report(collection, selection, since=since, until=until, learner=learner),
    )


@command.command("deck")
@click.option("--progress", is_flag=True, help="With apkg: how well the cards are known, and their reviews.")
@_to("deck")
def deck(start: Start, progress: bool, **given: Any) -> int:
    """Write the notes of decks, of all or of those named; several become one."""
    selection, target = _asked("deck", start, given)
    if target.format != exporting.PACKAGE:
        if progress:
            raise UsageError("--progress is for --format apkg only")
        return _hand_out(start, target, lambda collection: exporting.deck(collection, selection))
    if target.file is None:
        raise UsageError("a package is no text", hint="-o FILE.apkg says where to write it")
    collection = look(start.places())
    with ended_by_signals(), under_way("Exporting the decks") as advance:
        handed = exporting.package(
            collection, selection, target.file, progress=progress, over=target.over, advance=advance
        )
    _tell(handed, target.file)
    return 0


def _asked(kind: str, start: Start, given: dict[str, Any]) -> tuple[Selection, Target]:
    """Which cards are asked for, and where they are to be written; what speaks against that is said first."""
    selection = Selection(
        decks=given["decks"], tags=given["tags"], sources=given["sources"], names=given["names"]
    )
    file = None if given["file"] in (None, "-") else _place(given["file"])
    if file is not None:
        exporting.refuse_own(file, start.places())
        if file.is_dir():
            check_place(file)
    name = exporting.format_of(kind, named=given["named"], file=file)
    if given["file"] is None and name in _FOR_FILES and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(f"{name} is not to be read on a terminal", hint=f"-o {kind}.{name} writes it")
    if file is not None:
        check_place(file, over=given["force"])
    return selection, Target(kind, name, file, given["force"])


def _place(written: str) -> Path:
    if not written:
        raise UsageError("-o needs the name of a file")
    try:
        return Path(written).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{written}: there is no such home folder") from error


def _hand_out(start: Start, target: Target, choose: Callable[[Collection], Write]) -> int:
    collection = look(start.places())
    write = choose(collection)
    if target.file is None:
        stream = data_stream()
        quiet = nullcontext(unseen)
        with quiet if sys.stdout.isatty() else under_way(f"Exporting {_CALLED[target.kind]}") as advance:
            handed = write(target.format, stream, advance)
    else:
        with (
            ended_by_signals(),
            written_whole(target.file, over=target.over) as raw,
            text_stream(raw) as stream,
            under_way(f"Exporting {_CALLED[target.kind]}") as advance,
        ):
            handed = write(target.format, stream, advance)
    _tell(handed, target.file)
    return 0


def _tell(handed: Handed, file: Path | None) -> None:
    """Say what could not be written, and where the rest stands."""
    for line in handed.left_out[:_MOST_TOLD]:
        warn(one_line(line))
    if len(handed.left_out) > _MOST_TOLD:
        warn(f"… and {len(handed.left_out) - _MOST_TOLD:,} more")
    if file is not None:
        things = handed.things if handed.number == 1 else f"{handed.things}s"
        say(f"{handed.number:,} {things} written to {one_line(str(file))}")
