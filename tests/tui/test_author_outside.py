"""The author's desk where others write too, where writing fails, and where text is hostile."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from author_desk import DECK, DESKTOP, author, keys, lay_out, screen_of, settle, typed_in
from desk import NARROW, Desk, a_second_each, assert_clean, text_of
from events import edits
from textual.events import Paste

from trainer.collection.authoring import Bench
from trainer.core.filling import MOST
from trainer.tui.app import TrainerApp
from trainer.tui.screens.author import AuthorScreen
from trainer.tui.screens.author_panels import AskPanel
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import Panel

NEW = ("n", "=typed", "enter", "=Where?", "enter", "=Minsk")
OTHER = DECK.replace("Russia, Ukraine", "Russia, Georgia")


def deck_of(desk: Desk) -> Path:
    return desk.folder / "decks" / "envoys.yaml"


# Somebody else writes


async def test_a_conflict_is_shown_and_nothing_written_until_the_file_is_read_anew(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, *NEW)
        deck_of(desk).write_text(OTHER, encoding="utf-8")
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, AskPanel)
        seen = text_of(app)
        assert "-    distractors: [Russia, Ukraine]" in seen and "+    distractors: [Russia, Georgia]" in seen
        await keys(pilot, "escape")
        assert deck_of(desk).read_text(encoding="utf-8") == OTHER
        assert typed_in(app)["answer"] == "Minsk" and "Not saved" in text_of(app)
        await keys(pilot, "ctrl+s", "r")
        assert typed_in(app)["answer"] == "Minsk" and "is read anew" in text_of(app)
        assert deck_of(desk).read_text(encoding="utf-8") == OTHER
        await keys(pilot, "ctrl+s")
        saved = deck_of(desk).read_text(encoding="utf-8")
        assert saved.startswith(OTHER) and "id: where\n" in saved


async def test_a_note_edited_on_both_sides_keeps_what_was_not_touched_here(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "enter", "end", "=!")
        theirs = DECK.replace("answer: Armenia", "answer: Yerevan").replace("title: Two", "title: Some")
        deck_of(desk).write_text(theirs, encoding="utf-8")
        await keys(pilot, "ctrl+s", "r")
        assert typed_in(app)["answer"] == "Yerevan" and typed_in(app)["question"].endswith("!")
        await keys(pilot, "ctrl+s")
    assert deck_of(desk).read_text(encoding="utf-8") == theirs.replace(
        "question:   Who recalled its ambassador?", "question: Who recalled its ambassador?!"
    )


async def test_a_field_changed_on_both_sides_is_named(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "enter", "tab", "=!")
        deck_of(desk).write_text(DECK.replace("answer: Armenia", "answer: Yerevan"), encoding="utf-8")
        await keys(pilot, "ctrl+s", "r")
        assert "Changed on both sides, yours is shown: answer" in text_of(app)
        assert typed_in(app)["answer"] == "Armenia!"


async def test_a_note_that_is_gone_outside_is_added_anew(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "enter", "=X")
        without = DECK[: DECK.index("  - id: who-first")] + DECK[DECK.index("  - id: sides") :]
        deck_of(desk).write_text(without, encoding="utf-8")
        await keys(pilot, "ctrl+s", "r")
        assert "saving adds it anew" in text_of(app)
        await keys(pilot, "ctrl+s")
        assert deck_of(desk).read_text(encoding="utf-8").startswith(without)
        assert [row.id for row in screen_of(app).bench.notes] == ["sides", "who-first"]


async def test_deleting_and_undoing_write_over_nothing_either(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, *NEW, "ctrl+s")
        deck_of(desk).write_text(OTHER, encoding="utf-8")
        await keys(pilot, "u")
        assert isinstance(app.screen, AskPanel)
        await keys(pilot, "escape", "tab", "home", "d", "d")
        assert isinstance(app.screen, AskPanel)
        await keys(pilot, "r")
        assert deck_of(desk).read_text(encoding="utf-8") == OTHER
        assert [row.id for row in screen_of(app).bench.notes] == ["who-first", "sides"]


async def test_a_change_outside_is_taken_up_while_no_form_is_open(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "down")
        deck_of(desk).write_text(DECK.replace("Which answered", "Which of them answered"), encoding="utf-8")
        screen_of(app).look_outside()
        await settle(pilot)
        assert "Which of them answered" in text_of(app) and "was changed outside" in text_of(app)
        note = screen_of(app).notes.row
        assert note is not None and note.id == "sides"
        await keys(pilot, "enter", "=X")
        deck_of(desk).write_text(DECK, encoding="utf-8")
        screen_of(app).look_outside()
        await settle(pilot)
        assert typed_in(app)["question"].startswith("Which of them") and screen_of(app).has_form
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, AskPanel)


async def test_a_file_broken_outside_is_told_of_and_taken_up_when_it_is_mended(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        deck_of(desk).write_text(DECK + "  - {id: [\n", encoding="utf-8")
        screen_of(app).look_outside()
        await settle(pilot)
        assert "envoys.yaml" in text_of(app) and "! " in text_of(app)
        assert "Who recalled its ambassador" in text_of(app)
        await keys(pilot, *NEW, "ctrl+s")
        assert isinstance(app.screen, AskPanel)
        await keys(pilot, "r")
        assert screen_of(app).has_form and typed_in(app)["answer"] == "Minsk"
        deck_of(desk).write_text(OTHER, encoding="utf-8")
        await keys(pilot, "ctrl+s", "r", "ctrl+s")
        assert deck_of(desk).read_text(encoding="utf-8").startswith(OTHER)


async def test_two_desks_over_one_file_write_over_nothing(desk: Desk) -> None:
    one = author(desk)
    collection = desk.collection()
    other = TrainerApp(
        collection,
        bench=Bench(collection, deck_of(desk), article=desk.folder / "report.txt"),
        monotonic=a_second_each(),
        pause=0,
    )
    async with one.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Mine?", "enter", "=yes")
        async with other.run_test(size=DESKTOP) as second:
            await keys(second, "n", "enter", "=Theirs?", "enter", "=yes", "ctrl+s")
        await keys(pilot, "ctrl+s", "r", "ctrl+s")
        assert [row.id for row in screen_of(one).bench.notes] == ["who-first", "sides", "theirs", "mine"]


async def test_the_editor_opens_at_the_note_and_what_it_did_is_taken_up(desk: Desk) -> None:
    edits(desk, "Which answered", "Which side answered")
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "down", "e")
        assert "Which side answered" in text_of(app)


# What cannot be written


async def test_a_full_disk_leaves_the_note_in_the_form(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, *NEW)
        monkeypatch.setattr(os, "fsync", full)
        await keys(pilot, "ctrl+s")
        assert "No space left on device" in text_of(app) and typed_in(app)["answer"] == "Minsk"
        assert deck_of(desk).read_text(encoding="utf-8") == DECK
        monkeypatch.undo()
        await keys(pilot, "ctrl+s")
        assert "Saved where" in text_of(app)


async def test_a_deck_with_an_error_elsewhere_is_not_held_against_the_note(desk: Desk) -> None:
    app = author(desk, deck=DECK.replace("answer: Belarus", "anwser: Belarus"))
    async with app.run_test(size=DESKTOP) as pilot:
        assert "1 with errors" in text_of(app)
        await keys(pilot, *NEW)
        assert "is looked at by itself" in text_of(app) and "1 of 1 · typed" in text_of(app)
        await keys(pilot, "ctrl+s", "p")
        assert isinstance(app.screen, Panel) and "anwser" in text_of(app)


async def test_a_deck_of_the_program_is_written_only_when_that_is_meant(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = author(desk)
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: desk.folder / "decks")
    own = app.collection.places.own_decks / "my-envoys.yaml"
    monkeypatch.setattr("trainer.config._OWN_DECKS", "own")
    own = app.collection.places.own_decks / "my-envoys.yaml"
    app._bench = Bench(app.collection, deck_of(desk), article=desk.folder / "report.txt")
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, *NEW, "ctrl+s")
        assert isinstance(app.screen, AskPanel) and "is part of the program" in text_of(app)
        await keys(pilot, "escape")
        assert deck_of(desk).read_text(encoding="utf-8") == DECK and typed_in(app)["answer"] == "Minsk"
        await keys(pilot, "ctrl+s", "n")
        assert deck_of(desk).read_text(encoding="utf-8") == DECK
        assert "id: where" in own.read_text(encoding="utf-8")
        assert "Saved where to my-envoys.yaml" in text_of(app)
        await keys(pilot, "escape")
        assert isinstance(app.screen, HomeScreen) and "My Two ambassadors" in text_of(app)


async def test_a_deck_of_the_program_is_written_when_that_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: desk.folder / "decks")
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, *NEW, "ctrl+s", "w")
        assert "id: where" in deck_of(desk).read_text(encoding="utf-8")
        await keys(pilot, *NEW, "ctrl+s")
        assert "id: where-2" in deck_of(desk).read_text(encoding="utf-8")


# Hostile text


async def test_what_is_pasted_is_safe_to_show_and_bounded(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=NARROW) as pilot:
        await keys(pilot, "n", "enter")
        screen = screen_of(app)
        assert screen.focused is not None
        hostile = "Who\x1b]52;c;x\x07 is\u202e 日本語 👩 \u0627\u0644?\r\nnext\tline"
        screen.focused.post_message(Paste(hostile))
        await settle(pilot)
        assert_clean(text_of(app))
        assert typed_in(app)["question"].endswith("? next line") and "\x1b" not in typed_in(app)["question"]
        screen.focused.post_message(Paste("x" * 100_000))
        await settle(pilot)
        assert len(typed_in(app)["question"]) == MOST
        assert "100,000 characters are too many" in text_of(app)
        await keys(pilot, "tab", "=y", "ctrl+s")
        assert "Saved" in text_of(app)


@pytest.mark.parametrize("size", [DESKTOP, NARROW, (20, 6)])
async def test_foreign_text_of_the_deck_is_shown_as_it_is_written(desk: Desk, size: tuple[int, int]) -> None:
    strange = "[bold]日本語[/] {x} \\u202e 👩‍👩‍👧 " + "very " * 300 + "long"
    deck = f'title: "[red]日本[/]"\nnotes:\n  - {{id: a, question: "{strange}?", answer: "[/]"}}\n'
    app = author(desk, deck=deck)
    async with app.run_test(size=size) as pilot:
        await keys(pilot, "tab")
        assert_clean(text_of(app))
        await keys(pilot, "enter")
        assert_clean(text_of(app))
        await keys(pilot, "escape", "p")
        assert_clean(text_of(app))


async def test_a_note_of_a_type_that_is_none_is_left_to_the_editor(desk: Desk) -> None:
    app = author(desk, deck=DECK.replace("type: choice", "type: chioce"))
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "end", "enter")
        assert "There is no type 'chioce'; e opens the note" in text_of(app) and not screen_of(app).has_form


async def test_an_empty_deck_and_an_article_that_is_gone_are_no_end(desk: Desk) -> None:
    desk.config = desk.config._replace(editor="true")
    app = author(desk, deck="title: Nothing yet\n")
    (desk.folder / "report.txt").unlink()
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "d", "enter", "e", "u", "U", "up", "end", "pagedown", "f6", "p", "escape")
        assert isinstance(app.screen, AuthorScreen)
        await keys(pilot, "tab", *NEW, "ctrl+s")
        assert "Saved where" in text_of(app)


async def test_what_was_typed_last_is_what_is_shown_however_fast(desk: Desk) -> None:
    notes = "".join(f"  - {{id: n{n}, question: What is {n}?, answer: It is {n}.}}\n" for n in range(300))
    app = author(desk, deck=f"title: Many\nnotes:\n{notes}")
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter")
        for letter in "abcdefghij":
            await pilot.press(letter)
        await keys(pilot, "tab", "=k")
        assert "abcdefghij" in text_of(app).split("1 of 1")[1]
        assert lay_out(desk).exists()
