"""Editing decks from the screens, in the user's own editor."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest
from desk import Desk, front, study_of, text_of
from events import edits

from trainer.collection.editor import EditorError, arguments, caution, editor_command
from trainer.config import bundled_decks
from trainer.core.deck import Span
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.screens.study import StudyScreen
from trainer.tui.screens.summary import SummaryScreen


def notices(app: TrainerApp) -> str:
    return "\n".join(notice.message for notice in app._notifications)


def reviews(app: TrainerApp) -> int:
    (count,) = app.collection.store.connection.execute("SELECT count(*) FROM log").fetchone()
    return int(count)


# Which editor, and how it is told the line


def test_the_setting_wins_then_visual_then_editor() -> None:
    environment = {"VISUAL": "vim -n", "EDITOR": "nano"}
    assert editor_command("hx", environment) == ["hx"]
    assert editor_command("", environment) == ["vim", "-n"]
    assert editor_command(" ", {"VISUAL": " ", "EDITOR": "'my editor' -x"}) == ["my editor", "-x"]


def test_without_any_the_first_that_is_there_is_taken() -> None:
    assert editor_command("", {}, which={"vi": "/usr/bin/vi"}.get) == ["vi"]
    assert editor_command("", {}, which=lambda name: f"/usr/bin/{name}") == ["nano"]
    with pytest.raises(EditorError, match=r"set \$EDITOR"):
        editor_command("", {}, which=lambda name: None)


def test_a_command_that_cannot_be_read_is_named() -> None:
    with pytest.raises(EditorError, match=r"\$VISUAL cannot be read: no closing quotation"):
        editor_command("", {"VISUAL": "vim 'x"})


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("vi", ["+7", "/d/a.yaml"]),
        ("/usr/bin/nvim", ["+7", "/d/a.yaml"]),
        ("nano", ["+7", "/d/a.yaml"]),
        ("emacs -nw", ["+7", "/d/a.yaml"]),
        ("micro", ["+7", "/d/a.yaml"]),
        ("kak", ["+7", "/d/a.yaml"]),
        ("hx", ["/d/a.yaml:7"]),
        ("gvim", ["-f", "+7", "/d/a.yaml"]),
        ("subl", ["--wait", "/d/a.yaml:7"]),
        ("subl -w", ["/d/a.yaml:7"]),
        ("code", ["--wait", "-g", "/d/a.yaml:7"]),
        ("codium --wait", ["-g", "/d/a.yaml:7"]),
        ("ed", ["/d/a.yaml"]),
    ],
)
def test_editors_are_told_the_line_as_they_take_it(editor: str, told: list[str]) -> None:
    words = editor.split()
    assert arguments(words, "/d/a.yaml", 7) == [*words, *told]


def test_a_name_with_braces_stays_as_it_is() -> None:
    assert arguments(["vi"], "/d/{line}.yaml", 7)[-1] == "/d/{line}.yaml"


def test_decks_of_the_program_and_files_that_cannot_be_written_are_told_of(tmp_path: Path) -> None:
    mine = tmp_path / "deck.yaml"
    mine.write_text("title: Mine\n", encoding="utf-8")
    assert caution(str(mine)) == ""
    assert "part of the program" in caution(str(bundled_decks() / "any.yaml"))
    assert caution(str(tmp_path / "unwritable.yaml")).startswith("this file cannot be written to: /")


# From the study screen


async def test_the_card_in_front_is_asked_as_it_is_after_editing(desk: Desk) -> None:
    edits(desk, "Whose ambassador went home", "Whose envoy left")
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=(100, 30)) as pilot:
        assert "Whose ambassador went home" in text_of(app)
        await pilot.press("e")
        assert "Whose envoy left from Yerevan?" in text_of(app)
        assert (desk.folder / "edited").read_text(encoding="utf-8").endswith("capitals.yaml")
        assert reviews(app) == 0


async def test_an_answer_stays_where_neither_question_nor_answer_has_changed(desk: Desk) -> None:
    edits(desk, "Parliament sits there.", "The government, too.")
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"yerevan", "enter", "e")
        assert "The government, too." in text_of(app)
        assert "✓ right" in text_of(app)
        await pilot.press("3")
        assert reviews(app) == 1


async def test_with_another_answer_the_card_is_asked_again(desk: Desk) -> None:
    edits(desk, "answer: Yerevan", "answer: Gyumri")
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"yerevan", "enter", "e")
        assert study_of(app).check_action("submit", ())
        await pilot.press(*"gyumri", "enter")
        assert "✓ right" in text_of(app)


async def test_while_an_answer_is_typed_the_key_is_a_letter(desk: Desk) -> None:
    edits(desk, "Yerevan", "Gyumri")
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"yeree")
        assert not (desk.folder / "edited").exists()
        assert "yeree" in text_of(app)
        assert not study_of(app).check_action("edit", ())


async def test_a_card_that_has_gone_is_passed_over(desk: Desk) -> None:
    edits(desk, "id: sent-home", "id: sent-back")
    app = desk.study(Selection(cards=("capitals/sent-home/card", "capitals/why/card")))
    async with app.run_test(size=(100, 30)) as pilot:
        assert front(app) == "capitals/sent-home/card"
        await pilot.press("e")
        assert front(app) == "capitals/why/card"
        assert "capitals/sent-home/card is not in its deck any more" in notices(app)
        assert reviews(app) == 0


async def test_when_the_last_card_has_gone_the_sitting_ends(desk: Desk) -> None:
    edits(desk, "id: why", "id: whence")
    app = desk.study(Selection(cards=("capitals/why/card",)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)


async def test_a_deck_that_cannot_be_read_any_more_loses_nothing(desk: Desk) -> None:
    edits(desk, "question: Why", "qestion: Why")
    app = desk.study(Selection(cards=("capitals/sent-home/card", "capitals/why/card")))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("e")
        assert "4 problems; the first: line 17, a note of type basic needs 'question'" in notices(app)
        assert "The deck is not read until this is mended" in notices(app)
        assert front(app) == "capitals/sent-home/card"
        await pilot.press("1", "3")
        assert front(app) == "capitals/why/card"
        await pilot.press("enter", "3")
        assert reviews(app) == 2


async def test_a_problem_that_does_not_matter_much_is_told(desk: Desk) -> None:
    edits(desk, "- id: why\n    question", "- question")
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("e")
        assert "capitals.yaml: 3 problems; the first: line 17, the note has no id (give" in notices(app)
        assert "not read" not in notices(app)


async def test_undo_after_editing_shows_the_card_as_it_is_now(desk: Desk) -> None:
    edits(desk, "Whose ambassador went home", "Whose envoy left")
    app = desk.study(Selection(cards=("capitals/sent-home/card", "capitals/why/card")))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("1", "3", "e", "u")
        assert front(app) == "capitals/sent-home/card"
        assert "Whose envoy left" in text_of(app)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/no/such/editor", "The editor /no/such/editor could not be started: No such file or directory"),
        (f"{sys.executable} -c 'raise SystemExit(3)'", "ended with exit code 3"),
        (f"{sys.executable} -c 'import os; os.kill(os.getpid(), 9)'", "was ended by signal 9"),
        ("vim 'x", "The setting `editor` cannot be read: no closing quotation"),
    ],
)
async def test_an_editor_that_fails_is_one_clear_line_and_the_place(
    desk: Desk, command: str, said: str
) -> None:
    desk.config = desk.config._replace(editor=command)
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("e")
        assert said in notices(app)
        assert "capitals.yaml:11)" in notices(app)
        assert isinstance(app.screen, StudyScreen)


async def test_decks_of_the_program_are_opened_only_when_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits(desk, "Whose ambassador went home", "Whose envoy left")
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: desk.folder / "decks")
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("e")
        assert "part of the program" in notices(app)
        assert not (desk.folder / "edited").exists()
        await pilot.press("e")
        assert "Whose envoy left" in text_of(app)


async def test_a_held_key_opens_no_file_that_was_cautioned_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits(desk, "Whose ambassador went home", "Whose envoy left")
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: desk.folder / "decks")
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    now = app.monotonic()
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(9):
            now += 0.1
            app.monotonic = partial(float, now)
            await pilot.press("e")
        assert not (desk.folder / "edited").exists()
        app.monotonic = partial(float, now + 0.2)
        await pilot.press("e")
        assert (desk.folder / "edited").exists()


@pytest.mark.parametrize("instead", ["nothing", "a folder"])
async def test_a_file_that_is_gone_is_told_of_and_never_made_anew(desk: Desk, instead: str) -> None:
    edits(desk, "Whose ambassador went home", "Whose envoy left")
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    path = desk.folder / "decks" / "capitals.yaml"
    async with app.run_test(size=(100, 30)) as pilot:
        path.unlink()
        if instead == "a folder":
            path.mkdir()
        for _ in range(3):
            await pilot.press("e")
        end = "gone" if instead == "nothing" else "no file any more"
        assert f"There is nothing to edit: {path} is {end}" in notices(app)
        assert not (desk.folder / "edited").exists() and path.exists() == (instead == "a folder")


async def test_a_file_that_the_editor_took_away_is_told_of(desk: Desk) -> None:
    path = desk.folder / "decks" / "capitals.yaml"
    desk.config = desk.config._replace(editor=f"sh -c 'rm {path}'")
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("e")
        assert f"After the edit, {path} is gone" in notices(app)


async def test_decks_that_cannot_be_read_anew_are_told_of_and_the_edit_is_not_called_lost(desk: Desk) -> None:
    edits(desk, "Whose ambassador went home", "Whose envoy left")
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=(100, 30)) as pilot:
        app.collection.store.connection.execute("PRAGMA query_only = ON")
        await pilot.press("e")
        assert "The edit is done, but the decks could not be read anew: " in notices(app)
        assert "ot saved" not in notices(app)


async def test_titles_are_those_of_the_decks_as_they_are_now(desk: Desk) -> None:
    edits(desk, "title: Capitals and recalls", "title: Towns")
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("e")
        assert app.deck_title("capitals") == "Towns"


async def test_another_part_of_the_program_can_edit_and_go_on(desk: Desk) -> None:
    edits(desk, "title: Capitals and recalls", "title: Towns")
    app = desk.home()
    called: list[str] = []
    async with app.run_test(size=(100, 30)):
        path = str(desk.folder / "decks" / "capitals.yaml")
        app.edit(Span(path, 4, 5), lambda: called.append(app.collection.decks[0].title))
    assert called == ["Towns"]
