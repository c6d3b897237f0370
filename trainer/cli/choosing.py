"""Options that say which cards are meant; the same for every command that takes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _StudyDay(click.ParamType[date]):
    """A date of any precision: its first day, or its last where it ends a period."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that is meant."""
        from trainer.core.partial_date import days_of

        days = days_of(str(value))
        if days is None:
            self.fail(f"{value!r} is no date; write it as 2024, 2024-06 or 2024-06-13", param, ctx)
        return days.last if self._last else days.first


def period(command: _Command) -> _Command:
    """Add `--since` and `--until`: study days, the first and the last that count."""
    since = click.option(
        "--since", type=_StudyDay(last=False), metavar="DATE", help="Only from this study day on: 2024-06-13."
    )
    until = click.option(
        "--until",
        type=_StudyDay(last=True),
        metavar="DATE",
        help="Only up to this study day, or the end of this month or year: 2024-06.",
    )
    return since(until(command))


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
