"""The events of the decks, with their cards and how well those are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.deck import Event
from trainer.core.progress import Advance, one_by_one, unseen
from trainer.core.timeline import Timeline, timeline
from trainer.core.wording import plural
from trainer.storage.deck_index import DeckIndex

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.session import Selection


_SHARED = ("/order", "/first", "/reply")
"""Cards about other events as well: what they name says nothing of the event that has them."""


class Happened(NamedTuple):
    """An event, the ids of its cards, and how well it is known: their mean retrievability, from 0 to 1.

    A card never seen counts as 0; one that is superseded does not count.
    """

    event: Event
    cards: tuple[str, ...]
    known: float


def events_of(collection: Collection, selection: Selection, *, advance: Advance = unseen) -> list[Happened]:
    """The events of the decks asked for that have what is asked for, in deck order."""
    selection = collection.finding.meant(selection)
    files = collection.finding.files(selection.decks)
    index = DeckIndex(collection.store)
    having = {kind: index.having(files, kind, values) for kind, values in selection.filters.items()}
    day, curve = collection.now().day, collection.config.curve
    found: list[Happened] = []
    for file in one_by_one(files, advance):
        events = index.events([file])
        strengths = collection.standing.by_note(file) if events else {}
        for event in events:
            cards = strengths.get(event.id, [])
            ids = tuple(card for card, _, _ in cards)
            if not _fits(event, ids, selection, having):
                continue
            known = sum(
                curve.known_on(day, stability, last)
                for _, stability, last in cards
                if stability is not None and last is not None
            )
            found.append(Happened(event, ids, known / len(ids) if ids else 0.0))
    return found


def in_time(happened: Sequence[Happened]) -> tuple[Timeline, list[Happened]]:
    """The timeline of events, and what happened in its order."""
    line = timeline([each.event for each in happened])
    by_event = {id(each.event): each for each in happened}
    return line, [by_event[id(event)] for event in line.events]


def _fits(event: Event, cards: Sequence[str], selection: Selection, having: Mapping[str, Set[str]]) -> bool:
    """Whether the event itself, or a card of its own, has what is asked for."""
    own = {card for card in cards if not card.endswith(_SHARED)}
    cited = {text for citation in event.sources for text in (citation.source.id, str(citation))}
    direct = {"source": cited, "name": {*event.actors}, "tag": set[str]()}
    return all(
        not direct[kind].isdisjoint(values) or not own.isdisjoint(having[kind])
        for kind, values in selection.filters.items()
    )


class CardStanding(NamedTuple):
    """How a card stands: its question, a word for its state, and its retrievability from 0 to 1."""

    card: str
    question: str
    state: str
    known: float


def cards_of(collection: Collection, ids: Sequence[str]) -> list[CardStanding]:
    """How the cards of an event stand today, in the order of the deck."""
    memory, day = collection.store.memory(ids), collection.now().day
    found: list[CardStanding] = []
    for card in collection.cards(ids):
        state = memory.get(card.id)
        word = "new" if state is None else state.phase.word
        if state is not None and not state.phase.in_steps:
            word = "due" if state.due_day <= day else f"in {plural((state.due_day - day).days, 'day')}"
        if collection.store.marks(card.id).suspended:
            word = "suspended"
        known = collection.config.curve.known_on(day, state.stability, state.last_day) if state else 0.0
        found.append(CardStanding(card.id, card.prompt.question, word, known))
    return found
