"""Options that say which cards are meant; the same for every command that takes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.core.partial_date import Days

_Command = TypeVar("_Command", bound=Callable[..., Any])


def period(command: _Command) -> _Command:
    """Add `--since` and `--until`: study days, the first and the last that count."""
    since = click.option(
        "--since",
        metavar="DATE",
        callback=_first_day,
        help="Only from this study day on: 2024-06-13, or 2024-06.",
    )
    until = click.option(
        "--until", metavar="DATE", callback=_last_day, help="Only up to this study day, month or year."
    )
    return since(until(command))


def _first_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    return None if value is None else _days(value, ctx, param).first


def _last_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    return None if value is None else _days(value, ctx, param).last


def _days(value: str, ctx: click.Context, param: click.Parameter) -> Days:
    from trainer.core.partial_date import days_of

    days = days_of(value)
    if days is None:
        message = f"{value!r} is no date; write it as 2024, 2024-06 or 2024-06-13"
        raise click.BadParameter(message, ctx=ctx, param=param)
    return days


def check_period(since: date | None, until: date | None) -> None:
    """Raise UsageError for a period that ends before it begins."""
    if since and until and until < since:
        raise UsageError(f"the period ends before it begins: {since} to {until}")


decks = click.argument("decks", nargs=-1, metavar="[DECK]...")

articles = click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder with local copies of articles, SOURCE.txt; else the setting `articles`.",
)

new = click.option(
    "--new", type=click.IntRange(min=0), metavar="N", help="N new cards, instead of the daily limit."
)

plain = click.option(
    "--plain", is_flag=True, help="Line by line, for screen readers, pipes and dumb terminals."
)


def tags_and_sources(command: _Command) -> _Command:
    """Add `--tag`, `--source` and `--name`; the command gets `tags`, `sources` and `names`."""
    tag = click.option(
        "--tag", "tags", multiple=True, metavar="T", help="Only cards with this tag; may be repeated."
    )
    source = click.option(
        "--source",
        "sources",
        multiple=True,
        metavar="S",
        help="Only cards citing this source, as `article` or `article#paragraph`; may be repeated.",
    )
    name = click.option(
        "--name",
        "names",
        multiple=True,
        metavar="N",
        help="Only cards about this person, place or organisation; may be repeated.",
    )
    return tag(source(name(command)))
