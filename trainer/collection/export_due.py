"""The cards that fall due in the coming days, by day and deck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.outlook import falls_due
from trainer.formats.written import Column, Row
from trainer.storage.scores import Scores

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.session import Selection

COLUMNS = (
    Column("day", "day"),
    Column("deck", "text"),
    Column("deck_title", "text"),
    Column("cards", "number"),
    Column("overdue", "number"),
)


class DueCards(NamedTuple):
    """The cards of a deck that fall due on a day; those due before count today, as `overdue` too."""

    day: date
    deck: str
    title: str
    cards: int
    overdue: int = 0


def due_cards(collection: Collection, selection: Selection, *, days: int) -> list[DueCards]:
    """What falls due from today on, day by day, in the order of the decks; new cards apart.

    Cards that are suspended or superseded are left out; those buried for today come tomorrow.
    """
    today = collection.now().day
    last = today + timedelta(days=days - 1)
    among = collection.finding.wanted(selection)
    due: Counter[tuple[date, str]] = Counter()
    overdue: Counter[str] = Counter()
    store = collection.store
    for card in Scores(store.connection, store.path).cards([deck.key for deck in collection.decks], today):
        day = falls_due(card, today)
        if day is None or day > last or (among is not None and card.id not in among):
            continue
        due[max(day, today), card.deck] += 1
        overdue[card.deck] += day < today
    order = {deck.deck: number for number, deck in enumerate(collection.decks)}
    titles = {deck.deck: deck.title for deck in collection.decks}
    return [
        DueCards(day, deck, titles[deck], count, overdue[deck] if day == today else 0)
        for (day, deck), count in sorted(due.items(), key=lambda each: (each[0][0], order[each[0][1]]))
    ]


def due_rows(due: Sequence[DueCards]) -> Iterator[Row]:
    """The same as the rows of a table."""
    for day, deck, title, cards, overdue in due:
        yield [day.isoformat(), deck, title, cards, overdue]


def calendar_id(collection: Collection, selection: Selection) -> str:
    """What tells the calendar of this collection and these cards from others, in 16 hexadecimal digits."""
    asked = repr((collection.store.device, selection.decks, selection.filters))
    return blake2b(asked.encode(errors="surrogatepass"), digest_size=8).hexdigest()
