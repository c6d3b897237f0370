"""Which files of decks folders have been read, and what told their versions: a cache that may be lost."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from trainer.errors import DataError, NotSavedError

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
        """Remember files as they were read; where nothing can be written, they are read again.

        Nobody waits for that while another session writes: commands that only look end with it.
        """
        from trainer.storage.connection import BUSY_TIMEOUT
        from trainer.storage.entries import writable

        rows = [(writable(path), *told) for path, told in files.items()]
        connection = self._store.connection
        connection.execute("PRAGMA busy_timeout = 0")
        with suppress(NotSavedError, DataError), self._store.transaction():
            if self._store.one("SELECT count(*) FROM seen")[0] > _MOST:
                connection.execute("DELETE FROM seen")
            connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", rows)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
