"""`trainer doctor`: how the data are."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import say, say_json
from trainer.cli.waiting import under_way
from trainer.core.visible import one_line
from trainer.core.wording import plural

if TYPE_CHECKING:
    from trainer.collection.doctor import Gone
    from trainer.storage.moves import Move

_HOW = {"edited": "recognised", "asked": "moved"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, as_json: bool) -> int:
    """Say how the data are: histories whose cards have gone from the decks, and those that were moved."""
    from trainer.collection.doctor import examine

    places = start.places()
    collection = look(places)
    with under_way("Looking through the log") as advance:
        report = examine(collection, advance=advance)
    if as_json:
        say_json(
            {
                "gone": [_gone_as_json(gone) for gone in report.gone],
                "moves": [_move_as_json(move) for move in report.moves],
            }
        )
        return 0
    where = ", ".join(map(str, places.decks))
    sections = (
        ("", _gone_lines(report.gone, where=where)),
        ("Moved", _move_lines(report.moves)),
    )
    for title, lines in sections:
        for index, line in enumerate(lines):
            if index == 0 and title:
                say(f"\n{title}:")
            say(line)
    return 0


def _gone_lines(found: Iterable[Gone], *, where: str) -> Iterator[str]:
    """The notes that have gone, those with one proposal together."""
    from trainer.collection.doctor import groups

    gone = list(found)
    if not gone:
        yield one_line(f"Every card with a history is in the decks: {where}")
        return
    cards = sum(len(each.cards) for each in gone)
    yield one_line(f"{plural(cards, 'card')} with a history in none of the decks of {where}; it is kept:")
    for proposal, notes in groups(gone):
        for each in notes:
            about = f"  {one_line(each.question or each.answer)}" if each.question or each.answer else ""
            known = f"{plural(len(each.cards), 'card')}, {plural(each.reviews, 'review')}"
            yield f"  {one_line(each.note)}  {known}, last on {each.last_day}{about}"
        if proposal:
            yield f"    {one_line(_proposed(proposal))}"


def _move_lines(moves: Iterable[Move]) -> Iterator[str]:
    for move in moves:
        renamed = one_line(f"{move.old} -> {move.new}")
        yield f"  {move.day}  {renamed}  ({_HOW.get(move.how, one_line(move.how))})"


def _proposed(proposal: tuple[str, str]) -> str:
    return f"trainer move {shlex.join(proposal)}"


def _gone_as_json(gone: Gone) -> dict[str, object]:
    return {
        "note": gone.note,
        "cards": list(gone.cards),
        "reviews": gone.reviews,
        "last_day": gone.last_day.isoformat(),
        "question": gone.question,
        "answer": gone.answer,
        "proposal": _proposed(gone.proposal) if gone.proposal else None,
    }


def _move_as_json(move: Move) -> dict[str, object]:
    return {"day": move.day.isoformat(), "old": move.old, "new": move.new, "how": move.how}
