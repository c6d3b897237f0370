"""`trainer list`: the cards."""

from __future__ import annotations

from typing import Any

import click

from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import say, say_json
from trainer.core.deck import Card
from trainer.core.prompt import accepted
from trainer.core.visible import one_line


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, as_json: bool) -> int:
    """List the cards: id, type, question and answer; more of each with --json."""
    cards = look(start.places()).cards()
    if as_json:
        say_json([_as_json(card) for card in cards])
    else:
        for card in cards:
            answer = one_line(accepted(card.prompt.form)[0])
            say(f"{one_line(card.id)}  [{card.type}]  {one_line(card.prompt.question)}  →  {answer}")
    return 0


def _as_json(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "deck": card.deck,
        "note": card.note,
        "type": card.type,
        "form": type(card.prompt.form).__name__,
        "question": card.prompt.question,
        "answers": list(accepted(card.prompt.form)),
        "sources": [str(cited) for cited in card.sources],
        "tags": list(card.tags),
        "file": card.span.path,
        "line": card.span.line,
    }
