"""Options that say which cards are meant; the same for every command that takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

decks = click.argument("decks", nargs=-1, metavar="[DECK]...")

new = click.option(
    "--new", type=click.IntRange(min=0), metavar="N", help="N new cards, instead of the daily limit."
)

plain = click.option(
    "--plain", is_flag=True, help="Line by line, for screen readers, pipes and dumb terminals."
)


def tags_and_sources(command: _Command) -> _Command:
    """Add `--tag` and `--source`."""
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
    return tag(source(command))
