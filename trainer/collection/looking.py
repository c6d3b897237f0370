"""What there is to see: what comes today, and how things stand. Plain commands come through here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.collection.results import DeckCounts, Due, Overview
from trainer.core.queue import Place, plan
from trainer.storage.coming import Coming

if TYPE_CHECKING:
    from trainer.collection import Collection

_PART = 1_000
"""Cards that are read at once: a few milliseconds."""


def due(collection: Collection) -> Due:
    """What is new, in learning and due today, by deck."""
    day = collection.now().day
    left = new_left(collection, day)
    return _due(collection, day, coming(collection).places(day, new=left, each=True), new_left=left)


def overview(collection: Collection) -> Overview:
    """What Home shows."""
    from trainer.core.stats import streak

    standing = collection.standing
    day = collection.now().day
    totals = standing.totals(day)
    new_per_day = collection.config.new_per_day
    left = max(0, new_per_day - totals.introduced)
    ahead = coming(collection)
    days = [day + timedelta(days=step) for step in range(1, 8)]
    back = Counter(ahead.due_later(day, days[-1]))
    tomorrow = plan(ahead.places(days[0], new=new_per_day), day=days[0], new_limit=new_per_day)
    back[days[0]] = len(tomorrow.due) + len(tomorrow.learning)
    return Overview(
        due=_due(collection, day, ahead.places(day, new=left, each=True), new_left=left),
        totals=totals,
        streak=streak(standing.days_studied(), today=day),
        ahead=tuple((later, back[later]) for later in days),
        new_tomorrow=len(tomorrow.new),
        suspended=Counter(deck for deck, _ in standing.suspended(deck.key for deck in collection.decks)),
        problems=collection.problems,
    )


def remembered(collection: Collection) -> Iterator[tuple[str, float | None]]:
    """How well each deck is known today: its id and the mean chance to remember its cards, from 0 to 1.

    Cards never seen count as 0, and so do decks without cards. It takes long where cards are many: after each
    part of a deck but the last comes its id with None.
    """
    standing, curve, day = collection.standing, collection.config.curve, collection.now().day
    sizes = standing.sizes(collection.decks)
    for deck in collection.decks:
        count, chances = sizes.get(deck.deck, 0), 0.0
        for first in range(0, max(1, count), _PART):
            read = standing.strengths(deck.key, first, _PART)
            chances += sum(curve.known_on(day, stability, last_day) for stability, last_day in read)
            yield deck.deck, chances / max(1, count) if first + _PART >= count else None


def coming(collection: Collection) -> Coming:
    """What comes of all decks."""
    return Coming(collection.store, {deck.key: deck.deck for deck in collection.decks})


def why_no_deck(collection: Collection) -> str:
    """Why there is nothing to study."""
    errors = [problem for problem in collection.problems if problem.severity == "error"]
    if errors:
        return f"{errors[0]}; `trainer check` says all"
    return f"no *.yaml in {', '.join(map(str, collection.places.decks))}"


def new_left(collection: Collection, day: date) -> int:
    """How many new cards the daily limit still allows."""
    return max(0, collection.config.new_per_day - collection.standing.totals(day).introduced)


def _due(collection: Collection, day: date, today: Sequence[Place], *, new_left: int) -> Due:
    by_deck: dict[str, list[Place]] = {deck.deck: [] for deck in collection.decks}
    for place in today:
        by_deck[place.deck].append(place)

    def counts(deck: str, title: str, own: Sequence[Place]) -> DeckCounts:
        planned = plan(own, day=day, new_limit=new_left)
        return DeckCounts(deck, title, len(planned.new), len(planned.learning), len(planned.due))

    return Due(
        day=day,
        decks=tuple(counts(deck.deck, deck.title, by_deck[deck.deck]) for deck in collection.decks),
        total=counts("", "", today),
    )
