"""Which files of decks folders have been read, and what told their versions: a cache that may be lost."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from trainer.errors import NotSavedError

if TYPE_CHECKING:
    from trainer.storage.store import Store

_MOST = 20_000
"""Files that are remembered; when there are more, all but the last ones are forgotten."""


class SeenFiles:
    """The files that the progress file of `store` remembers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self) -> dict[str, tuple[str, bytes]]:
        """The stamp and the hash of the content of each file, by absolute path."""
        return {path: (stamp, kept) for path, stamp, kept in self._store.all("SELECT * FROM seen")}

    def put(self, files: Mapping[str, tuple[str, bytes]]) -> None:
        """Remember files as they were read; where nothing can be written, they are read again."""
        from trainer.storage.entries import writable

        rows = [(writable(path), *told) for path, told in files.items()]
        with suppress(NotSavedError), self._store.transaction():
            if self._store.one("SELECT count(*) FROM seen")[0] > _MOST:
                self._store.connection.execute("DELETE FROM seen")
            self._store.connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", rows)
