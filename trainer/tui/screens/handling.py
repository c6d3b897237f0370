"""What is done to cards from a screen: to few at once, to many beside the screen, which waits with a bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from trainer.errors import TrainerError
from trainer.tui.screens.working import WorkPanel

if TYPE_CHECKING:
    from trainer.collection.browsing import Browsing, Done, Handling

MANY = 2_000
"""Cards from which on an act takes long enough to be done beside the screen."""


def handle(
    app: App[None],
    browsing: Browsing,
    cards: int,
    does: Callable[[Handling], Done],
    then: Callable[[Done | TrainerError | None], None],
) -> bool:
    """Do something to so many cards; whether that is done beside the screen, and goes on.

    `then` is given what was done, or what spoke against it; None where the act was stopped, which leaves all
    as it was.
    """
    if cards < MANY:
        then(_outcome(lambda: does(browsing)))
        return False
    work = browsing.apart(does)
    panel: WorkPanel[Done | TrainerError] = WorkPanel(
        f"At work on {counted(cards)}", lambda advance: _outcome(lambda: work(advance))
    )
    app.push_screen(panel, lambda result: then(None if result is None else result[0]))
    return True


def counted(cards: int) -> str:
    """`1 card`, `100,000 cards`."""
    return f"{cards:,} card{'s' * (cards != 1)}"


def _outcome(does: Callable[[], Done]) -> Done | TrainerError:
    try:
        return does()
    except TrainerError as error:
        return error
