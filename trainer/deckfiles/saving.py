"""Deck files put on disk: whole or not at all, and never over what somebody else has written."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from trainer.errors import NotSavedError
from trainer.whole import settle

_NEW = 0o666


class ChangedOutsideError(NotSavedError):
    """The file is not what it was when it was read; `content` is what it is now, None if it has gone."""

    def __init__(self, path: Path, content: bytes | None) -> None:
        what = "is gone" if content is None else "was changed outside in the meantime"
        super().__init__(f"{path} {what}", hint="nothing was written")
        self.path = path
        self.content = content


def read(path: Path) -> bytes | None:
    """What a file holds, None if there is none. Raises NotSavedError if it cannot be read, as a device."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotSavedError(f"{path} cannot be read: it is not a regular file")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise NotSavedError(f"{path} cannot be read: {_reason(error)}") from error


def create(path: Path, text: str) -> None:
    """Write a new file. Raises ChangedOutsideError, and touches nothing, if there is one of that name."""
    replace(path, text.encode(), instead_of=None)


def replace(path: Path, content: bytes, *, instead_of: bytes | None) -> None:
    """Write a file that holds `instead_of`, or None if it is new. It is on disk when this returns.

    A link is followed, the file keeps its permissions, a new one gets its folders. Raises ChangedOutsideError
    if the file holds something else, NotSavedError if it cannot be written; then it is as it was.
    """
    try:
        target = Path(os.path.realpath(path))
        if instead_of is None:
            target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    except (OSError, ValueError) as error:
        raise NotSavedError(f"{path} cannot be written: {_reason(error)}") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(handle, _permissions(target))
            os.fsync(handle)
        if (now := read(target)) != instead_of:
            raise ChangedOutsideError(path, now)
        if instead_of is None:
            _put_new(part, target, path)
        else:
            if not os.access(target, os.W_OK):
                raise NotSavedError(f"{path} cannot be written: it is read-only")
            part.replace(target)
        settle(target.parent)
    except OSError as error:
        raise NotSavedError(f"{path} cannot be written: {_reason(error)}") from error
    finally:
        with suppress(OSError):
            part.unlink()


def remove(path: Path, *, holding: bytes) -> None:
    """Take away a file that holds just that. Raises ChangedOutsideError if it holds something else."""
    if (now := read(path)) != holding:
        raise ChangedOutsideError(path, now)
    try:
        path.unlink()
        settle(path.parent)
    except OSError as error:
        raise NotSavedError(f"{path} cannot be taken away: {_reason(error)}") from error


def _put_new(part: Path, target: Path, path: Path) -> None:
    """Give a finished file its name, unless another has come to have it."""
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise ChangedOutsideError(path, read(target)) from error
    except OSError:  # A file system without hard links.
        part.replace(target)


def _permissions(target: Path) -> int:
    with suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return _NEW & ~mask


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error)
