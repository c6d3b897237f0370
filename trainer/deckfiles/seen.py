"""Files of decks folders that were read before: while size and times are the same, so is the content.

A file that was changed less than two seconds before it was read is not trusted: it may be changed again
within the same tick of its file system's clock, which on some systems takes as long.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path

from trainer.deckfiles.folder import File, hash_of, read, shown

_SETTLED = 2_000_000_000
"""Nanoseconds after which the clock of any file system has gone on."""


Sight = tuple[str, bytes]
"""A file as it was read: what tells its version, and the hash of its content."""


class Seen:
    """Reads files, but for those that are as they were; `sights` are by absolute path.

    `new` are those of the files that had to be read, as far as they can be trusted from now on.
    """

    def __init__(self, sights: Mapping[str, Sight]) -> None:
        self._sights = sights
        self.new: dict[str, Sight] = {}

    def read(self, path: Path) -> File:
        """The file as `folder.read` gives it, or only the hash of its content where that is known."""
        place = str(path.absolute())
        before, now = _status(path), time.time_ns()
        known = self._sights.get(place)
        if before is not None and known is not None and known[0] == _stamp(before):
            return File(shown(path), b"", known=known[1])
        file = read(path)
        if file.failure or before is None:
            return file
        file = file._replace(known=hash_of(file.content))
        is_settled = now - max(before.st_mtime_ns, before.st_ctime_ns) > _SETTLED
        after = _status(path)
        if is_settled and after is not None and _stamp(after) == _stamp(before):
            self.new[place] = _stamp(before), file.known
        return file


def _status(path: Path) -> os.stat_result | None:
    """How a regular file stands; None for anything else."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _stamp(status: os.stat_result) -> str:
    """What changes whenever a file is written or replaced."""
    told = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return " ".join(map(str, told))
