"""The progress file is lost or damaged while a card is on the screen: it is said shortly, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desk import Desk, front, text_of

CAPITAL = "capitals/capital/card"


def empty(progress: Path) -> None:
    with progress.open("r+b") as file:
        file.truncate(0)


def replace(progress: Path) -> None:
    progress.unlink()
    progress.write_bytes(b"")


def spoil(progress: Path) -> None:
    progress.write_bytes(b"\xff" * progress.stat().st_size)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (empty, "Not saved: the file was emptied; start trainer again."),
        (Path.unlink, "Not saved: the file is gone; start trainer again."),
        (replace, "Not saved: the file was replaced; start trainer again."),
        (spoil, "Not saved: the file is damaged. See: trainer doctor"),
    ],
    ids=["emptied", "gone", "replaced", "damaged"],
)
async def test_an_answer_that_has_no_file_any_more_is_not_saved_and_that_is_said(
    desk: Desk, harm: Callable[[Path], None], said: str
) -> None:
    app = desk.study()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"yerevan", "enter")
        harm(desk.folder / "progress.db")
        await pilot.press("3")
        assert said in text_of(app)
        assert front(app) == CAPITAL
