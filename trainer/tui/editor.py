"""The user's editor from the screens: lent the terminal, and what comes after."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual.app import App, SuspendNotSupported

from trainer.collection.editor import EditorError, arguments, caution, editor_command, missing, run_editor
from trainer.core.deck import Span
from trainer.core.visible import one_line
from trainer.core.wording import capital, plural
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.collection.moving import Recognised
    from trainer.tui.app import TrainerApp

LARGE = 400_000
"""Bytes of a deck file from which on reading it anew is felt."""


def edit(app: TrainerApp, span: Span, then: Callable[[], None]) -> None:
    """Open a place in the decks, read them anew, say what is wrong with the file now, and go on.

    A file that should rather not be edited is opened when that is asked for again; one that is gone, never.
    """
    app.clear_notifications()
    gone = missing(span.path)
    if gone:
        _say(app, f"There is nothing to edit: {gone}")
        return
    warning = caution(span.path)
    if warning and not app.is_meant(span.path):
        text = f"{capital(warning)}. The same key again opens it all the same."
        app.notify(one_line(text), severity="warning", markup=False, timeout=10)
        return
    failed = False
    try:
        open_at(app, span, setting=app.collection.config.editor)
    except EditorError as error:
        failed = True
        _say(app, f"{capital(str(error))} ({error.hint})")
    if _is_large(span.path):
        _read_in_sight(app, lambda: _go_on(app, span, then, failed=failed))
    else:
        _go_on(app, span, then, failed=failed)


def _is_large(path: str) -> bool:
    """Whether a deck file is so large that it takes a while to read it."""
    try:
        return Path(path).stat().st_size >= LARGE
    except OSError:
        return False


def _read_in_sight(app: TrainerApp, then: Callable[[], None]) -> None:
    """Read the decks anew while the screen says so and keys wait; stopped, they stay as they were."""
    from trainer.collection.editing import read_beside
    from trainer.tui.screens.working import WorkPanel

    collection = app.collection

    def go_on(done: tuple[tuple[Recognised, ...]] | None) -> None:
        if done is None:
            _say(app, "The edit is done, but the decks were not read anew.")
            return
        collection.recognised = done[0] or collection.recognised
        then()

    app.push_screen(WorkPanel("Reading the decks", lambda advance: read_beside(collection, advance)), go_on)


def _go_on(app: TrainerApp, span: Span, then: Callable[[], None], *, failed: bool) -> None:
    """Take up the decks as they are now, and say what is wrong with the file."""
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
            failure = run_editor(arguments(words, str(Path(span.path).absolute()), span.line))
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


def _tell_problems(app: TrainerApp, path: str, *, errors_only: bool) -> None:
    """Say how many problems a file has, and the first of them: errors come first; or that it is gone."""
    if gone := missing(path):
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
