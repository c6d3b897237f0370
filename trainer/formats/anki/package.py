"""The outside of a package of Anki: a zip file with a collection in it, and media that are never unpacked.

The member `meta` tells the version: 1 has the collection in `collection.anki2`, 2 in `collection.anki21`,
and 3 in `collection.anki21b`, packed with Zstandard. From 2 on, `collection.anki2` only asks to update Anki.
Packages come from strangers: every size is looked at before something is read, and again while it is read.
"""

from __future__ import annotations

import json
import lzma
import os
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from trainer.core.progress import Advance, unseen
from trainer.errors import DecksError
from trainer.formats.anki import wire

SUFFIXES = (".apkg", ".colpkg")

MAX_COLLECTION = 200_000_000
MAX_ENTRIES = 100_000
MAX_LIST = 8_000_000
"""Bytes of the list of media."""

_MAX_DIRECTORY = 16_000_000
_MAX_META = 1_000
_CHUNK = 1 << 20
_HEAD = b"PK\x03\x04"
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_LONGEST_END = 22 + 0xFFFF
_COLLECTIONS = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
_PLAIN_ZIP = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError, OverflowError),
    *(RuntimeError, NotImplementedError, KeyError, IndexError),
)


class PackageError(DecksError):
    """A package that cannot be read; nothing of it is carried."""


class Package(NamedTuple):
    """A package: its version, the SQLite file of its collection, and the names of its media."""

    version: int
    collection: bytearray
    media: tuple[str, ...]


def is_package(path: Path) -> bool:
    """Whether a file is a package, by its name or its first bytes; what is no regular file is none."""
    if path.suffix.lower() in SUFFIXES:
        return True
    with suppress(OSError), _opened(path) as file:
        return file.read(len(_HEAD)) == _HEAD
    return False


def read_package(path: Path, *, advance: Advance = unseen) -> Package:
    """Open a package. Raises PackageError; bounded in time and memory whatever is in it."""
    try:
        with _opened(path) as file:
            _refuse_endless(file)
            with zipfile.ZipFile(file) as archive:
                return _read(archive, advance)
    except PackageError as error:
        raise PackageError(f"{path}: {error}", hint=error.hint) from error
    except OSError as error:
        raise PackageError(f"{path}: cannot be read: {error.strerror or error}") from error
    except _BROKEN as error:
        raise PackageError(f"{path}: this is no package, or a damaged one") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A regular file, open for reading; raises OSError for what is none, as a pipe that nobody fills."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("not a regular file")
        yield file


def _refuse_endless(file: IO[bytes]) -> None:
    """Refuse a zip file whose directory is too large to be read at all; what is no zip file is told later."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_END - 76))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if tail[at - 20 : at - 16] == _END_64 and at >= 76:  # The record of zip64 has the word then.
        directory = int.from_bytes(tail[at - 36 : at - 28], "little")
    if directory > _MAX_DIRECTORY:
        raise PackageError(f"has more than {MAX_ENTRIES:,} entries")


def _read(archive: zipfile.ZipFile, advance: Advance) -> Package:
    entries = {info.filename: info for info in archive.infolist()}
    if len(archive.infolist()) > MAX_ENTRIES:
        raise PackageError(f"has more than {MAX_ENTRIES:,} entries")
    version = _version(archive, entries)
    name = _COLLECTIONS.get(version)
    if name is None:
        hint = "export it from Anki with “Support older Anki versions”"
        raise PackageError(f"is of version {version}, which is not known here", hint=hint)
    if name not in entries:
        raise PackageError("has no collection: this is no package of Anki, or a damaged one")
    packed = version == max(_COLLECTIONS)
    total = entries[name].compress_size
    content = bytearray()
    for part in _parts(archive, entries[name], limit=MAX_COLLECTION, packed=packed):
        content += part
        advance(min(len(content), total), total)
    return Package(version, content, _media(archive, entries, packed=packed))


def _version(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> int:
    """The version that a package tells, else the one that its collection has a name of."""
    if "meta" in entries:
        found = wire.message(b"".join(_parts(archive, entries["meta"], limit=_MAX_META)))
        return wire.number(found, 1) or 1
    return 2 if _COLLECTIONS[2] in entries else 1


def _media(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], *, packed: bool) -> tuple[str, ...]:
    """The names of the media; what is no list of them names none."""
    if "media" not in entries:
        return ()
    content = b"".join(_parts(archive, entries["media"], limit=MAX_LIST, packed=packed))
    if packed:
        return tuple(wire.text(each, 1) for each in wire.messages(wire.message(content), 1))
    try:
        found = json.loads(content or b"{}")
    except (ValueError, RecursionError) as error:
        raise PackageError("the list of its media cannot be read") from error
    return tuple(map(str, found.values())) if isinstance(found, dict) else ()


def _parts(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, limit: int, packed: bool = False
) -> Iterator[bytes]:
    """The content of an entry, piece by piece, never more than `limit` bytes."""
    if info.file_size > limit or info.compress_size > limit:
        raise _too_large(info.filename, limit)
    if info.compress_type not in _PLAIN_ZIP:
        raise PackageError(f"'{info.filename}' is packed in a way that Anki does not use")
    with archive.open(info) as file:
        pieces = iter(lambda: file.read(_CHUNK), b"")
        size = 0
        for piece in _unpacked(pieces) if packed else pieces:
            size += len(piece)
            if size > limit:
                raise _too_large(info.filename, limit)
            yield piece


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What a frame of Zstandard holds, in pieces of bounded length."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    decompressor = zstd.ZstdDecompressor()
    try:
        for piece in pieces:
            yield decompressor.decompress(piece, max_length=_CHUNK)
            while not decompressor.eof and not decompressor.needs_input:
                yield decompressor.decompress(b"", max_length=_CHUNK)
            if decompressor.eof:
                return
    except zstd.ZstdError as error:
        raise PackageError("what is packed in it is damaged") from error
    raise PackageError("what is packed in it is cut off")


def _too_large(name: str, limit: int) -> PackageError:
    size = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit:,} bytes"
    return PackageError(f"'{name}' in it is larger than {size}")
