"""Showing something anew whenever files change."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import sleep

import click

EVERY = 0.3
"""Seconds between looks."""

SETTLED = 0.05
"""Seconds in which nothing more is written once a file is whole."""

_Mark = tuple[int, int, int] | None
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"


def watch(
    paths: Callable[[], Iterable[Path]],
    show: Callable[[], None],
    *,
    wait: Callable[[float], None] | None = None,
) -> int:
    """Show, and again whenever one of the files has changed, until ctrl+c; 0, the exit code.

    `paths` are asked for at every look. A file that is gone at one look only is being replaced: that alone is
    no change. `wait` lets seconds pass.
    """
    wait = wait or sleep
    shown = _Marks(paths)
    try:
        show()
        while True:
            wait(EVERY)
            if shown.have_changed():
                while shown.have_changed(after=wait):
                    pass
                show()
    except KeyboardInterrupt:
        return 0


def again_and_again(paths: Callable[[], Iterable[Path]], look: Callable[[], int], *, clear: bool) -> int:
    """Watch, with `look` as what shows, each time on an empty screen if that is wanted; 0, the exit code."""

    def show() -> None:
        if clear:
            clear_screen()
        look()
        sys.stdout.flush()

    return watch(paths, show)


def clear_screen() -> None:
    """Begin with an empty screen, on a terminal that has one; elsewhere with an empty line."""
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        click.echo(_CLEAR, nl=False)
    else:
        click.echo()


class _Marks:
    """What tells that files have changed, as of the last look."""

    def __init__(self, paths: Callable[[], Iterable[Path]]) -> None:
        self._paths = paths
        self._marks = self._look()
        self._gone: frozenset[Path] = frozenset()

    def have_changed(self, *, after: Callable[[float], None] | None = None) -> bool:
        """Whether something is not as it was at the last look, perhaps after a short wait."""
        if after:
            after(SETTLED)
        now = dict(self._look())
        gone = frozenset(path for path, mark in self._marks.items() if mark and now.get(path) is None)
        for path in gone - self._gone:
            now[path] = self._marks[path]
        self._gone = gone
        changed = now != self._marks
        self._marks = now
        return changed

    def _look(self) -> Mapping[Path, _Mark]:
        return {path: _mark(path) for path in self._paths()}


def _mark(path: Path) -> _Mark:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
