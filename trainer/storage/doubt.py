"""Answers of which the disk did not say whether it has them.

Where it fails at the very end of a write, after the journal was emptied, SQLite reports that the write
failed, and keeps it. The learner is told then that the answer is not saved, and gives it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.core.session import Outcome
    from trainer.storage.store import Store


def take_back(store: Store, entry: bytes, outcome: Outcome, *, retried: Outcome) -> None:
    """Take back an answer that was told as not saved, is there, and is given again; inside a transaction."""
    card = outcome.review.card
    if retried.review.card != card or retried.before != outcome.before:
        return
    standing = store.entry(entry)
    if standing is None or standing.card != card or store.memory([card]).get(card) != outcome.after:
        return
    store.append(retried.review.moment, "undo", card, target=entry)
    store.put_memory(card, outcome.before)
