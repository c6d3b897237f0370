"""`trainer timeline`: what happened when."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import say, say_json
from trainer.cli.waiting import under_way
from trainer.collection.timeline import Happened, in_time
from trainer.core.partial_date import days_of
from trainer.core.session import Selection
from trainer.core.timeline import Timeline, short_when
from trainer.core.visible import one_line
from trainer.core.wording import capital, cited_sources, plural

_DATE = 11
_PIPED, _WIDEST, _NARROWEST = 80, 100, 30


@click.command("timeline")
@choosing.decks
@choosing.tags_and_sources
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    sources: tuple[str, ...],
    names: tuple[str, ...],
    as_json: bool,
) -> int:
    """Print the events of all decks, or of those named, in time: what answered what, how well it is known."""
    selection = Selection(decks=decks, tags=tags, sources=sources, names=names)
    collection = look(start.places())
    with under_way("Reading the events") as advance:
        line, rows = in_time(collection.events(selection, advance=advance))
    if as_json:
        say_json(list(map(_as_json, rows)))
        return 0
    if not rows:
        asked = f" is {one_line(selection.in_words)}" if selection.filters else " in these decks"
        say(f"No event{asked}: `trainer help event` says how to write one.")
    for text in _lines(line, rows):
        say(text)
    return 0


def _lines(line: Timeline, rows: list[Happened]) -> Iterator[str]:
    """The events, wrapped to the terminal."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED
    width = max(_NARROWEST, min(width, _WIDEST))
    answered = dict(line.replies)
    for number, row in enumerate(rows):
        if number == line.dated:
            yield from ([""] if number else [])
            yield "No date"
        date = short_when(row.event.when)
        texts = [capital(one_line(row.event.what)), *_facts(row)]
        if number in answered:
            other = line.events[answered[number]]
            when = short_when(other.when)
            told = f"{when}, {one_line(other.what)}" if when else one_line(other.what)
            texts.insert(1, f"↳ in answer to {told}")
        for index, text in enumerate(texts):
            head = date.rjust(_DATE) if index == 0 else ""
            room = max(10, width - _DATE - 2)
            for part in textwrap.wrap(text, room, subsequent_indent="  " * bool(index)) or [""]:
                yield f"{head:{_DATE}}  {part}"
                head = ""


def _facts(row: Happened) -> Iterator[str]:
    """Who it was, how well it is known, and from where."""
    event = row.event
    who = ", ".join(map(one_line, event.actors))
    known = f"known {round(100 * row.known)} %" if row.cards else ""
    cards = plural(len(row.cards), "card") if row.cards else "no cards"
    yield " · ".join(filter(None, (who, known, cards)))
    if event.according_to:
        yield f"according to {one_line(event.according_to)}"
    yield from map(one_line, cited_sources(event.sources))


def _as_json(row: Happened) -> dict[str, Any]:
    event, days = row.event, days_of(row.event.when)
    return {
        "id": event.id,
        "deck": event.deck,
        "note": event.note,
        "what": event.what,
        "who": list(event.actors),
        "when": event.when,
        "start": days.first.isoformat() if days else None,
        "end": days.last.isoformat() if days else None,
        "where": event.where,
        "why": list(event.why),
        "answers": f"{event.deck}/{event.answers}" if event.answers else None,
        "according_to": event.according_to,
        "sources": [str(cited) for cited in event.sources],
        "cards": list(row.cards),
        "known": row.known,
    }
