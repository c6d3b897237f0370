"""A program on a pseudo terminal, driven and watched from outside."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path
from types import TracebackType

DEADLINE = 20.0


class Terminal:
    """Runs a command on a terminal of 100x30 and reads what it paints."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._pid, self._handle = pty.fork()
        if self._pid == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self._seen = b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._handle)

    def memory(self) -> float:
        """Gigabytes that the program holds in memory, by Linux."""
        status = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii")
        held = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(held.split()[1]) * 1024 / 1e9

    def send(self, keys: str) -> None:
        """Type `keys`."""
        os.write(self._handle, keys.encode())

    def wait_for(self, text: str) -> None:
        """Read until `text` has been painted; what came before it is forgotten. Raises TimeoutError."""
        awaited, end = text.encode(), time.monotonic() + DEADLINE
        while awaited not in self._seen:
            if not select.select([self._handle], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError(f"{text!r} was not painted: {self._seen[-2000:]!r}")
            self._seen += os.read(self._handle, 65536)
        self._seen = self._seen.partition(awaited)[2]
