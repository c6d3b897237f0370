"""The screen of all cards, opened over a desk, and what is to be seen there."""

from __future__ import annotations

from desk import Desk, a_second_each
from textual.pilot import Pilot

from trainer.core.catalogue import Filter
from trainer.tui.app import TrainerApp
from trainer.tui.screens.browse import BrowseScreen

CAPITAL, SENT_HOME = "capitals/capital/card", "capitals/sent-home/card"
WHY, GAP = "capitals/why/card", "capitals/gap/c1"


def browser(desk: Desk, wanted: Filter | None = None) -> TrainerApp:
    return TrainerApp(desk.collection(), browse=wanted or Filter(), monotonic=a_second_each(), pause=0)


def screen_of(app: TrainerApp) -> BrowseScreen:
    assert isinstance(app.screen, BrowseScreen)
    return app.screen


def shown(app: TrainerApp) -> list[str]:
    """The ids of the cards that are found, in their order."""
    shelf = screen_of(app).shelf
    return [shelf.listing.rows[place].id for place in shelf.found]


def marked(app: TrainerApp) -> str:
    row = screen_of(app).table.row
    return row.id if row else ""


def states(app: TrainerApp) -> dict[str, str]:
    return {row.id: row.state for row in app.collection.browsing.rows()}


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if character == " " else character for character in text))
    await pilot.pause()
