"""The real program on a pseudo terminal: however it ends, answers are kept and the terminal is as before."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

if sys.platform == "win32":  # pragma: no cover
    pytest.skip("Windows has no pseudo terminals", allow_module_level=True)

import fcntl
import resource
import struct
import termios

from real_terminal import LEFT_FULL_SCREEN, Room, Terminal, assert_restored, rate_one


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@pytest.fixture
def after_one_answer(room: Room) -> Iterator[Terminal]:
    """A session with the first card rated and the second on screen."""
    with room.study() as terminal:
        rate_one(terminal)
        terminal.wait_for("Question two")
        yield terminal


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_leaves_as_quitting_does(room: Room, after_one_answer: Terminal, name: str) -> None:
    after_one_answer.program.send_signal(getattr(signal, name))
    assert after_one_answer.exit_code() == 0
    assert_restored(after_one_answer)
    last = after_one_answer.output.rpartition(LEFT_FULL_SCREEN)[2]
    assert f"trainer: ended by {name}; every answer is saved".encode() in last
    assert room.reviews() == {"one": 1}


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_keeps_the_note_in_the_form_and_says_so(
    room: Room, tmp_path: Path, name: str
) -> None:
    (tmp_path / "article.txt").write_text("[1] One came first.\n", encoding="utf-8")
    command = [sys.executable, "-m", "trainer", "author", str(tmp_path / "article.txt"), "numbers"]
    with Terminal(command, room.environment) as terminal:
        terminal.wait_for("One came first")
        terminal.press("n")
        terminal.wait_for("type to narrow")
        terminal.press("\r")
        terminal.wait_for("Still needed")
        terminal.press("Which came first?")
        terminal.wait_for("Which came first?")
        terminal.program.send_signal(getattr(signal, name))
        assert terminal.exit_code() == 0
        assert b"every answer is saved; the note in the form is kept for the next time" in terminal.output
    (kept,) = (room.data / "unfinished").iterdir()
    assert "Which came first?" in kept.read_text(encoding="utf-8")


def test_quitting_restores_the_terminal(room: Room, after_one_answer: Terminal) -> None:
    after_one_answer.press("\x11")
    assert after_one_answer.exit_code() == 0
    assert_restored(after_one_answer)
    assert room.reviews() == {"one": 1}


def test_a_closed_terminal_ends_the_program(room: Room, after_one_answer: Terminal) -> None:
    after_one_answer.hang_up()
    assert after_one_answer.exit_code() == 0
    assert room.reviews() == {"one": 1}


def test_a_killed_session_has_lost_nothing_and_goes_on(room: Room, after_one_answer: Terminal) -> None:
    after_one_answer.program.kill()
    assert after_one_answer.exit_code() == -signal.SIGKILL
    assert room.reviews() == {"one": 1}
    with room.study() as again:
        again.wait_for("Question two")
        again.press("\x11")
        assert again.exit_code() == 0


def test_a_session_killed_before_the_rating_asks_the_card_again(room: Room) -> None:
    with room.study() as terminal:
        terminal.wait_for("Question one")
        terminal.press(" ")
        terminal.wait_for("Answer one")
        terminal.program.kill()
        terminal.exit_code()
    assert room.reviews() == {}
    with room.study() as again:
        again.wait_for("Question one")


def test_bytes_that_are_not_utf8_end_nothing(room: Room, after_one_answer: Terminal) -> None:
    after_one_answer.press(b"\xff\xfe\x80\xc3")
    after_one_answer.press(b"\xf0\x9f")
    after_one_answer.press(" ")
    after_one_answer.wait_for("Answer two")
    after_one_answer.press("4")
    after_one_answer.wait_for("Question three")
    after_one_answer.press("\x11")
    assert after_one_answer.exit_code() == 0
    assert room.reviews() == {"one": 1, "two": 1}


def test_a_terminal_resized_to_almost_nothing_and_back_goes_on(after_one_answer: Terminal) -> None:
    for size in ((2, 3), (1, 1), (30, 100)):
        after_one_answer.press("")
        fcntl.ioctl(after_one_answer._handle, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    after_one_answer.press(" ")
    after_one_answer.wait_for("Answer two")
    after_one_answer.press("\x11")
    assert after_one_answer.exit_code() == 0


def test_two_sessions_at_once_lose_no_answer(room: Room) -> None:
    with room.study() as one, room.study() as two:
        two.wait_for("Question one")
        rate_one(one)
        one.wait_for("Question two")
        two.press(" ")
        two.wait_for("Answer one")
        two.press("4")
        two.wait_for("Question two")
        for terminal in (two, one):
            terminal.press(" ")
            terminal.wait_for("Answer two")
            terminal.press("3")
            terminal.wait_for("Question three")
    assert room.reviews() == {"one": 2, "two": 2}


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux to give the disk its room back")
def test_on_a_full_disk_the_answer_stays_on_screen_and_can_be_rated_again(room: Room) -> None:
    assert room.reviews() == {}  # The deck is read, so the session itself has nothing to write.
    unlimited = resource.RLIM_INFINITY
    with room.study(largest_file=600) as terminal:
        rate_one(terminal)
        terminal.wait_for("Not saved")
        assert room.reviews() == {}
        assert b"Question two" not in terminal.output
        resource.prlimit(terminal.program.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        terminal.press("4")
        terminal.wait_for("Question two")
        terminal.press("\x11")
        assert terminal.exit_code() == 0
    assert room.reviews() == {"one": 1}


def test_a_session_whose_input_is_no_terminal_is_refused_at_once(room: Room) -> None:
    with Path(os.devnull).open() as nothing, room.study(stdin=nothing.fileno()) as terminal:
        assert terminal.exit_code() == 2
        assert terminal.output.startswith(b"trainer: a study session needs a terminal")
        assert terminal.output.count(b"\n") == 1
    assert not room.data.exists()


def test_a_session_whose_output_is_no_terminal_is_refused_and_prints_no_data(
    room: Room, tmp_path: Path
) -> None:
    with (tmp_path / "out").open("wb") as out, room.study(stdout=out.fileno()) as terminal:
        assert terminal.exit_code() == 2
        assert terminal.output.startswith(b"trainer: a study session needs a terminal")
    assert (tmp_path / "out").read_bytes() == b""


def test_a_session_whose_error_output_is_no_terminal_is_refused(room: Room, tmp_path: Path) -> None:
    with (tmp_path / "err").open("wb") as err, room.study(stderr=err.fileno()) as terminal:
        assert terminal.exit_code() == 2
    assert (tmp_path / "err").read_bytes().startswith(b"trainer: a study session needs a terminal")


def test_a_terminal_that_cannot_show_a_full_screen_is_refused(room: Room) -> None:
    with room.study(TERM="dumb") as terminal:
        assert terminal.exit_code() == 2
        assert b"TERM=dumb" in terminal.output and b"\x1b" not in terminal.output


def test_absurd_sizes_in_the_environment_are_bounded(room: Room) -> None:
    with room.study(COLUMNS="9999", LINES="9999") as terminal:
        terminal.wait_for("Question one")
        terminal.press("\x11")
        assert terminal.exit_code() == 0


AT_ONCE = """
import sys
from functools import partial
from trainer.cli import looking
from trainer.cli.main import run

looking.under_way = partial(looking.under_way, after=0)
sys.exit(run(sys.argv[1:]))
"""
"""The program as it is, but that what takes long is shown at once."""


def test_reading_a_long_deck_shows_a_bar_and_ends_by_ctrl_c_without_a_trace(
    room: Room, tmp_path: Path
) -> None:
    notes = (f"  - {{question: Which is the number {n}?, answer: It is {n}}}\n" for n in range(20_000))
    (room.decks / "numbers.yaml").write_text(f"title: Numbers\nnotes:\n{''.join(notes)}")
    with (tmp_path / "listed").open("wb") as data:
        command = [sys.executable, "-c", AT_ONCE, "list"]
        with Terminal(command, room.environment, stdout=data.fileno()) as terminal:
            terminal.wait_for("Reading the decks  ━")
            terminal.wait_for("s left")
            terminal.program.send_signal(signal.SIGINT)
            assert terminal.exit_code() == 130
    assert terminal.output.endswith(b"\r\x1b[K")
    assert b"Traceback" not in terminal.output
    assert (tmp_path / "listed").read_bytes() == b""
    with closing(sqlite3.connect(room.data / "progress.db")) as file:
        assert file.execute("SELECT count(*) FROM deck_file").fetchone() == (0,)
