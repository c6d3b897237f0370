"""Real sessions ended at random moments, by a kill, a signal or a closed window."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from sqlite3 import connect
from typing import Literal

import pytest

if sys.platform == "win32":  # pragma: no cover
    pytest.skip("Windows has no pseudo terminals", allow_module_level=True)

from errno import EIO
from io import StringIO
from threading import Thread

from implied import faults
from real_terminal import Room, Terminal, assert_restored
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from trainer.core.scheduling import Scheduler
from trainer.tui.terminal import outlive_terminal

End = Literal["SIGKILL", "SIGTERM", "SIGHUP", "closed"]
Stage = Literal["starting", "asked", "shown", "rated"]

CARDS = 700
STAGES: tuple[Stage, ...] = ("starting", "asked", "shown", "rated")
DECK = "title: Numbers\nnotes:\n" + "".join(
    f"  - {{id: n{number:03}, question: Question {number:03}, answer: Answer {number:03}}}\n"
    for number in range(CARDS)
)
FULL_SCREEN = b"\x1b[?1049h"
TOLD = b"every answer is saved"


class Watched(Room):
    """A folder with a long deck, whose cards come in their order, and the program over it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (self.decks / "numbers.yaml").write_text(DECK)
        self.data.mkdir()
        (self.data / "config.toml").write_text("new_per_day = 9999\n")

    def answered(self) -> list[str]:
        """The cards that were answered, in the order of that."""
        if not (self.data / "progress.db").exists():
            return []
        with closing(connect(self.data / "progress.db")) as connection:
            assert faults(connection, Scheduler()) == []
            rows = connection.execute("SELECT card FROM log WHERE kind = 'review' ORDER BY seq").fetchall()
            return [card for (card,) in rows]


@pytest.mark.parametrize("end", ["SIGKILL", "SIGTERM", "SIGHUP", "closed"])
def test_however_a_session_ends_every_answer_is_kept_and_the_next_one_goes_on(
    end: End, tmp_path: Path, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 200`."""
    room, found = Watched(tmp_path), Counter[str]()
    for trial in range(trials(2)):
        chance = Random(f"{end} {trial}")
        stage = STAGES[trial % len(STAGES)] if trials(0) else ("asked", "rated")[trial % 2]
        before = room.answered()
        with room.study() as terminal:
            painted = go_on(terminal, len(before), stage=stage, chance=chance)
            terminal.watch(chance.random() * (1.2 if stage == "starting" else 0.1))
            code = end_it(terminal, end)
            restored = was_restored(terminal) if end in ("SIGTERM", "SIGHUP") else "-"
        after = room.answered()
        rated = painted + (stage == "rated")
        assert after[: len(before)] == before
        assert painted <= len(after) - len(before) <= rated
        assert len({*after}) == len(after)
        assert b"Traceback" not in terminal.output
        found[f"{stage}: exit {code}, {restored}, {len(after) - len(before) - painted} in flight"] += 1
    print(end, dict(found))


def go_on(terminal: Terminal, number: int, *, stage: Stage, chance: Random) -> int:
    """Answer some cards, beginning with one of a number; how many were seen to be saved."""
    if stage == "starting":
        if chance.random() < 0.5:
            terminal.wait_for(FULL_SCREEN.decode())
        return 0
    painted = chance.randrange(3)
    terminal.wait_for(f"Question {number:03}")
    for each in range(number, number + painted):
        terminal.press_until(" ", f"Answer {each:03}")
        terminal.press_until("4", f"Question {each + 1:03}")
    if stage in ("shown", "rated"):
        terminal.press_until(" ", f"Answer {number + painted:03}")
    if stage == "rated":
        terminal.press("4")
    return painted


def end_it(terminal: Terminal, end: End) -> int:
    """End a session so; its exit code."""
    if end == "closed":
        terminal.hang_up()
    else:
        terminal.program.send_signal(getattr(signal, end))
    code = terminal.exit_code()
    if end == "SIGKILL":
        assert code == -signal.SIGKILL
    else:  # A signal that comes before there is an interface ends the program as any other.
        began = FULL_SCREEN in terminal.output
        assert code == 0 or (code < 0 and not began), (code, terminal.output[-500:])
    return code


def was_restored(terminal: Terminal) -> str:
    """That the terminal is as it was before."""
    if FULL_SCREEN in terminal.output:
        assert_restored(terminal)
        assert TOLD in terminal.output
        return "restored"
    assert terminal.echoes()
    return "untouched"


def test_two_windows_at_once_each_go_on_with_what_the_other_has_left(tmp_path: Path) -> None:
    room = Watched(tmp_path)
    with room.study() as one, room.study() as two:
        for terminal in (one, two):
            terminal.wait_for("Question 000")
        for number in range(2):
            one.press_until(" ", f"Answer {number:03}")
            one.press_until("4", f"Question {number + 1:03}")
        two.press_until(" ", "Answer 000")
        two.press_until("4", "Question 002")
        two.press_until(" ", "Answer 002")
        two.press_until("4", "Question 003")
        one.press_until(" ", "Answer 002")
        one.press_until("4", "Question 003")
        assert b"already" not in one.output + two.output
    answered = [card.split("/")[1] for card in room.answered()]
    assert answered == ["n000", "n001", "n000", "n002", "n002"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_as_soon_as_the_full_screen_opens_leaves_the_terminal_as_it_was(
    name: str, tmp_path: Path
) -> None:
    room = Watched(tmp_path)
    with room.study() as terminal:
        terminal.wait_for(FULL_SCREEN.decode())
        terminal.program.send_signal(getattr(signal, name))
        assert terminal.exit_code() == 0
        assert was_restored(terminal) == "restored"
        assert f"ended by {name}".encode() in terminal.output


class Gone(StringIO):
    """A terminal whose window was closed."""

    def write(self, text: str) -> int:
        raise OSError(EIO, "Input/output error")

    def flush(self) -> None:
        raise OSError(EIO, "Input/output error")


def test_painting_on_a_terminal_that_has_gone_holds_up_nobody() -> None:
    outlive_terminal()
    writer = WriterThread(Gone())
    writer.start()

    def paint() -> None:
        for _ in range(10 * MAX_QUEUED_WRITES):
            writer.write("x")
        writer.stop()

    painting = Thread(target=paint, daemon=True)
    painting.start()
    painting.join(timeout=30)
    assert not painting.is_alive() and not writer.is_alive()
