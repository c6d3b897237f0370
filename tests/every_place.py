"""Where every card stands, by a plain look at everything: what the quick ways have to agree with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from trainer.core.queue import Place
from trainer.core.scheduling import Phase
from trainer.storage.store import Store

_CARDS = """
    SELECT card.id, card.note, deck_file.deck, memory.phase, memory.due_day, card.superseded,
           marks.suspended, marks.buried_on
    FROM card JOIN deck_file ON deck_file.key = card.file
    LEFT JOIN memory ON memory.card = card.id LEFT JOIN marks ON marks.card = card.id
    WHERE card.file = ? ORDER BY card.position"""
_ENTRIES = "SELECT card, kind, mode, study_day FROM kept ORDER BY seq"


def every_place(store: Store, files: Iterable[bytes], day: date) -> list[Place]:
    """Where every card of the indexed deck files stands on a study day, in deck order."""
    today, answered = day.isoformat(), set[str]()
    for card, kind, mode, study_day in store.all(_ENTRIES):
        if kind == "forget":
            answered.discard(card)
        elif (kind, mode, study_day) == ("review", "study", today):
            answered.add(card)
    return [
        Place(
            card=card,
            note=note,
            deck=deck,
            in_steps=phase is not None and Phase(phase).in_steps,
            due_day=date.fromisoformat(due) if due else None,
            set_aside=bool(superseded or suspended or buried_on == today),
            answered_today=card in answered,
        )
        for file in files
        for card, note, deck, phase, due, superseded, suspended, buried_on in store.all(_CARDS, (file,))
    ]
