"""The interface over a progress file that it must not open: one line, and the file as it was."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from kept import fill

if sys.platform == "win32":  # pragma: no cover
    pytest.skip("Windows has no pseudo terminals", allow_module_level=True)

from real_terminal import Room, Terminal

from trainer.storage.migrations import VERSION


def make_newer(progress: Path) -> None:
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute(f"PRAGMA user_version = {VERSION + 1}")


def spoil(progress: Path) -> None:
    data = bytearray(progress.read_bytes())
    for page in range(2, len(data) // 4096):
        data[4096 * page] = 0xEE
    progress.write_bytes(data)


def put_notes_there(progress: Path) -> None:
    progress.write_text("my own notes\n" * 500)


@pytest.mark.parametrize(
    ("command", "harm", "said"),
    [
        ([], make_newer, "was written by a newer trainer"),
        (["quiz"], make_newer, "was written by a newer trainer"),
        (["study"], spoil, "`trainer restore --salvage` saves what can be read"),
        ([], put_notes_there, "`trainer restore --salvage` saves what can be read"),
    ],
)
def test_the_interface_says_in_one_line_why_it_does_not_open(
    tmp_path: Path, command: list[str], harm: Callable[[Path], None], said: str
) -> None:
    room = Room(tmp_path)
    progress = room.data / "progress.db"
    fill(progress, count=20)
    harm(progress)
    before = progress.read_bytes(), sorted(room.data.iterdir())
    with Terminal([sys.executable, "-m", "trainer", *command], room.environment) as terminal:
        assert terminal.exit_code() == 1
        told = " ".join(terminal.output.decode().split())
    assert told.startswith("trainer: ")
    assert said in told
    assert "\x1b" not in told and "Traceback" not in told
    assert (progress.read_bytes(), sorted(room.data.iterdir())) == before
