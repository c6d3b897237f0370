"""`trainer browse`: all cards, to be found and handled in the full screen, or printed."""

from __future__ import annotations

from typing import Any

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.looking import look, open_collection
from trainer.cli.output import say_json
from trainer.core.catalogue import STATES, Filter, Known, Row
from trainer.core.questions import TYPES


@click.command("browse")
@choosing.decks
@choosing.tags_and_sources
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(sorted(TYPES)),
    metavar="T",
    help="Only this question type; may be repeated.",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help="Only cards that stand so; may be repeated.",
)
@click.option("--flagged", is_flag=True, help="Only cards with a flag.")
@click.option("--leech", is_flag=True, help="Only cards that were forgotten often: see `leech_lapses`.")
@click.option("--search", "words", default="", metavar="TEXT", help="Only cards with these words.")
@click.option("--json", "as_json", is_flag=True, help="Print the cards that are found as JSON.")
@click.pass_obj
def command(
    start: Start,
    decks: tuple[str, ...],
    tags: tuple[str, ...],
    sources: tuple[str, ...],
    names: tuple[str, ...],
    types: tuple[str, ...],
    states: tuple[str, ...],
    flagged: bool,
    leech: bool,
    words: str,
    as_json: bool,
) -> int:
    """Find cards, of all decks or those named, and suspend, flag, forget, edit or study them."""
    wanted = Filter(
        decks=decks,
        types=types,
        states=states,
        tags=tags,
        sources=sources,
        names=names,
        flagged=flagged,
        words=words,
    )
    return _print(start, wanted, leech=leech) if as_json else _open(start, wanted, leech=leech)


def _open(start: Start, wanted: Filter, *, leech: bool) -> int:
    from trainer.tui.terminal import require_terminal, run

    require_terminal("browsing", hint="`trainer browse --json` prints the cards")
    places = start.places()
    from trainer.cli.keeping import kept
    from trainer.tui.app import TrainerApp

    with kept(open_collection(places)) as collection:
        collection.check_writable()
        return run(TrainerApp(collection, browse=collection.browsing.meant(wanted, leech=leech)))


def _print(start: Start, wanted: Filter, *, leech: bool) -> int:
    collection = look(start.places())
    browsing = collection.browsing
    known = collection.known()
    say_json([_as_json(row, known) for row in browsing.find(browsing.meant(wanted, leech=leech))])
    return 0


def _as_json(row: Row, known: Known) -> dict[str, Any]:
    share = known.of(row)
    return {
        "id": row.id,
        "deck": row.deck,
        "type": row.type,
        "question": row.question,
        "answer": row.answer,
        "state": row.state,
        "due": row.due or None,
        "known": None if share is None else round(share, 4),
        "reps": row.reps,
        "lapses": row.lapses,
        "flagged": bool(row.flagged),
    }
