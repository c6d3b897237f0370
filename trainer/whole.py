"""Files that are written whole or not at all, streamed: under another name first, then renamed.

Nothing is left where writing fails or is broken off, and a file that was there before stays as it was.
"""

from __future__ import annotations

import io
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from trainer.errors import NotSavedError

__all__ = [
    "PART",
    "FileThereError",
    "check_place",
    "made_whole",
    "settle",
    "text_stream",
    "written_whole",
]

_FORCE = "--force replaces it"

PART = ".part"
"""How the names of files end that are not whole yet; they begin with a dot."""


class FileThereError(NotSavedError):
    """There is a file of that name already."""

    exit_code = 2


@contextmanager
def written_whole(path: Path, *, over: bool = False) -> Iterator[BinaryIO]:
    """A stream, which can be sought in, to what becomes the file at `path` if nothing is raised.

    It is on disk then. A link is followed. A new file is for its owner only; one that is there is replaced
    if `over` says so, and keeps its permissions. Raises FileThereError, and NotSavedError where the file
    cannot be written.
    """
    with made_whole(path, over=over) as part:
        file = part.open("w+b")
        try:
            yield file
            file.close()
        finally:
            with suppress(OSError):  # What could not be written cannot be when it is closed either.
                file.close()


@contextmanager
def made_whole(path: Path, *, over: bool = False) -> Iterator[Path]:
    """An empty file under another name, to be filled by its name, which becomes the file at `path`.

    All else is as with `written_whole`.
    """
    target = check_place(path, over=over)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=PART, dir=target.parent)
    except (OSError, ValueError) as error:
        raise _failed(path, error) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as file:
            _like(target, file.fileno())
            os.fsync(file.fileno())
        _put(part, target, path, over=over)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                left.unlink()


@contextmanager
def text_stream(raw: BinaryIO) -> Iterator[TextIO]:
    """A binary stream for text as it is, in UTF-8; it stays open, and holds all of the text at the end."""
    stream = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="")
    try:
        yield stream
        stream.flush()
    finally:
        with suppress(OSError, ValueError):
            stream.detach()


def check_place(path: Path, *, over: bool = False) -> Path:
    """Where a file of that name would be written, links followed.

    Raises FileThereError, and NotSavedError where there is no folder or something else than a file.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = target.stat().st_mode if target.exists() else None
        if mode is None and not target.parent.is_dir():
            raise NotSavedError(f"{path} cannot be written: there is no such folder")
    except (OSError, ValueError) as error:
        raise _failed(path, error) from error
    if mode is None:
        return target
    if stat.S_ISDIR(mode):
        raise NotSavedError(f"{path} cannot be written: it is a folder", hint="name a file in it")
    if not stat.S_ISREG(mode):
        raise NotSavedError(f"{path} cannot be written: it is no regular file")
    if not over:
        raise FileThereError(f"{path} is there already", hint=_FORCE)
    if not os.access(target, os.W_OK):
        raise NotSavedError(f"{path} cannot be written: it is read-only")
    return target


def settle(folder: Path) -> None:
    """Have the names of a folder on disk too, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put(part: Path, target: Path, path: Path, *, over: bool) -> None:
    """Give a finished file its name, unless another has come to have it that is to stay."""
    if over:
        part.replace(target)
    else:
        try:
            os.link(part, target)
        except FileExistsError as error:
            raise FileThereError(f"{path} is there already", hint=_FORCE) from error
        except OSError:  # A file system without hard links.
            part.replace(target)
    settle(target.parent)


def _like(target: Path, handle: int) -> None:
    """Give a file the permissions of the one that it replaces, if there is one."""
    with suppress(FileNotFoundError):
        os.fchmod(handle, stat.S_IMODE(target.stat().st_mode))


def _failed(path: Path, error: Exception) -> NotSavedError:
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return NotSavedError(f"{path} cannot be written: {reason}")
