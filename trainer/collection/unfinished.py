"""Notes that are being typed, kept in the data folder: what ends the program does not end them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from trainer.config import Places
from trainer.core.filling import MOST, Filling
from trainer.core.questions import TYPES
from trainer.core.visible import visible
from trainer.deckfiles import saving
from trainer.errors import NotSavedError

_FOLDER = "unfinished"
_LONGEST = 4_000_000
"""Bytes of a file that is read."""


class Unfinished(NamedTuple):
    """What was typed into the form of a note: `note` is its id in the deck, empty for a new one."""

    note: str
    filling: Filling

    def over(self, written: Filling | None) -> Filling:
        """The form with it, over the note as it is written now, if it still is."""
        if written is None:
            return self.filling
        typed = {**written.typed, **self.filling.typed}
        return replace(written, type=self.filling.type, typed=typed)


class Keeper:
    """Keeps what is typed at one deck in a file of its own, so that two windows don't share one."""

    def __init__(self, places: Places, deck: Path) -> None:
        self._folder = places.progress.parent / _FOLDER
        self._deck = hashlib.sha256(os.fsencode(os.path.realpath(deck))).hexdigest()[:16]
        self._path = self._new_path()
        self._content: bytes | None = None
        self._left: tuple[Path, bytes | None] | None = None

    def keep(self, unfinished: Unfinished) -> None:
        """Have it on disk. Raises NotSavedError."""
        filling = unfinished.filling
        told = {"note": unfinished.note, "type": filling.type, "typed": dict(filling.typed)}
        content = json.dumps(told, ensure_ascii=False, indent=1).encode(errors="replace")
        if content != self._content:
            saving.replace(self._path, content, instead_of=saving.read(self._path))
            self._content = content

    def drop(self) -> None:
        """What was kept is saved, or thrown away."""
        if self._content is not None:
            with suppress(NotSavedError):  # It is offered once more: better than lost.
                saving.remove(self._path, holding=self._content)
        self._path, self._content = self._new_path(), None

    def left(self) -> Unfinished | None:
        """What was left when the program ended, the latest; it stays until it is taken up and dropped."""
        for path in self._files():
            with suppress(OSError, NotSavedError):
                content = saving.read(path) if path.stat().st_size <= _LONGEST else None
                found = _read(content) if content else None
                if found is not None:
                    self._left = (path, content)
                    return found
        return None

    def take_up(self) -> None:
        """Go on with what was left."""
        if self._left is not None:
            (self._path, self._content), self._left = self._left, None

    def leave(self) -> None:
        """Leave what was left for another time."""
        self._left = None

    def _new_path(self) -> Path:
        return self._folder / f"{self._deck}-{uuid4().hex[:8]}.json"

    def _files(self) -> Iterator[Path]:
        with suppress(OSError):
            files = self._folder.glob(f"{self._deck}-*.json")
            yield from sorted(files, key=lambda path: path.lstat().st_mtime_ns, reverse=True)


def _read(content: bytes) -> Unfinished | None:
    """What a file holds, safe to show; None where that is nothing of ours."""
    try:
        told = json.loads(content)
        note, kind, typed = told["note"], told["type"], told["typed"]
        texts = {name: visible(text)[:MOST] for name, text in typed.items()}
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return None
    if not isinstance(note, str) or not isinstance(kind, str) or kind not in TYPES:
        return None
    return Unfinished(note, Filling(type=kind, typed=texts))
