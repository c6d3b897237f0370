"""Start an installed trainer on a pseudo terminal, as a new user would, and quit at the first card.

    python start_installed.py PATH_TO_TRAINER

Runs in the current folder, which should be empty, with an empty home. Exits with 0 if the first question
of the shipped decks was painted and ctrl+q ended the program with exit code 0. Standard library only.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import suppress
from pathlib import Path

DEADLINE = 60.0
CTRL_Q = b"\x11"


def main() -> int:
    """Start, look, quit."""
    trainer = str(Path(sys.argv[1]).absolute())
    with tempfile.TemporaryDirectory() as home:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "TRAINER_"))
        }
        environment = kept | {"HOME": home, "TERM": "xterm-256color"}
        listed = subprocess.run([trainer, "list", "--json"], env=environment, capture_output=True, check=True)
        cards = json.loads(listed.stdout)
        first = " ".join(cards[0]["question"].split()[:4])
        code = study([trainer, "study"], environment, first)
    print(f"installed trainer: {len(cards)} cards, asked {first!r}..., exit code {code}")
    return code


def study(command: list[str], environment: dict[str, str], awaited: str) -> int:
    """Wait for a text on a terminal of 100x30, then quit; the exit code."""
    program, terminal = pty.fork()
    if program == 0:
        os.execve(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    painted, quitting, end = b"", False, time.monotonic() + DEADLINE
    try:
        with suppress(OSError):  # The end of the program is an error to whoever reads its terminal.
            while time.monotonic() < end:
                if not select.select([terminal], [], [], 1.0)[0]:
                    continue
                read = os.read(terminal, 65536)
                if not read:
                    break
                painted += read
                if not quitting and awaited.encode() in painted:
                    quitting = True
                    os.write(terminal, CTRL_Q)
        if not quitting or time.monotonic() >= end:
            print(f"{awaited!r} was not painted, or the program did not end: {painted[-2000:]!r}")
            os.kill(program, signal.SIGKILL)
    finally:
        _, status = os.waitpid(program, 0)
    return os.waitstatus_to_exitcode(status) if quitting else 1


if __name__ == "__main__":
    sys.exit(main())
