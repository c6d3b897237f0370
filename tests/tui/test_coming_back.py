"""Studying from Browse and from the timeline: which cards come, and the way back."""

from __future__ import annotations

import pytest
from desk import WIDE, Desk, text_of
from textual.pilot import Pilot

from trainer.core.catalogue import Filter
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.screens.browse import BrowseScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.study import StudyScreen
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.screens.timeline import TimelineScreen
from trainer.tui.today import only_some
from trainer.tui.widgets.timeline_view import TimelineView

DECK = """\
title: What happened
notes:
  - {id: war, type: event, what: A war breaks out, when: "2020", skip: [what, order], source: report#1}
  - {id: recall, type: event, what: Armenia recalls its ambassador, who: Armenia, did: recalled,
     whom: the ambassador in Minsk, when: 2024-06-13, skip: [who, order], source: report#2}
  - {id: why, question: Why was it recalled?, answer: Over arms}
  - {id: who, question: Who was recalled?, answer: The ambassador}
"""
RECALL = ("events/recall/what", "events/recall/whom", "events/recall/when")


def open_at(desk: Desk, *, wanted: Filter | None = None) -> TrainerApp:
    desk.write("events", DECK)
    return TrainerApp(desk.collection(), browse=wanted, pause=0)


def in_front(app: TrainerApp) -> object:
    """The screen that is seen."""
    return app.screen


async def answer_and_stop(app: TrainerApp, pilot: Pilot[None]) -> None:
    """Rate the card in front as good, and go to the summary."""
    assert isinstance(app.screen, StudyScreen)
    app.screen.shown_at = -1.0
    await pilot.press("enter")
    await pilot.pause()
    app.screen.shown_at = -1.0
    await pilot.press("3", "escape")
    await pilot.pause()
    assert isinstance(app.screen, SummaryScreen)


async def browsed(app: TrainerApp, pilot: Pilot[None]) -> BrowseScreen:
    """Search, sort from the end, select the first that is found and mark the second."""
    await pilot.press(*"recalled", "enter", "C", "space")
    await pilot.pause()
    assert isinstance(app.screen, BrowseScreen)
    return app.screen


@pytest.mark.parametrize("key", ["h", "escape", "q"])
async def test_a_sitting_begun_in_browse_leads_back_to_what_was_there(desk: Desk, key: str) -> None:
    app = open_at(desk, wanted=Filter(decks=("events",)))
    async with app.run_test(size=WIDE) as pilot:
        screen = await browsed(app, pilot)
        (studied,) = screen.selected
        before = (
            screen.table.row,
            screen.shelf.listing.reverse,
            screen.shelf.listing.wanted,
            list(screen.shelf.found),
        )
        await pilot.press("a")
        await pilot.pause()
        await answer_and_stop(app, pilot)
        assert "h back" in text_of(app)
        await pilot.press(key)
        await pilot.pause()
        assert in_front(app) is screen
        after = (
            screen.table.row,
            screen.shelf.listing.reverse,
            screen.shelf.listing.wanted,
            list(screen.shelf.found),
        )
        assert after == before
        assert screen.selected == {studied}
        listing = screen.shelf.listing
        place = listing.place_of(studied)
        assert place is not None and listing.rows[place].state != "new", "it shows how the card stands now"
        await pilot.press("q")
        assert isinstance(app.screen, HomeScreen)
        assert len(app.screen_stack) == 2


async def test_a_sitting_without_an_answer_leads_back_at_once(desk: Desk) -> None:
    app = open_at(desk, wanted=Filter(decks=("events",)))
    async with app.run_test(size=WIDE) as pilot:
        screen = await browsed(app, pilot)
        for _ in range(3):
            await pilot.press("a")
            await pilot.pause()
            assert isinstance(app.screen, StudyScreen)
            await pilot.press("escape")
            await pilot.pause()
            assert in_front(app) is screen
            assert len(app.screen_stack) == 2


async def test_from_its_summary_a_sitting_goes_on_and_still_leads_back(desk: Desk) -> None:
    app = open_at(desk, wanted=Filter(decks=("events",)))
    async with app.run_test(size=WIDE) as pilot:
        screen = await browsed(app, pilot)
        await pilot.press("a")
        await pilot.pause()
        await answer_and_stop(app, pilot)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert in_front(app) is screen


async def test_a_sitting_from_home_leads_home_and_its_summary_quits(desk: Desk) -> None:
    app = open_at(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        await answer_and_stop(app, pilot)
        assert "h home   q quit" in text_of(app)
        await pilot.press("h")
        assert isinstance(app.screen, HomeScreen)


async def test_a_sitting_begun_in_the_timeline_leads_back_to_the_event(desk: Desk) -> None:
    app = open_at(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "d", *"what", "enter", "end")
        screen = app.screen
        assert isinstance(screen, TimelineScreen)
        marked = screen.query_one(TimelineView).marked
        assert "known 0 %" in text_of(app)
        await pilot.press("enter", "enter")
        await pilot.pause()
        await answer_and_stop(app, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert in_front(app) is screen
        assert screen.query_one(TimelineView).marked == marked
        assert "Timeline · What happened" in text_of(app)
        assert "known 33 %" in text_of(app)
        await pilot.press("q")
        assert isinstance(app.screen, HomeScreen)


async def test_it_is_said_when_not_all_that_is_selected_comes_today(desk: Desk) -> None:
    app = open_at(desk, wanted=Filter(decks=("events",)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "ctrl+a", "a")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        assert "4 of the 6 selected come today: one card a note a day." in text_of(app)


async def test_it_is_said_when_not_all_cards_of_an_event_come_today(desk: Desk) -> None:
    app = open_at(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "end", "enter", "enter")
        await pilot.pause()
        assert "1 of its 3 cards comes today: one card a note a day." in text_of(app)
        app.screen.shown_at = -1.0  # type: ignore[attr-defined]
        await pilot.press("enter")
        await pilot.pause()
        assert "comes today" not in text_of(app)


def test_why_cards_do_not_come_is_told(desk: Desk) -> None:
    desk.write("events", DECK)
    collection = desk.collection()

    def told(*cards: str, new: int | None = None, cram: bool = False) -> str:
        session = collection.start(Selection(cards=cards, new=new, cram=cram))
        return only_some(session, cards, called=f"the {len(cards)}")

    assert told("events/why/card", "events/who/card") == ""
    only_due = "only what is due and a day's new ones"
    assert told("events/why/card", "events/who/card", new=1) == f"1 of the 2 comes today: {only_due}."
    assert (
        told(*RECALL, "events/why/card", new=1)
        == f"1 of the 4 comes today: one card a note a day, {only_due}."
    )
    collection.store.append_mark("suspend", RECALL[0], moment=collection.now())
    assert told(*RECALL, cram=True) == "2 of the 3 come: the rest is set aside."
