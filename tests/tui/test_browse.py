"""Browse: finding cards, and handling one or many of them."""

from __future__ import annotations

import pytest
from browse_desk import CAPITAL, GAP, SENT_HOME, WHY, browser, marked, screen_of, shown, states, type_in
from desk import (
    FORMS,
    NARROW,
    TINY,
    WIDE,
    Desk,
    assert_clean,
    assert_golden,
    study_of,
    text_of,
)

from trainer.core.catalogue import Filter
from trainer.tui.screens.browse import BrowseScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import Panel
from trainer.tui.screens.pick import PickPanel
from trainer.tui.widgets.card_table import CardTable

# Finding


async def test_home_leads_here_and_escape_back(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        assert shown(app) == [CAPITAL, SENT_HOME, WHY, GAP]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_words_are_searched_while_they_are_typed_and_escape_clears_them(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await type_in(pilot, "xuq")
        assert shown(app) == [] and "No card is like that" in text_of(app)
        await pilot.press("escape")
        await type_in(pilot, "ambasador arms")
        assert shown(app) == [WHY]
        assert "no “ambasador”, but ambassador" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert len(shown(app)) == 4 and isinstance(app.screen, BrowseScreen)


async def test_letters_are_text_while_searching_and_keys_among_the_cards(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await type_in(pilot, "fx")
        assert {*states(app).values()} == {"new"}
        await pilot.press("escape", "enter", "j", "x")
        await pilot.pause()
        assert states(app)[SENT_HOME] == "suspended"
        await pilot.press("slash")
        await type_in(pilot, "x")
        assert states(app)[SENT_HOME] == "suspended" and states(app)[CAPITAL] == "new"


async def test_the_marked_card_is_shown_below_and_in_full(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=(100, 45)) as pilot:
        await pilot.press("down", "f")
        await pilot.pause()
        seen = text_of(app)
        assert "Parliament sits there" in seen and "¶ 2, 3" in seen
        assert "capitals/capital/card" in seen and "capitals.yaml:4" in "".join(seen.split())
        assert "flagged" in seen and "21 Nov 2026" in seen
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Panel) and "It lies on the Hrazdan" in text_of(app)
        await pilot.press("escape", "s")
        await pilot.pause()
        assert "A report on two ambassadors" in text_of(app)
        await pilot.press("escape", "end", "s")
        await pilot.pause()
        assert "cites no source" in text_of(app)


async def test_moving_goes_to_the_ends_and_no_further(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "k")
        assert marked(app) == CAPITAL
        await pilot.press("end")
        assert marked(app) == GAP
        await pilot.press("j", "pagedown")
        assert marked(app) == GAP
        await pilot.press("home")
        assert marked(app) == CAPITAL


async def test_a_filter_is_picked_by_typing_and_cleared_by_backspace(desk: Desk) -> None:
    desk.write("forms", FORMS)
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "d")
        assert isinstance(app.screen, PickPanel)
        await type_in(pilot, "capitals")
        await pilot.press("enter")
        await pilot.pause()
        assert shown(app) == [CAPITAL, SENT_HOME, WHY, GAP]
        assert "deck: Capitals and recalls" in text_of(app)
        await pilot.press("t", "down", "enter")
        await pilot.pause()
        assert len(shown(app)) == 1
        await pilot.press("t", "escape")
        assert len(shown(app)) == 1
        await pilot.press("t", "backspace")
        await pilot.pause()
        assert len(shown(app)) == 4
        await pilot.press("n")
        await type_in(pilot, "erev")
        await pilot.press("enter")
        await pilot.pause()
        assert shown(app) == [CAPITAL, SENT_HOME]
        await pilot.press("r", "down", "enter", "y", "down", "enter")
        await pilot.pause()
        assert shown(app) == []
        await pilot.press("y", "backspace", "y")
        await type_in(pilot, "nothing like")
        assert "nothing like that" in text_of(app)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert shown(app) == [CAPITAL, SENT_HOME]


async def test_flagged_and_leeches_come_on_top_of_a_state(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "f", "y")
        await type_in(pilot, "flagged")
        await pilot.press("enter", "y")
        await type_in(pilot, "new")
        await pilot.press("enter")
        await pilot.pause()
        assert shown(app) == [CAPITAL] and "state: new, flagged" in text_of(app)
        await pilot.press("y")
        await type_in(pilot, "leech")
        await pilot.press("enter")
        await pilot.pause()
        assert shown(app) == []


async def test_cards_are_sorted_by_key_and_by_heading(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", *"cccc")
        await pilot.pause()
        assert shown(app) == [GAP, CAPITAL, SENT_HOME, WHY]
        await pilot.press("C")
        await pilot.pause()
        assert shown(app) == [WHY, SENT_HOME, CAPITAL, GAP]
        await pilot.click(CardTable, offset=(6, 0))
        await pilot.pause()
        assert shown(app) == [GAP, CAPITAL, SENT_HOME, WHY]


# Handling


async def test_many_cards_are_suspended_at_once_and_brought_back_as_a_whole(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "space", "space", "x")
        await pilot.pause()
        assert "Suspended 2 cards" in text_of(app)
        assert [*states(app).values()] == ["suspended", "suspended", "new", "new"]
        await pilot.press("x")
        await pilot.pause()
        assert "Brought back 2 cards" in text_of(app)
        await pilot.press("u")
        await pilot.pause()
        assert "Took back: the bringing back of 2 cards" in text_of(app)
        assert [*states(app).values()] == ["suspended", "suspended", "new", "new"]
        await pilot.press("u", "u")
        await pilot.pause()
        assert {*states(app).values()} == {"new"} and "Nothing was done here" in text_of(app)


async def test_all_that_are_found_are_selected_and_no_others(desk: Desk) -> None:
    app = browser(desk, Filter(words="ambassador"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "ctrl+a", "b")
        await pilot.pause()
        buried = {card for card, state in states(app).items() if state == "buried"}
        assert buried == {SENT_HOME, WHY, GAP}
        await pilot.press("ctrl+a", "b")
        await pilot.pause()
        assert "already" in text_of(app)


async def test_escape_takes_the_selection_back_first(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "ctrl+a")
        assert screen_of(app).selected == {CAPITAL, SENT_HOME, WHY, GAP}
        await pilot.press("escape")
        assert screen_of(app).selected == set()
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_forgetting_asks_once_and_can_be_undone(desk: Desk) -> None:
    collection = desk.collection()
    card = collection.cards([CAPITAL])[0]
    session = collection.session_of(card)
    verdict = collection.grade(card, "Yerevan")
    collection.rate(session, verdict.suggested, verdict=verdict, response="Yerevan", milliseconds=900)
    collection.close()
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "F", "j", "k", "F")
        await pilot.pause()
        assert "Press F again to forget 1 card" in text_of(app)
        assert states(app)[CAPITAL] == "learning"
        await pilot.press("F")
        await pilot.pause()
        assert states(app)[CAPITAL] == "new"
        assert "forgotten: new again" in text_of(app) and "“Yerevan”" in text_of(app)
        await pilot.press("u")
        await pilot.pause()
        assert states(app)[CAPITAL] == "learning" and "(taken back)" in text_of(app)


async def test_a_card_that_does_not_fit_the_filter_any_more_leaves_the_list(desk: Desk) -> None:
    app = browser(desk, Filter(states=("new",)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "j", "x")
        await pilot.pause()
        assert shown(app) == [CAPITAL, WHY, GAP] and marked(app) == WHY
        await pilot.press("u")
        await pilot.pause()
        assert shown(app) == [CAPITAL, SENT_HOME, WHY, GAP]


async def test_the_cards_that_are_found_are_studied(desk: Desk) -> None:
    app = browser(desk, Filter(words="capital of"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "a")
        await pilot.pause()
        assert study_of(app).session.front == CAPITAL
        assert study_of(app).session.total == 1


async def test_cards_that_do_not_come_today_are_asked_when_wanted_twice(desk: Desk) -> None:
    desk.config = desk.config._replace(new_per_day=0)
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "space", "a")
        await pilot.pause()
        assert "None of them comes today" in text_of(app)
        await pilot.press("a")
        await pilot.pause()
        assert study_of(app).session.selection.cram


async def test_a_failed_act_leaves_all_as_it_was_and_says_so(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        app.collection.store.connection.execute("PRAGMA query_only = ON")
        await pilot.press("enter", "ctrl+a", "x")
        await pilot.pause()
        assert "Nothing was changed" in text_of(app)
        app.collection.store.connection.execute("PRAGMA query_only = OFF")
        assert {*states(app).values()} == {"new"}
        await pilot.press("x")
        await pilot.pause()
        assert {*states(app).values()} == {"suspended"}


async def test_what_another_session_did_is_seen_after_the_next_act(desk: Desk) -> None:
    app, other = browser(desk), desk.collection()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        other.browsing.mark("suspend", [CAPITAL, GAP])
        await pilot.press("x")
        await pilot.pause()
        assert "already" in text_of(app)
        assert [row.state for row in screen_of(app).shelf.listing.rows] == [
            "suspended",
            "new",
            "new",
            "suspended",
        ]


# The mouse


async def test_the_mouse_marks_selects_opens_and_picks(desk: Desk) -> None:
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.click(CardTable, offset=(10, 3))
        assert marked(app) == WHY
        await pilot.click(CardTable, offset=(1, 2))
        assert screen_of(app).selected == {SENT_HOME}
        await pilot.click(CardTable, offset=(10, 1), times=2)
        await pilot.pause()
        assert isinstance(app.screen, Panel)
        await pilot.press("escape")
        await pilot.click("Chips", offset=(3, 0))
        await pilot.pause()
        assert isinstance(app.screen, PickPanel)
        await pilot.click("_Choices", offset=(4, 1))
        await pilot.pause()
        assert "deck: Capitals" in text_of(app)


# Hard cases


async def test_there_may_be_no_card_at_all(desk: Desk) -> None:
    desk.write("capitals", "title: Empty\nnotes: []\n")
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "x", "f", "F", "b", "e", "s", "a", "space", "ctrl+a", "u", "j", "end", "c")
        await pilot.press("enter", "d", "escape", "y", "escape", "slash", "a")
        await pilot.pause()
        assert "There is no card in these decks" in text_of(app)


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY, (20, 5), (160, 40)])
async def test_foreign_text_is_shown_as_it_is_written_at_every_size(
    desk: Desk, size: tuple[int, int]
) -> None:
    strange = "[bold]日本語の質問[/] {x} \\u202e 👩‍👩‍👧 " + "very " * 300 + "long"
    desk.write(
        "strange", f'title: "[red]日本[/red]"\nnotes:\n  - {{id: a, question: "{strange}?", answer: "[/]"}}\n'
    )
    app = browser(desk)
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", "end")
        await pilot.pause()
        seen = text_of(app)
        assert_clean(seen)
        if size[0] >= 60:
            assert "[bold]日本語の質問[/]" in seen
        await pilot.press("enter")
        await pilot.pause()
        assert_clean(text_of(app))
        await pilot.press("escape", "d", "end")
        await pilot.pause()
        assert_clean(text_of(app))


async def test_a_card_edited_elsewhere_is_read_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    script = desk.folder / "editor"
    path = desk.folder / "decks" / "capitals.yaml"
    script.write_text(f"#!/bin/sh\nsed -i 's/capital of Armenia/seat of Armenia/' '{path}'\n")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    app = browser(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "e")
        await pilot.pause()
        assert "What is the seat of Armenia?" in text_of(app)
        assert marked(app) == CAPITAL
        await pilot.press("slash")
        await type_in(pilot, "seat")
        assert shown(app) == [CAPITAL]


@pytest.mark.parametrize("size", [NARROW, TINY])
async def test_browse_looks_as_it_should(desk: Desk, size: tuple[int, int]) -> None:
    app = browser(desk)
    async with app.run_test(size=size) as pilot:
        await type_in(pilot, "")
        for key in ("enter", "f", "j", "x", "space", "k"):
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause()
        assert_golden(app, f"browse-{size[0]}x{size[1]}")
