"""The edit key wherever a card or a file is in front."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import DECK, Desk, text_of
from events import edits
from quiz_desk import MORE, TYPED, answer, ending, note, result_of, screen_of, take, taking, with_decks

from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import ProblemsPanel
from trainer.tui.screens.summary import SummaryScreen


def edited(desk: Desk) -> str:
    """The name of the file that the editor was given, empty if there was none."""
    told = desk.folder / "edited"
    return Path(told.read_text(encoding="utf-8").split()[-1]).name if told.exists() else ""


def notices(app: TrainerApp) -> str:
    return "\n".join(notice.message for notice in app._notifications)


# Home


async def test_at_home_the_file_of_the_marked_deck_is_opened(desk: Desk) -> None:
    desk.write("tides", "title: Tides\nnotes:\n  - {id: a, question: Q?, answer: A}\n")
    edits(desk, "title: Tides", "title: Ebb and flow")
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("down", "e")
        assert edited(desk) == "tides.yaml"
        assert "Ebb and flow" in text_of(app)


async def test_at_home_without_a_deck_there_is_nothing_to_edit(desk: Desk) -> None:
    (desk.folder / "decks" / "capitals.yaml").unlink()
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.press("e")
        assert isinstance(app.screen, HomeScreen)
        assert not app.screen.check_action("edit", ())
        assert edited(desk) == ""


# Problems


async def test_a_problem_is_opened_at_its_line_and_what_is_left_is_shown(desk: Desk) -> None:
    desk.write("bad", "title: Bad\nnotes:\n  - {id: a, type: typd}\n  - {id: b, tpye: x}\n")
    edits(desk, "type: typd", "question: Q?, answer: A, source: report#1")
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("p")
        assert isinstance(app.screen, ProblemsPanel)
        before = len(app.screen._problems)
        while "typd" not in app.screen._problems[app.screen._at].message:
            await pilot.press("down")
        assert "› " in text_of(app)
        await pilot.press("e")
        assert edited(desk) == "bad.yaml"
        assert isinstance(app.screen, ProblemsPanel)
        assert len(app.screen._problems) < before
        assert "typd" not in text_of(app)
        assert "tpye" in text_of(app)


async def test_with_the_last_problem_the_panel_goes(desk: Desk) -> None:
    deck = DECK.partition("  - id: why")[0]
    desk.write("capitals", deck.replace("type: choice", "type: chioce"))
    edits(desk, "chioce", "choice")
    app = desk.home()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("p", "enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "No problem is left" in notices(app)
        assert "Capitals and recalls" in text_of(app)


async def test_a_problem_is_marked_and_opened_by_pressing_it(desk: Desk) -> None:
    desk.write("bad", "title: Bad\nnotes:\n  - {id: a, type: typd}\n  - {id: b, tpye: x}\n")
    edits(desk, "nothing", "else")
    app = desk.home()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("p")
        panel = app.screen
        assert isinstance(panel, ProblemsPanel)
        row = next(y for y, line in enumerate(text_of(app).splitlines()) if "tpye" in line)
        await pilot.click(offset=(20, row))
        assert "tpye" in panel._problems[panel._at].message
        assert edited(desk) == ""
        await pilot.click(offset=(20, row))
        await pilot.pause()
        assert edited(desk) == "bad.yaml"
        await pilot.click(offset=(0, 0))
        assert isinstance(app.screen, HomeScreen)


async def test_any_way_out_closes_the_problems(desk: Desk) -> None:
    desk.write("bad", "title: Bad\nnotes: []\nx: y\n")
    app = desk.home()
    async with app.run_test() as pilot:
        for key in ("escape", "q"):
            await pilot.press("p")
            assert isinstance(app.screen, ProblemsPanel)
            await pilot.press(key)
            assert isinstance(app.screen, HomeScreen)


# Summary


async def test_a_missed_card_is_marked_edited_and_shown_as_it_is_then(desk: Desk) -> None:
    edits(desk, "Whose ambassador went home", "Whose envoy left")
    app = desk.study(Selection(limit=2))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "1", "0", "1", "escape")
        assert isinstance(app.screen, SummaryScreen)
        assert "› Missed  What is the capital" in text_of(app)
        await pilot.press("down")
        assert "› Missed  Whose ambassador" in text_of(app)
        await pilot.press("e")
        assert "› Missed  Whose envoy left from Yerevan?" in text_of(app)


async def test_a_missed_card_is_marked_by_pressing_it(desk: Desk) -> None:
    app = desk.study(Selection(limit=2))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "1", "0", "1", "escape")
        row = next(y for y, line in enumerate(text_of(app).splitlines()) if "Whose ambassador" in line)
        await pilot.click(offset=(10, row))
        assert "› Missed  Whose ambassador" in text_of(app)
        assert "› Missed  What is" not in text_of(app)


async def test_after_the_edit_the_sitting_goes_on_with_the_cards_as_they_are(desk: Desk) -> None:
    edits(desk, "Whose ambassador went home", "Whose envoy left")
    app = desk.study()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter", "1", "escape", "e", "enter")
        assert "Whose envoy left from Yerevan?" in text_of(app)


async def test_a_summary_without_a_missed_card_has_nothing_to_edit(desk: Desk) -> None:
    edits(desk, "Yerevan", "Gyumri")
    app = desk.study(Selection(limit=1))
    async with app.run_test() as pilot:
        await pilot.press(*"yerevan", "enter", "4", "e")
        assert isinstance(app.screen, SummaryScreen)
        assert edited(desk) == ""


# Tests


@pytest.fixture
def quizzed(desk: Desk) -> Desk:
    return with_decks(desk)


async def test_an_answered_question_is_edited_and_its_answer_graded_by_what_is_right_then(
    quizzed: Desk,
) -> None:
    edits(quizzed, "answer: Paris", "answer: Lyon")
    app = taking(quizzed, TYPED)
    async with app.run_test(size=(100, 30)) as pilot:
        while note(app) != "france":
            await pilot.press("tab")
        await answer(pilot, "Lyon")
        assert "✗" in text_of(app)
        await pilot.press("e")
        assert edited(quizzed) == "more.yaml"
        assert "✓ right" in text_of(app)
        assert screen_of(app).check_action("go_on", ())


async def test_before_the_answer_the_key_edits_nothing(quizzed: Desk) -> None:
    edits(quizzed, "Paris", "Lyon")
    app = taking(quizzed, ending(TYPED))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("e")
        assert edited(quizzed) == ""
        assert not screen_of(app).check_action("edit", ())


async def test_the_marked_question_of_a_result_is_edited_and_its_points_stay(quizzed: Desk) -> None:
    edits(quizzed, "What is the capital of Spain?", "Which city is the capital of Spain?")
    app = taking(quizzed, ending(TYPED))
    async with app.run_test(size=(100, 30)) as pilot:
        await take(app, pilot, spain="Lyon")
        await pilot.press("e")
        assert "Which city is the capital of Spain?" in text_of(app)
        assert result_of(app).result.total.points == 2.0


async def test_a_card_that_would_be_answered_otherwise_stays_in_the_result(quizzed: Desk) -> None:
    edits(quizzed, "type: typed, question: What is the capital of Spain?", "question: And Spain?")
    app = taking(quizzed, ending(TYPED))
    async with app.run_test(size=(100, 30)) as pilot:
        await take(app, pilot, spain="Lyon")
        await pilot.press("e")
        assert "And Spain?" in (quizzed.folder / "decks" / "more.yaml").read_text(encoding="utf-8")
        assert "What is the capital of Spain?" in text_of(app)


def test_the_decks_of_the_tests_are_what_the_edits_change() -> None:
    assert "type: typed, question: What is the capital of Spain?" in MORE
