"""On screen: what could not be saved stays and says so, and is saved once when there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from author_desk import DESKTOP, author, keys, typed_in
from desk import Desk, front, study_of, text_of
from failing_disk import REASONS, Failing, full, small_disk
from implied import faults
from recorded_disk import Disk

from trainer.core.session import Selection
from trainer.tui.app import TrainerApp

SIZE = (100, 30)
DECK = "title: Numbers\nnotes:\n" + "".join(
    f"  - {{id: n{number:02}, question: Question {number:02}, answer: Answer {number:02}}}\n"
    for number in range(40)
)


@pytest.fixture
def failing() -> Iterator[Failing]:
    failing = Failing()
    with Disk(failing).mounted():
        yield failing


def numbers(desk: Desk) -> TrainerApp:
    desk.write("numbers", DECK)
    return desk.study(Selection(decks=("numbers",), new=99))


def standing(app: TrainerApp) -> dict[str, int]:
    """How many entries of each kind stand."""
    return dict(app.collection.store.all("SELECT kind, count(*) FROM kept GROUP BY kind"))


@pytest.mark.parametrize("reason", REASONS)
async def test_at_whichever_call_it_fails_the_answer_stays_on_screen_until_it_is_saved(
    desk: Desk, failing: Failing, reason: str
) -> None:
    code, told = REASONS[reason]
    app = numbers(desk)
    async with app.run_test(size=SIZE) as pilot:
        for number in range(20):  # Every call is tried in `test_failing_disk.py`.
            card, before = front(app), standing(app).get("review", 0)
            await pilot.press("space")
            failing.after(number * 4, code, for_good=True)
            await pilot.press("4")
            if not failing.failed:
                break
            assert front(app) == card
            seen = text_of(app)
            assert f"Not saved: {told}" in " ".join(seen.split()) and f"Answer {number:02}" in seen
            failing.no_more()
            await pilot.press("4")
            assert front(app) != card and "Not saved" not in text_of(app)
            assert standing(app)["review"] == before + 1
        assert 5 < number < 19
        assert faults(app.collection.store.connection, app.collection.scheduler) == []


@pytest.mark.parametrize(("key", "kind"), [("f", "flag"), ("b", "bury"), ("x", "suspend")])
async def test_a_mark_that_could_not_be_saved_changes_nothing_and_can_be_set_again(
    desk: Desk, failing: Failing, key: str, kind: str
) -> None:
    app = numbers(desk)
    async with app.run_test(size=SIZE) as pilot:
        card, flagged = front(app), study_of(app).session.flagged
        failing.after(3, REASONS["full"][0], for_good=True)
        await pilot.press(key)
        assert front(app) == card and study_of(app).session.flagged == flagged
        assert "Nothing was changed" in text_of(app)
        assert standing(app) == {}
        failing.no_more()
        await pilot.press(key)
        assert standing(app) == {kind: 1}
        assert "Nothing was changed" not in text_of(app)


async def test_an_undo_that_could_not_be_saved_leaves_the_answer_and_can_be_done_again(
    desk: Desk, failing: Failing
) -> None:
    app = numbers(desk)
    async with app.run_test(size=SIZE) as pilot:
        first = front(app)
        await pilot.press("space", "4")
        second = front(app)
        failing.after(3, REASONS["fails"][0], for_good=True)
        await pilot.press("u")
        assert front(app) == second and "Nothing was changed" in text_of(app)
        assert standing(app) == {"review": 1}
        failing.no_more()
        await pilot.press("u")
        assert front(app) == first and standing(app) == {}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "small") as place:
        yield place


async def test_on_a_full_disk_the_note_being_written_stays_in_the_form(small: Path) -> None:
    desk = Desk(small)
    app = author(desk)
    deck = small / "decks" / "envoys.yaml"
    before = deck.read_bytes()
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "=typed", "enter", "=Where?", "enter", "=Minsk")
        with full(small):
            await keys(pilot, "ctrl+s")
            assert "envoys.yaml cannot be written: No space left on device" in text_of(app)
            assert typed_in(app)["answer"] == "Minsk"
            assert deck.read_bytes() == before
        await keys(pilot, "ctrl+s")
        assert b"id: where\n" in deck.read_bytes()
        assert deck.read_bytes().count(b"Minsk") == 1
    assert not [*deck.parent.glob("*.part"), *deck.parent.glob(".*.part")]


async def test_on_a_full_disk_studying_goes_on_when_there_is_room_again(small: Path) -> None:
    desk = Desk(small)
    app = numbers(desk)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("space", "4")
        with full(small):
            for _ in range(40):  # The file has room in itself for a few.
                await pilot.press("space", "4")
                if "Not saved" in text_of(app):
                    break
            card, before = front(app), standing(app)["review"]
            await pilot.press("4")
            assert front(app) == card and "Not saved" in text_of(app)
        await pilot.press("4")
        assert standing(app)["review"] == before + 1
        assert faults(app.collection.store.connection, app.collection.scheduler) == []
