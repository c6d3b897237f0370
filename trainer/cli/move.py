"""`trainer move`: the history of what is called otherwise now."""

from __future__ import annotations

import click

from trainer.cli.commands import Start
from trainer.cli.looking import look, open_collection, warn_of_unreadable
from trainer.cli.output import say, say_json, warn
from trainer.cli.waiting import under_way
from trainer.core.visible import one_line
from trainer.core.wording import plural


@click.command("move")
@click.argument("old")
@click.argument("new")
@click.option("--anyway", is_flag=True, help="Also of cards that are still in the decks under the old name.")
@click.option("--dry-run", is_flag=True, help="Show what would move, and move nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, old: str, new: str, anyway: bool, dry_run: bool, as_json: bool) -> int:
    """Move the history of OLD to NEW, after it was renamed in the decks.

    Both are a deck's id, a note as deck/note, or a card as deck/note/key.
    """
    from trainer.collection.moving import move, moving

    places = start.places()
    collection = look(places) if dry_run else open_collection(places)
    try:
        if not dry_run:
            warn_of_unreadable(collection)
        with under_way("Looking for the histories" if dry_run else "Moving the histories") as advance:
            if dry_run:
                found = moving(collection, old, new, anyway=anyway)
            else:
                found = move(collection, old, new, anyway=anyway, advance=advance)
    finally:
        collection.close()
    if as_json:
        moved = [each._asdict() for each in found.moved]
        stays = [each._asdict() for each in found.left]
        say_json({"moved": moved, "left": stays, "reviews": found.reviews, "recorded": not dry_run})
        return 0
    if dry_run:
        for card in found.moved:
            with_its_own = ", beside its own history" if card.merged else ""
            renamed = one_line(f"{card.old} -> {card.new}")
            say(f"{renamed}  ({plural(card.reviews, 'review')}{with_its_own})")
    for left in found.left:
        warn(one_line(f"stays: {left.card}: {left.reason}"))
    merged = sum(each.merged for each in found.moved)
    said = f"{plural(len(found.moved), 'card')} with {plural(found.reviews, 'review')}"
    more = f"; {merged} of them beside a history that was there" if merged else ""
    say(f"would move: {said}{more}" if dry_run else f"moved: {said}{more}; u at home takes it back")
    return 0
