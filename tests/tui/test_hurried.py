"""Keys, clicks and pastes that come faster than screens do: nothing breaks, nothing else is closed."""

from __future__ import annotations

import asyncio

from desk import Desk, assert_clean, text_of
from monkey import key_pressed, mouse_clicked
from textual.command import CommandList
from textual.events import Click, MouseUp, Paste
from textual.pilot import Pilot
from textual.widgets import Input

from trainer.tui.app import TrainerApp
from trainer.tui.palette import Palette
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import Panel


async def at_once(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        pilot.app.post_message(key_pressed(key))
    await pilot.pause()
    await pilot.pause()


async def palette(pilot: Pilot[None]) -> Palette:
    await pilot.press("ctrl+p")
    assert isinstance(pilot.app.screen, Palette)
    return pilot.app.screen


async def test_a_palette_clicked_away_twice_leaves_the_screen_below(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await palette(pilot)
        for event in (*mouse_clicked((2, 23)), *mouse_clicked((2, 23))):
            app.post_message(event)
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_a_panel_closed_twice_leaves_the_screen_below(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(80, 24)) as pilot:
        below = app.screen
        app.show_help()
        await pilot.pause()
        panel = app.screen
        assert isinstance(panel, Panel)
        panel.dismiss()
        panel.dismiss()
        await pilot.pause()
        assert app.screen is below


async def test_what_steers_a_terminal_cannot_be_put_into_the_palette(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        found = await palette(pilot)
        for text in ("\x1b[2J", "\x9b0m", "\u202eevil", "plain"):
            app.post_message(Paste(text))
            await pilot.pause()
            assert_clean(text_of(app))
        assert found.query_one(Input).value == "plain"


def place_in(lines: CommandList) -> tuple[int, int]:
    """A place in the first line."""
    x, y = lines.region.offset
    return x + 3, y + 1


async def test_a_click_on_a_line_of_the_palette_that_has_gone_breaks_nothing(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        lines = (await palette(pilot)).query_one(CommandList)
        async with asyncio.timeout(20):
            while "option" not in (style := app.screen.get_style_at(*place_in(lines))).meta:
                await pilot.pause()
        released = mouse_clicked(place_in(lines))[-1]
        assert isinstance(released, MouseUp)
        click = Click.from_event(lines, released)
        click.style = style
        lines.clear_options()
        lines.post_message(click)
        await pilot.pause()
        assert isinstance(app.screen, Palette)


async def test_a_palette_without_lines_can_be_paged_through(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 3)) as pilot:
        await palette(pilot)
        await pilot.press("pagedown", "pageup", "down", "up")
        await pilot.resize_terminal(80, 24)
        app.post_message(Paste("no such command"))
        await pilot.press("pagedown", "pageup", "end", "home", "enter", "escape")
        assert isinstance(app.screen, HomeScreen | Palette)


async def test_keys_right_behind_the_one_that_quits_break_nothing(desk: Desk) -> None:
    for behind in ("slash", "t", "s", "question_mark", "a"):
        app: TrainerApp = desk.home()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await at_once(pilot, "q", behind, behind, "enter", "escape", "tab")
            assert app._exit
        assert app.broken_by is None


async def test_a_deck_whose_title_misleads_is_named_harmlessly_where_an_article_is_chosen(desk: Desk) -> None:
    desk.write("capitals", 'title: "\u202egnp.exe"\nnotes:\n  - {id: a, question: q, answer: a}\n')
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        assert "Write in" in text_of(app)
        assert_clean(text_of(app))
