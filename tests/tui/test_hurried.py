"""Keys, clicks and pastes that come faster than screens do: nothing breaks, nothing else is closed."""

from __future__ import annotations

import asyncio
import gc
from warnings import catch_warnings, simplefilter

from author_desk import author, screen_of
from desk import Desk, assert_clean, text_of
from monkey import key_pressed, mouse_clicked
from settling import nothing_to_do
from textual.command import CommandList, DiscoveryHit
from textual.events import Click, MouseUp, Paste
from textual.pilot import Pilot
from textual.widgets import Input

from trainer.tui.app import TrainerApp
from trainer.tui.keeping import keep
from trainer.tui.keys import KeyCommands
from trainer.tui.palette import Palette
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import Panel
from trainer.tui.screens.pick import PickPanel
from trainer.tui.widgets.note_field import FieldText
from trainer.tui.widgets.plot import PlotPage


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
    async with app.run_test(size=(80, 5)) as pilot:
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


async def test_a_key_right_behind_the_one_that_opens_a_panel_waits_for_the_panel(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.show_help()
        assert not app.screen.is_mounted
        assert await app._check_bindings("pagedown")
        assert isinstance(app.screen, Panel)
        assert app.screen.is_mounted


async def test_a_screen_left_before_it_has_widgets_shows_nothing(desk: Desk) -> None:
    for key in ("t", "s"):
        for turns in range(2, 8):
            app = desk.home()
            async with app.run_test(size=(60, 15)) as pilot:
                await pilot.pause()
                app.post_message(key_pressed(key))
                for _ in range(turns):
                    await asyncio.sleep(0)
                app.exit()
                await nothing_to_do(max_sleep=0.05)
            assert app._exit


async def test_the_palette_can_be_opened_again_while_it_is_closed(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.action_command_palette()
        app.screen.dismiss()
        app.action_command_palette()
        await pilot.pause()
        assert isinstance(app.screen, Palette)


async def test_themes_are_offered_in_the_same_palette(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        app.action_change_theme()
        await pilot.press("pageup", "pagedown")
        assert isinstance(app.screen, Palette)


async def test_a_press_where_the_terminal_ends_by_now_leaves_the_palette_open(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        found = await palette(pilot)
        released = mouse_clicked((120, 30))[-1]
        assert isinstance(released, MouseUp)
        found.post_message(Click.from_event(found, released))
        await pilot.pause()
        assert app.screen is found


async def test_a_press_on_what_has_just_been_taken_away_is_a_press_on_nothing(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        page = app.screen.query_one(PlotPage)
        at = page.children[0].region.offset
        with app.batch_update():
            await page.remove_children()
            for event in mouse_clicked(at):
                app.post_message(event)
            await nothing_to_do()
        assert app.screen.query_one(PlotPage) is page


async def test_a_command_of_a_screen_that_was_left_does_nothing(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        commands = KeyCommands(app.screen)
        assert isinstance(app.screen, HomeScreen)
        hits = [hit async for hit in commands.discover() if isinstance(hit, DiscoveryHit)]
        await pilot.press("t")
        timeline = app.screen
        for hit in hits:
            app.call_later(hit.command)
        await pilot.pause()
        assert app.screen is timeline


async def test_a_backup_begun_as_the_interface_is_left_is_not_half_begun(desk: Desk) -> None:
    app = desk.study()
    with catch_warnings(record=True) as warned:
        simplefilter("always")
        async with app.run_test():
            keep(app)
            app.workers.cancel_all()
        gc.collect()
    assert not [str(each.message) for each in warned if "never awaited" in str(each.message)]


async def test_a_panel_that_the_interface_is_left_behind_takes_no_keys(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.pause()
        panel = PickPanel("Period", [], chosen=(), all_of="")
        app.exit()
        await app.push_screen(panel)
        panel.take_keys()
        assert panel.focused is None


async def test_a_form_that_is_being_left_has_no_field_to_go_to(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("n", "enter")
        form = screen_of(app).form
        await form.remove()
        form.focus_field()
        form.go_on(1)
        assert form.filling


async def test_a_field_without_room_shows_nothing_of_what_may_be_typed_there(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("n", "enter")
        field = screen_of(app).form.query(FieldText).first()
        field.placeholder, field.styles.min_width, field.styles.width = "a b", 0, 0
        await pilot.pause()
        assert not field.render_line(0).text


async def test_a_field_whose_text_becomes_short_does_not_look_for_its_cursor_below(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("n", "enter")
        field = screen_of(app).form.query(FieldText).first()
        field.fill("\n".join("abcdefgh"))
        field.focus()
        await pilot.pause()
        assert field.cursor_location[0] == 7
        field.wrapped_document.wrap(20)
        field.document.replace_range((0, 0), (7, 1), "a")
        field.wrapped_document.wrap(20)
        field.scroll_cursor_visible()
        field.move_cursor((0, 0))
        assert field.cursor_location == (0, 0)
