"""What there is to see: what comes today, and how things stand. Plain commands come through here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trainer.collection.results import DeckCounts, Due, Overview
from trainer.core.queue import Place, plan
from trainer.storage.coming import Coming

if TYPE_CHECKING:
    from trainer.collection import Collection


def due(collection: Collection) -> Due:
    """What is new, in learning and due today, by deck."""
    day = collection.now().day
    left = new_left(collection, day)
    return _due(collection, day, coming(collection).places(day, new=left, each=True), new_left=left)


def overview(collection: Collection) -> Overview:
    """What Home shows."""
    from trainer.core.stats import streak

    standing, decks, curve = collection.standing, collection.decks, collection.config.curve
    day = collection.now().day
    totals = standing.totals(day)
    new_per_day = collection.config.new_per_day
    left = max(0, new_per_day - totals.introduced)
    cards = standing.sizes(decks)
    remembered: dict[str, float] = dict.fromkeys(cards, 0.0)
    for deck, stability, last_day in standing.strengths(deck.key for deck in decks):
        remembered[deck] += curve.known_on(day, stability, last_day)
    ahead = coming(collection)
    days = [day + timedelta(days=step) for step in range(1, 8)]
    back = Counter(ahead.due_later(day, days[-1]))
    tomorrow = plan(ahead.places(days[0], new=new_per_day), day=days[0], new_limit=new_per_day)
    back[days[0]] = len(tomorrow.due) + len(tomorrow.learning)
    return Overview(
        due=_due(collection, day, ahead.places(day, new=left, each=True), new_left=left),
        totals=totals,
        streak=streak(standing.days_studied(), today=day),
        known={deck: remembered[deck] / count for deck, count in cards.items()},
        ahead=tuple((later, back[later]) for later in days),
        new_tomorrow=len(tomorrow.new),
        suspended=Counter(deck for deck, _ in standing.suspended(deck.key for deck in decks)),
        problems=collection.problems,
    )


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
