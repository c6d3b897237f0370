"""The user's editor: which one it is, how it is told to open a file at a line, and what comes after."""

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
from typing import TYPE_CHECKING, Literal

from textual.app import App, SuspendNotSupported

from trainer.config import bundled_decks
from trainer.core.deck import Span
from trainer.core.visible import one_line
from trainer.core.wording import capital, plural
from trainer.errors import TrainerError
from trainer.tui.screens.base import GUARD

if TYPE_CHECKING:
    from trainer.tui.app import TrainerApp

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


def edit(app: TrainerApp, span: Span, then: Callable[[], None]) -> None:
    """Open a place in the decks, read them anew, say what is wrong with the file now, and go on.

    A file that should rather not be edited is opened when that is asked for again; one that is gone, never.
    """
    app.clear_notifications()
    gone = _missing(span.path)
    if gone:
        _say(app, f"There is nothing to edit: {gone}")
        return
    warning = caution(span.path)
    if warning and not _meant(app, span.path):
        text = f"{capital(warning)}. The same key again opens it all the same."
        app.notify(one_line(text), severity="warning", markup=False, timeout=10)
        return
    failed = False
    try:
        open_at(app, span, setting=app.collection.config.editor)
    except EditorError as error:
        failed = True
        _say(app, f"{capital(str(error))} ({error.hint})")
    try:
        app.reload()
    except TrainerError as error:
        reason = str(error).removeprefix("not saved: ")
        _say(app, f"The edit is done, but the decks could not be read anew: {reason}")
        return
    try:
        _tell_problems(app, span.path, errors_only=failed)
        then()
    except TrainerError as error:
        _say(app, capital(str(error)))


def _meant(app: TrainerApp, path: str) -> bool:
    """Whether a caution about a file was given before, and not just now to a key that is held."""
    now = app.monotonic()
    before = app.cautioned.get(path)
    app.cautioned[path] = now
    return before is not None and now - before >= GUARD


def _missing(path: str) -> str:
    """That a file is gone, or is no file; mostly nothing."""
    if Path(path).is_file():
        return ""
    return f"{path} is {'no file any more' if os.path.lexists(path) else 'gone'}"


def caution(path: str) -> str:
    """Why a deck file should rather not be edited; mostly nothing."""
    if bundled_decks().resolve() in Path(path).resolve().parents:
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


def open_at(app: App[None], span: Span, *, setting: str) -> None:
    """Lend the terminal to the editor until it has ended. Raises EditorError if that did not go well."""
    place = one_line(f"{span.path}:{span.line}")
    try:
        words = editor_command(setting, os.environ)
    except EditorError as error:
        raise EditorError(str(error), hint=place) from error
    failure = ""
    try:
        with lent(app):
            failure = _run(arguments(words, str(Path(span.path).absolute()), span.line))
    except SuspendNotSupported as error:
        raise EditorError("this terminal cannot be lent to an editor", hint=place) from error
    if failure:
        raise EditorError(f"the editor {one_line(words[0])} {failure}", hint=place)


@contextmanager
def lent(app: App[None]) -> Iterator[None]:
    """The terminal as it was before the interface; where there is none, there is nothing to lend."""
    if app.is_headless:
        yield
        return
    with app.suspend():
        yield


def _run(command: Sequence[str]) -> str:
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


def _tell_problems(app: TrainerApp, path: str, *, errors_only: bool) -> None:
    """Say how many problems a file has, and the first of them: errors come first; or that it is gone."""
    if gone := _missing(path):
        _say(app, f"After the edit, {gone}; its cards are back when it is.")
        return
    found = [
        problem
        for problem in app.collection.problems
        if problem.span.path == path and (problem.severity == "error" or not errors_only)
    ]
    if not found:
        return
    first = min(found, key=lambda problem: (problem.severity != "error", problem.span.line))
    hint = f" ({first.hint})" if first.hint else ""
    more = f"{plural(len(found), 'problem')}; the first: " if len(found) > 1 else ""
    text = f"{Path(path).name}: {more}line {first.span.line}, {first.message}{hint}"
    if first.severity == "error":
        text += ". The deck is not read until this is mended."
    _say(app, text, warning=first.severity != "error")


def _say(app: TrainerApp, text: str, *, warning: bool = False) -> None:
    severity: Literal["warning", "error"] = "warning" if warning else "error"
    app.notify(one_line(text), severity=severity, markup=False, timeout=12)
