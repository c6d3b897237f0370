"""Disks that are full, fail or turn read-only, at whichever call, and a small real one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest
from recorded_disk import Call

REASONS = {
    "full": (apsw.SQLITE_FULL, "the disk is full"),
    "fails": (apsw.SQLITE_IOERR, "the disk reported an error"),
}

_EROFS = {
    "write": apsw.SQLITE_IOERR_WRITE,
    "truncate": apsw.SQLITE_IOERR_TRUNCATE,
    "delete": apsw.SQLITE_IOERR_DELETE,
    "create": apsw.SQLITE_CANTOPEN,
}
_NOT_ALLOWED = dict.fromkeys(("create", "open"), apsw.SQLITE_READONLY_DIRECTORY)
READ_ONLY: Mapping[str, Mapping[str, int]] = {
    "no write": _EROFS,
    "no journal": {**_EROFS, "open": apsw.SQLITE_CANTOPEN},
    "no journal allowed": {**_EROFS, **_NOT_ALLOWED},
}
"""What each call comes to on a file system that has turned read-only, by the codes that SQLite's own VFS
makes of EROFS and EACCES (os_unix.c). A journal that is left may still be opened, for reading: then its
first write fails.
"""

SAID = dict.fromkeys(("write", "truncate", "create", "delete"), apsw.SQLITE_READONLY)
"""The same where a VFS says just that. SQLite's own for Unix never does, and SQLite takes it for no fault of
the disk (`pager_error` in pager.c): it goes on with what it has in memory and could not write.
"""


class TurningReadOnly:
    """Lets a file system turn read-only before the change after so many others: none works from then on."""

    def __init__(self, codes: Mapping[str, int]) -> None:
        self._codes = codes
        self._left: int | None = None
        self.failed = 0

    def after(self, changes: int) -> None:
        """Let it turn read-only from now on after so many changes."""
        self._left, self.failed = changes, 0

    def back(self) -> None:
        """Let it be written to again."""
        self._left = None

    def __call__(self, call: Call) -> None:
        code = self._codes.get(call.what)
        if self._left is None or code is None:
            return
        if self._left == 0:
            self.failed += 1
            raise apsw.exception_for(code)
        self._left -= 1


class Failing:
    """Lets a disk fail at the call after so many others: then only, or from then on."""

    def __init__(self) -> None:
        self._left: int | None = None
        self._code, self._for_good = 0, False
        self.failed = 0

    def after(self, calls: int, code: int, *, for_good: bool) -> None:
        """Let the disk fail from now on after so many calls."""
        self._left, self._code, self._for_good, self.failed = calls, code, for_good, 0

    def no_more(self) -> None:
        """Let the disk work again."""
        self._left = None

    def __call__(self, call: Call) -> None:
        if self._left is None or call.what == "open":
            return
        if self._left == 0 or (self._left < 0 and self._for_good):
            self.failed += 1
            self._left = -1
            raise apsw.exception_for(self._code)
        self._left -= 1


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A file system of 600 kB in an empty folder; skips the test where there can be none."""
    place.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)],
            capture_output=True,
            timeout=30,
            check=False,
        ).returncode
    ):
        pytest.skip("only root can make a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], timeout=30, check=False)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """As long as this lasts, nothing more goes onto the disk of a folder."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, pytest.raises(OSError):
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        ballast.unlink()
