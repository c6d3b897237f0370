"""Which cards come today, and in which order.

Works on light rows, one a card, so that `trainer due` can count without building cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple


class Place(NamedTuple):
    """Where a card stands: `in_steps` cards are in learning or relearning; `due_day` is None while new.

    `note` is shared by siblings. `set_aside` cards are suspended, or buried for today.
    """

    card: str
    note: str
    deck: str
    in_steps: bool
    due_day: date | None
    set_aside: bool
    answered_today: bool


class Plan(NamedTuple):
    """The cards of a study day: those in learning, those due for review, and the new ones."""

    learning: tuple[str, ...]
    due: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """Reviews and new cards, the new ones spread evenly among the reviews."""
        return spread(self.due, self.new)


def plan(places: Sequence[Place], *, day: date, new_limit: int) -> Plan:
    """Today's cards. Of siblings at most one comes a day: first one in learning, then due, then new.

    Reviews come oldest due day first, new cards in the order of `places`, at most `new_limit` of them.
    """
    available = [place for place in places if not place.set_aside]
    taken = {place.note for place in places if place.answered_today}
    waiting = [place for place in available if place.due_day is not None and place.due_day <= day]
    learning = [place for place in waiting if place.in_steps]
    taken.update(place.note for place in learning)
    due = sorted((place for place in waiting if not place.in_steps), key=lambda place: place.due_day or day)
    fresh = [place for place in available if place.due_day is None]
    return Plan(
        learning=tuple(place.card for place in learning),
        due=_one_a_note(due, taken, limit=len(due)),
        new=_one_a_note(fresh, taken, limit=new_limit),
    )


def spread(many: Sequence[str], few: Sequence[str]) -> tuple[str, ...]:
    """Both sequences in one, each in its own order, evenly mixed."""
    if not (many and few):
        return (*many, *few)
    ranked = [
        ((index + 0.5) / len(side), which, card)
        for which, side in enumerate((many, few))
        for index, card in enumerate(side)
    ]
    return tuple(card for _, _, card in sorted(ranked))


def _one_a_note(places: Iterable[Place], taken: set[str], *, limit: int) -> tuple[str, ...]:
    """At most one card a note, and none of a note in `taken`, which grows by those chosen."""
    chosen: list[str] = []
    for place in places:
        if len(chosen) >= limit:
            break
        if place.note not in taken:
            taken.add(place.note)
            chosen.append(place.card)
    return tuple(chosen)
