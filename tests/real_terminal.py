"""A real terminal, and the program on it: driven, watched, and ended from outside."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

from trainer.collection import Collection
from trainer.config import Config, Places

DEADLINE = 30.0
QUIET = 0.2
"""Seconds without output after which the screen stands; longer than the program ignores hasty keys."""

NUMBERS = ("one", "two", "three")
DECK = "title: Numbers\nnotes:\n" + "".join(
    f"  - {{id: {number}, question: Question {number}, answer: Answer {number}}}\n" for number in NUMBERS
)
LEFT_FULL_SCREEN, CURSOR_SHOWN, MOUSE_OFF = b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"

_BEGIN = """\
import fcntl, os, resource, sys, termios
terminal, largest_file, *command = sys.argv[1:]
fcntl.ioctl(int(terminal), termios.TIOCSCTTY, 0)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), resource.RLIM_INFINITY))
os.execv(command[0], command)
"""
"""Takes the terminal and becomes the program; between fork and exec, that may hang a process with threads."""


class Terminal:
    """A program on a terminal of 100x30, driven and watched from outside."""

    def __init__(
        self,
        command: list[str],
        environment: dict[str, str],
        *,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
        largest_file: int | None = None,
    ) -> None:
        self._handle, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

        here = 1 if stdout is None else 2
        self.program = subprocess.Popen(
            [sys.executable, "-S", "-c", _BEGIN, str(here), str(largest_file or -1), *command],
            env=environment,
            stdin=slave if stdin is None else stdin,
            stdout=slave if stdout is None else stdout,
            stderr=slave if stderr is None else stderr,
            start_new_session=True,
        )
        os.close(slave)
        self.output = b""
        self._forgotten = 0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.program.kill()
        self.program.wait()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the terminal's window."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = -1

    def press(self, keys: str | bytes) -> None:
        """Type, once the screen stands."""
        while self._read(QUIET):
            pass
        os.write(self._handle, keys.encode() if isinstance(keys, str) else keys)

    def wait_for(self, text: str) -> None:
        """Read until `text` is painted; what came before it does not count any more."""
        if not self._is_painted(text, DEADLINE):
            raise AssertionError(f"{text!r} was not painted: {self.output[-3000:]!r}")

    def _is_painted(self, text: str, seconds: float) -> bool:
        """Whether a text is painted in time; what came before it does not count any more then."""
        end = time.monotonic() + seconds
        while (found := self.output.find(text.encode(), self._forgotten)) < 0:
            if not self._read(end - time.monotonic()):
                return False
        self._forgotten = found + len(text.encode())
        return True

    def press_until(self, keys: str, text: str, *, patience: float = 8.0) -> None:
        """Type until `text` is painted: on a busy machine, what was typed in time can come too early."""
        for _ in range(5):
            self.press(keys)
            if self._is_painted(text, patience):
                return
        raise AssertionError(f"{text!r} was not painted: {self.output[-3000:]!r}")

    def watch(self, seconds: float) -> None:
        """Read for so long, whatever is painted."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def exit_code(self) -> int:
        """Read all that is still painted, and wait for the end."""
        end = time.monotonic() + DEADLINE
        while self._handle >= 0 and self._read(end - time.monotonic()):
            pass
        return self.program.wait(timeout=max(0.1, end - time.monotonic()))

    def echoes(self) -> bool:
        """Whether the terminal shows and edits lines again, as for a shell."""
        local = int(termios.tcgetattr(self._handle)[3])
        return bool(local & termios.ECHO and local & termios.ICANON)

    def _read(self, seconds: float) -> bytes:
        """Some output; nothing after that time, or once the program has let go of the terminal."""
        if not select.select([self._handle], [], [], max(0.0, seconds))[0]:
            return b""
        try:
            read = os.read(self._handle, 65536)
        except OSError:  # Linux: nobody holds the other end.
            return b""
        self.output += read
        return read


class Room:
    """A folder with a deck of three, and the program over it."""

    def __init__(self, folder: Path) -> None:
        self.decks, self.data = folder / "decks", folder / "data"
        self.decks.mkdir()
        (self.decks / "numbers.yaml").write_text(DECK)
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in ("COLUMNS", "LINES", "NO_COLOR", "PYTHONUNBUFFERED")
            },
            "TERM": "xterm-256color",
            "TRAINER_DATA": str(self.data),
            "TRAINER_DECKS": str(self.decks),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def study(
        self,
        *,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
        largest_file: int | None = None,
        **variables: str,
    ) -> Terminal:
        command = [sys.executable, "-m", "trainer", "study"]
        environment = self.environment | variables
        return Terminal(
            command, environment, stdin=stdin, stdout=stdout, stderr=stderr, largest_file=largest_file
        )

    def reviews(self) -> dict[str, int]:
        """How many reviews of each card are in the log."""
        places = Places(self.data / "progress.db", self.data / "config.toml", (self.decks,))
        collection = Collection(places, Config())
        counts = {number: len(collection.store.reviews(f"numbers/{number}/card")) for number in NUMBERS}
        collection.close()
        return {number: count for number, count in counts.items() if count}


def rate_one(terminal: Terminal) -> None:
    terminal.wait_for("Question one")
    terminal.press(" ")
    terminal.wait_for("Answer one")
    terminal.press("4")


def assert_restored(terminal: Terminal) -> None:
    for sequence in (LEFT_FULL_SCREEN, CURSOR_SHOWN, MOUSE_OFF):
        on = terminal.output.rfind(sequence[:-1] + (b"l" if sequence.endswith(b"h") else b"h"))
        assert terminal.output.rfind(sequence) > on
    assert b"Traceback" not in terminal.output
    assert terminal.echoes()
