"""`trainer list`: the cards."""

from __future__ import annotations

from typing import Any

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import say, say_json
from trainer.cli.waiting import under_way
from trainer.core.deck import Card
from trainer.core.prompt import Reveal, accepted
from trainer.core.visible import one_line


@click.command("list")
@choosing.tags_and_sources
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start, tags: tuple[str, ...], sources: tuple[str, ...], names: tuple[str, ...], as_json: bool
) -> int:
    """List the cards: id, type, question and answer; more of each with --json."""
    from trainer.core.session import Selection

    collection = look(start.places())
    with under_way("Reading the cards") as advance:
        cards = collection.selected(Selection(tags=tags, sources=sources, names=names), advance=advance)
    if as_json:
        say_json([_as_json(card) for card in cards])
    else:
        for card in cards:
            answer = one_line(accepted(card.prompt.form)[0])
            line = f"{one_line(card.id)}  [{card.type}]  {one_line(card.prompt.question)}  →  {answer}"
            gone = f"  (superseded by {one_line(card.superseded_by)})" if card.superseded_by else ""
            say(line + gone)
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
        "points": list(card.prompt.form.points) if isinstance(card.prompt.form, Reveal) else [],
        "sources": [str(cited) for cited in card.sources],
        "accounts": [{"by": account.by, "says": account.says} for account in card.accounts],
        "tags": list(card.tags),
        "names": list(card.names),
        "superseded_by": card.superseded_by,
        "file": card.span.path,
        "line": card.span.line,
    }
