"""Browse under keys that come too fast for it, or are held, and over decks that change beneath it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from browse_desk import CAPITAL, GAP, SENT_HOME, WHY, browser, marked, screen_of, shown, states, type_in
from desk import NARROW, TINY, WIDE, Desk, study_of, text_of
from events import edits
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from trainer.collection import shelf
from trainer.collection.browsing import Browsing
from trainer.core.catalogue import Filter, Row
from trainer.errors import DataError
from trainer.storage import catalogue
from trainer.storage.store import Store
from trainer.tui.app import TrainerApp
from trainer.tui.screens import finding, handling
from trainer.tui.screens.pick import PickPanel
from trainer.tui.screens.working import WorkPanel
from trainer.tui.widgets.browse_lines import SearchLine, Status

OTHER = """\
title: {title}
notes:
  - {{id: one, question: The {title} of one?, answer: one}}
  - {{id: two, question: The {title} of two?, answer: two}}
"""
SOME = {"slash": "/", "space": " ", "enter": "\r"}


async def press_at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys without waiting for what one of them does before the next."""
    for key in keys:
        pilot.app.post_message(Key(key, SOME.get(key, key if len(key) == 1 else None)))
    for _ in "handled", "found", "painted":
        await pilot.pause()


async def overtake(pilot: Pilot[None], line: Input, *typed: str, then: Iterable[str]) -> None:
    """Press keys while a line has had no time yet for what was typed before."""
    has_time = asyncio.Event()
    line.call_later(has_time.wait)
    for key in (*typed, *then):
        pilot.app.post_message(Key(key, SOME.get(key, key)))
    for _ in range(50):
        await asyncio.sleep(0)
    has_time.set()
    for _ in "handled", "found", "painted":
        await pilot.pause()


@contextmanager
def another_writes(desk: Desk) -> Iterator[None]:
    """Another session writes all the while."""
    other = desk.collection().store.connection
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")


def words(app: TrainerApp) -> str:
    return screen_of(app).query_one(SearchLine).value


def goes_on_later(app: TrainerApp) -> list[Callable[[], object]]:
    """What waits for the terminal from now on, instead of being done."""
    waiting: list[Callable[[], object]] = []
    app.after_painting = lambda callback, *values: waiting.append(partial(callback, *values))  # type: ignore[method-assign]
    return waiting


# Keys that come at once


async def test_what_is_typed_at_once_after_the_key_of_the_search_is_searched_for(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await press_at_once(pilot, "slash", *"fbxa/")
        assert words(app) == "fbxa/"
        assert {*states(app).values()} == {"new"} and not screen_of(app).shelf.listing.rows[0].flagged


@pytest.mark.parametrize("key", ["enter", "down", "up"])
async def test_a_key_at_once_after_going_to_the_cards_acts_on_what_was_searched_for(
    desk: Desk, key: str
) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await press_at_once(pilot, *"minsk", key, "x")
        assert words(app) == "minsk" and shown(app) == [GAP]
        assert [card for card, state in states(app).items() if state == "suspended"] == [GAP]


async def test_going_to_the_cards_waits_for_what_was_typed_before(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await overtake(pilot, app.screen.query_one(SearchLine), *"minsk", then=["enter", "x"])
        assert [card for card, state in states(app).items() if state == "suspended"] == [GAP]


async def test_picking_waits_for_what_was_typed_before(desk: Desk) -> None:
    desk.write("atlas", OTHER.format(title="Atlas"))
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "d")
        await overtake(pilot, app.screen.query_one(Input), *"capitals", then=["enter"])
        assert shown(app) == [CAPITAL, SENT_HOME, WHY, GAP]


async def test_enter_right_behind_arrows_takes_the_choice_that_they_went_to(desk: Desk) -> None:
    desk.write("atlas", OTHER.format(title="Atlas"))
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        assert len(shown(app)) > 4
        await pilot.press("enter", "d")
        await press_at_once(pilot, "down", "down", "enter")
        assert shown(app) == [CAPITAL, SENT_HOME, WHY, GAP]


async def test_what_is_typed_at_once_after_the_key_of_a_filter_narrows_its_choices(desk: Desk) -> None:
    desk.write("atlas", OTHER.format(title="Atlas"))
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await press_at_once(pilot, "d", *"caxb")
        assert isinstance(app.screen, PickPanel) and "caxb" in text_of(app)
        await pilot.press("backspace", "backspace")
        await press_at_once(pilot, "p", "enter")
        assert shown(app) == [CAPITAL, SENT_HOME, WHY, GAP]
        assert {*states(app).values()} == {"new"}


async def test_nothing_is_done_to_cards_that_a_search_is_about_to_replace(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        monkeypatch.setattr(shelf, "_AT_ONCE", 0)
        await pilot.press(*"minsk", "enter")
        for key in ("ctrl+a", "x", "b", "a"):
            await pilot.press(key)
            assert "Still searching" in text_of(app)
            screen_of(app).clear()
        assert not screen_of(app).selected and {*states(app).values()} == {"new"}
        monkeypatch.setattr(shelf, "_AT_ONCE", 8_000)
        while screen_of(app).is_searching:
            await pilot.pause(0.004)
        await pilot.press("ctrl+a")
        assert screen_of(app).selected == {GAP}


async def test_while_a_search_is_under_way_nothing_is_called_not_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_PREPARED_AT_ONCE", 0)
    app = browser(desk, Filter(words="minsk"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "No card is like that" not in text_of(app) and "Searching" in text_of(app)


# Acts on many cards, and many cards to read


@pytest.fixture
def three_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done to three cards or more is done beside the screen."""
    monkeypatch.setattr(handling, "MANY", 3)


async def is_over(pilot: Pilot[None]) -> None:
    """Wait for the act that is done beside the screen."""
    while isinstance(pilot.app.screen, WorkPanel):
        await pilot.pause()
    await pilot.pause()


@pytest.mark.usefixtures("three_are_many")
async def test_an_act_on_many_cards_is_waited_for_and_undo_takes_back_the_last(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "f", "ctrl+a")
        with another_writes(desk):
            await pilot.press("x", "u", "b", "q")
            assert isinstance(app.screen, WorkPanel)
            assert {*states(app).values()} == {"new"}
        await is_over(pilot)
        assert {*states(app).values()} == {"suspended"} and "Suspended 4 cards" in text_of(app)
        assert {row.state for row in screen_of(app).shelf.listing.rows} == {"suspended"}
        await pilot.press("u")
        await is_over(pilot)
        assert {*states(app).values()} == {"new"} and "Took back" in text_of(app)
        assert app.collection.browsing.rows()[0].flagged


@pytest.mark.usefixtures("three_are_many")
@pytest.mark.parametrize("act", ["x", "u"])
async def test_an_act_on_many_cards_that_is_stopped_changes_nothing_and_can_be_done_again(
    desk: Desk, act: str
) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "ctrl+a")
        if act == "u":
            await pilot.press("x")
            await is_over(pilot)
        before = states(app)
        with another_writes(desk):
            await pilot.press(act, "escape")
        await is_over(pilot)
        assert states(app) == before and "Stopped: nothing was changed" in text_of(app)
        await pilot.press(act)
        await is_over(pilot)
        assert {*states(app).values()} == {"new" if act == "u" else "suspended"}


@pytest.mark.usefixtures("three_are_many")
async def test_an_act_on_many_cards_that_fails_says_so(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "ctrl+a", "x")
        await is_over(pilot)
        desk.collection().browsing.undo(screen_of(app)._done[-1])
        await pilot.press("u")
        await is_over(pilot)
        assert "taken back in another session already" in text_of(app)
        assert {*states(app).values()} == {"new"}


@pytest.mark.usefixtures("three_are_many")
async def test_what_could_not_be_taken_back_can_be_taken_back_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "ctrl+a", "x")
        await is_over(pilot)

        def fails(store: Store) -> str:
            raise DataError("the progress file cannot be read: another program is writing to it")

        with monkeypatch.context() as patch:
            patch.setattr(Store, "scheduling_settings", fails)
            await pilot.press("u")
            await is_over(pilot)
        assert "another program is writing to it" in text_of(app)
        assert {*states(app).values()} == {"suspended"}
        await pilot.press("u")
        await is_over(pilot)
        assert {*states(app).values()} == {"new"}


async def test_cards_that_could_not_be_read_are_read_when_the_screen_is_come_back_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = browser(desk)

    def fails(browsing: Browsing) -> Iterator[list[Row]]:
        raise DataError("the progress file cannot be read: another program is writing to it")

    with monkeypatch.context() as patch:
        patch.setattr(Browsing, "in_parts", fails)
        async with app.run_test(size=WIDE) as pilot:
            await pilot.pause()
            assert not screen_of(app).is_reading and not screen_of(app).shelf.listing.rows
            assert "another program is writing to it" in text_of(app)
            patch.undo()
            await pilot.press("f1")
            await pilot.press("escape")
            await is_read(pilot, app)
            assert len(screen_of(app).shelf.listing.rows) == 4


def in_parts_of(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (catalogue, finding):
        monkeypatch.setattr(module, "PART", size)


async def is_read(pilot: Pilot[None], app: TrainerApp) -> None:
    while screen_of(app).is_reading:
        await pilot.pause(0.004)
    await pilot.pause()


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
async def test_cards_that_are_read_in_parts_are_those_that_are_read_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    desk.write("river", OTHER.format(title="River"))
    monkeypatch.setattr(finding, "GAP", 60)
    in_parts_of(size, monkeypatch)
    app = browser(desk, Filter(words="river"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert screen_of(app).is_reading and f" {size} …" in text_of(app)
        await pilot.press("backspace", "s")
        assert "No card" not in text_of(app) and "There is no card" not in text_of(app)
        monkeypatch.setattr(finding, "GAP", 0.001)
        screen_of(app).read()
        await is_read(pilot, app)
        assert words(app) == "rives"
        screen_of(app).query_one(SearchLine).value = ""
        await pilot.pause()
        assert shown(app) == [CAPITAL, SENT_HOME, WHY, GAP, "river/one/card", "river/two/card"]


async def test_what_is_done_while_cards_are_read_anew_is_seen_when_they_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "down")
        in_parts_of(3, monkeypatch)
        monkeypatch.setattr(finding, "GAP", 60)
        screen_of(app).read()
        await pilot.pause()
        assert screen_of(app).is_reading and shown(app) == [CAPITAL, SENT_HOME, WHY, GAP]
        monkeypatch.setattr(finding, "GAP", 0.001)
        await pilot.press("x")
        await is_read(pilot, app)
        assert [row.state for row in screen_of(app).shelf.listing.rows] == ["new", "suspended", "new", "new"]
        assert marked(app) == SENT_HOME


# Keys that are held


async def hold(pilot: Pilot[None], app: TrainerApp, key: str, then: Iterable[float]) -> None:
    """Press a key again and again, so many seconds after each other."""
    now = app.monotonic()
    for seconds in then:
        now += seconds
        app.monotonic = partial(float, now)
        await pilot.press(key)
    await pilot.pause()


async def test_a_held_key_is_no_second_press(desk: Desk) -> None:
    desk.config = desk.config._replace(new_per_day=0)
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await hold(pilot, app, "F", [0.1] * 9)
        assert "Press F again" in text_of(app)
        await hold(pilot, app, "F", [0.2])
        assert "Press F again" not in text_of(app)
        await hold(pilot, app, "a", [0.1] * 9)
        assert "None of them comes today" in text_of(app)
        await hold(pilot, app, "a", [0.2])
        assert study_of(app).session.selection.cram


# Decks that change


async def test_cards_of_a_deck_that_breaks_go_with_their_selection_and_it_is_said(desk: Desk) -> None:
    desk.write("atlas", OTHER.format(title="Atlas"))
    desk.write("border", OTHER.format(title="Border"))
    edits(desk, "notes:", "nots:")
    app = browser(desk)
    async with app.run_test(size=(200, 40)) as pilot:
        await pilot.press("enter", "space", "down", "space", "k", "k")
        assert screen_of(app).selected == {"atlas/one/card", "border/one/card"}
        assert marked(app) == "atlas/two/card"
        await pilot.press("e")
        await pilot.pause()
        seen = text_of(app)
        assert "Since the edit, 2 cards less: in no deck that can be read." in seen and "●1 " in seen
        assert screen_of(app).selected == {"border/one/card"}
        assert marked(app) == "border/one/card"


async def test_the_mark_stays_near_the_cards_that_have_gone(desk: Desk) -> None:
    desk.write("atlas", OTHER.format(title="Atlas"))
    desk.write("river", OTHER.format(title="River"))
    path = desk.folder / "decks" / "capitals.yaml"
    desk.config = desk.config._replace(editor=f"sh -c 'rm {path}'")
    app = browser(desk)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("enter", "j", "j", "j", "j")
        assert marked(app) == WHY
        await pilot.press("e")
        await pilot.pause()
        assert marked(app) == "river/one/card"
        assert any(f"{path} is gone" in notice.message for notice in app._notifications)


# Searching and choosing


async def test_words_are_called_unknown_only_once_all_cards_are_searched(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_PREPARED_AT_ONCE", 1)
    app = browser(desk, Filter(words="ambasador"))
    said: list[str] = []
    monkeypatch.setattr(Status, "tell", lambda self, text: said.append(text))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        while screen_of(app).is_searching:
            await pilot.pause(0.004)
    assert [text for text in said if text] == ["no “ambasador”, but ambassador"]


async def test_what_was_said_about_words_is_taken_back_when_it_is_so_no_more(desk: Desk) -> None:
    edits(desk, "Minsk", "Minzk")
    app = browser(desk, Filter(words="minzk"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        while screen_of(app).is_searching:
            await pilot.pause(0.004)
        assert "no “minzk”, but minsk" in text_of(app)
        await pilot.press("e")
        await pilot.pause()
        assert shown(app) == [GAP] and "no “minzk”" not in text_of(app)


@pytest.mark.parametrize("size", [TINY, NARROW, (80, 24), (100, 30), (30, 6)])
async def test_the_mark_of_a_picker_never_leaves_the_screen(desk: Desk, size: tuple[int, int]) -> None:
    for number in range(30):
        desk.write(f"deck{number:02}", OTHER.format(title=f"D{number:02}"))
    app = browser(desk)
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", "d")
        await pilot.pause()
        for key, times in (("down", 32), ("up", 32), ("pagedown", 2)):
            for _ in range(times):
                await pilot.press(key)
                assert any("│ › " in line for line in text_of(app).splitlines())


async def test_sources_are_picked_by_their_titles_with_their_ids_beside(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "r")
        await pilot.pause()
        assert "○ A report on two ambassadors  report " in text_of(app)
        await type_in(pilot, "two amb")
        await pilot.press("enter")
        await pilot.pause()
        assert shown(app) == [CAPITAL, SENT_HOME]


async def test_a_count_of_many_selected_cards_has_a_comma(desk: Desk) -> None:
    desk.write(
        "many",
        "title: Many\nnotes:\n"
        + "".join(
            f"  - {{id: n{number}, question: Which is {number}?, answer: a}}\n" for number in range(1200)
        ),
    )
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "ctrl+a")
        await pilot.pause()
        assert "●1,204  1,204" in text_of(app)
