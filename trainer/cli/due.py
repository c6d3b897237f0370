"""`trainer due`: what is new, in learning and due, by deck."""

from __future__ import annotations

from trainer import config
from trainer.cli.looking import look
from trainer.cli.output import say, say_json
from trainer.collection import DeckCounts
from trainer.core.collector import without_collector


def show_due(*, as_json: bool, places: config.Places | None = None) -> int:
    """Print what comes today.

    A deck's `new` is what it could give today on its own; the total keeps the daily limit.
    """
    with without_collector():
        collection = look(places or config.places(), tell=False)
        due = collection.due()
        collection.close()
    if as_json:
        decks = [deck._asdict() for deck in due.decks]
        total = {"new": due.total.new, "learning": due.total.learning, "due": due.total.due}
        say_json({"study_day": due.day.isoformat(), "decks": decks, "total": total})
    else:
        rows = [*due.decks, due.total._replace(title="Today, all decks")]
        width = max(len(row.title) for row in rows)
        say(f"{'':{width}}  {'new':>5}  learning  {'due':>5}")
        for row in rows:
            say(_line(row, width))
    return 0


def _line(row: DeckCounts, width: int) -> str:
    return f"{' '.join(row.title.split()):{width}}  {row.new:>5}  {row.learning:>8}  {row.due:>5}"
