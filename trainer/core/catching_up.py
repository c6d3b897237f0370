"""What other sessions have done with a card in the meantime, seen when it comes to the front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from trainer.core.day import Moment
from trainer.core.lazily import Layered
from trainer.core.scheduling import MemoryState
from trainer.core.session import Session


class Stand(NamedTuple):
    """How a card stands now; one that is `set_aside` is suspended, or buried for today."""

    state: MemoryState | None
    set_aside: bool


def caught_up(session: Session, stand_of: Callable[[str], Stand], moment: Moment) -> Session:
    """The session with a card in front that still is to be asked, as it stands now.

    One that was answered elsewhere and comes another day is passed over, and so is one that was set aside;
    one that is in steps comes when it is due by them. What was answered in this sitting may well be set
    aside: somebody asked for it all the same. While cramming, every card is asked.
    """
    while session.front is not None and not session.selection.cram:
        card = session.front
        stand = stand_of(card)
        session = replace(session, memory=Layered(session.memory, {card: stand.state}))
        state = stand.state
        is_done = state is not None and _is_done_for(state, moment)
        here = (is_done or stand.set_aside) and _is_answered(session, card)
        if is_done or (stand.set_aside and not here):
            session = replace(session, total=session.total - (not here))
        elif state is not None and state.due_at is not None and state.due_at > moment.at and session.waiting:
            session = replace(session, learning=tuple(sorted((*session.learning, (state.due_at, card)))))
        else:
            break
        session = session.with_next(moment.at)
    return session


def _is_answered(session: Session, card: str) -> bool:
    return any(answered.card.id == card for answered in session.answered)


def _is_done_for(state: MemoryState, moment: Moment) -> bool:
    """Whether a card was answered today and comes another day; not one that a clock set back made early."""
    return state.due_day > moment.day and state.last_day >= moment.day
