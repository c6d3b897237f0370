"""The author's desk: how it is left, what is taken back, its way from home, its sizes, the mouse."""

from __future__ import annotations

import pytest
from author_desk import DECK, DESKTOP, author, keys, lay_out, screen_of, settle, typed_in
from desk import NARROW, TINY, Desk, assert_clean, text_of

from trainer.tui.screens.author import AuthorScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import Panel
from trainer.tui.screens.pick import PickPanel
from trainer.tui.widgets.article_pane import ArticlePane
from trainer.tui.widgets.note_list import NoteList

# Deleting, undoing, leaving


async def test_deleting_asks_once_and_is_taken_back_and_done_again(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        path = screen_of(app).bench.path
        await keys(pilot, "tab", "d", "down", "up", "d")
        assert "Press d again to delete who-first and its 1 card" in text_of(app)
        assert path.read_text(encoding="utf-8") == DECK
        await keys(pilot, "d")
        assert "who-first" not in path.read_text(encoding="utf-8")
        await keys(pilot, "u")
        assert path.read_text(encoding="utf-8") == DECK and "Took back the deletion of who-first" in text_of(
            app
        )
        await keys(pilot, "U")
        assert "who-first" not in path.read_text(encoding="utf-8")
        await keys(pilot, "u", "u")
        assert "Nothing was written here" in text_of(app)


async def test_escape_asks_before_it_throws_away_and_undo_brings_it_back(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Who?", "escape")
        assert "escape again throws it away" in text_of(app) and screen_of(app).has_form
        await keys(pilot, "=!")
        assert "throws it away" not in text_of(app)
        await keys(pilot, "escape", "escape")
        assert "Thrown away; u brings it back" in text_of(app) and not screen_of(app).has_form
        await keys(pilot, "u")
        assert typed_in(app) == {"question": "Who?!", "source": "report#1"}
        await keys(pilot, "escape", "escape", "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_undo_takes_the_newest_first_whether_thrown_away_or_written(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        before = screen_of(app).bench.path.read_bytes()
        await keys(pilot, "n", "enter", "=Who?", "escape", "escape", "f2", "d", "d")
        assert screen_of(app).bench.path.read_bytes() != before
        await keys(pilot, "u")
        assert screen_of(app).bench.path.read_bytes() == before and not screen_of(app).has_form
        await keys(pilot, "u")
        assert typed_in(app)["question"] == "Who?"


async def test_what_came_back_and_was_thrown_away_again_hides_nothing_older(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        before = screen_of(app).bench.path.read_bytes()
        await keys(
            pilot, "f2", "d", "d", "n", "enter", "=Who?", "escape", "escape", "u", "escape", "escape", "u"
        )
        assert screen_of(app).bench.path.read_bytes() == before


async def test_a_form_in_which_nothing_was_typed_is_left_at_once(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "escape")
        assert not screen_of(app).has_form and screen_of(app).focused is screen_of(app).article
        await keys(pilot, "tab", "enter", "escape")
        assert screen_of(app).focused is screen_of(app).notes


async def test_quitting_asks_where_something_is_not_saved(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Who?", "ctrl+q")
        assert "the same key again quits; what is typed is kept" in text_of(app) and app.is_running
        await keys(pilot, "ctrl+p", "escape")
        await pilot.press("ctrl+q")
        await pilot.press("ctrl+q")
        assert app._exit


async def test_from_the_article_escape_goes_to_the_form_not_home(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Who?", "f2", "right", "space", "escape", "escape", "=!")
        assert typed_in(app)["question"] == "Who?!"


# Home, help, the mouse, sizes


async def test_home_leads_here_and_shows_what_was_written(desk: Desk) -> None:
    lay_out(desk)
    desk.write("sources", f"report:\n  title: A report\n  file: {desk.folder / 'report.txt'}\n")
    app = desk.home()
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down", "w")
        assert isinstance(app.screen, PickPanel) and "Write in Two ambassadors" in text_of(app)
        await keys(pilot, "enter", "n", "enter", "=Where?", "enter", "=Minsk", "ctrl+s", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert len(app.collection.cards()) == 7


async def test_a_deck_is_written_without_an_article_too(desk: Desk) -> None:
    lay_out(desk)
    app = desk.home()
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down", "w")
        assert "trainer author FILE" in text_of(app)
        await keys(pilot, "enter", "n", "enter", "=Where?", "enter", "=Minsk", "ctrl+s")
        assert "Saved where" in text_of(app)
        await keys(pilot, "n", "escape", "f2", "tab", "a", "c", "q", "plus", "i")
        assert isinstance(app.screen, AuthorScreen)


async def test_help_tells_the_keys_of_the_article_too(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "f1")
        assert isinstance(app.screen, Panel)
        seen = text_of(app)
        assert "In the article" in seen and "next paragraph" in seen and "new note" in seen


async def test_the_mouse_does_what_keys_do(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await pilot.click(NoteList, offset=(10, 2))
        await settle(pilot)
        assert "1 of 1 · choice" in text_of(app)
        await pilot.click(NoteList, offset=(10, 1), times=2)
        await settle(pilot)
        assert "who-first · typed" in text_of(app)
        await pilot.click("_More")
        await settle(pilot)
        assert "superseded by" in text_of(app)
        await pilot.click("KeyHints", offset=(2, 0))
        await settle(pilot)
        assert "Saved who-first" in text_of(app)
        await pilot.click(ArticlePane, offset=(16, 1), times=2)
        await settle(pilot)
        hints = text_of(app).splitlines()[-2:]
        row = next(y for y, line in enumerate(hints) if "as answer" in line)
        await pilot.click("KeyHints", offset=(hints[row].index("as answer"), row))
        await settle(pilot)
        assert "New note · typed" in text_of(app)
        await pilot.click("FieldRow", offset=(2, 0))
        await settle(pilot)
        assert screen_of(app).form.last == "question"


@pytest.mark.parametrize("size", [NARROW, TINY, (20, 6), (30, 8), (200, 60)])
async def test_a_note_is_written_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    app = author(desk)
    async with app.run_test(size=size) as pilot:
        await keys(pilot, "end", "n", "enter", "=Where?", "enter", "=Minsk", "f6", "f3", "f3")
        assert_clean(text_of(app))
        await pilot.resize_terminal(*NARROW)
        await pilot.resize_terminal(*size)
        await keys(pilot, "ctrl+s", "tab", "end", "tab", "tab", "enter")
        assert typed_in(app)["question"] == "Where?" and typed_in(app)["source"] == "report#3"


async def test_where_there_is_room_for_one_pane_it_is_the_one_that_takes_keys(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert "Armenia recalled its ambassador on" in text_of(app) and "2 notes" not in text_of(app)
        await keys(pilot, "tab")
        assert "2 notes" in text_of(app) and "recalled its ambassador on" not in text_of(app)
        assert "1 of 1 · typed" in text_of(app)
        await keys(pilot, "tab")
        assert "Armenia recalled its ambassador on" in text_of(app)
