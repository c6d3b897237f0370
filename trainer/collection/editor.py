"""The user's editor: which one it is, and how it is told to open a file at a line."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from trainer.config import is_bundled
from trainer.errors import TrainerError

_FALLBACKS = ("nano", "vi")
_NOT_STARTED = 127

_PLUS = ("+{line}", "{file}")
_COLON = ("{file}:{line}",)
_ARGUMENTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "nano", "pico", "kak", "micro", "joe", "mg", "ne"), _PLUS),
    **dict.fromkeys(("emacs", "emacsclient", "xemacs", "jed"), _PLUS),
    **dict.fromkeys(("hx", "helix"), _COLON),
    **dict.fromkeys(("gvim", "mvim"), ("-f", *_PLUS)),
    **dict.fromkeys(("subl", "sublime_text", "zed"), ("--wait", *_COLON)),
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor"), ("--wait", "-g", *_COLON)),
}
"""How editors are told a file and a line; those with a window of their own also to wait."""

_WAITING = {"--wait", "-w", "-f", "--nofork"}


class EditorError(TrainerError):
    """The editor could not be used; the hint says which file and line were meant."""


def missing(path: str) -> str:
    """That a file is gone, or is no file; mostly nothing."""
    if Path(path).is_file():
        return ""
    return f"{path} is {'no file any more' if os.path.lexists(path) else 'gone'}"


def caution(path: str) -> str:
    """Why a deck file should rather not be edited; mostly nothing."""
    if is_bundled(Path(path)):
        return "this deck is part of the program, and an update replaces it: edit a copy of the folder"
    return "" if os.access(path, os.W_OK) else f"this file cannot be written to: {path}"


def editor_command(
    setting: str, environment: Mapping[str, str], *, which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """The words of the editor's command: the setting, else $VISUAL, else $EDITOR, else nano or vi."""
    for name, value in (
        ("the setting `editor`", setting),
        ("$VISUAL", environment.get("VISUAL", "")),
        ("$EDITOR", environment.get("EDITOR", "")),
    ):
        if value.strip():
            try:
                words = shlex.split(value)
            except ValueError as error:
                raise EditorError(f"{name} cannot be read: {str(error).lower()}") from error
            if words and words[0]:
                return words
    found = next(filter(which, _FALLBACKS), None)
    if found is None:
        raise EditorError("there is no editor: set $EDITOR, or `editor` in config.toml")
    return [found]


def arguments(editor: Sequence[str], path: str, line: int) -> list[str]:
    """The whole command that opens a file, at a line where the editor is known to take one."""
    name = Path(editor[0]).stem.casefold()
    forms = _ARGUMENTS.get(name, ("{file}",))
    added = [form.replace("{line}", str(line)).replace("{file}", path) for form in forms]
    waits = _WAITING.intersection(editor)
    return [*editor, *(word for word in added if not (waits and word in _WAITING))]


def run_editor(command: Sequence[str]) -> str:
    """Run an editor; what went wrong, if anything. Never raises: the terminal must be taken back."""
    try:
        with _deaf_to_interrupts():
            code = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        return f"could not be started: {error.strerror or error}"
    except ValueError:
        return "could not be started: its command holds a null character"
    if code < 0:
        return f"was ended by signal {-code}"
    if code == _NOT_STARTED:
        return "could not be found"
    return f"ended with exit code {code}" if code else ""


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Leave ctrl+c to the editor, which shares the terminal."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ignore(number: int, frame: FrameType | None) -> None:
        """A handler, not SIG_IGN, which the editor would inherit."""

    before = signal.signal(signal.SIGINT, ignore)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
