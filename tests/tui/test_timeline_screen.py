"""The timeline on screen: lanes, the mark, replies, and what its keys do."""

from __future__ import annotations

import pytest
from desk import NARROW, TINY, WIDE, Desk, assert_clean, assert_golden, front, text_of
from events import editor, edits, make_event
from textual.app import App
from textual.events import MouseScrollDown
from textual.widgets import Static

from trainer.core.timeline import timeline
from trainer.core.visible import one_line
from trainer.tui.app import TrainerApp
from trainer.tui.screens.event_panel import EventPanel
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.passage import SourcesPanel
from trainer.tui.screens.study import StudyScreen
from trainer.tui.screens.timeline import TimelineScreen
from trainer.tui.widgets.event_labels import cells_of, label_of, line_of
from trainer.tui.widgets.timeline_view import TimelineView
from trainer.tui.widgets.wires import Spot, Wire, clear, drawn

EVENTS = """\
title: What happened
notes:
  - {id: war, type: event, what: A war breaks out, when: "2020", source: report#1}
  - id: recall
    type: event
    what: Armenia recalls its ambassador
    who: Armenia
    did: recalled
    whom: the ambassador in Minsk
    when: 2024-06-13
    why: Over arms sold to a neighbour.
    skip: who
    source: [report#2, report#4]
  - id: answer
    type: event
    what: Belarus recalls its own
    who: Belarus
    did: recalled
    whom: its ambassador in Yerevan
    when: 2024-06
    answers: recall
    skip: who
    source: report#5
  - {id: note, type: event, what: Russia sends a note, who: Russia, when: 2024-06-18, answers: recall,
     skip: who, source: report#5}
  - {id: talk, type: event, what: Two of them talk, who: [Armenia, Russia], when: 2024-07-02, source: report}
  - {id: rumour, type: event, what: Belarus is said to regret it, who: Belarus, skip: who, source: report#6}
"""
MORE = """\
  - {id: glaz, type: event, what: An envoy is called back, who: Anatoly Glaz, when: 2021, source: report#1}
  - {id: kyiv, type: event, what: Karapetyan writes, who: Vladimir Karapetyan, when: 2022, source: report#1}
"""
LOW = (70, 18)
"""The smallest screen with lanes."""

HOSTILE = [
    "[bold]loud[/bold]",
    "[@click=app.quit]press[/]",
    "\u202egnp.exe",
    "中文字幕の物語です" * 9,
    "👩‍👩‍👧 family",
]


def open_events(desk: Desk, text: str = EVENTS) -> TrainerApp:
    desk.write("events", text)
    return desk.home()


def screen_of(app: TrainerApp) -> TimelineScreen:
    assert isinstance(app.screen, TimelineScreen)
    return app.screen


def marked(app: TrainerApp) -> str:
    """The note of the marked event."""
    screen = screen_of(app)
    return screen._rows[screen.query_one(TimelineView).marked].event.note


def lane(app: TrainerApp) -> str:
    """The lane of the mark, as it is shown at the left."""
    (line,) = [line for line in text_of(app).splitlines() if line.startswith("› ")]
    return line.split()[1]


def found(app: App[None], text: str) -> tuple[int, int]:
    """Where a text stands on screen."""
    for row, line in enumerate(text_of(app).splitlines()):  # type: ignore[arg-type]
        if text in line:
            return line.index(text), row
    raise AssertionError(f"{text!r} is not on screen")


async def test_timeline_golden(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right")
        assert_golden(app, "timeline-100x30")


async def test_arrows_go_through_time_and_between_lanes(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        seen = [marked(app)]
        for _ in range(6):
            await pilot.press("right")
            seen.append(marked(app))
        assert seen == ["war", "recall", "answer", "note", "talk", "rumour", "rumour"]
        await pilot.press("home", "right")
        assert (marked(app), lane(app)) == ("recall", "Armenia")
        await pilot.press("down")
        assert (marked(app), lane(app)) == ("answer", "Belarus")
        await pilot.press("down")
        assert (marked(app), lane(app)) == ("note", "Russia")
        await pilot.press("up", "up", "up")
        assert (marked(app), lane(app)) == ("recall", "Armenia")
        await pilot.press("end")
        assert marked(app) == "rumour"
        await pilot.press("left")
        assert marked(app) == "talk"


async def test_an_event_of_two_actors_stands_in_both_lanes(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=(140, 30)) as pilot:
        await pilot.press("t", "end", "left")
        assert sum("Two of them talk" in line for line in text_of(app).splitlines()[:20]) == 2
        assert lane(app) == "Armenia"
        await pilot.press("down", "down")
        assert (marked(app), lane(app)) == ("talk", "Russia")


async def test_replies_are_drawn_from_what_they_answer_and_told(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "end", "home")
        lines = text_of(app).splitlines()
        assert any("─▶├○recalls its own" in line for line in lines)
        assert any("╰─────▶○sends a note" in line for line in lines)
        await pilot.press("right", "right")
        assert "in answer to 13 Jun 2024: Armenia recalls its ambassador" in text_of(app)
        await pilot.press("left")
        assert "answered by Jun 2024: Belarus recalls its own" in text_of(app)


async def test_r_goes_to_what_is_answered_and_through_what_answers(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        assert not screen_of(app).check_action("reply", ())
        await pilot.press("r")
        assert [each.message for each in app._notifications] == [
            "This event answers nothing, and nothing answers it."
        ]
        await pilot.press("right", "right", "r")
        assert marked(app) == "recall"
        await pilot.press("r")
        assert marked(app) == "note"
        await pilot.press("r", "r")
        assert marked(app) == "answer"


async def test_how_well_it_is_known_is_a_sign_and_not_a_colour_alone(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right")
        assert "○recalls its ambassador" in text_of(app)
        assert "○ known 0 % · 4 cards" in text_of(app)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        await pilot.press("enter", "3", "q")
        await pilot.press("h")
        assert marked(app) == "recall"
        assert "◐recalls its ambassador" in text_of(app)
        assert "◐ known 25 % · 4 cards" in text_of(app)


async def test_enter_tells_the_event_and_studies_its_cards(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right", "enter")
        assert isinstance(app.screen, EventPanel)
        assert "○ new" in text_of(app)
        assert "What did Armenia do on 13 June 2024?" in text_of(app)
        await pilot.press("escape")
        assert marked(app) == "recall"
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert front(app) == "events/recall/what"


async def test_where_nothing_is_due_all_cards_come_off_the_schedule(desk: Desk) -> None:
    desk.config = desk.config._replace(new_per_day=0)
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right", "enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.session.selection.cram
        assert app.screen.session.total == 4


async def test_c_crams_the_cards_of_the_event(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right", "enter", "c")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.session.selection.cram


async def test_where_every_card_is_suspended_it_says_so(desk: Desk) -> None:
    app = open_events(desk)
    for card in app.collection.cards():
        app.collection.store.append_mark("suspend", card.id, moment=app.collection.now())
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right", "enter")
        assert "suspended" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Every card of this event is set aside." in text_of(app)


async def test_an_event_without_cards_is_told_without_keys_to_study(desk: Desk) -> None:
    events = "title: One\nnotes:\n  - {id: a, type: event, what: It rains, skip: [what], source: report}\n"
    app = open_events(desk, events)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        assert "no cards" in text_of(app)
        assert not screen_of(app).check_action("sources", ())
        await pilot.press("enter")
        assert "enter studies" not in text_of(app)
        await pilot.press("c")
        assert isinstance(app.screen, EventPanel)
        await pilot.press("enter")
        assert isinstance(app.screen, TimelineScreen)


async def test_s_shows_the_sources_of_the_event(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right", "s")
        assert isinstance(app.screen, SourcesPanel)
        assert "A report on two ambassadors" in text_of(app)
        assert "2, 4" in text_of(app)


async def test_d_chooses_whose_events_are_shown(desk: Desk) -> None:
    desk.write("more", "title: More\nnotes:\n  - {id: x, type: event, what: A bell rings, source: report}\n")
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        assert "1 of 7" in text_of(app)
        await pilot.press("d", *"more", "enter")
        assert "Timeline · More" in text_of(app)
        assert "1 of 1" in text_of(app)
        await pilot.press("d", "escape")
        assert "1 of 1" in text_of(app)
        await pilot.press("d", "backspace")
        assert "Timeline · all decks" in text_of(app)
        assert "7 of 7" in text_of(app), "the same event is marked"


async def test_a_click_marks_an_event(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        await pilot.click(offset=found(app, "sends a note"))
        assert marked(app) == "note"
        column, row = found(app, "sends a note")
        await pilot.click(offset=(column + 2, row + 1))
        assert marked(app) == "note"


async def test_the_wheel_scrolls_in_time_and_the_next_key_follows_the_mark(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("t")
        before = text_of(app)
        for _ in range(9):
            await pilot._post_mouse_events([MouseScrollDown], widget=TimelineView)
        await pilot.pause()
        assert "no date" in text_of(app)
        assert marked(app) == "war"
        await pilot.press("home")
        assert text_of(app) == before


async def test_editing_shows_the_event_as_it_is_now(desk: Desk) -> None:
    edits(desk, "Armenia recalls its ambassador", "Armenia withdraws its envoy")
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right", "e")
        assert marked(app) == "recall"
        assert "Armenia withdraws its envoy" in text_of(app)


async def test_among_all_events_those_of_a_deck_that_cannot_be_read_any_more_stay(desk: Desk) -> None:
    desk.write("more", "title: More\nnotes:\n  - {id: x, type: event, what: A bell rings, source: report}\n")
    edits(desk, "what: Armenia", "waht: Armenia")
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "right", "e")
        assert marked(app) == "recall"
        assert "2 of 7" in text_of(app)


async def test_events_of_a_deck_that_cannot_be_read_any_more_stay(desk: Desk) -> None:
    edits(desk, "what: Armenia", "waht: Armenia")
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "d", *"what", "enter", "right", "e")
        assert marked(app) == "recall"
        assert "2 of 6" in text_of(app)
        assert "Timeline · What happened" in text_of(app)
        assert "no such deck" not in text_of(app)
        fixed = editor(desk, "waht: Armenia", "what: Old Armenia")
        app.collection.config = app.collection.config._replace(editor=fixed)
        await pilot.press("e")
        assert "Old Armenia recalls" in text_of(app)
        assert "2 of 6" in text_of(app)


async def test_leaving_goes_home(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=WIDE) as pilot:
        for key in ("q", "escape"):
            await pilot.press("t", key)
            assert isinstance(app.screen, HomeScreen)


async def test_without_events_it_says_how_to_write_one(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        assert "No event in these decks yet." in text_of(app)
        assert app.screen.query_one("#no-events", Static).display
        await pilot.press("right", "down", "end", "pagedown", "r", "enter", "s", "e")
        assert isinstance(app.screen, TimelineScreen)
        await pilot.press("q")
        assert isinstance(app.screen, HomeScreen)


async def test_a_small_screen_has_a_list(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=TINY) as pilot:
        await pilot.press("t", "down")
        assert "› 13 Jun 2024 ○ Armenia recalls its am" in text_of(app)
        await pilot.press("down")
        assert "›    Jun 2024 ○ ↳ Belarus recalls its " in text_of(app)
        await pilot.press("pagedown")
        assert marked(app) == "rumour"
        await pilot.press("pageup", "up")
        assert marked(app) == "war"
        await pilot.click(offset=found(app, "18 Jun 2024"))
        assert marked(app) == "note"


async def test_in_a_low_screen_lanes_and_details_are_both_there(desk: Desk) -> None:
    app = open_events(desk)
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("t", "right")
        seen = text_of(app)
        assert "› Armenia" in seen and "Belarus" in seen
        assert "13 June 2024  Armenia recalls its ambassador" in seen
        for small in (TINY, NARROW):
            await pilot.resize_terminal(*small)
            await pilot.press("left", "right")
            assert "› 13 Jun 2024" in text_of(app)
        await pilot.resize_terminal(*WIDE)
        await pilot.press("left", "right")
        assert "› Armenia" in text_of(app)


@pytest.mark.parametrize("size", [WIDE, LOW, NARROW, TINY, (20, 5)])
async def test_hostile_and_wide_text_is_shown_as_written(desk: Desk, size: tuple[int, int]) -> None:
    notes = "".join(
        f"  - {{id: h{number}, type: event, what: {text!r}, who: {text!r}, when: 2024-06-0{number + 1},"
        f" skip: [who, what], source: report}}\n"
        for number, text in enumerate(HOSTILE)
    )
    app = open_events(desk, f"title: Hostile\nnotes:\n{notes}".replace("\\u202e", "\u202e"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("t")
        for _ in HOSTILE:
            assert_clean(text_of(app))
            await pilot.press("right")
        await pilot.press("enter")
        assert_clean(text_of(app))


async def test_every_width_keeps_its_edges_with_wide_characters(desk: Desk) -> None:
    notes = "".join(
        f"  - {{id: h{number}, type: event, what: 中文字幕の物語です{number}, when: 2024-06-0{number + 1},"
        " skip: [what], source: report}\n"
        for number in range(5)
    )
    app = open_events(desk, f"title: Wide\nnotes:\n{notes}")
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("t")
        view = app.screen.query_one(TimelineView)
        for _ in range(40):
            assert {line.cell_length for line in view._look.lines()} <= {view.size.width}
            view._look.scroll(columns=1)


async def test_thousands_of_events_are_painted_only_where_they_are_seen(desk: Desk) -> None:
    notes = "".join(
        f"  - {{id: n{number}, type: event, what: Event {number}, who: Actor {number % 9},"
        f" when: {1900 + number // 10}-0{1 + number % 9}, skip: [what, who, order], source: report}}\n"
        for number in range(1000)
    )
    app = open_events(desk, f"title: Many\nnotes:\n{notes}")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "end", "left", "pageup", "down")
        view = app.screen.query_one(TimelineView)
        cells_of.cache_clear()
        view._look.lines()
        assert cells_of.cache_info().misses < 100


async def test_actors_of_one_event_share_a_lane_and_are_named_in_it(desk: Desk) -> None:
    app = open_events(desk, EVENTS + MORE)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        seen = text_of(app)
        assert "Anatoly Glaz: An envoy …" in seen and "○Karapetyan writes" in seen
        assert lane(app) == "others"
        assert [line.split()[0] for line in seen.splitlines()[4:16] if line[2:].strip()][:1] == ["Armenia"]


async def test_a_label_that_begins_out_of_sight_is_told_at_the_edge(desk: Desk) -> None:
    app = open_events(desk, EVENTS + MORE)
    async with app.run_test(size=LOW) as pilot:
        await pilot.press("t")
        look = app.screen.query_one(TimelineView)._look
        (line,) = [line.plain for line in look.lines() if "Anatoly" in line.plain]
        gutter = len("› Armenia  ")
        look.scroll(columns=line.index("○") - gutter + 3)
        (line,) = [line.plain for line in look.lines() if "Anatoly" in line.plain]
        assert line[gutter:].startswith("○Anatoly Glaz…┤"), line


# What it is made of


def test_an_actor_that_a_line_does_not_name_is_put_before_it() -> None:
    assert line_of(make_event("a", "", "Armenia", what="leaves")) == "Armenia: leaves"
    assert line_of(make_event("a", "", "Armenia", what="Armenia leaves")) == "Armenia leaves"
    assert line_of(make_event("a", "", "Dmitry Peskov", what="Peskov says no")) == "Peskov says no"
    assert line_of(make_event("a", "", "Le Monde", "The Post", what="the press says")) == (
        "Le Monde, The Post: the press says"
    )
    two = make_event("a", "", "Alexander Lukashenko", "Aliyev", what="Lukashenko, visiting, speaks")
    assert line_of(two) == "Aliyev: Lukashenko, visiting, speaks"
    assert timeline([make_event("a")]).lanes == ("",)


@pytest.mark.parametrize(
    ("actors", "what", "label"),
    [
        (("Armenia",), "Armenia leaves", "leaves"),
        (("Nikol Pashinyan",), "Pashinyan speaks", "speaks"),
        (("Armenia", "Russia"), "Armenia and Russia talk", "talk"),
        (("Armenia",), "Armenia and its ally talk", "Armenia and its…"),
        (("Armenia",), "Armenian officials speak", "Armenian offici…"),
        (("  ",), "  leaves", "leaves"),
        ((), "leaves", "leaves"),
    ],
)
def test_a_label_leaves_out_the_actor_that_its_lane_names(
    actors: tuple[str, ...], what: str, label: str
) -> None:
    assert label_of(make_event("a", "", *actors, what=what), 16) == label


def test_a_label_keeps_the_names_that_are_no_lane_s() -> None:
    together = make_event("a", "", "Armenia", "Nauru", what="Armenia and Nauru talk")
    assert label_of(together, 40, lanes=["Armenia", "Nauru"]) == "talk"
    assert label_of(together, 40, lanes=["Armenia"]) == "Armenia and Nauru talk"
    assert label_of(make_event("a", "", "Nauru", what="a plan"), 40, lanes=["Armenia"]) == "Nauru: a plan"
    assert label_of(make_event("a", "", "Nauru", what="Nauru plans"), 40, lanes=[]) == "Nauru plans"


def test_a_wire_goes_down_or_up_and_to_the_right() -> None:
    down = drawn([Wire(Spot(0, 2), Spot(3, 6))])
    assert down == {1: {2: "│"}, 2: {2: "│"}, 3: {2: "╰", 3: "─", 4: "─", 5: "▶"}}
    assert drawn([Wire(Spot(3, 2), Spot(1, 4))]) == {2: {2: "│"}, 1: {2: "╭", 3: "▶"}}
    assert drawn([Wire(Spot(3, 2), Spot(3, 4)), Wire(Spot(1, 5), Spot(3, 4))]) == {}


def test_wires_from_one_spot_share_their_way_and_others_keep_clear() -> None:
    one, other = Wire(Spot(0, 2), Spot(2, 5)), Wire(Spot(0, 2), Spot(4, 5))
    crossing = Wire(Spot(1, 0), Spot(3, 5))
    kept = clear([one, other, crossing], lambda row, first, last: False)
    assert kept == [one, other]
    assert drawn(kept)[2][2] == "├"
    assert clear([one], lambda row, first, last: row == 1) == []
    assert clear([one], lambda row, first, last: row == 2 and last == 4) == []


def test_a_text_is_as_many_cells_as_it_is_wide() -> None:
    assert list(cells_of("aé")) == ["a", "é"]
    assert list(cells_of("e\u0301x")) == ["e\u0301", "x"]
    assert list(cells_of("中a")) == ["中", "", "a"]
    assert one_line("".join(cells_of("中a"))) == "中a"
