"""`trainer stats`: what the log shows, as tables and plots, or as JSON."""

from __future__ import annotations

import shutil
from datetime import date

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import say, say_json, warn
from trainer.cli.waiting import under_way
from trainer.errors import UsageError

SECTIONS = (
    *("overview", "heatmap", "reviews", "retention", "forecast", "memory", "ratings", "hours", "times"),
    *("scores", "calibration", "confusions", "weakest", "quizzes"),
)
USUAL = ("overview", "heatmap", "retention", "forecast", "scores", "confusions", "weakest", "quizzes")
"""What is shown where nothing is asked for."""

_ALL = "all"
_MORE = "more: trainer stats --show all, or s at home"
_WIDEST = 110


@click.command("stats")
@choosing.decks
@choosing.tags_and_sources
@choosing.period
@click.option("--last", metavar="TIME", help="Only the last days up to today: 30d, 8w, 6m or 1y.")
@click.option(
    "--show",
    "wanted",
    multiple=True,
    type=click.Choice((*SECTIONS, _ALL)),
    metavar="PART",
    help=f"Only this part: {', '.join(SECTIONS)}, or all; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    sources: tuple[str, ...],
    names: tuple[str, ...],
    since: date | None,
    until: date | None,
    last: str | None,
    wanted: tuple[str, ...],
    as_json: bool,
) -> int:
    """Show how it goes: how much, how well, what comes, and what needs care.

    Where only some cards or a period are asked for, all of it is about those; tests are told where all cards
    are meant.
    """
    from trainer.collection.statistics import statistics_of
    from trainer.core.session import Selection

    collection = look(start.places())
    if last is not None:
        since = _since(last, since, collection.now().day)
    choosing.check_period(since, until)
    selection = Selection(decks=decks, tags=tags, sources=sources, names=names)
    with under_way("Reading the log") as advance:
        statistics = statistics_of(collection, selection, since=since, until=until, advance=advance)
    if as_json:
        from trainer.cli.stats_json import as_plain

        say_json(as_plain(statistics))
        return 0
    from trainer.cli.stats_shown import Titles, page

    titles = Titles({deck.deck: deck.title for deck in collection.decks}, collection.browsing.source_titles())
    shown = SECTIONS if _ALL in wanted else [part for part in SECTIONS if part in (wanted or USUAL)]
    for line in page(statistics, shown, titles=titles, width=min(_WIDEST, _width())):
        say(line)
    if not wanted and statistics.first is not None:
        warn(f"\n{_MORE}")
    return 0


def _since(last: str, since: date | None, today: date) -> date:
    """The first day of the last so many days, weeks, months or years."""
    from trainer.core.partial_date import first_of_last

    if since is not None:
        raise UsageError("--last and --since cannot be used together")
    first = first_of_last(last, today)
    if first is None:
        raise UsageError(f"--last {last}: no such time", hint="write it as 30d, 8w, 6m or 1y")
    return first


def _width() -> int:
    return shutil.get_terminal_size().columns
