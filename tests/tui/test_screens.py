"""Home, panels, palette, looks, and text that means harm."""

from __future__ import annotations

import json
import re

import pytest
from desk import Desk, assert_clean, assert_golden, text_of
from textual.binding import Binding
from textual.widgets._toast import Toast

from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.study import StudyScreen

HOSTILE = [
    "[/]",
    "[@click=app.quit]press[/]",
    "[bold]loud[/bold]",
    "\x1b]52;c;aGk=\x07",
    "\x1b[2J\x1b[31mred\x9b31m",
    "\u202egnp.exe",
    "a\x00b",
    "e" + "\u0301" * 60,
    "$accent {{braces}} {0}",
]


async def test_home_golden(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 30)):
        assert_golden(app, "home-100x30")


async def test_home_small_golden(desk: Desk) -> None:
    desk.write("broken", "title: Broken\nnotes:\n  - id: x\n    question: q\n    anwser: a\n")
    app = desk.home()
    async with app.run_test(size=(60, 15)):
        assert_golden(app, "home-broken-60x15")


@pytest.mark.parametrize("size", [(100, 30), (60, 15), (40, 12)])
async def test_study_golden(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.study()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert_golden(app, f"study-question-{size[0]}x{size[1]}")
        await pilot.press(*"yervan", "enter")
        assert_golden(app, f"study-answer-{size[0]}x{size[1]}")


async def test_summary_golden(desk: Desk) -> None:
    app = desk.study(Selection(limit=2))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "1", "1", "4", "escape")
        assert_golden(app, "summary-100x30")


async def test_everything_done_says_when_cards_come(desk: Desk) -> None:
    desk.config = desk.config._replace(new_per_day=0)
    app = desk.study()
    async with app.run_test(size=(100, 30)):
        assert "Nothing is due now." in text_of(app)
        assert "Tomorrow, from 4:00" in text_of(app)


async def test_home_without_decks_says_what_to_do(desk: Desk) -> None:
    for path in (desk.folder / "decks").iterdir():
        path.unlink()
    app = desk.home()
    async with app.run_test(size=(60, 15)) as pilot:
        assert "No deck to study here" in text_of(app)
        await pilot.press("enter", "a", "down", "c", "p")
        assert isinstance(app.screen, HomeScreen)


async def test_home_with_broken_decks_only_says_that_they_have_errors(desk: Desk) -> None:
    desk.write("capitals", "title: Broken\nnotes: [{id: a, question: Why?, answr: So}]\n")
    app = desk.home()
    async with app.run_test(size=(60, 15)) as pilot:
        seen = text_of(app)
        assert "No deck to study here: the deck file has errors." in seen
        assert "p shows them, and so does `trainer check`." in seen
        assert "--decks" not in seen
        await pilot.press("p")
        assert "Problems in deck files" in text_of(app)


@pytest.mark.parametrize(("width", "shown"), [(100, 3), (60, 2), (40, 1)])
async def test_today_is_one_line_and_its_time_goes_first(desk: Desk, width: int, shown: int) -> None:
    app = desk.home()
    collection = app.collection
    session = collection.start(Selection())
    assert session.card is not None
    verdict = collection.grade(session.card, "Yerevan", milliseconds=117_000)
    collection.rate(session, Rating.GOOD, verdict=verdict, response="Yerevan", milliseconds=117_000)
    async with app.run_test(size=(width, 15)):
        today = app.screen.query_one("#today")
        assert today.content_size.height == 1
        parts = ["1 answer, 4 to go", "score 100 %", "1 min 57 s"]
        assert [part in text_of(app) for part in parts] == [index < shown for index in range(3)]


@pytest.mark.parametrize("size", [(100, 30), (60, 15), (40, 12)])
async def test_notices_stand_below_the_title_and_cover_half_a_line_at_most(
    desk: Desk, size: tuple[int, int]
) -> None:
    app = desk.home()
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("u")
        await pilot.pause()
        (toast,) = app.screen.query(Toast)
        assert "there is nothing" in text_of(app)
        assert toast.region.y == 2
        assert toast.region.right <= size[0] and toast.region.width <= max(size[0] * 0.6, 24)
        assert toast.region.bottom <= size[1] - 5


async def test_home_opens_the_marked_deck_and_comes_back(desk: Desk) -> None:
    desk.write("zebra", "title: Zebras\nnotes:\n  - {id: one, question: How many?, answer: One}\n")
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.session.front == "zebra/one/card"
        await pilot.press("q")
        assert isinstance(app.screen, HomeScreen)


async def test_suspended_cards_are_brought_back_from_home(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "x", "1", "x", "q")
        assert isinstance(app.screen, HomeScreen)
        assert len(app.collection.standing.suspended(deck.key for deck in app.collection.decks)) == 2
        await pilot.press("r")
        assert app.collection.due().total.new == 4
        assert not app.screen.check_action("bring_back", ())


async def test_a_click_opens_a_deck(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.click("DeckTable > _Lines", offset=(6, 1))
        assert isinstance(app.screen, StudyScreen)


async def test_a_key_hint_can_be_clicked(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        lines = text_of(app).splitlines()
        (row,) = [row for row, line in enumerate(lines) if "study all" in line]
        await pilot.click(offset=(lines[row].index("study all"), row))
        assert isinstance(app.screen, StudyScreen)


async def test_home_names_a_broken_deck_and_explains_it(desk: Desk) -> None:
    desk.write("broken", "title: Broken\nnotes:\n  - id: x\n    question: q\n    anwser: a\n")
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        assert "! broken.yaml could not be read: line" in text_of(app)
        assert "Capitals and recalls" in text_of(app)
        await pilot.press("p")
        assert "did you mean" in text_of(app)


async def test_help_lists_the_keys_that_do_something_now(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("f1")
        seen = "\n".join(re.findall("│(.*)│", text_of(app)))
        live = {active.binding.description for active in app.screen_stack[-2].active_bindings.values()}
        for binding in StudyScreen.BINDINGS:
            assert isinstance(binding, Binding)
            assert (f" {binding.description}" in seen) == (binding.description in live), binding
        assert "show the answer" not in seen, "keys of other answer forms are left out"
        assert "ctrl+t " in seen and "h or ctrl+t" not in seen, "letters are text while an answer is typed"
        assert "ctrl+q or f10" in seen
        await pilot.press("escape")
        assert isinstance(app.screen, StudyScreen)


async def test_the_palette_does_what_a_key_does(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "ctrl+p")
        await pilot.press(*"suspend")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.collection.store.marks("capitals/capital/card").suspended


@pytest.mark.parametrize("key", ["ctrl+q", "f10"])
async def test_both_quit_keys_quit_while_typing(desk: Desk, key: str) -> None:
    app = desk.study()
    async with app.run_test() as pilot:
        await pilot.press("a", key)
        assert app._exit


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("size", [(20, 5), (80, 24), (132, 50)])
async def test_hostile_text_is_shown_as_written(desk: Desk, text: str, size: tuple[int, int]) -> None:
    """Control characters cannot come from a deck, as its reader refuses them, but can be typed or pasted."""
    in_deck = "".join(
        character for character in text if character >= " " and not "\x7f" <= character < "\xa0"
    )
    desk.write("capitals", _deck_with(in_deck))
    app = desk.study()
    async with app.run_test(size=size) as pilot:
        line = app.screen.query_one("AnswerLine")
        line.value = text  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert_clean(text_of(app))
        await pilot.press("s")
        assert_clean(text_of(app))
        await pilot.press("escape", "1", "q")
        assert_clean(text_of(app))
        await pilot.press("h")
        assert_clean(text_of(app))


def _deck_with(text: str) -> str:
    quoted = json.dumps(text)
    return (
        f"title: {quoted}\nnotes:\n  - id: one\n    type: typed\n"
        f"    question: {quoted}\n    answer: {quoted}\n"
        f"    hint: {quoted}\n    explanation: {quoted}\n    source: report\n"
    )


async def test_no_color_leaves_greys_and_signs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"yerevan", "enter")
        assert "✓ right" in text_of(app)
        assert "›3 Good" in text_of(app)
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                colour = segment.style and segment.style.color
                if colour and colour.triplet:
                    assert len(set(colour.triplet)) == 1


async def test_the_light_theme_is_light(desk: Desk) -> None:
    desk.config = desk.config._replace(theme="light")
    app = desk.home()
    async with app.run_test():
        assert not app.current_theme.dark
        app.theme = "textual-dark"
        await app.animator.wait_for_idle()
        assert text_of(app)


async def test_keys_before_the_decks_are_there_do_nothing(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home._overview = None
        await pilot.press("down", "enter", "a", "c", "z", "p", "r")
        assert app.screen is home
