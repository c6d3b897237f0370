"""What is typed at the author's desk outlives whatever ends the program."""

from __future__ import annotations

from pathlib import Path

from author_desk import DESKTOP, author, keys, screen_of, typed_in
from desk import Desk, text_of

from trainer.tui.screens.author_writing import WritingScreen

NEW = ("n", "=typed", "enter", "=Where?", "enter", "=Minsk")


def kept_files(desk: Desk) -> list[Path]:
    return sorted((desk.folder / "unfinished").glob("*"))


async def ended(desk: Desk, *pressed: str) -> str:
    """What is told of the note when the program ends after some keys."""
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, *pressed)
        app.exit()
    return app.note_left


async def test_a_note_in_the_form_is_offered_when_the_deck_is_opened_again(desk: Desk) -> None:
    assert await ended(desk, *NEW) == "the note in the form is kept for the next time"
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        assert "A note that was not saved is still here: u brings it back" in text_of(app)
        await keys(pilot, "u")
        assert typed_in(app) == {"question": "Where?", "answer": "Minsk", "source": "report#1"}
        await keys(pilot, "ctrl+s")
        assert "Saved where" in text_of(app) and kept_files(desk) == []
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        assert "not saved" not in text_of(app)


async def test_a_change_of_a_note_comes_back_over_that_note(desk: Desk) -> None:
    await ended(desk, "tab", "enter", "tab", "= SSR")
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "u", "ctrl+s")
        assert [row.id for row in screen_of(app).bench.notes] == ["who-first", "sides"]
        assert screen_of(app).bench.fields(0)["answer"] == "Armenia SSR"


async def test_what_was_left_is_not_lost_by_writing_another_note(desk: Desk) -> None:
    await ended(desk, *NEW)
    await ended(desk, "n", "enter", "=Why?", "tab", "=So.", "ctrl+s")
    await ended(desk, "n", "enter", "=Whence?", "escape", "escape")
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "u")
        assert typed_in(app)["question"] == "Where?"
        await keys(pilot, "escape", "escape")
        assert kept_files(desk) == []


async def test_nothing_is_kept_where_nothing_would_be_lost(desk: Desk) -> None:
    assert await ended(desk, "n", "enter") == ""
    assert await ended(desk, "tab", "enter") == ""
    assert await ended(desk, *NEW, "ctrl+s") == "" and kept_files(desk) == []


async def test_it_is_said_if_a_note_cannot_be_kept(desk: Desk) -> None:
    (desk.folder / "unfinished").write_text("in the way", encoding="utf-8")
    assert "could not be kept" in await ended(desk, *NEW)


async def test_what_is_typed_is_kept_while_it_is_typed(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, *NEW)
        screen = screen_of(app)
        assert isinstance(screen, WritingScreen) and screen.keep() == ""
        assert len(kept_files(desk)) == 1
        await keys(pilot, "escape", "escape")
        assert kept_files(desk) == []
