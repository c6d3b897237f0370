"""Telling a person that something is under way, and how far it has come, where it takes long."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer, current_thread, main_thread
from typing import TYPE_CHECKING, Any, TextIO

from trainer.core.progress import Advance, bar, remaining, unseen

if TYPE_CHECKING:
    from types import FrameType

AFTER = 1.0
"""Seconds before anything is told."""

_EVERY = 0.1
_BAR, _LEAST_BAR = 24, 6
_WIDTH = 80
"""Cells of a terminal that does not say how wide it is."""
_TAKE_BACK = "\r\x1b[K"


@contextmanager
def under_way(
    what: str, *, after: float = AFTER, clock: Callable[[], float] = time.monotonic
) -> Iterator[Advance]:
    """Say on a terminal what is being done, if it is not done after some seconds, and take that back then.

    What is given may be told how far it has come: then a bar and an estimate are shown. Nothing must be
    printed within.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield unseen
        return
    line = _Line(what, stream, after=after, clock=clock)
    timer = Timer(after, line.begin)
    timer.daemon = True
    timer.start()
    try:
        yield line.advance
    finally:
        timer.cancel()
        try:
            timer.join()
        finally:
            line.take_back()


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let a closed terminal and a polite kill end the work as ctrl+c does: nothing is left half done."""
    import signal

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before: dict[int, Any] = {}
    if current_thread() is main_thread():
        numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
        before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Line:
    """The line on the terminal."""

    def __init__(self, what: str, stream: TextIO, *, after: float, clock: Callable[[], float]) -> None:
        self._what, self._stream, self._after, self._clock = what, stream, after, clock
        self._since = clock()
        self._told_at = float("-inf")
        self._told = ""
        self._lock = Lock()

    def begin(self) -> None:
        """Say what is being done, unless more was said already."""
        with self._lock:
            if not self._told:
                self._tell(f"{self._what} …")

    def advance(self, done: int, total: int) -> None:
        """Show how far it has come, and how long it may still take."""
        now = self._clock()
        if now - self._since < self._after or now - self._told_at < _EVERY or total <= 0:
            return
        share = min(1.0, done / total)
        left = remaining(share, now - self._since)
        numbers = f"{share:4.0%}{f'  {left} left' if left else ''}"
        room = self._width() - 1 - len(f"{self._what}    {numbers}")
        shown = f"  {bar(share, min(_BAR, room))}" if room >= _LEAST_BAR else ""
        with self._lock:
            self._told_at = now
            self._tell(f"{self._what}{shown}  {numbers}")

    def take_back(self) -> None:
        """Leave no trace."""
        if self._told:
            self._write(_TAKE_BACK)

    def _tell(self, text: str) -> None:
        width = self._width()
        before, self._told = self._told, text if len(text) < width else f"{text[: max(1, width - 2)]}…"
        self._write(f"{_TAKE_BACK if before else ''}{self._told}")

    def _width(self) -> int:
        """Of this terminal, which stdout need not be."""
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or _WIDTH
        except (OSError, ValueError):
            return _WIDTH

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
