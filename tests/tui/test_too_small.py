"""A terminal in which nothing can be shown: it says so, and goes on where it was once it has grown."""

from __future__ import annotations

import fcntl
import struct
import termios
from pathlib import Path

from desk import Desk, front, text_of
from monkey import mouse_clicked
from real_terminal import Room, Terminal

from trainer.tui.screens.home import HomeScreen
from trainer.tui.smallest import LEAST


def become(terminal: Terminal, width: int, height: int) -> None:
    terminal.press("")
    fcntl.ioctl(terminal._handle, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def test_a_terminal_too_small_says_so_takes_no_answer_and_comes_back(tmp_path: Path) -> None:
    room = Room(tmp_path)
    with room.study() as terminal:
        terminal.wait_for("Question one")
        terminal.press(" ")
        terminal.wait_for("Answer one")
        become(terminal, 19, 4)
        terminal.wait_for("too small")
        terminal.press("4")
        become(terminal, 60, 15)
        terminal.wait_for("Answer one")
        become(terminal, 19, 4)
        terminal.wait_for("too small")
        terminal.press("\x11")
        assert terminal.exit_code() == 0
    assert room.reviews() == {}


async def test_only_keys_that_quit_count_where_nothing_is_seen(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(19, 4)) as pilot:
        assert app.size == LEAST
        await pilot.press("enter", "slash", "ctrl+p", "f1", "q")
        for event in mouse_clicked((2, 2)):
            app.post_message(event)
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert not app._exit
        await pilot.press("ctrl+q")
        assert app._exit


async def test_a_screen_is_as_it_was_once_the_terminal_has_grown(desk: Desk) -> None:
    app = desk.study()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.pause()
        shown, asked = text_of(app), front(app)
        await pilot.resize_terminal(19, 4)
        await pilot.press("space", "Y", "enter", "1", "enter")
        await pilot.resize_terminal(60, 15)
        assert (text_of(app), front(app)) == (shown, asked)
