"""The author's desk under keys that come all at once, as a slow line delivers them, and under odd words."""

from __future__ import annotations

import asyncio

import pytest
from author_desk import DESKTOP, author, keys, screen_of, settle, typed_in
from desk import TINY, Desk, text_of
from textual.events import Key
from textual.pilot import Pilot

from trainer.collection.authoring import Bench
from trainer.core.article import Article, Block
from trainer.tui.keys import InTurn
from trainer.tui.screens.panels import Panel

_NAMES = {"\t": "tab", "\r": "enter", "\x7f": "backspace", "\x13": "ctrl+s", "\x0e": "ctrl+n", " ": "space"}


async def at_once(pilot: Pilot[None], typed: str) -> None:
    """Press keys without waiting for what one of them does before the next."""
    for character in typed:
        pilot.app.post_message(Key(_NAMES.get(character, character), character))
    await settle(pilot)
    await settle(pilot)


async def test_text_right_behind_a_tab_goes_into_the_next_field(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter")
        await at_once(pilot, "Wherr\x7fe?\tMinsk")
        assert typed_in(app) == {"question": "Where?", "answer": "Minsk", "source": "report#1"}


async def test_what_was_typed_right_before_saving_is_saved_once(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter")
        await at_once(pilot, "Where?\tMinsk\x0e\x13Whence?\tYerevan\x13\x13\x0e")
        assert [row.id for row in screen_of(app).bench.notes] == ["who-first", "sides", "where", "whence"]
        fields = screen_of(app).bench.fields(3)
        assert (fields["question"], fields["answer"]) == ("Whence?", "Yerevan")


async def test_a_whole_note_may_come_in_one_piece(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await at_once(pilot, "n\rWhere?\rMinsk\r\r\r\r")
        assert "Saved where" in text_of(app)
        assert screen_of(app).bench.fields(2)["question"] == "Where?"


async def test_a_key_that_takes_for_ever_holds_the_others_up_for_a_while_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InTurn, "PATIENCE", 0.01)
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        for_ever = asyncio.Event()
        screen_of(app).article.call_later(for_ever.wait)
        pilot.app.post_message(Key("down", None))
        pilot.app.post_message(Key("ctrl+q", None))
        for _ in range(1_000):
            await asyncio.sleep(0.001)
            if app._exit:
                break
        assert app._exit
        for_ever.set()


async def test_the_line_that_is_typed_in_stays_in_sight(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=TINY) as pilot:
        typed = ("=Is Minsk the capital?", "tab", "=Minsk", "tab", "=Minsk", "enter", "=Vilnius")
        for each in ("n", "=choice", "enter", *typed):
            await keys(pilot, each)
        assert "Vilnius" in text_of(app)


async def test_keys_are_explained_while_a_question_mark_is_text(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "question_mark")
        assert typed_in(app)["question"] == "?" and "f1 help" in text_of(app)
        await keys(pilot, "f1")
        assert isinstance(app.screen, Panel) and "more fields" in text_of(app)
        await keys(pilot, "escape", "=!")
        assert typed_in(app)["question"] == "?!"


async def test_the_chosen_of_two_same_words_becomes_the_hole_and_none_becomes_two(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        text = "Armenia left as Armenia had said."
        screen_of(app).article.show(Article(blocks=(Block(text=text, number=1),)), lambda _: 0)
        await keys(pilot, "end", "right", "right", "right", "right", "space", "c")
        assert typed_in(app)["text"] == "Armenia left as {{1::Armenia}} had said."
        await keys(pilot, "f2")
        screen_of(app).article.clear_selection()
        await keys(pilot, "right", "right", "right", "right", "space", "c")
        assert typed_in(app)["text"] == "Armenia left as {{1::Armenia}} had said."
        assert "in a hole already" in text_of(app)


async def test_an_article_without_text_is_told_of(desk: Desk) -> None:
    app = author(desk)
    (desk.folder / "report.txt").write_text("title: Nothing yet\n", encoding="utf-8")
    app._bench = Bench(
        app.collection, desk.folder / "decks" / "envoys.yaml", article=desk.folder / "report.txt"
    )
    async with app.run_test(size=DESKTOP) as pilot:
        await settle(pilot)
        assert "There is no text in report.txt" in text_of(app)
        assert screen_of(app).focused is screen_of(app).notes


async def test_question_types_stand_in_a_column_with_what_they_are_beside(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n")
        rows = [line for line in text_of(app).splitlines() if "○" in line and "│" in line]
        basic, accounts = (
            next(line for line in rows if f"○ {name} " in line) for name in ("basic", "accounts")
        )
        assert basic.index("A question") == accounts.index("One question")
        assert "report.txt" in text_of(app)


async def test_a_long_field_shows_how_it_begins_until_one_types_in_it(desk: Desk) -> None:
    items = "".join(f"      - item {number}\n" for number in range(9))
    deck = f"title: Long\nnotes:\n  - id: a\n    type: order\n    question: What?\n    items:\n{items}"
    app = author(desk, deck=deck)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "enter")
        assert "item 0" in text_of(app).partition("1 of 1")[0]
        await keys(pilot, "tab")
        assert "item 8" in text_of(app).partition("1 of 1")[0]
        await keys(pilot, "tab")
        assert "item 0" in text_of(app).partition("1 of 1")[0]
