"""`trainer quiz`: a scored test."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click
from click.core import ParameterSource

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.waiting import under_way
from trainer.core.questions import TYPES
from trainer.core.quiz import Feedback, Request

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.quiz import Quiz

MOST = 1000
_NOT_ASKED_FOR = {"plain", "new"}
"""Options that say nothing about which test is wanted."""


class Found(NamedTuple):
    """A test to take, and whether it had been begun before."""

    quiz: Quiz
    resumed: bool


@click.command("quiz")
@choosing.decks
@click.option(
    "-n",
    "count",
    type=click.IntRange(1, MOST),
    default=20,
    metavar="N",
    help="N questions, or as many as there are; 20 unless told.",
)
@click.option("--seed", default="", metavar="S", help="The same seed draws the same test.")
@click.option(
    "--minutes", type=click.IntRange(1, 24 * 60), metavar="M", help="The time for the whole test; no limit."
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(sorted(TYPES)),
    metavar="T",
    help="Only this question type; may be repeated.",
)
@choosing.tags_and_sources
@click.option(
    "--feedback",
    type=click.Choice(["once", "end"]),
    default="once",
    help="Show what is right after each answer (once), or when the test is handed in (end).",
)
@click.option("--credit", is_flag=True, help="Count the answers as reviews too.")
@click.option("--new", is_flag=True, help="Begin a new test in place of the one that was left.")
@choosing.plain
@click.pass_context
def command(
    ctx: click.Context,
    decks: tuple[str, ...],
    count: int,
    seed: str,
    minutes: int | None,
    types: tuple[str, ...],
    tags: tuple[str, ...],
    sources: tuple[str, ...],
    names: tuple[str, ...],
    feedback: Feedback,
    credit: bool,
    new: bool,
    plain: bool,
) -> int:
    """Take a scored test, over all decks or those named.

    A test that was left goes on where it stood: with nothing asked for the latest one, else one like it.
    """
    request = Request(
        decks=decks,
        tags=tuple(sorted({*tags})),
        sources=tuple(sorted({*sources})),
        names=tuple(sorted({*names})),
        types=tuple(sorted({*types})),
        count=count,
        seed=seed,
        minutes=minutes or 0,
        feedback=feedback,
        credit=credit,
    )
    asked = {name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    any_left = not asked - _NOT_ASKED_FOR
    start: Start = ctx.obj
    if plain:
        from trainer.cli.plain_quiz import take

        return take(start, request, new=new, any_left=any_left)
    return open_quiz(start, request, new=new, any_left=any_left)


def open_quiz(start: Start, request: Request, *, new: bool = False, any_left: bool = False) -> int:
    """Open the full screen with a test; the exit code."""
    from trainer.tui.terminal import require_terminal, run

    require_terminal()
    places = start.places()
    from trainer.cli.keeping import kept
    from trainer.cli.looking import open_collection
    from trainer.tui.app import TrainerApp

    with kept(open_collection(places)) as collection:
        collection.check_writable()
        found = find(collection, request, new=new, any_left=any_left)
        return run(TrainerApp(collection, quiz=found.quiz))


def find(collection: Collection, request: Request, *, new: bool, any_left: bool) -> Found:
    """The test that was left, the latest of any kind or one like `request`; else, or if `new`, a new one."""
    left = collection.quizzes.unfinished(None if any_left else request)
    if left is not None and not new:
        return Found(left, resumed=True)
    with under_way("Drawing the questions") as advance:
        begun = collection.quizzes.begin(request, advance=advance)
    if left is not None:
        collection.quizzes.drop(left)
    return Found(begun, resumed=False)
