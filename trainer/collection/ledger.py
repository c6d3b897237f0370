"""Files written one act at a time, each act whole, and taken back while nobody else has written to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from trainer.deckfiles import saving


class Write(NamedTuple):
    """A file, and what it holds before and after; None is no file."""

    path: Path
    before: bytes | None
    after: bytes | None

    @property
    def back(self) -> Write:
        """The same the other way round."""
        return Write(self.path, self.after, self.before)


class Act(NamedTuple):
    """Something that was done, in words, and the files that it wrote."""

    what: str
    writes: tuple[Write, ...]


class Ledger:
    """What was written, to be taken back, latest first, and done again.

    Every method may raise ChangedOutsideError or NotSavedError; then nothing has changed.
    """

    def __init__(self) -> None:
        self._done: list[Act] = []
        self._undone: list[Act] = []

    def write(self, what: str, writes: Sequence[Write]) -> None:
        """Write files."""
        _write_all(writes)
        self._done.append(Act(what, tuple(writes)))
        self._undone.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    def undo(self) -> Act | None:
        """Take back what was last written; the act as it was done, None if there is none."""
        if not self._done:
            return None
        act = self._done[-1]
        back = Act(act.what, tuple(write.back for write in reversed(act.writes)))
        _write_all(back.writes)
        self._undone.append(self._done.pop())
        return back

    def redo(self) -> Act | None:
        """Write again what was last taken back."""
        if not self._undone:
            return None
        _write_all(self._undone[-1].writes)
        self._done.append(self._undone.pop())
        return self._done[-1]

    def clear(self) -> None:
        """Nothing that was done can be taken back any more."""
        self._done.clear()
        self._undone.clear()


def _write_all(writes: Sequence[Write]) -> None:
    """Write files one by one; if one cannot be, or this is broken off, those before it are put back."""
    written: list[Write] = []
    try:
        for write in writes:
            _write_one(write)
            written.append(write)
    except BaseException:
        for write in reversed(written):
            _write_one(write.back)
        raise


def _write_one(write: Write) -> None:
    if write.after is not None:
        saving.replace(write.path, write.after, instead_of=write.before)
    elif write.before is not None:
        saving.remove(write.path, holding=write.before)
