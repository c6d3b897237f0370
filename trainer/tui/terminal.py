"""The terminal the interface runs in: whether there is one, and leaving it as it was."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from trainer.errors import UsageError

if TYPE_CHECKING:
    from types import FrameType

    from trainer.tui.app import TrainerApp

MAX_SIZE = 500
_SIGNALS = ("SIGTERM", "SIGHUP")


def require_terminal(
    what: str = "a study session",
    *,
    hint: str = "`trainer study --plain` and `trainer quiz --plain` ask line by line",
) -> None:
    """Raise UsageError where a full screen cannot be shown for `what`; `hint` says what else can be done."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)  # The last is what Textual paints on.
    if not all(stream and stream.isatty() for stream in streams):
        raise UsageError(f"{what} needs a terminal, and input, output or error output is not one", hint=hint)
    if os.environ.get("TERM", "") in ("dumb", "unknown"):
        raise UsageError("this terminal (TERM=dumb) cannot show a full screen", hint=hint)
    for variable in ("COLUMNS", "LINES"):
        value = os.environ.get(variable, "")
        if value.isdecimal() and int(value) > MAX_SIZE:
            os.environ[variable] = str(MAX_SIZE)


def run(app: TrainerApp) -> int:
    """Run the interface; its exit code. The terminal is left as it was, and what broke the app is raised."""
    _survive_bad_input()
    outlive_terminal()
    _note_signals(app)
    app.run()
    if app.broken_by is not None:
        raise app.broken_by
    if app.ended_by:
        saved = "; ".join(filter(None, ("every answer is saved", app.note_left)))
        with suppress(OSError):  # The terminal may be gone.
            print(f"trainer: ended by {app.ended_by}; {saved}", file=sys.stderr)  # noqa: T201
    return int(app.return_code or 0)


def leave_on_signals(app: TrainerApp) -> None:
    """Make SIGTERM and a closed terminal leave the interface as quitting does."""

    def leave(name: str) -> None:
        app.ended_by = name
        app.exit()

    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        if hasattr(signal, name):
            loop.add_signal_handler(getattr(signal, name), leave, name)
    if app.ended_by:  # Before there was a loop to tell it to.
        app.exit()


def _note_signals(app: TrainerApp) -> None:
    """Keep a signal that comes while the full screen is being opened for `leave_on_signals`."""

    def note(number: int, frame: FrameType | None) -> None:
        app.ended_by = signal.Signals(number).name

    for name in _SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), note)


def _survive_bad_input() -> None:
    """Bytes that are not UTF-8 must not end the input thread (Textual issue 6456)."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # pragma: no cover - Windows has another driver
        return
    decoder = vars(linux_driver)["getincrementaldecoder"]
    vars(linux_driver)["getincrementaldecoder"] = lambda name: partial(decoder(name), errors="replace")


def outlive_terminal() -> None:
    """What is painted on a terminal that has gone must hold up nobody.

    The thread that writes ends there otherwise, its queue fills, and whoever paints waits for ever.
    """
    from textual.drivers._writer_thread import WriterThread

    def run(self: WriterThread) -> None:
        while (text := self._queue.get()) is not None:
            with suppress(OSError):
                self._file.write(text)
                if self._queue.empty():
                    self._file.flush()
        with suppress(OSError):
            self._file.flush()

    WriterThread.run = run  # type: ignore[method-assign]
