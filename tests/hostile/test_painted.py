"""Whatever is in the decks, no screen paints what steers a terminal, and none takes it for markup."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desk import Desk, a_second_each, text_of
from settling import nothing_to_do
from textual.events import Paste
from textual.pilot import Pilot

from hostile.room import WORDS, laid_out
from hostile.texts import CONTROLS, HARMFUL
from trainer.collection.authoring import Bench
from trainer.core.catalogue import Filter
from trainer.core.quiz import Request
from trainer.core.session import Selection
from trainer.core.visible import visible
from trainer.tui.app import TrainerApp

if sys.platform == "win32":  # pragma: no cover
    pytest.skip("Windows has no pseudo terminals", allow_module_level=True)

import fcntl
import pty
import struct
import termios

SIZES = [(20, 5), (80, 24), (132, 50)]
_FORMS = ("basic", "typed", "choice", "several", "list", "order", "match", "truth", "number", "date", "cloze")


@pytest.fixture
def room(desk: Desk) -> Desk:
    """A desk on which everything is harmful."""
    laid_out(desk.folder, every=12)
    desk.config = desk.config._replace(articles=str(desk.folder / "articles"), editor="true")
    return desk


def begun(desk: Desk, where: str) -> TrainerApp:
    """The interface, begun at one of its screens."""
    collection = desk.collection()

    def app(**how: object) -> TrainerApp:
        return TrainerApp(collection, monotonic=a_second_each(), pause=0, **how)  # type: ignore[arg-type]

    match where:
        case "study":
            notes = [card.id for card in collection.cards() if card.note.partition("-")[0] in _FORMS]
            return app(session=collection.start(Selection(cards=tuple(notes[: 2 * len(_FORMS)]))))
        case "quiz":
            return app(quiz=collection.quizzes.begin(Request(count=4, seed="1", feedback="once")))
        case "browse":
            return app(browse=Filter())
        case "author":
            deck, article = desk.folder / "decks" / "harmful.yaml", desk.folder / "articles" / "evil.txt"
            return app(bench=Bench(collection, deck, article=article))
    return app()


KEYS = {
    "home": ("p", "escape", "z", "escape", "w", "escape", "e", "question_mark", "escape"),
    "study": ("space", "s", "escape", "h", "4") * 2 + ("question_mark", "escape", "q"),
    "quiz": ("space", "enter", "enter", "f", "escape", "escape"),
    "browse": ("down", "tab", "enter", "escape", "f2", "escape"),
    "author": ("j", "j", "c", "down", "enter", "escape", "n", "tab", "escape"),
    "statistics": ("s", "right", "down", "right", "right"),
    "timeline": ("t", "down", "enter", "escape", "right"),
}


async def look(pilot: Pilot[None], *, pressed: str) -> None:
    app = pilot.app
    assert isinstance(app, TrainerApp)
    for line in text_of(app).split("\n"):
        is_clean = visible(line) == line and not HARMFUL.search(line)
        assert is_clean, f"{type(app.screen).__name__}, after {pressed}: {line!a}"


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("where", KEYS)
async def test_no_screen_paints_what_is_harmful(room: Desk, where: str, size: tuple[int, int]) -> None:
    app = begun(room, where)
    async with app.run_test(size=size) as pilot:
        await look(pilot, pressed="nothing")
        for key in KEYS[where]:
            await pilot.press(key)
            await look(pilot, pressed=key)
            if app._exit:
                return
        for text in (*CONTROLS.values(), WORDS[0]):
            app.post_message(Paste(text))
            await nothing_to_do()
        await look(pilot, pressed="pastes")


async def test_markup_in_a_deck_is_shown_as_it_is_written(room: Desk) -> None:
    text = "[@click=app.quit]here[/] [/red] [bold]x"
    room.write("markup", f'title: "{text}"\nnotes:\n  - {{id: a, question: "{text}", answer: "{text}"}}\n')
    app = TrainerApp(
        (collection := room.collection()),
        session=collection.start(Selection(decks=("markup",))),
        monotonic=a_second_each(),
        pause=0,
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert text_of(app).count(text) >= 2


_OURS = re.compile(
    rb"\x1b\[[0-9;:?<>=!$ ]*[a-zA-Z@`~]"  # Cursors, colours, modes.
    rb"|\x1b[=>78cM]|\x1b\(B|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"
    rb"|\x1bP\+q[0-9a-fA-F;]*\x1b\\|\x1b_Gi=\d+,[a-z0-9,=]*;AAAA\x1b\\"
)


def test_no_byte_of_a_deck_steers_a_real_terminal(tmp_path: Path) -> None:
    decks = laid_out(tmp_path, every=4)
    handle, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    words = (sys.executable, "-m", "trainer", "--data", str(tmp_path / "data"), "--decks", str(decks))
    program = subprocess.Popen(
        words, stdin=slave, stdout=slave, stderr=slave, env=environment | {"TERM": "xterm-256color"}
    )
    os.close(slave)
    try:
        painted = b"".join(
            _painted(handle, keys) for keys in (b"", b"p", b"\x1b", b"a", b" ", b"s", b"\x1b", b"4", b"\x11")
        )
    finally:
        program.kill()
        program.wait(timeout=30)
        os.close(handle)
    text = _OURS.sub(b"", painted).decode("utf-8", "replace")
    assert "trainer" in text
    assert not (bad := HARMFUL.search(text.replace("\r", ""))), ascii(bad)


def _painted(handle: int, keys: bytes, *, quiet: float = 0.3, most: float = 2.0) -> bytes:
    """What is painted after some keys, until nothing more is."""
    found, end = b"", time.monotonic() + most
    if keys:
        os.write(handle, keys)
    while select.select([handle], [], [], quiet if found else 10.0)[0] and time.monotonic() < end + 10:
        try:
            read = os.read(handle, 65536)
        except OSError:
            break
        found += read
        if time.monotonic() > end:
            break
    return found
