"""The backup of the day is made beside the screens, and keeps nobody from studying."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from desk import Desk, text_of
from textual.pilot import Pilot

from trainer.cli.keeping import kept
from trainer.core.progress import Advance
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.storage import backups
from trainer.storage.backups import found


def answer_one(desk: Desk) -> None:
    collection = desk.collection()
    session = collection.start(Selection())
    assert session.card is not None
    verdict = collection.grade(session.card, "")
    collection.rate(session, Rating.GOOD, verdict=verdict, response="", milliseconds=900)
    collection.close()


async def backups_of(pilot: Pilot[None], desk: Desk) -> list[Path]:
    """The backups there are once the thread that makes them has ended."""
    async with asyncio.timeout(30):
        while any(worker.group == "backup" for worker in pilot.app.workers):
            await pilot.pause()
    return [backup.path for backup in found(desk.folder / "progress.db")]


async def test_home_makes_the_backup_of_the_day_once(desk: Desk) -> None:
    answer_one(desk)
    for _ in range(2):
        app = desk.home()
        async with app.run_test() as pilot:
            await pilot.pause()
            (made,) = await backups_of(pilot, desk)
            assert made.name == "progress-2026-11-21.db"
        app.collection.close()


async def test_without_an_answer_there_is_nothing_to_back_up(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert await backups_of(pilot, desk) == []
        assert app.return_code is None
    app.collection.close()


async def test_a_backup_that_fails_is_told_in_one_quiet_line(desk: Desk) -> None:
    answer_one(desk)
    (desk.folder / "backups").write_text("in the way")
    app = desk.home()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        async with asyncio.timeout(30):
            while "today's backup was not made" not in " ".join(text_of(app).split()):
                await pilot.pause()
        await pilot.press("a")
        assert type(app.screen).__name__ == "StudyScreen"
    app.collection.close()


async def test_a_new_file_beside_backups_is_told(desk: Desk) -> None:
    answer_one(desk)
    with kept(desk.collection()):
        pass
    assert found(desk.folder / "progress.db")
    (desk.folder / "progress.db").unlink()
    app = desk.home()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        assert "No answers here, but backups hold 1 review:" in " ".join(text_of(app).split())
    app.collection.close()


def test_leaving_makes_the_backup_of_the_day(desk: Desk) -> None:
    answer_one(desk)
    with kept(desk.collection()):
        assert found(desk.folder / "progress.db") == []
    (made,) = found(desk.folder / "progress.db")
    shutil.rmtree(made.path.parent)
    desk.config = desk.config._replace(backups=False)
    with kept(desk.collection()):
        pass
    assert found(desk.folder / "progress.db") == []


async def test_leaving_waits_for_no_backup_that_has_begun(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_one(desk)
    monkeypatch.setattr(backups, "_PAGES", 1)
    begun, left = threading.Event(), threading.Event()
    copy_pages = backups._watched

    def watched(advance: Advance) -> Callable[[int, int, int], None]:
        step = copy_pages(advance)

        def slow(status: int, to_go: int, total: int) -> None:
            begun.set()
            left.wait(30)
            step(status, to_go, total)

        return slow

    monkeypatch.setattr(backups, "_watched", watched)
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert await asyncio.to_thread(begun.wait, 30)
        app.exit()
        left.set()
    app.collection.close()
    await asyncio.get_running_loop().shutdown_default_executor()
    assert list((desk.folder / "backups").iterdir()) == []
