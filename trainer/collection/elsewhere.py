"""Several sessions on one collection: each sees at its next card what the others have done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.core.catching_up import Stand, caught_up
from trainer.errors import DataError

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.day import Moment
    from trainer.core.session import Session


def up_to_date(collection: Collection, session: Session, moment: Moment) -> Session:
    """The session with the next card that still is to be asked, after something was recorded.

    What was recorded counts, so a file that cannot be read any more is told at the next thing done.
    """
    store, today = collection.store, moment.day.isoformat()

    def stand_of(card: str) -> Stand:
        marks = store.marks(card)
        return Stand(store.memory([card]).get(card), marks.suspended or marks.buried_on == today)

    try:
        return caught_up(session, stand_of, moment)
    except DataError:
        return session
