"""Which of the cards asked for come today, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.core.session import Session


def only_some(session: Session, cards: Sequence[str], *, called: str) -> str:
    """`2 of the 3 selected come today: one card a note a day`; nothing if all of them do."""
    left = [card for card in cards if card not in session.cards]
    if not left:
        return ""
    come = len(cards) - len(left)
    head = f"{come} of {called} come{'s' * (come == 1)}"
    if session.selection.cram:
        return f"{head}: the rest is set aside."
    asked = {_note(card) for card in session.cards}
    siblings = sum(_note(card) in asked for card in left)
    reasons = ["one card a note a day"] if siblings else []
    if siblings < len(left):
        reasons.append("only what is due and a day's new ones")
    return f"{head} today: {', '.join(reasons)}."


def _note(card: str) -> str:
    return card.rpartition("/")[0]
